//! Makes edited texts whose answer is known: `cargo run --release --example edited_cases -- COUNT
//! [SEED] [TEXT...]` writes COUNT cases, one JSON object a line.
//!
//! Each is a line for the example `reanchor` with two fields more: `kind`, the edit that was made, and
//! `wanted`, where the quoted words stand after it (`[start, end]` in code points, or null when they
//! were deleted). Each character carries where it came from through every edit, so that the answer
//! is known and not guessed. Texts are made up from sentence templates, and taken from the article
//! of this repository and from the files TEXT (a paragraph a line).
//!
//! `edited_cases --second COUNT [SEED] [TEXT...]` writes cases of a second style: quotations at the edges of
//! a text, very short and very long ones, little context or none, no position or a wrong one, and edits
//! that touch the whole text.
//!
//! `edited_cases --third COUNT [SEED] [TEXT...]` writes cases of a third style: drafts of a plan with sections and
//! lists, revised as a whole between two readings, half of the quotations a clause or a thing of a list.
//!
//! `edited_cases --many COUNT [SEED]` writes COUNT texts with several notes each: only the first line of a text has
//! the `text`.
//!
//! `edited_cases --article [SEED]` writes one article of 100,000 characters with 200 edits and 1,000
//! notes on it, for timing: only the first line has the `text`.

mod edit;
mod many;
mod prose;
mod random;
mod revision;

use edit::{Cell, Edited};
use random::Random;
use serde_json::{Value, json};
use std::io::Write;
use std::ops::Range;

/// Context on each side, in code points: what a note keeps.
const CONTEXT: usize = bianzhu::annotation::CONTEXT;

/// What an edit does to a text; `false` where it cannot be done there.
type Edit = fn(&mut Edited, &mut Random) -> bool;

