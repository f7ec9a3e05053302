//! What the parts of the interface share about notes besides the notes themselves: which is pointed at, which
//! are picked or to be chosen from, and the ways between a note and its words.

use super::article_view::selection_rect;
use super::field::Field;
use super::session::{Session, Store, Toast, Undo};
use crate::annotation::{Color, Note, NoteId, Timestamp};
use crate::dom;
use crate::layout::Rect;
use crate::notebook::search::Query;
use crate::notebook::{Placed, find};
use crate::text::Span;
use std::cell::{Cell, RefCell};
use web_sys::HtmlElement;

/// What words with more than one thing on them offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Choosing {
    /// The mention there, as an index into the recognition's mentions.
    pub mention: Option<usize>,
    /// The notes there, the shortest first.
    pub notes: Vec<NoteId>,
    /// The page's own link that they are in.
    pub link: Option<HtmlElement>,
    /// Where the words are, in document coordinates (CSS px).
    pub anchor: Rect,
}

/// Which notes the notebook's panel lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// What is searched for.
    pub query: String,
    /// Only notes of this colour.
    pub color: Option<Color>,
    /// Only notes with this tag; empty for all.
    pub tag: String,
    /// The newest first, rather than in text order.
    pub newest: bool,
}

impl Filter {
    /// Whether a note is asked for; `query`: what the search says. `is_orphan`: its words are not in the text.
    pub fn fits(&self, query: &Query, note: &Note, is_orphan: bool) -> bool {
        self.color.is_none_or(|color| color == note.color)
            && (self.tag.is_empty() || note.tags.contains(&self.tag))
            && query.fits(note, is_orphan)
    }
}

/// What the fields hold.
#[derive(Default)]
pub struct NoteState {
    pointed: RefCell<Option<NoteId>>,
    choosing: RefCell<Option<Choosing>>,
    attaching: RefCell<Option<NoteId>>,
    panel: RefCell<bool>,
    filter: RefCell<Filter>,
    picked: RefCell<Vec<NoteId>>,
    listed: RefCell<usize>,
    tagging: RefCell<String>,
    touch: RefCell<bool>,
    near: RefCell<Option<Span>>,
    on_paper: RefCell<bool>,
    /// The note whose card or sheet takes the focus once it is there.
    pub(super) wanted: RefCell<Option<NoteId>>,
    /// The note that was made only to be written on, until its fields are there.
    pub(super) made: RefCell<Option<NoteId>>,
    /// The name of the lock that tells other windows that this one still writes.
    pub(super) lock: RefCell<String>,
    /// Where the pointer went over the text (CSS px of the viewport), until it is looked at.
    pub(super) over: Cell<Option<(f64, f64)>>,
    /// The painted mention that the pointer was over last.
    pub(super) over_mention: Cell<Option<usize>>,
    /// A link of the page is followed: the click is not ours.
    pub(super) following: Cell<bool>,
}

/// The fields of a session that are about notes.
#[derive(Clone, Copy)]
pub struct Noting {
    /// The note that the pointer or the focus is on, in the text or in the margin.
    pub pointed: Field<Option<NoteId>>,
    /// What the reader is to choose from.
    pub choosing: Field<Option<Choosing>>,
    /// The note that the reader finds new words for.
    pub attaching: Field<Option<NoteId>>,
    /// The notebook's panel is open.
    pub panel: Field<bool>,
    /// Which notes it lists.
    pub filter: Field<Filter>,
    /// The notes that are picked in it.
    pub picked: Field<Vec<NoteId>>,
    /// How many notes it lists at most.
    pub listed: Field<usize>,
    /// What stands in the tags field of the composer.
    pub tagging: Field<String>,
    /// The last press was a finger's.
    pub touch: Field<bool>,
    /// The part of the text around the viewport, where the margin knows it; told when the reader has gone on.
    pub near: Field<Option<Span>>,
    /// The page is being printed: all of it is painted.
    pub on_paper: Field<bool>,
}

impl Noting {
    pub(super) fn new(state: Store) -> Self {
        Self {
            pointed: Field::new(state, |state| &state.noting.pointed),
            choosing: Field::new(state, |state| &state.noting.choosing),
            attaching: Field::new(state, |state| &state.noting.attaching),
            panel: Field::new(state, |state| &state.noting.panel),
            filter: Field::new(state, |state| &state.noting.filter),
            picked: Field::new(state, |state| &state.noting.picked),
            listed: Field::new(state, |state| &state.noting.listed),
            tagging: Field::new(state, |state| &state.noting.tagging),
            touch: Field::new(state, |state| &state.noting.touch),
            near: Field::new(state, |state| &state.noting.near),
            on_paper: Field::new(state, |state| &state.noting.on_paper),
        }
    }
}

/// Ways between a note and its words.
impl Session {
    /// A note, the reader's own or of the layer, and where it stands.
    pub fn placed(self, id: &NoteId) -> Option<Placed> {
        let own = self.notes.peek(|notes| find(notes, id).cloned());
        own.or_else(|| self.layer.peek(|layer| find(&layer.notes, id).cloned()))
    }

    /// The number of a note among those that have a place, from 1. Follows.
    pub fn number(self, id: &NoteId) -> Option<usize> {
        let at = self.margin.with(|margin| {
            // Found among thousands without reading names.
            let copy = margin.iter().position(|other| other.is_copy_of(id));
            copy.or_else(|| margin.iter().position(|other| other == id))
        });
        at.map(|at| at + 1)
    }

    /// Shows a note and moves the focus to its card, or to its sheet.
    pub fn visit_note(self, id: &NoteId) {
        *self.state().noting.wanted.borrow_mut() = Some(id.clone());
        self.show_note(id);
        // It may be the active one already.
        self.active.update(|_| ());
    }

