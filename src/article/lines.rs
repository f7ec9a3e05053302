//! Light Markdown, a line a block: `#` to `######` begin a heading, `-`, `*` and `+` an item, `>` a quote; a `\` keeps
//! such a line what it is. So the reader's own texts are read, and so every article can be kept as text.

use super::{Article, ArticleError, BlockKind, Details, MAX_BYTES, json, plain, take_headline};

/// How long a line may be that is taken for the headline of a text without one, in characters.
const HEADLINE: usize = 40;

/// Reads a text that a reader pasted or opened: JSON where it is an article, else lines.
///
/// # Errors
/// [`ArticleError::Empty`] when there is no text in it, [`ArticleError::TooLarge`] when there is too much.
pub fn from_own_text(text: &str) -> Result<Article, ArticleError> {
    if text.len() > MAX_BYTES {
        return Err(ArticleError::TooLarge { bytes: text.len() });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with(['{', '[']) && text.contains("TextQuoteSelector") {
        return Err(ArticleError::Notes);
    }
    if text.trim_start().starts_with('{')
        && let Ok(article) = json::parse(text)
    {
        return Ok(article);
    }
    let mut blocks = Vec::new();
    for (found, line) in plain::blocks(text) {
        let (kind, line) = marked(line.trim());
        if !line.is_empty() {
            let kind = if kind == BlockKind::Paragraph { found } else { kind };
            blocks.push((kind, line.to_owned()));
        }
    }
    // The first line is the headline if it is no sentence and something follows.
    if let [(kind @ BlockKind::Paragraph, line), _, ..] = blocks.as_mut_slice()
        && line.chars().count() <= HEADLINE
        && !line.chars().next_back().is_some_and(|end| "。！？；，：.,:;".contains(end))
    {
        *kind = BlockKind::Heading(1);
    }
    let mut details = Details::default();
    if blocks.len() > 1 {
        take_headline(&mut details, &mut blocks);
    }
    Article::new(details, blocks)
}

/// Reads what [`write()`] wrote.
///
/// # Errors
/// [`ArticleError::Empty`] when there is no text in it.
pub fn read(details: Details, lines: &str) -> Result<Article, ArticleError> {
    let lines = lines.split('\n').map(marked);
    let blocks: Vec<(BlockKind, String)> = lines.map(|(kind, text)| (kind, text.to_owned())).collect();
    Article::new(details, blocks)
}

/// Writes an article's blocks as lines.
pub fn write(article: &Article, lines: &mut String) {
    for (at, block) in article.blocks().iter().enumerate() {
        let text = article.text().slice(block.span);
        if at > 0 {
            lines.push('\n');
        }
        lines.push_str(match block.kind {
            BlockKind::Heading(level) => {
                "###### ".get(6 - usize::from(level.clamp(1, 6))..).unwrap_or_default()
            }
            BlockKind::ListItem => "- ",
            BlockKind::Quote => "> ",
            BlockKind::Paragraph if marked(text) != (BlockKind::Paragraph, text) => "\\",
            BlockKind::Paragraph => "",
        });
        lines.push_str(text);
    }
}

/// What a line is, and its text.
fn marked(line: &str) -> (BlockKind, &str) {
    let plain = (BlockKind::Paragraph, line.strip_prefix('\\').unwrap_or(line));
    let Some((mark, rest)) = line.split_once(' ') else { return plain };
    match mark {
        "-" | "*" | "+" => (BlockKind::ListItem, rest),
        ">" => (BlockKind::Quote, rest),
        _ if (1..=6).contains(&mark.len()) && mark.bytes().all(|c| c == b'#') => {
            (BlockKind::Heading(mark.len() as u8), rest)
        }
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> (String, Vec<(BlockKind, String)>) {
        let article = from_own_text(text).expect("an article");
        let blocks = article.blocks().iter();
        let blocks = blocks.map(|block| (block.kind, article.text().slice(block.span).to_owned())).collect();
        (article.details.title, blocks)
    }

    #[test]
    fn marks_say_what_a_line_is() {
        let (title, blocks) =
            shown("# 动员大会\n\n市委书记讲话。 会议强调\n  - 一\n## 二\n> 引\n\\# 三\n#四\n-\n");
        let expected = [
            (BlockKind::Paragraph, "市委书记讲话。"),
            (BlockKind::Paragraph, "会议强调"),
            (BlockKind::ListItem, "一"),
            (BlockKind::Heading(2), "二"),
            (BlockKind::Quote, "引"),
            (BlockKind::Paragraph, "# 三"),
            (BlockKind::Paragraph, "#四"),
            (BlockKind::Paragraph, "-"),
        ];
        assert_eq!(
            (title.as_str(), blocks),
            ("动员大会", expected.map(|(kind, text)| (kind, text.to_owned())).to_vec())
        );
    }

    #[test]
    fn headings_without_marks_are_found_and_kept() {
        let (title, blocks) = shown("意见\n一、要求\n要压实责任。\n## 二\n\u{3000}二、任务\n要抓好落实。");
        let kinds: Vec<BlockKind> = blocks.iter().map(|(kind, _)| *kind).collect();
        let (heading, line) = (BlockKind::Heading(2), BlockKind::Paragraph);
        assert_eq!((title.as_str(), kinds), ("意见", vec![heading, line, heading, heading, line]));
    }

    #[test]
    fn a_short_first_line_is_the_headline() {
        for (text, title) in [
            ("\u{3000}动员大会\n市委书记讲话。", "动员大会"),
            ("\u{feff}动员大会\n市委书记讲话。", "动员大会"),
            ("\u{feff}{\"title\": \"题\", \"text\": \"文。\"}", "题"),
            ("市委书记讲话。\n会议强调。", ""),
            ("动员大会", ""),
            (&["长".repeat(41), "文。".into()].join("\n"), ""),
            ("{不是 JSON\n文。", "{不是 JSON"),
            (r#"{"title": "题", "text": "文。"}"#, "题"),
        ] {
            assert_eq!(shown(text).0, title, "{text}");
        }
        assert_eq!(from_own_text(" \n").map(drop), Err(ArticleError::Empty));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            blocks in prop::collection::vec((0..9u8, "[#>*+\\\\ a文-]{0,6}"), 1..8),
        ) {
            let kind = |code| match code {
                0 => BlockKind::Quote,
                1 => BlockKind::ListItem,
                2 => BlockKind::Paragraph,
                level => BlockKind::Heading(level - 2),
            };
            let blocks = blocks.iter().map(|(code, text)| (kind(*code), text.as_str()));
            let Ok(article) = Article::new(Details::default(), blocks) else { return Ok(()) };
            let mut lines = String::new();
            write(&article, &mut lines);
            let again = read(Details::default(), &lines).expect("it has text");
            prop_assert_eq!(article.text().as_str(), again.text().as_str());
            prop_assert_eq!(article.blocks(), again.blocks());
        }
    }
}
