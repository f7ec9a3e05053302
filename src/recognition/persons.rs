//! People: a family name and a given name after an office or occupation, alone or in a list.

use super::{
    Found,
    reader::{Reader, is_han},
};
use crate::lexicon::Kind;
use crate::sort::sort_by_key;
use crate::text::Span;

/// What may stand right before a name that has no office: particles, conjunctions, prepositions.
const BEFORE_BARE: &str = "和与及由对向同被据请随给跟";

pub(super) fn find(reader: &Reader<'_>, roles: &[Found]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for role in roles {
        list(reader, role.span.end().index(), roles, &mut found);
    }
    sort_by_key(&mut found, |person| person.span);
    bare(reader, roles, &mut found);
    again(reader, &mut found);
    found
}

/// The names that begin here: 市委副书记甲、乙 goes on with names until an office does.
fn list(reader: &Reader<'_>, start: usize, roles: &[Found], found: &mut Vec<Found>) {
    let mut at = start;
    while let Some(end) = name(reader, at) {
        found.push(Found { span: Span::new(at, end), kind: Kind::Person });
        if reader.at(end) != Some('、') || office_at(roles, Span::new(end + 1, end + 2)) {
            break;
        }
        at = end + 1;
    }
}

/// Whether one of the offices, which are in order, overlaps a span.
fn office_at(roles: &[Found], span: Span) -> bool {
    let next = roles.partition_point(|role| role.span.start() < span.end());
    roles[..next].iter().rev().take(2).any(|role| role.span.overlaps(span))
}

/// Names without an office: of people everyone knows, and those that a title or a verb of saying follows.
fn bare(reader: &Reader<'_>, roles: &[Found], found: &mut Vec<Found>) {
    let mut at = 0;
    let mut begun = found.iter().map(|person| person.span).collect::<Vec<_>>().into_iter().peekable();
    while at < reader.chars.len() {
        while begun.next_if(|span| span.end().index() <= at).is_some() {}
        if let Some(span) = begun.peek().filter(|span| span.contains_offset(at.into())) {
            at = span.end().index();
            continue;
        }
        let known = reader.after(at, &reader.gazetteer.known_people);
        let may_begin = reader.before(at).is_none_or(|c| !is_han(c) || BEFORE_BARE.contains(c));
        let end = known.or_else(|| {
            let is_place = reader.after(at, &reader.gazetteer.places).is_some();
            let may_begin = may_begin && !is_place;
            let named =
                || titled(reader, at).or_else(|| typical(reader, at)).or_else(|| foreigner(reader, at));
            let end = may_begin.then(named).flatten()?;
            // 国务院总理科尔: what is an office is not a name.
            (!office_at(roles, Span::new(at, end))).then_some(end)
        });
        if let Some(end) = end {
            found.push(Found { span: Span::new(at, end), kind: Kind::Person });
        }
        at = end.unwrap_or(at + 1);
    }
}

/// The end of a name that a title or a verb of saying follows.
fn titled(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let gazetteer = reader.gazetteer;
    let titles = [&gazetteer.after_bare_name, &gazetteer.roles, &gazetteer.whole_roles];
    let is_titled = |end: &usize| titles.iter().any(|words| reader.after(*end, words).is_some());
    let family = family(reader, at);
    let chinese = family.into_iter().flat_map(|family| [family + 2, family + 1]);
    let chinese = chinese.filter(|&end| {
        let given = reader.chars.get(family.unwrap_or(end)..end).unwrap_or_default();
        !given.is_empty() && given.iter().all(|&c| is_given(reader, c))
    });
    let mut ends = chinese.chain(foreign(reader, at).filter(|end| end - at >= 3));
    ends.find(is_titled)
}

/// The end of a name that is one by its characters: a family name, two that given names like, and what
/// may follow a name.
fn typical(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let family = family(reader, at)?;
    let end = family + 2;
    let given = reader.chars.get(family..end)?;
    let likes = given.iter().filter(|c| reader.gazetteer.given.contains(**c)).count();
    let ends = reader.at(end).is_none_or(|c| !is_han(c))
        || reader.after(end, &reader.gazetteer.after_name).is_some();
    let may_be = given.iter().all(|&c| is_given(reader, c));
    let stands_free = reader.begins(at);
    (may_be && (likes == 2 && (ends || stands_free) || likes == 1 && ends && stands_free)).then_some(end)
}

