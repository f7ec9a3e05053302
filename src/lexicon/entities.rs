//! Packs of a site's own people, organisations and places, as JSON. Untrusted: what is good is used, what is
//! not is named. `docs/entity-pack.md` describes the form.

use super::{Kind, PackProblem, Trie, pack};
use serde_json::Value;

/// Most rows of a pack.
const ROWS: usize = 20_000;
/// Longest name, in characters.
const NAME: usize = 60;
/// Longest text of another field, in characters.
const TEXT: usize = 2_000;
/// Most other names of one row.
const ALIASES: usize = 50;

/// A person, organisation or place that a site knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curated {
    /// [`Kind::Person`], [`Kind::Organization`] or [`Kind::Place`].
    pub kind: Kind,
    /// The name that cards show.
    pub name: String,
    /// Other names that lead here.
    pub aliases: Vec<String>,
    /// The office of a person; may be empty.
    pub role: String,
    /// What the organisation or place lies within; may be empty.
    pub within: String,
    /// A sentence or two for the card; may be empty.
    pub description: String,
    /// What the pack is called.
    pub pack: String,
}

/// The entries of every pack in use.
#[derive(Clone, Debug, Default)]
pub struct CuratedEntities {
    names: Trie,
    rows: Vec<Curated>,
}

impl CuratedEntities {
    /// Adds a pack, and answers what is wrong with it. A name that an earlier row or pack has stays that one's.
    pub fn add(&mut self, json: &str, name: &str) -> Vec<PackProblem> {
        let (rows, name) = match pack::rows(json, "entities", name) {
            Ok(pack) => pack,
            Err(problem) => return vec![problem],
        };
        let mut problems = Vec::new();
        for (row, value) in (1..).zip(rows.iter().take(ROWS)) {
            let mut problem = |reason: String| problems.push(PackProblem { row, reason });
            let mut entry = match read(value, &name) {
                Ok(entry) => entry,
                Err(reason) => {
                    problem(reason);
                    continue;
                }
            };
            let number = self.rows.len();
            if self.names.add(entry.name.chars(), number) != number {
                problem(format!("“{}” is in an earlier row already", entry.name));
                continue;
            }
            entry.aliases.retain(|alias| {
                let reason = match is_name(alias) {
                    false => format!("an alias has 1 to {NAME} characters; left out"),
                    true if self.names.add(alias.chars(), number) != number => {
                        format!("the alias “{alias}” is in an earlier row already; left out")
                    }
                    true => return true,
                };
                problem(reason);
                false
            });
            self.rows.push(entry);
        }
        if rows.len() > ROWS {
            problems
                .push(PackProblem { row: ROWS + 1, reason: format!("only the first {ROWS} rows are used") });
        }
        problems
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The entry with the longest name that `chars` begins with, and how long that name is.
    pub fn longest(&self, chars: &[char]) -> Option<(usize, &Curated)> {
        let (len, row) = self.names.longest(chars)?;
        Some((len, self.rows.get(row)?))
    }

    /// The entry that all of `chars` names.
    pub fn named(&self, chars: &[char]) -> Option<&Curated> {
        self.longest(chars).filter(|(len, _)| *len == chars.len()).map(|(_, entry)| entry)
    }
}

fn read(value: &Value, pack: &str) -> Result<Curated, String> {
    if !value.is_object() {
        return Err("a row is an object: {\"kind\": …, \"name\": …}".into());
    }
    let text = |field: &str| value.get(field).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let kind = match text("kind").as_str() {
        "person" => Kind::Person,
        "organization" => Kind::Organization,
        "place" => Kind::Place,
        _ => return Err("“kind” is person, organization or place".into()),
    };
    let aliases = match value.get("aliases") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(aliases)) if aliases.len() <= ALIASES => {
            aliases.iter().map(|alias| alias.as_str().unwrap_or_default().trim().to_owned()).collect()
        }
        Some(_) => return Err(format!("“aliases” is a list of at most {ALIASES} names")),
    };
    let entry = Curated {
        kind,
        name: text("name"),
        aliases,
        role: text("role"),
        within: text("within"),
        description: text("description"),
        pack: pack.to_owned(),
    };
    if !is_name(&entry.name) {
        return Err(format!("“name” has 1 to {NAME} characters, no control characters"));
    }
    if [&entry.role, &entry.within, &entry.description].iter().any(|text| text.chars().nth(TEXT).is_some()) {
        return Err(format!("a text is longer than {TEXT} characters"));
    }
    Ok(entry)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().nth(NAME).is_none() && !name.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_rows_are_used_and_bad_ones_named() {
        let mut entities = CuratedEntities::default();
        let json = r#"{"entities": [
            {"kind": "person", "name": "任逢春", "aliases": ["老任", "", "任逢春"], "role": "记者"},
            {"kind": "ghost", "name": "无名"},
            {"kind": "place"},
            "text",
            {"kind": "place", "name": "任逢春"},
            {"kind": "organization", "name": "忻州日报社", "aliases": "日报"},
            {"kind": "organization", "name": "忻州日报社"}
        ]}"#;
        let problems = entities.add(json, "试验");
        let rows: Vec<usize> = problems.iter().map(|problem| problem.row).collect();
        assert_eq!(rows, [1, 2, 3, 4, 5, 6]);
        let named = |name: &str| entities.named(&name.chars().collect::<Vec<_>>()).map(|entry| entry.kind);
        assert_eq!(named("老任"), Some(Kind::Person));
        assert_eq!(named("忻州日报社"), Some(Kind::Organization));
        assert_eq!(named("忻州日报"), None);
    }

    #[test]
    fn what_is_no_pack_says_so_as_a_whole() {
        for json in ["", "{", "3", "{\"terms\": []}", &" ".repeat(3 << 20)] {
            let problems = CuratedEntities::default().add(json, "坏");
            assert_eq!(problems.iter().map(|problem| problem.row).collect::<Vec<_>>(), [0]);
        }
        assert!(CuratedEntities::default().add("[]", "空").is_empty());
    }

    #[test]
    fn the_example_is_a_good_pack() {
        let mut entities = CuratedEntities::default();
        let example = include_str!("../../examples/packs/entities.json");
        assert_eq!(entities.add(example, "example"), []);
        assert!(!entities.is_empty());
    }
}
