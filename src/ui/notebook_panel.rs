//! The notebook's panel: every note on this article, searched, filtered and sorted; many are deleted at once;
//! those that lost their words are apart, and notes go out and come in.

use super::element::{El, button, classed, el};
use super::floating::{close_button, close_panel, open, toggle_panel};
use super::glossary_panel::choice;
use super::layer::layer_section;
use super::note_card::note_card;
use super::noting::Filter;
use super::panel::exchange_row;
use super::session::Session;
use super::strings::Lang;
use super::toolbar::color_mark;
use crate::annotation::markup::plain;
use crate::annotation::{Color, Note, NoteId};
use crate::dom;
use crate::notebook::Placed;
use crate::notebook::search::Query;
use crate::sort::sort_by_key;
use crate::storage::library::Record;
use crate::storage::text_of_article;
use std::cmp::Reverse;
use std::sync::Arc;
use web_sys::Event;

/// How many notes are listed at first, and how many more at a time.
const LISTED: usize = 100;

/// The button that opens the panel, with how many notes there are.
pub fn opener(session: Session) -> El {
    let count = classed("span", "count").text_live(move || session.notes.with(Vec::len).to_string());
    let lost = move || {
        let lost =
            session.notes.with(|notes| notes.iter().filter(|placed| placed.anchoring.is_lost()).count());
        (lost > 0).then(|| {
            classed("span", "flag")
                .attr_say("title", session, Lang::unplaced)
                .text(["?", &lost.to_string()].concat())
        })
    };
    button("quiet open-notes", move || toggle(session))
        .attr_live("aria-expanded", move || Some(session.noting.panel.get().to_string()))
        .say(session, Lang::notes)
        .text(" ")
        .child(count)
        .part(lost)
}

/// Opens the panel or closes it.
pub fn toggle(session: Session) {
    toggle_panel(session, session.noting.panel, ".open-notes");
}

/// Closes the panel; the focus goes back to where it was.
pub fn close(session: Session) {
    close_panel(session, session.noting.panel, ".open-notes");
}

/// The open panel, if it is.
pub fn notebook_panel(session: Session) -> Option<El> {
    if !session.noting.panel.get() {
        session.drop_incoming();
        return None;
    }
    // Exported cards hold what the terms mean.
    session.ask_for_entries();
    session.noting.picked.set(Vec::new());
    session.noting.listed.set(LISTED);
    let elsewhere = Arc::new(elsewhere(session));
    let others = Arc::clone(&elsewhere);
    let count = classed("span", "count").text_live(move || session.notes.with(Vec::len).to_string());
    let head = classed("div", "card-head")
        .child(el("h2").say(session, Lang::this_article).child(count))
        .child(close_button(session, move || close(session)));
    let panel = classed("div", "panel notebook")
        .attr("part", "panel")
        .attr("popover", "manual")
        .attr("role", "dialog")
        .attr("tabindex", "-1")
        .attr_say("aria-label", session, Lang::notes)
        .mounted(move |panel| open(session, &panel, None))
        .child(head)
        .part(move || {
            session.notes.with(Vec::is_empty).then(|| classed("p", "nothing").say(session, Lang::no_notes))
        })
        .part(move || {
            let has_any = !elsewhere.is_empty() || !session.notes.with(Vec::is_empty);
            has_any.then(|| el("div").child(search_field(session)).child(filters(session)))
        })
        .part(move || list(session))
        .part(move || lost(session))
        .part(move || layer_section(session))
        .part(move || other_articles(session, &others))
        .child(el("section").child(exchange_row(session)).part(move || room(session)));
    Some(panel)
}

/// How much of the browser's storage is left to this site.
fn room(session: Session) -> Option<El> {
    let left = session.room.get()?.percent_left().to_string();
    Some(classed("p", "room").text([session.lang.get().room(), " ", &left, "%"].concat()))
}

fn search_field(session: Session) -> El {
    let typed = move |event: Event| {
        session.noting.filter.update(|filter| filter.query = dom::value_of(&event));
    };
    classed("div", "search").attr("role", "search").child(
        el("input")
            .attr("type", "search")
            .attr("value", session.noting.filter.peek(|filter| filter.query.clone()))
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .attr_say("aria-label", session, Lang::search_notes)
            .attr_say("placeholder", session, Lang::search_notes_hint)
            .on("input", typed),
    )
}

