//! Finding notes: what a reader types becomes a [`Query`], which says of each note whether it fits.

use super::Placed;
use crate::annotation::{Color, Note};
use crate::sort::sort_by;

/// What is looked for. All parts must fit.
///
/// Words are looked for in the comment, the quote and the tags, whatever their width and case; `"two words"` (or
/// “…”, 「…」) is one part; `-` before a part asks for notes that it does not fit. `tag:`, `color:`,
/// `has:comment`, `has:tag`, `has:revision` and `is:orphan` look at other things; with any other name
/// before it, a colon is a character like others. 标签： and 颜色： are `tag:` and `color:`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    is_wanted: bool,
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Words(String),
    Tag(String),
    Color(Option<Color>),
    HasComment,
    HasTag,
    HasRevision,
    IsOrphan,
}

/// The order of what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the words stand in the text; without a place last.
    #[default]
    Place,
    /// The last changed first.
    Time,
    /// By colour, then as in the text.
    Color,
}

impl Query {
    /// Reads what was typed. Nothing typed is wrong: what is no more than a mark is left out.
    pub fn parse(typed: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = typed.trim_start();
        while !rest.is_empty() {
            let unsigned = rest.strip_prefix(['-', '－']).filter(|after| {
                // A dash by itself, or before a space, is no mark.
                after.starts_with(|c: char| !c.is_whitespace())
            });
            let is_wanted = unsigned.is_none();
            let (name, value, after) = token(unsigned.unwrap_or(rest));
            rest = after.trim_start();
            let name = match name.as_deref() {
                Some("标签") => Some("tag".to_owned()),
                Some("颜色") => Some("color".to_owned()),
                _ => name,
            };
            let test = match (name.as_deref(), value) {
                // Still being typed.
                (Some("tag" | "color" | "has" | "is"), value) if value.is_empty() => continue,
                (Some("tag"), value) => Test::Tag(value.trim_start_matches(['#', '＃']).to_owned()),
                (Some("color"), value) => Test::Color(color(&value)),
                (Some("has"), value) if value == "comment" => Test::HasComment,
                (Some("has"), value) if value == "tag" => Test::HasTag,
                (Some("has"), value) if value == "revision" => Test::HasRevision,
                (Some("is"), value) if value == "orphan" => Test::IsOrphan,
                (Some(name), value) => Test::Words([name, ":", &value].concat()),
                (None, value) if value.is_empty() => continue,
                (None, value) => Test::Words(value),
            };
            parts.push(Part { is_wanted, test });
        }
        Self(parts)
    }

    /// Whether it fits every note.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it asks for notes whose words are not in the text.
    pub fn wants_orphans(&self) -> bool {
        self.0.iter().any(|part| part.is_wanted && part.test == Test::IsOrphan)
    }

    /// Whether a note fits; `is_orphan`: its words are not in the text.
    pub fn fits(&self, note: &Note, is_orphan: bool) -> bool {
        self.0.iter().all(|part| part.test.fits(note, is_orphan) == part.is_wanted)
    }

    /// The notes that fit, in this order.
    pub fn find<'a>(&self, notes: &'a [Placed], order: Order) -> Vec<&'a Placed> {
        let fits = |placed: &&Placed| self.fits(&placed.note, placed.anchoring.is_lost());
        let mut found: Vec<&Placed> = notes.iter().filter(fits).collect();
        sort_by(&mut found, |one, other| match order {
            Order::Place => one.order().cmp(&other.order()),
            Order::Time => other.note.modified.cmp(&one.note.modified),
            Order::Color => {
                let key = |placed: &Placed| (placed.note.color as u8, placed.order());
                key(one).cmp(&key(other))
            }
        });
        found
    }
}

impl Test {
    fn fits(&self, note: &Note, is_orphan: bool) -> bool {
        match self {
            Self::Words(words) => {
                let mut texts = [&note.comment, &note.target.quote.exact].into_iter().chain(&note.tags);
                texts.any(|text| folded(text).contains(words))
            }
            Self::Tag(tag) => note.tags.iter().any(|other| folded(other).starts_with(tag)),
            Self::Color(color) => Some(note.color) == *color,
            Self::HasComment => !note.comment.is_empty(),
            Self::HasTag => !note.tags.is_empty(),
            Self::HasRevision => !note.revisions.is_empty(),
            Self::IsOrphan => is_orphan,
        }
    }
}

/// The first token, folded: the name before its colon, the words, and what comes after it.
fn token(typed: &str) -> (Option<String>, String, &str) {
    let mut name = None;
    let mut words = String::new();
    let mut chars = typed.char_indices();
    let mut end = typed.len();
    while let Some((at, c)) = chars.next() {
        match c {
            _ if c.is_whitespace() => {
                end = at;
                break;
            }
            ':' | '：' if name.is_none() && !words.is_empty() => name = Some(std::mem::take(&mut words)),
            '"' | '“' | '”' | '＂' | '「' => {
                let is_end = |end: char| match c {
                    '「' => end == '」',
                    _ => matches!(end, '"' | '“' | '”' | '＂'),
                };
                for (_, c) in chars.by_ref() {
                    if is_end(c) {
                        break;
                    }
                    words.push(fold(c));
                }
            }
            _ => words.push(fold(c)),
        }
    }
    (name, words, &typed[end..])
}

