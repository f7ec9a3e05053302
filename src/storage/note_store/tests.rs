//! What a store does, and what is done to it.

use super::*;
use crate::annotation::Timestamp;
use crate::storage::Memory;
use crate::text::{IndexedText, Span};
use std::cell::Cell;

fn note(id: &str, created: i64) -> Note {
    let text = IndexedText::from("做到“两个维护”");
    let mut note = Note::new(id.to_owned(), &text, Span::new(3usize, 7usize), "文 1", Timestamp(created));
    note.comment = "哪两个？".to_owned();
    note
}

/// A store that fails as it is told.
#[derive(Default)]
struct Faulty {
    inner: Memory,
    full: Cell<bool>,
    forgetful: Cell<bool>,
    closed: Cell<bool>,
}

impl KeyValue for Faulty {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        if self.closed.get() { Err(StorageError::Unavailable) } else { self.inner.get(key) }
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        match () {
            () if self.full.get() => Err(StorageError::Full),
            () if self.forgetful.get() => Ok(()),
            () => self.inner.set(key, value),
        }
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        if self.forgetful.get() { Ok(()) } else { self.inner.remove(key) }
    }
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        if self.closed.get() { Err(StorageError::Unavailable) } else { self.inner.keys(prefix) }
    }
}

#[test]
fn notes_come_back_in_the_order_they_were_written() {
    let memory: Rc<dyn KeyValue> = Rc::new(Memory::default());
    let store = NoteStore::new(Rc::clone(&memory), "文 1", "", "");
    for (id, created) in [("urn:uuid:b", 1), ("urn:uuid:a", 2)] {
        assert_eq!(store.save(&note(id, created)), Ok(None));
    }
    let loaded = store.load().expect("a working store");
    assert_eq!(loaded.notes, [note("urn:uuid:b", 1), note("urn:uuid:a", 2)]);
    assert_eq!(NoteStore::new(Rc::clone(&memory), "文", "", "").load(), Ok(Loaded::default()));
    assert_eq!(store.delete(&loaded.notes[0].id), Ok(None));
    assert_eq!(store.load().map(|loaded| loaded.notes.len()), Ok(1));
}

#[test]
fn what_others_write_while_the_notes_are_read_is_not_missed() {
    for is_told in [true, false] {
        let memory: Rc<dyn KeyValue> = Rc::new(Memory::default());
        let theirs = NoteStore::new(Rc::clone(&memory), "文 1", "", "theirs");
        for (name, created) in ["a", "b", "c", "d"].into_iter().zip(1..) {
            assert_eq!(theirs.save(&note(name, created)), Ok(None));
        }
        let ours = NoteStore::new(Rc::clone(&memory), "文 1", "", "ours");
        assert_eq!((ours.is_reading(), ours.read_on(2), ours.is_reading()), (false, Ok(None), true));
        ours.reading.borrow_mut().as_mut().expect("a reading").is_stale = false;
        let mut names: Vec<NoteId> =
            theirs.load().expect("notes").notes.into_iter().map(|note| note.id).collect();
        let is_read = |id: &NoteId| ours.seen.borrow().iter().any(|seen| seen.key == hash(&ours.key(id)));
        sort_by(&mut names, |one, other| is_read(other).cmp(&is_read(one)));
        // Of those that have been read one is changed and one goes, and so of those that have not; some are new.
        let changed = |id: &NoteId| Note { comment: "改过".to_owned(), ..note(id.as_str(), 1) };
        for two in names.chunks(2) {
            assert_eq!(theirs.save(&changed(&two[0])), Ok(None));
            assert_eq!(theirs.delete(&two[1]), Ok(None));
        }
        for more in ["new", "newer", "newest"] {
            assert_eq!(theirs.save(&note(more, 9)), Ok(None));
        }
        assert!(!is_told || ours.is_reading());
        let mut loaded = None;
        while loaded.is_none() {
            loaded = ours.read_on(1).expect("a working store");
        }
        let mut notes = loaded.expect("all of them").notes;
        let count = notes.len();
        let mut hear = |id: NoteId| match ours.news(&ours.key(&id)) {
            Some(News { note, .. }) => {
                notes.retain(|other| other.id != id);
                notes.extend(note);
                true
            }
            None => false,
        };
        let told = names.iter().cloned().chain(["new", "newer", "newest"].map(NoteId::new)).map(&mut hear);
        // Told in time, it came with the notes; else it is news.
        let expected = if is_told { [false; 7] } else { [true, true, false, false, true, true, true] };
        assert_eq!(told.collect::<Vec<_>>(), expected);
        assert_eq!(count, if is_told { 5 } else { 3 });
        for (id, is_there) in names.iter().zip([true, false, true, false]) {
            let found = notes.iter().find(|note| note.id == *id);
            assert_eq!(found, is_there.then(|| changed(id)).as_ref());
        }
        assert_eq!(notes.len(), 5);
    }
}

