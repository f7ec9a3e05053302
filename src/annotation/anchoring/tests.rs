//! What became of the words, told by example.

use super::*;
use crate::annotation::TextQuote;
use crate::text::Offset;
use proptest::prelude::*;

const TEXT: &str = "省人大常委会副主任、市委书记李俊明作动员讲话,要求全市上下进一步统一思想行动、强化责任担当、\
    严明纪律规定。要压实领导责任,在市委领导下,有组织、有部署、有纪律地推进。领导小组牵头抓,办公室具体协调,市级领导要带头。\
    牢记“四个意识”,坚定“四个自信”,做到“两个维护”。要把机构改革纳入到市委市政府重大决策部署的巡察范围和市县巡察任务当中。";

fn target(text: &str, words: &str, nth: usize) -> Target {
    let (byte, _) = text.match_indices(words).nth(nth).expect("in the text");
    let (start, text) = (text[..byte].chars().count(), IndexedText::from(text));
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

type Replacements = &'static [(&'static str, &'static str)];

/// What an edit of [`TEXT`] makes of a note: the words quoted and which of their occurrences, what is
/// replaced by what, and the answer with the words it points at. To extend: add a line.
const EDITS: &[(&str, usize, Replacements, &str, &str)] = &[
    // Words that stand elsewhere now are followed by their context.
    ("四个自信", 0, &[("牢记", "会议指出,各级各部门要提高政治站位,牢记")], "moved", "四个自信"),
    ("办公室", 0, &[("省人大常委会副主任、", "")], "moved", "办公室"),
    ("李俊明", 0, &[("作动员讲话", "出席会议")], "exact", "李俊明"),
    ("李俊明", 0, &[("市委书记", "市委书记、市人大常委会主任")], "moved", "李俊明"),
    ("领导", 2, &[("组织、有部署", "组织"), ("牵头抓", "牵头"), ("要压实", "会议要求压实")], "moved", "领导"),
    // What touches them on one side may go.
    ("责任担当", 0, &[("、严明纪律规定。要压实领导责任,在市委领导下", "")], "exact", "责任担当"),
    ("有部署", 0, &[("要压实领导责任,在市委领导下,有组织、", "")], "moved", "有部署"),
    // Changed words are found between their context.
    ("四个意识", 0, &[("四个意识", "四大意识")], "edited", "四大意识"),
    ("巡察", 0, &[("的巡察范围", "的检察范围")], "edited", "检察"),
    (
        "统一思想行动、强化",
        0,
        &[("统一思想行动", "统一思想、统一行动")],
        "edited",
        "统一思想、统一行动、强化",
    ),
    ("有组织、有部署、有纪律", 0, &[("有部署、", "")], "edited", "有组织、有纪律"),
    ("有部署、有纪律地推进", 0, &[("有部署", "有计划")], "edited", "有计划、有纪律地推进"),
    ("强化责任担当", 0, &[("强化责任", "进一步压实责任")], "edited", "进一步压实责任担当"),
    ("强化责任担当", 0, &[("责任担当", "责任意识")], "edited", "强化责任意识"),
    ("具体协调,市级", 0, &[("协调,市级", "协调，市级")], "edited", "具体协调，市级"),
    // What is put beside the words is not theirs.
    ("办公室", 0, &[("办公室", "市委改革办公室")], "moved", "办公室"),
    ("办公室", 0, &[("办公室", "办公室主任")], "exact", "办公室"),
    // A sentence takes its notes with it.
    (
        "压实",
        0,
        &[
            ("要压实领导责任,在市委领导下,有组织、有部署、有纪律地推进。", ""),
            ("牢记", "要压实领导责任,在市委领导下,有组织、有部署、有纪律地推进。牢记"),
        ],
        "moved",
        "压实",
    ),
    (
        "要压实领导责任,在市委领导下,有组织、有部署、有纪律地推进。",
        0,
        &[
            ("要压实领导责任,在市委领导下,有组织、有部署、有纪律地推进。", ""),
            ("牢记", "要压实领导责任,在市委领导下,有组织、有部署、有纪律地推进。牢记"),
        ],
        "moved",
        "要压实领导责任,在市委领导下,有组织、有部署、有纪律地推进。",
    ),
    // So does a clause.
    (
        "四个自信",
        0,
        &[("坚定“四个自信”,", ""), ("办公室具体", "坚定“四个自信”,办公室具体")],
        "moved",
        "四个自信",
    ),
    // A thing of a list may change places with the one beside it, and so may a clause.
    (
        "强化责任担当",
        0,
        &[("强化责任担当、严明纪律规定", "严明纪律规定、强化责任担当")],
        "moved",
        "强化责任担当",
    ),
    ("严明纪律", 0, &[("强化责任担当、严明纪律规定", "严明纪律规定、强化责任担当")], "moved", "严明纪律"),
    ("办公室", 0, &[("领导小组牵头抓,办公室具体协调", "办公室具体协调,领导小组牵头抓")], "moved", "办公室"),
    // What was deleted has not, though the same stands in what came beside it.
    ("市委", 1, &[("在市委领导下,有组织", "有组织"), ("有纪律地推进", "有纪律地推进市委")], "orphan", ""),
    // A thing of a list stands in many lists: that it moved cannot be known.
    ("担当", 0, &[("强化责任担当、", ""), ("办公室具体", "强化责任担当、办公室具体")], "orphan", ""),
    // A misprint that is put right as the sentence moves.
    (
        "领导责任",
        0,
        &[
            ("要压实领导责任,在市委领导下,有组织、有部署、有纪律地推进。", ""),
            ("牢记", "要压实领导责仼,在市委领导下,有组织、有部署、有纪律地推进。牢记"),
        ],
        "edited",
        "领导责仼",
    ),
    // Near the old place less of the context is enough.
    (
        "具体",
        0,
        &[
            ("有纪律地", "有步骤"),
            ("小组", "组"),
            ("牵头抓", "抓总"),
            ("协调,", "落实。"),
            ("领导要", "干部应"),
            ("“四个意识”", "宗旨"),
        ],
        "moved",
        "具体",
    ),
    // At the end of the text the end is context.
    ("当中", 0, &[("把机构改革纳入到市委市政府重大决策部署的巡察范围和市县巡察任务", "")], "moved", "当中"),
    // Deleted words are an orphan, though the same stand elsewhere.
    ("市委", 1, &[("在市委领导下,", "")], "orphan", ""),
    ("市委", 1, &[("在市委领导下", "在领导下")], "orphan", ""),
    ("四个自信", 0, &[("坚定“四个自信”,", "")], "orphan", ""),
    ("李俊明", 0, &[("李俊明", "")], "orphan", ""),
    ("领导", 1, &[("要压实领导责任,在市委领导下,有组织、有部署、有纪律地推进。", "")], "orphan", ""),
    ("领导", 0, &[("领导责任", "责任")], "orphan", ""),
    ("纪律", 0, &[("严明纪律规定", "改进作风")], "orphan", ""),
    // So are words with others in their place.
    ("统一", 0, &[("统一", "解放")], "orphan", ""),
];

#[test]
fn edits_have_the_answers_of_the_table() {
    for (words, nth, edits, status, expected) in EDITS {
        let text = edits.iter().fold(TEXT.to_owned(), |text, (old, new)| {
            assert!(text.contains(old), "{old} is not in the text");
            text.replacen(old, new, 1)
        });
        let found = anchored(&target(TEXT, words, *nth), &text);
        assert_eq!((found.0, found.1.as_str()), (*status, *expected), "{words} after {edits:?}");
    }
}

#[test]
fn a_sentence_of_the_same_make_beside_a_deleted_one_is_another() {
    let sentence = |of: &str| ["要坚持问题导向,着力解决", of, "领域的突出问题,让群众有更多获得感。"].concat();
    let (first, second) = (sentence("社会保障"), sentence("科技人才"));
    let (opening, middle, closing) = (
        "会议审议通过了实施意见。",
        "王建国主持会议并讲话。",
        "县委负责人作了汇报,市财政局配合,于八月底前完成。",
    );
    let text = [&first, middle, opening, &second, closing].concat();
    let edited = text.replace(&second, "");
    assert_eq!(anchored(&target(&text, "突出", 1), &edited).0, "orphan");
}

#[test]
fn what_changed_places_beside_the_words_leaves_them_where_they_are() {
    let before = "遇到的重大问题，及时报告。\n按照属地管";
    let text =
        "理原则，简化知识产权保护、普惠托育机构，完善基本药物目录、知识产权保护，力争覆盖率达到85%以上。";
    let note = target(&[before, text].concat(), "普惠托育机构", 0);
    let edited = text.replace("完善基本药物目录、知识产权保护", "知识产权保护、完善基本药物目录");
    assert_eq!(anchored(&note, &edited).1, "普惠托育机构");
}

/// The sentence stands after `first` and again after `second`.
fn said_twice(first: &str, second: &str) -> (String, &'static str) {
    let sentence = "各地区各部门要结合实际认真贯彻落实。";
    let text = [
        "会议审议通过了实施意见,决定自发布之日起施行。",
        first,
        sentence,
        "王建国主持会议并讲话,县委负责人作了汇报,市财政局配合,于八月底前完成。",
        second,
        sentence,
        "李卫东深入基层调研,详细了解项目进展,看望慰问一线干部职工,听取意见建议。",
    ];
    (text.concat(), sentence)
}

#[test]
fn a_sentence_that_stood_before_the_deleted_one_is_another() {
    let (text, sentence) = said_twice("全市粮食生产喜获丰收。", "近年来教育事业取得了明显成效。");
    let note = target(&text, "结合实际", 1);
    // All that stands before the hole is where it was.
    let (byte, _) = text.rmatch_indices(sentence).next().expect("in the text");
    let deleted = [&text[..byte], &text[byte + sentence.len()..]].concat();
    assert_eq!(anchored(&note, &deleted).0, "orphan");
    // What moved has pushed the rest down.
    let (once, _) = said_twice("全市粮食生产喜获丰收。", "近年来教育事业取得了明显成效。");
    let once = once.replacen(sentence, "", 1);
    let note = target(&once, "结合实际", 0);
    let moved = ["全市粮食生产喜获丰收。", sentence].concat();
    let moved = once.replace(sentence, "").replacen("全市粮食生产喜获丰收。", &moved, 1);
    assert_eq!(anchored(&note, &moved), ("moved", "结合实际".to_owned()));
}

#[test]
fn a_set_phrase_among_other_neighbours_is_another() {
    let beside = "近年来教育事业取得了明显成效,群众满意度不断提升,各项改革稳步推进。";
    let (text, sentence) = said_twice(beside, "全市粮食生产喜获丰收,农民收入持续增长,乡村面貌焕然一新。");
    let note = target(&text, "结合实际", 0);
    let paragraph =
        [beside, sentence, "王建国主持会议并讲话,县委负责人作了汇报,市财政局配合,于八月底前完成。"];
    // Farther off than an edit or two would put it.
    let other = "会议指出要加强组织领导压实工作责任形成强大合力。".repeat(5);
    let deleted = text.replace(&paragraph.concat(), &other);
    assert_eq!(anchored(&note, &deleted).0, "orphan");
}

#[test]
fn of_many_the_one_that_was_meant_is_found() {
    let text = TEXT.replace("牢记", "会议指出,各级各部门要提高政治站位,牢记");
    for nth in 0..TEXT.matches("市").count() {
        let at = Anchorer::new(&IndexedText::from(text.as_str())).anchor(&target(TEXT, "市", nth)).span();
        let (byte, _) = text.match_indices("市").nth(nth).expect("in the text");
        assert_eq!(at.map(|span| span.start().index()), Some(text[..byte].chars().count()), "{nth}");
    }
}

#[test]
fn an_empty_text_or_quotation_is_an_orphan() {
    assert_eq!(anchored(&target(TEXT, "市委", 0), "").0, "orphan");
    assert_eq!(anchored(&Target::default(), TEXT).0, "orphan");
}

#[test]
fn words_without_context_are_found_where_they_stand_once() {
    let alone = |words: &str| {
        let quote = TextQuote { exact: words.to_owned(), ..TextQuote::default() };
        anchored(&Target { quote, ..Target::default() }, TEXT)
    };
    assert_eq!(alone("四个意识"), ("moved", "四个意识".to_owned()));
    assert_eq!(alone("市委").0, "ambiguous");
    assert_eq!(alone("四大意识").0, "orphan");
}

#[test]
fn places_that_fit_alike_are_ambiguous() {
    let line = "一、加强组织领导。";
    let mut target = target(&line.repeat(3), "组织", 1);
    target.position = None;
    assert_eq!(anchored(&target, &line.repeat(6)).0, "ambiguous");
}

#[test]
fn of_places_that_fit_alike_the_one_by_the_old_place_is_meant() {
    let text = [TEXT, TEXT].concat();
    let second = TEXT.matches("领导").count() + 1;
    let at = Anchorer::new(&IndexedText::from(["前言。", &text].concat().as_str()))
        .anchor(&target(&text, "领导", second))
        .span();
    let start = target(&text, "领导", second).position.map(|span| span.start().index() + 3);
    assert_eq!(at.map(|span| span.start().index()), start);
}

#[test]
fn a_passage_is_found_where_nothing_of_its_context_is_left() {
    let passage = "要求全市上下进一步统一思想行动、强化责任担当、严明纪律规定。要压实领导责任";
    let note = target(TEXT, passage, 0);
    let found = anchored(&note, &["王建国主持会议,", passage, "并作了汇报。"].concat());
    assert_eq!(found, ("moved", passage.to_owned()));
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

fn heard(targets: &[Target], found: &[Anchoring]) -> Neighbours {
    let mut neighbours = Neighbours::default();
    targets.iter().zip(found).for_each(|(target, found)| neighbours.note(target, *found));
    neighbours
}

/// Answers for notes of one text: alone, and with what the others say; and where each is.
fn among(targets: &[Target], text: &str) -> Vec<(&'static str, &'static str, Option<usize>)> {
    let anchorer = Anchorer::new(&IndexedText::from(text));
    let alone: Vec<Anchoring> = targets.iter().map(|target| anchorer.anchor(target)).collect();
    let neighbours = heard(targets, &alone);
    let settled = |(target, alone): (&Target, &Anchoring)| {
        let found = match alone.is_doubtful() {
            true => anchorer.anchor_among(target, *alone, &neighbours),
            false => *alone,
        };
        (alone.status(), found.status(), found.span().map(|span| span.start().index()))
    };
    targets.iter().zip(&alone).map(settled).collect()
}

/// Said over and over, so that nothing but its place tells one from the next.
const REFRAIN: &str = "要坚持以人民为中心的发展思想,深化机构改革,推动高质量发展。";
const OPENING: &str = "王建国主持会议并讲话,县委负责人作了汇报。";
const CLOSING: &str = "李卫东深入基层调研,详细了解项目进展情况。";

/// Where the words of the `nth` refrain begin in a text that has something before the first.
fn in_refrain(nth: usize, before: &str) -> usize {
    before.chars().count() + nth * REFRAIN.chars().count() + 3
}

#[test]
fn what_stands_in_many_places_goes_with_what_stood_beside_it() {
    let text = [OPENING, &REFRAIN.repeat(9), CLOSING].concat();
    let note = target(&text, "以人民", 4);
    let (before, after) = (target(&text, "县委", 0), target(&text, "调研", 0));
    let edited = ["会议听取了汇报,决定自发布之日起施行。", &text].concat();
    let start = in_refrain(4, OPENING) + 19;
    let all = [note.clone(), before.clone(), after.clone()];
    assert_eq!(among(&all, &edited)[0], ("ambiguous", "moved", Some(start)));
    // One neighbour in the same line is enough; without any nothing tells.
    assert_eq!(among(&all[..2], &edited)[0], ("ambiguous", "moved", Some(start)));
    assert_eq!(among(&all[..1], &edited)[0], ("ambiguous", "ambiguous", None));
    // One that was written after the edit says nothing of what it did.
    let today = [note, before, after, target(&edited, "以人民", 3), target(&edited, "以人民", 5)];
    assert_eq!(among(&today, &edited)[0], ("ambiguous", "moved", Some(start)));
    assert_eq!(among(&today, &edited)[3].1, "exact");
}

#[test]
fn a_refrain_that_is_said_once_less_leaves_open_which() {
    for line in ["", "\n"] {
        let opening = [OPENING, line].concat();
        let text = [&opening, &*REFRAIN.repeat(9), CLOSING].concat();
        let edited = ["前言。", &opening, &REFRAIN.repeat(8), CLOSING].concat();
        let all = [target(&text, "以人民", 4), target(&text, "县委", 0), target(&text, "调研", 0)];
        assert_eq!(among(&all, &edited)[0].1, "ambiguous");
    }
}

#[test]
fn lines_that_stayed_in_their_order_speak_for_each_other() {
    let lines = [OPENING, "\n", &REFRAIN.repeat(9), "\n", CLOSING].concat();
    let all = [target(&lines, "以人民", 4), target(&lines, "县委", 0), target(&lines, "调研", 0)];
    let edited =
        ["会议听取了汇报,决定施行。", &*lines.replace(CLOSING, &["随后,", CLOSING].concat())].concat();
    assert_eq!(among(&all, &edited)[0], ("ambiguous", "moved", Some(in_refrain(4, OPENING) + 14)));
}

#[test]
fn a_passage_that_moved_takes_what_stands_in_its_lines() {
    let opening = [OPENING, "\n"].concat();
    let lines = [&REFRAIN.repeat(9), CLOSING, "\n"].concat();
    let other = [&REFRAIN.repeat(9), TEXT, "\n"].concat();
    let text = [&*opening, &lines, &other].concat();
    let all = [target(&text, "以人民", 4), target(&text, "县委", 0), target(&text, "调研", 0)];
    let before = ["会议听取了汇报,决定施行。\n", &opening, &other].concat();
    let edited = [&*before, &lines].concat();
    assert_eq!(among(&all, &edited)[0], ("ambiguous", "moved", Some(in_refrain(4, &before))));
    // The line above is followed by such a refrain too, and is no evidence.
    assert_eq!(among(&all[..2], &edited)[0].1, "ambiguous");
}

#[test]
fn a_place_by_the_old_position_alone_gives_way() {
    let text = [OPENING, &REFRAIN.repeat(9), CLOSING].concat();
    let all = [target(&text, "以人民", 4), target(&text, "县委", 0), target(&text, "调研", 0)];
    // Nearly one refrain was put before: the one before is nearest to the old place.
    let put: String = TEXT.chars().take(REFRAIN.chars().count() - 1).collect();
    let edited = [&put, &*text].concat();
    assert_eq!(among(&all[..1], &edited)[0].2, Some(in_refrain(3, &[&put, OPENING].concat())));
    assert_eq!(among(&all, &edited)[0].2, Some(in_refrain(4, &[&put, OPENING].concat())));
    // Where the neighbours say, it no longer stands as it stood.
    let edited =
        [&put, OPENING, &REFRAIN.repeat(4), &REFRAIN.replace("推动", "促进"), &REFRAIN.repeat(4), CLOSING];
    let edited = edited.concat();
    assert_eq!(among(&all[..1], &edited)[0].1, "moved");
    assert_eq!(among(&all, &edited)[0].1, "ambiguous");
}

#[test]
fn where_its_neighbours_stand_less_of_the_context_is_enough() {
    let all = [target(TEXT, "具体", 0), target(TEXT, "李俊明", 0), target(TEXT, "巡察", 0)];
    let text = [
        ("有纪律地", "有步骤"),
        ("小组", "组"),
        ("牵头抓", "抓总"),
        ("协调,", "落实。"),
        ("领导要", "干部应"),
        ("“四个意识”", "宗旨"),
        ("有组织、有部署", "有安排"),
        ("坚定“四个自信”", "增强信心"),
    ]
    .iter()
    .fold(TEXT.to_owned(), |text, (old, new)| text.replacen(old, new, 1));
    let text = [&OPENING.repeat(5), &*text].concat();
    let (byte, _) = text.match_indices("具体").next().expect("in the text");
    assert_eq!(among(&all, &text)[0], ("orphan", "moved", Some(text[..byte].chars().count())));
    assert_eq!(among(&all[..1], &text)[0].1, "orphan");
    // What was deleted is not there for the neighbours' sake.
    assert_eq!(among(&all, &text.replace("具体", ""))[0].1, "orphan");
}

proptest! {
    #[test]
    fn neighbours_lead_to_the_place_or_to_none(
        count in 2usize..12, nth in 0usize..12, put in "[党和国家机构]{1,70}", at in 0usize..400,
    ) {
        let text = [OPENING, &REFRAIN.repeat(count), CLOSING].concat();
        // What stands in its whole context where it stood is not asked for.
        prop_assume!(put.chars().count() % REFRAIN.chars().count() > 0);
        let nth = nth % count;
        let all = [target(&text, "以人民", nth), target(&text, "县委", 0), target(&text, "调研", 0)];
        let old = IndexedText::from(text.as_str());
        let at = at.min(old.len());
        let [head, tail] = [Span::new(0usize, at), Span::new(at, old.len())].map(|span| old.slice(span));
        let edited = [head, &put, tail].concat();
        let start = in_refrain(nth, OPENING);
        // Nor is where the edit is in its context: then another refrain has the whole of it.
        prop_assume!(start.abs_diff(at) > 40);
        let expected = start + if at <= start { put.chars().count() } else { 0 };
        prop_assert_eq!(among(&all, &edited)[0].2, Some(expected));
    }

    #[test]
    fn whatever_the_neighbours_say_the_answer_lies_in_the_text(
        text in "[市委组织,\n]{0,80}", notes in prop::collection::vec(("[市委组织]{0,4}", "[市委]{0,9}", any::<u32>()), 1..6),
        elsewhere in "[市委组织]{0,80}",
    ) {
        let notes = notes.into_iter().map(|(exact, prefix, at)| Target {
            source: String::new(),
            quote: TextQuote { exact, prefix, suffix: String::new() },
            position: Some(Span::new(Offset(at % 90), Offset(at))),
        });
        let notes: Vec<Target> = notes.collect();
        let of = |text: &str| Anchorer::new(&IndexedText::from(text));
        let (anchorer, elsewhere) = (of(&text), of(&elsewhere));
        let found: Vec<Anchoring> = notes.iter().map(|note| elsewhere.anchor(note)).collect();
        let neighbours = heard(&notes, &found);
        for note in &notes {
            if let Some(span) = anchorer.anchor_among(note, anchorer.anchor(note), &neighbours).span() {
                prop_assert!(span.end().index() <= text.chars().count() && !span.is_empty());
            }
        }
    }

    #[test]
    fn every_target_is_found_where_it_was_taken(start in 0usize..200, len in 1usize..60) {
        let text = IndexedText::from(TEXT);
        let span = text.clamp(Span::new(start, start + len));
        prop_assume!(!span.is_empty());
        prop_assert_eq!(Anchorer::new(&text).anchor(&Target::of(&text, span, "k")), Anchoring::Exact { span });
    }

    #[test]
    fn what_is_put_elsewhere_moves_a_note_and_no_more(
        start in 0usize..200, len in 2usize..30, at in 0usize..200, new in "[深化改革，提高效能。]{1,60}",
    ) {
        let old = IndexedText::from(TEXT);
        let span = old.clamp(Span::new(start, start + len));
        let at = at.min(old.len());
        prop_assume!(span.len() > 1 && (at <= span.start().index() || at >= span.end().index()));
        let before = old.slice(Span::new(0usize, at));
        let text = IndexedText::new([before, &new, old.slice(Span::new(at, old.len()))].concat());
        let by = if at <= span.start().index() { new.chars().count() } else { 0 };
        let expected = Span::new(span.start().index() + by, span.end().index() + by);
        let found = Anchorer::new(&text).anchor(&Target::of(&old, span, "k")).span();
        // A few characters with all of one side's context new are better lost than taken for others like them.
        let may_be_lost = span.len() < 4 && (at == span.start().index() || at == span.end().index());
        // Where the new words end or begin as the old ones do, either reading is right.
        let is_right = found.map_or(may_be_lost, |found| text.slice(found) == text.slice(expected));
        prop_assert!(is_right, "{found:?} {expected:?}");
    }

    #[test]
    fn in_a_text_that_repeats_itself_an_edit_leaves_no_answer_outside(
        sentences in prop::collection::vec("(要坚持(改革|发展)(导向)?[,。]){1,3}", 1..8),
        start in 0usize..80, len in 1usize..40, cut in 0usize..80, gone in 0usize..40, new in "[要坚持改革,。]{0,50}",
    ) {
        let old = IndexedText::new(sentences.concat());
        let start = start % old.len();
        let span = old.clamp(Span::new(start, start + len));
        let target = Target::of(&old, span, "k");
        prop_assert_eq!(Anchorer::new(&old).anchor(&target), Anchoring::Exact { span });
        let (cut, end) = (cut.min(old.len()), (cut + gone).min(old.len()));
        let [before, after] = [Span::new(0usize, cut), Span::new(end, old.len())].map(|span| old.slice(span));
        let text = IndexedText::new([before, &new, after].concat());
        if let Some(span) = Anchorer::new(&text).anchor(&target).span() {
            prop_assert!(span.end() <= text.end() && !span.is_empty());
        }
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
