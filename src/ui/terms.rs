//! What the parts of the interface share about the glossary: its entries, what the reader chose and
//! knows, the reader's own terms, and how all of it is laid over the article.

use super::field::Field;
use super::session::{Phase, Session, Store, Toast, Undo, forget};
use super::strings::Lang;
use super::study::{CardPage, Study};
use crate::article::Article;
use crate::dom;
use crate::lexicon::Kind;
use crate::lexicon::glossary::{Glossary, Term};
use crate::recognition::{Entity, EntityId, Marking, Recognition, TermSpan, overlay_terms, unmarked};
use crate::storage::{KeyValue, OwnTerms, Preferences, StorageError};
use crate::text::{Change, Span};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;

/// The name of the choice how often terms are marked.
const MARKING: &str = "marking";
/// The name of the choice whether a resting pointer opens a card.
const HOVER: &str = "hover";
const OFF: &str = "off";
/// How many code points are searched for terms before the page has a turn.
const SLICE: usize = 8_000;
/// The name of the choice which kinds are not marked.
const HIDDEN: &str = "hidden-kinds";
/// The name of the choice what language the interface speaks.
const LANGUAGE: &str = "language";
/// The name of the choice whether single keys do something.
const SHORTCUTS: &str = "shortcuts";

/// How far the built-in entries have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// Nobody asked for them yet.
    #[default]
    Unasked,
    /// On their way.
    Coming,
    /// There.
    Here,
    /// They could not be fetched.
    Failed,
}

/// A term of the reader's own that is being written.
#[derive(Clone, Debug)]
pub struct Writing {
    /// As it was when the form opened.
    pub term: Term,
    /// What the form stands beside, in document coordinates (CSS px).
    pub anchor: crate::layout::Rect,
}

/// How the writing goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Written {
    /// Nothing to say yet.
    #[default]
    Untried,
    /// Kept, and read back.
    Kept,
    /// The browser did not keep it; it holds until the page is left.
    Unkept,
    /// The term itself is missing or too long.
    NoTerm,
    /// Nothing is said of it.
    NoMeaning,
}

/// What the fields hold.
#[derive(Default)]
pub struct TermState {
    panel: RefCell<bool>,
    query: RefCell<String>,
    by_category: RefCell<bool>,
    told: RefCell<Told>,
    marking: RefCell<Marking>,
    hover_off: RefCell<bool>,
    unmarked: RefCell<Vec<usize>>,
    known: RefCell<Vec<(String, String)>>,
    own: RefCell<Vec<Term>>,
    writing: RefCell<Option<Writing>>,
    written: RefCell<Written>,
    pinned: RefCell<bool>,
    shelf: RefCell<Option<(Preferences, OwnTerms)>>,
    base: RefCell<Recognition>,
    packs: RefCell<Vec<Vec<Term>>>,
    fetch: RefCell<Option<Rc<dyn Fn()>>>,
    /// The own term that was deleted last.
    pub(super) deleted: RefCell<Option<Term>>,
    /// What the pointer waits for: the card of a mention, or that the open one goes.
    pub(super) pointer: RefCell<Option<(Option<usize>, Timeout)>>,
}

impl TermState {
    /// Lets go of all that is large.
    pub(super) fn forget(&self) {
        forget(&self.unmarked);
        forget(&self.own);
        forget(&self.shelf);
        forget(&self.base);
        forget(&self.packs);
        forget(&self.fetch);
        forget(&self.pointer);
    }
}

/// The fields of a session that are about the glossary.
#[derive(Clone, Copy)]
pub struct Terms {
    /// The glossary's panel is open.
    pub panel: Field<bool>,
    /// What is searched for in the panel.
    pub query: Field<String>,
    /// The panel lists the terms by category, not as they appear.
    pub by_category: Field<bool>,
    /// How far the built-in entries have come.
    pub told: Field<Told>,
    /// How often terms are marked.
    pub marking: Field<Marking>,
    /// A resting pointer opens nothing.
    pub hover_off: Field<bool>,
    /// The mentions that are not marked, as indices in order.
    pub unmarked: Field<Vec<usize>>,
    /// The terms that the reader knows: ids and names.
    pub known: Field<Vec<(String, String)>>,
    /// The terms that the reader wrote.
    pub own: Field<Vec<Term>>,
    /// The term that is being written.
    pub writing: Field<Option<Writing>>,
    /// How the writing goes.
    pub written: Field<Written>,
    /// The open card stays until it is closed; one that a resting pointer opened does not.
    pub pinned: Field<bool>,
}

