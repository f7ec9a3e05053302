//! Plain text: a line is a paragraph, and so is what a collapsed line break left behind.

use super::{Article, ArticleError, BlockKind, Details};

pub(super) fn parse(text: &str) -> Result<Article, ArticleError> {
    Article::new(Details::default(), blocks(text))
}

/// Chinese is written without spaces, so one blank after a sentence end is where a page's line break
/// was lost on the way: it starts a new paragraph, and being one character it keeps every offset.
pub(super) fn blocks(text: &str) -> Vec<(BlockKind, &str)> {
    let mut blocks = Vec::new();
    for line in text.lines() {
        let (mut start, mut ended) = (0, false);
        let mut chars = line.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next_is_han = chars.peek().is_some_and(|&(_, c)| is_han_or_opening(c));
            if ended && matches!(c, ' ' | '\u{3000}') && next_is_han {
                blocks.push((BlockKind::Paragraph, &line[start..at]));
                start = at + c.len_utf8();
            }
            ended = matches!(c, '。' | '！' | '？') || (ended && matches!(c, '”' | '’' | '）' | ')'));
        }
        blocks.push((BlockKind::Paragraph, &line[start..]));
    }
    blocks
}

fn is_han_or_opening(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}' | '“' | '‘' | '《' | '（')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        blocks(text).into_iter().map(|(_, block)| block).collect()
    }

    #[test]
    fn a_blank_after_a_sentence_end_starts_a_paragraph() {
        assert_eq!(texts("甲。 会议强调,乙。\n丙"), ["甲。", "会议强调,乙。", "丙"]);
        assert_eq!(texts("他说：“好。” 会上"), ["他说：“好。”", "会上"]);
    }

    #[test]
    fn other_blanks_stay() {
        assert_eq!(texts("1 月16日,建8 个机构。See it. Then go."), ["1 月16日,建8 个机构。See it. Then go."]);
    }

    #[test]
    fn the_text_has_as_many_characters_as_the_file() {
        let file = "甲1 个。 会议。\n“乙” 丙。";
        let article = parse(file).expect("an article");
        assert_eq!(article.text().len(), file.chars().count());
        assert_eq!(article.blocks().len(), 3);
        assert!(article.blocks().iter().all(|b| !article.text().slice(b.span).contains('\n')));
    }
}
