//! Floor 4: notes in and out.

use crate::annotation::w3c;
use crate::notebook::Notebook;

/// All notes of a notebook as a W3C AnnotationCollection, in text order.
pub fn to_json_ld(notebook: &Notebook) -> String {
    let notes = notebook.notes().iter().map(|placed| &placed.note);
    w3c::to_collection(notebook.article_key(), notes).to_string()
}
