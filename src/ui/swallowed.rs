//! Pages that keep events to themselves: what a reader does in the interface and does not arrive there is brought
//! once more, to the interface alone.

use crate::dom;
use gloo::events::{EventListener, EventListenerOptions};
use js_sys::{Array, Object, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, ShadowRoot};

/// What the interface hears and does not come by itself.
const NAMES: [&str; 4] = ["click", "keydown", "input", "change"];

/// What of an event is told again.
const DETAILS: [&str; 10] = [
    "key",
    "keyCode",
    "ctrlKey",
    "shiftKey",
    "altKey",
    "metaKey",
    "isComposing",
    "detail",
    "clientX",
    "clientY",
];

/// Listens at the page's outermost edge and at the interface's. `and_then` is called with each event that was
/// brought again.
pub fn listen(root: &ShadowRoot, and_then: impl Fn(&Event) + 'static) -> Vec<EventListener> {
    let and_then: Rc<dyn Fn(&Event)> = Rc::new(and_then);
    NAMES.into_iter().flat_map(|name| listen_for(name, root, &and_then)).collect()
}

fn listen_for(name: &'static str, root: &ShadowRoot, and_then: &Rc<dyn Fn(&Event)>) -> [EventListener; 2] {
    let capture = EventListenerOptions::run_in_capture_phase();
    let has_arrived = Rc::new(Cell::new(false));
    let (arrived, inside, and_then) = (Rc::clone(&has_arrived), root.clone(), Rc::clone(and_then));
    let left = move |event: &Event| {
        let Ok(target) = event.composed_path().get(0).dyn_into::<Element>() else { return };
        if !event.is_trusted() || !inside.contains(Some(&target)) {
            return;
        }
        has_arrived.set(false);
        let (event, has_arrived, and_then) = (event.clone(), Rc::clone(&has_arrived), Rc::clone(&and_then));
        // When everybody has had it.
        let look = move || {
            if !has_arrived.get()
                && let Some(copy) = again(name, &event, &target)
            {
                and_then(&copy);
            }
        };
        dom::after(0, look).forget();
    };
    [
        EventListener::new_with_options(root, name, capture, move |_| arrived.set(true)),
        EventListener::new_with_options(&dom::window(), name, capture, left),
    ]
}

/// Sends an event once more, so that it does not leave the shadow root. What the browser itself does at it has been
/// done.
fn again(name: &str, event: &Event, target: &Element) -> Option<Event> {
    if name == "click" && target.closest("a, summary, label, input, select, textarea").ok()?.is_some() {
        return None;
    }
    let init = Object::new();
    for detail in DETAILS {
        let detail = JsValue::from(detail);
        Reflect::set(&init, &detail, &Reflect::get(event, &detail).ok()?).ok()?;
    }
    for flag in ["bubbles", "cancelable"] {
        Reflect::set(&init, &flag.into(), &true.into()).ok()?;
    }
    let made = Reflect::construct(&event.constructor(), &Array::of2(&name.into(), &init)).ok()?;
    let copy: Event = made.dyn_into().ok()?;
    target.dispatch_event(&copy).ok()?;
    Some(copy)
}
