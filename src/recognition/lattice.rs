//! The likeliest way to read a piece as words, names of people and names of places.
//!
//! Every word of the gazetteer, every character by itself, and everything that could be a name has a cost: how
//! unlikely it is, in tenths of a nat. What stands beside a name changes its cost. The cheapest way through the
//! piece decides (Viterbi over single words): so 李俊明 ends before 明确 begins, and 高度 begins no name.

use super::{
    reader::{Reader, is_dot, is_han},
    sets::Set,
};
use crate::lexicon::{Class, Kind, Stat};

/// What a stretch of text is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A word of the gazetteer, or a character by itself.
    Word,
    /// A person with a Chinese name.
    Person,
    /// A name in transliteration: of a person, unless it stands where places do.
    Foreign,
    /// A place of the gazetteer.
    Place,
    /// A place by its ending: 上固乡.
    Ending,
    /// Countries in one character each: 中美.
    Letters,
    /// What a pack names.
    Curated(Kind),
}

/// A stretch of text as it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) tag: Tag,
    /// What the word may be, of a [`Tag::Word`].
    pub(super) is: Class,
}

/// A character that is not in the tables.
const UNKNOWN: i32 = 130;

// What names cost beside their characters, and what stands beside them takes off or adds, in tenths of a nat.
/// What a pack names costs less than nothing by this, so that no other reading is cheaper.
const CERTAIN: i32 = 1000;
/// A place right after a division costs less by this.
const AFTER_PLACE: i32 = 35;
/// A place right after the division it lies within costs less by this.
const WITHIN: i32 = 100;
/// A place after 在, 赴 … costs less by this.
const AFTER_IN: i32 = 12;
/// A person with a Chinese name.
const PERSON: i32 = 58;
/// A given name of one character.
const ONE_GIVEN: i32 = 14;
/// A common word that names do not have.
const COMMON_IN_NAME: i32 = 160;
/// A rare character that names do not have.
const RARE_IN_NAME: i32 = 123;
/// A person after an office costs less by this.
const AFTER_ROLE: i32 = 56;
/// A person after 女儿, 名将 costs less by this.
const AFTER_KIN: i32 = 18;
/// A person after 、 costs less by this.
const AFTER_COMMA: i32 = 4;
/// A person after a mark of punctuation costs less by this.
const AFTER_MARK: i32 = 18;
/// A person after 和, 对 …
const AFTER_PARTICLE: i32 = -30;
/// A person after another character.
const AFTER_WORD: i32 = 16;
/// A person before a title or a verb of saying costs less by this.
const BEFORE_SAYING: i32 = 30;
/// A person before another in a list costs less by this.
const IN_LIST: i32 = 12;
/// A person before what else may follow a name costs less by this.
const BEFORE_VERB: i32 = 10;
/// A person before a mark of punctuation.
const BEFORE_MARK: i32 = 12;
/// A person before another character.
const BEFORE_WORD: i32 = 21;
/// A name in transliteration.
const FOREIGN: i32 = 50;
/// One of two characters.
const SHORT_FOREIGN: i32 = 25;
/// One after which its characters go on.
const GOES_ON: i32 = -4;
/// A character of a part of names.
const ELEMENT: i32 = 32;
/// A place by its ending.
const ENDING: i32 = 84;
/// One right after a division costs less by this.
const ENDING_AFTER_PLACE: i32 = 45;
/// Each character of one before its ending.
const ENDING_CHARACTER: i32 = 78;
/// One that ends in a river or mountain.
const NATURAL_ENDING: i32 = 36;
/// Countries in one character each.
const LETTERS_COST: i32 = 72;
/// Those before 两国, 关系 … cost less by this.
const BESIDE: i32 = 70;
/// A word is common that costs less than this.
const COMMON: i32 = 96;
/// A family name alone, before a title.
const FAMILY_ALONE: i32 = -13;

/// What the ending of a place is no ending before: 金融市|场.
const NO_ENDING_BEFORE: &[(char, &str)] = &[
    ('市', "场民长政容委面值价区府"),
    ('县', "长委级政城域里官区市"),
    ('区', "域别分间长委县"),
    ('镇', "长压静痛村"),
    ('乡', "亲村镇里长土下情音"),
    ('村', "民长庄委里落镇干官党头"),
    ('州', "长委"),
    ('旗', "帜长"),
    ('江', "苏西南北山"),
    ('河', "北南流水长道"),
    ('湖', "北南水畔"),
    ('山', "东西区水村"),
    ('岛', "素国"),
    ('港', "口澳"),
];
/// Something else than Chinese.
const OTHER: i32 = 30;

