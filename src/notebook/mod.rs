//! Floor 4: one article's notes, in their places, with what was done to them and its undoing.

mod history;
mod import;
mod layer;
mod placed;
pub mod search;

pub use history::{Action, Undone};
pub use import::{Imported, Preview, Refusal};
pub use layer::{Layer, beside};
pub use placed::{Placed, find};

use crate::annotation::{Anchorer, Anchoring, Color, Neighbours, Note, NoteId, Revision, Target, Timestamp};
use crate::sort::{sort_by, sort_by_key};
use crate::text::{IndexedText, Offset, Span};
use history::{History, Replaced, Side, Step, ids_of, undone};
use std::sync::Arc;

/// Keeps notes. The notebook works the same when it fails, and remembers what is not kept.
///
/// Other windows write to it too. Where one wrote what this notebook has not seen, the shelf answers with
/// what it holds now instead of what it was given, and the notebook shows that.
pub trait Shelf {
    /// Keeps a note as it is now, or both texts where another window has changed it.
    ///
    /// # Errors
    /// Why it is not kept.
    fn save(&self, note: &Arc<Note>) -> Result<Option<Note>, String>;

    /// Keeps it no longer; one that another window has changed stays.
    ///
    /// # Errors
    /// Why it is still there.
    fn delete(&self, id: &NoteId) -> Result<Option<Note>, String>;

    /// Keeps what is being typed on a note, until it is saved; `None`: what is kept anyway.
    fn draft(&self, id: &NoteId, note: Option<&Note>) {
        let _ = (id, note);
    }

    /// Whether somebody has emptied it, and what was kept is kept no longer.
    fn was_emptied(&self) -> bool {
        false
    }
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
    /// What the reader saw when they began to write: what they left as it was is not written, and what
    /// came there meanwhile is kept as a revision.
    pub over: Option<Revision>,
}

/// How many notes that are not where they were are looked for at once: some ten milliseconds.
const SOUGHT: usize = 64;

/// The notes of one article.
pub struct Notebook {
    article_key: String,
    text: IndexedText,
    /// Of [`Self::text`]; what it makes of the text serves all notes.
    anchorer: Anchorer,
    /// In text order; those without a place last, in the order they were written.
    notes: Vec<Placed>,
    history: History,
    shelf: Box<dyn Shelf>,
    /// Whose last change the shelf has not taken.
    unsaved: Vec<NoteId>,
    /// The shelf was emptied, and not all is kept again.
    emptied: bool,
    is_seeking: bool,
    /// What another window has deleted, as long as somebody here may be writing on it.
    gone: Vec<Arc<Note>>,
}

/// A note as it is to be; `None` where it is to go.
type Wanted = (NoteId, Option<Arc<Note>>);

