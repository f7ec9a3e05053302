//! What a reader does to notes.

use super::*;
use crate::text::Span;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

const TEXT: &str = "市委书记李俊明作动员讲话,市长郑连生主持会议。";

/// A shelf that one can look into, and that can be broken.
#[derive(Clone, Default)]
struct Glass {
    notes: Rc<RefCell<BTreeMap<NoteId, Note>>>,
    broken: Rc<Cell<bool>>,
}

impl Shelf for Glass {
    fn save(&self, note: &Note) -> Result<(), String> {
        if self.broken.get() {
            return Err("full".to_owned());
        }
        self.notes.borrow_mut().insert(note.id.clone(), note.clone());
        Ok(())
    }

    fn delete(&self, id: &NoteId) -> Result<(), String> {
        if self.broken.get() {
            return Err("full".to_owned());
        }
        self.notes.borrow_mut().remove(id);
        Ok(())
    }
}

fn open() -> (Notebook, Glass) {
    let shelf = Glass::default();
    (Notebook::open("k", Vec::new(), &IndexedText::from(TEXT), Box::new(shelf.clone())), shelf)
}

fn note(id: &str, start: usize, end: usize) -> Note {
    Note::new(id.to_owned(), &IndexedText::from(TEXT), Span::new(start, end), "k", Timestamp(1))
}

fn comment(words: &str) -> Change {
    Change { comment: Some(words.to_owned()), ..Change::default() }
}

fn ids(notebook: &Notebook) -> Vec<&str> {
    notebook.notes().iter().map(|placed| placed.note.id.as_str()).collect()
}

#[test]
fn notes_stand_in_text_order_and_the_lost_last() {
    let (mut notebook, _) = open();
    let mut lost = note("lost", 0, 2);
    lost.target.quote.exact = "从未有过的话".to_owned();
    for note in [lost, note("late", 13, 18), note("early", 4, 7), note("longer", 4, 12)] {
        notebook.add(note);
    }
    assert_eq!(ids(&notebook), ["longer", "early", "late", "lost"]);
    let here: Vec<_> = notebook.at(Offset(5)).iter().map(|id| id.as_str().to_owned()).collect();
    assert_eq!(here, ["early", "longer"]);
}

#[test]
fn everything_done_can_be_taken_back_and_done_again() {
    let (mut notebook, shelf) = open();
    let id = NoteId::new("a");
    notebook.add(note("a", 4, 7));
    notebook.edit(&id, comment("谁"), Timestamp(2));
    notebook.edit(&id, Change { color: Some(Color::Blue), ..Change::default() }, Timestamp(3));
    notebook.remove(&id);
    assert!(shelf.notes.borrow().is_empty());
    let mut actions = Vec::new();
    while let Some(undone) = notebook.undo(Timestamp(9)) {
        actions.push(undone.action);
    }
    assert_eq!(actions, [Action::Remove, Action::Edit, Action::Edit, Action::Add]);
    assert!(notebook.notes().is_empty() && shelf.notes.borrow().is_empty() && !notebook.can_undo());
    while notebook.redo(Timestamp(9)).is_some() {}
    assert!(notebook.notes().is_empty() && !notebook.can_redo());
    notebook.undo(Timestamp(10));
    let kept = shelf.notes.borrow()[&id].clone();
    assert_eq!((kept.comment.as_str(), kept.color, kept.modified), ("谁", Color::Blue, Timestamp(10)));
}

#[test]
fn typing_is_taken_back_as_one() {
    let (mut notebook, _) = open();
    let id = NoteId::new("a");
    notebook.add(note("a", 4, 7));
    for words in ["谁", "谁是", "谁是书记"] {
        notebook.edit(&id, comment(words), Timestamp(2));
    }
    notebook.undo(Timestamp(3));
    assert_eq!(notebook.notes()[0].note.comment, "");
    notebook.redo(Timestamp(4));
    assert_eq!(notebook.notes()[0].note.comment, "谁是书记");
}

#[test]
fn what_changes_nothing_leaves_nothing_to_undo() {
    let (mut notebook, _) = open();
    notebook.add(note("a", 4, 7));
    notebook.edit(&NoteId::new("a"), comment(""), Timestamp(5));
    notebook.edit(&NoteId::new("none"), comment("x"), Timestamp(5));
    notebook.remove(&NoteId::new("none"));
    assert_eq!(notebook.undo(Timestamp(6)).map(|undone| undone.action), Some(Action::Add));
}

#[test]
fn what_the_shelf_refuses_is_kept_here_and_offered_again() {
    let (mut notebook, shelf) = open();
    shelf.broken.set(true);
    notebook.add(note("a", 4, 7));
    assert_eq!((notebook.notes().len(), notebook.unsaved()), (1, vec![NoteId::new("a")]));
    notebook.retry_unsaved();
    assert_eq!(notebook.unsaved().len(), 1);
    shelf.broken.set(false);
    notebook.retry_unsaved();
    assert!(notebook.unsaved().is_empty());
    assert_eq!(shelf.notes.borrow().len(), 1);
    shelf.broken.set(true);
    notebook.remove(&NoteId::new("a"));
    shelf.broken.set(false);
    notebook.retry_unsaved();
    assert!(shelf.notes.borrow().is_empty() && notebook.unsaved().is_empty());
}

