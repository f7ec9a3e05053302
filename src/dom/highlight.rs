//! [`Painter`]: note colours and the active place, painted without touching a node.

use super::{TextMap, document};
use crate::text::Span;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::Range;

// web-sys keeps these behind an unstable flag; they are in all three engines.
#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
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
    painted: RefCell<Vec<(Highlight, Range)>>,
}

impl Painter {
    /// Replaces everything this painter has painted.
    pub fn paint(&self, map: &TextMap, spans: &[Painted]) {
        self.clear();
        let document = document();
        let mut painted = self.painted.borrow_mut();
        for (span, style) in spans {
            let Some(highlight) = shared(style) else { return };
            for range in map.ranges(&document, *span) {
                highlight.add(&range);
                painted.push((highlight.clone(), range));
            }
        }
    }

    /// Takes this painter's ranges out of the page.
    pub fn clear(&self) {
        for (highlight, range) in self.painted.borrow_mut().drain(..) {
            highlight.delete(&range);
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
