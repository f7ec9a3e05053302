//! One note: its quote, comment and tags, and the composer that changes them.

use super::element::{El, button, classed, el};
use super::floating::place_again;
use super::layer::{style_of, whose};
use super::session::{Session, forget};
use super::strings::Lang;
use super::toolbar::color_mark;
use crate::annotation::{Color, Note, NoteId, Revision, Timestamp};
use crate::dom;
use crate::notebook::{Change, Placed, find};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};

/// How long typing may rest before it is saved, in ms.
const AUTOSAVE: u32 = 400;

/// A note, read or being written. Call where signals are followed.
pub fn note_card(session: Session, id: &NoteId) -> Option<El> {
    let find = |notes: &Vec<Placed>| find(notes, id).cloned();
    if session.editing.with(|editing| editing.as_ref() == Some(id)) {
        // The notes are not followed here: what is being typed must survive its own saving.
        session.notes.peek(find).map(|placed| composer(session, &placed.note))
    } else {
        let own = session.notes.with(find);
        let placed = own.or_else(|| session.layer.with(|layer| find(&layer.notes)));
        placed.map(|placed| note_text(session, placed))
    }
}

/// The note as it reads. Made anew in another language: to follow it, each of its words by itself, is a quarter of the work of
/// making a card.
fn note_text(session: Session, placed: Placed) -> El {
    let lang = session.lang.get();
    let span = placed.anchoring.span();
    let moved = if placed.anchoring.is_edited() {
        Some(Lang::edited_text as fn(Lang) -> &'static str)
    } else if placed.anchoring.is_ambiguous() {
        Some(Lang::ambiguous_place as _)
    } else {
        let quote = &placed.note.target.quote.exact;
        let stands = session.study().is_some_and(|study| study.article.text().as_str().contains(quote));
        span.is_none().then_some(if stands { Lang::stands_elsewhere } else { Lang::orphans } as _)
    };
    // What stands there now, beside what stood there.
    let now = placed.anchoring.is_edited().then(|| session.map().zip(span)).flatten();
    let now = now.map(|(map, span)| map.text().slice(span).to_owned());
    let (is_own, style) = (!placed.is_of_layer, style_of(&placed));
    // Other tools may not say when.
    let is_dated = placed.note.created != Timestamp::default();
    let [when, times] = times(lang, &placed.note);
    let whose = (!is_own).then(|| {
        classed("p", "whose").said(lang, Lang::layer).child(el("b").text(whose(session, &placed.note)))
    });
    let Note { id, color, comment, tags, target, revisions, .. } = Note::clone(&placed.note);
    // What another window wrote over is kept, and can be read and copied.
    let earlier = (!revisions.is_empty()).then(|| {
        let count = classed("span", "count").text(revisions.len().to_string());
        let texts = revisions.into_iter().map(|revision| {
            let words = [vec![revision.comment], revision.tags].concat().join(" ");
            el("li").text(words)
        });
        classed("details", "earlier")
            .child(el("summary").said(lang, Lang::earlier_texts).child(count))
            .child(el("ul").children(texts))
    });
    let is_unsaved = session.unsaved.with(|unsaved| unsaved.contains(&id));
    let (edit_id, text_id, lost_id, copied_id) = (id.clone(), id.clone(), id.clone(), id.clone());
    let has_comment = !comment.is_empty();
    let edit = move || {
        session.active.set(Some(edit_id.clone()));
        session.editing.set(Some(edit_id.clone()));
    };
    let color_name =
        is_own.then(|| classed("span", "visually-hidden").attr("lang", lang.tag()).text(lang.color(color)));
    let old = el("q").text(target.quote.exact);
    let quote = classed("p", "quote").attr("lang", "zh-Hans");
    let quote = quote.children(is_own.then(|| color_mark(color))).children(color_name);
    let (quote, changed) = match now {
        None => (quote.child(old), None),
        Some(now) => {
            let line = |name: fn(Lang) -> &'static str, words: El| {
                [el("dt").said(lang, name), el("dd").attr("lang", "zh-Hans").child(words)]
            };
            let lines = line(Lang::then_read, el("del").child(old)).into_iter();
            let lines = lines.chain(line(Lang::now_reads, el("ins").child(el("q").text(now.as_str()))));
            (quote.child(el("q").text(now.as_str())), Some(classed("dl", "changed").children(lines)))
        }
    };
    let attach = (is_own && span.is_none()).then(|| {
        button("quiet attach", move || session.find_words(Some(lost_id.clone()))).said(lang, Lang::attach)
    });
    let back = span
        .is_some()
        .then(|| button("quiet to-text", move || session.to_text(&text_id)).said(lang, Lang::to_text));
    let foot = classed("div", "note-foot")
        .children(is_dated.then_some(when))
        .children(is_unsaved.then(|| classed("span", "flag").said(lang, Lang::unsaved)))
        .children(back)
        .children(attach);
    let foot = if is_own {
        foot.child(
            button("quiet edit", edit).said(lang, if has_comment { Lang::edit } else { Lang::comment }),
        )
        .child(delete_button(session, id).said(lang, Lang::delete))
    } else {
        let copy = move || session.copy_note(&copied_id);
        foot.children(span.is_some().then(|| button("quiet copy-note", copy).said(lang, Lang::copy_note)))
    };
    classed("div", "note-text")
        .attr("data-color", style)
        .children(whose)
        .child(quote)
        .children(moved.map(|sentence| classed("p", "moved").said(lang, sentence)))
        .children(changed)
        .children(has_comment.then(|| super::comment::comment(&comment)))
        .children(
            (!tags.is_empty())
                .then(|| classed("ul", "tags").children(tags.into_iter().map(|tag| el("li").text(tag)))),
        )
        .children(earlier)
        .children(is_dated.then_some(times))
        .child(foot)
}

