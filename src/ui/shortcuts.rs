//! [`Listeners`]: what the interface hears from the page outside its own elements. All of it is gone
//! when the value is dropped.

use super::article_view::{self, mention_of, selection_rect};
use super::floating::{place_again, px};
use super::glossary_panel;
use super::help;
use super::notebook_panel;
use super::panel;
use super::print;
use super::session::{Session, forget};
use super::swallowed;
use crate::annotation::Color;
use crate::dom;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, Node, PointerEvent, ResizeObserver};

/// Narrower than this (CSS px), the margin becomes a sheet.
const WIDE: f64 = 900.0;
/// What the element itself needs to hold text and margin side by side, in CSS px.
const WIDE_ELEMENT: f64 = 820.0;
/// How long a selection rests before its toolbar opens, in ms.
const SELECTION_REST: u32 = 150;
/// Between the page's own text and the margin beside it, in CSS px.
const BESIDE: f64 = 40.0;
/// How wide the margin is, in CSS px: as in `margin.css`.
const MARGIN: f64 = 272.0;

thread_local! {
    /// The elements that listen on this page.
    static HOSTS: RefCell<Vec<HtmlElement>> = const { RefCell::new(Vec::new()) };
}

/// The listeners on the document and the element's size.
pub struct Listeners {
    host: HtmlElement,
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
            let look = move || session.look_at_selection();
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
        let reads = host.clone();
        let on_key = move |event: &Event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>()
                && is_meant(&reads)
            {
                on_document_key(session, event);
            }
        };
        let mut events = vec![
            EventListener::new(&document, "selectionchange", on_selection),
            EventListener::new_with_options(&document, "pointerdown", capture, on_press),
            EventListener::new_with_options(&document, "keydown", active, on_key),
        ];

        if let Some(root) = host.shadow_root() {
            events.extend(swallowed::listen(&root, move |event| {
                if let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| key.key() == "Escape") {
                    on_document_key(session, key);
                }
            }));
            events.extend(print::listen(session, root));
        }
        if session.is_painted {
            events.extend(article_view::listen(session, host));
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
        // The room beside an element of fixed width changes with the window.
        if let Some(root) = document.document_element() {
            resize.observe(&root);
        }
        HOSTS.with_borrow_mut(|hosts| hosts.push(host.clone()));
        // Before anything is shown: what comes up in one place and goes to another disturbs.
        fit(session, host);
        Some(Self { host: host.clone(), _events: events, resize, _on_resize: on_resize })
    }
}

impl Drop for Listeners {
    fn drop(&mut self) {
        self.resize.disconnect();
        HOSTS.with_borrow_mut(|hosts| hosts.retain(|host| *host != self.host));
    }
}

/// Whether a key is meant for this element: of several, for the one that has the focus, or else that is read.
fn is_meant(host: &HtmlElement) -> bool {
    HOSTS.with_borrow(|hosts| {
        let (focused, middle) = (dom::document().active_element(), dom::viewport().height / 2.0);
        let has_focus = |host: &&HtmlElement| host.contains(focused.as_deref());
        let is_read = |host: &&HtmlElement| {
            let rect = dom::rect_of(host);
            rect.top() <= middle && middle <= rect.bottom()
        };
        let meant = hosts.iter().find(has_focus).or_else(|| hosts.iter().find(is_read)).or(hosts.first());
        meant == Some(host)
    })
}

impl Session {
    /// Finds out what is selected now.
    pub fn look_at_selection(self) {
        let selected = self.map().and_then(|map| {
            let span = dom::selected_span(&map)?;
            Some((span, selection_rect(&map, span)?))
        });
        if self.selection.peek(|now| *now != selected) {
            self.selection.set(selected);
        }
    }
}

/// Finds out whether there is room for the margin, and places every box anew.
fn fit(session: Session, host: &HtmlElement) {
    let view = dom::viewport();
    let is_wide = if session.is_painted {
        view.width >= WIDE && has_room_beside(host, view.width)
    } else {
        view.width >= WIDE && f64::from(host.client_width()) >= WIDE_ELEMENT
    };
    session.wide.set(is_wide);
    session.narrow.set(view.width < WIDE);
    session.replace_boxes();
    if let Some(root) = host.shadow_root() {
        place_again(session, &root);
    }
}

/// Whether the page leaves room for the margin beside its own text, which is not moved: nothing else stands there,
/// and nothing around it cuts off what does. Tells the sheet where the margin begins.
fn has_room_beside(host: &HtmlElement, width: f64) -> bool {
    let own = dom::rect_of(host);
    let text = children(host).map(|child| dom::rect_of(&child).right()).fold(own.left(), f64::max);
    let app = host.shadow_root().and_then(|root| root.query_selector(".app").ok()?);
    if let Some(app) = app.and_then(|app| app.dyn_into::<HtmlElement>().ok()) {
        dom::set_style(&app, "--bz-beside", &px(text + BESIDE - own.left()));
    }
    let (left, right) = (text + BESIDE / 2.0, text + BESIDE + MARGIN);
    let mut inner: Element = host.clone().into();
    while let Some(outer) = inner.parent_element() {
        let is_in_the_way = |other: Element| {
            let rect = dom::rect_of(&other);
            other != inner
                && rect.left() < right
                && rect.right() > left
                && rect.top() < own.bottom()
                && rect.bottom() > own.top()
        };
        if children(&outer).any(is_in_the_way)
            || dom::cuts_off(&outer) && dom::rect_of(&outer).right() < right
        {
            return false;
        }
        inner = outer;
    }
    right <= width
}