#[test]
fn what_is_no_note_is_set_aside_and_the_others_load() {
    let memory = Rc::new(Memory::default());
    let store = NoteStore::new(Rc::clone(&memory) as Rc<dyn KeyValue>, "k", "", "");
    store.save(&note("urn:uuid:a", 1)).expect("saved");
    for (key, value) in [
        ("bianzhu:1:k:x", "{\"type\":"),
        ("bianzhu:1:k:y", "[]"),
        ("bianzhu:1:k:y2", "null"),
        ("bianzhu:1:k:y3", "7"),
        ("bianzhu:1:k:y4", "\"词\""),
        ("bianzhu:1:k:y5", "{\"id\":7,\"type\":\"Annotation\",\"target\":[]}"),
        ("bianzhu:1:k:y6", ""),
    ] {
        memory.set(key, value).expect("memory");
    }
    let copy = memory.get("bianzhu:1:k:urn%3Auuid%3Aa").expect("memory").expect("the note");
    memory.set("bianzhu:1:k:z", &copy).expect("memory");
    let loaded = store.load().expect("a working store");
    assert_eq!((loaded.notes.len(), loaded.problems.len()), (1, 8));
    assert_eq!(memory.get("bianzhu:1:k:x"), Ok(None));
    assert_eq!(memory.get("bianzhu:aside:bianzhu:1:k:x"), Ok(Some("{\"type\":".to_owned())));
    assert!(loaded.problems[0].to_string().contains("bianzhu:aside:bianzhu:1:k:x"));
    assert_eq!(store.load().map(|loaded| loaded.problems.len()), Ok(0));
}

#[test]
fn a_second_bad_value_does_not_overwrite_the_first() {
    let memory = Rc::new(Memory::default());
    let store = NoteStore::new(Rc::clone(&memory) as Rc<dyn KeyValue>, "k", "", "");
    for bad in ["one", "two"] {
        memory.set("bianzhu:1:k:x", bad).expect("memory");
        assert_eq!(store.load().map(|loaded| loaded.problems.len()), Ok(1));
    }
    assert_eq!(memory.get("bianzhu:aside:bianzhu:1:k:x"), Ok(Some("one".to_owned())));
    assert_eq!(memory.get("bianzhu:aside:bianzhu:1:k:x+"), Ok(Some("two".to_owned())));
}

#[test]
fn a_store_that_fails_is_believed_only_when_it_reads_back() {
    let faulty = Rc::new(Faulty::default());
    let store = NoteStore::new(Rc::clone(&faulty) as Rc<dyn KeyValue>, "k", "", "");
    store.save(&note("urn:uuid:a", 1)).expect("saved");
    faulty.forgetful.set(true);
    assert_eq!(store.save(&note("urn:uuid:b", 1)), Err(StorageError::Unverified));
    assert_eq!(store.delete(&NoteId::new("urn:uuid:a")), Err(StorageError::Unverified));
    faulty.full.set(true);
    assert_eq!(store.save(&note("urn:uuid:b", 1)), Err(StorageError::Full));
    faulty.closed.set(true);
    assert_eq!(store.load(), Err(StorageError::Unavailable));
}

#[test]
fn a_bad_value_that_cannot_be_moved_stays_where_it_is() {
    let faulty = Rc::new(Faulty::default());
    faulty.inner.set("bianzhu:1:k:x", "bad").expect("memory");
    faulty.full.set(true);
    let store = NoteStore::new(Rc::clone(&faulty) as Rc<dyn KeyValue>, "k", "", "");
    assert_eq!(
        store.load().map(|loaded| loaded.problems[0].set_aside_as.clone()),
        Ok("bianzhu:1:k:x".to_owned())
    );
    assert_eq!(faulty.inner.get("bianzhu:1:k:x"), Ok(Some("bad".to_owned())));
}

fn shared() -> Rc<dyn KeyValue> {
    Rc::new(Memory::default())
}

fn saying(id: &str, words: &str, modified: i64) -> Note {
    let mut note = note(id, 1);
    note.target.source = "k".to_owned();
    (note.comment, note.modified) = (words.to_owned(), Timestamp(modified));
    note
}

fn only(store: &NoteStore) -> Note {
    let mut notes = store.load().expect("a working store").notes;
    assert_eq!(notes.len(), 1);
    notes.remove(0)
}

