//! [`Attached`]: the core's side of one element while it stands in a page.

use super::contract;
use crate::annotation::{Color, Note, NoteId, Timestamp, w3c};
use crate::article::{self, Article, ArticleError, BlockKind, Details};
use crate::dom::{self, Fetched, Pieces, TextMap, Watch};
use crate::lexicon::{PACK_BYTES, PackProblem, glossary, report};
use crate::notebook::{Layer, Notebook, Shelf};
use crate::object::{self, object};
use crate::recognition::{Recognition, Recognizer, Session as Reading};
use crate::sort::sort_by;
use crate::storage::{
    KeyValue, Loaded, LocalStorage, Memory, News, NoteStore, OwnTerms, Preferences, Shared, StorageError,
    Texts, key_of_text,
};
use crate::text::Span;
use crate::ui::{
    self, El, Lang, Listeners, Phase, Session, StorageTrouble, Study, Toast, Told, Undo, Unread,
};
use crate::{exchange, text::IndexedText, text::Offset};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::Promise;
use leptos::prelude::*;
use serde_json::Value;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{Element, Event, HtmlElement, ShadowRootInit, ShadowRootMode, StorageEvent};

/// Most bytes of the glossary's entries.
const GLOSSARY_BYTES: usize = 4 * 1024 * 1024;

/// How many changes the page is told of first, before it shows them.
const TOLD_FIRST: usize = 10;
/// How many changes the page is told of at once after that: some 10 ms.
const TOLD_AT_ONCE: usize = 100;
/// How long (in ms) the page has to itself in between: the frame that shows the changes comes before what is told of them.
const UNTOLD: u32 = 24;

/// Most bytes of a layer.
const LAYER_BYTES: usize = 4 * 1024 * 1024;
/// How many code points are read before the page has a turn: some 20 ms on a slow phone.
const SLICE: usize = 4_000;
/// How many keys of the store are read before the page has a turn: some 7 ms.
const READ: usize = 400;
/// The page has so many times as long to itself as reading its text anew has taken.
const REST: i64 = 4;
/// What is read faster than this (in ms) needs no rest: a frame is longer.
const FAST: i64 = 16;
/// Without locks: what another window was typing and has left so long (in ms) without saving it, it will not save
/// any more. Typing is saved within half a second, and within two in a window in the background.
const LEFT: u32 = 3_000;

/// The core's side of one `<bianzhu-article>`.
#[wasm_bindgen]
pub struct Attached {
    inner: Rc<Inner>,
}

struct Inner {
    host: HtmlElement,
    /// Where the glossary's entries are.
    glossary: String,
    /// It was taken out of the page: what is on its way comes too late.
    is_gone: Cell<bool>,
    /// The page was told that the entries cannot be fetched.
    told_of_glossary: Cell<bool>,
    session: Session,
    /// With the packs that have come.
    recognizer: RefCell<Rc<Recognizer>>,
    owner: Owner,
    /// What was put into the page, taken out again in order: views, wrappers, listeners.
    mounted: RefCell<Vec<Box<dyn Any>>>,
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
        let (is_gone, told_of_glossary) = Default::default();
        let inner = Rc::new(Inner {
            host,
            glossary,
            is_gone,
            told_of_glossary,
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
        contract::to_js(&rows.unwrap_or_else(|| Value::Array(Vec::new())))
    }

    /// The reader's notes as a W3C AnnotationCollection.
    pub fn annotations(&self) -> JsValue {
        let session = self.inner.session;
        let own = session.terms.own.now();
        let json = session.with_notebook(|notebook| exchange::to_json_ld(notebook, &own));
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
        contract::dispatch(&self.host, "bianzhu:ready", &object(vec![("mentions", found.into())]));
        if unread > 0 {
            let message =
                [&unread.to_string(), " stored terms cannot be read; they stay where they are"].concat();
            contract::dispatch_error(&self.host, "term-unreadable", &message);
        }
        self.bring_glossary();
        self.bring_entities();
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
    async fn read_on(&self, recognizer: &Recognizer, mut reading: Reading) -> bool {
        while !recognizer.step(&mut reading, SLICE) {
            dom::next_turn().await;
            if self.is_gone.get() {
                return false;
            }
        }
        self.session.set_base(recognizer.finish(reading));
        self.session.lay_anew().await && self.session.render().await
    }

    /// The packs of people, organisations and places that the site knows: the article is read anew with them.
    fn bring_entities(self: &Rc<Self>) {
        let packs = self.host.get_attribute("entities").unwrap_or_default();
        if packs.trim().is_empty() {
            return;
        }
        let inner = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let mut recognizer = Recognizer::new();
            for url in packs.split_whitespace() {
                let pack = fetch_text(url, PACK_BYTES).await;
                if inner.is_gone.get() {
                    return;
                }
                let problems;
                (recognizer, problems) = match pack {
                    Ok(pack) => recognizer.with_pack(&pack, file_name(url)),
                    Err(reason) => (recognizer, vec![PackProblem { row: 0, reason }]),
                };
                if let Some(report) = report("entity pack", url, &problems) {
                    contract::dispatch_error(&inner.host, "entity-pack", &report);
                }
            }
            let recognizer = Rc::new(recognizer);
            inner.recognizer.replace(Rc::clone(&recognizer));
            if let Some(study) = inner.session.study() {
                let reading = recognizer.start(study.article.text().as_str());
                inner.read_on(&recognizer, reading).await;
            }
        });
    }

