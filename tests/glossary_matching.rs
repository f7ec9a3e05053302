//! What the glossary finds in a text, and what it leaves alone.

use bianzhu::lexicon::glossary::{Category, Glossary, Origin, SURFACE, read_pack};
use bianzhu::lexicon::report;
use bianzhu::text::Span;
use proptest::prelude::*;

/// The surfaces found in a text, as `surface→term` where the two differ.
fn found(glossary: &Glossary, text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let name = |id: &str| glossary.term(id).expect("a match has its entry").term;
    glossary
        .find(&chars)
        .into_iter()
        .map(|hit| (chars[hit.span.range()].iter().collect::<String>(), name(&hit.id)))
        .map(|(surface, term)| if surface == term { surface } else { format!("{surface}→{term}") })
        .collect()
}

#[test]
fn terms_are_found_however_they_are_written() {
    let glossary = Glossary::builtin();
    for (text, expected) in [
        ("", &[][..]),
        ("牢记“四个意识”,坚定「四个自信」", &["四个意识", "四个自信"]),
        ("做到2个维护", &["2个维护→两个维护"]),
        ("增强四意识", &["四意识→四个意识"]),
        ("４ 个自信", &["４ 个自信→四个自信"]),
        ("组建8 个市委议事协调机构", &["8 个市委议事协调机构→8个市委议事协调机构"]),
        ("八个市委议事协调机构", &["八个市委议事协调机构→8个市委议事协调机构"]),
        ("八市委议事协调机构", &["八市委议事协调机构→8个市委议事协调机构"]),
        // The longest wins, an alias leads to its term.
        ("“三定”规定", &["三定"]),
        ("三定规定", &["三定规定→三定"]),
        ("市人大常委会、市政协", &["市人大常委会→人大常委会", "市政协→政协"]),
        ("深化党和国家机构改革", &["深化党和国家机构改革"]),
        ("监督、执纪、问责", &["监督、执纪、问责→监督执纪问责"]),
    ] {
        assert_eq!(found(&glossary, text), expected, "{text}");
    }
}

#[test]
fn what_only_looks_like_a_term_is_left_alone() {
    let glossary = Glossary::builtin();
    for text in [
        "中共忻州市委员会",
        "该市委托第三方",
        "监委会",
        "十四个意识",
        "第四个自信",
        "24个自信",
        "这三个定位",
        "三定位",
        "拿着一把手枪",
        "编制规划",
        "三\n定",
        // Half a pair of quotation marks would be in the span.
        "推进“国家治理体系”和治理能力现代化",
    ] {
        assert_eq!(found(&glossary, text), [""; 0], "{text}");
    }
}

#[test]
fn committees_are_told_from_words_that_only_begin_like_them() {
    let glossary = Glossary::builtin();
    for (text, expected) in [
        ("市委会议", &["市委"][..]),
        ("市委会同市政府", &["市委"]),
        ("召开党委会议", &["党委"]),
        ("召开党委会", &["党委会→党委"]),
        ("省委委员", &["省委"]),
        ("“市委”会", &["市委"]),
    ] {
        assert_eq!(found(&glossary, text), expected, "{text}");
    }
}

/// The paragraphs of the article that the product is measured by.
fn article() -> Vec<String> {
    let json = include_str!("../data/articles/xinzhou-reform.json");
    let article: serde_json::Value = serde_json::from_str(json).expect("the article is JSON");
    let blocks = article["blocks"].as_array().expect("it has blocks");
    blocks.iter().map(|block| block.as_str().expect("of text").to_owned()).collect()
}

#[test]
fn every_term_of_the_article_is_found_at_every_place() {
    let glossary = Glossary::builtin();
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for block in article() {
        for hit in glossary.find(&block.chars().collect::<Vec<_>>()) {
            *counts.entry(glossary.term(&hit.id).expect("an entry").term).or_default() += 1;
        }
    }
    for (term, count) in [
        ("四个意识", 1),
        ("四个自信", 1),
        ("两个维护", 1),
        ("三定", 1),
        ("六个严禁", 2),
        ("8个市委议事协调机构", 1),
        ("议事协调机构", 1),
        ("四大班子", 1),
        ("法检两长", 1),
        ("深化党和国家机构改革", 2),
        ("转隶", 1),
        ("归口", 1),
        ("监督执纪问责", 1),
        ("监督调查处置", 1),
        ("一把手", 3),
        ("第一责任人", 1),
        ("编办", 1),
        ("巡察", 2),
        ("压茬推进", 1),
        ("倒排工期", 1),
        ("爬坡过坎", 1),
        ("国家治理体系和治理能力现代化", 1),
        ("政治站位", 1),
        ("群团组织", 1),
        ("事业单位", 1),
        ("人大常委会", 2),
        ("政协", 1),
        ("党组", 2),
        ("监委", 2),
        ("编制", 2),
    ] {
        assert_eq!(counts.get(term).copied().unwrap_or_default(), count, "{term}");
    }
}

