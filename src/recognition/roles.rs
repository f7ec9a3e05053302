//! Offices: 市委书记, 省人大常委会副主任, 市长, 记者 before a name, and groups of office-holders.

use super::{
    Found, persons,
    reader::{Reader, is_han},
};
use crate::lexicon::Kind;
use crate::text::Span;

/// How far back the description of a group may reach, in code points.
const LONGEST_GROUP: usize = 16;
/// What such a description does not begin before: verbs and conjunctions.
const BEFORE_GROUP: &str = "和与及由对向求见让请";

pub(super) fn find(reader: &Reader<'_>, organizations: &[Found]) -> Vec<Found> {
    let gazetteer = reader.gazetteer;
    let (mut found, mut at) = (Vec::new(), 0);
    let mut organs = organizations.iter().peekable();
    while at < reader.chars.len() {
        while organs.peek().is_some_and(|organ| organ.span.start().index() < at) {
            organs.next();
        }
        let organ = organs.peek().filter(|organ| organ.span.start().index() == at);
        let of_organ = organ.and_then(|organ| {
            let end = organ.span.end().index();
            reader.after(end, &gazetteer.roles).or_else(|| reader.after_any(end, &["长", "首长"]))
        });
        let whole = reader.after(at, &gazetteer.whole_roles).filter(|_| may_begin(reader, at));
        let before_name = || {
            let role = reader.after(at, &gazetteer.roles).max(reader.after(at, &gazetteer.occupations))?;
            persons::name(reader, role).map(|_| role)
        };
        let group = reader.after(at, &gazetteer.role_groups).map(|end| (group_start(reader, at), end));
        let role = of_organ.max(whole).or_else(before_name).map(|end| (at, end)).or(group);
        match role {
            Some((start, end)) => {
                found.push(Found { span: Span::new(start, end), kind: Kind::Role });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// 市长 stands for an office, the 市长 of 城市长期 does not.
fn may_begin(reader: &Reader<'_>, at: usize) -> bool {
    reader.before(at).is_none_or(|c| !is_han(c) || !"城都超集股".contains(c))
        && !(reader.at(at + 1) == Some('长') && reader.at(at + 2).is_some_and(|c| "期远足效".contains(c)))
}

/// Where the description of a group begins: after the last mark of punctuation.
fn group_start(reader: &Reader<'_>, at: usize) -> usize {
    let mut start = at;
    while at - start < LONGEST_GROUP
        && reader.before(start).is_some_and(|c| is_han(c) && !BEFORE_GROUP.contains(c))
    {
        start -= 1;
    }
    start
}
