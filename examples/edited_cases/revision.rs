//! Drafts of a plan, and what is done to one between two readings.
//!
//! Unlike the texts of `prose`, a draft has sections and lists, few sentences of the same make, and many words
//! that stand everywhere. A revision touches all of it at once, a little.

use crate::edit::Edited;
use crate::random::Random;

const HEADINGS: &[&str] = &[
    "总体要求",
    "主要目标",
    "重点任务",
    "健全体制机制",
    "优化公共服务",
    "保障措施",
    "组织实施",
    "加强监督检查",
];

const ORGANS: &[&str] = &[
    "全国人大",
    "国家发改委",
    "省卫健委",
    "市人社局",
    "市住建局",
    "县级以上人民政府",
    "自然资源主管部门",
    "各有关单位",
    "行业协会",
    "省政府办公厅",
    "财政部门",
    "街道和社区",
];

/// What an organ is called in full, and other words for common ones.
const SPELLINGS: &[(&str, &str)] = &[
    ("全国人大", "全国人民代表大会"),
    ("国家发改委", "国家发展和改革委员会"),
    ("省卫健委", "省卫生健康委员会"),
    ("市人社局", "市人力资源和社会保障局"),
    ("市住建局", "市住房和城乡建设局"),
    ("省政府", "省人民政府"),
];

const SYNONYMS: &[(&str, &str)] = &[
    ("加强", "强化"),
    ("推进", "推动"),
    ("完善", "健全"),
    ("建设", "打造"),
    ("制度", "机制"),
    ("群众", "居民"),
    ("标准", "规范"),
    ("支持", "鼓励"),
    ("和", "及"),
    ("应当", "要"),
];

const NAMES: &[(&str, &str)] =
    &[("何志强", "罗秀英"), ("郭敏", "欧阳立新"), ("东湖区", "西山县"), ("清河镇", "白沙街道")];

const VERBS: &[&str] = &[
    "加强", "推进", "完善", "建设", "支持", "规范", "优化", "落实", "探索", "扩大", "建立", "严格", "简化",
    "公布",
];

const OBJECTS: &[&str] = &[
    "社区养老服务设施",
    "普惠托育机构",
    "老旧小区改造计划",
    "政务服务事项清单",
    "数据共享标准",
    "环境影响评价制度",
    "中小企业融资渠道",
    "职业技能培训补贴",
    "农村饮水安全工程",
    "义务教育学位供给",
    "公立医院薪酬办法",
    "基本药物目录",
    "住房公积金缴存范围",
    "电子证照互认",
    "耕地保护责任",
    "再生水利用比例",
    "公共交通线网",
    "应急物资储备",
    "网络安全审查",
    "知识产权保护",
    "信用修复流程",
    "招标投标监管",
    "文物保护单位名录",
    "残疾人就业岗位",
    "食品安全追溯体系",
    "湿地生态补偿",
];

const OPENINGS: &[&str] = &[
    "到2025年，",
    "自2024年7月1日起，",
    "在试点基础上，",
    "对符合条件的家庭，",
    "按照属地管理原则，",
    "根据群众意见，",
    "",
    "",
    "",
    "",
];

const ENDINGS: &[&str] = &[
    "，力争覆盖率达到85%以上",
    "，惠及群众30万人",
    "，每年安排资金1200万元",
    "，经何志强审定后公布",
    "，先在东湖区和清河镇试行",
    "，由郭敏负责联络",
    "，办理时限压缩至15个工作日",
    "",
    "",
    "",
];

/// Said at the end of many a section.
const SET_PHRASES: &[&str] = &[
    "各级各有关单位应当高度重视，精心组织，确保各项任务落到实处。",
    "执行中遇到的重大问题，及时报告。",
    "有条件的地方可以先行先试。",
];

/// Put before a sentence by whoever reads the draft next.
const FORMULAS: &[&str] =
    &["在党中央坚强领导下，", "坚持以人民为中心，", "深入学习贯彻重要讲话精神，", "坚持稳中求进工作总基调，"];

const QUALIFIERS: &[&str] = &["进一步", "依法", "有序", "加快", "统筹"];

pub const NUMERALS: &str = "一二三四五六七八九";

/// A plan of three to six sections, a paragraph a line.
pub fn draft(random: &mut Random) -> Vec<String> {
    let mut lines = Vec::new();
    for numeral in NUMERALS.chars().take(3 + random.below(4)) {
        lines.push(format!("{numeral}、{}", random.pick(HEADINGS)));
        for _ in 0..1 + random.below(3) {
            let mut paragraph: String = (0..1 + random.below(4)).map(|_| sentence(random)).collect();
            if random.one_in(6) {
                paragraph.push_str(random.pick(SET_PHRASES));
            }
            lines.push(paragraph);
        }
    }
    lines
}

fn sentence(random: &mut Random) -> String {
    let mut sentence = random.pick(OPENINGS).to_owned();
    if random.one_in(2) {
        sentence.push_str(random.pick(ORGANS));
        sentence.push_str("应当");
    }
    for at in 0..1 + random.below(3) {
        if at > 0 {
            sentence.push('，');
        }
        sentence.push_str(random.pick(VERBS));
        // One thing, or a list of them.
        let things: Vec<&str> = (0..1 + random.below(8) / 3).map(|_| random.pick(OBJECTS)).collect();
        sentence.push_str(&things.join("、"));
    }
    sentence.push_str(random.pick(ENDINGS));
    if random.one_in(5) {
        let (leads, helps) = (random.pick(ORGANS), random.pick(ORGANS));
        sentence.push_str(&format!("（{leads}牵头，{helps}配合）"));
    }
    sentence + "。"
}

/// A formula to put before a sentence.
pub fn formula(random: &mut Random) -> &'static str {
    random.pick(FORMULAS)
}

/// An adverb to put before a clause.
pub fn qualifier(random: &mut Random) -> &'static str {
    random.pick(QUALIFIERS)
}

/// Short names become full ones, or the reverse.
pub fn spell_out(text: &mut Edited, random: &mut Random) -> bool {
    text.respell(SPELLINGS, random.one_in(3), 1, random)
}

/// Some words are others throughout.
pub fn use_synonyms(text: &mut Edited, random: &mut Random) -> bool {
    let from = random.below(SYNONYMS.len() - 3);
    text.respell(&SYNONYMS[from..from + 4], random.one_in(2), 1, random)
}

/// A few of the words that have another are it, here and there.
pub fn use_some_synonyms(text: &mut Edited, random: &mut Random) -> bool {
    text.respell(SYNONYMS, false, 4, random)
}

/// Other people and places.
pub fn rename(text: &mut Edited, random: &mut Random) -> bool {
    text.respell(NAMES, false, 1, random)
}

/// What a draft goes through from one reading to the next, `heavily` or a little.
pub fn revise(text: &mut Edited, heavily: bool, random: &mut Random) {
    let rounds = if heavily { 2 } else { 1 };
    for _ in 0..rounds {
        let steps: [fn(&mut Edited, &mut Random) -> bool; 10] = [
            |text, random| text.update_numbers(3, random),
            spell_out,
            rename,
            use_some_synonyms,
            |text, random| text.insert_formulas(12, random),
            |text, random| text.insert_qualifiers(12, random),
            |text, random| text.join_sentences(8, random),
            |text, random| text.reorder_lists(6, random),
            |text, random| text.break_some(8, random),
            |text, random| {
                text.edit_elsewhere(random);
                true
            },
        ];
        for step in steps {
            if heavily || random.one_in(2) {
                step(text, random);
            }
        }
    }
}