#[test]
fn a_note_comes_back_when_its_words_do() {
    let (mut notebook, _) = open();
    notebook.add(note("a", 4, 7));
    notebook.replace_text(&IndexedText::from("另一篇文章。"));
    assert_eq!(notebook.notes()[0].anchoring.status(), "orphan");
    notebook.replace_text(&IndexedText::new(["会上,", TEXT].concat()));
    assert_eq!(notebook.notes()[0].anchoring.span(), Some(Span::new(7usize, 10usize)));
}

#[test]
fn an_import_is_one_step_and_leaves_newer_notes_alone() {
    let (mut notebook, shelf) = open();
    notebook.add(note("a", 4, 7));
    notebook.edit(&NoteId::new("a"), comment("新的"), Timestamp(9));
    let imported = notebook.import(vec![note("a", 4, 7), note("b", 13, 18), note("c", 0, 2)]);
    assert_eq!(imported, Imported { imported: 2, duplicate: 1 });
    assert_eq!(ids(&notebook), ["c", "a", "b"]);
    assert_eq!(notebook.notes()[1].note.comment, "新的");
    let undone = notebook.undo(Timestamp(10)).expect("the import");
    assert_eq!((undone.action, undone.note_ids.len()), (Action::Add, 2));
    assert_eq!((ids(&notebook), shelf.notes.borrow().len()), (vec!["a"], 1));
}

#[test]
fn what_another_window_did_is_shown_and_what_is_not_kept_stays() {
    let (mut notebook, shelf) = open();
    notebook.add(note("a", 4, 7));
    shelf.broken.set(true);
    notebook.add(note("mine", 0, 2));
    notebook.reload(vec![note("theirs", 13, 18)]);
    assert_eq!(ids(&notebook), ["mine", "theirs"]);
    assert_eq!(notebook.unsaved(), [NoteId::new("mine")]);
}

#[test]
fn a_note_is_put_onto_other_words_and_back() {
    let (mut notebook, shelf) = open();
    let mut lost = note("a", 0, 2);
    lost.target.quote.exact = "从未有过的话".to_owned();
    lost.comment = "留着".to_owned();
    notebook.add(lost.clone());
    assert_eq!(notebook.notes()[0].anchoring.span(), None);

    let id = lost.id.clone();
    notebook.retarget(&id, Span::new(4usize, 7usize), Timestamp(2));
    let placed = &notebook.notes()[0];
    assert_eq!(placed.anchoring.span(), Some(Span::new(4usize, 7usize)));
    assert_eq!((placed.note.target.quote.exact.as_str(), placed.note.comment.as_str()), ("李俊明", "留着"));
    assert_eq!(placed.note.modified, Timestamp(2));
    assert_eq!(shelf.notes.borrow()[&id].target.quote.exact, "李俊明");

    let undone = notebook.undo(Timestamp(3)).expect("a step");
    assert_eq!(undone.action, Action::Move);
    assert_eq!(notebook.notes()[0].note.target, lost.target);
    notebook.redo(Timestamp(4));
    assert_eq!(notebook.notes()[0].note.target.quote.exact, "李俊明");
}

#[test]
fn no_words_are_no_place_and_a_note_that_is_not_there_stays_away() {
    let (mut notebook, _) = open();
    notebook.add(note("a", 4, 7));
    notebook.retarget(&NoteId::new("a"), Span::new(9usize, 9usize), Timestamp(2));
    notebook.retarget(&NoteId::new("a"), Span::new(900usize, 990usize), Timestamp(2));
    notebook.retarget(&NoteId::new("b"), Span::new(0usize, 2usize), Timestamp(2));
    assert_eq!(ids(&notebook), ["a"]);
    assert_eq!(notebook.notes()[0].note, note("a", 4, 7));
}

#[test]
fn many_are_deleted_and_come_back_in_one_step() {
    let (mut notebook, shelf) = open();
    for id in ["a", "b", "c"] {
        notebook.add(note(id, 4, 7));
    }
    notebook.remove_all(&[NoteId::new("a"), NoteId::new("c"), NoteId::new("none")]);
    assert_eq!(ids(&notebook), ["b"]);
    assert_eq!(shelf.notes.borrow().len(), 1);
    let undone = notebook.undo(Timestamp(2)).expect("a step");
    assert_eq!((undone.action, undone.note_ids.len()), (Action::Remove, 2));
    assert_eq!(notebook.notes().len(), 3);
    notebook.remove_all(&[]);
    assert!(notebook.can_redo(), "nothing was done, so what was taken back can be done again");
}