fn delete_button(session: Session, id: NoteId) -> El {
    button("quiet delete", move || {
        // The button goes: the focus is where the note was.
        session.to_text(&id);
        session.remove_note(&id);
    })
}

/// When a note was last changed, in short; and both times in full, for a card that is looked at.
fn times(lang: Lang, note: &Note) -> [El; 2] {
    let (created, modified) = (note.created, note.modified);
    let is_changed = modified.0 - created.0 >= MINUTE;
    let last = if is_changed { modified } else { created };
    let time = |time: Timestamp| dom::time_text(time.0, lang.tag());
    let mut full = [lang.created(), " ", &time(created)].concat();
    if is_changed {
        for part in [" · ", lang.modified(), " ", &time(modified)] {
            full.push_str(part);
        }
    }
    let short = classed("time", "when").attr("datetime", last.to_iso()).text(time(last));
    [short, classed("p", "times").text(full)]
}

/// A note that was changed within it of being written was written then, in ms.
const MINUTE: i64 = 60_000;

/// What a composer writes to, and the clock that saves what was typed. A composer that is made anew elsewhere goes on
/// with it.
pub(super) struct Draft {
    session: Session,
    id: NoteId,
    form: RefCell<Option<HtmlElement>>,
    /// The note was made only to be written on.
    is_made: bool,
    /// What the form and the notebook last agreed on.
    over: RefCell<Revision>,
    pending: RefCell<Option<Timeout>>,
    /// While it lasts, no other window takes what is typed for a dead window's.
    _lock: Option<dom::Held>,
}

impl Draft {
    /// Keeps what stands in the form now.
    fn save(&self) {
        self.pending.borrow_mut().take();
        let Some(change) = self.change() else { return };
        let agreed = Revision {
            comment: change.comment.clone().unwrap_or_default(),
            tags: change.tags.clone().unwrap_or_default(),
            ..Revision::default()
        };
        self.apply(change);
        *self.over.borrow_mut() = agreed;
    }

    /// What stands in the form now.
    fn change(&self) -> Option<Change> {
        let (comment, tags) = fields(self.form.borrow().as_ref()?)?;
        Some(Change {
            color: None,
            comment: Some(comment.value()),
            tags: Some(words(&tags.value())),
            over: Some(self.over.borrow().clone()),
        })
    }

    /// Shows what the note says now, unless there is more in the form or the reader is in it: it was taken back.
    fn follow(&self, note: &Note) {
        let form = self.form.borrow();
        // Not by `:focus-within`: in a window that lies behind another, Firefox knows none.
        let focused = dom::focused();
        let form = form.as_ref().filter(|form| !form.contains(focused.as_ref().map(AsRef::as_ref)));
        let Some((comment, tags)) = form.and_then(fields) else { return };
        let over = self.over.borrow();
        let is_saved = self.change().is_some_and(|change| {
            change.comment.as_ref() == Some(&over.comment) && change.tags.as_ref() == Some(&over.tags)
        });
        drop(over);
        if note.id == self.id && is_saved {
            comment.set_value(&note.comment);
            tags.set_value(&note.tags.join(" "));
            self.over.replace(note.said());
        }
    }

    fn apply(&self, change: Change) {
        self.session.change(|notebook| notebook.edit(&self.id, change, Timestamp(dom::now())));
        let kept = self.session.with_notebook(|notebook| !notebook.unsaved().contains(&self.id));
        self.session.kept.set(kept);
    }

