//! Notes beside their words: on a wide screen a card level with each line, on a narrow one a numbered marker
//! at the end of the words and a sheet for one note. Only what is near the viewport is in the page.

use super::element::{El, button, classed, el, follow, mount};
use super::floating::{Behavior, close_button, floating, px};
use super::layer::{style_of, whose};
use super::note_card::note_card;
use super::painting::{ALL, NEAR};
use super::session::Session;
use super::strings::Lang;
use crate::annotation::NoteId;
use crate::dom::{self, TextMap};
use crate::layout::{Card as MarginCard, place_cards, place_markers};
use crate::notebook::{Placed, beside, find};
use crate::text::{Offset, Span};
use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, HtmlElement, Node, ResizeObserver};

/// Between two cards, in CSS px.
const GAP: f64 = 10.0;
/// How tall the card of a bare highlight is taken to be until it has been seen, in CSS px.
const BARE: f64 = 66.0;
/// The same of a card with a comment or tags: one line of them.
const CARD: f64 = 96.0;
/// The side of a marker, in CSS px: the least that a finger finds.
const MARKER: f64 = 24.0;
/// How far beyond the viewport cards are in the page, in CSS px.
const BEYOND: f64 = 400.0;
/// How long (in ms) after a change those out of view come.
const REST: u32 = 200;
/// How far a note is looked for among the rows of before.
const LOOK_AHEAD: usize = 40;
/// Of more new notes than this, the words are coloured first and the cards come a frame later.
const AT_ONCE: usize = 8;
/// How many rows are measured in a frame.
const MEASURED: usize = 400;

/// What is known of a note's place.
struct Row {
    id: NoteId,
    span: Span,
    /// Where its words begin (a card) or end (a marker), from the list's corner in CSS px; `None` until
    /// measured.
    at: Option<(f64, f64)>,
    /// It was measured since the text may have moved.
    is_measured: bool,
    /// How tall its card was when it was last seen.
    height: f64,
}

/// Keeps cards or markers at their words.
struct Beside {
    session: Session,
    is_wide: bool,
    list: RefCell<Option<HtmlElement>>,
    /// What is in the page, in text order.
    items: RefCell<Vec<Item>>,
    rows: RefCell<Vec<Row>>,
    /// Where the rows' cards or markers stand, from the list's corner.
    places: RefCell<Vec<(f64, f64)>>,
    /// More has changed than how far the page is scrolled.
    is_changed: Cell<bool>,
    /// Cards have another height, or are seen for the first time.
    is_resized: Cell<bool>,
    /// The text may have moved: rows are measured anew.
    is_stale: Cell<bool>,
    /// The notes have changed: the rows follow.
    has_news: Cell<bool>,
    /// The frame in which words are coloured has been.
    has_waited: Cell<bool>,
    /// Cards that are not in view yet are to come too.
    is_ahead: Cell<bool>,
    /// A frame is asked for.
    is_due: Cell<bool>,
    /// Where the list's corner was when it was last said what is near.
    near_at: Cell<f64>,
    /// Tells when a card changes its height: as one writes, or as its text comes.
    heights: RefCell<Option<Heights>>,
}

/// What is told of the cards' sizes, and what it calls.
type Heights = (ResizeObserver, Closure<dyn FnMut()>);

/// A card or a marker in the page.
struct Item {
    id: NoteId,
    /// Its place among the rows.
    row: usize,
    /// Where it stands, once it does.
    place: Cell<Option<(f64, f64)>>,
    element: HtmlElement,
    /// Takes the element out of the page when it is dropped.
    _view: Box<dyn Any>,
}

/// The notes that have a place in the text, each beside its words.
pub fn margin(session: Session) -> Option<El> {
    let is_wide = session.wide.get();
    let beside = Rc::new(Beside {
        session,
        is_wide,
        list: RefCell::default(),
        items: RefCell::default(),
        rows: RefCell::default(),
        places: RefCell::default(),
        is_changed: Cell::default(),
        is_resized: Cell::default(),
        is_stale: Cell::default(),
        has_news: Cell::default(),
        has_waited: Cell::default(),
        is_ahead: Cell::default(),
        is_due: Cell::default(),
        near_at: Cell::default(),
        heights: RefCell::default(),
    });
    beside.follow();
    let mut list = el("ol");
    // Heard once for all: of a note whose card goes, what a pointer or the focus has left is not told.
    for name in ["click", "pointerover", "focusin", "pointerleave", "focusout"] {
        let beside = Rc::clone(&beside);
        list = list.on(name, move |event| beside.hear(name, &event));
    }
    let list = list.mounted(move |element| {
        *beside.list.borrow_mut() = Some(element);
        beside.arrange_soon();
    });
    Some(
        classed("aside", if is_wide { "margin" } else { "markers" })
            .attr("part", "margin")
            .attr_say("aria-label", session, Lang::margin_label)
            .child(list),
    )
}

