//! [`Attached`]: the core's side of one element while it stands in a page.

use super::contract;
use crate::annotation::{Color, Note, NoteId, Timestamp};
use crate::article::{self, Article, ArticleError, BlockKind, Details};
use crate::dom::{self, Fetched, Pieces, TextMap, Watch};
use crate::object::{self, object};
use crate::recognition::{Recognition, Recognizer, Session as Reading};
use crate::storage::{KeyValue, LocalStorage, Memory, Shared, Texts};
use crate::text::Span;
use crate::ui::{self, El, Lang, Listeners, Phase, Session, StorageTrouble, Study, Toast, Undo};
use crate::{exchange, text::IndexedText, text::Offset};
use js_sys::Promise;
use leptos::prelude::*;
use serde_json::Value;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{Element, HtmlElement, ShadowRootInit, ShadowRootMode};

/// How many code points are read before the page has a turn: some 20 ms on a slow phone.
const SLICE: usize = 4_000;
/// How many keys of the store are read before the page has a turn: some 7 ms.
const READ: usize = 400;
/// The page has so many times as long to itself as reading its text anew has taken.
const REST: i64 = 4;
/// What is read faster than this (in ms) needs no rest: a frame is longer.
const FAST: i64 = 16;

/// The core's side of one `<bianzhu-article>`.
#[wasm_bindgen]
pub struct Attached {
    inner: Rc<Inner>,
}

/// What it is made of; several parts of this floor work on it.
pub(super) struct Inner {
    pub(super) host: HtmlElement,
    /// Where the glossary's entries are.
    pub(super) glossary: String,
    /// It was taken out of the page: what is on its way comes too late.
    pub(super) is_gone: Cell<bool>,
    /// The page was told that the entries cannot be fetched.
    pub(super) told_of_glossary: Cell<bool>,
    /// The article stands, and its packs were not asked for yet.
    pub(super) is_shown: Cell<bool>,
    pub(super) session: Session,
    /// With the packs that have come.
    pub(super) recognizer: RefCell<Rc<Recognizer>>,
    pub(super) owner: Owner,
    /// What was put into the page, taken out again in order: views, wrappers, listeners.
    pub(super) mounted: RefCell<Vec<Box<dyn Any>>>,
}

#[wasm_bindgen]
impl Attached {
    /// Puts the interface into the element's shadow root. `glossary` is the address of the glossary's
    /// entries, which are fetched later.
    ///
    /// # Errors
    /// The engine's, when the element cannot have a shadow root.
    #[wasm_bindgen(constructor)]
    pub fn new(host: HtmlElement, glossary: String) -> Result<Attached, JsValue> {
        let lang = language_of(&host, &host.get_attribute("lang").unwrap_or_default());
        // Without an address, what the page has put between the tags is the article.
        let is_library = host.has_attribute("library");
        let is_painted = !is_library && host.get_attribute("src").is_none_or(|src| src.trim().is_empty());
        let session = Session::new(lang, is_painted, is_library);
        let owner = Owner::new();
        let (is_gone, told_of_glossary, is_shown) = Default::default();
        let inner = Rc::new(Inner {
            host,
            glossary,
            is_gone,
            told_of_glossary,
            is_shown,
            session,
            recognizer: RefCell::new(Rc::new(Recognizer::new())),
            owner,
            mounted: RefCell::default(),
        });
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
        self.inner.is_gone.set(true);
        ui::turn(self.inner.session, &self.inner.host);
        self.inner.mounted.borrow_mut().clear();
        self.inner.owner.cleanup();
        self.inner.session.end();
    }

    /// The core's later part is here, or could not be had.
    #[wasm_bindgen(js_name = setWhole)]
    pub fn set_whole(&self, is_here: bool) {
        let session = self.inner.session;
        if is_here {
            session.is_whole.set(true);
            self.inner.bring_packs();
        } else {
            let text = session.lang.now().not_come();
            session.toast.set(Some(Toast { text, undo: Undo::Nothing }));
        }
    }

    /// The language of the interface, when the attribute changes; empty for the page's.
    #[wasm_bindgen(js_name = setLang)]
    pub fn set_lang(&self, tag: &str) {
        self.inner.session.lang.set(language_of(&self.inner.host, tag));
    }

    /// The element stands elsewhere in the page.
    pub fn moved(&self) {
        self.inner.session.layer.update(|_| ());
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
        contract::to_js(&rows.unwrap_or_else(|| Value::Array(Vec::new())))
    }

