//! [`Term`]: what a glossary entry says.

/// A glossary entry, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// Stable name: an ASCII slug in the built-in glossary, the pack's own in a pack.
    pub id: String,
    /// The term as it is mostly written.
    pub term: String,
    /// Pinyin by word, with tone marks: `sì gè yìshí`. Empty in a pack that gives none.
    pub pinyin: String,
    /// Other ways to write it.
    pub aliases: Vec<String>,
    /// The shelf it stands on.
    pub category: Category,
    /// What it means, in Chinese: one or two plain sentences.
    pub definition: String,
    /// The English rendering: the official one where there is one.
    pub english: String,
    /// What it means, in English.
    pub explanation: String,
    /// The parts of a numbered formula, in the official order.
    pub items: Vec<Item>,
    /// Why the items are missing or incomplete. Empty where they are whole.
    pub items_note: String,
    /// Where it was first said, as far as a source tells.
    pub first_use: Option<FirstUse>,
    /// How it is used.
    pub register: Register,
    /// What it is easily taken for.
    pub distinguish: Vec<Distinction>,
    /// Ids of entries to read with it. A pack's may name entries that do not exist.
    pub related: Vec<String>,
    /// Where its facts can be read. Addresses are http or https, always.
    pub sources: Vec<Source>,
    /// Whether the sources say what the entry says.
    pub verified: bool,
    /// What could not be verified; the card shows it. Empty where everything could.
    pub unsure: String,
    /// Whose it is.
    pub origin: Origin,
}

/// Whose an entry is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The glossary's own.
    #[default]
    BuiltIn,
    /// A pack's, by the pack's name.
    Pack(String),
    /// The reader's.
    Reader,
}

/// One part of a numbered formula.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The official wording.
    pub zh: String,
    /// The same in English; may be empty.
    pub en: String,
}

/// Where a term was first used. Each field may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstUse {
    /// `2016-01-29`, `2016-01` or `2016`.
    pub date: String,
    /// The meeting or speech.
    pub occasion: String,
    /// The document, with its title marks.
    pub document: String,
}

/// A term that is easily taken for this one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distinction {
    /// The other term.
    pub term: String,
    /// What parts them.
    pub why: String,
}

/// Where a fact can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Title of the page.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// When it was published, `2018-03-21`; empty where the page does not say.
    pub date: String,
    /// Its address, http or https.
    pub url: String,
}

/// A closed set of names.
macro_rules! names {
    ($(#[$about:meta])* $set:ident { $($(#[$doc:meta])* $name:ident = $text:literal,)* } else $other:ident) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $set {
            $($(#[$doc])* $name,)*
            /// None of these.
            #[default]
            $other,
        }

        impl $set {
            /// Every one, in the order in which panels list them.
            pub const ALL: &[Self] = &[$(Self::$name,)* Self::$other];

            /// The name in data files.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                    Self::$other => "other",
                }
            }

            /// The one of this name; of an unknown name, the last.
            pub fn from_name(name: &str) -> Self {
                Self::ALL.iter().copied().find(|one| one.name() == name).unwrap_or_default()
            }
        }
    };
}

names! {
    /// The shelf a term stands on; one data file each.
    Category {
        /// A numbered formula: 四个意识, 三定.
        Formula = "formula",
        /// Guiding thought and general aims: 高质量发展的根本遵循, 新时代.
        Theory = "theory",
        /// A Party or state body, or a sort of body: 省委, 事业单位.
        Institution = "institution",
        /// Reform and administration: 机构改革, 转隶.
        Reform = "reform",
        /// Economy: 高质量发展.
        Economy = "economy",
        /// Countryside and farming: 乡村振兴.
        Rural = "rural",
        /// Livelihood and society: 网格化管理.
        Society = "society",
        /// Party building and discipline: 巡察.
        Discipline = "discipline",
        /// Law: 依法治国.
        Law = "law",
        /// Cadres and their posts: 换届.
        Cadre = "cadre",
        /// Sorts of meeting: 全会.
        Meeting = "meeting",
        /// Sorts of document: 批复.
        Document = "document",
        /// Figurative set phrases: 爬坡过坎.
        Figurative = "figurative",
    } else Other
}

names! {
    /// How a term is used.
    Register {
        /// A fixed formula, said as a whole.
        Formula = "formula",
        /// The name of a body or post.
        Institution = "institution",
        /// A working word of administration.
        Jargon = "jargon",
        /// An image or a slogan.
        Figurative = "figurative",
    } else Other
}
