//! The card of a glossary term: pinyin, meaning, what it lists, English, sources, and how sure we are.

use super::element::{El, button, classed, el};
use super::mentions::mentions;
use super::session::{Session, Toast, Undo};
use super::strings::Lang;
use super::study::{CardPage, Study};
use super::terms::{Told, Writing};
use crate::dom;
use crate::exchange;
use crate::lexicon::glossary::{Item, Origin, Source, Term};
use crate::recognition::Relation;
use crate::text::{Offset, Span};

/// One term of the glossary, and where the article uses it.
pub fn term_card(session: Session, study: &Study, id: &str, mention: Option<usize>) -> Vec<El> {
    let is_it = |fact: &crate::recognition::Fact| fact.relation == Relation::DefinedAs && fact.value == id;
    let entity = study.recognition.entities.iter().find(|entity| entity.facts.iter().any(is_it));
    let mut parts = vec![term_body(session, study, id)];
    parts.extend(entity.and_then(|entity| mentions(session, study, &entity.mentions, mention)));
    parts
}

/// What can be done with a term: copy it, know it, and change it where it is the reader's own.
pub fn term_buttons(session: Session, study: &Study, id: &str) -> Vec<El> {
    let Some(head) = study.glossary.head(id) else { return Vec::new() };
    let (id, name) = (id.to_owned(), head.term.to_owned());
    let known = {
        let (id, name) = (id.clone(), name.clone());
        let (asked, told) = (id.clone(), id.clone());
        let toggle = move || {
            session.set_known(
                &id,
                &name,
                !session.terms.known.peek(|known| known.iter().any(|(other, _)| *other == id)),
            )
        };
        button("quiet know", toggle)
            .attr_live("aria-pressed", move || Some(session.knows(&asked).to_string()))
            .text_live(move || {
                let lang = session.lang.get();
                if session.knows(&told) { lang.known() } else { lang.know() }.to_owned()
            })
    };
    let mut buttons = Vec::new();
    let copied = id.clone();
    buttons.push(button("quiet copy", move || copy(session, &copied)).say(session, Lang::copy));
    if *head.origin == Origin::Reader {
        let edit = move || {
            let term = session.study().and_then(|study| study.glossary.term(&id));
            let anchor = session.card.peek(|card| card.as_ref().map(|card| card.anchor)).unwrap_or_default();
            session.close_card(false);
            session.write_term(term.map(|term| Writing { term, anchor }));
        };
        buttons.push(button("quiet edit", edit).say(session, Lang::edit));
    }
    buttons.push(known);
    buttons
}

fn copy(session: Session, id: &str) {
    let Some(term) = session.study().and_then(|study| study.glossary.term(id)) else { return };
    let text = exchange::term_text(&term);
    wasm_bindgen_futures::spawn_local(async move {
        let copied = dom::copy_text(&text).await;
        let lang = session.lang.now();
        let text = if copied { lang.copied() } else { lang.not_copied() };
        session.toast.set(Some(Toast { text, undo: Undo::Nothing }));
    });
}

/// The entry itself, or what keeps it from being shown.
pub fn term_body(session: Session, study: &Study, id: &str) -> El {
    let Some(head) = study.glossary.head(id) else {
        return classed("p", "nothing").say(session, Lang::no_entry);
    };
    let pinyin = said("pinyin", head.pinyin).map(|pinyin| pinyin.attr("lang", "zh-Latn"));
    let body = classed("div", "term").attr("id", "meaning").children(pinyin);
    let Some(term) = study.glossary.term(id) else {
        // A card that waits for its entry is made anew when it comes; others are left alone.
        if session.terms.told.get() != Told::Failed {
            session.ask_for_entries();
            return body
                .child(classed("p", "nothing coming").attr("role", "status").say(session, Lang::coming));
        }
        let retry = button("retry", move || session.ask_for_entries()).say(session, Lang::retry);
        let sentence = el("p").say(session, Lang::not_come);
        return body.child(classed("div", "not-come").attr("role", "alert").child(sentence).child(retry));
    };
    let definition =
        linked(session, study, id, classed("p", "definition").attr("lang", "zh-Hans"), &term.definition);
    // Who reads in English finds it right under the term.
    let in_english = |of: Lang| {
        let (english, explanation) = (said("english", &term.english), said("explanation", &term.explanation));
        let section = el("section").attr("lang", "en");
        (english.is_some() || explanation.is_some()).then(|| {
            section
                .attr_live("hidden", move || (session.lang.get() != of).then(String::new))
                .children(english)
                .children(explanation)
        })
    };
    body.children(whose(session, &term.origin))
        .children(in_english(Lang::English))
        .children((!term.definition.is_empty()).then_some(definition))
        .children(items(session, &term.items, &term.items_note))
        .children(in_english(Lang::Chinese))
        .children(first_use(session, &term))
        .children(term.distinguish.iter().map(|other| {
            let name = linked(session, study, id, el("i"), &other.term);
            let words = el("span").attr("lang", "zh-Hans").child(name).text(["：", &other.why].concat());
            classed("p", "distinguish").child(el("b").say(session, Lang::not_to_confuse)).child(words)
        }))
        .children(related(session, study, &term.related))
        .children(sources(session, &term))
}