/// The cheapest way to a place.
#[derive(Clone, Copy)]
struct Way {
    cost: i32,
    from: u32,
    tag: Tag,
    is: Class,
}

/// The piece as tokens, without gaps.
pub(super) fn read(reader: &Reader<'_>) -> Vec<Token> {
    let len = reader.chars.len();
    let mut lattice = Lattice {
        reader,
        ways: vec![Way { cost: i32::MAX, from: 0, tag: Tag::Word, is: Class(0) }; len + 1],
        ended: vec![Class(0); len + 1],
        place_before: vec![None; len + 1],
        elements: elements(reader),
        has_dots: reader.chars.iter().any(|c| is_dot(*c)),
    };
    lattice.ways[0].cost = 0;
    for at in 0..len {
        lattice.extend(at);
    }
    let (mut tokens, mut end) = (Vec::new(), len);
    while end > 0 {
        let Way { from, tag, is, .. } = lattice.ways[end];
        tokens.push(Token { start: from as usize, end, tag, is });
        end = from as usize;
    }
    tokens.reverse();
    tokens
}

struct Lattice<'a, 'text> {
    reader: &'a Reader<'text>,
    ways: Vec<Way>,
    /// What the words may be that end at each place, whichever way it is reached.
    ended: Vec<Class>,
    /// The place of the gazetteer that may have ended.
    place_before: Vec<Option<usize>>,
    /// Whether a character is in a part of names.
    elements: Vec<bool>,
    /// Whether there is any dot in the piece.
    has_dots: bool,
}

/// Where parts of names stand: 旦增, 热合曼.
fn elements(reader: &Reader<'_>) -> Vec<bool> {
    let mut elements = vec![false; reader.chars.len()];
    for at in 0..elements.len() {
        if let Some(end) = reader.after(at, Class::ELEMENT) {
            elements[at..end].fill(true);
        }
    }
    elements
}

const OFFICE: Class = Class::ROLE.or(Class::WHOLE).or(Class::OCCUPATION);

impl Lattice<'_, '_> {
    /// Everything that may begin at a place.
    fn extend(&mut self, at: usize) {
        let reader = self.reader;
        let c = reader.chars[at];
        self.curated(at);
        if !is_han(c) {
            self.add(at, at + 1, OTHER, Tag::Word, Class(0));
            self.words(at);
            return;
        }
        let alone = reader.gazetteer.character(c, Stat::Word).unwrap_or(UNKNOWN);
        // A word of one character first, for of equal costs the first stays.
        self.words(at);
        self.add(at, at + 1, alone, Tag::Word, Class(0));
        self.chinese_names(at);
        self.foreign_names(at);
        self.places_by_ending(at);
        self.letters(at);
    }

    fn add(&mut self, at: usize, end: usize, cost: i32, tag: Tag, is: Class) {
        let cost = self.ways[at].cost + cost;
        if cost < self.ways[end].cost {
            self.ways[end] = Way { cost, from: at as u32, tag, is };
        }
    }

    /// What a pack names, which beats all else; a name of one character only where no word is likelier.
    fn curated(&mut self, at: usize) {
        let reader = self.reader;
        let Some((len, entry)) = reader.curated.longest(reader.from(at)) else { return };
        let (end, is_letter) = (at + len, |c: char| c.is_alphanumeric() && !is_han(c));
        // A name in Latin letters is a whole word.
        let cuts =
            |at: usize| reader.before(at).is_some_and(is_letter) && reader.at(at).is_some_and(is_letter);
        if !cuts(at) && !cuts(end) && reader.chars[at..end].iter().all(|c| *c != '\n') {
            self.add(at, end, if len == 1 { COMMON } else { -CERTAIN }, Tag::Curated(entry.kind), Class(0));
        }
    }

