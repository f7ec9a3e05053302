//! Bounds of the sentence and the paragraph around a place.

use super::{Offset, Span};

const ENDS: &[char] = &['。', '！', '？', '!', '?', '…', '；'];
const CLOSERS: &[char] = &['”', '’', '」', '』', '）', ')', '》', '"'];

/// The sentence around a span, without the white space around it: from the last sentence end or
/// paragraph break before it to the next one after it, closing quotation marks included.
/// A semicolon ends a sentence here too: in policy texts it parts whole statements.
pub fn sentence_around(chars: &[char], span: Span) -> Span {
    let paragraph = paragraph_around(chars, span);
    let (low, high) = (paragraph.start().index(), paragraph.end().index());
    let mut start = span.start().index().clamp(low, high);
    while start > low && !ENDS.contains(&chars[start - 1]) {
        start -= 1;
    }
    while start < span.start().index().min(high)
        && (CLOSERS.contains(&chars[start]) || chars[start].is_whitespace())
    {
        start += 1;
    }
    let mut end = span.end().index().clamp(low, high);
    if end == start || !ENDS.contains(&chars[end - 1]) {
        while end < high && !ENDS.contains(&chars[end]) {
            end += 1;
        }
        end = (end + 1).min(high);
    }
    while end < high && CLOSERS.contains(&chars[end]) {
        end += 1;
    }
    Span::new(start, end)
}

/// The paragraph around a span: between the line breaks on either side.
pub fn paragraph_around(chars: &[char], span: Span) -> Span {
    let mut start = span.start().index().min(chars.len());
    while start > 0 && chars[start - 1] != '\n' {
        start -= 1;
    }
    let mut end = span.end().max(Offset::from(start)).index().min(chars.len());
    while end < chars.len() && chars[end] != '\n' {
        end += 1;
    }
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str, word: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let start = text[..text.find(word).expect("the word is in the text")].chars().count();
        let span = sentence_around(&chars, Span::new(start, start + word.chars().count()));
        chars[span.range()].iter().collect()
    }

    #[test]
    fn a_sentence_ends_at_its_stop_or_its_paragraph() {
        let text = "甲说乙。丙说：“丁来。”戊走\n己留！";
        for (word, expected) in [
            ("乙", "甲说乙。"),
            ("甲说乙。", "甲说乙。"),
            ("丁", "丙说：“丁来。”"),
            ("戊", "戊走"),
            ("己", "己留！"),
        ] {
            assert_eq!(sentence(text, word), expected, "around {word}");
        }
    }

    #[test]
    fn empty_and_out_of_range_spans_are_answered() {
        assert!(sentence_around(&[], Span::new(3usize, 9usize)).is_empty());
        assert!(paragraph_around(&[], Span::default()).is_empty());
    }
}
