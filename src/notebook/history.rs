//! What was done to the notes, to be taken back and done again.

use crate::annotation::{Note, NoteId};

/// How many steps are remembered.
const DEPTH: usize = 200;

/// What a change does to a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It is new.
    Add,
    /// It is another than before.
    Edit,
    /// It is gone.
    Remove,
}

/// A change that was taken back, or done again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// What the change had done.
    pub action: Action,
    /// To which note.
    pub note_id: NoteId,
}

/// One note before and after a change.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) id: NoteId,
    pub(super) before: Option<Note>,
    pub(super) after: Option<Note>,
}

impl Step {
    pub(super) fn undone(&self) -> Undone {
        let action = match (&self.before, &self.after) {
            (None, _) => Action::Add,
            (Some(_), Some(_)) => Action::Edit,
            (Some(_), None) => Action::Remove,
        };
        Undone { action, note_id: self.id.clone() }
    }
}

/// The steps done and the steps taken back.
#[derive(Debug, Default)]
pub(super) struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// The last step is typing that goes on: more of it belongs to the same step.
    is_open: bool,
}

impl History {
    pub(super) fn done(&mut self, step: Step) {
        self.undone.clear();
        self.done.push(step);
        if self.done.len() > DEPTH {
            self.done.remove(0);
        }
        self.is_open = false;
    }

    /// An edit; typing joins the typing before it in the same note.
    pub(super) fn edited(&mut self, step: Step, is_typing: bool) {
        match self.done.last_mut() {
            Some(last) if is_typing && self.is_open && last.id == step.id => {
                last.after = step.after;
                self.undone.clear();
            }
            _ => {
                self.done(step);
                self.is_open = is_typing;
            }
        }
    }

    pub(super) fn undo(&mut self) -> Option<Step> {
        let step = self.done.pop()?;
        self.undone.push(step.clone());
        self.is_open = false;
        Some(step)
    }

    pub(super) fn redo(&mut self) -> Option<Step> {
        let step = self.undone.pop()?;
        self.done.push(step.clone());
        self.is_open = false;
        Some(step)
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}
