//! [`Layer`]: notes of somebody else's, to be read beside one's own.

use super::Placed;
use crate::annotation::{Anchoring, Note};
use crate::sort::{sort_by, sort_by_key};

/// A read-only set of notes from a teacher or an editor. It is never kept, and never mixed with the
/// reader's own. [`super::Notebook::place_layer`] finds its notes' places.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// What it is called.
    pub name: String,
    /// Its notes in text order, those without a place last.
    pub notes: Vec<Placed>,
    /// There may be notes that have not been looked for yet.
    pub is_seeking: bool,
    /// Its notes have never all been looked for: some of them may be no notes on this article.
    pub(super) is_new: bool,
}

impl Layer {
    /// A layer of these notes, whose places are still to be found.
    pub fn new(name: String, notes: Vec<Note>) -> Self {
        let of_layer = |note| Placed { is_of_layer: true, ..Placed::unplaced(note) };
        Self { name, notes: notes.into_iter().map(of_layer).collect(), is_seeking: true, is_new: true }
    }

    /// The article says something else now: every note is to find its place anew.
    pub fn unplace(&mut self) {
        for placed in &mut self.notes {
            placed.anchoring = Anchoring::Sought;
        }
    }
}

/// The notes that have a place, a reader's own and a layer's, in text order. One of the layer's that the reader has
/// under the same id is the reader's.
pub fn beside<'a>(own: &'a [Placed], layer: &'a [Placed]) -> Vec<&'a Placed> {
    let mut beside: Vec<&Placed> = own.iter().collect();
    if !layer.is_empty() {
        let id = |at: usize| &own[at].note.id;
        let mut order: Vec<usize> = (0..own.len()).collect();
        sort_by(&mut order, |&one, &other| id(one).cmp(id(other)));
        let is_theirs = |placed: &&Placed| order.binary_search_by(|&at| id(at).cmp(&placed.note.id)).is_err();
        beside.extend(layer.iter().filter(is_theirs));
        sort_by_key(&mut beside, |placed| placed.order());
    }
    beside.retain(|placed| placed.anchoring.span().is_some());
    beside
}
