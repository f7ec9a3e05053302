//! What goes out, and what comes in again.

use super::*;
use crate::annotation::{AnnotationError, Color, Note, NoteId, Timestamp};
use crate::article::Details;
use crate::lexicon::glossary::{Origin, Term};
use crate::notebook::{Layer, Notebook, Refusal, Shelf};
use crate::text::{IndexedText, Span};
use proptest::prelude::*;

struct NoShelf;

impl Shelf for NoShelf {
    fn save(&self, _: &std::sync::Arc<Note>) -> Result<Option<Note>, String> {
        Ok(None)
    }
    fn delete(&self, _: &NoteId) -> Result<Option<Note>, String> {
        Ok(None)
    }
}

fn own_term() -> Term {
    let (id, term, definition) = ("urn:uuid:t".into(), "班_规".into(), "我们\n的。".into());
    Term { id, term, definition, english: "our rules".into(), origin: Origin::Reader, ..Term::default() }
}

fn notebook(comment: &str, tags: &[&str]) -> Notebook {
    let text = IndexedText::from("牢记“四个意识”,坚定“四个自信”。=1+1");
    let mut note = Note::new(
        "urn:uuid:1".to_owned(),
        &text,
        Span::new(3usize, 7usize),
        "https://a.example/1",
        Timestamp(1),
    );
    note.comment = comment.to_owned();
    note.tags = tags.iter().map(|&tag| tag.to_owned()).collect();
    note.color = Color::Blue;
    let formula = Note::new(
        "urn:uuid:2".to_owned(),
        &text,
        Span::new(18usize, 22usize),
        "https://a.example/1",
        Timestamp(1),
    );
    Notebook::open("https://a.example/1", vec![note, formula], &text, Box::new(NoShelf))
}

#[test]
fn what_is_exported_is_imported_without_loss() {
    let notebook = notebook("哪四个？\n\n- 政治\n- 大局", &["公式", "a b"]);
    let own = [own_term()];
    let read = read_annotations(&to_json_ld(&notebook, &own, true)).expect("an export");
    let notes = notebook.notes().iter().map(|placed| Note::clone(&placed.note)).enumerate().collect();
    assert_eq!(read, Read { notes, terms: own.to_vec(), ..Read::default() });
    assert!(!to_json_ld(&notebook, &[], true).contains("terms"), "nothing is said of what is not there");
}

#[test]
fn a_bad_annotation_does_not_keep_the_others_out() {
    let export =
        to_json_ld(&notebook("", &[]), &[], true).replacen("\"exact\":\"四个意识\"", "\"exact\":\"\"", 9);
    let read = read_annotations(&export).expect("an export");
    assert_eq!(read.notes.len(), 1);
    assert_eq!(read.failed, [(0, Refusal::NoNote(AnnotationError::NoQuote))]);
}

#[test]
fn what_holds_no_annotations_is_refused_as_a_whole() {
    for (json, expected) in
        [("{\"type\":\"Note\"}", ReadError::NoAnnotations), ("1", ReadError::NoAnnotations)]
    {
        assert_eq!(read_annotations(json), Err(expected));
    }
    assert!(matches!(read_annotations("[{]"), Err(ReadError::NotJson(_))));
    assert!(matches!(read_annotations(&" ".repeat(MAX_BYTES + 1)), Err(ReadError::TooLarge(_))));
    assert_eq!(read_annotations("[]"), Ok(Read::default()));
}

#[test]
fn half_a_character_does_not_keep_a_file_out() {
    let export = to_json_ld(&notebook("注", &[]), &[], true);
    for (escape, comment) in [
        ("\\ud842", "\u{fffd}"),
        ("\\uDFB7x", "\u{fffd}x"),
        ("\\ud842\\ud842\\udfb7", "\u{fffd}𠮷"),
        ("\\\\ud842\\ud842", "\\ud842\u{fffd}"),
        ("\\u4e00\\ud842", "一\u{fffd}"),
    ] {
        let read = read_annotations(&export.replace("\"注\"", &["\"", escape, "\""].concat())).expect(escape);
        assert_eq!(read.notes[0].1.comment, comment, "{escape}");
    }
}

