//! What a reader does to notes.

use super::*;
use crate::annotation::AnnotationError;
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
    emptied: Rc<Cell<bool>>,
    refused: Rc<RefCell<Option<String>>>,
    edited_elsewhere: Rc<RefCell<Option<Note>>>,
}

impl Shelf for Glass {
    fn save(&self, note: &Arc<Note>) -> Result<Option<Note>, String> {
        if self.broken.get() || self.refused.borrow().as_deref() == Some(note.id.as_str()) {
            return Err("full".to_owned());
        }
        self.notes.borrow_mut().insert(note.id.clone(), Note::clone(note));
        Ok(None)
    }

    fn delete(&self, id: &NoteId) -> Result<Option<Note>, String> {
        if self.broken.get() {
            return Err("full".to_owned());
        }
        let elsewhere = self.edited_elsewhere.borrow().clone();
        if elsewhere.is_none() {
            self.notes.borrow_mut().remove(id);
        }
        Ok(elsewhere)
    }

    fn was_emptied(&self) -> bool {
        self.emptied.take()
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
fn a_note_that_was_only_begun_leaves_nothing_to_undo() {
    let (mut notebook, shelf) = open();
    notebook.add(note("kept", 0, 4));
    notebook.add(note("begun", 4, 7));
    assert!(!notebook.unmake(&NoteId::new("kept")), "it is not the last");
    assert!(notebook.unmake(&NoteId::new("begun")));
    assert_eq!((ids(&notebook), shelf.notes.borrow().len()), (vec!["kept"], 1));
    assert!(!notebook.can_redo());
    notebook.edit(&NoteId::new("kept"), comment("说明"), Timestamp(2));
    assert!(!notebook.unmake(&NoteId::new("kept")), "there is something on it");
    notebook.undo(Timestamp(3));
    notebook.undo(Timestamp(3));
    assert!(ids(&notebook).is_empty() && !notebook.can_undo());
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

fn import(notebook: &mut Notebook, notes: Vec<Note>) -> Imported {
    let preview = notebook.preview(notes.into_iter().enumerate().collect(), Vec::new());
    notebook.commit(preview)
}

#[test]
fn an_import_is_one_step_and_leaves_newer_notes_alone() {
    let (mut notebook, shelf) = open();
    notebook.add(note("a", 4, 7));
    notebook.edit(&NoteId::new("a"), comment("新的"), Timestamp(9));
    let imported = import(&mut notebook, vec![note("a", 4, 7), note("b", 13, 18), note("c", 0, 2)]);
    assert_eq!(imported, Imported { imported: 2, duplicate: 1, unsaved: Vec::new() });
    assert_eq!(ids(&notebook), ["c", "a", "b"]);
    assert_eq!(notebook.notes()[1].note.comment, "新的");
    let undone = notebook.undo(Timestamp(10)).expect("the import");
    assert_eq!((undone.action, undone.note_ids.len()), (Action::Add, 2));
    assert_eq!((ids(&notebook), shelf.notes.borrow().len()), (vec!["a"], 1));
}

#[test]
fn an_import_is_looked_at_before_anything_is_done() {
    let (mut notebook, shelf) = open();
    let said = |id: &str, words: &str, at: i64| {
        let mut note = note(id, 4, 7);
        (note.comment, note.modified) = (words.to_owned(), Timestamp(at));
        note
    };
    notebook.add(said("a", "这里写的", 5));
    let mut elsewhere = note("far", 0, 2);
    (elsewhere.target.source, elsewhere.target.quote.exact) =
        ("https://b.example/".into(), "没有的话".into());
    let file = vec![
        said("a", "后来写的", 9),
        elsewhere,
        said("n", "一", 2),
        said("n", "一二", 3),
        said("n", "一", 2),
    ];
    let refused = vec![(7, Refusal::NoNote(AnnotationError::NoId))];
    let preview = notebook.preview(file.into_iter().enumerate().collect(), refused);
    assert_eq!((preview.new.len(), preview.newer.len(), preview.duplicate), (1, 1, 1));
    assert_eq!(preview.new[0].comment, "一二");
    let elsewhere = Refusal::Elsewhere("https://b.example/".to_owned());
    assert_eq!(preview.refused, [(1, elsewhere), (7, Refusal::NoNote(AnnotationError::NoId))]);
    assert_eq!((ids(&notebook), shelf.notes.borrow().len()), (vec!["a"], 1));
    notebook.commit(preview);
    let here = &notebook.notes()[0].note;
    assert_eq!((here.comment.as_str(), here.revisions[0].comment.as_str()), ("后来写的", "这里写的"));
    // The same file again has nothing new.
    let again = notebook.preview(vec![(0, said("a", "后来写的", 9))], Vec::new());
    assert_eq!((again.duplicate, again.newer.len()), (1, 0));
}

#[test]
fn an_older_text_that_is_not_here_comes_in_as_a_revision() {
    let (mut notebook, _) = open();
    notebook.add(note("a", 4, 7));
    notebook.edit(&NoteId::new("a"), comment("现在的"), Timestamp(9));
    let mut older = note("a", 4, 7);
    older.comment = "从前的".to_owned();
    assert_eq!(import(&mut notebook, vec![older]).imported, 1);
    let here = &notebook.notes()[0].note;
    assert_eq!((here.comment.as_str(), here.revisions[0].comment.as_str()), ("现在的", "从前的"));
}

#[test]
fn an_import_that_the_shelf_takes_in_part_says_which_part_it_did_not() {
    let (mut notebook, shelf) = open();
    *shelf.refused.borrow_mut() = Some("b".to_owned());
    let imported = import(&mut notebook, vec![note("a", 4, 7), note("b", 13, 18), note("c", 0, 2)]);
    assert_eq!((imported.imported, imported.unsaved), (3, vec![NoteId::new("b")]));
    assert_eq!(notebook.unsaved(), [NoteId::new("b")]);
    assert_eq!((notebook.notes().len(), shelf.notes.borrow().len()), (3, 2));
}

#[test]
fn many_are_deleted_as_one() {
    let (mut notebook, shelf) = open();
    for note in [note("a", 4, 7), note("b", 13, 18), note("c", 0, 2)] {
        notebook.add(note);
    }
    assert_eq!(notebook.remove_all(&[NoteId::new("a"), NoteId::new("x"), NoteId::new("c")]), 0);
    assert_eq!((ids(&notebook), shelf.notes.borrow().len()), (vec!["b"], 1));
    assert_eq!(notebook.undo(Timestamp(9)).map(|undone| undone.note_ids.len()), Some(2));
    assert_eq!(notebook.notes().len(), 3);
}

#[test]
fn deleting_what_another_window_has_changed_keeps_the_change() {
    let (mut notebook, shelf) = open();
    notebook.add(note("a", 4, 7));
    let mut theirs = note("a", 4, 7);
    theirs.comment = "另一扇窗写的".to_owned();
    *shelf.edited_elsewhere.borrow_mut() = Some(theirs);
    assert!(!notebook.remove(&NoteId::new("a")));
    assert_eq!(notebook.notes()[0].note.comment, "另一扇窗写的");
    *shelf.edited_elsewhere.borrow_mut() = None;
    assert!(notebook.remove(&NoteId::new("a")));
}

fn typed(words: &str, over: &str) -> Change {
    let over = Some(Revision { comment: over.to_owned(), ..Revision::default() });
    Change { comment: Some(words.to_owned()), tags: Some(Vec::new()), over, ..Change::default() }
}

#[test]
fn what_is_written_here_and_there_at_once_stays_both() {
    let (mut notebook, _) = open();
    let id = NoteId::new("a");
    notebook.add(note("a", 4, 7));
    let mut theirs = note("a", 4, 7);
    (theirs.comment, theirs.tags, theirs.modified) = ("那边".into(), vec!["问".into()], Timestamp(3));
    notebook.adopt(theirs, false);
    // The reader here began before that, and has typed.
    notebook.edit(&id, typed("这边", ""), Timestamp(2));
    let here = &notebook.notes()[0].note;
    assert_eq!((here.comment.as_str(), here.revisions[0].comment.as_str()), ("这边", "那边"));
    assert_eq!((here.modified, here.tags.as_slice()), (Timestamp(4), &["问".to_owned()][..]));
    // One who has typed nothing writes nothing over.
    notebook.adopt(Note { comment: "那边又写".into(), ..Note::clone(here) }, false);
    notebook.edit(&id, typed("这边", "这边"), Timestamp(9));
    assert_eq!(notebook.notes()[0].note.comment, "那边又写");
}

#[test]
fn a_note_deleted_elsewhere_comes_back_with_what_is_typed_here() {
    let (mut notebook, shelf) = open();
    let id = NoteId::new("a");
    for reloaded in [false, true] {
        notebook.add(note("a", 4, 7));
        if reloaded {
            notebook.reload(Vec::new())
        } else {
            notebook.forget(&id)
        }
        notebook.edit(&id, typed("", ""), Timestamp(4));
        assert!(notebook.notes().is_empty());
        notebook.edit(&id, typed("我正在写", ""), Timestamp(5));
        assert_eq!(notebook.notes()[0].note.comment, "我正在写");
        assert_eq!(shelf.notes.borrow()[&id].comment, "我正在写");
    }
}

#[test]
fn a_window_that_wrote_blindly_over_a_text_loses_neither() {
    let (mut notebook, shelf) = open();
    let id = NoteId::new("a");
    notebook.add(note("a", 4, 7));
    notebook.edit(&id, comment("这边"), Timestamp(5));
    let mut theirs = note("a", 4, 7);
    (theirs.comment, theirs.modified) = ("那边".into(), Timestamp(6));
    notebook.adopt(theirs, true);
    let kept = shelf.notes.borrow()[&id].clone();
    assert_eq!((kept.comment.as_str(), kept.revisions[0].comment.as_str()), ("那边", "这边"));
    assert_eq!(notebook.notes()[0].note.as_ref(), &kept);
}

#[test]
fn taking_back_does_not_write_over_another_window() {
    let (mut notebook, _) = open();
    let id = NoteId::new("a");
    notebook.add(note("a", 4, 7));
    notebook.edit(&id, comment("一"), Timestamp(5));
    let theirs =
        Note {
            comment: "那边的".into(), modified: Timestamp(8), ..Note::clone(&notebook.notes()[0].note)
        };
    notebook.adopt(theirs, false);
    notebook.undo(Timestamp(6));
    let here = &notebook.notes()[0].note;
    assert_eq!((here.comment.as_str(), here.revisions[0].comment.as_str()), ("", "那边的"));
    assert_eq!(here.modified, Timestamp(9));
    // Nor does taking back that it was written delete what somebody else wrote into it.
    let theirs = Note { comment: "又写".into(), ..Note::clone(here) };
    notebook.adopt(theirs, false);
    notebook.undo(Timestamp(7));
    assert_eq!(notebook.notes().len(), 1);
}

#[test]
fn what_is_not_kept_and_was_changed_elsewhere_stays_both() {
    let (mut notebook, shelf) = open();
    let id = NoteId::new("a");
    notebook.add(note("a", 4, 7));
    for reloads in [true, false] {
        shelf.broken.set(true);
        notebook.edit(&id, comment("未存的"), Timestamp(5));
        shelf.broken.set(false);
        let mut theirs = note("a", 4, 7);
        (theirs.comment, theirs.modified) = ("那边的".into(), Timestamp(50));
        if reloads {
            notebook.reload(vec![theirs])
        } else {
            notebook.adopt(theirs, false)
        }
        let kept = shelf.notes.borrow()[&id].clone();
        assert_eq!((kept.comment.as_str(), kept.revisions[0].comment.as_str()), ("那边的", "未存的"));
        assert!(notebook.unsaved().is_empty());
        notebook.edit(&id, comment(""), Timestamp(60));
        notebook.remove(&id);
        notebook.add(note("a", 4, 7));
    }
}

#[test]
fn an_emptied_shelf_is_told_of_and_filled_again_when_asked() {
    let (mut notebook, shelf) = open();
    for note in [note("a", 4, 7), note("b", 13, 18)] {
        notebook.add(note);
    }
    shelf.notes.borrow_mut().clear();
    shelf.emptied.set(true);
    notebook.edit(&NoteId::new("a"), comment("还在"), Timestamp(5));
    assert_eq!((notebook.unsaved(), notebook.was_emptied()), (vec![NoteId::new("b")], true));
    notebook.retry_unsaved();
    assert_eq!((shelf.notes.borrow().len(), notebook.was_emptied()), (2, false));
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
    assert_eq!(*notebook.notes()[0].note, note("a", 4, 7));
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

#[test]
fn notes_follow_an_article_that_is_changed_under_them() {
    let (mut notebook, shelf) = open();
    notebook.add(note("a", 4, 7));
    notebook.add(note("b", 14, 17));
    notebook.remove(&NoteId::new("b"));
    let kept = shelf.notes.borrow().clone();
    // Emptied on the way, and longer in the end.
    notebook.set_text(&IndexedText::default());
    assert_eq!(notebook.notes()[0].anchoring.span(), None);
    let longer = ["最新消息。", TEXT].concat();
    notebook.set_text(&IndexedText::from(longer.as_str()));
    assert_eq!(notebook.notes()[0].anchoring.span(), Some(Span::new(9usize, 12usize)));
    // Nothing of that is a change of the reader's.
    assert_eq!(*shelf.notes.borrow(), kept);
    notebook.undo(Timestamp(9));
    assert_eq!(ids(&notebook), ["a", "b"]);
    assert_eq!(notebook.notes()[1].anchoring.span(), Some(Span::new(19usize, 22usize)));
    let mut layer = Layer::new("教师".to_owned(), vec![note("c", 4, 7)]);
    layer.unplace();
    notebook.place_layer(&mut layer);
    assert_eq!(layer.notes[0].anchoring.span(), Some(Span::new(9usize, 12usize)));
}

#[test]
fn ones_own_and_a_layers_notes_stand_beside_the_text_in_its_order() {
    let (mut notebook, _) = open();
    notebook.add(note("mine", 13, 16));
    notebook.add(note("both", 4, 7));
    let mut lost = note("lost", 0, 2);
    lost.target.quote.exact = "没有的话".to_owned();
    notebook.add(lost.clone());
    lost.id = NoteId::new("lost-too");
    let notes = vec![note("theirs", 4, 8), note("both", 4, 7), note("first", 0, 2), lost];
    let mut layer = Layer::new("教师".to_owned(), notes);
    notebook.place_layer(&mut layer);
    // One came to be the reader's own only then.
    let both = Placed { is_of_layer: true, ..notebook.notes()[0].clone() };
    layer.notes.push(both);
    let said = |placed: &&Placed| (placed.note.id.as_str().to_owned(), placed.is_of_layer);
    let all: Vec<_> = beside(notebook.notes(), &layer.notes).iter().map(said).collect();
    let expected = [("first", true), ("theirs", true), ("both", false), ("mine", false)];
    assert_eq!(all, expected.map(|(id, is_of_layer)| (id.to_owned(), is_of_layer)));
    let own: Vec<_> = beside(notebook.notes(), &[]).iter().map(said).collect();
    assert_eq!(own, [("both".to_owned(), false), ("mine".to_owned(), false)]);
}

/// An article of many different sentences, and a note on the number of each.
fn many(count: usize) -> (String, Vec<Note>) {
    let sentences = (0..count)
        .map(|at| format!("第{at:04}项：{}。", char::from_u32(0x4e00 + at as u32 * 7).unwrap_or('一')));
    let text = sentences.collect::<String>();
    let indexed = IndexedText::from(text.as_str());
    let note = |at: usize| {
        let start = at * 9 + 1;
        Note::new(format!("urn:x:{at}"), &indexed, Span::new(start, start + 4), "k", Timestamp(1))
    };
    let notes = (0..count).map(note).collect();
    (text, notes)
}

#[test]
fn of_many_notes_in_a_changed_text_some_are_looked_for_at_a_time() {
    let (text, notes) = many(1_000);
    let at_home = IndexedText::from(text.as_str());
    let mut notebook = Notebook::open("k", notes, &at_home, Box::new(Glass::default()));
    // Those that are where they were are all found at once.
    assert!(!notebook.is_seeking() && notebook.notes().iter().all(|it| it.anchoring.span().is_some()));
    notebook.set_text(&IndexedText::new(["前言。", &text].concat()));
    let sought =
        |notebook: &Notebook| notebook.notes().iter().filter(|it| it.anchoring.status() == "sought").count();
    let mut turns = 0;
    while notebook.is_seeking() {
        let before = sought(&notebook);
        assert!(
            before > 0 && notebook.notes().iter().all(|it| !it.anchoring.is_lost()),
            "none is called lost"
        );
        notebook.place_on();
        assert!(sought(&notebook) < before);
        turns += 1;
    }
    assert!((2..20).contains(&turns), "{turns}");
    for (at, placed) in notebook.notes().iter().enumerate() {
        assert_eq!(placed.note.id.as_str(), format!("urn:x:{at}"));
        assert_eq!(placed.anchoring.span(), Some(Span::new(at * 9 + 4, at * 9 + 8)));
    }
}

#[test]
fn a_layers_notes_are_looked_for_some_at_a_time_and_other_articles_left_out_in_the_end() {
    let (text, notes) = many(1_000);
    let text = IndexedText::new(["前言。", &text].concat());
    let mut notebook = Notebook::open("k", Vec::new(), &text, Box::new(Glass::default()));
    notebook.add(Note { id: NoteId::new("urn:x:7"), ..notes[7].clone() });
    let lost = |id: &str, source: &str| {
        let mut note = Note { id: NoteId::new(id), ..notes[0].clone() };
        (note.target.quote.exact, note.target.source) = ("没有的话".to_owned(), source.to_owned());
        note
    };
    let theirs = notes.iter().cloned().chain([lost("here", "k"), lost("elsewhere", "other")]).collect();
    let mut layer = Layer::new("教师".to_owned(), theirs);
    let mut turns = 0;
    while layer.is_seeking {
        assert!(layer.notes.len() == 1_002 && layer.notes.iter().all(|it| it.anchoring.status() != "exact"));
        notebook.place_layer(&mut layer);
        turns += 1;
    }
    assert!((2..20).contains(&turns), "{turns}");
    let ids: Vec<&str> = layer.notes.iter().map(|it| it.note.id.as_str()).collect();
    assert_eq!((ids.len(), ids[6], ids[7], ids[999]), (1_000, "urn:x:6", "urn:x:8", "here"));
    assert!(layer.notes[..999].iter().all(|it| it.is_of_layer && it.anchoring.span().is_some()));
    // What has once been of this article stays, though its words go.
    layer.unplace();
    notebook.set_text(&IndexedText::default());
    while {
        notebook.place_layer(&mut layer);
        layer.is_seeking
    } {}
    assert_eq!(layer.notes.len(), 1_000);
}

#[test]
fn notes_that_could_stand_in_many_places_find_theirs_by_the_others() {
    const REFRAIN: &str = "要坚持以人民为中心的发展思想，深化机构改革，推动高质量发展。";
    let (unlike, mut notes) = many(20);
    let text = [&unlike, &*REFRAIN.repeat(200)].concat();
    let indexed = IndexedText::from(text.as_str());
    let (first, len) = (unlike.chars().count() + 3, REFRAIN.chars().count());
    let of = |name: &str, text: &IndexedText, start: usize| {
        Note::new(format!("urn:x:{name}"), text, Span::new(start, start + 3), "k", Timestamp(2))
    };
    notes.extend((3..197).map(|at| of(&format!("refrain-{at}"), &indexed, first + at * len)));
    let edited = IndexedText::new(["前言，写在前面。", &text].concat());
    let is_right = |placed: &Placed| {
        let old = placed.note.target.position.map(|at| at.start().index() + 8);
        placed.anchoring.span().map(|at| at.start().index()) == old
    };
    let open = |notes: Vec<Note>| {
        let mut notebook = Notebook::open("k", notes, &edited, Box::new(Glass::default()));
        let mut turns = 0;
        while notebook.is_seeking() {
            notebook.place_on();
            turns += 1;
        }
        // Asked for some at a time, as they are looked for.
        assert!(turns > 4, "{turns}");
        notebook
    };
    let mut notebook = open(notes.clone());
    assert!(notebook.notes().iter().all(is_right));
    // What is written now stands beside them and does not know what was before.
    let today = of("today", &edited, first + 100 * len + 8);
    notebook.add(today.clone());
    assert!(notebook.notes().iter().filter(|placed| placed.note.id != today.id).all(is_right));
    notes.push(today.clone());
    let again = open(notes);
    assert!(again.notes().iter().filter(|placed| placed.note.id != today.id).all(is_right));
    assert_eq!(find(again.notes(), &today.id).map(|placed| placed.anchoring.status()), Some("exact"));
}

#[test]
fn a_thousand_notes_go_and_come_back_as_one_step() {
    let (text, notes) = many(1_000);
    let shelf = Glass::default();
    let text = IndexedText::from(text.as_str());
    let mut notebook = Notebook::open("k", Vec::new(), &text, Box::new(shelf.clone()));
    let preview = notebook.preview(notes.into_iter().enumerate().collect(), Vec::new());
    assert_eq!(notebook.commit(preview).imported, 1_000);
    let all: Vec<NoteId> = notebook.notes().iter().map(|it| it.note.id.clone()).collect();
    // In any order, one of them not there, and one twice.
    let mut picked: Vec<NoteId> = all.iter().rev().take(900).cloned().collect();
    picked.extend([NoteId::new("urn:x:none"), all[999].clone()]);
    assert_eq!(notebook.remove_all(&picked), 0);
    assert_eq!((notebook.notes().len(), shelf.notes.borrow().len()), (100, 100));
    let undone = notebook.undo(Timestamp(2)).expect("undone");
    assert_eq!((undone.action, undone.note_ids.len()), (Action::Remove, 900));
    let here: Vec<NoteId> = notebook.notes().iter().map(|it| it.note.id.clone()).collect();
    assert_eq!((here, shelf.notes.borrow().len()), (all, 1_000));
    notebook.redo(Timestamp(3));
    assert_eq!((notebook.notes().len(), shelf.notes.borrow().len()), (100, 100));
    notebook.undo(Timestamp(4));
    notebook.undo(Timestamp(5));
    assert!(notebook.notes().is_empty() && shelf.notes.borrow().is_empty());
}
