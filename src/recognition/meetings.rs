//! Meetings: what is 召开 or 举行, up to the word for it.

use super::{
    Found,
    reader::{Reader, is_han},
};
use crate::lexicon::Kind;
use crate::text::Span;

/// Verbs that a meeting follows.
const VERBS: &[&str] = &["召开", "举行", "出席", "参加", "召集"];
/// Words for meetings, the longer before those that end them.
const WORDS: &[&str] = &[
    "动员大会",
    "代表大会",
    "表彰大会",
    "座谈会",
    "研讨会",
    "论坛",
    "峰会",
    "发布会",
    "工作会议",
    "常务会议",
    "专题会议",
    "全体会议",
    "推进会",
    "调度会",
    "动员会",
    "部署会",
    "交流会",
    "现场会",
    "全会",
    "会议",
    "大会",
    "例会",
];
/// The longest name of a meeting, in code points.
const LONGEST: usize = 26;

pub(super) fn find(reader: &Reader<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < reader.chars.len() {
        let Some(start) = reader.after_any(at, VERBS) else {
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
        if let Some(end) = reader.after_any(at, WORDS) {
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
