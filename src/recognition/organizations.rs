//! Organisations: organs known by name (党中央), organs of a level or place (市委, 山西省政府), and names that
//! begin with a name and end with what they are (山西省教育厅, 宝山钢铁公司), each with what belongs to it.

use super::{
    Found,
    lattice::{Tag, Token},
    reader::{Reader, is_han},
    sets::Set,
};
use crate::lexicon::{Class, Kind, Stat};
use crate::text::Span;

/// What names of organisations end with so often that nouns alone before it make one: 语文出版社.
const STRONG: &[&str] = &[
    "出版社",
    "学院",
    "大学",
    "指挥中心",
    "委员会",
    "研究所",
    "研究院",
    "研究会",
    "协会",
    "学会",
    "基金会",
    "杂志社",
    "管理局",
    "联合会",
    "总公司",
    "集团公司",
    "有限公司",
    "总局",
];
/// The longest name between its beginning and what it ends with, in code points.
const LONGEST: usize = 18;
/// What any place has: 美国公司 names none.
const NEEDS_NAME: &[&str] = &[
    "公司",
    "工厂",
    "部队",
    "局",
    "厅",
    "署",
    "集团",
    "中心",
    "酒店",
    "饭店",
    "商店",
    "商场",
    "党",
    "基金",
    "联盟",
    "支部",
    "车队",
    "油田",
    "超市",
    "农场",
    "医院",
    "协会",
    "法庭",
    "使馆",
    "总厂",
    "工会",
    "学校",
    "中学",
    "小学",
    "幼儿园",
    "学院",
    "监狱",
    "书店",
    "宾馆",
    "军区",
    "海关",
    "剧院",
    "乐团",
    "企业",
    "研究所",
    "俱乐部",
    "董事会",
    "理事会",
    "出版社",
];

/// What a county or town has but one of: 安多县中学.
const OF_DIVISION: &[&str] = &["中学", "小学", "医院", "幼儿园", "海关"];
/// What an organ has in a place: 公安局长春新区分局.
const BRANCHES: &[&str] =
    &["分局", "分行", "支行", "分公司", "分会", "支队", "总队", "分院", "分社", "办事处", "监管局"];
/// What organs have several of, by number: 省委第三巡视组.
const NUMBERED: &[&str] = &["巡视组", "巡察组", "督导组", "督察组", "检查组", "调查组", "分院", "师", "支部"];
/// What a department does not end before: 委|员, 处|于, 局|面.
const NO_DEPARTMENT: &str = "员托派任屈婉于理在置分罚境法机令技学研普部势面限好事案";

/// An organisation that was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Organization {
    pub(super) span: Span,
    /// It has a name of its own (中国人口学会), and is more than an organ of a place or level (市委): its
    /// offices stand beside it rather than around it.
    pub(super) is_named: bool,
}

/// Organisations; and buildings and roads, which are places and are named as organisations are.
pub(super) fn find(reader: &Reader<'_>, tokens: &[Token]) -> (Vec<Organization>, Vec<Found>) {
    let (mut found, mut facilities, mut at) = (Vec::new(), Vec::new(), 0);
    for (index, token) in tokens.iter().enumerate() {
        if token.start < at {
            continue;
        }
        let organ = organization(reader, tokens, index);
        // 北京雁栖湖国际会议中心 is a building.
        if let Some((end, is_named)) =
            organ.filter(|(end, _)| !reader.is(end.saturating_sub(4), *end, Class::FACILITY))
        {
            let span = Span::new(token.start, end);
            found.push(Organization { span, is_named });
            at = end;
        } else if let Some(end) = with_suffix(reader, tokens, index, Class::FACILITY) {
            facilities.push(Found { span: Span::new(token.start, end), kind: Kind::Place });
            at = end;
        }
    }
    (found, facilities)
}

/// The end of the organisation that begins with a token.
fn organization(reader: &Reader<'_>, tokens: &[Token], index: usize) -> Option<(usize, bool)> {
    let at = tokens[index].start;
    if !reader.is_han(at) {
        return None;
    }
    let ends_token = |end: &usize| tokens[index..].iter().take(8).any(|token| token.end == *end);
    let alone = reader.after(at, Class::ORGAN).filter(|_| !is_inside_word(reader, at)).filter(ends_token);
    // 民主党派 and 共产党员 are no parties.
    let alone = alone
        .filter(|&end| !(reader.before(end) == Some('党') && reader.is_any(end, "派员章政建性籍费校课")));
    let short = reader.after(at, Class::SHORT).filter(|_| reader.begins(at));
    let central = reader.after_any(at, &["中央"]).and_then(|end| numbered(reader, end));
    let organ = of_level(reader, &tokens[index]).max(alone).max(short).max(central);
    let named = with_suffix(reader, tokens, index, Class::SUFFIX);
    let organ = organ.map(|end| tails(reader, end));
    let end = named.max(organ)?;
    // An organ of the state: 中央外事工作委员会办公室.
    let of_state = || {
        let head = reader.after_any(at, &["中央", "国家"]).is_some();
        head && (reader.is_any_before(end, "会局厅署") || reader.has(end.saturating_sub(3), "办公室"))
    };
    Some((tails(reader, end), named > organ && !of_state()))
}

