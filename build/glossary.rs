//! `data/glossary`, to two texts of one record a line.
//!
//! - the index, which the page's code includes: `term`, category, aliases, and guards
//!   (`<` and `>` before the text that must not stand on that side), tab-separated. All that matching
//!   needs.
//! - the file `bianzhu-glossary.txt`, which the page fetches later: a stamp that ties it to the index;
//!   a line with the pinyin of all entries, tab-separated, for like compresses well beside like; then a line
//!   for each entry in the same order, its English rendering and the rest of it as a JSON
//!   object, parsed when a card asks for it, with related entries by their terms, which are ids there; then, after an empty line, the sources: title, publisher,
//!   date and address, tab-separated. Entries name them by line.
//!
//! What the entries say is checked by `tests/glossary_data.rs`; here only what the forms need.

use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, fs, path::Path};
use toml::{Table, Value as Toml};

/// Where the data files are, from the root of the repository.
pub const ROOT: &str = "data/glossary";
const SOURCES: &str = "sources.toml";
/// What stands outside the JSON of an entry.
const OUTSIDE: [&str; 7] = ["id", "term", "pinyin", "aliases", "unless_after", "unless_before", "english"];

/// What the data files are compiled to.
pub struct Texts {
    /// A line for each entry: what is known of it before the file is fetched.
    pub index: String,
    /// `bianzhu-glossary.txt`.
    pub file: String,
    /// The first line of the file.
    pub stamp: String,
}

/// Reads the data files under the root of the repository.
pub fn texts(root: &Path) -> Texts {
    let folder = root.join(ROOT);
    let mut numbers = BTreeMap::new();
    let mut sources = String::new();
    for (number, (key, source)) in read(&folder.join(SOURCES)).iter().enumerate() {
        numbers.insert(key.clone(), number);
        let field = |name| source.get(name).and_then(Toml::as_str).unwrap_or_default();
        line(&mut sources, &["title", "publisher", "date", "url"].map(field));
    }

    let (mut index, mut entries, mut spoken) = (String::new(), String::new(), Vec::new());
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml") && !path.ends_with(SOURCES))
        .collect();
    files.sort();
    let files: Vec<_> = files.into_iter().map(|path| (read(&path), path)).collect();
    let keys = Keys { sources: numbers, terms: files.iter().flat_map(|(file, _)| names(file)).collect() };
    for (file, path) in files {
        let category = file.get("category").and_then(Toml::as_str).unwrap_or_default();
        for term in file.get("term").and_then(Toml::as_array).into_iter().flatten() {
            let Some(term) = term.as_table() else { continue };
            line(&mut index, &head(term, category).iter().map(String::as_str).collect::<Vec<_>>());
            let english = term.get("english").and_then(Toml::as_str).unwrap_or_default();
            spoken.push(term.get("pinyin").and_then(Toml::as_str).unwrap_or_default().to_owned());
            line(&mut entries, &[english, &entry(term, &keys, &path).to_string()]);
        }
    }
    let mut pinyin = String::new();
    line(&mut pinyin, &spoken.iter().map(String::as_str).collect::<Vec<_>>());
    let stamp = stamp(&[&index, &pinyin, &entries, &sources]);
    Texts { index, file: format!("{stamp}\n{pinyin}{entries}\n{sources}"), stamp }
}

/// What entries name by keys of the data files.
struct Keys {
    /// The line of each source.
    sources: BTreeMap<String, usize>,
    /// The term of each id.
    terms: BTreeMap<String, String>,
}

/// The terms of a file by their ids.
fn names(file: &Table) -> Vec<(String, String)> {
    let terms = file.get("term").and_then(Toml::as_array).into_iter().flatten();
    let text = |term: &Toml, name| term.get(name).and_then(Toml::as_str).unwrap_or_default().to_owned();
    terms.map(|term| (text(term, "id"), text(term, "term"))).collect()
}

/// A number for these texts (FNV-1a): a file of another build does not have it.
fn stamp(texts: &[&str]) -> String {
    let bytes = texts.iter().flat_map(|text| text.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
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

fn head(term: &Table, category: &str) -> Vec<String> {
    let text = |name| term.get(name).and_then(Toml::as_str).unwrap_or_default().to_owned();
    let list = |name, mark: &'static str| {
        let texts = term.get(name).and_then(Toml::as_array).into_iter().flatten();
        texts.filter_map(Toml::as_str).map(move |text| format!("{mark}{text}")).collect::<Vec<_>>()
    };
    let mut fields = vec![text("term"), category.to_owned()];
    fields.extend(list("aliases", ""));
    fields.extend(list("unless_after", "<"));
    fields.extend(list("unless_before", ">"));
    fields
}

fn entry(term: &Table, known: &Keys, path: &Path) -> Value {
    let mut entry = Map::new();
    for (name, value) in term {
        if OUTSIDE.contains(&name.as_str()) || *value == Toml::Boolean(false) {
            continue;
        }
        let keys = || value.as_array().into_iter().flatten().filter_map(Toml::as_str);
        let unknown = |key: &str| -> ! { panic!("{}: “{key}” of {name} is not known", path.display()) };
        let value = match name.as_str() {
            "sources" => {
                keys().map(|key| json!(known.sources.get(key).unwrap_or_else(|| unknown(key)))).collect()
            }
            "related" => {
                keys().map(|key| json!(known.terms.get(key).unwrap_or_else(|| unknown(key)))).collect()
            }
            _ => plain(value),
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