fn children(element: &Element) -> impl Iterator<Item = Element> {
    let first = element.first_element_child();
    std::iter::successors(first, |child| child.next_element_sibling())
}

/// A press outside the card closes it; one inside the element's own boxes does not.
fn close_on_press_outside(session: Session, host: &HtmlElement, event: &Event) {
    // Not by the path: what is slotted has the shadow root on its own.
    let target = event.composed_path().get(0).dyn_into::<Node>().ok();
    if target.is_some_and(|target| article_view::is_of_interface(host, &target)) {
        return;
    }
    // A press on the words of the card is the beginning of a click that makes it stay. What is under a point is asked
    // for only where there is a card: it takes the engine a while.
    let open = session.card.peek(|card| card.as_ref().map(|card| card.mention));
    if open.is_some_and(|open| open.is_none() || open != mention_of(session, event)) {
        session.close_card(false);
    }
    // The focus is where the press was.
    forget(&session.state().before_panel);
    session.noting.choosing.set(None);
    session.current.set(None);
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
        if close_topmost(session, event) {
            // A dialog of the page around the element has its own turn with the next.
            event.prevent_default();
        }
        return;
    }
    if event.key() == "Enter"
        && !dom::has_modifier(event)
        && let Some(current) = session.current.now()
        && dom::document().active_element().is_none_or(|focused| focused.local_name() == "body")
    {
        event.prevent_default();
        session.open_mention(current);
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

/// Closes what was opened last; answers whether anything was open.
fn close_topmost(session: Session, event: &KeyboardEvent) -> bool {
    if session.noting.choosing.peek(Option::is_some) {
        session.noting.choosing.set(None);
    } else if session.card.peek(Option::is_some) {
        // A card that a pointer opened has not taken the focus.
        session.close_card(session.terms.pinned.now());
    } else if session.help.now() {
        help::close(session);
    } else if session.terms.panel.now() {
        glossary_panel::close(session);
    } else if session.panel.now() {
        panel::close(session);
    } else if session.noting.panel.now() {
        notebook_panel::close(session);
    } else if session.noting.attaching.peek(Option::is_some) {
        session.find_words(None);
    } else if session.selection.peek(Option::is_some) {
        session.selection.set(None);
    } else if session.current.now().is_some() {
        session.current.set(None);
    } else if let Some(id) = session.active.now() {
        // Whoever is in the note goes back to its words; whoever reads on stays where they are.
        if is_in_interface(session, event) {
            session.to_text(&id);
        }
        session.active.set(None);
    } else {
        return false;
    }
    true
}

/// Whether a key was pressed in the shadow root: from outside, that is the element itself.
fn is_in_interface(session: Session, event: &KeyboardEvent) -> bool {
    let host = session.map().and_then(|map| map.root().closest("bianzhu-article").ok().flatten());
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some() && target == host
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
        "e" => panel::toggle(session),
        "m" => notebook_panel::toggle(session),
        "g" => glossary_panel::toggle(session),
        // With a Chinese input method the mark is a wide one.
        "?" | "？" if session.help.now() => help::close(session),
        "?" | "？" => session.help.set(true),
        _ => return false,
    }
    true
}

/// To the next or previous mention: of what the open card shows, or of anything marked in the text.
fn step(session: Session, by: isize) {
    // A card that goes along with the keys leads through the text.
    let goes_along = session.is_painted && !session.terms.pinned.now();
    if !goes_along && session.step_card(by) {
        return;
    }
    let Some(study) = session.study() else { return };
    let mentions = study.recognition.mentions.iter().enumerate();
    let marked = mentions.filter(|(at, mention)| mention.parent.is_none() && session.is_marked(*at));
    let marked: Vec<usize> = marked.map(|(at, _)| at).collect();
    let focused = article_view::focused_mention(session);
    let at = focused.and_then(|focused| marked.binary_search(&focused).ok());
    let next = match (at, by > 0) {
        (Some(at), true) => at + 1,
        (Some(at), false) => at.wrapping_sub(1),
        // From what is read now.
        (None, is_forward) => {
            let is_above = |&mention: &usize| {
                session.mention_range(mention).is_some_and(|it| it.get_bounding_client_rect().top() < 0.0)
            };
            let below = marked.partition_point(is_above);
            if is_forward { below } else { below.wrapping_sub(1) }
        }
    };
    let Some(&next) = marked.get(next) else { return };
    if let Some(range) = session.mention_range(next) {
        dom::scroll_to_range(&range);
    }
    if !session.is_painted {
        session.focus_mention(next);
        return;
    }
    session.current.set(Some(next));
    if session.terms.hover_off.now() {
        session.close_card(false);
    } else {
        session.hover_mention(next);
    }
}
