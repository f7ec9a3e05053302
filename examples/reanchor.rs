//! Finds quotations in texts: `cargo run --release --example reanchor -- FILE.jsonl`.
//!
//! Each line of the file is `{"text", "exact", "prefix", "suffix", "start"}` (code points; all but
//! `text` and `exact` may be missing); each line of the answer is `{"status", "start", "end",
//! "score"}`, `start` and `end` null where there is no one place. A line without `text` is about the text
//! of the line before, and notes of one text are evidence for each other. With `--time` before the file, the
//! milliseconds that the search itself took, reading the text included and reading JSON not, are the last line on the
//! error stream.

use bianzhu::annotation::{Anchorer, Anchoring, Neighbours, Target, TextQuote};
use bianzhu::text::{IndexedText, Offset, Span};
use serde_json::{Value, json};
use std::process::ExitCode;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (timed, path) = match &arguments[..] {
        [path] => (false, path),
        [flag, path] if flag == "--time" => (true, path),
        _ => {
            eprintln!("usage: reanchor [--time] FILE.jsonl");
            return ExitCode::FAILURE;
        }
    };
    let lines = match std::fs::read_to_string(path) {
        Ok(lines) => lines,
        Err(error) => {
            eprintln!("{path} cannot be read: {error}.");
            return ExitCode::FAILURE;
        }
    };
    let mut cases: Vec<Value> = Vec::new();
    for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(case) => cases.push(case),
            Err(error) => {
                eprintln!("{path}, line {}: {error}.", number + 1);
                return ExitCode::FAILURE;
            }
        }
    }
    let mut took = Duration::ZERO;
    for of_one_text in cases.chunk_by(|_, next| next["text"].is_null()) {
        let text = of_one_text[0]["text"].as_str().unwrap_or_default();
        let targets: Vec<Target> = of_one_text.iter().map(target).collect();
        let start = Instant::now();
        let text = IndexedText::from(text);
        let anchorer = Anchorer::new(&text);
        let mut found: Vec<Anchoring> = targets.iter().map(|target| anchorer.anchor(target)).collect();
        let mut neighbours = Neighbours::default();
        targets.iter().zip(&found).for_each(|(target, found)| neighbours.note(target, *found));
        for (target, found) in targets.iter().zip(&mut found).filter(|(_, found)| found.is_doubtful()) {
            *found = anchorer.anchor_among(target, *found, &neighbours);
        }
        took += start.elapsed();
        found.iter().for_each(|found| println!("{}", answer(found)));
    }
    if timed {
        eprintln!("{}", took.as_secs_f64() * 1000.0);
    }
    ExitCode::SUCCESS
}

fn target(case: &Value) -> Target {
    let field = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
    let quote = TextQuote { exact: field("exact"), prefix: field("prefix"), suffix: field("suffix") };
    let start = case["start"].as_u64().and_then(|start| u32::try_from(start).ok()).map(Offset);
    let position = start.map(|start| Span::new(start.index(), start.index() + quote.exact.chars().count()));
    Target { source: String::new(), quote, position }
}

fn answer(found: &Anchoring) -> Value {
    json!({
        "status": found.status(),
        "start": found.span().map(|span| span.start().0),
        "end": found.span().map(|span| span.end().0),
        "score": found.score(),
    })
}
