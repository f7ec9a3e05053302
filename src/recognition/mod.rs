//! Floor 3: text and lexicon in, mentions and entities out. One file per family of rules.

mod model;

pub use model::{Entity, EntityId, Fact, Mention, Recognition, Relation};
