//! A text under edit, in which every character knows where it came from.

use crate::prose;
use crate::random::Random;
use crate::revision;
use std::ops::Range;

/// Where a character came from that was not in the original.
const NEW: usize = usize::MAX;
/// The same, written in place of quoted words.
const REWRITTEN: usize = usize::MAX - 1;

const STOPS: &[char] = &['。', '！', '？', '；', '\n', ';'];
const COMMAS: &[char] = &['，', ',', '、', '：', ':'];

/// One character.
#[derive(Clone, Copy)]
pub struct Cell {
    c: char,
    /// Its place in the original, or [`NEW`] or [`REWRITTEN`].
    pub from: usize,
}

/// The text, and which part of the original is quoted.
pub struct Edited {
    pub cells: Vec<Cell>,
    quote: Range<usize>,
}

impl Edited {
    pub fn new(original: &[char], quote: Range<usize>) -> Self {
        Self { cells: original.iter().zip(0..).map(|(&c, from)| Cell { c, from }).collect(), quote }
    }

    pub fn chars(&self) -> impl Iterator<Item = char> {
        self.cells.iter().map(|cell| cell.c)
    }

    /// Where the quoted words are now, `Some(None)` where nothing is left of them; `None` where so
    /// little is left, or so scattered, that no answer is right.
    pub fn outcome(&self) -> Option<Option<Range<usize>>> {
        let Some(span) = self.span() else { return Some(None) };
        let left = self.cells[span.clone()].iter().filter(|cell| self.quote.contains(&cell.from)).count();
        let torn = span.len() > 2 * self.quote.len() + 6;
        (left * 2 >= self.quote.len() && !torn).then_some(Some(span))
    }

    /// The same words stand elsewhere too.
    pub fn has_twin(&self) -> bool {
        let Some(span) = self.span() else { return false };
        let words: Vec<char> = self.cells[span].iter().map(|cell| cell.c).collect();
        let same = |window: &&[Cell]| window.iter().map(|cell| cell.c).eq(words.iter().copied());
        words.len() <= 8 && self.cells.windows(words.len()).filter(same).count() > 1
    }

    pub fn insert_sentence(&mut self, random: &mut Random) {
        let at = self.sentence(random.below(self.cells.len())).end;
        self.insert(at, &prose::sentence(random));
    }

    pub fn insert_sentence_beside_quote(&mut self, random: &mut Random) -> bool {
        let sentence = self.sentence_of_quote();
        let at = if random.one_in(2) { sentence.start } else { sentence.end };
        self.insert(at, &prose::sentence(random));
        true
    }

    pub fn delete_sentence(&mut self, random: &mut Random) {
        let sentence = self.sentence(random.below(self.cells.len()));
        if self.apart_from_quote(&sentence) {
            self.replace(sentence, "");
        }
    }

    pub fn delete_sentence_beside_quote(&mut self, random: &mut Random) -> bool {
        let sentence = self.sentence_of_quote();
        let beside = if random.one_in(2) {
            self.sentence(sentence.start.saturating_sub(1))
        } else {
            self.sentence(sentence.end)
        };
        let apart = self.apart_from_quote(&beside);
        if apart {
            self.replace(beside, "");
        }
        apart
    }

    pub fn replace_both_neighbours(&mut self, random: &mut Random) -> bool {
        let sentence = self.sentence_of_quote();
        let (before, after) = (self.sentence(sentence.start.saturating_sub(1)), self.sentence(sentence.end));
        let apart = self.apart_from_quote(&before) && self.apart_from_quote(&after) && sentence.len() > 8;
        if apart {
            self.replace(after, &prose::sentence(random));
            self.replace(before, &prose::sentence(random));
        }
        apart
    }

    /// What touches the quote on one side goes, whether a sentence ends there or not.
    pub fn cut_beside(&mut self, random: &mut Random) -> bool {
        let (Some(span), len) = (self.span(), 3 + random.below(50)) else { return false };
        let cut = if random.one_in(2) {
            span.end..(span.end + len).min(self.cells.len())
        } else {
            span.start.saturating_sub(len)..span.start
        };
        self.replace(cut, "");
        true
    }

