//! The article in the light DOM: its headline and blocks, each mention an element that a keyboard and
//! a screen reader can reach.

use super::element::{El, classed, el};
use super::hover;
use super::session::{CardPage, Session, Study, document_rect};
use super::strings::Lang;
use crate::article::{Block, BlockKind};
use crate::dom::{self, TextMap};
use crate::recognition::Mention;
use crate::text::{IndexedText, Span};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent};

/// The headline, the byline and the blocks. The blocks follow the study: terms may be laid anew.
pub fn article_view(session: Session, study: &Study) -> El {
    let text = study.article.text().clone();
    let mounted = move |root: HtmlElement| session.set_map(map_of(root.into(), text));
    let mut view = classed("div", "bianzhu-article")
        .on("click", move |event| on_click(session, &event))
        .on("keydown", move |event| on_key(session, &event))
        .on("pointermove", move |event| hover::over(session, &event))
        .on("pointerdown", move |event| {
            hover::stay(session);
            let_select(&event);
        })
        .on("pointerout", move |event| hover::out(session, &event))
        .mounted(mounted)
        .children(headline(session, study));
    for (index, block) in study.article.blocks().iter().copied().enumerate() {
        view = view.part(move || {
            session.phase.track();
            Some(block_view(session, &*session.study()?, index, block))
        });
    }
    view
}

/// The text nodes under the element around an article.
pub fn map_of(root: Element, text: IndexedText) -> TextMap {
    let blocks = root.query_selector_all("[data-block]").map(|list| {
        (0..list.length()).filter_map(|i| list.item(i)?.dyn_into::<Element>().ok()).collect::<Vec<_>>()
    });
    TextMap::new(root, text, &blocks.unwrap_or_default())
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
    Some(el("header").child(el("h1").text(details.title.as_str())).child(byline))
}

fn block_view(session: Session, study: &Study, index: usize, block: Block) -> El {
    let text = study.article.text();
    let mentions = &study.recognition.mentions;
    // Leptos keeps an element that is made anew only if its tag is spelled as the page spells it: large.
    let view = match block.kind {
        BlockKind::Heading(2) => el("H2"),
        BlockKind::Heading(_) => el("H3"),
        BlockKind::ListItem => classed("P", "bianzhu-item"),
        BlockKind::Paragraph => el("P"),
    };
    let mut view = view.attr("data-block", index.to_string());
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
        view = view.child(mention_view(session, study, text.slice(mention.span), at, mention));
        done = mention.span.end();
    }
    text_between(view, text.slice(Span::new(done, block.span.end())))
}

fn text_between(view: El, text: &str) -> El {
    if text.is_empty() { view } else { view.text(text) }
}

fn mention_view(session: Session, study: &Study, text: &str, index: usize, mention: &Mention) -> El {
    let kind = mention.kind;
    let view = el("SPAN").attr("data-mention", index.to_string()).attr("data-kind", kind.name()).text(text);
    let CardPage::Term(id) = study.page_of(mention.entity) else {
        return view
            .attr("role", "button")
            .attr("tabindex", "0")
            .attr("aria-haspopup", "dialog")
            .attr_live("aria-description", move || Some(session.lang.get().kind(kind).to_owned()));
    };
    // A term that is not marked here is text like any other.
    let marked = move || session.terms.unmarked.with(|unmarked| unmarked.binary_search(&index).is_err());
    let with = move |value: &str| marked().then(|| value.to_owned());
    view.attr_live("role", move || with("button"))
        // The focus can come back to it from a card that was led here.
        .attr_live("tabindex", move || Some(if marked() { "0" } else { "-1" }.to_owned()))
        .attr_live("aria-haspopup", move || with("dialog"))
        .attr_live("aria-description", move || marked().then(|| session.lang.get().kind(kind).to_owned()))
        .attr_live("data-unmarked", move || (!marked()).then(String::new))
        .attr_live("data-known", move || session.knows(&id).then(String::new))
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
pub fn mention_of(event: &Event) -> Option<usize> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("[data-mention]:not([data-unmarked])").ok()??.get_attribute("data-mention")?.parse().ok()
}

fn on_click(session: Session, event: &Event) {
    let (Some(map), Some(mouse)) = (session.map(), event.dyn_ref::<MouseEvent>()) else { return };
    if dom::selected_span(&map).is_some() {
        return; // The end of a drag, not a click.
    }
    let (x, y) = (f64::from(mouse.client_x()), f64::from(mouse.client_y()));
    // A click made by a keyboard or a screen reader has no place.
    let place = if mouse.detail() == 0 { None } else { map.offset_at_point(&dom::document(), x, y) };
    let notes = place.map(|place| session.notes_at(place)).unwrap_or_default();
    session.active.set(notes.into_iter().next());
    if let Some(mention) = mention_of(event) {
        session.open_mention(mention);
    }
}

fn on_key(session: Session, event: &Event) {
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
    if !matches!(key.key().as_str(), "Enter" | " ") || key.is_composing() {
        return;
    }
    if let Some(mention) = mention_of(event) {
        event.prevent_default(); // A space would scroll.
        session.open_mention(mention);
    }
}

/// The box of the selection's last line, in document coordinates.
pub fn selection_rect(map: &TextMap, span: Span) -> Option<crate::layout::Rect> {
    let range = map.range(&dom::document(), span)?;
    let rects = range.get_client_rects()?;
    let last = rects.length().checked_sub(1).and_then(|last| rects.item(last));
    last.map(|rect| super::session::from_viewport(&rect)).or_else(|| Some(document_rect(map.root())))
}
