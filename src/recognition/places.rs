//! Places: what the lattice reads as one.

use super::{
    Found,
    lattice::{Tag, Token},
    persons,
    reader::Reader,
};
use crate::lexicon::Kind;
use crate::text::Span;

/// What makes another word of a name before it: 南京路 is another place, 中国话 none.
const GOES_ON: &[&str] = &["话", "语", "籍", "裔", "菜"];

pub(super) fn find(reader: &Reader<'_>, tokens: &[Token]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut place =
        |start: usize, end: usize| found.push(Found { span: Span::new(start, end), kind: Kind::Place });
    for token in tokens {
        match token.tag {
            Tag::Place if reader.after_any(token.end, GOES_ON).is_none() => place(token.start, token.end),
            Tag::Ending => place(token.start, token.end),
            Tag::Foreign if persons::is_place(reader, token) => {
                let with = reader.is_any(token.end, "市州省港山河湖岛县镇村");
                place(token.start, token.end + usize::from(with));
            }
            Tag::Letters => (token.start..token.end).for_each(|at| place(at, at + 1)),
            _ => {}
        }
    }
    found
}
