//! The article's notes in the browser's store: read, kept, and followed as other windows change them.

use super::announced::Announced;
use super::attached::Inner;
use super::contract;
use crate::annotation::NoteId;
use crate::article::Article;
use crate::dom;
use crate::notebook::Notebook;
use crate::sort::sort_by;
use crate::storage::{
    KeyValue, Loaded, LocalStorage, News, NoteStore, OwnTerms, Preferences, Shared, StorageError, key_of_text,
};
use crate::ui::{Session, StorageTrouble, Toast, Undo, Unread};
use gloo::events::EventListener;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, StorageEvent};

/// Without locks: what another window was typing and has left so long (in ms) without saving it, it will not save
/// any more. Typing is saved within half a second, and within two in a window in the background.
const LEFT: u32 = 3_000;

impl Inner {
    /// Where the notes of this article are, and what is heard of them.
    pub(super) fn note_store(
        &self,
        article: &Article,
        store: Rc<dyn KeyValue>,
        shared: Option<&Shared<LocalStorage>>,
    ) -> Rc<NoteStore> {
        let session = self.session;
        let given = self.host.get_attribute("article-key").filter(|key| !key.trim().is_empty());
        let key =
            if session.is_library { key_of_text(article) } else { given.unwrap_or_else(dom::canonical_url) };
        session.storage_trouble.set(shared.is_none().then_some(StorageTrouble::Memory));
        session.set_store(Rc::clone(&store));
        let store = Rc::new(NoteStore::new(store, &key, &article.details.title, &dom::random_urn()));
        self.follow_others(Rc::clone(&store), shared);
        store
    }

    /// The notes of this article, as the store has them.
    pub(super) fn open_notebook(
        &self,
        article: &Article,
        store: Rc<NoteStore>,
        loaded: Result<Loaded, StorageError>,
    ) {
        let session = self.session;
        let (loaded, broken) = match loaded {
            Ok(loaded) => (loaded, false),
            Err(_) => (Default::default(), true),
        };
        tell_set_aside(&self.host, &loaded);
        for (count, code, what) in [
            (loaded.missing, "note-missing", " notes that were stored are not in the store any more"),
            (loaded.newer, "note-newer", " stored notes are a newer version's; they are left alone"),
        ] {
            if count > 0 {
                contract::dispatch_error(&self.host, code, &[&count.to_string(), what].concat());
            }
        }
        if broken {
            session.storage_trouble.set(Some(StorageTrouble::Broken));
        }
        session.unread.set(Unread {
            set_aside: loaded.problems.len(),
            missing: loaded.missing,
            newer: loaded.newer,
        });
        let host = self.host.clone();
        let mut known: Vec<NoteId> = loaded.notes.iter().map(|note| note.id.clone()).collect();
        sort_by(&mut known, |one, other| one.cmp(other));
        let shelf =
            Announced { store: Rc::clone(&store), host, known: RefCell::new(known), news: Rc::default() };
        session.set_notebook(
            Notebook::open(store.article_key(), loaded.notes, article.text(), Box::new(shelf)),
            store.lock(None),
        );
        for window in loaded.typing {
            self.wait_for_draft(&store, window);
        }
    }

    /// Brings what another window was typing as soon as that window is no more: until then it has a lock.
    fn wait_for_draft(&self, store: &Rc<NoteStore>, window: String) {
        let (session, host, store) = (self.session, self.host.clone(), Rc::clone(store));
        let lock = store.lock(Some(&window));
        dom::with_lock(&lock, move |is_locked| {
            if is_locked {
                return bring_draft(session, &host, &store, &window);
            }
            let before = store.typed(&window);
            let look = move || {
                if store.typed(&window) == before {
                    bring_draft(session, &host, &store, &window);
                }
            };
            dom::after(LEFT, look).forget();
        });
    }

    /// Shows what another window, or another element of the page, does to the notes, as it is done.
    fn follow_others(&self, store: Rc<NoteStore>, shared: Option<&Shared<LocalStorage>>) {
        let session = self.session;
        let hear = Rc::new(move |key: Option<String>| {
            // Without a key, everything was cleared, or may have changed.
            let is_all = key.is_none();
            let key = key.unwrap_or_default();
            if is_all || Preferences::is_ours(&key) {
                session.read_choices();
            }
            if is_all || OwnTerms::is_ours(&key) {
                session.read_own();
                session.lay_again();
            }
            if !(is_all || store.is_ours(&key)) || store.is_reading() {
                return;
            }
            if is_all {
                reload(session, &store);
            } else {
                // One window at a time: two that bring the same texts together do it once.
                let store = Rc::clone(&store);
                dom::with_lock("bianzhu:notes", move |_| {
                    if session.is_gone() {
                        return;
                    }
                    let Some(News { id, note, overwrote }) = store.news(&key) else { return };
                    session.change(|notebook| match note {
                        Some(note) => notebook.adopt(note, overwrote),
                        None => notebook.forget(&id),
                    });
                });
            }
        });
        if let Some(shared) = shared {
            let hear = Rc::clone(&hear);
            shared.follow(move |key| {
                let (hear, key) = (Rc::clone(&hear), key.to_owned());
                // The other is in the midst of something.
                dom::soon(move || {
                    if !session.is_gone() {
                        hear(Some(key));
                    }
                });
            });
        }
        let again = Rc::clone(&hear);
        let changed = EventListener::new(&dom::window(), "storage", move |event| {
            hear(event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key));
        });
        // Out of the back-forward cache: what other windows did meanwhile was not told.
        let shown = EventListener::new(&dom::window(), "pageshow", move |event| {
            if js_sys::Reflect::get(event, &"persisted".into()).is_ok_and(|kept| kept.is_truthy()) {
                again(None);
            }
        });
        self.mounted.borrow_mut().extend([Box::new(changed) as Box<dyn Any>, Box::new(shown)]);
    }
}

/// Makes notes of what was being typed in a window that is no more, and says so.
fn bring_draft(session: Session, host: &HtmlElement, store: &NoteStore, window: &str) {
    // Mostly it was saved, and there is nothing.
    if session.is_gone() || store.typed(window).is_empty() {
        return;
    }
    let Ok(loaded) = store.recover(window) else { return };
    tell_set_aside(host, &loaded);
    session.unread.update(|unread| unread.set_aside += loaded.problems.len());
    session.change(|notebook| notebook.reload(loaded.notes));
    if loaded.recovered > 0 {
        let text = session.lang.now().recovered();
        session.toast.set(Some(Toast { text, undo: Undo::Nothing }));
    }
}

/// Tells the page what was set aside.
fn tell_set_aside(host: &HtmlElement, loaded: &Loaded) {
    for problem in &loaded.problems {
        contract::dispatch_error(host, "note-set-aside", &problem.to_string());
    }
}

/// Shows what the store holds now; one that was emptied takes nothing out of the page.
fn reload(session: Session, store: &NoteStore) {
    if store.was_emptied() {
        session.change(Notebook::lose_shelf);
    } else if let Ok(loaded) = store.load() {
        session.change(|notebook| notebook.reload(loaded.notes));
    }
}
