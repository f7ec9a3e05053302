//! [`Session`]: what the parts of the interface share. It outlives any single view.

use super::chunks::Chunks;
use super::field::Field;
use super::noting::{NoteState, Noting};
use super::strings::Lang;
use super::study::{CardPage, Study};
use super::terms::{TermState, Terms};
use crate::annotation::{Note, NoteId};
use crate::article::ArticleError;
use crate::dom::{self, TextMap};
use crate::layout::Rect;
use crate::lexicon::Kind;
use crate::lexicon::glossary::Term;
use crate::notebook::{Layer, Notebook, Placed, Preview};
use crate::recognition::Mention;
use crate::storage::library::{self, Record};
use crate::storage::{KeyValue, Listed, Room};
use crate::text::{Offset, Span};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;
use web_sys::{Element, HtmlElement, Range};

/// How far the article has come.
#[derive(Clone, Default)]
pub enum Phase {
    /// Being fetched or read.
    #[default]
    Loading,
    /// The page has not put any text in its place yet.
    Waiting,
    /// The reader has texts of their own, and none of them is open.
    Choosing,
    /// There is nothing to show.
    Failed(ArticleError),
    /// Read and recognised.
    Ready(Rc<Study>),
}

/// The open card.
#[derive(Clone, PartialEq)]
pub struct Card {
    /// The mention it stands at, as an index into the recognition's mentions; `None` for a term that the
    /// article does not use.
    pub mention: Option<usize>,
    /// The pages opened one from another; the last is shown.
    pub pages: Vec<CardPage>,
    /// What it stands beside, in document coordinates (CSS px).
    pub anchor: Rect,
    /// A resting pointer opened it: it stands beside the words at any width.
    pub hovered: bool,
}

/// What a toast can undo.
#[derive(Clone, Debug, PartialEq)]
pub enum Undo {
    /// Nothing.
    Nothing,
    /// The last change of a note.
    Note,
    /// Whether a term is known: its id and name, and what it was before.
    Known(String, String, bool),
    /// The last deletion of a term of the reader's own.
    Own,
    /// That a resting pointer opens nothing any more.
    Hover,
    /// The last removal of a text of the reader's own.
    Text,
}

/// What was last done, with a way to undo it.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// The sentence.
    pub text: &'static str,
    /// What it offers to undo.
    pub undo: Undo,
}

/// What the fields of a session hold.
#[derive(Default)]
pub struct State {
    phase: RefCell<Phase>,
    lang: RefCell<Lang>,
    notes: RefCell<Vec<Placed>>,
    margin: RefCell<Vec<NoteId>>,
    unsaved: RefCell<Vec<NoteId>>,
    card: RefCell<Option<Card>>,
    selection: RefCell<Option<(Span, Rect)>>,
    active: RefCell<Option<NoteId>>,
    editing: RefCell<Option<NoteId>>,
    kept: RefCell<Option<bool>>,
    toast: RefCell<Option<Toast>>,
    storage_trouble: RefCell<Option<StorageTrouble>>,
    pub(super) layer: RefCell<Layer>,
    incoming: RefCell<Option<Rc<Incoming>>>,
    unread: RefCell<Unread>,
    room: RefCell<Option<Room>>,
    store: RefCell<Option<Rc<dyn KeyValue>>>,
    wide: RefCell<bool>,
    narrow: RefCell<bool>,
    is_whole: RefCell<bool>,
    panel: RefCell<bool>,
    help: RefCell<bool>,
    bar_turned: RefCell<bool>,
    hidden: RefCell<Vec<Kind>>,
    shortcuts_off: RefCell<bool>,
    reflow: RefCell<u32>,
    stepped: RefCell<&'static str>,
    current: RefCell<Option<usize>>,
    texts: RefCell<Vec<Listed>>,
    /// The text that was taken out last: its name and its value.
    pub(super) removed_text: RefCell<Option<(String, String)>>,
    pub(super) host: RefCell<Option<HtmlElement>>,
    /// What had the focus before a panel: there it goes back to.
    pub(super) before_panel: RefCell<Option<HtmlElement>>,
    pub(super) notebook: RefCell<Option<Notebook>>,
    map: RefCell<Option<Rc<TextMap>>>,
    pub(super) chunks: RefCell<Chunks>,
    pub(super) terms: TermState,
    pub(super) noting: NoteState,
    is_gone: Cell<bool>,
    /// Notes are looked for in a later turn.
    pub(super) is_placing: Cell<bool>,
}

