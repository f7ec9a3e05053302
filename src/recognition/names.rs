//! Names that a text has introduced, found again where they stand alone.

use super::{Found, nest::key};
use crate::lexicon::{Kind, Trie};
use crate::sort::sort_by_key;
use crate::text::Span;

/// The names of people that a text was seen to name.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: Trie,
    count: usize,
}

impl Names {
    /// Remembers the people of these mentions whose names are no other words: names of three characters, and of
    /// two after an office.
    pub(super) fn learn(&mut self, chars: &[char], found: &[Found]) {
        let mut office_end = None;
        for mention in found {
            match mention.kind {
                Kind::Role => office_end = Some(mention.span.end()),
                Kind::Person => {
                    let name = chars.get(mention.span.range()).unwrap_or_default();
                    if name.len() >= 3 || name.len() == 2 && office_end == Some(mention.span.start()) {
                        self.count = self.count.max(self.names.add(name.iter().copied(), self.count) + 1);
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The mentions of a piece that begins at `start`, with those of the names that were missed.
    pub(super) fn find(&self, chars: &[char], start: usize, found: &[Found]) -> Vec<Found> {
        let mut people = found.iter().filter(|mention| mention.kind == Kind::Person).peekable();
        let mut more: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            while people.next_if(|person| person.span.end().index() <= start + at).is_some() {}
            let Some((len, _)) = self.names.longest(&chars[at..]) else {
                at += 1;
                continue;
            };
            let span = Span::new(start + at, start + at + len);
            at += len;
            // A person that is there already stays, unless it is but part of this name.
            let stays = |person: &&Found| person.span.overlaps(span) && !is_part(person.span, span);
            if !people.clone().take(2).any(|person| stays(&person)) {
                more.push(Found { span, kind: Kind::Person });
            }
        }
        if more.is_empty() {
            return found.to_vec();
        }
        let mut kept: Vec<Found> = found.to_vec();
        kept.retain(|old| {
            let near = more.partition_point(|new| new.span.end() <= old.span.start());
            let mut over = more[near..].iter().take_while(|new| new.span.start() < old.span.end());
            over.all(|new| old.span.contains(new.span) && old.span != new.span)
        });
        kept.append(&mut more);
        sort_by_key(&mut kept, key);
        kept
    }
}

fn is_part(inner: Span, outer: Span) -> bool {
    outer.contains(inner) && inner != outer
}
