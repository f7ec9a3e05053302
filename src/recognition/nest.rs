//! Which of the proposed spans stay: no two cross, and no two with one span say two things.

use super::Found;
use crate::sort::sort_by_key;
use std::cmp::Reverse;

/// The spans that stay, by start, longer first. Of two that cross, the one proposed first stays.
pub(super) fn nest(found: Vec<Found>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    // For each place of the text, whether a boundary of a kept span may not fall there is what
    // matters: sorted by start, only neighbours can cross.
    for new in found {
        if new.span.is_empty() {
            continue;
        }
        let at = kept.partition_point(|old| key(old) < key(&new));
        let crosses = |old: &Found| {
            old.span.overlaps(new.span) && !old.span.contains(new.span) && !new.span.contains(old.span)
                || old.span == new.span
        };
        // What begins earlier and reaches in, then what begins inside.
        let before = kept[..at].iter().rev().take_while(|old| reaches(old, &new)).any(crosses);
        let after = kept[at..].iter().take_while(|old| old.span.start() < new.span.end()).any(crosses);
        if !before && !after {
            kept.insert(at, new);
        }
    }
    sort_by_key(&mut kept, key);
    kept
}

/// No mention is longer than this: what begins further back cannot reach in.
const LONGEST: u32 = 80;

fn reaches(old: &Found, new: &Found) -> bool {
    new.span.start().0 - old.span.start().0 <= LONGEST
}

fn key(found: &Found) -> (u32, Reverse<u32>) {
    (found.span.start().0, Reverse(found.span.end().0))
}
