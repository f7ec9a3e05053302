//! Meetings: what is 召开 or 举行, up to the word for it.

use super::{
    Found,
    reader::{Reader, is_han},
    sets::Set,
};
use crate::lexicon::{Class, Kind};
use crate::text::Span;

/// The longest name of a meeting, in code points.
const LONGEST: usize = 26;

pub(super) fn find(reader: &Reader<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < reader.chars.len() {
        if reader.is_in(at, Set::CONGRESS)
            && let Some(end) = congress(reader, at)
        {
            found.push(Found { span: Span::new(at, end), kind: Kind::Meeting });
            at = end;
            continue;
        }
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

/// 党的二十大, 十九届五中全会.
fn congress(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let numerals = |at: usize| {
        let numerals = reader.from(at).iter().take(3);
        at + numerals.take_while(|c| "一二三四五六七八九十".contains(**c)).count()
    };
    let start = reader.after_any(at, &["党的", "中共"]).unwrap_or(at);
    let end = numerals(start);
    if end == start {
        return None;
    }
    if start > at && reader.has(end, "大") && !reader.is_any(end + 1, "工方重任优") {
        return Some(end + 1);
    }
    let plenum = numerals(reader.after_any(end, &["届"])?);
    reader.after_any(plenum, &["中全会"]).filter(|_| plenum > end + 1)
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
