//! Which characters of a pattern stand where in a stretch of text.

/// What a character found again is worth. All else is measured by it.
const MATCH: i32 = 8;
/// What it is worth more in the context than in the words: of deleted words, a character that stands
/// beside them too is the context's.
const CONTEXT_MATCH: i32 = MATCH + 1;
/// One character for another: words are rewritten in place. Up to ten of them are cheaper than a gap on
/// both sides.
const MISMATCH: i32 = -5;
/// Where characters are missing or inserted, whatever their number. Two matches' worth: a lone one
/// between two gaps is an accident and does not pay.
const GAP: i32 = -16;
/// Each one of them: a sentence put between costs five matches more than a word.
const LONGER: i32 = -1;

/// Which ends of the text may stay over at no cost.
#[derive(Clone, Copy)]
pub(super) struct Free {
    pub(super) start: bool,
    pub(super) end: bool,
}

/// For each character of the pattern, the one of the text that it is or that replaced it.
pub(super) type Places = Vec<Option<usize>>;

const DIAGONAL: u8 = 0;
const SKIPS_PATTERN: u8 = 1;
const SKIPS_TEXT: u8 = 2;
const FROM: u8 = 3;
const PATTERN_GAP_GOES_ON: u8 = 4;
const TEXT_GAP_GOES_ON: u8 = 8;

/// The best alignment by Gotoh's algorithm: gaps cost by their number first.
///
/// `inner` is the part of the pattern that is not context. Time and memory are the product of both
/// lengths.
pub(super) fn align(pattern: &[char], text: &[char], inner: std::ops::Range<usize>, free: Free) -> Places {
    const NEVER: i32 = i32::MIN / 2;
    let width = text.len() + 1;
    let mut steps = vec![SKIPS_TEXT | TEXT_GAP_GOES_ON; (pattern.len() + 1) * width];
    // The row above: its best value, and the best one that ends in a gap in the text.
    let first = |column: usize| if free.start || column == 0 { 0 } else { GAP + LONGER * column as i32 };
    let mut above: Vec<(i32, i32)> = (0..width).map(|column| (first(column), NEVER)).collect();
    for (at, c) in pattern.iter().enumerate() {
        let matched = if inner.contains(&at) { MATCH } else { CONTEXT_MATCH };
        let row = &mut steps[(at + 1) * width..][..width];
        // Before the text there is nothing to pair with or to skip.
        let mut paired = NEVER;
        let (mut left, mut skipping_text) = (NEVER, NEVER);
        let after = text.iter().map(|there| if there == c { matched } else { MISMATCH }).chain([NEVER]);
        for (((best, skipping_pattern), step), next) in
            above.iter_mut().map(|(one, other)| (one, other)).zip(row).zip(after)
        {
            *step = 0;
            let opened = *best + GAP;
            if *skipping_pattern >= opened {
                *step |= PATTERN_GAP_GOES_ON;
            }
            *skipping_pattern = opened.max(*skipping_pattern) + LONGER;
            let opened = left + GAP;
            if skipping_text >= opened {
                *step |= TEXT_GAP_GOES_ON;
            }
            skipping_text = opened.max(skipping_text) + LONGER;
            left = paired.max(*skipping_pattern).max(skipping_text);
            *step |= if left == paired {
                DIAGONAL
            } else if left == *skipping_pattern {
                SKIPS_PATTERN
            } else {
                SKIPS_TEXT
            };
            paired = best.saturating_add(next);
            *best = left;
        }
    }
    let mut column = width - 1;
    if free.end {
        for (at, (value, _)) in above.iter().enumerate() {
            if *value > above[column].0 {
                column = at;
            }
        }
    }
    trace(&steps, width, pattern.len(), column)
}

/// Reads the steps back from the end.
fn trace(steps: &[u8], width: usize, rows: usize, mut column: usize) -> Places {
    let mut places = vec![None; rows];
    let mut row = rows;
    // The gap that is being read, if any.
    let mut gap = DIAGONAL;
    while row > 0 {
        let step = steps[row * width + column];
        if gap == DIAGONAL {
            gap = step & FROM;
        }
        match gap {
            SKIPS_PATTERN => {
                if step & PATTERN_GAP_GOES_ON == 0 {
                    gap = DIAGONAL;
                }
                row -= 1;
            }
            SKIPS_TEXT => {
                if step & TEXT_GAP_GOES_ON == 0 {
                    gap = DIAGONAL;
                }
                column -= 1;
            }
            _ => {
                (row, column) = (row - 1, column - 1);
                places[row] = Some(column);
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What of the pattern is where: its characters that were found, `·` for the others.
    fn aligned(pattern: &str, text: &str) -> String {
        let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
        let places = align(&pattern, &text, 0..0, Free { start: true, end: true });
        let shown = |(c, place): (&char, &Option<usize>)| match place {
            Some(place) if text[*place] == *c => *c,
            _ => '·',
        };
        pattern.iter().zip(&places).map(shown).collect()
    }

    #[test]
    fn what_was_put_between_is_looked_past() {
        assert_eq!(aligned("深化机构改革工作", "要深化党和国家机构改革各项工作。"), "深化机构改革工作");
        assert_eq!(aligned("深化机构改革工作", "要深化改革工作。"), "深化··改革工作");
        assert_eq!(aligned("深化机构改革工作", "要深化行政改革工作。"), "深化··改革工作");
    }

    #[test]
    fn a_lone_character_is_an_accident() {
        assert_eq!(aligned("深化机构改革工作", "甲深乙丙丁戊己庚辛壬癸化机构改革工作"), "·化机构改革工作");
    }

    proptest! {
        #[test]
        fn places_go_up_and_lie_in_the_text(
            pattern in "[改革机构]{0,30}", text in "[改革机构]{0,40}", start in any::<bool>(), end in any::<bool>(),
        ) {
            let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            let places = align(&pattern, &text, 0..pattern.len() / 2, Free { start, end });
            prop_assert_eq!(places.len(), pattern.len());
            let found: Vec<usize> = places.into_iter().flatten().collect();
            prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(found.iter().all(|place| *place < text.len()));
        }
    }
}
