//! How much each character of a context says about where its words stand.

use super::index::Index;
use super::quote::Quote;
use super::site::Site;

/// The weight of each character of the context, all together 1.
///
/// What stands in many places of the text says little about one of them: in a text of set
/// phrases the few characters that differ decide. What stands nowhere any more weighs most.
pub(super) struct Weights {
    /// Nearest to the words first.
    before: Vec<f32>,
    /// Nearest to the words first.
    after: Vec<f32>,
}

impl Weights {
    pub(super) fn new(index: &Index, quote: &Quote) -> Self {
        let places = |pair: Option<&[char]>| pair.map(|pair| index.places(pair).len());
        let weight = |at: usize| {
            // A character is as rare as the rarer of the two pairs that it is in.
            let after = places(quote.row.get(at..at + 2));
            let before = places(at.checked_sub(1).and_then(|before| quote.row.get(before..at + 1)));
            let fewest = before.into_iter().chain(after).min().unwrap_or(1);
            1.0 / fewest.max(1) as f32
        };
        let inner = quote.inner();
        let mut before: Vec<f32> = (0..inner.start).rev().map(weight).collect();
        let mut after: Vec<f32> = (inner.end..quote.row.len()).map(weight).collect();
        let total: f32 = before.iter().chain(&after).sum();
        for weight in before.iter_mut().chain(&mut after) {
            *weight /= total;
        }
        Self { before, after }
    }

    /// The weight of the characters in two masks.
    pub(super) fn of(&self, before: u32, after: u32) -> f64 {
        let sum = |weights: &[f32], mask: u32| -> f32 {
            weights.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, weight)| weight).sum()
        };
        f64::from(sum(&self.before, before) + sum(&self.after, after))
    }

    /// How much of the context is at a site, 0 to 1.
    pub(super) fn share(&self, site: &Site) -> f64 {
        self.of(site.before, site.after)
    }
}