impl Beside {
    /// Arranges whenever notes, boxes or the viewport have changed, until the reactive owner goes.
    fn follow(self: &Rc<Self>) {
        let session = self.session;
        let beside = Rc::clone(self);
        follow(move || {
            session.notes.track();
            session.layer.track();
            beside.let_go();
            beside.has_news.set(true);
            beside.arrange_soon();
        });
        let beside = Rc::clone(self);
        follow(move || {
            session.active.track();
            session.editing.track();
            beside.arrange_soon();
        });
        let beside = Rc::clone(self);
        follow(move || {
            session.reflow.track();
            beside.is_stale.set(true);
            session.noting.near.update(|near| *near = None);
            beside.arrange_soon();
        });
        for (track, say) in
            [(track_looks as fn(Session), Self::mark as fn(&Self, &Item)), (track_count, Self::count)]
        {
            let beside = Rc::clone(self);
            follow(move || {
                track(session);
                beside.items.borrow().iter().for_each(|item| say(&beside, item));
            });
        }
        let beside = Rc::downgrade(self);
        let options =
            EventListenerOptions { phase: gloo::events::EventListenerPhase::Capture, passive: true };
        // In the capture phase: the article may stand in a box that scrolls by itself.
        let scroll =
            EventListener::new_with_options(&dom::document(), "scroll", options, move |_: &Event| {
                if let Some(beside) = beside.upgrade() {
                    beside.look_ahead();
                }
            });
        let beside = Rc::downgrade(self);
        let resized = Closure::<dyn FnMut()>::new(move || {
            if let Some(beside) = beside.upgrade() {
                beside.is_resized.set(true);
                beside.look_soon();
            }
        });
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        *self.heights.borrow_mut() = observer.map(|observer| (observer, resized));
        let gone = SendWrapper::new((Rc::clone(self), scroll));
        on_cleanup(move || {
            let (beside, scroll) = gone.take();
            drop(scroll);
            if let Some((observer, _)) = beside.heights.borrow_mut().take() {
                observer.disconnect();
            }
            beside.list.borrow_mut().take();
            beside.items.borrow_mut().clear();
        });
    }

    /// Takes the cards out whose notes are gone. At once: a window in the background has no frames, and what
    /// is being written in a card is kept as it goes.
    fn let_go(&self) {
        let is_here = |item: &Item| self.session.placed(&item.id).is_some();
        // Dropped when nothing is borrowed any more.
        let (here, gone): (Vec<Item>, Vec<Item>) = self.items.take().into_iter().partition(is_here);
        self.items.replace(here);
        drop(gone);
    }

    /// Arranges in the next frame.
    fn arrange_soon(self: &Rc<Self>) {
        self.is_changed.set(true);
        self.look_soon();
    }

    /// The same where the reader scrolls, or rests: cards that are not in view yet come too.
    fn look_ahead(self: &Rc<Self>) {
        self.is_ahead.set(true);
        self.look_soon();
    }

    /// In the next frame, once for all that asked for it, arranges if anything is to be arranged.
    fn look_soon(self: &Rc<Self>) {
        if !self.is_due.replace(true) {
            let beside = Rc::clone(self);
            dom::in_next_frame(move || {
                beside.is_due.set(false);
                beside.arrange();
            });
        }
    }

