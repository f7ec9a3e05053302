//! `data/gazetteer` and the rules' word lists, to what `lexicon` includes.
pub fn compile() {}
