//! [`Reader`]: a piece of a text and what the gazetteer knows of it, with the questions that rules of every
//! family ask.

use super::{Recognizer, lattice::Token, sets::Set};
use crate::lexicon::{Class, Entry, Gazetteer, entities::CuratedEntities};

/// The longest piece that is read at once where no sentence ends, in code points.
const LONGEST_PIECE: usize = 1024;
/// A piece ends with the first sentence after so many code points.
const PIECE: usize = 200;

/// A word of the gazetteer somewhere in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) end: u32,
    pub(super) word: u32,
}

/// The piece that is read.
pub(super) struct Reader<'text> {
    pub(super) chars: &'text [char],
    pub(super) gazetteer: &'text Gazetteer,
    pub(super) curated: &'text CuratedEntities,
    /// The words that begin at each place, the shorter first: `hits[first[at]..first[at + 1]]`.
    hits: Vec<Hit>,
    first: Vec<u32>,
    /// The sets that each character is in.
    sets: Vec<Set>,
    /// Where a token begins, once the piece was read.
    begins: Vec<bool>,
}

impl<'text> Reader<'text> {
    pub(super) fn new(chars: &'text [char], recognizer: &'text Recognizer) -> Self {
        let Recognizer { gazetteer, curated, sets } = recognizer;
        let mut hits = Vec::with_capacity(chars.len() * 2);
        let mut first = Vec::with_capacity(chars.len() + 1);
        for at in 0..chars.len() {
            first.push(hits.len() as u32);
            let words = gazetteer.words_at(&chars[at..]);
            hits.extend(words.map(|(len, word)| Hit { end: (at + len) as u32, word: word as u32 }));
        }
        first.push(hits.len() as u32);
        let sets = chars.iter().map(|c| sets.of(*c)).collect();
        Self { sets, chars, gazetteer, curated, hits, first, begins: vec![true; chars.len()] }
    }

    /// Remembers where tokens begin.
    pub(super) fn mark(&mut self, tokens: &[Token]) {
        self.begins.fill(false);
        for token in tokens {
            self.begins[token.start] = true;
        }
    }

    /// Whether a token begins at a place.
    pub(super) fn begins_token(&self, at: usize) -> bool {
        self.begins.get(at).is_none_or(|begins| *begins)
    }

    /// The end of the piece that begins at a place of a text: a line break, or the end of a sentence.
    pub(super) fn piece(chars: &[char], at: usize) -> usize {
        let most = chars.len().min(at + LONGEST_PIECE);
        let mut end = at;
        while end < most {
            let c = chars[end];
            end += 1;
            if c == '\n' || end - at >= PIECE && matches!(c, '。' | '！' | '？') {
                break;
            }
        }
        end
    }

    /// The text from a place on.
    pub(super) fn from(&self, at: usize) -> &'text [char] {
        self.chars.get(at..).unwrap_or_default()
    }

    /// The character at a place.
    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// The character before a place.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.chars.get(at.checked_sub(1)?).copied()
    }

    /// Whether a character of a set stands at a place.
    pub(super) fn is_in(&self, at: usize, set: Set) -> bool {
        self.sets.get(at).is_some_and(|sets| sets.meets(set))
    }

    /// Whether a character of a set stands before a place.
    pub(super) fn is_after(&self, at: usize, set: Set) -> bool {
        at.checked_sub(1).is_some_and(|at| self.is_in(at, set))
    }

    /// How many characters of a set stand together from a place on, `most` at most.
    pub(super) fn run(&self, at: usize, set: Set, most: usize) -> usize {
        let sets = self.sets.get(at..).unwrap_or_default();
        sets.iter().take(most).take_while(|sets| sets.meets(set)).count()
    }

    /// Whether a Chinese character stands at a place.
    pub(super) fn is_han(&self, at: usize) -> bool {
        self.at(at).is_some_and(is_han)
    }

    /// Whether one of `chars` stands at a place.
    pub(super) fn is_any(&self, at: usize, chars: &str) -> bool {
        self.at(at).is_some_and(|c| chars.contains(c))
    }

    /// Whether one of `chars` stands before a place.
    pub(super) fn is_any_before(&self, at: usize, chars: &str) -> bool {
        self.before(at).is_some_and(|c| chars.contains(c))
    }

    /// Whether the text goes on with `word` at a place.
    pub(super) fn has(&self, at: usize, word: &str) -> bool {
        let mut rest = self.from(at).iter();
        word.chars().all(|c| rest.next() == Some(&c))
    }

    /// The place after the first of `words` at a place.
    pub(super) fn after_any(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().find(|word| self.has(at, word)).map(|word| at + word.chars().count())
    }

    /// The words that begin at a place, the shorter first.
    pub(super) fn hits(&self, at: usize) -> &[Hit] {
        match self.first.get(at..at + 2) {
            Some(&[from, to]) => &self.hits[from as usize..to as usize],
            _ => &[],
        }
    }

    /// What a word is.
    pub(super) fn entry(&self, hit: Hit) -> &'text Entry {
        self.gazetteer.word(hit.word as usize)
    }

    /// The place after the longest word of one of these classes at a place.
    pub(super) fn after(&self, at: usize, class: Class) -> Option<usize> {
        let hit = self.hits(at).iter().rev().find(|hit| self.entry(**hit).is.meets(class))?;
        Some(hit.end as usize)
    }

    /// Whether a word of one of these classes stands exactly here.
    pub(super) fn is(&self, at: usize, end: usize, class: Class) -> bool {
        self.hits(at).iter().any(|hit| hit.end as usize == end && self.entry(*hit).is.meets(class))
    }

    /// Whether something may begin here: the text does, or a mark of punctuation stands before.
    pub(super) fn begins(&self, at: usize) -> bool {
        self.before(at).is_none_or(|c| !is_han(c))
    }

    /// The place after up to two blanks.
    pub(super) fn skip_blanks(&self, at: usize) -> usize {
        at + self.from(at).iter().take(2).take_while(|c| matches!(c, ' ' | '\u{3000}' | '\u{a0}')).count()
    }
}

/// A Chinese character.
pub(super) const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// The dot between the parts of a foreign name.
pub(super) const fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '・' | '‧')
}
