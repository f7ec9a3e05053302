//! Organisations: organs known by name (党中央), organs of a level or place (市委, 山西省政府), names
//! that begin with a place and end with what they are (山西省教育厅), each with what belongs to it.

use super::{
    Found,
    reader::{Reader, is_han},
};
use crate::lexicon::Kind;
use crate::text::Span;

/// Levels that an organ's short name begins with.
const LEVELS: &[&str] = &["自治区", "街道", "省", "市", "县", "区", "州", "旗", "乡", "镇", "村", "团"];
/// Names that longer names of organisations begin with, besides places.
const HEADS: &[&str] = &["中华人民共和国", "国家", "中国", "中央", "全国", "中共"];
/// The longest name between its beginning and what it ends with, in code points.
const LONGEST: usize = 14;
/// Characters that stand in no name of an organisation.
const NEVER: &str = "的了在是将要被把从到向对为以及等与使让我你他这那说一未并尽快今轮已尚曾能";
/// What makes 局, 署 … the end of another word: 格局, 部署.
const OTHER_WORD: &str = "大格政全时结僵残危难变布当签部";

pub(super) fn find(reader: &Reader<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < reader.chars.len() {
        match organization(reader, at) {
            Some(end) => {
                found.push(Found { span: Span::new(at, end), kind: Kind::Organization });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The end of the organisation that begins here.
fn organization(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let gazetteer = reader.gazetteer;
    let alone = reader.after(at, &gazetteer.organs).filter(|_| !is_inside_word(reader, at));
    let short = reader.after(at, &gazetteer.short_organs).filter(|_| reader.begins(at));
    let end = of_level(reader, at).max(with_suffix(reader, at)).max(alone).max(short)?;
    Some(tails(reader, end))
}

/// 市委, 忻州市委, 山西省忻州市人民政府.
fn of_level(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let start = reader.after_any(at, &["中共"]).unwrap_or(at);
    let mut head = start;
    while let Some(end) = reader.after(head, &reader.gazetteer.places) {
        head = end;
    }
    let place = head;
    let head = match reader.after_any(head, LEVELS) {
        Some(end) => end,
        None if head > start => head,
        None => return None,
    };
    let end = reader.after(head, &reader.gazetteer.organ_cores)?;
    // 以色列政府: what a country's government does, the country does.
    if reader.has(head, "政府") && head == place && is_country(reader, start) {
        return None;
    }
    // 委 is an organ only where it is no part of 委托, 委员 …
    let cut = reader.before(end) == Some('委') && reader.at(end).is_some_and(|c| "员托派任屈婉".contains(c));
    (!cut && !is_inside_word(reader, at)).then_some(end)
}

fn is_country(reader: &Reader<'_>, at: usize) -> bool {
    let place = reader.gazetteer.places.longest(reader.from(at));
    let division = place.and_then(|(_, number)| reader.gazetteer.divisions.get(number));
    division
        .is_some_and(|division| division.province.is_empty() && !division.name.ends_with(['省', '市', '区']))
}

/// 全市委… and 城市政府 are not organs of a 市 by that name.
fn is_inside_word(reader: &Reader<'_>, at: usize) -> bool {
    reader.before(at).is_some_and(|c| "城都全本我贵各该".contains(c) && reader.at(at) == Some('市'))
        || (reader.at(at) == Some('中') && reader.before(at) == Some('其'))
}

/// 山西省教育厅, 国家发展和改革委员会, 北京大学.
fn with_suffix(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let mut head = reader.after_any(at, HEADS).unwrap_or(at);
    while let Some(end) = reader.after(head, &reader.gazetteer.places) {
        head = end;
    }
    if head == at {
        return None;
    }
    let mut end = head;
    while end < head + LONGEST {
        if let Some(suffix) = reader.after(end, &reader.gazetteer.organ_suffixes) {
            let is_word = suffix == end + 1 && reader.before(end).is_some_and(|c| OTHER_WORD.contains(c));
            // 北京大学 is a university; 美国公司 is any company of a country.
            let needs_name =
                reader.after_any(end, &["公司", "工厂", "部队", "局", "厅", "署", "集团"]).is_some();
            if !is_word && (end > head || !needs_name) {
                return Some(suffix);
            }
        }
        let c = reader.at(end)?;
        if !is_han(c) || NEVER.contains(c) {
            return None;
        }
        end += 1;
    }
    None
}

/// The end with all that belongs to it: 市委 + 议事协调机构, 省政府 + 办公厅.
fn tails(reader: &Reader<'_>, end: usize) -> usize {
    let mut end = end;
    while let Some(longer) = reader.after(end, &reader.gazetteer.organ_tails) {
        // 市委办 is an office; 市委办理 is not.
        let is_verb = reader.before(longer) == Some('办')
            && reader.at(longer).is_some_and(|c| "理好事案学".contains(c));
        if is_verb {
            break;
        }
        end = longer;
    }
    end
}
