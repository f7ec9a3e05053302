//! [`TextMap`]: which text node holds which part of the article.

use super::{document, viewport};
use crate::article::Run;
use crate::text::{IndexedText, Offset, Span};
use std::cell::{Cell, OnceCell};
use wasm_bindgen::JsCast;
use web_sys::{Document, DomRect, Element, Node, Range, Text};

/// How many characters may have no box one after another: a line's end, a space that the page does not show.
const LOOK: usize = 8;
/// At how many places it is looked whether the text runs down the page.
const SAMPLES: usize = 32;

/// A part of a text node and where it begins in the article, in UTF-16 code units.
#[derive(PartialEq)]
struct Piece {
    node: Text,
    /// Where the part begins in the node.
    from: usize,
    start: usize,
    len: usize,
    /// The page shows something before it that is not read.
    is_apart: bool,
}

/// The text nodes of some blocks of an article, in order.
#[derive(PartialEq)]
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

    /// Parts of these text nodes.
    pub(super) fn of_runs(nodes: &[Text], runs: &[Run]) -> Self {
        let piece = |run: &Run| {
            let node = nodes.get(run.node)?.clone();
            Some(Piece { node, from: run.from, start: run.start, len: run.len, is_apart: run.is_apart })
        };
        Self(runs.iter().filter_map(piece).collect())
    }
}

/// The text nodes of an article in order, and the text they hold.
pub struct TextMap {
    root: Element,
    text: IndexedText,
    pieces: Vec<Piece>,
    /// What boxes are measured with. Engines keep every range up to date with every change of the page, as long as
    /// nobody has collected it.
    ruler: OnceCell<Option<Range>>,
    /// Which place was under a point last. A pointer that presses rests: to see that the place is still there takes
    /// a box, to ask the engine for the caret under a point takes ten milliseconds of a very long article.
    last: Cell<Option<Offset>>,
}

impl TextMap {
    /// The map of a text whose nodes, in order, are `pieces`. Between two blocks stands one line break that no
    /// node holds.
    pub fn new(root: Element, text: IndexedText, pieces: impl Iterator<Item = Pieces>) -> Self {
        let pieces = pieces.flat_map(|pieces| pieces.0).collect();
        Self { root, text, pieces, ruler: OnceCell::new(), last: Cell::default() }
    }

    /// The article's text.
    pub fn text(&self) -> &IndexedText {
        &self.text
    }

    /// The element around the article.
    pub fn root(&self) -> &Element {
        &self.root
    }

    /// Whether these are its text nodes, in the same places.
    pub fn is_of(&self, pieces: &Pieces) -> bool {
        self.pieces == pieces.0
    }

    /// The DOM range of a span; `None` when the page no longer holds it.
    pub fn range(&self, document: &Document, span: Span) -> Option<Range> {
        self.set(document.create_range().ok()?, span)
    }

    /// The box of a span in the viewport, in CSS px; `None` when the page no longer holds it.
    pub fn rect(&self, span: Span) -> Option<DomRect> {
        let ruler = self.ruler.get_or_init(|| document().create_range().ok());
        Some(self.set(ruler.clone()?, span)?.get_bounding_client_rect())
    }

    fn set(&self, range: Range, span: Span) -> Option<Range> {
        if span.is_empty() {
            return None;
        }
        let (start, end) = (self.text.utf16(span.start()), self.text.utf16(span.end()));
        between(range, (self.piece_after(start)?, start), (self.piece_before(end)?, end))
    }

    /// The DOM ranges of a span: more than one where the page shows something between that is not read.
    pub fn ranges(&self, document: &Document, span: Span) -> Vec<Range> {
        let (start, end) = (self.text.utf16(span.start()), self.text.utf16(span.end()));
        let first = self.pieces.partition_point(|piece| piece.start + piece.len <= start);
        let rest = self.pieces.get(first..).unwrap_or_default();
        let within = &rest[..rest.partition_point(|piece| piece.start < end)];
        let parts = within.chunk_by(|_, next| !next.is_apart);
        let parts = parts.filter_map(|part| {
            between(document.create_range().ok()?, (part.first()?, start), (part.last()?, end))
        });
        parts.collect()
    }