    /// What the article can be read without: the entries, once the reader comes near, and the packs.
    fn bring_glossary(self: &Rc<Self>) {
        let session = self.session;
        let inner = Rc::downgrade(self);
        session.set_fetch(Rc::new(move || {
            if let Some(inner) = inner.upgrade() {
                wasm_bindgen_futures::spawn_local(async move { inner.fetch_entries().await });
            }
        }));
        // Most visitors of a page open no card: the entries are for those who come near one.
        self.mounted.borrow_mut().extend(["pointerover", "focusin"].map(|approach| {
            let ask = move |_: &Event| session.ask_for_entries();
            Box::new(EventListener::once(&self.host, approach, ask)) as Box<dyn Any>
        }));
        let packs = self.host.get_attribute("glossary").unwrap_or_default();
        for (place, url) in packs.split_whitespace().enumerate() {
            let (inner, url) = (Rc::clone(self), url.to_owned());
            wasm_bindgen_futures::spawn_local(async move { inner.fetch_pack(place, &url).await });
        }
        let layer = self.host.get_attribute("layer").unwrap_or_default();
        if !layer.trim().is_empty() {
            let inner = Rc::clone(self);
            wasm_bindgen_futures::spawn_local(async move { inner.fetch_layer(layer.trim()).await });
        }
    }

    async fn fetch_entries(&self) {
        // What tells one build's file from another's keeps caches from mixing them up.
        let url = [&self.glossary, "?", glossary::file_query()].concat();
        let file = fetch_text(&url, GLOSSARY_BYTES).await;
        if self.is_gone.get() {
            return;
        }
        let session = self.session;
        let Some(study) = session.study() else { return };
        let supplied = file.and_then(|file| study.glossary.supply(file).map_err(|error| error.to_string()));
        session.terms.told.set(if supplied.is_ok() { Told::Here } else { Told::Failed });
        if let Err(reason) = supplied
            && !self.told_of_glossary.replace(true)
        {
            let message = ["the glossary’s entries at ", &url, " cannot be had: ", &reason].concat();
            contract::dispatch_error(&self.host, "glossary-unavailable", &message);
        }
    }

    async fn fetch_pack(&self, place: usize, url: &str) {
        let pack = fetch_text(url, PACK_BYTES).await;
        if self.is_gone.get() {
            return;
        }
        let (terms, problems) = match pack {
            Ok(pack) => glossary::read_pack(&pack, file_name(url)),
            Err(reason) => (Vec::new(), vec![PackProblem { row: 0, reason }]),
        };
        if !terms.is_empty() {
            self.session.add_pack(place, terms);
        }
        if let Some(report) = report("glossary pack", url, &problems) {
            contract::dispatch_error(&self.host, "glossary-pack", &report);
        }
    }

