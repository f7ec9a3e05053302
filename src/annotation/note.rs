//! [`Note`]: a reader's highlight with its comment and tags.

use super::{Target, Timestamp};
use crate::sort::sort_by;
use crate::text::{IndexedText, Span};
use serde_json::{Map, Value};
use std::sync::Arc;

/// Names a note for good: an IRI, `urn:uuid:…` for the notes written here.
///
/// Handed about more often than made, so its copies share the name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(Arc<str>);

impl NoteId {
    /// The id of this name.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self(id.into())
    }

    /// Whether the two are copies of one id. Two that are not may be the same name all the same.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The colour of a highlight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Color {
    /// The first choice.
    #[default]
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Pink.
    Pink,
}

impl Color {
    /// Every colour, in the order in which the toolbar offers them.
    pub const ALL: [Self; 4] = [Self::Yellow, Self::Green, Self::Blue, Self::Pink];

    /// The name in class names, in JSON and in `annotate()`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
        }
    }

    /// The colour of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|color| color.name() == name)
    }
}

/// What an annotation holds besides what a note has a field for. It is kept, so that reading an
/// annotation from elsewhere and writing it again loses nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extra {
    /// Further properties of the annotation.
    pub annotation: Map<String, Value>,
    /// Further bodies.
    pub bodies: Vec<Value>,
    /// Further properties of the comment's body.
    pub comment: Map<String, Value>,
    /// The bodies of tags that have further properties, as they came.
    pub tags: Vec<Value>,
    /// Further properties of the target.
    pub target: Map<String, Value>,
    /// Further targets.
    pub targets: Vec<Value>,
    /// Further properties of the TextQuoteSelector.
    pub quote: Map<String, Value>,
    /// Further properties of the TextPositionSelector.
    pub position: Map<String, Value>,
    /// Further selectors.
    pub selectors: Vec<Value>,
}

/// Most earlier texts that a note keeps.
pub const MAX_REVISIONS: usize = 16;

/// What a note said before another window, or another hand, wrote over it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// The comment.
    pub comment: String,
    /// The tags.
    pub tags: Vec<String>,
    /// When it was written.
    pub modified: Timestamp,
}

impl Revision {
    /// Whether all of its words stand in `comment` and `tags`: it was a step on the way there.
    fn is_within(&self, comment: &str, tags: &[String]) -> bool {
        comment.starts_with(&self.comment) && self.tags.iter().all(|tag| tags.contains(tag))
    }
}

/// A reader's highlight, with a comment and tags where they wrote some. As saved: where it stands in
/// the text of today is for [`super::Anchorer`] to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its name.
    pub id: NoteId,
    /// The colour of the highlight.
    pub color: Color,
    /// What the reader wrote; empty for a bare highlight.
    pub comment: String,
    /// Tags in the order in which they were written.
    pub tags: Vec<String>,
    /// When it was first written.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// What it said before, the newest first: texts that were written over, not steps of typing.
    pub revisions: Vec<Revision>,
    /// The words it stands on.
    pub target: Target,
    /// What else it came with.
    pub extra: Extra,
}

impl Note {
    /// A yellow highlight without a comment on a span of the text of the article `key`.
    pub fn new(id: String, text: &IndexedText, span: Span, key: &str, now: Timestamp) -> Self {
        Self {
            id: NoteId::new(id),
            color: Color::default(),
            comment: String::new(),
            tags: Vec::new(),
            created: now,
            modified: now,
            revisions: Vec::new(),
            target: Target::of(text, span, key),
            extra: Extra::default(),
        }
    }

    /// What it says now.
    pub fn said(&self) -> Revision {
        Revision { comment: self.comment.clone(), tags: self.tags.clone(), modified: self.modified }
    }

    /// Whether all that `words` says stands here, now or before.
    pub fn holds(&self, words: &Revision) -> bool {
        words.is_within(&self.comment, &self.tags)
            || self.revisions.iter().any(|revision| words.is_within(&revision.comment, &revision.tags))
    }

    /// Whether nothing that another state of the note says, or said, would be lost with that state.
    pub fn holds_all_of(&self, other: &Self) -> bool {
        self.holds(&other.said()) && other.revisions.iter().all(|revision| self.holds(revision))
    }