    /// One character in four of the context is another, gone, or has a new one before it.
    pub fn sprinkle_around(&mut self, random: &mut Random) -> bool {
        let Some(span) = self.span() else { return false };
        for at in (span.end..(span.end + 32).min(self.cells.len())).rev() {
            self.sprinkle_at(at, 4, random);
        }
        for at in (span.start.saturating_sub(32)..span.start).rev() {
            self.sprinkle_at(at, 4, random);
        }
        true
    }

    pub fn move_paragraph(&mut self, random: &mut Random) -> bool {
        let paragraph = self.paragraph_of_quote();
        self.move_to(paragraph, |text, at| text.paragraph(at).start, random)
    }

    /// All of the paragraphs that the quote is in.
    pub fn move_paragraphs(&mut self, random: &mut Random) -> bool {
        let Some(span) = self.span() else { return false };
        let paragraphs = self.paragraph(span.start).start..self.paragraph(span.end - 1).end;
        paragraphs.len() < self.cells.len()
            && self.move_to(paragraphs, |text, at| text.paragraph(at).start, random)
    }

    pub fn move_sentence(&mut self, random: &mut Random) -> bool {
        let sentence = self.sentence_of_quote();
        self.move_to(sentence, |text, at| text.sentence(at).start, random)
    }

    /// The quote's part of a sentence, to another place between two parts.
    pub fn move_clause(&mut self, random: &mut Random) -> bool {
        let Some(span) = self.span() else { return false };
        let clause = self.clause(span.start);
        let long = span.end <= clause.end && clause.len() >= span.len() + 3;
        long && self.move_to(clause, |text, at| text.clause(at).start, random)
    }

    /// Spaces go where there are some; else they come before numbers.
    pub fn change_spaces(&mut self) -> bool {
        let before = self.cells.len();
        self.cells.retain(|cell| cell.c != ' ');
        if before == self.cells.len() {
            for at in (1..before).rev() {
                if self.cells[at].c.is_ascii_digit() && !self.cells[at - 1].c.is_ascii() {
                    self.cells.insert(at, Cell { c: ' ', from: NEW });
                }
            }
        }
        before != self.cells.len()
    }

    /// Another word for one within reach of the quote, not touching it.
    pub fn rewrite_around(&mut self, random: &mut Random) {
        let Some(span) = self.span() else { return };
        let (len, away) = (1 + random.below(4), 1 + random.below(26));
        let start = if random.one_in(2) { span.end + away } else { span.start.saturating_sub(away + len) };
        self.rewrite(start..start + len, random);
    }

    /// Another word for the one that touches the quote.
    pub fn rewrite_beside(&mut self, random: &mut Random) -> bool {
        let Some(span) = self.span() else { return false };
        let len = 1 + random.below(3);
        let start = if random.one_in(2) { span.end } else { span.start.saturating_sub(len) };
        self.rewrite(start..start + len, random)
    }

    /// Another word for the one after the quote.
    pub fn rewrite_after(&mut self, random: &mut Random) -> bool {
        let Some(span) = self.span() else { return false };
        self.rewrite(span.end..span.end + 1 + random.below(3), random)
    }

    pub fn insert_word_beside(&mut self, random: &mut Random) -> bool {
        let Some(span) = self.span() else { return false };
        let at = if random.one_in(2) { span.start } else { span.end };
        self.insert(at, prose::word(random));
        true
    }

    /// Another word for a part of the quote: at most half of it.
    pub fn rewrite_quote(&mut self, random: &mut Random) -> bool {
        let Some(span) = self.span() else { return false };
        let len = 1 + random.below((span.len() / 2).clamp(1, 4));
        let start = span.start + random.below(span.len() - len + 1);
        span.len() > 1 && self.rewrite(start..start + len, random)
    }

    pub fn lengthen_quote(&mut self, random: &mut Random) -> bool {
        let Some(span) = self.span() else { return false };
        if span.len() < 2 {
            return false;
        }
        self.insert(span.start + 1 + random.below(span.len() - 1), prose::word(random));
        true
    }

