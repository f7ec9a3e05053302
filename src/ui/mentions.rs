//! Every place where the article names what a card shows, with a way from each to the next.

use super::element::{El, button, classed, el};
use super::session::Session;
use super::strings::Lang;
use super::study::Study;
use crate::annotation::Color;
use crate::text::Span;

/// How many code points of context a line of the list shows on each side.
const CONTEXT: usize = 10;

/// The mentions of one entity (indices into the recognition's mentions, in text order): a count with
/// previous and next, and a line each. `here` is the one that the card stands at.
pub fn mentions(session: Session, study: &Study, mentions: &[usize], here: Option<usize>) -> Option<El> {
    let count = mentions.len();
    let first = *mentions.first()?;
    let position = mentions.iter().position(|&index| Some(index) == here);
    let step = |by: usize| position.map_or(first, |at| mentions[(at + by) % count]);
    let (previous, next) = (step(count - 1), step(1));
    let mut number = count.to_string();
    if let Some(at) = position {
        number = [&(at + 1).to_string(), " / ", &number].concat();
    }
    let heading = el("h3").say(session, Lang::mentions).child(classed("span", "count").text(number));
    let steps = (count > 1).then(|| {
        let arrow = |class: &'static str, to: usize, name: fn(Lang) -> &'static str, glyph: &str| {
            let arrow = button(class, move || session.step_to(to, class)).label(session, name).text(glyph);
            // The button that was just pressed keeps the focus when the card is made anew.
            if session.stepped.peek(|stepped| *stepped == class) {
                arrow.attr("data-focus", "")
            } else {
                arrow
            }
        };
        classed("span", "steps")
            .child(arrow("quiet previous", previous, Lang::previous_mention, "↑"))
            .child(arrow("quiet next", next, Lang::next_mention, "↓"))
    });
    let head = classed("div", "mentions-head").child(heading).children(steps);
    let lines = mentions.iter().filter_map(|&index| line(session, study, index, Some(index) == here));
    let list = el("ol").attr("lang", "zh-Hans").children(lines);
    Some(classed("section", "mentions").child(head).child(list))
}

fn line(session: Session, study: &Study, index: usize, is_here: bool) -> Option<El> {
    let mention = study.recognition.mentions.get(index)?;
    let text = study.article.text();
    let (start, end) = (mention.span.start().index(), mention.span.end().index());
    let block = study.article.blocks().get(study.article.block_at(mention.span))?.span;
    let before = Span::new(block.start().index().max(start.saturating_sub(CONTEXT)), start);
    let after = Span::new(end, block.end().index().min(end + CONTEXT));
    let line = button("line", move || session.step_to(index, ""))
        .text(text.slice(before))
        .child(el("b").text(text.slice(mention.span)))
        .text(text.slice(after));
    Some(el("li").child(if is_here { line.attr("aria-current", "true") } else { line }))
}

/// Takes a note on the words that the card stands at.
pub fn note_button(session: Session, mention: usize) -> El {
    let take = move || {
        let Some(study) = session.study() else { return };
        let Some(mention) = study.recognition.mentions.get(mention) else { return };
        session.close_card(false);
        session.add_note(mention.span, Color::Yellow, true);
    };
    button("primary take-note", take).say(session, Lang::take_note)
}
