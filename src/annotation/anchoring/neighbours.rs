//! What the other notes of a text say of the place of one: an edit shifts all that follows it, so notes that stood
//! beside each other mostly still do.

use super::quote::Quote;
use super::{Anchorer, Anchoring};
use crate::annotation::{CONTEXT, Target};
use std::cmp::Ordering;

/// From this score on a place is sure enough to speak for others.
const SURE: f64 = 0.8;
/// The score of a place that others spoke for, in the whole context.
const TOLD: f64 = 0.75;
/// Two neighbours whose shifts differ by less, in code points, have edits between them; by more, one of them stood in a
/// passage that moved.
const EDITS: usize = 100;

/// Where notes that have surely moved stood, and where they stand now.
///
/// One that stands where it stood may have been written today, after all edits, and says nothing of older ones.
#[derive(Default)]
pub struct Neighbours(Vec<(usize, usize)>);

impl Neighbours {
    /// Takes down where a note is, if that is sure.
    pub fn note(&mut self, target: &Target, found: Anchoring) {
        if let (Some(old), Anchoring::Moved { span, score } | Anchoring::Edited { span, score }) =
            (target.position, found)
            && score >= SURE
        {
            self.0.push((old.start().index(), span.start().index()));
        }
    }

    /// The nearest that stood before a place, and the nearest behind it.
    fn beside(&self, old: usize) -> [Option<(usize, usize)>; 2] {
        let (mut before, mut after) = (None, None);
        for &neighbour in &self.0 {
            if neighbour.0 < old {
                before = before.max(Some(neighbour));
            } else if after.is_none_or(|after| neighbour < after) {
                after = Some(neighbour);
            }
        }
        [before, after]
    }
}

impl Anchorer {
    /// Where the words of a target stand that, looked for by themselves, are [`Anchoring::is_doubtful`].
    ///
    /// Of words that stand in several places, those are meant that stand in their whole context where a neighbour says.
    /// Words that were not found may be known there from less.
    pub fn anchor_among(&self, target: &Target, alone: Anchoring, neighbours: &Neighbours) -> Anchoring {
        let Some(old) = target.position.map(|at| at.start().index()) else { return alone };
        let quote = Quote::new(&target.quote);
        let is_orphan = matches!(alone, Anchoring::Orphan);
        let [before, after] = neighbours.beside(old);
        let shift = |(from, to): (usize, usize)| to.wrapping_sub(from) as isize;
        let is_between = before.is_some() && after.is_some();
        let is_steady = is_between && before.map_or(0, shift).abs_diff(after.map_or(0, shift)) < EDITS;
        let otherwise = match is_between && !is_orphan {
            true => Anchoring::Ambiguous,
            false => alone,
        };
        let told = |neighbour: Option<(usize, usize)>| {
            let (from, to) = neighbour?;
            let place = old.checked_add(to)?.checked_sub(from)?;
            if !is_orphan && !self.is_whole(&quote, place) {
                return None;
            }
            let found = self.find(&quote, Some(place));
            let start = found.span()?.start().index();
            // A passage that moved went in whole lines.
            let between = start.min(to).saturating_sub(CONTEXT)..start.max(to);
            let goes_along = is_steady || !self.chars.get(between)?.contains(&'\n');
            (is_orphan || goes_along).then_some((1 + u8::from(goes_along), start, found))
        };
        let none = (0, 0, otherwise);
        let (one, other) = (told(before).unwrap_or(none), told(after).unwrap_or(none));
        let found = match one.0.cmp(&other.0) {
            Ordering::Less => other.2,
            Ordering::Equal if one.1 != other.1 => otherwise,
            _ => one.2,
        };
        match found {
            // It is not where it stood.
            Anchoring::Exact { span } => Anchoring::Moved { span, score: TOLD },
            found => found,
        }
    }
}
