//! Quantities: a number in figures with its unit.

use super::{Found, reader::Reader};
use crate::lexicon::{Class, Kind};
use crate::text::Span;

pub(super) fn find(reader: &Reader<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < reader.chars.len() {
        let digits = reader.from(at).iter().take_while(|c| is_figure(**c)).count();
        if digits == 0 {
            at += 1;
            continue;
        }
        let number = at + digits;
        let unit = reader.after(reader.skip_blanks(scale(reader, number)), Class::UNIT);
        if let Some(end) = unit {
            found.push(Found { span: Span::new(at, end), kind: Kind::Quantity });
        }
        at = unit.unwrap_or(number);
    }
    found
}

/// The place after 万, 亿 and their like.
fn scale(reader: &Reader<'_>, at: usize) -> usize {
    let at = reader.skip_blanks(at);
    at + reader.from(at).iter().take_while(|c| "余多百千万亿".contains(**c)).count()
}

const fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９' | '.' | '．')
}
