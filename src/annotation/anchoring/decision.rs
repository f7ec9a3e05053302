//! Which of several sites the words came to, if any.
//!
//! Shares are 0 to 1, by [`Weights`]. The bounds were chosen on edited texts whose answer is known
//! (`examples/edited_cases`), made up and real; a tenth more or less of any changes few answers.

use super::quote::Quote;
use super::site::Site;
use super::weight::Weights;
use super::{Anchoring, low_bits};
use crate::sort::sort_by;
use crate::text::Span;

/// So much of the context is there that it is the place. A sentence of the same make in another
/// paragraph has less.
const CONTEXT_SPEAKS: f64 = 0.75;
/// Less is enough if it is this many times what any other place has. Half of the context may be cut or
/// rewritten: where a text does not repeat itself, no other place has a tenth of it.
const STANDS_OUT: (f64, f64) = (0.4, 4.0);
/// So much of the rest of the sentence is there that it is that sentence, wherever it went. Room for
/// an edit of a common word; another sentence of the same make differs in the rare ones.
const SAME_SENTENCE: f64 = 0.92;
/// A sentence or a piece of one is known by this much beside the words, in code points: less is what
/// stands beside the same words everywhere.
const SENTENCE: usize = 3;
/// Words of this length, in code points, hardly stand in two places by accident.
const LONG: usize = 12;
/// A quotation this long is its own evidence, even where nothing of its context is left.
const VERY_LONG: usize = 17;
/// A very long one that was edited has to keep this much of its words, and of its context.
const EDITED: (f64, f64) = (0.7, 0.25);
/// Of what moved with the words, this much at most is still where they stood: common characters.
const LEFT_BEHIND: f64 = 0.2;
/// How much better than the next one a place has to be: three characters of the context.
const MARGIN: f64 = 0.05;
/// One of two places that are alike is meant if the other one is this many times farther from the old
/// one. If the meant one was deleted, the others are about as far from it as from each other.
const FARTHER: usize = 5;

/// Decides between the sites of the very words and the others.
pub(super) fn decide(
    quote: &Quote,
    weights: &Weights,
    old: Option<usize>,
    of_words: &[Site],
    others: &[Site],
) -> Anchoring {
    let evidence = Evidence { quote, weights };
    let mut places: Vec<Site> = of_words.to_vec();
    let mut hole: Option<Site> = None;
    for site in others {
        if 2 * site.kept >= quote.words().len() {
            places.push(*site);
        } else if hole.is_none_or(|hole| weights.share(&hole) < weights.share(site)) {
            hole = Some(*site);
        }
    }
    let sites: Vec<Site> = places.iter().chain(others).copied().collect();
    places.retain(|place| {
        let apart = sites.iter().filter(|site| !site.span.overlaps(place.span));
        let elsewhere = apart.map(|site| weights.share(site)).fold(0.0, f64::max);
        evidence.fits(place, hole.as_ref(), elsewhere)
    });
    // Stable: of two readings of one place that of the very words comes first.
    sort_by(&mut places, |one, other| evidence.rank(other).total_cmp(&evidence.rank(one)));
    let Some(best) = places.first().copied() else { return Anchoring::Orphan };
    let mut rivals: Vec<Site> = Vec::new();
    for place in places {
        let is_near = evidence.rank(&place) + MARGIN > evidence.rank(&best);
        if is_near && !rivals.iter().any(|rival| rival.span.overlaps(place.span)) {
            rivals.push(place);
        }
    }
    let spans: Vec<Span> = rivals.iter().map(|rival| rival.span).collect();
    match rivals.iter().find(|rival| Some(rival.span) == by_place(&spans, old)) {
        Some(place) => evidence.answer(place, old),
        None => Anchoring::Ambiguous { candidates: spans },
    }
}

/// The one of places that are alike: the one by the old place, if the others are far from it.
pub(super) fn by_place(alike: &[Span], old: Option<usize>) -> Option<Span> {
    if let [only] = alike {
        return Some(*only);
    }
    let old = old?;
    let distance = |span: &&Span| span.start().index().abs_diff(old);
    let nearest = alike.iter().min_by_key(distance)?;
    let next = alike.iter().filter(|span| *span != nearest).min_by_key(distance)?;
    (distance(&nearest) * FARTHER < distance(&next)).then_some(*nearest)
}

