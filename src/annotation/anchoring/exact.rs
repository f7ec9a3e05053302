//! The quoted words where they still stand as quoted, told apart by their context.

use super::{Anchorer, Candidate, Quote};
use crate::sort::sort_by;
use crate::text::{Offset, Span};

/// A context that leaves no doubt.
pub(super) const GOOD_CONTEXT: f64 = 0.6;

/// How many occurrences are compared closely: the others have less of the context next to them.
const COMPARED: usize = 48;

/// The least context for words of this length: two characters may stand anywhere, a whole sentence is
/// its own evidence.
pub(super) fn least_context(quote: &Quote) -> f64 {
    match quote.exact.len() {
        0..=2 => 0.5,
        3..=4 => 0.42,
        5..=8 => 0.3,
        9..=16 => 0.15,
        _ => 0.0,
    }
}

/// The occurrences of the words, best context first, each with the likeness of its context.
pub(super) fn candidates(anchorer: &Anchorer<'_>, quote: &Quote) -> Vec<Candidate> {
    let mut places = anchorer.occurrences(&quote.words);
    if places.len() > COMPARED {
        // Work stays bounded on a text that repeats itself: the nearest characters choose whom to look at.
        let touching: Vec<usize> = places.iter().map(|&place| touching(anchorer, quote, place)).collect();
        let most = quote.prefix.len() + quote.suffix.len();
        let enough = |least: &usize| touching.iter().filter(|&count| count >= least).count() >= COMPARED;
        let least = (0..=most).rev().find(enough).unwrap_or_default();
        let mut counts = touching.iter();
        places.retain(|_| counts.next().is_some_and(|count| *count >= least));
        places.truncate(4 * COMPARED);
    }
    let mut found: Vec<Candidate> = places
        .into_iter()
        .map(|start| {
            let span = Span::new(start.index(), start.index() + quote.exact.len());
            Candidate { span, score: anchorer.context(quote, span).score() }
        })
        .collect();
    sort_by(&mut found, |one, other| other.score.total_cmp(&one.score).then(one.span.cmp(&other.span)));
    found
}

/// How many characters of the context stand right next to the words, both sides together.
fn touching(anchorer: &Anchorer<'_>, quote: &Quote, start: Offset) -> usize {
    let (start, end) = (start.index(), start.index() + quote.exact.len());
    let before = anchorer.chars[..start].iter().rev().zip(quote.prefix.iter().rev());
    let after = anchorer.chars[end..].iter().zip(&quote.suffix);
    before.take_while(|(there, wanted)| there == wanted).count()
        + after.take_while(|(there, wanted)| there == wanted).count()
}
