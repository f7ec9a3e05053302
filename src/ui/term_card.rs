//! The card of a glossary term: pinyin, meaning, what it lists, English, sources, and how sure we are.

use super::element::{El, button, classed, el};
use super::mentions::{mentions, note_button};
use super::session::{CardPage, Session, Study};
use super::strings::Lang;
use crate::lexicon::glossary::{Item, Source, Term};
use crate::recognition::Relation;

/// One term of the glossary, and where the article uses it.
pub fn term_card(session: Session, study: &Study, id: &str, mention: usize) -> Vec<El> {
    let is_it = |fact: &crate::recognition::Fact| fact.relation == Relation::DefinedAs && fact.value == id;
    let entity = study.recognition.entities.iter().find(|entity| entity.facts.iter().any(is_it));
    let mut parts = vec![term_body(session, study, id)];
    parts.extend(entity.and_then(|entity| mentions(session, study, &entity.mentions, mention)));
    parts.push(classed("footer", "card-foot").child(note_button(session, mention)));
    parts
}

/// The entry itself.
pub fn term_body(session: Session, study: &Study, id: &str) -> El {
    let Some(term) = study.glossary.term(id) else {
        return classed("p", "nothing").say(session, Lang::no_entry);
    };
    let english = el("section").attr("lang", "en").child(classed("p", "english").text(term.english.as_str()));
    classed("div", "term")
        .child(classed("p", "pinyin").attr("lang", "zh-Latn").text(term.pinyin.as_str()))
        .child(classed("p", "definition").attr("lang", "zh-Hans").text(term.definition.as_str()))
        .children(items(session, &term.items, &term.items_note))
        .child(english.children(said("explanation", &term.explanation)))
        .children(first_use(session, &term))
        .children(term.distinguish.iter().map(|other| {
            let words = el("span").attr("lang", "zh-Hans");
            let words = words.child(el("i").text(other.term.as_str())).text(["：", &other.why].concat());
            classed("p", "distinguish").child(el("b").say(session, Lang::not_to_confuse)).child(words)
        }))
        .children(related(session, study, &term.related))
        .child(sources(session, &term))
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
    Some(classed("section", "items").child(el("h4").say(session, Lang::items)).children(list).children(note))
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
            Some(link.attr("lang", "zh-Hans").text(study.glossary.term(id)?.term))
        })
        .collect();
    let heading = el("b").say(session, Lang::related);
    (!links.is_empty()).then(|| classed("p", "related").child(heading).children(links))
}

/// Where the entry comes from, and what of it could not be verified.
fn sources(session: Session, term: &Term) -> El {
    let flag = if term.verified {
        classed("span", "flag good").say(session, Lang::verified)
    } else {
        classed("span", "flag").say(session, Lang::unverified)
    };
    let unsure = said("unsure", &term.unsure).map(|unsure| unsure.attr("lang", "zh-Hans"));
    let list = el("ul").children(term.sources.iter().map(source));
    classed("details", "sources")
        .child(el("summary").say(session, Lang::sources).child(flag))
        .children(unsure)
        .child(list)
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
