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
    find_headings(&mut blocks);
    blocks
}

/// The marks after the numbers of headings, with their level.
const NUMBERED: [(char, u8); 5] = [('章', 2), ('、', 2), ('节', 3), ('）', 3), (')', 3)];
/// How long a heading may be, in characters.
const HEADING: usize = 40;

/// Makes headings of lines that are numbered like others of the text and have something else below them: several in
/// a row are a list, or a table of contents.
fn find_headings(blocks: &mut [(BlockKind, &str)]) {
    let mut found: Vec<(usize, char)> = Vec::new();
    let mut last = None;
    for (at, (_, line)) in blocks.iter().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let mark = numbering(line);
        if let Some((before, Some(other))) = last
            && mark != Some(other)
        {
            found.push((before, other));
        }
        last = Some((at, mark));
    }
    for (mark, level) in NUMBERED {
        let alike = found.iter().filter(|(_, other)| *other == mark);
        if alike.clone().count() > 1 {
            alike.for_each(|&(at, _)| blocks[at].0 = BlockKind::Heading(level));
        }
    }
}

/// The mark after the number of a line that may be a heading: `第一章 总则`, `一、总体要求`, `（一）指导思想`.
fn numbering(line: &str) -> Option<char> {
    let first = line.chars().next()?;
    let is_opened = "第（(".contains(first);
    let mut rest = line.chars();
    if is_opened {
        rest.next();
    }
    let mut numbers = 0;
    let mark = rest.find(|&c| {
        let is_number = "一二三四五六七八九十百".contains(c);
        numbers += usize::from(is_number);
        !is_number
    })?;
    let fits = match mark {
        '章' | '节' => first == '第',
        '、' => !is_opened,
        // After （ or (, and with something behind it.
        _ => is_opened && first != '第' && "）)".contains(mark),
    };
    let has_words = first == '第' || !rest.as_str().is_empty();
    let is_sentence = line.chars().any(|c| "。；！？".contains(c)) || line.ends_with(ends_no_heading);
    (fits && numbers > 0 && has_words && !is_sentence && line.chars().count() <= HEADING).then_some(mark)
}

fn ends_no_heading(end: char) -> bool {
    "，：,:;".contains(end)
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

    fn headings(text: &str) -> Vec<(u8, &str)> {
        let level = |(kind, line)| match kind {
            BlockKind::Heading(level) => Some((level, line)),
            _ => None,
        };
        blocks(text).into_iter().filter_map(level).collect()
    }

    #[test]
    fn numbered_lines_of_a_series_are_headings() {
        let text = "通知\n一、总体要求\n\n（一）指导思想\n坚持改革。\n（二）主要目标\n到二〇二五年。\n二、重点任务\n要压实责任。";
        let expected =
            [(2, "一、总体要求"), (3, "（一）指导思想"), (3, "（二）主要目标"), (2, "二、重点任务")];
        assert_eq!(headings(text), expected);
        let law = "目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 为了发展。\n第二章 附则\n第二条 自公布之日起施行。";
        assert_eq!(headings(law), [(2, "第一章 总则"), (2, "第二章 附则")]);
    }

    #[test]
    fn what_is_numbered_otherwise_is_none() {
        for text in [
            "一、总体要求\n要压实责任。",
            "一、提高认识\n二、加强领导\n三、抓好落实",
            "一、提高认识。\n甲\n二、加强领导，\n乙",
            "第一条 为了发展\n甲\n第二条 自公布之日起施行\n乙",
            "一、\n甲\n二、\n乙",
            "一二三\n甲\n（甲）乙\n甲\n（丙）丁\n、甲\n甲",
        ] {
            assert_eq!(headings(text), [], "{text}");
        }
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