#[test]
fn a_pack_stands_before_the_built_in_terms() {
    let pack = r#"{"terms": [
        {"term": "三定", "definition": "我们班的说法。", "aliases": ["班规"]},
        {"term": "忻州特色", "definition": "忻州自己的做法。", "related": ["三定", "没有"]}
    ]}"#;
    let (glossary, problems) = Glossary::builtin().with_pack(pack, "高二（3）班");
    assert_eq!(problems, []);
    assert_eq!(glossary.len(), Glossary::builtin().len() + 1);
    // The alias of the built-in term leads to the pack's too.
    assert_eq!(found(&glossary, "抓好“三定”、三定方案,体现忻州特色"), ["三定", "三定方案→三定", "忻州特色"]);
    let term = glossary.term("三定").expect("the pack's");
    assert_eq!(
        (term.origin, term.definition.as_str()),
        (Origin::Pack("高二（3）班".into()), "我们班的说法。")
    );
    assert_eq!(glossary.term("san-ding"), None);
    assert_eq!(glossary.lookup("班规"), Some("三定"));
}

#[test]
fn what_is_wrong_with_a_pack_is_named_and_the_rest_is_used() {
    let long = "长".repeat(41);
    let pack = serde_json::json!([
        {"term": "好词", "definition": "可以用。", "sources": [{"title": "坏", "url": "javascript:alert(1)"}]},
        {"term": "", "definition": "没有词。"},
        {"term": long, "definition": "太长。"},
        "不是对象",
        {"term": "空卡片"},
        {"term": "好词", "definition": "又来一次。"},
        {"term": "另一词", "definition": "<b>原样</b>", "aliases": ["好词", "甲", ""]},
        {"id": "好词", "term": "同号", "definition": "重号。"},
        {"term": "话痨", "definition": "话".repeat(2001)},
        {"term": "转圈", "definition": "自己转。", "related": ["转圈", "好词"]},
        {"term": "长".repeat(500), "definition": "更长。"},
    ]);
    let (glossary, problems) = Glossary::builtin().with_pack(&pack.to_string(), "包");
    let rows: Vec<usize> = problems.iter().map(|problem| problem.row).collect();
    assert_eq!(rows, [1, 2, 3, 4, 5, 6, 7, 7, 7, 8, 9, 10, 11], "{problems:#?}");
    assert_eq!(glossary.len(), Glossary::builtin().len() + 3);
    assert_eq!(glossary.term("转圈").expect("used").related, ["好词"]);
    assert_eq!(glossary.term("好词").expect("used").sources, []);
    let other = glossary.term("另一词").expect("used");
    assert_eq!((other.definition.as_str(), &other.aliases[..]), ("<b>原样</b>", &["甲".to_owned()][..]));
}

#[test]
fn terms_that_relate_to_each_other_in_a_circle_are_as_good_as_any() {
    let pack = r#"{"name": " 三班 ", "terms": [
        {"id": "a", "term": "甲词", "definition": "一。", "related": ["b"]},
        {"id": "b", "term": "乙词", "definition": "二。", "related": ["a"]}
    ]}"#;
    let (terms, problems) = read_pack(pack, "地址");
    assert_eq!(problems, []);
    assert!(terms.iter().all(|term| term.origin == Origin::Pack("三班".into())), "a pack names itself");
}

