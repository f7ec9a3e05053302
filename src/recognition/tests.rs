//! What is found in sentences, and in the article the page shows.

use super::*;
use proptest::prelude::*;

/// One for all tests: the tables are read once.
fn recognizer() -> &'static Recognizer {
    static RECOGNIZER: std::sync::OnceLock<Recognizer> = std::sync::OnceLock::new();
    RECOGNIZER.get_or_init(Recognizer::new)
}

fn found(text: &str) -> Vec<(String, Kind)> {
    let chars: Vec<char> = text.chars().collect();
    let recognition = recognizer().recognize(text);
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
        ("县住建局原党组书记、局长刘某某", vec!["党组书记", "局长"]),
        ("自治区主席王莉霞、行政长官李家超", vec!["自治区主席", "行政长官"]),
        ("全国人大常委会委员长会议", vec!["全国人大常委会委员长"]),
        ("（记者 张晓东 通讯员 李梅）", vec!["记者", "通讯员"]),
        ("村民代表巴桑次仁，军委办公厅主任，校党委书记", vec!["村民代表", "军委办公厅主任", "校党委书记"]),
        (
            "地委副书记、行署专员，海关总署副署长，锡林郭勒盟委书记",
            vec!["地委副书记", "行署专员", "海关总署副署长", "锡林郭勒盟委书记"],
        ),
        (
            "省卫生健康委副主任、兰州市副市长，湖南省人民政府副省长，宁夏回族自治区主席",
            vec!["省卫生健康委副主任", "兰州市副市长", "湖南省人民政府副省长", "宁夏回族自治区主席"],
        ),
        (
            "中共中央政治局委员、中央外事工作委员会办公室主任",
            vec!["中共中央政治局委员", "中央外事工作委员会办公室主任"],
        ),
        ("省发展改革委党组成员、副主任王立新", vec!["省发展改革委党组成员", "副主任"]),
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
        (
            "今年1—8月，3月15日至20日，2016－2020年，上午9时30分，上世纪90年代，二十世纪",
            Kind::Date,
            vec!["今年1—8月", "3月15日至20日", "2016－2020年", "上世纪90年代", "二十世纪"],
        ),
        (
            "5月8日上午9时30分，上半年，十二月二十四日，2018年以来，1998年底",
            Kind::Date,
            vec!["5月8日上午9时30分", "上半年", "十二月二十四日", "2018年", "1998年底"],
        ),
        (
            "本月3日，今年9月初，１９９７年７月１日，3月11日0时至24时",
            Kind::Date,
            vec!["本月3日", "今年9月初", "１９９７年７月１日", "3月11日0时至24时"],
        ),
        (
            "三百多名党员，百分之三十，3至5人，1,200吨，10%—20%，两万元，15.5％",
            Kind::Quantity,
            vec!["三百多名", "百分之三十", "3至5人", "1,200吨", "10%—20%", "两万元", "15.5％"],
        ),
        ("一个问题，六项任务，四个意识，两件事", Kind::Quantity, vec![]),
        ("党的二十大和十九届五中全会精神", Kind::Meeting, vec!["党的二十大", "十九届五中全会"]),
        ("出席全省经济运行分析会", Kind::Meeting, vec!["全省经济运行分析会"]),
        (
            "省委十二届五次全会，湖北省十四届人大常委会第九次会议，政协第十三届全国委员会第一次会议，市五届人大三次会议",
            Kind::Meeting,
            vec![
                "省委十二届五次全会",
                "湖北省十四届人大常委会第九次会议",
                "政协第十三届全国委员会第一次会议",
                "市五届人大三次会议",
            ],
        ),
        (
            "国务院常务会议审议，县委农村工作领导小组会议暨全县乡村振兴工作推进会，中央经济工作会议，第五届中国国际进口博览会",
            Kind::Meeting,
            vec![
                "国务院常务会议",
                "县委农村工作领导小组会议",
                "全县乡村振兴工作推进会",
                "中央经济工作会议",
                "第五届中国国际进口博览会",
            ],
        ),
        (
            "中国共产党第十九届中央委员会第五次全体会议，上海合作组织成员国元首理事会第四次会议，在举行的新闻发布会上，出席这次全会",
            Kind::Meeting,
            vec![
                "中国共产党第十九届中央委员会第五次全体会议",
                "上海合作组织成员国元首理事会第四次会议",
                "新闻发布会",
            ],
        ),
        ("十三届全国人大代表，44.5℃，连续三十届", Kind::Quantity, vec!["44.5℃", "三十届"]),
        (
            "北京市东城区第十六届人民代表大会常务委员会第四十次会议",
            Kind::Meeting,
            vec!["北京市东城区第十六届人民代表大会常务委员会第四十次会议"],
        ),
        ("政协四川省第九届委员会第五次会议", Kind::Meeting, vec!["政协四川省第九届委员会第五次会议"]),
        ("向大会作政府工作报告，发布《百强榜单》", Kind::Document, vec!["政府工作报告", "《百强榜单》"]),
        ("市政府召开第32次常务会议，召开常务会议", Kind::Meeting, vec!["第32次常务会议", "常务会议"]),
        (
            "市委召开会议，参加会议，全市要贯彻会议精神，人民大会堂，市会议中心，全省人民代表大会代表",
            Kind::Meeting,
            vec![],
        ),
        (
            "印发《关于加强监管的意见》，《人民日报》报道，贯彻《中国制造2025》",
            Kind::Document,
            vec!["《关于加强监管的意见》", "《中国制造2025》"],
        ),
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
    let recognition = recognizer().recognize("忻州的改革。忻州市的发展。汉语和中国话。");
    let places: Vec<&Entity> =
        recognition.entities.iter().filter(|entity| entity.kind == Kind::Place).collect();
    assert_eq!(places.len(), 1);
    assert_eq!((places[0].name.as_str(), places[0].mentions.len()), ("忻州市", 2));
    assert_eq!(places[0].facts[0].value, "山西省");
}

