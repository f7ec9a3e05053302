//! The menu at words that have several things on them: which of them is meant.

use super::element::{El, classed, el};
use super::floating::{Behavior, floating};
use super::layer::whose;
use super::noting::Choosing;
use super::seal::seal;
use super::session::Session;
use super::strings::Lang;
use super::toolbar::color_mark;
use crate::annotation::markup::plain;
use crate::dom;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

/// The menu, while the reader is to choose.
pub fn chooser(session: Session) -> Option<El> {
    let choosing = session.noting.choosing.get()?;
    let study = session.study()?;
    let mention = choosing.mention.and_then(|at| Some((at, study.recognition.mentions.get(at)?)));
    let mention = mention.map(|(at, mention)| {
        let name = study.recognition.entities.get(mention.entity.index()).map(|entity| entity.name.clone());
        let open = move || {
            session.noting.choosing.set(None);
            session.open_mention(at);
        };
        choice(open)
            .child(seal(mention.kind))
            .child(el("b").attr("lang", "zh-Hans").text(name.unwrap_or_default()))
    });
    let notes = choosing.notes.into_iter().filter_map(|id| {
        let placed = session.placed(&id)?;
        let whose = placed.is_of_layer.then(|| classed("span", "flag").text(whose(session, &placed.note)));
        let (note, is_own) = (placed.note, !placed.is_of_layer);
        let open = move || {
            session.noting.choosing.set(None);
            session.visit_note(&id);
        };
        let comment = (!note.comment.is_empty()).then(|| el("span").text(plain(&note.comment)));
        let quote = el("q").attr("lang", "zh-Hans").text(note.target.quote.exact.as_str());
        let mark = is_own.then(|| color_mark(note.color));
        Some(choice(open).children(mark).child(quote).children(comment).children(whose))
    });
    let link = choosing.link.map(|link| {
        let address = link.get_attribute("href").unwrap_or_default();
        let follow = move || {
            session.noting.choosing.set(None);
            // As if the reader had clicked on it where there is nothing of ours.
            session.state().noting.following.set(true);
            link.click();
            session.state().noting.following.set(false);
        };
        choice(follow)
            .child(el("b").say(session, Lang::follow_link))
            .child(el("span").attr("dir", "ltr").text(address))
    });
    let menu = classed("div", "choices-here")
        .attr("role", "menu")
        .attr_say("aria-label", session, Lang::choose_here)
        .on("keydown", move |event| on_key(session, &event))
        .children(mention)
        .children(notes)
        .children(link);
    Some(floating(session, "chooser", Behavior::Menu, choosing.anchor).child(menu))
}

fn choice(open: impl FnMut() + 'static) -> El {
    super::element::button("line", open).attr("role", "menuitem").attr("tabindex", "-1")
}

/// The arrows, Home and End lead through the menu; Tab and Escape lead out.
fn on_key(session: Session, event: &Event) {
    let (Some(key), Some(menu)) = (event.dyn_ref::<KeyboardEvent>(), menu_of(event)) else { return };
    let items = dom::elements(&menu, "[role=menuitem]");
    let focused = items.iter().position(|item| item.matches(":focus").unwrap_or_default());
    let (count, at) = (items.len(), focused.unwrap_or_default());
    let next = match key.key().as_str() {
        "ArrowDown" => (at + 1) % count.max(1),
        "ArrowUp" => (at + count.max(1) - 1) % count.max(1),
        "Home" => 0,
        "End" => count.saturating_sub(1),
        "Tab" | "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            return close(session);
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(item) = items.get(next) {
        dom::focus(item);
    }
}

fn menu_of(event: &Event) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

/// Closes the menu; the focus goes back to the mention, where there is one.
fn close(session: Session) {
    let choosing = session.noting.choosing.now();
    session.noting.choosing.set(None);
    match choosing {
        Some(Choosing { link: Some(link), .. }) => dom::focus(&link),
        Some(Choosing { mention: Some(mention), .. }) => session.focus_mention(mention),
        _ => {}
    }
}