    /// Measures, then computes, then writes: the engine lays the page out once at most.
    fn arrange(self: &Rc<Self>) {
        let session = self.session;
        let Some(list) = self.list.borrow().clone().filter(|_| !session.is_gone()) else { return };
        let Some(map) = session.map() else { return };
        let is_more = session.margin.peek(Vec::len) > self.rows.borrow().len() + AT_ONCE;
        if is_more && !self.has_waited.replace(true) {
            return self.arrange_soon();
        }
        self.has_waited.set(false);
        let (corner, height) = (dom::rect_of(&list), dom::viewport().height);
        // Asked once: it is asked for thousands of rows.
        let (left, top, width) = (corner.left(), corner.top(), corner.width());
        let mut rows = self.rows.borrow_mut();
        if (top - self.near_at.get()).abs() > height / 2.0 {
            self.near_at.set(top);
            session.noting.near.update(|near| *near = near_rows(&rows, &map, -top, height));
        }
        let is_other = |item: &Item| f64::from(item.element.offset_height()) != rows[item.row].height;
        let has_grown = self.is_resized.take() && self.items.borrow().iter().any(is_other);
        let is_changed = self.is_changed.take() || has_grown;
        // Cards come in time for the eye, and some at a time: those in view at once where cards have moved, the others as the
        // reader scrolls, or rests. A few pixels more or less bring no others, as when one comes level with its words.
        let (ahead, reach) = if self.is_ahead.take() { (BEYOND / 2.0, BEYOND) } else { (0.0, 0.0) };
        let look = |rows: &[Row], items: &[Item], places: &[(f64, f64)], kept: &[usize]| {
            let (mut near, mut lacks) = (Vec::new(), false);
            for (at, (row, place)) in rows.iter().zip(places).enumerate() {
                let gap = (-top - place.1 - row.height).max(place.1 - height + top);
                let is_shown = gap <= BEYOND && items.iter().any(|item| item.row == at);
                // The keys lead on to the one before and the one after.
                let stays = is_shown || kept.iter().any(|kept| kept.abs_diff(at) <= 1);
                lacks |= !is_shown && gap <= ahead;
                if stays || gap <= reach {
                    near.push((at, stays));
                }
            }
            (near, lacks)
        };
        if !is_changed && !look(&rows, &self.items.borrow(), &self.places.borrow(), &[]).1 {
            return;
        }
        // Not before all are measured: a text that moves all the time would never be.
        if rows.iter().all(|row| row.is_measured) && self.is_stale.take() {
            for row in rows.iter_mut() {
                row.is_measured = false;
            }
        }
        // What is written in, or has the focus, does not go from under it.
        let editing = session.editing.now();
        if self.has_news.take() {
            let keeps = session.notes.peek(|notes| {
                let written = editing.as_ref().filter(|id| find(notes, id).is_some());
                session.layer.peek(|layer| follow_notes(&mut rows, beside(notes, &layer.notes), written))
            });
            // Until the writing ends.
            self.has_news.set(keeps);
        }
        let mut items = self.items.borrow_mut();
        follow_rows(&mut items, &rows);
        let shown: Vec<usize> = items.iter().map(|item| item.row).collect();
        let mut more = MEASURED;
        for at in shown.into_iter().chain(0..rows.len()) {
            let row = &mut rows[at];
            if !row.is_measured && more > 0 {
                row.at = Some(self.measure(&map, row.span, left, top));
                row.is_measured = true;
                more -= 1;
            }
        }
        if more == 0 && rows.iter().any(|row| !row.is_measured) {
            self.arrange_soon();
            // Where others stand, each card depends on all of them.
            if rows.iter().any(|row| row.at.is_none()) {
                return;
            }
        }
        for item in items.iter() {
            rows[item.row].height = f64::from(item.element.offset_height());
        }
        let mut places = self.places.take();
        if is_changed || places.len() != rows.len() {
            places = self.places(&rows, width);
        }
        let is_held = |item: &&Item| item.element.matches(":focus-within").unwrap_or_default();
        let looked_at = [editing, session.active.now()].into_iter().flatten();
        let mut kept: Vec<usize> = looked_at.filter_map(|id| row_of(&rows, &id)).collect();
        kept.extend(items.iter().filter(is_held).map(|item| item.row));
        let (near, lacks) = look(&rows, &items, &places, &kept);
        let near = near.into_iter().filter(|(_, stays)| lacks || *stays).map(|(at, _)| at).collect();
        let has_changed = self.show(&mut items, &rows, near, &list);
        if has_changed {
            for item in items.iter() {
                rows[item.row].height = f64::from(item.element.offset_height());
            }
        }
        let places = if has_changed { self.places(&rows, width) } else { places };

        for item in items.iter() {
            let (left, top) = places[item.row];
            let place = (left.round(), top.round());
            let before = item.place.replace(Some(place));
            if before == Some(place) {
                continue;
            }
            // It glides from one place to another, but not to its first.
            let placed = if before.is_some() { "again" } else { "" };
            dom::set_attribute(&item.element, "data-placed", Some(placed));
            let place = ["translate(", &px(place.0), ", ", &px(place.1), ")"].concat();
            dom::set_style(&item.element, "transform", &place);
        }
        let bottom = rows.last().zip(places.last()).map_or(0.0, |(row, place)| place.1 + row.height);
        dom::set_style(&list, "min-height", &px(if self.is_wide { bottom } else { 0.0 }));
        *self.places.borrow_mut() = places;
        if is_changed {
            let beside = Rc::clone(self);
            dom::after(REST, move || beside.look_ahead()).forget();
        }
        let wanted = items.iter().find(|item| self.is_wide && session.is_wanted(&item.id));
        let wanted = wanted.map(|item| item.element.clone());
        drop((items, rows));
        if let Some(element) = wanted {
            dom::focus(&element);
        }
    }