/// Where the values of a session are; there is one page, and so one thread.
#[derive(Clone, Copy)]
pub(super) struct Store(&'static SendWrapper<State>);

impl Store {
    #[inline(never)]
    pub(super) fn get(self) -> &'static State {
        self.0
    }
}

impl State {
    /// Lets go of all that is large.
    fn forget(&self) {
        forget(&self.phase);
        forget(&self.notes);
        forget(&self.margin);
        forget(&self.card);
        forget(&self.notebook);
        forget(&self.map);
        forget(&self.store);
        forget(&self.host);
        forget(&self.before_panel);
        self.terms.forget();
    }
}

/// Puts nothing in the place of a value, unless it is being read just now.
pub(super) fn forget<T: Default>(value: &RefCell<T>) {
    if let Ok(mut value) = value.try_borrow_mut() {
        *value = T::default();
    }
}

/// The state of the interface: one thin handle, whose copies are to the same state.
///
/// Every closure of the interface holds one, so it is a reference, and what it refers to is never freed: some
/// hundred words for each element that was ever attached.
#[derive(Clone, Copy)]
pub struct Session(&'static Fields);

impl Deref for Session {
    type Target = Fields;

    fn deref(&self) -> &Fields {
        self.0
    }
}

/// What a [`Session`] holds.
pub struct Fields {
    /// How far the article has come.
    pub phase: Field<Phase>,
    /// The language of the interface.
    pub lang: Field<Lang>,
    /// The notes in text order, as the notebook holds them.
    pub notes: Field<Vec<Placed>>,
    /// The notes that have a place in the text, the reader's own and the layer's, in order.
    pub margin: Field<Vec<NoteId>>,
    /// The notes whose last change is not kept.
    pub unsaved: Field<Vec<NoteId>>,
    /// The open card.
    pub card: Field<Option<Card>>,
    /// What the reader has selected, with the box of its last line in document coordinates.
    pub selection: Field<Option<(Span, Rect)>>,
    /// The note that is looked at.
    pub active: Field<Option<NoteId>>,
    /// The note that is written on.
    pub editing: Field<Option<NoteId>>,
    /// Whether what is being written is kept; `None` while it has not been tried.
    pub kept: Field<Option<bool>>,
    /// What was last done.
    pub toast: Field<Option<Toast>>,
    /// Why notes are not kept; `None` while they are.
    pub storage_trouble: Field<Option<StorageTrouble>>,
    /// A teacher's or an editor's notes, to be read; empty where there are none.
    pub layer: Field<Layer>,
    /// What a chosen file would bring.
    pub incoming: Field<Option<Rc<Incoming>>>,
    /// What of the stored notes is not shown.
    pub unread: Field<Unread>,
    /// How full the browser's storage is; `None` while it was not measured.
    pub room: Field<Option<Room>>,
    /// There is room for the margin beside the text.
    pub wide: Field<bool>,
    /// The window is narrow: what elsewhere stands beside its words is a sheet at the foot.
    pub narrow: Field<bool>,
    /// The later part of the core has come, which has the views of what a reader opens.
    pub is_whole: Field<bool>,
    /// The contents panel is open.
    pub panel: Field<bool>,
    /// The list of keys is open.
    pub help: Field<bool>,
    /// The bar over a page's own article is unfolded where it would be folded, or the other way round.
    pub bar_turned: Field<bool>,
    /// The kinds that are not marked in the text.
    pub hidden: Field<Vec<Kind>>,
    /// Keys without Ctrl are left to the page.
    pub shortcuts_off: Field<bool>,
    /// Bumped when boxes may have moved: cards are placed anew.
    pub reflow: Field<u32>,
    /// The class of the button that last led from one mention to another: it keeps the focus.
    pub stepped: Field<&'static str>,
    /// Where the article is the page's own markup: the mention that the keys have come to.
    pub current: Field<Option<usize>>,
    /// The reader's own texts.
    pub texts: Field<Vec<Listed>>,
    /// The articles are texts of the reader's own.
    pub is_library: bool,
    /// The article is the page's own markup, which is never changed: mentions are painted, and are no elements.
    pub is_painted: bool,
    /// What is about the glossary.
    pub terms: Terms,
    /// What is about notes besides the notes.
    pub noting: Noting,
    state: Store,
}

/// Why notes are not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageTrouble {
    /// The browser refuses.
    Broken,
    /// The site asked for memory only.
    Memory,
    /// Somebody emptied it.
    Emptied,
    /// It did not take the article itself.
    Unkept,
}

