//! The gazetteer: common words, names of places, and the words that names of people, offices and organisations
//! are made of, all in one tree. Built in from `data/gazetteer`, a table a file.

use super::trie::Trie;
use crate::text::simplified;
use std::sync::OnceLock;

macro_rules! packed {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bin"))
    };
}

/// A set of word classes, one bit each: what a word may be to the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(pub u32);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Class {
            $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)*
        }
    };
}

classes! {
    /// A noun, or what goes into names of organisations as one.
    NOUN = 0;
    /// A verb.
    VERB = 1;
    /// A place by its name.
    PLACE = 2;
    /// A family name of two characters.
    COMPOUND = 3;
    /// A person known without an office.
    KNOWN = 4;
    /// A form of address or title, after a name.
    TITLE = 5;
    /// A verb that people do, after a name.
    SAYING = 6;
    /// What else may follow a name.
    AFTER = 7;
    /// An organ that is meant as such without saying whose.
    ORGAN = 8;
    /// An organ in short, only after a mark of punctuation.
    SHORT = 9;
    /// What an organ is called after 省, 市 or the name of a place.
    CORE = 10;
    /// What may follow an organ and belong to it.
    TAIL = 11;
    /// What the longer name of an organisation ends with.
    SUFFIX = 12;
    /// What such a name begins with, besides places.
    HEAD = 13;
    /// A level that an organ's short name begins with.
    LEVEL = 14;
    /// An office, after an organ or before a name.
    ROLE = 15;
    /// An office that names its organ in short.
    WHOLE = 16;
    /// An occupation, only before a name.
    OCCUPATION = 17;
    /// What ends the description of a group of office-holders.
    GROUP = 18;
    /// A date told from the day of the report.
    DATE = 19;
    /// A part of a day, month or year.
    PART = 20;
    /// A unit of quantity.
    UNIT = 21;
    /// A word for a document.
    DOCUMENT = 22;
    /// What is done to a document before it is named.
    ISSUED = 23;
    /// A verb that a meeting follows.
    CONVENE = 24;
    /// A word for a meeting.
    MEETING = 25;
    /// Neither a noun nor a verb.
    OTHER = 26;
    /// What someone is to others, before a name: 女儿, 名将.
    KIN = 28;
    /// A part of a name in transliteration: 旦增.
    ELEMENT = 29;
    /// What the name of a building or road ends with.
    FACILITY = 27;
}

impl Class {
    /// Whether the two have a class in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes of both.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What a word is. Costs are in tenths of a nat: how unlikely it is in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it may be to the rules.
    pub is: Class,
    /// Its cost as a word, if it is one.
    pub cost: i32,
    /// Its cost as the name of a place.
    pub place_cost: i32,
    /// The first division or country of that name.
    pub place: usize,
}

/// A cost that is never paid.
pub const NEVER: i32 = 1 << 20;

/// A province, prefecture, county or city; or a country or another place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// Its name as far as no text leaves it out: 忻州.
    pub short: &'static str,
    /// The rest of its full name: 市.
    pub rest: &'static str,
    /// The division around it.
    pub parent: Option<usize>,
    /// Another of the same short or full name.
    pub namesake: Option<usize>,
}

impl Division {
    /// Its full name: 忻州市.
    pub fn name(&self) -> String {
        [self.short, self.rest].concat()
    }
}

/// What is known of a character as part of a name. In the order of the packed tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stat {
    /// It is a family name.
    Family,
    /// It stands first in a given name of two.
    First,
    /// It stands last in a given name.
    Last,
    /// It is part of a name in transliteration.
    Foreign,
    /// It is a word by itself.
    Word,
}

/// How many tables of characters there are.
const STATS: usize = 5;
/// What a level of the packed tables costs.
const LEVEL: i32 = 8;
/// The cost of a word of level 0.
const FREQUENT: i32 = 56;

/// What the rules of recognition look words up in.
#[derive(Debug)]
pub struct Gazetteer {
    words: Trie,
    entries: Vec<Entry>,
    /// The places that entries name.
    pub divisions: Vec<Division>,
    /// The costs of each character: by code point for Chinese ones.
    characters: Vec<[u8; STATS]>,
}

