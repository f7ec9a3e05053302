//! Where in a text each pair of characters stands.

/// Pairs are told apart by this many bits. Two pairs may share a list: whoever uses it compares.
const BITS: u32 = 15;

/// Lists of places by pair of neighbouring characters, in one array.
///
/// Any search by words would read the whole text for each note; here it reads the places of the
/// rarest pair in them.
pub(super) struct Index {
    /// Where the list of each pair begins, and in the end where the last one ends.
    heads: Vec<u32>,
    places: Vec<u32>,
}

impl Index {
    /// Reads the text twice: to count, and to fill in.
    pub(super) fn new(chars: &[char]) -> Self {
        let mut heads = vec![0u32; (1 << BITS) + 1];
        for pair in chars.windows(2) {
            heads[slot(pair)] += 1;
        }
        let mut end = 0;
        for head in &mut heads {
            end += *head;
            *head = end;
        }
        let mut places = vec![0; end as usize];
        // From the back: each list's end moves down to its beginning, and places stay in order.
        for (place, pair) in chars.windows(2).enumerate().rev() {
            let head = &mut heads[slot(pair)];
            *head -= 1;
            places[*head as usize] = place as u32;
        }
        Self { heads, places }
    }

    /// The places of a pair, in order, and of those that share its list.
    pub(super) fn places(&self, pair: &[char]) -> &[u32] {
        let slot = slot(pair);
        &self.places[self.heads[slot] as usize..self.heads[slot + 1] as usize]
    }

    /// The places where all of `words` stand, in order; of very many the `most` around `near`.
    pub(super) fn occurrences(&self, chars: &[char], words: &[char], near: usize, most: usize) -> Vec<usize> {
        let rarest =
            (0..words.len().saturating_sub(1)).map(|at| (self.places(&words[at..at + 2]).len(), at)).min();
        // One character is in no pair of its own.
        let mut single = Vec::new();
        let (places, at) = match rarest {
            Some((_, at)) => (self.places(&words[at..at + 2]), at),
            None => {
                single.extend((0..).zip(chars).filter(|(_, c)| words.contains(c)).map(|(place, _)| place));
                (&single[..], 0)
            }
        };
        let middle = places.partition_point(|place| (*place as usize) < near + at);
        let start = middle.saturating_sub(most / 2).min(places.len().saturating_sub(most));
        places[start..]
            .iter()
            .take(most)
            .filter_map(|place| (*place as usize).checked_sub(at))
            .filter(|start| chars[*start..].starts_with(words))
            .collect()
    }
}

fn slot(pair: &[char]) -> usize {
    // Fibonacci hashing: the high bits of a product depend on all of it.
    let both = (pair[0] as u32).wrapping_mul(0x9e37_79b1) ^ (pair[1] as u32).wrapping_mul(0x85eb_ca77);
    (both.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn occurrences_are_those_a_reader_would_find(
            text in "[改革机构]{0,80}", words in "[改革机]{1,4}", near in 0usize..100,
        ) {
            let (text, words): (Vec<char>, Vec<char>) = (text.chars().collect(), words.chars().collect());
            let expected: Vec<usize> = (0..text.len()).filter(|at| text[*at..].starts_with(&words)).collect();
            let index = Index::new(&text);
            prop_assert_eq!(&index.occurrences(&text, &words, near, 100), &expected);
            let some = index.occurrences(&text, &words, near, 3);
            prop_assert!(some.len() <= 3 && some.iter().all(|place| expected.contains(place)));
        }
    }
}
