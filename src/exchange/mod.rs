//! Floor 4: notes in and out. One file a format.

mod anki;
mod csv;
mod json_ld;
mod markdown;
mod term;

pub use anki::to_anki;
pub use csv::to_csv;
pub use json_ld::{
    MAX_BYTES, MAX_ITEMS, Read, ReadError, layer_to_json_ld, parse_json, read_annotations, to_json_ld,
};
pub use markdown::to_markdown;
pub use term::term_text;

#[cfg(test)]
mod tests;
