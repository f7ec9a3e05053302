//! Compiles the tables of `data/` to the compact forms that the lexicon reads.

mod gazetteer;
mod glossary;

fn main() {
    println!("cargo::rerun-if-changed=build");
    gazetteer::compile();
    glossary::compile();
}
