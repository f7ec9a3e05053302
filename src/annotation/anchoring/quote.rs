//! A quotation as characters: the words, and what stood around them.

use super::super::{CONTEXT, TextQuote};

/// Words with the context that is compared: at most [`CONTEXT`] code points on each side.
pub(super) struct Quote {
    /// Prefix, words and suffix in one row.
    pub(super) row: Vec<char>,
    /// How much of the row is prefix.
    pub(super) before: usize,
    /// How much of the row is suffix.
    pub(super) after: usize,
}

impl Quote {
    pub(super) fn new(quote: &TextQuote) -> Self {
        let length = quote.prefix.chars().count();
        let prefix = quote.prefix.chars().skip(length.saturating_sub(CONTEXT));
        let mut row: Vec<char> = prefix.collect();
        let before = row.len();
        row.extend(quote.exact.chars());
        let words_end = row.len();
        row.extend(quote.suffix.chars().take(CONTEXT));
        Self { before, after: row.len() - words_end, row }
    }

    /// Where in the row the words are.
    pub(super) fn inner(&self) -> std::ops::Range<usize> {
        self.before..self.row.len() - self.after
    }

    pub(super) fn words(&self) -> &[char] {
        &self.row[self.inner()]
    }

    pub(super) fn prefix(&self) -> &[char] {
        &self.row[..self.before]
    }

    pub(super) fn suffix(&self) -> &[char] {
        &self.row[self.row.len() - self.after..]
    }

    /// A part of the words as a quotation, with what stood around it.
    pub(super) fn part(&self, from: usize, to: usize) -> Self {
        let (start, end) = (self.before + from, self.before + to);
        let (low, high) = (start.saturating_sub(CONTEXT), (end + CONTEXT).min(self.row.len()));
        Self { row: self.row[low..high].to_vec(), before: start - low, after: high - end }
    }
}
