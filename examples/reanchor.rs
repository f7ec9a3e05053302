//! Finds quotations in texts: `cargo run --release --example reanchor -- FILE.jsonl`.
//!
//! Each line of the file is `{"text", "exact", "prefix", "suffix", "start"}` (code points; all but
//! `text` and `exact` may be missing); each line of the answer is `{"status", "start", "end",
//! "score"}`, `start` and `end` null where there is no one place.

use bianzhu::annotation::{Anchorer, Target, TextQuote};
use bianzhu::text::{IndexedText, Offset, Span};
use serde_json::{Value, json};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: reanchor FILE.jsonl");
        return ExitCode::FAILURE;
    };
    let lines = match std::fs::read_to_string(&path) {
        Ok(lines) => lines,
        Err(error) => {
            eprintln!("{path} cannot be read: {error}.");
            return ExitCode::FAILURE;
        }
    };
    for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(case) => println!("{}", anchor(&case)),
            Err(error) => {
                eprintln!("{path}, line {}: {error}.", number + 1);
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn anchor(case: &Value) -> Value {
    let field = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
    let text = IndexedText::new(field("text"));
    let quote = TextQuote { exact: field("exact"), prefix: field("prefix"), suffix: field("suffix") };
    let start = case["start"].as_u64().and_then(|start| u32::try_from(start).ok()).map(Offset);
    let position = start.map(|start| Span::new(start.index(), start.index() + quote.exact.chars().count()));
    let found = Anchorer::new(&text).anchor(&Target { source: String::new(), quote, position });
    json!({
        "status": found.status(),
        "start": found.span().map(|span| span.start().0),
        "end": found.span().map(|span| span.end().0),
        "score": found.score(),
    })
}
