//! People: a family name and a given name after an office or occupation, alone or in a list.

use super::{
    Found,
    reader::{Reader, is_han},
};
use crate::lexicon::Kind;
use crate::text::Span;

pub(super) fn find(reader: &Reader<'_>, roles: &[Found]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for role in roles {
        let mut at = role.span.end().index();
        while let Some(end) = name(reader, at) {
            found.push(Found { span: Span::new(at, end), kind: Kind::Person });
            // 市委副书记甲、乙: a list goes on with names, until an office does.
            if reader.at(end) != Some('、') || roles.iter().any(|role| role.span.start().index() == end + 1)
            {
                break;
            }
            at = end + 1;
        }
    }
    again(reader, &mut found);
    found
}

/// The end of the name that begins here.
///
/// Of two lengths the one that leaves a word or a mark of punctuation behind it is the name: in
/// 李俊明作动员讲话, 作 begins a word after 李俊明 and 明 begins none after 李俊.
pub(super) fn name(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let family = reader.after(at, &reader.gazetteer.surnames)?;
    let is_given =
        |at: usize| reader.at(at).is_some_and(|c| is_han(c) && !reader.gazetteer.never_in_name.contains(c));
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

/// The further mentions of the names found: a name once introduced stands alone.
fn again(reader: &Reader<'_>, found: &mut Vec<Found>) {
    let mut names: Vec<&[char]> = Vec::new();
    for person in found.iter() {
        if let Some(name) = reader.chars.get(person.span.range())
            && name.len() >= 3
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    if names.is_empty() {
        return;
    }
    for at in 0..reader.chars.len() {
        for name in &names {
            if reader.from(at).starts_with(name) {
                let span = Span::new(at, at + name.len());
                if !found.iter().any(|other| other.span.overlaps(span)) {
                    found.push(Found { span, kind: Kind::Person });
                }
            }
        }
    }
}