/// The groups of the tables of words and what they mean, in the order of the tables.
const GROUPS: [&[(&str, Class)]; 4] = [
    &[
        ("compound", Class::COMPOUND),
        ("element", Class::ELEMENT),
        ("known", Class::KNOWN),
        ("title", Class::TITLE),
        ("saying", Class::SAYING),
        ("after", Class::AFTER),
        ("kin", Class::KIN),
    ],
    &[
        ("alone", Class::ORGAN),
        ("brand", Class::ORGAN.or(Class::HEAD)),
        ("short", Class::SHORT),
        ("core", Class::CORE),
        ("tail", Class::TAIL),
        ("suffix", Class::SUFFIX),
        ("head", Class::HEAD),
        ("level", Class::LEVEL),
        ("facility", Class::FACILITY),
    ],
    &[
        ("role", Class::ROLE),
        ("whole", Class::WHOLE),
        ("before_name", Class::OCCUPATION),
        ("group", Class::GROUP),
    ],
    &[
        ("date", Class::DATE),
        ("part", Class::PART),
        ("unit", Class::UNIT),
        ("document", Class::DOCUMENT),
        ("issued", Class::ISSUED),
        ("convene", Class::CONVENE),
        ("meeting", Class::MEETING),
    ],
];

/// The characters of the packed files, by number.
fn alphabet() -> Vec<char> {
    let (mut alphabet, mut c) = (Vec::new(), 0);
    let mut bytes = packed!("alphabet").iter().map(|byte| u32::from(*byte));
    while let Some(gap) = bytes.next() {
        c = match gap {
            0 => (0..3).map(|at| bytes.next().unwrap_or(0) << (8 * at)).sum(),
            gap => c + gap,
        };
        alphabet.extend(char::from_u32(c));
    }
    alphabet
}

/// The tables of words, each ended by a NUL. Unpacked once.
fn tables() -> &'static str {
    static TABLES: OnceLock<String> = OnceLock::new();
    TABLES.get_or_init(|| {
        let alphabet = alphabet();
        let mut bytes = packed!("tables").iter().map(|byte| usize::from(*byte));
        let short = bytes.next().unwrap_or(0);
        let mut number = || bytes.next();
        let short: Vec<usize> =
            (0..short).map(|_| number().unwrap_or(0) << 8 | number().unwrap_or(0)).collect();
        let mut text = String::new();
        while let Some(byte) = number() {
            let number = match short.get(byte) {
                Some(&number) => number,
                None => (byte - short.len()) << 8 | number().unwrap_or(0),
            };
            text.extend(alphabet.get(number));
        }
        text
    })
}

/// The Chinese characters that have costs.
const HAN: std::ops::Range<u32> = 0x4e00..0xa000;

impl Gazetteer {
    /// The built-in tables.
    pub fn builtin() -> Self {
        let mut gazetteer = Self {
            words: Trie::default(),
            entries: Vec::new(),
            divisions: Vec::new(),
            characters: vec![[0; STATS]; HAN.len()],
        };
        gazetteer.unpack();
        let mut tables = tables().split('\0');
        let mut table = || tables.next().unwrap_or_default();
        gazetteer.read_divisions(table());
        for name in table().split_whitespace() {
            gazetteer.add_division(name, "", None, 95);
        }
        for groups in GROUPS {
            let table = table();
            for (name, class) in groups {
                let line = table.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
                for word in line.unwrap_or_default().split(' ').filter(|word| !word.is_empty()) {
                    let entry = gazetteer.entry(word);
                    entry.is = entry.is.or(*class);
                    if entry.cost == NEVER
                        && !class.meets(Class::KNOWN.or(Class::COMPOUND).or(Class::ELEMENT))
                    {
                        let len = word.chars().count() as i32;
                        entry.cost = if len == 1 { NEVER } else { 92 + 5 * len };
                    }
                }
            }
        }
        gazetteer
    }

    /// The entry of a word, made where there is none.
    fn entry(&mut self, word: &str) -> &mut Entry {
        let number = self.words.add(word.chars(), self.entries.len());
        self.entry_numbered(number)
    }

    fn entry_numbered(&mut self, number: usize) -> &mut Entry {
        if number == self.entries.len() {
            let entry = Entry { is: Class(0), cost: NEVER, place_cost: NEVER, place: 0 };
            self.entries.push(entry);
        }
        &mut self.entries[number]
    }

