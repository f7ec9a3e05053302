//! What the parts of the interface do with the reader's notes: write, copy, take out, bring in, take back, show.

use super::session::{Session, StorageTrouble, Toast, Undo};
use crate::annotation::{Color, Note, NoteId};
use crate::dom;
use crate::exchange::{self, ReadError};
use crate::lexicon::glossary::Term;
use crate::notebook::{Action, Imported, Layer, Notebook, Placed, Preview, Refusal, beside};
use crate::text::{Offset, Span};

/// The reader's notes.
impl Session {
    /// Hands over the notebook and shows its notes. `lock`: what this window has while a note is written on.
    pub fn set_notebook(self, notebook: Notebook, lock: String) {
        *self.state().noting.lock.borrow_mut() = lock;
        *self.state().notebook.borrow_mut() = Some(notebook);
        self.show_notes();
        self.place_on();
        // What has been selected can be written on now.
        self.selection.update(|_| ());
    }

    /// Reads from the notebook, once there is one.
    pub fn with_notebook<T>(self, read: impl FnOnce(&Notebook) -> T) -> Option<T> {
        self.state().notebook.try_borrow().ok()?.as_ref().map(read)
    }

    /// Shows the notes of a layer.
    pub fn set_layer(self, layer: Layer) {
        self.state().layer.replace(layer);
        self.change(|notebook| notebook.place_layer(&mut self.state().layer.borrow_mut()));
        self.layer.update(|_| ());
    }

    /// Writes a new note on a span and says so; with `edit`, opens it for writing.
    pub fn add_note(self, span: Span, color: Color, edit: bool) -> Option<NoteId> {
        let mut note = self.new_note(span);
        if let Some(note) = &mut note {
            note.color = color;
        }
        self.add(note, edit)
    }

    fn add(self, note: Option<Note>, edit: bool) -> Option<NoteId> {
        let note = note?;
        let id = note.id.clone();
        self.change(|notebook| notebook.add(note));
        self.active.set(Some(id.clone()));
        if edit {
            self.state().noting.made.replace(Some(id.clone()));
            self.editing.set(Some(id.clone()));
        } else {
            self.toast.set(Some(Toast { text: self.lang.now().added_note(), undo: Undo::Note }));
        }
        Some(id)
    }

    /// Makes a note of the reader's own of one of the layer's: it says whose words they were, where that is known.
    pub fn copy_note(self, id: &NoteId) {
        let copy = self.layer.peek(|layer| {
            let placed = layer.notes.iter().find(|placed| placed.note.id == *id)?;
            let mut copy = self.new_note(placed.anchoring.span()?)?;
            copy.comment.clone_from(&placed.note.comment);
            copy.tags.clone_from(&placed.note.tags);
            copy.color = placed.note.color;
            copy.extra.annotation.clone_from(&placed.note.extra.annotation);
            Some(copy)
        });
        // Once is enough.
        let is_same = |it: &&Placed| {
            copy.as_ref().is_some_and(|copy| copy.target == it.note.target && copy.comment == it.note.comment)
        };
        if let Some(id) = self.notes.peek(|notes| notes.iter().find(is_same).map(|it| it.note.id.clone())) {
            return self.visit_note(&id);
        }
        let id = self.add(copy, false);
        let _ = id.map(|id| self.visit_note(&id));
    }

    /// A note on a span, not yet among the others.
    fn new_note(self, span: Span) -> Option<Note> {
        let map = self.map()?;
        let key = self.with_notebook(|notebook| notebook.article_key().to_owned())?;
        let now = crate::annotation::Timestamp(dom::now());
        Some(Note::new(dom::random_urn(), map.text(), span, &key, now))
    }

    /// Takes notes over from a file. Of another article's notes only those whose words stand here.
    ///
    /// # Errors
    /// When nothing of the file can be read.
    pub fn import(self, json: &str) -> Result<(Imported, Vec<(usize, Refusal)>), ReadError> {
        let (mut preview, terms) = self.preview_import(json)?;
        let refused = std::mem::take(&mut preview.refused);
        let imported = self.commit_import(preview, &terms);
        self.tell_import(&imported, !refused.is_empty());
        Ok((imported, refused))
    }