/// The colours and tags that notes are filtered by, and their order.
fn filters(session: Session) -> El {
    let colors = Color::ALL.into_iter().map(|color| {
        let is_it = move |filter: &Filter| filter.color == Some(color);
        let toggle = move || {
            let chosen = (!session.noting.filter.peek(is_it)).then_some(color);
            session.noting.filter.update(|filter| filter.color = chosen);
        };
        let name = move || Some(session.lang.get().color(color).to_owned());
        button("swatch", toggle)
            .attr("data-color", color.name())
            .attr_live("aria-label", name)
            .attr_live("title", name)
            .attr_live("aria-pressed", move || Some(session.noting.filter.with(is_it).to_string()))
            .child(color_mark(color))
    });
    let colors = classed("div", "swatches")
        .attr("role", "group")
        .attr_say("aria-label", session, Lang::filter)
        .children(colors);
    let chosen = move |event: Event| {
        session.noting.filter.update(|filter| filter.tag = dom::value_of(&event));
    };
    let tags = move || {
        let tags = session.tags();
        let now = session.noting.filter.peek(|filter| filter.tag.clone());
        // Its last note may be gone, and with it the way to choose another.
        if !now.is_empty() && !tags.contains(&now) {
            session.noting.filter.update(|filter| filter.tag.clear());
        }
        let options = tags.iter().map(|tag| {
            let option = el("option").attr("value", tag.as_str()).text(tag.as_str());
            if *tag == now { option.attr("selected", "") } else { option }
        });
        (!tags.is_empty()).then(|| {
            el("select")
                .attr_say("aria-label", session, Lang::filter)
                .on("change", chosen)
                .child(el("option").attr("value", "").say(session, Lang::all_tags))
                .children(options)
        })
    };
    let orders = choice(
        session,
        Lang::order,
        &[Lang::by_place, Lang::newest],
        |session| session.noting.filter.with(|filter| filter.newest).into(),
        |session, choice| session.noting.filter.update(|filter| filter.newest = choice == 1),
    );
    classed("div", "filters").child(colors).part(tags).child(orders)
}

/// The notes that are asked for, in the order that is asked for; those without a place have a section of
/// their own, and are here when they are asked for by name. Follows.
fn asked_for(session: Session) -> Vec<Placed> {
    let filter = session.noting.filter.get();
    let query = Query::parse(&filter.query);
    let mut notes = session.notes.get();
    notes.retain(|placed| {
        let (note, is_orphan) = (&placed.note, placed.anchoring.is_lost());
        (!is_orphan || query.wants_orphans()) && filter.fits(&query, note, is_orphan)
    });
    if filter.newest {
        sort_by_key(&mut notes, |placed| Reverse(placed.note.created));
    }
    notes
}

fn list(session: Session) -> Option<El> {
    if session.notes.with(Vec::is_empty) {
        return None;
    }
    let notes = asked_for(session);
    // What is not listed is not deleted.
    let is_listed = |id: &NoteId| notes.iter().any(|placed| placed.note.id == *id);
    if !session.noting.picked.peek(|picked| picked.iter().all(is_listed)) {
        session.noting.picked.update(|picked| picked.retain(is_listed));
    }
    let (count, most) = (notes.len(), session.noting.listed.get());
    if count == 0 {
        let says = classed("p", "nothing").attr("role", "status").say(session, Lang::no_such_notes);
        return Some(el("section").child(says));
    }
    let ids: Vec<NoteId> = notes.iter().map(|placed| placed.note.id.clone()).collect();
    let rows = notes.into_iter().take(most).map(|placed| row(session, placed));
    let rows = classed("ul", "note-rows").children(rows);
    let more = (count > most).then(|| {
        button("quiet more", move || session.noting.listed.set(most + LISTED)).say(session, Lang::more)
    });
    Some(el("section").child(picking(session, ids)).child(rows).children(more))
}

/// What is done with the notes that are picked.
fn picking(session: Session, ids: Vec<NoteId>) -> El {
    let matches = ids.len().to_string();
    let (all, compared) = (ids.clone(), ids);
    let has_all = move || session.noting.picked.with(|picked| compared.iter().all(|id| picked.contains(id)));
    let is_all = has_all.clone();
    let toggle = move || {
        let picked = if is_all() { Vec::new() } else { all.clone() };
        session.noting.picked.set(picked);
    };
    let found = classed("span", "count")
        .attr("role", "status")
        .text_live(move || [&matches, " ", session.lang.get().found()].concat());
    let count = classed("span", "count").text_live(move || session.noting.picked.with(Vec::len).to_string());
    let is_idle = move || session.noting.picked.with(Vec::is_empty).then(String::new);
    let delete = button("quiet delete-picked", move || session.remove_picked())
        .attr_live("disabled", is_idle)
        .say(session, Lang::delete_picked)
        .child(count);
    classed("div", "picking")
        .child(
            check("pick-all", toggle)
                .attr_live("aria-checked", move || Some(has_all().to_string()))
                .child(el("span").say(session, Lang::pick_all)),
        )
        .child(found)
        .child(delete)
}

/// A box to tick.
fn check(class: &'static str, toggle: impl FnMut() + 'static) -> El {
    button(class, toggle)
        .attr("role", "checkbox")
        .child(classed("span", "tick").attr("aria-hidden", "true").text("✓"))
}

