//! Places: the names of the gazetteer.

use super::{Found, reader::Reader};
use crate::lexicon::Kind;
use crate::text::Span;

/// What makes another word of a name before it: 中国人 is a people, 南京路 another place.
const GOES_ON: &[&str] = &["人", "话", "语", "路", "街", "籍", "裔", "菜"];

pub(super) fn find(reader: &Reader<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < reader.chars.len() {
        let Some(end) = reader.after(at, &reader.gazetteer.places) else {
            at += 1;
            continue;
        };
        if reader.after_any(end, GOES_ON).is_none() {
            found.push(Found { span: Span::new(at, end), kind: Kind::Place });
        }
        at = end;
    }
    found
}
