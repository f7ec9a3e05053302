//! Floor 5: where notes are kept. One key a note, so that two tabs never overwrite each other's notes:
//! `bianzhu:1:<article key>:<note id>`, both percent-encoded. Beside them what a reader chose
//! (`bianzhu:prefs:<name>`) and the terms a reader wrote (`bianzhu:term:<id>`).

mod key_value;
#[cfg(target_arch = "wasm32")]
mod local_storage;
mod note_store;
mod own_terms;
mod preferences;

pub use key_value::{KeyValue, Memory, StorageError};
#[cfg(target_arch = "wasm32")]
pub use local_storage::LocalStorage;
pub use note_store::{LoadProblem, Loaded, NoteStore};
pub use own_terms::OwnTerms;
pub use preferences::Preferences;