    /// Reads the characters' costs and the common words; `build/gazetteer.rs` describes the form.
    fn unpack(&mut self) {
        let alphabet = alphabet();
        let levels = packed!("characters");
        for (table, levels) in levels.chunks(alphabet.len()).take(STATS).enumerate() {
            for (c, level) in alphabet.iter().zip(levels) {
                if let Some(costs) = self.characters.get_mut((*c as u32).wrapping_sub(HAN.start) as usize) {
                    costs[table] = *level;
                }
            }
        }
        let packed = packed!("words");
        let Some((len, packed)) = packed.split_first_chunk() else { return };
        let (gaps, infos) = packed.split_at((u32::from_le_bytes(*len) as usize).min(packed.len()));
        let (mut gaps, mut infos) = (gaps.iter(), infos.iter());
        // Nodes whose children are still to be read, the next one last.
        let mut open = vec![0];
        while let Some(node) = open.pop() {
            let (mut next, at) = (0, open.len());
            while let Some(&gap) = gaps.next().filter(|gap| **gap != 0) {
                let gap = match gap {
                    224.. => usize::from(gap - 224) << 8 | usize::from(*gaps.next().unwrap_or(&0)),
                    _ => usize::from(gap),
                };
                next += gap;
                let (Some(&c), Some(info)) = (alphabet.get(next - 1), infos.next()) else { return };
                let child = self.words.grow(node, c);
                if let Some(word) = (info >> 1).checked_sub(1) {
                    let number = self.words.number(child, self.entries.len());
                    let entry = self.entry_numbered(number);
                    entry.cost = FREQUENT + LEVEL * i32::from(word % 10);
                    entry.is = [Class::NOUN, Class::VERB, Class::OTHER][usize::from(word / 10).min(2)];
                }
                if info & 1 == 0 {
                    open.insert(at, child);
                }
            }
        }
    }

    fn read_divisions(&mut self, table: &'static str) {
        // Provinces first, then prefectures: 海南 is the province before it is a district of that name.
        let names =
            || table.lines().flat_map(|line| line.split(' ').enumerate().map(move |name| (line, name)));
        let mut numbers: Vec<Option<usize>> = vec![None; names().count()];
        for (rank, cost) in [90, 100, 115].into_iter().enumerate() {
            let (mut province, mut city) = (None, None);
            for (place, (line, (index, name))) in names().enumerate() {
                let in_province = line.strip_prefix('\t').is_some();
                let name = name.trim_start_matches('\t');
                let (own, parent) = match (in_province, index) {
                    (false, _) => (0, None),
                    (true, 0) => (1, province),
                    _ => (2, city.or(province)),
                };
                if own == rank && !name.is_empty() {
                    numbers[place] = Some(self.add_marked(name, parent, cost));
                }
                match own {
                    0 => (province, city) = (numbers[place], None),
                    1 => city = numbers[place],
                    _ => {}
                }
            }
        }
    }

    /// Adds a division with a mark in its name that says what may be left out.
    fn add_marked(&mut self, name: &'static str, parent: Option<usize>, cost: i32) -> usize {
        let Some(at) = name.find(['|', '?', '!']) else { return self.add_division(name, "", parent, cost) };
        let (short, rest) = (&name[..at], &name[at + 1..]);
        let short_cost = match name.as_bytes()[at] {
            b'|' => cost,
            b'?' => cost + 25,
            _ => cost + 60,
        };
        let division = self.add_division(short, rest, parent, short_cost);
        self.add_name(&[short, rest].concat(), division, cost);
        division
    }

    fn add_division(
        &mut self,
        short: &'static str,
        rest: &'static str,
        parent: Option<usize>,
        cost: i32,
    ) -> usize {
        let division = self.divisions.len();
        self.divisions.push(Division { short, rest, parent, namesake: None });
        self.add_name(short, division, cost);
        division
    }

    fn add_name(&mut self, name: &str, division: usize, cost: i32) {
        let entry = self.entry(name);
        let known = entry.is.meets(Class::PLACE).then_some(entry.place);
        entry.is = entry.is.or(Class::PLACE);
        entry.place_cost = entry.place_cost.min(cost);
        match known {
            None => entry.place = division,
            // The name means the first of that name; the others are found from it.
            Some(first) if first != division => {
                let mut last = first;
                while let Some(next) = self.divisions[last].namesake.filter(|next| *next != division) {
                    last = next;
                }
                if last != division {
                    self.divisions[last].namesake = Some(division);
                }
            }
            Some(_) => {}
        }
    }

