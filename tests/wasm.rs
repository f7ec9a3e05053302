//! The page's edge in a browser: text nodes, selections, highlights, local storage.
#![cfg(target_arch = "wasm32")]

use bianzhu::dom::{self, Painter, Pieces, TextMap};
use bianzhu::storage::{KeyValue, LocalStorage};
use bianzhu::text::{IndexedText, Offset, Span};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

/// Two blocks, the first with a name in an element of its own, in the page.
fn article() -> (Element, TextMap) {
    let document = dom::document();
    let make = |tag: &str| document.create_element(tag).expect("an element");
    let append = |parent: &Element, child: &web_sys::Node| {
        parent.append_child(child).expect("appended");
    };
    let (root, first, second, name) = (make("div"), make("p"), make("p"), make("b"));
    append(&first, &document.create_text_node("书记𠮷"));
    name.set_text_content(Some("李俊明"));
    append(&first, &name);
    append(&second, &document.create_text_node("讲话。"));
    append(&root, &first);
    append(&root, &second);
    append(&document.body().expect("a body"), &root);
    let text = IndexedText::from("书记𠮷李俊明\n讲话。");
    let pieces = Pieces::of([(first, 0), (second, 8)].into_iter());
    let map = TextMap::new(root.clone(), text, std::iter::once(pieces));
    (root, map)
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start, end)
}

#[wasm_bindgen_test]
fn spans_and_ranges_are_two_sides_of_one_thing() {
    let (root, map) = article();
    let document = dom::document();
    for (place, words) in
        [(span(2, 3), "𠮷"), (span(3, 6), "李俊明"), (span(5, 9), "明讲话"), (span(1, 4), "记𠮷李")]
    {
        let range = map.range(&document, place).expect("in the page");
        assert_eq!(String::from(range.to_string()), words);
        let start = map.offset_of(&range.start_container().unwrap(), range.start_offset().unwrap());
        let end = map.offset_of(&range.end_container().unwrap(), range.end_offset().unwrap());
        assert_eq!((start, end), (Some(place.start()), Some(place.end())));
    }
    assert!(map.range(&document, span(4, 4)).is_none());
    assert_eq!(map.offset_of(&document.body().unwrap(), 0), None);
    assert_eq!(map.offset_of(&root, 1), Some(Offset(7)));
    root.remove();
}

#[wasm_bindgen_test]
fn a_selection_is_clamped_to_the_article_and_trimmed() {
    let (root, map) = article();
    let selection = dom::window().get_selection().unwrap().unwrap();
    assert_eq!(dom::selected_span(&map), None);
    let first = root.first_child().unwrap();
    selection.set_base_and_extent(&first.first_child().unwrap(), 0, &root.last_child().unwrap(), 0).unwrap();
    // The line break between two blocks is no part of what was meant.
    assert_eq!(dom::selected_span(&map), Some(span(0, 6)));
    dom::clear_selection();
    assert_eq!(dom::selected_span(&map), None);
    root.remove();
}

#[wasm_bindgen_test]
fn a_painter_takes_only_its_own_ranges_out() {
    let (root, map) = article();
    let document = dom::document();
    let count =
        || js_sys::eval("CSS.highlights.get('bianzhu-green')?.size ?? 0").ok().and_then(|size| size.as_f64());
    let range = |place| map.range(&document, place).expect("in the page");
    let (one, other) = (Painter::default(), Painter::default());
    one.paint([("green", 1, range(span(0, 2)))]);
    other.paint([("green", 1, range(span(3, 6))), ("green", 1, range(span(7, 9)))]);
    assert_eq!(count(), Some(3.0));
    drop(one);
    assert_eq!(count(), Some(2.0));
    other.paint([]);
    assert_eq!(count(), Some(0.0));
    root.remove();
}

#[wasm_bindgen_test]
fn local_storage_keeps_and_forgets() {
    let key = "bianzhu:test:忻州";
    assert_eq!(LocalStorage.set(key, "一"), Ok(()));
    assert_eq!(LocalStorage.get(key), Ok(Some("一".to_owned())));
    assert_eq!(LocalStorage.keys("bianzhu:test:"), Ok(vec![key.to_owned()]));
    assert_eq!(LocalStorage.remove(key), Ok(()));
    assert_eq!(LocalStorage.get(key), Ok(None));
}

#[wasm_bindgen_test]
fn ids_are_fresh_urns() {
    let (one, other) = (dom::random_urn(), dom::random_urn());
    assert!(one.starts_with("urn:uuid:") && one.len() == 45 && one != other);
}
