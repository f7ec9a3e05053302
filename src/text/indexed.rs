//! [`IndexedText`]: a text with the tables that make every conversion of a place cheap.

use super::{Offset, Span};

/// How many code points lie between two checkpoints of the conversion tables.
const STRIDE: usize = 64;

/// A text that can be asked for its code points, its bytes and its UTF-16 code units at any place.
///
/// Checkpoints stand every 64 code points, so a conversion walks at most that far and the tables
/// stay a small fraction of the text.
#[derive(Clone, Debug, Default)]
pub struct IndexedText {
    text: String,
    len: usize,
    utf16_len: usize,
    /// (bytes, UTF-16 code units) before code point `i * STRIDE`.
    checkpoints: Vec<(u32, u32)>,
}

impl IndexedText {
    /// Indexes a text, in one pass.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let mut checkpoints = Vec::with_capacity(text.len() / (STRIDE * 2) + 1);
        let (mut len, mut utf16_len) = (0, 0);
        for (byte, c) in text.char_indices() {
            if len % STRIDE == 0 {
                checkpoints.push((byte as u32, utf16_len as u32));
            }
            len += 1;
            utf16_len += c.len_utf16();
        }
        Self { text, len, utf16_len, checkpoints }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Length in code points.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The place after the last code point.
    pub fn end(&self) -> Offset {
        Offset::from(self.len)
    }

    /// Bytes before a place; places past the end count as the end.
    pub fn byte(&self, offset: Offset) -> usize {
        self.walk(offset).0
    }

    /// UTF-16 code units before a place; places past the end count as the end.
    pub fn utf16(&self, offset: Offset) -> usize {
        self.walk(offset).1
    }

    /// The place of a UTF-16 index; inside a surrogate pair, the place before it.
    pub fn from_utf16(&self, units: usize) -> Offset {
        if units >= self.utf16_len {
            return self.end();
        }
        let checkpoint = self.checkpoints.partition_point(|&(_, at)| at as usize <= units) - 1;
        let (byte, at) = self.checkpoints[checkpoint];
        let (mut at, mut offset) = (at as usize, checkpoint * STRIDE);
        for c in self.text[byte as usize..].chars() {
            if at + c.len_utf16() > units {
                break;
            }
            at += c.len_utf16();
            offset += 1;
        }
        Offset::from(offset)
    }

    /// The text of a span, clamped to the text.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[self.byte(span.start())..self.byte(span.end())]
    }

    /// The part of a span that lies in the text.
    pub fn clamp(&self, span: Span) -> Span {
        Span::new(span.start().min(self.end()), span.end().min(self.end()))
    }

    fn walk(&self, offset: Offset) -> (usize, usize) {
        let index = offset.index();
        if index >= self.len {
            return (self.text.len(), self.utf16_len);
        }
        let (byte, utf16) = self.checkpoints[index / STRIDE];
        let start = byte as usize;
        self.text[start..]
            .chars()
            .take(index % STRIDE)
            .fold((start, utf16 as usize), |(b, u), c| (b + c.len_utf8(), u + c.len_utf16()))
    }
}

impl From<&str> for IndexedText {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn characters_beyond_the_bmp_take_two_units() {
        let text = IndexedText::from("𠮷野家");
        assert_eq!(text.len(), 3);
        assert_eq!(text.utf16(Offset(1)), 2);
        assert_eq!(text.from_utf16(1), Offset(0));
        assert_eq!(text.from_utf16(2), Offset(1));
        assert_eq!(text.slice(Span::new(1usize, 3usize)), "野家");
    }

    #[test]
    fn places_past_the_end_are_the_end() {
        let text = IndexedText::from("会议");
        assert_eq!(text.slice(Span::new(1usize, 99usize)), "议");
        assert_eq!(text.from_utf16(99), Offset(2));
        assert_eq!(IndexedText::from("").from_utf16(0), Offset(0));
    }

    proptest! {
        #[test]
        fn utf16_goes_there_and_back(s in "\\PC{0,200}") {
            let text = IndexedText::from(s.as_str());
            let mut units = 0;
            for (i, c) in s.chars().enumerate() {
                prop_assert_eq!(text.utf16(Offset::from(i)), units);
                prop_assert_eq!(text.from_utf16(units), Offset::from(i));
                units += c.len_utf16();
            }
            prop_assert_eq!(text.utf16(text.end()), units);
        }
    }
}
