//! Floor 2: the article as the rest of the program sees it: what is known of it, its blocks, and one
//! text with code-point offsets. Made from plain text or JSON here, from a page's markup in `dom`.

mod error;
mod flow;
mod json;
mod lines;
mod media;
mod model;
mod plain;

pub use error::{ArticleError, MAX_BYTES};
pub use flow::{Flow, Run};
pub use lines::{from_own_text, read as read_lines, write as write_lines};
pub use media::{charset, is_markup};
pub use model::{Article, Block, BlockKind, Details, take_headline};

/// Reads an article from the bytes of a file in UTF-8, as JSON when they hold a JSON object and as plain
/// text otherwise.
///
/// # Errors
/// [`ArticleError`] when the bytes are too many, are not UTF-8, or hold no text.
pub fn from_bytes(bytes: &[u8]) -> Result<Article, ArticleError> {
    if bytes.len() > MAX_BYTES {
        return Err(ArticleError::TooLarge { bytes: bytes.len() });
    }
    from_text(std::str::from_utf8(bytes).map_err(|_| ArticleError::NotUtf8)?)
}

/// Reads an article from text: see [`from_bytes`].
///
/// # Errors
/// [`ArticleError`] when the text is empty, or opens like a JSON object and is not one.
pub fn from_text(text: &str) -> Result<Article, ArticleError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('{') { json::parse(text) } else { plain::parse(text) }
}
