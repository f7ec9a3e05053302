//! [`LocalStorage`]: the browser's, which may be missing, forbidden or full.

use super::{KeyValue, StorageError};
use wasm_bindgen::{JsCast, JsValue};

/// The window's `localStorage`, asked for anew each time: a browser may take it away.
#[derive(Clone, Copy, Debug, Default)]
pub struct LocalStorage;

fn storage() -> Result<web_sys::Storage, StorageError> {
    web_sys::window().and_then(|window| window.local_storage().ok()?).ok_or(StorageError::Unavailable)
}

fn refused(error: JsValue) -> StorageError {
    let Some(error) = error.dyn_ref::<js_sys::Error>() else { return StorageError::Unavailable };
    let code = js_sys::Reflect::get(error, &"code".into()).ok().and_then(|code| code.as_f64());
    StorageError::of_exception(
        &String::from(error.name()),
        code.unwrap_or_default() as u32,
        error.message().into(),
    )
}

impl KeyValue for LocalStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        storage()?.get_item(key).map_err(refused)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        storage()?.set_item(key, value).map_err(refused)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        storage()?.remove_item(key).map_err(refused)
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        let storage = storage()?;
        let count = storage.length().map_err(refused)?;
        let keys = (0..count).filter_map(|at| storage.key(at).ok().flatten());
        Ok(keys.filter(|key| key.starts_with(prefix)).collect())
    }
}
