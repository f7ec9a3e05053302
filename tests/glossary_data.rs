//! The glossary's data files, checked as `docs/glossary.md` promises: whole, consistent, and honest
//! about what is not verified. That a fact is true no test can say; the sources must.

use pinyin::ToPinyinMulti;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use toml::{Table, Value};

const FIELDS: &[&str] = &[
    "id",
    "term",
    "pinyin",
    "aliases",
    "unless_after",
    "unless_before",
    "definition",
    "english",
    "explanation",
    "items",
    "items_note",
    "first_use",
    "register",
    "distinguish",
    "related",
    "sources",
    "verified",
    "unsure",
];
const REGISTERS: &[&str] = &["formula", "institution", "jargon", "figurative"];
/// Characters that may stand without a tone mark.
const NEUTRAL: &[char] = &['子', '们', '头', '的', '了', '着', '地', '么', '矩'];

fn read(name: &str) -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/glossary").join(name);
    fs::read_to_string(path).expect("the file is there").parse().expect("the file is TOML")
}

/// Every entry, with its category.
fn terms() -> Vec<(String, Table)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/glossary");
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|file| file.expect("its files can be read").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".toml") && name != "sources.toml")
        .collect();
    names.sort();
    names
        .iter()
        .flat_map(|name| {
            let file = read(name);
            let category = text(&file, "category").to_owned();
            assert_eq!(format!("{category}.toml"), *name, "a file is called by its category");
            let terms = file["term"].as_array().expect("[[term]]").clone();
            terms.into_iter().map(move |term| (category.clone(), term.as_table().expect("a table").clone()))
        })
        .collect()
}

fn text<'a>(of: &'a Table, field: &str) -> &'a str {
    of.get(field).map_or("", |value| value.as_str().unwrap_or_else(|| panic!("{field} is a text: {of}")))
}

fn list<'a>(of: &'a Table, field: &str) -> &'a [Value] {
    of.get(field).map_or(&[], |value| value.as_array().unwrap_or_else(|| panic!("{field} is a list: {of}")))
}

fn texts<'a>(of: &'a Table, field: &str) -> Vec<&'a str> {
    list(of, field).iter().map(|value| value.as_str().expect("a list of texts")).collect()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '〇')
}

#[test]
fn an_entry_has_its_fields_and_no_others() {
    for (_, term) in terms() {
        let name = text(&term, "term").to_owned();
        for field in term.keys() {
            assert!(FIELDS.contains(&field.as_str()), "{name}: no field is called {field}");
        }
        for field in ["id", "term", "pinyin", "definition", "english", "explanation", "register"] {
            assert!(!text(&term, field).trim().is_empty(), "{name}: {field} is missing");
        }
        let id = text(&term, "id");
        assert!(
            id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{name}: an id is small letters, digits and hyphens, not {id}"
        );
        assert!((1..=40).contains(&name.chars().count()), "{name}: 1 to 40 characters");
        assert!(REGISTERS.contains(&text(&term, "register")), "{name}: register");
        assert!(bianzhu::lexicon::glossary::Category::ALL.len() > 1);
        let definition = text(&term, "definition");
        assert!(definition.ends_with('。'), "{name}: a definition is a sentence");
        assert!(definition.chars().count() <= 160, "{name}: a definition is one or two sentences");
        assert!(!definition.contains(['<', '>']), "{name}: no markup");
        for item in list(&term, "items").iter().chain(list(&term, "distinguish")) {
            let item = item.as_table().expect("a table");
            for (field, value) in item {
                assert!(["zh", "en", "term", "why"].contains(&field.as_str()), "{name}: {field}");
                assert!(!value.as_str().expect("a text").is_empty(), "{name}: {field} is empty");
            }
        }
        if let Some(first) = term.get("first_use") {
            let first = first.as_table().expect("a table");
            assert!(!text(first, "date").is_empty(), "{name}: first use has a date");
            assert!(
                first.keys().all(|field| ["date", "occasion", "document"].contains(&field.as_str())),
                "{name}"
            );
        }
    }
}

