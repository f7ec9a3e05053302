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
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::{File, HtmlElement};

/// What files may be chosen.
const ACCEPTED: &str = "text/*,.txt,.md,.html,.htm,.xhtml,.json";

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
    let rows: Vec<El> = session.texts.with(|texts| texts.iter().map(|text| row(session, text)).collect());
    if rows.is_empty() {
        return classed("p", "nothing").say(session, Lang::no_texts);
    }
    el("section")
        .child(el("h3").say(session, Lang::recent_texts))
        .child(classed("ul", "note-rows").children(rows))
}

fn row(session: Session, text: &Listed) -> El {
    let (id, removed, named) = (text.id.clone(), text.id.clone(), text.title.clone());
    let (opened, notes) = (text.opened, text.notes);
    let about = move || {
        let lang = session.lang.get();
        [&dom::time_text(opened, lang.tag()), " · ", lang.notes(), " ", &notes.to_string()].concat()
    };
    let open = move || {
        let found = session.store().and_then(|store| Texts(store).get(&id));
        if let Some((article, _)) = found {
            session.take_text(Ok(article));
        }
    };
    let open = button("line jump", open)
        .child(el("span").attr("lang", "zh-Hans").text(text.title.as_str()))
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

thread_local! {
    static HAS_TURNED: Cell<bool> = const { Cell::new(false) };
}

/// Whether the reader has just gone from a text to the list, or to a text.
pub fn has_turned() -> bool {
    HAS_TURNED.take()
}

/// The reader goes from a text to the list, or to a text, where an element ends and is still in the page: what it
/// begins with then speaks the same language.
pub fn turn(session: Session, host: &HtmlElement) {
    if session.is_library && host.is_connected() {
        HAS_TURNED.set(true);
        dom::set_attribute(host, "lang", Some(session.lang.now().tag()));
    }
}

impl Session {
    /// Opens a text of the reader's own by its name; without a name, the list of them.
    pub(super) fn open_text(self, id: String) {
        let Some(host) = self.state().host.borrow().clone() else { return };
        // The element begins anew by that: not under the hands of the button that asks for it.
        dom::soon(move || dom::set_attribute(&host, "library", Some(&id)));
    }

    /// Opens a text that was read, and keeps it.
    pub(super) fn take_text(self, read: Result<Article, ArticleError>) {
        match read {
            Ok(article) => {
                if let Some(store) = self.store() {
                    self.open_text(Texts(store).keep(&article, dom::now()));
                }
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
        // The button is gone.
        self.focus_on(".library");
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
