//! Dates: 2018年3月21日, `1 月16日` with its blank, 1—8月, 去年, 上半年, the numerals of either script and width.

use super::{Found, reader::Reader, sets::Set};
use crate::lexicon::{Class, Kind};
use crate::text::Span;

/// What stands between the two ends of a span of time.
const TO: &str = "至到—-～~－–";

pub(super) fn find(reader: &Reader<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < reader.chars.len() {
        match span_of_time(reader, at) {
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

/// A date, or two with what stands between them: 3月15日至20日, 2016—2020年.
fn span_of_time(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let first = date(reader, at);
    // 今年1—8月.
    let from = match first {
        Some(end) => number(reader, end).map_or(end, |(end, _)| end),
        None => number(reader, at)?.0,
    };
    let dashes = reader.from(from).iter().take(2).take_while(|c| TO.contains(**c)).count();
    let to = reader.skip_blanks(from + dashes);
    // 3月11日0时至24时.
    let hour = || part(reader, to, "时").filter(|_| reader.before(from) == Some('时'));
    let second = (dashes > 0).then(|| date(reader, to).or_else(hour)).flatten();
    second.or(first)
}

fn date(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if let Some(end) = reader.after(at, Class::DATE).filter(|_| reader.begins_token(at)) {
        let end = part(reader, end, "月").or_else(|| part(reader, end, "年")).unwrap_or(end);
        let end = part(reader, end, "日").unwrap_or(end);
        let end = end + usize::from(reader.before(end) == Some('年') && reader.has(end, "代"));
        return Some(clock(reader, end));
    }
    let (end, digits) = number(reader, at)?;
    if reader.has(end, "世纪") || reader.has(end, "年代") && digits >= 2 {
        let end = end + 2;
        let decade = part(reader, end, "年").filter(|&end| reader.has(end, "代"));
        return Some(decade.map_or(end, |end| end + 1));
    }
    let year = if digits >= 2 { part(reader, at, "年") } else { None };
    let month = part(reader, year.unwrap_or(at), "月");
    let day_at = month.or(year).unwrap_or(at);
    let day = month.and_then(|_| part(reader, day_at, "日").or_else(|| part(reader, day_at, "号")));
    // 21日 alone is a date; 3月 is, and 两年 is a time that something takes.
    let alone = || part(reader, at, "日").filter(|&end| !reader.has(end, "内"));
    let is_duration = |end: usize| reader.has(end, "内") || reader.has(end, "来");
    let end = day.or(month).or(year.filter(|&end| digits == 4 && !is_duration(end))).or_else(alone)?;
    Some(clock(reader, end))
}

/// The place after a part of the day or year, and a time: 上午9时30分.
fn clock(reader: &Reader<'_>, at: usize) -> usize {
    let end = reader.after(at, Class::PART).unwrap_or(at);
    let hour = part(reader, end, "时").or_else(|| part(reader, end, "点"));
    // 今年3点要求 is no time of day.
    let hour = hour.filter(|_| end > at || reader.before(at).is_some_and(|c| "日号".contains(c)));
    hour.map_or(end, |hour| part(reader, hour, "分").unwrap_or(hour))
}

/// The place after a number and its unit, blanks between them.
fn part(reader: &Reader<'_>, at: usize, unit: &str) -> Option<usize> {
    let (end, _) = number(reader, reader.skip_blanks(at))?;
    let end = reader.skip_blanks(end);
    reader.has(end, unit).then_some(end + 1)
}

/// The place after the digits here, and how many they are.
fn number(reader: &Reader<'_>, at: usize) -> Option<(usize, usize)> {
    let digits = reader.run(at, Set::DIGIT, 5);
    (1..=4).contains(&digits).then_some((at + digits, digits))
}