    /// Says what became of an import, and offers to undo it: after the frame that shows it, since the engine may have
    /// to look for a font first.
    pub fn tell_import(self, imported: &Imported, any_refused: bool) {
        let lang = self.lang.now();
        let text = match (imported.imported, any_refused) {
            _ if !imported.unsaved.is_empty() => lang.imported_unsaved(),
            (0, false) => lang.imported_none(),
            (_, false) => lang.imported_all(),
            (0, true) => lang.import_failed(),
            (_, true) => lang.imported_some(),
        };
        let undo = if imported.imported > 0 { Undo::Note } else { Undo::Nothing };
        let said = move || self.toast.peek(|toast| toast.as_ref().map(|toast| toast.text.as_ptr()));
        let before = said();
        let tell = move || {
            // What was done since is told already.
            if !self.is_gone() && said() == before {
                self.toast.set(Some(Toast { text, undo }));
            }
        };
        dom::in_next_frame(move || dom::in_next_frame(tell));
    }

    /// Looks at what a file would bring: notes, and terms of the reader's own. Nothing is changed.
    ///
    /// # Errors
    /// When nothing of the file can be read.
    pub fn preview_import(self, json: &str) -> Result<(Preview, Vec<Term>), ReadError> {
        let exchange::Read { notes, failed, mut terms, .. } = exchange::read_annotations(json)?;
        // What is written here is not written over.
        self.terms.own.peek(|own| terms.retain(|term| own.iter().all(|other| other.id != term.id)));
        Ok((self.with_notebook(|notebook| notebook.preview(notes, failed)).unwrap_or_default(), terms))
    }

    /// What was looked at is not taken over; what it was compared with may have changed.
    pub fn drop_incoming(self) {
        if self.incoming.peek(Option::is_some) {
            self.incoming.update(|incoming| *incoming = None);
        }
    }

    /// Takes over what was looked at.
    pub fn commit_import(self, preview: Preview, terms: &[Term]) -> Imported {
        for term in terms {
            let _ = self.keep_own(term);
        }
        if !terms.is_empty() {
            self.lay_again();
        }
        self.measure_room();
        self.change(|notebook| notebook.commit(preview)).unwrap_or_default()
    }

    /// Deletes a note and offers to undo it.
    pub fn remove_note(self, id: &NoteId) {
        if self.editing.peek(|editing| editing.as_ref() == Some(id)) {
            self.editing.set(None);
        }
        let is_gone = self.change(|notebook| notebook.remove(id)).unwrap_or_default();
        let lang = self.lang.now();
        let (text, undo) = if is_gone {
            (lang.deleted_note(), Undo::Note)
        } else {
            (lang.not_deleted_note(), Undo::Nothing)
        };
        self.toast.set(Some(Toast { text, undo }));
    }

    /// Takes the last change back, or does `again` what was taken back last, and says which it was.
    pub fn undo(self, again: bool) {
        let now = crate::annotation::Timestamp(dom::now());
        let active = self.active.now().and_then(|id| Some((self.placed(&id)?.anchoring.span()?, id)));
        let step = |notebook: &mut Notebook| if again { notebook.redo(now) } else { notebook.undo(now) };
        let Some(undone) = self.change(step).flatten() else { return };
        let lang = self.lang.now();
        let text = match (undone.action, again) {
            (Action::Add, false) => lang.undone_add(),
            (Action::Edit, false) => lang.undone_edit(),
            (Action::Move, false) => lang.undone_move(),
            (Action::Remove, false) => lang.undone_delete(),
            (Action::Add, true) => lang.redone_add(),
            (Action::Edit, true) => lang.redone_edit(),
            (Action::Move, true) => lang.redone_move(),
            (Action::Remove, true) => lang.redone_delete(),
        };
        let undo = if again { Undo::Note } else { Undo::Nothing };
        self.toast.set(Some(Toast { text, undo }));
        if let Some((span, id)) = active
            && self.placed(&id).is_none()
        {
            // Before its box goes, the focus goes to the words that it was on.
            if !self.noting.panel.now() {
                self.read_at(span);
            }
            self.editing.set(None);
            self.active.set(None);
        }
    }

    /// Takes back what the toast tells of.
    pub fn undo_toast(self) {
        match self.toast.now().map(|toast| toast.undo) {
            Some(Undo::Note) => return self.undo(false),
            Some(Undo::Known(id, name, known)) => self.keep_known(&id, &name, known),
            Some(Undo::Own) => {
                let term = self.state().terms.deleted.take();
                let _ = term.map(|term| self.keep_own(&term));
                self.lay_again();
            }
            Some(Undo::Text) if !self.restore_text() => {
                let text = self.lang.now().text_unkept();
                return self.toast.set(Some(Toast { text, undo: Undo::Text }));
            }
            Some(Undo::Text) => {}
            Some(Undo::Hover) => self.choose_hover(true),
            Some(Undo::Nothing) | None => {}
        }
        self.toast.set(Some(Toast { text: self.lang.now().undone(), undo: Undo::Nothing }));
    }

