//! Which of the proposed spans stay: no two cross, and no two with one span say two things.

use super::Found;
use crate::sort::sort_by_key;
use std::cmp::Reverse;

/// No mention is longer than this, in code points: what begins further back cannot reach in.
pub(super) const LONGEST: u32 = 80;

/// The spans that stay, by start, longer first. Of two that cross, the one of the earlier family stays;
/// of two of one family, the one that begins first.
///
/// No rule need look out for line breaks or lengths: what crosses a line break, lies outside the text or is
/// longer than [`LONGEST`] is dropped here.
pub(super) fn nest(chars: &[char], families: Vec<Vec<Found>>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    for mut family in families {
        sort_by_key(&mut family, key);
        let mut end = 0;
        family.retain(|new| {
            let stays = may_be_mention(chars, new) && new.span.start().0 >= end && fits(&kept, new);
            if stays {
                end = new.span.end().0;
            }
            stays
        });
        kept.append(&mut family);
        sort_by_key(&mut kept, key);
    }
    kept
}

/// Whether a span may be a mention at all.
fn may_be_mention(chars: &[char], new: &Found) -> bool {
    let is_short = (1..=LONGEST as usize).contains(&new.span.range().len());
    is_short && chars.get(new.span.range()).is_some_and(|inside| !inside.contains(&'\n'))
}

/// Whether a span crosses none of those kept, and is none of them.
fn fits(kept: &[Found], new: &Found) -> bool {
    let first = kept.partition_point(|old| old.span.start().0 + LONGEST < new.span.start().0);
    let near = kept[first..].iter().take_while(|old| old.span.start() < new.span.end());
    near.map(|old| old.span).all(|old| {
        let nests = old.contains(new.span) || new.span.contains(old);
        old != new.span && (nests || !old.overlaps(new.span))
    })
}

pub(super) fn key(found: &Found) -> (u32, Reverse<u32>) {
    (found.span.start().0, Reverse(found.span.end().0))
}
