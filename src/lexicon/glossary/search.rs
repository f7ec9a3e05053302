//! Searching the whole glossary: by Chinese, by pinyin with or without tones, by initials, by English.

use super::fold::fold;
use super::pinyin::Pinyin;
use super::{Glossary, Head};
use crate::sort::sort_by_key;

/// How well a text fits: the lower, the better.
type Rank = usize;
const EXACT: Rank = 0;
const PREFIX: Rank = 1;
const WITHIN: Rank = 2;

impl Glossary {
    /// The entries that a query finds: what is it exactly, then what begins with it, then what contains it;
    /// among equals a term before an alias, and the shorter term first. Pinyin and English are searched once the
    /// entries are there.
    pub fn search(&self, query: &str) -> Vec<Head<'_>> {
        let query = query.trim();
        let mut found = if query.chars().any(|c| !is_latin(c)) {
            self.by_surface(query)
        } else {
            let mut found = self.by_letters(query, !query.is_ascii());
            if found.is_empty() {
                // A tone that was typed wrong, or left out here and there.
                found = self.by_letters(query, false);
            }
            found
        };
        sort_by_key(&mut found, |(rank, head)| (*rank, head.term.chars().count()));
        found.into_iter().map(|(_, head)| head).collect()
    }

    fn by_surface(&self, query: &str) -> Vec<(Rank, Head<'_>)> {
        let query = fold(query);
        if query.is_empty() {
            return Vec::new();
        }
        let ranked = self.live().filter_map(|entry| {
            let [english, pinyin] = self.names(entry);
            let term = rank(&fold(&entry.term), &query).map(|rank| rank * 2);
            let aliases = entry.aliases.iter().filter_map(|alias| rank(&fold(alias), &query));
            let alias = aliases.min().map(|rank| rank * 2 + 1);
            Some((term.into_iter().chain(alias).min()?, Head { english, pinyin, ..entry.head() }))
        });
        ranked.collect()
    }

    fn by_letters(&self, query: &str, toned: bool) -> Vec<(Rank, Head<'_>)> {
        let typed = Pinyin::new(&query.replace(|c: char| c.is_ascii_digit(), ""));
        let letters = if toned { &typed.toned } else { &typed.plain };
        let english = query.to_ascii_lowercase();
        if letters.is_empty() {
            return Vec::new();
        }
        let ranked = self.live().filter_map(|entry| {
            let [name, written] = self.names(entry);
            let pinyin = Pinyin::new(written);
            let by_sound = if toned {
                rank(&pinyin.toned, letters).filter(|&rank| rank < WITHIN)
            } else {
                let within =
                    pinyin.syllables.iter().any(|&at| pinyin.plain[at..].starts_with(letters.as_str()));
                let by_sound = match rank(&pinyin.plain, letters) {
                    // Inside, only whole syllables are meant.
                    Some(WITHIN) | None => within.then_some(WITHIN),
                    rank => rank,
                };
                by_sound.into_iter().chain(rank(&pinyin.initials(), letters)).min()
            };
            let by_name = rank(&name.to_ascii_lowercase(), &english);
            let surfaces = std::iter::once(&entry.term).chain(&entry.aliases);
            // Abbreviations: ESG.
            let by_surface = surfaces.filter_map(|surface| rank(&fold(surface), &fold(&english))).min();
            let best = by_sound.into_iter().chain(by_name).chain(by_surface).min()?;
            Some((best * 2, Head { english: name, pinyin: written, ..entry.head() }))
        });
        ranked.collect()
    }
}

/// Letters of the Latin scripts with their marks, digits, and what stands between words.
fn is_latin(c: char) -> bool {
    c < '\u{370}' || matches!(c, '‘' | '’')
}

fn rank(text: &str, query: &str) -> Option<Rank> {
    match text.find(query)? {
        0 if text.len() == query.len() => Some(EXACT),
        0 => Some(PREFIX),
        _ => Some(WITHIN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(query: &str) -> Vec<String> {
        Glossary::builtin().search(query).into_iter().map(|head| head.term.to_owned()).collect()
    }

    #[test]
    fn a_term_is_found_however_it_is_typed() {
        for (query, first) in [
            ("四个意识", "四个意识"),
            ("4个意识", "四个意识"),
            ("意识", "四个意识"),
            ("三定规定", "三定"),
            ("sanding", "三定"),
            ("sān dìng", "三定"),
            ("san1 ding4", "三定"),
            ("SAN DING", "三定"),
            ("sgys", "四个意识"),
            ("si ge yi shi", "四个意识"),
            ("sì gè yìshí", "四个意识"),
            ("sì ge yishi", "四个意识"),
            ("Four Consciousnesses", "四个意识"),
            ("consciousness", "四个意识"),
        ] {
            assert_eq!(found(query).first().map(String::as_str), Some(first), "{query}");
        }
    }

    #[test]
    fn what_is_exact_comes_before_what_begins_before_what_contains() {
        let pack =
            r#"[{"term": "甲三定乙丙", "definition": "一。"}, {"term": "三定法", "definition": "二。"}]"#;
        let (glossary, problems) = Glossary::builtin().with_pack(pack, "包");
        assert_eq!(problems, []);
        let found: Vec<_> = glossary.search("三定").into_iter().map(|head| head.term).collect();
        assert_eq!(found, ["三定", "三定法", "甲三定乙丙"]);
    }

    #[test]
    fn wrong_tones_find_the_letters_and_right_ones_only_what_they_say() {
        assert_eq!(found("sàn dīng").first().map(String::as_str), Some("三定"));
        assert!(found("ding").contains(&"三定".to_owned()));
        assert!(!found("anding").contains(&"三定".to_owned()), "not inside a syllable");
    }

    #[test]
    fn nothing_is_found_where_nothing_is() {
        for query in ["", " ", "　", "零零零", "zzzzqqqq", "'", "“”", "1234"] {
            assert_eq!(found(query), [""; 0], "{query}");
        }
    }

    proptest! {
        #[test]
        fn no_query_panics(query in "\\PC{0,12}") {
            found(&query);
        }
    }
}
