//! [`El`]: one element type for the whole interface.
//!
//! Leptos compiles every shape of view, every closure in it and every kind of attribute into code of
//! its own, one to two kilobytes of WebAssembly each. An interface of a dozen small components costs
//! 140 KB brotli that way. Here every element is the same Leptos type, every attribute one of four and
//! every child one of three, so that a component is data. It is also why no part of the interface is
//! made by `innerHTML`, which Trusted Types would forbid: that is how `view!` makes static subtrees.

use super::session::Session;
use super::strings::Lang;
use crate::dom;
use leptos::ev::Custom as CustomEvent;
use leptos::html::{Custom as CustomElement, ElementChild, custom};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::event::on;
use leptos::tachys::html::node_ref::{NodeRefContainer, node_ref};
use send_wrapper::SendWrapper;
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

/// Something that is read again whenever a signal in it changes. A boxed `FnMut` would be as good, but every
/// closure would then be compiled a second time, as the `FnOnce` that it also is.
trait Read<T>: Send {
    fn read(&mut self) -> T;
}

impl<T, F: FnMut() -> T + Send> Read<T> for F {
    fn read(&mut self) -> T {
        self()
    }
}

/// Something that hears an event; not a boxed `FnMut` for the reason that [`Read`] gives.
trait Hear {
    fn hear(&mut self, event: Event);
}

impl<F: FnMut(Event)> Hear for F {
    fn hear(&mut self, event: Event) {
        self(event);
    }
}

/// Something that a click does; see [`Read`].
trait Act {
    fn act(&mut self);
}

impl<F: FnMut()> Act for F {
    fn act(&mut self) {
        self();
    }
}

/// Does something now, and again whenever what it reads has changed, until the reactive owner goes.
pub fn follow(action: impl FnMut() + 'static) {
    follow_boxed(Box::new(action));
}

/// Once for all, as [`boxed_button`].
fn follow_boxed(mut action: Box<dyn Act>) {
    Effect::new(move || action.act());
}

/// An element with its attributes and children.
///
/// Behind a pointer: every call below takes it and hands it on, and a pointer is handed on in a register.
pub struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element by its tag.
pub fn el(tag: &'static str) -> El {
    El(Box::new(Parts { tag, attributes: Vec::new(), children: Vec::new() }))
}

/// An element with a class.
pub fn classed(tag: &'static str, class: &'static str) -> El {
    el(tag).attr("class", class)
}

/// A button with a class, and what a click on it does.
pub fn button(class: &'static str, action: impl FnMut() + 'static) -> El {
    boxed_button(class, Box::new(action))
}

/// Once for all buttons: what is generic is compiled for each.
fn boxed_button(class: &'static str, mut action: Box<dyn Act>) -> El {
    classed("button", class).attr("type", "button").on("click", move |_| action.act())
}

impl El {
    /// An attribute that stays as it is.
    pub fn attr(self, name: &'static str, value: impl Into<String>) -> Self {
        self.owned_attr(name, value.into())
    }

