//! The card of an entity: its kind, what the article says of it, what it contains, where it stands.

use super::element::{El, button, classed, el};
use super::mentions::mentions;
use super::seal::seal;
use super::session::Session;
use super::strings::Lang;
use super::study::{CardPage, Study};
use super::term_card::term_body;
use crate::lexicon::Kind;
use crate::recognition::{Entity, EntityId, Fact, Relation};
use crate::text::{Span, sentence_around};

/// How many code points of a sentence a card quotes on each side of the evidence.
const AROUND: usize = 36;

/// One entity of the article, as it stands at a mention.
pub fn entity_card(session: Session, study: &Study, id: EntityId, mention: usize) -> Option<Vec<El>> {
    let entity = study.recognition.entities.get(id.index())?;
    let mut parts: Vec<El> = facts(session, study, entity).into_iter().collect();
    let term = entity.facts.iter().find(|fact| fact.relation == Relation::DefinedAs);
    parts.extend(term.map(|fact| {
        let heading = el("h3").say(session, Lang::glossary_entry);
        el("section").child(heading).child(term_body(session, study, &fact.value))
    }));
    parts.extend(inner(session, study, mention, id));
    parts.extend(mentions(session, study, &entity.mentions, Some(mention)));
    Some(parts)
}

/// What the article says of the entity, each kind of fact with a sentence that says it.
fn facts(session: Session, study: &Study, entity: &Entity) -> Option<El> {
    let chars: Vec<char> = study.article.text().as_str().chars().collect();
    // Roles stand together, as the article strings them together.
    let mut groups: Vec<(Relation, Vec<&Fact>)> = Vec::new();
    for fact in entity.facts.iter().filter(|fact| fact.relation != Relation::DefinedAs) {
        match groups.iter_mut().find(|(relation, _)| *relation == fact.relation) {
            Some((_, facts)) => facts.push(fact),
            None => groups.push((fact.relation, vec![fact])),
        }
    }
    if groups.is_empty() {
        return None;
    }
    let mut quoted = None;
    let (mut list, of) = (el("dl"), entity.kind);
    for (relation, facts) in groups {
        let evidence = facts.iter().find_map(|fact| fact.evidence);
        let sentence =
            evidence.map(|span| sentence_around(&chars, span)).filter(|span| quoted != Some(*span));
        quoted = sentence.or(quoted);
        let quote = sentence.zip(evidence).map(|(sentence, evidence)| quote(study, sentence, evidence));
        // Which place lies in which everyone knows: it may stand nowhere in the article.
        let is_background = of == Kind::Place && relation == Relation::PartOf;
        let values = facts.into_iter().map(|fact| {
            fact_item(session, study, fact).children(
                is_background
                    .then(|| flag(session, Lang::background, Lang::background_why))
                    .filter(|_| fact.evidence.is_none() && !fact.inferred),
            )
        });
        let values = classed("ul", "facts").attr("lang", "zh-Hans").children(values);
        list = list
            .child(el("dt").text_live(move || session.lang.get().relation(relation, of).to_owned()))
            .child(el("dd").child(values).children(quote));
    }
    Some(el("section").child(el("h3").say(session, Lang::said_of_it)).child(list))
}

fn fact_item(session: Session, study: &Study, fact: &Fact) -> El {
    let item = match fact.target.map(|target| study.page_of(target)) {
        Some(page) => {
            let open = button("link", move || session.open_page(page.clone()));
            el("li").child(open.text(fact.value.as_str()))
        }
        None => el("li").text(fact.value.as_str()),
    };
    item.children(fact.inferred.then(|| flag(session, Lang::inferred, Lang::inferred_why)))
}

fn flag(session: Session, says: fn(Lang) -> &'static str, why: fn(Lang) -> &'static str) -> El {
    classed("span", "flag")
        .attr_say("lang", session, Lang::tag)
        .attr_say("title", session, why)
        .say(session, says)
}

/// The sentence with the evidence marked, cut to what a card can hold.
fn quote(study: &Study, sentence: Span, evidence: Span) -> El {
    let text = study.article.text();
    let start = sentence.start().index().max(evidence.start().index().saturating_sub(AROUND));
    let end = sentence.end().index().min(evidence.end().index() + AROUND);
    let mut before = text.slice(Span::new(start, evidence.start())).to_owned();
    let mut after = text.slice(Span::new(evidence.end(), end)).to_owned();
    if start > sentence.start().index() {
        before.insert_str(0, "……");
    }
    if end < sentence.end().index() {
        after.push_str("……");
    }
    let marked = el("mark").text(text.slice(evidence));
    el("blockquote").attr("lang", "zh-Hans").text(before).child(marked).text(after)
}

/// The entities and terms that the mention's words contain, leading to their own pages.
fn inner(session: Session, study: &Study, mention: usize, of: EntityId) -> Option<El> {
    let all = &study.recognition.mentions;
    let outer = all.get(mention).filter(|outer| outer.entity == of)?;
    let mut seen: Vec<CardPage> = Vec::new();
    let mut chips = Vec::new();
    for inner in all.iter().skip(mention + 1).take_while(|inner| inner.span.start() < outer.span.end()) {
        let page = study.page_of(inner.entity);
        if inner.span.len() < outer.span.len() && inner.entity != of && !seen.contains(&page) {
            seen.push(page.clone());
            chips.push(chip(inner.kind, study.article.text().slice(inner.span), move || {
                session.open_page(page.clone())
            }));
        }
    }
    let chips =
        (!chips.is_empty()).then(|| classed("ul", "chips").attr("lang", "zh-Hans").children(chips))?;
    Some(el("section").child(el("h3").say(session, Lang::inside)).child(chips))
}

/// A button with the seal of a kind, in a list item.
pub fn chip(kind: Kind, name: &str, action: impl FnMut() + 'static) -> El {
    el("li").child(button("chip", action).child(seal(kind)).text(name))
}
