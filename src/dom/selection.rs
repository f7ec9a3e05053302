//! The reader's selection as a span of the article.

use super::{TextMap, window};
use crate::text::Span;

/// What the reader has selected, clamped to the article and without white space at its ends; `None`
/// when nothing of the article is selected.
pub fn selected_span(map: &TextMap) -> Option<Span> {
    let selection = window().get_selection().ok()??;
    if selection.is_collapsed() || selection.range_count() == 0 {
        return None;
    }
    let range = selection.get_range_at(0).ok()?;
    let (start_node, end_node) = (range.start_container().ok()?, range.end_container().ok()?);
    let (start_at, end_at) = (range.start_offset().ok()?, range.end_offset().ok()?);
    let text = map.text();
    let (start, end) = (map.offset_of(&start_node, start_at), map.offset_of(&end_node, end_at));
    let (start, end) = match (start, end) {
        (Some(start), Some(end)) => (start, end),
        // A selection that goes over the article's edge takes what lies inside.
        (Some(start), None) => (start, text.end()),
        (None, Some(end)) => (Default::default(), end),
        (None, None) => return None,
    };
    let span = Span::new(start, end);
    let slice = text.slice(span);
    let lead = slice.chars().take_while(|c| c.is_whitespace()).count();
    let trail = slice.chars().rev().take_while(|c| c.is_whitespace()).count();
    if lead + trail >= span.len() {
        return None;
    }
    Some(Span::new(span.start().index() + lead, span.end().index() - trail))
}

/// Lets the selection go.
pub fn clear_selection() {
    if let Ok(Some(selection)) = window().get_selection() {
        let _ = selection.remove_all_ranges();
    }
}
