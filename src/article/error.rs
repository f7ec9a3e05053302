//! Why an article cannot be shown.

use thiserror::Error;

/// The largest article read, in bytes. A book fits; a page that sends more is a mistake or an attack.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Why an article cannot be shown. The texts are for logs and events; the interface has its own
/// sentences in the reader's language, chosen by [`ArticleError::code`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ArticleError {
    /// There is no text in it.
    #[error("the article is empty")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("the article has {bytes} bytes; at most {MAX_BYTES} are read")]
    TooLarge {
        /// What was sent, in bytes, as far as it is known.
        bytes: usize,
    },
    /// No text in an encoding that is read: UTF-8, and in a browser what the server names and GB18030.
    #[error("the article is no text that can be read; save it as UTF-8")]
    NotUtf8,
    /// A page that the browser does not parse: it is broken XML, or may not be parsed under this page's policy.
    #[error("the page cannot be parsed")]
    NotParsed,
    /// Notes on an article, as they are exported.
    #[error("these are notes, and no article: open the article, then import them")]
    Notes,
    /// Opens like a JSON object and is not an article.
    #[error("the article is not valid JSON: {0}")]
    BadJson(String),
    /// The request failed before any text came.
    #[error("the article could not be fetched from {url}: {reason}")]
    Unreachable {
        /// The address as given.
        url: String,
        /// The engine's words, or the HTTP status.
        reason: String,
    },
}

impl ArticleError {
    /// A stable name for `bianzhu:error`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "article-empty",
            Self::TooLarge { .. } => "article-too-large",
            Self::NotUtf8 => "article-not-utf8",
            Self::NotParsed => "article-not-parsed",
            Self::Notes => "article-is-notes",
            Self::BadJson(_) => "article-bad-json",
            Self::Unreachable { .. } => "article-unreachable",
        }
    }
}
