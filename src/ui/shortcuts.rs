//! [`Listeners`]: what the interface hears from the page outside its own elements. All of it is gone
//! when the value is dropped.

use super::article_view::{mention_of, selection_rect};
use super::field::Field;
use super::floating::place_again;
use super::glossary_panel;
use super::notebook_panel;
use super::print;
use super::session::Session;
use crate::annotation::Color;
use crate::dom;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, HtmlElement, KeyboardEvent, PointerEvent, ResizeObserver};

/// Narrower than this (CSS px), the margin becomes a sheet.
const WIDE: f64 = 900.0;
/// What the element itself needs to hold text and margin side by side, in CSS px.
const WIDE_ELEMENT: f64 = 820.0;
/// How long a selection rests before its toolbar opens, in ms.
const SELECTION_REST: u32 = 150;

/// The listeners on the document and the element's size.
pub struct Listeners {
    _events: Vec<EventListener>,
    resize: ResizeObserver,
    _on_resize: Closure<dyn FnMut()>,
}

impl Listeners {
    /// Starts to listen for a session's element.
    pub fn new(session: Session, host: &HtmlElement) -> Option<Self> {
        let document = dom::document();
        let rest = Rc::new(RefCell::new(None::<Timeout>));
        let on_selection = move |_: &Event| {
            // A selection in the making: wait until it rests.
            let look = move || look_at_selection(session);
            *rest.borrow_mut() = Some(Timeout::new(SELECTION_REST, look));
        };
        let own = host.clone();
        let capture = EventListenerOptions::run_in_capture_phase();
        let active = EventListenerOptions { phase: gloo::events::EventListenerPhase::Bubble, passive: false };
        let on_press = move |event: &Event| {
            if let Some(pointer) = event.dyn_ref::<PointerEvent>() {
                session.noting.touch.set(pointer.pointer_type() == "touch");
            }
            close_on_press_outside(session, &own, event);
        };
        let on_key = move |event: &Event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                on_document_key(session, event);
            }
        };
        let mut events = vec![
            EventListener::new(&document, "selectionchange", on_selection),
            EventListener::new_with_options(&document, "pointerdown", capture, on_press),
            EventListener::new_with_options(&document, "keydown", active, on_key),
        ];

        if let Some(root) = host.shadow_root() {
            events.extend(print::listen(session, root));
        }
        let watched = host.clone();
        let on_resize = Closure::<dyn FnMut()>::new(move || {
            // In the next frame: what changes a size while sizes are observed is observed again.
            let watched = watched.clone();
            leptos::prelude::request_animation_frame(move || {
                if watched.is_connected() {
                    fit(session, &watched);
                }
            });
        });
        let resize = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        resize.observe(host);
        Some(Self { _events: events, resize, _on_resize: on_resize })
    }
}

impl Drop for Listeners {
    fn drop(&mut self) {
        self.resize.disconnect();
    }
}

fn look_at_selection(session: Session) {
    let selected = session.map().and_then(|map| {
        let span = dom::selected_span(&map)?;
        Some((span, selection_rect(&map, span)?))
    });
    if session.selection.peek(|now| *now != selected) {
        session.selection.set(selected);
    }
}

/// Finds out whether there is room for the margin, and places every box anew.
fn fit(session: Session, host: &HtmlElement) {
    let view = dom::viewport();
    session.wide.set(view.width >= WIDE && f64::from(host.client_width()) >= WIDE_ELEMENT);
    session.replace_boxes();
    if let Some(root) = host.shadow_root() {
        place_again(session, &root);
    }
}

/// A press outside the card closes it; one inside the element's own boxes does not.
fn close_on_press_outside(session: Session, host: &HtmlElement, event: &Event) {
    let in_shadow = event.composed_path().iter().any(|target| {
        target.dyn_ref::<web_sys::ShadowRoot>().is_some_and(|root| Some(root) == host.shadow_root().as_ref())
    });
    if in_shadow {
        return;
    }
    // A press on the words of the card is the beginning of a click that makes it stay.
    let at = mention_of(event);
    if at.is_none() || session.card.peek(|card| card.as_ref().is_none_or(|card| card.mention != at)) {
        session.close_card(false);
    }
    session.noting.choosing.set(None);
    session.panel.set(false);
    session.noting.panel.set(false);
    session.terms.panel.set(false);
    session.help.set(false);
}