#[test]
fn a_person_is_told_with_the_offices_the_article_gives() {
    let recognition = recognizer().recognize("会上,省人大常委会副主任、市委书记李俊明作动员讲话。");
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

/// What stands for each kind in `articles.txt`.
const PLAIN: [(&str, Kind); 8] = [
    ("p", Kind::Person),
    ("r", Kind::Role),
    ("o", Kind::Organization),
    ("l", Kind::Place),
    ("d", Kind::Date),
    ("q", Kind::Quantity),
    ("m", Kind::Meeting),
    ("w", Kind::Document),
];

#[test]
fn articles_of_other_provinces_years_and_genres_are_read_right() {
    let articles = include_str!("articles.txt");
    for line in articles.lines().filter(|line| !line.starts_with('#')) {
        let (mut text, mut expected) = (String::new(), Vec::new());
        for part in line.split('[') {
            let Some((mention, rest)) = part.split_once(']') else {
                text += part;
                continue;
            };
            let (letter, mention) = mention.split_once(' ').expect("a letter and a mention");
            let (_, kind) = PLAIN.iter().find(|(plain, _)| *plain == letter).expect("a known letter");
            expected.push((mention.to_owned(), *kind));
            text += mention;
            text += rest;
        }
        assert_eq!(found(&text), expected, "{text}");
    }
}

#[test]
fn people_without_an_office_are_found_by_their_characters() {
    for (text, people) in [
        ("张桂梅走进教室。", vec!["张桂梅"]),
        ("高度重视，方便群众，任何人都要明白", vec![]),
        ("据了解，王女士和陈某住在同一小区。", vec!["王", "陈某"]),
        ("艾尔肯·吐尼亚孜会见了卡洛斯·阿马特", vec!["艾尔肯·吐尼亚孜", "卡洛斯·阿马特"]),
        ("总统叶利钦和默克尔会谈", vec!["叶利钦", "默克尔"]),
        ("市领导赵明、钱学军、孙丽参加", vec!["赵明", "钱学军", "孙丽"]),
        ("刘洪涛要求各单位落实责任。会后，刘洪涛还看望了职工。", vec!["刘洪涛", "刘洪涛"]),
        ("任某甲、李某某因犯罪被判刑", vec!["任某甲", "李某某"]),
        (
            "市长旦增伦珠一行走访，县委书记洛桑旦增、县长格桑次仁陪同",
            vec!["旦增伦珠", "洛桑旦增", "格桑次仁"],
        ),
        ("（记者 次仁央宗）会上，阿旺曲扎讲话", vec!["次仁央宗", "阿旺曲扎"]),
        (
            "村民吐尔逊古丽和副州长阿不都热合曼，贫困户阿不都热合曼·买买提",
            vec!["吐尔逊古丽", "阿不都热合曼", "阿不都热合曼·买买提"],
        ),
        ("任命王　刚、欧阳　明、孙 伟为审判员", vec!["王　刚", "欧阳　明", "孙 伟"]),
        ("马　飚、兰天、危朝安；秘书长：凌激", vec!["马　飚", "兰天", "危朝安", "凌激"]),
        ("方　案，公　告，第一章 总 则", vec![]),
        ("女，哈萨克族，防御台风“利奇马”", vec![]),
        ("自治区主席布小林、盟长代钦出席", vec!["布小林", "代钦"]),
        ("任命凌激为商务部副部长；决定免去彭水生的职务", vec!["凌激", "彭水生"]),
        ("镇党委书记尚建国、村支书张水根", vec!["尚建国", "张水根"]),
    ] {
        assert_eq!(of_kind(text, Kind::Person), people, "{text}");
    }
}

#[test]
fn places_of_every_level_are_found() {
    for (text, places) in [
        ("忻州的代县、繁峙县", vec!["忻州", "代县", "繁峙县"]),
        ("河南省郑州市中牟县雁鸣湖镇", vec!["河南省", "郑州市", "中牟县", "雁鸣湖镇"]),
        ("深入三岔河镇调研", vec!["三岔河镇"]),
        ("我们要和平，不要战争，大学要办好", vec![]),
        ("落实惠民政策，新建学校，科教兴国战略，在群众中的威信，沿河两岸", vec![]),
        ("迎着朝阳前进，世界和平，天津和平、辽宁朝阳", vec!["天津", "和平", "辽宁", "朝阳"]),
        ("北京市朝阳区和朝阳市", vec!["北京市", "朝阳区", "朝阳市"]),
        ("市辖区和各县区", vec![]),
        ("中美关系和对俄贸易", vec!["中", "美", "俄"]),
        ("他抵京后访华三天", vec!["京", "华"]),
        ("金融市场和农村、贫困县", vec![]),
        ("从首都国际机场到长安街", vec!["首都国际机场", "长安街"]),
        ("中柬关系与墨美两国，其中关系复杂，美军", vec!["中", "柬", "墨", "美", "美"]),
        ("中国（上海）自由贸易试验区、赤水河", vec!["中国（上海）自由贸易试验区", "赤水河"]),
        ("雅万高铁、常庄水库，新建高铁、两座水库", vec!["雅万高铁", "常庄水库"]),
        (
            "登封、增城、奉化、介休和即墨，从贵阳北站到广州南站",
            vec!["登封", "增城", "奉化", "介休", "即墨", "贵阳北站", "广州南站"],
        ),
        ("同心协力，安居乐业，富民产业", vec![]),
        ("连片棚户区，三峡库区", vec!["三峡库区"]),
        (
            "托克扎克镇红旗村，郭家咀水库，北京雁栖湖国际会议中心",
            vec!["托克扎克镇", "红旗村", "郭家咀水库", "北京雁栖湖国际会议中心"],
        ),
        ("前往法国巴黎和美国纽约", vec!["法国", "巴黎", "美国", "纽约"]),
    ] {
        assert_eq!(of_kind(text, Kind::Place), places, "{text}");
    }
}

#[test]
fn traditional_characters_are_read_and_stay_as_they_are_written() {
    let text = "國務院總理李強主持召開國務院常務會議，廣東省委書記黃坤明和臺灣同胞出席，將依憲法增修條文。";
    assert_eq!(of_kind(text, Kind::Person), ["李強", "黃坤明"]);
    assert_eq!(of_kind(text, Kind::Role), ["國務院總理", "廣東省委書記"]);
    assert_eq!(of_kind(text, Kind::Place), ["臺灣"]);
    let recognition = recognizer().recognize("廣東省深圳市召開大會。");
    assert_eq!(values(entity(&recognition, "深圳市"), Relation::PartOf), [("广东省", false)]);
}

#[test]
fn modern_bodies_and_named_organisations_are_found() {
    for (text, organs) in [
        (
            "国家卫生健康委、中央网信办、市场监管总局发文",
            vec!["国家卫生健康委", "中央网信办", "市场监管总局"],
        ),
        ("浙江省市场监管局和北京市第二中级人民法院", vec!["浙江省市场监管局", "北京市第二中级人民法院"]),
        ("江淮汽车集团股份有限公司与清华大学签约", vec!["江淮汽车集团股份有限公司", "清华大学"]),
        ("李嘉诚基金会捐款", vec!["李嘉诚基金会"]),
        ("民主党派和共产党员", vec![]),
        ("共青团贵州省委主办", vec!["共青团贵州省委"]),
        (
            "听取省建设厅、省劳动和社会保障厅、县水务局汇报",
            vec!["省建设厅", "省劳动和社会保障厅", "县水务局"],
        ),
        ("工信部会同国家发展改革委印发", vec!["工信部", "国家发展改革委"]),
        ("教育部基础教育司和公安部交通管理局", vec!["教育部基础教育司", "公安部交通管理局"]),
        ("商洛三市教育局", vec!["市教育局"]),
        (
            "中央第七巡视组、省委第三巡视组进驻，华中科技大学同济医学院附属协和医院",
            vec!["中央第七巡视组", "省委第三巡视组", "华中科技大学同济医学院附属协和医院"],
        ),
        (
            "山东省疾病预防控制中心、市公安局朝阳分局、义乌海关、厅党组",
            vec!["山东省疾病预防控制中心", "市公安局朝阳分局", "义乌海关", "厅党组"],
        ),
        ("栾城县组织干部进行军训", vec![]),
        ("捷安特（中国）有限公司和安远中学", vec!["捷安特（中国）有限公司", "安远中学"]),
        ("走进安多县中学，美国医院", vec!["安多县中学"]),
        ("全省经济格局、各市结局，引厂进店", vec![]),
    ] {
        assert_eq!(of_kind(text, Kind::Organization), organs, "{text}");
    }
}

fn entity<'a>(recognition: &'a Recognition, name: &str) -> &'a Entity {
    let found = recognition.entities.iter().find(|entity| entity.name == name);
    found.unwrap_or_else(|| panic!("{name} in {:?}", recognition.entities))
}