    /// Has the items of these rows in the page, and no others; answers whether any came or went. One that
    /// stays is not moved: it may have the focus.
    fn show(&self, items: &mut Vec<Item>, rows: &[Row], near: Vec<usize>, list: &HtmlElement) -> bool {
        if near.iter().eq(items.iter().map(|item| &item.row)) {
            return false;
        }
        let mut before: Vec<Item> = Vec::new();
        for item in items.drain(..).filter(|item| near.contains(&item.row)) {
            before.push(item);
        }
        let mut next = None::<HtmlElement>;
        for at in near.into_iter().rev() {
            let known = before.iter().position(|item| item.row == at);
            let item = match known.map(|known| before.remove(known)) {
                Some(item) => item,
                None => match self.item(&rows[at], at, list) {
                    Some(item) => item,
                    None => continue,
                },
            };
            if item.element.next_sibling().as_ref() != next.as_deref().map(AsRef::as_ref) {
                let _ = list.insert_before(&item.element, next.as_deref().map(AsRef::as_ref));
            }
            next = Some(item.element.clone());
            items.push(item);
        }
        items.reverse();
        true
    }

    /// Makes the card or marker of a row, at the end of the list.
    fn item(&self, row: &Row, at: usize, list: &HtmlElement) -> Option<Item> {
        let (session, id) = (self.session, row.id.clone());
        let make = if self.is_wide { card } else { marker };
        let view = mount(list.clone(), Box::new(move || make(session, &id)));
        let element = list.last_element_child()?.dyn_into::<HtmlElement>().ok()?;
        if let Some((heights, _)) = &*self.heights.borrow() {
            heights.observe(&element);
        }
        let item = Item { id: row.id.clone(), row: at, place: Cell::default(), element, _view: view };
        self.mark(&item);
        self.count(&item);
        Some(item)
    }

    /// Says of an item whether it is looked at.
    fn mark(&self, item: &Item) {
        let is_it = |id: &Option<NoteId>| id.as_ref() == Some(&item.id);
        let session = self.session;
        for (name, looked_at) in [("data-active", session.active), ("data-pointed", session.noting.pointed)] {
            dom::set_attribute(&item.element, name, looked_at.peek(is_it).then_some(""));
        }
    }

    /// Says of an item which it is of all: its neighbours may not be in the page.
    fn count(&self, item: &Item) {
        let session = self.session;
        let number = session.number(&item.id).map(|number| number.to_string());
        dom::set_attribute(&item.element, "aria-setsize", Some(&session.margin.peek(Vec::len).to_string()));
        dom::set_attribute(&item.element, "aria-posinset", number.as_deref());
        if self.is_wide {
            dom::set_attribute(&item.element, "aria-label", Some(&numbered_label(session, &item.id)));
        }
    }

    /// Hears an event of the list, which came to one of the items or to none.
    fn hear(&self, name: &str, event: &Event) {
        let session = self.session;
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        let is_it = |item: &&Item| item.element.contains(target.as_ref());
        let Ok(items) = self.items.try_borrow() else { return };
        let id = items.iter().find(is_it).map(|item| item.id.clone());
        drop(items);
        match name {
            "click" => {
                // A click on one of its buttons has taken it out already, or led to another.
                let is_led = session.state().noting.wanted.borrow().is_some();
                if let Some(id) = id.filter(|id| self.is_wide && !is_led && session.placed(id).is_some()) {
                    session.active.set(Some(id));
                }
            }
            "pointerover" | "focusin" => session.noting.pointed.set(id),
            _ => session.noting.pointed.set(None),
        }
    }

    /// Where a span's words begin or end, from the list's corner.
    fn measure(&self, map: &TextMap, span: Span, left: f64, top: f64) -> (f64, f64) {
        let (start, end) = (span.start(), span.end());
        let one = if self.is_wide {
            Span::new(start, Offset(start.0 + 1))
        } else {
            Span::new(Offset(end.0.saturating_sub(1)), end)
        };
        let Some(rect) = map.rect(one) else { return (0.0, 0.0) };
        (rect.right() - left, rect.top() - top)
    }

