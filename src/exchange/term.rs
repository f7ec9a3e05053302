//! A glossary entry as plain text, to paste into one's own: with its source.

use crate::lexicon::glossary::{Origin, Term};

/// The entry as plain text: term and pinyin, meaning, items, English, and where it is from.
pub fn term_text(term: &Term) -> String {
    let mut lines = vec![term.term.clone()];
    if !term.pinyin.is_empty() {
        lines[0].push_str(&["（", &term.pinyin, "）"].concat());
    }
    lines.push(term.definition.clone());
    for (number, item) in (1..).zip(&term.items) {
        let english = if item.en.is_empty() { String::new() } else { ["（", &item.en, "）"].concat() };
        lines.push([&format!("{number}. "), item.zh.as_str(), &english].concat());
    }
    lines.extend([term.items_note.clone(), term.english.clone(), term.explanation.clone()]);
    if !term.unsure.is_empty() {
        lines.push(["待核实：", &term.unsure].concat());
    }
    if let Some(source) = term.sources.first() {
        let parts = [&source.title, &source.publisher, &source.date, &source.url];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        lines.push(["来源：", &parts.join("，")].concat());
    } else if let Origin::Pack(name) = &term.origin {
        lines.push(["来源：", name].concat());
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::glossary::{Glossary, Source};

    #[test]
    fn an_entry_is_pasted_with_its_items_and_its_first_source() {
        let term = Glossary::builtin().term("四个意识").expect("built in");
        let text = term_text(&term);
        assert!(text.starts_with("四个意识（sì gè yìshí）\n"), "{text}");
        assert!(text.contains("\n1. 政治意识（maintaining political integrity）\n"), "{text}");
        let Source { title, url, .. } = &term.sources[0];
        assert!(text.ends_with(url.as_str()) && text.contains(&["来源：", title].concat()), "{text}");
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let term = Term { term: "班规".into(), definition: "我们的。".into(), ..Term::default() };
        assert_eq!(term_text(&term), "班规\n我们的。");
        let term = Term { origin: Origin::Pack("三班".into()), unsure: "哪年".into(), ..term };
        assert_eq!(term_text(&term), "班规\n我们的。\n待核实：哪年\n来源：三班");
    }
}
