//! Likely places of a quotation, by the pairs of characters it shares with the text there.

use super::index::Index;
use super::quote::Quote;
use super::site::SLACK;
use crate::sort::sort_by_key;
use std::ops::Range;

/// Votes are counted in stretches of this many code points.
const STRETCH: usize = 32;
/// Places that are read for one quotation: rare pairs first, so that what all places have in
/// common is left out where it would cost most.
const BUDGET: usize = 1 << 15;

/// How much speaks for each place that the quotation may begin at.
pub(super) struct Votes {
    counts: Vec<u32>,
    /// How far before the text a beginning may lie.
    lead: usize,
    row: usize,
    text: usize,
}

impl Votes {
    pub(super) fn new(index: &Index, len: usize, quote: &Quote) -> Self {
        let row = quote.row.len();
        let mut counts = vec![0u32; (len + row) / STRETCH + 2];
        let mut pairs: Vec<(usize, usize)> =
            quote.row.windows(2).enumerate().map(|(at, pair)| (index.places(pair).len(), at)).collect();
        sort_by_key(&mut pairs, |pair| *pair);
        let mut read = 0;
        for (places, at) in pairs {
            read += places;
            if read > BUDGET {
                break;
            }
            // A pair says the more the fewer places it has: roughly its bits.
            let worth = (len / places.max(1)).max(1).ilog2() + 1;
            for &place in index.places(&quote.row[at..at + 2]) {
                counts[(place as usize + row - at) / STRETCH] += worth;
            }
        }
        Self { counts, lead: row, row, text: len }
    }

    /// What speaks for the row beginning at, or a little off, `start` (as if the prefix was whole).
    pub(super) fn at(&self, start: usize, before: usize) -> u32 {
        let stretch = (start + self.lead - before) / STRETCH;
        let beside = |at: Option<usize>| at.and_then(|at| self.counts.get(at)).copied().unwrap_or_default();
        beside(stretch.checked_sub(1)) + beside(Some(stretch)) + beside(Some(stretch + 1))
    }

    /// The stretches of text most spoken for, best first, at most `most`; each is wide enough for the
    /// whole row and the slack on both sides.
    pub(super) fn stretches(&self, most: usize) -> Vec<Range<usize>> {
        let pair = |at: usize| self.counts[at] + self.counts[at + 1];
        let mut chosen: Vec<usize> = Vec::new();
        while chosen.len() < most {
            let free = |at: &usize| chosen.iter().all(|other| other.abs_diff(*at) > 1);
            let Some(best) = (0..self.counts.len() - 1).filter(free).max_by_key(|at| pair(*at)) else {
                break;
            };
            // What has a third of the best one's votes has no chance.
            if pair(best) == 0 || chosen.first().is_some_and(|first| pair(best) * 3 < pair(*first)) {
                break;
            }
            chosen.push(best);
        }
        chosen
            .into_iter()
            .map(|at| {
                let start = (at * STRETCH).saturating_sub(self.lead + SLACK).min(self.text);
                let end = (at * STRETCH + 2 * STRETCH + self.row + SLACK).saturating_sub(self.lead);
                start..end.clamp(start, self.text)
            })
            .collect()
    }
}
