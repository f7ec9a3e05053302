//! Floor 6: the interface, in Leptos. A component a file; each has its sheet of the same name in
//! `style/` where it needs one. A component is a function from the [`Session`] to an
//! [`element::El`], or to `None` while it has nothing to show.

mod article_view;
mod card;
mod chooser;
mod chunks;
mod comment;
mod element;
mod entity_card;
mod field;
mod floating;
mod glossary_panel;
mod help;
mod hover;
mod import;
mod layer;
mod library;
mod margin;
mod mentions;
mod note_card;
mod notebook_panel;
mod notes;
mod noting;
mod painting;
mod panel;
mod print;
mod seal;
mod session;
mod shortcuts;
mod status;
mod strings;
mod study;
mod swallowed;
mod term_card;
mod term_form;
mod terms;
mod toolbar;

pub use article_view::article_view;
pub use element::{El, mount};
pub use import::drops;
pub use library::{has_turned, turn};
pub use painting::paint;
pub use session::{Phase, Session, StorageTrouble, Toast, Undo, Unread};
pub use shortcuts::Listeners;
pub use strings::Lang;
pub use study::Study;
pub use terms::Told;

use element::{classed, el};

/// The style sheet of the interface, for a shadow root.
pub const SHADOW_CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/shadow.css"));

/// The style sheet of the article's own text, for the document.
pub const DOCUMENT_CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/document.css"));

/// The interface around the article, in the shadow root: the article itself is slotted in.
pub fn app(session: Session) -> El {
    let is_ready = move || session.phase.with(|phase| matches!(phase, Phase::Ready(_)));
    // What the page put between the tags stays where it is until there is an article to show instead; what
    // then comes is made anew, for what moves in sight disturbs.
    let before = move || {
        let is_loading = session.phase.with(|phase| matches!(phase, Phase::Loading));
        let line =
            is_loading.then(|| classed("p", "loading").attr("role", "status").say(session, Lang::loading));
        let is_choosing = session.phase.with(|phase| matches!(phase, Phase::Choosing));
        (!is_ready() && !is_choosing).then(|| classed("div", "before").child(el("slot")).children(line))
    };
    let class = move || {
        let wide = if session.wide.get() { " wide" } else { "" };
        let narrow = if session.narrow.get() { " narrow" } else { "" };
        let painted = if session.is_painted { " painted" } else { "" };
        Some(["app", wide, narrow, painted, if is_ready() { " ready" } else { "" }].concat())
    };
    let columns = classed("div", "columns");
    let app = el("div").attr_live("class", class);
    // The page's own article must not inherit anything of ours, nor move for it.
    let app = if session.is_painted {
        let text = classed("div", "text").child(el("slot"));
        let columns = columns.part(move || margin::margin(session)).child(text);
        app.child(columns).child(classed("div", "dock").child(status::status(session)))
    } else {
        let text = classed("div", "text").child(el("slot").attr("name", "article"));
        let columns = columns.child(text).part(move || margin::margin(session));
        app.attr_say("lang", session, Lang::tag)
            .child(status::status(session))
            .part(before)
            .part(later(session, library::library))
            .child(columns)
    };
    let opened: [fn(Session) -> Option<El>; 10] = [
        toolbar::toolbar,
        card::card,
        margin::note_sheet,
        chooser::chooser,
        toolbar::attach_bar,
        panel::panel,
        notebook_panel::notebook_panel,
        glossary_panel::glossary_panel,
        term_form::term_form,
        help::help,
    ];
    opened
        .into_iter()
        .fold(app, |app, view| app.part(later(session, view)))
        .child(status::toasts(session))
        .child(status::end())
        .children(session.is_painted.then(|| status::current(session)))
}

/// A view that comes with the core's later part: what the reader has opened until then stands there as soon as
/// it is here.
fn later(session: Session, view: fn(Session) -> Option<El>) -> impl Fn() -> Option<El> + Send {
    move || session.is_whole.get().then(|| view(session)).flatten()
}
