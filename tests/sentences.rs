//! What the interface says, in both languages.

// The interface itself is there in a browser only; its sentences know nothing of one.
#[allow(dead_code, clippy::wrong_self_convention)]
#[path = "../src/ui/strings.rs"]
mod strings;

use bianzhu::{annotation, article, exchange, lexicon, notebook, recognition};
use strings::Lang;

fn is_chinese(sentence: &str) -> bool {
    sentence.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn every_reason_to_refuse_a_note_is_told_in_both_languages() {
    use annotation::AnnotationError::{BadTime, NoId, NoQuote, NotAnAnnotation};
    use notebook::Refusal::{self, Elsewhere, NoNote};
    let all = [
        NoNote(NotAnAnnotation),
        NoNote(NoId),
        NoNote(NoQuote),
        NoNote(BadTime("created")),
        Elsewhere("https://b.example/".to_owned()),
    ];
    for (at, why) in all.iter().enumerate() {
        // A reason that is new here has to have its sentences asserted.
        let place = match why {
            NoNote(NotAnAnnotation) => 0,
            NoNote(NoId) => 1,
            NoNote(NoQuote) => 2,
            NoNote(BadTime(_)) => 3,
            Elsewhere(_) => 4,
        };
        assert_eq!(place, at);
        let (chinese, english) = (Lang::Chinese.refusal(why), Lang::English.refusal(why));
        assert!(is_chinese(&chinese), "{chinese}");
        assert!(english.is_ascii() && !english.is_empty(), "{english}");
        let others = |other: &&Refusal| *other != why;
        for other in all.iter().filter(others) {
            assert_ne!(Lang::Chinese.refusal(other), chinese);
            assert_ne!(Lang::English.refusal(other), english);
        }
    }
    for lang in [Lang::Chinese, Lang::English] {
        assert!(lang.refusal(&all[4]).ends_with("https://b.example/"));
        assert!(lang.refusal(&all[3]).contains("created"));
    }
}

#[test]
fn every_reason_to_refuse_a_file_is_told_in_both_languages() {
    use exchange::ReadError::{NoAnnotations, NotJson, TooLarge, TooMany};
    assert_eq!((exchange::MAX_BYTES, exchange::MAX_ITEMS), (16 * 1024 * 1024, 20_000));
    for (why, chinese, english) in [
        (TooLarge(1), "16 MiB", "16 MiB"),
        (TooMany(1), "两万条", "20,000"),
        (NotJson(String::new()), "JSON", "JSON"),
        (NoAnnotations, "JSON", "JSON"),
    ] {
        let (said, says) = (Lang::Chinese.unread_file(&why), Lang::English.unread_file(&why));
        assert!(is_chinese(said) && said.contains(chinese), "{said}");
        assert!(says.is_ascii() && says.contains(english), "{says}");
    }
}
