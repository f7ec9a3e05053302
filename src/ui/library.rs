//! The reader's own texts: one is pasted, or opened from a file, and becomes an article; those that were opened lately
//! are listed.

use super::element::{El, button, classed, el};
use super::import;
use super::session::{Phase, Session, Toast, Undo};
use super::status::language;
use super::strings::Lang;
use crate::article::{self, Article, ArticleError};
use crate::dom;
use crate::storage::{Listed, Texts};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::File;

/// What files may be chosen.
const ACCEPTED: &str = ".txt,.md,.markdown,.html,.htm,.xhtml,.json,text/plain,text/html,text/markdown";

/// The reader's own texts, while none of them is open.
pub fn library(session: Session) -> Option<El> {
    if !session.phase.with(|phase| matches!(phase, Phase::Choosing)) {
        return None;
    }
    session.list_texts();
    let typed = Rc::new(RefCell::new(String::new()));
    let written = Rc::clone(&typed);
    let field = el("textarea")
        .attr("rows", "8")
        .attr("lang", "zh-Hans")
        .attr("spellcheck", "false")
        .attr_say("aria-label", session, Lang::paste_text)
        .attr_say("placeholder", session, Lang::paste_text)
        .on("input", move |event| *written.borrow_mut() = dom::value_of(&event));
    let read = move || session.take_text(article::from_own_text(&typed.borrow()));
    let foot = classed("div", "exchange")
        .child(button("primary read", read).say(session, Lang::read_text))
        .child(import::picker(session, Lang::open_file, ACCEPTED, read_file));
    let head = classed("div", "bar").child(el("h2").say(session, Lang::own_texts)).child(language(session));
    let own = classed("section", "library")
        .attr("tabindex", "-1")
        .attr_say("aria-label", session, Lang::own_texts)
        .child(head)
        .child(field)
        .child(foot)
        .child(classed("p", "hint").say(session, Lang::own_texts_hint));
    Some(own.part(move || Some(list(session))))
}

/// The texts that were opened lately.
fn list(session: Session) -> El {
    let texts = session.texts.get();
    if texts.is_empty() {
        return classed("p", "nothing").say(session, Lang::no_texts);
    }
    let rows = texts.into_iter().map(|text| row(session, text));
    el("section")
        .child(el("h3").say(session, Lang::recent_texts))
        .child(classed("ul", "note-rows").children(rows))
}

fn row(session: Session, text: Listed) -> El {
    let Listed { id, title, opened, notes } = text;
    let (removed, named) = (id.clone(), title.clone());
    let about = move || {
        let lang = session.lang.get();
        [&dom::time_text(opened, lang.tag()), " · ", lang.notes(), " ", &notes.to_string()].concat()
    };
    let open = move || {
        if let Some(article) = session.store().and_then(|store| Texts(store).get(&id)) {
            session.take_text(Ok(article));
        }
    };
    let open = button("line jump", open)
        .child(el("span").attr("lang", "zh-Hans").text(title))
        .child(classed("span", "row-tags").text_live(about));
    let label = move || Some([session.lang.get().unknow(), " ", &named].concat());
    let remove = button("quiet remove", move || session.remove_text(&removed))
        .attr_live("aria-label", label)
        .say(session, Lang::unknow);
    el("li").child(open).child(remove)
}

/// Opens a file as an article.
pub fn read_file(session: Session, file: File) {
    wasm_bindgen_futures::spawn_local(async move {
        let article = article_of(&file).await;
        if !session.is_gone() {
            session.take_text(article);
        }
    });
}

async fn article_of(file: &File) -> Result<Article, ArticleError> {
    if file.size() > article::MAX_BYTES as f64 {
        return Err(ArticleError::TooLarge { bytes: file.size() as usize });
    }
    let text = dom::text_of(file).await.ok_or(ArticleError::NotUtf8)?;
    if article::is_markup(&file.type_()) {
        dom::read_page(&dom::parse_page(&text).ok_or(ArticleError::NotParsed)?)
    } else {
        article::from_own_text(&text)
    }
}

impl Session {
    /// Opens a text that was read, and keeps it.
    pub(super) fn take_text(self, read: Result<Article, ArticleError>) {
        match read {
            Ok(article) => {
                let kept = self.store().is_some_and(|store| Texts(store).keep(&article, dom::now()).is_ok());
                self.open_text(Some((article, kept)));
            }
            Err(error) => {
                let lang = self.lang.now();
                let text =
                    if error == ArticleError::Empty { lang.no_text() } else { lang.article_error(&error) };
                self.toast.set(Some(Toast { text, undo: Undo::Nothing }));
            }
        }
    }

    /// Reads the list of texts anew.
    pub(super) fn list_texts(self) {
        let listed = self.store().map(|store| Texts(store).list()).unwrap_or_default();
        self.texts.update(|texts| *texts = listed);
    }

    /// Takes a text out of the list, and offers to undo it; its notes stay.
    fn remove_text(self, id: &str) {
        let removed = self.store().and_then(|store| Texts(store).remove(id));
        if let Some(value) = removed {
            self.state().removed_text.replace(Some((id.to_owned(), value)));
            self.toast.set(Some(Toast { text: self.lang.now().removed_text(), undo: Undo::Text }));
        }
        self.list_texts();
    }

    /// Puts the text back that was taken out last.
    pub(super) fn restore_text(self) -> bool {
        let removed = self.state().removed_text.take();
        let kept = removed
            .zip(self.store())
            .is_some_and(|((id, value), store)| Texts(store).put(&id, &value).is_ok());
        self.list_texts();
        kept
    }
}
