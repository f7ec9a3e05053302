//! Offices: 市委书记, 省人大常委会副主任, 市长, 记者 before a name, and groups of office-holders.

use super::{
    Found,
    lattice::{Tag, Token},
    organizations::Organization,
    reader::{Reader, is_han},
};
use crate::lexicon::{Class, Kind};
use crate::text::Span;

/// How far back the description of a group may reach, in code points.
const LONGEST_GROUP: usize = 16;
/// What such a description does not begin before: verbs and conjunctions.
const BEFORE_GROUP: &str = "等和与及由对向求见让请";

pub(super) fn find(reader: &Reader<'_>, tokens: &[Token], organizations: &[Organization]) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    let mut organs = organizations.iter().peekable();
    let is_person =
        |token: &Token| matches!(token.tag, Tag::Person | Tag::Foreign | Tag::Curated(Kind::Person));
    let people: Vec<&Token> = tokens.iter().filter(|token| is_person(token)).collect();
    let ends = |token: &&Token| {
        matches!(token.tag, Tag::Place | Tag::Ending) && reader.is_any_before(token.end, "省市县区州盟镇乡村")
    };
    let places: Vec<&Token> = tokens.iter().filter(ends).collect();
    let mut next = 0;
    while at < reader.chars.len() {
        while organs.next_if(|organ| organ.span.start().index() < at).is_some() {}
        while people.get(next).is_some_and(|person| person.end < at) {
            next += 1;
        }
        let person = people.get(next);
        if let Some(person) = person.filter(|person| person.start < at && at < person.end) {
            at = person.end;
            continue;
        }
        let organ = organs.peek().filter(|organ| organ.span.start().index() == at);
        let of_organ = organ.and_then(|organ| {
            let end = organ.span.end().index();
            if organ.is_named {
                return None;
            }
            // 领导小组成员, 党组成员.
            let member = || reader.after_any(end, &["成员"]).filter(|_| reader.is_any_before(end, "组"));
            reader
                .after(end, Class::ROLE.or(Class::WHOLE))
                .or_else(|| reader.after_any(end, &["长", "首长"]))
                .or_else(member)
        });
        // 广州市市长, 自治区副主席.
        let of_place = || {
            let place = places.iter().find(|place| place.start >= at).filter(|place| place.start == at)?;
            let level = reader.before(place.end)?;
            let role = reader.after(place.end, Class::WHOLE.or(Class::ROLE))?;
            let says = |end: &usize| {
                let office = &reader.chars[place.end..*end];
                office.contains(&level)
                    || level == '区' && office.ends_with(&['主', '席'])
                    || office.starts_with(&['行', '政'])
            };
            Some(role).filter(says)
        };
        let whole = reader.after(at, Class::WHOLE).filter(|_| may_begin(reader, at));
        let beside_organ = || {
            let before = organizations.partition_point(|organ| organ.span.end().index() < at);
            let organ = organizations.get(before).filter(|organ| organ.is_named)?;
            reader.after(at, Class::ROLE).filter(|_| organ.span.end().index() == at)
        };
        let before_name = || {
            let role = reader.after(at, Class::ROLE.or(Class::OCCUPATION))?;
            // 村民代表.
            let role = reader.after_any(role, &["代表"]).unwrap_or(role);
            let mut people = people[next..].iter().take(3);
            // Bylines set a blank between the two: 记者 张晓东.
            let name = reader.skip_blanks(role);
            people.any(|person| person.start == name).then_some(role)
        };
        // 李书记: an office after a name.
        let after_name = || {
            let person = person.filter(|person| person.end == at)?;
            let is_bare = person.end - person.start == 1;
            reader.after(at, Class::ROLE).filter(|_| is_bare)
        };
        let group = reader.after(at, Class::GROUP).map(|end| (group_start(reader, at), end));
        let role = of_organ
            .max(whole)
            .or_else(of_place)
            .or_else(beside_organ)
            .or_else(before_name)
            .or_else(after_name);
        match role.map(|end| (at, end)).or(group) {
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
    let is_long = reader.at(at + 1) == Some('长') && reader.is_any(at + 2, "期远足效");
    !is_long && !reader.is_any_before(at, "城都超集股")
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
