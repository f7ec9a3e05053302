//! Keys as a reader presses them, wherever the focus is.

use crate::{Outcome, Page};
use thirtyfour::Key;

/// Types.
///
/// # Errors
/// When the browser cannot.
pub async fn press(page: &Page, keys: &str) -> Outcome {
    Ok(page.driver().action_chain().send_keys(keys).perform().await?)
}

/// Presses a key that is no letter.
///
/// # Errors
/// When the browser cannot.
pub async fn press_key(page: &Page, key: Key) -> Outcome {
    press(page, &key.value().to_string()).await
}

/// Presses a key with Ctrl, and Shift where asked for.
///
/// # Errors
/// When the browser cannot.
pub async fn press_control(page: &Page, key: &str, shift: bool) -> Outcome {
    let chain = page.driver().action_chain().key_down(Key::Control);
    let chain = if shift { chain.key_down(Key::Shift) } else { chain };
    let chain = chain.send_keys(key).key_up(Key::Control);
    Ok((if shift { chain.key_up(Key::Shift) } else { chain }).perform().await?)
}