#[test]
fn hypothesis_rows_are_read() {
    let rows = r#"{"total":1,"rows":[{"id":"x1","uri":"https://a.example/1","text":"哪四个？","tags":["公式"],
        "created":"2026-01-02T03:04:05.006+00:00","updated":"2026-01-03T03:04:05.006+00:00","user":"acct:me@hypothes.is",
        "target":[{"source":"https://a.example/1","selector":[
          {"type":"RangeSelector","startContainer":"/p[1]","endContainer":"/p[1]","startOffset":0,"endOffset":4},
          {"type":"TextPositionSelector","start":3,"end":7},
          {"type":"TextQuoteSelector","exact":"四个意识","prefix":"牢记“","suffix":"”,坚定"}]}]}]}"#;
    let read = read_annotations(rows).expect("an export");
    assert_eq!((read.notes.len(), read.failed.len()), (1, 0));
    let (_, note) = &read.notes[0];
    assert_eq!(note.id.as_str(), "https://hypothes.is/a/x1");
    assert_eq!((note.comment.as_str(), note.tags.as_slice()), ("哪四个？", &["公式".to_owned()][..]));
    assert_eq!(note.target.quote.exact, "四个意识");
    assert!(note.modified > note.created);
}

#[test]
fn markdown_quotes_and_cites() {
    let details = Details {
        title: "动员_大会".to_owned(),
        source: "本报".to_owned(),
        author: "记者".to_owned(),
        date: "1月4日".to_owned(),
        ..Details::default()
    };
    let markdown = to_markdown(&notebook("**四个** <b>", &["公式 一"]), &details, &[]);
    assert_eq!(
        markdown,
        "# 动员\\_大会\n\n记者，《动员\\_大会》，本报，1月4日，<https://a.example/1>\n\n> 四个意识\n\n\
         **四个** \\<b>\n\n\\#公式 一\n\n> \\=1+1\n"
    );
    let ours = Details { title_is_ours: true, ..details };
    assert!(to_markdown(&notebook("", &[]), &ours, &[]).contains("，［动员\\_大会］（标题为编者所加），"));
    // What a reader's own text is called in the store is nobody's address.
    let text = IndexedText::from("文。");
    let own = Notebook::open("urn:bianzhu:text:1", Vec::new(), &text, Box::new(NoShelf));
    assert_eq!(
        to_markdown(&own, &ours, &[]),
        "# 动员\\_大会\n\n记者，［动员\\_大会］（标题为编者所加），本报，1月4日\n"
    );
}

#[test]
fn a_quote_that_is_not_in_the_text_any_more_says_so() {
    let mut notebook = notebook("", &[]);
    notebook.replace_text(&IndexedText::from("完全另外的一篇文章，没有从前的话。"));
    let markdown = to_markdown(&notebook, &Details::default(), &[]);
    assert_eq!(markdown.matches("现已找不到").count(), 2);
}

#[test]
fn the_readers_terms_stand_behind_the_notes() {
    let markdown = to_markdown(&notebook("", &[]), &Details::default(), &[own_term()]);
    assert!(markdown.ends_with("\n## 术语\n\n- **班\\_规**：我们 的。；our rules\n"), "{markdown}");
}

#[test]
fn a_spreadsheet_takes_nothing_for_a_formula() {
    let csv = to_csv(&notebook("他说\"好\"", &[]));
    assert!(csv.starts_with("\u{feff}quote,"));
    assert!(csv.contains("\r\n\"四个意识\",\"他说\"\"好\"\"\",\"\",\"blue\","));
    assert!(csv.contains("\r\n\"'=1+1\","));
}

#[test]
fn cards_for_anki_have_their_headers_and_keep_their_lines() {
    let term = Term { term: "三定".to_owned(), pinyin: "sān dìng".to_owned(), ..Term::default() };
    let anki = to_anki(&notebook("一\n二", &["a b"]), [&term]);
    let lines: Vec<&str> = anki.lines().collect();
    assert_eq!(lines[..3], ["#separator:tab", "#html:false", "#columns:Front\tBack\tTags"]);
    assert!(anki.contains("【四个意识】”,坚定“四个自信”。=……\t\"一\n二\"\tbianzhu a_b\n"), "{anki}");
    assert!(anki.ends_with("三定\tsān dìng\tbianzhu glossary\n"));
}

/// Texts that break out of careless formats. Their own words; a few of each family.
const HOSTILE: [&str; 22] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "[点](javascript:alert(1))",
    "![x](https://a.example/x.png)",
    "</textarea><iframe src=//a.example>",
    "&lt;b&gt; &#60; &amp;",
    "=HYPERLINK(\"https://a.example\",\"点\")",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r\n=1+1",
    "a,b;c\td\"e\"",
    "行一\n行二\r行三\u{2028}行四",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "\u{202e}反向\u{200f}\u{feff}",
    "\u{0}\u{7}\u{1b}[31m",
    "Z̸̢a̷l̶g̵o̶ 𠮷👩‍👩‍👧",
    "# 标题\n- 表\n1. 数\n> 引\n```\n码",
    "\\\"\\u0000\\n",
];

