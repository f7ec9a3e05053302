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
pub struct Neighbours(Vec<(usize, usize)>);

impl<'a> FromIterator<(&'a Target, &'a Anchoring)> for Neighbours {
    fn from_iter<I: IntoIterator<Item = (&'a Target, &'a Anchoring)>>(notes: I) -> Self {
        let place = |(target, found): (&Target, &Anchoring)| match *found {
            Anchoring::Moved { span, score } | Anchoring::Edited { span, score } if score >= SURE => {
                Some((target.position?.start().index(), span.start().index()))
            }
            _ => None,
        };
        Self(notes.into_iter().filter_map(place).collect())
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
        let neighbours = neighbours.0.iter();
        let beside = [
            neighbours.clone().filter(|(from, _)| *from < old).max(),
            neighbours.filter(|(from, _)| *from >= old).min(),
        ];
        let is_steady = match beside {
            [Some(one), Some(other)] => {
                let shift = |(from, to): (usize, usize)| to.wrapping_sub(from) as isize;
                shift(*one).abs_diff(shift(*other)) < EDITS
            }
            _ => false,
        };
        let otherwise = match is_orphan || beside.contains(&None) {
            true => alone,
            false => Anchoring::Ambiguous,
        };
        let told = |neighbour: Option<&(usize, usize)>| {
            let (from, to) = *neighbour?;
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
        let [one, other] = beside.map(|neighbour| told(neighbour).unwrap_or((0, 0, otherwise)));
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