/// What a file would bring, looked at and not taken over.
#[derive(Default)]
pub struct Incoming {
    /// The notes.
    pub preview: Preview,
    /// Terms of the reader's own.
    pub terms: Vec<Term>,
}

/// Stored notes that are not shown, by why not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// Could not be read, and were set aside.
    pub set_aside: usize,
    /// Were there last time, and are not any more.
    pub missing: usize,
    /// Are a later version's.
    pub newer: usize,
}

impl Session {
    /// A session with nothing in it yet. Call outside any reactive owner.
    pub fn new(lang: Lang, is_painted: bool, is_library: bool) -> Self {
        // What was put off to a later frame may ask when the views are gone: the state outlives them.
        let forever = Owner::new();
        let session = forever.with(|| Self::with_state(lang, is_painted, is_library));
        std::mem::forget(forever);
        session
    }

    fn with_state(lang: Lang, is_painted: bool, is_library: bool) -> Self {
        let state = State { lang: RefCell::new(lang), ..State::default() };
        let state = Store(Box::leak(Box::new(SendWrapper::new(state))));
        Self(Box::leak(Box::new(Fields {
            phase: Field::new(state, |state| &state.phase),
            lang: Field::new(state, |state| &state.lang),
            notes: Field::new(state, |state| &state.notes),
            margin: Field::new(state, |state| &state.margin),
            unsaved: Field::new(state, |state| &state.unsaved),
            card: Field::new(state, |state| &state.card),
            selection: Field::new(state, |state| &state.selection),
            active: Field::new(state, |state| &state.active),
            editing: Field::new(state, |state| &state.editing),
            kept: Field::new(state, |state| &state.kept),
            toast: Field::new(state, |state| &state.toast),
            storage_trouble: Field::new(state, |state| &state.storage_trouble),
            layer: Field::new(state, |state| &state.layer),
            incoming: Field::new(state, |state| &state.incoming),
            unread: Field::new(state, |state| &state.unread),
            room: Field::new(state, |state| &state.room),
            wide: Field::new(state, |state| &state.wide),
            narrow: Field::new(state, |state| &state.narrow),
            is_whole: Field::new(state, |state| &state.is_whole),
            panel: Field::new(state, |state| &state.panel),
            help: Field::new(state, |state| &state.help),
            bar_turned: Field::new(state, |state| &state.bar_turned),
            hidden: Field::new(state, |state| &state.hidden),
            shortcuts_off: Field::new(state, |state| &state.shortcuts_off),
            reflow: Field::new(state, |state| &state.reflow),
            stepped: Field::new(state, |state| &state.stepped),
            current: Field::new(state, |state| &state.current),
            texts: Field::new(state, |state| &state.texts),
            is_library,
            is_painted,
            terms: Terms::new(state),
            noting: Noting::new(state),
            state,
        })))
    }

