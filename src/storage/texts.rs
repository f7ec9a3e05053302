//! [`Texts`]: the articles that a reader brought, a key each: `bianzhu:text:<id>`. The value is lines: when it was
//! last opened (ms since 1970), `ours` where the headline is an editor's, the headline, the source, the author, the date,
//! and then a line a block.

use super::note_store::hash;
use super::{KeyValue, Memory, StorageError, library};
use crate::article::{self, Article, Details};
use crate::sort::sort_by;
use std::rc::Rc;

/// Before every key of a text.
const PREFIX: &str = "bianzhu:text:";
/// Before the name of a text, in the key of its article.
const ARTICLE: &str = "urn:bianzhu:text:";

/// The name of the text that an article's key is of, where it is of one.
pub fn text_of_article(key: &str) -> Option<&str> {
    key.strip_prefix(ARTICLE)
}

/// A text in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its name in the store: of its words, so that the same text has the same notes.
    pub id: String,
    /// Its headline, or its first line.
    pub title: String,
    /// When it was last opened, in ms since 1970.
    pub opened: i64,
    /// How many notes it has.
    pub notes: usize,
}

/// The reader's own texts in a store.
pub struct Texts(pub Rc<dyn KeyValue>);

impl Texts {
    /// The texts, the last opened first; what is none is left where it is.
    pub fn list(&self) -> Vec<Listed> {
        let counts = library::articles(&*self.0);
        let mut listed = Vec::new();
        for key in self.0.keys(PREFIX).unwrap_or_default() {
            let value = self.0.get(&key).ok().flatten().unwrap_or_default();
            let Some((opened, details, text)) = parts(&value) else { continue };
            let id = key.get(PREFIX.len()..).unwrap_or_default().to_owned();
            let article = article_key(&id);
            let mut title = details.title;
            if title.is_empty() {
                title = text.split_once('\n').map_or(text, |(first, _)| first).to_owned();
            }
            let notes = counts.iter().find(|record| record.key == article).map_or(0, |record| record.notes);
            listed.push(Listed { id, title, opened, notes });
        }
        sort_by(&mut listed, |one, other| other.opened.cmp(&one.opened));
        listed
    }

    /// Keeps an article that is opened now (ms since 1970); what the store does not take, the page holds. Answers
    /// its name.
    pub fn keep(&self, article: &Article, now: i64) -> String {
        let Details { title, title_is_ours, source, author, date } = &article.details;
        let mut value = now.to_string();
        for field in [if *title_is_ours { "ours" } else { "" }, title, source, author, date] {
            value.push('\n');
            for line in field.lines() {
                value.push_str(line);
            }
        }
        value.push('\n');
        article::write_lines(article, &mut value);
        let id = id(article);
        if self.put(&id, &value).is_err() {
            let _ = Memory::of_page().set(&[PREFIX, &id].concat(), &value);
        }
        id
    }

    /// Puts a text back that was taken out.
    ///
    /// # Errors
    /// When it is not kept.
    pub fn put(&self, id: &str, value: &str) -> Result<(), StorageError> {
        let key = [PREFIX, id].concat();
        self.0.set(&key, value)?;
        if self.0.get(&key)?.as_deref() == Some(value) { Ok(()) } else { Err(StorageError::Unverified) }
    }

    /// An article by its name, and whether it is kept or is only held by the page.
    pub fn get(&self, id: &str) -> Option<(Article, bool)> {
        let key = [PREFIX, id].concat();
        let kept = self.0.get(&key).ok().flatten();
        let is_kept = kept.is_some();
        let value = kept.or_else(|| Memory::of_page().get(&key).ok()?)?;
        let (_, details, text) = parts(&value)?;
        Some((article::read_lines(details, text).ok()?, is_kept))
    }

    /// Takes a text out, and not its notes; answers what was there, for [`Texts::put`].
    pub fn remove(&self, id: &str) -> Option<String> {
        let key = [PREFIX, id].concat();
        let value = self.0.get(&key).ok()??;
        self.0.remove(&key).ok()?;
        Some(value)
    }
}

/// The name of an article's text.
fn id(article: &Article) -> String {
    hash(article.text().as_str()).to_string()
}

