//! One note: its quote, comment and tags, and the composer that changes them.

use super::live::{act, live, part};
use super::session::Session;
use super::strings::Lang;
use super::toolbar::ColorMark;
use crate::annotation::{Color, Note, NoteId};
use crate::dom;
use crate::notebook::{Change, Placed};
use gloo::timers::callback::Timeout;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// How long typing may rest before it is saved, in ms.
const AUTOSAVE: u32 = 400;

/// A note, read or being written.
#[component]
pub fn NoteCard(session: Session, id: NoteId) -> impl IntoView {
    let placed = {
        let id = id.clone();
        Memo::new_with_compare(
            move |_| session.notes.with(|notes| notes.iter().find(|placed| placed.note.id == id).cloned()),
            |a, b| a != b,
        )
    };
    let is_editing = {
        let id = id.clone();
        Memo::new(move |_| session.editing.with(|editing| editing.as_ref() == Some(&id)))
    };
    view! {
        {part(move || {
            let id = id.clone();
            if is_editing.get() {
                let note = placed.get_untracked().map(|placed| placed.note);
                note.map(|note| view! { <Composer session note /> }.into_any())
            } else {
                placed.get().map(|placed| view! { <NoteText session id placed /> }.into_any())
            }
        })}
    }
}

/// The note as it reads.
#[component]
fn NoteText(session: Session, id: NoteId, placed: Placed) -> impl IntoView {
    let Note { color, comment, tags, target, .. } = placed.note;
    let edited = placed.anchoring.is_edited();
    let lost = placed.anchoring.span().is_none();
    let ambiguous = placed.anchoring.is_ambiguous();
    let (edit_id, delete_id) = (id.clone(), id.clone());
    let unsaved = session.with_notebook(|notebook| notebook.unsaved().contains(&id)).unwrap_or_default();
    let has_comment = !comment.is_empty();
    view! {
        <div class="note-text" data-color=color.name()>
            <p class="quote" lang="zh-Hans">
                <ColorMark color />
                <span class="visually-hidden" lang=session.say(Lang::tag)>
                    {live(move || session.lang.get().color(color))}
                </span>
                <q>{target.quote.exact}</q>
            </p>
            {(edited || lost).then(|| view! {
                <p class="moved">
                    {session.say(if edited {
                        Lang::edited_text
                    } else if ambiguous {
                        Lang::ambiguous_place
                    } else {
                        Lang::orphans
                    })}
                </p>
            })}
            {has_comment.then(|| view! { <p class="comment">{comment}</p> })}
            {(!tags.is_empty()).then(|| view! {
                <ul class="tags">{tags.into_iter().map(|tag| view! { <li>{tag}</li> }).collect_view()}</ul>
            })}
            <div class="note-foot">
                {unsaved.then(|| view! { <span class="flag">{session.say(Lang::unsaved)}</span> })}
                <button
                    class="quiet edit"
                    on:click=act(move || {
                        session.active.set(Some(edit_id.clone()));
                        session.editing.set(Some(edit_id.clone()));
                    })
                >
                    {session.say(if has_comment { Lang::edit } else { Lang::comment })}
                </button>
                <button class="quiet delete" on:click=act(move || session.remove_note(&delete_id))>
                    {session.say(Lang::delete)}
                </button>
            </div>
        </div>
    }
}

/// Writes the comment, colour and tags of a note, and keeps them while they are written.
#[component]
fn Composer(session: Session, note: Note) -> impl IntoView {
    let id = note.id.clone();
    let color = RwSignal::new(note.color);
    let comment: NodeRef<html::Textarea> = NodeRef::new();
    let tags: NodeRef<html::Input> = NodeRef::new();
    let saved: RwSignal<Option<bool>> = RwSignal::new(None);
    let pending: Rc<RefCell<Option<Timeout>>> = Rc::default();

    comment.on_load(|element| {
        request_animation_frame(move || dom::focus(&element));
    });

    let save = {
        let id = id.clone();
        move || {
            let (Some(comment), Some(tags)) = (comment.get_untracked(), tags.get_untracked()) else { return };
            let change = Change {
                color: Some(color.get_untracked()),
                comment: Some(comment.value()),
                tags: Some(words(&tags.value())),
            };
            let now = crate::annotation::Timestamp(dom::now());
            session.change(|notebook| notebook.edit(&id, change, now));
            let kept = session.with_notebook(|notebook| !notebook.unsaved().contains(&id));
            saved.set(kept);
        }
    };
    let later = {
        let (save, pending) = (save.clone(), Rc::clone(&pending));
        move || {
            saved.set(None);
            let save = save.clone();
            *pending.borrow_mut() = Some(Timeout::new(AUTOSAVE, save));
            session.reflow.update(|n| *n = n.wrapping_add(1));
        }
    };
    let finish = {
        let (save, pending) = (save.clone(), Rc::clone(&pending));
        move || {
            pending.borrow_mut().take();
            save();
            session.editing.set(None);
        }
    };
    // A page that is left inside the delay loses nothing typed.
    let flush = {
        let save = save.clone();
        gloo::events::EventListener::new(&dom::window(), "pagehide", move |_| save())
    };
    let flush = StoredValue::new_local(Some(flush));
    on_cleanup(move || {
        flush.update_value(|flush| drop(flush.take()));
    });

    let on_key = {
        let finish = finish.clone();
        move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            let confirm = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
            if confirm || event.key() == "Escape" {
                event.prevent_default();
                event.stop_propagation();
                finish();
            }
        }
    };
    let (typed, tagged, colored) = (later.clone(), later.clone(), later);
    let delete_id = id.clone();
    view! {
        <div class="note-text composing" part="composer" data-color=live(move || color.get().name()) on:keydown=on_key>
            <p class="quote" lang="zh-Hans"><q>{note.target.quote.exact}</q></p>
            <div class="swatches" role="radiogroup" aria-label=session.say(Lang::highlight_in)>
                {Color::ALL.into_iter().map(|choice| {
                    let colored = colored.clone();
                    view! {
                        <button
                            class="swatch"
                            role="radio"
                            data-color=choice.name()
                            aria-label=live(move || session.lang.get().color(choice))
                            title=live(move || session.lang.get().color(choice))
                            aria-checked=live(move || if color.get() == choice { "true" } else { "false" })
                            on:click=act(move || {
                                color.set(choice);
                                colored();
                            })
                        >
                            <ColorMark color=choice />
                        </button>
                    }
                }).collect_view()}
            </div>
            <textarea
                node_ref=comment
                rows="4"
                aria-label=session.say(Lang::comment_label)
                placeholder=session.say(Lang::write_here)
                prop:value=note.comment
                on:input=move |_| typed()
            ></textarea>
            <input
                node_ref=tags
                type="text"
                aria-label=session.say(Lang::tags_label)
                placeholder=session.say(Lang::tags_label)
                prop:value=note.tags.join(" ")
                on:input=move |_| tagged()
            />
            <div class="note-foot">
                <span class="save-state" role="status">
                    {live(move || match saved.get() {
                        Some(true) => session.lang.get().saved(),
                        Some(false) => session.lang.get().unsaved(),
                        None => "",
                    })}
                </span>
                <button class="quiet delete" on:click=act(move || session.remove_note(&delete_id))>
                    {session.say(Lang::delete)}
                </button>
                <button class="primary done" on:click=act(finish)>{session.say(Lang::done)}</button>
            </div>
        </div>
    }
}

/// Tags as typed: parted by blanks, commas or `#`.
fn words(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | '#')) {
        if !tag.is_empty() && !tags.iter().any(|seen| seen == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}
