//! [`Target`]: the words a note stands on, told in two ways: by position and by quotation.

use crate::text::{IndexedText, Span};

/// Code points of context that a quotation keeps on each side.
pub const CONTEXT: usize = 32;

/// A TextQuoteSelector: words with what stood around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextQuote {
    /// The words.
    pub exact: String,
    /// What stood before them.
    pub prefix: String,
    /// What stood after them.
    pub suffix: String,
}

/// The words a note stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The key of the article: its canonical address, or what the site calls it.
    pub source: String,
    /// The words, and what stood around them.
    pub quote: TextQuote,
    /// Where they stood when the note was written, in code points.
    pub position: Option<Span>,
}

impl Target {
    /// A span of the text of the article `source`.
    pub fn of(text: &IndexedText, span: Span, source: &str) -> Self {
        let span = text.clamp(span);
        let before = Span::new(span.start().index().saturating_sub(CONTEXT), span.start().index());
        let after = text.clamp(Span::new(span.end().index(), span.end().index() + CONTEXT));
        let slice = |span| text.slice(span).to_owned();
        Self {
            source: source.to_owned(),
            quote: TextQuote { exact: slice(span), prefix: slice(before), suffix: slice(after) },
            position: Some(span),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_ends_with_the_text() {
        let text = IndexedText::from("市委书记李俊明作动员讲话");
        let target = Target::of(&text, Span::new(4usize, 7usize), "k");
        assert_eq!(target.quote.exact, "李俊明");
        assert_eq!((target.quote.prefix.as_str(), target.quote.suffix.as_str()), ("市委书记", "作动员讲话"));
    }

    #[test]
    fn context_is_counted_in_code_points() {
        let text = IndexedText::new("𠮷".repeat(100));
        let target = Target::of(&text, Span::new(50usize, 51usize), "k");
        assert_eq!(target.quote.prefix.chars().count(), CONTEXT);
        assert_eq!(target.quote.suffix.chars().count(), CONTEXT);
    }
}
