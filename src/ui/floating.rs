//! A box beside something in the text: in the top layer, so that nothing of the page covers it, and
//! a sheet at the bottom where the screen is narrow.

use super::element::{El, classed};
use super::field::Field;
use super::session::Session;
use crate::dom;
use crate::layout::{Rect, place_popover};
use web_sys::HtmlElement;

/// Between the words and the box, in CSS px.
const GAP: f64 = 6.0;
/// What is left to a box that has next to no room, in CSS px.
const LEAST_HEIGHT: f64 = 160.0;

/// How a box behaves.
#[derive(Clone, Copy, PartialEq)]
pub enum Behavior {
    /// A card: takes the focus, becomes a sheet in a narrow window.
    Dialog,
    /// A card that a resting pointer opened: beside its words at any width.
    Hovered,
    /// A note: as a card, but what is in it takes the focus.
    Sheet,
    /// Tools: leaves focus and selection where they are.
    Toolbar,
    /// A menu: its first item takes the focus.
    Menu,
}

/// What a finger's selection needs below it for its handles, in CSS px.
const HANDLES: f64 = 40.0;
/// What it needs above it for the system's own menu, in CSS px.
const SYSTEM_MENU: f64 = 68.0;

/// A box of the shadow part `part`, beside `anchor` (document coordinates, CSS px).
pub fn floating(session: Session, part: &'static str, behavior: Behavior, anchor: Rect) -> El {
    let is_toolbar = behavior == Behavior::Toolbar;
    let mounted = move |element: HtmlElement| {
        let _ = element.show_popover();
        let is_sheet = element.has_attribute("data-sheet");
        if matches!(behavior, Behavior::Dialog | Behavior::Hovered) && session.terms.pinned.now() {
            let next = element.query_selector("[data-focus]").ok().flatten();
            let next = next.and_then(|next| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(next).ok());
            dom::focus(next.as_ref().unwrap_or(&element));
        }
        if behavior == Behavior::Menu
            && let Some(first) = element.query_selector("[role=menuitem]").ok().flatten()
        {
            dom::focus(wasm_bindgen::JsCast::unchecked_ref(&first));
        }
        let at = if is_toolbar && session.noting.touch.now() { with_handles(anchor) } else { anchor };
        place(session, &element, at);
        if is_sheet {
            keep_clear(&element, anchor);
        }
    };
    let may_be_sheet = matches!(behavior, Behavior::Dialog | Behavior::Sheet);
    let role = match behavior {
        Behavior::Toolbar => "toolbar",
        // The menu itself is within.
        Behavior::Menu => "presentation",
        _ => "dialog",
    };
    classed("div", part)
        .attr("part", part)
        .attr("popover", "manual")
        .attr("tabindex", "-1")
        .attr("role", role)
        .attr_live("data-sheet", move || (may_be_sheet && session.narrow.get()).then(String::new))
        .mounted(mounted)
}

/// Shows a panel and moves the focus into it, or to `first` in it.
pub fn open(session: Session, panel: &HtmlElement, first: Option<&HtmlElement>) {
    // One panel may lead to another: what was before the first stays.
    if let Some(before) = dom::focused()
        && before.closest("[popover]").is_ok_and(|around| around.is_none())
    {
        *session.state().before_panel.borrow_mut() = Some(before);
    }
    let _ = panel.show_popover();
    dom::focus(first.unwrap_or(panel));
}

/// Opens a panel in place of any other, or closes it.
pub fn toggle_panel(session: Session, panel: Field<bool>, opener: &str) {
    if panel.now() {
        return close_panel(session, panel, opener);
    }
    for other in [session.panel, session.noting.panel, session.terms.panel] {
        other.set(false);
    }
    panel.set(true);
}

/// Closes a panel; the focus goes back to where it was, or else to the panel's button.
pub fn close_panel(session: Session, panel: Field<bool>, opener: &str) {
    panel.set(false);
    match session.state().before_panel.take().filter(|before| before.is_connected()) {
        Some(before) => dom::focus(&before),
        None => session.focus_on(opener),
    }
}

/// Places every open box anew, after something may have moved.
pub fn place_again(session: Session) {
    let card = session.card.peek(|card| card.as_ref().map(|card| (card.mention, card.anchor)));
    if let (Some(element), Some((mention, anchor))) = (session.part(".card"), card) {
        let at = mention.and_then(|at| session.mention_rect(at));
        place(session, &element, at.unwrap_or(anchor));
    }
    if let (Some(element), Some((_, rect))) = (session.part(".toolbar"), session.selection.now()) {
        place(session, &element, if session.noting.touch.now() { with_handles(rect) } else { rect });
    }
    // What is written in a sheet makes it higher, and a keyboard on the screen the window lower.
    let written = session.editing.now().and_then(|id| session.note_rect(&id));
    if let (Some(sheet), Some(words)) = (session.part(".note[data-sheet='']"), written) {
        keep_clear(&sheet, words);
    }
}

/// The box of a selection together with what the system puts around it where a finger made it: handles below,
/// a menu above.
fn with_handles(rect: Rect) -> Rect {
    Rect { top: rect.top - SYSTEM_MENU, bottom: rect.bottom + HANDLES, ..rect }
}

/// Has the page scroll so far that a sheet at its foot leaves the words in sight; where the page ends before, the sheet
/// goes to the top.
fn keep_clear(sheet: &HtmlElement, words: Rect) {
    if !dom::scroll_clear_of(words.bottom, sheet, GAP) {
        let above = words.top - GAP - dom::viewport().scroll_y;
        dom::set_style(sheet, "--bz-above", &px(above));
        dom::set_attribute(sheet, "data-sheet", Some("top"));
    }
}

/// Measures the box and sets its place in document coordinates.
fn place(session: Session, element: &HtmlElement, anchor: Rect) {
    let view = dom::viewport();
    // Where notes stand beside the text, a box leaves them in sight.
    let text = session.map().filter(|_| session.wide.now()).map(|map| dom::rect_of(map.root()).right());
    let width = text.map_or(view.width, |right| view.width.min(right));
    let seen = Rect {
        left: view.scroll_x,
        top: view.scroll_y,
        right: view.scroll_x + width,
        bottom: view.scroll_y + view.height,
    };
    let (width, height) = (f64::from(element.offset_width()), f64::from(element.scroll_height()));
    let place = place_popover(anchor, width, height, seen, GAP);
    dom::set_attribute(element, "data-above", place.above.then_some(""));
    dom::set_style(element, "left", &px(place.left));
    dom::set_style(element, "top", &px(place.top));
    dom::set_style(element, "max-height", &px(place.max_height.max(LEAST_HEIGHT)));
}

/// A length in CSS px. Whole pixels: fractions blur text, and formatting floats costs bytes.
pub fn px(length: f64) -> String {
    let mut text = (length.round() as i64).to_string();
    text.push_str("px");
    text
}

/// The button that closes a box.
pub fn close_button(session: Session, action: impl FnMut() + 'static) -> El {
    super::element::button("quiet close", action).label(session, super::strings::Lang::close).text("×")
}