    pub fn shorten_quote(&mut self, random: &mut Random) -> bool {
        let Some(span) = self.span() else { return false };
        let len = 1 + random.below((span.len() / 2).max(1));
        let start = span.start + random.below(span.len() - len + 1);
        self.replace(start..start + len, "");
        span.len() > 3
    }

    /// The quote goes; sometimes with a character or two beside it.
    pub fn delete_quote(&mut self, random: &mut Random) -> bool {
        let Some(mut span) = self.span() else { return false };
        if random.one_in(3) {
            span.end = (span.end + 1 + random.below(3)).min(self.cells.len());
        }
        self.replace(span, "");
        true
    }

    pub fn delete_clause_of_quote(&mut self) -> bool {
        let Some(span) = self.span() else { return false };
        let clause = self.clause(span.start);
        let whole = span.end <= clause.end;
        self.replace(clause, "");
        whole
    }

    pub fn delete_sentence_of_quote(&mut self) -> bool {
        let sentence = self.sentence_of_quote();
        self.replace(sentence, "");
        self.span().is_none()
    }

    pub fn delete_paragraph_of_quote(&mut self) -> bool {
        let paragraph = self.paragraph_of_quote();
        self.replace(paragraph, "");
        self.cells.len() > 50
    }

    pub fn replace_sentence_of_quote(&mut self, random: &mut Random) -> bool {
        let sentence = self.sentence_of_quote();
        self.cells.splice(sentence, prose::sentence(random).chars().map(|c| Cell { c, from: NEW }));
        self.span().is_none()
    }

    /// Full-width punctuation for the other sort, or the reverse, everywhere.
    pub fn normalise_punctuation(&mut self, random: &mut Random) -> bool {
        const PAIRS: &[(char, char)] =
            &[('，', ','), ('；', ';'), ('：', ':'), ('（', '('), ('）', ')'), ('“', '"'), ('”', '"')];
        let to_full = random.one_in(2);
        let mut changed = 0;
        for cell in &mut self.cells {
            let pair = PAIRS.iter().find(|(full, half)| cell.c == if to_full { *half } else { *full });
            if let Some((full, half)) = pair {
                cell.c = if to_full { *full } else { *half };
                changed += 1;
            }
        }
        changed > 0
    }

    /// One character in thirty is another, gone, or has a new one before it.
    pub fn sprinkle(&mut self, random: &mut Random) -> bool {
        for at in (0..self.cells.len()).rev() {
            self.sprinkle_at(at, 30, random);
        }
        true
    }

    fn sprinkle_at(&mut self, at: usize, one_in: usize, random: &mut Random) {
        if random.one_in(one_in) {
            self.replace(at..at + random.below(2), ["", "新", "的", "各项"][random.below(4)]);
        }
    }

    pub fn prepend(&mut self, random: &mut Random) -> bool {
        (0..1 + random.below(3)).for_each(|_| self.insert(0, &prose::sentence(random)));
        true
    }

    pub fn append(&mut self, random: &mut Random) -> bool {
        (0..1 + random.below(3)).for_each(|_| self.insert(self.cells.len(), &prose::sentence(random)));
        true
    }

    /// About half of the words in the quote's sentence are others, the quote's own not.
    pub fn rewrite_sentence(&mut self, random: &mut Random) -> bool {
        let sentence = self.sentence_of_quote();
        for at in sentence.rev() {
            if random.one_in(4) && self.apart_from_quote(&(at..at + 2)) {
                self.rewrite(at..at + 2, random);
            }
        }
        true
    }

    /// In every sentence a word or two are others; in the quote's sentence as well, but not its own.
    pub fn rewrite_everywhere(&mut self, random: &mut Random) -> bool {
        for at in (0..self.cells.len().saturating_sub(3)).rev() {
            let place = at..at + 1 + random.below(3);
            if random.one_in(16) && self.apart_from_quote(&place) {
                self.rewrite(place, random);
            }
        }
        true
    }

