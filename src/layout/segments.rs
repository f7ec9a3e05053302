//! Spans that overlap, cut into segments that do not.

use crate::sort::sort_by_key;
use crate::text::{Offset, Span};

/// A stretch of text that the same spans cover from end to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where it lies.
    pub span: Span,
    /// Which of the spans given cover it, as ascending indices; never empty.
    pub covering: Vec<usize>,
}

/// Cuts spans at each other's ends: the segments, in text order, of all the text at least one span
/// covers. Empty spans cover nothing.
pub fn flatten(spans: &[Span]) -> Vec<Segment> {
    let mut edges: Vec<(Offset, bool, usize)> = spans
        .iter()
        .enumerate()
        .filter(|(_, span)| !span.is_empty())
        .flat_map(|(index, span)| [(span.start(), true, index), (span.end(), false, index)])
        .collect();
    sort_by_key(&mut edges, |edge| *edge);
    let mut segments = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut from = Offset::default();
    for (at, opens, index) in edges {
        if from < at && !open.is_empty() {
            segments.push(Segment { span: Span::new(from, at), covering: open.clone() });
        }
        from = at;
        if opens {
            open.insert(open.partition_point(|&other| other < index), index);
        } else {
            open.retain(|&other| other != index);
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(start: usize, end: usize) -> Span {
        Span::new(start, end)
    }

    #[test]
    fn an_overlap_is_a_segment_of_its_own() {
        let segments = flatten(&[span(0, 6), span(4, 9), span(7, 7)]);
        let found: Vec<_> = segments.iter().map(|s| (s.span, s.covering.as_slice())).collect();
        assert_eq!(found, [(span(0, 4), &[0][..]), (span(4, 6), &[0, 1]), (span(6, 9), &[1])]);
    }

    #[test]
    fn touching_and_equal_spans() {
        let segments = flatten(&[span(3, 5), span(0, 3), span(3, 5)]);
        let found: Vec<_> = segments.iter().map(|s| (s.span, s.covering.as_slice())).collect();
        assert_eq!(found, [(span(0, 3), &[1][..]), (span(3, 5), &[0, 2])]);
        assert!(flatten(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn every_place_is_covered_by_the_spans_that_hold_it(
            ends in prop::collection::vec((0usize..40, 0usize..40), 0..12),
        ) {
            let spans: Vec<Span> = ends.into_iter().map(|(a, b)| span(a, b)).collect();
            let segments = flatten(&spans);
            prop_assert!(segments.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start()));
            for at in (0..40usize).map(Offset::from) {
                let holding: Vec<usize> =
                    (0..spans.len()).filter(|&i| spans[i].contains_offset(at)).collect();
                let covering = segments
                    .iter()
                    .find(|segment| segment.span.contains_offset(at))
                    .map_or_else(Vec::new, |segment| segment.covering.clone());
                prop_assert_eq!(covering, holding);
            }
        }
    }
}
