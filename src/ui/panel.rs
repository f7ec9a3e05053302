//! The panel: everything in the article by kind, and the reader's notes.

use super::live::{act, live, part};
use super::note_card::NoteCard;
use super::seal::Seal;
use super::session::{Session, Study};
use super::strings::Lang;
use crate::dom;
use crate::exchange;
use crate::lexicon::Kind;
use crate::notebook::Placed;
use leptos::html;
use leptos::prelude::*;

/// The open panel, if it is.
#[component]
pub fn Panel(session: Session) -> impl IntoView {
    view! {
        {part(move || session.panel.get().then(|| view! { <OpenPanel session /> }))}
    }
}

#[component]
fn OpenPanel(session: Session) -> impl IntoView {
    let panel: NodeRef<html::Div> = NodeRef::new();
    panel.on_load(|element| {
        let _ = element.show_popover();
        dom::focus(&element);
    });
    let study = session.study();
    let lost = Memo::new(move |_| {
        session.notes.with(|notes| {
            let lost = notes.iter().filter(|placed| placed.anchoring.span().is_none());
            lost.map(|placed| placed.note.id.clone()).collect::<Vec<_>>()
        })
    });
    view! {
        <div
            node_ref=panel
            part="panel"
            class={"panel"}
            popover="manual"
            role="dialog"
            tabindex="-1"
            aria-label=session.say(Lang::contents)
        >
            <div class="card-head">
                <h2>{session.say(Lang::contents)}</h2>
                <button
                    class="quiet close"
                    aria-label=session.say(Lang::close)
                    title=session.say(Lang::close)
                    on:click=act(move || session.panel.set(false))
                >{"×"}</button>
            </div>
            <section class="panel-notes">
                <h3>
                    {session.say(Lang::my_notes)}
                    <span class="count">{live(move || session.notes.with(Vec::len).to_string())}</span>
                </h3>
                {part(move || session.notes.with(Vec::is_empty).then(|| view! {
                    <p class="nothing">{session.say(Lang::no_notes)}</p>
                }))}
                {part(move || {
                    let lines = session.notes.get().into_iter().filter_map(|placed| note_line(session, placed));
                    Some(view! { <ul>{lines.collect_view()}</ul> })
                })}
                {part(move || {
                    let lost = lost.get();
                    (!lost.is_empty()).then(|| view! {
                        <h4>{session.say(Lang::orphans)}</h4>
                        <ul class="lost">
                            {lost.into_iter().map(|id| view! { <li><NoteCard session id /></li> }).collect_view()}
                        </ul>
                    })
                })}
                <button class="quiet export" on:click=act(move || export(session))>{session.say(Lang::export)}</button>
            </section>
            {study.map(|study| Kind::ALL.into_iter().filter_map(|kind| kind_section(session, &study, kind)).collect_view())}
        </div>
    }
}

fn note_line(session: Session, placed: Placed) -> Option<AnyView> {
    placed.anchoring.span()?;
    let note = placed.note;
    let id = note.id;
    let text = if note.comment.is_empty() { note.target.quote.exact } else { note.comment };
    let view = view! {
        <li>
            <button class="line" on:click=act(move || {
                session.panel.set(false);
                session.show_note(&id);
            })>
                <super::toolbar::ColorMark color=note.color />{text}
            </button>
        </li>
    };
    Some(view.into_any())
}

/// The entities of a kind, most mentioned first.
fn kind_section(session: Session, study: &Study, kind: Kind) -> Option<AnyView> {
    let mut entities: Vec<_> =
        study.recognition.entities.iter().filter(|entity| entity.kind == kind && !entity.mentions.is_empty()).collect();
    if entities.is_empty() {
        return None;
    }
    entities.sort_by_key(|entity| std::cmp::Reverse(entity.mentions.len()));
    let count = entities.len();
    let chips = entities.into_iter().map(|entity| {
        let first = entity.mentions.first().copied();
        let times = entity.mentions.len();
        view! {
            <li>
                <button class="chip" lang="zh-Hans" on:click=act(move || if let Some(mention) = first {
                    session.panel.set(false);
                    session.visit_mention(mention);
                })>
                    {entity.name.clone()}
                    {(times > 1).then(|| view! { <span class="count">{times}</span> })}
                </button>
            </li>
        }
    });
    let chips = chips.collect_view();
    let view = view! {
        <section data-kind=kind.name()>
            <h3>
                <Seal kind />
                {live(move || session.lang.get().kind(kind))}
                <span class="count">{count}</span>
            </h3>
            <ul class="chips">{chips}</ul>
        </section>
    };
    Some(view.into_any())
}

/// Offers the notes of this article as a W3C annotation collection.
pub fn export(session: Session) {
    let Some(json) = session.with_notebook(exchange::to_json_ld) else { return };
    let _ = dom::download("bianzhu-notes.json", "application/ld+json", &json);
}