#[test]
fn two_windows_on_one_note_keep_both_texts() {
    let memory = shared();
    let (one, other) =
        (NoteStore::new(Rc::clone(&memory), "k", "", ""), NoteStore::new(Rc::clone(&memory), "k", "", ""));
    one.save(&saying("urn:x:1", "", 1)).expect("saved");
    assert_eq!(only(&other).comment, "");
    assert_eq!(one.save(&saying("urn:x:1", "甲", 2)), Ok(None));
    let merged = other.save(&saying("urn:x:1", "乙", 3)).expect("saved").expect("merged");
    assert_eq!((merged.comment.as_str(), merged.revisions[0].comment.as_str()), ("乙", "甲"));
    assert_eq!(only(&NoteStore::new(memory, "k", "", "")), merged);
    // The first hears of it, and then writes on without a further revision.
    let news = one.news("bianzhu:1:k:urn%3Ax%3A1").expect("news");
    assert_eq!((news.note.as_ref(), news.overwrote), (Some(&merged), false));
    assert_eq!(one.news("bianzhu:1:k:urn%3Ax%3A1"), None);
    assert_eq!(one.save(&Note { comment: "丙".into(), ..merged }), Ok(None));
}

#[test]
fn deleting_what_was_changed_unseen_keeps_it_and_the_other_way_round() {
    let memory = shared();
    let (one, other) =
        (NoteStore::new(Rc::clone(&memory), "k", "", ""), NoteStore::new(Rc::clone(&memory), "k", "", ""));
    let (first, edited) = (saying("urn:x:1", "", 1), saying("urn:x:1", "改过", 2));
    one.save(&first).expect("saved");
    other.load().expect("loaded");
    one.save(&edited).expect("saved");
    assert_eq!(other.delete(&first.id), Ok(Some(edited.clone())));
    assert_eq!(only(&one), edited);
    // Now it was seen, and goes; an edit by one who has not heard of that brings it back.
    assert_eq!(other.delete(&first.id), Ok(None));
    assert_eq!(one.save(&edited), Ok(None));
    assert_eq!(only(&other), edited);
    assert_eq!(one.news("bianzhu:1:k:other"), None);
    assert_eq!(other.delete(&first.id), Ok(None));
    let news = one.news("bianzhu:1:k:urn%3Ax%3A1").expect("news");
    assert_eq!(news, News { id: first.id, note: None, overwrote: false });
}

/// A window of its own name.
fn window(memory: &Rc<dyn KeyValue>, name: &str) -> NoteStore {
    NoteStore::new(Rc::clone(memory), "k", "", name)
}

/// The only note, when all other windows have ended and what they were typing is taken over.
fn only_recovered(store: &NoteStore) -> Note {
    let typing = store.load().expect("a working store").typing;
    for window in &typing {
        store.recover(window).expect("a working store");
    }
    only(store)
}

#[test]
fn what_was_being_typed_when_the_page_ended_is_there() {
    let memory = shared();
    let store = window(&memory, "urn:1");
    store.save(&saying("urn:x:1", "已存", 1)).expect("saved");
    store.draft(&NoteId::new("urn:x:1"), Some(&saying("urn:x:1", "已存，还在写", 2)));
    let next = window(&memory, "urn:2");
    let loaded = next.load().expect("loaded");
    assert_eq!((loaded.recovered, loaded.notes[0].comment.as_str()), (0, "已存"));
    assert_eq!(loaded.typing, ["urn%3A1"]);
    let loaded = next.recover("urn%3A1").expect("loaded");
    assert_eq!((loaded.recovered, loaded.notes[0].comment.as_str()), (1, "已存，还在写"));
    assert!(loaded.notes[0].revisions.is_empty());
    assert_eq!(memory.keys(DRAFT), Ok(Vec::new()));
    assert_eq!(only(&NoteStore::new(Rc::clone(&memory), "k", "", "")).comment, "已存，还在写");
    // Whoever comes second finds nothing more.
    assert_eq!(window(&memory, "urn:3").recover("urn%3A1").map(|loaded| loaded.recovered), Ok(0));
    // What was saved after the draft is not undone by it.
    next.draft(&NoteId::new("urn:x:1"), Some(&saying("urn:x:1", "另一稿", 3)));
    window(&memory, "urn:3").save(&saying("urn:x:1", "别处存的", 9)).expect("saved");
    let note = only_recovered(&window(&memory, "urn:3"));
    assert_eq!(note.comment, "别处存的");
    assert!(note.holds(&saying("", "另一稿", 3).said()), "{:?}", note.revisions);
}

