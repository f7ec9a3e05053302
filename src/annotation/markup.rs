//! Light Markdown in comments: emphasis, strong emphasis, code, lists and links, read to a small tree.
//!
//! Not CommonMark: no HTML, headings, tables, images or reference links, and emphasis goes by its nearest
//! neighbours only, so that `**书记**，` needs no space after it. Whatever is not understood stays as the text
//! that it is. One pass, and at most [`MAX_DEPTH`] deep.

/// How deep marks stand in one another at most: each kind once.
pub const MAX_DEPTH: usize = 5;
/// Longest address of a link, in bytes.
const MAX_URL: usize = 2048;

/// A part of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A list.
    List(Vec<Item>),
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its number, in a numbered list.
    pub number: Option<u32>,
    /// How far it is indented: 0 to 3.
    pub depth: u8,
    /// What it says.
    pub text: Vec<Inline>,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Text as it is.
    Text(String),
    /// A new line.
    Break,
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Code, or any words as they are.
    Code(String),
    /// A link to a web or mail address.
    Link {
        /// Where it leads: `http`, `https` or `mailto`.
        url: String,
        /// What it says.
        text: Vec<Inline>,
    },
}

/// Reads a comment.
pub fn parse(comment: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    let mut items: Vec<(Item, String)> = Vec::new();
    let normal = comment.replace("\r\n", "\n").replace('\r', "\n");
    for line in normal.split('\n') {
        let indent = line.chars().take_while(|c| matches!(c, ' ' | '\t' | '\u{3000}')).count();
        if line.trim().is_empty() {
            end_paragraph(&mut paragraph, &mut blocks);
            end_list(&mut items, &mut blocks);
        } else if let Some((number, text)) = item(line.trim()) {
            end_paragraph(&mut paragraph, &mut blocks);
            let depth = u8::try_from((indent / 2).min(3)).unwrap_or_default();
            items.push((Item { number, depth, text: Vec::new() }, text.to_owned()));
        } else if let Some((_, text)) = items.last_mut().filter(|_| indent > 0) {
            text.push('\n');
            text.push_str(line.trim());
        } else {
            end_list(&mut items, &mut blocks);
            if !paragraph.is_empty() {
                paragraph.push('\n');
            }
            paragraph.push_str(line.trim_end());
        }
    }
    end_paragraph(&mut paragraph, &mut blocks);
    end_list(&mut items, &mut blocks);
    blocks
}

/// A comment on one line, without its marks.
pub fn plain(comment: &str) -> String {
    let mut line = String::new();
    for block in parse(comment) {
        match block {
            Block::Paragraph(text) => put_plain(&text, &mut line),
            Block::List(items) => items.iter().for_each(|item| put_plain(&item.text, &mut line)),
        }
    }
    line.trim_end().to_owned()
}

fn put_plain(text: &[Inline], line: &mut String) {
    fn put(text: &[Inline], line: &mut String) {
        for inline in text {
            match inline {
                Inline::Text(words) | Inline::Code(words) => line.push_str(words),
                Inline::Break => line.push(' '),
                Inline::Emphasis(text) | Inline::Strong(text) | Inline::Link { text, .. } => put(text, line),
            }
        }
    }
    put(text, line);
    line.push(' ');
}

/// Whether an address may be linked to: the web, and mail.
pub fn is_safe_link(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let rest_is_plain = !url.chars().any(|c| c.is_whitespace() || c.is_control());
    url.len() <= MAX_URL
        && rest_is_plain
        && match scheme.as_deref() {
            Some("mailto") => url.contains('@'),
            Some("http" | "https") => url.split_once("://").is_some_and(|(_, host)| !host.is_empty()),
            _ => false,
        }
}

fn end_paragraph(text: &mut String, blocks: &mut Vec<Block>) {
    if !text.is_empty() {
        blocks.push(Block::Paragraph(inlines(&std::mem::take(text))));
    }
}

fn end_list(items: &mut Vec<(Item, String)>, blocks: &mut Vec<Block>) {
    if !items.is_empty() {
        let read = |(item, text): (Item, String)| Item { text: inlines(&text), ..item };
        blocks.push(Block::List(std::mem::take(items).into_iter().map(read).collect()));
    }
}