    fn owned_attr(mut self, name: &'static str, value: String) -> Self {
        self.0.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// An attribute that follows signals; absent while there is no value. Not for `style`, which a
    /// content security policy may forbid: see `dom`.
    pub fn attr_live(
        self,
        name: &'static str,
        read: impl FnMut() -> Option<String> + Send + 'static,
    ) -> Self {
        self.boxed_attr(name, Box::new(read))
    }

    fn boxed_attr(mut self, name: &'static str, mut read: Box<dyn Read<Option<String>>>) -> Self {
        self.0.attributes.push(custom_attribute(name, move || read.read()).into_any_attr());
        self
    }

    /// An attribute that holds a sentence of the interface.
    pub fn attr_say(self, name: &'static str, session: Session, sentence: fn(Lang) -> &'static str) -> Self {
        self.attr_live(name, move || Some(sentence(session.lang.get()).to_owned()))
    }

    /// What a screen reader calls it, and what a pointer resting on it shows.
    pub fn label(self, session: Session, sentence: fn(Lang) -> &'static str) -> Self {
        self.attr_say("aria-label", session, sentence).attr_say("title", session, sentence)
    }

    /// Hears an event.
    pub fn on(self, event: &'static str, handler: impl FnMut(Event) + 'static) -> Self {
        self.boxed_on(event, Box::new(handler))
    }

    fn boxed_on(mut self, event: &'static str, mut handler: Box<dyn Hear>) -> Self {
        let hear = move |event: Event| handler.hear(event);
        self.0.attributes.push(on(CustomEvent::<Event>::new(event), hear).into_any_attr());
        self
    }

    /// Does something with the element once it is in the page.
    pub fn mounted(self, action: impl FnOnce(HtmlElement) + 'static) -> Self {
        self.boxed_mounted(Box::new(action))
    }

    fn boxed_mounted(mut self, action: Action) -> Self {
        let once = OnMount(SendWrapper::new(Rc::new(Cell::new(Some(action)))));
        self.0.attributes.push(node_ref::<CustomElement<&'static str>, OnMount>(once).into_any_attr());
        self
    }

    /// Text that stays as it is.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.0.children.push(text.into().into_any());
        self
    }

    /// Text that follows signals.
    pub fn text_live(self, read: impl FnMut() -> String + Send + 'static) -> Self {
        self.boxed_text(Box::new(read))
    }

    fn boxed_text(mut self, mut read: Box<dyn Read<String>>) -> Self {
        self.0.children.push((move || read.read()).into_any());
        self
    }

    /// A sentence of the interface.
    pub fn say(self, session: Session, sentence: fn(Lang) -> &'static str) -> Self {
        self.text_live(move || sentence(session.lang.get()).to_owned())
    }

    /// The same where all around it is made anew in another language.
    // Inlined, it takes 180 bytes more after brotli.
    #[inline(never)]
    pub fn said(self, lang: Lang, sentence: fn(Lang) -> &'static str) -> Self {
        self.text(sentence(lang))
    }

    /// An element within.
    pub fn child(mut self, child: El) -> Self {
        self.add(child);
        self
    }

    /// Puts an element at the end of it.
    pub fn add(&mut self, child: El) {
        self.0.children.push(child.into_any());
    }

    /// An element within, where there is one; or several.
    pub fn children(mut self, children: impl IntoIterator<Item = El>) -> Self {
        self.0.children.extend(children.into_iter().map(El::into_any));
        self
    }

    /// A part that follows signals, and is absent while there is nothing to show.
    pub fn part(self, read: impl FnMut() -> Option<El> + Send + 'static) -> Self {
        self.boxed_part(Box::new(read))
    }

    fn boxed_part(mut self, mut read: Box<dyn Read<Option<El>>>) -> Self {
        self.0.children.push((move || read.read().map(El::into_any)).into_any());
        self
    }

    /// A view that is not an element.
    pub fn view(mut self, view: AnyView) -> Self {
        self.0.children.push(view);
        self
    }

    /// The Leptos view.
    pub fn into_any(self) -> AnyView {
        let Parts { tag, attributes, children } = *self.0;
        custom(tag).add_any_attr(attributes).child(children).into_any()
    }
}

/// Puts an element at the end of another; it goes when the answer is dropped.
pub fn mount(parent: HtmlElement, view: Box<dyn FnOnce() -> El>) -> Box<dyn Any> {
    Box::new(mount_to(parent, move || view().into_any()))
}

/// What is done once with an element when it has come into the page.
#[derive(Clone)]
struct OnMount(SendWrapper<Rc<Cell<Option<Action>>>>);

type Action = Box<dyn FnOnce(HtmlElement)>;

impl NodeRefContainer<CustomElement<&'static str>> for OnMount {
    fn load(self, element: &web_sys::Element) {
        let (Some(action), Ok(element)) = ((*self.0).take(), element.clone().dyn_into::<HtmlElement>())
        else {
            return;
        };
        // It is built now and inserted in the same task.
        dom::soon(move || action(element));
    }
}
