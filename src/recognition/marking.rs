//! Which mentions of terms a reader sees marked: an article that says 改革 forty times need not
//! underline it forty times.

use super::Recognition;
use crate::lexicon::Kind;
use crate::text::Span;

/// How often a term is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marking {
    /// Wherever it stands.
    All,
    /// Where it stands first in each paragraph.
    #[default]
    Paragraph,
    /// Where it stands first in the article.
    Article,
    /// Nowhere.
    None,
}

impl Marking {
    /// Every choice, in the order in which they are offered.
    pub const CHOICES: [Self; 4] = [Self::Paragraph, Self::Article, Self::All, Self::None];

    /// Its name where it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Paragraph => "paragraph",
            Self::Article => "article",
            Self::None => "none",
        }
    }

    /// The choice of this name; of an unknown name, the usual one.
    pub fn from_name(name: &str) -> Self {
        Self::CHOICES.into_iter().find(|choice| choice.name() == name).unwrap_or_default()
    }
}

/// The mentions that are not marked, as indices in order: of kinds that are `hidden`, and of terms as
/// `marking` says. Only those count that the page shows
/// as words of their own; `paragraph` numbers the paragraph of a span.
pub fn unmarked(
    recognition: &Recognition,
    marking: Marking,
    hidden: &[Kind],
    paragraph: impl Fn(Span) -> usize,
) -> Vec<usize> {
    // For each entity, the paragraph in which it was marked last.
    let mut marked: Vec<Option<usize>> = vec![None; recognition.entities.len()];
    let mentions = recognition.mentions.iter().enumerate();
    let shown = mentions.filter(|(_, mention)| mention.parent.is_none());
    let quiet = shown.filter(|(_, mention)| {
        if hidden.contains(&mention.kind) || mention.kind != Kind::Term {
            return hidden.contains(&mention.kind);
        }
        let Some(last) = marked.get_mut(mention.entity.index()) else { return true };
        let here = paragraph(mention.span);
        match marking {
            Marking::All => false,
            Marking::None => true,
            Marking::Article => last.replace(here).is_some(),
            Marking::Paragraph => last.replace(here) == Some(here),
        }
    });
    quiet.map(|(index, _)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognition::{TermSpan, overlay_terms};

    #[test]
    fn a_choice_says_which_mentions_are_marked() {
        // Two paragraphs: a b a | a b, and b once more inside a longer term.
        let term = |start: usize, len: usize, id: &str| TermSpan {
            span: Span::new(start, start + len),
            id: id.to_owned(),
            term: id.to_owned(),
        };
        let terms =
            [(0, 2, "a"), (2, 2, "b"), (4, 2, "a"), (10, 2, "a"), (12, 2, "b"), (20, 6, "c"), (22, 2, "b")];
        let spans = terms.map(|(start, len, id)| term(start, len, id));
        let recognition = overlay_terms(Recognition::default(), &spans);
        let paragraph = |span: Span| span.start().index() / 10;
        for (marking, quiet) in [
            (Marking::All, &[][..]),
            (Marking::Paragraph, &[2]),
            (Marking::Article, &[2, 3, 4]),
            (Marking::None, &[0, 1, 2, 3, 4, 5]),
        ] {
            assert_eq!(unmarked(&recognition, marking, &[], paragraph), quiet, "{marking:?}");
            assert_eq!(Marking::from_name(marking.name()), marking);
        }
        assert_eq!(unmarked(&recognition, Marking::All, &[Kind::Term], paragraph), [0, 1, 2, 3, 4, 5]);
        assert_eq!(unmarked(&recognition, Marking::All, &[Kind::Person], paragraph), [0; 0]);
        assert_eq!(Marking::from_name("?"), Marking::Paragraph);
    }
}
