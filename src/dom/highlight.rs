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

/// A part of the text, the style it is painted in, and the style's priority.
pub type Painted = (Span, &'static str, i32);

/// Paints spans under named styles. The registry belongs to the whole document: several elements
/// share a style, and a painter takes only its own ranges out.
#[derive(Default)]
pub struct Painter {
    painted: RefCell<Vec<(Highlight, Range)>>,
}

impl Painter {
    /// Replaces everything this painter has painted. A style is the name after `bianzhu-` in
    /// `::highlight(bianzhu-…)`; later styles lie over earlier ones where `priority` is higher.
    pub fn paint(&self, map: &TextMap, spans: &[Painted]) {
        self.clear();
        let document = document();
        let mut painted = self.painted.borrow_mut();
        for (span, style, priority) in spans {
            let Some(highlight) = shared(style, *priority) else { return };
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

/// The document's highlight of a style, made on first use; `None` where the engine has none.
fn shared(style: &str, priority: i32) -> Option<Highlight> {
    let name = format!("bianzhu-{style}");
    REGISTRY.with(|registry| {
        let registry = registry.as_ref()?;
        if let Some(highlight) = registry.get(&name) {
            return Some(highlight);
        }
        let highlight = Highlight::new().ok()?;
        highlight.set_priority(priority);
        registry.set(&name, &highlight);
        Some(highlight)
    })
}
