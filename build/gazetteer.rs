//! `data/gazetteer`, to what `lexicon::gazetteer` includes: the same tables without their comments.

use std::path::Path;
use std::{env, fs};

const ROOT: &str = "data/gazetteer";

/// Writes `<table>.txt` to `OUT_DIR` for each table.
pub fn compile() {
    println!("cargo::rerun-if-changed={ROOT}");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    for file in fs::read_dir(ROOT).unwrap_or_else(|error| panic!("{ROOT}: {error}")) {
        let path = file.expect("the folder can be listed").path();
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let name = path.file_name().expect("a file has a name");
        fs::write(Path::new(&out).join(name), lines.collect::<Vec<_>>().join("\n"))
            .expect("OUT_DIR is writable");
    }
}
