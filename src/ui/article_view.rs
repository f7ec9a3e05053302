//! The article in the light DOM: its headline and blocks, each mention an element that a keyboard and
//! a screen reader can reach.

use super::element::{El, classed, el};
use super::hover;
use super::session::{Session, document_rect, range_rect};
use super::strings::Lang;
use super::study::Study;
use crate::article::{Block, BlockKind};
use crate::dom::{self, TextMap};
use crate::layout::Rect;
use crate::lexicon::Kind;
use crate::recognition::Mention;
use crate::text::Span;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use leptos::prelude::{Effect, Track};
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent, Node, PointerEvent};

/// What hears an event.
type Ear = Rc<dyn Fn(&Event)>;

/// What is heard from the text, however it came into the page.
fn ears(session: Session) -> [(&'static str, Ear); 5] {
    // Where the second press of a double click came down.
    let pressed = Rc::new(Cell::new((0, 0)));
    let press = Rc::clone(&pressed);
    [
        ("click", Rc::new(move |event: &Event| on_click(session, event))),
        ("mousedown", Rc::new(move |event: &Event| press.set(place_of(event)))),
        (
            "dblclick",
            Rc::new(move |event: &Event| {
                // Where the pointer moved in between, the reader has drawn a selection of their own.
                if pressed.get() == place_of(event) {
                    select_word(session, event);
                }
            }),
        ),
        (
            "pointermove",
            Rc::new(move |event: &Event| {
                point_at_notes(session, event);
                if !session.is_painted {
                    hover::over(session, event);
                }
            }),
        ),
        (
            "pointerdown",
            Rc::new(move |event: &Event| {
                hover::stay(session);
                if !session.is_painted {
                    let_select(event);
                }
            }),
        ),
    ]
}

/// Hears what happens on the page's own markup. On the window and first of all: a page may keep events to itself,
/// and a link is not to be followed before the reader was asked.
pub fn listen(session: Session, host: &HtmlElement) -> Vec<EventListener> {
    let listener = |(name, hear): (&'static str, Ear)| {
        let host = host.clone();
        let options =
            EventListenerOptions { phase: gloo::events::EventListenerPhase::Capture, passive: false };
        EventListener::new_with_options(&dom::window(), name, options, move |event| {
            let target = event.composed_path().get(0).dyn_into::<Node>().ok();
            if target.as_ref().is_some_and(|target| **host != *target && host.contains(Some(target))) {
                hear(event);
            } else if name == "pointermove" && target.is_some_and(|target| !is_of_interface(&host, &target)) {
                session.state().noting.over.set(None);
                session.noting.pointed.set(None);
                hover::over_painted(session, None);
            }
        })
    };
    ears(session).into_iter().map(listener).collect()
}

/// Whether a node stands in the element's shadow root.
pub fn is_of_interface(host: &HtmlElement, node: &Node) -> bool {
    host.shadow_root().is_some_and(|root| root.contains(Some(node)))
}

/// The headline, the byline and the blocks. The blocks follow the study: terms may be laid anew.
pub fn article_view(session: Session, study: &Study) -> El {
    let mounted = move |root: HtmlElement| session.set_root(root.into());
    let mut view = classed("div", "bianzhu-article")
        .on("pointerleave", move |_| session.noting.pointed.set(None))
        .on("keydown", move |event| on_key(session, &event))
        .on("pointerout", move |event| hover::out(session, &event))
        .mounted(mounted)
        .children(headline(session, study));
    for (name, hear) in ears(session) {
        view = view.on(name, move |event| hear(&event));
    }
    Effect::new(move || {
        session.terms.unmarked.track();
        session.terms.known.track();
        session.lang.track();
        wasm_bindgen_futures::spawn_local(session.mark_again());
    });
    for (at, (blocks, chunk)) in session.set_chunks(&study.article).into_iter().enumerate() {
        view = view.part(move || {
            chunk.track();
            session.is_shown(at).then(|| chunk_view(session, at, &blocks)).flatten()
        });
    }
    view
}

fn chunk_view(session: Session, at: usize, blocks: &Range<usize>) -> Option<El> {
    let study = session.study()?;
    let blocks =
        blocks.clone().filter_map(|at| Some(block_view(&study, at, *study.article.blocks().get(at)?)));
    let mounted = move |element| session.set_chunk(at, element);
    Some(tag("DIV", "div").attr("class", "bianzhu-chunk").mounted(mounted).children(blocks))
}

fn headline(session: Session, study: &Study) -> Option<El> {
    let details = &study.article.details;
    if details.title.is_empty() {
        return None;
    }
    let byline = [&details.source, &details.author, &details.date];
    let byline =
        byline.into_iter().filter(|part| !part.is_empty()).map(|part| el("span").text(part.as_str()));
    let ours = details.title_is_ours.then(|| {
        classed("span", "bianzhu-ours").attr_say("lang", session, Lang::tag).say(session, Lang::ours)
    });
    let byline = classed("p", "bianzhu-byline").children(byline).children(ours);
    let title = el("h1").text(details.title.as_str()).mounted(|title| dom::mark_words(&title));
    Some(el("header").child(title).child(byline))
}

fn block_view(study: &Study, index: usize, block: Block) -> El {
    let text = study.article.text();
    let mentions = &study.recognition.mentions;
    let view = match block.kind {
        BlockKind::Heading(2) => tag("H2", "h2"),
        BlockKind::Heading(_) => tag("H3", "h3"),
        BlockKind::ListItem => tag("P", "p").attr("class", "bianzhu-item"),
        BlockKind::Quote => tag("BLOCKQUOTE", "blockquote"),
        BlockKind::Paragraph => tag("P", "p"),
    };
    let mut view = written(view.attr("data-block", index.to_string()), text.slice(block.span), block);
    let first = mentions.partition_point(|mention| mention.span.start() < block.span.start());
    let mut done = block.span.start();
    for (at, mention) in mentions.iter().enumerate().skip(first) {
        if mention.span.start() >= block.span.end() {
            break;
        }
        if mention.parent.is_some() || mention.span.end() > block.span.end() || mention.span.start() < done {
            continue;
        }
        view = text_between(view, text.slice(Span::new(done, mention.span.start())));
        view = view.child(mention_view(text.slice(mention.span), at, mention));
        done = mention.span.end();
    }
    text_between(view, text.slice(Span::new(done, block.span.end())))
}

/// A block whose text is Latin, nearly all of it, is set as such; one with tabs in it, as a row.
pub fn written(view: El, text: &str, block: Block) -> El {
    // Latin has a byte a character, Chinese three. Which language it is nobody says.
    let view = if text.len() * 5 < block.span.len() * 6 { view.attr("lang", "") } else { view };
    let view = if text.contains('\t') { view.attr("data-row", "") } else { view };
    if text.starts_with('\u{3000}') { view.attr("data-indented", "") } else { view }
}

/// An element that Leptos keeps when it is made anew: only if its tag is spelled as the page spells it, large in
/// HTML and small in XHTML.
fn tag(html: &'static str, xhtml: &'static str) -> El {
    el(if dom::is_xml() { xhtml } else { html })
}

fn text_between(view: El, text: &str) -> El {
    if text.is_empty() { view } else { view.text(text) }
}

fn mention_view(text: &str, index: usize, mention: &Mention) -> El {
    tag("SPAN", "span")
        .attr("data-mention", index.to_string())
        .attr("data-kind", mention.kind.name())
        .text(text)
}

/// Makes buttons of the mentions below an element that are marked; one that is not is text like any other. At
/// once for all: an article may have thousands, and attributes that follow something each for themselves cost
/// more than the text.
pub fn mark_mentions(session: Session, root: &Element) {
    let Some(study) = session.study() else { return };
    let (unmarked, lang) = (session.terms.unmarked.now(), session.lang.now());
    for element in dom::elements(root, "[data-mention]") {
        let Some(index) = index_of(&element) else { continue };
        let Some(mention) = study.recognition.mentions.get(index) else { continue };
        let is_marked = unmarked.binary_search(&index).is_err();
        let is_known = session.is_known(&study, mention);
        for (name, value) in [
            ("role", is_marked.then_some("button")),
            // The focus can come back to it from a card that was led here.
            ("tabindex", Some(if is_marked { "0" } else { "-1" })),
            ("aria-haspopup", is_marked.then_some("dialog")),
            ("aria-description", is_marked.then(|| lang.kind(mention.kind))),
            ("data-unmarked", (!is_marked).then_some("")),
            ("data-known", is_known.then_some("")),
        ] {
            dom::set_attribute(&element, name, value);
        }
    }
    session.replace_boxes();
}

/// The mention that has the focus, or that the keys have come to.
pub fn focused_mention(session: Session) -> Option<usize> {
    if session.is_painted {
        return session.current.now();
    }
    index_of(&dom::document().active_element()?)
}

fn index_of(mention: &Element) -> Option<usize> {
    mention.get_attribute("data-mention")?.parse().ok()
}

/// Lets a press on a mention begin a selection: one that gives the focus does not, in Chromium.
fn let_select(event: &Event) {
    const TABINDEX: &str = "tabindex";
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let mention = target.and_then(|target| target.closest("[data-mention]").ok()?);
    if let Some((mention, tabindex)) =
        mention.and_then(|mention| Some((mention.clone(), mention.get_attribute(TABINDEX)?)))
    {
        let _ = mention.remove_attribute(TABINDEX);
        // The focus is given in this task.
        Timeout::new(0, move || drop(mention.set_attribute(TABINDEX, &tabindex))).forget();
    }
}

/// The mention that an event is on, if it is marked.
pub fn mention_of(session: Session, event: &Event) -> Option<usize> {
    if session.is_painted {
        let mouse = event.dyn_ref::<MouseEvent>()?;
        let (x, y) = (mouse.client_x().into(), mouse.client_y().into());
        return session.mention_at(session.map()?.offset_at_point(&dom::document(), x, y)?);
    }
    let target = event.target()?.dyn_into::<Element>().ok()?;
    index_of(&target.closest("[data-mention]:not([data-unmarked])").ok()??)
}

/// The page's own link around what an event is on.
fn link_of(event: &Event) -> Option<HtmlElement> {
    let target = event.composed_path().get(0).dyn_into::<Element>().ok()?;
    target.closest("a[href]").ok()??.dyn_into().ok()
}

fn on_click(session: Session, event: &Event) {
    let (Some(map), Some(mouse)) = (session.map(), event.dyn_ref::<MouseEvent>()) else { return };
    if dom::selected_span(&map).is_some() || session.state().noting.following.get() {
        return; // The end of a drag, or a click of ours; not of the reader's.
    }
    // A click made by a keyboard or a screen reader has no place.
    let place = if mouse.detail() == 0 {
        None
    } else {
        map.offset_at_point(&dom::document(), mouse.client_x().into(), mouse.client_y().into())
    };
    let notes = place.map(|place| session.notes_at(place)).unwrap_or_default();
    let mention = if session.is_painted {
        place.and_then(|place| session.mention_at(place))
    } else {
        mention_of(session, event)
    };
    let mut link = None;
    if mention.is_some() || !notes.is_empty() {
        link = link_of(event);
    }
    if link.is_some() {
        // A new tab or window was asked for by that; the reader knows that it is a link.
        if mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key() {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
    }
    let view = dom::viewport();
    let (x, y) = (f64::from(mouse.client_x()) + view.scroll_x, f64::from(mouse.client_y()) + view.scroll_y);
    // About a line around the pointer.
    let anchor =
        Rect { left: x - LINE / 2.0, right: x + LINE / 2.0, top: y - LINE / 2.0, bottom: y + LINE / 2.0 };
    session.open_at(mention, notes, link, anchor);
}

/// About as tall as a line of text, in CSS px.
const LINE: f64 = 28.0;

fn place_of(event: &Event) -> (i32, i32) {
    event.dyn_ref::<MouseEvent>().map_or((0, 0), |mouse| (mouse.client_x(), mouse.client_y()))
}

/// Selects the word under the pointer: a person's name whole, or as the engine divides Chinese.
fn select_word(session: Session, event: &Event) {
    let (Some(map), Some(study)) = (session.map(), session.study()) else { return };
    let (x, y) = place_of(event);
    let Some(place) = map.offset_at_point(&dom::document(), x.into(), y.into()) else { return };
    let name = study
        .recognition
        .mentions
        .iter()
        .find(|mention| mention.kind == Kind::Person && mention.span.contains_offset(place));
    session.noting.choosing.set(None);
    // Without a segmenter, the engine's own choice stays.
    if let Some(word) = name.map(|name| name.span).or_else(|| dom::word_at(map.text(), place)) {
        dom::select(&map, word);
    }
}

/// Marks the note under a mouse, and its card; opens the card of a painted mention. Looked for once a frame.
fn point_at_notes(session: Session, event: &Event) {
    let is_mouse = event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "mouse");
    if !is_mouse || !session.is_painted && session.margin.peek(Vec::is_empty) {
        return;
    }
    let is_free = session.is_painted && hover::is_free_mouse(event);
    let (x, y) = place_of(event);
    if session.state().noting.over.replace(Some((x.into(), y.into()))).is_none() {
        leptos::prelude::request_animation_frame(move || {
            if session.is_gone() {
                return;
            }
            let (Some((x, y)), Some(map)) = (session.state().noting.over.take(), session.map()) else {
                return;
            };
            let place = map.offset_at_point(&dom::document(), x, y);
            let note = place.and_then(|place| session.notes_at(place).into_iter().next());
            session.noting.pointed.set(note);
            if is_free {
                hover::over_painted(session, place.and_then(|place| session.mention_at(place)));
            }
        });
    }
}

fn on_key(session: Session, event: &Event) {
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
    if !matches!(key.key().as_str(), "Enter" | " ") || dom::is_composing(key) {
        return;
    }
    if let Some(mention) = mention_of(session, event) {
        event.prevent_default(); // A space would scroll.
        session.open_mention(mention);
    }
}

/// The box of the selection's last line, in document coordinates.
pub fn selection_rect(map: &TextMap, span: Span) -> Option<Rect> {
    range_rect(&map.range(&dom::document(), span)?).or_else(|| Some(document_rect(map.root())))
}