    fn words(&mut self, at: usize) {
        let reader = self.reader;
        for hit in reader.hits(at) {
            let (entry, end) = (reader.entry(*hit), hit.end as usize);
            let cost = match end - at {
                // What a single character costs is known already.
                1 => reader.gazetteer.character(reader.chars[at], Stat::Word).unwrap_or(UNKNOWN),
                _ => entry.cost,
            };
            self.add(at, end, cost, Tag::Word, entry.is);
            if entry.is.meets(Class::KNOWN) {
                self.add(at, end, 90, Tag::Person, Class(0));
            }
            if entry.is.meets(Class::PLACE) {
                let cost = entry.place_cost + self.beside_place(at, end, entry.place);
                // 邢台县, which is no more.
                let goes_on = NO_ENDING_BEFORE
                    .iter()
                    .any(|(c, next)| reader.at(end) == Some(*c) && reader.is_any(end + 1, next));
                if reader.is_in(end, Set::ADMINISTRATIVE) && !goes_on {
                    self.add(at, end + 1, cost + 40, Tag::Ending, Class(0));
                }
                // 赤水河.
                if reader.is_any(end, "河江湖岛港") && !reader.is_after(end, Set::DIVISION) && !goes_on {
                    self.add(at, end + 1, cost + 20, Tag::Ending, Class(0));
                }
                self.add(at, end, cost, Tag::Place, entry.is);
                self.place_before[end] = Some(entry.place);
            }
            self.ended[end] = self.ended[end].or(entry.is);
        }
    }

    /// What the neighbours say of a place.
    fn beside_place(&self, at: usize, end: usize, place: usize) -> i32 {
        let (reader, gazetteer) = (self.reader, self.reader.gazetteer);
        let before = match () {
            // 天津和平: the one is known to lie within the other.
            () if self.place_before[at].is_some_and(|outer| gazetteer.lies_within(place, outer)) => -WITHIN,
            () if self.ended[at].meets(Class::PLACE) => -AFTER_PLACE,
            () if reader.is_after(at, Set::AT) => -AFTER_IN,
            () => 0,
        };
        let after = if reader.is_in(end, Set::DIVISION) { -10 } else { 0 };
        before + after
    }

    /// A family name and a given name of one or two characters; a family name before a title.
    fn chinese_names(&mut self, at: usize) {
        let reader = self.reader;
        let family = |end| Some((end, reader.gazetteer.character(reader.chars[at], Stat::Family)?));
        let compound = reader.after(at, Class::COMPOUND).map(|end| (end, 75));
        let before = match (&family(at + 1), &compound) {
            (None, None) => return,
            _ => self.before_person(at),
        };
        for (given, family) in [family(at + 1), compound].into_iter().flatten() {
            let base = PERSON + family + before;
            let given_is_han = |len: usize| (given..given + len).all(|at| reader.is_han(at));
            let is_certain_one = reader.is_any(given, "某");
            if is_certain_one && before <= 0 {
                let end = given + 1 + usize::from(reader.is_any(given + 1, "某甲乙丙"));
                self.add(at, end, 60, Tag::Person, Class(0));
            }
            if given_is_han(1) && !reader.is_any(given, "老总某氏家杯") {
                let last = self.given(reader.chars[given], Stat::Last);
                let cost = base + last + ONE_GIVEN + self.after_person(given + 1);
                self.add(at, given + 1, cost, Tag::Person, Class(0));
            }
            // Lists set a name of two characters as wide as one of three: 王　刚.
            let padded = reader.skip_blanks(given);
            let ends = |at: usize| !reader.is_han(at) || reader.is_any(at, "为任的");
            if padded > given && reader.is_han(padded) && ends(padded + 1) {
                let cost = base + self.given(reader.chars[padded], Stat::Last);
                self.add(at, padded + 1, cost, Tag::Person, Class(0));
            }
            if given_is_han(2) && !is_certain_one {
                let (first, last) = (reader.chars[given], reader.chars[given + 1]);
                let names = self.given(first, Stat::First) + self.given(last, Stat::Last);
                let cost = base + names + 2 + self.after_person(given + 2);
                self.add(at, given + 2, cost, Tag::Person, Class(0));
            }
            if reader.after(given, Class::TITLE).is_some() && before <= 0 {
                self.add(at, given, base + FAMILY_ALONE, Tag::Person, Class(0));
            }
        }
    }