    /// The places of all cards or markers, from the list's corner.
    fn places(&self, rows: &[Row], width: f64) -> Vec<(f64, f64)> {
        let at = |row: &Row| row.at.unwrap_or_default();
        if !self.is_wide {
            // Over the words' corner, like a number set above the line; most of what a finger finds lies between
            // two lines, so that the words can still be selected.
            let ends: Vec<_> =
                rows.iter().map(|row| (at(row).0 - MARKER / 3.0, at(row).1 - MARKER * 0.7)).collect();
            return place_markers(&ends, MARKER, width);
        }
        let cards: Vec<MarginCard> =
            rows.iter().map(|row| MarginCard { ideal_top: at(row).1, height: row.height }).collect();
        let active = self.session.active.now();
        let active = active.and_then(|id| row_of(rows, &id));
        place_cards(&cards, GAP, active).into_iter().map(|top| (0.0, top)).collect()
    }
}

/// The part of the text around the viewport, which begins at `top`, from one note to another; `None` while it is
/// not known where all of them are, or where they are few and far between.
fn near_rows(rows: &[Row], map: &TextMap, top: f64, height: f64) -> Option<Span> {
    if rows.len() <= ALL || !rows.iter().all(|row| row.is_measured) {
        return None;
    }
    let beyond = NEAR * height;
    let tops = || rows.iter().map(|row| row.at.unwrap_or_default().1);
    let above = tops().take_while(|at| *at < top - beyond).count();
    let below = tops().rev().take_while(|at| *at > top + height + beyond).count();
    let start = above.checked_sub(1).map_or(Offset(0), |at| rows[at].span.start());
    let end = below.checked_sub(1).map_or(map.text().end(), |at| rows[rows.len() - 1 - at].span.end());
    Some(Span::new(start, end))
}

/// Follows what [`Beside::mark`] says.
fn track_looks(session: Session) {
    session.active.track();
    session.noting.pointed.track();
}

/// Follows what [`Beside::count`] says.
fn track_count(session: Session) {
    session.lang.track();
    session.margin.track();
}

/// The row of a note. A copy of its own id is found among thousands without reading names.
fn row_of(rows: &[Row], id: &NoteId) -> Option<usize> {
    let copy = rows.iter().position(|row| row.id.is_copy_of(id));
    copy.or_else(|| rows.iter().position(|row| row.id == *id))
}

/// Makes the rows those of the notes, and keeps what is known of each. The note that is `written` on keeps its row, and
/// its place, when its words are gone; answers whether it does.
fn follow_notes(rows: &mut Vec<Row>, notes: Vec<&Placed>, written: Option<&NoteId>) -> bool {
    let is_it = |row: &Row| Some(&row.id) == written;
    let kept = rows.iter().position(is_it).map(|at| (at, rows[at].at));
    let mut before = std::mem::take(rows).into_iter();
    for placed in notes {
        let Some(span) = placed.anchoring.span() else { continue };
        let id = &placed.note.id;
        // Both are in text order: what is not near is new, or was moved.
        let known = before.as_slice().iter().take(LOOK_AHEAD).position(|row| &row.id == id);
        let known = known.and_then(|at| before.nth(at));
        rows.push(match known {
            Some(row) => Row { is_measured: row.is_measured && row.span == span, span, ..row },
            None => {
                let is_bare = placed.note.comment.is_empty() && placed.note.tags.is_empty();
                let height = if is_bare { BARE } else { CARD };
                Row { id: id.clone(), span, at: None, is_measured: false, height }
            }
        });
    }
    let Some(((at, place), id)) = kept.zip(written).filter(|_| !rows.iter().any(is_it)) else { return false };
    let at = at.min(rows.len());
    let span = rows.get(at).map(|row| Span::new(row.span.start(), row.span.start())).unwrap_or_default();
    rows.insert(at, Row { id: id.clone(), span, at: place, is_measured: true, height: CARD });
    true
}

/// Finds the row of each item; an item whose note is gone goes.
fn follow_rows(items: &mut Vec<Item>, rows: &[Row]) {
    let mut from = 0;
    items.retain_mut(|item| {
        let is_it = |row: &Row| row.id == item.id;
        if rows.get(item.row).is_some_and(is_it) {
            from = item.row + 1;
            return true;
        }
        // Both are in text order, unless a note was moved.
        let found = rows.iter().skip(from).position(is_it).map(|at| from + at);
        let found = found.or_else(|| rows.iter().position(is_it));
        item.row = found.unwrap_or_default();
        from = item.row + 1;
        found.is_some()
    });
}

