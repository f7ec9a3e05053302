//! The notes of a layer: a teacher's or an editor's, read beside one's own.

use super::comment::comment;
use super::element::{El, button, classed, el};
use super::session::Session;
use super::strings::Lang;
use crate::annotation::Note;
use crate::notebook::Placed;

/// The layer's notes, where there are some.
pub fn layer_section(session: Session) -> Option<El> {
    let layer = session.layer.get();
    if layer.notes.is_empty() {
        return None;
    }
    let count = classed("span", "count").text(layer.notes.len().to_string());
    let head = el("h3").say(session, Lang::layer).child(el("span").text(layer.name)).child(count);
    let lines = layer.notes.into_iter().map(|placed| layer_line(session, placed));
    Some(classed("section", "panel-layer").child(head).child(el("ul").children(lines)))
}

fn layer_line(session: Session, Placed { note, anchoring, .. }: Placed) -> El {
    let id = note.id.clone();
    let open = move || {
        session.noting.panel.set(false);
        session.visit_note(&id);
    };
    let quote = note.target.quote.exact.as_str();
    let quote = if anchoring.span().is_some() {
        button("line", open).text(quote)
    } else {
        classed("span", "line").text(quote).child(classed("span", "flag").say(session, Lang::orphans))
    };
    el("li")
        .child(quote.attr("lang", "zh-Hans"))
        .children((!note.comment.is_empty()).then(|| comment(&note.comment)))
}

/// Whose a note of the layer is: the layer's name, and its author's where it says one.
pub fn whose(session: Session, note: &Note) -> String {
    let author = note.extra.annotation.get("creator").map(|creator| &creator["name"]);
    let name = session.layer.with(|layer| layer.name.clone());
    match author.and_then(serde_json::Value::as_str).filter(|author| *author != name) {
        Some(author) => [&name, " · ", author].concat(),
        None => name,
    }
}

/// How a note is drawn: in its colour, or as one of the layer's.
pub fn style_of(placed: &Placed) -> &'static str {
    if placed.is_of_layer { "layer" } else { placed.note.color.name() }
}
