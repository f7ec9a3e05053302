//! [`Attached`]: the core's side of one element while it stands in a page.

use super::contract;
use crate::annotation::{Color, Note, NoteId, Timestamp, w3c};
use crate::article::{self, Article, ArticleError};
use crate::dom::{self, Painter};
use crate::lexicon::glossary::Glossary;
use crate::notebook::{Notebook, Shelf};
use crate::recognition::{Recognizer, TermSpan, overlay_terms};
use crate::storage::{KeyValue, LocalStorage, Memory, NoteStore};
use crate::text::Span;
use crate::ui::{self, El, Lang, Listeners, Phase, Session, StorageTrouble, Study};
use crate::{exchange, text::Offset};
use gloo::events::EventListener;
use js_sys::Promise;
use leptos::mount::mount_to;
use leptos::prelude::*;
use serde_json::{Value, json};
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{Element, HtmlElement, ShadowRootInit, ShadowRootMode, StorageEvent};

/// The core's side of one `<bianzhu-article>`.
#[wasm_bindgen]
pub struct Attached {
    inner: Rc<Inner>,
}

struct Inner {
    host: HtmlElement,
    session: Session,
    owner: Owner,
    /// What was put into the page, taken out again in order: views, wrappers, listeners.
    mounted: RefCell<Vec<Box<dyn Any>>>,
}

#[wasm_bindgen]
impl Attached {
    /// Puts the interface into the element's shadow root.
    ///
    /// # Errors
    /// The engine's, when the element cannot have a shadow root.
    #[wasm_bindgen(constructor)]
    pub fn new(host: HtmlElement) -> Result<Attached, JsValue> {
        let lang = language_of(&host, &host.get_attribute("lang").unwrap_or_default());
        let owner = Owner::new();
        let session = owner.with(|| Session::new(lang));
        let inner = Rc::new(Inner { host, session, owner, mounted: RefCell::default() });
        inner.mount_interface()?;
        Ok(Attached { inner })
    }

    /// Fetches the article, reads it, and puts the notes in their places.
    pub fn load(&self) -> Promise {
        let inner = Rc::clone(&self.inner);
        future_to_promise(async move {
            match inner.load().await {
                Ok(()) => Ok(JsValue::UNDEFINED),
                Err(error) => {
                    let message = error.to_string();
                    contract::dispatch_error(&inner.host, error.code(), &message);
                    inner.session.phase.update(|phase| *phase = Phase::Failed(error));
                    Err(js_sys::Error::new(&message).into())
                }
            }
        })
    }

    /// Takes everything out of the page again.
    pub fn detach(&self) {
        self.inner.mounted.borrow_mut().clear();
        self.inner.owner.cleanup();
    }

    /// The language of the interface, when the attribute changes; empty for the page's.
    #[wasm_bindgen(js_name = setLang)]
    pub fn set_lang(&self, tag: &str) {
        self.inner.session.lang.set(language_of(&self.inner.host, tag));
    }

