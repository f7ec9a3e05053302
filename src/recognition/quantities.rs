//! Quantities: a number with its unit, in figures, or in numerals of two characters and more: 1.5亿元, 三百多人,
//! 百分之三十, 3至5人. 一个 and 六项 are ways of speaking more often than quantities.

use super::{Found, reader::Reader, sets::Set};
use crate::lexicon::{Class, Kind};
use crate::text::Span;

/// The longest number, in code points.
const LONGEST: usize = 20;
const SCALES: &str = "十百千万亿";

pub(super) fn find(reader: &Reader<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < reader.chars.len() {
        let Some(number) = number(reader, at) else {
            at += 1;
            continue;
        };
        // 第十四届 counts nothing.
        if reader.before(at) == Some('第') {
            at = number;
            continue;
        }
        let second = range(reader, number).unwrap_or(number);
        let end = quantity(reader, second).or_else(|| {
            let is_share = reader.has(at, "百分之");
            is_share.then_some(number)
        });
        // 十三届全国人大 is one by its number.
        let is_term = |end: &usize| {
            reader.before(*end) == Some('届') && reader.after_any(*end, &["全国", "人大", "政协"]).is_some()
        };
        if let Some(end) = end.filter(|end| !is_term(end)) {
            found.push(Found { span: Span::new(at, end), kind: Kind::Quantity });
        }
        at = end.unwrap_or(number);
    }
    found
}

/// The place after a unit, and what may stand before it: 余, 万.
fn quantity(reader: &Reader<'_>, number: usize) -> Option<usize> {
    reader.after(reader.skip_blanks(scale(reader, number)), Class::UNIT)
}

/// The place after the second number of 3至5人.
fn range(reader: &Reader<'_>, first: usize) -> Option<usize> {
    let unit = if reader.is_any(first, "%％") { first + 1 } else { first };
    let dashes = reader.from(unit).iter().take(2).take_while(|c| "至到—-～~－–".contains(**c)).count();
    (dashes > 0).then(|| number(reader, unit + dashes)).flatten()
}

/// The place after a number, if it is one that quantities are told in.
fn number(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if !reader.is_in(at, Set::NUMERAL.or(Set::FIGURE)) {
        return None;
    }
    if let Some(end) = reader.after_any(at, &["百分之"]) {
        return Some(end + reader.run(end, Set::NUMERAL, LONGEST).max(figures(reader, end)))
            .filter(|&all| all > end);
    }
    let figures = figures(reader, at);
    if figures > 0 {
        return Some(at + figures);
    }
    let len = reader.run(at, Set::NUMERAL, LONGEST);
    let has_scale = reader.from(at).iter().take(len).any(|c| SCALES.contains(*c));
    (len >= 2 && has_scale).then_some(at + len)
}

/// How many figures stand here, with points and the commas between thousands.
fn figures(reader: &Reader<'_>, at: usize) -> usize {
    let is_figure = |at: usize| reader.is_in(at, Set::FIGURE);
    let mut end = at;
    while end < at + LONGEST
        && (is_figure(end) || end > at && reader.is_any(end, ".．,·") && is_figure(end + 1))
    {
        end += 1;
    }
    end - at
}

/// The place after 万, 亿, 余 and their like.
fn scale(reader: &Reader<'_>, at: usize) -> usize {
    let at = reader.skip_blanks(at);
    let words = reader.from(at).iter().take(LONGEST);
    at + words.take_while(|c| matches!(c, '余' | '多' | '几' | '百' | '千' | '万' | '亿')).count()
}
