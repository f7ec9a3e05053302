//! `data/gazetteer`, to what `lexicon::gazetteer` includes. It is most of what recognition costs a reader, so
//! that it is packed for the compression that follows:
//!
//! - `traditional.bin`: `traditional.txt` in the order of Unicode: how much further on each traditional character
//!   stands than the one before (the first: than U+4E00), in two bytes; then the high bytes of the simplified
//!   ones, then the low ones.
//! - `alphabet.bin`: every character of the other files, the frequent ones first. A byte is how much further on
//!   in Unicode a character stands than the one before; a 0 is followed by its code point in three bytes,
//!   little-endian.
//! - `tables.bin`: the tables of words made of words (`organs.txt`, `divisions.txt` …) without their comments,
//!   in the order of [`TABLES`], each ended by a NUL. First comes how many characters have a byte of their own,
//!   and these characters by their two-byte numbers in the alphabet; then the text: such a byte, or `that many
//!   + high` and `low` of a number in the alphabet.
//! - `characters.bin`: for each table of `name_characters.txt` in the order of [`STATS`], a byte for each
//!   character of the alphabet: its level plus one, or 0 where the table does not have it.
//! - `words.bin`: `words.txt` as a tree, two bytes or so a word. A node is the list of its children: for each,
//!   how much further on in the alphabet it stands than the one before (224 + high, low where that is
//!   224 or more), and what it is; a 0; then the nodes of those children that have children, in order.
//!   What a child is: `2 * word + has no children`, and `word` is 0 for no word or `1 + 10 * kind + level`.
//!   The first stream holds the gaps, the second what the children are; the first four bytes are the length
//!   of the first, little-endian.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

const ROOT: &str = "data/gazetteer";
/// The tables of `name_characters.txt`; `lexicon::gazetteer` reads them in this order.
const STATS: [&str; 5] = ["family", "first", "last", "foreign", "word"];
/// The kinds of words; `lexicon::gazetteer` knows them by number.
const KINDS: [&str; 3] = ["n", "v", "o"];
/// The tables of words, in the order in which `lexicon::gazetteer` reads them.
const TABLES: [&str; 6] = ["divisions", "world", "names", "organs", "roles", "marks"];
/// How many characters have a byte of their own in `tables.bin`.
const SHORT: usize = 220;

/// Writes the tables to `OUT_DIR`.
pub fn compile() {
    println!("cargo::rerun-if-changed={ROOT}");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let write = |name: &str, bytes: &[u8]| {
        fs::write(Path::new(&out).join(name), bytes).expect("OUT_DIR is writable");
    };
    let mut tables = String::new();
    for name in TABLES {
        tables += &lines(&format!("{name}.txt")).join("\n");
        tables.push('\0');
    }

    let traditional = lines("traditional.txt").join(" ");
    let mut pairs: Vec<[u16; 2]> = traditional.split_whitespace().map(pair).collect();
    pairs.sort_unstable();
    let befores = std::iter::once(0x4e00).chain(pairs.iter().map(|pair| pair[0]));
    let mut bytes: Vec<u8> =
        pairs.iter().zip(befores).flat_map(|(pair, before)| (pair[0] - before).to_be_bytes()).collect();
    bytes.extend(pairs.iter().map(|pair| pair[1].to_be_bytes()[0]));
    bytes.extend(pairs.iter().map(|pair| pair[1].to_be_bytes()[1]));
    write("traditional.bin", &bytes);

    let (words, characters) = (lines("words.txt"), lines("name_characters.txt"));
    let alphabet = alphabet(&tables, &words, &characters);
    let (mut bytes, mut last) = (Vec::new(), 0);
    for c in alphabet.iter().map(|c| *c as u32) {
        match c.checked_sub(last) {
            Some(gap @ 1..=255) => bytes.push(gap as u8),
            _ => bytes.extend([0, c as u8, (c >> 8) as u8, (c >> 16) as u8]),
        }
        last = c;
    }
    write("alphabet.bin", &bytes);
    let number: BTreeMap<char, usize> = alphabet.iter().copied().zip(0..).collect();

    write("tables.bin", &pack(&tables, &number));

    let mut levels = vec![0; STATS.len() * alphabet.len()];
    for line in &characters {
        let [table, level, group] = fields(line);
        let table = STATS.iter().position(|name| *name == table).expect("a known table");
        for c in group.chars() {
            levels[table * alphabet.len() + number[&c]] = level.parse::<u8>().expect("a level") + 1;
        }
    }
    write("characters.bin", &levels);

    let mut tree = Node::default();
    for line in &words {
        let [kind, level, group] = fields(line);
        let kind = KINDS.iter().position(|name| *name == kind).expect("a known kind") as u8;
        let word = 1 + 10 * kind + level.parse::<u8>().expect("a level").min(9);
        for text in group.split(' ') {
            let mut node = &mut tree;
            for c in text.chars() {
                node = node.children.entry(number[&c]).or_default();
            }
            node.word = word;
        }
    }
    let (mut gaps, mut infos) = (Vec::new(), Vec::new());
    tree.write(&mut gaps, &mut infos);
    let mut packed = (gaps.len() as u32).to_le_bytes().to_vec();
    packed.append(&mut gaps);
    packed.append(&mut infos);
    write("words.bin", &packed);
}