fn values(entity: &Entity, relation: Relation) -> Vec<(&str, bool)> {
    let facts = entity.facts.iter().filter(|fact| fact.relation == relation);
    facts.map(|fact| (fact.value.as_str(), fact.inferred)).collect()
}

#[test]
fn a_place_is_told_with_all_that_is_around_it() {
    let recognition = recognizer().recognize("忻州市代县。我市召开会议，忻州的发展。南京市鼓楼区。");
    assert_eq!(
        values(entity(&recognition, "代县"), Relation::PartOf),
        [("忻州市", false), ("山西省", false)]
    );
    assert_eq!(values(entity(&recognition, "忻州市"), Relation::AlsoCalled), [("我市", true)]);
    let path = values(entity(&recognition, "鼓楼区"), Relation::PartOf);
    assert_eq!(path, [("南京市", false), ("江苏省", false)]);
    let recognition = recognizer().recognize("鼓楼区的居民");
    assert!(values(entity(&recognition, "鼓楼区"), Relation::PartOf).is_empty());
}

#[test]
fn the_organs_of_the_own_place_are_one_with_their_full_names() {
    let recognition = recognizer()
        .recognize("忻州市委召开会议。会议要求，市委要带头，省委也有部署。忻州干部，中共忻州市委。");
    let organ = entity(&recognition, "忻州市委");
    assert_eq!(organ.mentions.len(), 3);
    assert!(values(organ, Relation::AlsoCalled).contains(&("市委", true)));
    assert!(values(organ, Relation::AlsoCalled).contains(&("中共忻州市委", false)));
    let province = entity(&recognition, "省委");
    assert_eq!(values(province, Relation::AlsoCalled), [("中共山西省委", true)]);
    assert_eq!(values(province, Relation::PartOf), [("山西省", true)]);
}