    /// Saves once typing rests.
    fn touch(self: &Rc<Self>) {
        self.session.kept.set(None);
        if let Some(change) = self.change() {
            let now = Timestamp(dom::now());
            self.session.with_notebook(|notebook| notebook.draft(&self.id, change, now));
        }
        let draft = Rc::clone(self);
        *self.pending.borrow_mut() = Some(dom::after(AUTOSAVE, move || draft.save()));
    }

    /// Ends the writing by Escape: a note that was made for it, and on which nothing is written, was not meant.
    fn leave(&self) {
        let is_blank = |change: Change| {
            change.comment.is_some_and(|comment| comment.trim().is_empty())
                && change.tags.is_some_and(|tags| tags.is_empty())
        };
        let (session, id) = (self.session, &self.id);
        if self.is_made && self.change().is_some_and(is_blank) {
            // Before it goes, the focus goes to its words.
            session.to_text(id);
            if session.change(|notebook| notebook.unmake(id)) == Some(true) {
                self.pending.borrow_mut().take();
                session.editing.set(None);
                return session.active.set(None);
            }
        }
        self.finish();
    }

    fn finish(&self) {
        self.save();
        // The focus stays with the note as its fields go.
        let form = self.form.borrow().clone();
        let around = form.and_then(|form| form.closest("[tabindex]").ok().flatten());
        if let Some(around) = around.and_then(|around| around.dyn_into::<HtmlElement>().ok()) {
            dom::focus(&around);
        }
        // The words went while it was written, and the card goes: it stands in the panel from now on.
        if self.session.wide.now()
            && !self.session.noting.panel.now()
            && self.session.note_rect(&self.id).is_none()
        {
            self.session.focus_on(".open-notes");
        }
        self.session.editing.set(None);
        self.session.measure_room();
    }
}

/// Writes the comment, colour and tags of a note, and keeps them while they are written.
fn composer(session: Session, note: &Note) -> El {
    let before = session.state().noting.draft.take();
    let draft = before.filter(|draft| draft.id == note.id).unwrap_or_else(|| {
        if let Some(notebook) = &mut *session.state().notebook.borrow_mut() {
            notebook.end_typing();
        }
        session.kept.set(None);
        Rc::new(Draft {
            session,
            id: note.id.clone(),
            form: RefCell::default(),
            is_made: session.state().noting.made.take().as_ref() == Some(&note.id),
            over: RefCell::new(note.said()),
            pending: RefCell::default(),
            _lock: dom::Held::new(&session.state().noting.lock.borrow()),
        })
    });
    session.state().noting.draft.replace(Some(Rc::clone(&draft)));
    keep_when_left(&draft);

    let (form, mounted) = (Rc::clone(&draft), Rc::clone(&draft));
    let mounted = move |element: HtmlElement| {
        let Some((comment, tags)) = fields(&element) else { return };
        let before = mounted.form.replace(Some(element));
        // To the end, or to where the caret was.
        let mut caret = u32::MAX;
        if let Some((old, old_tags)) = before.as_ref().and_then(fields) {
            comment.set_value(&old.value());
            tags.set_value(&old_tags.value());
            caret = old.selection_start().ok().flatten().unwrap_or(caret);
        }
        let _ = comment.set_selection_range(caret, caret);
        // Made anew, it has the focus unless that has gone elsewhere.
        let is_new = before.is_none();
        let focus = move || {
            if is_new || dom::focused().is_none() {
                dom::focus(&comment);
                if is_new {
                    comment.set_scroll_top(comment.scroll_height());
                }
            }
            place_again(session);
        };
        if !is_new {
            focus();
        }
        // The box around it is shown and placed in the same turn; the focus comes after.
        dom::in_next_frame(focus);
    };
    let on_key = move |event: web_sys::Event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| !dom::is_composing(key)) else {
            return;
        };
        let (is_escape, has_control) = (key.key() == "Escape", key.ctrl_key() || key.meta_key());
        if is_escape || key.key() == "Enter" && has_control {
            event.prevent_default();
            event.stop_propagation();
            if is_escape { form.leave() } else { form.finish() }
        }
    };
    let (typed, tagged, done) = (Rc::clone(&draft), Rc::clone(&draft), Rc::clone(&draft));
    // What is done outside the fields finds what was typed in them.
    let left = Rc::clone(&draft);
    let left = move |_| {
        if left.pending.borrow().is_some() {
            left.save();
        }
    };
    let comment = el("textarea")
        .attr("rows", "4")
        .attr("dir", "auto")
        .attr_say("aria-label", session, Lang::comment_label)
        .attr_say("placeholder", session, Lang::write_here)
        .on("input", move |_| typed.touch())
        .text(note.comment.as_str());
    let tags = el("input")
        .attr("type", "text")
        .attr("value", note.tags.join(" "))
        .attr_say("aria-label", session, Lang::tags_label)
        .attr_say("placeholder", session, Lang::tags_label)
        .attr("list", "tags-in-use")
        .on("input", move |event| {
            session.noting.tagging.set(dom::value_of(&event));
            tagged.touch();
        });
    session.noting.tagging.set(note.tags.join(" "));
    // The engine completes the whole field: what stands there already goes before each tag.
    let known = el("datalist").attr("id", "tags-in-use").part(move || {
        let typed = session.noting.tagging.get();
        let (before, _) = typed.rsplit_once(is_between_tags).unwrap_or(("", &typed));
        let before = words(before);
        let rest = session.tags().into_iter().filter(|tag| !before.contains(tag));
        let options = rest.map(|tag| {
            let mut all = before.clone();
            all.push(tag);
            el("option").attr("value", all.join(" "))
        });
        Some(el("optgroup").children(options.collect::<Vec<_>>()))
    });
    let state = move || match session.kept.get() {
        Some(true) => session.lang.get().saved(),
        Some(false) => session.lang.get().unsaved(),
        None => "",
    };
    let colored = note.id.clone();
    let foot = classed("div", "note-foot")
        .child(classed("span", "save-state").attr("role", "status").text_live(move || state().to_owned()))
        .child(delete_button(session, note.id.clone()).say(session, Lang::delete))
        .child(button("primary done", move || done.finish()).say(session, Lang::done));
    classed("div", "note-text composing")
        .attr("part", "composer")
        .attr_live("data-color", move || {
            session.notes.with(|notes| {
                let note = &find(notes, &colored)?.note;
                if let Some(draft) = &*session.state().noting.draft.borrow() {
                    draft.follow(note);
                }
                Some(note.color.name().to_owned())
            })
        })
        .on("keydown", on_key)
        .on("change", left)
        .mounted(mounted)
        .child(
            classed("p", "quote")
                .attr("lang", "zh-Hans")
                .child(el("q").text(note.target.quote.exact.as_str())),
        )
        .child(swatches(session, &draft))
        .child(comment)
        .child(tags)
        .child(known)
        .child(foot)
}