    /// What of the text the page shows within `beyond` CSS px of the viewport, and perhaps a little more; `None`
    /// where that cannot be told, since the text does not run down the page.
    pub fn near(&self, beyond: f64) -> Option<Span> {
        let (len, height) = (self.text.len(), viewport().height);
        // Top and bottom of a character, or of the next one that has any.
        let edges = |at: usize| {
            (at..at + LOOK).find_map(|at| {
                let rect = self.rect(Span::new(at, at + 1))?;
                (rect.height() > 0.0).then(|| (rect.top(), rect.bottom()))
            })
        };
        let mut above = f64::NEG_INFINITY;
        for sample in 0..=SAMPLES {
            let (top, bottom) = edges(len.saturating_sub(1) * sample / SAMPLES)?;
            // A float may stand a little higher than what comes before it; a column does not.
            if bottom < above - height / 2.0 {
                return None;
            }
            above = top;
        }
        let first = |is_before: &dyn Fn((f64, f64)) -> bool| {
            let (mut low, mut high) = (0, len.saturating_sub(1));
            while low < high {
                let middle = low.midpoint(high);
                if is_before(edges(middle)?) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            Some(low)
        };
        let start = first(&|(_, bottom)| bottom < -beyond)?;
        let end = first(&|(top, _)| top <= height + beyond)?;
        Some(Span::new(start, end + 1))
    }

    /// The place of a DOM position (node and UTF-16 offset or child index); `None` outside the
    /// article.
    pub fn offset_of(&self, node: &Node, offset: u32) -> Option<Offset> {
        if !self.root.contains(Some(node)) {
            return None;
        }
        let is_text = node.is_instance_of::<Text>();
        let child = if is_text { None } else { node.child_nodes().item(offset) };
        // The first piece that does not come before the position.
        let before = match &child {
            // Nor in what comes before the end of an element.
            None if !is_text => Node::DOCUMENT_POSITION_PRECEDING | Node::DOCUMENT_POSITION_CONTAINED_BY,
            _ => Node::DOCUMENT_POSITION_PRECEDING,
        };
        let mut at = self.first_from(child.as_ref().unwrap_or(node), before);
        if let Some(text) = node.dyn_ref::<Text>() {
            let offset = offset as usize;
            while let Some(piece) = self.pieces.get(at).filter(|piece| &piece.node == text) {
                if offset <= piece.from + piece.len {
                    return Some(self.text.from_utf16(piece.start + offset.saturating_sub(piece.from)));
                }
                at += 1;
            }
        }
        Some(self.pieces.get(at).map_or(self.text.end(), |piece| self.text.from_utf16(piece.start)))
    }

    /// The place under a point of the viewport, in CSS px; `None` where no character of the article is.
    pub fn offset_at_point(&self, document: &Document, x: f64, y: f64) -> Option<Offset> {
        let is_under = |place: &Offset| {
            self.rect(Span::new(*place, Offset(place.0 + 1))).is_some_and(|rect| {
                (rect.left()..=rect.right()).contains(&x) && (rect.top()..=rect.bottom()).contains(&y)
            })
        };
        let last = self.last.get().filter(is_under);
        let place = last.or_else(|| self.find_at_point(document, x, y, &is_under));
        self.last.set(place);
        place
    }

    fn find_at_point(
        &self,
        document: &Document,
        x: f64,
        y: f64,
        is_under: &dyn Fn(&Offset) -> bool,
    ) -> Option<Offset> {
        let (node, offset) = caret_at_point(document, x, y)?;
        let text = node.dyn_ref::<Text>()?;
        let first = self.first_from(text, Node::DOCUMENT_POSITION_PRECEDING);
        let own = || self.pieces.iter().skip(first).take_while(|piece| &piece.node == text);
        // The caret snaps to the nearer side of a character: look at both, take the one under the point.
        for unit in [offset as usize, (offset as usize).wrapping_sub(1)] {
            if let Some(piece) = own().find(|piece| piece.from <= unit && unit < piece.from + piece.len) {
                let place = self.text.from_utf16(piece.start + unit - piece.from);
                if is_under(&place) {
                    return Some(place);
                }
            }
        }
        None
    }

    /// The first piece that is not `before` a node of the page: pieces are in document order.
    fn first_from(&self, node: &Node, before: u16) -> usize {
        self.pieces.partition_point(|piece| node.compare_document_position(&piece.node) & before != 0)
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

/// Sets a range from a place in one piece to a place in another, in code units of the article.
fn between(range: Range, first: (&Piece, usize), last: (&Piece, usize)) -> Option<Range> {
    let start = first.0.from + first.1.saturating_sub(first.0.start);
    range.set_start(&first.0.node, start as u32).ok()?;
    let end = last.0.from + last.1.saturating_sub(last.0.start).min(last.0.len);
    range.set_end(&last.0.node, end as u32).ok()?;
    Some(range)
}

fn collect(node: &Node, start: &mut usize, pieces: &mut Vec<Piece>) {
    if let Some(text) = node.dyn_ref::<Text>() {
        let len = text.length() as usize;
        if len > 0 {
            pieces.push(Piece { node: text.clone(), from: 0, start: *start, len, is_apart: false });
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