    /// All of the quote's characters go for others.
    pub fn replace_quote(&mut self, random: &mut Random) -> bool {
        let Some(span) = self.span() else { return false };
        self.rewrite(span, random)
    }

    /// Something within the quote goes, comes or is another.
    pub fn edit_middle(&mut self, random: &mut Random) -> bool {
        for _ in 0..1 + random.below(3) {
            let Some(span) = self.span() else { return false };
            let at = span.start + 70 + random.below(span.len().saturating_sub(140).max(1));
            match random.below(3) {
                0 => self.replace(at..at + 1 + random.below(30), ""),
                1 => {
                    let sentence = self.sentence(at);
                    self.insert(sentence.end.min(span.end - 20), &prose::sentence(random));
                }
                _ => self.replace(at..at + 2, prose::word(random)),
            }
        }
        true
    }

    /// A few of the quote's first characters are others.
    pub fn rewrite_first(&mut self, random: &mut Random) -> bool {
        let Some(span) = self.span() else { return false };
        self.rewrite(span.start..span.start + 1 + random.below(4), random)
    }

    /// Paragraphs end where they did not, and no longer where they did.
    pub fn break_anew(&mut self, random: &mut Random) -> bool {
        self.cells.retain(|cell| cell.c != '\n');
        for at in (1..self.cells.len()).rev() {
            if self.cells[at - 1].c == '。' && random.one_in(3) {
                self.cells.insert(at, Cell { c: '\n', from: NEW });
            }
        }
        true
    }

    pub fn write_traditional(&mut self) -> bool {
        const SIMPLIFIED: &str =
            "会议强调机构务实动员发责产业领导决济经为转国际问题关进体系区单这权广应张线设统计该门办听说话";
        const TRADITIONAL: &str =
            "會議強調機構務實動員發責產業領導決濟經為轉國際問題關進體系區單這權廣應張線設統計該門辦聽說話";
        self.write_otherwise(|c| {
            SIMPLIFIED.chars().position(|one| one == c).and_then(|at| TRADITIONAL.chars().nth(at))
        })
    }

    pub fn widen(&mut self) -> bool {
        self.write_otherwise(|c| {
            c.is_ascii_alphanumeric().then(|| char::from_u32(c as u32 + 0xfee0)).flatten()
        })
    }

    fn write_otherwise(&mut self, other: impl Fn(char) -> Option<char>) -> bool {
        let mut changed = false;
        for cell in &mut self.cells {
            if let Some(c) = other(cell.c) {
                changed |= c != cell.c;
                cell.c = c;
            }
        }
        changed
    }

    /// One character of a quote of several is another.
    pub fn misprint_quote(&mut self, random: &mut Random) -> bool {
        let Some(span) = self.span() else { return false };
        let at = span.start + random.below(span.len());
        self.replace(at..at + 1, ["己", "在", "做", "帐"][random.below(4)]);
        span.len() > 2
    }

    /// The quote's sentence stands a second time.
    pub fn copy_sentence(&mut self, after: bool, random: &mut Random) -> bool {
        let sentence = self.sentence_of_quote();
        let copy: String = self.cells[sentence.clone()].iter().map(|cell| cell.c).collect();
        let reach = if after { sentence.end..self.cells.len() } else { 0..sentence.start };
        let at = self.sentence(reach.start + random.below(reach.len())).start.clamp(reach.start, reach.end);
        self.insert(at, &copy);
        true
    }

    pub fn swap_with_next(&mut self, _: &mut Random) -> bool {
        let sentence = self.sentence_of_quote();
        let next = self.sentence(sentence.end);
        if next.is_empty() || next.start != sentence.end || self.cells[next.end - 1].c == '\n' {
            return false;
        }
        self.cells[sentence.start..next.end].rotate_left(sentence.len());
        true
    }

    pub fn replace_all(&mut self, random: &mut Random) -> bool {
        self.cells.clear();
        (0..20).for_each(|_| self.insert(0, &prose::sentence(random)));
        true
    }

