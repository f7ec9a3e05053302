//! The panel: everything in the article by kind.

use super::element::{El, button, classed, el};
use super::floating::{close_button, close_panel, open, toggle_panel};
use super::import;
use super::seal::seal;
use super::session::Session;
use super::strings::Lang;
use super::study::Study;
use crate::dom;
use crate::exchange;
use crate::lexicon::Kind;
use crate::lexicon::glossary::Term;
use crate::notebook::Notebook;
use crate::sort::sort_by_key;

/// Opens the panel or closes it.
pub fn toggle(session: Session) {
    toggle_panel(session, session.panel, ".open-panel");
}

/// Closes the panel; the focus goes back to where it was.
pub fn close(session: Session) {
    close_panel(session, session.panel, ".open-panel");
}

/// The open panel, if it is.
pub fn panel(session: Session) -> Option<El> {
    if !session.panel.get() {
        return None;
    }
    let head = classed("div", "card-head")
        .child(el("h2").say(session, Lang::contents))
        .child(close_button(session, move || close(session)));
    let study = session.study();
    let kinds = Kind::ALL.into_iter().filter_map(|kind| kind_section(session, study.as_deref()?, kind));
    let panel = classed("div", "panel")
        .attr("part", "panel")
        .attr("popover", "manual")
        .attr("role", "dialog")
        .attr("tabindex", "-1")
        .attr_say("aria-label", session, Lang::contents)
        .mounted(move |panel| open(session, &panel, None));
    let keys = button("quiet open-help", move || {
        session.panel.set(false);
        session.help.set(true);
    });
    let foot = el("section").child(keys.say(session, Lang::keys));
    Some(panel.child(head).children(kinds).child(foot))
}

/// Notes out, in four formats, and in.
pub fn exchange_row(session: Session) -> El {
    type Write = fn(&Notebook, &Study, &[Term]) -> String;
    let formats: [(&str, &str, &str, Write); 3] = [
        ("Markdown", "bianzhu-notes.md", "text/markdown", |notes, study, own| {
            exchange::to_markdown(notes, &study.article.details, own)
        }),
        ("CSV", "bianzhu-notes.csv", "text/csv", |notes, _, _| exchange::to_csv(notes)),
        ("Anki", "bianzhu-notes.txt", "text/plain", |notes, study, own| {
            exchange::to_anki(notes, &study.terms_with(own))
        }),
    ];
    let others = formats.into_iter().map(|(name, file, mime, write)| {
        let offer = move || {
            let text = session.study().and_then(|study| {
                session.with_notebook(|notebook| write(notebook, &study, &session.terms.own.now()))
            });
            let _ = text.map(|text| dom::download(file, mime, &text));
        };
        button("quiet export", offer).text(name)
    });
    let accepted = ".json,.jsonld,application/json,application/ld+json";
    let pick = import::picker(session, Lang::import, accepted, import::read);
    classed("div", "exchange")
        .child(el("span").say(session, Lang::export))
        .child(button("quiet export", move || export(session)).text("JSON"))
        .children(others)
        .child(pick)
        .part(move || import::incoming(session))
}

/// The entities of a kind, most mentioned first.
fn kind_section(session: Session, study: &Study, kind: Kind) -> Option<El> {
    let entities = study.recognition.entities.iter();
    let mut entities: Vec<_> =
        entities.filter(|entity| entity.kind == kind && !entity.mentions.is_empty()).collect();
    if entities.is_empty() {
        return None;
    }
    sort_by_key(&mut entities, |entity| std::cmp::Reverse(entity.mentions.len()));
    let count = classed("span", "count").text(entities.len().to_string());
    let chips = entities.into_iter().map(|entity| {
        let (first, times) = (entity.mentions.first().copied(), entity.mentions.len());
        let jump = move || {
            session.panel.set(false);
            if let Some(mention) = first {
                session.visit_mention(mention);
            }
        };
        let times = (times > 1).then(|| classed("span", "count").text(times.to_string()));
        el("li")
            .child(button("chip", jump).attr("lang", "zh-Hans").text(entity.name.as_str()).children(times))
    });
    let name = el("span").text_live(move || session.lang.get().kind(kind).to_owned());
    let is_hidden = move || session.hidden.with(|hidden| hidden.contains(&kind));
    let says = move || (if is_hidden() { Lang::show_kind } else { Lang::hide_kind })(session.lang.get());
    // What it does it says; whose it is, a screen reader needs to hear too.
    let label = move || Some([says(), " ", session.lang.get().kind(kind)].concat());
    let toggle = button("quiet toggle-kind", move || session.toggle_kind(kind))
        .attr_live("aria-label", label)
        .text_live(move || says().to_owned());
    let heading = el("h3").child(seal(kind)).child(name).child(count).child(toggle);
    Some(
        el("section")
            .attr("data-kind", kind.name())
            .attr_live("data-hidden", move || is_hidden().then(String::new))
            .child(heading)
            .child(classed("ul", "chips").children(chips)),
    )
}

/// Offers the notes of this article as a W3C annotation collection.
pub fn export(session: Session) {
    let own = session.terms.own.now();
    let Some(json) = session.with_notebook(|notebook| exchange::to_json_ld(notebook, &own, true)) else {
        return;
    };
    let _ = dom::download("bianzhu-notes.json", "application/ld+json", &json);
}