fn article_key(id: &str) -> String {
    [ARTICLE, id].concat()
}

/// The key that the notes on a reader's own article are kept under.
pub fn key_of_text(article: &Article) -> String {
    article_key(&id(article))
}

/// When a text was last opened, what is known of it, and its lines.
fn parts(value: &str) -> Option<(i64, Details, &str)> {
    let mut rest = value;
    let mut line = || {
        let (line, after) = rest.split_once('\n')?;
        rest = after;
        Some(line.to_owned())
    };
    let opened = line()?;
    let is_time = !opened.is_empty() && opened.bytes().all(|digit| digit.is_ascii_digit());
    let opened =
        opened.bytes().fold(0i64, |sum, digit| sum.wrapping_mul(10).wrapping_add((digit & 15).into()));
    let details = Details {
        title_is_ours: !line()?.is_empty(),
        title: line()?,
        source: line()?,
        author: line()?,
        date: line()?,
    };
    is_time.then_some((opened, details, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Note, Timestamp};
    use crate::storage::{Memory, NoteStore};
    use crate::text::Span;

    #[test]
    fn texts_come_back_and_go_and_their_notes_stay() {
        let store: Rc<dyn KeyValue> = Rc::new(Memory::default());
        let texts = Texts(Rc::clone(&store));
        let own = |text| article::from_own_text(text).expect("an article");
        let (mut one, other) = (own("动员大会\n市委书记讲话。\n## 二\n- 三"), own("没有标题的一段话。"));
        one.details.title_is_ours = true;
        one.details.date = "3月\n12日".to_owned();
        for (article, time) in [(&one, 5), (&other, 7)] {
            assert_eq!(texts.keep(article, time), id(article));
        }
        let key = key_of_text(&one);
        let note = Note::new("urn:x:1".into(), one.text(), Span::new(0, 2), &key, Timestamp(1));
        NoteStore::new(Rc::clone(&store), &key, "动员大会", "urn:x:window").save(&note).expect("saved");
        store.set("bianzhu:text:odd", "5\n\n").expect("memory");
        let listed = |title: &str, opened, notes, article: &Article| Listed {
            id: id(article),
            title: title.into(),
            opened,
            notes,
        };
        assert_eq!(
            texts.list(),
            [listed("没有标题的一段话。", 7, 0, &other), listed("动员大会", 5, 1, &one)]
        );
        one.details.date = "3月12日".to_owned();
        let (again, is_kept) = texts.get(&id(&one)).expect("kept");
        assert!(is_kept);
        assert_eq!((&again.details, again.blocks()), (&one.details, one.blocks()));
        assert_eq!(key_of_text(&again), key);
        // Opened again, it comes first.
        texts.keep(&again, 9);
        assert_eq!(texts.list()[0], listed("动员大会", 9, 1, &one));
        let taken = texts.remove(&id(&one)).expect("there");
        assert_eq!((texts.list().len(), library::articles(&*store)[0].notes), (1, 1));
        texts.put(&id(&one), &taken).expect("kept");
        assert_eq!(texts.list()[0].notes, 1);
        assert_eq!(store.get("bianzhu:text:odd"), Ok(Some("5\n\n".to_owned())));
    }

    /// Takes nothing.
    struct Full;

    impl KeyValue for Full {
        fn get(&self, _: &str) -> Result<Option<String>, StorageError> {
            Ok(None)
        }
        fn set(&self, _: &str, _: &str) -> Result<(), StorageError> {
            Err(StorageError::Full)
        }
        fn remove(&self, _: &str) -> Result<(), StorageError> {
            Ok(())
        }
        fn keys(&self, _: &str) -> Result<Vec<String>, StorageError> {
            Ok(Vec::new())
        }
    }

    #[test]
    fn what_is_not_kept_lasts_as_long_as_the_page() {
        let texts = Texts(Rc::new(Full));
        let article = article::from_own_text("市委书记讲话。").expect("an article");
        let id = texts.keep(&article, 5);
        let (held, is_kept) = texts.get(&id).expect("the page holds it");
        assert_eq!((held.text().as_str(), is_kept), (article.text().as_str(), false));
        assert_eq!(texts.list(), []);
    }
}