impl Terms {
    pub(super) fn new(state: Store) -> Self {
        Self {
            panel: Field::new(state, |state| &state.terms.panel),
            query: Field::new(state, |state| &state.terms.query),
            by_category: Field::new(state, |state| &state.terms.by_category),
            told: Field::new(state, |state| &state.terms.told),
            marking: Field::new(state, |state| &state.terms.marking),
            hover_off: Field::new(state, |state| &state.terms.hover_off),
            unmarked: Field::new(state, |state| &state.terms.unmarked),
            known: Field::new(state, |state| &state.terms.known),
            own: Field::new(state, |state| &state.terms.own),
            writing: Field::new(state, |state| &state.terms.writing),
            written: Field::new(state, |state| &state.terms.written),
            pinned: Field::new(state, |state| &state.terms.pinned),
        }
    }
}

/// The entries, which come after the article.
impl Session {
    /// Hands over what fetches the entries.
    pub fn set_fetch(self, fetch: Rc<dyn Fn()>) {
        *self.state().terms.fetch.borrow_mut() = Some(fetch);
    }

    /// Has the entries fetched, unless they are here or on their way.
    pub fn ask_for_entries(self) {
        if matches!(self.terms.told.now(), Told::Here | Told::Coming) {
            return;
        }
        let fetch = self.state().terms.fetch.borrow().clone();
        if let Some(fetch) = fetch {
            self.terms.told.set(Told::Coming);
            fetch();
        }
    }
}

/// What the reader chose and wrote.
impl Session {
    /// Hands over where choices and own terms are kept, and reads them. Answers how many values are none.
    pub fn open_shelf(self, store: &Rc<dyn KeyValue>) -> usize {
        let shelf = (Preferences::new(Rc::clone(store)), OwnTerms::new(Rc::clone(store)));
        *self.state().terms.shelf.borrow_mut() = Some(shelf);
        self.read_choices();
        // Once: afterwards the page may ask for another by its attribute.
        if let Some(tag) = self.with_shelf(|(choices, _)| choices.get(LANGUAGE)).flatten() {
            self.lang.set(Lang::from_tag(&tag));
        }
        self.read_own()
    }

    fn with_shelf<T>(self, read: impl FnOnce(&(Preferences, OwnTerms)) -> T) -> Option<T> {
        self.state().terms.shelf.borrow().as_ref().map(read)
    }

    /// Reads the choices, and shows what follows from them.
    pub fn read_choices(self) {
        let read = |name| self.with_shelf(|(choices, _)| choices.get(name)).flatten();
        let Some(known) = self.with_shelf(|(choices, _)| choices.known()) else { return };
        let (marking, hover, hidden) = (read(MARKING), read(HOVER), read(HIDDEN).unwrap_or_default());
        let is_hidden = |kind: &Kind| hidden.split(' ').any(|name| name == kind.name());
        self.hidden.set(Kind::ALL.into_iter().filter(is_hidden).collect());
        self.shortcuts_off.set(read(SHORTCUTS).as_deref() == Some(OFF));
        self.terms.marking.set(Marking::from_name(&marking.unwrap_or_default()));
        self.terms.hover_off.set(hover.as_deref() == Some(OFF));
        self.terms.known.set(known);
        if let Some(study) = self.study() {
            self.mark(&study.article, &study.recognition);
        }
    }

    /// Reads the reader's own terms. Answers how many values are none.
    pub fn read_own(self) -> usize {
        let Some(Ok((terms, unread))) = self.with_shelf(|(_, own)| own.load()) else { return 0 };
        self.terms.own.update(|own| *own = terms);
        unread
    }

    /// Chooses how often terms are marked.
    pub fn choose_marking(self, marking: Marking) {
        let name = (marking != Marking::default()).then(|| marking.name());
        self.with_shelf(|(choices, _)| choices.set(MARKING, name));
        self.read_choices();
    }

    /// Chooses whether a resting pointer opens cards.
    pub fn choose_hover(self, on: bool) {
        self.with_shelf(|(choices, _)| choices.set(HOVER, (!on).then_some(OFF)));
        self.read_choices();
    }

