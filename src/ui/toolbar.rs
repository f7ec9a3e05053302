//! The toolbar that stands beside a selection: highlight in one of four colours, or comment.

use super::floating::Floating;
use super::live::{act, live, part};
use super::session::Session;
use super::strings::Lang;
use crate::annotation::Color;
use crate::dom;
use crate::layout::Rect;
use leptos::prelude::*;

/// The toolbar, while something of the article is selected.
#[component]
pub fn Toolbar(session: Session) -> impl IntoView {
    let is_open = Memo::new(move |_| session.selection.with(Option::is_some));
    let anchor = Signal::derive_local(move || {
        session.selection.with(|selection| selection.map_or(Rect::default(), |(_, rect)| rect))
    });
    let label = Signal::derive(move || session.lang.get().toolbar_label().to_owned());
    let take = move |color: Color, edit: bool| {
        let Some((span, _)) = session.selection.get_untracked() else { return };
        session.selection.set(None);
        dom::clear_selection();
        session.add_note(span, color, edit);
    };
    view! {
        {part(move || is_open.get().then(|| view! {
            <Floating session part="toolbar" label anchor sheet=false takes_focus=false>
                // Pressing a button must not take the selection away before the click comes.
                <div class="tools" on:pointerdown=|event| event.prevent_default() on:mousedown=|event| event.prevent_default()>
                    {Color::ALL.into_iter().map(|color| {
                        let label = move || {
                            let lang = session.lang.get();
                            [lang.highlight_in(), lang.color(color)].join(" ")
                        };
                        let (name, title) = (live(label), live(label));
                        view! {
                            <button class="swatch" data-color=color.name() aria-label=name title=title on:click=act(move || take(color, false))>
                                <ColorMark color />
                            </button>
                        }
                    }).collect_view()}
                    <button class="comment" on:click=act(move || take(Color::Yellow, true))>
                        {session.say(Lang::comment)}
                    </button>
                </div>
            </Floating>
        }))}
    }
}

/// A colour with the shape that tells it apart.
#[component]
pub fn ColorMark(color: Color) -> impl IntoView {
    let shape = match color {
        Color::Yellow => "●",
        Color::Green => "■",
        Color::Blue => "◆",
        Color::Pink => "▲",
    };
    view! { <span class="mark" data-color=color.name() aria-hidden="true">{shape}</span> }
}