/// The item of a note in the list; [`Beside`] says the rest of it.
fn item(id: &NoteId) -> El {
    el("li").attr("data-note", id.as_str())
}

fn card(session: Session, id: &NoteId) -> El {
    let shown = id.clone();
    let card = item(id).attr("class", "note").attr("part", "note").attr("tabindex", "-1");
    card.part(move || note_card(session, &shown))
}

/// The marker of a noted place on a narrow screen.
fn marker(session: Session, id: &NoteId) -> El {
    let (opened, numbered, labelled, expanded) = (id.clone(), id.clone(), id.clone(), id.clone());
    let open = move || session.visit_note(&opened);
    let number = move || session.number(&numbered).unwrap_or_default().to_string();
    let label = move || {
        let quote = session.placed(&labelled).map(|placed| placed.note.target.quote.exact.clone());
        Some([numbered_label(session, &labelled).as_str(), ": ", &quote.unwrap_or_default()].concat())
    };
    let is_open = move || session.active.with(|active| active.as_ref() == Some(&expanded));
    let color = session.placed(id).map(|placed| style_of(&placed)).unwrap_or_default();
    let face = el("span").text_live(number);
    item(id).child(
        button("marker", open)
            .attr("data-color", color)
            .attr("aria-haspopup", "dialog")
            .attr_live("aria-expanded", move || Some(is_open().to_string()))
            .attr_live("aria-label", label)
            .child(face),
    )
}

/// “Note 3 / 12”, or whose note it is. Follows.
fn numbered_label(session: Session, id: &NoteId) -> String {
    let number = session.number(id).unwrap_or_default().to_string();
    let count = session.margin.with(Vec::len).to_string();
    let lang = session.lang.get();
    let of_layer = session.placed(id).filter(|placed| placed.is_of_layer);
    let name = match of_layer {
        Some(placed) => [lang.layer(), &whose(session, &placed.note)].concat(),
        None => lang.note().to_owned(),
    };
    [name.as_str(), " ", &number, " / ", &count].concat()
}

/// On a narrow screen: the active note in a sheet, with the way to the next one.
pub fn note_sheet(session: Session) -> Option<El> {
    if session.wide.get() {
        return None;
    }
    let id = session.active.get()?;
    session.placed(&id)?;
    // The sheet leaves the note's own line in sight; a note that lost its place has none.
    let anchor = session.note_rect(&id).unwrap_or_default();
    let close = move || {
        session.editing.set(None);
        session.active.set(None);
    };
    let (labelled, counted, focused) = (id.clone(), id.clone(), id.clone());
    let mounted = move |sheet: HtmlElement| {
        let stepped = session.stepped.now();
        session.stepped.set("");
        let next = (!stepped.is_empty()).then(|| sheet.query_selector(stepped).ok());
        let next = next.flatten().flatten().and_then(|next| next.dyn_into::<HtmlElement>().ok());
        if session.is_wanted(&focused) {
            dom::focus(next.as_ref().unwrap_or(&sheet));
        }
    };
    let sheet = floating(session, "note", Behavior::Sheet, anchor)
        .attr_live("aria-label", move || Some(numbered_label(session, &labelled)))
        .mounted(mounted);
    let step = |by: isize, class: &'static str, name: fn(Lang) -> &'static str, glyph: &str| {
        let step = move || {
            session.stepped.set(if by < 0 { ".previous" } else { ".next" });
            session.editing.set(None);
            session.step_note(by);
        };
        button(class, step).label(session, name).text(glyph)
    };
    let count = move || {
        let number = session.number(&counted).unwrap_or_default().to_string();
        [&number, " / ", &session.margin.with(Vec::len).to_string()].concat()
    };
    // Not followed: what is written here stays as other notes come.
    let steps = session.margin.peek(|margin| margin.len() > 1 && margin.contains(&id)).then(|| {
        classed("span", "steps")
            .child(step(-1, "quiet previous", Lang::previous_note, "↑"))
            .child(step(1, "quiet next", Lang::next_note, "↓"))
            .child(classed("span", "count").attr("aria-hidden", "true").text_live(count))
    });
    let head = classed("div", "card-head").children(steps).child(close_button(session, close));
    Some(sheet.attr("data-note", id.as_str()).child(head).part(move || note_card(session, &id)))
}
