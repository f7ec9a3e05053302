//! [`Words`]: a list of words, asked which of them a text goes on with.

use crate::sort::sort_by_key;

/// Words, each with a number.
#[derive(Debug, Default)]
pub struct Words(Vec<(&'static str, usize)>);

impl Words {
    /// Adds a word. Ask only after [`Self::sorted`].
    pub fn add(&mut self, word: &'static str, number: usize) {
        self.0.push((word, number));
    }

    /// Adds words, numbered in order.
    pub fn extend(&mut self, words: impl Iterator<Item = &'static str>) {
        for word in words.filter(|word| !word.is_empty()) {
            self.add(word, self.0.len());
        }
    }

    /// Ready to be asked.
    pub fn sorted(mut self) -> Self {
        sort_by_key(&mut self.0, |(word, _)| *word);
        self
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The longest word that `chars` begins with: its length in code points, and its number.
    pub fn longest(&self, chars: &[char]) -> Option<(usize, usize)> {
        let &first = chars.first()?;
        let from = self.0.partition_point(|(word, _)| word.chars().next() < Some(first));
        let same = self.0.iter().skip(from).take_while(|(word, _)| word.starts_with(first));
        let fitting = same.filter_map(|&(word, number)| Some((prefix_len(chars, word)?, number)));
        // Of two numbers for one word the first given counts.
        fitting.max_by_key(|&(len, number)| (len, std::cmp::Reverse(number)))
    }

    /// The length of the longest word that `chars` begins with.
    pub fn len_at(&self, chars: &[char]) -> Option<usize> {
        self.longest(chars).map(|(len, _)| len)
    }
}

/// The length of `word` in code points, if `chars` begins with it.
pub fn prefix_len(chars: &[char], word: &str) -> Option<usize> {
    let mut len = 0;
    for c in word.chars() {
        if chars.get(len) != Some(&c) {
            return None;
        }
        len += 1;
    }
    Some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins() {
        let mut words = Words::default();
        words.extend(["市委", "市委书记", "市", "省"].into_iter());
        let words = words.sorted();
        let longest = |text: &str| words.longest(&text.chars().collect::<Vec<_>>());
        assert_eq!(longest("市委书记李俊明"), Some((4, 1)));
        assert_eq!(longest("市委副"), Some((2, 0)));
        assert_eq!(longest("县委"), None);
        assert_eq!(longest(""), None);
    }
}
