//! The toolbar that stands beside a selection: highlight in one of four colours, or comment.

use super::element::{El, button, classed};
use super::floating::{Behavior, floating};
use super::session::Session;
use super::strings::Lang;
use crate::annotation::Color;
use crate::dom;

/// The toolbar, while something of the article is selected.
pub fn toolbar(session: Session) -> Option<El> {
    let (_, anchor) = session.selection.get()?;
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
    let tools = tools.children(swatches).child(comment);
    let bar = floating(session, "toolbar", Behavior::Toolbar, anchor);
    Some(bar.attr_say("aria-label", session, Lang::toolbar_label).child(tools))
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
