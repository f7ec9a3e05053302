//! The status line above the article, the sentence in place of an article that cannot be shown, and
//! the toast that says what was done.

use super::element::{El, button, classed, el};
use super::glossary_panel;
use super::notebook_panel;
use super::panel;
use super::session::{Phase, Session, StorageTrouble, Undo, Unread};
use super::strings::Lang;
use crate::dom;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// How long a toast stays, in ms.
const TOAST: u32 = 8_000;

/// What is here, and what is wrong.
pub fn status(session: Session) -> El {
    classed("div", "status")
        .attr("part", "status")
        .part(move || {
            session.phase.with(|phase| match phase {
                // What stands there, the page's own markup or what comes before the article, can be read all the while.
                Phase::Loading | Phase::Choosing => None,
                Phase::Waiting => {
                    Some(classed("p", "waiting").attr("role", "status").say(session, Lang::waiting))
                }
                Phase::Failed(error) => {
                    let error = error.clone();
                    let sentence = move || session.lang.get().article_error(&error).to_owned();
                    Some(classed("p", "failed").attr("role", "alert").text_live(sentence))
                }
                Phase::Ready(_) => Some(bar(session)),
            })
        })
        .part(move || session.storage_trouble.get().map(|trouble| trouble_view(session, trouble)))
        .part(move || {
            let Unread { set_aside, missing, newer } = session.unread.get();
            let room = session.room.get().filter(|room| room.is_scarce());
            let lang = session.lang.get();
            let mut lines: Vec<String> = Vec::new();
            for (count, sentence) in
                [(set_aside, lang.set_aside()), (missing, lang.missing()), (newer, lang.newer())]
            {
                if count > 0 {
                    lines.push([&count.to_string(), " ", sentence].concat());
                }
            }
            lines.extend(
                room.map(|room| [lang.room_left(), " ", &room.percent_left().to_string(), "%"].concat()),
            );
            let lines: Vec<El> =
                lines.into_iter().map(|sentence| classed("p", "trouble").text(sentence)).collect();
            (!lines.is_empty()).then(|| el("div").children(lines))
        })
}

/// The name, the panel's buttons and the language.
fn bar(session: Session) -> El {
    let contents = button("quiet open-panel", move || panel::toggle(session))
        .attr_live("aria-expanded", move || Some(session.panel.get().to_string()))
        .say(session, Lang::contents);
    let texts = session.is_library.then(|| {
        button("quiet open-library", move || session.open_text(String::new())).say(session, Lang::own_texts)
    });
    // Each mention is a stop for the Tab key.
    let skip = (!session.is_painted)
        .then(|| button("skip", move || session.focus_on(".end")).say(session, Lang::skip));
    // Over a page's own article it is a seal, but where it has the margin to itself: it hides no line.
    let is_folded = move || session.is_painted && session.bar_turned.get() == session.wide.get();
    let name = if session.is_painted {
        button("name", move || session.bar_turned.update(|turned| *turned = !*turned))
            .attr_live("aria-expanded", move || Some((!is_folded()).to_string()))
    } else {
        classed("span", "name")
    };
    classed("div", "bar")
        .attr_live("data-folded", move || is_folded().then(String::new))
        .children(skip)
        .child(name.attr("lang", "zh-Hans").text("边注"))
        .children(texts)
        .child(contents)
        .child(notebook_panel::opener(session))
        .child(glossary_panel::opener(session))
        .child(language(session))
}

/// Where the Tab key goes on from when the article was skipped. Chromium goes on from the beginning where what has the
/// focus is no stop itself, and at any other time this is none.
pub fn end() -> El {
    let stop = |is_stop: bool| {
        move |event: Event| {
            if let Some(end) = event.target().and_then(|end| end.dyn_into::<Element>().ok()) {
                dom::set_attribute(&end, "tabindex", Some(if is_stop { "0" } else { "-1" }));
            }
        }
    };
    classed("span", "end").attr("tabindex", "-1").on("focus", stop(true)).on("blur", stop(false))
}

/// Switches the language of the interface.
pub fn language(session: Session) -> El {
    button("quiet language", move || session.choose_language(session.lang.now().other()))
        .attr_live("lang", move || Some(session.lang.get().other().tag().to_owned()))
        .attr_say("title", session, Lang::language_switch)
        .say(session, Lang::language)
}

/// Notes that are not kept.
fn trouble_view(session: Session, trouble: StorageTrouble) -> El {
    let sentence = match trouble {
        StorageTrouble::Broken => Lang::storage_broken,
        StorageTrouble::Memory => Lang::storage_memory,
        StorageTrouble::Emptied => Lang::storage_emptied,
        StorageTrouble::Unkept => Lang::text_unkept,
    };
    let retry = !matches!(trouble, StorageTrouble::Memory | StorageTrouble::Unkept);
    let retry = retry.then(|| button("quiet retry", move || session.retry()).say(session, Lang::retry));
    classed("div", "trouble")
        .attr("role", "alert")
        .child(el("p").say(session, sentence))
        .children(retry)
        .child(button("quiet export", move || panel::export(session)).say(session, Lang::export))
}

/// Tells a screen reader which mention the keys have come to: it is no element that could have the focus.
pub fn current(session: Session) -> El {
    classed("p", "visually-hidden current").attr("role", "status").text_live(move || {
        let lang = session.lang.get();
        let named = session.current.get().zip(session.study()).and_then(|(at, study)| {
            let mention = study.recognition.mentions.get(at)?;
            Some([study.article.text().slice(mention.span), lang.kind(mention.kind)].join(" · "))
        });
        named.unwrap_or_default()
    })
}

/// What was last done, with a way to undo it.
pub fn toasts(session: Session) -> El {
    let timer = StoredValue::new_local(None::<Timeout>);
    let shown = StoredValue::new_local(None::<HtmlElement>);
    Effect::new(move || {
        if session.toast.with(Option::is_some) {
            // Over a panel that was opened after the last one.
            if let Some(toasts) = shown.get_value() {
                let _ = toasts.hide_popover();
                let _ = toasts.show_popover();
            }
            timer.set_value(Some(Timeout::new(TOAST, move || session.toast.set(None))));
        }
    });
    let mounted = move |element: HtmlElement| shown.set_value(Some(element));
    let toasts = classed("div", "toasts").attr("popover", "manual").mounted(mounted);
    toasts.attr("role", "status").attr("aria-live", "polite").part(move || {
        let toast = session.toast.get()?;
        let can_undo = toast.undo != Undo::Nothing;
        let undo =
            can_undo.then(|| button("quiet undo", move || session.undo_toast()).say(session, Lang::undo));
        Some(classed("p", "toast").text(toast.text).children(undo))
    })
}
