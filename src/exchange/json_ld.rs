//! W3C Web Annotations, written and read; and the export of Hypothesis, read.

use crate::annotation::{Note, w3c};
use crate::lexicon::glossary::{Term, own_row, own_term};
use crate::notebook::{Layer, Notebook, Placed, Refusal};
use crate::object::{self, object};
use serde_json::Value;
use thiserror::Error;

/// Most bytes of a file that is read.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Most annotations of a file that are read.
pub const MAX_ITEMS: usize = 20_000;

/// The reader's own terms in a collection of notes: the standard leaves other IRIs to whoever uses them.
const TERMS: &str = "urn:bianzhu:terms";

/// All notes of a notebook as a W3C AnnotationCollection, in text order, with the terms that the reader
/// wrote. `twice`: both where the collection has them and where its page has them, as in a file.
pub fn to_json_ld(notebook: &Notebook, own: &[Term], twice: bool) -> String {
    let terms =
        if own.is_empty() { Value::Null } else { object(vec![(TERMS, own.iter().map(own_row).collect())]) };
    collection(notebook.article_key(), notebook.notes(), &terms, twice)
}

/// The notes of a layer as a W3C AnnotationCollection: somebody else's, so only when the reader asks for it.
pub fn layer_to_json_ld(key: &str, layer: &Layer) -> String {
    collection(key, &layer.notes, &object(vec![("label", object::text(&layer.name))]), true)
}

fn collection(key: &str, notes: &[Placed], more: &Value, twice: bool) -> String {
    w3c::to_collection(key, &mut notes.iter().map(|placed| &*placed.note), more, twice)
}

/// Why nothing of a file can be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// More than [`MAX_BYTES`].
    #[error("the file has {0} bytes; at most {MAX_BYTES} are read")]
    TooLarge(usize),
    /// No JSON.
    #[error("the file is not JSON: {0}")]
    NotJson(String),
    /// JSON, and no annotations.
    #[error(
        "the file holds no annotations: a W3C annotation, a list or collection of them, or an export of Hypothesis is read"
    )]
    NoAnnotations,
    /// More than can be read.
    #[error("the file holds {0} annotations; at most {MAX_ITEMS} are read")]
    TooMany(usize),
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// The notes, as the file has them, each with its place in the file, from 0.
    pub notes: Vec<(usize, Note)>,
    /// The rest: their places in the file, and why they are no notes.
    pub failed: Vec<(usize, Refusal)>,
    /// The terms of the reader's own that stand beside them.
    pub terms: Vec<Term>,
    /// What the collection calls itself; empty where it does not.
    pub label: String,
}

/// Reads annotations: one, a list, a page or collection, or an export of Hypothesis (`rows`).
///
/// # Errors
/// When nothing can be read. An annotation that is no note is listed, and does not keep the others out.
pub fn read_annotations(json: &str) -> Result<Read, ReadError> {
    if json.len() > MAX_BYTES {
        return Err(ReadError::TooLarge(json.len()));
    }
    let mut value = parse_json(json.trim_start_matches('\u{feff}')).map_err(ReadError::NotJson)?;
    let terms = value[TERMS].as_array().into_iter().flatten().take(MAX_ITEMS).filter_map(own_term).collect();
    let label = value["label"].as_str().or_else(|| value["label"][0].as_str()).unwrap_or_default().to_owned();
    let mut read = Read { terms, label, ..Read::default() };
    let items = match LISTS.iter().find_map(|names| take_list(&mut value, names)) {
        Some(items) => items,
        None if value["type"] == "Annotation" => vec![value],
        None => return Err(ReadError::NoAnnotations),
    };
    if items.len() > MAX_ITEMS {
        return Err(ReadError::TooMany(items.len()));
    }
    for (index, item) in items.into_iter().enumerate() {
        match w3c::from_annotation(from_hypothesis(&item).unwrap_or(item)) {
            Ok(note) => read.notes.push((index, note)),
            Err(error) => read.failed.push((index, Refusal::NoNote(error))),
        }
    }
    Ok(read)
}

/// Where a file may have its annotations.
const LISTS: [&[&str]; 5] = [&[], &["items"], &["first", "items"], &["rows"], &["annotations"]];

fn take_list(value: &mut Value, names: &[&str]) -> Option<Vec<Value>> {
    let list = names.iter().try_fold(value, |value, name| value.get_mut(*name))?;
    list.as_array_mut().map(std::mem::take)
}

/// A JSON text, in which halves of characters read as U+FFFD.
///
/// # Errors
/// Why it is no JSON.
pub fn parse_json(json: &str) -> Result<Value, String> {
    serde_json::from_str(json)
        .or_else(|error| serde_json::from_str(&without_lone_surrogates(json)).map_err(|_| error))
        .map_err(|error| error.to_string())
}

/// JSON with U+FFFD for every escape of half a character. A script may write one; it is no reason to refuse
/// a whole file.
fn without_lone_surrogates(json: &str) -> String {
    let unit = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (high, low) = (0xD800..=0xDBFF, 0xDC00..=0xDFFF);
    let mut whole = String::with_capacity(json.len());
    let mut rest = 0;
    while let Some(at) = json[rest..].find('\\').map(|at| rest + at) {
        whole.push_str(&json[rest..at]);
        let (len, text) = match unit(at) {
            Some(first)
                if high.contains(&first) && unit(at + 6).is_some_and(|second| low.contains(&second)) =>
            {
                (12, None)
            }
            Some(unit) if high.contains(&unit) || low.contains(&unit) => (6, Some("\u{fffd}")),
            // The mark and what it escapes.
            _ => (1 + json[at + 1..].chars().next().map_or(0, char::len_utf8), None),
        };
        whole.push_str(text.unwrap_or(&json[at..at + len]));
        rest = at + len;
    }
    whole.push_str(&json[rest..]);
    whole
}

/// A row of Hypothesis' export as a W3C annotation; `None` for anything else.
fn from_hypothesis(row: &Value) -> Option<Value> {
    let (id, uri, target) = (row["id"].as_str()?, row["uri"].as_str()?, &row["target"][0]);
    let selectors: Vec<Value> = target["selector"]
        .as_array()?
        .iter()
        // Its RangeSelector is no W3C one: XPaths as plain texts.
        .filter(|selector| {
            matches!(selector["type"].as_str(), Some("TextQuoteSelector" | "TextPositionSelector"))
        })
        .cloned()
        .collect();
    let tags = row["tags"].as_array().into_iter().flatten();
    let tags = tags.map(|tag| w3c::textual(tag.clone(), "tagging"));
    let text = row["text"].as_str().filter(|text| !text.is_empty());
    let comment = text.map(|text| w3c::textual(object::text(text), "commenting"));
    let target = vec![
        ("type", object::text("SpecificResource")),
        ("source", object::text(uri)),
        ("selector", Value::Array(selectors)),
    ];
    let mut members = vec![
        ("id", ["https://hypothes.is/a/", id].concat().into()),
        ("type", object::text("Annotation")),
        ("body", comment.into_iter().chain(tags).collect()),
        ("target", object(target)),
    ];
    for (ours, theirs) in [("created", "created"), ("modified", "updated")] {
        if row[theirs].is_string() {
            members.push((ours, row[theirs].clone()));
        }
    }
    Some(object(members))
}
