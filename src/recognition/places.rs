//! Places: the names of the gazetteer.

use super::{
    Found,
    reader::{Reader, is_han},
};
use crate::lexicon::Kind;
use crate::text::Span;

/// What makes another word of a name before it: 南京路 is another place, 中国话 none.
const GOES_ON: &[&str] = &["话", "语", "路", "街", "籍", "裔", "菜"];
/// What a division within the one before it ends with: 山东省 + 平度市.
const DIVISIONS: &str = "县市区镇乡村旗州";
/// The longest name of such a division before that, in code points.
const LONGEST: usize = 4;
/// Countries and the capital in one character, after a verb of going: 访华, 驻京.
const LETTERS: &str = "华京美英法德俄日韩朝";
const GOING: &str = "访驻赴抵留离来";
/// What two countries in one character each stand before: 中美关系.
const BETWEEN: &[&str] = &[
    "两国", "关系", "双边", "双方", "建交", "联合", "之间", "友好", "边境", "边界", "贸易", "经贸", "合作",
    "战略", "首脑",
];

pub(super) fn find(reader: &Reader<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    let place = |start: usize, end: usize| Found { span: Span::new(start, end), kind: Kind::Place };
    while at < reader.chars.len() {
        let Some(end) = reader.after(at, &reader.gazetteer.places) else {
            if is_letter(reader, at) {
                found.push(place(at, at + 1));
            }
            at += 1;
            continue;
        };
        if reader.after_any(end, GOES_ON).is_none() {
            found.push(place(at, end));
        }
        at = end;
        while let Some(end) = within(reader, at) {
            found.push(place(at, end));
            at = end;
        }
    }
    found
}

/// The end of the division that is named right after the one around it.
fn within(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let after_division = reader.before(at).is_some_and(|c| "省市县区州盟".contains(c));
    if !after_division || reader.after(at, &reader.gazetteer.places).is_some() {
        return None;
    }
    let name = reader.from(at).iter().take(LONGEST).take_while(|c| is_han(**c));
    let end = at + name.enumerate().skip(1).find(|(_, c)| DIVISIONS.contains(**c)).map(|(len, _)| len)? + 1;
    // 山西省农村 is no village, 忻州市各县 no county.
    let never = |c: &char| "的和与各全本我农城新老在是有为内外几多".contains(*c);
    let is_name = !reader.chars.get(at..end)?.iter().any(never);
    (is_name && !reader.at(end).is_some_and(|c| "委长级政域民场".contains(c))).then_some(end)
}

/// A country in one character.
fn is_letter(reader: &Reader<'_>, at: usize) -> bool {
    let is = |at: usize| reader.at(at).is_some_and(|c| c == '中' || LETTERS.contains(c));
    let goes = reader.before(at).is_some_and(|c| GOING.contains(c))
        && reader.at(at).is_some_and(|c| LETTERS.contains(c))
        && reader.at(at + 1).is_none_or(|c| !is_han(c) || "大的访的使团记期时后前演参".contains(c));
    let first = is(at) && is(at + 1) && reader.after_any(at + 2, BETWEEN).is_some();
    let second = at > 0 && is(at) && is(at - 1) && reader.after_any(at + 1, BETWEEN).is_some();
    goes || first || second
}
