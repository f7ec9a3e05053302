//! Style sheets adopted rather than inserted: no `<style>` element, so no `style-src` to ask.

use super::document;
use super::markup::{property, style_of_pseudo};
use std::cell::OnceCell;
use web_sys::{CssStyleSheet, Element, ShadowRoot};

thread_local! {
    static IN_DOCUMENT: OnceCell<()> = const { OnceCell::new() };
}

/// Adopts a sheet for the article's own text and one for its `::highlight()` rules, `painted`, once for the document:
/// outside Chromium a shadow sheet does not reach slotted text. `within`: what stands in a `bianzhu-article` of the
/// document.
pub fn adopt_in_document(css: &str, painted: &str, within: &Element) {
    IN_DOCUMENT.with(|done| {
        done.get_or_init(|| {
            adopt(css);
            adopt(painted);
            // Does what is inside inherit what the rules say of the element itself?
            let style = style_of_pseudo(within, "::highlight(bianzhu-active)");
            let inherits = style.is_some_and(|style| property(&style, "text-decoration-thickness") == "3px");
            if !inherits && let Some((element, rules)) = painted.split_once('{') {
                adopt(&[element, " *{", rules].concat());
            }
        });
    });
}

fn adopt(css: &str) {
    if let Some(sheet) = sheet(css) {
        let sheets = document().adopted_style_sheets();
        sheets.push(&sheet);
        document().set_adopted_style_sheets(&sheets);
    }
}

/// Adopts a sheet for the interface in a shadow root.
pub fn adopt_in_shadow(shadow: &ShadowRoot, css: &str) {
    if let Some(sheet) = sheet(css) {
        shadow.set_adopted_style_sheets(&js_sys::Array::of1(&sheet));
    }
}

fn sheet(css: &str) -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    sheet.replace_sync(css).ok()?;
    Some(sheet)
}
