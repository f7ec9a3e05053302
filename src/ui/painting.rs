//! What is painted over the text: notes, layers, and in a page's own markup what it mentions.

use super::element::follow;
use super::session::Session;
use crate::dom::{self, Painted, Painter};
use crate::lexicon::Kind;

/// So many places are painted wherever they are; of more, those near the viewport. Each one costs the engine
/// time whenever it lays out or paints.
pub(super) const ALL: usize = 500;
/// How far beyond the viewport those are, in viewports.
pub(super) const NEAR: f64 = 1.5;

/// Keeps the text painted as things change. Each is painted apart: of thousands of notes, one is looked at.
pub fn paint(session: Session) {
    keep(session, layer);
    keep(session, notes);
    keep(session, looked_at);
    if session.is_painted {
        keep(session, mentions);
        keep(session, current);
    }
}

/// Keeps what is read painted, of very much what is near. What is read follows.
fn keep(session: Session, read: fn(Session) -> Vec<Painted>) {
    let painter = Painter::default();
    follow(move || {
        // Told of another map of the text.
        session.layer.track();
        let mut painted = read(session);
        let Some(map) = session.map() else { return };
        if painted.len() > ALL && !session.noting.on_paper.get() {
            let near = session.noting.near.get();
            let near = near.or_else(|| map.near(NEAR * dom::viewport().height));
            if let Some(near) = near {
                painted.retain(|(span, ..)| span.start() < near.end() && near.start() < span.end());
            }
        }
        painter.paint(&map, &painted);
    });
}

fn layer(session: Session) -> Vec<Painted> {
    session.layer.peek(|layer| {
        let spans = layer.notes.iter().filter_map(|placed| placed.anchoring.span());
        spans.map(|span| (span, "layer")).collect()
    })
}

fn notes(session: Session) -> Vec<Painted> {
    session.notes.with(|notes| {
        let placed = notes.iter().filter_map(|it| Some((it.anchoring.span()?, it.note.color.name())));
        placed.collect()
    })
}

fn looked_at(session: Session) -> Vec<Painted> {
    session.notes.track();
    let looked_at = [(session.noting.pointed.get(), "pointed"), (session.active.get(), "active")];
    let placed = looked_at
        .into_iter()
        .filter_map(|(id, style)| Some((session.placed(&id?)?.anchoring.span()?, style)));
    placed.collect()
}

fn mentions(session: Session) -> Vec<Painted> {
    session.phase.track();
    session.terms.unmarked.track();
    session.terms.known.track();
    let Some(study) = session.study() else { return Vec::new() };
    let mentions = study.recognition.mentions.iter().enumerate();
    let marked = mentions.filter(|(at, mention)| mention.parent.is_none() && session.is_marked(*at));
    let painted = marked.map(|(_, mention)| {
        let is_known = mention.kind == Kind::Term && session.is_known(&study, mention);
        (mention.span, if is_known { "known" } else { mention.kind.name() })
    });
    painted.collect()
}

/// The words that the open card stands at, or that the keys have come to.
fn current(session: Session) -> Vec<Painted> {
    let opened = session.card.with(|card| card.as_ref().and_then(|card| card.mention));
    let at = opened.or(session.current.get());
    let found = session.study().and_then(|study| {
        let shown = study.shown(at?)?;
        Some((study.recognition.mentions.get(shown)?.span, "current"))
    });
    found.into_iter().collect()
}
