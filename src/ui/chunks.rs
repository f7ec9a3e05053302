//! The article's blocks come into the page some at a time: between two the page gets a turn, so that a long
//! article does not stop it.

use super::article_view::mark_mentions;
use super::session::Session;
use crate::dom::{self, Pieces, TextMap};
use leptos::prelude::*;
use web_sys::Element;

/// How many blocks come at once.
pub const CHUNK: usize = 24;

/// The class of the element around a chunk.
pub const CHUNK_CLASS: &str = "bianzhu-chunk";

/// How far the blocks have come.
#[derive(Default)]
pub struct Chunks {
    /// The element around the blocks.
    root: Option<Element>,
    /// One for each chunk: has it made anew.
    triggers: Vec<Trigger>,
    /// The text nodes of each chunk.
    pieces: Vec<Option<Pieces>>,
    /// How many chunks have come into the page at all.
    shown: usize,
    /// Which rendering this is: a later one takes over.
    rendering: u32,
    /// The element has left the page.
    pub(super) stopped: bool,
}

impl Session {
    /// Begins with `count` chunks, none of them in the page.
    pub(super) fn set_chunks(self, count: usize) -> Vec<Trigger> {
        let triggers: Vec<Trigger> = (0..count).map(|_| Trigger::new()).collect();
        self.with_chunks(|chunks| {
            chunks.shown = 0;
            chunks.pieces.clear();
            chunks.pieces.resize_with(count, || None);
            chunks.triggers.clone_from(&triggers);
        });
        triggers
    }

    /// Hands over the element around the blocks.
    pub(super) fn set_root(self, root: Element) {
        self.with_chunks(|chunks| chunks.root = Some(root));
    }

    /// Whether a chunk has come into the page, or is about to.
    pub(super) fn is_shown(self, chunk: usize) -> bool {
        self.with_chunks(|chunks| chunk < chunks.shown)
    }

    /// Brings every chunk into the page as the study has it now, and maps the text once all are there.
    /// Answers `false` where a later rendering, or the end, came between.
    pub async fn render(self) -> bool {
        // Held while the page has its turns: the element may leave it, and the session end.
        let state = self.state();
        let rendering = {
            let mut chunks = state.chunks.borrow_mut();
            chunks.rendering += 1;
            chunks.rendering
        };
        for at in 0.. {
            let next = {
                let mut chunks = state.chunks.borrow_mut();
                chunks.shown = chunks.shown.max(at + 1);
                chunks.triggers.get(at).copied()
            };
            let Some(chunk) = next else { break };
            chunk.notify();
            // The chunk is made by a task that was woken just now.
            dom::next_turn().await;
            if state.chunks.borrow().rendering != rendering {
                return false;
            }
            self.settle(at);
        }
        let (root, pieces) = {
            let mut chunks = state.chunks.borrow_mut();
            let pieces: Vec<Pieces> = chunks.pieces.iter_mut().filter_map(Option::take).collect();
            (chunks.root.clone(), pieces)
        };
        if let (Some(root), Some(study)) = (root, self.study()) {
            self.set_map(TextMap::new(root, study.article.text().clone(), pieces.into_iter()));
        }
        true
    }

    /// Marks what a chunk that is in the page mentions, and takes note of its text nodes.
    fn settle(self, chunk: usize) {
        let (Some(study), Some(root)) = (self.study(), self.with_chunks(|chunks| chunks.root.clone())) else {
            return;
        };
        let elements = dom::elements(&root, &[".", CHUNK_CLASS].concat());
        let Some(element) = elements.get(chunk) else { return };
        mark_mentions(self, element);
        let starts = study.article.blocks().iter().skip(chunk * CHUNK);
        let starts = starts.map(|block| study.article.text().utf16(block.span.start()));
        let blocks = dom::elements(element, "[data-block]").into_iter().map(Into::into);
        let pieces = Pieces::of(blocks.zip(starts));
        self.with_chunks(|chunks| {
            if let Some(place) = chunks.pieces.get_mut(chunk) {
                *place = Some(pieces);
            }
        });
    }

    /// Stops rendering, for good.
    pub fn stop_rendering(self) {
        self.with_chunks(|chunks| {
            chunks.rendering += 1;
            chunks.triggers.clear();
            chunks.pieces.clear();
            chunks.root = None;
            chunks.stopped = true;
        });
    }

    fn with_chunks<T>(self, change: impl FnOnce(&mut Chunks) -> T) -> T {
        change(&mut self.state().chunks.borrow_mut())
    }
}
