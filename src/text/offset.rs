//! [`Offset`] and [`Span`]: a place and a range in a text.

use serde::{Deserialize, Serialize};

/// A place in a text: the number of Unicode code points before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Offset(pub u32);

impl Offset {
    /// The offset as an index into a slice of `char`.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl From<usize> for Offset {
    /// Texts are capped far below 2³² code points; a larger index saturates.
    fn from(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A half-open range of code points, `start` never after `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: Offset,
    end: Offset,
}

impl Span {
    /// The range between two places, whichever comes first.
    pub fn new(a: impl Into<Offset>, b: impl Into<Offset>) -> Self {
        let (a, b) = (a.into(), b.into());
        Self { start: a.min(b), end: a.max(b) }
    }

    /// First code point inside.
    pub const fn start(self) -> Offset {
        self.start
    }

    /// First code point after.
    pub const fn end(self) -> Offset {
        self.end
    }

    /// Length in code points.
    pub const fn len(self) -> usize {
        (self.end.0 - self.start.0) as usize
    }

    /// Whether nothing lies inside.
    pub const fn is_empty(self) -> bool {
        self.start.0 == self.end.0
    }

    /// The range as indices into a slice of `char`.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start.index()..self.end.index()
    }

    /// Whether `other` lies wholly inside (equal spans contain each other).
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the code point after `offset` is inside.
    pub fn contains_offset(self, offset: Offset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share at least one code point.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_ordered_whichever_end_comes_first() {
        assert_eq!(Span::new(5usize, 2usize), Span::new(2usize, 5usize));
        assert_eq!(Span::new(5usize, 2usize).len(), 3);
    }

    #[test]
    fn touching_spans_do_not_overlap() {
        let (a, b) = (Span::new(0usize, 3usize), Span::new(3usize, 5usize));
        assert!(!a.overlaps(b) && !b.overlaps(a));
        assert!(a.contains_offset(Offset(2)) && !a.contains_offset(Offset(3)));
    }
}
