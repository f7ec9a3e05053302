//! [`Painter`]: note colours and the active place, painted without touching a node.

use super::{TextMap, document};
use crate::text::Span;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Range;

// web-sys keeps these behind an unstable flag; they are in all three engines.
#[wasm_bindgen]
extern "C" {
    #[derive(Clone, PartialEq)]
    type Highlight;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<Highlight, JsValue>;
    #[wasm_bindgen(method)]
    fn add(this: &Highlight, range: &Range) -> Highlight;
    #[wasm_bindgen(method)]
    fn delete(this: &Highlight, range: &Range) -> bool;
    #[wasm_bindgen(method, setter)]
    fn set_priority(this: &Highlight, priority: i32);

    type HighlightRegistry;

    #[wasm_bindgen(method)]
    fn get(this: &HighlightRegistry, name: &str) -> Option<Highlight>;
    #[wasm_bindgen(method)]
    fn set(this: &HighlightRegistry, name: &str, highlight: &Highlight);

    #[wasm_bindgen(thread_local_v2, js_namespace = CSS, js_name = highlights)]
    static REGISTRY: Option<HighlightRegistry>;
}

/// A part of the text and the name of the style it is painted in.
pub type Painted = (Span, &'static str);

/// The names after `bianzhu-` in `::highlight(bianzhu-…)`; later styles lie over earlier ones. WebKit 2.50 crashes
/// over one that is registered after one of a higher priority: all are registered at once, in this order.
const STYLES: [&str; 18] = [
    "person",
    "role",
    "organization",
    "place",
    "date",
    "quantity",
    "meeting",
    "document",
    "term",
    "known",
    "layer",
    "yellow",
    "green",
    "blue",
    "pink",
    "pointed",
    "active",
    "current",
];

/// Paints spans under named styles. The registry belongs to the whole document: several elements
/// share a style, and a painter takes only its own ranges out.
#[derive(Default)]
pub struct Painter {
    /// Where the ranges are.
    map: RefCell<Option<Rc<TextMap>>>,
    painted: RefCell<Vec<(Painted, Vec<Range>)>>,
    styles: RefCell<Vec<(&'static str, Highlight)>>,
}

impl Painter {
    /// Paints these spans and nothing else; only what differs from what was painted is touched. In text order
    /// that is the least.
    pub fn paint(&self, map: &Rc<TextMap>, spans: &[Painted]) {
        let is_other = self.map.borrow().as_ref().is_none_or(|before| !Rc::ptr_eq(before, map));
        // Whatever is taken out of the page, be it to stand elsewhere, leaves ranges that hold nothing.
        let is_empty =
            self.painted.borrow().first().is_some_and(|(_, ranges)| ranges.iter().all(|it| it.collapsed()));
        // The page may have emptied the registry.
        let is_gone = |(style, highlight): &(&str, Highlight)| registered(style).as_ref() != Some(highlight);
        if is_other || is_empty || self.styles.borrow().iter().any(is_gone) {
            self.clear();
            *self.map.borrow_mut() = Some(Rc::clone(map));
        }
        let document = document();
        let mut before = self.painted.take().into_iter().peekable();
        let mut painted = Vec::new();
        for item in spans {
            while let Some(gone) = before.next_if(|(old, _)| old.0.start() < item.0.start()) {
                self.put(&gone, false);
            }
            let stays = before.next_if(|(old, _)| old == item);
            painted.push(stays.unwrap_or_else(|| {
                let anew = (*item, map.ranges(&document, item.0));
                self.put(&anew, true);
                anew
            }));
        }
        before.for_each(|gone| self.put(&gone, false));
        self.painted.replace(painted);
    }

    /// Takes this painter's ranges out of the page.
    pub fn clear(&self) {
        self.painted.take().iter().for_each(|gone| self.put(gone, false));
        self.styles.take();
    }

    /// Puts ranges into the highlight of their style, or takes them out of it.
    fn put(&self, (item, ranges): &(Painted, Vec<Range>), is_in: bool) {
        let mut styles = self.styles.borrow_mut();
        let known = styles.iter().position(|(style, _)| *style == item.1);
        let Some(at) = known.or_else(|| {
            styles.push((item.1, shared(item.1)?));
            Some(styles.len() - 1)
        }) else {
            return;
        };
        for range in ranges {
            if is_in {
                styles[at].1.add(range);
            } else {
                styles[at].1.delete(range);
            }
        }
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        self.clear();
    }
}

/// The document's highlight of a style, where it has one.
fn registered(style: &str) -> Option<Highlight> {
    REGISTRY.with(|registry| registry.as_ref()?.get(&name(style)))
}

/// The document's highlight of a style; `None` where the engine has none.
fn shared(style: &str) -> Option<Highlight> {
    if let Some(highlight) = registered(style) {
        return Some(highlight);
    }
    REGISTRY.with(|registry| {
        for (priority, style) in (0..).zip(STYLES) {
            if registered(style).is_none() {
                let highlight = Highlight::new().ok()?;
                highlight.set_priority(priority);
                registry.as_ref()?.set(&name(style), &highlight);
            }
        }
        registered(style)
    })
}

fn name(style: &str) -> String {
    ["bianzhu-", style].concat()
}
