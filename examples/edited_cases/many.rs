//! Several notes on one text, which is edited all over: what the notes say of each other counts.

use crate::edit::Edited;
use crate::random::Random;
use crate::{prose, revision};
use serde_json::{Value, json};
use std::ops::Range;

/// A text to edit.
type Text = fn(&mut Random) -> Vec<char>;

/// A kind of text and edits: its name, the text, how many characters there are to a note and to an edit, and one
/// edit.
type Kind = (&'static str, Text, usize, usize, fn(&mut Edited, &mut Random));

const KINDS: &[Kind] = &[
    ("varied", varied, 100, 500, |text, random| text.edit_anywhere(random)),
    ("a paragraph said again and again", refrain, 100, 500, |text, random| text.edit_anywhere(random)),
    ("a list of like lines", lines, 100, 500, |text, random| text.edit_anywhere(random)),
    ("one sentence in most places", repetitive, 100, 500, |text, random| text.edit_anywhere(random)),
    ("one sentence in most places, sentences in and out", repetitive, 100, 500, |text, random| match random
        .one_in(2)
    {
        true => text.insert_sentence(random),
        false => text.delete_sentence(random),
    }),
    ("one sentence in most places, paragraphs moved", repetitive, 100, 1000, |text, random| {
        text.move_any_paragraph(random);
    }),
    ("one sentence in most places, few notes", repetitive, 1000, 500, |text, random| {
        text.edit_anywhere(random);
    }),
    ("one sentence in most places, many edits", repetitive, 100, 200, |text, random| {
        text.edit_anywhere(random);
    }),
    ("one sentence in most places, notes of three versions", repetitive, 100, 500, |text, random| {
        text.edit_anywhere(random);
    }),
    ("a draft, revised", draft, 100, 3000, |text, random| revision::revise(text, false, random)),
    ("a draft, revised, sentences in, out and moved", draft, 100, 3000, |text, random| {
        revision::revise(text, false, random);
        for _ in 0..4 {
            text.insert_sentence(random);
            text.delete_sentence(random);
            text.move_any_sentence(random);
        }
    }),
    ("a draft, revised heavily", draft, 100, 3000, |text, random| revision::revise(text, true, random)),
    ("a draft, revised, notes of three versions", draft, 100, 1500, |text, random| {
        revision::revise(text, false, random);
    }),
];

/// A kind of this ending has notes on the first text, on the one after half of the edits, and on today's.
const OF_VERSIONS: &str = "notes of three versions";

/// One text after its edits and the notes on what it was before; only the first line has the `text`.
pub fn cases(number: usize, random: &mut Random) -> Vec<Value> {
    let (name, text, to_a_note, to_an_edit, edit) = KINDS[number % KINDS.len()];
    let first = text(random);
    let edits = first.len() / to_an_edit + 1;
    let mut middle = Edited::new(&first, 0..0);
    (0..edits / 2).for_each(|_| edit(&mut middle, random));
    let second: Vec<char> = middle.chars().collect();
    let mut last = Edited::new(&second, 0..0);
    (edits / 2..edits).for_each(|_| edit(&mut last, random));
    // Where each character of today's text was in the text in the middle, and in the first.
    let today: Vec<char> = last.chars().collect();
    let from_today: Vec<usize> = (0..today.len()).collect();
    let from_second: Vec<usize> = last.cells.iter().map(|cell| cell.from).collect();
    let from_first: Vec<usize> =
        from_second.iter().map(|from| middle.cells.get(*from).map_or(usize::MAX, |cell| cell.from)).collect();
    let mut lines = Vec::new();
    for at in 0..first.len() / to_a_note + 2 {
        let (original, from) = match at % 3 {
            1 if name.ends_with(OF_VERSIONS) => (&second, &from_second),
            2 if name.ends_with(OF_VERSIONS) => (&today, &from_today),
            _ => (&first, &from_first),
        };
        let (len, start) = (crate::quote_length(random), random.below(original.len().saturating_sub(40)));
        let place = start..start + len;
        if place.end > original.len() || original[place.clone()].contains(&'\n') {
            continue;
        }
        let Some(wanted) = became(from, place) else { continue };
        let mut note = crate::line(original, start, len);
        if lines.is_empty() {
            note["text"] = json!(today.iter().collect::<String>());
        }
        note["kind"] = json!(name);
        note["wanted"] = wanted.map_or(Value::Null, |range| json!([range.start, range.end]));
        lines.push(note);
    }
    lines
}

/// Where the words of a place are now; `Some(None)` where nothing is left of them, `None` where it is a matter of
/// taste: an end is gone, or they were torn apart.
fn became(from: &[usize], place: Range<usize>) -> Option<Option<Range<usize>>> {
    let is_kept = |from: &usize| place.contains(from);
    let Some((first, last)) = from.iter().position(is_kept).zip(from.iter().rposition(is_kept)) else {
        return Some(None);
    };
    let whole = from[first] == place.start && from[last] + 1 == place.end;
    let left = from[first..=last].iter().filter(|from| is_kept(from)).count();
    let torn = last - first > 2 * place.len() + 5 || left * 2 < place.len();
    (whole && !torn).then_some(Some(first..last + 1))
}

fn varied(random: &mut Random) -> Vec<char> {
    let count = 10 + random.below(30);
    paragraphs(count, random, |_, _| ()).chars().collect()
}

/// Every third paragraph is the same one.
fn refrain(random: &mut Random) -> Vec<char> {
    let count = 20 + random.below(30);
    let refrain = [prose::sentence(random), prose::sentence(random), prose::sentence(random)].concat();
    paragraphs(count, random, |at, text| {
        if at % 3 == 0 {
            text.extend([&refrain, "\n"]);
        }
    })
    .chars()
    .collect()
}

/// Between the paragraphs are lists whose lines are the same but for one word in a few of them.
fn lines(random: &mut Random) -> Vec<char> {
    let count = 5 + random.below(5);
    let line = [prose::sentence(random), "\n".to_owned()].concat();
    let mut text = String::new();
    for _ in 0..count {
        text.push_str(&prose::paragraph(random));
        text.push('\n');
        for _ in 0..10 {
            if random.one_in(4) {
                text.push_str(prose::word(random));
            }
            text.push_str(&line);
        }
    }
    text.chars().collect()
}

fn repetitive(random: &mut Random) -> Vec<char> {
    let count = 20 + random.below(30);
    let sentence = prose::sentence(random);
    let mut counts: Vec<usize> = (0..count).map(|_| random.below(16)).collect();
    paragraphs(count, random, |_, text| text.push_str(&sentence.repeat(counts.pop().unwrap_or_default())))
        .chars()
        .collect()
}

fn draft(random: &mut Random) -> Vec<char> {
    (0..3).map(|_| revision::draft(random).join("\n")).collect::<Vec<_>>().join("\n").chars().collect()
}

/// So many paragraphs, each with something before it.
fn paragraphs(count: usize, random: &mut Random, mut before: impl FnMut(usize, &mut String)) -> String {
    let mut text = String::new();
    for at in 0..count {
        before(at, &mut text);
        text.push_str(&prose::paragraph(random));
        text.push('\n');
    }
    text
}
