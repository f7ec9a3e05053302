//! Requests that stop reading at a limit.

use super::window;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestInit, Response};

/// Fetches the bytes at an address, relative to the page. Reading stops at the first chunk past
/// `limit` bytes, and what was read so far is returned: the caller sees that it is too long.
///
/// # Errors
/// The engine's words, or the HTTP status, when nothing could be read.
pub async fn fetch_bytes(url: &str, limit: usize) -> Result<Vec<u8>, String> {
    let abort = AbortController::new().map_err(words)?;
    let init = RequestInit::new();
    init.set_signal(Some(&abort.signal()));
    let response = JsFuture::from(window().fetch_with_str_and_init(url, &init)).await.map_err(words)?;
    let response: Response = response.dyn_into().map_err(words)?;
    if !response.ok() {
        return Err(format!("HTTP {}", response.status()));
    }
    let Some(body) = response.body() else { return Ok(Vec::new()) };
    let reader: ReadableStreamDefaultReader =
        body.get_reader().dyn_into().map_err(|_| "no reader".to_owned())?;
    let mut bytes = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(words)?;
        let done = Reflect::get(&chunk, &"done".into()).map_err(words)?.is_truthy();
        if done {
            return Ok(bytes);
        }
        let value = Reflect::get(&chunk, &"value".into()).map_err(words)?;
        bytes.extend(value.dyn_into::<Uint8Array>().map_err(words)?.to_vec());
        if bytes.len() > limit {
            abort.abort();
            return Ok(bytes);
        }
    }
}

/// What a thrown value says, for people.
fn words(error: JsValue) -> String {
    let message = Reflect::get(&error, &"message".into()).ok().and_then(|m| m.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "the request failed".to_owned())
}
