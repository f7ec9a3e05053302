//! Names what stands in a text: `cargo run --release --example recognize -- FILE`.
//!
//! Answers one JSON array of mentions, `{start, end, text, kind, entity, name}` with code-point
//! offsets in the file's text as it stands. With `--jsonl FILE`, each line of the file is `{"text"}`
//! and each line of the answer `{"mentions": […]}`, in order. With `--nested`, mentions inside others
//! are listed too.

use bianzhu::recognition::{Recognition, Recognizer};
use bianzhu::text::IndexedText;
use serde_json::{Value, json};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |option: &str| arguments.iter().any(|argument| argument == option);
    let Some(path) = arguments.iter().find(|argument| !argument.starts_with("--")) else {
        eprintln!("usage: recognize [--jsonl] [--nested] FILE");
        return ExitCode::FAILURE;
    };
    let file = match std::fs::read_to_string(path) {
        Ok(file) => file,
        Err(error) => {
            eprintln!("{path} cannot be read: {error}.");
            return ExitCode::FAILURE;
        }
    };
    let recognizer = Recognizer::new();
    if !has("--jsonl") {
        println!("{}", mentions(&recognizer, &file, has("--nested")));
        return ExitCode::SUCCESS;
    }
    for (number, line) in file.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let Ok(Value::Object(line)) = serde_json::from_str(line) else {
            eprintln!("{path}, line {}: no JSON object.", number + 1);
            return ExitCode::FAILURE;
        };
        let text = line.get("text").and_then(Value::as_str).unwrap_or_default();
        println!("{}", json!({ "mentions": mentions(&recognizer, text, has("--nested")) }));
    }
    ExitCode::SUCCESS
}

fn mentions(recognizer: &Recognizer, text: &str, nested: bool) -> Value {
    let Recognition { mentions, entities } = recognizer.recognize(text);
    let text = IndexedText::from(text);
    let shown = mentions.iter().filter(|mention| nested || mention.parent.is_none());
    let row = shown.map(|mention| {
        json!({
            "start": mention.span.start().0,
            "end": mention.span.end().0,
            "text": text.slice(mention.span),
            "kind": mention.kind.name(),
            "entity": mention.entity.0,
            "name": entities.get(mention.entity.index()).map(|entity| entity.name.as_str()),
        })
    });
    row.collect()
}
