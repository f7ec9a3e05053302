//! Compiles the tables of `data/` and the sheets of `style/` to the compact forms that the library
//! includes.

mod gazetteer;
mod glossary;
mod style;

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build");
    gazetteer::compile();
    compile_glossary();
    style::compile();
}

fn compile_glossary() {
    println!("cargo::rerun-if-changed={}", glossary::ROOT);
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let glossary::Texts { index, file, stamp } = glossary::texts(Path::new("."));
    for (name, text) in [("index", index), ("txt", file), ("stamp", stamp)] {
        fs::write(Path::new(&out).join(format!("glossary.{name}")), text).expect("OUT_DIR is writable");
    }
}