/// The number and the text of a line that is an item of a list.
fn item(line: &str) -> Option<(Option<u32>, &str)> {
    if let Some(text) = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)) {
        return Some((None, text.trim_start()));
    }
    let (digits, text) = line.split_once([' ', '\t'])?;
    let digits = digits.strip_suffix(['.', ')'])?;
    // A number that would be written otherwise stays text.
    let number: u32 = digits.parse().ok().filter(|number: &u32| number.to_string() == digits)?;
    i32::try_from(number).ok()?;
    Some((Some(number), text.trim_start()))
}

/// A mark that has begun.
struct Open {
    mark: &'static str,
    /// What has come since.
    inside: Vec<Inline>,
}

/// Reads the marks of a line or several.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The outermost first; the first is no mark.
    open: Vec<Open>,
    /// Lengths of runs of backticks that nothing closes.
    unclosed: u64,
}

fn inlines(text: &str) -> Vec<Inline> {
    let outermost = Open { mark: "", inside: Vec::new() };
    let mut reader = Reader { text, at: 0, open: vec![outermost], unclosed: 0 };
    while reader.at < text.len() {
        reader.step();
    }
    while reader.open.len() > 1 {
        reader.unwind();
    }
    reader.open.pop().map(|open| open.inside).unwrap_or_default()
}

impl<'a> Reader<'a> {
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        let Some(c) = rest.chars().next() else { return };
        let next = rest[c.len_utf8()..].chars().next();
        match c {
            '\\' if next.is_some_and(|next| next.is_ascii_punctuation()) => {
                self.say(next.map(|next| next.to_string()).unwrap_or_default().as_str());
                self.at += 2;
            }
            '\n' => {
                self.put(Inline::Break);
                self.at += 1;
            }
            '`' => self.code(rest),
            '*' | '_' => self.mark(rest, c),
            '[' if !self.is_open("[") => self.begin("["),
            ']' if self.is_open("[") => self.link(rest),
            'h' | 'H' if !self.is_open("[") && !self.before().is_some_and(|c| c.is_ascii_alphanumeric()) => {
                self.address(rest);
            }
            _ => {
                // On to the next character that may be a mark.
                let is_plain = |c: char| !matches!(c, '\\' | '\n' | '`' | '*' | '_' | '[' | ']' | 'h' | 'H');
                let first = c.len_utf8();
                let len = rest[first..].find(|c| !is_plain(c)).map_or(rest.len(), |len| first + len);
                self.say(&rest[..len]);
                self.at += len;
            }
        }
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn is_open(&self, mark: &str) -> bool {
        self.open.iter().any(|open| open.mark == mark)
    }

    fn put(&mut self, inline: Inline) {
        if let Some(open) = self.open.last_mut() {
            open.inside.push(inline);
        }
    }

    fn say(&mut self, words: &str) {
        let Some(open) = self.open.last_mut() else { return };
        match open.inside.last_mut() {
            Some(Inline::Text(text)) => text.push_str(words),
            _ => open.inside.push(Inline::Text(words.to_owned())),
        }
    }

    fn begin(&mut self, mark: &'static str) {
        self.open.push(Open { mark, inside: Vec::new() });
        self.at += mark.len();
    }

    /// The innermost mark is none: it and what is in it are text.
    fn unwind(&mut self) {
        let Some(Open { mark, inside }) = self.open.pop() else { return };
        self.say(mark);
        for inline in inside {
            match inline {
                Inline::Text(words) => self.say(&words),
                inline => self.put(inline),
            }
        }
    }

    /// Takes out what stands in the mark that is open; marks within that nothing has closed are text.
    fn close(&mut self, mark: &str) -> Vec<Inline> {
        while self.open.last().is_some_and(|open| open.mark != mark) && self.open.len() > 1 {
            self.unwind();
        }
        self.open.pop().map(|open| open.inside).unwrap_or_default()
    }