    /// A teacher's or an editor's notes on this article: shown, and kept nowhere.
    async fn fetch_layer(&self, url: &str) {
        let file = fetch_text(url, LAYER_BYTES).await;
        if self.is_gone.get() {
            return;
        }
        let session = self.session;
        let read = file.and_then(|file| exchange::read_annotations(&file).map_err(|error| error.to_string()));
        let reason = match read {
            Err(reason) => Some(reason),
            Ok(exchange::Read { notes, failed, label, .. }) => {
                let name = if label.is_empty() { file_name(url).to_owned() } else { label };
                session.set_layer(Layer::new(name, notes.into_iter().map(|(_, note)| note).collect()));
                let first = failed.first();
                first.map(|(_, why)| {
                    [
                        &failed.len().to_string(),
                        " of its annotations cannot be read, the first: ",
                        &why.sentence(),
                    ]
                    .concat()
                })
            }
        };
        if let Some(reason) = reason {
            contract::dispatch_error(&self.host, "layer", &["the layer at ", url, ": ", &reason].concat());
        }
    }

    /// Where the notes of this article are, and what is heard of them.
    fn note_store(
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
    fn open_notebook(&self, article: &Article, store: Rc<NoteStore>, loaded: Result<Loaded, StorageError>) {
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
            Timeout::new(LEFT, look).forget();
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
                queue_microtask(move || {
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

/// The last part of an address.
fn file_name(url: &str) -> &str {
    let file = url.split(['?', '#']).next().unwrap_or_default();
    file.rsplit('/').find(|part| !part.is_empty()).unwrap_or(file)
}

/// The text at an address, of at most `limit` bytes.
async fn fetch_text(url: &str, limit: usize) -> Result<String, String> {
    match dom::fetch(url, limit, false).await? {
        Fetched::Text(text) => Ok(text),
        Fetched::TooLarge(_) => Err(["it is larger than ", &(limit / 1024).to_string(), " KB"].concat()),
        _ => Err("it is not UTF-8".to_owned()),
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

/// A store that tells the page of every change: `bianzhu:change` `{action, annotation}`.
struct Announced {
    store: Rc<NoteStore>,
    host: HtmlElement,
    /// The notes that the page knows of, in order: what is saved besides is new.
    known: RefCell<Vec<NoteId>>,
    /// What the page is still to be told, in order.
    news: Untold,
}

impl Announced {
    /// Tells the page, once the notebook can be read again: a listener may ask for the annotations.
    fn tell(&self, name: &'static str, detail: Detail) {
        self.news.borrow_mut().push(Some((name, detail)));
        if self.news.borrow().len() == 1 {
            let (host, news) = (self.host.clone(), Rc::clone(&self.news));
            queue_microtask(move || deliver(host, news, 0));
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
type Detail = Box<dyn FnOnce() -> Value>;

/// What the page is told: names of events with their details, in order; what it was told is gone.
type Untold = Rc<RefCell<Vec<Option<(&'static str, Detail)>>>>;

/// Tells the page what is new from `next` on, of very much some at a time.
fn deliver(host: HtmlElement, news: Untold, mut next: usize) {
    let end = next + if next == 0 { TOLD_FIRST } else { TOLD_AT_ONCE };
    while next < end {
        let item = news.borrow_mut().get_mut(next).map(Option::take);
        // What a listener causes has come in behind the rest.
        let Some(item) = item else { return news.borrow_mut().clear() };
        if let Some((name, detail)) = item {
            contract::dispatch(&host, name, &detail());
        }
        next += 1;
    }
    Timeout::new(UNTOLD, move || deliver(host, news, next)).forget();
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
        let detail = move || contract::change(action, w3c::to_annotation(&note));
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
        self.tell("bianzhu:change", Box::new(move || contract::change("remove", gone)));
        deleted.map_err(|error| self.refused(error))
    }

    fn draft(&self, id: &NoteId, note: Option<&Note>) {
        self.store.draft(id, note);
    }

    fn was_emptied(&self) -> bool {
        self.store.was_emptied()
    }
}

/// The interface's language: as asked, or the page's.
fn language_of(host: &HtmlElement, tag: &str) -> Lang {
    if tag.trim().is_empty() { Lang::from_tag(&dom::page_language(host)) } else { Lang::from_tag(tag) }
}