#[test]
fn the_example_is_a_good_pack_and_the_schema_knows_its_fields() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("the file is there");
    let example = read("examples/packs/class.json");
    let (terms, problems) = read_pack(&example, "class.json");
    assert_eq!(problems, []);
    assert!(terms.len() > 1 && terms.iter().all(|term| term.origin == Origin::Pack("高二政治课".into())));
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let schema = json(&read("docs/glossary-pack.schema.json"));
    let known = schema["$defs"]["term"]["properties"].as_object().expect("fields");
    for row in json(&example)["terms"].as_array().expect("terms") {
        assert!(row.as_object().expect("a row").keys().all(|field| known.contains_key(field)), "{row}");
    }
    assert_eq!(schema["$defs"]["term"]["properties"]["term"]["maxLength"], SURFACE);
    let categories = schema["$defs"]["term"]["properties"]["category"]["enum"].as_array().expect("names");
    assert!(categories.iter().zip(Category::ALL).all(|(name, category)| name == category.name()));
}

#[test]
fn a_report_names_rows_and_stays_short() {
    assert_eq!(report("glossary pack", "a.json", &[]), None);
    let pack = r#"["x", {"term": "甲", "definition": "一。", "related": ["甲"]}]"#;
    let report_of =
        |pack: &str| report("glossary pack", "a.json", &read_pack(pack, "a").1).expect("problems");
    let said = report_of(pack);
    assert!(said.contains("a.json: row 1: ") && said.contains("; row 2: "), "{said}");
    assert!(!report_of("nonsense").contains("row "));
    let many = report_of(&serde_json::Value::from(vec!["x"; 5_000]).to_string());
    assert!(many.len() < 2_000 && many.ends_with("more"), "{many}");
}

#[test]
fn what_entries_say_comes_after_what_finds_them() {
    let glossary = Glossary::unsaid();
    assert!(!glossary.is_supplied());
    assert_eq!(found_ids(&glossary, "增强“四个意识”"), ["四个意识"]);
    let head = glossary.head("四个意识").expect("known");
    assert_eq!((head.term, head.category.name()), ("四个意识", "formula"));
    assert_eq!(glossary.term("四个意识"), None);
    assert!(glossary.supply("<!doctype html>".to_owned()).is_err());
    assert_eq!(glossary.term("四个意识"), None);
    assert_eq!(glossary.search("consciousness"), []);
    assert_eq!(Glossary::builtin().head("四个意识").map(|head| head.pinyin), Some("sì gè yìshí"));
    assert!(Glossary::builtin().afresh().term("四个意识").is_some());
}

fn found_ids(glossary: &Glossary, text: &str) -> Vec<String> {
    glossary.find(&text.chars().collect::<Vec<_>>()).into_iter().map(|hit| hit.id).collect()
}

#[test]
fn a_pack_that_is_none_changes_nothing() {
    let rows = |rows: usize| {
        let rows: Vec<_> = (0..rows)
            .map(|row| serde_json::json!({"term": format!("词{row}号"), "definition": "有。"}))
            .collect();
        serde_json::Value::from(rows).to_string()
    };
    for (pack, terms, row) in [
        ("".to_owned(), 0, 0),
        ("<!doctype html>".to_owned(), 0, 0),
        ("{}".to_owned(), 0, 0),
        ("[".repeat(100_000), 0, 0),
        (" ".repeat(2 * 1024 * 1024 + 1), 0, 0),
        (rows(5_001), 5_000, 5_001),
    ] {
        let (glossary, problems) = Glossary::builtin().with_pack(&pack, "包");
        assert_eq!(glossary.len(), Glossary::builtin().len() + terms);
        assert_eq!(problems.iter().map(|problem| problem.row).collect::<Vec<_>>(), [row]);
    }
}

proptest! {
    #[test]
    fn matches_lie_in_the_text_in_order_and_apart(
        pieces in prop::collection::vec(
            prop_oneof![
                Just("四个意识".to_owned()), Just("8 个".to_owned()), Just("市委".to_owned()), Just("“".to_owned()),
                Just("”".to_owned()), Just("三".to_owned()), Just("定".to_owned()), Just("２".to_owned()),
                Just("个".to_owned()), Just("维护".to_owned()), Just("议事协调机构".to_owned()), "\\PC{0,8}",
            ],
            0..40,
        )
    ) {
        let glossary = Glossary::builtin();
        let chars: Vec<char> = pieces.concat().chars().collect();
        let mut end = 0;
        for hit in glossary.find(&chars) {
            let span = hit.span.range();
            prop_assert!(end <= span.start && span.start < span.end && span.end <= chars.len());
            prop_assert!(glossary.term(&hit.id).is_some());
            end = span.end;
        }
    }
}