/// Whose the entry is, where it is not the glossary's own.
fn whose(session: Session, origin: &Origin) -> Option<El> {
    let whose = classed("p", "whose");
    match origin {
        Origin::BuiltIn => None,
        Origin::Reader => Some(whose.say(session, Lang::own_term)),
        Origin::Pack(name) => {
            let name = el("span").attr("lang", "zh-Hans").text(name.as_str());
            Some(whose.say(session, Lang::from_pack).child(name))
        }
    }
}

/// A text with the terms in it as ways to their own pages.
fn linked(session: Session, study: &Study, id: &str, mut to: El, text: &str) -> El {
    let chars: Vec<char> = text.chars().collect();
    let slice = |span: Span| chars[span.range()].iter().collect::<String>();
    let mut done = Offset::default();
    for found in study.glossary.find(&chars) {
        if found.id == id {
            continue;
        }
        let before = slice(Span::new(done, found.span.start()));
        if !before.is_empty() {
            to = to.text(before);
        }
        let page = CardPage::Term(found.id);
        to = to
            .child(button("link term-link", move || session.open_page(page.clone())).text(slice(found.span)));
        done = found.span.end();
    }
    to.text(slice(Span::new(done, chars.len())))
}

/// A paragraph, unless there is nothing to say.
fn said(class: &'static str, text: &str) -> Option<El> {
    (!text.is_empty()).then(|| classed("p", class).text(text))
}

/// What a numbered formula numbers, or why that is not said.
fn items(session: Session, items: &[Item], note: &str) -> Option<El> {
    if items.is_empty() && note.is_empty() {
        return None;
    }
    let list = items.iter().map(|item| {
        let chinese = el("span").attr("lang", "zh-Hans").text(item.zh.as_str());
        let english =
            (!item.en.is_empty()).then(|| classed("span", "gloss").attr("lang", "en").text(item.en.as_str()));
        el("li").child(chinese).children(english)
    });
    let list = (!items.is_empty()).then(|| el("ol").children(list));
    let note = said("unlisted", note).map(|note| note.attr("lang", "zh-Hans"));
    Some(classed("section", "items").child(el("h3").say(session, Lang::items)).children(list).children(note))
}

fn first_use(session: Session, term: &Term) -> Option<El> {
    let first = term.first_use.as_ref()?;
    let words = join(&[&first.date, &first.occasion, &first.document]);
    (!words.is_empty()).then(|| {
        let words = el("span").attr("lang", "zh-Hans").text(words);
        classed("p", "first-use").child(el("b").say(session, Lang::first_use)).child(words)
    })
}

fn related(session: Session, study: &Study, ids: &[String]) -> Option<El> {
    let links: Vec<El> = ids
        .iter()
        .filter_map(|id| {
            let page = CardPage::Term(id.clone());
            let link = button("link", move || session.open_page(page.clone()));
            Some(link.attr("lang", "zh-Hans").text(study.glossary.head(id)?.term))
        })
        .collect();
    let heading = el("b").say(session, Lang::related);
    (!links.is_empty()).then(|| classed("p", "related").child(heading).children(links))
}

/// Where the entry comes from, and what of it could not be verified.
fn sources(session: Session, term: &Term) -> Option<El> {
    if term.origin == Origin::Reader {
        return None;
    }
    let flag = if term.verified {
        classed("span", "flag good").say(session, Lang::verified)
    } else {
        classed("span", "flag").say(session, Lang::unverified)
    };
    let unsure = said("unsure", &term.unsure).map(|unsure| unsure.attr("lang", "zh-Hans"));
    if term.sources.is_empty() && term.unsure.is_empty() {
        return Some(classed("p", "sources").child(flag));
    }
    let list = el("ul").children(term.sources.iter().map(source));
    Some(
        classed("details", "sources")
            .child(el("summary").say(session, Lang::sources).child(flag))
            .children(unsure)
            .child(list),
    )
}

fn source(source: &Source) -> El {
    // Only web addresses become links: an entry may come from a pack.
    let is_web = source.url.starts_with("https://") || source.url.starts_with("http://");
    let item = el("li").attr("lang", "zh-Hans");
    let item = if is_web {
        let link = el("a")
            .attr("href", source.url.as_str())
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer");
        item.child(link.text(source.title.as_str()))
    } else {
        item.text(source.title.as_str())
    };
    item.child(classed("span", "imprint").text(join(&[&source.publisher, &source.date])))
}

/// What is said of several things, the unsaid left out.
fn join(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("，")
}
