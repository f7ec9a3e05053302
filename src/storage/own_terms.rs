//! [`OwnTerms`]: the terms that a reader wrote, a key each: `bianzhu:term:<id>`.

use super::{KeyValue, StorageError};
use crate::lexicon::glossary::{Term, own_row, own_term};
use crate::object;
use crate::sort::sort_by;
use crate::text::percent_encoded;
use std::rc::Rc;

/// Before every key of a term.
const PREFIX: &str = "bianzhu:term:";

/// The reader's own terms in a store.
pub struct OwnTerms(Rc<dyn KeyValue>);

impl OwnTerms {
    /// The terms in a store.
    pub fn new(store: Rc<dyn KeyValue>) -> Self {
        Self(store)
    }

    /// Reads the terms, by their names, and how many values are none: those stay where they are.
    ///
    /// # Errors
    /// When the store answers nothing at all.
    pub fn load(&self) -> Result<(Vec<Term>, usize), StorageError> {
        let (mut terms, mut unread) = (Vec::new(), 0);
        for key in self.0.keys(PREFIX)? {
            let row = self.0.get(&key)?.and_then(|value| serde_json::from_str(&value).ok());
            match row.as_ref().and_then(own_term) {
                // Two keys with one term would be saved as one, and the other's words lost.
                Some(term) if self::key(&term.id) == key => terms.push(term),
                _ => unread += 1,
            }
        }
        sort_by(&mut terms, |a, b| (&a.term, &a.id).cmp(&(&b.term, &b.id)));
        Ok((terms, unread))
    }

    /// Writes a term, and reads it back: only then it is saved.
    ///
    /// # Errors
    /// When it is not kept as it was given.
    pub fn save(&self, term: &Term) -> Result<(), StorageError> {
        let (key, value) = (key(&term.id), object::to_json(&own_row(term)));
        self.0.set(&key, &value)?;
        if self.0.get(&key)?.as_deref() == Some(&value) { Ok(()) } else { Err(StorageError::Unverified) }
    }

    /// Takes a term out.
    ///
    /// # Errors
    /// When it is still there.
    pub fn delete(&self, id: &str) -> Result<(), StorageError> {
        let key = key(id);
        self.0.remove(&key)?;
        if self.0.get(&key)?.is_none() { Ok(()) } else { Err(StorageError::Unverified) }
    }

    /// Whether a key is a term’s.
    pub fn is_ours(key: &str) -> bool {
        key.starts_with(PREFIX)
    }
}

fn key(id: &str) -> String {
    [PREFIX, &percent_encoded(id)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::glossary::Origin;
    use crate::storage::Memory;

    fn term(id: &str, name: &str) -> Term {
        let (id, term) = (id.to_owned(), name.to_owned());
        Term { id, term, definition: "我的话。".into(), origin: Origin::Reader, ..Term::default() }
    }

    #[test]
    fn terms_come_back_and_go() {
        let own = OwnTerms::new(Rc::new(Memory::default()));
        let (one, other) = (term("urn:uuid:a", "乙"), term("urn:uuid:b", "丙"));
        for term in [&one, &other] {
            assert_eq!(own.save(term), Ok(()));
        }
        assert_eq!(own.load(), Ok((vec![other, one.clone()], 0)));
        let edited = Term { definition: "改了。".into(), ..one.clone() };
        assert_eq!(own.save(&edited), Ok(()));
        assert_eq!(own.delete("urn:uuid:b"), Ok(()));
        assert_eq!(own.load(), Ok((vec![edited], 0)));
    }

    #[test]
    fn what_is_no_term_stays_where_it_is() {
        let store = Rc::new(Memory::default());
        let own = OwnTerms::new(Rc::clone(&store) as Rc<dyn KeyValue>);
        for (key, value) in [("x", "{\"term\":"), ("y", "{\"term\": \"甲\"}"), ("z", "1],[2")] {
            store.set(&[PREFIX, key].concat(), value).expect("memory");
        }
        own.save(&term("a", "甲")).expect("saved");
        assert_eq!(own.load().map(|(terms, unread)| (terms.len(), unread)), Ok((1, 3)));
        assert_eq!(store.get("bianzhu:term:x"), Ok(Some("{\"term\":".to_owned())));
    }
}