    /// The article's text; empty until it is there.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        let study = self.inner.session.study();
        study.map(|study| study.article.text().as_str().to_owned()).unwrap_or_default()
    }

    /// What was found in the text: `[{start, end, text, kind, entity, name}]`, code points.
    pub fn mentions(&self) -> JsValue {
        let study = self.inner.session.study();
        let rows = study.map(|study| contract::mentions(study.article.text(), &study.recognition));
        contract::to_js(&rows.unwrap_or_else(|| json!([])))
    }

    /// The reader's notes as a W3C AnnotationCollection.
    pub fn annotations(&self) -> JsValue {
        let json = self.inner.session.with_notebook(exchange::to_json_ld);
        json.and_then(|json| js_sys::JSON::parse(&json).ok()).unwrap_or(JsValue::NULL)
    }

    /// Writes a note on `{exact}` (its first occurrence) or `{start, end}` (code points), with `note`,
    /// `color` and `tags` where given. Answers its id.
    ///
    /// # Errors
    /// A sentence that says which option does not fit.
    pub fn annotate(&self, options: JsValue) -> Result<String, JsValue> {
        let refuse = |why: &str| JsValue::from(js_sys::TypeError::new(why));
        let options = contract::from_js(&options).ok_or_else(|| refuse("annotate() takes an object"))?;
        let session = self.inner.session;
        let map = session.map().ok_or_else(|| refuse("the article is not there yet: wait for `ready`"))?;
        let text = map.text();
        let span = match (options["exact"].as_str(), options["start"].as_u64(), options["end"].as_u64()) {
            (Some(exact), ..) if !exact.is_empty() => {
                let byte =
                    text.as_str().find(exact).ok_or_else(|| refuse("`exact` does not occur in the text"))?;
                let start = text.as_str()[..byte].chars().count();
                Span::new(start, start + exact.chars().count())
            }
            (None, Some(start), Some(end)) if start < end && end <= text.len() as u64 => {
                Span::new(Offset(start as u32), Offset(end as u32))
            }
            _ => return Err(refuse("give `exact`, or `start` before `end` within the text")),
        };
        let color = match options["color"].as_str() {
            None => Color::Yellow,
            Some(name) => {
                Color::parse(name).ok_or_else(|| refuse("`color` is yellow, green, blue or pink"))?
            }
        };
        let key = session.with_notebook(|notebook| notebook.article_key().to_owned()).unwrap_or_default();
        let mut note = Note::new(dom::random_urn(), text, span, &key, Timestamp(dom::now()));
        note.color = color;
        note.comment = options["note"].as_str().unwrap_or_default().to_owned();
        let tags = options["tags"].as_array().map(Vec::as_slice).unwrap_or_default();
        note.tags = tags.iter().filter_map(|tag| tag.as_str().map(str::to_owned)).collect();
        let id = note.id.as_str().to_owned();
        session.change(|notebook| notebook.add(note));
        Ok(id)
    }

    /// Deletes a note; answers whether there was one.
    #[wasm_bindgen(js_name = removeAnnotation)]
    pub fn remove_annotation(&self, id: &str) -> bool {
        let session = self.inner.session;
        let Some(id) = session.note_id(id) else { return false };
        session.remove_note(&id);
        true
    }

    /// Takes notes over from a W3C annotation, list or collection, or an export of Hypothesis, as text
    /// or as an object: answers `{imported, duplicate, failed: [{index, reason}]}`.
    ///
    /// # Errors
    /// A sentence, when nothing of it can be read.
    #[wasm_bindgen(js_name = importAnnotations)]
    pub fn import_annotations(&self, json: JsValue) -> Result<JsValue, JsValue> {
        let text = json.as_string().or_else(|| js_sys::JSON::stringify(&json).ok()?.as_string());
        let read = self.inner.session.import(&text.unwrap_or_default());
        let (imported, failed) = read.map_err(|error| js_sys::TypeError::new(&error.to_string()))?;
        let failed: Vec<Value> = failed
            .into_iter()
            .map(|failure| json!({ "index": failure.index, "reason": failure.reason }))
            .collect();
        Ok(contract::to_js(&json!({
            "imported": imported.imported, "duplicate": imported.duplicate, "failed": failed,
        })))
    }

    /// Opens the card of a mention, by its index in [`Attached::mentions`]; answers whether it could.
    #[wasm_bindgen(js_name = openMention)]
    pub fn open_mention(&self, index: usize) -> bool {
        let session = self.inner.session;
        let shown = session.study().and_then(|study| {
            let mut shown =
                study.recognition.mentions.iter().enumerate().filter(|(_, mention)| mention.parent.is_none());
            shown.nth(index).map(|(index, _)| index)
        });
        if let Some(index) = shown {
            session.visit_mention(index);
        }
        shown.is_some()
    }

    /// Shows a note; answers whether there is one.
    #[wasm_bindgen(js_name = openNote)]
    pub fn open_note(&self, id: &str) -> bool {
        let session = self.inner.session;
        let Some(id) = session.note_id(id) else { return false };
        session.show_note(&id);
        true
    }
}