    /// Chooses the language of the interface, on this site.
    pub fn choose_language(self, lang: Lang) {
        self.lang.set(lang);
        self.with_shelf(|(choices, _)| choices.set(LANGUAGE, Some(lang.tag())));
    }

    /// Marks a kind in the text, or marks it no longer.
    pub fn toggle_kind(self, kind: Kind) {
        let mut hidden = self.hidden.now();
        match hidden.iter().position(|&other| other == kind) {
            Some(at) => _ = hidden.remove(at),
            None => hidden.push(kind),
        }
        let names: Vec<&str> = hidden.iter().map(|kind| kind.name()).collect();
        let names = (!names.is_empty()).then(|| names.join(" "));
        self.with_shelf(|(choices, _)| choices.set(HIDDEN, names.as_deref()));
        self.read_choices();
    }

    /// Chooses whether single keys do something, or are left to the page.
    pub fn choose_shortcuts(self, on: bool) {
        self.with_shelf(|(choices, _)| choices.set(SHORTCUTS, (!on).then_some(OFF)));
        self.read_choices();
    }

    /// Whether the reader knows a term. Follows.
    pub fn knows(self, id: &str) -> bool {
        self.terms.known.with(|known| known.iter().any(|(other, _)| other == id))
    }

    /// Takes note that the reader knows a term, or does not; says so, and offers to undo.
    pub fn set_known(self, id: &str, name: &str, known: bool) {
        self.keep_known(id, name, known);
        let lang = self.lang.now();
        let text = if known { lang.now_known() } else { lang.not_known_now() };
        self.toast.set(Some(Toast { text, undo: Undo::Known(id.to_owned(), name.to_owned(), !known) }));
    }

    pub(super) fn keep_known(self, id: &str, name: &str, known: bool) {
        self.with_shelf(|(choices, _)| choices.set_known(id, known.then_some(name)));
        self.read_choices();
    }

    /// Keeps a term of the reader's own, and has it in this page in any case. The article shows it after
    /// [`Session::lay_again`].
    ///
    /// # Errors
    /// When the browser does not keep it.
    pub fn keep_own(self, term: &Term) -> Result<(), StorageError> {
        self.terms.own.update(|own| match own.iter_mut().find(|other| other.id == term.id) {
            Some(other) => other.clone_from(term),
            None => own.push(term.clone()),
        });
        self.with_shelf(|(_, own)| own.save(term)).unwrap_or(Err(StorageError::Unavailable))
    }

    /// Deletes a term of the reader's own and offers to undo it.
    pub fn remove_own(self, term: Term) {
        self.terms.own.update(|own| own.retain(|other| other.id != term.id));
        self.with_shelf(|(_, own)| own.delete(&term.id));
        self.lay_again();
        let text = self.lang.now().deleted_term();
        *self.state().terms.deleted.borrow_mut() = Some(term);
        self.toast.set(Some(Toast { text, undo: Undo::Own }));
    }
}

/// The terms over the article.
impl Session {
    /// Opens the form for a term of the reader's own, or with `None` closes it.
    pub fn write_term(self, writing: Option<Writing>) {
        self.terms.writing.update(|now| *now = writing);
    }

    /// Recognises the terms in an article, over what else was recognised in it.
    /// Answers nothing where the element has left the page meanwhile.
    pub async fn lay(self, article: Article, base: Recognition) -> Option<Rc<Study>> {
        let study = Rc::new(self.laid(Rc::new(article), &base, Glossary::builtin()).await?);
        self.set_base(base);
        self.mark(&study.article, &study.recognition);
        Some(study)
    }

    /// Takes over what was recognised besides terms. The article shows it after [`Session::lay_again`].
    pub fn set_base(self, base: Recognition) {
        *self.state().terms.base.borrow_mut() = base;
    }

    /// The article says something else now: `shown` is told before anybody is.
    pub async fn lay_other(self, article: Article, base: Recognition, shown: impl FnOnce(&Study)) {
        let Some(old) = self.study() else { return };
        let laid = self.laid(Rc::new(article), &base, old.glossary.afresh()).await;
        if let Some(laid) = laid {
            self.set_base(base);
            shown(&laid);
            self.take_over(&old, laid);
        }
    }

