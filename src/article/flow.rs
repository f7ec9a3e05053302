//! [`Flow`]: a page's markup as one reads it. Blocks follow each other, white space is collapsed as CSS does, and
//! every part of the text knows the text node it came from.

use super::BlockKind;

/// A part of the text that stands in one text node without a gap, in UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Which text node, as it was given to [`Flow::text`].
    pub node: usize,
    /// Where the part begins in the node.
    pub from: usize,
    /// Where it begins in the article: its blocks joined by one line break.
    pub start: usize,
    /// How long it is.
    pub len: usize,
    /// The page shows something before it that is not read.
    pub is_apart: bool,
}

/// White space that shows only if something follows it in its block.
struct Blank {
    node: usize,
    from: usize,
    has_break: bool,
    /// It parts two cells of a table's row.
    is_gap: bool,
}

/// Reads markup in document order: tell it of every block's edges and of every text node.
#[derive(Default)]
pub struct Flow {
    blocks: Vec<(BlockKind, String)>,
    runs: Vec<Run>,
    kind: BlockKind,
    /// The text of the block that is open.
    text: String,
    /// Where that block begins, in the article and among the runs.
    begins: (usize, usize),
    /// How long the article is so far, in UTF-16 code units.
    units: usize,
    blank: Option<Blank>,
    has_skipped: bool,
    /// What the next block begins with.
    marker: String,
}

/// No node: what stands there was not written.
const NOWHERE: usize = usize::MAX;

impl Flow {
    /// An edge of a block: what follows is a block of its own.
    pub fn cut(&mut self, kind: BlockKind) {
        self.blank = None;
        if self.text.trim().is_empty() {
            self.text.clear();
            self.units = self.begins.0;
            self.runs.truncate(self.begins.1);
        } else {
            self.blocks.push((self.kind, std::mem::take(&mut self.text)));
            self.units += 1;
            self.begins = (self.units, self.runs.len());
        }
        self.kind = kind;
    }

    /// Between two cells of a row that is read as one block.
    pub fn gap(&mut self) {
        if !self.text.is_empty() {
            self.blank = Some(Blank { node: NOWHERE, from: 0, has_break: false, is_gap: true });
        }
    }

    /// The number of an item, which the page makes of its own accord.
    pub fn mark(&mut self, marker: String) {
        self.marker = marker;
    }

    /// Something that is not read.
    pub fn skip(&mut self) {
        self.has_skipped = true;
    }

    /// The text of a node. `keeps_lines`: a line break in it shows as one.
    pub fn text(&mut self, node: usize, text: &str, keeps_lines: bool) {
        let mut from = 0;
        for c in text.chars() {
            match c {
                '\n' if keeps_lines => self.cut(self.kind),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' if self.text.is_empty() => {}
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    let blank =
                        self.blank.get_or_insert(Blank { node, from, has_break: false, is_gap: false });
                    blank.has_break |= c == '\n';
                }
                _ => {
                    if let Some(blank) = self.blank.take() {
                        // Lines of Chinese are broken in the source where the text goes on.
                        let goes_on = self.text.chars().next_back().is_some_and(is_wide) && is_wide(c);
                        if blank.is_gap {
                            self.push('\u{3000}', blank.node, blank.from);
                        } else if !(blank.has_break && goes_on) {
                            self.push(' ', blank.node, blank.from);
                        }
                    }
                    for c in std::mem::take(&mut self.marker).chars() {
                        self.push(c, NOWHERE, 0);
                    }
                    self.push(c, node, from);
                }
            }
            from += c.len_utf16();
        }
    }

    /// The blocks, and where their text stands.
    pub fn finish(mut self) -> (Vec<(BlockKind, String)>, Vec<Run>) {
        self.cut(BlockKind::Paragraph);
        (self.blocks, self.runs)
    }

    fn push(&mut self, c: char, node: usize, from: usize) {
        let len = c.len_utf16();
        let is_apart = std::mem::take(&mut self.has_skipped);
        self.text.push(c);
        match self.runs.get_mut(self.begins.1..).and_then(<[Run]>::last_mut) {
            Some(run) if run.node == node && run.from + run.len == from => run.len += len,
            _ => self.runs.push(Run { node, from, start: self.units, len, is_apart }),
        }
        self.units += len;
    }
}

