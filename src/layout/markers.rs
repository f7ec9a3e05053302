//! Where the numbered markers of noted places stand: each at the end of its words, side by side where several
//! end together.

use super::{Card, place_cards};
use crate::sort::sort_by_key;

/// The left edges and tops of square markers of `size`, for words that end at `ends` (x and the line's y),
/// within a column of `width`; all in CSS px. No two overlap while a line has room for them.
pub fn place_markers(ends: &[(f64, f64)], size: f64, width: f64) -> Vec<(f64, f64)> {
    let mut order: Vec<usize> = (0..ends.len()).collect();
    sort_by_key(&mut order, |&at| (ends[at].1.round() as i64, ends[at].0.round() as i64));
    let mut places = ends.to_vec();
    let mut rest = order.as_slice();
    while let Some(&first) = rest.first() {
        let top = ends[first].1;
        // Words of one line may differ in height by a little.
        let count = rest.iter().take_while(|&&at| ends[at].1 - top < size / 2.0).count().max(1);
        let (line, after) = rest.split_at(count);
        rest = after;
        let wanted: Vec<Card> = line.iter().map(|&at| Card { ideal_top: ends[at].0, height: size }).collect();
        let mut room = width - size;
        for (&at, left) in line.iter().zip(place_cards(&wanted, 0.0, None)).rev() {
            let left = left.min(room);
            places[at] = (left.max(0.0), top);
            room = left - size;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_stands_where_its_words_end() {
        let ends = [(300.0, 40.0), (20.0, 8.0)];
        assert_eq!(place_markers(&ends, 24.0, 360.0), ends);
        assert!(place_markers(&[], 24.0, 360.0).is_empty());
    }

    #[test]
    fn two_that_end_together_stand_side_by_side_and_inside() {
        assert_eq!(place_markers(&[(100.0, 8.0), (100.0, 9.0)], 24.0, 360.0), [(88.0, 8.0), (112.0, 8.0)]);
        assert_eq!(place_markers(&[(358.0, 8.0), (358.0, 8.0)], 24.0, 360.0), [(312.0, 8.0), (336.0, 8.0)]);
    }

    #[test]
    fn numbers_that_are_none_do_no_harm() {
        let places = place_markers(&[(f64::NAN, f64::NAN), (f64::INFINITY, 3.0)], 24.0, 360.0);
        assert_eq!(places.len(), 2);
    }

    proptest! {
        #[test]
        fn no_two_of_a_line_overlap(xs in prop::collection::vec(0.0..360.0f64, 1..15)) {
            let ends: Vec<_> = xs.iter().map(|&x| (x, 50.0)).collect();
            let mut lefts: Vec<f64> = place_markers(&ends, 24.0, 360.0).iter().map(|place| place.0).collect();
            lefts.sort_by(f64::total_cmp);
            prop_assert!(lefts.windows(2).all(|pair| pair[1] - pair[0] >= 24.0 - 1e-6));
            prop_assert!(lefts[0] >= 0.0 && lefts[lefts.len() - 1] <= 336.0 + 1e-6);
        }
    }
}