#[test]
fn what_a_living_window_types_is_its_own_to_save() {
    let memory = shared();
    let (one, other) = (window(&memory, "1"), window(&memory, "2"));
    let id = NoteId::new("urn:x:1");
    one.save(&saying("urn:x:1", "原来", 1)).expect("saved");
    one.draft(&id, Some(&saying("urn:x:1", "甲在写", 2)));
    // The other opens, writes on the same note, saves it, deletes it: the first one's words are left alone.
    other.load().expect("loaded");
    other.draft(&id, Some(&saying("urn:x:1", "乙在写", 3)));
    assert!(other.typed("1").contains("甲在写") && other.typed("2").contains("乙在写"));
    other.save(&saying("urn:x:1", "乙写完", 4)).expect("saved");
    other.delete(&id).expect("deleted");
    assert!(other.typed("1").contains("甲在写") && other.typed("2").is_empty());
    // Nor does the first take its own for somebody else's, when it reads the store again.
    let loaded = one.load().expect("loaded");
    assert_eq!((loaded.notes.len(), loaded.typing.len()), (0, 0));
    one.save(&saying("urn:x:1", "甲写完", 5)).expect("saved");
    assert_eq!((only(&other).comment.as_str(), memory.keys(DRAFT)), ("甲写完", Ok(Vec::new())));
}

#[test]
fn two_windows_that_end_while_writing_on_one_note_leave_both_texts() {
    let memory = shared();
    let (one, other) = (window(&memory, "1"), window(&memory, "2"));
    let id = NoteId::new("urn:x:1");
    one.save(&saying("urn:x:1", "", 1)).expect("saved");
    other.load().expect("loaded");
    one.draft(&id, Some(&saying("urn:x:1", "甲在写", 2)));
    other.draft(&id, Some(&saying("urn:x:1", "乙在写", 3)));
    let note = only_recovered(&window(&memory, "3"));
    assert_eq!(note.comment, "乙在写");
    assert!(note.holds(&saying("", "甲在写", 2).said()), "{note:?}");
    assert_eq!(memory.keys(DRAFT), Ok(Vec::new()));
}

#[test]
fn a_draft_that_says_not_whose_it_is_is_of_a_window_that_is_no_more() {
    let memory = shared();
    let before = window(&memory, "1");
    before.save(&saying("urn:x:1", "已存", 1)).expect("saved");
    before.draft(&NoteId::new("urn:x:1"), Some(&saying("urn:x:1", "已存，还在写", 2)));
    let [key] = &memory.keys(DRAFT).expect("memory")[..] else { panic!("one draft") };
    let value = memory.get(key).expect("memory").expect("the draft");
    memory.remove(key).expect("memory");
    memory.set("bianzhu:draft:k:urn%3Ax%3A1", &value).expect("memory");
    let next = window(&memory, "2");
    let typing = next.load().expect("a working store").typing;
    assert_eq!(typing.len(), 1);
    assert_ne!(next.lock(Some(&typing[0])), next.lock(None));
    assert_eq!(only_recovered(&next).comment, "已存，还在写");
}

#[test]
fn a_draft_goes_with_its_note() {
    let memory = shared();
    let store = NoteStore::new(Rc::clone(&memory), "k", "", "");
    for deleted in [false, true] {
        store.save(&saying("urn:x:1", "", 1)).expect("saved");
        store.draft(&NoteId::new("urn:x:1"), Some(&saying("urn:x:1", "写", 2)));
        if deleted {
            store.delete(&NoteId::new("urn:x:1")).expect("deleted");
        } else {
            store.save(&saying("urn:x:1", "写", 2)).expect("saved");
        }
        assert_eq!(memory.keys(DRAFT), Ok(Vec::new()));
    }
}

#[test]
fn what_was_typed_and_taken_back_is_no_draft() {
    let memory = shared();
    let store = Rc::new(NoteStore::new(Rc::clone(&memory), "k", "", ""));
    let (id, text) = (NoteId::new("urn:x:1"), IndexedText::from("做到“两个维护”"));
    let on = Box::new(windows::On(Rc::clone(&store)));
    let mut notebook = crate::notebook::Notebook::open("k", Vec::new(), &text, on);
    notebook.add(saying("urn:x:1", "", 1));
    let typed =
        |words: &str| crate::notebook::Change { comment: Some(words.to_owned()), ..Default::default() };
    notebook.draft(&id, typed("写"), Timestamp(2));
    assert_eq!(memory.keys(DRAFT).map(|keys| keys.len()), Ok(1));
    notebook.draft(&id, typed(""), Timestamp(3));
    assert_eq!(memory.keys(DRAFT), Ok(Vec::new()));
}

#[test]
fn a_draft_that_ends_in_the_middle_is_set_aside() {
    let memory = shared();
    let store = window(&memory, "1");
    store.save(&saying("urn:x:1", "好的", 1)).expect("saved");
    memory.set("bianzhu:draft:k:urn%3Ax%3A1:2", "{\"type\":\"Annot").expect("memory");
    let loaded = store.recover("2").expect("loaded");
    assert_eq!((loaded.notes.len(), loaded.problems.len(), loaded.recovered), (1, 1, 0));
    assert!(loaded.problems[0].set_aside_as.starts_with(ASIDE));
}