/// The words of the article that a student is given an entry for, and how often they stand there: each place
/// is a term's, or lies within a longer term.
#[test]
fn every_word_worth_an_entry_is_found_wherever_the_article_has_it() {
    let glossary = Glossary::builtin();
    let blocks: Vec<(Vec<char>, Vec<Span>)> = article()
        .iter()
        .map(|block| {
            let chars: Vec<char> = block.chars().collect();
            let spans = glossary.find(&chars).into_iter().map(|hit| hit.span).collect();
            (chars, spans)
        })
        .collect();
    for (words, count) in [
        ("四个意识", 1),
        ("四个自信", 1),
        ("两个维护", 1),
        ("三定", 1),
        ("六个严禁", 2),
        ("四大班子", 1),
        ("法检两长", 1),
        ("8 个市委议事协调机构", 1),
        ("思想自觉、政治自觉和行动自觉", 1),
        ("思想不乱、工作不断、队伍不散、干劲不减", 1),
        ("有人做事、有钱办事、有地议事、有章理事", 1),
        ("稳住人、稳住心、稳住劲、稳住局、稳住干", 1),
        ("人随事走、人岗相适、年富力强", 1),
        ("改出活力、释放红利、改出新局", 1),
        ("两不误、两促进", 1),
        ("党中央", 2),
        ("省委", 2),
        ("市委", 10),
        ("省人大常委会", 1),
        ("市人大常委会", 1),
        ("市政协", 1),
        ("市委常委", 2),
        ("组织部长", 2),
        ("市纪委", 1),
        ("监委", 2),
        ("纪检监察", 1),
        ("编办", 1),
        ("党组", 2),
        ("党委", 3),
        ("领导小组", 1),
        ("议事协调机构", 2),
        ("办事机构", 1),
        ("群团组织", 1),
        ("事业单位", 1),
        ("内设机构", 1),
        ("市委职能部门", 2),
        ("统战", 1),
        ("政法", 1),
        ("依法治市", 1),
        ("市直各部门", 1),
        ("省委办公厅", 1),
        ("省政府办公厅", 1),
        ("机构改革", 24),
        ("深化党和国家机构改革", 2),
        ("转隶", 1),
        ("归口", 1),
        ("党政职能关系", 1),
        ("党政界线", 1),
        ("综合行政执法", 2),
        ("审批服务便民化", 1),
        ("编制", 2),
        ("治理体系、治理能力现代化", 1),
        ("高质量发展", 1),
        ("高质量转型发展", 1),
        ("体制机制", 1),
        ("系统工程", 1),
        ("根本遵循", 1),
        ("换届", 1),
        ("进退留转", 1),
        ("实施方案", 2),
        ("批复", 3),
        ("监督执纪问责", 1),
        ("监督调查处置", 1),
        ("巡察", 2),
        ("第一责任人", 1),
        ("政治站位", 1),
        ("政治担当", 1),
        ("政治优势", 1),
        ("组织优势", 1),
        ("党的全面领导", 1),
        ("铁的纪律", 1),
        ("底线", 1),
        ("保驾护航", 1),
        ("一把手", 3),
        ("挂帅", 1),
        ("出征", 1),
        ("施工队长", 1),
        ("牵一发而动全身", 1),
        ("爬坡过坎", 1),
        ("压茬推进", 1),
        ("倒排工期", 1),
        ("空挡", 1),
        ("断链", 1),
        ("建章立制", 1),
        ("红利", 2),
        ("合格答卷", 1),
        ("头等大事", 1),
        ("着力点", 1),
        ("冲锋上阵", 1),
        ("盘子", 1),
        ("切身利益", 1),
        ("责任担当", 2),
    ] {
        let words: Vec<char> = words.chars().collect();
        let mut found = 0;
        for (chars, spans) in &blocks {
            for start in 0..chars.len() {
                if chars[start..].starts_with(&words) {
                    let place = Span::new(start, start + words.len());
                    let context: String = chars[start.saturating_sub(6)..].iter().take(20).collect();
                    assert!(spans.iter().any(|span| span.contains(place)), "not found in …{context}…");
                    found += 1;
                }
            }
        }
        assert_eq!(found, count, "{} stands in the article", words.iter().collect::<String>());
    }
}
