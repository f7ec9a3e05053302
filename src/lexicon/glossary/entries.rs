//! [`Entries`]: what the built-in entries say, from the file that comes after the article.

use super::INDEX;
use super::model::Source;
use serde_json::{Map, Value};
use thiserror::Error;

/// The first line of the file that belongs to this index.
const STAMP: &str = include_str!(concat!(env!("OUT_DIR"), "/glossary.stamp"));

/// Why a file is not the one that belongs to this glossary.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the glossary’s file is of another build, or damaged")]
pub struct WrongFile;

/// The file, whole: field after field a line for each entry, then the sources. A line is parsed when it is asked for.
pub(super) struct Entries {
    file: String,
    /// Where each line ends, in bytes.
    ends: Vec<usize>,
}

/// How many entries there are.
const ENTRIES: usize = lines(INDEX);
/// The line with the names of the fields.
const NAMES: usize = 1;
/// The first line that is an entry's.
const FIRST: usize = 2;
const PINYIN: usize = 0;
const ENGLISH: usize = 1;

impl Entries {
    /// Takes the file, if it was made together with the index.
    pub(super) fn new(file: String) -> Result<Self, WrongFile> {
        // The stamp is its last line too: without it the file is not whole.
        if !(file.starts_with(STAMP) && file.ends_with(STAMP)) {
            return Err(WrongFile);
        }
        let ends = file.match_indices('\n').map(|(end, _)| end).collect();
        Ok(Self { file, ends })
    }

    fn line(&self, number: usize) -> &str {
        let bounds = self.ends.get(number - 1).zip(self.ends.get(number));
        bounds.and_then(|(&before, &end)| self.file.get(before + 1..end)).unwrap_or_default()
    }

    fn cell(&self, field: usize, entry: usize) -> &str {
        self.line(FIRST + field * ENTRIES + entry)
    }

    /// The English rendering and the pinyin of an entry, by its line of the index.
    pub(super) fn names(&self, entry: usize) -> [&str; 2] {
        [self.cell(ENGLISH, entry), self.cell(PINYIN, entry)]
    }

    /// What is said of an entry.
    pub(super) fn object(&self, entry: usize) -> Value {
        let mut object = Map::new();
        for (field, name) in self.line(NAMES).split('\t').enumerate() {
            let cell = self.cell(field, entry);
            if cell.is_empty() {
                continue;
            }
            let Some((list, key)) = name.split_once('.') else {
                // What is no JSON is a text as it is.
                object.insert(name.to_owned(), serde_json::from_str(cell).unwrap_or_else(|_| cell.into()));
                continue;
            };
            let list = object.entry(list).or_insert(Value::Array(Vec::new()));
            for (at, text) in cell.split('\t').enumerate() {
                if let Some(tables) = list.as_array_mut() {
                    if tables.len() <= at {
                        tables.push(Value::Object(Map::new()));
                    }
                    tables[at][key] = text.into();
                }
            }
        }
        Value::Object(object)
    }

    /// A source, by its number.
    pub(super) fn source(&self, number: usize) -> Source {
        let fields = self.line(NAMES).split('\t').count();
        let mut fields = self.cell(fields, number).split('\t').map(str::to_owned);
        let mut next = || fields.next().unwrap_or_default();
        Source { title: next(), publisher: next(), date: next(), url: next() }
    }
}

const fn lines(text: &str) -> usize {
    let (bytes, mut at, mut lines) = (text.as_bytes(), 0, 0);
    while at < bytes.len() {
        lines += (bytes[at] == b'\n') as usize;
        at += 1;
    }
    lines
}

/// The name of the file, with what tells one build’s from another’s to caches.
pub fn file_query() -> &'static str {
    STAMP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_file_of_this_build_is_taken() {
        let file = |stamp: &str| [stamp, "\npinyin\tenglish\npīnyīn\nEnglish\ntitle\t\t\t\n", stamp].concat();
        assert!(Entries::new(file(STAMP)).is_ok());
        let cut = file(STAMP)[..40].to_owned();
        for wrong in
            [file("0123456789abcdef"), cut, String::new(), "<!doctype html>".into(), [STAMP, "\n"].concat()]
        {
            assert!(Entries::new(wrong).is_err());
        }
    }
}
