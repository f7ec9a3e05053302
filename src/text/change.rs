//! [`Change`]: what became of a text, as far as its beginning and its end stayed.

use super::Span;

/// A text and what it became: what both begin with, and what both end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// How many code points both begin with.
    before: usize,
    /// Where what both end with begins, in the text as it was and as it is now.
    after: (usize, usize),
}

impl Change {
    /// Compares two texts.
    pub fn between(old: &str, new: &str) -> Self {
        let same = |(one, other): &(char, char)| one == other;
        let before = old.chars().zip(new.chars()).take_while(same).count();
        let (old_len, new_len) = (old.chars().count(), new.chars().count());
        let most = old_len.min(new_len) - before;
        let end = old.chars().rev().zip(new.chars().rev()).take(most).take_while(same).count();
        Self { before, after: (old_len - end, new_len - end) }
    }

    /// Where a span is now; `None` where its own words, or those around it, have changed.
    pub fn moved(&self, span: Span) -> Option<Span> {
        let (start, end) = (span.start().index(), span.end().index());
        if end <= self.before {
            return Some(span);
        }
        let (old, new) = self.after;
        (start >= old).then(|| Span::new(start - old + new, end - old + new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_at_either_end_is_found_again() {
        let change = Change::between("甲乙丙丁甲", "甲乙戊己庚丁甲");
        let moved = |start: usize, end: usize| change.moved(Span::new(start, end));
        assert_eq!(moved(0, 2), Some(Span::new(0usize, 2usize)));
        assert_eq!(moved(3, 5), Some(Span::new(5usize, 7usize)));
        assert_eq!((moved(1, 3), moved(2, 3)), (None, None));
    }

    #[test]
    fn nothing_is_found_twice_where_a_text_repeats_itself() {
        assert_eq!(
            Change::between("甲甲", "甲甲甲").moved(Span::new(0usize, 2usize)),
            Some(Span::new(0usize, 2usize))
        );
        assert_eq!(Change::between("甲甲甲", "甲").moved(Span::new(1usize, 3usize)), None);
        assert_eq!(
            Change::between("", "甲").moved(Span::new(0usize, 0usize)),
            Some(Span::new(0usize, 0usize))
        );
    }
}
