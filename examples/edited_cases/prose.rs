//! Texts to edit: policy prose made up from templates, and paragraphs of given texts.

use crate::random::Random;
use serde_json::Value;

/// In a template a Latin letter stands for one of the words below: O organ, P person, T task, D
/// field, V verb, A adverb, G goal, N number.
const TEMPLATES: &[&str] = &[
    "会议强调，要AV D工作，AV T，确保G。",
    "O要切实担负起主体责任，把T作为重要任务抓紧抓实。",
    "会议指出，T事关G，必须AV D各项举措。",
    "P在讲话中要求，各级各部门要AV T，为G提供有力保障。",
    "要以T为抓手，统筹推进D、D和D，努力实现G。",
    "近年来，O围绕G，AV T，取得了明显成效。",
    "要坚持问题导向，着力解决D领域的突出问题，让群众有更多获得感。",
    "截至今年N月，全市累计完成投资N亿元，同比增长百分之N。",
    "O、O负责同志参加会议，O主要负责人作了汇报。",
    "会议审议通过了《关于AV T的实施意见》。",
    "P主持会议并讲话，O有关负责同志作交流发言。",
    "要加强组织领导，压实工作责任，形成T的强大合力。",
    "各地区各部门要结合实际认真贯彻落实。",
    "要把思想和行动统一到党中央决策部署上来，AV D工作。",
    "T是一项系统工程，要AV D，不断提升D水平。",
    "P深入基层调研D情况，详细了解T的进展，并看望慰问一线干部职工。",
    "据介绍，该项目总投资N亿元，建成后将AV D，带动N余人就业。",
    "重点任务由O牵头，O配合，于N月底前完成。",
    "要完善D体系，健全D机制，以实际行动迎接G。",
    "“我们将AV T，一件事情接着一件事情办。”O负责人P说。",
];

const WORDS: &[(char, &[&str])] = &[
    (
        'O',
        &[
            "市委",
            "市政府",
            "省委",
            "市委常委会",
            "市发展改革委",
            "市财政局",
            "县委",
            "国务院办公厅",
            "市人大常委会",
            "各级党委",
            "市教育局",
            "市生态环境局",
            "乡镇党委",
            "市纪委监委",
        ],
    ),
    ('P', &["王建国", "李卫东", "张晓梅", "市委书记陈志远", "市长刘海峰", "赵文清", "副省长周明", "孙立"]),
    (
        'T',
        &[
            "乡村振兴",
            "机构改革",
            "脱贫攻坚",
            "优化营商环境",
            "污染防治",
            "产业转型升级",
            "基层治理",
            "科技创新",
            "安全生产",
            "全面从严治党",
            "对外开放",
            "城市更新",
            "放管服改革",
            "粮食安全",
        ],
    ),
    (
        'D',
        &[
            "教育",
            "医疗卫生",
            "生态保护",
            "社会保障",
            "就业服务",
            "基础设施建设",
            "公共服务",
            "数字政府",
            "文化旅游",
            "养老托育",
            "财政金融",
            "科技人才",
            "农业农村",
            "交通物流",
        ],
    ),
    ('V', &["推进", "深化", "落实", "加强", "抓好", "推动", "完善", "统筹", "做好", "促进"]),
    ('A', &["扎实", "深入", "全面", "持续", "加快", "切实", "认真", "大力", "稳步", "进一步"]),
    (
        'G',
        &[
            "高质量发展",
            "全面建成小康社会",
            "经济平稳健康运行",
            "社会大局和谐稳定",
            "中国式现代化",
            "人民群众安居乐业",
            "转型发展",
            "国家长治久安",
        ],
    ),
    ('N', &["3", "5", "6", "8", "11", "12", "27", "40", "56", "120", "3.5"]),
];

/// Words to write in place of others, of one to five characters.
const REPLACEMENTS: &[&str] = &[
    "着力",
    "强化",
    "有效",
    "积极",
    "提升",
    "改善",
    "工作",
    "有关方面",
    "和",
    "等",
    "任务",
    "保障",
    "进一步做好",
    "机制",
    "当前",
    "新",
    "重点",
    "建立健全",
    "广大群众",
    "及时",
    "水平",
    "大",
    "质量",
    "项目",
];

/// A word to write in place of another.
pub fn word(random: &mut Random) -> &'static str {
    random.pick(REPLACEMENTS)
}

/// A sentence with its stop.
pub fn sentence(random: &mut Random) -> String {
    let mut sentence = String::new();
    for c in random.pick(TEMPLATES).chars().filter(|c| *c != ' ') {
        match WORDS.iter().find(|(letter, _)| *letter == c) {
            Some((_, words)) => sentence.push_str(random.pick(words)),
            None => sentence.push(c),
        }
    }
    sentence
}

/// Two to six sentences.
pub fn paragraph(random: &mut Random) -> String {
    (0..2 + random.below(5)).map(|_| sentence(random)).collect()
}

/// A whole text: a stretch of one of the sources, or made up; of one in five, sentences stand in
/// several places.
pub fn text(sources: &[Vec<String>], random: &mut Random) -> String {
    let (mut paragraphs, count): (Vec<String>, _) = (Vec::new(), 4 + random.below(20));
    let source = &sources[random.below(sources.len())];
    let made_up = random.one_in(sources.len() + 1);
    if !made_up {
        paragraphs.extend(some_of(source, count, random));
    }
    while made_up && paragraphs.len() < count {
        paragraphs.push(paragraph(random));
    }
    if random.one_in(5) {
        let boilerplate = sentence(random);
        for at in (0..paragraphs.len()).step_by(3) {
            paragraphs[at].push_str(&boilerplate);
        }
    }
    paragraphs.join("\n")
}

/// Paragraphs of one of the sources.
pub fn stretch(sources: &[Vec<String>], random: &mut Random) -> Vec<String> {
    let count = 4 + random.below(20);
    some_of(&sources[random.below(sources.len())], count, random)
}

fn some_of(source: &[String], count: usize, random: &mut Random) -> Vec<String> {
    let from = random.below(source.len().saturating_sub(count) + 1);
    source[from..].iter().take(count).cloned().collect()
}

/// The paragraphs of an article of this repository.
pub fn from_article(json: &str) -> Vec<String> {
    let article: Value = serde_json::from_str(json).unwrap_or_default();
    let blocks = article["blocks"].as_array().cloned().unwrap_or_default();
    blocks.iter().filter_map(|block| Some(block.as_str()?.to_owned())).collect()
}
