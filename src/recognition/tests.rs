//! What is found in sentences, and in the article the page shows.

use super::*;
use proptest::prelude::*;

fn found(text: &str) -> Vec<(String, Kind)> {
    let chars: Vec<char> = text.chars().collect();
    let recognition = Recognizer::new().recognize(text);
    let outer = recognition.mentions.iter().filter(|mention| mention.parent.is_none());
    outer.map(|mention| (chars[mention.span.range()].iter().collect(), mention.kind)).collect()
}

fn of_kind(text: &str, kind: Kind) -> Vec<String> {
    found(text).into_iter().filter(|(_, other)| *other == kind).map(|(text, _)| text).collect()
}

#[test]
fn people_end_where_the_next_word_begins() {
    for (text, people) in [
        ("市委书记李俊明作动员讲话", vec!["李俊明"]),
        ("组织部长王建廷宣读了通知", vec!["王建廷"]),
        ("(记者任逢春)1 月16日", vec!["任逢春"]),
        ("县委书记张伟主持会议", vec!["张伟"]),
        ("副市长欧阳明、王小强出席", vec!["欧阳明", "王小强"]),
        ("市长郑连生指出。郑连生强调", vec!["郑连生", "郑连生"]),
        ("为机构改革保驾护航", vec![]),
        ("书记要当好施工队长", vec![]),
        ("组织部长、编办主任参加会议", vec![]),
    ] {
        assert_eq!(of_kind(text, Kind::Person), people, "{text}");
    }
}

#[test]
fn organisations_have_their_tails_and_no_more() {
    for (text, organs) in [
        ("落实党中央省委关于改革的部署", vec!["党中央", "省委"]),
        ("省委办公厅省政府办公厅的通知", vec!["省委办公厅", "省政府办公厅"]),
        ("突出市人大常委会、市政协改革", vec!["市人大常委会", "市政协"]),
        ("8 个市委议事协调机构,加强市委职能部门", vec!["市委议事协调机构", "市委职能部门"]),
        (
            "山西省教育厅和北京大学、国家发展和改革委员会",
            vec!["山西省教育厅", "北京大学", "国家发展和改革委员会"],
        ),
        ("忻州市委、忻州市公安局", vec!["忻州市委", "忻州市公安局"]),
        ("领导小组牵头抓,办公室具体协调", vec!["领导小组", "办公室"]),
        ("城市政府的市委员会", vec!["市委员会"]),
        ("市场监管和县委托的事", vec![]),
    ] {
        assert_eq!(of_kind(text, Kind::Organization), organs, "{text}");
    }
}

#[test]
fn offices_hold_their_organ() {
    for (text, roles) in [
        ("省人大常委会副主任、市委书记李俊明", vec!["省人大常委会副主任", "市委书记"]),
        ("市委常委、市纪委书记、监委主任范晋昌", vec!["市委常委", "市纪委书记", "监委主任"]),
        ("市直各部门主要负责同志,市法检两长", vec!["市直各部门主要负责同志", "市法检两长"]),
        ("城市长期发展", vec![]),
    ] {
        assert_eq!(of_kind(text, Kind::Role), roles, "{text}");
    }
}

#[test]
fn dates_quantities_meetings_and_documents() {
    for (text, kind, expected) in [
        (
            "1 月16日,2018年3月21日,二〇一八年三月,去年,６月1日上午",
            Kind::Date,
            vec!["1 月16日", "2018年3月21日", "二〇一八年三月", "去年", "６月1日上午"],
        ),
        ("两年来,三个月,10年内", Kind::Date, vec![]),
        ("8 个机构,1.5亿元,30%", Kind::Quantity, vec!["8 个", "1.5亿元", "30%"]),
        ("我市召开全市机构改革动员大会,编办主任参加会议", Kind::Meeting, vec!["全市机构改革动员大会"]),
        (
            "宣读了关于批复我市机构改革方案的通知,《宪法》",
            Kind::Document,
            vec!["关于批复我市机构改革方案的通知", "《宪法》"],
        ),
        ("关于机构改革的重大部署", Kind::Document, vec![]),
    ] {
        assert_eq!(of_kind(text, kind), expected, "{text}");
    }
}