    pub(super) fn state(self) -> &'static State {
        self.state.get()
    }

    /// The element has left the page: what it held is let go.
    pub fn end(self) {
        self.stop_rendering();
        self.state().is_gone.set(true);
        self.state().forget();
    }

    /// The element left the page: what was put off to a later frame has nothing to work on any more.
    pub fn is_gone(self) -> bool {
        self.state().is_gone.get()
    }

    /// Has everything that stands beside something placed anew.
    pub fn replace_boxes(self) {
        self.reflow.update(|count| *count = count.wrapping_add(1));
    }
}

/// The article's entities and where they stand.
impl Session {
    /// The article, once it can be read.
    pub fn study(self) -> Option<Rc<Study>> {
        self.phase.peek(|phase| match phase {
            Phase::Ready(study) => Some(Rc::clone(study)),
            _ => None,
        })
    }

    /// The map of the article's text nodes, once they are in the page.
    pub fn map(self) -> Option<Rc<TextMap>> {
        self.state().map.borrow().clone()
    }

    /// Hands over the map of the article's text nodes.
    pub fn set_map(self, map: TextMap) {
        *self.state().map.borrow_mut() = Some(Rc::new(map));
        // What stands beside the text, or is painted over it, finds its place anew.
        self.notes.update(|_| ());
        self.replace_boxes();
        self.layer.update(|_| ());
    }

    /// Where a mention shows: in its own words, or in those of the mention around it.
    pub fn mention_range(self, mention: usize) -> Option<Range> {
        let (study, map) = (self.study()?, self.map()?);
        map.range(&dom::document(), study.recognition.mentions.get(study.shown(mention)?)?.span)
    }

    /// The box of a mention's last line, in document coordinates (CSS px).
    pub fn mention_rect(self, mention: usize) -> Option<Rect> {
        range_rect(&self.mention_range(mention)?)
    }