#[test]
fn an_emptied_store_is_noticed_once() {
    let memory = shared();
    let store = NoteStore::new(Rc::clone(&memory), "k", "", "");
    assert!(!store.was_emptied());
    store.save(&saying("urn:x:1", "一", 1)).expect("saved");
    store.record();
    assert!(!store.was_emptied());
    // A record alone that is gone is no loss.
    memory.remove("bianzhu:article:k").expect("memory");
    assert!(!store.was_emptied());
    store.save(&saying("urn:x:2", "二", 1)).expect("saved");
    store.record();
    for key in memory.keys("").expect("memory") {
        memory.remove(&key).expect("memory");
    }
    assert!(store.was_emptied());
    assert!(!store.was_emptied());
}

#[test]
fn a_note_that_somebody_took_out_is_missed() {
    let memory = shared();
    let store = NoteStore::new(Rc::clone(&memory), "k", "题", "");
    for id in ["urn:x:1", "urn:x:2", "urn:x:3"] {
        store.save(&saying(id, "", 1)).expect("saved");
    }
    store.delete(&NoteId::new("urn:x:3")).expect("deleted");
    assert_eq!(store.load().map(|loaded| loaded.missing), Ok(0));
    memory.remove("bianzhu:1:k:urn%3Ax%3A2").expect("memory");
    let next = NoteStore::new(Rc::clone(&memory), "k", "", "");
    assert_eq!(next.load().map(|loaded| loaded.missing), Ok(1));
    assert_eq!(next.load().map(|loaded| loaded.missing), Ok(0), "it is told once");
}

#[test]
fn what_is_not_ours_and_what_is_newer_is_left_alone() {
    let memory = shared();
    let foreign = [
        ("bianzhu:2:k:urn%3Ax%3A1", "{\"from\":\"later\"}"),
        ("bianzhu:17:k:a", "x"),
        ("bianzhu:1:other:a", "x"),
        ("bianzhu:1:k", "x"),
        ("bianzhu:", "x"),
        ("bianzhu:k:1:a", "x"),
        ("bianzhu-settings", "x"),
        ("bianzhu1:k:a", "x"),
    ];
    for (key, value) in foreign {
        memory.set(key, value).expect("memory");
    }
    let store = NoteStore::new(Rc::clone(&memory), "k", "", "");
    let loaded = store.load().expect("loaded");
    assert_eq!((loaded.newer, loaded.problems.len(), loaded.notes.len()), (2, 0, 0));
    store.save(&saying("urn:x:1", "", 1)).expect("saved");
    store.delete(&NoteId::new("urn:x:1")).expect("deleted");
    for (key, value) in foreign {
        assert_eq!(memory.get(key), Ok(Some(value.to_owned())), "{key}");
    }
    assert_eq!(memory.keys("").map(|keys| keys.len()), Ok(foreign.len()));
}

#[test]
fn a_foreign_value_under_our_key_is_not_written_over() {
    let faulty = Rc::new(Faulty::default());
    let store = NoteStore::new(Rc::clone(&faulty) as Rc<dyn KeyValue>, "k", "", "");
    let key = "bianzhu:1:k:urn%3Ax%3A1";
    faulty.inner.set(key, "theirs").expect("memory");
    assert_eq!(store.save(&saying("urn:x:1", "我的", 1)), Ok(None));
    assert_eq!(faulty.inner.get("bianzhu:aside:bianzhu:1:k:urn%3Ax%3A1"), Ok(Some("theirs".to_owned())));
    faulty.inner.set(key, "theirs again").expect("memory");
    faulty.full.set(true);
    assert!(store.save(&saying("urn:x:1", "我的", 1)).is_err());
    assert_eq!(faulty.inner.get(key), Ok(Some("theirs again".to_owned())));
}

/// A schema 0 note.
const OLD: (&str, &str) = (
    "bianzhu:0:k:urn%3Ax%3A1",
    r#"{"quote":"两个维护","prefix":"做到“","suffix":"”","start":3,"end":7,"color":"blue",
        "comment":"哪两个？","tags":["公式"],"created":5,"modified":9}"#,
);

#[test]
fn the_first_version_is_read() {
    let memory = shared();
    memory.set(OLD.0, OLD.1).expect("memory");
    memory.set("bianzhu:0:k:a", "{\"quote\":\"少\"}").expect("memory");
    memory.set("bianzhu:0:k:b", "{\"quote\":[]}").expect("memory");
    let store = NoteStore::new(Rc::clone(&memory), "k", "", "");
    let loaded = store.load().expect("loaded");
    assert_eq!((loaded.notes.len(), loaded.problems.len()), (2, 1));
    let note = &loaded.notes[1];
    assert_eq!((note.id.as_str(), note.comment.as_str(), note.color.name()), ("urn:x:1", "哪两个？", "blue"));
    assert_eq!((note.tags.len(), note.created, note.modified), (1, Timestamp(5), Timestamp(9)));
    assert_eq!(note.target.position, Some(Span::new(3usize, 7usize)));
    assert_eq!(note.target.quote.suffix, "”");
    assert_eq!(memory.keys("bianzhu:0:"), Ok(Vec::new()));
    assert_eq!(store.load().map(|again| again.notes), Ok(loaded.notes));
}

