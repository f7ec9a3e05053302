//! Markdown: quotes with notes, ready for an essay, with a citation of the article.

use crate::article::Details;
use crate::lexicon::glossary::Term;
use crate::notebook::Notebook;

/// The notes as Markdown, in text order, and the terms that the reader wrote.
pub fn to_markdown(notebook: &Notebook, details: &Details, own: &[Term]) -> String {
    let mut text = String::new();
    let title = if details.title.is_empty() { notebook.article_key() } else { &details.title };
    text.push_str("# ");
    text.push_str(&escaped(title));
    text.push('\n');
    for placed in notebook.notes() {
        let note = &placed.note;
        text.push_str("\n> ");
        text.push_str(&escaped(&note.target.quote.exact).replace('\n', "\n> "));
        text.push('\n');
        if !note.comment.is_empty() {
            // The comment is Markdown already.
            text.push('\n');
            text.push_str(note.comment.trim_end());
            text.push('\n');
        }
        if !note.tags.is_empty() {
            text.push('\n');
            let tags: Vec<String> = note.tags.iter().map(|tag| ["#", &escaped(tag)].concat()).collect();
            text.push_str(&tags.join(" "));
            text.push('\n');
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
    let source = [&details.author, &details.title, &details.source, &details.date];
    let mut cited: Vec<String> =
        source.into_iter().filter(|part| !part.is_empty()).map(|part| escaped(part)).collect();
    cited.push(["<", notebook.article_key(), ">"].concat());
    text.push_str("\n---\n\n");
    text.push_str(&cited.join("，"));
    text.push('\n');
    text
}

/// Text for an item of a list.
fn one_line(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Text that Markdown leaves as it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
