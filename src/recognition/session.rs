//! A text read in slices, so that a page stays responsive: piece by piece, then once more for the names that
//! were found, then for what the mentions mean.

use super::{Found, Recognition, Recognizer, names::Names, reader::Reader, resolve::Resolver};
use crate::text::{Span, simplified};

/// A text that is being read. Ask [`Recognizer::step`] until it is done, then [`Recognizer::finish`].
#[derive(Debug)]
pub struct Session {
    chars: Vec<char>,
    /// Where each piece that was read ends, and how many of [`Self::found`] are in it or before.
    pieces: Vec<(usize, usize)>,
    found: Vec<Found>,
    /// [`Self::found`] with the names found again.
    again: Vec<Found>,
    names: Names,
    resolver: Resolver,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// From this place on.
    Read(usize),
    /// From this piece on, the names of people that the text introduced elsewhere.
    Again(usize),
    /// From this mention on.
    Resolve(usize),
    Done,
}

impl Session {
    pub(super) fn new(text: &str) -> Self {
        Self {
            chars: text.chars().collect(),
            pieces: Vec::new(),
            found: Vec::new(),
            again: Vec::new(),
            names: Names::default(),
            resolver: Resolver::default(),
            stage: Stage::Read(0),
        }
    }

    /// How far reading has come, from 0 to 1.
    pub fn progress(&self) -> f64 {
        let part = |done: usize, of: usize| done as f64 / of.max(1) as f64;
        match self.stage {
            Stage::Read(at) => 0.8 * part(at, self.chars.len()),
            Stage::Again(piece) => 0.8 + 0.1 * part(piece, self.pieces.len()),
            Stage::Resolve(mention) => 0.9 + 0.1 * part(mention, self.found.len()),
            Stage::Done => 1.0,
        }
    }

    /// Goes on reading for about `budget` code points; whether all is done.
    pub(super) fn step(&mut self, recognizer: &Recognizer, budget: usize) -> bool {
        let mut left = budget.max(1);
        while left > 0 && self.stage != Stage::Done {
            let cost = self.advance(recognizer);
            left = left.saturating_sub(cost);
        }
        self.stage == Stage::Done
    }

    pub(super) fn finish(mut self, recognizer: &Recognizer) -> Recognition {
        while !self.step(recognizer, usize::MAX) {}
        self.resolver.finish(&self.chars, recognizer)
    }

    /// The smallest step there is, and about how many code points it is worth.
    fn advance(&mut self, recognizer: &Recognizer) -> usize {
        match self.stage {
            Stage::Read(at) if at < self.chars.len() => {
                let end = Reader::piece(&self.chars, at);
                let plain: Vec<char> = self.chars[at..end].iter().copied().map(simplified).collect();
                let found = recognizer.piece(&plain);
                let whole = |found: Found| Found { span: shifted(found.span, at), ..found };
                let known = self.found.len();
                self.found.extend(found.into_iter().map(whole));
                self.names.learn(&self.chars, &self.found[known..]);
                self.pieces.push((end, self.found.len()));
                self.stage = Stage::Read(end);
                end - at
            }
            Stage::Read(_) => {
                self.stage = if self.names.is_empty() { Stage::Resolve(0) } else { Stage::Again(0) };
                1
            }
            Stage::Again(piece) => {
                let Some(&(end, to)) = self.pieces.get(piece) else {
                    self.found = std::mem::take(&mut self.again);
                    self.stage = Stage::Resolve(0);
                    return 1;
                };
                let (start, from) = match piece.checked_sub(1) {
                    Some(last) => self.pieces[last],
                    None => (0, 0),
                };
                self.again.extend(self.names.find(&self.chars[start..end], start, &self.found[from..to]));
                self.stage = Stage::Again(piece + 1);
                (end - start) / 4 + 1
            }
            Stage::Resolve(mention) => {
                match self.found.get(mention) {
                    Some(&found) => {
                        self.resolver.add(&self.chars, recognizer, found);
                        self.stage = Stage::Resolve(mention + 1);
                    }
                    None => self.stage = Stage::Done,
                }
                4
            }
            Stage::Done => 1,
        }
    }
}

fn shifted(span: Span, by: usize) -> Span {
    Span::new(span.start().index() + by, span.end().index() + by)
}
