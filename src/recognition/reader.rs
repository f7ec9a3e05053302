//! [`Reader`]: a text and the tables, with the questions that rules of every family ask.

use crate::lexicon::{Gazetteer, Words};

/// The text that is read.
pub(super) struct Reader<'text> {
    pub(super) chars: &'text [char],
    pub(super) gazetteer: &'text Gazetteer,
}

impl<'text> Reader<'text> {
    pub(super) const fn new(chars: &'text [char], gazetteer: &'text Gazetteer) -> Self {
        Self { chars, gazetteer }
    }

    /// The text from a place on.
    pub(super) fn from(&self, at: usize) -> &'text [char] {
        self.chars.get(at..).unwrap_or_default()
    }

    /// The character at a place.
    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// The character before a place.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.chars.get(at.checked_sub(1)?).copied()
    }

    /// Whether the text goes on with `word` at a place.
    pub(super) fn has(&self, at: usize, word: &str) -> bool {
        crate::lexicon::prefix_len(self.from(at), word).is_some()
    }

    /// The place after the longest of `words` at a place.
    pub(super) fn after(&self, at: usize, words: &Words) -> Option<usize> {
        Some(at + words.len_at(self.from(at))?)
    }

    /// The place after the first of `words` at a place.
    pub(super) fn after_any(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().find_map(|word| Some(at + crate::lexicon::prefix_len(self.from(at), word)?))
    }

    /// Whether something may begin here: the text does, or a mark of punctuation stands before.
    pub(super) fn begins(&self, at: usize) -> bool {
        self.before(at).is_none_or(|c| !is_han(c))
    }

    /// The place after up to two blanks.
    pub(super) fn skip_blanks(&self, at: usize) -> usize {
        at + self.from(at).iter().take(2).take_while(|c| matches!(c, ' ' | '\u{3000}' | '\u{a0}')).count()
    }
}

/// A Chinese character.
pub(super) const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}' | '〇')
}
