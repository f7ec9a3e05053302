//! [`Article`]: blocks over one indexed text.

use super::ArticleError;
use crate::text::{IndexedText, Span};

/// What is known of an article besides its text. Empty strings stand for what it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The headline.
    pub title: String,
    /// The headline was written by an editor of this collection, not by the newspaper.
    pub title_is_ours: bool,
    /// Who published it, as the article says it.
    pub source: String,
    /// Who wrote it.
    pub author: String,
    /// When, in the article's own words: an article may leave out the year.
    pub date: String,
}

/// What a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    #[default]
    Paragraph,
    /// A heading of level 1 to 6 (1 is the headline, where it is in the text).
    Heading(u8),
    /// One item of a list.
    ListItem,
    /// What somebody else said or wrote.
    Quote,
}

/// A paragraph, heading or list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the article's text.
    pub span: Span,
}

/// Takes the headline out of the blocks of a page, where one is there: it stands over the text then, not in it.
/// Without one, the title stays what the page says elsewhere.
pub fn take_headline(details: &mut Details, blocks: &mut Vec<(BlockKind, String)>) {
    let is_headline =
        |(kind, text): &(BlockKind, String)| *kind == BlockKind::Heading(1) || *text == details.title;
    if let Some(at) = blocks.iter().position(is_headline) {
        details.title = blocks.remove(at).1;
    }
}

/// An article: its details and its blocks, joined by one `\n` into one text.
///
/// Invariant: blocks are in order, do not touch, are not empty, and the text between two of them is
/// exactly `\n`.
#[derive(Clone, Debug)]
pub struct Article {
    /// What is known besides the text.
    pub details: Details,
    text: IndexedText,
    blocks: Vec<Block>,
}

impl Article {
    /// Joins blocks into an article; blocks without text are left out, and line breaks inside a
    /// block become spaces, so that `\n` always means a new block.
    ///
    /// # Errors
    /// [`ArticleError::Empty`] when no block holds text.
    pub fn new<T: AsRef<str>>(
        details: Details,
        blocks: impl IntoIterator<Item = (BlockKind, T)>,
    ) -> Result<Self, ArticleError> {
        let (mut text, mut len, mut list) = (String::new(), 0usize, Vec::new());
        for (kind, block) in blocks {
            let block = block.as_ref();
            if block.trim().is_empty() {
                continue;
            }
            if !list.is_empty() {
                text.push('\n');
                len += 1;
            }
            let start = len;
            for c in block.chars() {
                text.push(if matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}') { ' ' } else { c });
                len += 1;
            }
            list.push(Block { kind, span: Span::new(start, len) });
        }
        if list.is_empty() {
            return Err(ArticleError::Empty);
        }
        Ok(Self { details, text: IndexedText::new(text), blocks: list })
    }

    /// The article's text: what every offset counts in.
    pub fn text(&self) -> &IndexedText {
        &self.text
    }

    /// The blocks, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The index of the block around a span's start, or the last one before it.
    pub fn block_at(&self, span: Span) -> usize {
        self.blocks.partition_point(|block| block.span.start() <= span.start()).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_stands_over_the_text() {
        let blocks = |texts: &[(u8, &str)]| -> Vec<(BlockKind, String)> {
            texts.iter().map(|(level, text)| (BlockKind::Heading(*level), (*text).to_owned())).collect()
        };
        for (page, before, title, left) in [
            (
                "报 · 甲",
                &[(3, "要闻"), (1, "甲"), (2, "一"), (1, "乙")][..],
                "甲",
                &[(3, "要闻"), (2, "一"), (1, "乙")][..],
            ),
            ("甲", &[(2, "甲"), (2, "一")], "甲", &[(2, "一")]),
            ("报", &[(2, "一")], "报", &[(2, "一")]),
        ] {
            let mut details = Details { title: page.to_owned(), ..Details::default() };
            let mut found = blocks(before);
            take_headline(&mut details, &mut found);
            assert_eq!((details.title.as_str(), found), (title, blocks(left)));
        }
    }
}
