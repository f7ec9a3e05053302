//! [`Study`]: an article with what was recognised in it, as the interface reads it.

use crate::article::Article;
use crate::lexicon::Kind;
use crate::lexicon::glossary::{Glossary, Term};
use crate::recognition::{EntityId, Recognition};
use std::rc::Rc;

/// An article with what was recognised in it.
pub struct Study {
    /// The article.
    pub article: Rc<Article>,
    /// Its mentions and entities.
    pub recognition: Recognition,
    /// The glossary that its terms come from.
    pub glossary: Glossary,
}

/// One page of the card.
#[derive(Clone, Debug, PartialEq)]
pub enum CardPage {
    /// An entity of the article.
    Entity(EntityId),
    /// A glossary term, by id.
    Term(String),
}

impl Study {
    /// The mention that shows another: itself, or the outermost around it.
    pub fn shown(&self, mention: usize) -> Option<usize> {
        let mut shown = mention;
        while let Some(parent) = self.recognition.mentions.get(shown)?.parent {
            shown = parent;
        }
        Some(shown)
    }

    /// The glossary entries of the terms that the article uses, in its order.
    pub fn terms(&self) -> Vec<Term> {
        use crate::recognition::Relation;
        let facts = self.recognition.entities.iter().flat_map(|entity| &entity.facts);
        let mut terms: Vec<Term> = Vec::new();
        // An organ and its short form are two entities, and may have one entry.
        for fact in facts.filter(|fact| fact.relation == Relation::DefinedAs) {
            if terms.iter().all(|term| term.id != fact.value) {
                terms.extend(self.entry(&fact.value));
            }
        }
        terms
    }

    /// An entry; only what is known of it at once while the rest has not come.
    fn entry(&self, id: &str) -> Option<Term> {
        self.glossary.term(id).or_else(|| {
            let head = self.glossary.head(id)?;
            let (term, pinyin) = (head.term.to_owned(), head.pinyin.to_owned());
            Some(Term { id: id.to_owned(), term, pinyin, category: head.category, ..Term::default() })
        })
    }

    /// [`Study::terms`], and the reader's own that the article does not use.
    pub fn terms_with(&self, own: &[Term]) -> Vec<Term> {
        let mut terms = self.terms();
        terms.extend(
            own.iter().filter(|own| terms.iter().all(|term| term.id != own.id)).cloned().collect::<Vec<_>>(),
        );
        terms
    }

    /// The mentions of what a page of the card shows, as indices into the recognition's mentions.
    pub fn mentions_of(&self, page: Option<&CardPage>) -> &[usize] {
        use crate::recognition::Relation;
        let entity = match page {
            Some(CardPage::Entity(id)) => self.recognition.entities.get(id.index()),
            Some(CardPage::Term(id)) => self.recognition.entities.iter().find(|entity| {
                let defines = |fact: &crate::recognition::Fact| {
                    fact.relation == Relation::DefinedAs && fact.value == *id
                };
                entity.facts.iter().any(defines)
            }),
            None => None,
        };
        entity.map_or(&[], |entity| &entity.mentions)
    }

    /// The card page of an entity: a term's is its glossary entry.
    pub fn page_of(&self, entity: EntityId) -> CardPage {
        use crate::recognition::Relation;
        let term = self.recognition.entities.get(entity.index()).filter(|entity| entity.kind == Kind::Term);
        let id = term.and_then(|term| term.facts.iter().find(|fact| fact.relation == Relation::DefinedAs));
        id.map_or(CardPage::Entity(entity), |fact| CardPage::Term(fact.value.clone()))
    }
}