    /// Each word of `pairs` is the other one of its pair, once in `one_in` of its places. Characters that both
    /// have stay what they were.
    pub fn respell(
        &mut self,
        pairs: &[(&str, &str)],
        reversed: bool,
        one_in: usize,
        random: &mut Random,
    ) -> bool {
        let mut changed = false;
        for at in (0..self.cells.len()).rev() {
            for (one, other) in pairs {
                let (old, new) = if reversed { (other, one) } else { (one, other) };
                let place = at..at + old.chars().count();
                let here = self.cells.get(place.clone()).unwrap_or_default().iter().map(|cell| cell.c);
                if here.eq(old.chars()) && random.one_in(one_in) {
                    self.respell_at(place, new);
                    changed = true;
                    break;
                }
            }
        }
        changed
    }

    fn respell_at(&mut self, place: Range<usize>, words: &str) {
        let from = self.origin(&place);
        let mut old = self.cells[place.clone()].iter().copied();
        let new: Vec<Cell> = words
            .chars()
            .map(|c| {
                old.clone()
                    .position(|cell| cell.c == c)
                    .and_then(|at| old.nth(at))
                    .unwrap_or(Cell { c, from })
            })
            .collect();
        self.cells.splice(place, new);
    }

    /// Some numbers are others.
    pub fn update_numbers(&mut self, one_in: usize, random: &mut Random) -> bool {
        let mut changed = false;
        let mut end = self.cells.len();
        while let Some(last) = self.cells[..end].iter().rposition(|cell| cell.c.is_ascii_digit()) {
            let rest = self.cells[..last].iter().rposition(|cell| !cell.c.is_ascii_digit());
            let start = rest.map_or(0, |at| at + 1);
            if random.one_in(one_in) {
                let number = (1 + random.below(10usize.pow((last + 1 - start).min(4) as u32))).to_string();
                self.replace(start..last + 1, &number);
                changed = true;
            }
            end = start;
        }
        changed
    }

    /// Some sentences begin with a formula.
    pub fn insert_formulas(&mut self, one_in: usize, random: &mut Random) -> bool {
        for at in (1..self.cells.len()).rev() {
            if self.cells[at - 1].c == '。' && self.cells[at].c != '\n' && random.one_in(one_in) {
                self.insert(at, revision::formula(random));
            }
        }
        true
    }

    /// The quote's sentence begins with a formula.
    pub fn insert_formula_before(&mut self, random: &mut Random) -> bool {
        let at = self.sentence_of_quote().start;
        self.insert(at, revision::formula(random));
        true
    }

    /// Some clauses begin with an adverb.
    pub fn insert_qualifiers(&mut self, one_in: usize, random: &mut Random) -> bool {
        for at in (1..self.cells.len()).rev() {
            if self.cells[at - 1].c == '，' && random.one_in(one_in) {
                self.insert(at, revision::qualifier(random));
            }
        }
        true
    }

    /// Some sentences go on where they ended, and some end where they went on.
    pub fn join_sentences(&mut self, one_in: usize, random: &mut Random) -> bool {
        let mut changed = false;
        for at in 0..self.cells.len().saturating_sub(1) {
            let other = match self.cells[at].c {
                '。' if self.cells[at + 1].c != '\n' => '，',
                '，' => '。',
                _ => continue,
            };
            if random.one_in(one_in) {
                (self.cells[at].c, changed) = (other, true);
            }
        }
        changed
    }

    /// Some paragraphs end where they did not.
    pub fn break_some(&mut self, one_in: usize, random: &mut Random) -> bool {
        for at in (1..self.cells.len()).rev() {
            if self.cells[at - 1].c == '。' && self.cells[at].c != '\n' && random.one_in(one_in) {
                self.insert(at, "\n");
            }
        }
        true
    }

    /// In some sentences two things of a list are the other way round.
    pub fn reorder_lists(&mut self, one_in: usize, random: &mut Random) -> bool {
        let mut changed = false;
        for at in (0..self.cells.len()).rev().filter(|_| random.one_in(one_in)).collect::<Vec<_>>() {
            changed |=
                self.cells[at].c == '、' && self.swap_around(at, &['、', '，', '。', '\n', '（', '）']);
        }
        changed
    }

