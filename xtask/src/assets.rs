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
    std::fs::write(&file, glossary::texts(&root()).file)
        .map_err(|error| format!("{} cannot be written: {error}.", file.display()))
}
