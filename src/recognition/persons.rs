//! People: what the lattice reads as a name.

use super::{
    Found,
    lattice::{Tag, Token},
    reader::{Reader, is_dot, is_han},
};
use crate::lexicon::{Class, Kind, Stat};
use crate::text::Span;

pub(super) fn find(reader: &Reader<'_>, tokens: &[Token]) -> Vec<Found> {
    let is_person = |token: &&Token| match token.tag {
        Tag::Person => true,
        // 哈萨克族 is a people, “利奇马” a typhoon.
        Tag::Foreign => {
            let is_quoted = reader.is_any_before(token.start, "“") && reader.is_any(token.end, "”");
            !is_quoted && !reader.is_any_before(token.end, "族") && !is_place(reader, token)
        }
        _ => false,
    };
    let people: Vec<(usize, usize)> =
        tokens.iter().filter(is_person).map(|token| (token.start, token.end)).collect();
    // What begins like a name between two people of a list is one: 马飚、兰天、危朝安.
    let listed = people.windows(2).filter_map(|pair| {
        let (start, end) = (pair[0].1 + 1, pair[1].0.checked_sub(1)?);
        let is_name = (2..=3).contains(&end.saturating_sub(start))
            && reader.is_any(start - 1, "、")
            && reader.is_any(end, "、")
            && (start..end).all(|at| reader.is_han(at))
            && reader.gazetteer.character(reader.at(start)?, Stat::Family).is_some();
        is_name.then_some((start, end))
    });
    let all = people.iter().copied().chain(listed);
    all.map(|(start, end)| Found { span: Span::new(start, end), kind: Kind::Person }).collect()
}

/// Whether a foreign name stands where places do.
pub(super) fn is_place(reader: &Reader<'_>, token: &Token) -> bool {
    if reader.chars[token.start..token.end].iter().any(|c| is_dot(*c)) {
        return false;
    }
    let after_place =
        reader.is_any_before(token.start, "国省州市") && reader.after(token.end, Class::SAYING).is_none();
    if after_place {
        return true;
    }
    let in_place = reader.is_any_before(token.start, "在赴抵驻往")
        && reader.at(token.end).is_none_or(|c| !is_han(c) || "的举召会发市州省港附后前时期".contains(c));
    let words = [
        "市", "州", "省", "港", "机场", "附近", "地区", "山", "河", "湖", "岛", "海峡", "大学", "县", "镇",
        "村",
    ];
    // 瓜达尔港, whose last character stands in names too.
    in_place || reader.is_any_before(token.end, "港岛湖海") || reader.after_any(token.end, &words).is_some()
}
