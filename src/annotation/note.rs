//! [`Note`]: a reader's highlight with its comment and tags.

use super::{Target, Timestamp};
use crate::text::{IndexedText, Span};
use serde_json::{Map, Value};

/// Names a note for good: an IRI, `urn:uuid:…` for the notes written here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(String);

impl NoteId {
    /// The id of this name.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The colour of a highlight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Color {
    /// The first choice.
    #[default]
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Pink.
    Pink,
}

impl Color {
    /// Every colour, in the order in which the toolbar offers them.
    pub const ALL: [Self; 4] = [Self::Yellow, Self::Green, Self::Blue, Self::Pink];

    /// The name in class names, in JSON and in `annotate()`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
        }
    }

    /// The colour of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|color| color.name() == name)
    }
}

/// What an annotation holds besides what a note has a field for. It is kept, so that reading an
/// annotation from elsewhere and writing it again loses nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra {
    /// Further properties of the annotation.
    pub annotation: Map<String, Value>,
    /// Further bodies.
    pub bodies: Vec<Value>,
    /// Further properties of the target.
    pub target: Map<String, Value>,
    /// Further selectors.
    pub selectors: Vec<Value>,
}

/// A reader's highlight, with a comment and tags where they wrote some. As saved: where it stands in
/// the text of today is for [`super::Anchorer`] to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its name.
    pub id: NoteId,
    /// The colour of the highlight.
    pub color: Color,
    /// What the reader wrote; empty for a bare highlight.
    pub comment: String,
    /// Tags in the order in which they were written.
    pub tags: Vec<String>,
    /// When it was first written.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// The words it stands on.
    pub target: Target,
    /// What else it came with.
    pub extra: Extra,
}

impl Note {
    /// A yellow highlight without a comment on a span of the text of the article `key`.
    pub fn new(id: String, text: &IndexedText, span: Span, key: &str, now: Timestamp) -> Self {
        Self {
            id: NoteId(id),
            color: Color::default(),
            comment: String::new(),
            tags: Vec::new(),
            created: now,
            modified: now,
            target: Target::of(text, span, key),
            extra: Extra::default(),
        }
    }
}
