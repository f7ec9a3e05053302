//! Floor 1: places in a text, counted in Unicode code points, and the tables that turn them into
//! the UTF-16 code units of the DOM and the bytes of Rust strings.
//!
//! Outside `dom`, every offset is an [`Offset`]: code points of the article's text (its blocks
//! joined by one `\n`), as the W3C Web Annotation model asks.

mod change;
mod indexed;
mod offset;
mod percent;
mod sentence;
mod traditional;

pub use change::Change;
pub use indexed::IndexedText;
pub use offset::{Offset, Span};
pub use percent::{percent_decoded, percent_encoded};
pub use sentence::{paragraph_around, sentence_around};
pub use traditional::simplified;
