//! Floor 4: one article's notes, in their places, with what was done to them and its undoing.

mod history;
mod placed;

pub use history::{Action, Undone};
pub use placed::Placed;

use crate::annotation::{Anchorer, Color, Note, NoteId, Target, Timestamp};
use crate::sort::sort_by_key;
use crate::text::{IndexedText, Offset, Span};
use history::{History, Replaced, undone};

/// Keeps notes. The notebook works the same when it fails, and remembers what is not kept.
pub trait Shelf {
    /// Keeps a note as it is now.
    ///
    /// # Errors
    /// Why it is not kept.
    fn save(&self, note: &Note) -> Result<(), String>;

    /// Keeps it no longer.
    ///
    /// # Errors
    /// Why it is still there.
    fn delete(&self, id: &NoteId) -> Result<(), String>;
}

/// What is to become of a note; `None` leaves a part as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The colour.
    pub color: Option<Color>,
    /// The comment.
    pub comment: Option<String>,
    /// All tags.
    pub tags: Option<Vec<String>>,
}

/// What became of notes from elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many are new here, or newer than what was.
    pub imported: usize,
    /// How many were here already.
    pub duplicate: usize,
}

/// The notes of one article.
pub struct Notebook {
    article_key: String,
    text: IndexedText,
    /// In text order; those without a place last, in the order they were written.
    notes: Vec<Placed>,
    history: History,
    shelf: Box<dyn Shelf>,
    /// Whose last change the shelf has not taken.
    unsaved: Vec<NoteId>,
}

impl Notebook {
    /// Puts saved notes into their places in a text.
    pub fn open(article_key: &str, notes: Vec<Note>, text: &IndexedText, shelf: Box<dyn Shelf>) -> Self {
        let mut notebook = Self {
            article_key: article_key.to_owned(),
            text: text.clone(),
            notes: notes.into_iter().map(Placed::unplaced).collect(),
            history: History::default(),
            shelf,
            unsaved: Vec::new(),
        };
        notebook.place_all();
        notebook
    }

    /// What the article is called in the notes' targets.
    pub fn article_key(&self) -> &str {
        &self.article_key
    }

    /// The notes in text order, those without a place last.
    pub fn notes(&self) -> &[Placed] {
        &self.notes
    }

    /// Writes a new note; one of an id that is there already replaces it.
    pub fn add(&mut self, note: Note) {
        let before = self.get(&note.id).cloned();
        self.history.done(vec![Replaced { id: note.id.clone(), before, after: Some(note.clone()) }]);
        self.put(note);
    }

    /// Takes notes over from elsewhere, as one step. A note that is here already, as new or newer,
    /// stays as it is; answers how many were taken, and how many were here.
    pub fn import(&mut self, notes: Vec<Note>) -> Imported {
        let mut imported = Imported::default();
        let mut step = Vec::new();
        for note in notes {
            let before = self.get(&note.id).cloned();
            if before.as_ref().is_some_and(|here| here.modified >= note.modified) {
                imported.duplicate += 1;
                continue;
            }
            imported.imported += 1;
            step.push(Replaced { id: note.id.clone(), before, after: Some(note.clone()) });
            self.put(note);
        }
        self.history.done(step);
        imported
    }

    /// Shows what the shelf holds now, which another window has changed. Nothing of it can be taken
    /// back here, and what the shelf has not taken of ours stays.
    pub fn reload(&mut self, notes: Vec<Note>) {
        let unsaved = |placed: &Placed| self.unsaved.contains(&placed.note.id);
        let ours: Vec<Placed> = self.notes.iter().filter(|placed| unsaved(placed)).cloned().collect();
        let theirs = notes.into_iter().filter(|note| !self.unsaved.contains(&note.id));
        self.notes = theirs.map(Placed::unplaced).chain(ours).collect();
        self.place_all();
    }

    /// Changes a note. Changes to the text of one note in a row are undone together.
    pub fn edit(&mut self, id: &NoteId, change: Change, now: Timestamp) {
        let Some(before) = self.get(id).cloned() else { return };
        let mut after = before.clone();
        let is_typing = change.color.is_none();
        after.color = change.color.unwrap_or(after.color);
        after.comment = change.comment.unwrap_or(after.comment);
        after.tags = change.tags.unwrap_or(after.tags);
        if after == before {
            return;
        }
        after.modified = now;
        let edit = Replaced { id: id.clone(), before: Some(before), after: Some(after.clone()) };
        self.history.edited(edit, is_typing);
        self.put(after);
    }