    /// Keeps what it said, where that is not held anyway. Past [`MAX_REVISIONS`] the oldest goes.
    pub fn remember(&mut self, words: Revision) {
        if self.holds(&words) {
            return;
        }
        self.revisions.retain(|revision| !revision.is_within(&words.comment, &words.tags));
        self.revisions.push(words);
        sort_by(&mut self.revisions, |one, other| {
            (other.modified, &other.comment, &other.tags).cmp(&(one.modified, &one.comment, &one.tags))
        });
        self.revisions.truncate(MAX_REVISIONS);
    }

    /// One note of two that were written apart: the newer, with what the older says as a revision.
    /// The same whichever of them is asked.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        let rank = |note: &Self| (note.modified, note.comment.clone(), note.tags.clone(), note.color as u8);
        let (mut newer, older) = if rank(&self) < rank(&other) { (other, self) } else { (self, other) };
        newer.created = newer.created.min(older.created);
        newer.remember(older.said());
        for revision in older.revisions {
            newer.remember(revision);
        }
        newer
    }

    /// The moment of a change: never before the last one, whatever the clock says.
    pub fn next_moment(&self, now: Timestamp) -> Timestamp {
        now.max(Timestamp(self.modified.0.saturating_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn note(comment: &str, tags: &[&str], modified: i64) -> Note {
        let text = IndexedText::from("做到“两个维护”");
        let mut note = Note::new("urn:x:1".into(), &text, Span::new(3usize, 7usize), "k", Timestamp(1));
        note.comment = comment.to_owned();
        note.tags = tags.iter().map(|&tag| tag.to_owned()).collect();
        note.modified = Timestamp(modified);
        note
    }

    #[test]
    fn the_newer_wins_and_the_older_is_kept() {
        let merged = note("甲写的", &[], 2).merged(note("乙写的", &["问"], 3));
        assert_eq!((merged.comment.as_str(), merged.revisions.len()), ("乙写的", 1));
        assert_eq!(merged.revisions[0], note("甲写的", &[], 2).said());
    }

    #[test]
    fn what_was_a_step_on_the_way_is_no_revision() {
        for (older, newer) in [("", "甲"), ("甲", "甲乙"), ("甲", "甲")] {
            assert_eq!(note(older, &[], 1).merged(note(newer, &[], 2)).revisions, [], "{older} {newer}");
        }
        // A tag that the newer does not have is a word like any other.
        assert_eq!(note("甲", &["问"], 1).merged(note("甲", &[], 2)).revisions.len(), 1);
        let mut note = note("别的", &[], 9);
        for words in ["我", "我想", "我想问"] {
            note.remember(Revision { comment: words.into(), ..Revision::default() });
        }
        assert_eq!(note.revisions.len(), 1);
        assert_eq!(note.revisions[0].comment, "我想问");
    }

    #[test]
    fn the_clock_may_go_backwards() {
        assert_eq!(note("", &[], 9).next_moment(Timestamp(5)), Timestamp(10));
        assert_eq!(note("", &[], 9).next_moment(Timestamp(50)), Timestamp(50));
        assert_eq!(note("", &[], i64::MAX).next_moment(Timestamp(5)), Timestamp(i64::MAX));
    }

    proptest! {
        #[test]
        fn merging_loses_no_words_and_asks_nobodys_rank(
            texts in prop::collection::vec(("[甲乙丙]{0,3}", prop::collection::vec("[ab]", 0..2), 0i64..4), 2..6),
        ) {
            let notes: Vec<Note> = texts
                .iter()
                .map(|(comment, tags, at)| note(comment, &tags.iter().map(String::as_str).collect::<Vec<_>>(), *at))
                .collect();
            let (one, other) = (notes[0].clone(), notes[1].clone());
            prop_assert_eq!(one.clone().merged(other.clone()), other.merged(one));
            let all = notes.iter().cloned().reduce(Note::merged).expect("two or more");
            for note in &notes {
                prop_assert!(all.holds(&note.said()), "{:?} in {:?}", note.said(), all);
            }
            prop_assert_eq!(all.clone().merged(all.clone()), all);
        }
    }
}