#[test]
fn an_old_note_that_cannot_be_moved_yet_is_no_ghost_later() {
    for deletes in [false, true] {
        let faulty = Rc::new(Faulty::default());
        faulty.inner.set(OLD.0, OLD.1).expect("memory");
        faulty.full.set(true);
        let store = NoteStore::new(Rc::clone(&faulty) as Rc<dyn KeyValue>, "k", "", "");
        let note = only(&store);
        assert_eq!(faulty.inner.keys("bianzhu:0:").map(|keys| keys.len()), Ok(1));
        faulty.full.set(false);
        if deletes {
            store.delete(&note.id).expect("deleted");
        } else {
            store.save(&note).expect("saved");
        }
        assert_eq!(faulty.inner.keys("bianzhu:0:"), Ok(Vec::new()));
        assert_eq!(store.load().map(|loaded| loaded.notes.len()), Ok(usize::from(!deletes)));
    }
}

/// A store whose page ends at the nth thing that is done to it.
struct Ending {
    inner: Rc<Memory>,
    left: Cell<usize>,
}

impl Ending {
    fn step(&self) -> Result<(), StorageError> {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        if left == 0 { Err(StorageError::Rejected("ended".into())) } else { Ok(()) }
    }
}

impl KeyValue for Ending {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.inner.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.step()?;
        self.inner.set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.step()?;
        self.inner.remove(key)
    }
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        self.inner.keys(prefix)
    }
}

#[test]
fn a_page_that_ends_at_any_moment_of_a_migration_loses_nothing() {
    for steps in 0..12 {
        let inner = Rc::new(Memory::default());
        inner.set(OLD.0, OLD.1).expect("memory");
        inner.set(&OLD.0.replace('1', "2"), OLD.1).expect("memory");
        inner.set("bianzhu:0:k:bad", "[").expect("memory");
        let ending = Ending { inner: Rc::clone(&inner), left: Cell::new(steps) };
        let during = NoteStore::new(Rc::new(ending), "k", "", "").load().expect("readable");
        assert_eq!(during.notes.len(), 2, "{steps}");
        let after =
            NoteStore::new(Rc::clone(&inner) as Rc<dyn KeyValue>, "k", "", "").load().expect("loaded");
        assert_eq!(after.notes, during.notes, "{steps}");
        assert!(after.notes.iter().all(|note| note.revisions.is_empty()));
        assert_eq!(inner.keys("bianzhu:0:"), Ok(Vec::new()));
        assert_eq!(inner.keys(ASIDE).map(|keys| keys.len()), Ok(1), "{steps}");
    }
}

#[test]
fn whatever_step_fails_what_was_said_to_be_saved_is_there() {
    for steps in 0..16 {
        let inner = Rc::new(Memory::default());
        let store =
            NoteStore::new(Rc::new(Ending { inner: Rc::clone(&inner), left: Cell::new(steps) }), "k", "", "");
        let mut said = Vec::new();
        for (at, words) in (1..).zip(["一", "二", "一，接着写"]) {
            let note = saying(if at == 2 { "urn:x:2" } else { "urn:x:1" }, words, at);
            store.draft(&note.id, Some(&note));
            if store.save(&note).is_ok() {
                said.retain(|other: &Note| other.id != note.id);
                said.push(note);
            }
        }
        let there =
            NoteStore::new(Rc::clone(&inner) as Rc<dyn KeyValue>, "k", "", "").load().expect("loaded").notes;
        for note in said {
            assert!(there.iter().any(|other| other.id == note.id && other.holds(&note.said())), "{steps}");
        }
    }
}

/// A store of which one thing that is done to it fails, and that works before and after.
struct Once {
    inner: Rc<Memory>,
    left: Cell<usize>,
    /// How it fails; `Ok`: it says that it is done, and does nothing.
    how: Result<(), StorageError>,
}

impl Once {
    /// Whether it is this one's turn to fail.
    fn fails(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.wrapping_sub(1));
        left == 0
    }
}

impl KeyValue for Once {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.inner.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        if self.fails() { self.how.clone() } else { self.inner.set(key, value) }
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        if self.fails() { self.how.clone() } else { self.inner.remove(key) }
    }
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        self.inner.keys(prefix)
    }
}

