//! The article's blocks come into the page some at a time: between two the page gets a turn, so that a long
//! article does not stop it.

use super::article_view::map_of;
use super::session::Session;
use crate::dom;
use leptos::prelude::*;
use web_sys::Element;

/// How many blocks come at once.
pub const CHUNK: usize = 64;

/// How far the blocks have come.
#[derive(Default)]
pub struct Chunks {
    /// The element around the blocks.
    root: Option<Element>,
    /// One for each chunk: has it made anew.
    triggers: Vec<Trigger>,
    /// How many chunks have come into the page at all.
    shown: usize,
    /// Which rendering this is: a later one takes over.
    rendering: u32,
}

impl Session {
    /// Begins with `count` chunks, none of them in the page.
    pub(super) fn set_chunks(self, count: usize) -> Vec<Trigger> {
        let triggers: Vec<Trigger> = (0..count).map(|_| Trigger::new()).collect();
        self.with_chunks(|chunks| {
            chunks.shown = 0;
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
        let rendering = self.with_chunks(|chunks| {
            chunks.rendering += 1;
            chunks.rendering
        });
        for at in 0.. {
            let next = self.with_chunks(|chunks| {
                chunks.shown = chunks.shown.max(at + 1);
                chunks.triggers.get(at).copied()
            });
            let Some(chunk) = next else { break };
            chunk.notify();
            // The chunk is made by a task that was woken just now.
            dom::next_turn().await;
            if self.with_chunks(|chunks| chunks.rendering) != rendering {
                return false;
            }
        }
        let root = self.with_chunks(|chunks| chunks.root.clone());
        if let (Some(root), Some(study)) = (root, self.study()) {
            self.set_map(map_of(root, study.article.text().clone()));
        }
        true
    }

    /// Stops rendering, for good.
    pub fn stop_rendering(self) {
        self.with_chunks(|chunks| {
            chunks.rendering += 1;
            chunks.triggers.clear();
            chunks.root = None;
        });
    }

    fn with_chunks<T>(self, change: impl FnOnce(&mut Chunks) -> T) -> T {
        change(&mut self.state().chunks.borrow_mut())
    }
}
