//! The page around the article: its window, clock, ids, language and viewport.

use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Document, DomRect, Element, Event, FocusOptions, HtmlAnchorElement, HtmlElement,
    KeyboardEvent, Range, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition, ScrollToOptions, Url,
    Window,
};

/// The window. A custom element lives in one.
pub fn window() -> Window {
    web_sys::window().expect("an element stands in a window")
}

/// The document.
pub fn document() -> Document {
    window().document().expect("a window has a document")
}

/// Whether the page is XHTML.
pub fn is_xml() -> bool {
    document().content_type() != "text/html"
}

/// Milliseconds since the epoch.
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// A fresh `urn:uuid:…`. `crypto.randomUUID` is missing on insecure origins: then the same form from
/// `Math.random`, which is enough for ids that never leave this browser.
pub fn random_urn() -> String {
    let uuid = window().crypto().ok().and_then(|crypto| {
        let has = js_sys::Reflect::has(&crypto, &JsValue::from_str("randomUUID")).unwrap_or(false);
        has.then(|| crypto.random_uuid())
    });
    let uuid = uuid.unwrap_or_else(|| {
        let mut digits = "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".to_owned();
        while let Some(at) = digits.find('x') {
            let digit = (js_sys::Math::random() * 16.0) as u32 % 16;
            let digit = char::from_digit(digit, 16).unwrap_or('0');
            digits.replace_range(at..=at, digit.encode_utf8(&mut [0; 4]));
        }
        digits
    });
    format!("urn:uuid:{uuid}")
}

/// The page's canonical address, or its own, without the fragment.
pub fn canonical_url() -> String {
    let link = document().query_selector("link[rel~=canonical][href]").ok().flatten();
    let href = link
        .and_then(|link| js_sys::Reflect::get(&link, &"href".into()).ok())
        .and_then(|href| href.as_string())
        .filter(|href| !href.is_empty())
        .or_else(|| window().location().href().ok())
        .unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// The language of the page around an element: the nearest `lang`, then the browser's.
pub fn page_language(element: &Element) -> String {
    element
        .parent_element()
        .and_then(|parent| parent.closest("[lang]").ok().flatten())
        .and_then(|holder| holder.get_attribute("lang"))
        .filter(|lang| !lang.is_empty())
        .or_else(|| window().navigator().language())
        .unwrap_or_else(|| "zh-Hans".to_owned())
}

/// Where the viewport stands and how large it is, in CSS px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Viewport {
    /// Scrolled from the document's left edge.
    pub scroll_x: f64,
    /// Scrolled from the document's top.
    pub scroll_y: f64,
    /// Width without scroll bars.
    pub width: f64,
    /// Height without scroll bars.
    pub height: f64,
}

/// The viewport now.
pub fn viewport() -> Viewport {
    let window = window();
    let root = document().document_element();
    Viewport {
        scroll_x: window.scroll_x().unwrap_or_default(),
        scroll_y: window.scroll_y().unwrap_or_default(),
        width: root.as_ref().map_or(0.0, |root| f64::from(root.client_width())),
        height: root.as_ref().map_or(0.0, |root| f64::from(root.client_height())),
    }
}

/// An element's box in the viewport, in CSS px.
pub fn rect_of(element: &Element) -> DomRect {
    element.get_bounding_client_rect()
}

/// Brings an element to the middle of the viewport. At once: what opens beside it is placed where it
/// stands, and a reader who jumps wants to be there.
fn scroll_to(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    options.set_behavior(ScrollBehavior::Instant);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Brings a range to the middle of the viewport, and with it what scrolls around it. At once, as [`scroll_to`].
pub fn scroll_to_middle(range: &Range) {
    if let Some(element) = range.start_container().ok().and_then(|node| node.parent_element()) {
        scroll_to(&element);
    }
    let (rect, view) = (range.get_bounding_client_rect(), viewport());
    let middle = rect.top() + view.scroll_y - view.height / 2.0;
    jump(view.scroll_x, middle.max(0.0));
}

/// Brings a range to the middle of the viewport, if it is not in view already.
pub fn scroll_to_range(range: &Range) {
    let (rect, view) = (range.get_bounding_client_rect(), viewport());
    if rect.top() < 0.0 || rect.bottom() > view.height {
        scroll_to_middle(range);
    }
}

/// Scrolls at once, though the page may ask for a glide.
fn jump(left: f64, top: f64) {
    let options = ScrollToOptions::new();
    options.set_left(left);
    options.set_top(top);
    options.set_behavior(ScrollBehavior::Instant);
    window().scroll_to_with_scroll_to_options(&options);
}

/// Scrolls so far that the line whose bottom is at `bottom` (CSS px from the document's top) stands
/// `gap` above an element at the foot of the viewport. Answers whether it does: the page may end before.
pub fn scroll_clear_of(bottom: f64, element: &Element, gap: f64) -> bool {
    let view = viewport();
    let top = bottom + gap - rect_of(element).top();
    if top > view.scroll_y {
        jump(view.scroll_x, top);
    }
    // A whole pixel is what a page may round.
    viewport().scroll_y > top - 1.0
}

/// Sets one property of an element's style, through the CSSOM: a `style` attribute would need the
/// page's content security policy to allow it.
pub fn set_style(element: &HtmlElement, property: &str, value: &str) {
    let _ = element.style().set_property(property, value);
}

/// The elements below `root` that match a selector, in document order.
pub fn elements(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = root.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.item(at)?.dyn_into().ok()).collect()
}

