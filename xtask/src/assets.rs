//! `cargo xtask assets`: the files of the page that neither Trunk nor the compiler makes.

use std::path::PathBuf;

use crate::run::{Outcome, root};

#[path = "../../build/glossary.rs"]
#[expect(dead_code, reason = "the index is for the page's code alone")]
mod glossary;

/// What the page fetches once the article stands. The element's loader names it too.
const GLOSSARY: &str = "bianzhu-glossary.txt";

/// Writes the glossary's entries beside the page's other files: where Trunk collects them, or to `dist`.
pub fn write() -> Outcome {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").map_or_else(|| root().join("dist"), PathBuf::from);
    let file = folder.join(GLOSSARY);
    // Two bytes a character, where UTF-8 has three: 2 KB less after brotli. The page reads either.
    let text = glossary::texts(&root()).file;
    std::fs::write(&file, encoding_rs::GB18030.encode(&text).0)
        .map_err(|error| format!("{} cannot be written: {error}.", file.display()))
}