fn on_document_key(session: Session, event: &KeyboardEvent) {
    if dom::is_composing(event) || event.default_prevented() {
        return;
    }
    if event.key() == "Escape" {
        if session.noting.choosing.peek(Option::is_some) {
            session.noting.choosing.set(None);
        } else if session.card.peek(Option::is_some) {
            // A card that a pointer opened has not taken the focus.
            session.close_card(session.terms.pinned.now());
        } else if session.terms.panel.now() {
            glossary_panel::close(session);
        } else if session.help.now() {
            session.help.set(false);
        } else if session.panel.now() {
            session.panel.set(false);
        } else if session.noting.panel.now() {
            notebook_panel::close(session);
        } else if session.noting.attaching.peek(Option::is_some) {
            session.find_words(None);
        } else if session.selection.peek(Option::is_some) {
            session.selection.set(None);
        } else if let Some(id) = session.active.now() {
            // Whoever is in the note goes back to its words; whoever reads on stays where they are.
            if is_in_interface(session, event) {
                session.to_text(&id);
            }
            session.active.set(None);
        }
        return;
    }
    if !dom::has_modifier(event)
        && !session.shortcuts_off.now()
        && !dom::is_editable(event)
        && on_single_key(session, &event.key())
    {
        event.prevent_default();
        return;
    }
    let control = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    let key = event.key().to_ascii_lowercase();
    if control && matches!(key.as_str(), "z" | "y") && !dom::is_editable(event) {
        let is_redo = event.shift_key() || key == "y";
        // Ours only when there is something of ours to take back.
        let can = session
            .with_notebook(|notebook| if is_redo { notebook.can_redo() } else { notebook.can_undo() })
            .unwrap_or_default();
        if can {
            event.prevent_default();
            if is_redo { session.redo() } else { session.undo() }
        }
    }
}

/// Whether a key was pressed in the shadow root: from outside, that is the element itself.
fn is_in_interface(session: Session, event: &KeyboardEvent) -> bool {
    let host = session.map().and_then(|map| map.root().closest("bianzhu-article").ok().flatten());
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some() && target == host
}

/// Opens a panel, in place of any other, or closes it.
fn toggle(session: Session, panel: Field<bool>) {
    let open = !panel.now();
    for other in [session.panel, session.noting.panel, session.terms.panel] {
        other.set(false);
    }
    panel.set(open);
}

/// Does what a key without Ctrl stands for; answers whether it stands for anything.
fn on_single_key(session: Session, key: &str) -> bool {
    match key {
        "n" => step(session, 1),
        "p" => step(session, -1),
        "j" => return session.step_note(1),
        "k" => return session.step_note(-1),
        "h" | "1" => return session.note_here(Color::Yellow, false),
        "2" => return session.note_here(Color::Green, false),
        "3" => return session.note_here(Color::Blue, false),
        "4" => return session.note_here(Color::Pink, false),
        "c" => return session.note_here(Color::Yellow, true),
        "e" => toggle(session, session.panel),
        "m" => toggle(session, session.noting.panel),
        // With a Chinese input method the mark is a wide one.
        "?" | "？" => session.help.update(|open| *open = !*open),
        _ => return false,
    }
    true
}

/// To the next or previous mention: of what the open card shows, or of anything marked in the text.
fn step(session: Session, by: isize) {
    if session.step_card(by) {
        return;
    }
    let Some(map) = session.map() else { return };
    let marked = dom::elements(map.root(), "[data-mention]:not([data-unmarked])");
    let focused = dom::document().active_element();
    let at = marked.iter().position(|mention| focused.as_deref() == Some(mention));
    let next = match (at, by > 0) {
        (Some(at), true) => at + 1,
        (Some(at), false) => at.wrapping_sub(1),
        // From what is read now.
        (None, is_forward) => {
            let below = marked.partition_point(|mention| dom::rect_of(mention).top() < 0.0);
            if is_forward { below } else { below.wrapping_sub(1) }
        }
    };
    if let Some(mention) = marked.get(next) {
        dom::scroll_into_view(mention);
        dom::focus(mention);
    }
}
