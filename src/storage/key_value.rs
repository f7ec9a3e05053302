//! [`KeyValue`]: what notes are kept in.

use std::cell::RefCell;
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

impl KeyValue for Memory {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.0.borrow().iter().find(|(other, _)| other == key).map(|(_, value)| value.clone()))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.remove(key)?;
        self.0.borrow_mut().push((key.to_owned(), value.to_owned()));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.0.borrow_mut().retain(|(other, _)| other != key);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        let entries = self.0.borrow();
        Ok(entries.iter().map(|(key, _)| key).filter(|key| key.starts_with(prefix)).cloned().collect())
    }
}