/// 市委, 忻州市委, 山西省忻州市人民政府.
fn of_level(reader: &Reader<'_>, token: &Token) -> Option<usize> {
    let at = token.start;
    // 会同 is a county, and in 会同国家发展改革委 a word.
    if token.tag == Tag::Word && token.is.meets(Class::PLACE) && token.is.meets(WORD) {
        return None;
    }
    let start = reader.after_any(at, &["中共", "共青团"]).unwrap_or(at);
    // 中共|中央政治局.
    let central = reader.after(start, Class::ORGAN).filter(|_| start > at);
    if central.is_some() {
        return central;
    }
    let mut head = start;
    while let Some(end) = reader.after(head, Class::PLACE).filter(|end| end - head > 1) {
        head = end;
    }
    let place = head;
    let core = |head: usize| reader.after(head, Class::CORE).max(department(reader, head, "局厅委办"));
    let head = match reader.after(head, Class::LEVEL) {
        Some(end) if core(end).or_else(|| reader.after(end, Class::ORGAN)).is_some() => end,
        _ if head > start => head,
        _ => return None,
    };
    // 北京市第二中级人民法院.
    let head = if reader.has(head, "第") && reader.is_any(head + 1, "一二三四五六七八九十") {
        head + 2
    } else {
        head
    };
    // 省卫生健康委, and 卫生健康委 by itself.
    let organ = reader.after(head, Class::ORGAN);
    let organ = organ.filter(|end| place > start || reader.is_any_before(*end, "局厅委"));
    let end = core(head).max(organ)?;
    // 以色列政府: what a country's government does, the country does.
    if reader.has(head, "政府") && head == place && is_country(reader, start, place) {
        return None;
    }
    // 委 is an organ only where it is no part of 委托, 委员 …
    let cut = reader.before(end) == Some('委') && reader.is_any(end, "员托派任屈婉");
    (!cut && !is_inside_word(reader, at)).then_some(end)
}

/// A department by what it is for: 建设|厅, 劳动和社会保障|局; 水务|局, whose first word is not known.
fn department(reader: &Reader<'_>, head: usize, ends: &str) -> Option<usize> {
    let ends_at = |at: usize| reader.is_any(at, ends) && !reader.is_any(at + 1, NO_DEPARTMENT);
    let mut at = head;
    while at < head + LONGEST && reader.begins_token(at) {
        if at > head && ends_at(at) {
            return Some(at + 1);
        }
        let is_word = |end: &usize| end - at > 1;
        at = match reader.after(at, WORD).filter(is_word) {
            Some(end) => end,
            None if at > head && reader.is_any(at, "和与") => at + 1,
            None if !reader.is_any(at + 2, "办")
                && ends_at(at + 2)
                && !reader.is(at + 1, at + 3, Class::NOUN.or(Class::VERB)) =>
            {
                at + 2
            }
            None => return None,
        };
    }
    None
}

fn is_country(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let place = reader.gazetteer.place(&reader.chars[at..end]);
    let division = place.and_then(|place| reader.gazetteer.divisions.get(place));
    division.is_some_and(|division| division.rest.is_empty() && division.parent.is_none())
}

/// 全市委… and 城市政府 are not organs of a 市 by that name.
fn is_inside_word(reader: &Reader<'_>, at: usize) -> bool {
    reader.is_any_before(at, "城都全本我贵各该") && reader.is_any(at, "市省县校院")
        || (reader.at(at) == Some('中') && reader.before(at) == Some('其'))
}

