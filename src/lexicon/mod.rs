//! Floor 2: what the recogniser knows before it reads: names of places and organs (the gazetteer)
//! and the political terms (the glossary). Built-in data comes from `data/`; packs add to it.

pub mod gazetteer;
pub mod glossary;
mod kind;
mod words;

pub use gazetteer::{Division, Gazetteer};
pub use kind::Kind;
pub use words::{Words, prefix_len};