#[test]
fn categories_are_known() {
    use bianzhu::lexicon::glossary::Category;
    for (category, _) in terms() {
        assert_eq!(Category::from_name(&category).name(), category);
    }
}

#[test]
fn an_entry_is_verified_by_sources_or_says_what_is_unsure() {
    for (_, term) in terms() {
        let name = text(&term, "term");
        let verified = term["verified"].as_bool().expect("verified is true or false");
        if verified {
            assert!(!list(&term, "sources").is_empty(), "{name}: verified by what?");
        } else {
            assert!(!text(&term, "unsure").is_empty(), "{name}: unsure of what?");
        }
        if term.contains_key("first_use") {
            assert!(!list(&term, "sources").is_empty(), "{name}: a first use needs a source");
        }
    }
}

#[test]
fn sources_are_whole_and_all_in_use() {
    let sources = read("sources.toml");
    let mut used = BTreeSet::new();
    for (_, term) in terms() {
        for key in texts(&term, "sources") {
            assert!(sources.contains_key(key), "{}: no source {key}", text(&term, "term"));
            used.insert(key.to_owned());
        }
    }
    let mut addresses = BTreeSet::new();
    for (key, source) in &sources {
        let source = source.as_table().expect("a table");
        assert!(used.contains(key), "{key}: no entry uses it");
        assert!(!text(source, "title").is_empty() && !text(source, "publisher").is_empty(), "{key}");
        let url = text(source, "url");
        assert!(url.starts_with("https://") || url.starts_with("http://"), "{key}: {url}");
        assert!(addresses.insert(url.to_owned()), "{key}: {url} is there twice");
        let date = text(source, "date");
        assert!(date.chars().all(|c| c.is_ascii_digit() || c == '-'), "{key}: {date}");
    }
}

#[test]
fn names_lead_to_one_entry() {
    let mut ids = BTreeSet::new();
    let mut surfaces: BTreeMap<String, String> = BTreeMap::new();
    for (_, term) in terms() {
        let name = text(&term, "term").to_owned();
        assert!(ids.insert(text(&term, "id").to_owned()), "{name}: its id is taken");
        for surface in std::iter::once(name.as_str()).chain(texts(&term, "aliases")) {
            let other = surfaces.insert(surface.to_owned(), name.clone());
            assert_eq!(other, None, "{surface} leads to {name} and elsewhere");
        }
    }
    for (_, term) in terms() {
        for id in texts(&term, "related") {
            assert!(ids.contains(id), "{}: related {id} does not exist", text(&term, "term"));
            assert_ne!(id, text(&term, "id"), "{}: related to itself", text(&term, "term"));
        }
    }
}

#[test]
fn a_numbered_formula_has_as_many_items_as_it_says() {
    for (category, term) in terms() {
        let name = text(&term, "term");
        let Some(number) = number(name) else { continue };
        if (category == "formula" || !list(&term, "items").is_empty()) && text(&term, "items_note").is_empty()
        {
            assert_eq!(list(&term, "items").len(), number, "{name}: items");
        }
    }
}

/// The number that a formula names; none for a bare 一 (一把手).
fn number(term: &str) -> Option<usize> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let digit = |c: char| {
        c.to_digit(10)
            .map(|digit| digit as usize)
            .or_else(|| DIGITS.chars().position(|one| one == c))
            .or((c == '两').then_some(2))
    };
    let is_part = |c: char| digit(c).is_some() || c == '十';
    let run: Vec<char> = term.chars().skip_while(|&c| !is_part(c)).take_while(|&c| is_part(c)).collect();
    let number = match run[..] {
        ['十'] => 10,
        ['十', ones] => 10 + digit(ones)?,
        [tens, '十'] => digit(tens)? * 10,
        [tens, '十', ones] => digit(tens)? * 10 + digit(ones)?,
        [one] => digit(one)?,
        _ => return None,
    };
    (number > 1).then_some(number)
}

