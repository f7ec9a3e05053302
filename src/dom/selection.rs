//! The reader's selection as a span of the article.

use super::{TextMap, document, focus, scroll_to_range, set_attribute, window};
use crate::text::{IndexedText, Offset, Span};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// How many code points on each side of a place are read to find its word.
const NEAR: usize = 100;

/// What the reader has selected, clamped to the article and without white space at its ends; `None`
/// when nothing of the article is selected.
pub fn selected_span(map: &TextMap) -> Option<Span> {
    let selection = window().get_selection().ok()??;
    if selection.is_collapsed() || selection.range_count() == 0 {
        return None;
    }
    let range = selection.get_range_at(0).ok()?;
    let (start_node, end_node) = (range.start_container().ok()?, range.end_container().ok()?);
    let (start_at, end_at) = (range.start_offset().ok()?, range.end_offset().ok()?);
    let text = map.text();
    let (start, end) = (map.offset_of(&start_node, start_at), map.offset_of(&end_node, end_at));
    let (start, end) = match (start, end) {
        (Some(start), Some(end)) => (start, end),
        // A selection that goes over the article's edge takes what lies inside.
        (Some(start), None) => (start, text.end()),
        (None, Some(end)) => (Default::default(), end),
        (None, None) => return None,
    };
    let span = Span::new(start, end);
    let slice = text.slice(span);
    let lead = slice.chars().take_while(|c| c.is_whitespace()).count();
    let trail = slice.chars().rev().take_while(|c| c.is_whitespace()).count();
    if lead + trail >= span.len() {
        return None;
    }
    Some(Span::new(span.start().index() + lead, span.end().index() - trail))
}

/// Lets the selection go.
pub fn clear_selection() {
    if let Ok(Some(selection)) = window().get_selection() {
        let _ = selection.remove_all_ranges();
    }
}

/// Where the caret stands in the article, or where the selection begins.
pub fn caret(map: &TextMap) -> Option<Offset> {
    let selection = window().get_selection().ok()??;
    let range = (selection.range_count() > 0).then(|| selection.get_range_at(0).ok()).flatten()?;
    let start = range.start_container().ok()?;
    // The whole page is selected, or nothing yet.
    map.root().contains(Some(&start)).then(|| map.offset_of(&start, range.start_offset().ok()?)).flatten()
}

/// Selects a span.
pub fn select(map: &TextMap, span: Span) {
    let range = map.range(&document(), span);
    if let (Some(range), Ok(Some(selection))) = (range, window().get_selection()) {
        let _ = selection.remove_all_ranges();
        let _ = selection.add_range(&range);
    }
}

/// Puts the caret before a span, and the focus on the block around it: a screen reader reads on from there.
pub fn read_from(map: &TextMap, span: Span) {
    let Some(range) = map.range(&document(), span) else { return };
    scroll_to_range(&range);
    let node = range.start_container().ok().and_then(|node| node.parent_element());
    // Of ours: a page's own element stays as it is.
    let block = node.and_then(|node| node.closest(".bianzhu-article [data-block]").ok().flatten());
    if let Some(block) = block.and_then(|block| block.dyn_into::<HtmlElement>().ok()) {
        set_attribute(&block, "tabindex", Some("-1"));
        focus(&block);
    }
    if let Ok(Some(selection)) = window().get_selection() {
        range.collapse_with_to_start(true);
        let _ = selection.remove_all_ranges();
        let _ = selection.add_range(&range);
    }
}

#[wasm_bindgen]
extern "C" {
    // js-sys has no types for it.
    #[wasm_bindgen(js_namespace = Intl)]
    type Segmenter;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(language: &str, options: &JsValue) -> Result<Segmenter, JsValue>;
    #[wasm_bindgen(method)]
    fn segment(this: &Segmenter, text: &str) -> Segments;

    type Segments;
    #[wasm_bindgen(method)]
    fn containing(this: &Segments, unit: usize) -> Option<Segment>;

    type Segment;
    #[wasm_bindgen(method, getter)]
    fn segment(this: &Segment) -> String;
    #[wasm_bindgen(method, getter)]
    fn index(this: &Segment) -> usize;
    #[wasm_bindgen(method, getter, js_name = isWordLike)]
    fn is_word(this: &Segment) -> Option<bool>;
}

/// The word at a place, as the engine divides Chinese; `None` where it cannot, or where no word is.
pub fn word_at(text: &IndexedText, place: Offset) -> Option<Span> {
    // What is near decides: a whole article is not divided for one word.
    let from = place.index().saturating_sub(NEAR);
    let near = text.clamp(Span::new(from, place.index() + NEAR));
    let (start, unit) = (text.utf16(near.start()), text.utf16(place));
    let segment = words(text.slice(near))?
        .containing(unit - start)
        .filter(|segment| segment.is_word() == Some(true))?;
    let word = start + segment.index();
    Some(Span::new(text.from_utf16(word), text.from_utf16(word + segment.segment().encode_utf16().count())))
}

/// A text as the engine divides it into words; `None` where it cannot.
fn words(text: &str) -> Option<Segments> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"granularity".into(), &"word".into()).ok()?;
    Some(Segmenter::new("zh", &options).ok()?.segment(text))
}

/// Marks in an element of text alone where one word follows another, for a style that breaks lines there only.
pub fn mark_words(element: &HtmlElement) {
    let text = element.text_content().unwrap_or_default();
    let Some(words) = words(&text) else { return };
    element.set_text_content(None);
    let (mut unit, mut after_word) = (0, false);
    while let Some(segment) = words.containing(unit) {
        let is_word = segment.is_word() == Some(true);
        if is_word
            && after_word
            && let Ok(mark) = document().create_element("wbr")
        {
            let _ = element.append_child(&mark);
        }
        let part = segment.segment();
        let _ = element.append_with_str_1(&part);
        unit += part.encode_utf16().count().max(1);
        after_word = is_word;
    }
}
