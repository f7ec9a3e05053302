//! [`NoteStore`]: the notes of one article in a [`KeyValue`].

use super::{KeyValue, StorageError};
use crate::annotation::{Note, NoteId, w3c};
use crate::sort::sort_by;
use crate::text::percent_encoded;
use serde_json::Value;
use std::rc::Rc;
use thiserror::Error;

/// Before every key of the product.
const PREFIX: &str = "bianzhu:";
/// How the values are written; a store that another version wrote is left alone.
const SCHEMA: &str = "1";
/// Before the keys of values that could not be read.
const ASIDE: &str = "bianzhu:aside:";

/// A stored value that is no note.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the stored note `{key}` cannot be read: {reason}; it was set aside under `{set_aside_as}`")]
pub struct LoadProblem {
    /// Where it was.
    pub key: String,
    /// What is wrong with it.
    pub reason: String,
    /// Where it is now, byte for byte; the same as `key` when it could not be moved.
    pub set_aside_as: String,
}

/// What a store holds of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// Its notes, in the order in which they were written.
    pub notes: Vec<Note>,
    /// What could not be read.
    pub problems: Vec<LoadProblem>,
}

/// The notes of one article, a key each.
pub struct NoteStore {
    store: Rc<dyn KeyValue>,
    /// What the keys of the article's notes begin with.
    prefix: String,
}

impl NoteStore {
    /// The notes of an article in a store.
    pub fn new(store: Rc<dyn KeyValue>, article_key: &str) -> Self {
        Self { store, prefix: [PREFIX, SCHEMA, ":", &percent_encoded(article_key), ":"].concat() }
    }

    /// Reads the notes. What cannot be read is moved out of the way, not lost.
    ///
    /// # Errors
    /// When the store answers nothing at all.
    pub fn load(&self) -> Result<Loaded, StorageError> {
        let mut loaded = Loaded::default();
        for key in self.store.keys(&self.prefix)? {
            let Some(value) = self.store.get(&key)? else { continue };
            match self.read(&key, &value) {
                Ok(note) => loaded.notes.push(note),
                Err(reason) => loaded.problems.push(self.set_aside(key, &value, reason)),
            }
        }
        sort_by(&mut loaded.notes, |a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
        sort_by(&mut loaded.problems, |a, b| a.key.cmp(&b.key));
        Ok(loaded)
    }

    /// Writes a note, and reads it back: only then it is saved.
    ///
    /// # Errors
    /// When it is not kept as it was given.
    pub fn save(&self, note: &Note) -> Result<(), StorageError> {
        let (key, value) = (self.key(&note.id), w3c::to_annotation(note).to_string());
        self.store.set(&key, &value)?;
        if self.store.get(&key)?.as_deref() == Some(&value) { Ok(()) } else { Err(StorageError::Unverified) }
    }

    /// Takes a note out.
    ///
    /// # Errors
    /// When it is still there.
    pub fn delete(&self, id: &NoteId) -> Result<(), StorageError> {
        let key = self.key(id);
        self.store.remove(&key)?;
        if self.store.get(&key)?.is_none() { Ok(()) } else { Err(StorageError::Unverified) }
    }

    /// Whether a key is of a note of this article.
    pub fn is_ours(&self, key: &str) -> bool {
        key.starts_with(&self.prefix)
    }

    fn key(&self, id: &NoteId) -> String {
        [self.prefix.as_str(), &percent_encoded(id.as_str())].concat()
    }

    fn read(&self, key: &str, value: &str) -> Result<Note, String> {
        let value: Value = serde_json::from_str(value).map_err(|error| error.to_string())?;
        let note = w3c::from_annotation(&value).map_err(|error| error.to_string())?;
        // Two keys with one note would be saved as one, and the other's words lost.
        if self.key(&note.id) == key { Ok(note) } else { Err("its id is another key's".to_owned()) }
    }

    fn set_aside(&self, key: String, value: &str, reason: String) -> LoadProblem {
        let mut aside = [ASIDE, &key].concat();
        // Nothing that was set aside before is overwritten.
        while matches!(self.store.get(&aside), Ok(Some(other)) if other != value) {
            aside.push('+');
        }
        let copied = self.store.set(&aside, value).is_ok()
            && matches!(self.store.get(&aside), Ok(Some(copy)) if copy == value);
        if copied && self.store.remove(&key).is_ok() {
            return LoadProblem { key, reason, set_aside_as: aside };
        }
        LoadProblem { set_aside_as: key.clone(), key, reason }
    }
}

#[cfg(test)]
mod tests {
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
        let store = NoteStore::new(Rc::clone(&memory), "文 1");
        for (id, created) in [("urn:uuid:b", 1), ("urn:uuid:a", 2)] {
            assert_eq!(store.save(&note(id, created)), Ok(()));
        }
        let loaded = store.load().expect("a working store");
        assert_eq!(loaded.notes, [note("urn:uuid:b", 1), note("urn:uuid:a", 2)]);
        assert_eq!(NoteStore::new(Rc::clone(&memory), "文").load(), Ok(Loaded::default()));
        assert_eq!(store.delete(&loaded.notes[0].id), Ok(()));
        assert_eq!(store.load().map(|loaded| loaded.notes.len()), Ok(1));
    }

    #[test]
    fn what_is_no_note_is_set_aside_and_the_others_load() {
        let memory = Rc::new(Memory::default());
        let store = NoteStore::new(Rc::clone(&memory) as Rc<dyn KeyValue>, "k");
        store.save(&note("urn:uuid:a", 1)).expect("saved");
        for (key, value) in [("bianzhu:1:k:x", "{\"type\":"), ("bianzhu:1:k:y", "[]")] {
            memory.set(key, value).expect("memory");
        }
        let copy = memory.get("bianzhu:1:k:urn%3Auuid%3Aa").expect("memory").expect("the note");
        memory.set("bianzhu:1:k:z", &copy).expect("memory");
        let loaded = store.load().expect("a working store");
        assert_eq!((loaded.notes.len(), loaded.problems.len()), (1, 3));
        assert_eq!(memory.get("bianzhu:1:k:x"), Ok(None));
        assert_eq!(memory.get("bianzhu:aside:bianzhu:1:k:x"), Ok(Some("{\"type\":".to_owned())));
        assert!(loaded.problems[0].to_string().contains("bianzhu:aside:bianzhu:1:k:x"));
        assert_eq!(store.load().map(|loaded| loaded.problems.len()), Ok(0));
    }

    #[test]
    fn a_second_bad_value_does_not_overwrite_the_first() {
        let memory = Rc::new(Memory::default());
        let store = NoteStore::new(Rc::clone(&memory) as Rc<dyn KeyValue>, "k");
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
        let store = NoteStore::new(Rc::clone(&faulty) as Rc<dyn KeyValue>, "k");
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
        let store = NoteStore::new(Rc::clone(&faulty) as Rc<dyn KeyValue>, "k");
        assert_eq!(
            store.load().map(|loaded| loaded.problems[0].set_aside_as.clone()),
            Ok("bianzhu:1:k:x".to_owned())
        );
        assert_eq!(faulty.inner.get("bianzhu:1:k:x"), Ok(Some("bad".to_owned())));
    }
}
