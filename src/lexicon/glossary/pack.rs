//! A pack: a site's or a teacher's own terms, as JSON. Untrusted: what is good is used, what is not
//! is named.

use super::model::{Origin, Term};
use super::{fold::fold, read};
use crate::lexicon::pack::{self, PackProblem};
use crate::object::{self, object, to_json};
use serde_json::{Map, Value};

/// Most rows of a pack.
const ROWS: usize = 5_000;

/// The good terms of a pack, and what is wrong with the rest. A pack is an array of rows, or an object
/// with them in `terms`; `name` is what cards call it where it does not name itself.
pub fn read(json: &str, name: &str) -> (Vec<Term>, Vec<PackProblem>) {
    let (rows, name) = match pack::rows(json, "terms", name) {
        Ok(pack) => pack,
        Err(problem) => return (Vec::new(), vec![problem]),
    };

    let (mut terms, mut problems) = (Vec::new(), Vec::new());
    // Surfaces and ids taken, with the row that took them. JSON's own dictionary: the page's code has it.
    let (mut surfaces, mut ids) = (Map::new(), Map::new());
    for (row, value) in (1..).zip(rows.iter().take(ROWS)) {
        let mut reasons = Vec::new();
        match read::row(value, &mut reasons) {
            Err(reason) => reasons.push(reason),
            Ok(mut term) => {
                if let Some(first) = surfaces.get(&fold(&term.term)).map(to_json) {
                    reasons.push(format!("“{}” is in row {first} already", term.term));
                } else if let Some(first) = ids.get(&term.id).map(to_json) {
                    reasons.push(format!("the id “{}” is in row {first} already", term.id));
                } else {
                    surfaces.insert(fold(&term.term), row.into());
                    ids.insert(term.id.clone(), row.into());
                    term.aliases.retain(|alias| match surfaces.insert(fold(alias), row.into()) {
                        Some(first) => {
                            surfaces.insert(fold(alias), first.clone());
                            let first = to_json(&first);
                            reasons.push(format!("the alias “{alias}” is in row {first} already; left out"));
                            false
                        }
                        None => true,
                    });
                    term.origin = Origin::Pack(name.clone());
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
    object(vec![
        ("id", object::text(&term.id)),
        ("term", object::text(&term.term)),
        ("definition", object::text(&term.definition)),
        ("english", object::text(&term.english)),
    ])
}

/// A row as a term of the reader's own; `None` where it could not stand in a pack.
pub fn own_term(row: &Value) -> Option<Term> {
    let term = read::row(row, &mut Vec::new()).ok()?;
    Some(Term { origin: Origin::Reader, ..term })
}
