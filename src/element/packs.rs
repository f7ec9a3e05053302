//! What comes after the article: the glossary's entries, packs of terms and entities, and a layer's notes.

use super::attached::Inner;
use super::contract;
use crate::dom::{self, Fetched};
use crate::exchange;
use crate::lexicon::{PACK_BYTES, PackProblem, glossary, report};
use crate::notebook::Layer;
use crate::recognition::Recognizer;
use crate::ui::Told;
use gloo::events::EventListener;
use std::any::Any;
use std::rc::Rc;
use web_sys::Event;

/// Most bytes of the glossary's entries.
const GLOSSARY_BYTES: usize = 4 * 1024 * 1024;
/// Most bytes of a layer.
const LAYER_BYTES: usize = 4 * 1024 * 1024;

impl Inner {
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

    /// What the article can be read without and the later part of the core reads: the packs and a layer. Once the
    /// article stands and that part is here.
    pub(super) fn bring_packs(self: &Rc<Self>) {
        if self.session.is_whole.now() && self.is_shown.take() {
            self.bring_terms();
            self.bring_entities();
        }
    }

    /// The entries, once the reader comes near.
    pub(super) fn bring_glossary(self: &Rc<Self>) {
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
    }

    /// The packs of terms, and a layer.
    fn bring_terms(self: &Rc<Self>) {
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
