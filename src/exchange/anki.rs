//! Anki's text import: notes and glossary terms as cards.

use crate::lexicon::glossary::Term;
use crate::notebook::Notebook;

/// Cards for Anki: the notes, then the terms; front, back and tags, parted by tabs.
pub fn to_anki<'a>(notebook: &Notebook, terms: impl IntoIterator<Item = &'a Term>) -> String {
    let mut text = String::from("#separator:tab\n#html:false\n#columns:Front\tBack\tTags\n#tags column:3\n");
    let mut card = |front: &str, back: &str, tags: &str| {
        text.push_str(&[field(front), field(back), field(tags)].join("\t"));
        text.push('\n');
    };
    for placed in notebook.notes() {
        let note = &placed.note;
        let quote = &note.target.quote;
        // The words with a little of what stands around them.
        let before: String =
            quote.prefix.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = quote.suffix.chars().take(12).collect();
        let front = ["……", &before, "【", &quote.exact, "】", &after, "……"].concat();
        let tags: Vec<String> = note.tags.iter().map(|tag| tag.replace(char::is_whitespace, "_")).collect();
        card(&front, &note.comment, &[&["bianzhu".to_owned()], &tags[..]].concat().join(" "));
    }
    for term in terms {
        let back = [&term.pinyin, &term.definition, &term.english, &term.explanation];
        let back: Vec<&str> = back.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        card(&term.term, &back.join("\n"), "bianzhu glossary");
    }
    text
}

/// Quoted where a tab, a line break or a quotation mark is in it.
fn field(text: &str) -> String {
    if text.contains(['\t', '\n', '\r', '"']) || text.starts_with('#') {
        ["\"", &text.replace('"', "\"\""), "\""].concat()
    } else {
        text.to_owned()
    }
}
