//! Floor 6: the interface, in Leptos. A component a file; each has its sheet of the same name in
//! `style/` where it needs one.
//!
//! Every element of a `view!` that would be wholly static has a dynamic bit (`class={"…"}`, `{"…"}`):
//! without one tachys makes it by `innerHTML`, which Trusted Types forbid.

mod article_view;
mod card;
mod entity_card;
mod floating;
mod live;
mod margin;
mod mentions;
mod note_card;
mod panel;
mod seal;
mod session;
mod shortcuts;
mod status;
mod strings;
mod term_card;
mod toolbar;

pub use article_view::ArticleView;
pub use session::{Phase, Session, StorageTrouble, Study};
pub use shortcuts::Listeners;
pub use strings::Lang;

use leptos::prelude::*;
use live::{live, part};

/// The style sheet of the interface, for a shadow root.
pub const SHADOW_CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/shadow.css"));

/// The style sheet of the article's own text, for the document.
pub const DOCUMENT_CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/document.css"));

/// The interface around the article, in the shadow root: the article itself is slotted in.
#[component]
pub fn App(session: Session) -> impl IntoView {
    let is_ready = Memo::new(move |_| session.phase.with(|phase| matches!(phase, Phase::Ready(_))));
    view! {
        <div
            class="app"
            class:wide=live(move || session.wide.get())
            class:ready=live(move || is_ready.get())
            lang=session.say(Lang::tag)
        >
            <status::Status session />
            <div class="columns">
                <div class="text">
                    // What the page put between the tags stays until there is an article to show instead.
                    <slot name=live(move || if is_ready.get() { "article" } else { "" })></slot>
                </div>
                {part(move || session.wide.get().then(|| view! { <margin::Margin session /> }))}
            </div>
            <toolbar::Toolbar session />
            <card::CardView session />
            <margin::NoteSheet session />
            <panel::Panel session />
            <status::ToastView session />
        </div>
    }
}