    /// Changes the notebook and shows what it holds now.
    pub fn change<T>(self, change: impl FnOnce(&mut Notebook) -> T) -> Option<T> {
        let answer = self.state().notebook.borrow_mut().as_mut().map(change);
        self.follow_change();
        answer
    }

    /// Once for all changes.
    fn follow_change(self) {
        self.drop_incoming();
        self.show_notes();
        self.place_on();
    }

    /// Looks on for the places of notes, some at a time, the page having a turn between.
    fn place_on(self) {
        let is_seeking = move || {
            let both =
                |notebook: &Notebook| (notebook.is_seeking(), self.layer.peek(|layer| layer.is_seeking));
            self.with_notebook(both).unwrap_or_default()
        };
        if is_seeking() == (false, false) || self.state().is_placing.replace(true) {
            return;
        }
        dom::after(0, move || {
            self.state().is_placing.set(false);
            let (own, layer) = is_seeking();
            if let Some(notebook) = &mut *self.state().notebook.borrow_mut() {
                if own {
                    notebook.place_on();
                }
                if layer {
                    notebook.place_layer(&mut self.state().layer.borrow_mut());
                }
            }
            if is_seeking() == (false, false) {
                self.show_notes();
                self.layer.update(|_| ());
            }
            self.place_on();
        })
        .forget();
    }

    /// The note of this id, if it is in the notebook.
    pub fn note_id(self, id: &str) -> Option<NoteId> {
        self.notes.peek(|notes| {
            notes.iter().map(|placed| &placed.note.id).find(|other| other.as_str() == id).cloned()
        })
    }

    /// Brings a note's words into view and makes it the active one.
    pub fn show_note(self, id: &NoteId) {
        let span = self.placed(id).and_then(|placed| placed.anchoring.span());
        if let Some(range) = self.map().zip(span).and_then(|(map, span)| map.range(&dom::document(), span)) {
            dom::scroll_to_range(&range);
        }
        self.active.set(Some(id.clone()));
    }

    /// Tries once more to keep what could not be kept.
    // By its name it comes with what is fetched later (`xtask/src/later.txt`); inlined, it would have none.
    #[inline(never)]
    pub fn retry(self) {
        self.change(Notebook::retry_unsaved);
    }

    /// The notes at a place: the reader's own, the shortest first, then the layer's.
    pub fn notes_at(self, place: Offset) -> Vec<NoteId> {
        let mut notes = self.with_notebook(|notebook| notebook.at(place)).unwrap_or_default();
        self.layer.peek(|layer| {
            for Placed { note, anchoring, .. } in &layer.notes {
                let is_here = anchoring.span().is_some_and(|span| span.contains_offset(place));
                if is_here && !notes.contains(&note.id) {
                    notes.push(note.id.clone());
                }
            }
        });
        notes
    }

    fn show_notes(self) {
        let Some((notes, unsaved, emptied, steps)) = self.with_notebook(|notebook| {
            (notebook.notes().to_vec(), notebook.unsaved(), notebook.was_emptied(), notebook.steps())
        }) else {
            return;
        };
        // What a toast offers to take back is the last step.
        if self.state().noting.steps.replace(steps) != steps
            && self.toast.peek(|toast| toast.as_ref().is_some_and(|toast| toast.undo == Undo::Note))
        {
            self.toast.set(None);
        }
        if self.storage_trouble.now() != Some(StorageTrouble::Memory) {
            // A store that could not be read is in trouble until it has kept something.
            if !unsaved.is_empty() {
                let trouble = if emptied { StorageTrouble::Emptied } else { StorageTrouble::Broken };
                self.storage_trouble.set(Some(trouble));
            } else if !notes.is_empty() && self.storage_trouble.now() != Some(StorageTrouble::Unkept) {
                self.storage_trouble.set(None);
            }
        }
        self.unsaved.set(unsaved);
        let ids = |layer: &Layer| {
            beside(&notes, &layer.notes).into_iter().map(|placed| placed.note.id.clone()).collect()
        };
        self.margin.set(self.layer.peek(ids));
        self.notes.set(notes);
    }
}
