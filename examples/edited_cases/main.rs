//! Makes edited texts whose answer is known: `cargo run --release --example edited_cases -- COUNT
//! [SEED] [TEXT...]` writes COUNT cases, one JSON object a line.
//!
//! Each is a line for the example `reanchor` with two fields more: `kind`, the edit that was made, and
//! `wanted`, where the quoted words stand after it (`[start, end]` in code points, or null when they
//! were deleted). Each character carries where it came from through every edit, so that the answer
//! is known and not guessed. Texts are made up from sentence templates, and taken from the article
//! of this repository and from the files TEXT (a paragraph a line).
//!
//! `edited_cases --article [SEED]` writes one article of 100,000 characters with 200 edits and 1,000
//! notes on it, for timing: only the first line has the `text`.

mod edit;
mod prose;
mod random;

use edit::{Cell, Edited};
use random::Random;
use serde_json::{Value, json};
use std::io::Write;

/// Context on each side, in code points: what a note keeps.
const CONTEXT: usize = bianzhu::annotation::CONTEXT;

/// A kind of edit: its name, and what it does to a text; `false` where it cannot be done there.
type Kind = (&'static str, fn(&mut Edited, &mut Random) -> bool);

const KINDS: &[Kind] = &[
    ("untouched", |_, _| true),
    ("sentences inserted", |text, random| {
        text.insert_sentence_beside_quote(random);
        (0..random.below(4)).for_each(|_| text.insert_sentence(random));
        true
    }),
    ("sentences deleted", |text, random| {
        let beside = text.delete_sentence_beside_quote(random);
        (0..1 + random.below(3)).for_each(|_| text.delete_sentence(random));
        beside
    }),
    ("both neighbours changed", |text, random| text.replace_both_neighbours(random)),
    ("text beside cut", |text, random| text.cut_beside(random)),
    ("context changed throughout", |text, random| text.sprinkle_around(random)),
    ("paragraph moved", |text, random| text.move_paragraph(random)),
    ("sentence moved", |text, random| text.move_sentence(random)),
    ("clause moved", |text, random| text.move_clause(random)),
    ("words around rewritten", |text, random| {
        (0..1 + random.below(4)).for_each(|_| text.rewrite_around(random));
        true
    }),
    ("word beside rewritten", |text, random| text.rewrite_beside(random)),
    ("word inserted beside", |text, random| text.insert_word_beside(random)),
    ("quote rewritten", |text, random| text.rewrite_quote(random)),
    ("quote lengthened", |text, random| text.lengthen_quote(random)),
    ("quote shortened", |text, random| text.shorten_quote(random)),
    ("quote and around rewritten", |text, random| {
        (0..1 + random.below(3)).for_each(|_| text.rewrite_around(random));
        text.rewrite_quote(random)
    }),
    ("quote rewritten and moved", |text, random| text.rewrite_quote(random) && text.move_paragraph(random)),
    ("quote deleted", |text, random| text.delete_quote(random)),
    ("quote deleted, others left", |text, random| text.has_twin() && text.delete_quote(random)),
    ("its clause deleted, others left", |text, _| text.has_twin() && text.delete_clause_of_quote()),
    ("its sentence deleted", |text, _| text.delete_sentence_of_quote()),
    ("its sentence deleted, others left", |text, _| text.has_twin() && text.delete_sentence_of_quote()),
    ("its paragraph deleted", |text, _| text.delete_paragraph_of_quote()),
    ("its paragraph deleted, others left", |text, _| text.has_twin() && text.delete_paragraph_of_quote()),
    ("its sentence replaced", |text, random| text.replace_sentence_of_quote(random)),
    ("punctuation normalised", |text, random| text.normalise_punctuation(random)),
    ("spaces changed", |text, _| text.change_spaces()),
    ("characters changed everywhere", |text, random| text.sprinkle(random)),
    ("many edits", |text, random| {
        (0..3 + random.below(8)).for_each(|_| text.edit_anywhere(random));
        true
    }),
];

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next().unwrap_or_default();
    let seed = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let mut random = Random::new(seed);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if first == "--article" || first == "--repetitive" {
        for line in article(&mut random, first == "--repetitive") {
            writeln!(out, "{line}")?;
        }
        return Ok(());
    }
    let count: usize = first.parse().unwrap_or(1000);
    let mut sources = vec![prose::from_article(include_str!("../../data/articles/xinzhou-reform.json"))];
    for path in arguments {
        sources.push(std::fs::read_to_string(path)?.lines().map(|line| line.trim().to_owned()).collect());
    }
    for number in 0..count {
        let kind = &KINDS[number % KINDS.len()];
        // Some edits cannot be done on some texts: another text is drawn.
        let case = (0..1000).find_map(|_| case(kind, &sources, &mut random));
        if let Some(case) = case {
            writeln!(out, "{case}")?;
        }
    }
    Ok(())
}