    fn given(&self, c: char, stat: Stat) -> i32 {
        self.reader.gazetteer.character(c, stat).unwrap_or_else(|| {
            // What is common as a word and not met in names is hardly part of one.
            let is_common = self.reader.gazetteer.character(c, Stat::Word).is_some_and(|cost| cost < COMMON);
            if is_common { COMMON_IN_NAME } else { RARE_IN_NAME }
        })
    }

    /// What stands before a person.
    fn before_person(&self, at: usize) -> i32 {
        let reader = self.reader;
        match () {
            () if self.ended[at].meets(OFFICE) => -AFTER_ROLE,
            // 秘书长：凌激.
            () if at > 0 && reader.is_any(at - 1, "：:") && self.ended[at - 1].meets(OFFICE) => -AFTER_ROLE,
            () if self.ended[at].meets(Class::KIN) => -AFTER_KIN,
            () if reader.before(at) == Some('、') => -AFTER_COMMA,
            () if reader.begins(at) => -AFTER_MARK,
            () if reader.is_after(at, Set::WITH) => AFTER_PARTICLE,
            () => AFTER_WORD,
        }
    }

    /// What stands after a person.
    fn after_person(&self, end: usize) -> i32 {
        let reader = self.reader;
        match () {
            () if reader.after(end, Class::SAYING.or(Class::TITLE)).is_some() => -BEFORE_SAYING,
            () if self.in_list(end) => -IN_LIST,
            () if reader.after(end, Class::AFTER).is_some() => -BEFORE_VERB,
            () if reader.at(end).is_none_or(|c| !is_han(c)) => BEFORE_MARK,
            () => BEFORE_WORD,
        }
    }

    /// Whether 、 and what may be another person follow: 赵明、钱学军.
    fn in_list(&self, end: usize) -> bool {
        let reader = self.reader;
        let family = reader.at(end + 1).and_then(|c| reader.gazetteer.character(c, Stat::Family));
        reader.at(end) == Some('、')
            && family.is_some_and(|cost| cost < 72)
            && reader.is_han(end + 2)
            && (reader.is_in(end + 3, Set::STOP)
                || reader.is_han(end + 3) && reader.is_in(end + 4, Set::STOP))
    }

    fn foreign(&self, at: usize) -> Option<i32> {
        if self.elements.get(at) == Some(&true) {
            return Some(ELEMENT);
        }
        self.reader.gazetteer.character(self.reader.at(at)?, Stat::Foreign)
    }

    /// A run of the characters of transliteration; parts joined by dots, whatever they are written with.
    fn foreign_names(&mut self, at: usize) {
        let reader = self.reader;
        let strange = || self.dotted(at).then_some(if reader.begins(at) { 70 } else { 130 });
        let Some(first) = self.foreign(at).or_else(strange) else { return };
        if reader.is_after(at, Set::DOT) {
            return;
        }
        let (mut end, mut cost, mut dots) = (at + 1, FOREIGN + first, 0);
        while end - at < 20 {
            let Some(c) = reader.at(end) else { break };
            if is_dot(c) && reader.is_han(end + 1) {
                dots += 1;
                cost -= if end - at == 1 { 100 } else { 130 };
                end += 1;
                continue;
            }
            let foreign = match self.foreign(end) {
                Some(cost) => cost,
                None if is_han(c) && (reader.is_after(end, Set::DOT) || self.dotted(end)) => 80,
                None if dots > 0
                    && is_han(c)
                    && reader.gazetteer.character(c, Stat::Word).is_none_or(|c| c > 95) =>
                {
                    95
                }
                None => break,
            };
            cost += foreign;
            end += 1;
            let short = if end - at == 2 { SHORT_FOREIGN } else { 0 };
            let goes_on = if self.foreign(end).is_some() { GOES_ON } else { 0 };
            let cost = cost + short + goes_on + (self.before_person(at).min(0) + self.after_person(end)) / 2;
            if dots == 0 || !self.dotted(end) {
                self.add(at, end, cost, Tag::Foreign, Class(0));
            }
        }
    }

    /// Whether a dot follows within a few characters.
    fn dotted(&self, at: usize) -> bool {
        let near = self.reader.from(at).iter().take(5);
        self.has_dots && near.take_while(|c| is_han(**c) || is_dot(**c)).any(|c| is_dot(*c))
    }

