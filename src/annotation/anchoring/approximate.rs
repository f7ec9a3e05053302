//! The stretch of text that came of the quoted words, found by the words and their context together.

use super::{Anchorer, Candidate, Quote, pattern};
use crate::sort::{sort_by, sort_by_key};
use crate::text::Span;

/// Longer quotations are found by their two ends, in code points.
const LONGEST: usize = 256;
/// How much of each end.
const END: usize = 96;
/// How many of the pattern's characters may be wrong.
const WRONG: f64 = 0.55;
/// How many places are compared closely.
const COMPARED: usize = 8;
/// The least score of words and context together.
const LEAST: f64 = 0.62;

/// The likely places, best first.
pub(super) fn candidates(anchorer: &Anchorer<'_>, quote: &Quote) -> Vec<Candidate> {
    if quote.exact.len() > LONGEST { by_ends(anchorer, quote) } else { whole(anchorer, quote) }
}

fn whole(anchorer: &Anchorer<'_>, quote: &Quote) -> Vec<Candidate> {
    let sought: Vec<char> =
        [&quote.prefix[..], &quote.exact, &quote.suffix].into_iter().flatten().copied().collect();
    let inner = quote.prefix.len()..quote.prefix.len() + quote.exact.len();
    let distances = pattern::distances(&anchorer.chars, &sought);
    let most = (sought.len() as f64 * WRONG) as u32;
    let mut ends: Vec<(u32, usize)> = distances
        .iter()
        .enumerate()
        .filter(|&(at, &distance)| {
            let next = distances.get(at + 1).copied().unwrap_or(u32::MAX);
            let last = at.checked_sub(1).map_or(u32::MAX, |last| distances[last]);
            distance <= most && distance <= next && distance < last
        })
        .map(|(at, &distance)| (distance, at + 1))
        .collect();
    sort_by_key(&mut ends, |end| *end);
    let mut apart: Vec<usize> = Vec::new();
    for (_, end) in ends {
        if apart.len() == COMPARED {
            break;
        }
        if apart.iter().all(|other| other.abs_diff(end) > sought.len() / 3) {
            apart.push(end);
        }
    }
    let mut found: Vec<Candidate> = Vec::new();
    for end in apart {
        let start = end.saturating_sub(sought.len() + most as usize);
        let Some(range) = pattern::aligned(&sought, &anchorer.chars[start..end], inner.clone()) else {
            continue;
        };
        let span = Span::new(start + range.start, start + range.end);
        if let Some(score) = score(anchorer, quote, span)
            && !found.iter().any(|other| other.span.overlaps(span))
        {
            found.push(Candidate { span, score });
        }
    }
    sort_by(&mut found, |one, other| other.score.total_cmp(&one.score));
    found
}

/// How like a stretch is, words and context; `None` where it is too unlike.
///
/// The fewer the words, the more the context has to say.
fn score(anchorer: &Anchorer<'_>, quote: &Quote, span: Span) -> Option<f64> {
    let there = anchorer.chars.get(span.range())?;
    let longer = quote.exact.len().max(there.len()).max(1);
    let words = 1.0 - pattern::distance(&quote.exact, there) as f64 / longer as f64;
    let context = anchorer.context(quote, span).score();
    let (least_words, least_context) = match quote.exact.len() {
        0..=1 => return None,
        2..=4 => (0.5, 0.7),
        5..=12 => (0.45, 0.5),
        _ => (0.4, 0.25),
    };
    let score = 0.5 * words + 0.5 * context;
    (words >= least_words && context >= least_context && score >= LEAST).then_some(score)
}

/// A long quotation reaches from where its head is to where its tail is.
fn by_ends(anchorer: &Anchorer<'_>, quote: &Quote) -> Vec<Candidate> {
    let len = quote.exact.len();
    let part = |from: usize, to: usize| {
        let exact = quote.exact[from..to].to_vec();
        let words = exact.iter().collect();
        let before = from.saturating_sub(super::super::CONTEXT);
        let after = (to + super::super::CONTEXT).min(len);
        let prefix = if from == 0 { quote.prefix.clone() } else { quote.exact[before..from].to_vec() };
        let suffix = if to == len { quote.suffix.clone() } else { quote.exact[to..after].to_vec() };
        whole(anchorer, &Quote { words, exact, prefix, suffix })
    };
    let (heads, tails) = (part(0, END), part(len - END, len));
    let mut found = Vec::new();
    for head in heads {
        for tail in &tails {
            let (start, end) = (head.span.start(), tail.span.end());
            let there = end.index().saturating_sub(start.index());
            if there > len / 2 && there < len * 2 {
                found.push(Candidate { span: Span::new(start, end), score: head.score.min(tail.score) });
            }
        }
    }
    sort_by(&mut found, |one, other| other.score.total_cmp(&one.score));
    found
}
