//! The glossary: political terms, found in a text and explained. Built in from `data/glossary`
//! (`docs/glossary.md` says how to add to it), widened by packs.
//!
//! Matching knows surfaces only. An entry is parsed when a card asks for it, never before.

mod fold;
mod guard;
mod matcher;
mod model;
mod pack;
mod read;

pub use super::pack::PackProblem;
pub use model::{Category, Distinction, FirstUse, Item, Register, Source, Term};

use crate::text::Span;
use guard::Guards;
use matcher::Matcher;
use serde_json::Value;
use std::collections::BTreeMap;

/// One record a line, from the build script (`build/glossary.rs` describes them).
const INDEX: &str = include_str!(concat!(env!("OUT_DIR"), "/glossary.index"));
const ENTRIES: &str = include_str!(concat!(env!("OUT_DIR"), "/glossary.entries"));
const SOURCES: &str = include_str!(concat!(env!("OUT_DIR"), "/glossary.sources"));

/// A term found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermMatch {
    /// Where it stands, quotation marks around it left out.
    pub span: Span,
    /// The entry: ask [`Glossary::term`].
    pub id: String,
}

/// Terms, and the matcher that finds them.
pub struct Glossary {
    entries: Vec<Entry>,
    matcher: Matcher,
}

/// What is known of an entry without parsing it.
struct Entry {
    id: String,
    term: String,
    aliases: Vec<String>,
    guards: Guards,
    body: Body,
}

enum Body {
    /// Line of [`ENTRIES`].
    BuiltIn(usize),
    Pack(Box<Term>),
    /// A pack took its place; its surfaces lead to that entry.
    Replaced(usize),
}

impl Glossary {
    /// The built-in glossary.
    pub fn builtin() -> Self {
        let entries: Vec<Entry> = INDEX.lines().enumerate().map(|(line, index)| entry(index, line)).collect();
        Self { matcher: matcher(&entries), entries }
    }

    /// This glossary and the terms of a pack, which stand before its own: a term (or an id) that
    /// both have is the pack's, and the aliases of the one it replaces lead to it.
    /// `name` is what cards call the pack. What is wrong with the pack is named; the rest is used.
    pub fn with_pack(mut self, json: &str, name: &str) -> (Self, Vec<PackProblem>) {
        let (terms, problems) = pack::read(json, name);
        if terms.is_empty() {
            return (self, problems);
        }
        let first = self.entries.len();
        let place = |(at, name): (usize, String)| (name, first + at);
        let names = |name: fn(&Term) -> String| terms.iter().map(name).enumerate().map(place).collect();
        let by_id: BTreeMap<String, usize> = names(|term| term.id.clone());
        let by_term: BTreeMap<String, usize> = names(|term| fold::fold(&term.term));
        for old in self.entries.iter_mut().filter(|entry| !entry.is_replaced()) {
            if let Some(&at) = by_id.get(&old.id).or_else(|| by_term.get(&fold::fold(&old.term))) {
                old.body = Body::Replaced(at);
            }
        }
        self.entries.extend(terms.into_iter().map(|term| Entry {
            id: term.id.clone(),
            term: term.term.clone(),
            aliases: term.aliases.clone(),
            guards: Guards::default(),
            body: Body::Pack(Box::new(term)),
        }));
        self.matcher = matcher(&self.entries);
        (self, problems)
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

    /// The entry of an id, parsed now.
    pub fn term(&self, id: &str) -> Option<Term> {
        self.entries.iter().find(|entry| entry.id == id && !entry.is_replaced()).and_then(Entry::parse)
    }

    /// The id of a surface: a term or an alias, written in any way that [`Self::find`] knows.
    pub fn lookup(&self, surface: &str) -> Option<&str> {
        Some(&self.entries.get(self.matcher.lookup(surface)?)?.id)
    }

    /// The ids, in the order of the data files, packs last.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.heads().map(|(id, _)| id)
    }

    /// Id and term of each entry, without parsing it.
    pub fn heads(&self) -> impl Iterator<Item = (&str, &str)> {
        self.live().map(|entry| (entry.id.as_str(), entry.term.as_str()))
    }

    /// Every entry, parsed as it is reached. For a search over all of it; costly.
    pub fn iter(&self) -> impl Iterator<Item = Term> {
        self.live().filter_map(Entry::parse)
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

    fn parse(&self) -> Option<Term> {
        let line = match &self.body {
            Body::BuiltIn(line) => *line,
            Body::Pack(term) => return Some(Term::clone(term)),
            Body::Replaced(_) => return None,
        };
        let value: Value = serde_json::from_str(ENTRIES.lines().nth(line)?).ok()?;
        let numbers = value.get("sources").and_then(Value::as_array).into_iter().flatten();
        Some(Term {
            id: self.id.clone(),
            term: self.term.clone(),
            aliases: self.aliases.clone(),
            sources: numbers.filter_map(|number| source(number.as_u64()?)).collect(),
            ..read::term(&value)
        })
    }
}

/// An entry from its line of the index.
fn entry(index: &str, line: usize) -> Entry {
    let mut fields = index.split('\t').map(str::to_owned);
    let mut next = || fields.next().unwrap_or_default();
    let (id, term) = (next(), next());
    let (mut aliases, mut guards) = (Vec::new(), Guards::default());
    for field in fields {
        match field.split_at_checked(1) {
            Some(("<", text)) => guards.before.push(text.to_owned()),
            Some((">", text)) => guards.after.push(text.to_owned()),
            _ => aliases.push(field),
        }
    }
    Entry { id, term, aliases, guards, body: Body::BuiltIn(line) }
}

fn source(number: u64) -> Option<Source> {
    let mut fields = SOURCES.lines().nth(usize::try_from(number).ok()?)?.split('\t').map(str::to_owned);
    let mut next = || fields.next().unwrap_or_default();
    Some(Source { title: next(), publisher: next(), date: next(), url: next() })
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
            .filter(move |(_, entry)| pack == matches!(entry.body, Body::Pack(_)))
            .flat_map(move |(at, entry)| entry.aliases.iter().map(move |alias| (alias.as_str(), at)))
    };
    let terms = |pack: bool| {
        entries
            .iter()
            .enumerate()
            .filter(move |(_, entry)| pack == matches!(entry.body, Body::Pack(_)))
            .map(|(at, entry)| (entry.term.as_str(), at))
    };
    let surfaces = aliases(false).chain(terms(false)).chain(aliases(true)).chain(terms(true));
    Matcher::new(surfaces.map(|(surface, at)| (surface, target(at))))
}
