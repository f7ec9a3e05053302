//! What a chosen file would bring, before anything is taken over.

use super::element::{El, button, classed, el};
use super::session::{Incoming, Session, Toast, Undo};
use super::strings::Lang;
use crate::notebook::ELSEWHERE;
use std::rc::Rc;

/// Most refused notes that are listed.
const LISTED: usize = 20;

/// Looks at a file and shows what it would bring; `None` is one that could not be read.
pub fn offer(session: Session, file: Option<String>) {
    let looked_at = file.and_then(|file| session.preview_import(&file).ok());
    let Some((preview, terms)) = looked_at else {
        let text = session.lang.now().import_failed();
        return session.toast.set(Some(Toast { text, undo: Undo::Nothing }));
    };
    session.incoming.update(|incoming| *incoming = Some(Rc::new(Incoming { preview, terms })));
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
    let why = preview.refused.iter().take(LISTED).map(|(index, reason)| {
        let (what, detail) = match reason.strip_prefix(ELSEWHERE) {
            Some(article) => (lang.import_elsewhere(), article),
            None => (lang.import_unreadable(), reason.as_str()),
        };
        el("li").text([&(index + 1).to_string(), ". ", what, detail].concat())
    });
    let why: Vec<El> = why.collect();
    let brings = preview.new.len() + preview.newer.len() + terms.len() > 0;
    let take = Rc::clone(&incoming);
    let accept = move || {
        session.incoming.update(|incoming| *incoming = None);
        let refused = !take.preview.refused.is_empty();
        let imported = session.commit_import(take.preview.clone(), &take.terms);
        session.tell_import(&imported, refused);
    };
    let accept = brings.then(|| button("primary accept", accept).say(session, Lang::import_accept));
    let discard = move || session.incoming.update(|incoming| *incoming = None);
    let foot = classed("div", "note-foot").children(accept).child(
        button("quiet discard", discard).say(session, if brings { Lang::discard } else { Lang::close }),
    );
    let list = classed("ul", "counts").children(lines);
    let incoming = classed("div", "incoming").attr("role", "status").child(list);
    Some(incoming.children((!why.is_empty()).then(|| classed("ul", "why").children(why))).child(foot))
}
