//! A JSON object to a [`Term`], leniently: what is missing is empty. Of a pack, what is out of
//! bounds is named; the built-in entries are checked by a test before they are shipped.

use super::model::{Category, Distinction, FirstUse, Item, Origin, Register, Source, Term};
use serde_json::Value;

/// Longest text of one field, in characters. A card holds no more.
const TEXT: usize = 2_000;
/// Most parts, sources, related terms or aliases of one entry.
const LIST: usize = 100;
/// Longest term or alias, in characters.
pub const SURFACE: usize = 40;

/// The text of a field; empty where it is missing or no text.
fn text(of: &Value, field: &str) -> String {
    of.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list<'a>(of: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    of.get(field).and_then(Value::as_array).into_iter().flatten()
}

fn texts(of: &Value, field: &str) -> Vec<String> {
    list(of, field).filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A term from its object; sources are whole objects here.
pub(super) fn term(of: &Value) -> Term {
    Term {
        id: text(of, "id"),
        term: text(of, "term").trim().to_owned(),
        pinyin: text(of, "pinyin"),
        aliases: texts(of, "aliases"),
        category: Category::from_name(&text(of, "category")),
        definition: text(of, "definition"),
        english: text(of, "english"),
        explanation: text(of, "explanation"),
        items: list(of, "items").map(|item| Item { zh: text(item, "zh"), en: text(item, "en") }).collect(),
        items_note: text(of, "items_note"),
        first_use: of.get("first_use").map(|use_| FirstUse {
            date: text(use_, "date"),
            occasion: text(use_, "occasion"),
            document: text(use_, "document"),
        }),
        register: Register::from_name(&text(of, "register")),
        distinguish: list(of, "distinguish")
            .map(|other| Distinction { term: text(other, "term"), why: text(other, "why") })
            .collect(),
        related: texts(of, "related"),
        sources: list(of, "sources").filter(|source| source.is_object()).map(source).collect(),
        verified: of.get("verified").and_then(Value::as_bool).unwrap_or_default(),
        unsure: text(of, "unsure"),
        origin: Origin::BuiltIn,
    }
}

fn source(of: &Value) -> Source {
    Source {
        title: text(of, "title"),
        publisher: text(of, "publisher"),
        date: text(of, "date"),
        url: text(of, "url"),
    }
}

/// A term from a row of a pack, or why the row cannot be used. What can be left out of a usable
/// row is left out and named in `left_out`.
pub(super) fn row(of: &Value, left_out: &mut Vec<String>) -> Result<Term, String> {
    if !of.is_object() {
        return Err("a row is an object: {\"term\": …, \"definition\": …}".into());
    }
    let mut term = term(of);
    if !is_surface(&term.term) {
        return Err(format!("“term” has 1 to {SURFACE} characters, no control characters"));
    }
    if [&term.definition, &term.english, &term.explanation].into_iter().all(|text| text.trim().is_empty()) {
        return Err("“definition” is missing: the card would be empty".into());
    }
    let mut has_markup = false;
    check(of, &mut has_markup)?;
    term.aliases.retain(|alias| {
        let good = is_surface(alias);
        if !good {
            left_out.push(format!("an alias has 1 to {SURFACE} characters; left out"));
        }
        good
    });
    term.sources.retain(|source| {
        let good = is_web(&source.url);
        if !good {
            left_out.push(format!("the source “{}” has no http or https address; left out", source.title));
        }
        good
    });
    term.related.retain(|id| {
        let other = *id != term.id && *id != term.term;
        if !other {
            left_out.push("the term is related to itself; left out".to_owned());
        }
        other
    });
    if has_markup {
        left_out.push("there is markup in a text; it is shown as it is written".to_owned());
    }
    if term.id.is_empty() {
        term.id.clone_from(&term.term);
    }
    Ok(term)
}

/// Whether all texts and lists of a row are within bounds; and whether a text looks like HTML, whose
/// writer will wonder why it is not formatted.
fn check(value: &Value, has_markup: &mut bool) -> Result<(), String> {
    match value {
        Value::String(text) => {
            if text.chars().nth(TEXT).is_some() {
                return Err(format!("a text is longer than {TEXT} characters"));
            }
            let tag =
                |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
            *has_markup |= text.split('<').skip(1).any(tag);
        }
        Value::Array(list) => {
            if list.len() > LIST {
                return Err(format!("a list has more than {LIST} entries"));
            }
            for value in list {
                check(value, has_markup)?;
            }
        }
        Value::Object(fields) => {
            for (_, value) in fields {
                check(value, has_markup)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn is_surface(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().nth(SURFACE).is_none() && !text.chars().any(char::is_control)
}

/// Addresses that a card may link to.
fn is_web(url: &str) -> bool {
    let scheme = |name: &str| url.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    (scheme("https://") || scheme("http://")) && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}