#[test]
fn places_are_one_under_their_full_name() {
    let recognition = Recognizer::new().recognize("忻州的改革。忻州市的发展。汉语和中国话。");
    let places: Vec<&Entity> =
        recognition.entities.iter().filter(|entity| entity.kind == Kind::Place).collect();
    assert_eq!(places.len(), 1);
    assert_eq!((places[0].name.as_str(), places[0].mentions.len()), ("忻州市", 2));
    assert_eq!(places[0].facts[0].value, "山西省");
}

#[test]
fn a_person_is_told_with_the_offices_the_article_gives() {
    let recognition = Recognizer::new().recognize("会上,省人大常委会副主任、市委书记李俊明作动员讲话。");
    let person = recognition.entities.iter().find(|entity| entity.kind == Kind::Person).expect("a person");
    let roles: Vec<&str> = person.facts.iter().map(|fact| fact.value.as_str()).collect();
    assert_eq!(roles, ["省人大常委会副主任", "市委书记"]);
    assert!(person.facts.iter().all(|fact| fact.evidence.is_some() && !fact.inferred));
    let organ =
        recognition.entities.iter().find(|entity| entity.name == "市委").expect("the organ in the office");
    assert_eq!(organ.facts[0].relation, Relation::HeldBy);
}

#[test]
fn the_article_on_the_page_is_read_right() {
    let file = include_bytes!("../../data/articles/xinzhou-reform.json");
    let article = crate::article::from_bytes(file).expect("the article");
    let text = article.text().as_str();
    assert_eq!(of_kind(text, Kind::Person), ["任逢春", "李俊明", "郑连生", "王建廷", "范晋昌"]);
    assert_eq!(of_kind(text, Kind::Place), ["忻州"; 4]);
    assert_eq!(of_kind(text, Kind::Date), ["1 月16日"]);
    let organs = of_kind(text, Kind::Organization);
    for organ in [
        "党中央",
        "省委",
        "监委",
        "市委议事协调机构",
        "市委职能部门",
        "市人大常委会",
        "市政协",
        "市委",
        "市政府",
        "领导小组",
        "办公室",
        "纪检监察部门",
        "省委办公厅",
        "省政府办公厅",
    ] {
        assert!(organs.iter().any(|found| found == organ), "{organ} in {organs:?}");
    }
}

#[test]
fn no_mention_crosses_a_line_break_or_grows_without_bound() {
    for text in [
        "“六个\n严禁”规定",
        "“\n”通知",
        "《关于\n改革》",
        "关于\n改革的通知",
        "召开全市\n动员大会",
        "2018年\n3月",
        "省\n委",
    ] {
        let recognition = Recognizer::new().recognize(text);
        let chars: Vec<char> = text.chars().collect();
        for mention in &recognition.mentions {
            assert!(!chars[mention.span.range()].contains(&'\n'), "{text}");
        }
    }
    let text = format!("{}市委，市委书记{}办公厅", "忻州".repeat(60), "山西省".repeat(40));
    let mentions = Recognizer::new().recognize(&text).mentions;
    for (index, mention) in mentions.iter().enumerate() {
        let crosses =
            |other: &Mention| other.span.overlaps(mention.span) && !other.span.contains(mention.span);
        assert!(mention.span.range().len() <= 80 && !mentions[..index].iter().any(crosses));
    }
}

proptest! {
    #[test]
    fn mentions_nest_and_are_listed(text in "[省市委书记李俊明、,。关于的通知召开大会1 月日个“”《》忻州副主任记者\\n]{0,120}") {
        let recognition = Recognizer::new().recognize(&text);
        let chars: Vec<char> = text.chars().collect();
        let mentions = &recognition.mentions;
        for (index, mention) in mentions.iter().enumerate() {
            prop_assert!(!mention.span.is_empty() && mention.span.end().index() <= chars.len());
            prop_assert!(!chars[mention.span.range()].contains(&'\n'));
            prop_assert!(recognition.entities[mention.entity.index()].mentions.contains(&index));
            for other in &mentions[..index] {
                let nested = other.span.contains(mention.span);
                prop_assert!(nested || !other.span.overlaps(mention.span));
            }
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,80}") {
        let _ = Recognizer::new().recognize(&text);
    }
}