/// A kind of edit: its name, and what it does.
type Kind = (&'static str, Edit);

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

/// A kind of the second style: its name, which part of a text of so many characters is quoted (beginning
/// and length), the edit, and what becomes of the note itself.
type SecondKind = (&'static str, fn(usize, &mut Random) -> (usize, usize), Edit, fn(&mut Value, &mut Random));

const SECOND_KINDS: &[SecondKind] = &[
    ("at the beginning, text prepended", at_beginning, |text, random| text.prepend(random), as_saved),
    (
        "at the beginning, what follows changed",
        at_beginning,
        |text, random| text.rewrite_after(random),
        as_saved,
    ),
    ("at the end, text appended", at_end, |text, random| text.append(random), as_saved),
    ("at the end, what precedes cut", at_end, |text, random| text.cut_beside(random), as_saved),
    ("at the end, deleted", at_end, |text, random| text.delete_quote(random), as_saved),
    ("two to four characters, sentence moved", short, |text, random| text.move_sentence(random), as_saved),
    (
        "two to four characters, sentence rewritten",
        short,
        |text, random| text.rewrite_sentence(random),
        as_saved,
    ),
    ("two to four characters, replaced", short, |text, random| text.replace_quote(random), as_saved),
    ("over 200 characters, middle edited", long, |text, random| text.edit_middle(random), as_saved),
    ("over 200 characters, moved", long, |text, random| text.move_paragraphs(random), as_saved),
    ("over 200 characters, begun anew", long, |text, random| text.rewrite_first(random), as_saved),
    ("over 200 characters, deleted", long, |text, random| text.delete_quote(random), as_saved),
    ("paragraphs joined and split", anywhere, |text, random| text.break_anew(random), as_saved),
    ("traditional characters", anywhere, |text, _| text.write_traditional(), as_saved),
    ("full-width digits and letters", anywhere, |text, _| text.widen(), as_saved),
    (
        "misprint in the quote, sentence moved",
        anywhere,
        |text, random| text.misprint_quote(random) && text.move_sentence(random),
        as_saved,
    ),
    ("its sentence copied before it", anywhere, |text, random| text.copy_sentence(false, random), as_saved),
    ("its sentence copied after it", anywhere, |text, random| text.copy_sentence(true, random), as_saved),
    ("rewritten sentence by sentence", anywhere, |text, random| text.rewrite_everywhere(random), as_saved),
    ("two sentences swapped", anywhere, |text, random| text.swap_with_next(random), as_saved),
    ("all of the text replaced", anywhere, |text, random| text.replace_all(random), as_saved),
    ("rare characters", anywhere, |text, random| text.sprinkle_around(random), as_saved),
    (
        "no position, sentences inserted",
        anywhere,
        |text, random| text.insert_sentence_beside_quote(random),
        without_position,
    ),
    ("no position, quote rewritten", anywhere, |text, random| text.rewrite_quote(random), without_position),
    (
        "no position, its sentence deleted",
        anywhere,
        |text, _| text.delete_sentence_of_quote(),
        without_position,
    ),
    ("wrong position, untouched", anywhere, |_, _| true, with_wrong_position),
    (
        "wrong position, words around rewritten",
        anywhere,
        |text, random| text.rewrite_beside(random),
        with_wrong_position,
    ),
    (
        "short context, sentences inserted",
        anywhere,
        |text, random| text.insert_sentence_beside_quote(random),
        with_short_context,
    ),
    (
        "short context, quote rewritten",
        anywhere,
        |text, random| text.rewrite_quote(random),
        with_short_context,
    ),
    ("short context, deleted", anywhere, |text, random| text.delete_quote(random), with_short_context),
    (
        "short context, sentence moved",
        anywhere,
        |text, random| text.move_sentence(random),
        with_short_context,
    ),
    (
        "one-sided context, words around rewritten",
        anywhere,
        |text, random| text.rewrite_beside(random),
        with_one_side,
    ),
    (
        "no context, sentences inserted",
        anywhere,
        |text, random| text.insert_sentence_beside_quote(random),
        without_context,
    ),
];

const THIRD_KINDS: &[Kind] = &[
    ("numbers updated", |text, random| text.update_numbers(1, random)),
    ("names written out", |text, random| revision::spell_out(text, random)),
    ("people and places replaced", |text, random| revision::rename(text, random)),
    ("a word replaced throughout", |text, random| revision::use_synonyms(text, random)),
    ("its list reordered", |text, random| text.reorder_beside('、', random)),
    ("its clauses reordered", |text, random| text.reorder_beside('，', random)),
    ("formula put before its sentence", |text, random| text.insert_formula_before(random)),
    ("adverbs put in", |text, random| text.insert_qualifiers(3, random)),
    ("sentences joined and split", |text, random| text.join_sentences(3, random)),
    ("paragraphs split", |text, random| text.break_some(2, random)),
    ("sections reordered", |text, random| text.swap_sections(random)),
    ("revised", |text, random| {
        revision::revise(text, false, random);
        true
    }),
    ("revised heavily", |text, random| {
        revision::revise(text, true, random);
        true
    }),
    ("revised, its sentence moved", |text, random| {
        revision::revise(text, false, random);
        text.move_sentence(random)
    }),
    ("revised, its sentence said again", |text, random| {
        let after = random.one_in(2);
        text.copy_sentence(after, random);
        revision::revise(text, false, random);
        true
    }),
    ("revised, its clause deleted", |text, random| {
        revision::revise(text, false, random);
        text.delete_clause_of_quote()
    }),
    ("revised, its sentence deleted", |text, random| {
        revision::revise(text, false, random);
        text.delete_sentence_of_quote()
    }),
    ("revised, its paragraph deleted", |text, random| {
        revision::revise(text, false, random);
        text.delete_paragraph_of_quote()
    }),
    ("its section deleted", |text, _| text.delete_section_of_quote()),
    ("another draft", |text, random| text.replace_by_draft(random)),
];

fn anywhere(text: usize, random: &mut Random) -> (usize, usize) {
    let len = quote_length(random);
    (random.below(text.saturating_sub(len)), len)
}

fn short(text: usize, random: &mut Random) -> (usize, usize) {
    let len = 2 + random.below(3);
    (random.below(text.saturating_sub(len)), len)
}

fn long(text: usize, random: &mut Random) -> (usize, usize) {
    let len = 201 + random.below(100);
    (random.below(text.saturating_sub(len)), len)
}

fn at_beginning(_: usize, random: &mut Random) -> (usize, usize) {
    let len = quote_length(random);
    (if random.one_in(2) { 0 } else { random.below(12) }, len)
}

fn at_end(text: usize, random: &mut Random) -> (usize, usize) {
    let len = quote_length(random);
    (text.saturating_sub(len + if random.one_in(2) { 0 } else { random.below(12) }), len)
}

fn as_saved(_: &mut Value, _: &mut Random) {}

fn without_position(note: &mut Value, _: &mut Random) {
    note["start"] = Value::Null;
}

fn with_wrong_position(note: &mut Value, random: &mut Random) {
    note["start"] = json!(random.below(3000));
}

fn with_short_context(note: &mut Value, random: &mut Random) {
    keep_context(note, 2 + random.below(9), 2 + random.below(9));
}

fn with_one_side(note: &mut Value, random: &mut Random) {
    let (before, after) = if random.one_in(2) { (0, CONTEXT) } else { (CONTEXT, 0) };
    keep_context(note, before, after);
}

fn without_context(note: &mut Value, _: &mut Random) {
    keep_context(note, 0, 0);
}

/// So much of the context as other programs save.
fn keep_context(note: &mut Value, before: usize, after: usize) {
    let prefix: Vec<char> = note["prefix"].as_str().unwrap_or_default().chars().collect();
    let suffix: String = note["suffix"].as_str().unwrap_or_default().chars().take(after).collect();
    note["prefix"] = json!(prefix[prefix.len().saturating_sub(before)..].iter().collect::<String>());
    note["suffix"] = json!(suffix);
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut first = arguments.next().unwrap_or_default();
    let style = match &*first {
        "--second" => 2,
        "--third" => 3,
        "--many" => 4,
        _ => 1,
    };
    if style > 1 {
        first = arguments.next().unwrap_or_default();
    }
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
    if style == 4 {
        for line in (0..count).flat_map(|number| many::cases(number, &mut random)) {
            writeln!(out, "{line}")?;
        }
        return Ok(());
    }
    let mut sources = vec![prose::from_article(include_str!("../../data/articles/xinzhou-reform.json"))];
    for path in arguments {
        sources.push(std::fs::read_to_string(path)?.lines().map(|line| line.trim().to_owned()).collect());
    }
    for number in 0..count {
        let of = |kinds: &'static [Kind]| &kinds[number % kinds.len()];
        let second = &SECOND_KINDS[number % SECOND_KINDS.len()];
        // Some edits cannot be done on some texts: another text is drawn.
        let case = (0..1000).find_map(|_| match style {
            2 => second_case(second, &sources, &mut random),
            3 => third_case(of(THIRD_KINDS), &sources, &mut random),
            _ => first_case(of(KINDS), &sources, &mut random),
        });
        if let Some(case) = case {
            writeln!(out, "{case}")?;
        }
    }
    Ok(())
}

/// One case, or `None` where the edit cannot be done or its outcome is a matter of taste.
fn first_case(kind: &Kind, sources: &[Vec<String>], random: &mut Random) -> Option<Value> {
    let original: Vec<char> = prose::text(sources, random).chars().collect();
    let len = quote_length(random);
    if original.len() < len + 80 {
        return None;
    }
    let start = random.below(original.len() - len);
    // Half of the texts are edited elsewhere too, as articles are.
    case(kind, &original, start..start + len, true, random)
}

/// One case of the third style.
fn third_case(kind: &Kind, sources: &[Vec<String>], random: &mut Random) -> Option<Value> {
    let lines = match random.one_in(2) {
        true => revision::draft(random),
        false => prose::stretch(sources, random),
    };
    let original: Vec<char> = lines.join("\n").chars().collect();
    let (mut start, mut len) = anywhere(original.len(), random);
    if random.one_in(2) {
        let is_end = |c: &char| !c.is_alphanumeric();
        start = original[..start].iter().rposition(is_end).map_or(0, |at| at + 1);
        len = original[start..].iter().position(is_end).unwrap_or(len);
    }
    if original.len() < len + 80 || !(2..=40).contains(&len) {
        return None;
    }
    case(kind, &original, start..start + len, false, random)
}

fn case(
    (name, edit): &Kind,
    original: &[char],
    place: Range<usize>,
    elsewhere: bool,
    random: &mut Random,
) -> Option<Value> {
    let quote = &original[place.clone()];
    if quote.contains(&'\n') || quote.iter().filter(|c| c.is_alphabetic()).count() * 3 < quote.len() * 2 {
        return None;
    }
    let mut text = Edited::new(original, place.clone());
    if !edit(&mut text, random) {
        return None;
    }
    if elsewhere && *name != "untouched" && random.one_in(2) {
        (0..1 + random.below(3)).for_each(|_| text.edit_elsewhere(random));
    }
    let wanted = text.outcome()?;
    let mut case = line(original, place.start, place.len());
    case["text"] = json!(text.chars().collect::<String>());
    case["kind"] = json!(name);
    case["wanted"] = wanted.map_or(Value::Null, |range| json!([range.start, range.end]));
    Some(case)
}

/// One case of the second style.
fn second_case(
    (name, part, edit, change): &SecondKind,
    sources: &[Vec<String>],
    random: &mut Random,
) -> Option<Value> {
    let mut original: Vec<char> = prose::text(sources, random).chars().collect();
    let (start, len) = part(original.len(), random);
    if original.len() < len + 80 {
        return None;
    }
    if *name == "rare characters" {
        original[start + random.below(len)] = ['𠮷', '😀', '𬱖'][random.below(3)];
    }
    let quote = &original[start..start + len];
    if len < 200 && quote.contains(&'\n')
        || quote.iter().filter(|c| c.is_alphanumeric() || **c > '\u{ffff}').count() * 3 < len * 2
    {
        return None;
    }
    let mut text = Edited::new(&original, start..start + len);
    if !edit(&mut text, random) {
        return None;
    }
    let wanted = text.outcome()?;
    let mut case = line(&original, start, len);
    change(&mut case, random);
    // Words without context that stand in several places have no answer.
    if case["prefix"] == "" && case["suffix"] == "" && text.has_twin() {
        return None;
    }
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