    /// Two things of the list that the quote is in are the other way round, or two clauses of its sentence.
    pub fn reorder_beside(&mut self, separator: char, random: &mut Random) -> bool {
        let sentence = self.sentence_of_quote();
        let places: Vec<usize> = sentence.filter(|at| self.cells[*at].c == separator).collect();
        let Some(at) = places.get(random.below(places.len())) else { return false };
        let whole: &[char] = if separator == '、' {
            &['、', '，', '。', '\n', '（', '）']
        } else {
            &['，', '。', '\n']
        };
        self.swap_around(*at, whole)
    }

    /// What stands before a separator for what stands after it.
    fn swap_around(&mut self, at: usize, separators: &[char]) -> bool {
        let is_end = |cell: &Cell| separators.contains(&cell.c);
        let start = self.cells[..at].iter().rposition(is_end).map_or(0, |found| found + 1);
        let end = self.cells[at + 1..].iter().position(is_end).map_or(self.cells.len(), |len| at + 1 + len);
        let swapped = [&self.cells[at + 1..end], &self.cells[at..at + 1], &self.cells[start..at]].concat();
        let changed = start < at && at + 1 < end;
        self.cells.splice(start..end, swapped);
        changed
    }

    /// Two neighbouring sections change places, and their numbers stay in order.
    pub fn swap_sections(&mut self, random: &mut Random) -> bool {
        let starts = self.sections();
        if starts.len() < 3 {
            return false;
        }
        let first = random.below(starts.len() - 1);
        let end = starts.get(first + 2).copied().unwrap_or(self.cells.len());
        // The last one has no line end after it.
        if end == self.cells.len() {
            return false;
        }
        self.cells[starts[first]..end].rotate_left(starts[first + 1] - starts[first]);
        self.number_sections();
        true
    }

    /// The quote's section goes.
    pub fn delete_section_of_quote(&mut self) -> bool {
        let (starts, Some(span)) = (self.sections(), self.span()) else { return false };
        let Some(start) = starts.iter().rfind(|start| **start <= span.start).copied() else { return false };
        let end = starts.iter().find(|other| **other > start).copied().unwrap_or(self.cells.len());
        self.cells.drain(start..end);
        self.number_sections();
        self.cells.len() > 50
    }

    fn sections(&self) -> Vec<usize> {
        let is_heading = |at: &usize| {
            (*at == 0 || self.cells[at - 1].c == '\n')
                && revision::NUMERALS.contains(self.cells[*at].c)
                && self.cells.get(at + 1).is_some_and(|cell| cell.c == '、')
        };
        (0..self.cells.len()).filter(is_heading).collect()
    }

    fn number_sections(&mut self) {
        for (at, c) in self.sections().into_iter().zip(revision::NUMERALS.chars()) {
            self.cells[at].c = c;
        }
    }

    /// Another draft of the same sort.
    pub fn replace_by_draft(&mut self, random: &mut Random) -> bool {
        self.cells.clear();
        self.insert(0, &revision::draft(random).join("\n"));
        true
    }

    /// An edit of any kind that leaves the quote alone.
    pub fn edit_elsewhere(&mut self, random: &mut Random) {
        match random.below(3) {
            0 => self.insert_sentence(random),
            1 => self.delete_sentence(random),
            _ => {
                let start = random.below(self.cells.len());
                let place = start..start + 1 + random.below(4);
                if self.apart_from_quote(&place) {
                    self.rewrite(place, random);
                }
            }
        }
    }

    /// An edit of any kind anywhere, the quote not spared.
    pub fn edit_anywhere(&mut self, random: &mut Random) {
        let at = random.below(self.cells.len());
        match random.below(8) {
            0 | 1 => self.insert_sentence(random),
            2 => {
                let sentence = self.sentence(at);
                self.replace(sentence, "");
            }
            3 => self.move_paragraph_at(at, random),
            _ => {
                self.rewrite(at..at + 1 + random.below(4), random);
            }
        }
    }

