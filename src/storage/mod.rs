//! Floor 5: where notes are kept. One key a note, so that two tabs never overwrite each other's notes:
//! `bianzhu:1:<article key>:<note id>`, both percent-encoded. Beside them what is being typed
//! (`bianzhu:draft:…`), what cannot be read (`bianzhu:aside:…`), a record of each article
//! (`bianzhu:article:<article key>`), what a reader chose (`bianzhu:prefs:<name>`), the terms a reader
//! wrote (`bianzhu:term:<id>`) and the articles a reader brought (`bianzhu:text:<id>`).

mod key_value;
mod legacy;
pub mod library;
#[cfg(target_arch = "wasm32")]
mod local_storage;
mod note_store;
mod own_terms;
mod preferences;
mod room;
mod shared;
mod texts;

pub use key_value::{KeyValue, Memory, StorageError};
#[cfg(target_arch = "wasm32")]
pub use local_storage::LocalStorage;
pub use note_store::{LoadProblem, Loaded, News, NoteStore};
pub use own_terms::OwnTerms;
pub use preferences::Preferences;
pub use room::{CAPACITY, Room};
pub use shared::Shared;
pub use texts::{Listed, Texts, key_of_text, text_of_article};
