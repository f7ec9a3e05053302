//! [`Placed`]: a note and where it stands.

use crate::annotation::{Anchoring, Note, NoteId, Timestamp};
use crate::text::Offset;
use std::cmp::Reverse;
use std::sync::Arc;

/// A note and where its words stand now.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The note as it is saved. Lists of thousands are handed about: they share it.
    pub note: Arc<Note>,
    /// Where its words stand.
    pub anchoring: Anchoring,
    /// Its words were looked for by themselves, and what the other notes say of them has still to be asked.
    pub(super) is_alone: bool,
    /// It is of a layer: read, not written on.
    pub is_of_layer: bool,
}

impl Placed {
    pub(super) fn unplaced(note: impl Into<Arc<Note>>) -> Self {
        Self { note: note.into(), anchoring: Anchoring::Sought, is_alone: false, is_of_layer: false }
    }

    /// Text order, the longer of two at one place first; without a place last, as written.
    pub(super) fn order(&self) -> (Offset, Reverse<Offset>, Timestamp) {
        let span = self.anchoring.span();
        let (start, end) = span.map_or((Offset(u32::MAX), Offset(0)), |span| (span.start(), span.end()));
        (start, Reverse(end), self.note.created)
    }
}

/// The note of this id. A copy of its own is found among thousands without reading names.
pub fn find<'a>(notes: &'a [Placed], id: &NoteId) -> Option<&'a Placed> {
    let copy = notes.iter().find(|placed| placed.note.id.is_copy_of(id));
    copy.or_else(|| notes.iter().find(|placed| placed.note.id == *id))
}
