//! Where a note's words stand in the text of today.
//!
//! A place is found by the words and what stood around them: first the very words with their whole
//! context, then the very words with the likeliest context, and the stretches of text that share most
//! with words and context together (`votes`, `site`). Which of them is meant, if any, is for
//! `decision` to say. A wrong place is worse than none: what is not clearly one place is ambiguous
//! or an orphan. `docs/anchoring.md` has the figures.

mod alignment;
mod decision;
mod index;
mod neighbours;
mod quote;
mod site;
mod votes;
mod weight;

pub use neighbours::Neighbours;

use super::Target;
use crate::sort::sort_by_key;
use crate::text::{IndexedText, Span};
use index::Index;
use quote::Quote;
use site::Site;
use std::cell::OnceCell;
use std::cmp::Reverse;
use votes::Votes;
use weight::Weights;

/// Where a note's words stand now. Scores are 0 to 1; 1 is the words in their whole context.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Anchoring {
    /// Not known yet: it has not been looked for.
    Sought,
    /// Where they stood when the note was written.
    Exact {
        /// The place.
        span: Span,
    },
    /// The same words at another place.
    Moved {
        /// The place.
        span: Span,
        /// How well the context fits.
        score: f64,
    },
    /// Words that came of them: the text was changed there.
    Edited {
        /// The place.
        span: Span,
        /// How like they are, words and context.
        score: f64,
    },
    /// More than one place fits as well.
    Ambiguous,
    /// No place fits.
    Orphan,
}

impl Anchoring {
    /// The one place, where there is one.
    pub const fn span(&self) -> Option<Span> {
        match self {
            Self::Exact { span } | Self::Moved { span, .. } | Self::Edited { span, .. } => Some(*span),
            Self::Sought | Self::Ambiguous | Self::Orphan => None,
        }
    }

    /// The words were looked for, and have no one place.
    pub const fn is_lost(&self) -> bool {
        matches!(self, Self::Ambiguous | Self::Orphan)
    }

    /// The words there are no longer the ones quoted.
    pub const fn is_edited(&self) -> bool {
        matches!(self, Self::Edited { .. })
    }

    /// Several places fit.
    pub const fn is_ambiguous(&self) -> bool {
        matches!(self, Self::Ambiguous)
    }

    /// Notes around it may know better: it has no one place, or only its old position speaks for it.
    pub const fn is_doubtful(&self) -> bool {
        self.is_lost() || matches!(self, Self::Moved { score, .. } if *score <= ALIKE)
    }

    /// The name of the answer: `sought`, `exact`, `moved`, `edited`, `ambiguous`, `orphan`.
    pub const fn status(&self) -> &'static str {
        match self {
            Self::Sought => "sought",
            Self::Exact { .. } => "exact",
            Self::Moved { .. } => "moved",
            Self::Edited { .. } => "edited",
            Self::Ambiguous => "ambiguous",
            Self::Orphan => "orphan",
        }
    }

    /// How sure the place is, 0 to 1.
    pub const fn score(&self) -> f64 {
        match self {
            Self::Exact { .. } => 1.0,
            Self::Moved { score, .. } | Self::Edited { score, .. } => *score,
            Self::Sought | Self::Ambiguous | Self::Orphan => 0.0,
        }
    }
}

/// Of very many occurrences those around the old place are looked at: on a text of 100,000 characters
/// more than this many are of a phrase that the whole text repeats.
const OCCURRENCES: usize = 1 << 13;
/// How many occurrences of the words are compared closely: with more, the work grows and the answers
/// stay the same.
const COMPARED: usize = 4;
/// How many stretches of text are searched for words that were changed; the same holds.
const SEARCHED: usize = 4;
/// The score of one of several places that are all the same: the old position alone speaks for it.
const ALIKE: f64 = 0.4;
/// So much of the context beside the very words that no other place has to be looked for. Not less:
/// where words are deleted from one of two places alike, the other has nearly all of the context too.
const NEARLY_ALL: f64 = 0.99;
/// Longer quotations, in code points, are found by their two ends: an alignment takes their length
/// times that of the stretch.
const LONGEST: usize = 192;
/// How much of each end: enough to be in one place only.
const END: usize = 64;

/// Finds targets in one text.
pub struct Anchorer {
    chars: Vec<char>,
    /// Made when a target is not where it was.
    index: OnceCell<Index>,
}

