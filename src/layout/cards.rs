//! Where the note cards of the margin stand: each as near its words as the others allow.

/// A card of the margin, in CSS px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Card {
    /// Where its top would be if it were alone: level with its words.
    pub ideal_top: f64,
    /// How tall it is.
    pub height: f64,
}

/// Cards that touch, moved as one.
struct Pool {
    /// How many cards.
    count: usize,
    /// Mean of the tops its cards ask of the pool.
    top: f64,
}

/// The tops of `cards` (given in text order, and so stacked), `gap` px apart at least, with the
/// smallest total of squared distances from their ideal tops.
///
/// The active card stands exactly at its ideal top and the others make way. No top is above 0,
/// unless the active card leaves the ones before it no room. Numbers that are not finite count as 0.
pub fn place_cards(cards: &[Card], gap: f64, active: Option<usize>) -> Vec<f64> {
    let gap = finite(gap).max(0.0);
    // With what precedes each card subtracted, "no overlap" becomes "in ascending order".
    let mut before = Vec::with_capacity(cards.len());
    let mut sum = 0.0;
    for card in cards {
        before.push(sum);
        sum += finite(card.height).max(0.0) + gap;
    }
    let wanted: Vec<f64> = cards.iter().zip(&before).map(|(card, b)| finite(card.ideal_top) - b).collect();
    let ascending = match active.filter(|&index| index < wanted.len()) {
        None => bounded(&wanted, 0.0, f64::INFINITY),
        Some(index) => {
            let pinned = wanted[index];
            let mut tops = bounded(&wanted[..index], 0.0, pinned);
            tops.push(pinned);
            let next = before.get(index + 1).copied().unwrap_or_default();
            tops.extend(bounded(&wanted[index + 1..], pinned.max(-next), f64::INFINITY));
            tops
        }
    };
    ascending.iter().zip(&before).map(|(top, b)| top + b).collect()
}

/// The ascending values nearest to `wanted` within the bounds; `high` wins over `low`.
fn bounded(wanted: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut tops = ascending(wanted);
    // Clamping the free optimum is the bounded optimum, for squared distances.
    for top in &mut tops {
        *top = top.max(low).min(high);
    }
    tops
}

/// The ascending values nearest to `wanted`: neighbours out of order are pooled at their mean.
fn ascending(wanted: &[f64]) -> Vec<f64> {
    let mut pools: Vec<Pool> = Vec::new();
    for &top in wanted {
        let mut pool = Pool { count: 1, top };
        while let Some(last) = pools.pop_if(|last| last.top > pool.top) {
            let count = last.count + pool.count;
            let weight = |p: &Pool| p.top * (p.count as f64 / count as f64);
            pool = Pool { count, top: weight(&last) + weight(&pool) };
        }
        pools.push(pool);
    }
    pools.iter().flat_map(|pool| std::iter::repeat_n(pool.top, pool.count)).collect()
}

/// Far beyond any page, and small enough that sums stay finite.
const FAR: f64 = 1e9;

fn finite(px: f64) -> f64 {
    if px.is_finite() { px.clamp(-FAR, FAR) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn card(ideal_top: f64, height: f64) -> Card {
        Card { ideal_top, height }
    }

    #[test]
    fn cards_with_room_stand_level_with_their_words() {
        let cards = [card(10.0, 50.0), card(100.0, 50.0), card(400.0, 80.0)];
        assert_eq!(place_cards(&cards, 8.0, None), [10.0, 100.0, 400.0]);
        assert!(place_cards(&[], 8.0, Some(0)).is_empty());
    }

    #[test]
    fn two_notes_on_one_line_share_the_way() {
        assert_eq!(place_cards(&[card(100.0, 40.0), card(100.0, 40.0)], 10.0, None), [75.0, 125.0]);
    }

    #[test]
    fn at_the_top_of_the_page_they_are_pushed_down_only() {
        assert_eq!(place_cards(&[card(5.0, 40.0), card(5.0, 40.0)], 10.0, None), [0.0, 50.0]);
    }

    #[test]
    fn the_active_card_stays_level_and_the_others_make_way() {
        let cards = [card(100.0, 40.0), card(110.0, 40.0), card(120.0, 40.0)];
        assert_eq!(place_cards(&cards, 10.0, Some(1)), [60.0, 110.0, 160.0]);
        assert_eq!(place_cards(&[card(5.0, 40.0), card(5.0, 40.0)], 10.0, Some(1)), [-45.0, 5.0]);
    }

    #[test]
    fn numbers_that_are_none_still_give_every_card_a_place() {
        let odd = [card(f64::NAN, 40.0), card(f64::INFINITY, f64::NAN), card(1e300, -5.0)];
        for active in [None, Some(0), Some(2), Some(99)] {
            let tops = place_cards(&odd, f64::NAN, active);
            assert!(tops.len() == 3 && tops.iter().all(|top| top.is_finite()));
        }
    }

    fn some_cards() -> impl Strategy<Value = Vec<Card>> {
        prop::collection::vec(
            (0.0..3000.0f64, 0.0..300.0f64).prop_map(|(top, height)| card(top, height)),
            1..30,
        )
    }

    fn distance(cards: &[Card], tops: &[f64]) -> f64 {
        cards.iter().zip(tops).map(|(card, top)| (card.ideal_top - top).powi(2)).sum()
    }

    proptest! {
        #[test]
        fn no_two_overlap_and_the_active_is_level(cards in some_cards(), active in prop::option::of(0usize..30)) {
            let tops = place_cards(&cards, 8.0, active);
            for i in 1..cards.len() {
                prop_assert!(tops[i - 1] + cards[i - 1].height + 8.0 <= tops[i] + 1e-6);
            }
            match active.filter(|&index| index < cards.len()) {
                Some(index) => prop_assert!((tops[index] - cards[index].ideal_top).abs() < 1e-6),
                None => prop_assert!(tops.iter().all(|&top| top >= -1e-6)),
            }
        }

        #[test]
        fn no_pushed_down_stack_is_nearer(cards in some_cards()) {
            let mut greedy: Vec<f64> = Vec::new();
            for (i, card) in cards.iter().enumerate() {
                let floor = if i == 0 { 0.0 } else { greedy[i - 1] + cards[i - 1].height + 8.0 };
                greedy.push(card.ideal_top.max(floor));
            }
            let best = distance(&cards, &place_cards(&cards, 8.0, None));
            prop_assert!(best <= distance(&cards, &greedy) * (1.0 + 1e-9) + 1e-6);
        }
    }
}
