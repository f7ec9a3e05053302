//! [`Matcher`]: every surface of the glossary, found in one pass over the text.

use super::{
    fold::{Folded, fold, is_counter, is_numeral},
    guard::{Guards, is_word},
};
use crate::sort::{sort_by, sort_by_key};
use crate::text::Span;

/// Surfaces in their folded form, in order: those that begin with a character stand together, and few do.
#[derive(Default)]
pub(super) struct Matcher {
    /// Sorted by surface, each once: (folded surface, entry).
    surfaces: Vec<(String, u32)>,
}

impl Matcher {
    /// Of two equal surfaces the later one counts, but a surface as written always beats one that
    /// was derived by leaving 个 out.
    pub(super) fn new<'a>(surfaces: impl Iterator<Item = (&'a str, usize)>) -> Self {
        let mut all = Vec::new();
        for (order, (surface, entry)) in surfaces.enumerate() {
            let Ok(entry) = u32::try_from(entry) else { continue };
            let folded = fold(surface);
            if let Some(short) = without_counter(&folded) {
                all.push((short, false, order, entry));
            }
            all.push((folded, true, order, entry));
        }
        sort_by(&mut all, |a, b| a.0.cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2))));
        all.dedup_by(|next, kept| next.0 == kept.0);
        let surfaces: Vec<(String, u32)> = all
            .into_iter()
            .filter(|(surface, ..)| !surface.is_empty())
            .map(|(surface, _, _, entry)| (surface, entry))
            .collect();
        Self { surfaces }
    }

    /// The entry of a surface.
    pub(super) fn lookup(&self, surface: &str) -> Option<usize> {
        let folded = fold(surface.trim());
        let at = self.surfaces.binary_search_by(|(known, _)| known.as_str().cmp(&folded)).ok()?;
        Some(self.surfaces.get(at)?.1 as usize)
    }

    fn beginning_with(&self, first: char) -> impl Iterator<Item = &(String, u32)> {
        let from = self.surfaces.partition_point(|(surface, _)| surface.chars().next() < Some(first));
        self.surfaces.iter().skip(from).take_while(move |(surface, _)| surface.starts_with(first))
    }

    /// Leftmost-longest matches that their guards let pass, in order; none overlaps another.
    ///
    /// A guard may refuse the longest match, so all are looked at before the choice.
    pub(super) fn find<'a>(
        &self,
        chars: &[char],
        guards: impl Fn(usize) -> Option<&'a Guards>,
    ) -> Vec<(Span, usize)> {
        let folded = Folded::new(chars);
        let hits = folded.text.char_indices().flat_map(|(at, first)| {
            let rest = &folded.text[at..];
            self.beginning_with(first)
                .filter(move |(surface, _)| rest.starts_with(surface.as_str()))
                .map(move |(surface, entry)| (at, at + surface.len(), *entry as usize))
        });
        let mut found: Vec<(Span, usize)> = hits
            .filter_map(|(from, to, entry)| Some((folded.span(from, to)?, entry)))
            .filter(|&(span, entry)| guards(entry).is_some_and(|guards| is_word(chars, span, guards)))
            .collect();
        sort_by_key(&mut found, |(span, _)| (span.start(), std::cmp::Reverse(span.end())));
        let mut end = Default::default();
        found.retain(|(span, _)| {
            let free = span.start() >= end;
            if free {
                end = span.end();
            }
            free
        });
        found
    }
}

/// 四意识 of 四个意识: formulas are also said without 个. What is left behind it must be a word.
fn without_counter(surface: &str) -> Option<String> {
    let mut chars = surface.chars();
    let numeral = chars.next().filter(|&c| is_numeral(c))?;
    chars.next().filter(|&c| is_counter(c))?;
    let rest = chars.as_str();
    (rest.chars().count() >= 2).then(|| format!("{numeral}{rest}"))
}
