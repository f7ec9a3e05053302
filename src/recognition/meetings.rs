//! Meetings: what is 召开 or 举行, up to the word for it; 全省教育工作会议, which says for whom it is held;
//! sessions by number (市五届人大三次会议), and congresses (党的二十大).

use super::{
    Found,
    organizations::Organization,
    reader::{Reader, is_han},
    sets::Set,
};
use crate::lexicon::{Class, Kind};
use crate::text::Span;

/// The longest name of a meeting, in code points.
const LONGEST: usize = 26;
/// Whom a meeting is held for, at the beginning of its name.
const SCOPES: &[&str] = &["全国", "全省", "全市", "全县", "全区", "全州", "全镇", "全军", "中央"];
/// Words that stand in no name of a meeting.
const NOT_INSIDE: &[&str] = &[
    "的", "了", "该", "此次", "这次", "本次", "以来", "在", "将", "已", "是", "要", "为", "对", "把", "被",
    "由", "从", "到", "及", "并", "向", "以", "传达", "贯彻", "落实", "按照", "根据", "出席", "听取", "认真",
    "关于", "围绕", "通过", "审议",
];
/// What follows where no meeting is meant: 人民大会堂, 会议中心.
const NOT_BEFORE: &[&str] = &["堂", "室", "厅", "战", "中心", "纪要", "代表"];

pub(super) fn find(reader: &Reader<'_>, organizations: &[Organization]) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    let mut organs = organizations.iter().filter(|organ| !organ.is_named).peekable();
    while at < reader.chars.len() {
        while organs.next_if(|organ| organ.span.start().index() < at).is_some() {}
        let organ = organs.peek().filter(|organ| organ.span.start().index() == at);
        let of_organ = || meeting(reader, organ?.span.end().index());
        let of_scope = || meeting(reader, reader.after_any(at, SCOPES)?);
        let convened = || {
            let start = reader.after(at, Class::CONVENE)?;
            let start = reader.after_any(start, &["的"]).unwrap_or(start);
            let specific = || reader.after(start, Class::MEETING).filter(|end| end - start >= 4);
            Some((
                start,
                meeting(reader, start)
                    .filter(|end| !reader.is(start, *end, Class::MEETING))
                    .or_else(specific)?,
            ))
        };
        let congress = || congress(reader, at).filter(|_| reader.is_in(at, Set::CONGRESS));
        let held = congress().or_else(of_organ).or_else(of_scope).map(|end| (at, end));
        let session = || session(reader, at, organizations);
        match held.or_else(session).or_else(convened) {
            Some((start, end)) => {
                found.push(Found { span: Span::new(start, end), kind: Kind::Meeting });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// A session by its number, with whose it is: 湖北省十四届人大常委会第九次会议, 第二十四次会议.
fn session(reader: &Reader<'_>, at: usize, organizations: &[Organization]) -> Option<(usize, usize)> {
    let ordinal = reader.after_any(at, &["第"]).unwrap_or(at);
    let numerals = reader.run(ordinal, Set::NUMERAL, 4);
    let number = ordinal + numerals;
    if numerals == 0 || reader.is_after(at, Set::NUMERAL) || reader.is_any_before(at, "第") {
        return None;
    }
    if ordinal > at
        && let Some(after) = reader.after_any(number, &["次"])
    {
        let before = organizations.iter().find(|organ| organ.span.end().index() == at);
        let start = before.map_or(at, |organ| organ.span.start().index());
        return Some((start, reader.after(after, Class::MEETING)?));
    }
    let term = reader.after_any(number, &["届"])?;
    // 中国共产党第十九届中央委员会 is one organ as well.
    let reaches = |organ: &&Organization| organ.span.start().index() < at && at <= organ.span.end().index();
    let before = organizations.iter().find(reaches);
    let start = match before {
        Some(organ) => organ.span.start().index(),
        None => at,
    };
    // 市, or the whole of 北京市东城区.
    let mut start = start;
    while reader.is_after(start, Set::DIVISION) && start + LONGEST > at {
        start = (0..start).rev().find(|&start| reader.begins_token(start))?;
    }
    let start = start.checked_sub(2).filter(|start| reader.has(*start, "政协")).unwrap_or(start);
    let numbered = |at: &usize| reader.is_any(*at, "次") && reader.is_after(*at, Set::NUMERAL);
    match (term..term + LONGEST).take_while(|at| reader.is_han(*at)).find(numbered) {
        Some(next) => Some((start, reader.after(next + 1, Class::MEETING)?)),
        None if ordinal > at => Some((at, meeting(reader, term)?)),
        None => None,
    }
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

/// The end of the meeting whose name goes on here, after whom it is held for or after 召开.
fn meeting(reader: &Reader<'_>, start: usize) -> Option<usize> {
    let mut at = start;
    while at < start + LONGEST {
        let end = reader.after(at, Class::MEETING).filter(|end| reader.after_any(*end, NOT_BEFORE).is_none());
        if end.is_some() {
            return end;
        }
        let inside = reader.at(at)?;
        if !is_han(inside) && !inside.is_ascii_digit() && !matches!(inside, '“' | '”' | '—') {
            return None;
        }
        let ends_word = |end: &usize| reader.begins_token(*end);
        let stops = reader.begins_token(at)
            && (reader.after(at, Class::CONVENE.or(Class::SAYING).or(Class::ROLE)).is_some()
                || reader.after_any(at, NOT_INSIDE).filter(ends_word).is_some());
        if stops {
            return None;
        }
        at += 1;
    }
    None
}
