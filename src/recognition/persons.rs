//! People: what the lattice reads as a name.

use super::{
    Found,
    lattice::{Tag, Token},
    reader::{Reader, is_dot, is_han},
};
use crate::lexicon::{Class, Kind};
use crate::text::Span;

pub(super) fn find(reader: &Reader<'_>, tokens: &[Token]) -> Vec<Found> {
    let is_person = |token: &&Token| match token.tag {
        Tag::Person => true,
        Tag::Foreign => !is_place(reader, token),
        _ => false,
    };
    let people = tokens.iter().filter(is_person);
    people.map(|token| Found { span: Span::new(token.start, token.end), kind: Kind::Person }).collect()
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