    /// A name of up to three characters before what places end with.
    fn places_by_ending(&mut self, at: usize) {
        let reader = self.reader;
        let ends = Set::ADMINISTRATIVE.or(Set::NATURAL);
        if !reader.is_in(at + 2, ends) && !reader.is_in(at + 3, ends) {
            return;
        }
        let mut cost = ENDING;
        if self.ended[at].meets(Class::PLACE) {
            cost -= ENDING_AFTER_PLACE;
        } else if reader.is_after(at, Set::AT) || reader.begins(at) {
            cost -= 10;
        }
        for end in at + 1..=at + 3 {
            if !reader.is_han(end - 1) || reader.is_in(end - 1, Set::NO_PLACE) {
                return;
            }
            cost += if end - at == 3 { ENDING_CHARACTER - 20 } else { ENDING_CHARACTER };
            let is_natural = reader.is_in(end, Set::NATURAL);
            let goes_on = NO_ENDING_BEFORE
                .iter()
                .any(|(c, next)| reader.at(end) == Some(*c) && reader.is_any(end + 1, next));
            // 故乡 and 山村 are words; in 奔赴香港 the place has begun before.
            let is_word = reader.is(end - 1, end + 1, Class::NOUN);
            let is_place = (at + 1..end).any(|start| reader.is(start, end + 1, Class::PLACE));
            if end - at >= 2
                && !goes_on
                && !is_word
                && !is_place
                && (is_natural || reader.is_in(end, Set::ADMINISTRATIVE))
            {
                let cost = cost + if is_natural { NATURAL_ENDING } else { 0 };
                self.add(at, end + 1, cost, Tag::Ending, Class(0));
                self.ended[end + 1] = self.ended[end + 1].or(Class::PLACE);
            }
        }
    }

    /// Countries in one character: two or more of them together, or one after a verb of going.
    fn letters(&mut self, at: usize) {
        const GOING: &str = "访驻赴抵留离来侵援";
        let reader = self.reader;
        // 中柬关系, 墨美两国.
        let pair = Set::SINGLE.or(Set::FAR);
        if reader.is_in(at, pair)
            && reader.is_in(at + 1, pair)
            && (reader.is_any(at, WELL_KNOWN) || reader.is_any(at + 1, WELL_KNOWN))
            && reader.after_any(at + 2, BETWEEN).is_some()
        {
            self.add(at, at + 2, LETTERS_COST, Tag::Letters, Class(0));
        }
        if !reader.is_in(at, Set::LETTER.or(Set::SINGLE)) {
            return;
        }
        let run = reader.run(at, Set::LETTER, 5);
        for len in 2..=run {
            let beside = reader.after_any(at + len, BETWEEN).is_some();
            let doubtful = (at..at + len).filter(|&at| reader.is_in(at, Set::DOUBTFUL)).count();
            let cost =
                LETTERS_COST + 30 * len as i32 + 20 * doubtful as i32 - if beside { BESIDE } else { 0 };
            self.add(at, at + len, cost, Tag::Letters, Class(0));
        }
        let Some(c) = reader.at(at).filter(|_| reader.is_in(at, Set::SINGLE)) else { return };
        let cost = match c {
            _ if reader.is_any(at + 1, "方军") && !"华京港澳台沪欧非".contains(c) => 0,
            '华' if reader.is_any_before(at, "驻访在来对反侵赴") => 15,
            '京' if reader.is_any_before(at, "驻访在来赴抵离返进留") => 30,
            '俄' => 80,
            _ if reader.is_any_before(at, GOING)
                && (!reader.is_han(at + 1) || reader.is_any(at + 1, "大的使团记期时后前演参人")) =>
            {
                60
            }
            _ if reader.is_any_before(at, "对") && reader.is_any(at + 1, "出进贸关经政") => 70,
            _ => return,
        };
        self.add(at, at + 1, cost, Tag::Letters, Class(0));
    }
}

/// Of two countries in one character each, one is of these.
const WELL_KNOWN: &str = "中美俄日";
/// What countries in one character each stand before: 中美关系.
const BETWEEN: &[&str] = &[
    "两国", "关系", "双边", "双方", "建交", "联合", "之间", "友好", "边境", "边界", "贸易", "经贸", "合作",
    "战略", "首脑", "三国", "战争", "人民", "两",
];
