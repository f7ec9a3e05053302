//! A pack: a site's or a teacher's own terms, as JSON. Untrusted: what is good is used, what is not
//! is named.

use super::{fold::fold, model::Term, read};
use crate::lexicon::pack::{self, PackProblem};
use std::collections::BTreeMap;

/// Most rows of a pack.
const ROWS: usize = 5_000;

/// The good terms of a pack: an array of rows, or an object with them in `terms`.
pub(super) fn read(json: &str, name: &str) -> (Vec<Term>, Vec<PackProblem>) {
    let rows = match pack::rows(json, "terms") {
        Ok(rows) => rows,
        Err(reason) => return (Vec::new(), vec![PackProblem { row: 0, reason }]),
    };

    let (mut terms, mut problems) = (Vec::new(), Vec::new());
    // Surfaces and ids taken, with the row that took them.
    let mut surfaces = BTreeMap::new();
    let mut ids = BTreeMap::new();
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
                    surfaces.insert(fold(&term.term), row);
                    ids.insert(term.id.clone(), row);
                    term.aliases.retain(|alias| match surfaces.insert(fold(alias), row) {
                        Some(first) => {
                            surfaces.insert(fold(alias), first);
                            reasons.push(format!("the alias “{alias}” is in row {first} already; left out"));
                            false
                        }
                        None => true,
                    });
                    term.pack = Some(name.to_owned());
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
