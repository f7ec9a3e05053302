//! Glossary terms laid over what was recognised.

use super::{Entity, EntityId, Fact, Mention, Recognition, Relation, nest::LONGEST};
use crate::lexicon::Kind;
use crate::sort::sort_by_key;
use crate::text::Span;
use std::cmp::Reverse;

/// A glossary term found in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermSpan {
    /// Where it stands.
    pub span: Span,
    /// The id of its entry.
    pub id: String,
    /// The term as the glossary writes it.
    pub term: String,
}

/// Adds the terms as mentions of kind [`Kind::Term`], one entity for each entry.
///
/// Names come first: a term that crosses a mention is left out, and one with the very span of a
/// mention tells that mention's entity what it is defined as. Terms within a mention, or around
/// one, are nested.
pub fn overlay_terms(mut recognition: Recognition, terms: &[TermSpan]) -> Recognition {
    let mut laid = Vec::new();
    for term in terms {
        // Mentions are in order: only those that begin near the term can touch it.
        let far = |mention: &Mention| mention.span.start().0 + LONGEST < term.span.start().0;
        let first = recognition.mentions.partition_point(far);
        let near = recognition.mentions[first..].iter();
        let near = near.take_while(|mention| mention.span.start() < term.span.end());
        let crosses = |other: &Mention| {
            other.span.overlaps(term.span)
                && !other.span.contains(term.span)
                && !term.span.contains(other.span)
        };
        if term.span.is_empty() || near.clone().any(crosses) {
            continue;
        }
        let same = near.clone().find(|mention| mention.span == term.span).map(|mention| mention.entity);
        let entity = same.unwrap_or_else(|| entity_of(&mut recognition, term));
        let Some(named) = recognition.entities.get_mut(entity.index()) else { continue };
        let is_defined =
            named.facts.iter().any(|fact| fact.relation == Relation::DefinedAs && fact.value == term.id);
        if !is_defined {
            let value = term.id.clone();
            named.facts.push(Fact {
                relation: Relation::DefinedAs,
                value,
                target: None,
                evidence: None,
                inferred: false,
            });
        }
        if same.is_none() {
            laid.push(Mention { span: term.span, kind: Kind::Term, entity, parent: None });
        }
    }
    recognition.mentions.append(&mut laid);
    reindex(&mut recognition);
    recognition
}

/// The entity of a term's entry, made where there is none yet.
fn entity_of(recognition: &mut Recognition, term: &TermSpan) -> EntityId {
    let defines = |fact: &Fact| fact.relation == Relation::DefinedAs && fact.value == term.id;
    let known = recognition.entities.iter().position(|e| e.kind == Kind::Term && e.facts.iter().any(defines));
    let index = known.unwrap_or_else(|| {
        let name = term.term.clone();
        recognition.entities.push(Entity { kind: Kind::Term, name, mentions: Vec::new(), facts: Vec::new() });
        recognition.entities.len() - 1
    });
    EntityId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// Restores what holds between mentions: their order, their parents, and the entities' lists of them.
fn reindex(recognition: &mut Recognition) {
    let Recognition { mentions, entities } = recognition;
    sort_by_key(mentions, |mention| (mention.span.start(), Reverse(mention.span.end())));
    for entity in entities.iter_mut() {
        entity.mentions.clear();
    }
    let mut around: Vec<usize> = Vec::new();
    for index in 0..mentions.len() {
        let span = mentions[index].span;
        while around.last().is_some_and(|&outer| !mentions[outer].span.contains(span)) {
            around.pop();
        }
        mentions[index].parent = around.last().copied();
        around.push(index);
        if let Some(entity) = entities.get_mut(mentions[index].entity.index()) {
            entity.mentions.push(index);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(start: usize, end: usize, id: &str) -> TermSpan {
        TermSpan { span: Span::new(start, end), id: id.to_owned(), term: id.to_uppercase() }
    }

    fn with_organization(start: usize, end: usize) -> Recognition {
        let entity = EntityId(0);
        let span = Span::new(start, end);
        Recognition {
            mentions: vec![Mention { span, kind: Kind::Organization, entity, parent: None }],
            entities: vec![Entity {
                kind: Kind::Organization,
                name: "市委".to_owned(),
                mentions: vec![0],
                facts: Vec::new(),
            }],
        }
    }

    #[test]
    fn mentions_of_one_term_share_an_entity() {
        let found = overlay_terms(Recognition::default(), &[term(9, 11, "a"), term(2, 4, "a")]);
        assert_eq!(found.entities.len(), 1);
        assert_eq!(found.entities[0].mentions, [0, 1]);
        assert_eq!(found.mentions[0].span, Span::new(2usize, 4usize));
    }

    #[test]
    fn a_term_inside_a_name_is_nested_and_breaks_nothing() {
        let found = overlay_terms(with_organization(0, 8), &[term(2, 4, "a")]);
        assert_eq!(found.mentions[0].kind, Kind::Organization);
        assert_eq!(found.mentions[1].parent, Some(0));
    }

    #[test]
    fn a_term_across_the_edge_of_a_name_is_left_out() {
        assert_eq!(overlay_terms(with_organization(0, 3), &[term(2, 5, "a")]).mentions.len(), 1);
    }

    #[test]
    fn a_name_that_is_a_term_keeps_its_kind_and_is_defined() {
        let found = overlay_terms(with_organization(0, 3), &[term(0, 3, "a")]);
        assert_eq!(found.mentions.len(), 1);
        assert_eq!(found.entities[0].facts[0].value, "a");
    }
}
