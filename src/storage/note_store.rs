//! [`NoteStore`]: the notes of one article in a [`KeyValue`].

use super::library::{self, Record};
use super::{KeyValue, StorageError, legacy};
use crate::annotation::{Note, NoteId, w3c};
use crate::sort::sort_by;
use crate::text::{percent_decoded, percent_encoded};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use thiserror::Error;

/// Before every key of the product.
pub(super) const PREFIX: &str = "bianzhu:";
/// How the values are written; what a later version wrote is left alone, an earlier one's is taken over.
const SCHEMA: u32 = 1;
/// Before the keys of values that could not be read.
const ASIDE: &str = "bianzhu:aside:";
/// Before the keys of what is being typed.
const DRAFT: &str = "bianzhu:draft:";
/// In a stored annotation: the value that it was written over, as a [`hash`]. A window whose own last value
/// that is not knows that it was not seen.
const BASIS: &str = "urn:bianzhu:basis";

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
    /// The windows, each as [`NoteStore::recover`] takes it, that were typing on a note: they may be at it still.
    pub typing: Vec<String>,
    /// How many notes hold what was being typed when a window ended.
    pub recovered: usize,
    /// How many notes fewer there are than when the article was last written on.
    pub missing: usize,
    /// How many values are a later version's, and left alone.
    pub newer: usize,
}

/// What another window did to a note.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// Its name.
    pub id: NoteId,
    /// As it is now; `None` when it is gone.
    pub note: Option<Note>,
    /// What was last kept from here was written over unseen.
    pub overwrote: bool,
}

/// A value as it was last read or written here.
struct Seen {
    /// The key's [`hash`].
    key: u64,
    /// The value's.
    value: u64,
    /// It was written here.
    is_ours: bool,
}

/// A reading of the notes that is under way.
#[derive(Default)]
struct Reading {
    is_begun: bool,
    /// What is still to be looked at.
    keys: Vec<String>,
    loaded: Loaded,
    /// The keys of what an earlier version wrote.
    earlier: Vec<String>,
    /// Another window has written since: all is read once more.
    is_stale: bool,
}

/// The notes of one article, a key each.
pub struct NoteStore {
    store: Rc<dyn KeyValue>,
    article_key: String,
    title: String,
    /// The window's own name, in keys.
    window: String,
    /// The article's key in keys.
    encoded: String,
    /// What the keys of the article's notes begin with.
    prefix: String,
    /// What every note's value was when it was last seen, by key: what is there otherwise, another window
    /// wrote.
    seen: RefCell<Vec<Seen>>,
    /// How many notes the article's record says there are, once it reads back.
    recorded: Cell<Option<usize>>,
    /// Notes that are still in the form of an earlier version.
    unmigrated: RefCell<Vec<NoteId>>,
    reading: RefCell<Option<Box<Reading>>>,
}

impl NoteStore {
    /// The notes of an article in a store. `title` is the article's, for the list of all articles; `window` is a name
    /// that no other window has, nor had: what is typed here is this window's to save while it lives.
    pub fn new(store: Rc<dyn KeyValue>, article_key: &str, title: &str, window: &str) -> Self {
        let encoded = percent_encoded(article_key);
        Self {
            store,
            article_key: article_key.to_owned(),
            title: title.to_owned(),
            window: percent_encoded(window),
            prefix: [PREFIX, &SCHEMA.to_string(), ":", &encoded, ":"].concat(),
            encoded,
            seen: RefCell::default(),
            recorded: Cell::default(),
            unmigrated: RefCell::default(),
            reading: RefCell::default(),
        }
    }

    /// What the article is called in keys and notes.
    pub fn article_key(&self) -> &str {
        &self.article_key
    }

    /// Reads the notes. What cannot be read is moved out of the way, not lost; what an earlier version
    /// wrote becomes notes.
    ///
    /// # Errors
    /// When the store answers nothing at all.
    pub fn load(&self) -> Result<Loaded, StorageError> {
        self.reading.take();
        loop {
            if let Some(loaded) = self.read_on(usize::MAX)? {
                return Ok(loaded);
            }
        }
    }

