//! Floor 2: what the recogniser knows before it reads: names of places and organs (the gazetteer)
//! and the political terms (the glossary). Built-in data comes from `data/`; packs add to it.

pub mod entities;
pub mod gazetteer;
pub mod glossary;
mod kind;
mod pack;
mod trie;

pub use gazetteer::{Class, Division, Entry, Gazetteer, Stat};
pub use kind::Kind;
pub use pack::{PACK_BYTES, PackProblem, report};
pub use trie::Trie;
