//! [`Change`]: what became of a text, as far as its beginning, its end and whole lines of it stayed.

use super::Span;

/// A text and what it became.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    old: &'a str,
    new: &'a str,
    /// How many code points both begin with.
    before: usize,
    /// Where what both end with begins, in the text as it was and as it is now.
    after: (usize, usize),
}

impl<'a> Change<'a> {
    /// Compares two texts.
    pub fn between(old: &'a str, new: &'a str) -> Self {
        let same = |(one, other): &(char, char)| one == other;
        let before = old.chars().zip(new.chars()).take_while(same).count();
        let (old_len, new_len) = (old.chars().count(), new.chars().count());
        let most = old_len.min(new_len) - before;
        let end = old.chars().rev().zip(new.chars().rev()).take(most).take_while(same).count();
        Self { old, new, before, after: (old_len - end, new_len - end) }
    }

    /// Where a span is now; `None` where its line has changed.
    pub fn moved(&self, span: Span) -> Option<Span> {
        let (start, end) = (span.start().index(), span.end().index());
        let (old, new) = self.after;
        let (from, to) = if end <= self.before {
            (0, 0)
        } else if start >= old {
            (old, new)
        } else {
            self.line(start, end)?
        };
        Some(Span::new(start - from + to, end - from + to))
    }

    /// Where the line around a span begins in the text as it was, and where the same line is now: of lines that are
    /// alike, the one that comes as late.
    fn line(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let is_around = |&(from, line): &(usize, &str)| from <= start && end <= from + line.chars().count();
        let (from, line) = lines(self.old).find(is_around)?;
        let is_it = |other: &(usize, &str)| other.1 == line;
        let before = lines(self.old).take_while(|&(other, _)| other < from).filter(is_it).count();
        Some((from, lines(self.new).filter(is_it).nth(before)?.0))
    }
}

/// Lines, each with how many code points are before it.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.chars().count() + 1;
        Some((start, line))
    })
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
    fn a_line_between_two_changes_is_found_again() {
        let change = Change::between("甲\n乙丙\n乙丙\n丁", "戊\n己\n乙丙\n乙丙\n庚辛");
        assert_eq!(change.moved(Span::new(3usize, 4usize)), Some(Span::new(5usize, 6usize)));
        assert_eq!(change.moved(Span::new(5usize, 7usize)), Some(Span::new(7usize, 9usize)));
        assert_eq!(change.moved(Span::new(3usize, 6usize)), None);
        assert_eq!(change.moved(Span::new(0usize, 1usize)), None);
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