#[test]
fn a_family_name_with_a_title_is_the_person_named_before() {
    let recognition = recognizer().recognize("市委书记李俊明讲话。李书记还说，要抓落实。");
    let person = entity(&recognition, "李俊明");
    assert_eq!(person.mentions.len(), 2);
    assert_eq!(values(person, Relation::AlsoCalled), [("李书记", true)]);
    // Of two of that family name it is said of neither.
    let recognition = recognizer().recognize("市长李俊明、副市长李明出席。李书记没有来。");
    assert_eq!(entity(&recognition, "李俊明").mentions.len(), 1);
    assert_eq!(entity(&recognition, "李").mentions.len(), 1);
}

#[test]
fn a_person_is_told_with_offices_that_are_given_shared_or_of_another_body() {
    for (text, person, offices) in [
        ("任命凌激为商务部副部长。", "凌激", vec![("商务部副部长", false)]),
        ("免去许云昭的省人大常委会秘书长职务。", "许云昭", vec![("省人大常委会秘书长", false)]),
        (
            "陈伟同志任中共宁波市委委员、宁波市副市长。",
            "陈伟",
            vec![("中共宁波市委委员", false), ("宁波市副市长", false)],
        ),
        ("副市长尼玛扎西、拉巴卓玛参加。", "拉巴卓玛", vec![("副市长", true)]),
        ("市委书记李俊明、王小强参加。", "王小强", vec![]),
        ("副市长尼玛扎西、秘书长王小强参加。", "王小强", vec![("秘书长", false)]),
        ("会见俄罗斯总统普京。", "普京", vec![("俄罗斯总统", false)]),
        ("中国人口学会原会长王小强讲话。", "王小强", vec![("中国人口学会原会长", false)]),
        ("李明的秘书长", "李明", vec![]),
    ] {
        let recognition = recognizer().recognize(text);
        assert_eq!(values(entity(&recognition, person), Relation::HoldsRole), offices, "{text}");
    }
}

