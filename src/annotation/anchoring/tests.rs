//! What became of the words, told by example.

use super::*;
use proptest::prelude::*;

const TEXT: &str = "省人大常委会副主任、市委书记李俊明作动员讲话,要求全市上下进一步统一思想行动、强化责任担当、\
    严明纪律规定。要压实领导责任,在市委领导下,有组织、有部署、有纪律地推进。领导小组牵头抓,办公室具体协调,市级领导要带头。\
    牢记“四个意识”,坚定“四个自信”,做到“两个维护”。要把机构改革纳入到市委市政府重大决策部署的巡察范围和市县巡察任务当中。";

fn target(text: &str, words: &str, nth: usize) -> Target {
    let text = IndexedText::from(text);
    let start = Anchorer::new(&text).occurrences(words)[nth].index();
    Target::of(&text, Span::new(start, start + words.chars().count()), "k")
}

/// The answer, and the words it points at.
fn anchored(target: &Target, text: &str) -> (&'static str, String) {
    let text = IndexedText::from(text);
    let anchoring = Anchorer::new(&text).anchor(target);
    (anchoring.status(), anchoring.span().map(|span| text.slice(span).to_owned()).unwrap_or_default())
}

#[test]
fn an_unchanged_text_holds_every_note() {
    for (words, nth) in [("李俊明", 0), ("市委", 0), ("市委", 1), ("市委", 2), ("四个意识", 0), (TEXT, 0)]
    {
        let (status, found) = anchored(&target(TEXT, words, nth), TEXT);
        assert_eq!((status, found.as_str()), ("exact", words));
    }
}

#[test]
fn words_that_moved_are_followed_by_their_context() {
    let text = TEXT.replace("牢记", "会议指出,各级各部门要提高政治站位,牢记");
    let (status, found) = anchored(&target(TEXT, "四个自信", 0), &text);
    assert_eq!((status, found.as_str()), ("moved", "四个自信"));
    // Of three 市委 the second is meant, and it is the second that is found.
    let at = Anchorer::new(&IndexedText::from(text.as_str())).anchor(&target(TEXT, "市委", 1)).span();
    let expected = text[..text.find("在市委领导").expect("in the text")].chars().count() + 1;
    assert_eq!(at.map(|span| span.start().index()), Some(expected));
}

#[test]
fn edited_words_are_found_between_their_context() {
    for (old, new, quote, expected) in [
        ("四个意识", "四大意识", "四个意识", "四大意识"),
        (
            "统一思想行动",
            "统一思想、统一行动",
            "统一思想行动、强化责任担当",
            "统一思想、统一行动、强化责任担当",
        ),
        (
            "有组织、有部署",
            "有组织、有计划、有部署",
            "有组织、有部署、有纪律地推进",
            "有组织、有计划、有部署、有纪律地推进",
        ),
    ] {
        let (status, found) = anchored(&target(TEXT, quote, 0), &TEXT.replace(old, new));
        assert_eq!((status, found.as_str()), ("edited", expected));
    }
}

#[test]
fn deleted_words_are_an_orphan_though_the_same_stand_elsewhere() {
    for (gone, words, nth) in
        [("在市委领导下,", "市委", 1), ("坚定“四个自信”,", "四个自信", 0), ("李俊明", "李俊明", 0)]
    {
        let (status, _) = anchored(&target(TEXT, words, nth), &TEXT.replace(gone, ""));
        assert_eq!(status, "orphan", "{words}");
    }
    assert_eq!(anchored(&target(TEXT, "市委", 0), "").0, "orphan");
}

#[test]
fn places_that_fit_alike_are_ambiguous() {
    let line = "一、加强组织领导。";
    let mut target = target(&line.repeat(3), "组织", 1);
    target.position = None;
    assert_eq!(anchored(&target, &line.repeat(6)).0, "ambiguous");
}

#[test]
fn a_long_quotation_is_found_by_its_ends() {
    let paragraph: String = (0..400u32).filter_map(|n| char::from_u32(0x4e00 + n * 37 % 2000)).collect();
    let text = ["甲乙丙丁", &paragraph, "戊己庚辛"].concat();
    let edited = text.replace(&paragraph.chars().skip(200).take(30).collect::<String>(), "此处改了");
    let (status, found) = anchored(&target(&text, &paragraph, 0), &edited);
    assert_eq!(status, "edited");
    assert!(found.starts_with(&paragraph[..30]) && found.ends_with(&paragraph[paragraph.len() - 30..]));
}

proptest! {
    #[test]
    fn every_target_is_found_where_it_was_taken(start in 0usize..200, len in 1usize..60) {
        let text = IndexedText::from(TEXT);
        let span = text.clamp(Span::new(start, start + len));
        prop_assume!(!span.is_empty());
        prop_assert_eq!(Anchorer::new(&text).anchor(&Target::of(&text, span, "k")), Anchoring::Exact { span });
    }

    #[test]
    fn whatever_is_asked_the_answer_lies_in_the_text(
        text in "[市委组织,。]{0,80}", exact in "[市委组织,。]{0,20}", prefix in "\\PC{0,40}", suffix in "[市委]{0,40}", at in any::<u32>(),
    ) {
        let text = IndexedText::from(text.as_str());
        let quote = TextQuote { exact, prefix, suffix };
        let target = Target { source: String::new(), quote, position: Some(Span::new(Offset(at), Offset(at / 2))) };
        if let Some(span) = Anchorer::new(&text).anchor(&target).span() {
            prop_assert!(span.end() <= text.end() && !span.is_empty());
        }
    }
}
