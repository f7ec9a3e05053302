//! [`Preferences`]: what a reader chose, a key each. Choices are a comfort: where they cannot be kept,
//! they hold until the page is left.

use super::{KeyValue, Memory};
use crate::sort::sort_by;
use std::rc::Rc;

/// Before every key of a choice.
const PREFIX: &str = "bianzhu:prefs:";
/// Before the name of a term that the reader knows.
const KNOWN: &str = "known:";

/// Choices by name.
pub struct Preferences {
    store: Rc<dyn KeyValue>,
    /// What the store did not take.
    unkept: Memory,
}

impl Preferences {
    /// The choices in a store.
    pub fn new(store: Rc<dyn KeyValue>) -> Self {
        Self { store, unkept: Memory::default() }
    }

    /// What was chosen; `None` for the usual.
    pub fn get(&self, name: &str) -> Option<String> {
        let key = key(name);
        let chosen = match self.unkept.get(&key) {
            Ok(Some(value)) => Some(value),
            _ => self.store.get(&key).ok().flatten(),
        };
        chosen.filter(|value| !value.is_empty())
    }

    /// Chooses; `None` for the usual.
    pub fn set(&self, name: &str, value: Option<&str>) {
        let key = key(name);
        let kept = match value {
            Some(value) => {
                self.store.set(&key, value).is_ok()
                    && self.store.get(&key).ok().flatten().as_deref() == Some(value)
            }
            None => self.store.remove(&key).is_ok(),
        };
        let _ =
            if kept { self.unkept.remove(&key) } else { self.unkept.set(&key, value.unwrap_or_default()) };
    }

    /// The terms that the reader knows: their ids and names, by id.
    pub fn known(&self) -> Vec<(String, String)> {
        let prefix = key(KNOWN);
        let mut keys = self.store.keys(&prefix).unwrap_or_default();
        keys.extend(self.unkept.keys(&prefix).unwrap_or_default());
        sort_by(&mut keys, |a, b| a.cmp(b));
        keys.dedup();
        let mut known = Vec::new();
        for key in &keys {
            let id = key.get(prefix.len()..).unwrap_or_default();
            if let Some(name) = self.get(&[KNOWN, id].concat()) {
                known.push((id.to_owned(), name));
            }
        }
        known
    }

    /// Takes note that the reader knows a term, or with `None` does not; a term’s name is kept with its id,
    /// for a list can be shown where the term’s pack is not.
    pub fn set_known(&self, id: &str, name: Option<&str>) {
        self.set(&[KNOWN, id].concat(), name);
    }

    /// Whether a key is a choice’s.
    pub fn is_ours(key: &str) -> bool {
        key.starts_with(PREFIX)
    }
}

fn key(name: &str) -> String {
    [PREFIX, name].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::StorageError;

    /// Reads nothing and takes nothing.
    struct Closed;

    impl KeyValue for Closed {
        fn get(&self, _: &str) -> Result<Option<String>, StorageError> {
            Err(StorageError::Unavailable)
        }
        fn set(&self, _: &str, _: &str) -> Result<(), StorageError> {
            Err(StorageError::Full)
        }
        fn remove(&self, _: &str) -> Result<(), StorageError> {
            Err(StorageError::Unavailable)
        }
        fn keys(&self, _: &str) -> Result<Vec<String>, StorageError> {
            Err(StorageError::Unavailable)
        }
    }

    #[test]
    fn choices_hold_whether_they_can_be_kept_or_not() {
        let stores: [Rc<dyn KeyValue>; 2] = [Rc::new(Memory::default()), Rc::new(Closed)];
        for store in stores {
            let choices = Preferences::new(store);
            assert_eq!(choices.get("hover"), None);
            choices.set("hover", Some("off"));
            assert_eq!(choices.get("hover").as_deref(), Some("off"));
            choices.set("hover", None);
            assert_eq!(choices.get("hover"), None);
            choices.set_known("b", Some("乙"));
            choices.set_known("a", Some("甲"));
            choices.set_known("c", Some("丙"));
            choices.set_known("c", None);
            assert_eq!(choices.known(), [("a".into(), "甲".into()), ("b".into(), "乙".into())]);
        }
    }

    #[test]
    fn what_is_kept_is_read_by_the_next_page() {
        let store: Rc<dyn KeyValue> = Rc::new(Memory::default());
        Preferences::new(Rc::clone(&store)).set("marking", Some("all"));
        assert_eq!(Preferences::new(store).get("marking").as_deref(), Some("all"));
    }
}
