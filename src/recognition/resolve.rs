//! Which mentions name the same thing, and what the article says of it.

use super::{Entity, EntityId, Fact, Found, Mention, Recognition, Relation};
use crate::lexicon::{Gazetteer, Kind};
use crate::sort::sort_by_key;
use crate::text::Span;

/// A text and what is known of its places.
struct Reader<'text> {
    chars: &'text [char],
    gazetteer: &'text Gazetteer,
}

pub(super) fn resolve(chars: &[char], gazetteer: &Gazetteer, found: Vec<Found>) -> Recognition {
    let reader = &Reader { chars, gazetteer };
    let mut recognition = Recognition::default();
    let (mut known, mut around): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (index, Found { span, kind }) in found.into_iter().enumerate() {
        let entity = entity_of(reader, &mut recognition.entities, &mut known, span, kind);
        while around.last().is_some_and(|&outer| !recognition.mentions[outer].span.contains(span)) {
            around.pop();
        }
        recognition.mentions.push(Mention { span, kind, entity, parent: around.last().copied() });
        recognition.entities[entity.index()].mentions.push(index);
        around.push(index);
    }
    offices(reader, &mut recognition);
    inner_organs(&mut recognition);
    places(reader, &mut recognition);
    recognition
}

/// The entity of a span, made where there is none of that name yet. `known` holds the entities'
/// indices in the order of kind and name.
fn entity_of(
    reader: &Reader<'_>,
    entities: &mut Vec<Entity>,
    known: &mut Vec<usize>,
    span: Span,
    kind: Kind,
) -> EntityId {
    let name = match kind {
        Kind::Place => match division(reader, span) {
            Some(division) => reader.gazetteer.divisions[division].name(),
            None => text(reader, span),
        },
        _ => text(reader, span),
    };
    let place = known.binary_search_by(|&index| {
        (entities[index].kind, entities[index].name.as_str()).cmp(&(kind, name.as_str()))
    });
    let index = match place {
        Ok(at) => known[at],
        Err(at) => {
            known.insert(at, entities.len());
            entities.push(Entity { kind, name, mentions: Vec::new(), facts: Vec::new() });
            entities.len() - 1
        }
    };
    EntityId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// The words of a span, without the blanks that typesetting left in them.
fn text(reader: &Reader<'_>, span: Span) -> String {
    let chars = reader.chars.get(span.range()).unwrap_or_default();
    chars.iter().filter(|c| !c.is_whitespace()).collect()
}

fn division(reader: &Reader<'_>, span: Span) -> Option<usize> {
    reader.gazetteer.place(reader.chars.get(span.range())?)
}

/// The offices strung together right before a name are that person's.
fn offices(reader: &Reader<'_>, recognition: &mut Recognition) {
    let mut chain: Vec<usize> = Vec::new();
    for index in 0..recognition.mentions.len() {
        let mention = recognition.mentions[index].clone();
        if mention.parent.is_some() {
            continue;
        }
        let last = chain.last().map(|&role| recognition.mentions[role].span.end().index());
        let gap = last.map(|end| reader.chars.get(end..mention.span.start().index()).unwrap_or_default());
        match mention.kind {
            Kind::Role => {
                if !matches!(gap, Some(['、' | '兼'] | [])) {
                    chain.clear();
                }
                chain.push(index);
            }
            Kind::Person => {
                if matches!(gap, Some([])) {
                    for &role in &chain {
                        holds(recognition, role, index);
                    }
                }
                chain.clear();
            }
            _ => chain.clear(),
        }
    }
}

/// Tells both sides that a person holds an office, and the organ in it who belongs to it.
fn holds(recognition: &mut Recognition, role_index: usize, person_index: usize) {
    let role = recognition.mentions[role_index].clone();
    let person = recognition.mentions[person_index].clone();
    let evidence = Some(Span::new(role.span.start(), person.span.end()));
    let organs = recognition
        .mentions
        .iter()
        .skip(role_index + 1)
        .take_while(|inner| inner.span.start() < role.span.end())
        .filter(|inner| inner.kind == Kind::Organization && role.span.contains(inner.span));
    let held_by: Vec<EntityId> = organs.map(|organ| organ.entity).chain([role.entity]).collect();
    add(recognition, person.entity, Relation::HoldsRole, role.entity, evidence);
    for entity in held_by {
        add(recognition, entity, Relation::HeldBy, person.entity, evidence);
    }
}

/// A stated fact about `of`, once.
fn add(
    recognition: &mut Recognition,
    of: EntityId,
    relation: Relation,
    target: EntityId,
    evidence: Option<Span>,
) {
    let value = recognition.entities[target.index()].name.clone();
    let entity = &mut recognition.entities[of.index()];
    if !entity.facts.iter().any(|fact| fact.relation == relation && fact.value == value) {
        entity.facts.push(Fact { relation, value, target: Some(target), evidence, inferred: false });
    }
}

/// 省政府办公厅 is part of 省政府 where the article names that too.
fn inner_organs(recognition: &mut Recognition) {
    let organs = recognition.entities.iter().enumerate();
    let organs = organs.filter(|(_, entity)| entity.kind == Kind::Organization);
    let mut organs: Vec<(String, EntityId)> =
        organs.map(|(index, entity)| (entity.name.clone(), EntityId(index as u32))).collect();
    sort_by_key(&mut organs, |(name, _)| name.clone());
    for (name, inner) in &organs {
        let shorter: Vec<&str> = name.char_indices().skip(2).map(|(end, _)| &name[..end]).collect();
        let find = |outer: &str| organs.binary_search_by(|(name, _)| name.as_str().cmp(outer)).ok();
        if let Some(outer) = shorter.into_iter().rev().find_map(find) {
            add(recognition, *inner, Relation::PartOf, organs[outer].1, None);
        }
    }
}

/// A place lies in its province; and the organs of “the” city or province are those of the article's
/// own place, which is inferred: the only city that the article speaks of.
fn places(reader: &Reader<'_>, recognition: &mut Recognition) {
    let divisions = &reader.gazetteer.divisions;
    for index in 0..recognition.entities.len() {
        let entity = &recognition.entities[index];
        if entity.kind != Kind::Place {
            continue;
        }
        let mut place = reader.gazetteer.place(&entity.name.chars().collect::<Vec<_>>());
        while let Some(parent) = place.and_then(|place| divisions[place].parent) {
            recognition.entities[index].facts.push(part_of(&divisions[parent].name()));
            place = Some(parent);
        }
    }
}

/// A division lies within another: what everyone knows, so that no words of the article say it.
fn part_of(name: &str) -> Fact {
    Fact { relation: Relation::PartOf, value: name.to_owned(), target: None, evidence: None, inferred: false }
}
