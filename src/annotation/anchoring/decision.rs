//! Which of several sites the words came to, if any.
//!
//! Shares are 0 to 1, by [`Weights`]. The bounds were chosen on edited texts whose answer is known
//! (`examples/edited_cases`), made up and real; a tenth more or less of any changes few answers.

use super::super::CONTEXT;
use super::quote::Quote;
use super::site::Site;
use super::weight::Weights;
use super::{ALIKE, Anchoring, low_bits};
use crate::text::Span;

/// So much of the context is there that it is the place. A sentence of the same make in another
/// paragraph has less. Of a sentence beside a hole so much has to be there.
const CONTEXT_SPEAKS: f64 = 0.75;
/// Less is enough if it is more than others have: half of the context may be cut or rewritten.
const HALF: f64 = 0.5;
/// This many times what any other place has: where a text does not repeat itself, none has a tenth of it.
const STANDS_OUT: f64 = 4.0;
/// So much of the rest of the sentence is there that it is that sentence, wherever it went. Room for
/// an edit of a common word; another sentence of the same make differs in the rare ones.
const SAME_SENTENCE: f64 = 0.9;
/// With less than half of the whole context it stands about where it stood, in code points: farther away it
/// is a set phrase that the text has twice.
const ABOUT: usize = 100;
/// A sentence or a piece of one is known by this much beside the words, in code points: less is what
/// stands beside the same words everywhere.
const SENTENCE: usize = 3;
/// Fewer words than this, in code points, are known by their context alone once one is lost.
const FEW: usize = 4;
/// Words of this length, in code points, hardly stand in two places by accident.
const LONG: usize = 12;
/// A long one without context that was edited has to keep this much of its words.
const EDITED: f64 = 0.7;
/// This near to the old place, in code points, hardly anything else has come to stand.
const NEAR: usize = 40;
/// So near, half of the context is enough; or so much, if it is this many times what any other place has.
const NEAR_ENOUGH: (f64, f64) = (0.2, 2.0);
/// One side of the context is enough where all of it is there, if no other place has all but this much
/// of it, in code points: what stood on the other side was cut.
const OWN: usize = 5;
/// A piece of the text that moved has at least so many code points, the words included. Less is a thing of a
/// list, and stands in many.
const PIECE: usize = 8;
/// Of this many letters of such a piece one may be another: a misprint was put right. In a sentence of
/// the same make more of them differ.
const MISPRINT: usize = 16;
/// A piece has moved only from where this much of the context still is.
const LEFT_BEHIND: f64 = 0.3;
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
    chars: &[char],
) -> Anchoring {
    let hole = best_hole(quote, weights, others);
    let evidence = Evidence { quote, weights, of_words, others, chars, old };
    let mut fitting: Vec<(&Site, f64)> = Vec::new();
    // Of two readings of one place that of the very words comes first.
    for place in evidence.sites().filter(|site| !is_hole(quote, site)) {
        let elsewhere = evidence.apart(place).map(|site| weights.share(site)).fold(0.0, f64::max);
        let (mut trim, mut likeliest) = (*place, hole);
        for hole in place.holes(chars, quote) {
            if evidence.is_bridged(place, &hole)
                && likeliest.is_none_or(|likeliest| weights.share(&likeliest) <= weights.share(&hole))
            {
                (trim, likeliest) = (trimmed(place, &hole), Some(hole));
            }
        }
        let rank = match hole {
            Some(hole) if evidence.changed_places(place, &hole) => {
                Some(evidence.rank(place) + weights.share(&hole))
            }
            _ => evidence.judge(&trim, likeliest.as_ref(), elsewhere),
        };
        fitting.extend(rank.map(|rank| (place, rank)));
    }
    let best = fitting.iter().map(|(_, rank)| *rank).fold(f64::MIN, f64::max);
    let is_near = |rank: f64| rank + MARGIN > best;
    let mut rivals: Vec<Span> = Vec::new();
    for (place, rank) in &fitting {
        if is_near(*rank) && !rivals.iter().any(|rival| rival.overlaps(place.span)) {
            rivals.push(place.span);
        }
    }
    let meant = by_place(&rivals, old);
    match fitting.iter().find(|(place, rank)| is_near(*rank) && Some(place.span) == meant) {
        Some((place, _)) if hole.is_some_and(|hole| evidence.stood_before(place, &hole)) => Anchoring::Orphan,
        Some((place, _)) => match evidence.answer(place, old) {
            Anchoring::Moved { span, .. } if rivals.len() > 1 => Anchoring::Moved { span, score: ALIKE },
            answer => answer,
        },
        None if rivals.is_empty() => Anchoring::Orphan,
        None => Anchoring::Ambiguous,
    }
}

