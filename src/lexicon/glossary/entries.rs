//! [`Entries`]: what the built-in entries say, from the file that comes after the article.

use super::model::Source;
use thiserror::Error;

/// The first line of the file that belongs to this index.
const STAMP: &str = include_str!(concat!(env!("OUT_DIR"), "/glossary.stamp"));

/// Why a file is not the one that belongs to this glossary.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the glossary’s file is of another build, or damaged")]
pub struct WrongFile;

/// The file, whole. Its lines are parsed one by one, as they are asked for.
pub(super) struct Entries(String);

impl Entries {
    /// Takes the file, if it was made together with the index.
    pub(super) fn new(file: String) -> Result<Self, WrongFile> {
        // The sources come last: without them the file is not whole.
        let whole =
            file.split_once('\n').is_some_and(|(stamp, rest)| stamp == STAMP && rest.contains("\n\n"));
        if whole { Ok(Self(file)) } else { Err(WrongFile) }
    }

    /// The English rendering, the pinyin and the rest of each entry, in the order of the index.
    pub(super) fn lines(&self) -> impl Iterator<Item = [&str; 3]> {
        let mut lines = self.0.lines().skip(1);
        let pinyin = lines.next().unwrap_or_default().split('\t');
        lines.zip(pinyin).map(|(line, pinyin)| {
            let (english, rest) = line.split_once('\t').unwrap_or((line, ""));
            [english, pinyin, rest]
        })
    }

    /// A source, by its number.
    pub(super) fn source(&self, number: u64) -> Option<Source> {
        let sources = self.0.split_once("\n\n")?.1;
        let mut fields = sources.lines().nth(usize::try_from(number).ok()?)?.split('\t').map(str::to_owned);
        let mut next = || fields.next().unwrap_or_default();
        Some(Source { title: next(), publisher: next(), date: next(), url: next() })
    }
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
        let file = |stamp: &str| [stamp, "\npinyin\nenglish\t{}\n\ntitle\t\t\t\n"].concat();
        assert!(Entries::new(file(STAMP)).is_ok());
        for wrong in
            [file("0123456789abcdef"), String::new(), "<!doctype html>".into(), [STAMP, "\na"].concat()]
        {
            assert!(Entries::new(wrong).is_err());
        }
    }
}
