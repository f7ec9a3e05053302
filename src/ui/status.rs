//! The status line above the article, the sentence in place of an article that cannot be shown, and
//! the toast that says what was done.

use super::panel::export as panel_export;
use super::live::{act, live, part};
use super::session::{Phase, Session, StorageTrouble};
use super::strings::Lang;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// How long a toast stays, in ms.
const TOAST: u32 = 8_000;

/// What is here, and what is wrong.
#[component]
pub fn Status(session: Session) -> impl IntoView {
    view! {
        <div class="status" part="status">
            {part(move || Some(match session.phase.get() {
                Phase::Loading => view! { <p role="status">{session.say(Lang::loading)}</p> }.into_any(),
                Phase::Failed(error) => {
                    view! { <p class="failed" role="alert">{session.lang.get().article_error(&error)}</p> }.into_any()
                }
                Phase::Ready(_) => view! { <Bar session /> }.into_any(),
            }))}
            <Trouble session />
        </div>
    }
}

/// The name, the panel's button and the language.
#[component]
fn Bar(session: Session) -> impl IntoView {
    view! {
        <div class="bar">
            <span class="name" lang="zh-Hans">{"边注"}</span>
            <button
                class="quiet open-panel"
                aria-expanded=live(move || if session.panel.get() { "true" } else { "false" })
                on:click=act(move || session.panel.update(|open| *open = !*open))
            >
                {session.say(Lang::contents)}
            </button>
            <button class="quiet open-panel" on:click=act(move || session.panel.update(|open| *open = !*open))>
                {session.say(Lang::notes)}
                <span class="count">{live(move || session.notes.with(Vec::len).to_string())}</span>
            </button>
            <button
                class="quiet language"
                lang=live(move || session.lang.get().other().tag())
                title=session.say(Lang::language_switch)
                on:click=act(move || session.lang.update(|lang| *lang = lang.other()))
            >
                {session.say(Lang::language)}
            </button>
        </div>
    }
}

/// Notes that are not kept, and stored values that could not be read.
#[component]
fn Trouble(session: Session) -> impl IntoView {
    view! {
        {part(move || session.storage_trouble.get().map(|trouble| view! {
            <div class="trouble" role="alert">
                <p>{session.say(match trouble {
                    StorageTrouble::Broken => Lang::storage_broken,
                    StorageTrouble::Memory => Lang::storage_memory,
                })}</p>
                {(trouble == StorageTrouble::Broken).then(|| view! {
                    <button class="quiet retry" on:click=act(move || session.retry())>{session.say(Lang::retry)}</button>
                })}
                <button class="quiet export" on:click=act(move || panel_export(session))>
                    {session.say(Lang::export)}
                </button>
            </div>
        }))}
        {part(move || {
            let count = session.set_aside.with(Vec::len);
            (count > 0).then(|| view! { <p class="trouble">{count.to_string()}" "{session.say(Lang::set_aside)}</p> })
        })}
    }
}

/// What was last done, with a way to undo it.
#[component]
pub fn ToastView(session: Session) -> impl IntoView {
    let timer = StoredValue::new_local(None::<Timeout>);
    Effect::new(move || {
        if session.toast.with(Option::is_some) {
            timer.set_value(Some(Timeout::new(TOAST, move || session.toast.set(None))));
        }
    });
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {part(move || session.toast.get().map(|toast| view! {
                <p class="toast">
                    {toast.text}
                    {toast.undo.then(|| view! {
                        <button class="quiet undo" on:click=act(move || session.undo())>{session.say(Lang::undo)}</button>
                    })}
                </p>
            }))}
        </div>
    }
}
