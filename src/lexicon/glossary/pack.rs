//! A pack: a site's or a teacher's own terms, as JSON. Untrusted: what is good is used, what is not
//! is named.

use super::model::{Origin, Term};
use super::{fold::fold, read};
use serde_json::{Map, Value, json};

/// Most bytes of a pack.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// Most rows of a pack.
const ROWS: usize = 5_000;
/// Longest name of a pack, in characters.
const NAME: usize = 40;
/// Longest report of a pack's problems, in bytes; the last row may go over.
const REPORT: usize = 1_500;

/// Why something of a pack is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackProblem {
    /// The row, from 1; 0 for the pack as a whole.
    pub row: usize,
    /// What is wrong, for the person who wrote the pack.
    pub reason: String,
}

/// The good terms of a pack, and what is wrong with the rest. A pack is an array of rows, or an object
/// with them in `terms`; `name` is what cards call it where it does not name itself.
pub fn read(json: &str, name: &str) -> (Vec<Term>, Vec<PackProblem>) {
    let whole = |reason: String| (Vec::new(), vec![PackProblem { row: 0, reason }]);
    if json.len() > MAX_BYTES {
        return whole(format!("the pack is larger than {} MB", MAX_BYTES / 1024 / 1024));
    }
    let pack: Value = match serde_json::from_str(json) {
        Ok(pack) => pack,
        Err(error) => return whole(format!("the pack is not JSON: {error}")),
    };
    let Some(rows) = pack.as_array().or_else(|| pack.get("terms")?.as_array()) else {
        return whole("the pack has no list of terms: [ … ] or {\"terms\": [ … ]}".into());
    };

    let own_name = pack.get("name").and_then(Value::as_str).map(str::trim);
    let name = own_name.filter(|name| !name.is_empty() && name.chars().count() <= NAME).unwrap_or(name);
    let (mut terms, mut problems) = (Vec::new(), Vec::new());
    // Surfaces and ids taken, with the row that took them. JSON's own dictionary: the page's code has it.
    let (mut surfaces, mut ids) = (Map::new(), Map::new());
    for (row, value) in (1..).zip(rows.iter().take(ROWS)) {
        let mut reasons = Vec::new();
        match read::row(value, &mut reasons) {
            Err(reason) => reasons.push(reason),
            Ok(mut term) => {
                if let Some(first) = surfaces.get(&fold(&term.term)) {
                    reasons.push(format!("“{}” is in row {first} already", term.term));
                } else if let Some(first) = ids.get(&term.id) {
                    reasons.push(format!("the id “{}” is in row {first} already", term.id));
                } else {
                    surfaces.insert(fold(&term.term), row.into());
                    ids.insert(term.id.clone(), row.into());
                    term.aliases.retain(|alias| match surfaces.insert(fold(alias), row.into()) {
                        Some(first) => {
                            reasons.push(format!("the alias “{alias}” is in row {first} already; left out"));
                            surfaces.insert(fold(alias), first);
                            false
                        }
                        None => true,
                    });
                    term.origin = Origin::Pack(name.to_owned());
                    terms.push(term);
                }
            }
        }
        problems.extend(reasons.into_iter().map(|reason| PackProblem { row, reason }));
    }
    if rows.len() > ROWS {
        problems.push(PackProblem { row: ROWS + 1, reason: format!("only the first {ROWS} rows are used") });
    }
    (terms, problems)
}

/// A term of the reader's own as a row of a pack: how it is kept and exported.
pub fn own_row(term: &Term) -> Value {
    json!({ "id": term.id, "term": term.term, "definition": term.definition, "english": term.english })
}

/// A row as a term of the reader's own; `None` where it could not stand in a pack.
pub fn own_term(row: &Value) -> Option<Term> {
    let term = read::row(row, &mut Vec::new()).ok()?;
    Some(Term { origin: Origin::Reader, ..term })
}

/// One sentence on all problems of a pack, for whoever embeds it; `None` where there is none.
pub fn report(url: &str, problems: &[PackProblem]) -> Option<String> {
    if problems.is_empty() {
        return None;
    }
    let mut report = ["the glossary pack ", url, ": "].concat();
    for (at, PackProblem { row, reason }) in problems.iter().enumerate() {
        if at > 0 {
            report.push_str("; ");
        }
        if report.len() > REPORT {
            report.push_str(&["and ", &(problems.len() - at).to_string(), " more"].concat());
            break;
        }
        if *row > 0 {
            report.push_str(&["row ", &row.to_string(), ": "].concat());
        }
        // A reason may quote what the pack holds.
        report.extend(reason.chars().take(200));
    }
    Some(report)
}
