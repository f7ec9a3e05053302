//! Pinyin in the forms in which it is searched: with tones, without, and by initials.

/// Vowels with their tones; the plain letter first, the tones in order after it.
const TONES: [&str; 6] = ["aāáǎà", "eēéěè", "iīíǐì", "oōóǒò", "uūúǔù", "üǖǘǚǜ"];
/// The same tones as marks of their own, as some keyboards type them.
const MARKS: [char; 4] = ['\u{304}', '\u{301}', '\u{30c}', '\u{300}'];

/// Pinyin as letters, each tone as a digit behind its vowel, ü as u; no blanks, no apostrophes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pinyin {
    /// `si4ge4yi4shi2`.
    pub(super) toned: String,
    /// `sigeyishi`.
    pub(super) plain: String,
    /// Where its syllables begin in `plain`, in bytes.
    pub(super) syllables: Vec<usize>,
}

impl Pinyin {
    /// Reads pinyin by word, as entries have it.
    pub(super) fn new(text: &str) -> Self {
        let mut pinyin = Self::default();
        // Of each letter, whether a word or an apostrophe stands before it.
        let mut fresh = true;
        let mut starts = Vec::new();
        for (letter, tone) in letters(text) {
            if letter.is_ascii_alphabetic() {
                pinyin.toned.push(letter);
                pinyin.plain.push(letter);
                starts.push(fresh);
                fresh = false;
            } else if tone == 0 {
                fresh = true;
            }
            if let Some(digit) = char::from_digit(tone, 10).filter(|_| tone > 0) {
                pinyin.toned.push(digit);
            }
        }
        let letters: Vec<char> = pinyin.plain.chars().collect();
        let begins = |at: usize| {
            let next = letters.get(at + 1).copied().unwrap_or(' ');
            let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied().unwrap_or(' ');
            match letters[at] {
                letter if is_vowel(letter) => false,
                'h' if matches!(before, 'z' | 'c' | 's') => false,
                'z' | 'c' | 's' if next == 'h' => true,
                _ => is_vowel(next) && !starts[at + 1],
            }
        };
        pinyin.syllables = (0..letters.len()).filter(|&at| starts[at] || begins(at)).collect();
        pinyin
    }

    /// The first letter of each syllable: `sgys`.
    pub(super) fn initials(&self) -> String {
        self.syllables.iter().filter_map(|&at| self.plain.get(at..=at)).collect()
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// The letters of a text, small and without marks, each with its tone; a mark of its own is a blank with a tone.
fn letters(text: &str) -> impl Iterator<Item = (char, u32)> {
    text.chars().map(small).map(|c| {
        if let Some(tone) = MARKS.iter().position(|&mark| mark == c) {
            return (' ', tone as u32 + 1);
        }
        let vowel =
            TONES.iter().find_map(|row| Some((row.chars().next()?, row.chars().position(|v| v == c)?)));
        let (letter, tone) = vowel.unwrap_or((c, 0));
        // v is how keyboards without ü type it.
        (if matches!(letter, 'ü' | 'v') { 'u' } else { letter }, tone as u32)
    })
}

/// The small form of a letter of pinyin. The tables of all letters there are would cost two kilobytes.
pub(super) fn small(c: char) -> char {
    let code = c as u32;
    let small = match c {
        'À'..='Þ' => code + 0x20,
        'Ā'..='ū' => code | 1,
        'Ǎ'..='ǜ' => code + code % 2,
        _ => return c.to_ascii_lowercase(),
    };
    char::from_u32(small).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_begin_where_pinyin_says() {
        for (text, toned, initials) in [
            ("sì gè yìshí", "si4ge4yi4shi2", "sgys"),
            ("Zhōngguó zhǎnwàng", "zho1ngguo2zha3nwa4ng", "zgzw"),
            ("fāng'àn", "fa1nga4n", "fa"),
            ("xiān xī'ān", "xia1nxi1a1n", "xxa"),
            ("zǔzhī nǔlì lǜsè", "zu3zhi1nu3li4lu4se4", "zznlls"),
            ("zhèr", "zhe4r", "z"),
            ("", "", ""),
        ] {
            let pinyin = Pinyin::new(text);
            assert_eq!((pinyin.toned.as_str(), pinyin.initials().as_str()), (toned, initials), "{text}");
        }
    }

    #[test]
    fn capitals_are_letters_like_others() {
        assert_eq!(Pinyin::new("Ān ÁN Ǎn ÀN ān án ǎn àn Ǜ").toned, "a1na2na3na4na1na2na3na4nu4");
    }

    #[test]
    fn marks_of_their_own_are_tones_too() {
        assert_eq!(Pinyin::new("sa\u{304}n di\u{300}ng").toned, Pinyin::new("sān dìng").toned);
    }
}
