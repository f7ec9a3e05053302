//! Where a note's words stand in the text of today.
//!
//! First the words themselves, wherever they occur, told apart by what stands around them; where no
//! occurrence fits its context, the stretch of text that is most like the words with their context. A
//! wrong place is worse than none: what is not clearly one place is ambiguous or an orphan.

mod approximate;
mod context;
mod exact;
mod pattern;

use super::{Target, TextQuote};
use crate::text::{IndexedText, Offset, Span};
use context::Context;

/// Where a note's words stand now. Scores are 0 to 1; 1 is the words in their whole context.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchoring {
    /// Where they stood when the note was written.
    Exact {
        /// The place.
        span: Span,
    },
    /// The same words at another place.
    Moved {
        /// The place.
        span: Span,
        /// How well the context fits.
        score: f64,
    },
    /// Words that came of them: the text was changed there.
    Edited {
        /// The place.
        span: Span,
        /// How like they are, words and context.
        score: f64,
    },
    /// More than one place fits as well.
    Ambiguous {
        /// The places, best first.
        candidates: Vec<Span>,
    },
    /// No place fits.
    Orphan,
}

impl Anchoring {
    /// The one place, where there is one.
    pub const fn span(&self) -> Option<Span> {
        match self {
            Self::Exact { span } | Self::Moved { span, .. } | Self::Edited { span, .. } => Some(*span),
            Self::Ambiguous { .. } | Self::Orphan => None,
        }
    }

    /// The words there are no longer the ones quoted.
    pub const fn is_edited(&self) -> bool {
        matches!(self, Self::Edited { .. })
    }

    /// Several places fit.
    pub const fn is_ambiguous(&self) -> bool {
        matches!(self, Self::Ambiguous { .. })
    }

    /// The name of the answer: `exact`, `moved`, `edited`, `ambiguous`, `orphan`.
    pub const fn status(&self) -> &'static str {
        match self {
            Self::Exact { .. } => "exact",
            Self::Moved { .. } => "moved",
            Self::Edited { .. } => "edited",
            Self::Ambiguous { .. } => "ambiguous",
            Self::Orphan => "orphan",
        }
    }

    /// How sure the place is, 0 to 1.
    pub const fn score(&self) -> f64 {
        match self {
            Self::Exact { .. } => 1.0,
            Self::Moved { score, .. } | Self::Edited { score, .. } => *score,
            Self::Ambiguous { .. } | Self::Orphan => 0.0,
        }
    }
}

/// A place that may be the one, with how like it is.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    span: Span,
    /// 0 to 1.
    score: f64,
}

/// How much better than the next one a place has to be.
const MARGIN: f64 = 0.06;

/// Finds targets in one text.
pub struct Anchorer<'text> {
    text: &'text IndexedText,
    chars: Vec<char>,
}

impl<'text> Anchorer<'text> {
    /// Reads the text once; each target is then found in time linear in it.
    pub fn new(text: &'text IndexedText) -> Self {
        Self { text, chars: text.as_str().chars().collect() }
    }

    /// Where the words of a target stand now.
    pub fn anchor(&self, target: &Target) -> Anchoring {
        let quote = Quote::new(&target.quote);
        if quote.exact.is_empty() {
            return Anchoring::Orphan;
        }
        let found = exact::candidates(self, &quote);
        let fitting: Vec<Candidate> =
            found.iter().copied().filter(|found| found.score >= exact::least_context(&quote)).collect();
        // Untouched text first: of places whose context is the same, it is the one where it stood.
        let stayed = target.position.and_then(|at| fitting.iter().find(|found| found.span == at));
        if let Some(stayed) = stayed
            && fitting.iter().all(|other| other.score <= stayed.score)
        {
            return Anchoring::Exact { span: stayed.span };
        }
        if let Some(best) = fitting.first()
            && best.score >= exact::GOOD_CONTEXT
        {
            return answer(&fitting, |found| match target.position {
                Some(at) if at == found.span => Anchoring::Exact { span: at },
                _ => Anchoring::Moved { span: found.span, score: (1.0 + found.score) / 2.0 },
            });
        }
        let edited = approximate::candidates(self, &quote);
        let best_exact = fitting.first().map_or(0.0, |best| (1.0 + best.score) / 2.0);
        if edited.first().is_some_and(|best| best.score > best_exact) {
            return answer(&edited, |found| {
                if self.chars.get(found.span.range()) == Some(&quote.exact[..]) {
                    Anchoring::Moved { span: found.span, score: found.score }
                } else {
                    Anchoring::Edited { span: found.span, score: found.score }
                }
            });
        }
        answer(&fitting, |found| Anchoring::Moved { span: found.span, score: (1.0 + found.score) / 2.0 })
    }

    fn context(&self, quote: &Quote, span: Span) -> Context {
        Context::new(&self.chars, quote, span)
    }

    /// The places where the text holds exactly these words, overlapping ones too.
    fn occurrences(&self, words: &str) -> Vec<Offset> {
        let Some(first) = words.chars().next() else { return Vec::new() };
        let (text, mut places) = (self.text.as_str(), Vec::new());
        let (mut byte, mut offset) = (0, 0);
        while let Some(found) = text[byte..].find(words) {
            offset += text[byte..byte + found].chars().count();
            places.push(Offset::from(offset));
            byte += found + first.len_utf8();
            offset += 1;
        }
        places
    }
}

/// The best candidate where it is clearly the best; they are in order, best first.
fn answer(candidates: &[Candidate], found: impl Fn(Candidate) -> Anchoring) -> Anchoring {
    match candidates {
        [] => Anchoring::Orphan,
        [best] => found(*best),
        [best, next, ..] if best.score - next.score >= MARGIN => found(*best),
        [best, ..] => {
            let rivals = candidates.iter().take_while(|rival| best.score - rival.score < MARGIN);
            Anchoring::Ambiguous { candidates: rivals.map(|rival| rival.span).collect() }
        }
    }
}

/// A quotation as characters, cut to what is compared.
struct Quote {
    words: String,
    exact: Vec<char>,
    prefix: Vec<char>,
    suffix: Vec<char>,
}

impl Quote {
    fn new(quote: &TextQuote) -> Self {
        let mut prefix: Vec<char> = quote.prefix.chars().rev().take(super::CONTEXT).collect();
        prefix.reverse();
        Self {
            words: quote.exact.clone(),
            exact: quote.exact.chars().collect(),
            prefix,
            suffix: quote.suffix.chars().take(super::CONTEXT).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
