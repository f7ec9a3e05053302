//! Meetings: what is 召开 or 举行, up to the word for it.

use super::{
    Found,
    reader::{Reader, is_han},
};
use crate::lexicon::{Class, Kind};
use crate::text::Span;

/// The longest name of a meeting, in code points.
const LONGEST: usize = 26;

pub(super) fn find(reader: &Reader<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < reader.chars.len() {
        let Some(start) = reader.after(at, Class::CONVENE) else {
            at += 1;
            continue;
        };
        at = start;
        if let Some(end) = meeting(reader, start) {
            found.push(Found { span: Span::new(start, end), kind: Kind::Meeting });
            at = end;
        }
    }
    found
}

/// The end of the meeting whose name begins here; 参加会议 names none.
fn meeting(reader: &Reader<'_>, start: usize) -> Option<usize> {
    let mut at = start;
    while at < start + LONGEST {
        if let Some(end) = reader.after(at, Class::MEETING) {
            return (at > start).then_some(end);
        }
        let inside = reader.at(at)?;
        if !is_han(inside) && !inside.is_ascii_digit() && !matches!(inside, '“' | '”')
            || inside == '的'
            || inside == '了'
        {
            return None;
        }
        at += 1;
    }
    None
}
