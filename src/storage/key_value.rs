//! [`KeyValue`]: what notes are kept in.

use std::cell::RefCell;
use std::rc::Rc;
use thiserror::Error;

/// Why something is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StorageError {
    /// There is no storage, or it may not be used.
    #[error("this browser does not let the page keep anything; export the notes to keep them")]
    Unavailable,
    /// There is no room left.
    #[error("the browser's storage for this site is full; export the notes, then delete some")]
    Full,
    /// The storage refused for another reason, in its own words.
    #[error("the browser's storage refused: {0}")]
    Rejected(String),
    /// What was written does not read back the same.
    #[error("what was stored does not read back; export the notes to keep them")]
    Unverified,
}

impl StorageError {
    /// What an exception of the browser's storage means, by its name, its legacy code and its words.
    ///
    /// A full store is told of in several ways: `QuotaExceededError` with code 22, Firefox's own name with
    /// code 1014, and the constant's name in old engines. A disk without room is no other case to a reader.
    pub fn of_exception(name: &str, code: u32, message: String) -> Self {
        match (name, code) {
            (
                "QuotaExceededError"
                | "NS_ERROR_DOM_QUOTA_REACHED"
                | "QUOTA_EXCEEDED_ERR"
                | "NS_ERROR_FILE_NO_DEVICE_SPACE",
                _,
            )
            | (_, 22 | 1014) => Self::Full,
            ("SecurityError", _) | (_, 18) => Self::Unavailable,
            _ => Self::Rejected(message),
        }
    }
}

/// Texts by key. Injected, so that a failing store can be tried.
pub trait KeyValue {
    /// The value of a key.
    ///
    /// # Errors
    /// When nothing can be read at all; a key without a value is `None`.
    fn get(&self, key: &str) -> Result<Option<String>, StorageError>;

    /// Sets the value of a key.
    ///
    /// # Errors
    /// When it is not kept.
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError>;

    /// Takes a key out; one that is not there is no error.
    ///
    /// # Errors
    /// When it stays.
    fn remove(&self, key: &str) -> Result<(), StorageError>;

    /// The keys that begin with `prefix`, in no order.
    ///
    /// # Errors
    /// When nothing can be read at all.
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError>;
}

/// Keeps until the page is left.
#[derive(Debug, Default)]
pub struct Memory(RefCell<Vec<(String, String)>>);

impl Memory {
    /// Where a key is, or would be: they are in order.
    fn find(&self, key: &str) -> Result<usize, usize> {
        self.0.borrow().binary_search_by(|(other, _)| other.as_str().cmp(key))
    }
}

impl Memory {
    /// One for all of the page.
    pub fn of_page() -> Rc<Self> {
        thread_local! {
            static OF_PAGE: Rc<Memory> = Rc::default();
        }
        OF_PAGE.with(Rc::clone)
    }
}

impl KeyValue for Memory {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.find(key).ok().map(|at| self.0.borrow()[at].1.clone()))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        let found = self.find(key);
        let mut entries = self.0.borrow_mut();
        match found {
            Ok(at) => entries[at].1 = value.to_owned(),
            Err(at) => entries.insert(at, (key.to_owned(), value.to_owned())),
        }
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        if let Ok(at) = self.find(key) {
            self.0.borrow_mut().remove(at);
        }
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        let entries = self.0.borrow();
        Ok(entries.iter().map(|(key, _)| key).filter(|key| key.starts_with(prefix)).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_say_full_is_known() {
        for (name, code) in [
            ("QuotaExceededError", 22),
            ("QuotaExceededError", 0),
            ("NS_ERROR_DOM_QUOTA_REACHED", 1014),
            ("QUOTA_EXCEEDED_ERR", 22),
            ("Error", 22),
            ("", 1014),
            ("NS_ERROR_FILE_NO_DEVICE_SPACE", 0),
        ] {
            assert_eq!(StorageError::of_exception(name, code, String::new()), StorageError::Full, "{name}");
        }
        assert_eq!(StorageError::of_exception("SecurityError", 18, String::new()), StorageError::Unavailable);
        let other = StorageError::of_exception("InvalidStateError", 11, "gone".into());
        assert_eq!(other, StorageError::Rejected("gone".into()));
    }
}