/// A note: its words, what was written, its tags; it leads to its place.
fn row(session: Session, placed: Placed) -> El {
    let note = placed.note;
    let (jumped, picked, toggled) = (note.id.clone(), note.id.clone(), note.id.clone());
    let is_picked = move || session.noting.picked.with(|all| all.contains(&picked));
    let toggle = move || {
        session.noting.picked.update(|all| match all.iter().position(|id| *id == toggled) {
            Some(at) => {
                all.remove(at);
            }
            None => all.push(toggled.clone()),
        });
    };
    let quote = note.target.quote.exact.clone();
    let named = quote.clone();
    let pick = check("pick", toggle)
        .attr_live("aria-checked", move || Some(is_picked().to_string()))
        .attr_live("aria-label", move || Some([session.lang.get().pick_one(), " ", &named].concat()));
    let jump = move || {
        session.noting.panel.set(false);
        session.visit_note(&jumped);
    };
    let edited = placed.anchoring.is_edited();
    let jump = button("line jump", jump)
        .child(color_mark(note.color))
        .child(el("q").attr("lang", "zh-Hans").text(quote))
        .children(edited.then(|| classed("span", "flag").say(session, Lang::edited_text)))
        .children((!note.comment.is_empty()).then(|| classed("span", "gloss").text(plain(&note.comment))))
        .children((!note.tags.is_empty()).then(|| classed("span", "row-tags").text(note.tags.join(" · "))));
    el("li").child(pick).child(jump)
}

/// The notes whose words are no longer in the text, or in several places.
fn lost(session: Session) -> Option<El> {
    let mut lost = session.notes.get();
    lost.retain(|placed| placed.anchoring.is_lost());
    let count = lost.len();
    let cards =
        lost.into_iter().filter_map(|placed| Some(el("li").child(note_card(session, &placed.note.id)?)));
    let cards: Vec<El> = cards.collect();
    (count > 0).then(|| {
        let count = classed("span", "count").text(count.to_string());
        classed("section", "orphans")
            .child(el("h3").say(session, Lang::unplaced).child(count))
            .child(classed("ul", "lost").children(cards))
    })
}

/// The notes on other articles of this site, as they are stored.
type Elsewhere = Vec<(Record, Vec<Note>)>;

fn elsewhere(session: Session) -> Elsewhere {
    let Some(here) = session.with_notebook(|notebook| notebook.article_key().to_owned()) else {
        return Vec::new();
    };
    let mut articles = session.articles();
    articles.retain(|article| article.key != here && article.notes > 0);
    articles
        .into_iter()
        .map(|article| {
            let notes = session.notes_of(&article.key);
            (article, notes)
        })
        .collect()
}

/// The other articles of this site that the reader has notes on, each with those that are asked for. Follows.
fn other_articles(session: Session, elsewhere: &Elsewhere) -> Option<El> {
    let filter = session.noting.filter.get();
    let query = Query::parse(&filter.query);
    let is_asked = !query.is_empty() || filter.color.is_some() || !filter.tag.is_empty();
    let mut articles = Vec::new();
    for (article, notes) in elsewhere {
        let notes: Vec<El> = notes
            .iter()
            .filter(|note| filter.fits(&query, note, false))
            .map(|note| noted(session, note))
            .collect();
        if notes.is_empty() {
            continue;
        }
        let name = if article.title.is_empty() { &article.key } else { &article.title };
        let name = el("span").attr("lang", "zh-Hans").text(name.as_str());
        let count = classed("span", "count").text(notes.len().to_string());
        let details = el("details")
            .child(el("summary").child(name).child(count))
            .child(el("ul").children(notes))
            .children(visit(session, &article.key));
        articles.push(if is_asked { details.attr("open", "") } else { details });
    }
    if articles.is_empty() {
        return None;
    }
    let count = classed("span", "count").text(articles.len().to_string());
    let heading = el("h3").say(session, Lang::other_articles).child(count);
    Some(classed("section", "other-articles").child(heading).children(articles))
}

/// A note on another article.
fn noted(session: Session, note: &Note) -> El {
    let quote = el("q").attr("lang", "zh-Hans").text(note.target.quote.exact.as_str());
    let comment = (!note.comment.is_empty()).then(|| super::comment::comment(&note.comment));
    let (tags, modified) = (note.tags.join(" · "), note.modified);
    let about = move || [tags.as_str(), " ", &dom::time_text(modified.0, session.lang.get().tag())].concat();
    el("li")
        .child(color_mark(note.color))
        .child(quote)
        .children(comment)
        .child(classed("span", "row-tags").text_live(about))
}

/// The way to another article: its address, or among the reader's own texts its name.
fn visit(session: Session, key: &str) -> Option<El> {
    if key.starts_with("https://") || key.starts_with("http://") {
        return Some(el("a").attr("href", key).say(session, Lang::open_article));
    }
    let text = text_of_article(key).filter(|_| session.is_library)?.to_owned();
    Some(button("quiet", move || session.open_text(text.clone())).say(session, Lang::open_article))
}
