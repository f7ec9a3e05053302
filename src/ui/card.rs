//! The card: who or what a mention is in this article, or what a term means; one page opened from
//! another, with a way back.

use super::element::{El, button, classed, el};
use super::entity_card::entity_card;
use super::floating::{Behavior, close_button, floating};
use super::seal::seal;
use super::session::{CardPage, Session, Study};
use super::strings::Lang;
use super::term_card::term_card;
use crate::lexicon::Kind;

/// The open card, if one is.
pub fn card(session: Session) -> Option<El> {
    let card = session.card.get()?;
    let study = session.study()?;
    let depth = card.pages.len();
    let (kind, name, body) = match card.pages.last()? {
        CardPage::Entity(id) => {
            let entity = study.recognition.entities.get(id.index())?;
            (entity.kind, entity.name.clone(), entity_card(session, &study, *id, card.mention)?)
        }
        CardPage::Term(id) => {
            (Kind::Term, term_name(&study, id), term_card(session, &study, id, card.mention))
        }
    };
    let back = (depth > 1)
        .then(|| button("quiet back", move || session.close_page()).label(session, Lang::back).text("‹"));
    let head = classed("header", "card-head")
        .children(back)
        .child(seal(kind))
        .child(el("h2").attr("lang", "zh-Hans").text(name.as_str()))
        .child(classed("p", "card-kind").text_live(move || session.lang.get().kind(kind).to_owned()))
        .child(close_button(session, move || session.close_card(true)));
    Some(
        floating(session, "card", Behavior::Dialog, card.anchor)
            .attr("aria-label", name)
            .child(head)
            .children(body),
    )
}

/// A term's own name.
fn term_name(study: &Study, id: &str) -> String {
    study.glossary.term(id).map_or_else(|| id.to_owned(), |term| term.term)
}
