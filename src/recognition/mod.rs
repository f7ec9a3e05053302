//! Floor 3: text and lexicon in, mentions and entities out. One file per family of rules.
//!
//! Each family reads the text from left to right and proposes spans ([`Found`]); [`nest`] keeps those
//! that fit into each other, [`resolve`] says which of them name the same thing, and what the article
//! says of it. `docs/recognition.md` describes the rules.

mod curated;
mod dates;
mod documents;
mod lattice;
mod marking;
mod meetings;
mod model;
mod names;
mod nest;
mod organizations;
mod overlay;
mod persons;
mod places;
mod quantities;
mod reader;
mod resolve;
mod roles;
mod session;
mod sets;

pub use marking::{Marking, unmarked};
pub use model::{Entity, EntityId, Fact, Mention, Recognition, Relation};
pub use overlay::{TermSpan, overlay_terms};

pub use session::Session;

use crate::lexicon::{Gazetteer, Kind, PackProblem, entities::CuratedEntities};
use crate::text::Span;
use reader::Reader;
use sets::Sets;

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
    curated: CuratedEntities,
    sets: Sets,
}

impl Recognizer {
    /// A recognizer that knows the built-in tables.
    pub fn new() -> Self {
        Self { gazetteer: Gazetteer::builtin(), curated: CuratedEntities::default(), sets: Sets::new() }
    }

    /// This recognizer and a site's own people, organisations and places (`docs/entity-pack.md`), which beat
    /// the rules. `name` is what cards call the pack. What is wrong with the pack is named; the rest is used.
    pub fn with_pack(mut self, json: &str, name: &str) -> (Self, Vec<PackProblem>) {
        let problems = self.curated.add(json, name);
        (self, problems)
    }

    /// What stands in a text; in time linear in it.
    pub fn recognize(&self, text: &str) -> Recognition {
        self.finish(self.start(text))
    }

    /// Begins to read a text in slices; the answer is that of [`Self::recognize`].
    pub fn start(&self, text: &str) -> Session {
        Session::new(text)
    }

    /// Goes on reading for about `budget` code points; whether all is read.
    pub fn step(&self, session: &mut Session, budget: usize) -> bool {
        session.step(self, budget)
    }

    /// The answer, after reading what is left.
    pub fn finish(&self, session: Session) -> Recognition {
        session.finish(self)
    }

    /// What stands in a piece of a text.
    fn piece(&self, chars: &[char]) -> Vec<Found> {
        let mut reader = Reader::new(chars, self);
        let tokens = lattice::read(&reader);
        reader.mark(&tokens);
        let reader = reader;
        let (organizations, facilities) = organizations::find(&reader, &tokens);
        let roles = roles::find(&reader, &tokens, &organizations);
        // Where two cross, the family that stands earlier here wins.
        let families = vec![
            curated::find(&tokens),
            documents::find(&reader),
            meetings::find(&reader, &organizations),
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