/// The end of a foreign name that stands alone: long enough to be no other word.
fn foreigner(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let end = foreign(reader, at).filter(|end| end - at >= 3)?;
    let ends = reader.at(end).is_none_or(|c| !is_han(c))
        || reader.after(end, &reader.gazetteer.after_name).is_some();
    ends.then_some(end)
}

/// The place after the family name that may begin a name here.
fn family(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let gazetteer = reader.gazetteer;
    let is_word = reader.after(at, &gazetteer.ordinary).is_some();
    // 李先生 has no given name here.
    let is_addressed = |at: &usize| reader.after(*at, &gazetteer.after_bare_name).is_some();
    reader.after(at, &gazetteer.surnames).filter(|end| !is_word && !is_addressed(end))
}

fn is_given(reader: &Reader<'_>, c: char) -> bool {
    is_han(c) && !reader.gazetteer.never_in_name.contains(c)
}

/// The end of the name that begins here, after an office.
///
/// Of two lengths the one that leaves a word or a mark of punctuation behind it is the name: in
/// 李俊明作动员讲话, 作 begins a word after 李俊明 and 明 begins none after 李俊.
pub(super) fn name(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let chinese = chinese(reader, at);
    let foreign = foreign(reader, at);
    // 马格坦戈尔 is no 马格坦; 马占山 is no foreigner.
    match (chinese, foreign) {
        (Some(chinese), Some(foreign)) if foreign > chinese => Some(foreign),
        (chinese, foreign) => chinese.or(foreign),
    }
}

fn chinese(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let family = family(reader, at)?;
    let is_given = |at: usize| reader.at(at).is_some_and(|c| is_given(reader, c));
    if !is_given(family) {
        return None;
    }
    let (short, long) = (family + 1, family + 2);
    let may_be_long = is_given(family + 1);
    let ends = |at: usize| {
        reader.at(at).is_none_or(|c| !is_han(c)) || reader.after(at, &reader.gazetteer.after_name).is_some()
    };
    match () {
        () if may_be_long && ends(long) => Some(long),
        () if ends(short) => Some(short),
        () if may_be_long => Some(long),
        () => None,
    }
}

/// The end of a foreign name in transliteration, its parts joined by ·.
fn foreign(reader: &Reader<'_>, at: usize) -> Option<usize> {
    const DOTS: &str = "·•・";
    let is_foreign = |c: &char| reader.gazetteer.foreign.contains(*c) || DOTS.contains(*c);
    let run = reader.from(at).iter().take(20).take_while(|c| is_foreign(c)).count();
    let end = at + run;
    (run >= 2 && !DOTS.contains(reader.at(at)?)).then_some(end).filter(|_| {
        // What goes on with another Chinese character is a word, unless it is one that follows names.
        reader.at(end).is_none_or(|c| !is_han(c))
            || run >= 3
            || reader.after(end, &reader.gazetteer.after_name).is_some()
            || reader.after(end, &reader.gazetteer.after_bare_name).is_some()
    })
}

/// The further mentions of the names found: a name once introduced stands alone.
fn again(reader: &Reader<'_>, found: &mut Vec<Found>) {
    sort_by_key(found, |person| person.span);
    let mut names: Vec<&[char]> =
        found.iter().filter_map(|person| reader.chars.get(person.span.range())).collect();
    names.retain(|name| name.len() >= 3);
    sort_by_key(&mut names, |name| *name);
    names.dedup();
    let mut more = Vec::new();
    let mut known = found.iter().map(|person| person.span).peekable();
    let mut at = 0;
    while at < reader.chars.len() {
        while known.next_if(|span| span.end().index() <= at).is_some() {}
        let here = reader.from(at);
        let from = names.partition_point(|name| name.first() < here.first());
        let same = names[from..].iter().take_while(|name| name.first() == here.first());
        let name = same.filter(|name| here.starts_with(name)).map(|name| name.len()).max();
        let span = name.map(|len| Span::new(at, at + len));
        match span.filter(|span| known.peek().is_none_or(|known| !known.overlaps(*span))) {
            Some(span) => {
                more.push(Found { span, kind: Kind::Person });
                at = span.end().index();
            }
            None => at += 1,
        }
    }
    found.append(&mut more);
    sort_by_key(found, |person| person.span);
}
