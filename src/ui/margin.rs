//! The margin: a card beside the line of every note, and on a narrow screen a sheet for one.

use super::floating::{Floating, px};
use super::live::{act, live, part};
use super::note_card::NoteCard;
use super::session::{Session, document_rect};
use super::strings::Lang;
use crate::annotation::NoteId;
use crate::dom;
use crate::layout::{Card as MarginCard, Rect, place_cards};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Between two cards, in CSS px.
const GAP: f64 = 10.0;

/// The notes that have a place in the text, each beside its line.
#[component]
pub fn Margin(session: Session) -> impl IntoView {
    let column: NodeRef<html::Ol> = NodeRef::new();
    let tops = RwSignal::new_local(Vec::<(NoteId, f64)>::new());
    let ids = Memo::new(move |_| {
        session.notes.with(|notes| {
            let placed = notes.iter().filter(|placed| placed.anchoring.span().is_some());
            placed.map(|placed| placed.note.id.clone()).collect::<Vec<_>>()
        })
    });
    Effect::new(move || {
        session.notes.track();
        session.active.track();
        session.editing.track();
        session.reflow.track();
        session.wide.track();
        request_animation_frame(move || {
            if let Some(column) = column.get_untracked() {
                tops.set(arrange(session, &column));
            }
        });
    });
    let top_of = move |id: &NoteId| {
        tops.with(|tops| tops.iter().find(|(other, _)| other == id).map(|(_, top)| *top))
    };
    view! {
        <aside class="margin" part="margin" aria-label=session.say(Lang::margin_label)>
            <ol node_ref=column>
                <For each=move || ids.get() key=|id| id.clone() let:id>
                    {
                        let (a, b, c, d, e) = (id.clone(), id.clone(), id.clone(), id.clone(), id.clone());
                        let active = live(move || session.active.with(|active| active.as_ref() == Some(&a)));
                        view! {
                            <li
                                class="note"
                                part="note"
                                data-note=b.as_str().to_owned()
                                class:active=active
                                class:placed=live(move || top_of(&c).is_some())
                                style:transform=live(move || {
                                    let top = top_of(&d).unwrap_or_default();
                                    ["translateY(", &px(top), ")"].concat()
                                })
                                on:click=act(move || session.active.set(Some(e.clone())))
                            >
                                <NoteCard session id />
                            </li>
                        }
                    }
                </For>
            </ol>
        </aside>
    }
}

/// Measures the cards and gives each its top within the column.
fn arrange(session: Session, column: &HtmlElement) -> Vec<(NoteId, f64)> {
    let Some(map) = session.map() else { return Vec::new() };
    let document = dom::document();
    let origin = dom::rect_of(column).top();
    let active = session.active.get_untracked();
    let (mut ids, mut cards, mut active_index) = (Vec::new(), Vec::new(), None);
    session.notes.with_untracked(|notes| {
        for placed in notes {
            let Some(range) = placed.anchoring.span().and_then(|span| map.range(&document, span)) else { continue };
            let selector = ["[data-note=\"", placed.note.id.as_str(), "\"]"].concat();
            let card = column.query_selector(&selector).ok().flatten();
            let Some(card) = card.and_then(|card| card.dyn_into::<HtmlElement>().ok()) else { continue };
            if active.as_ref() == Some(&placed.note.id) {
                active_index = Some(ids.len());
            }
            ids.push(placed.note.id.clone());
            cards.push(MarginCard {
                ideal_top: range.get_bounding_client_rect().top() - origin,
                height: f64::from(card.offset_height()),
            });
        }
    });
    ids.into_iter().zip(place_cards(&cards, GAP, active_index)).collect()
}

/// On a narrow screen: the active note in a sheet.
#[component]
pub fn NoteSheet(session: Session) -> impl IntoView {
    let shown = Memo::new(move |_| if session.wide.get() { None } else { session.active.get() });
    let label = Signal::derive(move || session.lang.get().notes().to_owned());
    let anchor = Signal::derive_local(move || {
        shown.get();
        session.map().map_or(Rect::default(), |map| document_rect(map.root()))
    });
    let close = move || {
        session.editing.set(None);
        session.active.set(None);
    };
    view! {
        {part(move || shown.get().map(|id| view! {
            <Floating session part="note" label anchor sheet=true takes_focus=false>
                <div class="card-head">
                    <button
                        class="quiet close"
                        aria-label=session.say(Lang::close)
                        title=session.say(Lang::close)
                        on:click=act(close)
                    >{"×"}</button>
                </div>
                <NoteCard session id />
            </Floating>
        }))}
    }
}