/// A colour by its name in either language.
fn color(name: &str) -> Option<Color> {
    let chinese = ["黄", "绿", "蓝", "粉"];
    let at = chinese.iter().position(|chinese| name.trim_end_matches('色') == *chinese);
    at.map(|at| Color::ALL[at]).or_else(|| Color::parse(name))
}

/// One form for the widths and cases of a letter.
fn fold(c: char) -> char {
    let narrow = match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    };
    narrow.to_ascii_lowercase()
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Anchoring, Revision, Timestamp};
    use crate::text::{IndexedText, Span};
    use proptest::prelude::*;

    fn placed(id: &str, start: usize, color: Color, comment: &str, tags: &[&str], modified: i64) -> Placed {
        let text = IndexedText::from("市委书记李俊明作动员讲话,GDP增长６%,做到“两个维护”。");
        let span = Span::new(start, start + 4);
        let mut note = Note::new(id.to_owned(), &text, span, "k", Timestamp(1));
        (note.color, note.comment, note.modified) = (color, comment.to_owned(), Timestamp(modified));
        note.tags = tags.iter().map(|&tag| tag.to_owned()).collect();
        Placed { anchoring: Anchoring::Exact { span }, ..Placed::unplaced(note) }
    }

    fn notes() -> Vec<Placed> {
        let mut notes = vec![
            placed("a", 0, Color::Blue, "谁是书记？ See Wang: p. 5", &["人物", "问"], 5),
            placed("b", 13, Color::Yellow, "", &["经济 数据"], 9),
            placed("c", 24, Color::Yellow, "两个 维护，1-2", &[], 7),
            placed("lost", 4, Color::Pink, "不在了", &["人事"], 6),
        ];
        notes[3].anchoring = Anchoring::Orphan;
        std::sync::Arc::make_mut(&mut notes[2].note)
            .remember(Revision { comment: "先前".into(), ..Revision::default() });
        notes
    }

    fn found(query: &str) -> String {
        let notes = notes();
        let found = Query::parse(query).find(&notes, Order::Place);
        found.iter().map(|placed| placed.note.id.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_part_narrows_it_down() {
        for (query, expected) in [
            ("", "a b c lost"),
            ("   ", "a b c lost"),
            ("书记", "a"),
            ("wang", "a"),
            ("ｗａｎｇ", "a"),
            ("gdp", "b"),
            ("两个 维护", "c"),
            ("\"两个 维护\"", "c"),
            ("“两个维护”", "c"),
            ("「两个 维护」", "c"),
            ("\"书记 谁\"", ""),
            ("书记 谁", "a"),
            ("-书记", "b c lost"),
            ("-\"两个 维护\" -书记", "b lost"),
            ("tag:人", "a lost"),
            ("tag:人物", "a"),
            ("标签：人物", "a"),
            ("颜色：黄", "b c"),
            ("tag:#人物", "a"),
            ("tag：\"经济 数据\"", "b"),
            ("-tag:人", "b c"),
            ("color:yellow", "b c"),
            ("color:黄色", "b c"),
            ("-color:黄 tag:人", "a lost"),
            ("color:nothing", ""),
            ("has:comment", "a c lost"),
            ("-has:comment", "b"),
            ("has:tag color:yellow", "b"),
            ("has:revision", "c"),
            ("IS:Orphan", "lost"),
            ("-is:orphan 书记", "a"),
            ("p. 5", "a"),
            ("wang:", "a"),
            ("1-2", "c"),
            ("- 书记", ""),
            ("has:", "a b c lost"),
            ("tag:", "a b c lost"),
            ("\"", "a b c lost"),
            ("\"书记", "a"),
        ] {
            assert_eq!(found(query), expected, "{query}");
        }
    }

    #[test]
    fn what_was_found_stands_in_the_order_asked_for() {
        let notes = notes();
        for (order, expected) in [
            (Order::Place, ["a", "b", "c", "lost"]),
            (Order::Time, ["b", "c", "lost", "a"]),
            (Order::Color, ["b", "c", "a", "lost"]),
        ] {
            let found = Query::default().find(&notes, order);
            let ids: Vec<_> = found.iter().map(|placed| placed.note.id.as_str()).collect();
            assert_eq!(ids, expected, "{order:?}");
        }
    }

    proptest! {
        #[test]
        fn a_query_and_its_opposite_share_the_notes(word in "[a-z书记:：#]{0,12}", any in "\\PC{0,30}") {
            let _ = Query::parse(&any);
            let (one, other) = (Query::parse(&word), Query::parse(&["-", &word].concat()));
            if one.0.len() == 1 && other.0.len() == 1 && !other.0[0].is_wanted {
                for placed in notes() {
                    prop_assert_ne!(one.fits(&placed.note, false), other.fits(&placed.note, false));
                }
            }
        }
    }
}