    /// Takes over the terms of a pack, by the pack's place among the packs.
    pub fn add_pack(self, place: usize, terms: Vec<Term>) {
        let state = self.state();
        let mut packs = state.terms.packs.borrow_mut();
        if packs.len() <= place {
            packs.resize(place + 1, Vec::new());
        }
        packs[place] = terms;
        drop(packs);
        self.lay_again();
    }

    /// Lays the terms over the article anew, after packs or own terms have changed, and shows it.
    pub fn lay_again(self) {
        wasm_bindgen_futures::spawn_local(async move {
            if self.lay_anew().await {
                self.render().await;
            }
        });
    }

    /// [`Session::lay_again`], before it is shown. Answers whether there is anything to show it in.
    pub async fn lay_anew(self) -> bool {
        loop {
            let Some(old) = self.study() else { return false };
            let base = self.state().terms.base.borrow().clone();
            let Some(laid) = self.laid(Rc::clone(&old.article), &base, old.glossary.afresh()).await else {
                return false;
            };
            dom::next_turn().await;
            // The page may have changed its text meanwhile.
            if self.study().is_some_and(|now| Rc::ptr_eq(&now.article, &old.article)) {
                self.take_over(&old, laid);
                return true;
            }
        }
    }

    /// Puts a study in the place of another. The card stays at its words, and at what it shows.
    fn take_over(self, old: &Study, study: Study) {
        let study = Rc::new(study);
        // Before the text is made anew: its mentions ask for this as they are made.
        self.mark(&study.article, &study.recognition);
        self.phase.update(|phase| *phase = Phase::Ready(Rc::clone(&study)));
        let change = Change::between(old.article.text().as_str(), study.article.text().as_str());
        let moved = |mention: usize| {
            let before = old.recognition.mentions.get(mention)?;
            let span = change.moved(before.span)?;
            study.recognition.mentions.iter().position(|found| found.span == span)
        };
        self.current.set(self.current.now().and_then(moved));
        if let Some(mut card) = self.card.now() {
            card.mention = card.mention.and_then(moved);
            let mut pages = std::mem::take(&mut card.pages);
            pages.retain_mut(|page| match page {
                CardPage::Term(id) => study.glossary.head(id).is_some(),
                CardPage::Entity(id) => {
                    let before = old.recognition.entities.get(id.index());
                    let is_it = |found: &Entity| {
                        before.is_some_and(|before| before.kind == found.kind && before.name == found.name)
                    };
                    let at = study.recognition.entities.iter().position(is_it);
                    *id = EntityId(at.unwrap_or_default() as u32);
                    at.is_some() && card.mention.is_some()
                }
            });
            card.pages = pages;
            let card = (!card.pages.is_empty()).then_some(card);
            self.card.update(|now| *now = card);
        }
    }

    /// The terms in an article over what else is in it. Of a long one a slice is read at a time, and the page
    /// has a turn before each; nothing where the element leaves it then.
    async fn laid(self, article: Rc<Article>, base: &Recognition, mut glossary: Glossary) -> Option<Study> {
        let state = self.state();
        for pack in state.terms.packs.borrow().iter() {
            glossary = glossary.with_terms(pack.clone());
        }
        let glossary = glossary.with_terms(self.terms.own.now());
        let chars: Vec<char> = article.text().as_str().chars().collect();
        let (mut terms, mut start) = (Vec::new(), 0);
        // No term goes over the end of a block.
        let ends = article.blocks().iter().map(|block| block.span.end().index());
        for end in ends.chain([chars.len()]) {
            if end - start < SLICE && end < chars.len() {
                continue;
            }
            if chars.len() > SLICE {
                dom::next_turn().await;
                if state.chunks.borrow().stopped {
                    return None;
                }
            }
            let found = glossary.find(&chars[start..end]).into_iter().filter_map(|found| {
                let term = glossary.head(&found.id)?.term.to_owned();
                let span = Span::new(found.span.start().index() + start, found.span.end().index() + start);
                Some(TermSpan { span, id: found.id, term })
            });
            terms.extend(found);
            start = end;
        }
        let recognition = overlay_terms(base.clone(), &terms);
        Some(Study { article, recognition, glossary })
    }

    fn mark(self, article: &Article, recognition: &Recognition) {
        let marking = self.terms.marking.now();
        let hidden = self.hidden.now();
        self.terms.unmarked.set(unmarked(recognition, marking, &hidden, |span| article.block_at(span)));
    }
}
