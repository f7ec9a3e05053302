//! Which mentions name the same thing, and what the article says of it.

use super::{Entity, EntityId, Fact, Found, Mention, Recognition, Relation, reader::Reader};
use crate::lexicon::{Division, Kind};
use crate::text::Span;

pub(super) fn resolve(reader: &Reader<'_>, found: Vec<Found>) -> Recognition {
    let mut recognition = Recognition::default();
    let mut around: Vec<usize> = Vec::new();
    for (index, Found { span, kind }) in found.into_iter().enumerate() {
        let entity = entity_of(reader, &mut recognition.entities, span, kind);
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

/// The entity of a span, made where there is none of that name yet.
fn entity_of(reader: &Reader<'_>, entities: &mut Vec<Entity>, span: Span, kind: Kind) -> EntityId {
    let name = match kind {
        Kind::Place => match division(reader, span) {
            Some(division) => division.name.to_owned(),
            None => text(reader, span),
        },
        _ => text(reader, span),
    };
    let known = entities.iter().position(|entity| entity.kind == kind && entity.name == name);
    let index = known.unwrap_or_else(|| {
        entities.push(Entity { kind, name, mentions: Vec::new(), facts: Vec::new() });
        entities.len() - 1
    });
    EntityId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// The words of a span, without the blanks that typesetting left in them.
fn text(reader: &Reader<'_>, span: Span) -> String {
    let chars = reader.chars.get(span.range()).unwrap_or_default();
    chars.iter().filter(|c| !c.is_whitespace()).collect()
}

fn division(reader: &Reader<'_>, span: Span) -> Option<Division> {
    let chars = reader.chars.get(span.range())?;
    let (len, number) = reader.gazetteer.places.longest(chars)?;
    (len == chars.len()).then(|| reader.gazetteer.divisions.get(number).copied()).flatten()
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
fn holds(recognition: &mut Recognition, role: usize, person: usize) {
    let (role, person_mention) = (recognition.mentions[role].clone(), recognition.mentions[person].clone());
    let evidence = Some(Span::new(role.span.start(), person_mention.span.end()));
    let organs = recognition
        .mentions
        .iter()
        .filter(|inner| inner.kind == Kind::Organization && role.span.contains(inner.span));
    let held_by: Vec<EntityId> = organs.map(|organ| organ.entity).chain([role.entity]).collect();
    add(recognition, person_mention.entity, Relation::HoldsRole, role.entity, evidence);
    for entity in held_by {
        add(recognition, entity, Relation::HeldBy, person_mention.entity, evidence);
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
    let organs: Vec<(EntityId, String)> = recognition
        .entities
        .iter()
        .enumerate()
        .filter(|(_, entity)| entity.kind == Kind::Organization)
        .map(|(index, entity)| (EntityId(index as u32), entity.name.clone()))
        .collect();
    for (inner, name) in &organs {
        let outer = organs
            .iter()
            .filter(|(id, outer)| id != inner && name.starts_with(outer.as_str()))
            .max_by_key(|(_, outer)| outer.len());
        if let Some((outer, _)) = outer {
            add(recognition, *inner, Relation::PartOf, *outer, None);
        }
    }
}

/// A place lies in its province; and the organs of “the” city or province are those of the article's
/// own place, which is inferred: the only city that the article speaks of.
fn places(reader: &Reader<'_>, recognition: &mut Recognition) {
    let division_named =
        |name: &str| reader.gazetteer.divisions.iter().find(|division| division.name == name);
    let mut cities: Vec<Division> = Vec::new();
    for entity in recognition.entities.iter_mut().filter(|entity| entity.kind == Kind::Place) {
        let Some(division) = division_named(&entity.name) else { continue };
        if !division.province.is_empty() {
            cities.push(*division);
            entity.facts.push(part_of(division.province));
        }
    }
    let [own] = cities[..] else { return };
    for entity in recognition.entities.iter_mut().filter(|entity| entity.kind == Kind::Organization) {
        let of = match entity.name.chars().next() {
            Some('市') => own.name,
            Some('省') => own.province,
            _ => continue,
        };
        entity.facts.push(Fact { inferred: true, ..part_of(of) });
    }
}

/// A division lies within another: what everyone knows, so that no words of the article say it.
fn part_of(name: &str) -> Fact {
    Fact { relation: Relation::PartOf, value: name.to_owned(), target: None, evidence: None, inferred: false }
}
