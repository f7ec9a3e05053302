//! How well the text around a place is the context of a quotation.

use super::Quote;
use crate::text::Span;

/// Likeness of what stands before and after a place, 0 to 1; `None` where the quotation has no
/// context on that side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    before: Option<f64>,
    after: Option<f64>,
}

/// Text that was inserted next to the words is looked past as far as this, in code points.
const SLACK: usize = 8;

impl Context {
    pub(super) fn new(chars: &[char], quote: &Quote, span: Span) -> Self {
        let (start, end) = (span.start().index().min(chars.len()), span.end().index().min(chars.len()));
        let low = start.saturating_sub(quote.prefix.len() + SLACK);
        let before: Vec<char> = chars[low..start].iter().rev().copied().collect();
        let prefix: Vec<char> = quote.prefix.iter().rev().copied().collect();
        let high = (end + quote.suffix.len() + SLACK).min(chars.len());
        Self { before: likeness(&prefix, &before), after: likeness(&quote.suffix, &chars[end..high]) }
    }

    /// One number: the better side counts for more, since an edit seldom touches both.
    pub(super) fn score(self) -> f64 {
        match (self.before, self.after) {
            (Some(before), Some(after)) => 0.65 * before.max(after) + 0.35 * before.min(after),
            (Some(one), None) | (None, Some(one)) => one,
            // No context at all: nothing speaks for or against.
            (None, None) => 0.5,
        }
    }
}

/// How much of `wanted` is there, read away from the words: what stands nearest counts most.
fn likeness(wanted: &[char], there: &[char]) -> Option<f64> {
    if wanted.is_empty() {
        return None;
    }
    // Weight of the i-th character away from the words.
    let weight = |at: usize| 1.0 / (1.0 + at as f64 / 8.0);
    let total: f64 = (0..wanted.len()).map(weight).sum();
    // Best common subsequence by weight, in a band: an insertion or deletion shifts what follows.
    let mut row = vec![0.0f64; there.len() + 1];
    for (at, &c) in wanted.iter().enumerate() {
        let (mut diagonal, worth) = (row[0], weight(at));
        for column in 1..row.len() {
            let above = row[column];
            let matched =
                if there[column - 1] == c { diagonal + worth * closeness(at, column - 1) } else { 0.0 };
            row[column] = above.max(row[column - 1]).max(matched);
            diagonal = above;
        }
    }
    Some((row.last().copied().unwrap_or_default() / total).min(1.0))
}

/// A character far from where it should be is likely another one.
fn closeness(wanted: usize, there: usize) -> f64 {
    match wanted.abs_diff(there) {
        0 => 1.0,
        shift if shift <= SLACK => 0.85,
        _ => 0.0,
    }
}