struct Evidence<'a> {
    quote: &'a Quote,
    weights: &'a Weights,
}

impl Evidence<'_> {
    /// Orders sites: the share of the context, and the words as if they were context of the common
    /// length. A lost word counts double, so that the words themselves go before what is like them.
    fn rank(&self, site: &Site) -> f64 {
        let lost = self.quote.words().len() - site.kept;
        self.weights.share(site) + (site.kept as f64 - 2.0 * lost as f64) / 64.0
    }

    /// Whether the context speaks for a place that has the words or half of them. `hole` is the likeliest
    /// place where they stood and no longer do, `elsewhere` the most that any other place has of it.
    fn fits(&self, place: &Site, hole: Option<&Site>, elsewhere: f64) -> bool {
        let len = self.quote.words().len();
        let (words, context) = (self.words_share(place), self.weights.share(place));
        let is_whole = words == 1.0;
        // So much has come between the halves that they are no longer one.
        if place.span.len() > 2 * len + 6 {
            return false;
        }
        if self.quote.before + self.quote.after == 0 {
            return is_whole || len >= LONG && words >= EDITED.0;
        }
        let same_sentence = self.sentence_share(place) >= SAME_SENTENCE;
        if let Some(hole) = hole {
            let (share, gone) = (self.weights.share(hole), self.gone(hole));
            let all = self.weights.of(gone.0, gone.1);
            let here = self.weights.of(place.before & gone.0, place.after & gone.1);
            let count = (gone.0.count_ones() + gone.1.count_ones()) as usize;
            let twice = self.weights.of(place.before & hole.before, place.after & hole.after);
            let is_gone_there = twice <= LEFT_BEHIND * context;
            // A piece of the text has moved: what is gone there is here, and all the rest is still there.
            if is_gone_there
                && count >= SENTENCE
                && here >= SAME_SENTENCE * all
                && share + all >= CONTEXT_SPEAKS
            {
                return true;
            }
            // More of the quotation is left there than is here. If the words went alone they were deleted,
            // and the same words here are other ones, unless they are too many.
            if share >= self.rank(place) {
                return is_gone_there && if count == 0 { is_whole && len >= LONG } else { same_sentence };
            }
        }
        if context >= STANDS_OUT.0 && context >= STANDS_OUT.1 * elsewhere {
            return true;
        }
        let very_long = is_whole || words > EDITED.0 && context > EDITED.1;
        context >= CONTEXT_SPEAKS || same_sentence || len >= VERY_LONG && very_long
    }

    /// What is gone with the words, next to them, where nothing of them is left.
    fn gone(&self, hole: &Site) -> (u32, u32) {
        let run = |mask: u32, context: usize| low_bits(context.min(mask.trailing_zeros() as usize));
        (run(hole.before, self.quote.before), run(hole.after, self.quote.after))
    }

    /// How much of the words is there, and of what is there is of the words, 0 to 1.
    fn words_share(&self, site: &Site) -> f64 {
        site.kept as f64 / self.quote.words().len().max(site.span.len()) as f64
    }

    /// How much of the rest of the sentence stands around the words, 0 to 1; 0 where there is no rest.
    fn sentence_share(&self, place: &Site) -> f64 {
        const STOPS: &[char] = &['。', '！', '？', '；', '\n', ';', '!', '?'];
        let is_stop = |c: &char| STOPS.contains(c);
        let quote = self.quote;
        let before = quote.prefix().iter().rev().position(is_stop).unwrap_or(quote.before);
        let after = match quote.words().last() {
            Some(last) if is_stop(last) => 0,
            _ => quote.suffix().iter().position(is_stop).map_or(quote.after, |stop| stop + 1),
        };
        if before + after < SENTENCE {
            return 0.0;
        }
        let (before, after) = (low_bits(before), low_bits(after));
        self.weights.of(place.before & before, place.after & after) / self.weights.of(before, after)
    }

    fn answer(&self, place: &Site, old: Option<usize>) -> Anchoring {
        let (span, words, context) = (place.span, self.words_share(place), self.weights.share(place));
        let score = (words + context) / 2.0;
        if words < 1.0 {
            Anchoring::Edited { span, score }
        } else if old == Some(span.start().index()) {
            Anchoring::Exact { span }
        } else {
            Anchoring::Moved { span, score }
        }
    }
}