    /// [`NoteStore::load`], so many keys at a time: nothing until all are read. Nothing is to be written from here in
    /// between.
    ///
    /// # Errors
    /// When the store answers nothing at all.
    pub fn read_on(&self, most: usize) -> Result<Option<Loaded>, StorageError> {
        let mut reading = self.reading.take().unwrap_or_default();
        if !reading.is_begun {
            reading.is_begun = true;
            reading.keys = self.store.keys(PREFIX)?;
            self.seen.borrow_mut().clear();
            self.unmigrated.borrow_mut().clear();
        }
        let Reading { keys, loaded, earlier, .. } = &mut *reading;
        for key in keys.drain(..most.min(keys.len())) {
            match self.kind(&key) {
                Some(Kind::Note) => {}
                Some(Kind::Earlier) => {
                    earlier.push(key);
                    continue;
                }
                Some(Kind::Later) => {
                    loaded.newer += 1;
                    continue;
                }
                Some(Kind::Draft(window)) => {
                    if window != self.window && loaded.typing.iter().all(|other| other != window) {
                        loaded.typing.push(window.to_owned());
                    }
                    continue;
                }
                None => continue,
            }
            let Some(value) = self.store.get(&key)? else { continue };
            match self.read(&key, &value) {
                Ok((note, _)) => {
                    let seen = Seen { key: hash(&key), value: hash(&value), is_ours: false };
                    self.seen.borrow_mut().push(seen);
                    loaded.notes.push(note);
                }
                Err(reason) => loaded.problems.push(self.set_aside(key, &value, reason)),
            }
        }
        if !keys.is_empty() {
            self.reading.replace(Some(reading));
            return Ok(None);
        }
        if reading.is_stale {
            return self.load().map(Some);
        }
        let Reading { mut loaded, earlier, .. } = *reading;
        let found = loaded.notes.len() + loaded.problems.len();
        sort_by(&mut self.seen.borrow_mut(), |one, other| one.key.cmp(&other.key));
        self.migrate(earlier, &mut loaded)?;
        let record = Record::read(&*self.store, &self.article_key);
        loaded.missing = record.as_ref().map_or(0, |record| record.notes.saturating_sub(found));
        self.recorded.set(record.map(|record| record.notes));
        self.record();
        loaded.sort();
        Ok(Some(loaded))
    }

    /// Whether the notes are being read just now: what another window has done, as is told by this, comes with them.
    pub fn is_reading(&self) -> bool {
        self.reading.borrow_mut().as_mut().map(|reading| reading.is_stale = true).is_some()
    }

    /// The name of the lock that a window holds while it types; `None` for this one.
    pub fn lock(&self, window: Option<&str>) -> String {
        [DRAFT, window.unwrap_or(&self.window)].concat()
    }

    /// What a window was typing, as it is stored; empty where it is saved.
    pub fn typed(&self, window: &str) -> String {
        let mut typed = String::new();
        for key in self.drafts(window) {
            typed.push_str(&self.store.get(&key).ok().flatten().unwrap_or_default());
        }
        typed
    }

    /// Makes notes of what was being typed in a window that is no more, and answers what there is then. Only for
    /// whoever knows that it is no more: it would save the same words itself.
    ///
    /// # Errors
    /// When the store answers nothing at all.
    pub fn recover(&self, window: &str) -> Result<Loaded, StorageError> {
        let mut loaded = self.load()?;
        for key in self.drafts(window) {
            let Some(value) = self.store.get(&key)? else { continue };
            match parsed(&value) {
                Ok((note, basis)) => {
                    let at = loaded.notes.iter().position(|other| other.id == note.id);
                    let seen = self.seen(&self.key(&note.id));
                    let goes_on = seen.is_some_and(|(value, _)| Some(value) == basis);
                    let is_held = at.is_some_and(|at| loaded.notes[at].holds(&note.said()));
                    let kept = match at {
                        // Typed over what is there: not another's text, but the next one.
                        Some(at) if goes_on => {
                            let kept = self.write_over(&note);
                            loaded.notes[at] = note;
                            kept
                        }
                        _ => self.bring(note, &mut loaded),
                    };
                    loaded.recovered += usize::from(!is_held);
                    if kept {
                        let _ = self.store.remove(&key);
                    }
                }
                Err(reason) => loaded.problems.push(self.set_aside(key, &value, reason)),
            }
        }
        self.record();
        loaded.sort();
        Ok(loaded)
    }

    /// Writes a note, and reads it back: only then it is saved. Where another window wrote what was not
    /// seen here, both texts are written, and the answer is that note.
    ///
    /// # Errors
    /// When it is not kept as it was given.
    pub fn save(&self, note: &Note) -> Result<Option<Note>, StorageError> {
        let key = self.key(&note.id);
        let mut merged = None;
        let there = self.store.get(&key)?;
        if let Some(value) = there.as_ref().filter(|value| !self.saw(&key, value)) {
            match self.read(&key, value) {
                Ok((theirs, _)) => merged = Some(note.clone().merged(theirs)).filter(|merged| merged != note),
                // It is somebody's: it is not written over where it cannot be moved.
                Err(reason) => {
                    let problem = self.set_aside(key.clone(), value, reason);
                    if problem.set_aside_as == key {
                        return Err(StorageError::Unverified);
                    }
                }
            }
        }
        self.write(&key, merged.as_ref().unwrap_or(note), there.as_deref())?;
        let _ = self.store.remove(&self.draft_key(&note.id));
        self.retire(&note.id);
        Ok(merged)
    }