    /// Whether this note's card is to take the focus; only told once.
    pub fn is_wanted(self, id: &NoteId) -> bool {
        let state = self.state();
        let mut wanted = state.noting.wanted.borrow_mut();
        let is_it = wanted.as_ref() == Some(id);
        if is_it {
            *wanted = None;
        }
        is_it
    }

    /// To the note that is `by` further on than the active one, or than what is read now; answers whether
    /// there are notes.
    pub fn step_note(self, by: isize) -> bool {
        let notes = self.margin.now();
        let Ok(count @ 1..) = isize::try_from(notes.len()) else { return false };
        let active = self.active.now();
        let here = notes.iter().position(|id| Some(id) == active.as_ref());
        let next = match here {
            Some(at) => isize::try_from(at).unwrap_or_default() + by,
            None => {
                let before = self.notes_before_reading(&notes);
                isize::try_from(before).unwrap_or_default() - isize::from(by < 0)
            }
        };
        let next = next.rem_euclid(count).unsigned_abs();
        self.visit_note(&notes[next]);
        true
    }

    /// How many of these notes begin before the caret, the focused mention or else the top of the viewport.
    fn notes_before_reading(self, notes: &[NoteId]) -> usize {
        let Some(map) = self.map() else { return 0 };
        let caret = dom::caret(&map).or_else(|| {
            let mention = super::article_view::focused_mention(self)?;
            Some(self.study()?.recognition.mentions.get(mention)?.span.start())
        });
        notes.partition_point(|id| {
            match (self.placed(id).and_then(|placed| placed.anchoring.span()), caret) {
                (Some(span), Some(caret)) => span.start() < caret,
                (Some(span), None) => map.rect(span).is_some_and(|rect| rect.bottom() < 0.0),
                (None, _) => false,
            }
        })
    }

    /// Back from a note to its words: to the mention they are, or the caret stands there and the focus is on their
    /// block, so that a screen reader reads on from there.
    pub fn to_text(self, id: &NoteId) {
        let span = self.placed(id).and_then(|placed| placed.anchoring.span());
        if !self.wide.now() {
            self.editing.set(None);
            self.active.set(None);
        }
        let Some((map, span)) = self.map().zip(span) else { return };
        let mention = self.mention_at(span.start()).filter(|&at| {
            self.study()
                .is_some_and(|study| study.recognition.mentions.get(at).is_some_and(|it| it.span == span))
        });
        match mention {
            Some(mention) => self.focus_mention(mention),
            None => dom::read_from(&map, span),
        }
    }

    /// Opens the one thing that is at some words, or has the reader choose.
    pub fn open_at(
        self,
        mention: Option<usize>,
        mut notes: Vec<NoteId>,
        link: Option<HtmlElement>,
        anchor: Rect,
    ) {
        match (mention, notes.len(), &link) {
            (Some(mention), 0, None) => {
                self.active.set(None);
                self.open_mention(mention);
            }
            (None, 0 | 1, None) => self.active.set(notes.pop()),
            _ => {
                self.close_card(false);
                super::hover::stay(self);
                self.noting.choosing.set(Some(Choosing { mention, notes, link, anchor }));
            }
        }
    }

    /// Highlights the selection, or the focused mention; with `edit`, opens the note for writing. Answers
    /// whether there is either.
    pub fn note_here(self, color: Color, edit: bool) -> bool {
        let selected = self.map().and_then(|map| dom::selected_span(&map));
        let span = selected.or_else(|| {
            let mention = super::article_view::focused_mention(self)?;
            Some(self.study()?.recognition.mentions.get(mention)?.span)
        });
        let Some(span) = span else { return false };
        self.selection.set(None);
        if self.noting.attaching.peek(Option::is_some) {
            self.attach(span);
            return true;
        }
        dom::clear_selection();
        self.add_note(span, color, edit);
        true
    }

    /// Begins to look for new words for a note that lost its own; `None` gives up.
    pub fn find_words(self, id: Option<NoteId>) {
        let is_over = id.is_none();
        self.noting.attaching.set(id);
        if is_over {
            super::notebook_panel::close(self);
        } else {
            self.noting.panel.set(false);
        }
    }

    /// Puts the note that is being attached onto a span.
    pub fn attach(self, span: Span) {
        let Some(id) = self.noting.attaching.now() else { return };
        self.noting.attaching.set(None);
        self.selection.set(None);
        dom::clear_selection();
        self.change(|notebook| notebook.retarget(&id, span, Timestamp(dom::now())));
        self.toast.set(Some(Toast { text: self.lang.now().attached(), undo: Undo::Note }));
        self.visit_note(&id);
    }

    /// Deletes the notes that are picked, as one step.
    pub fn remove_picked(self) {
        let picked = self.noting.picked.now();
        self.noting.picked.set(Vec::new());
        if picked.is_empty() {
            return;
        }
        if self.editing.peek(|editing| editing.as_ref().is_some_and(|id| picked.contains(id))) {
            self.editing.set(None);
        }
        self.change(|notebook| notebook.remove_all(&picked));
        self.toast.set(Some(Toast { text: self.lang.now().deleted_notes(), undo: Undo::Note }));
    }

    /// Every tag in use, in the order of the notes. Follows.
    pub fn tags(self) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        self.notes.with(|notes| {
            for tag in notes.iter().flat_map(|placed| &placed.note.tags) {
                if !tags.contains(tag) {
                    tags.push(tag.clone());
                }
            }
        });
        tags
    }

    /// The box of a note's last line, in document coordinates (CSS px).
    pub fn note_rect(self, id: &NoteId) -> Option<Rect> {
        let span = self.placed(id)?.anchoring.span()?;
        selection_rect(&*self.map()?, span)
    }
}
