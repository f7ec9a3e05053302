//! The page's edge in a browser: text nodes, selections, highlights, local storage.
#![cfg(target_arch = "wasm32")]

use bianzhu::article::BlockKind;
use bianzhu::dom::{self, Painter, Pieces, TextMap};
use bianzhu::storage::{KeyValue, LocalStorage};
use bianzhu::text::{IndexedText, Offset, Span};
use std::rc::Rc;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

/// Two blocks, the first with a name in an element of its own, in the page.
fn article() -> (Element, Rc<TextMap>) {
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
    (root, Rc::new(map))
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
    let count =
        || js_sys::eval("CSS.highlights.get('bianzhu-green')?.size ?? 0").ok().and_then(|size| size.as_f64());
    let (one, other) = (Painter::default(), Painter::default());
    one.paint(&map, &[(span(0, 2), "green")]);
    other.paint(&map, &[(span(3, 6), "green"), (span(7, 9), "green")]);
    assert_eq!(count(), Some(3.0));
    drop(one);
    assert_eq!(count(), Some(2.0));
    other.paint(&map, &[]);
    assert_eq!(count(), Some(0.0));
    root.remove();
}

#[wasm_bindgen_test]
fn a_painter_touches_only_what_differs() {
    let (root, map) = article();
    let ranges = || {
        let read = "window.__before = window.__now ?? []; window.__now = [...CSS.highlights.get('bianzhu-pink')];
            window.__now.map((range) => String(range) + (window.__before.includes(range) ? '' : '+')).sort().join()";
        js_sys::eval(read).ok().and_then(|read| read.as_string()).unwrap_or_default()
    };
    let painter = Painter::default();
    let pink = |start, end| (span(start, end), "pink");
    painter.paint(&map, &[pink(0, 2), pink(3, 6)]);
    assert_eq!(ranges(), "书记+,李俊明+");
    painter.paint(&map, &[pink(0, 2), pink(2, 3), pink(3, 6), pink(7, 9)]);
    assert_eq!(ranges(), "书记,李俊明,讲话+,𠮷+");
    // In any order, and twice the same.
    painter.paint(&map, &[pink(7, 9), pink(3, 6), pink(3, 6)]);
    assert_eq!(ranges().replace('+', ""), "李俊明,李俊明,讲话");
    painter.paint(&map, &[(span(7, 9), "green")]);
    assert_eq!(ranges(), "");
    // Over other nodes, or where the page has emptied the registry, all of it is painted anew.
    painter.paint(&map, &[pink(3, 6)]);
    ranges();
    let (other_root, other) = article();
    painter.paint(&other, &[pink(3, 6)]);
    assert_eq!(ranges(), "李俊明+");
    js_sys::eval("CSS.highlights.clear()").expect("cleared");
    painter.paint(&other, &[pink(3, 6)]);
    assert_eq!(ranges(), "李俊明+");
    root.remove();
    other_root.remove();
}

#[wasm_bindgen_test]
fn what_is_near_the_viewport_is_known_where_the_text_runs_down_the_page() {
    let document = dom::document();
    let root = document.create_element("div").expect("an element");
    let mut text = String::new();
    let mut blocks = Vec::new();
    for number in 0..200 {
        let block = document.create_element("p").expect("an element");
        block.set_attribute("style", "margin: 0; height: 100px; font-size: 20px").expect("styled");
        let line = format!("第{number:03}段。");
        blocks.push((block.clone(), text.encode_utf16().count()));
        text.push_str(&line);
        text.push('\n');
        block.set_text_content(Some(&line));
        root.append_child(&block).expect("appended");
    }
    document.body().expect("a body").append_child(&root).expect("appended");
    let text = IndexedText::from(text.trim_end());
    let map = TextMap::new(root.clone(), text, std::iter::once(Pieces::of(blocks.into_iter())));
    let window = dom::window();
    for y in [0.0, 10_000.0, 1e6] {
        window.scroll_to_with_x_and_y(0.0, y);
        let (top, height) = (root.get_bounding_client_rect().top(), dom::viewport().height);
        let near = map.near(300.0).expect("known");
        for number in 0..200 {
            let place = top + f64::from(number) * 100.0;
            let is_near = near.contains_offset(Offset(number as u32 * 7 + 3));
            let (within, without) =
                (place > -200.0 && place < height + 200.0, place < -500.0 || place > height + 500.0);
            assert!(is_near || !within, "{number} is missing at {y}");
            assert!(!is_near || !without, "{number} is near at {y}");
        }
    }
    // In columns, and where nothing is shown, nobody can tell.
    root.set_attribute("style", "columns: 2").expect("styled");
    assert_eq!(map.near(300.0), None);
    root.set_attribute("style", "display: none").expect("styled");
    assert_eq!(map.near(300.0), None);
    window.scroll_to_with_x_and_y(0.0, 0.0);
    root.remove();
}