impl Inner {
    /// The shadow root with its sheet, its wrapper and the interface; the listeners on the page.
    fn mount_interface(&self) -> Result<(), JsValue> {
        let shadow = match self.host.shadow_root() {
            Some(shadow) => shadow,
            None => self.host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?,
        };
        dom::adopt_in_document(ui::DOCUMENT_CSS);
        dom::adopt_in_shadow(&shadow, ui::SHADOW_CSS);
        // Leptos mounts into an element: a child of the shadow root itself has no Element parent.
        let wrapper: HtmlElement = dom::document().create_element("div")?.unchecked_into();
        shadow.append_child(&wrapper)?;
        let session = self.session;
        let view = self.mount(wrapper.clone(), move || ui::app(session));
        let listeners = Listeners::new(session, &self.host);
        self.mounted.borrow_mut().extend([
            view,
            Box::new(Removed(wrapper.into())) as Box<dyn Any>,
            Box::new(listeners),
        ]);
        Ok(())
    }

    fn mount(&self, parent: HtmlElement, view: impl FnOnce() -> El + 'static) -> Box<dyn Any> {
        Box::new(self.owner.with(|| mount_to(parent, move || view().into_any())))
    }

    async fn load(&self) -> Result<(), ArticleError> {
        let url = self.host.get_attribute("src").unwrap_or_default();
        let unreachable = |reason: String| ArticleError::Unreachable { url: url.clone(), reason };
        if url.trim().is_empty() {
            return Err(ArticleError::Empty);
        }
        let bytes = dom::fetch_bytes(&url, article::MAX_BYTES).await.map_err(unreachable)?;
        let article = article::from_bytes(&bytes)?;
        self.show(article);
        Ok(())
    }

    /// Recognises, renders, and opens the notebook.
    fn show(&self, article: Article) {
        if !self.host.is_connected() {
            return;
        }
        let session = self.session;
        let glossary = Glossary::builtin();
        let chars: Vec<char> = article.text().as_str().chars().collect();
        let terms: Vec<TermSpan> = glossary
            .find(&chars)
            .into_iter()
            .filter_map(|found| {
                let term = glossary.term(&found.id)?.term;
                Some(TermSpan { span: found.span, id: found.id, term })
            })
            .collect();
        let recognition = Recognizer::new().recognize(article.text().as_str());
        let recognition = overlay_terms(recognition, &terms);
        let study = Rc::new(Study { article, recognition, glossary });

        let Ok(wrapper) = dom::document().create_element("div") else { return };
        let wrapper: HtmlElement = wrapper.unchecked_into();
        for (name, value) in [("slot", "article"), ("class", "bianzhu-text"), ("lang", "zh-Hans")] {
            let _ = wrapper.set_attribute(name, value);
        }
        let _ = self.host.append_child(&wrapper);
        let shown = Rc::clone(&study);
        let view = self.mount(wrapper.clone(), move || ui::article_view(session, &shown));
        self.mounted.borrow_mut().extend([view, Box::new(Removed(wrapper.into())) as Box<dyn Any>]);
        session.phase.update(|phase| *phase = Phase::Ready(Rc::clone(&study)));

        self.open_notebook(&study.article);
        self.paint();
        let found = study.recognition.mentions.iter().filter(|mention| mention.parent.is_none()).count();
        contract::dispatch(&self.host, "bianzhu:ready", &json!({ "mentions": found }));
    }