/// One case, or `None` where the edit cannot be done or its outcome is a matter of taste.
fn case((name, edit): &Kind, sources: &[Vec<String>], random: &mut Random) -> Option<Value> {
    let original: Vec<char> = prose::text(sources, random).chars().collect();
    let len = quote_length(random);
    if original.len() < len + 80 {
        return None;
    }
    let start = random.below(original.len() - len);
    let quote = &original[start..start + len];
    if quote.contains(&'\n') || quote.iter().filter(|c| c.is_alphabetic()).count() * 3 < len * 2 {
        return None;
    }
    let mut text = Edited::new(&original, start..start + len);
    if !edit(&mut text, random) {
        return None;
    }
    // Half of the texts are edited elsewhere too, as articles are.
    if *name != "untouched" && random.one_in(2) {
        (0..1 + random.below(3)).for_each(|_| text.edit_elsewhere(random));
    }
    let wanted = text.outcome()?;
    let mut case = line(&original, start, len);
    case["text"] = json!(text.chars().collect::<String>());
    case["kind"] = json!(name);
    case["wanted"] = wanted.map_or(Value::Null, |range| json!([range.start, range.end]));
    Some(case)
}

/// Two to thirty characters, short ones most often, as readers of Chinese select.
fn quote_length(random: &mut Random) -> usize {
    match random.below(10) {
        0..4 => 2 + random.below(3),
        4..7 => 5 + random.below(5),
        _ => 10 + random.below(21),
    }
}

/// The words with their context and place in the original.
fn line(original: &[char], start: usize, len: usize) -> Value {
    let slice = |from: usize, to: usize| original[from..to].iter().collect::<String>();
    let end = start + len;
    json!({
        "exact": slice(start, end),
        "prefix": slice(start.saturating_sub(CONTEXT), start),
        "suffix": slice(end, (end + CONTEXT).min(original.len())),
        "start": start,
    })
}

/// A long article after 200 edits, and notes on what it was before.
fn article(random: &mut Random, repetitive: bool) -> Vec<Value> {
    let mut original: Vec<char> = Vec::new();
    let phrase: Vec<char> = "要坚持以人民为中心的发展思想，深化机构改革，推动高质量发展。".chars().collect();
    while original.len() < 100_000 {
        if repetitive && !random.one_in(8) {
            original.extend(&phrase);
        } else {
            original.extend(prose::paragraph(random).chars());
            original.push('\n');
        }
    }
    let mut text = Edited::new(&original, 0..0);
    for _ in 0..200 {
        text.edit_anywhere(random);
    }
    let mut lines = Vec::new();
    while lines.len() < 1000 {
        let (len, start) = (quote_length(random), random.below(original.len() - 40));
        if original[start..start + len].contains(&'\n') {
            continue;
        }
        let mut note = line(&original, start, len);
        if lines.is_empty() {
            note["text"] = json!(text.chars().collect::<String>());
        }
        let kept = |cell: &Cell| (start..start + len).contains(&cell.from);
        let first = text.cells.iter().position(kept);
        let last = text.cells.iter().rposition(kept);
        note["kind"] = json!("article");
        note["wanted"] = first.zip(last).map_or(Value::Null, |(first, last)| json!([first, last + 1]));
        lines.push(note);
    }
    lines
}