#[wasm_bindgen_test]
fn what_is_under_a_point_is_known_again_while_it_stays_there() {
    let (root, map) = article();
    root.scroll_into_view();
    let rect = map.rect(span(3, 4)).expect("a box");
    let (x, y) = ((rect.left() + rect.right()) / 2.0, (rect.top() + rect.bottom()) / 2.0);
    let under = || map.offset_at_point(&dom::document(), x, y);
    assert_eq!([under(), under()], [Some(Offset(3)); 2]);
    // The text has moved by a character.
    root.set_attribute("style", &format!("margin-left: {}px", rect.width())).expect("styled");
    assert_eq!(under(), Some(Offset(2)));
    root.set_attribute("style", "visibility: hidden; margin-top: 100px").expect("styled");
    assert_eq!(under(), None);
    root.remove();
    assert_eq!(under(), None);
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

#[wasm_bindgen_test]
fn markup_is_read_as_it_shows_and_leads_back_to_its_nodes() {
    let document = dom::document();
    let root = document.create_element("div").expect("an element");
    // The test's own markup; the product never does this.
    root.set_inner_html(
        "<h1>动员  大会</h1>\n<div><p>市委<b>书记</b>\n李<i aria-hidden=true>×</i>俊明<br>讲话</p>尾</div>\
         <ul><li>一<p>二</p></li></ul><table><tr><td>甲</td><td>乙</td></tr></table>\
         <p><ruby>忻<rt>xīn</rt>州<rt>zhōu</rt></ruby>市<code>x</code><span data-bianzhu-skip>广告</span></p>\
         <p hidden>无</p><p style='display:none'>隐</p><p style='visibility:hidden'>藏<b style='visibility:visible'>现</b></p>\
         <pre>诗\n句</pre><button>按</button><script>1</script>",
    );
    document.body().expect("a body").append_child(&root).expect("appended");
    // In a page that is merely parsed, cells are in rows, and style sheets do not count.
    for (has_layout, row, tail) in [(true, "甲|乙", ""), (false, "甲　乙", "藏")] {
        let (blocks, pieces) = dom::read_blocks(&root, has_layout);
        let texts: Vec<&str> = blocks.iter().map(|(_, text)| text.as_str()).collect();
        let expected =
            ["动员 大会|市委书记李俊明|讲话|尾|一|二|", row, "|忻州市|", tail, "现|诗|句"].concat();
        assert_eq!(texts.join("|"), expected);
        assert_eq!(blocks[0].0, BlockKind::Heading(1));
        assert_eq!(blocks[5].0, BlockKind::ListItem);
        if !has_layout {
            continue; // What stands in no node leads to none.
        }
        let text = IndexedText::new(texts.join("\n"));
        let map = TextMap::new(root.clone(), text.clone(), std::iter::once(pieces));
        for start in 0..text.len() {
            let place = span(start, start + 1);
            if text.slice(place) == "\n" {
                continue;
            }
            let range = map.range(&document, place).expect("in the page");
            assert_eq!(String::from(range.to_string()).trim(), text.slice(place).trim());
            let back = map.offset_of(&range.start_container().unwrap(), range.start_offset().unwrap());
            assert_eq!(back, Some(place.start()));
        }
        // What stands over the characters is not part of them.
        let name = text.as_str().split("忻州市").next().unwrap_or_default().chars().count();
        let words: Vec<String> = map
            .ranges(&document, span(name, name + 3))
            .iter()
            .map(|range| range.to_string().into())
            .collect();
        assert_eq!(words.concat(), "忻州市");
    }
    root.remove();
}
