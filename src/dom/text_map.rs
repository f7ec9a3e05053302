//! [`TextMap`]: which text node holds which part of the article.

use crate::text::{IndexedText, Offset, Span};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node, Range, Text};

/// A text node and where it begins in the article, in UTF-16 code units.
struct Piece {
    node: Text,
    start: usize,
    len: usize,
}

/// The text nodes of some blocks of an article, in order.
pub struct Pieces(Vec<Piece>);

impl Pieces {
    /// Reads the text nodes under blocks, each with where it begins in the article, in UTF-16 code units.
    pub fn of(blocks: impl Iterator<Item = (Element, usize)>) -> Self {
        let mut pieces = Vec::new();
        for (block, mut start) in blocks {
            collect(&block, &mut start, &mut pieces);
        }
        Self(pieces)
    }
}

/// The text nodes of an article in order, and the text they hold.
pub struct TextMap {
    root: Element,
    text: IndexedText,
    pieces: Vec<Piece>,
}

impl TextMap {
    /// The map of a text whose nodes, in order, are `pieces`. Between two blocks stands one line break that no
    /// node holds.
    pub fn new(root: Element, text: IndexedText, pieces: impl Iterator<Item = Pieces>) -> Self {
        Self { root, text, pieces: pieces.flat_map(|pieces| pieces.0).collect() }
    }

    /// The article's text.
    pub fn text(&self) -> &IndexedText {
        &self.text
    }

    /// The element around the article.
    pub fn root(&self) -> &Element {
        &self.root
    }

    /// The DOM range of a span; `None` when the page no longer holds it.
    pub fn range(&self, document: &Document, span: Span) -> Option<Range> {
        if span.is_empty() {
            return None;
        }
        let (start, end) = (self.text.utf16(span.start()), self.text.utf16(span.end()));
        let (first, last) = (self.piece_after(start)?, self.piece_before(end)?);
        let range = document.create_range().ok()?;
        range.set_start(&first.node, start.saturating_sub(first.start) as u32).ok()?;
        range.set_end(&last.node, (end - last.start).min(last.len) as u32).ok()?;
        Some(range)
    }

    /// The place of a DOM position (node and UTF-16 offset or child index); `None` outside the
    /// article.
    pub fn offset_of(&self, node: &Node, offset: u32) -> Option<Offset> {
        if let Some(text) = node.dyn_ref::<Text>() {
            let piece = self.pieces.iter().find(|piece| &piece.node == text)?;
            return Some(self.text.from_utf16(piece.start + (offset as usize).min(piece.len)));
        }
        if !self.root.contains(Some(node)) {
            return None;
        }
        // A position between two children: the first piece that does not come before it.
        let child = node.child_nodes().item(offset);
        let units = self.pieces.iter().find(|piece| match &child {
            Some(child) => {
                child.contains(Some(&piece.node))
                    || child.compare_document_position(&piece.node) & Node::DOCUMENT_POSITION_FOLLOWING != 0
            }
            None => {
                !node.contains(Some(&piece.node))
                    && node.compare_document_position(&piece.node) & Node::DOCUMENT_POSITION_FOLLOWING != 0
            }
        });
        Some(units.map_or(self.text.end(), |piece| self.text.from_utf16(piece.start)))
    }

    /// The place under a point of the viewport, in CSS px; `None` where no character of the article is.
    pub fn offset_at_point(&self, document: &Document, x: f64, y: f64) -> Option<Offset> {
        let (node, offset) = caret_at_point(document, x, y)?;
        let text = node.dyn_ref::<Text>()?;
        let piece = self.pieces.iter().find(|piece| &piece.node == text)?;
        // The caret snaps to the nearer side of a character: look at both, take the one under the point.
        for unit in [offset as usize, (offset as usize).wrapping_sub(1)] {
            if unit < piece.len {
                let place = self.text.from_utf16(piece.start + unit);
                let span = Span::new(place, Offset(place.0 + 1));
                if let Some(range) = self.range(document, span) {
                    let rect = range.get_bounding_client_rect();
                    if rect.left() <= x && x <= rect.right() && rect.top() <= y && y <= rect.bottom() {
                        return Some(place);
                    }
                }
            }
        }
        None
    }

    /// The piece that holds the unit at `start`, or the next one after it.
    fn piece_after(&self, start: usize) -> Option<&Piece> {
        let index = self.pieces.partition_point(|piece| piece.start + piece.len <= start);
        self.pieces.get(index)
    }

    /// The piece that holds the unit before `end`.
    fn piece_before(&self, end: usize) -> Option<&Piece> {
        let index = self.pieces.partition_point(|piece| piece.start < end);
        self.pieces.get(index.checked_sub(1)?)
    }
}

fn collect(node: &Node, start: &mut usize, pieces: &mut Vec<Piece>) {
    if let Some(text) = node.dyn_ref::<Text>() {
        let len = text.length() as usize;
        if len > 0 {
            pieces.push(Piece { node: text.clone(), start: *start, len });
            *start += len;
        }
        return;
    }
    let mut child = node.first_child();
    while let Some(node) = child {
        collect(&node, start, pieces);
        child = node.next_sibling();
    }
}

/// `caretPositionFromPoint` where there is one; WebKit has `caretRangeFromPoint` only.
fn caret_at_point(document: &Document, x: f64, y: f64) -> Option<(Node, u32)> {
    use js_sys::{Function, Reflect};
    let call = |name: &str| {
        let function = Reflect::get(document, &name.into()).ok()?.dyn_into::<Function>().ok()?;
        function.call2(document, &x.into(), &y.into()).ok()
    };
    if let Some(position) = call("caretPositionFromPoint") {
        let position = position.dyn_into::<web_sys::CaretPosition>().ok()?;
        return Some((position.offset_node()?, position.offset()));
    }
    let range = call("caretRangeFromPoint")?.dyn_into::<Range>().ok()?;
    Some((range.start_container().ok()?, range.start_offset().ok()?))
}
