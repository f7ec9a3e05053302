//! What recognition answers: mentions, the entities they refer to, and what the article says of them.

use crate::lexicon::Kind;
use crate::text::Span;

/// An entity of one [`Recognition`]: an index into [`Recognition::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

impl EntityId {
    /// The index into [`Recognition::entities`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A span of the text that names an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// What sort of thing it names.
    pub kind: Kind,
    /// What it refers to.
    pub entity: EntityId,
    /// The smallest mention around it, as an index into [`Recognition::mentions`]; the page shows
    /// mentions without a parent, and their cards lead to the ones inside.
    pub parent: Option<usize>,
}

/// How a [`Fact`] relates an entity to its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// A person holds this role.
    HoldsRole,
    /// A role or an organisation: this person holds the role, or belongs to the organisation.
    HeldBy,
    /// An organisation or place lies within this one (a place's full administrative path).
    PartOf,
    /// Another name for the same thing in this article.
    AlsoCalled,
    /// A document was issued by this organisation.
    IssuedBy,
    /// A term's glossary entry: the value is its id.
    DefinedAs,
    /// What a site's own pack says of it.
    DescribedAs,
    /// The pack that knows it: the value is the pack's name.
    KnownFrom,
}

/// One thing that the article says, or lets infer, of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// How the value relates to the entity.
    pub relation: Relation,
    /// The value in the article's words where it has them.
    pub value: String,
    /// The entity that the value names, where there is one.
    pub target: Option<EntityId>,
    /// The words of the article that say so: the card quotes the sentence around them.
    pub evidence: Option<Span>,
    /// Concluded from context rather than stated.
    pub inferred: bool,
}

/// A person, organisation, place … of the article, named by one mention or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What sort of thing it is.
    pub kind: Kind,
    /// Its fullest name: 忻州市 for a bare 忻州.
    pub name: String,
    /// Its mentions in text order, as indices into [`Recognition::mentions`].
    pub mentions: Vec<usize>,
    /// What the article says of it, in text order.
    pub facts: Vec<Fact>,
}

/// Everything recognised in one text.
///
/// Invariants: mentions are sorted by start, longer first; two of them are disjoint or nested, never
/// crossing; none crosses a `\n`; no two have the same span and kind; every mention is listed by
/// exactly the entity it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognition {
    /// Every mention, nested ones included.
    pub mentions: Vec<Mention>,
    /// What they refer to.
    pub entities: Vec<Entity>,
}
