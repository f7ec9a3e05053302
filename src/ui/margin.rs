//! The margin: a card beside the line of every note, and on a narrow screen a sheet for one.

use super::article_view::selection_rect;
use super::element::{El, classed, el};
use super::floating::{Behavior, close_button, floating, px};
use super::note_card::note_card;
use super::session::Session;
use super::strings::Lang;
use crate::annotation::NoteId;
use crate::dom;
use crate::layout::{Card as MarginCard, place_cards};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Between two cards, in CSS px.
const GAP: f64 = 10.0;

/// The notes that have a place in the text, each beside its line.
pub fn margin(session: Session) -> Option<El> {
    if !session.wide.get() {
        return None;
    }
    let column = StoredValue::new_local(None::<HtmlElement>);
    let mounted = move |element: HtmlElement| {
        column.try_update_value(|column| *column = Some(element));
        session.replace_boxes();
    };
    Effect::new(move || {
        session.notes.track();
        session.active.track();
        session.editing.track();
        session.reflow.track();
        // After the cards have their new height.
        request_animation_frame(move || {
            if let Some(column) = column.try_get_value().flatten() {
                arrange(session, &column);
            }
        });
    });
    // Keyed, so that the card that is written in stays as others come and go.
    let cards = For(ForProps::builder()
        .each(move || session.margin.get())
        .key(NoteId::clone)
        .children(move |id| card(session, &id).into_any())
        .build())
    .into_any();
    let list = el("ol").mounted(mounted).view(cards);
    Some(
        classed("aside", "margin")
            .attr("part", "margin")
            .attr_say("aria-label", session, Lang::margin_label)
            .child(list),
    )
}

fn card(session: Session, id: &NoteId) -> El {
    let (shown, looked_at, clicked) = (id.clone(), id.clone(), id.clone());
    let is_active = move || session.active.with(|active| active.as_ref() == Some(&looked_at));
    classed("li", "note")
        .attr("part", "note")
        .attr("data-note", id.as_str())
        .attr_live("data-active", move || is_active().then(String::new))
        .on("click", move |_| {
            // A click on its delete button has taken it out already.
            if session.note_id(clicked.as_str()).is_some() {
                session.active.set(Some(clicked.clone()));
            }
        })
        .part(move || note_card(session, &shown))
}

/// Measures the cards and puts each in its place within the column.
fn arrange(session: Session, column: &HtmlElement) {
    let Some(map) = session.map() else { return };
    let document = dom::document();
    let origin = dom::rect_of(column).top();
    let active = session.active.now();
    let (mut elements, mut cards, mut active_index) = (Vec::new(), Vec::new(), None);
    for placed in session.notes.now() {
        let Some(range) = placed.anchoring.span().and_then(|span| map.range(&document, span)) else {
            continue;
        };
        let Some(element) = card_element(column, &placed.note.id) else { continue };
        if active.as_ref() == Some(&placed.note.id) {
            active_index = Some(cards.len());
        }
        let ideal_top = range.get_bounding_client_rect().top() - origin;
        cards.push(MarginCard { ideal_top, height: f64::from(element.offset_height()) });
        elements.push(element);
    }
    for (element, top) in elements.iter().zip(place_cards(&cards, GAP, active_index)) {
        dom::set_style(element, "transform", &["translateY(", &px(top), ")"].concat());
        let _ = element.set_attribute("data-placed", "");
    }
}

/// The card of a note. Ids may come from a file: they are compared, not put into a selector.
fn card_element(column: &HtmlElement, id: &NoteId) -> Option<HtmlElement> {
    let cards = column.query_selector_all("[data-note]").ok()?;
    let mut cards = (0..cards.length()).filter_map(|at| cards.item(at)?.dyn_into::<HtmlElement>().ok());
    let card = cards.find(|card| card.get_attribute("data-note").as_deref() == Some(id.as_str()))?;
    Some(card)
}

/// On a narrow screen: the active note in a sheet.
pub fn note_sheet(session: Session) -> Option<El> {
    if session.wide.get() {
        return None;
    }
    let id = session.active.get()?;
    let span = session.notes.peek(|notes| {
        let placed = notes.iter().find(|placed| placed.note.id == id);
        placed.map(|placed| placed.anchoring.span())
    })?;
    // The sheet leaves the note's own line in sight; a note that lost its place has none.
    let line = session.map().zip(span).and_then(|(map, span)| selection_rect(&map, span));
    let anchor = line.unwrap_or_default();
    let close = move || {
        session.editing.set(None);
        session.active.set(None);
    };
    let sheet =
        floating(session, "note", Behavior::Sheet, anchor).attr_say("aria-label", session, Lang::notes);
    let head = classed("div", "card-head").child(close_button(session, close));
    Some(sheet.attr("data-note", id.as_str()).child(head).part(move || note_card(session, &id)))
}
