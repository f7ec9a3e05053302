//! The toolbar that stands beside a selection: highlight in one of four colours, or comment.

use super::element::{El, button, classed};
use super::floating::{Behavior, floating, open};
use super::session::Session;
use super::strings::Lang;
use super::terms::Writing;
use crate::annotation::Color;
use crate::dom;
use crate::layout::Rect;
use crate::lexicon::glossary::{Origin, SURFACE, Term};
use crate::text::Span;

/// The toolbar, while something of the article is selected.
pub fn toolbar(session: Session) -> Option<El> {
    let (span, anchor) = session.selection.get()?;
    // Until the notes are here, there is nowhere to put another.
    session.with_notebook(|_| ())?;
    if session.noting.attaching.with(Option::is_some) {
        return None;
    }
    let take = move |color: Color, edit: bool| {
        let Some((span, _)) = session.selection.now() else { return };
        session.selection.set(None);
        dom::clear_selection();
        session.add_note(span, color, edit);
    };
    let swatches = Color::ALL.into_iter().map(|color| {
        let name = move || {
            let lang = session.lang.get();
            Some([lang.highlight_in(), lang.color(color)].join(" "))
        };
        button("swatch", move || take(color, false))
            .attr("data-color", color.name())
            .attr_live("aria-label", name)
            .attr_live("title", name)
            .child(color_mark(color))
    });
    let comment = button("comment", move || take(Color::Yellow, true)).say(session, Lang::comment);
    // Pressing a button must not take the selection away before the click comes.
    let tools = classed("div", "tools").on("mousedown", |event| event.prevent_default());
    let tools = tools.children(swatches).child(comment).children(own_term(session, span, anchor));
    let bar = floating(session, "toolbar", Behavior::Toolbar, anchor);
    Some(bar.attr_say("aria-label", session, Lang::toolbar_label).child(tools))
}

/// While a note lost its words and the reader finds it new ones: what to do, and the button that does it. At the
/// foot of the window, where neither the selection nor the system's menu for it can be.
pub fn attach_bar(session: Session) -> Option<El> {
    let id = session.noting.attaching.get()?;
    let quote = session.placed(&id)?.note.target.quote.exact.clone();
    let attach = move || {
        if let Some((span, _)) = session.selection.now() {
            session.attach(span);
        }
    };
    let is_idle = move || session.selection.with(Option::is_none).then(String::new);
    let buttons = classed("div", "note-foot")
        .child(button("quiet cancel", move || session.find_words(None)).say(session, Lang::cancel))
        .child(
            button("primary attach", attach).attr_live("disabled", is_idle).say(session, Lang::attach_here),
        );
    Some(
        classed("div", "attach-bar")
            .attr("popover", "manual")
            .attr("role", "dialog")
            .attr("tabindex", "-1")
            .attr_say("aria-label", session, Lang::attach)
            .mounted(move |bar| open(session, &bar, None))
            // The selection stays as the button is pressed.
            .on("mousedown", |event| event.prevent_default())
            .child(super::element::el("p").say(session, Lang::attach_how))
            .child(classed("p", "quote").child(super::element::el("q").attr("lang", "zh-Hans").text(quote)))
            .child(buttons),
    )
}

/// Writes a term of one's own on the selection, or the one that is there already.
fn own_term(session: Session, span: Span, anchor: Rect) -> Option<El> {
    let study = session.study()?;
    let words = study.article.text().slice(span);
    let words = words.trim_matches(|c: char| "“”‘’「」『』\"".contains(c) || c.is_whitespace()).to_owned();
    if words.is_empty() || words.chars().count() > SURFACE || words.contains('\n') {
        return None;
    }
    let write = move || {
        let known = session.study().and_then(|study| study.glossary.term(study.glossary.lookup(&words)?));
        let known = known.filter(|term| term.origin == Origin::Reader);
        let fresh = || Term { id: dom::random_urn(), term: words.clone(), ..Term::default() };
        session.selection.set(None);
        dom::clear_selection();
        session.write_term(Some(Writing { term: known.unwrap_or_else(fresh), anchor }));
    };
    Some(
        button("comment define", write).attr_say("title", session, Lang::own_term).say(session, Lang::define),
    )
}

/// A colour with the shape that tells it apart.
pub fn color_mark(color: Color) -> El {
    let shape = match color {
        Color::Yellow => "●",
        Color::Green => "■",
        Color::Blue => "◆",
        Color::Pink => "▲",
    };
    classed("span", "mark").attr("data-color", color.name()).attr("aria-hidden", "true").text(shape)
}