    /// Puts a note onto other words of the article; an empty span is no place.
    pub fn retarget(&mut self, id: &NoteId, span: Span, now: Timestamp) {
        let span = self.text.clamp(span);
        let Some(before) = self.get(id).cloned().filter(|_| !span.is_empty()) else { return };
        let target = Target::of(&self.text, span, &self.article_key);
        if target == before.target {
            return;
        }
        let mut after = before.clone();
        after.target = target;
        after.modified = now;
        self.history.done(vec![Replaced {
            id: id.clone(),
            before: Some(before),
            after: Some(after.clone()),
        }]);
        self.put(after);
    }

    /// Deletes a note.
    pub fn remove(&mut self, id: &NoteId) {
        self.remove_all(std::slice::from_ref(id));
    }

    /// Deletes notes, as one step.
    pub fn remove_all(&mut self, ids: &[NoteId]) {
        let mut step = Vec::new();
        for id in ids {
            if let Some(before) = self.get(id).cloned() {
                step.push(Replaced { id: id.clone(), before: Some(before), after: None });
                self.take(id);
            }
        }
        self.history.done(step);
    }

    /// Takes back what was done last.
    pub fn undo(&mut self, now: Timestamp) -> Option<Undone> {
        let step = self.history.undo()?;
        for Replaced { id, before, .. } in &step {
            self.restore(id, before.clone(), now);
        }
        Some(undone(&step))
    }

    /// Does again what was taken back last.
    pub fn redo(&mut self, now: Timestamp) -> Option<Undone> {
        let step = self.history.redo()?;
        for Replaced { id, after, .. } in &step {
            self.restore(id, after.clone(), now);
        }
        Some(undone(&step))
    }

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is something to do again.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// The notes whose last change the shelf has not taken.
    pub fn unsaved(&self) -> Vec<NoteId> {
        self.unsaved.clone()
    }

    /// Offers the shelf once more what it has not taken.
    pub fn retry_unsaved(&mut self) {
        for id in std::mem::take(&mut self.unsaved) {
            self.keep(&id);
        }
    }

    /// The notes on the character after `place`, the shortest first.
    pub fn at(&self, place: Offset) -> Vec<NoteId> {
        let here = |placed: &&Placed| placed.anchoring.span().is_some_and(|span| span.contains_offset(place));
        let mut notes: Vec<&Placed> = self.notes.iter().filter(here).collect();
        sort_by_key(&mut notes, |placed| placed.anchoring.span().map_or(0, |span| span.len()));
        notes.into_iter().map(|placed| placed.note.id.clone()).collect()
    }

    /// Puts every note into its place in a text that was changed.
    pub fn replace_text(&mut self, text: &IndexedText) {
        self.text = text.clone();
        self.place_all();
    }

    fn get(&self, id: &NoteId) -> Option<&Note> {
        self.notes.iter().map(|placed| &placed.note).find(|note| &note.id == id)
    }

    fn restore(&mut self, id: &NoteId, note: Option<Note>, now: Timestamp) {
        match note {
            Some(mut note) => {
                note.modified = now;
                self.put(note);
            }
            None => self.take(id),
        }
    }

    fn put(&mut self, note: Note) {
        let id = note.id.clone();
        match self.notes.iter_mut().find(|placed| placed.note.id == id) {
            Some(placed) if placed.note.target == note.target => placed.note = note,
            other => {
                let anchoring = Anchorer::new(&self.text).anchor(&note.target);
                let anew = Placed { note, anchoring };
                match other {
                    Some(placed) => *placed = anew,
                    None => self.notes.push(anew),
                }
                self.sort();
            }
        }
        self.keep(&id);
    }

    fn take(&mut self, id: &NoteId) {
        self.notes.retain(|placed| &placed.note.id != id);
        self.keep(id);
    }

    /// Has the shelf hold what the notebook holds of this id.
    fn keep(&mut self, id: &NoteId) {
        let kept = match self.get(id) {
            Some(note) => self.shelf.save(note),
            None => self.shelf.delete(id),
        };
        self.unsaved.retain(|unsaved| unsaved != id);
        if kept.is_err() {
            self.unsaved.push(id.clone());
        }
    }

    fn place_all(&mut self) {
        let anchorer = Anchorer::new(&self.text);
        for placed in &mut self.notes {
            placed.anchoring = anchorer.anchor(&placed.note.target);
        }
        self.sort();
    }

    fn sort(&mut self) {
        sort_by_key(&mut self.notes, Placed::order);
    }
}

#[cfg(test)]
mod tests;