#[test]
fn whichever_write_fails_once_the_reader_is_told_the_truth_and_trying_again_mends_it() {
    use crate::notebook::{Change, Notebook};
    let ways = [
        Ok(()),
        Err(StorageError::Full),
        Err(StorageError::Unavailable),
        Err(StorageError::Rejected("InvalidStateError".into())),
    ];
    for (how, nth) in ways.iter().flat_map(|how| (0..24).map(move |nth| (how, nth))) {
        let inner = Rc::new(Memory::default());
        let once = Once { inner: Rc::clone(&inner), left: Cell::new(nth), how: how.clone() };
        let store = Rc::new(NoteStore::new(Rc::new(once), "k", "题", "1"));
        let on = Box::new(windows::On(store));
        let mut notebook = Notebook::open("k", Vec::new(), &IndexedText::from("做到“两个维护”"), on);
        for id in ["urn:x:1", "urn:x:2", "urn:x:3"] {
            notebook.add(saying(id, "写", 1));
        }
        let (first, second) = (NoteId::new("urn:x:1"), NoteId::new("urn:x:2"));
        let change = Change { comment: Some("写了又写".into()), ..Change::default() };
        notebook.draft(&first, change.clone(), Timestamp(2));
        notebook.edit(&first, change, Timestamp(2));
        notebook.remove(&second);
        notebook.undo(Timestamp(3));
        notebook.remove(&second);
        let there = || -> Vec<(String, String)> {
            let inner: Rc<dyn KeyValue> = Rc::clone(&inner) as _;
            let notes = NoteStore::new(inner, "k", "", "2").load().expect("readable").notes;
            notes.into_iter().map(|note| (note.id.as_str().to_owned(), note.comment)).collect()
        };
        let shown = |notebook: &Notebook| -> Vec<(String, String)> {
            let notes = notebook.notes().iter().map(|placed| &placed.note);
            notes.map(|note| (note.id.as_str().to_owned(), note.comment.clone())).collect()
        };
        let unsaved: Vec<String> = notebook.unsaved().iter().map(|id| id.as_str().to_owned()).collect();
        // What is not said to be unsaved is kept as it is shown, and what is not shown is not kept.
        let mut told = shown(&notebook);
        told.retain(|(id, _)| !unsaved.contains(id));
        let mut kept = there();
        kept.retain(|(id, _)| !unsaved.contains(id));
        assert_eq!(kept, told, "{how:?} at {nth}");
        notebook.retry_unsaved();
        assert_eq!((there(), notebook.unsaved()), (shown(&notebook), Vec::new()), "{how:?} at {nth}");
    }
}

#[test]
fn a_page_that_ends_or_a_write_that_fails_as_a_draft_is_taken_over_loses_nothing() {
    for (steps, way) in (0..8).flat_map(|steps| (0..3).map(move |way| (steps, way))) {
        let inner = Rc::new(Memory::default());
        let memory: Rc<dyn KeyValue> = Rc::clone(&inner) as _;
        let writer = window(&memory, "1");
        for id in ["urn:x:1", "urn:x:2"] {
            writer.save(&saying(id, "已存", 1)).expect("saved");
            writer.draft(&NoteId::new(id), Some(&saying(id, "已存，还在写", 2)));
        }
        let (inner_too, left) = (Rc::clone(&inner), Cell::new(steps));
        let faulty: Rc<dyn KeyValue> = match way {
            0 => Rc::new(Ending { inner: inner_too, left }),
            1 => Rc::new(Once { inner: inner_too, left, how: Ok(()) }),
            _ => Rc::new(Once { inner: inner_too, left, how: Err(StorageError::Full) }),
        };
        let during = NoteStore::new(faulty, "k", "", "2").recover("1").expect("readable");
        let next = window(&memory, "3");
        let after = match next.load().expect("readable").typing.first() {
            Some(window) => next.recover(window).expect("readable"),
            None => next.load().expect("readable"),
        };
        for loaded in [during, after] {
            assert_eq!(loaded.notes.len(), 2, "{steps}");
            for note in loaded.notes {
                assert_eq!((note.comment.as_str(), note.revisions.len()), ("已存，还在写", 0), "{steps}");
            }
        }
        assert_eq!(inner.keys(DRAFT), Ok(Vec::new()), "{steps}");
    }
}

#[test]
fn two_windows_that_add_at_once_have_both_notes() {
    let memory = shared();
    let (one, other) = (window(&memory, "1"), window(&memory, "2"));
    for store in [&one, &other] {
        store.load().expect("loaded");
    }
    one.save(&saying("urn:x:1", "甲", 1)).expect("saved");
    other.save(&saying("urn:x:2", "乙", 1)).expect("saved");
    let heard =
        |store: &NoteStore, key: &str| store.news(key).and_then(|news| news.note).map(|note| note.comment);
    assert_eq!(heard(&one, "bianzhu:1:k:urn%3Ax%3A2").as_deref(), Some("乙"));
    assert_eq!(heard(&other, "bianzhu:1:k:urn%3Ax%3A1").as_deref(), Some("甲"));
    for store in [one, other] {
        assert_eq!(store.load().map(|loaded| (loaded.notes.len(), loaded.missing)), Ok((2, 0)));
    }
}