/// Sets an attribute, or takes it away; one that is as it should be is left alone.
pub fn set_attribute(element: &Element, name: &str, value: Option<&str>) {
    if element.get_attribute(name).as_deref() != value {
        let _ = match value {
            Some(value) => element.set_attribute(name, value),
            None => element.remove_attribute(name),
        };
    }
}

/// What a web page calls back for once: what is awaited is over then.
pub(super) async fn called(ask: &dyn Fn(&js_sys::Function)) {
    let mut wait = |resolve: js_sys::Function, _| ask(&resolve);
    let _ = JsFuture::from(js_sys::Promise::new(&mut wait)).await;
}

/// Waits for the next frame, before it is painted. A window in the background has none.
pub async fn next_frame() {
    called(&|resolve| _ = window().request_animation_frame(resolve)).await;
}

/// Waits so many milliseconds.
pub async fn pause(time: i32) {
    called(&|resolve| {
        _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(resolve, time);
    })
    .await;
}

/// Lets the page have a turn: it paints, and hears its reader.
pub async fn next_turn() {
    pause(0).await;
}

/// Whether Ctrl, Alt or the command key is held with a key.
pub fn has_modifier(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.alt_key() || event.meta_key()
}

/// Whether a key goes to an input method. Safari ends the composition before it tells of the key that ended
/// it; the key code still says so.
pub fn is_composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// A time (ms since the epoch) as the reader's language writes date and time.
pub fn time_text(time: i64, language: &'static str) -> String {
    thread_local! {
        // Making one costs more than all its answers.
        static FORMAT: RefCell<Option<(&'static str, js_sys::Function)>> = const { RefCell::new(None) };
    }
    FORMAT
        .with_borrow_mut(|format| {
            if format.as_ref().is_none_or(|(made_for, _)| *made_for != language) {
                let options = js_sys::Object::new();
                for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
                    let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
                }
                let made = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::of1(&language.into()), &options);
                *format = Some((language, made.format()));
            }
            let (_, format) = format.as_ref()?;
            format.call1(&JsValue::UNDEFINED, &(time as f64).into()).ok()?.as_string()
        })
        .unwrap_or_default()
}

/// Moves the focus without scrolling.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// What has the focus, in a shadow root too; `None` where nothing has.
pub fn focused() -> Option<HtmlElement> {
    let mut focused = document().active_element().filter(|it| it.local_name() != "body")?;
    while let Some(inner) = focused.shadow_root().and_then(|root| root.active_element()) {
        focused = inner;
    }
    focused.dyn_into().ok()
}

/// Whether an event came from something the reader types into; shortcuts leave those alone.
pub fn is_editable(event: &Event) -> bool {
    let target = event.composed_path().get(0);
    target.dyn_ref::<HtmlElement>().is_some_and(|element| {
        element.is_content_editable()
            || matches!(element.local_name().as_str(), "input" | "textarea" | "select")
    })
}

/// What stands in the field that an event came from.
pub fn value_of(event: &Event) -> String {
    let value = event.target().and_then(|target| js_sys::Reflect::get(&target, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// Puts text on the clipboard; answers whether it is there.
pub async fn copy_text(text: &str) -> bool {
    // The clipboard is missing on insecure origins.
    let navigator = window().navigator();
    let has =
        js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
    has && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Offers text to the reader as a file.
///
/// # Errors
/// The engine's refusal.
pub fn download(name: &str, mime: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}
