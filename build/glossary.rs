//! `data/glossary`, to what `lexicon::glossary` includes: three texts of one record a line.
//!
//! - `glossary.index`: `id`, `term`, aliases, and guards (`<` and `>` before the text that must not
//!   stand on that side), tab-separated. All that matching needs.
//! - `glossary.entries`: the rest of each entry as a JSON object, in the same order. A line is
//!   parsed when a card asks for it.
//! - `glossary.sources`: title, publisher, date and address, tab-separated. Entries name them by line.
//!
//! What the entries say is checked by `tests/glossary_data.rs`; here only what the forms need.

use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, env, fs, path::Path};
use toml::{Table, Value as Toml};

const ROOT: &str = "data/glossary";
const SOURCES: &str = "sources.toml";
/// What the index line holds.
const INDEXED: [&str; 5] = ["id", "term", "aliases", "unless_after", "unless_before"];

/// Writes the three files to `OUT_DIR`.
pub fn compile() {
    println!("cargo::rerun-if-changed={ROOT}");
    let mut numbers = BTreeMap::new();
    let mut sources = String::new();
    for (number, (key, source)) in read(&Path::new(ROOT).join(SOURCES)).iter().enumerate() {
        numbers.insert(key.clone(), number);
        let field = |name| source.get(name).and_then(Toml::as_str).unwrap_or_default();
        line(&mut sources, &["title", "publisher", "date", "url"].map(field));
    }

    let (mut index, mut entries) = (String::new(), String::new());
    let mut files: Vec<_> = fs::read_dir(ROOT)
        .unwrap_or_else(|error| panic!("{ROOT}: {error}"))
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml") && !path.ends_with(SOURCES))
        .collect();
    files.sort();
    for path in files {
        let file = read(&path);
        let category = file.get("category").and_then(Toml::as_str).unwrap_or_default();
        for term in file.get("term").and_then(Toml::as_array).into_iter().flatten() {
            let Some(term) = term.as_table() else { continue };
            line(&mut index, &surfaces(term).iter().map(String::as_str).collect::<Vec<_>>());
            entries.push_str(&entry(term, category, &numbers, &path).to_string());
            entries.push('\n');
        }
    }

    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    for (name, text) in [("index", index), ("entries", entries), ("sources", sources)] {
        fs::write(Path::new(&out).join(format!("glossary.{name}")), text).expect("OUT_DIR is writable");
    }
}

fn read(path: &Path) -> Table {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn line(to: &mut String, fields: &[&str]) {
    assert!(!fields.iter().any(|field| field.contains(['\t', '\n'])), "tab or line break in {fields:?}");
    to.push_str(&fields.join("\t"));
    to.push('\n');
}

fn surfaces(term: &Table) -> Vec<String> {
    let text = |name| term.get(name).and_then(Toml::as_str).unwrap_or_default().to_owned();
    let list = |name, mark: &'static str| {
        let texts = term.get(name).and_then(Toml::as_array).into_iter().flatten();
        texts.filter_map(Toml::as_str).map(move |text| format!("{mark}{text}")).collect::<Vec<_>>()
    };
    let mut fields = vec![text("id"), text("term")];
    fields.extend(list("aliases", ""));
    fields.extend(list("unless_after", "<"));
    fields.extend(list("unless_before", ">"));
    fields
}

fn entry(term: &Table, category: &str, sources: &BTreeMap<String, usize>, path: &Path) -> Value {
    let mut entry = Map::from_iter([("category".to_owned(), json!(category))]);
    for (name, value) in term {
        if INDEXED.contains(&name.as_str()) || *value == Toml::Boolean(false) {
            continue;
        }
        let value = if name == "sources" {
            let keys = value.as_array().into_iter().flatten().filter_map(Toml::as_str);
            let number = |key: &str| match sources.get(key) {
                Some(number) => json!(number),
                None => panic!("{}: no source “{key}” in {SOURCES}", path.display()),
            };
            keys.map(number).collect()
        } else {
            plain(value)
        };
        entry.insert(name.clone(), value);
    }
    Value::Object(entry)
}

fn plain(value: &Toml) -> Value {
    match value {
        Toml::String(text) => json!(text),
        Toml::Boolean(flag) => json!(flag),
        Toml::Array(values) => values.iter().map(plain).collect(),
        Toml::Table(table) => table.iter().map(|(name, value)| (name.clone(), plain(value))).collect(),
        other => panic!("the glossary has texts, lists and flags only, not {other}"),
    }
}
