//! [`Layer`]: notes of somebody else's, to be read beside one's own.

use super::Placed;
use crate::annotation::{Anchorer, Note};
use crate::sort::sort_by_key;
use crate::text::IndexedText;

/// A read-only set of notes from a teacher or an editor. It is never kept, and never mixed with the
/// reader's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// What it is called.
    pub name: String,
    /// Its notes in text order, those without a place last.
    pub notes: Vec<Placed>,
}

impl Layer {
    /// The article says something else now: every note finds its place anew.
    pub fn set_text(&mut self, text: &IndexedText) {
        let anchorer = Anchorer::new(text);
        for placed in &mut self.notes {
            placed.anchoring = anchorer.anchor(&placed.note.target);
        }
        sort_by_key(&mut self.notes, Placed::order);
    }

    /// Puts the notes of a layer into their places in a text.
    pub fn new(name: String, notes: Vec<Note>, text: &IndexedText) -> Self {
        let anchorer = Anchorer::new(text);
        let place = |note: Note| {
            let anchoring = anchorer.anchor(&note.target);
            Placed { note: note.into(), anchoring, is_of_layer: true }
        };
        let mut notes: Vec<Placed> = notes.into_iter().map(place).collect();
        sort_by_key(&mut notes, Placed::order);
        Self { name, notes }
    }
}

/// The notes that have a place, a reader's own and a layer's, in text order. One of the layer's that the reader has
/// under the same id is the reader's.
pub fn beside<'a>(own: &'a [Placed], layer: &'a [Placed]) -> Vec<&'a Placed> {
    let mut beside: Vec<&Placed> = own.iter().collect();
    for placed in layer {
        if own.iter().all(|own| own.note.id != placed.note.id) {
            let before = beside.partition_point(|other| other.order() <= placed.order());
            beside.insert(before, placed);
        }
    }
    beside.retain(|placed| placed.anchoring.span().is_some());
    beside
}