/// Whether a token may begin the name of an organisation: it is a name, or no word.
fn begins_name(reader: &Reader<'_>, token: &Token, ends: Class) -> bool {
    match token.tag {
        // 省政务大数据服务中心.
        Tag::Word if token.end - token.start == 1 => {
            token.is.meets(Class::LEVEL)
                && reader.is_any(token.start, "省市县区州")
                && (reader.begins(token.start) || reader.is_after(token.start, Set::WITH))
        }
        Tag::Word => token.is.meets(Class::HEAD.or(Class::ORGAN)),
        Tag::Letters => false,
        // 李嘉诚基金会.
        Tag::Person if ends == Class::FACILITY => {
            reader.after(token.end, ends).is_some_and(|end| end - token.end > 1)
        }
        Tag::Person => {
            let words = ["基金会", "公司", "集团", "医院", "中学", "大学", "工作室", "奖学金"];
            reader.after_any(token.end, &words).is_some()
        }
        _ => true,
    }
}

fn is_noun(token: &Token) -> bool {
    token.tag == Tag::Word && token.is.meets(Class::NOUN) && token.end - token.start > 1
}

/// A character by itself that may be part of a name.
fn is_single(reader: &Reader<'_>, token: &Token) -> bool {
    token.end - token.start == 1
        && reader.is_han(token.start)
        && !reader.is_in(token.start, Set::WITH.or(Set::AT))
        && !is_function(reader, token.start)
}

/// A character that is in no name of an organisation by itself; 家 is in 王家坝.
fn is_function(reader: &Reader<'_>, at: usize) -> bool {
    let family = |at: usize| reader.gazetteer.character(reader.at(at)?, Stat::Family);
    reader.is_in(at, Set::NO_ORGANIZATION)
        && !(reader.is_any(at, "家") && at.checked_sub(1).and_then(family).is_some_and(|cost| cost < 72))
}

/// A character that is hardly a word by itself.
fn is_unknown(reader: &Reader<'_>, token: &Token) -> bool {
    let c = reader.chars[token.start];
    is_single(reader, token) && reader.gazetteer.character(c, Stat::Word).is_none_or(|cost| cost >= 96)
}

/// A place in brackets, or one of its brackets.
fn in_brackets(reader: &Reader<'_>, tokens: &[Token], index: usize) -> bool {
    (index.saturating_sub(2)..=index).any(|open| {
        let (Some(open), Some(place)) = (tokens.get(open), tokens.get(open + 1)) else { return false };
        reader.is_any(open.start, "（(") && place.tag == Tag::Place && reader.is_any(place.end, "）)")
    })
}