fn hostile_notebook(words: &str) -> Notebook {
    let text = IndexedText::new(["前文", words, "后文"].concat());
    let span = Span::new(2usize, 2 + words.chars().count());
    let key = "https://a.example/1";
    let mut note = Note::new("urn:uuid:1".to_owned(), &text, span, key, Timestamp(1));
    note.comment = words.to_owned();
    note.tags = vec![words.to_owned()];
    Notebook::open(key, vec![note], &text, Box::new(NoShelf))
}

/// The fields of the first record after the header, as RFC 4180 reads them.
fn fields(file: &str, separator: char) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut chars = file.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                fields.last_mut().expect("a field").push('"');
            }
            '"' => quoted = !quoted,
            '\n' if !quoted => break,
            c if c == separator && !quoted => fields.push(String::new()),
            c => fields.last_mut().expect("a field").push(c),
        }
    }
    fields
}

fn stays_text(words: &str) {
    let notebook = hostile_notebook(words);
    let placed = &notebook.notes()[0];
    let read = read_annotations(&to_json_ld(&notebook, &[], true)).expect("an export");
    assert_eq!(read.notes, [(0, Note::clone(&placed.note))], "{words}");

    let csv = to_csv(&notebook);
    let row = fields(csv.split_once("\r\n").expect("a header").1, ',');
    assert_eq!(row.len(), 10, "{words}");
    for field in &row[..3] {
        assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{words}");
        assert_eq!(field.strip_prefix('\'').filter(|_| !words.starts_with('\'')).unwrap_or(field), words);
    }

    let anki = to_anki(&notebook, []);
    let card = fields(anki.splitn(5, '\n').nth(4).expect("a card"), '\t');
    assert_eq!(card.len(), 3, "{words}");
    assert!(card[0].contains(words) && card[1] == words, "{words}");
    assert_eq!(card[2].split(' ').count(), 2, "{words}");

    let markdown = to_markdown(&notebook, &Details { title: words.to_owned(), ..Details::default() }, &[]);
    let mut before = ' ';
    let mut rest = markdown.replace("<https://a.example/1>", "");
    rest.push(' ');
    for (c, next) in rest.chars().zip(rest.chars().skip(1)) {
        let opens = c == '<' && (next.is_ascii_alphabetic() || "/!?".contains(next));
        assert!(!opens || before == '\\', "{words} {markdown}");
        before = c;
    }
}

#[test]
fn hostile_texts_stay_texts() {
    HOSTILE.into_iter().for_each(stays_text);
}

/// Longer lists, a text a line or a JSON array of texts, where there are some: `BIANZHU_HOSTILE=folder`.
#[test]
fn whole_lists_of_hostile_texts_stay_texts() {
    let Some(folder) = std::env::var_os("BIANZHU_HOSTILE") else { return };
    let mut count = 0;
    for file in std::fs::read_dir(folder).expect("a folder").flatten() {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let texts: Vec<String> = match serde_json::from_str(&text) {
            Ok(serde_json::Value::Array(texts)) => texts
                .iter()
                .filter_map(|text| text.as_str().or_else(|| text["payload"].as_str()).map(str::to_owned))
                .collect(),
            _ => text.lines().map(str::to_owned).collect(),
        };
        for text in texts.iter().filter(|text| !text.is_empty()) {
            stays_text(text);
            count += 1;
        }
    }
    assert!(count > 0);
}

#[test]
fn a_layer_goes_out_only_by_itself() {
    let text = IndexedText::from("牢记“四个意识”");
    let theirs = Note::new("urn:x:teacher".into(), &text, Span::new(3usize, 7usize), "k", Timestamp(1));
    let layer = Layer::new("三班".into(), vec![theirs]);
    assert!(layer.notes[0].is_of_layer);
    let read = read_annotations(&layer_to_json_ld("k", &layer)).expect("a collection");
    assert_eq!((read.label.as_str(), read.notes.len()), ("三班", 1));
    assert!(!to_json_ld(&notebook("", &[]), &[], true).contains("urn:x:teacher"));
}

proptest! {
    #[test]
    fn any_text_stays_text(words in "[<>a-c\"'=+@&#\\\\*_`\t\n\r,;|$-]{1,12}|\\PC{1,20}") {
        stays_text(&words);
    }

    #[test]
    fn no_file_panics(json in "\\PC{0,80}", escapes in "(\\\\u|\\\\|d8|dc0|[0-9a-f甲\"\\[]){0,30}") {
        let _ = read_annotations(&json);
        let _ = read_annotations(&["[\"", &escapes].concat());
    }
}
