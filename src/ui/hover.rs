//! Cards that a resting mouse opens, and that go when it leaves. A finger has no rest: it taps.

use super::article_view::mention_of;
use super::session::Session;
use crate::dom;
use wasm_bindgen::JsCast;
use web_sys::{Event, PointerEvent};

/// How long the pointer rests on a word before its card opens, and how long it may be away before the
/// card goes, in ms.
const REST: u32 = 300;
/// The same while a card is open already, in ms: at once for the eye, and still the way to the card may
/// lead over another word.
const PASSING: u32 = 60;

/// The pointer moves over something of the article. Words that come to lie under a pointer that does not
/// move, as a card closes or the page scrolls, are not pointed at.
pub fn over(session: Session, event: &Event) {
    if let Some(mention) = mention_of(session, event).filter(|_| is_free_mouse(event)) {
        over_mention(session, mention);
    }
}

/// The pointer moves over words that are painted, or over others: `None`.
pub fn over_painted(session: Session, mention: Option<usize>) {
    let before = session.state().noting.over_mention.replace(mention);
    match mention {
        Some(mention) => over_mention(session, mention),
        None if before.is_some() => leave(session),
        None => {}
    }
}

fn over_mention(session: Session, mention: usize) {
    if session.terms.hover_off.now() || is_busy(session) {
        return;
    }
    let open = session.card.peek(|card| card.as_ref().map(|card| card.mention));
    if open == Some(Some(mention)) {
        return stay(session);
    }
    let is_waiting =
        session.state().terms.pointer.borrow().as_ref().is_some_and(|(over, _)| *over == Some(mention));
    if !is_waiting {
        let time = if open.is_some() { PASSING } else { REST };
        wait(session, time, Some(mention));
    }
}

/// The pointer left something of the article.
pub fn out(session: Session, event: &Event) {
    if mention_of(session, event).is_some() {
        leave(session);
    }
}

/// The pointer left the card, or the word that it stands at.
pub fn leave(session: Session) {
    if is_pinned(session) || session.card.peek(Option::is_none) {
        return stay(session);
    }
    wait(session, REST, None);
}

/// Whatever was about to happen does not: the pointer is where it should be, or a button is pressed.
pub fn stay(session: Session) {
    session.state().terms.pointer.borrow_mut().take();
}

fn is_pinned(session: Session) -> bool {
    session.terms.pinned.now() && session.card.peek(Option::is_some)
}

/// The reader is at something that a card of a resting pointer would be in the way of.
fn is_busy(session: Session) -> bool {
    is_pinned(session)
        || session.selection.peek(Option::is_some)
        || session.noting.choosing.peek(Option::is_some)
}

/// Whether an event is of a mouse that nothing is pressed on.
pub fn is_free_mouse(event: &Event) -> bool {
    event
        .dyn_ref::<PointerEvent>()
        .is_some_and(|event| event.pointer_type() == "mouse" && event.buttons() == 0)
}

/// In a while, opens the card of a mention, or with `None` closes the one that is open.
fn wait(session: Session, time: u32, mention: Option<usize>) {
    let act = move || {
        stay(session);
        match mention {
            // It was clicked on in the meantime, or words were selected.
            _ if is_busy(session) => {}
            Some(mention) => session.hover_mention(mention),
            None => session.close_card(false),
        }
    };
    *session.state().terms.pointer.borrow_mut() = Some((mention, dom::after(time, act)));
}