    /// The reader's notes as a W3C AnnotationCollection.
    pub fn annotations(&self) -> JsValue {
        let session = self.inner.session;
        let own = session.terms.own.now();
        let json = session.with_notebook(|notebook| exchange::to_json_ld(notebook, &own, false));
        let collection = contract::parsed(&json.unwrap_or_default());
        // The page's are the same objects: of thousands, reading them twice is what takes longest.
        let (get, items) = (js_sys::Reflect::get, "items".into());
        if let (Ok(page), Ok(all)) = (get(&collection, &"first".into()), get(&collection, &items)) {
            let _ = js_sys::Reflect::set(&page, &items, &all);
        }
        collection
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
        let key = session.with_notebook(|notebook| notebook.article_key().to_owned());
        let (map, key) =
            session.map().zip(key).ok_or_else(|| refuse("the article is not there yet: wait for `ready`"))?;
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
    /// or as an object: answers `{imported, duplicate, failed: [{index, reason}], unsaved: [id]}`; the unsaved
    /// are among the imported, and the store did not keep them.
    ///
    /// # Errors
    /// A sentence, when nothing of it can be read.
    #[wasm_bindgen(js_name = importAnnotations)]
    pub fn import_annotations(&self, json: JsValue) -> Result<JsValue, JsValue> {
        let text = json.as_string().or_else(|| js_sys::JSON::stringify(&json).ok()?.as_string());
        let read = self.inner.session.import(&text.unwrap_or_default());
        let (imported, failed) = read.map_err(|error| js_sys::TypeError::new(&error.to_string()))?;
        let failed = failed
            .iter()
            .map(|(index, why)| object(vec![("index", (*index).into()), ("reason", why.sentence().into())]));
        Ok(contract::to_js(&object(vec![
            ("imported", imported.imported.into()),
            ("duplicate", imported.duplicate.into()),
            ("failed", failed.collect()),
            ("unsaved", imported.unsaved.iter().map(|id| object::text(id.as_str())).collect()),
        ])))
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
        let (session, id) = (self.inner.session, NoteId::new(id));
        let is_there = session.placed(&id).is_some();
        if is_there {
            session.show_note(&id);
        }
        is_there
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
        // A page may have any size at its root: the reader's own is measured here.
        dom::set_style(&wrapper, "font-size", "medium");
        let size = dom::style_of(&wrapper).map(|style| dom::property(&style, "font-size"));
        dom::set_style(&wrapper, "font-size", "");
        dom::set_style(&wrapper, "--bz-rem", size.as_deref().unwrap_or("16px"));
        let session = self.session;
        session.set_host(&self.host);
        let view = self.mount(wrapper.clone(), move || ui::app(session));
        let listeners = Listeners::new(session, &self.host);
        self.mounted.borrow_mut().extend([
            view,
            Box::new(Removed(wrapper.into())) as Box<dyn Any>,
            Box::new(listeners),
            Box::new(ui::drops(session, &self.host)),
        ]);
        Ok(())
    }

    fn mount(&self, parent: HtmlElement, view: impl FnOnce() -> El + 'static) -> Box<dyn Any> {
        self.owner.with(|| ui::mount(parent, Box::new(view)))
    }

    async fn load(self: &Rc<Self>) -> Result<(), ArticleError> {
        if self.session.is_painted {
            return self.load_markup().await;
        }
        if self.session.is_library {
            self.load_text().await;
            return Ok(());
        }
        let url = self.host.get_attribute("src").unwrap_or_default();
        let unreachable = |reason: String| ArticleError::Unreachable { url: url.clone(), reason };
        let article = match dom::fetch(&url, article::MAX_BYTES, true).await.map_err(unreachable)? {
            Fetched::Text(text) => article::from_text(&text)?,
            Fetched::Page(page) => dom::read_page(&page)?,
            Fetched::NotParsed => return Err(ArticleError::NotParsed),
            Fetched::NotText => return Err(ArticleError::NotUtf8),
            Fetched::TooLarge(bytes) => return Err(ArticleError::TooLarge { bytes }),
        };
        self.show(article, None).await;
        Ok(())
    }

    /// Opens the text of the reader's own that the attribute names, or lists them.
    async fn load_text(self: &Rc<Self>) {
        let session = self.session;
        let (store, _) = self.store();
        session.set_store(Rc::clone(&store));
        let id = self.host.get_attribute("library").unwrap_or_default();
        let found = Texts(store).get(&id);
        let mut shown = ".library";
        if let Some((article, kept)) = found {
            self.show(article, None).await;
            if !kept && session.storage_trouble.now().is_none() {
                session.storage_trouble.set(Some(StorageTrouble::Unkept));
            }
            shown = ".open-library";
        } else {
            session.phase.update(|phase| *phase = Phase::Choosing);
            if !id.is_empty() {
                let text = session.lang.now().text_not_here();
                session.toast.set(Some(Toast { text, undo: Undo::Nothing }));
            }
        }
        // The button that the reader pressed is gone.
        if ui::has_turned() {
            dom::next_turn().await;
            self.host.scroll_into_view();
            session.focus_on(shown);
        }
    }

    /// The store that the page asks for.
    fn store(&self) -> (Rc<dyn KeyValue>, Option<Rc<Shared<LocalStorage>>>) {
        if self.host.get_attribute("storage").as_deref() == Some("memory") {
            // As long as the page, where the reader goes from text to text.
            let memory = if self.session.is_library { Memory::of_page() } else { Rc::new(Memory::default()) };
            return (memory, None);
        }
        // The page may have several elements.
        let shared = Rc::new(Shared::new(LocalStorage));
        (Rc::clone(&shared) as Rc<dyn KeyValue>, Some(shared))
    }

    /// Reads the page's own markup, as soon as there is text in it, and from then on whenever it changes.
    async fn load_markup(self: &Rc<Self>) -> Result<(), ArticleError> {
        let session = self.session;
        // The text has been laid out anew just now, in the interface's slot: that was long enough.
        dom::next_turn().await;
        if self.is_gone.get() {
            return Ok(());
        }
        let watch = Watch::new(&self.host).map(Rc::new);
        if let Some(watch) = &watch {
            self.mounted.borrow_mut().push(Box::new(Watched(Rc::clone(watch))));
        }
        let (article, pieces) = loop {
            match (self.read_markup(), &watch) {
                (Ok(read), _) => break read,
                (Err(ArticleError::Empty), Some(watch)) => {
                    session.phase.update(|phase| *phase = Phase::Waiting);
                    if !watch.change().await {
                        return Ok(());
                    }
                }
                (Err(error), _) => return Err(error),
            }
        };
        self.show(article, Some(pieces)).await;
        let Some(watch) = watch else { return Ok(()) };
        let inner = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            while watch.change().await {
                let began = dom::now();
                inner.read_again().await;
                let time = dom::now() - began;
                if time > FAST {
                    dom::pause(i32::try_from(time * REST).unwrap_or(i32::MAX)).await;
                }
            }
        });
        Ok(())
    }

    /// The article in the page's own markup, and where its text stands there.
    fn read_markup(&self) -> Result<(Article, Pieces), ArticleError> {
        let (blocks, pieces) = dom::read_blocks(&self.host, true);
        let bytes = blocks.iter().map(|(_, text)| text.len()).sum();
        if bytes > article::MAX_BYTES {
            return Err(ArticleError::TooLarge { bytes });
        }
        let headline = blocks.iter().find(|(kind, _)| *kind == BlockKind::Heading(1));
        let title = headline.map_or_else(|| dom::document().title(), |(_, text)| text.clone());
        let article = Article::new(Details { title, ..Details::default() }, blocks)?;
        Ok((article, pieces))
    }

    /// The page has changed its markup: what has changed of the text is read, what stayed stays as it is.
    async fn read_again(self: &Rc<Self>) {
        let session = self.session;
        let show = |text: &IndexedText, pieces: Option<Pieces>| {
            let is_other = session.map().is_none_or(|map| map.text().as_str() != text.as_str());
            session.set_map(TextMap::new(self.host.clone().into(), text.clone(), pieces.into_iter()));
            if is_other {
                session.set_text(text);
            }
        };
        let (article, pieces) = match self.read_markup() {
            Ok(read) => read,
            // It may be on its way from one text to the next.
            Err(ArticleError::Empty) => return show(&IndexedText::default(), None),
            // What is there already is better than nothing.
            Err(_) => return,
        };
        if let Some(study) = session.study()
            && study.article.text().as_str() == article.text().as_str()
            && study.article.blocks() == article.blocks()
        {
            if !session.map().is_some_and(|map| map.is_of(&pieces)) {
                show(article.text(), Some(pieces));
            }
            return;
        }
        let recognizer = Rc::clone(&self.recognizer.borrow());
        let mut reading = recognizer.start(article.text().as_str());
        while !recognizer.step(&mut reading, SLICE) {
            dom::next_turn().await;
            if self.is_gone.get() {
                return;
            }
        }
        let shown = |study: &Study| show(study.article.text(), Some(pieces));
        session.lay_other(article, recognizer.finish(reading), shown).await;
        session.look_at_selection();
    }

    /// Recognises, renders, and opens the notebook. A long article is shown first and recognised while it can
    /// be read. `pieces`: where the page shows it already.
    async fn show(self: &Rc<Self>, article: Article, pieces: Option<Pieces>) {
        // It has just been read itself.
        if article.text().len() > SLICE {
            dom::next_turn().await;
        }
        if !self.host.is_connected() || self.is_gone.get() {
            return;
        }
        let session = self.session;
        let (store, shared) = self.store();
        let unread = session.open_shelf(&store);
        let recognizer = Rc::clone(&self.recognizer.borrow());
        let mut reading = recognizer.start(article.text().as_str());
        let (recognition, reading) = if recognizer.step(&mut reading, SLICE) {
            (recognizer.finish(reading), None)
        } else {
            (Recognition::default(), Some(reading))
        };
        let Some(study) = session.lay(article, recognition).await else { return };
        session.phase.update(|phase| *phase = Phase::Ready(Rc::clone(&study)));

        match pieces {
            Some(pieces) => {
                let text = study.article.text().clone();
                session.set_map(TextMap::new(self.host.clone().into(), text, std::iter::once(pieces)));
            }
            None => self.mount_article(&study),
        }
        if !session.render().await {
            return;
        }
        if let Some(reading) = reading
            && !self.read_on(&recognizer, reading).await
        {
            return;
        }
        let store = self.note_store(&study.article, store, shared.as_deref());
        let loaded = loop {
            match store.read_on(READ).transpose() {
                Some(loaded) => break loaded,
                None => dom::next_turn().await,
            }
            if self.is_gone.get() {
                return;
            }
        };
        self.open_notebook(&study.article, store, loaded);
        self.owner.with(|| ui::paint(session));
        let Some(study) = session.study() else { return };
        let found = study.recognition.mentions.iter().filter(|mention| mention.parent.is_none()).count();
        contract::dispatch(
            &self.host,
            "bianzhu:ready",
            &object::to_json(&object(vec![("mentions", found.into())])),
        );
        if unread > 0 {
            let message =
                [&unread.to_string(), " stored terms cannot be read; they stay where they are"].concat();
            contract::dispatch_error(&self.host, "term-unreadable", &message);
        }
        self.bring_glossary();
        self.is_shown.set(true);
        self.bring_packs();
    }

    /// Puts an element of our own for the article into the page.
    fn mount_article(&self, study: &Rc<Study>) {
        let session = self.session;
        // A copy of the element, as a page may make, has copied it along.
        for copy in dom::elements(&self.host, ":scope > .bianzhu-text") {
            copy.remove();
        }
        let Ok(wrapper) = dom::document().create_element("div") else { return };
        let wrapper: HtmlElement = wrapper.unchecked_into();
        for (name, value) in [("slot", "article"), ("class", "bianzhu-text"), ("lang", "zh-Hans")] {
            let _ = wrapper.set_attribute(name, value);
        }
        let _ = self.host.append_child(&wrapper);
        let shown = Rc::clone(study);
        let view = self.mount(wrapper.clone(), move || ui::article_view(session, &shown));
        self.mounted.borrow_mut().extend([view, Box::new(Removed(wrapper.into())) as Box<dyn Any>]);
    }

    /// Reads the rest of an article, the page having a turn between two slices, and shows what it names.
    /// Answers whether the element is still in the page.
    pub(super) async fn read_on(&self, recognizer: &Recognizer, mut reading: Reading) -> bool {
        while !recognizer.step(&mut reading, SLICE) {
            dom::next_turn().await;
            if self.is_gone.get() {
                return false;
            }
        }
        self.session.set_base(recognizer.finish(reading));
        self.session.lay_anew().await && self.session.render().await
    }
}

/// What is watched no longer when this is dropped.
struct Watched(Rc<Watch>);

impl Drop for Watched {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// An element that leaves the page when this is dropped.
struct Removed(Element);

impl Drop for Removed {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// The interface's language: as asked, or the page's.
fn language_of(host: &HtmlElement, tag: &str) -> Lang {
    if tag.trim().is_empty() { Lang::from_tag(&dom::page_language(host)) } else { Lang::from_tag(tag) }
}
