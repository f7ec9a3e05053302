//! [`Watch`]: what a page does to its own markup.

use super::{document, next_frame};
use js_sys::{Array, Function, Promise};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, MutationObserver, MutationObserverInit};

/// What may hide or show a part of an article.
const ATTRIBUTES: [&str; 6] = ["class", "style", "hidden", "aria-hidden", "open", "data-bianzhu-skip"];

/// Tells when something under an element has changed.
pub struct Watch {
    observer: MutationObserver,
    _on_change: Closure<dyn FnMut()>,
    news: Rc<News>,
}

#[derive(Default)]
struct News {
    has_changed: Cell<bool>,
    is_over: Cell<bool>,
    /// Who waits.
    waiting: RefCell<Option<Function>>,
}

impl News {
    fn tell(&self) {
        self.has_changed.set(true);
        let waiting = self.waiting.borrow_mut().take();
        if let Some(waiting) = waiting {
            let _ = waiting.call0(&document());
        }
    }
}

impl Watch {
    /// Begins to watch; `None` where the engine cannot.
    pub fn new(root: &Element) -> Option<Self> {
        let news = Rc::new(News::default());
        let told = Rc::clone(&news);
        let on_change = Closure::<dyn FnMut()>::new(move || told.tell());
        let observer = MutationObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_character_data(true);
        what.set_subtree(true);
        what.set_attribute_filter(
            &ATTRIBUTES.into_iter().map(wasm_bindgen::JsValue::from).collect::<Array>(),
        );
        observer.observe_with_options(root, &what).ok()?;
        Some(Self { observer, _on_change: on_change, news })
    }

    /// Waits until something has changed since this was last asked, and for the frame that would show it. Answers
    /// `false` once nothing is watched any more.
    pub async fn change(&self) -> bool {
        if !self.news.has_changed.get() && !self.news.is_over.get() {
            let mut wait = |resolve, _| *self.news.waiting.borrow_mut() = Some(resolve);
            let _ = JsFuture::from(Promise::new(&mut wait)).await;
        }
        if !self.news.is_over.get() {
            next_frame().await;
        }
        self.news.has_changed.set(false);
        !self.news.is_over.get()
    }

    /// Watches no longer.
    pub fn end(&self) {
        self.observer.disconnect();
        self.news.is_over.set(true);
        self.news.tell();
    }
}
