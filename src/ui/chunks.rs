//! The article's blocks come into the page some at a time: between two the page gets a turn, so that a long
//! article does not stop it.

use super::article_view::mark_mentions;
use super::session::Session;
use crate::article::{Article, BlockKind};
use crate::dom::{self, Pieces, TextMap};
use leptos::prelude::*;
use std::ops::Range;
use web_sys::{Element, HtmlElement};

/// How many blocks come at once.
const BLOCKS: usize = 24;
/// No more come where there are so many code points already: some milliseconds.
const CHARS: usize = 2_000;

/// How far the blocks have come.
#[derive(Default)]
pub struct Chunks {
    /// The element around the blocks.
    root: Option<Element>,
    all: Vec<Chunk>,
    /// How many chunks have come into the page at all.
    shown: usize,
    /// How many of them are as the study has them now.
    settled: usize,
    /// Which rendering this is: a later one takes over.
    rendering: u32,
    /// The element has left the page.
    pub(super) stopped: bool,
}

/// Blocks that come together.
struct Chunk {
    blocks: Range<usize>,
    /// Has it made anew.
    trigger: Trigger,
    /// The element around it.
    element: Option<HtmlElement>,
    /// Its text nodes.
    pieces: Option<Pieces>,
}

impl Session {
    /// Begins with the chunks of an article, none of them in the page. Answers the blocks of each, and what has it
    /// made anew.
    pub(super) fn set_chunks(self, article: &Article) -> Vec<(Range<usize>, Trigger)> {
        let blocks = article.blocks();
        let mut all: Vec<Chunk> = Vec::new();
        let mut chars = CHARS;
        for (at, block) in blocks.iter().enumerate() {
            // A heading goes with what is before it (`style/article.css` says why), unless that has grown long.
            let most = if matches!(block.kind, BlockKind::Heading(_)) { 2 } else { 1 };
            let has_room = |last: &&mut Chunk| chars < most * CHARS && last.blocks.len() < most * BLOCKS;
            match all.last_mut().filter(has_room) {
                Some(last) => last.blocks.end = at + 1,
                None => {
                    chars = 0;
                    let (element, pieces) = Default::default();
                    all.push(Chunk { blocks: at..at + 1, trigger: Trigger::new(), element, pieces });
                }
            }
            chars += block.span.len();
        }
        let chunks = all.iter().map(|chunk| (chunk.blocks.clone(), chunk.trigger)).collect();
        self.with_chunks(|chunks| {
            (chunks.shown, chunks.settled) = (0, 0);
            chunks.all = all;
        });
        chunks
    }

    /// Hands over the element around the blocks.
    pub(super) fn set_root(self, root: Element) {
        self.with_chunks(|chunks| chunks.root = Some(root));
    }

    /// Hands over the element around a chunk.
    pub(super) fn set_chunk(self, at: usize, element: HtmlElement) {
        self.with_chunks(|chunks| {
            if let Some(chunk) = chunks.all.get_mut(at) {
                chunk.element = Some(element);
            }
        });
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
        let rendering = self.with_chunks(|chunks| {
            chunks.rendering += 1;
            chunks.settled = 0;
            chunks.rendering
        });
        for at in 0.. {
            let next = {
                let mut chunks = state.chunks.borrow_mut();
                chunks.shown = chunks.shown.max(at + 1);
                chunks.all.get(at).map(|chunk| chunk.trigger)
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
            let pieces: Vec<Pieces> = chunks.all.iter_mut().filter_map(|chunk| chunk.pieces.take()).collect();
            (chunks.root.clone(), pieces)
        };
        if let (Some(root), Some(study)) = (root, self.study()) {
            self.set_map(TextMap::new(root, study.article.text().clone(), pieces.into_iter()));
        }
        true
    }

    /// Marks what a chunk that is in the page mentions, and takes note of its text nodes.
    fn settle(self, at: usize) {
        let chunk = self.with_chunks(|chunks| {
            chunks.settled = at + 1;
            let chunk = chunks.all.get(at)?;
            Some((chunk.blocks.clone(), chunk.element.clone()?))
        });
        let (Some(study), Some((blocks, element))) = (self.study(), chunk) else { return };
        mark_mentions(self, &element);
        // Has it laid out in this turn: where frames are late, several chunks would be at once.
        dom::rect_of(&element);
        let starts = study.article.blocks().iter().skip(blocks.start);
        let starts = starts.map(|block| study.article.text().utf16(block.span.start()));
        let blocks = dom::elements(&element, "[data-block]").into_iter().map(Into::into);
        let pieces = Pieces::of(blocks.zip(starts));
        self.with_chunks(|chunks| {
            if let Some(chunk) = chunks.all.get_mut(at) {
                chunk.pieces = Some(pieces);
            }
        });
    }

    /// Marks all mentions anew that are in the page, a chunk at a time; those that are still to come are marked as
    /// they come.
    pub(super) async fn mark_again(self) {
        let state = self.state();
        for at in 0.. {
            let element = {
                let chunks = state.chunks.borrow();
                chunks.all.get(..chunks.settled).and_then(|settled| settled.get(at)?.element.clone())
            };
            let Some(element) = element else { return };
            if at > 0 {
                dom::next_turn().await;
            }
            mark_mentions(self, &element);
        }
    }

    /// Stops rendering, for good.
    pub fn stop_rendering(self) {
        self.with_chunks(|chunks| {
            chunks.rendering += 1;
            chunks.all.clear();
            chunks.root = None;
            chunks.stopped = true;
        });
    }

    fn with_chunks<T>(self, change: impl FnOnce(&mut Chunks) -> T) -> T {
        change(&mut self.state().chunks.borrow_mut())
    }
}
