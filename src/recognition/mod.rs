//! Floor 3: text and lexicon in, mentions and entities out. One file per family of rules.
//!
//! Each family reads the text from left to right and proposes spans ([`Found`]); [`nest`] keeps those
//! that fit into each other, [`resolve`] says which of them name the same thing, and what the article
//! says of it. `docs/recognition.md` describes the rules.

mod dates;
mod documents;
mod lattice;
mod meetings;
mod model;
mod nest;
mod organizations;
mod overlay;
mod persons;
mod places;
mod quantities;
mod reader;
mod resolve;
mod roles;

pub use model::{Entity, EntityId, Fact, Mention, Recognition, Relation};
pub use overlay::{TermSpan, overlay_terms};

use crate::lexicon::{Gazetteer, Kind};
use crate::text::Span;
use reader::Reader;

/// A span that a rule proposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Found {
    span: Span,
    kind: Kind,
}

/// Finds the people, offices, organisations, places, dates … of a text.
#[derive(Debug)]
pub struct Recognizer {
    gazetteer: Gazetteer,
}

impl Recognizer {
    /// A recognizer that knows the built-in tables.
    pub fn new() -> Self {
        Self { gazetteer: Gazetteer::builtin() }
    }

    /// What stands in a text; in time linear in it.
    pub fn recognize(&self, text: &str) -> Recognition {
        let chars: Vec<char> = text.chars().collect();
        let (mut found, mut at) = (Vec::new(), 0);
        while at < chars.len() {
            let end = Reader::piece(&chars, at);
            let piece = self.piece(&chars[at..end]);
            found.extend(piece.into_iter().map(|Found { span, kind }| {
                let span = Span::new(span.start().index() + at, span.end().index() + at);
                Found { span, kind }
            }));
            at = end;
        }
        resolve::resolve(&chars, &self.gazetteer, found)
    }

    /// What stands in a piece of a text.
    fn piece(&self, chars: &[char]) -> Vec<Found> {
        let mut reader = Reader::new(chars, &self.gazetteer);
        let tokens = lattice::read(&reader);
        reader.mark(&tokens);
        let reader = reader;
        let (organizations, facilities) = organizations::find(&reader, &tokens);
        let roles = roles::find(&reader, &tokens, &organizations);
        // Where two cross, the family that stands earlier here wins.
        let families = vec![
            documents::find(&reader),
            meetings::find(&reader),
            persons::find(&reader, &tokens),
            roles,
            dates::find(&reader),
            organizations.iter().map(|organ| Found { span: organ.span, kind: Kind::Organization }).collect(),
            facilities,
            places::find(&reader, &tokens),
            quantities::find(&reader),
        ];
        nest::nest(chars, families)
    }
}

impl Default for Recognizer {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
