//! Style sheets adopted rather than inserted: no `<style>` element, so no `style-src` to ask.

use super::document;
use std::cell::OnceCell;
use web_sys::{CssStyleSheet, ShadowRoot};

thread_local! {
    static IN_DOCUMENT: OnceCell<()> = const { OnceCell::new() };
}

/// Adopts a sheet for the article's own text and its `::highlight()` rules, once for the document:
/// outside Chromium a shadow sheet does not reach slotted text.
pub fn adopt_in_document(css: &str) {
    IN_DOCUMENT.with(|done| {
        done.get_or_init(|| {
            if let Some(sheet) = sheet(css) {
                let sheets = document().adopted_style_sheets();
                sheets.push(&sheet);
                document().set_adopted_style_sheets(&sheets);
            }
        });
    });
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