    /// The words that a text begins with, the shorter first, each with its length in code points.
    pub fn words_at<'a>(&'a self, chars: &'a [char]) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.words.prefixes(chars)
    }

    /// A word by its number.
    pub fn word(&self, number: usize) -> &Entry {
        &self.entries[number]
    }

    /// The place that all of a text names.
    pub fn place(&self, chars: &[char]) -> Option<usize> {
        let chars: Vec<char> = chars.iter().copied().map(simplified).collect();
        let (len, number) = self.words.longest(&chars)?;
        let entry = self.word(number);
        (len == chars.len() && entry.is.meets(Class::PLACE)).then_some(entry.place)
    }

    /// Whether a place, or another of its name, lies within another.
    pub fn lies_within(&self, place: usize, outer: usize) -> bool {
        let mut inner = Some(place);
        while let Some(index) = inner {
            let mut around = self.divisions[index].parent;
            while let Some(parent) = around {
                if parent == outer {
                    return true;
                }
                around = self.divisions[parent].parent;
            }
            inner = self.divisions[index].namesake;
        }
        false
    }

    /// What a character costs in a table, if the table has it.
    pub fn character(&self, c: char, stat: Stat) -> Option<i32> {
        let costs = self.characters.get((c as u32).wrapping_sub(HAN.start) as usize)?;
        let level = costs[stat as usize].checked_sub(1)?;
        Some(LEVEL * i32::from(level))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Option<Vec<String>> {
        let gazetteer = Gazetteer::builtin();
        let chars: Vec<char> = text.chars().collect();
        let mut place = Some(gazetteer.place(&chars)?);
        let mut path = Vec::new();
        while let Some(index) = place {
            path.push(gazetteer.divisions[index].name());
            place = gazetteer.divisions[index].parent;
        }
        Some(path)
    }

    #[test]
    fn a_place_is_known_by_its_full_and_its_short_name() {
        for (name, expected) in [
            ("忻州", vec!["忻州市", "山西省"]),
            ("忻州市", vec!["忻州市", "山西省"]),
            ("忻府区", vec!["忻府区", "忻州市", "山西省"]),
            ("恭城", vec!["恭城瑶族自治县", "桂林市", "广西壮族自治区"]),
            ("新疆", vec!["新疆维吾尔自治区"]),
            ("香港", vec!["香港特别行政区"]),
            ("海淀", vec!["海淀区", "北京市"]),
            ("仙桃", vec!["仙桃市", "湖北省"]),
            ("法国", vec!["法国"]),
            ("海南", vec!["海南省"]),
            ("神农架林区", vec!["神农架林区", "湖北省"]),
        ] {
            assert_eq!(path(name), Some(expected.into_iter().map(str::to_owned).collect()), "{name}");
        }
        assert_eq!(path("市辖区"), None);
        assert_eq!(path("赵"), None);
    }

    #[test]
    fn places_of_one_name_are_found_from_the_first() {
        let gazetteer = Gazetteer::builtin();
        let mut place = gazetteer.place(&['鼓', '楼', '区']);
        let mut provinces = Vec::new();
        while let Some(index) = place {
            let city = gazetteer.divisions[index].parent.expect("a city");
            provinces.push(gazetteer.divisions[city].name());
            place = gazetteer.divisions[index].namesake;
        }
        assert!(
            ["南京市", "徐州市", "福州市", "开封市"].iter().all(|city| provinces.iter().any(|p| p == city))
        );
    }

    #[test]
    fn no_table_is_empty() {
        let gazetteer = Gazetteer::builtin();
        for (name, class) in GROUPS.into_iter().flatten() {
            assert!(gazetteer.entries.iter().any(|entry| entry.is.meets(*class)), "{name}");
        }
        assert!(gazetteer.divisions.len() > 3_500);
    }

    #[test]
    fn words_and_characters_are_unpacked() {
        let gazetteer = Gazetteer::builtin();
        let chars: Vec<char> = "发展中国家".chars().collect();
        let found: Vec<&Entry> =
            gazetteer.words_at(&chars).map(|(_, number)| gazetteer.word(number)).collect();
        assert!(found.iter().any(|word| word.cost < 80 && word.is.meets(Class::NOUN)));
        let cost = |c, stat| gazetteer.character(c, stat);
        assert!(cost('李', Stat::Family) < cost('艾', Stat::Family) && cost('李', Stat::Family).is_some());
        assert!(cost('伟', Stat::Last).is_some() && cost('的', Stat::Last).is_none());
        assert!(cost('斯', Stat::Foreign) < cost('梅', Stat::Foreign));
        assert_eq!(cost('𠮷', Stat::Word), None);
    }
}
