//! Compiles the tables of `data/` and the sheets of `style/` to the compact forms that the library
//! includes.

mod gazetteer;
mod glossary;
mod style;

fn main() {
    println!("cargo::rerun-if-changed=build");
    gazetteer::compile();
    glossary::compile();
    style::compile();
}