#[test]
fn an_autonomous_place_is_known_by_its_level_and_its_short_name() {
    let recognition = recognizer().recognize("内蒙古自治区党委召开会议。自治区党委、自治区政协要求。");
    assert_eq!(entity(&recognition, "内蒙古自治区党委").mentions.len(), 2);
    let council = entity(&recognition, "自治区政协");
    assert_eq!(values(council, Relation::AlsoCalled), [("内蒙古自治区政协", true)]);
    let recognition = recognizer().recognize("玉龙县文化和旅游局，县水务局。");
    let county = entity(&recognition, "玉龙纳西族自治县");
    assert_eq!(values(county, Relation::PartOf), [("丽江市", false), ("云南省", false)]);
    let bureau = entity(&recognition, "县水务局");
    assert_eq!(values(bureau, Relation::PartOf), [("玉龙纳西族自治县", true)]);
}

#[test]
fn a_document_is_told_with_who_issued_it() {
    let recognition = recognizer().recognize("宣读了省委办公厅省政府办公厅关于批复方案的通知。");
    let document = entity(&recognition, "关于批复方案的通知");
    let mut issued: Vec<&str> =
        values(document, Relation::IssuedBy).into_iter().map(|(name, _)| name).collect();
    issued.sort_unstable();
    assert_eq!(issued, ["省委办公厅", "省政府办公厅"]);
}

#[test]
fn a_pack_beats_the_rules_and_tells_what_it_knows() {
    let pack = r#"[
        {"kind": "person", "name": "高度", "role": "云溪日报社记者", "description": "记者。"},
        {"kind": "organization", "name": "云溪日报社", "aliases": ["本报"], "within": "云溪县"},
        {"kind": "place", "name": "云溪", "aliases": ["K-Town"]},
        {"kind": "nothing", "name": "无"}
    ]"#;
    let (recognizer, problems) = Recognizer::new().with_pack(pack, "本站");
    assert_eq!(problems.iter().map(|problem| problem.row).collect::<Vec<_>>(), [4]);
    let recognition = recognizer.recognize("本报讯 高度在云溪采访。K-Town与XK-Town，云溪日报社。");
    let person = entity(&recognition, "高度");
    assert_eq!((person.kind, person.mentions.len()), (Kind::Person, 1));
    assert_eq!(values(person, Relation::HoldsRole), [("云溪日报社记者", false)]);
    assert_eq!(values(person, Relation::DescribedAs), [("记者。", false)]);
    assert_eq!(values(person, Relation::KnownFrom), [("本站", false)]);
    let paper = entity(&recognition, "云溪日报社");
    assert_eq!((paper.kind, paper.mentions.len()), (Kind::Organization, 2));
    assert_eq!(entity(&recognition, "云溪").mentions.len(), 2);
}