impl Anchorer {
    /// Reads the text. Keep it for all notes: what the first moved note needs is made once, and a page can
    /// anchor a few notes at a time.
    pub fn new(text: &IndexedText) -> Self {
        Self { chars: text.as_str().chars().collect(), index: OnceCell::new() }
    }

    /// Where the words of a target stand now.
    pub fn anchor(&self, target: &Target) -> Anchoring {
        let quote = Quote::new(&target.quote);
        let old = target.position.map(|at| at.start().index());
        self.find(&quote, old)
    }

    fn find(&self, quote: &Quote, old: Option<usize>) -> Anchoring {
        let words = quote.words();
        if words.is_empty() {
            return Anchoring::Orphan;
        }
        // Most notes stand where they stood.
        if let Some(at) = old
            && self.is_whole(quote, at)
        {
            return Anchoring::Exact { span: Span::new(at, at + words.len()) };
        }
        let index = self.index.get_or_init(|| Index::new(&self.chars));
        let mut starts = index.occurrences(&self.chars, words, old.unwrap_or_default(), OCCURRENCES);
        let whole: Vec<Span> = starts
            .iter()
            .filter(|start| self.is_whole(quote, **start))
            .map(|&start| Span::new(start, start + words.len()))
            .collect();
        if !whole.is_empty() {
            return match decision::by_place(&whole, old) {
                Some(span) => Anchoring::Moved { span, score: if whole.len() > 1 { ALIKE } else { 1.0 } },
                None => Anchoring::Ambiguous,
            };
        }
        let votes = Votes::new(index, self.chars.len(), quote);
        sort_by_key(&mut starts, |start| Reverse(votes.at(*start, quote.before)));
        starts.truncate(COMPARED);
        let mut of_words: Vec<Site> =
            starts.iter().map(|&start| Site::of_words(&self.chars, quote, start)).collect();
        let weights = Weights::new(index, quote);
        let mut others = Vec::new();
        if words.len() > LONGEST {
            if of_words.is_empty() {
                return self.by_ends(quote, old);
            }
        } else if of_words.iter().all(|site| weights.share(site) < NEARLY_ALL) {
            let stretches = votes.stretches(SEARCHED);
            others.extend(stretches.into_iter().map(|stretch| Site::within(&self.chars, quote, stretch)));
        }
        // Words that moved with their clause or sentence are found by it.
        if let Some(piece) = decision::piece(quote, &weights, &others) {
            let starts = index.occurrences(&self.chars, &piece.row, old.unwrap_or_default(), COMPARED);
            for start in starts.iter().map(|start| start + piece.before) {
                if of_words.iter().all(|site| site.span.start().index() != start) {
                    of_words.push(Site::of_words(&self.chars, quote, start));
                }
            }
            if starts.is_empty() {
                let stretches = Votes::new(index, self.chars.len(), &piece).stretches(2);
                others
                    .extend(stretches.into_iter().map(|stretch| Site::within(&self.chars, &piece, stretch)));
            }
        }
        decision::decide(quote, &weights, old, &of_words, &others, &self.chars)
    }

    /// The words stand at `start` in their whole context.
    fn is_whole(&self, quote: &Quote, start: usize) -> bool {
        let rest = self.chars.get(start..).and_then(|rest| rest.strip_prefix(quote.words()));
        rest.is_some_and(|rest| rest.starts_with(quote.suffix()))
            && self.chars[..start].ends_with(quote.prefix())
    }

    /// A long quotation reaches from where its head is to where its tail is.
    fn by_ends(&self, quote: &Quote, old: Option<usize>) -> Anchoring {
        let len = quote.words().len();
        let head = self.find(&quote.part(0, END), old);
        let tail = self.find(&quote.part(len - END, len), old.map(|old| old + len - END));
        let (Some(first), Some(last)) = (head.span(), tail.span()) else { return Anchoring::Orphan };
        let (start, end) = (first.start().index(), last.end().index());
        if start + len / 2 < end && end < start + len * 2 {
            Anchoring::Edited { span: Span::new(start, end), score: head.score().min(tail.score()) }
        } else {
            Anchoring::Orphan
        }
    }
}

/// A mask of `count` bits.
fn low_bits(count: usize) -> u32 {
    ((1u64 << count.min(32)) - 1) as u32
}

#[cfg(test)]
mod tests;
