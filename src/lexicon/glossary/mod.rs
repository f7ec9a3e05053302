//! The glossary: political terms, found in a text and explained. Built in from `data/glossary`
//! (`docs/glossary.md` says how to add to it), widened by packs.
//!
//! Matching knows surfaces only. An entry is parsed when a card asks for it, never before.

mod entries;
mod fold;
mod guard;
mod matcher;
mod model;
mod pack;
mod pinyin;
mod read;
mod search;

pub use entries::{WrongFile, file_query};
pub use model::{Category, Distinction, FirstUse, Item, Origin, Register, Source, Term};
pub use pack::{own_row, own_term, read as read_pack};
pub use read::SURFACE;

use crate::lexicon::PackProblem;
use crate::text::Span;
use entries::Entries;
use guard::Guards;
use matcher::Matcher;
use serde_json::{Map, Value};
use std::cell::OnceCell;
use std::rc::Rc;

/// One record a line, from the build script (`build/glossary.rs` describes it).
const INDEX: &str = include_str!(concat!(env!("OUT_DIR"), "/glossary.index"));
/// What the page fetches when the article stands. Everything else has it at hand.
#[cfg(not(target_arch = "wasm32"))]
const FILE: &str = include_str!(concat!(env!("OUT_DIR"), "/glossary.txt"));

/// A term found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermMatch {
    /// Where it stands, quotation marks around it left out.
    pub span: Span,
    /// The entry: ask [`Glossary::term`].
    pub id: String,
}

/// What is known of an entry without parsing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head<'a> {
    /// Its id: ask [`Glossary::term`].
    pub id: &'a str,
    /// The term as it is mostly written.
    pub term: &'a str,
    /// Pinyin by word, with tone marks; may be empty in a pack, and is while a built-in entry has not been supplied.
    pub pinyin: &'a str,
    /// The English rendering, where it is asked for and there; else empty.
    pub english: &'a str,
    /// The shelf it stands on.
    pub category: Category,
    /// Whose it is.
    pub origin: &'a Origin,
}

/// Terms, and the matcher that finds them.
pub struct Glossary {
    entries: Vec<Entry>,
    matcher: Matcher,
    /// What the built-in entries say, once it is there; shared with the glossaries made from this one.
    said: Rc<OnceCell<Entries>>,
}

/// What is known of an entry without parsing it.
struct Entry {
    id: String,
    term: String,
    category: Category,
    aliases: Vec<String>,
    guards: Guards,
    body: Body,
}

enum Body {
    /// Line of the file.
    BuiltIn(usize),
    Given(Box<Term>),
    /// Another took its place; its surfaces lead to that entry.
    Replaced(usize),
}

impl Glossary {
    /// The built-in glossary. In a page its entries come later: see [`Glossary::supply`].
    pub fn builtin() -> Self {
        let glossary = Self::unsaid();
        #[cfg(not(target_arch = "wasm32"))]
        let _ = glossary.supply(FILE.to_owned());
        glossary
    }

    /// The built-in glossary without what its entries say.
    pub fn unsaid() -> Self {
        let entries: Vec<Entry> = INDEX.lines().enumerate().map(|(line, index)| entry(index, line)).collect();
        Self { matcher: matcher(&entries), entries, said: Rc::default() }
    }

    /// The built-in glossary anew, with what this one knows of its entries.
    pub fn afresh(&self) -> Self {
        Self { said: Rc::clone(&self.said), ..Self::unsaid() }
    }

    /// Hands over what the built-in entries say: the file `bianzhu-glossary.txt`.
    ///
    /// # Errors
    /// When the file is not the one made together with this code.
    pub fn supply(&self, file: String) -> Result<(), WrongFile> {
        let entries = Entries::new(file)?;
        // The same file twice is no harm.
        let _ = self.said.set(entries);
        Ok(())
    }

    /// Whether what the built-in entries say is there.
    pub fn is_supplied(&self) -> bool {
        self.said.get().is_some()
    }

    /// This glossary and the terms of a pack, which stand before its own: see [`read_pack`] and
    /// [`Glossary::with_terms`].
    pub fn with_pack(self, json: &str, name: &str) -> (Self, Vec<PackProblem>) {
        let (terms, problems) = read_pack(json, name);
        (self.with_terms(terms), problems)
    }

    /// This glossary and further terms, which stand before its own: a term (or an id) that both have
    /// is the new one's, and the aliases of the one it replaces lead to it.
    pub fn with_terms(mut self, terms: Vec<Term>) -> Self {
        if terms.is_empty() {
            return self;
        }
        let first = self.entries.len();
        // The dictionary that is in the page's code already, for JSON: another type would cost two kilobytes.
        let (mut by_id, mut by_term) = (Map::new(), Map::new());
        for (at, term) in (first..).zip(&terms) {
            by_id.insert(term.id.clone(), at.into());
            by_term.insert(fold::fold(&term.term), at.into());
        }
        for old in self.entries.iter_mut().filter(|entry| !entry.is_replaced()) {
            let by = by_id.get(&old.id).or_else(|| by_term.get(&fold::fold(&old.term)));
            if let Some(at) = by.and_then(Value::as_u64) {
                old.body = Body::Replaced(at as usize);
            }
        }
        self.entries.extend(terms.into_iter().map(|term| Entry {
            id: term.id.clone(),
            term: term.term.clone(),
            category: term.category,
            aliases: term.aliases.clone(),
            guards: Guards::default(),
            body: Body::Given(Box::new(term)),
        }));
        self.matcher = matcher(&self.entries);
        self
    }

