//! Notes from elsewhere: looked at first, then taken over at once.

use super::history::{Replaced, ids_of};
use super::{Notebook, Wanted};
use crate::annotation::{AnnotationError, Note, NoteId};
use crate::sort::sort_by;
use std::sync::Arc;

/// Why a note from elsewhere is not taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no note.
    NoNote(AnnotationError),
    /// It stands on another article, which has this key.
    Elsewhere(String),
}

impl Refusal {
    /// It in English, and always the same, for whoever made the file.
    pub fn sentence(&self) -> String {
        match self {
            Self::NoNote(why) => why.to_string(),
            Self::Elsewhere(article) => ["it stands on another article: ", article].concat(),
        }
    }
}

/// What taking notes over would do. Nothing is done yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// Notes that are not here.
    pub new: Vec<Arc<Note>>,
    /// Notes that are here, as they would be then: newer, or with a text that is not here as a revision.
    pub newer: Vec<Arc<Note>>,
    /// How many are here already, with all they say.
    pub duplicate: usize,
    /// What cannot be taken over: its place in the file, from 0, and why.
    pub refused: Vec<(usize, Refusal)>,
}

/// What became of notes from elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many are new here, or say what was not here.
    pub imported: usize,
    /// How many were here already.
    pub duplicate: usize,
    /// Which of them are here and not kept.
    pub unsaved: Vec<NoteId>,
}

impl Notebook {
    /// Looks at notes from elsewhere, each with its place in the file. Of another article's notes only
    /// those whose words stand here can be taken over. `refused` is what was refused already.
    pub fn preview(&self, notes: Vec<(usize, Note)>, refused: Vec<(usize, Refusal)>) -> Preview {
        self.compare(notes.into_iter().map(|(index, note)| (index, Arc::new(note))).collect(), refused)
    }

    fn compare(&self, mut notes: Vec<(usize, Arc<Note>)>, refused: Vec<(usize, Refusal)>) -> Preview {
        let mut preview = Preview { refused, ..Preview::default() };
        notes.retain(|(index, note)| {
            let source = &note.target.source;
            let fits = *source == self.article_key || self.anchorer.anchor(&note.target).span().is_some();
            if !fits {
                preview.refused.push((*index, Refusal::Elsewhere(source.clone())));
            }
            fits
        });
        sort_by(&mut preview.refused, |one, other| one.0.cmp(&other.0));

        // Side by side by their names, so that a file of thousands is compared in one pass.
        let mut here: Vec<&Arc<Note>> = self.notes.iter().map(|placed| &placed.note).collect();
        sort_by(&mut here, |one, other| one.id.cmp(&other.id));
        let mut order: Vec<usize> = (0..notes.len()).collect();
        sort_by(&mut order, |&one, &other| notes[one].1.id.cmp(&notes[other].1.id));
        let mut verdicts: Vec<Option<(bool, Arc<Note>)>> = vec![None; notes.len()];
        let mut order = order.as_slice();
        while let Some((&first, _)) = order.split_first() {
            let id = &notes[first].1.id;
            let same = order.iter().take_while(|&&at| notes[at].1.id == *id).count();
            let at = here.binary_search_by(|note| note.id.cmp(id)).ok();
            let mut note = at.map(|at| Arc::clone(here[at]));
            for &at in &order[..same] {
                let theirs = &notes[at].1;
                let merged = match &note {
                    Some(note) => Arc::new(Note::clone(note).merged(Note::clone(theirs))),
                    None => Arc::clone(theirs),
                };
                if note.as_ref() == Some(&merged) {
                    preview.duplicate += 1;
                }
                note = Some(merged);
            }
            if let Some(note) = note.filter(|note| at.is_none_or(|at| *here[at] != *note)) {
                verdicts[first] = Some((at.is_none(), note));
            }
            order = &order[same..];
        }
        for (is_new, note) in verdicts.into_iter().flatten() {
            if is_new { preview.new.push(note) } else { preview.newer.push(note) }
        }
        preview
    }

    /// Takes over what was looked at, as one step. What the shelf does not take is here all the same, and
    /// named in the answer.
    pub fn commit(&mut self, preview: Preview) -> Imported {
        let duplicate = preview.duplicate;
        // They may have come, changed or gone since they were looked at.
        let notes = preview.new.into_iter().chain(preview.newer).map(|note| (0, note));
        let Preview { new, newer, .. } = self.compare(notes.collect(), Vec::new());
        let notes = new.into_iter().chain(newer);
        let mut step: Vec<Replaced> =
            notes.map(|note| Replaced { id: note.id.clone(), before: None, after: Some(note) }).collect();
        let places = self.places(&ids_of(&step));
        for (replaced, at) in step.iter_mut().zip(places) {
            replaced.before = at.map(|at| Arc::clone(&self.notes[at].note));
        }
        let wanted: Vec<Wanted> =
            step.iter().map(|replaced| (replaced.id.clone(), replaced.after.clone())).collect();
        self.history.done(step);
        Imported { imported: wanted.len(), duplicate, unsaved: self.put_all(wanted) }
    }
}