    /// Takes a note out. One that another window has changed unseen stays, and is the answer.
    ///
    /// # Errors
    /// When it is still there.
    pub fn delete(&self, id: &NoteId) -> Result<Option<Note>, StorageError> {
        let key = self.key(id);
        let there = self.store.get(&key)?;
        if let Some(value) = there.filter(|value| !self.saw(&key, value))
            && let Ok((theirs, _)) = self.read(&key, &value)
        {
            self.see(&key, &value, false);
            return Ok(Some(theirs));
        }
        self.store.remove(&key)?;
        if self.store.get(&key)?.is_some() {
            return Err(StorageError::Unverified);
        }
        self.unsee(&key);
        let _ = self.store.remove(&self.draft_key(id));
        self.retire(id);
        Ok(None)
    }

    /// Keeps what is being typed on a note, until it is saved: a page that ends before that loses nothing.
    /// `None` where nothing is typed that is not kept. Where it cannot be kept, nothing is said: the saving
    /// will say it.
    pub fn draft(&self, id: &NoteId, note: Option<&Note>) {
        let key = self.draft_key(id);
        let _ = match note {
            Some(note) => {
                let basis = self.seen(&self.key(id)).map(|(value, _)| value);
                self.store.set(&key, &stored(note, basis))
            }
            None => self.store.remove(&key),
        };
    }

    /// Whether a key is of a note of this article.
    pub fn is_ours(&self, key: &str) -> bool {
        key.starts_with(&self.prefix)
    }

    /// What another window did to the note of a key; `None` where all of it was seen, or cannot be read.
    pub fn news(&self, key: &str) -> Option<News> {
        let id = NoteId::new(percent_decoded(key.strip_prefix(&self.prefix)?)?);
        let Some(value) = self.store.get(key).ok()? else {
            let was_seen = self.unsee(key);
            self.record();
            return was_seen.then_some(News { id, note: None, overwrote: false });
        };
        if self.saw(key, &value) {
            return None;
        }
        let (note, basis) = self.read(key, &value).ok()?;
        let overwrote = self.seen(key).is_some_and(|(ours, is_ours)| is_ours && Some(ours) != basis);
        self.see(key, &value, false);
        self.record();
        Some(News { id, note: Some(note), overwrote })
    }

    /// Whether somebody has emptied the store since something was kept there; told once.
    pub fn was_emptied(&self) -> bool {
        let is_gone = |prefix: &str| self.store.keys(prefix).is_ok_and(|keys| keys.is_empty());
        let emptied = self.recorded.get().is_some()
            && self.store.get(&library::key(&self.article_key)) == Ok(None)
            && is_gone(&self.prefix);
        if emptied {
            self.recorded.set(None);
            self.seen.borrow_mut().clear();
        }
        emptied
    }

    fn key(&self, id: &NoteId) -> String {
        [self.prefix.as_str(), &percent_encoded(id.as_str())].concat()
    }

    fn draft_key(&self, id: &NoteId) -> String {
        [DRAFT, &self.encoded, ":", &percent_encoded(id.as_str()), ":", &self.window].concat()
    }

    /// The keys of a window's drafts.
    fn drafts(&self, window: &str) -> Vec<String> {
        let mut keys = self.store.keys(&[DRAFT, &self.encoded, ":"].concat()).unwrap_or_default();
        keys.retain(|key| last_part(key) == window);
        keys
    }

