//! What the page sees: plain objects for mentions and annotations, and the events.

use crate::exchange;
use crate::object::{self, object};
use crate::recognition::Recognition;
use crate::text::IndexedText;
use js_sys::JSON;
use serde_json::Value;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// The mentions that the page shows, as `[{start, end, text, kind, entity, name}]`.
pub fn mentions(text: &IndexedText, recognition: &Recognition) -> Value {
    let shown = recognition.mentions.iter().filter(|mention| mention.parent.is_none());
    let rows = shown.map(|mention| {
        let name = recognition.entities.get(mention.entity.index()).map_or("", |entity| entity.name.as_str());
        object(vec![
            ("start", mention.span.start().0.into()),
            ("end", mention.span.end().0.into()),
            ("text", object::text(text.slice(mention.span))),
            ("kind", object::text(mention.kind.name())),
            ("entity", mention.entity.0.into()),
            ("name", object::text(name)),
        ])
    });
    Value::Array(rows.collect())
}

/// A JSON value as a JavaScript one.
pub fn to_js(value: &Value) -> JsValue {
    parsed(&object::to_json(value))
}

/// What JSON says, as a JavaScript value.
pub fn parsed(json: &str) -> JsValue {
    JSON::parse(json).unwrap_or(JsValue::NULL)
}

/// A JavaScript value as a JSON one; `None` for what JSON cannot say.
pub fn from_js(value: &JsValue) -> Option<Value> {
    let text = JSON::stringify(value).ok()?.as_string()?;
    exchange::parse_json(&text).ok()
}

/// Sends an event from the element: bubbling and composed. `detail` is JSON.
pub fn dispatch(host: &HtmlElement, name: &str, detail: &str) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&parsed(detail));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        let _ = host.dispatch_event(&event);
    }
}

/// `bianzhu:error` `{code, message}`.
pub fn dispatch_error(host: &HtmlElement, code: &str, message: &str) {
    dispatch(host, "bianzhu:error", &error(code, message));
}

/// The detail of `bianzhu:error`.
pub fn error(code: &str, message: &str) -> String {
    object::to_json(&object(vec![("code", object::text(code)), ("message", object::text(message))]))
}

/// The detail of `bianzhu:change`. `annotation` is JSON.
pub fn change(action: &str, annotation: &str) -> String {
    [r#"{"action":""#, action, r#"","annotation":"#, annotation, "}"].concat()
}