fn is_hole(quote: &Quote, site: &Site) -> bool {
    2 * site.kept < quote.words().len()
}

/// The likeliest place where the words stood and no longer do.
fn best_hole(quote: &Quote, weights: &Weights, others: &[Site]) -> Option<Site> {
    let holes = others.iter().filter(|site| is_hole(quote, site));
    holes.max_by(|one, other| weights.share(one).total_cmp(&weights.share(other))).copied()
}

/// The words with what went with them, where they are gone from the likeliest place.
pub(super) fn piece(quote: &Quote, weights: &Weights, others: &[Site]) -> Option<Quote> {
    let hole = best_hole(quote, weights, others)?;
    let (before, after) = gone(quote, &hole);
    let (before, after) = (before.count_ones() as usize, after.count_ones() as usize);
    let row = &quote.row[quote.before - before..quote.row.len() - quote.after + after];
    (before + after > 0).then(|| Quote { row: row.to_vec(), before, after })
}

/// A place without what is rather at a hole.
fn trimmed(place: &Site, hole: &Site) -> Site {
    Site { before: place.before & !hole.before, after: place.after & !hole.after, ..*place }
}

/// What is gone with the words, next to them, where nothing of them is left.
fn gone(quote: &Quote, hole: &Site) -> (u32, u32) {
    let run = |mask: u32, context: usize| low_bits(context.min(mask.trailing_zeros() as usize));
    (run(hole.before, quote.before), run(hole.after, quote.after))
}

/// The one of places that are alike: the one by the old place, if the others are far from it.
pub(super) fn by_place(alike: &[Span], old: Option<usize>) -> Option<Span> {
    if let [only] = alike {
        return Some(*only);
    }
    let old = old?;
    let (mut nearest, mut least, mut next) = (None, usize::MAX, usize::MAX);
    for span in alike {
        let distance = span.start().index().abs_diff(old);
        if distance < least {
            (nearest, next, least) = (Some(*span), least, distance);
        } else {
            next = next.min(distance);
        }
    }
    nearest.filter(|_| least * FARTHER < next)
}

struct Evidence<'a> {
    quote: &'a Quote,
    weights: &'a Weights,
    /// The sites of the very words.
    of_words: &'a [Site],
    /// The others that were looked at.
    others: &'a [Site],
    chars: &'a [char],
    old: Option<usize>,
}

