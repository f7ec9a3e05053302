//! The article on paper: its text again, in the shadow root, with the notes' words marked and numbered, and the
//! notes as endnotes. The page's own text stays as it is; it is only not printed.

use super::article_view::written;
use super::comment::comment;
use super::element::{El, classed, el, mount};
use super::layer::style_of;
use super::session::Session;
use super::strings::Lang;
use super::study::Study;
use crate::article::{Block, BlockKind};
use crate::dom;
use crate::layout::{Segment, flatten};
use crate::notebook::{Placed, beside};
use crate::text::Span;
use gloo::events::EventListener;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ShadowRoot};

/// Has what is to be printed in the shadow root while the page is printed, and only then.
pub fn listen(session: Session, root: ShadowRoot) -> [EventListener; 2] {
    let shown = Rc::new(RefCell::new(None::<Printed>));
    let gone = Rc::clone(&shown);
    let window = dom::window();
    [
        // In the event itself: the page is laid out for paper as soon as it is over.
        EventListener::new(&window, "beforeprint", move |_| {
            // Without the later part the page is printed as it is.
            if session.is_whole.now() {
                session.noting.on_paper.set(true);
                *shown.borrow_mut() = Printed::new(session, &root)
            }
        }),
        EventListener::new(&window, "afterprint", move |_| {
            session.noting.on_paper.set(false);
            *gone.borrow_mut() = None;
        }),
    ]
}

/// The printed article in the page; gone when this is dropped.
struct Printed {
    wrapper: HtmlElement,
    _view: Box<dyn Any>,
}

impl Printed {
    fn new(session: Session, root: &ShadowRoot) -> Option<Self> {
        let study = session.study()?;
        let wrapper: HtmlElement = dom::document().create_element("div").ok()?.unchecked_into();
        wrapper.set_class_name("print");
        // Its sheet hides what comes after this: all of the interface, or nothing where the page's own markup is
        // printed as it is.
        if session.is_painted {
            root.append_child(&wrapper).ok()?;
        } else {
            root.prepend_with_node_1(&wrapper).ok()?;
        }
        let view = mount(wrapper.clone(), Box::new(move || print_view(session, &study)));
        Some(Self { wrapper, _view: view })
    }
}

impl Drop for Printed {
    fn drop(&mut self) {
        self.wrapper.remove();
    }
}

fn print_view(session: Session, study: &Study) -> El {
    let (notes, layer) = (session.notes.now(), session.layer.get());
    let placed = beside(&notes, &layer.notes);
    let lost: Vec<&Placed> = notes.iter().filter(|placed| placed.anchoring.span().is_none()).collect();
    let spans: Vec<Span> = placed.iter().filter_map(|placed| placed.anchoring.span()).collect();
    let segments = flatten(&spans);
    let details = &study.article.details;
    let byline =
        [&details.source, &details.author, &details.date].into_iter().filter(|part| !part.is_empty());
    let header = (!details.title.is_empty()).then(|| {
        el("header")
            .child(el("h1").text(details.title.as_str()))
            .child(classed("p", "byline").children(byline.map(|part| el("span").text(part.as_str()))))
    });
    let blocks =
        study.article.blocks().iter().map(|&block| block_view(study, block, &segments, &placed, &spans));
    let source = session.with_notebook(|notebook| notebook.article_key().to_owned());
    let source = source.filter(|source| !source.starts_with("urn:"));
    let mut printed = el("article").attr("lang", "zh-Hans");
    if !session.is_painted {
        printed = printed.children(header).children(blocks);
    }
    // The reader's own and the layer's are numbered together, as their words come, and listed apart.
    let (mut own, mut theirs) = (classed("ol", "numbered"), classed("ol", "numbered"));
    for (at, placed) in placed.iter().enumerate() {
        let list = if placed.is_of_layer { &mut theirs } else { &mut own };
        list.add(endnote(placed).attr("value", (at + 1).to_string()));
    }
    let section = |head: El, list: El| {
        let section = classed("section", "endnotes").attr_say("lang", session, Lang::tag);
        section.child(head).child(list)
    };
    printed
        .children((!notes.is_empty()).then(|| {
            let unplaced = (!lost.is_empty()).then(|| {
                let list = el("ul").children(lost.into_iter().map(endnote));
                el("div").child(el("h3").say(session, Lang::unplaced)).child(list)
            });
            section(el("h2").say(session, Lang::endnotes), own).children(unplaced)
        }))
        .children(placed.iter().any(|placed| placed.is_of_layer).then(|| {
            let name = el("span").text(layer.name.as_str());
            section(el("h2").say(session, Lang::layer).child(name), theirs)
        }))
        .children(source.map(|source| classed("p", "source").text(source)))
}

/// A block with the words of notes marked, and each note's number after its last word.
fn block_view(study: &Study, block: Block, segments: &[Segment], notes: &[&Placed], spans: &[Span]) -> El {
    let text = study.article.text();
    let mut view = match block.kind {
        BlockKind::Heading(2) => el("h2"),
        BlockKind::Heading(_) => el("h3"),
        BlockKind::ListItem => classed("p", "item"),
        BlockKind::Quote => el("blockquote"),
        BlockKind::Paragraph => el("p"),
    };
    view = written(view, text.slice(block.span), block);
    let mut done = block.span.start();
    let from = segments.partition_point(|segment| segment.span.end() <= block.span.start());
    for segment in segments.get(from..).unwrap_or_default() {
        let (start, end) =
            (segment.span.start().max(block.span.start()), segment.span.end().min(block.span.end()));
        if start >= end {
            break;
        }
        let shortest = segment.covering.iter().min_by_key(|&&at| spans[at].len());
        let style = shortest.map(|&at| style_of(notes[at])).unwrap_or_default();
        view = view
            .text(text.slice(Span::new(done, start)))
            .child(el("mark").attr("data-color", style).text(text.slice(Span::new(start, end))));
        let ending = segment.covering.iter().filter(|&&at| spans[at].end() == segment.span.end());
        let numbers: Vec<String> = ending.map(|&at| (at + 1).to_string()).collect();
        if end == segment.span.end() && !numbers.is_empty() {
            view = view.child(el("sup").text(numbers.join(",")));
        }
        done = end;
    }
    view.text(text.slice(Span::new(done, block.span.end())))
}

fn endnote(placed: &Placed) -> El {
    let note = &placed.note;
    let comment = (!note.comment.is_empty()).then(|| comment(&note.comment));
    let tags = (!note.tags.is_empty()).then(|| classed("p", "byline").text(note.tags.join(" · ")));
    el("li")
        .child(el("q").attr("lang", "zh-Hans").text(note.target.quote.exact.as_str()))
        .children(comment)
        .children(tags)
}