    /// Stars and underscores.
    fn mark(&mut self, rest: &str, c: char) {
        let run = rest.len() - rest.trim_start_matches(c).len();
        let (one, two) = if c == '*' { ("*", "**") } else { ("_", "__") };
        let after = rest[run..].chars().next();
        // Inside a Latin word, an underscore is a letter.
        let is_word = |c: Option<char>| c == Some('\\') || c.is_some_and(|c| c.is_ascii_alphanumeric());
        let closes = self.before().is_some_and(|c| !c.is_whitespace()) && (c == '*' || !is_word(after));
        let opens = after.is_some_and(|c| !c.is_whitespace()) && (c == '*' || !is_word(self.before()));
        let inner = self.open.last().map(|open| open.mark).unwrap_or_default();
        if run > 3 {
            self.say(&rest[..run]);
            self.at += run;
        } else if closes && inner == one && run != 2 || closes && run == 1 && self.is_open(one) {
            let inside = self.close(one);
            self.wrap(inside, one);
        } else if closes && run >= 2 && self.is_open(two) {
            let inside = self.close(two);
            self.wrap(inside, two);
        } else if opens && run >= 2 && !self.is_open(two) {
            self.begin(two);
        } else if opens && run != 2 && !self.is_open(one) {
            self.begin(one);
        } else {
            self.say(&rest[..run]);
            self.at += run;
        }
    }

    fn wrap(&mut self, inside: Vec<Inline>, mark: &'static str) {
        self.at += mark.len();
        match (inside.is_empty(), mark.len()) {
            (true, _) => self.say(&mark.repeat(2)),
            (false, 1) => self.put(Inline::Emphasis(inside)),
            (false, _) => self.put(Inline::Strong(inside)),
        }
    }

    fn code(&mut self, rest: &str) {
        let run = rest.len() - rest.trim_start_matches('`').len();
        let bit = 1u64.checked_shl(u32::try_from(run).unwrap_or(u32::MAX)).unwrap_or(0);
        let (marks, after) = rest.split_at(run);
        if bit != 0 && self.unclosed & bit == 0 {
            let mut from = 0;
            while let Some(found) = after[from..].find('`').map(|at| at + from) {
                let len = after[found..].len() - after[found..].trim_start_matches('`').len();
                if len == run {
                    let words = after[..found].replace('\n', " ");
                    // One space on each side sets off a backtick.
                    let inner = words.strip_prefix(' ').and_then(|words| words.strip_suffix(' '));
                    let inner = inner.filter(|inner| !inner.trim().is_empty());
                    self.put(Inline::Code(inner.unwrap_or(&words).to_owned()));
                    self.at += run + found + run;
                    return;
                }
                from = found + len;
            }
            self.unclosed |= bit;
        }
        self.say(marks);
        self.at += run;
    }

    /// `](address)`.
    fn link(&mut self, rest: &str) {
        let url = rest.strip_prefix("](").and_then(|rest| {
            let mut depth = 0;
            let end = rest.char_indices().take(MAX_URL).find(|(_, c)| {
                depth += i32::from(*c == '(') - i32::from(*c == ')');
                depth < 0 || c.is_whitespace() || matches!(c, '[' | ']' | '<' | '>')
            })?;
            rest[end.0..].starts_with(')').then(|| &rest[..end.0])
        });
        match url.filter(|url| is_safe_link(url)) {
            Some(url) => {
                let mut text = self.close("[");
                if text.is_empty() {
                    text.push(Inline::Text(url.to_owned()));
                }
                self.at += "](".len() + url.len() + ")".len();
                self.put(Inline::Link { url: url.to_owned(), text });
            }
            None => {
                // It was no link: what else is open within goes on.
                let at = self.open.iter().position(|open| open.mark == "[").unwrap_or(1).max(1);
                while self.open.len() > at {
                    self.unwind();
                }
                self.say("]");
                self.at += 1;
            }
        }
    }