impl Notebook {
    /// Puts saved notes into their places in a text.
    pub fn open(article_key: &str, notes: Vec<Note>, text: &IndexedText, shelf: Box<dyn Shelf>) -> Self {
        let mut notebook = Self {
            article_key: article_key.to_owned(),
            text: text.clone(),
            anchorer: Anchorer::new(text),
            notes: notes.into_iter().map(Placed::unplaced).collect(),
            history: History::default(),
            shelf,
            unsaved: Vec::new(),
            emptied: false,
            is_seeking: false,
            gone: Vec::new(),
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

    /// The article says something else now: every note finds its place anew.
    pub fn set_text(&mut self, text: &IndexedText) {
        self.text = text.clone();
        self.anchorer = Anchorer::new(text);
        self.place_all();
    }

    /// Writes a new note; one of an id that is there already replaces it.
    pub fn add(&mut self, note: Note) {
        let note = Arc::new(note);
        let before = self.get(&note.id).cloned();
        self.history.done(vec![Replaced { id: note.id.clone(), before, after: Some(Arc::clone(&note)) }]);
        self.put(note);
    }

    /// Shows what the shelf holds now, which other windows have changed. Nothing of it can be taken back
    /// here, and what the shelf has not taken of ours stays.
    pub fn reload(&mut self, notes: Vec<Note>) {
        let before = std::mem::take(&mut self.notes);
        let mut theirs: Vec<NoteId> = notes.iter().map(|note| note.id.clone()).collect();
        sort_by(&mut theirs, |one, other| one.cmp(other));
        self.notes = notes.into_iter().map(Placed::unplaced).collect();
        let mut merged = Vec::new();
        for Placed { note, .. } in before {
            match (self.unsaved.contains(&note.id), theirs.binary_search(&note.id).is_ok()) {
                (true, true) => merged.push(note),
                (true, false) => self.notes.push(Placed::unplaced(note)),
                (false, true) => {}
                (false, false) => self.gone.push(note),
            }
        }
        self.place_all();
        for ours in merged {
            if let Some(theirs) = self.get(&ours.id) {
                let merged = Note::clone(theirs).merged(Arc::unwrap_or_clone(ours));
                self.put(Arc::new(merged));
            }
        }
    }

    /// Shows what another window made of a note. `overwrote`: it wrote over what was last kept from here,
    /// without having seen it; then both texts are kept.
    pub fn adopt(&mut self, theirs: Note, overwrote: bool) {
        let apart = overwrote || self.unsaved.contains(&theirs.id);
        match self.get(&theirs.id) {
            Some(ours) if apart && !theirs.holds_all_of(ours) => {
                let merged = theirs.merged(Note::clone(ours));
                self.put(Arc::new(merged));
            }
            _ => {
                self.unsaved.retain(|unsaved| *unsaved != theirs.id);
                self.show_all(vec![(theirs.id.clone(), Some(Arc::new(theirs)))]);
            }
        }
    }

    /// Another window has deleted a note. What the shelf has not taken of ours stays.
    pub fn forget(&mut self, id: &NoteId) {
        if !self.unsaved.contains(id) {
            let at = self.notes.iter().position(|placed| placed.note.id == *id);
            self.gone.extend(at.map(|at| self.notes.remove(at).note));
        }
    }

    /// The shelf was emptied: what is here is kept nowhere else.
    pub fn lose_shelf(&mut self) {
        self.emptied = !self.notes.is_empty();
        self.unsaved = self.notes.iter().map(|placed| placed.note.id.clone()).collect();
    }

    /// Whether the shelf was emptied, and not all is kept again.
    pub fn was_emptied(&self) -> bool {
        self.emptied && !self.unsaved.is_empty()
    }

    /// Changes a note. Changes to the text of one note in a row are undone together, until the typing ends.
    pub fn edit(&mut self, id: &NoteId, change: Change, now: Timestamp) {
        let is_typing = change.color.is_none();
        let Some((before, after)) = self.changed(id, change, now) else { return };
        self.gone.retain(|note| note.id != *id);
        let after = Arc::new(after);
        let edit = Replaced { id: id.clone(), before: Some(before), after: Some(Arc::clone(&after)) };
        self.history.edited(edit, is_typing);
        self.put(after);
    }

    /// What is typed from now on is a step of its own.
    pub fn end_typing(&mut self) {
        self.history.is_open = false;
    }

    /// How many steps have been taken, back and forth: whether there was another since.
    pub fn steps(&self) -> u32 {
        self.history.taken
    }

    /// Keeps what a change would make of a note as a draft: what is typed is safe before it is saved.
    pub fn draft(&self, id: &NoteId, change: Change, now: Timestamp) {
        let changed = self.changed(id, change, now);
        self.shelf.draft(id, changed.as_ref().map(|(_, after)| after));
    }

    /// Puts a note onto other words of the article; an empty span is no place.
    pub fn retarget(&mut self, id: &NoteId, span: Span, now: Timestamp) {
        let span = self.text.clamp(span);
        let Some(before) = self.get(id).cloned().filter(|_| !span.is_empty()) else { return };
        let target = Target::of(&self.text, span, &self.article_key);
        if target == before.target {
            return;
        }
        let mut after = Note::clone(&before);
        after.target = target;
        after.modified = before.next_moment(now);
        let after = Arc::new(after);
        self.history.done(vec![Replaced {
            id: id.clone(),
            before: Some(before),
            after: Some(Arc::clone(&after)),
        }]);
        self.put(after);
    }

    /// A note before and after a change; `None` where it changes nothing.
    fn changed(&self, id: &NoteId, change: Change, now: Timestamp) -> Option<(Arc<Note>, Note)> {
        let gone = || self.gone.iter().find(|note| note.id == *id);
        let before = self.get(id).or_else(gone).cloned()?;
        let Change { color, mut comment, mut tags, over } = change;
        let mut written_over = false;
        if let Some(over) = over {
            comment = comment.filter(|comment| *comment != over.comment);
            tags = tags.filter(|tags| *tags != over.tags);
            written_over = comment.is_some() && before.comment != over.comment
                || tags.is_some() && before.tags != over.tags;
        }
        let mut after = Note::clone(&before);
        after.color = color.unwrap_or(after.color);
        after.comment = comment.unwrap_or(after.comment);
        after.tags = tags.unwrap_or(after.tags);
        if after == *before {
            return None;
        }
        if written_over {
            after.remember(before.said());
        }
        after.modified = before.next_moment(now);
        Some((before, after))
    }

    /// Deletes a note. Answers whether it is gone: one that another window has changed meanwhile stays.
    pub fn remove(&mut self, id: &NoteId) -> bool {
        self.remove_all(std::slice::from_ref(id)) == 0
    }

    /// Deletes notes, as one step. Answers how many stay, for another window has changed them meanwhile.
    pub fn remove_all(&mut self, ids: &[NoteId]) -> usize {
        let mut step = Vec::new();
        for at in self.places(ids).into_iter().flatten() {
            let note = &self.notes[at].note;
            step.push(Replaced { id: note.id.clone(), before: Some(Arc::clone(note)), after: None });
        }
        self.put_all(step.iter().map(|gone| (gone.id.clone(), None)).collect());
        let count = step.len();
        let mut stay = self.places(&ids_of(&step)).into_iter();
        step.retain(|_| stay.next() == Some(None));
        let stay = count - step.len();
        self.history.done(step);
        stay
    }

    /// Takes out a note that was added last, as if it had never been: there is nothing to undo or to do again. Answers
    /// whether it was the last.
    pub fn unmake(&mut self, id: &NoteId) -> bool {
        let is_last = self.history.forget_new(id);
        if is_last {
            self.put_all(vec![(id.clone(), None)]);
        }
        is_last
    }

    /// Takes back what was done last.
    pub fn undo(&mut self, now: Timestamp) -> Option<Undone> {
        let step = self.history.undo()?;
        self.restore(&step, now, |replaced| (&replaced.before, &replaced.after));
        Some(undone(&step))
    }

    /// Does again what was taken back last.
    pub fn redo(&mut self, now: Timestamp) -> Option<Undone> {
        let step = self.history.redo()?;
        self.restore(&step, now, |replaced| (&replaced.after, &replaced.before));
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
        let unsaved = std::mem::take(&mut self.unsaved);
        let note = |place: Option<usize>| place.map(|at| Arc::clone(&self.notes[at].note));
        let places = self.places(&unsaved).into_iter().map(note);
        let wanted: Vec<Wanted> = unsaved.iter().cloned().zip(places).collect();
        self.keep_all(&wanted);
    }

    /// The notes on the character after `place`, the shortest first.
    pub fn at(&self, place: Offset) -> Vec<NoteId> {
        let here = |placed: &&Placed| placed.anchoring.span().is_some_and(|span| span.contains_offset(place));
        // Those that begin after it follow, and those without a place.
        let end = self.notes.partition_point(|it| it.anchoring.span().is_some_and(|at| at.start() <= place));
        let mut notes: Vec<&Placed> = self.notes[..end].iter().filter(here).collect();
        sort_by_key(&mut notes, |placed| placed.anchoring.span().map_or(0, |span| span.len()));
        notes.into_iter().map(|placed| placed.note.id.clone()).collect()
    }

    /// Puts every note into its place in a text that was changed.
    pub fn replace_text(&mut self, text: &IndexedText) {
        self.text = text.clone();
        self.anchorer = Anchorer::new(text);
        self.place_all();
    }

    fn get(&self, id: &NoteId) -> Option<&Arc<Note>> {
        find(&self.notes, id).map(|placed| &placed.note)
    }

    /// Where each of these notes is in the list: one pass for all of them.
    fn places(&self, ids: &[NoteId]) -> Vec<Option<usize>> {
        let mut order: Vec<usize> = (0..ids.len()).collect();
        sort_by(&mut order, |&one, &other| ids[one].cmp(&ids[other]));
        let mut places = vec![None; ids.len()];
        for (place, placed) in self.notes.iter().enumerate() {
            if let Ok(found) = order.binary_search_by(|&at| ids[at].cmp(&placed.note.id)) {
                places[order[found]] = Some(place);
            }
        }
        places
    }

    /// Makes of notes what they were; `sides` tells how they are to be and how the step left them. What came
    /// there since, from another window, is kept.
    fn restore(&mut self, step: &Step, now: Timestamp, sides: fn(&Replaced) -> (&Side, &Side)) {
        let mut wanted = Vec::new();
        for (replaced, place) in step.iter().zip(self.places(&ids_of(step))) {
            let (note, left) = sides(replaced);
            let here = place.map(|at| &self.notes[at].note);
            let is_as_left = match (here, left) {
                (Some(here), Some(left)) => left.holds(&here.said()),
                _ => true,
            };
            let note = note.as_ref().map(|note| {
                let mut note = Note::clone(note);
                note.modified = note.next_moment(now);
                if let Some(here) = here {
                    note.modified = here.next_moment(note.modified);
                    if !is_as_left {
                        note.remember(here.said());
                    }
                    for revision in &here.revisions {
                        note.remember(revision.clone());
                    }
                }
                Arc::new(note)
            });
            if is_as_left || note.is_some() {
                wanted.push((replaced.id.clone(), note));
            }
        }
        self.put_all(wanted);
    }

    fn put(&mut self, note: Arc<Note>) {
        self.put_all(vec![(note.id.clone(), Some(note))]);
    }

    /// Makes notes what they are to be, and has the shelf keep them; answers which it did not take.
    fn put_all(&mut self, wanted: Vec<Wanted>) -> Vec<NoteId> {
        self.show_all(wanted.clone());
        self.keep_all(&wanted)
    }

    /// Makes notes what they are to be, without keeping them.
    fn show_all(&mut self, wanted: Vec<Wanted>) {
        let ids: Vec<NoteId> = wanted.iter().map(|(id, _)| id.clone()).collect();
        let mut gone = vec![false; self.notes.len()];
        let mut are_placed = true;
        for ((_, note), place) in wanted.into_iter().zip(self.places(&ids)) {
            match (note, place) {
                (Some(note), Some(at)) if self.notes[at].note.target == note.target => {
                    self.notes[at].note = note;
                }
                (Some(note), place) => {
                    let anew = Placed::unplaced(note);
                    match place {
                        Some(at) => self.notes[at] = anew,
                        None => self.notes.push(anew),
                    }
                    are_placed = false;
                }
                (None, Some(at)) => gone[at] = true,
                (None, None) => {}
            }
        }
        let mut gone = gone.into_iter();
        self.notes.retain(|_| gone.next() != Some(true));
        if !are_placed {
            self.place_on();
        }
    }

    /// Has the shelf hold these notes as the notebook has them; answers which it did not take.
    fn keep_all(&mut self, wanted: &[Wanted]) -> Vec<NoteId> {
        if self.shelf.was_emptied() {
            self.lose_shelf();
        }
        let (mut refused, mut instead) = (Vec::new(), Vec::new());
        for (id, note) in wanted {
            let kept = note.as_ref().map_or_else(|| self.shelf.delete(id), |note| self.shelf.save(note));
            match kept {
                Ok(None) => {}
                Ok(Some(note)) => instead.push((id.clone(), Some(Arc::new(note)))),
                Err(_) => refused.push(id.clone()),
            }
        }
        if !self.unsaved.is_empty() {
            let mut ids: Vec<&NoteId> = wanted.iter().map(|(id, _)| id).collect();
            sort_by(&mut ids, |one, other| one.cmp(other));
            self.unsaved.retain(|unsaved| ids.binary_search(&unsaved).is_err());
        }
        self.unsaved.extend_from_slice(&refused);
        self.show_all(instead);
        refused
    }

    /// Every note finds its place anew, the first of them at once.
    fn place_all(&mut self) {
        for placed in &mut self.notes {
            placed.anchoring = Anchoring::Sought;
        }
        self.place_on();
    }

    /// Looks on for the places of notes that are [`Notebook::is_seeking`]: of those that are where they were for
    /// all, of others for [`SOUGHT`], and of the rest when it is asked again.
    pub fn place_on(&mut self) {
        self.is_seeking = place_some(&self.anchorer, &mut self.notes);
    }

    /// Does the same for the notes of a layer. Once all have been looked for, what is no note on this article goes, for
    /// a collection may be of many, and so does a note that is the reader's own.
    pub fn place_layer(&self, layer: &mut Layer) {
        layer.is_seeking = place_some(&self.anchorer, &mut layer.notes);
        if !layer.is_seeking && std::mem::take(&mut layer.is_new) {
            let ids: Vec<NoteId> = layer.notes.iter().map(|placed| placed.note.id.clone()).collect();
            let mut own = self.places(&ids).into_iter();
            layer.notes.retain(|Placed { note, anchoring, .. }| {
                own.next() == Some(None)
                    && (anchoring.span().is_some() || note.target.source == self.article_key)
            });
        }
    }

    /// Whether there may be notes that have not been looked for yet: the page is to have a turn first.
    pub fn is_seeking(&self) -> bool {
        self.is_seeking
    }
}

/// Looks for the places of some notes and puts them into order; answers whether there may be more to look for. When
/// all were looked for by themselves, what the others say is asked for the doubtful ones.
fn place_some(anchorer: &Anchorer, notes: &mut [Placed]) -> bool {
    let mut left = SOUGHT;
    for placed in notes.iter_mut() {
        if left == 0 {
            break;
        }
        if !matches!(placed.anchoring, Anchoring::Sought) {
            continue;
        }
        placed.anchoring = anchorer.anchor(&placed.note.target);
        placed.is_alone = placed.anchoring.is_doubtful();
        left -= usize::from(!matches!(placed.anchoring, Anchoring::Exact { .. }));
    }
    if left > 0 && notes.iter().any(|placed| placed.is_alone) {
        let mut neighbours = Neighbours::default();
        for placed in &*notes {
            neighbours.note(&placed.note.target, placed.anchoring);
        }
        for placed in notes.iter_mut() {
            if placed.is_alone && left > 0 {
                placed.is_alone = false;
                placed.anchoring = anchorer.anchor_among(&placed.note.target, placed.anchoring, &neighbours);
                left -= 1;
            }
        }
    }
    sort_by_key(notes, Placed::order);
    left == 0
}

#[cfg(test)]
mod tests;