    /// The terms of a text, leftmost and longest, in order; none overlaps another.
    ///
    /// Numbered formulas are found as well with digits of either width, with white space around
    /// them, and with 个 left out.
    pub fn find(&self, chars: &[char]) -> Vec<TermMatch> {
        let guards = |at: usize| self.entries.get(at).map(|entry| &entry.guards);
        let found = self.matcher.find(chars, guards).into_iter();
        found
            .filter_map(|(span, at)| Some(TermMatch { span, id: self.entries.get(at)?.id.clone() }))
            .collect()
    }

    /// The entry of an id, parsed now; `None` also while a built-in entry has not been supplied.
    pub fn term(&self, id: &str) -> Option<Term> {
        self.parse(self.live().find(|entry| entry.id == id)?)
    }

    /// What is known of an entry without parsing it.
    pub fn head(&self, id: &str) -> Option<Head<'_>> {
        let entry = self.live().find(|entry| entry.id == id)?;
        let [english, pinyin] = self.names(entry);
        Some(Head { english, pinyin, ..entry.head() })
    }

    /// The id of a surface: a term or an alias, written in any way that [`Self::find`] knows.
    pub fn lookup(&self, surface: &str) -> Option<&str> {
        Some(&self.entries.get(self.matcher.lookup(surface)?)?.id)
    }

    /// The ids, in the order of the data files, packs last.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.heads().map(|head| head.id)
    }

    /// What is known of each entry without parsing it.
    pub fn heads(&self) -> impl Iterator<Item = Head<'_>> {
        self.live().map(|entry| {
            let [_, pinyin] = self.names(entry);
            Head { pinyin, ..entry.head() }
        })
    }

    /// Every entry, parsed as it is reached; costly.
    pub fn iter(&self) -> impl Iterator<Item = Term> {
        self.live().filter_map(|entry| self.parse(entry))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.live().count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.live().next().is_none()
    }

    fn live(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.is_replaced())
    }

    fn parse(&self, entry: &Entry) -> Option<Term> {
        let line = match &entry.body {
            Body::BuiltIn(line) => *line,
            Body::Given(term) => return Some(Term::clone(term)),
            Body::Replaced(_) => return None,
        };
        let said = self.said.get()?;
        let value = said.object(line);
        let numbers = |field| {
            let numbers = value.get(field).and_then(Value::as_array).into_iter().flatten();
            numbers.filter_map(Value::as_u64).filter_map(|number| usize::try_from(number).ok())
        };
        Some(Term {
            id: entry.id.clone(),
            term: entry.term.clone(),
            category: entry.category,
            aliases: entry.aliases.clone(),
            related: numbers("related").filter_map(|at| Some(self.entries.get(at)?.id.clone())).collect(),
            sources: numbers("sources").map(|number| said.source(number)).collect(),
            ..read::term(&value)
        })
    }

    /// The English rendering and the pinyin of an entry; empty where unknown.
    fn names<'a>(&'a self, entry: &'a Entry) -> [&'a str; 2] {
        match &entry.body {
            Body::BuiltIn(line) => self.said.get().map_or(["", ""], |said| said.names(*line)),
            Body::Given(term) => [&term.english, &term.pinyin],
            Body::Replaced(_) => ["", ""],
        }
    }
}

impl Default for Glossary {
    fn default() -> Self {
        Self::builtin()
    }
}

impl Entry {
    fn is_replaced(&self) -> bool {
        matches!(self.body, Body::Replaced(_))
    }

    fn head(&self) -> Head<'_> {
        let origin = match &self.body {
            Body::Given(term) => &term.origin,
            _ => &Origin::BuiltIn,
        };
        let Self { id, term, category, .. } = self;
        Head { id, term, pinyin: "", english: "", category: *category, origin }
    }
}

/// An entry from its line of the index.
fn entry(index: &str, line: usize) -> Entry {
    let mut fields = index.split('\t').map(str::to_owned);
    let mut next = || fields.next().unwrap_or_default();
    let (term, category) = (next(), Category::from_name(&next()));
    let (mut aliases, mut guards) = (Vec::new(), Guards::default());
    for field in fields {
        match field.split_at_checked(1) {
            Some(("<", text)) => guards.before.push(text.to_owned()),
            Some((">", text)) => guards.after.push(text.to_owned()),
            _ => aliases.push(field),
        }
    }
    Entry { id: term.clone(), term, category, aliases, guards, body: Body::BuiltIn(line) }
}

/// Later entries win over earlier ones, and a term over an alias.
fn matcher(entries: &[Entry]) -> Matcher {
    let target = |at: usize| {
        let mut at = at;
        while let Some(Entry { body: Body::Replaced(by), .. }) = entries.get(at) {
            at = *by;
        }
        at
    };
    let aliases = |pack: bool| {
        entries
            .iter()
            .enumerate()
            .filter(move |(_, entry)| pack == matches!(entry.body, Body::Given(_)))
            .flat_map(move |(at, entry)| entry.aliases.iter().map(move |alias| (alias.as_str(), at)))
    };
    let terms = |pack: bool| {
        entries
            .iter()
            .enumerate()
            .filter(move |(_, entry)| pack == matches!(entry.body, Body::Given(_)))
            .map(|(at, entry)| (entry.term.as_str(), at))
    };
    let surfaces = aliases(false).chain(terms(false)).chain(aliases(true)).chain(terms(true));
    Matcher::new(surfaces.map(|(surface, at)| (surface, target(at))))
}