    /// An address that stands in the text as it is.
    fn address(&mut self, rest: &str) {
        let lower = rest.get(..8).unwrap_or(rest.get(..7).unwrap_or_default()).to_ascii_lowercase();
        let ends =
            |c: char| !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"' | '`' | '[' | ']' | '*' | '\\');
        // No further than an address may go: thousands of them in a row are not read to the end each time.
        let len = rest.bytes().take(MAX_URL + 1).position(|byte| ends(char::from(byte)));
        let whole = &rest[..len.unwrap_or_else(|| rest.len().min(MAX_URL + 1))];
        let url = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '_', '~', '|']);
        // A bracket that was opened before it is not part of it.
        let unmatched = url.ends_with(')') && !url.contains('(');
        let url = if unmatched { url.trim_end_matches([')', '.', ',']) } else { url };
        if (lower.starts_with("http://") || lower.starts_with("https://")) && is_safe_link(url) {
            self.put(Inline::Link { url: url.to_owned(), text: vec![Inline::Text(url.to_owned())] });
            self.at += url.len();
        } else {
            let len = if whole.len() > MAX_URL { whole.len() } else { 1 };
            self.say(&rest[..len]);
            self.at += len;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The tree in short: `*…*`, `**…**`, `` `…` ``, `{text|address}`, `/` for a line, `•` and `¶`.
    fn shown(comment: &str) -> String {
        parse(comment)
            .iter()
            .map(|block| match block {
                Block::Paragraph(text) => ["¶", &line(text)].concat(),
                Block::List(items) => items
                    .iter()
                    .map(|item| {
                        let number = item.number.map(|number| number.to_string()).unwrap_or_default();
                        ["•".repeat(usize::from(item.depth) + 1), number, line(&item.text)].concat()
                    })
                    .collect(),
            })
            .collect()
    }

    fn line(text: &[Inline]) -> String {
        text.iter()
            .map(|inline| match inline {
                Inline::Text(words) => words.clone(),
                Inline::Break => "/".to_owned(),
                Inline::Emphasis(text) => ["*", &line(text), "*"].concat(),
                Inline::Strong(text) => ["**", &line(text), "**"].concat(),
                Inline::Code(words) => ["`", words, "`"].concat(),
                Inline::Link { url, text } => ["{", &line(text), "|", url, "}"].concat(),
            })
            .collect()
    }

    #[test]
    fn marks_are_read_beside_chinese_as_beside_latin() {
        for (comment, expected) in [
            ("", ""),
            ("一\n二\n\n三", "¶一/二¶三"),
            ("**书记**，*市长*。", "¶**书记**，*市长*。"),
            ("__书记__，_市长_。", "¶**书记**，*市长*。"),
            ("***都***", "¶***都***"),
            ("**粗*斜*粗**", "¶**粗*斜*粗**"),
            ("*斜**粗**斜*", "¶*斜**粗**斜*"),
            ("snake_case_name 2*3*4", "¶snake_case_name 2*3*4"),
            ("2 * 3 * 4", "¶2 * 3 * 4"),
            ("**没有完", "¶**没有完"),
            ("**", "¶**"),
            ("****", "¶****"),
            ("\\*不\\* \\`x\\`", "¶*不* `x`"),
            ("路径 C:\\dir", "¶路径 C:\\dir"),
            ("`a*b*` ``c`d``", "¶`a*b*` `c`d`"),
            ("`没完", "¶`没完"),
            ("<b>粗</b> &amp;", "¶<b>粗</b> &amp;"),
            ("# 不是标题", "¶# 不是标题"),
        ] {
            assert_eq!(shown(comment), expected, "{comment}");
        }
        // `2*3*4` has a closing star right after a letter: as written.
    }

    #[test]
    fn lists_keep_their_numbers_and_their_depth() {
        for (comment, expected) in [
            ("- 一\n- 二", "•一•二"),
            ("引：\n* 一\n  * 一甲\n+ 二\n尾", "¶引：•一••一甲•二¶尾"),
            ("1. 一\n3) 三\n007. 不", "•1一•3三¶007. 不"),
            ("- 一\n  接着\n\n- 二", "•一/接着•二"),
            ("-没有空格\n1.也没有", "¶-没有空格/1.也没有"),
            ("2026. 是年份", "•2026是年份"),
        ] {
            assert_eq!(shown(comment), expected, "{comment}");
        }
    }

    #[test]
    fn links_lead_to_the_web_and_to_mail_only() {
        for (comment, expected) in [
            ("[报](https://a.example/1)", "¶{报|https://a.example/1}"),
            ("[信](mailto:a@b.example)", "¶{信|mailto:a@b.example}"),
            ("[](https://a.example)", "¶{https://a.example|https://a.example}"),
            ("[**粗**](HTTPS://a.example)", "¶{**粗**|HTTPS://a.example}"),
            ("[甲](https://a.example/x_(y))", "¶{甲|https://a.example/x_(y)}"),
            ("见https://a.example/1。", "¶见{https://a.example/1|https://a.example/1}。"),
            ("(http://a.example).", "¶({http://a.example|http://a.example})."),
            ("[甲](javascript:alert(1))", "¶[甲](javascript:alert(1))"),
            ("[甲](java\tscript:alert(1))", "¶[甲](java\tscript:alert(1))"),
            ("[甲]( https://a.example)", "¶[甲]( {https://a.example|https://a.example})"),
            ("[甲](data:text/html,x) [乙", "¶[甲](data:text/html,x) [乙"),
            ("[甲](//a.example)", "¶[甲](//a.example)"),
            ("[甲](https://)", "¶[甲](https://)"),
            ("![图](https://a.example/x.png)", "¶!{图|https://a.example/x.png}"),
            ("*[甲*](https://a.example)", "¶*[甲*]({https://a.example|https://a.example})"),
            ("xhttp://a.example", "¶xhttp://a.example"),
        ] {
            assert_eq!(shown(comment), expected, "{comment}");
        }
    }

    #[test]
    fn a_line_of_a_comment_has_no_marks() {
        assert_eq!(plain("**要点**：见[原文](https://a.example)\n\n- `一`\n- 二"), "要点：见原文 一 二");
        assert_eq!(plain(""), "");
    }

    fn depth(text: &[Inline]) -> usize {
        let inside = text.iter().map(|inline| match inline {
            Inline::Emphasis(text) | Inline::Strong(text) | Inline::Link { text, .. } => 1 + depth(text),
            _ => 0,
        });
        inside.max().unwrap_or_default()
    }

    fn texts(blocks: &[Block]) -> Vec<&[Inline]> {
        let mut texts: Vec<&[Inline]> = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(text) => texts.push(text),
                Block::List(items) => texts.extend(items.iter().map(|item| item.text.as_slice())),
            }
        }
        texts
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_nothing_goes_deep(
            comment in "([a甲1 ]|\\*|\\*\\*|_|__|`|\\[|\\]|\\(|\\)|\\\\|\n|- |2\\. |\\]\\(https://a\\.example/|http://b){0,40}",
        ) {
            let blocks = parse(&comment);
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(letters(&shown_once(&blocks)), letters(&comment), "{:?}", blocks);
            for text in texts(&blocks) {
                prop_assert!(depth(text) <= MAX_DEPTH);
            }
        }

        #[test]
        fn no_comment_panics(comment in "\\PC{0,200}") {
            parse(&comment);
        }
    }

    /// All text in order; an address once, where it stands.
    fn shown_once(blocks: &[Block]) -> String {
        fn walk(text: &[Inline], all: &mut String) {
            for inline in text {
                match inline {
                    Inline::Text(words) | Inline::Code(words) => all.push_str(words),
                    Inline::Break => {}
                    Inline::Emphasis(text) | Inline::Strong(text) => walk(text, all),
                    Inline::Link { url, text } => {
                        let before = all.len();
                        walk(text, all);
                        if all[before..] != *url {
                            all.push_str(url);
                        }
                    }
                }
            }
        }
        let mut all = String::new();
        for block in blocks {
            match block {
                Block::Paragraph(text) => walk(text, &mut all),
                Block::List(items) => {
                    for item in items {
                        all.push_str(&item.number.map(|number| number.to_string()).unwrap_or_default());
                        walk(&item.text, &mut all);
                    }
                }
            }
        }
        all
    }

    #[test]
    fn repetitive_marks_are_read_in_one_pass() {
        for mark in ["*", "**a ", "_a", "`", "``a`", "[", "](", "[a](http://", "http://", "- \n", "\\"] {
            let comment = mark.repeat(20_000);
            assert!(!parse(&comment).is_empty(), "{mark}");
        }
    }
}
