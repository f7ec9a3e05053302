//! `data/glossary`, to what `lexicon` includes.
pub fn compile() {}