/// A window's own view of a shared store: what others write comes late, key by key.
struct Window {
    shared: Rc<Memory>,
    view: Memory,
}

impl KeyValue for Window {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.view.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.view.set(key, value)?;
        self.shared.set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.view.remove(key)?;
        self.shared.remove(key)
    }
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        self.view.keys(prefix)
    }
}

mod windows {
    use super::*;
    use crate::notebook::{Change, Notebook, Shelf};
    use proptest::prelude::*;

    pub(super) struct On(pub(super) Rc<NoteStore>);

    impl Shelf for On {
        fn save(&self, note: &std::sync::Arc<Note>) -> Result<Option<Note>, String> {
            self.0.save(note).map_err(|error| error.to_string())
        }
        fn delete(&self, id: &NoteId) -> Result<Option<Note>, String> {
            self.0.delete(id).map_err(|error| error.to_string())
        }
        fn draft(&self, id: &NoteId, note: Option<&Note>) {
            self.0.draft(id, note);
        }
    }

    struct Tab {
        window: Rc<Window>,
        store: Rc<NoteStore>,
        notebook: Notebook,
        typed: Option<String>,
    }

    impl Tab {
        fn open(shared: &Rc<Memory>) -> Self {
            let view = Memory::default();
            for key in shared.keys("").expect("memory") {
                let value = shared.get(&key).expect("memory").expect("a value");
                view.set(&key, &value).expect("memory");
            }
            let window = Rc::new(Window { shared: Rc::clone(shared), view });
            let store = Rc::new(NoteStore::new(Rc::clone(&window) as Rc<dyn KeyValue>, "k", "", ""));
            let notes = store.load().expect("loaded").notes;
            let text = IndexedText::from("做到“两个维护”");
            let shelf = Box::new(On(Rc::clone(&store)));
            let notebook = Notebook::open("k", notes, &text, shelf);
            Self { window, store, notebook, typed: None }
        }

        fn said(&self) -> Option<&Note> {
            self.notebook.notes().first().map(|placed| &*placed.note)
        }

        /// What others did to the shared store comes in.
        fn hear(&mut self) {
            let key = "bianzhu:1:k:urn%3Ax%3A1";
            match self.window.shared.get(key).expect("memory") {
                Some(value) => self.window.view.set(key, &value).expect("memory"),
                None => self.window.view.remove(key).expect("memory"),
            }
            match self.store.news(key) {
                Some(News { note: Some(note), overwrote, .. }) => self.notebook.adopt(note, overwrote),
                Some(News { id, .. }) => self.notebook.forget(&id),
                None => {}
            }
        }
    }

    proptest! {
        #[test]
        fn two_windows_that_hear_late_lose_no_text(
            steps in prop::collection::vec((0usize..2, prop::bool::ANY), 1..24),
        ) {
            let shared = Rc::new(Memory::default());
            NoteStore::new(Rc::clone(&shared) as Rc<dyn KeyValue>, "k", "", "")
                .save(&saying("urn:x:1", "", 1))
                .expect("saved");
            let mut tabs = [Tab::open(&shared), Tab::open(&shared)];
            for (number, (tab, types)) in steps.into_iter().enumerate() {
                if types {
                    let words = format!("{}{number}", ["甲", "乙"][tab]);
                    let seen = tabs[tab].said().expect("the note").clone();
                    for tab in &mut tabs {
                        // One who writes over a text that they saw means to.
                        let holds = |words: &String| {
                            let comment = words.clone();
                            seen.comment == comment
                        };
                        if tab.typed.as_ref().is_some_and(holds) {
                            tab.typed = None;
                        }
                    }
                    let change = Change { comment: Some(words.clone()), ..Change::default() };
                    tabs[tab].notebook.edit(&NoteId::new("urn:x:1"), change, Timestamp(2));
                    tabs[tab].typed = Some(words);
                } else {
                    tabs[tab].hear();
                }
            }
            for _ in 0..4 {
                for tab in &mut tabs {
                    tab.hear();
                }
            }
            let end = only(&NoteStore::new(Rc::clone(&shared) as Rc<dyn KeyValue>, "k", "", ""));
            for tab in &tabs {
                prop_assert_eq!(tab.said(), Some(&end));
                if let Some(words) = &tab.typed {
                    let words = Note { comment: words.clone(), ..saying("", "", 0) }.said();
                    prop_assert!(end.holds(&words), "{:?} in {:?}", words, end);
                }
            }
        }
    }
}
