//! The article in the light DOM: its headline and blocks, each mention an element that a keyboard and
//! a screen reader can reach.

use super::live::live;
use super::session::{Session, Study, document_rect};
use super::strings::Lang;
use crate::article::{Block, BlockKind};
use crate::dom::{self, TextMap};
use crate::recognition::Mention;
use crate::text::Span;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The headline, the byline and the blocks.
#[component]
pub fn ArticleView(session: Session, study: Rc<Study>) -> impl IntoView {
    let details = study.article.details.clone();
    let root: NodeRef<html::Div> = NodeRef::new();
    let text = study.article.text().clone();
    root.on_load(move |element| {
        let element: &Element = &element;
        let blocks = element.query_selector_all("[data-block]").map(|list| {
            (0..list.length()).filter_map(|i| list.item(i)?.dyn_into::<Element>().ok()).collect::<Vec<_>>()
        });
        session.set_map(TextMap::new(element.clone(), text, &blocks.unwrap_or_default()));
    });

    let byline: Vec<String> =
        [details.source, details.author, details.date].into_iter().filter(|part| !part.is_empty()).collect();
    let blocks = study.article.blocks().iter().enumerate().map(|(index, block)| block_view(session, &study, index, *block));
    let blocks = blocks.collect_view();
    view! {
        <div
            node_ref=root
            class="bianzhu-text"
            lang="zh-Hans"
            on:click=move |event| on_click(session, &event)
            on:keydown=move |event| on_key(session, &event)
        >
            {(!details.title.is_empty()).then(|| view! {
                <header>
                    <h1>{details.title}</h1>
                    <p class="bianzhu-byline">
                        {byline.into_iter().map(|part| view! { <span>{part}</span> }).collect_view()}
                        {details.title_is_ours.then(|| view! {
                            <span class="bianzhu-ours" lang=session.say(Lang::tag)>
                                {session.say(Lang::ours)}
                            </span>
                        })}
                    </p>
                </header>
            })}
            {blocks}
        </div>
    }
}

fn block_view(session: Session, study: &Study, index: usize, block: Block) -> AnyView {
    let text = study.article.text();
    let mentions = &study.recognition.mentions;
    let first = mentions.partition_point(|mention| mention.span.start() < block.span.start());
    let mut children = Vec::new();
    let mut done = block.span.start();
    for (at, mention) in mentions.iter().enumerate().skip(first) {
        if mention.span.start() >= block.span.end() {
            break;
        }
        if mention.parent.is_some() || mention.span.end() > block.span.end() {
            continue;
        }
        children.push(text.slice(Span::new(done, mention.span.start())).to_owned().into_any());
        children.push(mention_view(session, text.slice(mention.span).to_owned(), at, mention));
        done = mention.span.end();
    }
    children.push(text.slice(Span::new(done, block.span.end())).to_owned().into_any());
    match block.kind {
        BlockKind::Heading(2) => view! { <h2 data-block=index>{children}</h2> }.into_any(),
        BlockKind::Heading(_) => view! { <h3 data-block=index>{children}</h3> }.into_any(),
        BlockKind::ListItem => view! { <p class="bianzhu-item" data-block=index>{children}</p> }.into_any(),
        BlockKind::Paragraph => view! { <p data-block=index>{children}</p> }.into_any(),
    }
}

fn mention_view(session: Session, text: String, index: usize, mention: &Mention) -> AnyView {
    let kind = mention.kind;
    view! {
        <span
            role="button"
            tabindex="0"
            aria-haspopup="dialog"
            aria-description=live(move || session.lang.get().kind(kind))
            data-mention=index
            data-kind=kind.name()
        >
            {text}
        </span>
    }
    .into_any()
}

fn mention_of(event: &web_sys::Event) -> Option<(HtmlElement, usize)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let element = target.closest("[data-mention]").ok()??.dyn_into::<HtmlElement>().ok()?;
    let index = element.get_attribute("data-mention")?.parse().ok()?;
    Some((element, index))
}

fn on_click(session: Session, event: &MouseEvent) {
    let Some(map) = session.map() else { return };
    if dom::selected_span(&map).is_some() {
        return; // The end of a drag, not a click.
    }
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    // A click made by a keyboard or a screen reader has no place.
    let place = if event.detail() == 0 { None } else { map.offset_at_point(&dom::document(), x, y) };
    let notes = place.map(|place| session.notes_at(place)).unwrap_or_default();
    if let Some(note) = notes.into_iter().next() {
        session.active.set(Some(note));
    } else {
        session.active.set(None);
    }
    if let Some((_, mention)) = mention_of(event) {
        session.open_mention(mention);
    }
}

fn on_key(session: Session, event: &KeyboardEvent) {
    if !matches!(event.key().as_str(), "Enter" | " ") || event.is_composing() {
        return;
    }
    if let Some((_, mention)) = mention_of(event) {
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
