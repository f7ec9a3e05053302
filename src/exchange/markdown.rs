//! Markdown: quotes with notes, ready for an essay, with a citation of the article.

use crate::article::Details;
use crate::lexicon::glossary::Term;
use crate::notebook::Notebook;

/// The notes as Markdown, in text order, headed by a citation of the article; then the terms that the reader
/// wrote. Quotes read as they are: nothing in them is Markdown or HTML. A comment is Markdown already.
pub fn to_markdown(notebook: &Notebook, details: &Details, own: &[Term]) -> String {
    let title = if details.title.is_empty() { notebook.article_key() } else { &details.title };
    let mut text =
        ["# ", &one_line(title), "\n\n", &citation(notebook.article_key(), details), "\n"].concat();
    for placed in notebook.notes() {
        let note = &placed.note;
        let mut block = |lines: &str| {
            text.push('\n');
            text.push_str(lines);
            text.push('\n');
        };
        let quote: Vec<String> =
            lines(&note.target.quote.exact).map(|line| ["> ", &escaped(line)].concat()).collect();
        block(&quote.join("\n"));
        if placed.anchoring.span().is_none() {
            block("（原文中现已找不到这段文字）");
        } else if placed.anchoring.is_edited() {
            block("（原文已改动，以上是当时的文字）");
        }
        if !note.comment.is_empty() {
            block(without_html(&note.comment).trim_end());
        }
        if !note.tags.is_empty() {
            let tags: Vec<String> = note.tags.iter().map(|tag| ["\\#", &one_line(tag)].concat()).collect();
            block(&tags.join(" "));
        }
    }
    if !own.is_empty() {
        text.push_str("\n## 术语\n\n");
    }
    for term in own {
        let said = [&term.definition, &term.english];
        let said: Vec<String> =
            said.into_iter().filter(|part| !part.is_empty()).map(|part| one_line(part)).collect();
        text.push_str(&["- **", &one_line(&term.term), "**：", &said.join("；"), "\n"].concat());
    }
    text
}

/// Author, title, newspaper, date and address, as far as they are known. The name of a reader’s own text says nothing.
fn citation(key: &str, details: &Details) -> String {
    let title = match (details.title.as_str(), details.title_is_ours) {
        ("", _) => String::new(),
        // A headline that the newspaper did not print is not cited as if it had.
        (title, true) => ["［", title, "］（标题为编者所加）"].concat(),
        (title, false) => ["《", title, "》"].concat(),
    };
    let known = [&details.author, &title, &details.source, &details.date];
    let mut cited: Vec<String> =
        known.into_iter().filter(|part| !part.is_empty()).map(|part| one_line(part)).collect();
    let is_address =
        key.starts_with("http") && !key.contains(|c: char| c.is_whitespace() || "<>".contains(c));
    if is_address {
        cited.push(["<", key, ">"].concat());
    } else if !key.starts_with("urn:") {
        cited.push(one_line(key));
    }
    cited.join("，")
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
}

/// Text on one line.
fn one_line(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A line that Markdown leaves as it is.
fn escaped(line: &str) -> String {
    let line = line.trim();
    let mut escaped = String::with_capacity(line.len());
    // What would begin a list, a heading or a rule: a number only before its mark.
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let mark = if number.len() < line.len() && number.starts_with(['.', ')']) {
        line.len() - number.len()
    } else {
        0
    };
    for (at, c) in line.char_indices() {
        let anywhere =
            matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$');
        let at_start = at == 0 && matches!(c, '-' | '+' | '=') || mark > 0 && at == mark;
        if anywhere || at_start {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A comment with what Markdown would take for HTML as text, as it is shown on the page.
fn without_html(comment: &str) -> String {
    let mut text = String::with_capacity(comment.len());
    let mut chars = comment.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let next = chars.peek();
        let opens = c == '<' && next.is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(*next));
        if opens && before != '\\' {
            text.push('\\');
        }
        before = c;
        text.push(c);
    }
    text
}
