//! Documents: 《…》, 关于…的通知, and a quoted name before a word for a document.

use super::{Found, reader::Reader};
use crate::lexicon::Kind;
use crate::text::Span;

/// Words for documents.
const WORDS: &[&str] = &[
    "实施方案",
    "实施意见",
    "实施细则",
    "工作方案",
    "指导意见",
    "通知",
    "意见",
    "方案",
    "决定",
    "决议",
    "报告",
    "规定",
    "条例",
    "办法",
    "公告",
    "通报",
    "批复",
    "规划",
    "纲要",
    "建议",
];
/// What is done to a document before it is named: 省批复方案.
const ISSUED: &[&str] = &["批复", "印发", "下发"];
/// The longest title, in code points.
const LONGEST: usize = 60;

pub(super) fn find(reader: &Reader<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < reader.chars.len() {
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
    Some(at + inside.into_iter().position(|c| *c == '》')? + 1)
}

/// 关于…的通知.
fn on_subject(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let start = reader.after_any(at, &["关于"])?;
    let inside = reader.from(start).iter().take(LONGEST);
    let inside =
        inside.take_while(|c| !matches!(c, '，' | ',' | '。' | '；' | ';' | '\n' | '！' | '？')).count();
    (start..start + inside)
        .filter(|&of| reader.at(of) == Some('的'))
        .find_map(|of| reader.after_any(of + 1, WORDS))
}

/// “六个严禁”规定.
fn quoted(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if reader.at(at)? != '“' {
        return None;
    }
    let inside = reader.from(at + 1).iter().take(16).position(|c| *c == '”')?;
    reader.after_any(at + inside + 2, WORDS)
}

/// 省批复方案.
fn issued(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let start = reader.after_any(at, &["国务院", "中央", "省", "市", "县"])?;
    reader.after_any(reader.after_any(start, ISSUED)?, WORDS)
}
