//! What was done to the notes, to be taken back and done again.

use crate::annotation::{Note, NoteId};
use std::sync::Arc;

/// How many steps are remembered.
const DEPTH: usize = 200;

/// What a step does to notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// They are new.
    Add,
    /// They are other than before.
    Edit,
    /// It stands on other words than before.
    Move,
    /// They are gone.
    Remove,
}

/// A step that was taken back, or done again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// What the step had done.
    pub action: Action,
    /// To which notes.
    pub note_ids: Vec<NoteId>,
}

/// One note before and after.
#[derive(Clone, Debug)]
pub(super) struct Replaced {
    pub(super) id: NoteId,
    pub(super) before: Side,
    pub(super) after: Side,
}

/// The note on one side of a change; `None` where there was or is none.
pub(super) type Side = Option<Arc<Note>>;

/// What is taken back at once: mostly one note; an import or a clearing has many.
pub(super) type Step = Vec<Replaced>;

/// The notes of a step.
pub(super) fn ids_of(step: &[Replaced]) -> Vec<NoteId> {
    step.iter().map(|replaced| replaced.id.clone()).collect()
}

/// What a step did.
pub(super) fn undone(step: &Step) -> Undone {
    let moves = |replaced: &Replaced| match (&replaced.before, &replaced.after) {
        (Some(before), Some(after)) => before.target != after.target,
        _ => false,
    };
    let action = match step.first() {
        Some(replaced) if step.len() == 1 && moves(replaced) => Action::Move,
        Some(Replaced { before: Some(_), after: Some(_), .. }) => Action::Edit,
        Some(Replaced { before: Some(_), after: None, .. }) => Action::Remove,
        _ => Action::Add,
    };
    Undone { action, note_ids: ids_of(step) }
}

/// The steps done and the steps taken back.
#[derive(Debug, Default)]
pub(super) struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// The last step is typing that goes on: more of it belongs to the same step.
    pub(super) is_open: bool,
    /// How many steps have been taken, back and forth.
    pub(super) taken: u32,
}

impl History {
    pub(super) fn done(&mut self, step: Step) {
        if step.is_empty() {
            return;
        }
        self.taken += 1;
        self.undone.clear();
        self.done.push(step);
        if self.done.len() > DEPTH {
            self.done.remove(0);
        }
        self.is_open = false;
    }

    /// An edit; typing joins the typing before it in the same note, unless another window has written in between.
    pub(super) fn edited(&mut self, edit: Replaced, is_typing: bool) {
        let goes_on = |last: &Replaced| match (&last.after, &edit.before) {
            (Some(left), Some(found)) => Arc::ptr_eq(left, found),
            _ => false,
        };
        match self.done.last_mut().and_then(|last| last.first_mut()) {
            Some(last) if is_typing && self.is_open && goes_on(last) => {
                last.after = edit.after;
                self.undone.clear();
            }
            _ => {
                self.done(vec![edit]);
                self.is_open = is_typing;
            }
        }
    }

    /// Forgets the last step, if all that it did was to add this note; answers whether it did.
    pub(super) fn forget_new(&mut self, id: &NoteId) -> bool {
        let is_it = matches!(self.done.last().map(Vec::as_slice),
            Some([Replaced { id: last, before: None, after: Some(_) }]) if last == id);
        if is_it {
            self.done.pop();
        }
        is_it
    }

    pub(super) fn undo(&mut self) -> Option<Step> {
        let step = self.done.pop()?;
        self.undone.push(step.clone());
        self.is_open = false;
        self.taken += 1;
        Some(step)
    }

    pub(super) fn redo(&mut self) -> Option<Step> {
        let step = self.undone.pop()?;
        self.done.push(step.clone());
        self.is_open = false;
        self.taken += 1;
        Some(step)
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}
