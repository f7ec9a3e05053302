//! [`Announced`]: the store of notes, whose changes the page is told of.

use super::contract;
use crate::annotation::{Note, NoteId, w3c};
use crate::dom;
use crate::notebook::Shelf;
use crate::object::{self, object};
use crate::storage::NoteStore;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use web_sys::HtmlElement;

/// How many changes the page is told of first, before it shows them.
const TOLD_FIRST: usize = 10;
/// How many changes the page is told of at once after that: some 10 ms.
const TOLD_AT_ONCE: usize = 100;
/// How long (in ms) the page has to itself in between: the frame that shows the changes comes before what is told of them.
const UNTOLD: u32 = 24;

/// A store that tells the page of every change: `bianzhu:change` `{action, annotation}`.
pub(super) struct Announced {
    pub(super) store: Rc<NoteStore>,
    pub(super) host: HtmlElement,
    /// The notes that the page knows of, in order: what is saved besides is new.
    pub(super) known: RefCell<Vec<NoteId>>,
    /// What the page is still to be told, in order.
    pub(super) news: Untold,
}

impl Announced {
    /// Tells the page, once the notebook can be read again: a listener may ask for the annotations.
    fn tell(&self, name: &'static str, detail: Detail) {
        self.news.borrow_mut().push(Some((name, detail)));
        if self.news.borrow().len() == 1 {
            let (host, store, news) = (self.host.clone(), Rc::clone(&self.store), Rc::clone(&self.news));
            dom::soon(move || deliver(host, store, news, 0));
        }
    }

    fn refused(&self, error: impl ToString) -> String {
        let message = error.to_string();
        let told = message.clone();
        self.tell("bianzhu:error", Box::new(move || contract::error("not-saved", &told)));
        message
    }
}

/// Makes the detail of an event once its time has come: of thousands they would fill the memory.
type Detail = Box<dyn FnOnce() -> String>;

/// What the page is told: names of events with their details, in order; what it was told is gone.
type Untold = Rc<RefCell<Vec<Option<(&'static str, Detail)>>>>;

/// Tells the page what is new from `next` on, of very much some at a time.
fn deliver(host: HtmlElement, store: Rc<NoteStore>, news: Untold, mut next: usize) {
    store.record();
    let end = next + if next == 0 { TOLD_FIRST } else { TOLD_AT_ONCE };
    while next < end {
        let item = news.borrow_mut().get_mut(next).map(Option::take);
        // What a listener causes has come in behind the rest.
        let Some(item) = item else {
            store.record();
            return news.borrow_mut().clear();
        };
        if let Some((name, detail)) = item {
            contract::dispatch(&host, name, &detail());
        }
        next += 1;
    }
    dom::after(UNTOLD, move || deliver(host, store, news, next)).forget();
}

impl Shelf for Announced {
    fn save(&self, note: &Arc<Note>) -> Result<Option<Note>, String> {
        let mut known = self.known.borrow_mut();
        let action = match known.binary_search(&note.id) {
            Ok(_) => "edit",
            Err(at) => {
                known.insert(at, note.id.clone());
                "add"
            }
        };
        let saved = self.store.save(note);
        let instead = saved.as_ref().ok().and_then(|saved| saved.clone().map(Arc::new));
        let note = instead.unwrap_or_else(|| Arc::clone(note));
        let detail = move || contract::change(action, &w3c::to_json(&note, None));
        self.tell("bianzhu:change", Box::new(detail));
        saved.map_err(|error| self.refused(error))
    }

    fn delete(&self, id: &NoteId) -> Result<Option<Note>, String> {
        let deleted = self.store.delete(id);
        if let Ok(Some(changed)) = deleted {
            return Ok(Some(changed));
        }
        let mut known = self.known.borrow_mut();
        if let Ok(at) = known.binary_search(id) {
            known.remove(at);
        }
        let gone = object(vec![("id", object::text(id.as_str()))]);
        self.tell("bianzhu:change", Box::new(move || contract::change("remove", &object::to_json(&gone))));
        deleted.map_err(|error| self.refused(error))
    }

    fn draft(&self, id: &NoteId, note: Option<&Note>) {
        self.store.draft(id, note);
    }

    fn was_emptied(&self) -> bool {
        self.store.was_emptied()
    }
}