#[test]
fn bad_input_is_read_like_any_other() {
    let recognizer = recognizer();
    for text in ["", "𠮷", "李", "\n\n\n", "·", "、、、", "《", "第", "1", "\u{0}", "a李", "中共"]
    {
        let _ = recognizer.recognize(text);
    }
    assert!(
        recognizer.recognize("The quick brown fox in 2018.").mentions.iter().all(|m| m.kind != Kind::Person)
    );
    let long = "为".repeat(50_000) + "市委书记李俊明讲话";
    let found = recognizer.recognize(&long);
    assert!(found.entities.iter().any(|entity| entity.name == "李俊明"));
    for unit in ["忻州市委", "李俊明、", "一二三四五", "阿尔", "省市县", "·", "１２３", "第一", "《", "“"]
    {
        let _ = recognizer.recognize(&unit.repeat(2_000));
    }
}

#[test]
fn a_text_read_in_slices_is_read_as_in_one_go() {
    let file = include_bytes!("../../data/articles/xinzhou-reform.json");
    let article = crate::article::from_bytes(file).expect("the article");
    let text = article.text().as_str().repeat(3);
    let recognizer = recognizer();
    let whole = recognizer.recognize(&text);
    for budget in [1, 100, 1000] {
        let mut session = recognizer.start(&text);
        let mut last = 0.0;
        while !recognizer.step(&mut session, budget) {
            assert!(session.progress() >= last);
            last = session.progress();
        }
        assert_eq!(recognizer.finish(session), whole);
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
        let recognition = recognizer().recognize(text);
        let chars: Vec<char> = text.chars().collect();
        for mention in &recognition.mentions {
            assert!(!chars[mention.span.range()].contains(&'\n'), "{text}");
        }
    }
    let text = format!("{}市委，市委书记{}办公厅", "忻州".repeat(60), "山西省".repeat(40));
    let mentions = recognizer().recognize(&text).mentions;
    for (index, mention) in mentions.iter().enumerate() {
        let crosses =
            |other: &Mention| other.span.overlaps(mention.span) && !other.span.contains(mention.span);
        assert!(mention.span.range().len() <= 80 && !mentions[..index].iter().any(crosses));
    }
}

proptest! {
    #[test]
    fn mentions_nest_and_are_listed(text in "[省市委书记李俊明、,。关于的通知召开大会1 月日个“”《》忻州副主任记者\\n]{0,120}") {
        let recognition = recognizer().recognize(&text);
        let chars: Vec<char> = text.chars().collect();
        let mentions = &recognition.mentions;
        for (index, mention) in mentions.iter().enumerate() {
            prop_assert!(!mention.span.is_empty() && mention.span.end().index() <= chars.len());
            prop_assert!(!chars[mention.span.range()].contains(&'\n'));
            prop_assert!(recognition.entities[mention.entity.index()].mentions.contains(&index));
            for other in &mentions[..index] {
                prop_assert!((other.span, other.kind) != (mention.span, mention.kind));
                let nested = other.span.contains(mention.span);
                prop_assert!(nested || !other.span.overlaps(mention.span));
            }
        }
    }

    #[test]
    fn slices_change_nothing(text in "[省市委书记李俊明王小强张、,。的说在1忻州\\n]{0,200}", budget in 1usize..300) {
        let recognizer = recognizer();
        let mut session = recognizer.start(&text);
        while !recognizer.step(&mut session, budget) {}
        prop_assert_eq!(recognizer.finish(session), recognizer.recognize(&text));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,80}") {
        let _ = recognizer().recognize(&text);
    }
}