    /// Moves the focus to a mention. In the page's own markup that is the caret alone, from where a screen reader
    /// reads on.
    pub fn focus_mention(self, mention: usize) {
        use wasm_bindgen::JsCast;
        let (Some(study), Some(map)) = (self.study(), self.map()) else { return };
        let Some(shown) = study.shown(mention) else { return };
        if self.is_painted {
            self.current.set(Some(shown));
            if let Some(found) = study.recognition.mentions.get(shown) {
                dom::read_from(&map, found.span);
            }
            return;
        }
        let element = map.root().query_selector(&format!("[data-mention=\"{shown}\"]")).ok().flatten();
        if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            dom::focus(&element);
        }
    }

    /// The mention that is marked at a place.
    pub fn mention_at(self, place: Offset) -> Option<usize> {
        let study = self.study()?;
        let mentions = &study.recognition.mentions;
        let before = mentions.partition_point(|mention| mention.span.start() <= place);
        let shown = study.shown(before.checked_sub(1)?)?;
        let is_there = mentions.get(shown)?.span.contains_offset(place) && self.is_marked(shown);
        is_there.then_some(shown)
    }

    /// Whether a mention is marked.
    pub fn is_marked(self, mention: usize) -> bool {
        self.terms.unmarked.peek(|unmarked| unmarked.binary_search(&mention).is_err())
    }

    /// Whether a mention is of a term that the reader knows. Follows.
    pub fn is_known(self, study: &Study, mention: &Mention) -> bool {
        match study.page_of(mention.entity) {
            CardPage::Term(id) => self.knows(&id),
            CardPage::Entity(_) => false,
        }
    }

    /// The article says something else now, or has no text for the time being: notes find their places anew.
    pub fn set_text(self, text: &crate::text::IndexedText) {
        self.state().layer.borrow_mut().unplace();
        self.change(|notebook| {
            notebook.set_text(text);
            notebook.place_layer(&mut self.state().layer.borrow_mut());
        });
        self.layer.update(|_| ());
    }

    /// Opens the card of a mention, beside it; the focus goes into the card.
    pub fn open_mention(self, mention: usize) {
        self.open(mention, false);
    }

    /// Opens the card of a mention under a resting pointer: it goes with the pointer, and leaves the
    /// focus where it is.
    pub fn hover_mention(self, mention: usize) {
        self.open(mention, true);
    }

    fn open(self, mention: usize, hovered: bool) {
        let Some(study) = self.study() else { return };
        let Some(found) = study.recognition.mentions.get(mention) else { return };
        let page = study.page_of(found.entity);
        self.stepped.set("");
        self.show_card(mention, vec![page], hovered);
    }

    /// Brings a term's mention into view and opens the term's card there.
    pub fn visit_term(self, mention: usize, id: &str) {
        if let Some(range) = self.mention_range(mention) {
            dom::scroll_to_middle(&range);
            self.stepped.set("");
            self.show_card(mention, vec![CardPage::Term(id.to_owned())], false);
        }
    }

    /// Opens the card of a term that the article does not use, beside `anchor` (document coordinates, CSS px).
    pub fn open_term(self, id: &str, anchor: Rect) {
        self.terms.pinned.set(true);
        let pages = vec![CardPage::Term(id.to_owned())];
        self.card.update(|card| *card = Some(Card { mention: None, pages, anchor, hovered: false }));
    }

    /// Brings a mention into view and opens its card.
    pub fn visit_mention(self, mention: usize) {
        if let Some(range) = self.mention_range(mention) {
            dom::scroll_to_middle(&range);
            self.open_mention(mention);
        }
    }

    /// Moves the open card to another mention of what it shows. `button` is the class of the button
    /// that leads there.
    pub fn step_to(self, mention: usize, button: &'static str) {
        let pages = self.card.peek(|card| card.as_ref().map(|card| card.pages.clone()));
        if let (Some(pages), Some(range)) = (pages, self.mention_range(mention)) {
            dom::scroll_to_middle(&range);
            self.stepped.set(button);
            self.show_card(mention, pages, false);
        }
    }

    /// Moves to the mention of the open card that is `by` further on; answers whether a card is open.
    pub fn step_card(self, by: isize) -> bool {
        let Some((card, study)) = self.card.now().zip(self.study()) else { return false };
        let mentions = study.mentions_of(card.pages.last());
        if let Ok(count @ 1..) = isize::try_from(mentions.len()) {
            let here = mentions.iter().position(|&mention| Some(mention) == card.mention).unwrap_or_default();
            let next = (isize::try_from(here).unwrap_or_default() + by).rem_euclid(count);
            self.step_to(mentions[next.unsigned_abs()], "");
        }
        true
    }

    /// Opens a further page in the open card; one that led here is gone back to.
    pub fn open_page(self, page: CardPage) {
        self.terms.pinned.set(true);
        self.card.update(|card| {
            if let Some(card) = card {
                let before = card.pages.iter().position(|other| *other == page);
                card.pages.truncate(before.unwrap_or(card.pages.len()));
                card.pages.push(page);
            }
        });
    }

    /// Goes back to the page before.
    pub fn close_page(self) {
        self.card.update(|card| {
            if let Some(card) = card
                && card.pages.len() > 1
            {
                card.pages.pop();
            }
        });
    }

    /// Closes the card; the focus goes back to the mention it stood at, or to the line it was opened from.
    pub fn close_card(self, return_focus: bool) {
        let Some(card) = self.card.now() else { return };
        self.card.set(None);
        if !return_focus {
            return;
        }
        match (card.mention, card.pages.first()) {
            (Some(mention), _) => self.focus_mention(mention),
            (None, Some(CardPage::Term(id))) => {
                if let Some(row) = super::glossary_panel::row_of(self, id) {
                    dom::focus(&row);
                }
            }
            _ => {}
        }
    }

    fn show_card(self, mention: usize, pages: Vec<CardPage>, hovered: bool) {
        let Some(anchor) = self.mention_rect(mention) else { return };
        self.terms.pinned.set(!hovered);
        // A hovered card that is clicked on stays where it is.
        let stays = self
            .card
            .peek(|card| card.as_ref().is_some_and(|card| card.hovered && card.mention == Some(mention)));
        let card = Card { mention: Some(mention), pages, anchor, hovered: hovered || stays };
        // Told even if it is the same: it may have been pinned.
        self.card.update(|now| *now = Some(card));
    }
}

