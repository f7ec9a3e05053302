//! What goes out, and what comes in again.

use super::*;
use crate::annotation::{Color, Note, NoteId, Timestamp};
use crate::article::Details;
use crate::lexicon::glossary::{Origin, Term};
use crate::notebook::{Notebook, Shelf};
use crate::text::{IndexedText, Span};
use proptest::prelude::*;

struct NoShelf;

impl Shelf for NoShelf {
    fn save(&self, _: &Note) -> Result<Option<Note>, String> {
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
    let read = read_annotations(&to_json_ld(&notebook, &own)).expect("an export");
    let notes = notebook.notes().iter().map(|placed| placed.note.clone()).enumerate().collect();
    assert_eq!(read, Read { notes, failed: Vec::new(), terms: own.to_vec() });
    assert!(!to_json_ld(&notebook, &[]).contains("terms"), "nothing is said of what is not there");
}

#[test]
fn a_bad_annotation_does_not_keep_the_others_out() {
    let export = to_json_ld(&notebook("", &[]), &[]).replacen("\"exact\":\"四个意识\"", "\"exact\":\"\"", 9);
    let read = read_annotations(&export).expect("an export");
    assert_eq!((read.notes.len(), read.failed.len(), read.failed[0].index), (1, 1, 0));
    assert!(read.failed[0].reason.contains("quotes no text"));
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
    let details =
        Details { title: "动员_大会".to_owned(), source: "本报".to_owned(), ..Details::default() };
    let markdown = to_markdown(&notebook("**四个**", &["公式"]), &details, &[]);
    assert_eq!(
        markdown,
        "# 动员\\_大会\n\n> 四个意识\n\n**四个**\n\n#公式\n\n> =1+1\n\n---\n\n动员\\_大会，本报，<https://a.example/1>\n"
    );
}

#[test]
fn the_readers_terms_stand_behind_the_notes() {
    let markdown = to_markdown(&notebook("", &[]), &Details::default(), &[own_term()]);
    assert!(markdown.contains("\n## 术语\n\n- **班\\_规**：我们 的。；our rules\n\n---"), "{markdown}");
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

proptest! {
    #[test]
    fn no_file_panics(json in "\\PC{0,80}") {
        let _ = read_annotations(&json);
    }
}
