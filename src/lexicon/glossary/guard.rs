//! Whether a run of characters that spells a term is the term: 市委 is not in 该市委托, nor 四个意识
//! in 十四个意识, nor 一把手 in 一把手枪.
//!
//! Guards look at the characters on both sides as the text has them. A quotation mark there ends
//! the word, so nothing is guarded across it.

use super::fold::{closes, is_numeral, opens};
use crate::text::Span;

/// Guards of one entry, from its data: texts that must not stand before or after it.
#[derive(Clone, Debug, Default)]
pub(super) struct Guards {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

/// Whether the match at `span` is the word itself.
pub(super) fn is_word(chars: &[char], span: Span, guards: &Guards) -> bool {
    let (before, rest) = chars.split_at(span.start().index().min(chars.len()));
    let (word, after) = rest.split_at(span.len().min(rest.len()));
    let (Some(&first), Some(&last)) = (word.first(), word.last()) else { return false };
    quotes_match(word)
        && !(continues_number(before) && (is_numeral(first) || first.is_numeric()))
        && !(latin(Some(&first)) && latin(before.last()))
        && !(latin(Some(&last)) && latin(after.first()))
        && !committee_goes_on(word, after)
        && !guards.before.iter().any(|text| ends_with(before, text))
        && !guards.after.iter().any(|text| starts_with(after, text))
}

/// A span may hold “五位一体”总体布局 whole, but not one quotation mark of a pair.
fn quotes_match(word: &[char]) -> bool {
    let count = |mark: fn(char) -> bool| word.iter().filter(|&&c| mark(c)).count();
    count(opens) == count(closes) && count(|c| c == '"').is_multiple_of(2)
}

/// Whether the text before a numeral makes it part of a longer or an ordinal number.
/// A bare 一 is mostly the end of a word (统一, 进一步 aside): it counts only behind a numeral.
fn continues_number(before: &[char]) -> bool {
    let digit = |c: char| c.is_numeric() || is_numeral(c);
    match before {
        [.., previous, '一'] => *previous == '第' || digit(*previous),
        [.., '第' | '百' | '千' | '零' | '.' | '．'] => true,
        [.., last] => *last != '一' && digit(*last),
        [] => false,
    }
}

/// 市委 goes on as another word: 市委员会 (the full name), 该市委托, 民革市委会. But not in 市委会议,
/// 市委会同市政府, where 党委会 would be wrong in its turn (常委会议 is a slip for 常委会会议).
fn committee_goes_on(word: &[char], after: &[char]) -> bool {
    let verb = |c: Option<&char>| matches!(c, Some('议' | '同' | '商' | '见'));
    match (word, after) {
        ([_, .., '委'], ['员' | '托', ..]) => true,
        ([_, .., '委'], ['会', rest @ ..]) => !verb(rest.first()),
        ([.., level, '委', '会'], _) => *level != '常' && verb(after.first()),
        _ => false,
    }
}

fn latin(c: Option<&char>) -> bool {
    c.is_some_and(char::is_ascii_alphanumeric)
}

fn starts_with(chars: &[char], text: &str) -> bool {
    let mut rest = chars.iter();
    text.chars().all(|c| rest.next() == Some(&c))
}

fn ends_with(chars: &[char], text: &str) -> bool {
    let mut rest = chars.iter().rev();
    text.chars().rev().all(|c| rest.next() == Some(&c))
}