    /// The notes of this article, from the store that the page asks for.
    fn open_notebook(&self, article: &Article) {
        let session = self.session;
        let given = self.host.get_attribute("article-key").filter(|key| !key.trim().is_empty());
        let key = given.unwrap_or_else(dom::canonical_url);
        let in_memory = self.host.get_attribute("storage").as_deref() == Some("memory");
        let store: Rc<dyn KeyValue> =
            if in_memory { Rc::new(Memory::default()) } else { Rc::new(LocalStorage) };
        self.follow_other_windows(NoteStore::new(Rc::clone(&store), &key));
        let store = NoteStore::new(store, &key);
        let (loaded, broken) = match store.load() {
            Ok(loaded) => (loaded, false),
            Err(_) => (Default::default(), true),
        };
        for problem in &loaded.problems {
            contract::dispatch_error(&self.host, "note-set-aside", &problem.to_string());
        }
        let trouble =
            if in_memory { Some(StorageTrouble::Memory) } else { broken.then_some(StorageTrouble::Broken) };
        session.storage_trouble.set(trouble);
        session.set_aside.set(loaded.problems.len());
        let host = self.host.clone();
        let known = loaded.notes.iter().map(|note| note.id.clone()).collect();
        let shelf = Announced { store, host, known: RefCell::new(known) };
        session.set_notebook(Notebook::open(&key, loaded.notes, article.text(), Box::new(shelf)));
    }

    /// Shows what another window does to the notes, as it is done.
    fn follow_other_windows(&self, store: NoteStore) {
        let session = self.session;
        let listener = EventListener::new(&dom::window(), "storage", move |event| {
            let key = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
            // Without a key, everything was cleared.
            if key.is_none_or(|key| store.is_ours(&key))
                && let Ok(loaded) = store.load()
            {
                session.change(|notebook| notebook.reload(loaded.notes));
            }
        });
        self.mounted.borrow_mut().push(Box::new(listener));
    }

    /// Keeps the page painted as the notes change.
    fn paint(&self) {
        let session = self.session;
        self.owner.with(|| {
            let painter = Painter::default();
            Effect::new(move || {
                let active = session.active.get();
                let Some(map) = session.map() else { return };
                let document = dom::document();
                session.notes.with(|notes| {
                    let ranges = notes.iter().filter_map(|placed| {
                        let range = map.range(&document, placed.anchoring.span()?)?;
                        Some((placed.note.color.name(), 1, range))
                    });
                    let looked_at = notes.iter().find(|placed| Some(&placed.note.id) == active.as_ref());
                    let range = looked_at.and_then(|placed| map.range(&document, placed.anchoring.span()?));
                    painter.paint(ranges.chain(range.map(|range| ("active", 2, range))));
                });
            });
        });
    }
}

/// An element that leaves the page when this is dropped.
struct Removed(Element);

impl Drop for Removed {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// A store that tells the page of every change: `bianzhu:change` `{action, annotation}`.
struct Announced {
    store: NoteStore,
    host: HtmlElement,
    /// The notes that the page knows of: what is saved besides is new.
    known: RefCell<Vec<NoteId>>,
}

impl Announced {
    /// Tells the page, once the notebook can be read again: a listener may ask for the annotations.
    fn tell(&self, name: &'static str, detail: Value) {
        let host = self.host.clone();
        queue_microtask(move || contract::dispatch(&host, name, &detail));
    }

    fn refused(&self, error: impl ToString) -> String {
        let message = error.to_string();
        self.tell("bianzhu:error", json!({ "code": "not-saved", "message": &message }));
        message
    }
}

impl Shelf for Announced {
    fn save(&self, note: &Note) -> Result<(), String> {
        let mut known = self.known.borrow_mut();
        let is_new = !known.contains(&note.id);
        if is_new {
            known.push(note.id.clone());
        }
        let action = if is_new { "add" } else { "edit" };
        self.tell("bianzhu:change", json!({ "action": action, "annotation": w3c::to_annotation(note) }));
        self.store.save(note).map_err(|error| self.refused(error))
    }

    fn delete(&self, id: &NoteId) -> Result<(), String> {
        self.known.borrow_mut().retain(|known| known != id);
        self.tell("bianzhu:change", json!({ "action": "remove", "annotation": { "id": id.as_str() } }));
        self.store.delete(id).map_err(|error| self.refused(error))
    }
}

/// The interface's language: as asked, or the page's.
fn language_of(host: &HtmlElement, tag: &str) -> Lang {
    if tag.trim().is_empty() { Lang::from_tag(&dom::page_language(host)) } else { Lang::from_tag(tag) }
}