/// 山西省教育厅, 宝山钢铁公司, 北京大学.
fn with_suffix(reader: &Reader<'_>, tokens: &[Token], index: usize, ends: Class) -> Option<usize> {
    let first = &tokens[index];
    let nouns = || {
        let fresh = index == 0 || !is_noun(&tokens[index - 1]);
        let run = tokens[index..].iter().take(5).take_while(|token| is_noun(token)).count();
        let ends = run.checked_sub(1).map(|last| &tokens[index + last]);
        fresh
            && run >= 2
            && ends.is_some_and(|last| {
                last.end - first.start >= 5
                    && STRONG.iter().any(|word| {
                        let start = last.end.saturating_sub(word.chars().count());
                        start > first.start && reader.has(start, word)
                    })
            })
    };
    let unknown = tokens[index..].iter().take(4).take_while(|token| is_unknown(reader, token)).count();
    let is_fresh = index == 0 || !is_unknown(reader, &tokens[index - 1]);
    let is_name = begins_name(reader, first, ends);
    // 、常庄水库: characters by themselves, which no sentence begins with.
    let by_itself = || {
        let run = tokens[index..].iter().take(4).take_while(|token| is_single(reader, token)).count();
        let after_name = index > 0 && matches!(tokens[index - 1].tag, Tag::Place | Tag::Ending);
        ends == Class::FACILITY
            && (2..=3).contains(&run)
            && !reader.is_in(first.start, Set::NUMERAL)
            && !(0..run).any(|at| reader.is_any(first.start + at, "新改扩拟修建造沿旧"))
            && (after_name || reader.begins(first.start) || reader.is_after(first.start, Set::AT))
            && reader.after(first.start + run, ends).is_some_and(|end| end - first.start > run + 1)
    };
    let may_begin = is_name || by_itself() || nouns() || is_fresh && (2..=3).contains(&unknown);
    if !may_begin {
        return None;
    }
    let is_place = matches!(first.tag, Tag::Place | Tag::Ending)
        || first.is.meets(Class::HEAD) && !first.is.meets(Class::ORGAN);
    // 安阳市文峰区光华路 are three places.
    let next = tokens.get(index + 1);
    if ends == Class::FACILITY
        && is_place
        && reader.is_after(first.end, Set::DIVISION)
        && next.is_some_and(|next| matches!(next.tag, Tag::Place | Tag::Ending | Tag::Foreign))
    {
        return None;
    }
    let (mut best, mut named, mut verbs) = (None, false, 0);
    for (count, token) in tokens[index..].iter().enumerate() {
        if token.end - first.start > LONGEST {
            break;
        }
        if (best.is_some() || !is_name) && token.tag != Tag::Word {
            break;
        }
        let text = &reader.chars[token.start..token.end];
        // 中国（上海）自由贸易试验区.
        let is_bracket = best.is_none() && is_name && in_brackets(reader, tokens, index + count);
        if is_bracket {
            continue;
        }
        if !text.iter().all(|c| is_han(*c))
            || text.len() == 1
                && (is_function(reader, token.start)
                    || reader.is_in(token.start, Set::NUMERAL) && reader.is_in(token.end, Set::DIVISION))
        {
            break;
        }
        if count > 0 && token.tag == Tag::Word && token.end - token.start > 1 {
            if token.is.meets(Class::OTHER) || token.is.meets(OFFICE) && !token.is.meets(ENDS) {
                break;
            }
            if best.is_some() && !token.is.meets(Class::NOUN.or(ENDS)) {
                break;
            }
            // 旦增伦珠走进学校.
            let is_foreign = first.tag == Tag::Foreign;
            verbs += usize::from(token.is.meets(Class::VERB)) * (1 + 2 * usize::from(is_foreign));
            if verbs > 2 || token.is.meets(Class::SAYING) {
                break;
            }
        }
        // 托克扎克镇|红旗村.
        if ends == Class::FACILITY && count > 0 && text.len() == 1 && reader.is_any(token.start, "镇乡县")
        {
            break;
        }
        let suffix = (token.end.saturating_sub(9).max(first.start)..token.end).find(|&start| {
            let is_whole = start >= token.start || named && start + 1 < token.end;
            is_whole && (start + 1 < token.end || start == token.start) && reader.is(start, token.end, ends)
        });
        // 进行|军训.
        let is_cut = |suffix: usize| {
            let before = index + count.max(1) - 1;
            reader.is_any(suffix, "军系队") && tokens[before].is.meets(Class::VERB)
        };
        if let Some(suffix) = suffix.filter(|suffix| !is_cut(*suffix)) {
            let inner = suffix > first.end || suffix == first.end && !is_place || suffix < first.end && named;
            let needs_name =
                ends == Class::FACILITY && suffix + 1 == token.end && !reader.is_any(suffix, "路街港")
                    || !reader.has(first.start, "中国")
                        && reader.after_any(suffix, NEEDS_NAME).is_some()
                        && (is_country(reader, first.start, first.end)
                            || reader.after_any(suffix, OF_DIVISION).is_none());
            if suffix > first.start + usize::from(!is_name) && (inner || count > 0 && !needs_name) {
                best = Some(token.end);
            }
        }
        named = named || count > 0 || !is_place;
    }
    best
}

const WORD: Class = Class::NOUN.or(Class::VERB).or(Class::OTHER);
const OFFICE: Class = Class::ROLE.or(Class::WHOLE).or(Class::GROUP);
const ENDS: Class = Class::SUFFIX.or(Class::CORE);

/// The end of what is told by its number: 第七巡视组.
fn numbered(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let ordinal = reader.after_any(at, &["第"])?;
    let number = ordinal + reader.run(ordinal, Set::NUMERAL, 3);
    reader.after_any(number, NUMBERED).filter(|_| number > ordinal)
}

/// The end with all that belongs to it: 市委 + 议事协调机构, 省政府 + 办公厅.
fn tails(reader: &Reader<'_>, end: usize) -> usize {
    let mut end = end;
    // 医学院附属协和医院.
    let attached = |end: usize| {
        let name = reader.after_any(end, &["附属"])?;
        (name..name + 7).find_map(|at| reader.after_any(at, OF_DIVISION))
    };
    let next = |end: usize| {
        let next = reader.after(end, Class::TAIL).or_else(|| department(reader, end, "司局处科"));
        let branch = || reader.after_any(reader.after(end, Class::PLACE)?, BRANCHES);
        next.or_else(|| attached(end)).or_else(|| numbered(reader, end)).or_else(branch)
    };
    while let Some(longer) = next(end) {
        // 市委办 is an office; 市委办理 is not.
        let is_verb = reader.before(longer) == Some('办') && reader.is_any(longer, "理好事案学公");
        if is_verb {
            break;
        }
        end = longer;
    }
    end
}
