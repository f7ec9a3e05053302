//! The card: who or what a mention is in this article, or what a term means; one page opened from
//! another, with a way back.

use super::element::{El, button, classed, el};
use super::entity_card::entity_card;
use super::floating::{Behavior, close_button, floating};
use super::hover;
use super::mentions::note_button;
use super::seal::seal;
use super::session::{Session, Toast, Undo};
use super::strings::Lang;
use super::study::{CardPage, Study};
use super::term_card::{term_buttons, term_card};
use crate::dom;
use crate::lexicon::Kind;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

/// The open card, if one is.
pub fn card(session: Session) -> Option<El> {
    let card = session.card.get()?;
    let study = session.study()?;
    let page = card.pages.last()?;
    let (kind, body) = match page {
        CardPage::Entity(id) => {
            let entity = study.recognition.entities.get(id.index())?;
            (entity.kind, entity_card(session, &study, *id, card.mention?)?)
        }
        CardPage::Term(id) => (Kind::Term, term_card(session, &study, id, card.mention)),
    };
    let name = name_of(&study, page);
    let is_inner = card.pages.len() > 1;
    let back = is_inner
        .then(|| button("quiet back", move || session.close_page()).label(session, Lang::back).text("‹"));
    let head = classed("header", "card-head")
        .children(back)
        .child(seal(kind))
        .child(el("h2").attr("lang", "zh-Hans").text(name.as_str()))
        .child(classed("p", "card-kind").text_live(move || session.lang.get().kind(kind).to_owned()))
        .child(close_button(session, move || session.close_card(true)));
    let buttons = match page {
        CardPage::Term(id) => term_buttons(session, &study, id),
        CardPage::Entity(_) => Vec::new(),
    };
    let foot = classed("footer", "card-foot")
        .children(card.hovered.then(|| no_hover(session)))
        .children(buttons)
        .children(card.mention.map(|mention| note_button(session, mention)));
    let mention = card.mention;
    let behavior = if card.hovered { Behavior::Hovered } else { Behavior::Dialog };
    Some(
        floating(session, "card", behavior, card.anchor)
            .attr("aria-label", name)
            .attr("aria-describedby", "meaning")
            .attr_live("data-pinned", move || session.terms.pinned.get().then(String::new))
            .on("pointerenter", move |_| hover::stay(session))
            .on("pointerleave", move |_| hover::leave(session))
            // A click in it makes it stay, and so does a keyboard that got into it.
            .on("pointerdown", move |_| session.terms.pinned.set(true))
            .on("focusin", move |_| session.terms.pinned.set(true))
            .on("keydown", move |event| {
                if let Some(mention) = mention.filter(|_| leaves_by_tab(&event)) {
                    event.prevent_default();
                    session.focus_mention(mention);
                }
            })
            .child(head)
            .children(is_inner.then(|| trail(session, &study, &card.pages)))
            .children(body)
            .child(foot),
    )
}

/// Whether Tab goes past the last control of a box, or Shift+Tab before the first. The box stands in the page
/// beside what it is about, and in the document far from it.
fn leaves_by_tab(event: &Event) -> bool {
    let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| key.key() == "Tab") else { return false };
    let within = event.current_target().and_then(|it| it.dyn_into::<Element>().ok());
    let mut controls = within.map(|it| dom::elements(&it, "a[href], button, summary")).unwrap_or_default();
    controls.retain(|control| control.offset_width() > 0);
    let (edge, focused) = (if key.shift_key() { controls.first() } else { controls.last() }, dom::focused());
    edge == focused.as_ref() || key.shift_key() && focused.is_some_and(|it| it.has_attribute("popover"))
}

/// The pages from the first to the one that is shown: how deep it is, and the way back to each.
fn trail(session: Session, study: &Study, pages: &[CardPage]) -> El {
    let last = pages.len() - 1;
    let steps = pages.iter().enumerate().map(|(at, page)| {
        let name = name_of(study, page);
        if at == last {
            return el("li").attr("aria-current", "page").text(name);
        }
        let page = page.clone();
        el("li").child(button("link", move || session.open_page(page.clone())).text(name))
    });
    let steps = el("ol").attr("lang", "zh-Hans").children(steps);
    classed("nav", "trail").attr_say("aria-label", session, Lang::trail).child(steps)
}

fn name_of(study: &Study, page: &CardPage) -> String {
    match page {
        CardPage::Entity(id) => study.recognition.entities.get(id.index()).map(|entity| entity.name.clone()),
        CardPage::Term(id) => Some(study.glossary.head(id).map_or(id.as_str(), |head| head.term).to_owned()),
    }
    .unwrap_or_default()
}

/// From now on a resting pointer opens nothing.
fn no_hover(session: Session) -> El {
    let off = move || {
        session.choose_hover(false);
        session.toast.set(Some(Toast { text: session.lang.now().hover_is_off(), undo: Undo::Hover }));
    };
    // Once is enough.
    let hidden = move || session.terms.hover_off.get().then(String::new);
    button("quiet no-hover", off)
        .attr_say("title", session, Lang::no_hover_why)
        .attr_live("hidden", hidden)
        .say(session, Lang::no_hover)
}
