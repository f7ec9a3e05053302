//! All articles of this site that the reader has notes on: a record each, `bianzhu:article:<article key>`.

use super::KeyValue;
use super::note_store::{PREFIX, parsed};
use crate::annotation::Note;
use crate::object::{self, object};
use crate::sort::sort_by;
use crate::text::{percent_decoded, percent_encoded};
use serde_json::Value;

/// Before every key of a record.
const RECORD: &str = "bianzhu:article:";

/// An article that the reader has notes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Its key: its canonical address, or what the site calls it.
    pub key: String,
    /// Its title; empty where none is known.
    pub title: String,
    /// How many notes it has.
    pub notes: usize,
}

/// The key of an article's record.
pub(super) fn key(article_key: &str) -> String {
    [RECORD, &percent_encoded(article_key)].concat()
}

impl Record {
    pub(super) fn read(store: &dyn KeyValue, article_key: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(&store.get(&key(article_key)).ok()??).ok()?;
        let notes = usize::try_from(value["notes"].as_u64()?).ok()?;
        let title = value["title"].as_str().unwrap_or_default().to_owned();
        Some(Self { key: article_key.to_owned(), title, notes })
    }

    /// Writes it; one without notes is taken out. Answers whether it reads back.
    pub(super) fn write(&self, store: &dyn KeyValue, article_key: &str) -> bool {
        let key = key(article_key);
        if self.notes == 0 {
            return store.remove(&key).is_ok();
        }
        let members = vec![("title", object::text(&self.title)), ("notes", self.notes.into())];
        let value = object::to_json(&object(members));
        store.set(&key, &value).is_ok() && store.get(&key) == Ok(Some(value))
    }
}

/// All articles with notes, by their titles. Counted, not taken from the records: they may be missing.
pub fn articles(store: &dyn KeyValue) -> Vec<Record> {
    let mut articles: Vec<Record> = Vec::new();
    for key in note_keys(store) {
        let Some(article_key) = article_of(&key) else { continue };
        match articles.iter_mut().find(|record| record.key == article_key) {
            Some(record) => record.notes += 1,
            None => {
                let title = Record::read(store, &article_key).map(|record| record.title).unwrap_or_default();
                articles.push(Record { key: article_key, title, notes: 1 });
            }
        }
    }
    sort_by(&mut articles, |one, other| (&one.title, &one.key).cmp(&(&other.title, &other.key)));
    articles
}

/// The notes of another article, read and left as they are; what cannot be read is left out.
pub fn notes_of(store: &dyn KeyValue, article_key: &str) -> Vec<Note> {
    let mut keys = note_keys(store);
    keys.retain(|key| article_of(key).as_deref() == Some(article_key));
    let values = keys.iter().filter_map(|key| store.get(key).ok().flatten());
    let mut notes: Vec<Note> = values.filter_map(|value| Some(parsed(&value).ok()?.0)).collect();
    sort_by(&mut notes, |a, b| {
        let place = |note: &Note| (note.target.position.map(|span| span.start()), note.created);
        place(a).cmp(&place(b))
    });
    notes
}

fn note_keys(store: &dyn KeyValue) -> Vec<String> {
    store.keys(&[PREFIX, "1:"].concat()).unwrap_or_default()
}

fn article_of(key: &str) -> Option<String> {
    let (article, id) = key.strip_prefix(PREFIX)?.split_once(':')?.1.split_once(':')?;
    percent_decoded(article).filter(|_| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Timestamp;
    use crate::storage::{Memory, NoteStore};
    use crate::text::{IndexedText, Span};
    use std::rc::Rc;

    #[test]
    fn all_articles_with_notes_are_listed_by_title() {
        let store: Rc<dyn KeyValue> = Rc::new(Memory::default());
        let text = IndexedText::from("做到“两个维护”");
        let note = |key: &str, id: &str, start: usize| {
            Note::new(id.to_owned(), &text, Span::new(start, start + 1), key, Timestamp(1))
        };
        for (key, title, count) in [("https://a.example/2", "乙文", 2), ("旧 闻", "甲文", 1)] {
            let notes = NoteStore::new(Rc::clone(&store), key, title, "");
            for at in 0..count {
                notes.save(&note(key, &format!("urn:x:{at}"), 5 - at)).expect("saved");
            }
            notes.record();
        }
        store.set("bianzhu:1:odd", "x").expect("memory");
        store.set("bianzhu:1:%zz:odd", "x").expect("memory");
        store.set("bianzhu:2:k:odd", "x").expect("memory");
        let listed: Vec<_> =
            articles(&*store).into_iter().map(|record| (record.key, record.title, record.notes)).collect();
        let expected = [("https://a.example/2", "乙文", 2), ("旧 闻", "甲文", 1)];
        assert_eq!(listed, expected.map(|(key, title, notes)| (key.to_owned(), title.to_owned(), notes)));
        let notes = notes_of(&*store, "https://a.example/2");
        assert_eq!(notes.iter().map(|note| note.id.as_str()).collect::<Vec<_>>(), ["urn:x:1", "urn:x:0"]);
        // An article without notes leaves nothing behind.
        let one = NoteStore::new(Rc::clone(&store), "旧 闻", "", "");
        let loaded = one.load().expect("a working store");
        one.delete(&loaded.notes[0].id).expect("deleted");
        one.record();
        assert_eq!(store.keys(RECORD), Ok(vec![key("https://a.example/2")]));
    }
}
