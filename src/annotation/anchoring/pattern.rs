//! Approximate search: Myers' bit-parallel algorithm in Hyyrö's blocks, over characters.

/// Sixty-four rows of the distance matrix: where it rises and falls from row to row.
#[derive(Clone, Copy)]
struct Block {
    rises: u64,
    falls: u64,
}

impl Block {
    /// Moves on by one character of the text; `carry` is the change at the block's upper edge, the
    /// answer the one at its row `edge`.
    fn advance(&mut self, mut equal: u64, carry: i32, edge: u64) -> i32 {
        let vertical = equal | self.falls;
        equal |= u64::from(carry < 0);
        let horizontal = ((equal & self.rises).wrapping_add(self.rises) ^ self.rises) | equal;
        let mut up = self.falls | !(horizontal | self.rises);
        let mut down = self.rises & horizontal;
        let change = i32::from(up & edge != 0) - i32::from(down & edge != 0);
        up = up << 1 | u64::from(carry > 0);
        down = down << 1 | u64::from(carry < 0);
        self.rises = down | !(vertical | up);
        self.falls = up & vertical;
        change
    }
}

/// For every place of the text, the least edit distance of `pattern` to a stretch that ends before
/// it; in time linear in the text times a sixty-fourth of the pattern.
pub(super) fn distances(text: &[char], pattern: &[char]) -> Vec<u32> {
    let count = pattern.len().div_ceil(64);
    // Row 0 of the table is for the characters that the pattern does not have.
    let mut rows = vec![0u16; 1 << 16];
    let mut equal = vec![0u64; count];
    for (at, &c) in pattern.iter().enumerate() {
        if rows[slot(c)] == 0 {
            rows[slot(c)] = (equal.len() / count) as u16;
            equal.resize(equal.len() + count, 0);
        }
        equal[usize::from(rows[slot(c)]) * count + at / 64] |= 1 << (at % 64);
    }
    let mut blocks = vec![Block { rises: u64::MAX, falls: 0 }; count];
    let last_edge = 1u64 << ((pattern.len().max(1) - 1) % 64);
    let mut distance = pattern.len() as i32;
    let step = |&c: &char| {
        let row = usize::from(rows[slot(c)]) * count;
        let mut carry = 0;
        for (at, block) in blocks.iter_mut().enumerate() {
            let edge = if at + 1 == count { last_edge } else { 1 << 63 };
            carry = block.advance(equal[row + at], carry, edge);
        }
        distance += carry;
        distance.max(0) as u32
    };
    text.iter().map(step).collect()
}

/// A character's place in a table. Beyond the BMP two may share one: their distance then counts as
/// less than it is, and the close look that follows tells them apart.
const fn slot(c: char) -> usize {
    (c as usize ^ c as usize >> 16) & 0xffff
}

/// Aligns `pattern` with the stretch that ends `there`, and answers where its part `inner` (a range of
/// the pattern) came to stand, as a range of `there`; `None` where nothing of it is left.
pub(super) fn aligned(
    pattern: &[char],
    there: &[char],
    inner: std::ops::Range<usize>,
) -> Option<std::ops::Range<usize>> {
    let width = there.len() + 1;
    let mut cost = vec![0u32; (pattern.len() + 1) * width];
    for row in 1..=pattern.len() {
        cost[row * width] = row as u32;
        for column in 1..width {
            let substituted = u32::from(pattern[row - 1] != there[column - 1]);
            cost[row * width + column] = (cost[(row - 1) * width + column - 1] + substituted)
                .min(cost[(row - 1) * width + column] + 1)
                .min(cost[row * width + column - 1] + 1);
        }
    }
    let (mut row, mut column) = (pattern.len(), there.len());
    let mut range: Option<std::ops::Range<usize>> = None;
    while row > 0 {
        let now = cost[row * width + column];
        let substituted = column > 0
            && now == cost[(row - 1) * width + column - 1] + u32::from(pattern[row - 1] != there[column - 1]);
        if substituted {
            (row, column) = (row - 1, column - 1);
            if inner.contains(&row) {
                range = Some(column..range.map_or(column + 1, |range| range.end));
            }
        } else if now == cost[(row - 1) * width + column] + 1 {
            row -= 1;
        } else {
            column -= 1;
        }
    }
    range
}

/// The edit distance of two short texts.
pub(super) fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, b) in other.iter().enumerate() {
            let substituted = diagonal + usize::from(a != b);
            diagonal = row[column + 1];
            row[column + 1] = substituted.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The textbook's matrix.
    fn plain(pattern: &[char], text: &[char]) -> Vec<u32> {
        let mut column: Vec<u32> = (0..=pattern.len() as u32).collect();
        text.iter()
            .map(|c| {
                let mut diagonal = 0;
                for row in 1..column.len() {
                    let substituted = diagonal + u32::from(pattern[row - 1] != *c);
                    diagonal = column[row];
                    column[row] = substituted.min(diagonal + 1).min(column[row - 1] + 1);
                }
                column[pattern.len()]
            })
            .collect()
    }

    proptest! {
        #[test]
        fn blocks_count_as_the_matrix_does(pattern in "[改革机构委]{1,200}", text in "[改革机构委员会]{0,300}") {
            let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            prop_assert_eq!(distances(&text, &pattern), plain(&pattern, &text));
        }

        #[test]
        fn an_alignment_stays_within(pattern in "[改革机构]{1,30}", text in "[改革机构]{0,40}", at in 0usize..30) {
            let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            let start = at.min(pattern.len());
            if let Some(range) = aligned(&pattern, &text, start..pattern.len()) {
                prop_assert!(range.start < range.end && range.end <= text.len());
            }
        }
    }
}
