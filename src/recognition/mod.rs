//! Floor 3: text and lexicon in, mentions and entities out. One file per family of rules.

mod model;
mod overlay;

pub use model::{Entity, EntityId, Fact, Mention, Recognition, Relation};
pub use overlay::{TermSpan, overlay_terms};

/// Finds the people, organisations, places … of a text. It has no rules yet and finds nothing.
#[derive(Debug, Default)]
pub struct Recognizer;

impl Recognizer {
    /// A recognizer.
    pub fn new() -> Self {
        Self
    }

    /// What stands in a text.
    pub fn recognize(&self, _text: &str) -> Recognition {
        Recognition::default()
    }
}
