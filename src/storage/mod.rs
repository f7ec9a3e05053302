//! Floor 5: where notes are kept. One key a note, so that two tabs never overwrite each other's notes:
//! `bianzhu:1:<article key>:<note id>`, both percent-encoded.

mod key_value;
#[cfg(target_arch = "wasm32")]
mod local_storage;
mod note_store;

pub use key_value::{KeyValue, Memory, StorageError};
#[cfg(target_arch = "wasm32")]
pub use local_storage::LocalStorage;
pub use note_store::{LoadProblem, Loaded, NoteStore};