#[test]
fn pinyin_reads_every_character_of_the_term() {
    for (_, term) in terms() {
        let name = text(&term, "term");
        let pinyin = text(&term, "pinyin");
        let letters: String = pinyin
            .to_lowercase()
            .chars()
            .filter(|c| !matches!(c, ' ' | '\'' | '’' | '-' | ',' | '、'))
            .collect();
        let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
        let characters: Vec<char> = name
            .chars()
            .map(|c| c.to_digit(10).and_then(|digit| digits.get(digit as usize).copied()).unwrap_or(c))
            .filter(|&c| is_han(c))
            .collect();
        assert!(reads(&characters, &letters), "{name} is not read {pinyin}");
    }
}

/// Whether the letters are a reading of the characters, one syllable each, with its tone.
fn reads(characters: &[char], letters: &str) -> bool {
    let Some((&first, rest)) = characters.split_first() else { return letters.is_empty() };
    let Some(readings) = first.to_pinyin_multi() else { return false };
    readings.into_iter().any(|reading| {
        let toned = letters.strip_prefix(reading.with_tone());
        let plain = NEUTRAL.contains(&first).then(|| letters.strip_prefix(reading.plain())).flatten();
        toned.into_iter().chain(plain).any(|letters| reads(rest, letters))
    })
}

#[test]
fn the_test_of_readings_can_fail() {
    let reads = |term: &str, pinyin: &str| reads(&term.chars().collect::<Vec<_>>(), pinyin);
    assert!(reads("重要", "zhòngyào") && reads("班子", "bānzi"));
    for wrong in ["zhongyào", "zhòngyao", "zhòngyàoyào", "zhòng", "chōngyào"] {
        assert!(!reads("重要", wrong), "{wrong}");
    }
}

#[test]
fn the_built_in_glossary_says_what_the_files_say() {
    let glossary = bianzhu::lexicon::glossary::Glossary::builtin();
    let terms = terms();
    assert_eq!(glossary.len(), terms.len());
    let named: BTreeMap<&str, &str> =
        terms.iter().map(|(_, data)| (text(data, "id"), text(data, "term"))).collect();
    let sources = read("sources.toml");
    for (category, data) in &terms {
        let term = glossary.term(text(data, "term")).expect("every entry is built in");
        assert_eq!(term.term, text(data, "term"));
        assert_eq!(term.category.name(), category);
        let said = [&term.pinyin, &term.english, &term.definition, &term.explanation, &term.items_note];
        assert_eq!(
            said,
            ["pinyin", "english", "definition", "explanation", "items_note"].map(|field| text(data, field))
        );
        let pairs = |field, keys: [&str; 2]| -> Vec<[String; 2]> {
            let tables = list(data, field).iter().map(|table| table.as_table().expect("a table").clone());
            tables.map(|table| keys.map(|key| text(&table, key).to_owned())).collect()
        };
        let items: Vec<_> = term.items.iter().map(|item| [item.zh.clone(), item.en.clone()]).collect();
        assert_eq!(items, pairs("items", ["zh", "en"]), "{}", term.term);
        let others: Vec<_> =
            term.distinguish.iter().map(|other| [other.term.clone(), other.why.clone()]).collect();
        assert_eq!(others, pairs("distinguish", ["term", "why"]), "{}", term.term);
        assert_eq!(term.first_use.is_some(), data.contains_key("first_use"), "{}", term.term);
        let related: Vec<_> = texts(data, "related").into_iter().map(|id| named[id]).collect();
        assert_eq!(term.related, related, "{}", term.term);
        let addresses: Vec<_> = term.sources.iter().map(|source| source.url.as_str()).collect();
        let expected: Vec<_> = texts(data, "sources")
            .into_iter()
            .map(|key| text(sources[key].as_table().expect("a table"), "url"))
            .collect();
        assert_eq!(addresses, expected, "{}", term.term);
        assert_eq!(Some(term.verified), data["verified"].as_bool());
        assert_eq!(term.unsure, text(data, "unsure"));
        assert_eq!(term.register.name(), text(data, "register"));
        assert_eq!(glossary.lookup(&term.term), Some(term.id.as_str()));
        for alias in &term.aliases {
            assert_eq!(glossary.lookup(alias), Some(term.id.as_str()), "{alias}");
        }
    }
}
