//! The gazetteer: names of places, and the words that names of people, offices and organisations are
//! made of. Built in from `data/gazetteer`, a table a file.

use super::words::Words;

macro_rules! table {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".txt"))
    };
}

/// What the rules of recognition look words up in.
#[derive(Debug)]
pub struct Gazetteer {
    /// Full and short names of places.
    pub places: Words,
    /// What each name in [`Self::places`] stands for, by the number it was given.
    pub divisions: Vec<Division>,
    /// Family names.
    pub surnames: Words,
    /// Characters that given names like.
    pub given: &'static str,
    /// Words that begin as a name does, and are none.
    pub ordinary: Words,
    /// What may follow a person's name.
    pub after_name: Words,
    /// Characters that given names do not have.
    pub never_in_name: &'static str,
    /// People whom texts name without an office.
    pub known_people: Words,
    /// What a name without an office may stand before.
    pub after_bare_name: Words,
    /// Characters of foreign names in transliteration.
    pub foreign: &'static str,
    /// Organs that are meant as such without saying whose.
    pub organs: Words,
    /// Organs in short, only after a mark of punctuation.
    pub short_organs: Words,
    /// What an organ is called after 省, 市 or the name of a place.
    pub organ_cores: Words,
    /// What may follow an organ and belong to it.
    pub organ_tails: Words,
    /// What the longer name of an organisation ends with.
    pub organ_suffixes: Words,
    /// Offices, after an organ or before a name.
    pub roles: Words,
    /// Offices that name their organ in short.
    pub whole_roles: Words,
    /// Occupations, only before a name.
    pub occupations: Words,
    /// What ends the description of a group of office-holders.
    pub role_groups: Words,
}

/// A province, prefecture or city; or a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// Its full name: 忻州市.
    pub name: &'static str,
    /// The province around it; empty for a province or a country.
    pub province: &'static str,
}

impl Gazetteer {
    /// The built-in tables.
    pub fn builtin() -> Self {
        let (organs, roles, names) = (table!("organs"), table!("roles"), table!("names"));
        let (divisions, places) = divisions(table!("divisions"), table!("world"));
        let mut surnames = Words::default();
        for line in table!("surnames").lines() {
            if line.contains(' ') {
                surnames.extend(line.split(' '));
            } else {
                surnames.extend(line.split("").filter(|surname| !surname.is_empty()));
            }
        }
        Self {
            places,
            divisions,
            surnames: surnames.sorted(),
            after_name: group(names, "after"),
            never_in_name: line(names, "never"),
            ordinary: group(names, "ordinary"),
            given: line(names, "given"),
            known_people: group(names, "known"),
            after_bare_name: group(names, "titled"),
            foreign: line(names, "foreign"),
            organs: group(organs, "alone"),
            short_organs: group(organs, "short"),
            organ_cores: group(organs, "core"),
            organ_tails: group(organs, "tail"),
            organ_suffixes: group(organs, "suffix"),
            roles: group(roles, "role"),
            whole_roles: group(roles, "whole"),
            occupations: group(roles, "before_name"),
            role_groups: group(roles, "group"),
        }
    }
}

/// The line of a table that begins with `name:`.
fn line(table: &'static str, name: &str) -> &'static str {
    let mut lines = table.lines();
    lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default()
}

fn group(table: &'static str, name: &str) -> Words {
    let mut words = Words::default();
    words.extend(line(table, name).split(' '));
    words.sorted()
}

fn divisions(divisions: &'static str, countries: &'static str) -> (Vec<Division>, Words) {
    let (mut all, mut words) = (Vec::new(), Words::default());
    let mut add = |name: &'static str, province: &'static str| {
        words.add(name, all.len());
        if let Some(short) = short_form(name) {
            words.add(short, all.len());
        }
        all.push(Division { name, province });
    };
    for line in divisions.lines() {
        let (province, cities) = line.split_once('\t').unwrap_or((line, ""));
        add(province, "");
        for city in cities.split(' ').filter(|city| !city.is_empty()) {
            add(city, province);
        }
    }
    for country in countries.split_whitespace() {
        add(country, "");
    }
    (all, words.sorted())
}

/// What a province or city is called for short: its name without what it is.
fn short_form(name: &'static str) -> Option<&'static str> {
    const KINDS: [&str; 10] = [
        "维吾尔自治区",
        "壮族自治区",
        "回族自治区",
        "特别行政区",
        "自治区",
        "自治州",
        "地区",
        "省",
        "市",
        "盟",
    ];
    let short = KINDS.iter().find_map(|kind| name.strip_suffix(kind))?;
    // A people's name stands before 自治州: 延边朝鲜族 is no short form.
    (short.chars().count() >= 2 && !short.ends_with('族')).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&'static str, &'static str)> {
        let gazetteer = Gazetteer::builtin();
        let chars: Vec<char> = text.chars().collect();
        let (len, place) = gazetteer.places.longest(&chars)?;
        assert_eq!(len, chars.len(), "{text}");
        let division = gazetteer.divisions[place];
        Some((division.name, division.province))
    }

    #[test]
    fn a_city_is_known_by_its_full_and_its_short_name() {
        assert_eq!(found("忻州"), Some(("忻州市", "山西省")));
        assert_eq!(found("忻州市"), Some(("忻州市", "山西省")));
        assert_eq!(found("新疆"), Some(("新疆维吾尔自治区", "")));
        assert_eq!(found("香港"), Some(("香港特别行政区", "")));
        assert_eq!(found("市辖区"), None);
    }

    #[test]
    fn no_table_is_empty() {
        let gazetteer = Gazetteer::builtin();
        for words in [
            &gazetteer.places,
            &gazetteer.surnames,
            &gazetteer.after_name,
            &gazetteer.known_people,
            &gazetteer.after_bare_name,
            &gazetteer.organs,
            &gazetteer.short_organs,
            &gazetteer.organ_cores,
            &gazetteer.organ_tails,
            &gazetteer.organ_suffixes,
            &gazetteer.roles,
            &gazetteer.whole_roles,
            &gazetteer.occupations,
            &gazetteer.role_groups,
        ] {
            assert!(!words.is_empty());
        }
        assert!(!gazetteer.never_in_name.is_empty() && !gazetteer.foreign.is_empty());
    }
}
