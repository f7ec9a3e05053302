//! `data/glossary`, to two texts of one record a line.
//!
//! - the index, which the page's code includes: `term`, category, aliases, and guards
//!   (`<` and `>` before the text that must not stand on that side), tab-separated. All that matching
//!   needs.
//! - the file `bianzhu-glossary.txt`, which the page fetches later: a stamp that ties it to the index; the names of the
//!   fields, tab-separated; then field after field a line for each entry in the same order, for like compresses well
//!   beside like, empty where an entry has none; then the sources: title, publisher, date and address, tab-separated;
//!   then the stamp again. What is no text is JSON; related entries and sources are named by their numbers.
//!
//! What the entries say is checked by `tests/glossary_data.rs`; here only what the forms need.

use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::Path};
use toml::{Table, Value as Toml};

/// Where the data files are, from the root of the repository.
pub const ROOT: &str = "data/glossary";
const SOURCES: &str = "sources.toml";
/// The fields of an entry that the file has. The page reads the first two by their place.
/// Of a list of tables each key is a field, the list’s texts tab-separated.
const FIELDS: [&str; 15] = [
    "pinyin",
    "english",
    "definition",
    "explanation",
    "register",
    "items.zh",
    "items.en",
    "items_note",
    "first_use",
    "distinguish.term",
    "distinguish.why",
    "related",
    "sources",
    "verified",
    "unsure",
];
/// The fields that the index has; the id stands for the entry in the data files alone.
const IN_INDEX: [&str; 5] = ["id", "term", "aliases", "unless_after", "unless_before"];

/// What the data files are compiled to.
pub struct Texts {
    /// A line for each entry: what is known of it before the file is fetched.
    pub index: String,
    /// `bianzhu-glossary.txt`.
    pub file: String,
    /// The first line of the file, and the last.
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

    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml") && !path.ends_with(SOURCES))
        .collect();
    files.sort();
    let files: Vec<_> = files.into_iter().map(|path| (read(&path), path)).collect();
    let terms: Vec<_> =
        files.iter().flat_map(|(file, path)| terms(file).map(move |term| (file, path, term))).collect();
    let ids =
        terms.iter().map(|(_, _, term)| term.get("id").and_then(Toml::as_str).unwrap_or_default().to_owned());
    let numbers = Numbers { sources: numbers, terms: ids.zip(0..).collect() };

    let (mut index, mut columns) = (String::new(), [const { String::new() }; FIELDS.len()]);
    for (file, path, term) in &terms {
        let category = file.get("category").and_then(Toml::as_str).unwrap_or_default();
        line(&mut index, &head(term, category).iter().map(String::as_str).collect::<Vec<_>>());
        let is_field = |key: &str| FIELDS.iter().any(|field| field.split('.').next() == Some(key));
        if let Some(unknown) = term.keys().find(|key| !is_field(key) && !IN_INDEX.contains(&key.as_str())) {
            panic!("{}: “{unknown}” is no field of an entry", path.display());
        }
        for (field, column) in FIELDS.iter().zip(&mut columns) {
            match field.split_once('.') {
                Some((list, key)) => {
                    let tables = term.get(list).and_then(Toml::as_array).into_iter().flatten();
                    let texts = tables.map(|table| table.get(key).and_then(Toml::as_str).unwrap_or_default());
                    line(column, &texts.collect::<Vec<_>>());
                }
                None => line(column, &[&cell(field, term.get(*field), &numbers, path)]),
            }
        }
    }
    let body = [&FIELDS.join("\t"), "\n", &columns.concat(), &sources].concat();
    let stamp = stamp(&[&index, &body]);
    Texts { index, file: format!("{stamp}\n{body}{stamp}"), stamp }
}

/// What stands for the keys of the data files.
struct Numbers {
    sources: BTreeMap<String, usize>,
    terms: BTreeMap<String, usize>,
}

fn terms(file: &Table) -> impl Iterator<Item = &Table> {
    file.get("term").and_then(Toml::as_array).into_iter().flatten().filter_map(Toml::as_table)
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

/// What the file says of a field: a text as it is, anything else as JSON.
fn cell(field: &str, value: Option<&Toml>, numbers: &Numbers, path: &Path) -> String {
    let Some(value) = value.filter(|value| **value != Toml::Boolean(false)) else { return String::new() };
    let numbered = |known: &BTreeMap<String, usize>| -> Value {
        let keys = value.as_array().into_iter().flatten().filter_map(Toml::as_str);
        let unknown = |key| -> ! { panic!("{}: “{key}” of {field} is not known", path.display()) };
        keys.map(|key| json!(known.get(key).unwrap_or_else(|| unknown(key)))).collect()
    };
    let value = match field {
        "sources" => numbered(&numbers.sources),
        "related" => numbered(&numbers.terms),
        _ => plain(value),
    };
    let Value::String(text) = value else { return value.to_string() };
    let misread = serde_json::from_str::<Value>(&text).is_ok();
    assert!(!misread, "{}: “{text}” of {field} would be read as JSON", path.display());
    text
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
