//! [`Trie`]: words by their characters, asked which of them a text goes on with.

/// The first code point that has a place in [`Trie::first`], and how many have: the Chinese characters.
const FIRST: u32 = 0x4e00;
const FIRSTS: usize = 0x5200;

/// Words, each with a number. A hash table of edges: a step costs one look-up, whatever the number of words.
#[derive(Clone, Debug, Default)]
pub struct Trie {
    /// The node that a first character leads to.
    first: Vec<u32>,
    /// The edges by a hash of node and character; 0 where there is none.
    keys: Vec<u64>,
    /// Where each edge leads.
    nodes: Vec<u32>,
    edges: usize,
    /// The number of the word that ends at a node, plus one.
    words: Vec<u32>,
}

impl Trie {
    /// Adds a word and answers its number: `next` where the word is new.
    pub fn add(&mut self, word: impl Iterator<Item = char>, next: usize) -> usize {
        if self.words.is_empty() {
            self.words.push(0);
            self.first = vec![0; FIRSTS];
        }
        let mut node = 0;
        for c in word {
            node = self.child(node, c).unwrap_or_else(|| self.grow(node, c));
        }
        self.number(node, next)
    }

    /// The number of the word that ends at a node: `next` where none did.
    pub fn number(&mut self, node: u32, next: usize) -> usize {
        let word = &mut self.words[node as usize];
        if *word == 0 {
            *word = next as u32 + 1;
        }
        *word as usize - 1
    }

    /// The node after a character, made where there is none.
    pub fn grow(&mut self, node: u32, c: char) -> u32 {
        if self.words.is_empty() {
            self.words.push(0);
            self.first = vec![0; FIRSTS];
        }
        if let Some(child) = self.child(node, c) {
            return child;
        }
        let child = self.words.len() as u32;
        self.words.push(0);
        if node == 0
            && let Some(first) = self.first.get_mut((c as u32).wrapping_sub(FIRST) as usize)
        {
            *first = child;
            return child;
        }
        self.edges += 1;
        if self.edges * 2 > self.keys.len() {
            let size = (self.keys.len() * 2).max(64);
            let keys = std::mem::replace(&mut self.keys, vec![0; size]);
            let nodes = std::mem::replace(&mut self.nodes, vec![0; size]);
            for (key, node) in keys.into_iter().zip(nodes).filter(|(key, _)| *key != 0) {
                self.put(key, node);
            }
        }
        self.put(key(node, c), child);
        child
    }

    fn put(&mut self, key: u64, node: u32) {
        let mask = self.keys.len() - 1;
        let mut slot = slot(key) & mask;
        while self.keys[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.keys[slot] = key;
        self.nodes[slot] = node;
    }

    /// The node after a character.
    fn child(&self, node: u32, c: char) -> Option<u32> {
        if node == 0
            && let Some(&child) = self.first.get((c as u32).wrapping_sub(FIRST) as usize)
        {
            return (child != 0).then_some(child);
        }
        let (key, mask) = (key(node, c), self.keys.len().checked_sub(1)?);
        let mut slot = slot(key) & mask;
        loop {
            match self.keys[slot] {
                found if found == key => return Some(self.nodes[slot]),
                0 => return None,
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// The words that `chars` begins with, the shorter first: their lengths in code points, and numbers.
    pub fn prefixes(&self, chars: &[char]) -> impl Iterator<Item = (usize, usize)> {
        let mut node = 0;
        let nodes = chars.iter().map_while(move |&c| {
            node = self.child(node, c)?;
            Some(node)
        });
        nodes.enumerate().filter_map(|(index, node)| {
            let word = self.words[node as usize];
            (word != 0).then(|| (index + 1, word as usize - 1))
        })
    }

    /// The longest word that `chars` begins with.
    pub fn longest(&self, chars: &[char]) -> Option<(usize, usize)> {
        self.prefixes(chars).last()
    }
}

/// Never 0: a character in the low half, or a node that is not the root.
fn key(node: u32, c: char) -> u64 {
    (u64::from(node) << 32) | u64::from(c) | 1 << 31
}

fn slot(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_a_text_begins_with_are_found() {
        let mut trie = Trie::default();
        for (number, word) in ["市委", "市委书记", "市", "省", "A股", "𠮷野家"].into_iter().enumerate()
        {
            assert_eq!(trie.add(word.chars(), number), number);
        }
        assert_eq!(trie.add("市".chars(), 9), 2);
        let found = |text: &str| trie.prefixes(&text.chars().collect::<Vec<_>>()).collect::<Vec<_>>();
        assert_eq!(found("市委书记李俊明"), [(1, 2), (2, 0), (4, 1)]);
        assert_eq!(found("市委副"), [(1, 2), (2, 0)]);
        assert_eq!(found("A股"), [(2, 4)]);
        assert_eq!(found("𠮷野家"), [(3, 5)]);
        assert_eq!(found("县委"), []);
        assert_eq!(found(""), []);
        assert_eq!(Trie::default().prefixes(&['市']).count(), 0);
    }

    #[test]
    fn many_words_keep_apart() {
        let mut trie = Trie::default();
        let word =
            |n: u32| char::from_u32(0x4e00 + n % 97).into_iter().chain(char::from_u32(0x5000 + n / 97));
        for n in 0..5000 {
            assert_eq!(trie.add(word(n), n as usize), n as usize);
        }
        for n in 0..5000 {
            assert_eq!(trie.longest(&word(n).collect::<Vec<_>>()), Some((2, n as usize)));
        }
    }
}
