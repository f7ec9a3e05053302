//! Documents: 《…》, 关于…的通知, and a quoted name before a word for a document.

use super::{Found, reader::Reader, sets::Set};
use crate::lexicon::{Class, Kind};
use crate::text::Span;

/// What is done to documents, shortly before their title.
const ISSUED: &[&str] = &[
    "印发", "发布", "公布", "通过", "宣读", "出台", "修订", "颁布", "审议", "下发", "签署", "贯彻", "根据",
    "依据", "按照", "制定", "实施",
];
/// The longest title, in code points.
const LONGEST: usize = 60;

pub(super) fn find(reader: &Reader<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < reader.chars.len() {
        if !reader.is_in(at, Set::DOCUMENT) {
            at += 1;
            continue;
        }
        let end = titled(reader, at)
            .or_else(|| on_subject(reader, at))
            .or_else(|| quoted(reader, at))
            .or_else(|| issued(reader, at));
        if let Some(end) = end {
            found.push(Found { span: Span::new(at, end), kind: Kind::Document });
        }
        at = end.unwrap_or(at + 1);
    }
    found
}

/// 《…》.
fn titled(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if reader.at(at)? != '《' {
        return None;
    }
    let inside = reader.from(at).iter().take(LONGEST).take_while(|c| **c != '\n');
    let end = at + inside.into_iter().position(|c| *c == '》')?;
    // A newspaper, a book or a play is none.
    let is_document = (at + 1..end).any(|start| reader.after(start, Class::DOCUMENT).is_some());
    let is_law = reader.is_any_before(end, "法令案书》）)") || is_document;
    let is_issued = (at.saturating_sub(6)..at).any(|before| reader.after_any(before, ISSUED).is_some());
    (is_law || is_issued).then_some(end + 1)
}

/// 关于…的通知.
fn on_subject(reader: &Reader<'_>, at: usize) -> Option<usize> {
    // The one document that is named without 《》.
    if let Some(end) = reader.after_any(at, &["政府工作报告"]) {
        return Some(end);
    }
    let start = reader.after_any(at, &["关于"])?;
    let inside = reader.from(start).iter().take(LONGEST);
    let inside =
        inside.take_while(|c| !matches!(c, '，' | ',' | '。' | '；' | ';' | '\n' | '！' | '？')).count();
    (start..start + inside)
        .filter(|&of| reader.at(of) == Some('的'))
        .find_map(|of| reader.after(of + 1, Class::DOCUMENT))
}

/// “六个严禁”规定.
fn quoted(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if reader.at(at)? != '“' {
        return None;
    }
    let inside = reader.from(at + 1).iter().take(16).position(|c| *c == '”')?;
    reader.after(at + inside + 2, Class::DOCUMENT)
}

/// 省批复方案.
fn issued(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let start = reader.after_any(at, &["国务院", "中央", "省", "市", "县"])?;
    reader.after(reader.after(start, Class::ISSUED)?, Class::DOCUMENT)
}
