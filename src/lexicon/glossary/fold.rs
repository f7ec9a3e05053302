//! [`Folded`]: a text in the one form in which terms are compared, and where each piece came from.
//!
//! So that “8 个市委议事协调机构”, ８个市委议事协调机构 and 八个市委议事协调机构 are one surface:
//! numbers up to 99 become Chinese numerals, white space after a numeral or after the 个 behind it
//! goes, quotation marks go, width and letter case are folded, and traditional characters become simplified.

use crate::text::{Span, simplified};

/// White space longer than this is layout, not a slip of the typesetter.
const LONGEST_GAP: usize = 3;

/// A text folded, with the way back.
pub(super) struct Folded {
    pub(super) text: String,
    /// For each folded character: its byte in `text`, and the range of the original it stands for.
    places: Vec<(usize, Span)>,
}

impl Folded {
    pub(super) fn new(chars: &[char]) -> Self {
        let mut folded =
            Self { text: String::with_capacity(chars.len() * 3), places: Vec::with_capacity(chars.len()) };
        let mut at = 0;
        while let Some(&c) = chars.get(at) {
            let next = at + 1;
            if is_quote(c) {
                at = next;
            } else if digit(c).is_some() {
                at = folded.number(chars, at);
                at = gap(chars, at);
            } else {
                let counter = is_counter(c) && folded.text.ends_with(is_numeral);
                folded.push(plain(c), Span::new(at, next));
                at = if counter || is_numeral(c) { gap(chars, next) } else { next };
            }
        }
        folded
    }

    /// The range of the original that bytes of the folded text stand for; none where an end of it
    /// lies inside a number (四 of 24).
    pub(super) fn span(&self, from: usize, to: usize) -> Option<Span> {
        let place = |at: usize| self.places.get(at).map(|&(_, span)| span);
        let first = self.places.partition_point(|&(byte, _)| byte < from);
        let after = self.places.partition_point(|&(byte, _)| byte < to);
        let last = after.checked_sub(1)?;
        let cut = |before: Option<Span>, behind: Option<Span>| before.is_some() && before == behind;
        if first.checked_sub(1).is_some_and(|at| cut(place(at), place(first)))
            || cut(place(last), place(after))
        {
            return None;
        }
        Some(Span::new(place(first)?.start(), place(last)?.end()))
    }

    /// Takes the run of digits at `at`; answers the place after it.
    fn number(&mut self, chars: &[char], at: usize) -> usize {
        let digits: Vec<usize> = chars.iter().skip(at).map_while(|&c| digit(c)).take(3).collect();
        let whole = |len| Span::new(at, at + len);
        match digits[..] {
            [2] if chars.get(gap(chars, at + 1)).copied().is_some_and(is_counter) => {
                self.push('两', whole(1))
            }
            [one] => self.push(NUMERALS[one], whole(1)),
            [tens, ones] if tens > 0 => {
                if tens > 1 {
                    self.push(NUMERALS[tens], whole(2));
                }
                self.push('十', whole(2));
                if ones > 0 {
                    self.push(NUMERALS[ones], whole(2));
                }
            }
            // A year, a document number: as it stands, so that no part of it reads as a number.
            _ => {
                let mut end = at;
                while let Some(&c) = chars.get(end).filter(|&&c| digit(c).is_some()) {
                    self.push(plain(c), Span::new(end, end + 1));
                    end += 1;
                }
                return end;
            }
        }
        at + digits.len()
    }

    fn push(&mut self, c: char, span: Span) {
        self.places.push((self.text.len(), span));
        self.text.push(c);
    }
}

/// A surface folded.
pub(super) fn fold(text: &str) -> String {
    Folded::new(&text.chars().collect::<Vec<_>>()).text
}

const NUMERALS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Chinese numerals that stand before a counter.
pub(super) fn is_numeral(c: char) -> bool {
    NUMERALS.contains(&c) || matches!(c, '两' | '十')
}

/// 个, in both scripts.
pub(super) fn is_counter(c: char) -> bool {
    matches!(c, '个' | '個')
}

/// Quotation marks; they are no part of a term.
pub(super) fn is_quote(c: char) -> bool {
    opens(c) || closes(c) || matches!(c, '"' | '＂')
}

pub(super) fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『')
}

pub(super) fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』')
}

fn digit(c: char) -> Option<usize> {
    plain(c).to_digit(10).map(|digit| digit as usize)
}

/// The place after the white space at `at`; `at` where there is none, or too much to be a slip.
fn gap(chars: &[char], at: usize) -> usize {
    let blank = |c: &&char| matches!(**c, ' ' | '\u{a0}' | '\u{3000}' | '\u{2009}' | '\u{202f}');
    let len = chars.iter().skip(at).take_while(blank).count();
    if len > LONGEST_GAP { at } else { at + len }
}

/// One form for the widths of a character: digits and letters narrow and small, other ASCII wide.
fn plain(c: char) -> char {
    match simplified(c) {
        '!'..='/' | ':'..='@' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            char::from_u32(c as u32 - 0xFEE0).unwrap_or(c).to_ascii_lowercase()
        }
        c => c.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_the_same_however_it_is_typed() {
        for (typed, folded) in [
            ("8 个市委议事协调机构", "八个市委议事协调机构"),
            ("８个机构", "八个机构"),
            ("八 个 机构", "八个机构"),
            ("2个维护", "两个维护"),
            ("20大", "二十大"),
            ("12项", "十二项"),
            ("2018年", "2018年"),
            ("“五位一体”总体布局", "五位一体总体布局"),
            ("甲 乙", "甲 乙"),
            ("三\n定", "三\n定"),
            ("政治优势,组织优势", "政治优势，组织优势"),
            ("ＥＳＧ", "esg"),
            ("四個意識、反腐敗", "四个意识、反腐败"),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    #[test]
    fn the_way_back_covers_what_was_folded_away() {
        let chars: Vec<char> = "建8 个 机构".chars().collect();
        let folded = Folded::new(&chars);
        let from = folded.text.find('八').expect("the digit is folded");
        let span = folded.span(from, folded.text.len()).expect("it stands in the text");
        assert_eq!(chars[span.range()].iter().collect::<String>(), "8 个 机构");
    }
}