/// The lines of a table that say something.
fn lines(name: &str) -> Vec<String> {
    let path = Path::new(ROOT).join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// A traditional character and its simplified form, by code point.
fn pair(text: &str) -> [u16; 2] {
    let mut codes = text.chars().map(|c| u16::try_from(c as u32).expect("a character of two bytes"));
    [(); 2].map(|()| codes.next().unwrap_or_else(|| panic!("two characters: {text}")))
}

fn fields(line: &str) -> [&str; 3] {
    let mut fields = line.splitn(3, ' ');
    [(); 3].map(|()| fields.next().unwrap_or_else(|| panic!("a table, a level and a group: {line}")))
}

/// The characters in three groups by how often words go on with them, each in the order of Unicode: gaps
/// between the children of a node are small that way, and so are those between the characters themselves.
fn alphabet(tables: &str, words: &[String], characters: &[String]) -> Vec<char> {
    let mut counts: BTreeMap<char, usize> = tables.chars().map(|c| (c, 0)).collect();
    for line in characters {
        for c in fields(line)[2].chars() {
            counts.entry(c).or_default();
        }
    }
    for line in words {
        for word in fields(line)[2].split(' ') {
            for (index, c) in word.chars().enumerate() {
                *counts.entry(c).or_default() += usize::from(index > 0);
            }
        }
    }
    let mut order: Vec<(usize, char)> = counts.into_iter().map(|(c, count)| (count, c)).collect();
    order.sort_by(|one, other| other.cmp(one));
    let groups = [0, 192, 800, order.len()];
    let group = |from: usize, to: usize| {
        let (from, to) = (from.min(order.len()), to.min(order.len()));
        order[from..to].iter().map(|(_, c)| *c).collect::<BTreeSet<char>>()
    };
    groups.windows(2).flat_map(|ends| group(ends[0], ends[1])).collect()
}

/// A text in a byte or two for each character.
fn pack(text: &str, number: &BTreeMap<char, usize>) -> Vec<u8> {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for c in text.chars() {
        *counts.entry(c).or_default() += 1;
    }
    let mut order: Vec<(usize, char)> = counts.into_iter().map(|(c, count)| (count, c)).collect();
    order.sort_by(|one, other| other.cmp(one));
    order.truncate(SHORT);
    let short: BTreeMap<char, usize> = order.iter().map(|(_, c)| *c).zip(0..).collect();
    let mut bytes = vec![order.len() as u8];
    bytes.extend(order.iter().flat_map(|(_, c)| [(number[c] >> 8) as u8, number[c] as u8]));
    for c in text.chars() {
        match short.get(&c) {
            Some(&short) => bytes.push(short as u8),
            None => bytes.extend([(order.len() + (number[&c] >> 8)) as u8, number[&c] as u8]),
        }
    }
    bytes
}

#[derive(Default)]
struct Node {
    word: u8,
    children: BTreeMap<usize, Node>,
}

impl Node {
    fn write(&self, gaps: &mut Vec<u8>, infos: &mut Vec<u8>) {
        let mut next = 0;
        for (&number, child) in &self.children {
            let gap = number + 1 - next;
            if gap < 224 {
                gaps.push(gap as u8);
            } else {
                gaps.extend([224 + (gap >> 8) as u8, gap as u8]);
            }
            infos.push(2 * child.word + u8::from(child.children.is_empty()));
            next = number + 1;
        }
        gaps.push(0);
        for child in self.children.values().filter(|child| !child.children.is_empty()) {
            child.write(gaps, infos);
        }
    }
}