/// Whether a character fills a square of a line of Chinese. Hangul does too, and has blanks between its words.
fn is_wide(c: char) -> bool {
    matches!(
        c,
        '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}'
            | '\u{20000}'..='\u{3fffd}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Details};
    use proptest::prelude::*;

    /// Reads text nodes, an empty one being the edge of a block.
    fn read(nodes: &[&str]) -> (Vec<String>, Vec<Run>) {
        let mut flow = Flow::default();
        for (at, node) in nodes.iter().enumerate() {
            if node.is_empty() {
                flow.cut(BlockKind::Paragraph);
            } else {
                flow.text(at, node, false);
            }
        }
        let (blocks, runs) = flow.finish();
        (blocks.into_iter().map(|(_, text)| text).collect(), runs)
    }

    #[test]
    fn white_space_is_collapsed_over_nodes_and_gone_at_the_edges_of_blocks() {
        assert_eq!(
            read(&["\n  The ", " plan\t", " of\n 2025 \n", "", " \n ", "", "next"]).0,
            ["The plan of 2025", "next"]
        );
    }

    #[test]
    fn a_line_break_in_the_source_is_no_blank_between_chinese_characters() {
        assert_eq!(
            read(&["市委书记\n    李俊明", "\n", "讲话。\n“好”\nok 吗"]).0,
            ["市委书记李俊明讲话。“好” ok 吗"]
        );
        assert_eq!(read(&["全 省\u{3000}干部"]).0, ["全 省\u{3000}干部"]);
    }

    #[test]
    fn every_part_of_the_text_knows_its_node() {
        let (_, runs) = read(&["  市委 \n ", "书𠮷", "", "x"]);
        assert_eq!(
            runs,
            [
                Run { node: 0, from: 2, start: 0, len: 2, is_apart: false },
                Run { node: 1, from: 0, start: 2, len: 3, is_apart: false },
                Run { node: 3, from: 0, start: 6, len: 1, is_apart: false },
            ]
        );
    }

    #[test]
    fn lines_that_are_kept_are_blocks() {
        let mut flow = Flow::default();
        flow.cut(BlockKind::Heading(2));
        flow.text(0, "甲\n\n  乙", true);
        let (blocks, _) = flow.finish();
        assert_eq!(
            blocks,
            [2, 2]
                .map(BlockKind::Heading)
                .into_iter()
                .zip(["甲", "乙"].map(str::to_owned))
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn cells_are_apart_and_items_have_their_numbers() {
        let mut flow = Flow::default();
        flow.gap();
        for cell in ["\n 甲 \n", "\n乙", " "] {
            flow.text(0, cell, false);
            flow.gap();
        }
        flow.mark("1. ".to_owned());
        flow.cut(BlockKind::ListItem);
        flow.text(1, "\n", false);
        flow.cut(BlockKind::ListItem);
        flow.text(2, " 丙", false);
        flow.cut(BlockKind::ListItem);
        flow.text(3, "丁", false);
        let (blocks, _) = flow.finish();
        assert_eq!(
            blocks.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(),
            ["甲　乙", "1. 丙", "丁"]
        );
    }

    proptest! {
        #[test]
        fn the_runs_say_what_the_article_says(nodes in prop::collection::vec("[ \n\r甲乙a𠮷\u{a0}\u{2028}é“]{0,8}", 0..8)) {
            let texts: Vec<&str> = nodes.iter().map(String::as_str).collect();
            let (blocks, runs) = read(&texts);
            let blocks = blocks.into_iter().map(|text| (BlockKind::Paragraph, text));
            let Ok(article) = Article::new(Details::default(), blocks) else {
                prop_assert!(runs.is_empty());
                return Ok(());
            };
            let units: Vec<u16> = article.text().as_str().encode_utf16().collect();
            let mut end = 0;
            for run in runs {
                // Between two runs there is nothing, or the break between two blocks.
                prop_assert!(run.start == end || (run.start == end + 1 && units[end] == u16::from(b'\n')));
                end = run.start + run.len;
                let node: Vec<u16> = texts[run.node].encode_utf16().collect();
                for at in 0..run.len {
                    let (shown, raw) = (units[run.start + at], node[run.from + at]);
                    prop_assert!(shown == raw || (shown == u16::from(b' ') && char::from_u32(raw.into()).is_some_and(char::is_whitespace)));
                }
            }
            prop_assert_eq!(end, units.len());
        }
    }
}
