//! Dates: 2018年3月21日, `1 月16日` with its blank, 去年, 本月, the numerals of either script and width.

use super::{Found, reader::Reader};
use crate::lexicon::{Class, Kind};
use crate::text::Span;

pub(super) fn find(reader: &Reader<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < reader.chars.len() {
        match date(reader, at) {
            Some(end) => {
                found.push(Found { span: Span::new(at, end), kind: Kind::Date });
                at = end;
            }
            // A number that is no date is no date from its second digit on either.
            None => at = number(reader, at).map_or(at + 1, |(end, _)| end),
        }
    }
    found
}

fn date(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if let Some(end) = reader.after(at, Class::DATE).filter(|_| reader.begins_token(at)) {
        let end = part(reader, end, "月").or_else(|| part(reader, end, "年")).unwrap_or(end);
        return Some(reader.after(end, Class::PART).unwrap_or(end));
    }
    let (_, digits) = number(reader, at)?;
    let year = if digits >= 2 { part(reader, at, "年") } else { None };
    let month = part(reader, year.unwrap_or(at), "月");
    let day_at = month.or(year).unwrap_or(at);
    let day = month.and_then(|_| part(reader, day_at, "日").or_else(|| part(reader, day_at, "号")));
    // 21日 alone is a date; 3月 is, and 两年 is a time that something takes.
    let alone = || part(reader, at, "日").filter(|&end| !reader.has(end, "内"));
    let is_duration = |end: usize| reader.has(end, "来") || reader.has(end, "内") || reader.has(end, "以");
    let end = day.or(month).or(year.filter(|&end| digits == 4 && !is_duration(end))).or_else(alone)?;
    Some(reader.after(end, Class::PART).unwrap_or(end))
}

/// The place after a number and its unit, blanks between them.
fn part(reader: &Reader<'_>, at: usize, unit: &str) -> Option<usize> {
    let (end, _) = number(reader, reader.skip_blanks(at))?;
    let end = reader.skip_blanks(end);
    reader.has(end, unit).then_some(end + 1)
}

/// The place after the digits here, and how many they are.
fn number(reader: &Reader<'_>, at: usize) -> Option<(usize, usize)> {
    let is_digit = |c: &&char| {
        c.is_ascii_digit() || matches!(**c, '０'..='９') || "〇零一二三四五六七八九十○".contains(**c)
    };
    let digits = reader.from(at).iter().take_while(is_digit).count();
    (1..=4).contains(&digits).then_some((at + digits, digits))
}
