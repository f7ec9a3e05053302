//! Floor 3: a note as it is saved, the words it stands on, and where those words are in the text now.
//!
//! A saved [`Note`] only carries selectors. [`Anchorer`] alone turns them into a place; what could not
//! be placed stays a note and says so.

pub mod anchoring;
pub mod markup;
mod note;
mod target;
mod timestamp;
pub mod w3c;

pub use anchoring::{Anchorer, Anchoring, Neighbours};
pub use note::{Color, Extra, MAX_REVISIONS, Note, NoteId, Revision};
pub use target::{CONTEXT, Target, TextQuote};
pub use timestamp::Timestamp;
pub use w3c::AnnotationError;
