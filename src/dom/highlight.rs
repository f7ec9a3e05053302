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
        let document = document();
        let mut styles: Vec<(&'static str, Highlight)> = Vec::new();
        for (_, style) in spans {
            if styles.iter().all(|(known, _)| known != style) {
                let Some(highlight) = shared(style) else { return };
                styles.push((style, highlight));
            }
        }
        // The page may have emptied the registry.
        let is_gone = |(style, highlight): &(&str, Highlight)| {
            styles.iter().any(|(known, now)| known == style && now != highlight)
        };
        let is_other = self.map.borrow().as_ref().is_none_or(|before| !Rc::ptr_eq(before, map));
        if is_other || self.styles.borrow().iter().any(is_gone) {
            self.clear();
        }
        for style in styles {
            if !self.styles.borrow().contains(&style) {
                self.styles.borrow_mut().push(style);
            }
        }
        *self.map.borrow_mut() = Some(Rc::clone(map));
        let mut before = self.painted.take().into_iter().peekable();
        let mut painted = Vec::with_capacity(spans.len());
        for item in spans {
            while let Some(gone) = before.next_if(|(old, _)| old.0.start() < item.0.start()) {
                self.wipe(&gone);
            }
            painted.push(before.next_if(|(old, _)| old == item).unwrap_or_else(|| {
                let ranges = map.ranges(&document, item.0);
                self.with(item.1, &ranges, &|highlight, range| drop(highlight.add(range)));
                (*item, ranges)
            }));
        }
        for gone in before {
            self.wipe(&gone);
        }
        self.painted.replace(painted);
    }

    /// Takes this painter's ranges out of the page.
    pub fn clear(&self) {
        for gone in self.painted.take() {
            self.wipe(&gone);
        }
        self.styles.take();
    }

    fn wipe(&self, gone: &(Painted, Vec<Range>)) {
        self.with(gone.0.1, &gone.1, &|highlight, range| _ = highlight.delete(range));
    }

    fn with(&self, style: &str, ranges: &[Range], action: &dyn Fn(&Highlight, &Range)) {
        let styles = self.styles.borrow();
        if let Some((_, highlight)) = styles.iter().find(|(known, _)| *known == style) {
            ranges.iter().for_each(|range| action(highlight, range));
        }
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        self.clear();
    }
}

/// The document's highlight of a style; `None` where the engine has none.
fn shared(style: &str) -> Option<Highlight> {
    let name = |style: &str| ["bianzhu-", style].concat();
    REGISTRY.with(|registry| {
        let registry = registry.as_ref()?;
        if let Some(highlight) = registry.get(&name(style)) {
            return Some(highlight);
        }
        for (priority, style) in (0..).zip(STYLES) {
            if registry.get(&name(style)).is_none() {
                let highlight = Highlight::new().ok()?;
                highlight.set_priority(priority);
                registry.set(&name(style), &highlight);
            }
        }
        registry.get(&name(style))
    })
}