    /// What a key is to this article.
    fn kind<'a>(&self, key: &'a str) -> Option<Kind<'a>> {
        let mut parts = key.strip_prefix(PREFIX)?.split(':');
        let (schema, article, _) = (parts.next()?, parts.next()?, parts.next()?);
        if article != self.encoded {
            return None;
        }
        match schema.parse::<u32>() {
            Ok(SCHEMA) => Some(Kind::Note),
            Ok(earlier) if earlier < SCHEMA => Some(Kind::Earlier),
            Ok(_) => Some(Kind::Later),
            Err(_) => (schema == "draft").then(|| Kind::Draft(last_part(key))),
        }
    }

    /// A key's value as it was last seen, as a [`hash`], and whether it was written here.
    fn seen(&self, key: &str) -> Option<(u64, bool)> {
        let all = self.seen.borrow();
        let at = all.binary_search_by(|seen| seen.key.cmp(&hash(key))).ok()?;
        Some((all[at].value, all[at].is_ours))
    }

    fn saw(&self, key: &str, value: &str) -> bool {
        self.seen(key).is_some_and(|(seen, _)| seen == hash(value))
    }

    fn see(&self, key: &str, value: &str, is_ours: bool) {
        let now = Seen { key: hash(key), value: hash(value), is_ours };
        let mut all = self.seen.borrow_mut();
        match all.binary_search_by(|seen| seen.key.cmp(&now.key)) {
            Ok(at) => all[at] = now,
            Err(at) => all.insert(at, now),
        }
    }

    fn unsee(&self, key: &str) -> bool {
        let mut all = self.seen.borrow_mut();
        let at = all.binary_search_by(|seen| seen.key.cmp(&hash(key)));
        at.map(|at| all.remove(at)).is_ok()
    }

    fn write(&self, key: &str, note: &Note, there: Option<&str>) -> Result<(), StorageError> {
        let value = stored(note, there.map(hash));
        self.store.set(key, &value)?;
        if self.store.get(key)?.as_deref() != Some(&value) {
            return Err(StorageError::Unverified);
        }
        self.see(key, &value, true);
        Ok(())
    }

    /// The note of a value, and what the value was written over.
    fn read(&self, key: &str, value: &str) -> Result<(Note, Option<u64>), String> {
        let (note, basis) = parsed(value)?;
        // Two keys with one note would be saved as one, and the other's words lost.
        if self.key(&note.id) == key { Ok((note, basis)) } else { Err("its id is another key's".to_owned()) }
    }

    /// Writes the notes of an earlier version as this one does, reads them back, and only then takes the
    /// old ones out: whatever ends it in between, nothing is lost.
    fn migrate(&self, keys: Vec<String>, loaded: &mut Loaded) -> Result<(), StorageError> {
        for key in keys {
            let Some(value) = self.store.get(&key)? else { continue };
            match legacy::read(&self.article_key, &key, &value) {
                Ok(note) => {
                    let id = note.id.clone();
                    self.unmigrated.borrow_mut().push(id.clone());
                    if self.bring(note, loaded) {
                        self.retire(&id);
                    }
                }
                Err(reason) => loaded.problems.push(self.set_aside(key, &value, reason)),
            }
        }
        Ok(())
    }

    /// Puts a note among the loaded ones, and keeps it; answers whether it is kept.
    fn bring(&self, note: Note, loaded: &mut Loaded) -> bool {
        let at = loaded.notes.iter().position(|other| other.id == note.id);
        let Some(at) = at else {
            let kept = self.write_over(&note);
            loaded.notes.push(note);
            return kept;
        };
        let merged = loaded.notes[at].clone().merged(note);
        let kept = merged == loaded.notes[at] || self.write_over(&merged);
        loaded.notes[at] = merged;
        kept
    }

    fn write_over(&self, note: &Note) -> bool {
        let key = self.key(&note.id);
        let there = self.store.get(&key).ok().flatten();
        self.write(&key, note, there.as_deref()).is_ok()
    }

    /// Takes out what an earlier version held of a note.
    fn retire(&self, id: &NoteId) {
        let mut unmigrated = self.unmigrated.borrow_mut();
        if let Some(at) = unmigrated.iter().position(|other| other == id)
            && self.store.remove(&legacy::key(&self.article_key, id)).is_ok()
        {
            unmigrated.swap_remove(at);
        }
    }

    /// Notes down how many notes there are, for the list of all articles and to know when some are gone. Whoever saves and
    /// deletes has this done after it: once, where it is thousands.
    pub fn record(&self) {
        let notes = self.seen.borrow().len();
        if self.recorded.get() == Some(notes) || self.recorded.get().is_none() && notes == 0 {
            return;
        }
        let record = Record { title: self.title.clone(), notes, ..Record::default() };
        let kept = record.write(&*self.store, &self.article_key);
        self.recorded.set((kept && notes > 0).then_some(notes));
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

/// In the key of a draft its window; earlier versions did not name it, and have a name there that no window has.
fn last_part(key: &str) -> &str {
    key.rsplit(':').next().unwrap_or_default()
}

/// What a key is to an article.
enum Kind<'a> {
    Note,
    Earlier,
    Later,
    /// Of the window of this name.
    Draft(&'a str),
}

impl Loaded {
    fn sort(&mut self) {
        sort_by(&mut self.notes, |a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
        sort_by(&mut self.problems, |a, b| a.key.cmp(&b.key));
    }
}

/// The value of a note, written over another value.
fn stored(note: &Note, basis: Option<u64>) -> String {
    w3c::to_json(note, basis.map(|basis| (BASIS, basis.to_string())))
}

/// The note of a value, and what the value was written over.
pub(super) fn parsed(value: &str) -> Result<(Note, Option<u64>), String> {
    let mut value: Value = serde_json::from_str(value).map_err(|error| error.to_string())?;
    let basis = value.as_object_mut().and_then(|value| value.remove(BASIS));
    let basis = basis.as_ref().and_then(Value::as_str).and_then(|basis| basis.parse().ok());
    let note = w3c::from_annotation(value).map_err(|error| error.to_string())?;
    Ok((note, basis))
}

/// Tells texts apart (FNV-1a): not against somebody who would mislead.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests;