/// Where notes are kept, and the element around.
impl Session {
    /// All articles of this site that the reader has notes on.
    pub fn articles(self) -> Vec<Record> {
        self.store().map(|store| library::articles(&*store)).unwrap_or_default()
    }

    /// The notes of another article of this site, as they are stored.
    pub fn notes_of(self, article_key: &str) -> Vec<Note> {
        self.store().map(|store| library::notes_of(&*store, article_key)).unwrap_or_default()
    }

    /// Hands over the store that notes are kept in, and measures it in idle time.
    pub fn set_store(self, store: Rc<dyn KeyValue>) {
        *self.state().store.borrow_mut() = Some(store);
        self.measure_room();
    }

    /// Moves the focus to a part of the interface.
    pub fn focus_on(self, selector: &str) {
        use wasm_bindgen::JsCast;
        let root = self.state().host.borrow().as_ref().and_then(|host| host.shadow_root());
        let part = root.and_then(|root| root.query_selector(selector).ok()?);
        if let Some(part) = part.and_then(|part| part.dyn_into::<HtmlElement>().ok()) {
            dom::focus(&part);
        }
    }

    /// Hands over the element.
    pub fn set_host(self, host: &HtmlElement) {
        *self.state().host.borrow_mut() = Some(host.clone());
    }

    /// The store that notes are kept in.
    pub fn store(self) -> Option<Rc<dyn KeyValue>> {
        self.state().store.borrow().clone()
    }

    /// Measures in idle time how much room is left: that reads all of the store, some at a time.
    pub fn measure_room(self) {
        if self.storage_trouble.now() != Some(StorageTrouble::Memory) {
            self.measure_on(Room::default(), None);
        }
    }

    fn measure_on(self, mut room: Room, left: Option<Vec<String>>) {
        dom::when_idle(move || {
            let Some(store) = self.store().filter(|_| !self.is_gone()) else { return };
            let Ok(mut left) = left.map_or_else(|| store.keys(""), Ok) else { return self.room.set(None) };
            match room.measure_on(&*store, &mut left, MEASURED) {
                Ok(()) if !left.is_empty() => self.measure_on(room, Some(left)),
                measured => self.room.set(measured.is_ok().then_some(room)),
            }
        });
    }
}

/// How many keys of the store are measured at once: some 2 ms.
const MEASURED: usize = 500;

/// An element's box in document coordinates.
pub fn document_rect(element: &Element) -> Rect {
    from_viewport(&dom::rect_of(element))
}

/// The box of a range's last line in document coordinates; `None` where it shows nothing.
pub fn range_rect(range: &Range) -> Option<Rect> {
    let rects = range.get_client_rects()?;
    let last = rects.item(rects.length().checked_sub(1)?)?;
    Some(from_viewport(&last))
}

/// A box of the viewport in document coordinates.
pub fn from_viewport(rect: &web_sys::DomRect) -> Rect {
    let view = dom::viewport();
    Rect {
        left: rect.left() + view.scroll_x,
        top: rect.top() + view.scroll_y,
        right: rect.right() + view.scroll_x,
        bottom: rect.bottom() + view.scroll_y,
    }
}
