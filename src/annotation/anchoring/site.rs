//! A place in the text that has something of a quotation, and how much.

use super::alignment::{Free, Places, align};
use super::low_bits;
use super::quote::Quote;
use crate::text::Span;
use std::ops::Range;

/// Text inserted into the context is looked past as far as this, in code points: a sentence.
pub(super) const SLACK: usize = 48;

/// What was put into the context is wide from so many code points on.
const BRIDGE: usize = 6;

/// Characters that were put in place of lost ones at an edge of the words belong to them, if
/// they are at most this many more: what is longer was inserted beside them.
const LONGER_WORD: usize = 6;

/// A place, and what of the quotation was found there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    /// Where the words stand, or what became of them. Empty where nothing did: between the context.
    pub(super) span: Span,
    /// How many of the words' characters are there.
    pub(super) kept: usize,
    /// Which characters before the words are there: bit 0 is the one next to them.
    pub(super) before: u32,
    /// Which characters after the words are there.
    pub(super) after: u32,
    /// Where the context goes on after something that was put between: before the words and after them.
    pub(super) bridges: [Option<usize>; 2],
}

impl Site {
    /// The site of the very words at `start`.
    pub(super) fn of_words(chars: &[char], quote: &Quote, start: usize) -> Self {
        Self::beside(chars, quote, start..start + quote.words().len())
    }

    /// What would stand around the words if they had been taken out at a bridge of this site, on the
    /// other side of what was put between.
    pub(super) fn holes(self, chars: &[char], quote: &Quote) -> impl Iterator<Item = Self> {
        let (start, end) = (self.span.start().index(), self.span.end().index());
        let [before, after] = self.bridges;
        let before = before.filter(|at| *at <= start).map(|at| Self::beside(&chars[..start], quote, at..at));
        // Of what follows the words only: the context before them is theirs. Nobody asks for its span.
        let after = after.and_then(|at| at.checked_sub(end));
        let after = after.map(|at| Self::beside(&chars[end..], quote, at..at));
        before.into_iter().chain(after)
    }

    fn beside(chars: &[char], quote: &Quote, span: Range<usize>) -> Self {
        let (before, bridge_before) = context_before(chars, quote, span.start);
        let (after, bridge_after) = context_after(chars, quote, span.end);
        let bridges = [bridge_before, bridge_after];
        Self { span: Span::new(span.start, span.end), kept: span.len(), before, after, bridges }
    }

    /// The best site of words and context together in a stretch of the text.
    pub(super) fn within(chars: &[char], quote: &Quote, stretch: Range<usize>) -> Self {
        let text = &chars[stretch.clone()];
        let inner = quote.inner();
        let places = align(&quote.row, text, inner.clone(), Free { start: true, end: true });
        let is_kept = |at: usize| places[at].is_some_and(|place| text[place] == quote.row[at]);
        let (mut before, mut after) = (0, 0);
        for at in 0..quote.before {
            before |= u32::from(is_kept(at)) << (quote.before - 1 - at);
        }
        for at in 0..quote.after {
            after |= u32::from(is_kept(inner.end + at)) << at;
        }
        let kept = inner.clone().filter(|at| is_kept(*at)).count();
        let bridges = [
            bridge(places[..=inner.start].iter().rev()).map(|at| stretch.start + at + 1),
            bridge(places[inner.end - 1..].iter()).map(|at| stretch.start + at),
        ];
        let span = became(&places, &is_kept, inner, text.len());
        let span = Span::new(stretch.start + span.start, stretch.start + span.end);
        Self { span, kept, before, after, bridges }
    }
}

fn context_before(chars: &[char], quote: &Quote, start: usize) -> (u32, Option<usize>) {
    let (pattern, low) = (quote.prefix(), start.saturating_sub(quote.before + SLACK));
    let text = &chars[low..start];
    if text.ends_with(pattern) {
        return (low_bits(pattern.len()), None);
    }
    let places = align(pattern, text, 0..0, Free { start: true, end: false });
    (
        mask(pattern.iter().zip(&places).rev(), text),
        bridge([&Some(text.len())].into_iter().chain(places.iter().rev())).map(|at| low + at + 1),
    )
}

fn context_after(chars: &[char], quote: &Quote, end: usize) -> (u32, Option<usize>) {
    let (pattern, high) = (quote.suffix(), (end + quote.after + SLACK).min(chars.len()));
    let text = &chars[end..high];
    if text.starts_with(pattern) {
        return (low_bits(pattern.len()), None);
    }
    let places = align(pattern, text, 0..0, Free { start: false, end: true });
    (
        mask(pattern.iter().zip(&places), text),
        bridge([&Some(0)].into_iter().chain(places.iter())).map(|at| end + at),
    )
}

/// The first character beyond the widest stretch of text that is looked past, if it is wide. From the
/// words outwards.
fn bridge<'a>(places: impl Iterator<Item = &'a Option<usize>>) -> Option<usize> {
    let mut widest = (BRIDGE, None);
    let mut last: Option<usize> = None;
    for &place in places.flatten() {
        if let Some(last) = last {
            let wide = place.abs_diff(last);
            if wide > widest.0 {
                widest = (wide, Some(place));
            }
        }
        last = Some(place);
    }
    widest.1
}

/// A bit for each character that was found again.
fn mask<'a>(pattern: impl Iterator<Item = (&'a char, &'a Option<usize>)>, text: &[char]) -> u32 {
    let kept = |(c, place): (&char, &Option<usize>)| place.is_some_and(|place| text[place] == *c);
    pattern.enumerate().fold(0, |mask, (at, pair)| mask | u32::from(kept(pair)) << at)
}

/// Where the words' first and last characters are, or what stands for them.
fn became(places: &Places, is_kept: &dyn Fn(usize) -> bool, inner: Range<usize>, len: usize) -> Range<usize> {
    let kept = |at: &usize| is_kept(*at);
    let place = |at: usize| places[at].unwrap_or_default();
    let (Some(first), Some(last)) = (inner.clone().find(kept), inner.clone().rfind(kept)) else {
        let hole = places[..inner.start].iter().flatten().last().map_or(0, |before| before + 1);
        return hole..hole;
    };
    let (mut start, mut end) = (place(first), place(last) + 1);
    // Lost at the edge: what stands between the context and the words that are left replaced it.
    let lost = first - inner.start;
    if lost > 0 {
        let edge = if inner.start > 0 && is_kept(inner.start - 1) {
            Some(place(inner.start - 1) + 1)
        } else {
            places[inner.start]
        };
        start = edge.filter(|edge| *edge <= start && start - edge <= lost + LONGER_WORD).unwrap_or(start);
    }
    let lost = inner.end - 1 - last;
    if lost > 0 {
        let edge = if inner.end < places.len() && is_kept(inner.end) {
            places[inner.end]
        } else {
            places[inner.end - 1].map(|place| place + 1)
        };
        end = edge.filter(|edge| *edge >= end && edge - end <= lost + LONGER_WORD).unwrap_or(end).min(len);
    }
    start..end
}