impl Evidence<'_> {
    fn sites(&self) -> impl Iterator<Item = &Site> {
        self.of_words.iter().chain(self.others)
    }

    /// The sites that do not touch a place.
    fn apart(&self, place: &Site) -> impl Iterator<Item = &Site> {
        self.sites().filter(move |site| !site.span.overlaps(place.span))
    }

    /// Orders sites: the share of the context, and the words as if they were context of the common
    /// length. A lost word counts double, so that the words themselves go before what is like them.
    fn rank(&self, site: &Site) -> f64 {
        let lost = self.quote.words().len() - site.kept;
        self.weights.share(site) + (site.kept as f64 - 2.0 * lost as f64) / 64.0
    }

    /// The rank of a place where the words may be. `hole` is the likeliest place where they stood and no longer
    /// do, `elsewhere` the most that any other place has of the context.
    fn judge(&self, place: &Site, hole: Option<&Site>, elsewhere: f64) -> Option<f64> {
        if let Some(hole) = hole
            && self.moved(place, hole)
        {
            let gone = gone(self.quote, hole);
            let piece = Site { before: place.before & gone.0, after: place.after & gone.1, ..*place };
            return Some(self.rank(&piece) + self.weights.share(hole));
        }
        self.fits(place, hole, elsewhere).then(|| self.rank(place))
    }

    /// Whether the context speaks for a place that has the words or half of them, where it stands.
    fn fits(&self, place: &Site, hole: Option<&Site>, elsewhere: f64) -> bool {
        let len = self.quote.words().len();
        let (words, context) = (self.words_share(place), self.weights.share(place));
        let is_whole = words == 1.0;
        // So much has come between the halves that they are no longer one.
        if place.span.len() > 2 * len + 6 {
            return false;
        }
        if self.quote.before + self.quote.after == 0 {
            return is_whole || len >= LONG && words >= EDITED;
        }
        // Little is left of a few characters: both sides have to hold what stands for them.
        if !is_whole && len < FEW && (place.before == 0 || place.after == 0) {
            return false;
        }
        let same_sentence = self.sentence_share(place) >= SAME_SENTENCE;
        if let Some(hole) = hole {
            // More of the quotation is left there than is here: the words were deleted there, and the same words
            // here are other ones.
            if self.weights.share(hole) >= self.rank(place) && !(is_whole && self.has_whole_side(place, 20)) {
                return false;
            }
        }
        if context >= HALF && context >= STANDS_OUT * elsewhere {
            return true;
        }
        let (least, times) = NEAR_ENOUGH;
        if self.is_within(place, NEAR)
            && (context >= HALF || context >= least && context >= times * elsewhere)
        {
            return true;
        }
        if is_whole && self.has_whole_side(place, OWN) {
            return true;
        }
        // A passage longer than a side of the context is its own evidence.
        context >= CONTEXT_SPEAKS
            || is_whole && len > CONTEXT
            || same_sentence && (context >= HALF || self.is_within(place, ABOUT))
    }

    /// A place is so near to the old one.
    fn is_within(&self, place: &Site, reach: usize) -> bool {
        self.old.is_some_and(|old| place.span.start().index().abs_diff(old) < reach)
    }

    /// All of the context on one side is there, and in no other place; or it reaches to the end of the text
    /// as it did.
    fn has_whole_side(&self, place: &Site, least: usize) -> bool {
        let side = |mask: u32, len: usize, others: &dyn Fn(&Site) -> u32, is_edge: bool| {
            let shared = self.apart(place).map(|site| (others(site) & mask).count_ones() as usize).max();
            let own = len.saturating_sub(shared.unwrap_or_default());
            mask == low_bits(len) && (own >= least || is_edge && len < CONTEXT)
        };
        let Quote { before, after, .. } = *self.quote;
        side(place.before, before, &|site| site.before, place.span.start().index() == before)
            || side(
                place.after,
                after,
                &|site| site.after,
                place.span.end().index() + after == self.chars.len(),
            )
    }

    /// The context goes on at a hole, where it looked as if something had been put between: the words here
    /// are other ones beside it. Then the hole has what is lost here, or the sentence here is another.
    fn is_bridged(&self, place: &Site, hole: &Site) -> bool {
        let rest = (hole.before & !place.before).count_ones() + (hole.after & !place.after).count_ones();
        rest >= 3 || self.sentence_share(place) < CONTEXT_SPEAKS
    }

    /// How many letters of the context two masks have.
    fn letters(&self, before: u32, after: u32) -> usize {
        let count = |mask: u32, chars: &mut dyn Iterator<Item = &char>| {
            chars.enumerate().filter(|(at, c)| mask >> at & 1 == 1 && c.is_alphanumeric()).count()
        };
        count(before, &mut self.quote.prefix().iter().rev()) + count(after, &mut self.quote.suffix().iter())
    }

    /// A piece of the text has moved: what is gone there is here, from one stop to another, and what
    /// stood beside it is not. A sentence of the same make has less of it, or more than it.
    fn moved(&self, place: &Site, hole: &Site) -> bool {
        let (before, after) = gone(self.quote, hole);
        let (count_before, count_after) = (before.count_ones() as usize, after.count_ones() as usize);
        let (row, words) = (&self.quote.row, self.quote.inner());
        let is_stop = |at: usize| row.get(at).is_none_or(|c| !c.is_alphanumeric());
        let is_edge = |at: usize| at == 0 || is_stop(at - 1) || is_stop(at);
        let size = count_before + words.len() + count_after;
        let start = words.start - count_before;
        let piece = &row[start..start + size];
        let there = |at: usize| self.chars.get((place.span.start().index() + at).checked_sub(count_before)?);
        let lost =
            piece.iter().enumerate().filter(|(at, c)| c.is_alphanumeric() && there(*at) != Some(c)).count();
        let beyond = |here: u32, gone: u32| low_bits(here.trailing_ones() as usize) & !gone;
        (count_before + count_after > 0 || size >= LONG)
            && size >= PIECE
            && lost * MISPRINT <= size
            && is_edge(start)
            && is_edge(start + size)
            && self.letters(beyond(place.before, before), 0) <= 1
            && self.letters(0, beyond(place.after, after)) <= 1
            && self.weights.share(hole) >= LEFT_BEHIND
    }

    /// The words stand among what was put into the context of the hole, which had them only once: a thing of a list or a
    /// clause changed places with the one beside it.
    fn changed_places(&self, place: &Site, hole: &Site) -> bool {
        let words = self.quote.words();
        self.words_share(place) == 1.0
            && self.weights.share(hole) >= HALF
            && place.span.start().index() >= hole.bridges[0].unwrap_or(hole.span.start().index())
            && place.span.end().index() <= hole.bridges[1].unwrap_or(hole.span.end().index())
            && words.len() > 1
            && self.quote.row.windows(words.len()).filter(|row| row == &words).count() == 1
    }

    /// Words that went to the front pushed down what stood between. Where the hole is still in its old place,
    /// those before it stood there all along.
    fn stood_before(&self, place: &Site, hole: &Site) -> bool {
        let start = hole.span.start().index() + gone(self.quote, hole).0.count_ones() as usize;
        place.span.start() < hole.span.start() && self.old == Some(start) && !self.changed_places(place, hole)
    }

    /// How much of the words is there, and of what is there is of the words, 0 to 1.
    fn words_share(&self, site: &Site) -> f64 {
        site.kept as f64 / self.quote.words().len().max(site.span.len()) as f64
    }

    /// The rest of the sentence that the words stand in.
    fn sentence(&self) -> (u32, u32) {
        const STOPS: &[char] = &['。', '！', '？', '；', '\n', ';', '!', '?'];
        let is_stop = |c: &char| STOPS.contains(c);
        let quote = self.quote;
        let before = quote.prefix().iter().rev().position(is_stop).unwrap_or(quote.before);
        let after = match quote.words().last() {
            Some(last) if is_stop(last) => 0,
            _ => quote.suffix().iter().position(is_stop).map_or(quote.after, |stop| stop + 1),
        };
        (low_bits(before), low_bits(after))
    }

    /// How much of the rest of the sentence stands around the words, 0 to 1; 0 where there is no rest.
    fn sentence_share(&self, place: &Site) -> f64 {
        let (before, after) = self.sentence();
        if ((before.count_ones() + after.count_ones()) as usize) < SENTENCE {
            return 0.0;
        }
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
