//! What a chosen file would bring, before anything is taken over.

use super::element::{El, button, classed, el};
use super::library;
use super::session::{Incoming, Session, Toast, Undo};
use super::strings::Lang;
use crate::dom;
use crate::exchange::{self, ReadError};
use gloo::events::{EventListener, EventListenerOptions};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, EventTarget, File, HtmlElement, HtmlInputElement};

/// Most refused notes that are listed.
const LISTED: usize = 20;

/// Reads a file and shows what it would bring.
pub fn read(session: Session, file: File) {
    wasm_bindgen_futures::spawn_local(async move {
        let text = if file.size() > exchange::MAX_BYTES as f64 {
            Err(ReadError::TooLarge(file.size() as usize))
        } else {
            let text = wasm_bindgen_futures::JsFuture::from(file.text()).await;
            // One that cannot be read, and so holds nothing.
            Ok(text.ok().and_then(|text| text.as_string()).unwrap_or_default())
        };
        if session.is_gone() {
            return;
        }
        let (preview, terms) = match text.and_then(|text| session.preview_import(&text)) {
            Ok(looked_at) => looked_at,
            Err(why) => {
                let text = session.lang.now().unread_file(&why);
                return session.toast.set(Some(Toast { text, undo: Undo::Nothing }));
            }
        };
        session.incoming.update(|incoming| *incoming = Some(Rc::new(Incoming { preview, terms })));
        session.noting.panel.set(true);
    });
}

/// A button that has the reader choose a file.
pub fn picker(
    session: Session,
    says: fn(Lang) -> &'static str,
    accepted: &'static str,
    take: fn(Session, File),
) -> El {
    let chosen = move |event: Event| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(field) = field else { return };
        let Some(file) = field.files().and_then(|files| files.get(0)) else { return };
        // The same file may be chosen again.
        field.set_value("");
        take(session, file);
    };
    let field = el("input").attr("type", "file").attr("accept", accepted).attr("class", "visually-hidden");
    classed("label", "import").say(session, says).child(field.on("change", chosen))
}

/// Takes a file that is dropped onto the article, or anywhere on a page for the reader's own texts. What else is
/// dragged there is left to the page.
pub fn drops(session: Session, host: &HtmlElement) -> [EventListener; 2] {
    let target: EventTarget = if session.is_library { dom::window().into() } else { host.clone().into() };
    ["dragover", "drop"].map(|kind| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&target, kind, options, move |event| {
            if event.default_prevented() {
                return;
            }
            let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
            let Some(data) = data.filter(|data| data.types().includes(&"Files".into(), 0)) else { return };
            event.prevent_default();
            if let Some(file) = data.files().and_then(|files| files.get(0)) {
                // Notes come as JSON, to the article that is open.
                let is_article = session.is_library
                    && (session.study().is_none() || !file.name().to_ascii_lowercase().contains(".json"));
                (if is_article { library::read_file } else { read })(session, file);
            }
        })
    })
}

/// What the chosen file would bring, with the choice to take it over or not.
pub fn incoming(session: Session) -> Option<El> {
    let incoming = session.incoming.get()?;
    let Incoming { preview, terms } = &*incoming;
    let lang = session.lang.get();
    let counts = [
        (preview.new.len(), lang.import_new()),
        (preview.newer.len(), lang.import_newer()),
        (terms.len(), lang.import_terms()),
        (preview.duplicate, lang.import_duplicate()),
        (preview.refused.len(), lang.import_refused()),
    ];
    let lines = counts.into_iter().filter(|(count, _)| *count > 0);
    let lines: Vec<El> =
        lines.map(|(count, what)| el("li").text([&count.to_string(), " ", what].concat())).collect();
    let why = preview
        .refused
        .iter()
        .take(LISTED)
        .map(|(index, why)| el("li").text([&(index + 1).to_string(), ". ", &lang.refusal(why)].concat()));
    let why: Vec<El> = why.collect();
    let brings = preview.new.len() + preview.newer.len() + terms.len() > 0;
    let take = Rc::clone(&incoming);
    let accept = move || {
        session.drop_incoming();
        let refused = !take.preview.refused.is_empty();
        let imported = session.commit_import(take.preview.clone(), &take.terms);
        session.tell_import(&imported, refused);
    };
    let accept = brings.then(|| button("primary accept", accept).say(session, Lang::import_accept));
    let discard = move || session.drop_incoming();
    let foot = classed("div", "note-foot").children(accept).child(
        button("quiet discard", discard).say(session, if brings { Lang::discard } else { Lang::close }),
    );
    let list = classed("ul", "counts").children(lines);
    let incoming = classed("div", "incoming").attr("role", "status").child(list);
    Some(incoming.children((!why.is_empty()).then(|| classed("ul", "why").children(why))).child(foot))
}