/// The four colours, one of them chosen.
fn swatches(session: Session, draft: &Rc<Draft>) -> El {
    let choices = Color::ALL.into_iter().map(|choice| {
        let (draft, id) = (Rc::clone(draft), draft.id.clone());
        let choose = move || {
            draft.apply(Change { color: Some(choice), ..Change::default() });
        };
        let name = move || Some(session.lang.get().color(choice).to_owned());
        button("swatch", choose)
            .attr("data-color", choice.name())
            .attr_live("aria-label", name)
            .attr_live("title", name)
            .attr_live("aria-pressed", move || Some((color_of(session, &id) == Some(choice)).to_string()))
            .child(color_mark(choice))
    });
    classed("div", "swatches")
        .attr("role", "group")
        .attr_say("aria-label", session, Lang::highlight_in)
        .children(choices)
}

fn color_of(session: Session, id: &NoteId) -> Option<Color> {
    session.notes.with(|notes| find(notes, id).map(|placed| placed.note.color))
}

/// A page or a composer that is left inside the delay loses nothing typed.
fn keep_when_left(draft: &Rc<Draft>) {
    let leaving = Rc::clone(draft);
    let listener = EventListener::new(&dom::window(), "pagehide", move |_| leaving.save());
    let left = SendWrapper::new((Rc::clone(draft), listener));
    on_cleanup(move || {
        let (draft, listener) = left.take();
        drop(listener);
        let written = &draft.session.state().noting.draft;
        if draft.session.editing.peek(|editing| editing.as_ref() != Some(&draft.id))
            && written.borrow().as_ref().is_some_and(|written| Rc::ptr_eq(written, &draft))
        {
            forget(written);
        }
        if draft.pending.borrow_mut().take().is_some() {
            // Not now: views are being taken down.
            dom::soon(move || draft.save());
        }
    });
}

/// The fields of a composer: the comment's and the tags'.
fn fields(form: &HtmlElement) -> Option<(HtmlTextAreaElement, HtmlInputElement)> {
    let field = |name: &str| form.query_selector(name).ok().flatten();
    Some((field("textarea")?.dyn_into().ok()?, field("input")?.dyn_into().ok()?))
}

/// Tags as typed: parted by blanks, commas or `#`.
fn words(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in typed.split(is_between_tags) {
        if !tag.is_empty() && !tags.iter().any(|seen| seen == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

fn is_between_tags(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '，' | '、' | '#')
}