    pub fn move_any_sentence(&mut self, random: &mut Random) {
        let sentence = self.sentence(random.below(self.cells.len()));
        self.move_to(sentence, |text, at| text.sentence(at).start, random);
    }

    pub fn move_any_paragraph(&mut self, random: &mut Random) {
        self.move_paragraph_at(random.below(self.cells.len()), random);
    }

    fn move_paragraph_at(&mut self, at: usize, random: &mut Random) {
        let paragraph = self.paragraph(at);
        self.move_to(paragraph, |text, at| text.paragraph(at).start, random);
    }

    fn move_to(
        &mut self,
        moved: Range<usize>,
        landing: fn(&Self, usize) -> usize,
        random: &mut Random,
    ) -> bool {
        let taken: Vec<Cell> = self.cells.drain(moved.clone()).collect();
        let to = landing(self, random.below(self.cells.len()));
        self.cells.splice(to..to, taken);
        to != moved.start
    }

    fn rewrite(&mut self, place: Range<usize>, random: &mut Random) -> bool {
        let place = place.start.min(self.cells.len())..place.end.min(self.cells.len());
        // Words are rewritten within a clause.
        let within = |cell: &Cell| cell.c.is_alphanumeric();
        if place.is_empty() || !self.cells[place.clone()].iter().all(within) {
            return false;
        }
        self.replace(place, prose::word(random));
        true
    }

    fn insert(&mut self, at: usize, words: &str) {
        self.replace(at..at, words);
    }

    /// The new words belong to the quote where all that they replace did.
    fn replace(&mut self, place: Range<usize>, words: &str) {
        let from = self.origin(&place);
        self.cells.splice(place, words.chars().map(|c| Cell { c, from }));
    }

    /// Where words that are put in a place come from.
    fn origin(&self, place: &Range<usize>) -> usize {
        let quoted = |cell: &Cell| self.quote.contains(&cell.from) || cell.from == REWRITTEN;
        let inside = !place.is_empty() && self.cells[place.clone()].iter().all(quoted);
        if inside { REWRITTEN } else { NEW }
    }

    /// From the first to the last character that is of the quote, or stands for one that was.
    fn span(&self) -> Option<Range<usize>> {
        let quoted = |cell: &Cell| self.quote.contains(&cell.from) || cell.from == REWRITTEN;
        let kept = self.cells.iter().any(|cell| self.quote.contains(&cell.from));
        let (first, last) = (self.cells.iter().position(quoted)?, self.cells.iter().rposition(quoted)?);
        kept.then_some(first..last + 1)
    }

    fn apart_from_quote(&self, place: &Range<usize>) -> bool {
        self.span().is_none_or(|span| place.end <= span.start || span.end <= place.start)
    }

    fn sentence_of_quote(&self) -> Range<usize> {
        let span = self.span().unwrap_or_default();
        self.sentence(span.start).start..self.sentence(span.end.saturating_sub(1)).end
    }

    fn paragraph_of_quote(&self) -> Range<usize> {
        self.paragraph(self.span().unwrap_or_default().start)
    }

    fn sentence(&self, at: usize) -> Range<usize> {
        self.around(at, |c| STOPS.contains(&c))
    }

    fn clause(&self, at: usize) -> Range<usize> {
        self.around(at, |c| STOPS.contains(&c) || COMMAS.contains(&c))
    }

    fn paragraph(&self, at: usize) -> Range<usize> {
        self.around(at, |c| c == '\n')
    }

    /// From after the last `end` before a place to after the next one.
    fn around(&self, at: usize, end: impl Fn(char) -> bool) -> Range<usize> {
        let at = at.min(self.cells.len());
        let start = self.cells[..at].iter().rposition(|cell| end(cell.c)).map_or(0, |found| found + 1);
        let len = self.cells[at..].iter().position(|cell| end(cell.c)).map(|found| found + 1);
        start..len.map_or(self.cells.len(), |len| at + len)
    }
}
