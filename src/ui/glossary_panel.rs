//! The glossary's panel: the terms of this article, a search over the whole glossary, what the reader
//! knows and wrote, and how often terms are marked.

use super::element::{El, button, classed, el};
use super::floating::{close_button, close_panel, open, toggle_panel};
use super::session::{Session, document_rect, range_rect};
use super::strings::Lang;
use super::study::Study;
use super::terms::{Told, Writing};
use crate::dom;
use crate::layout::Rect;
use crate::lexicon::glossary::{Category, Head, Origin};
use crate::recognition::{Marking, Relation};
use crate::sort::sort_by_key;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Most results that are listed.
const MOST: usize = 60;
/// What a card beside the panel keeps of room, in CSS px: its own width and a gap.
const BESIDE: f64 = 396.0;

/// The button that opens the panel, with how many terms the article uses.
pub fn opener(session: Session) -> El {
    let count = move || {
        session.phase.track();
        session.study().map_or(0, |study| study.used_terms().len()).to_string()
    };
    button("quiet open-glossary", move || toggle(session))
        .attr_live("aria-expanded", move || Some(session.terms.panel.get().to_string()))
        .say(session, Lang::glossary)
        .text(" ")
        .child(classed("span", "count").text_live(count))
}

/// Opens the panel or closes it.
pub fn toggle(session: Session) {
    toggle_panel(session, session.terms.panel, ".open-glossary");
}

/// Closes the panel; the focus goes back to where it was.
pub fn close(session: Session) {
    close_panel(session, session.terms.panel, ".open-glossary");
}

/// The line of a term in the open panel.
pub fn row_of(session: Session, id: &str) -> Option<HtmlElement> {
    // Ids may come from a pack: they are compared, not put into a selector.
    let rows = inside(session, "[data-term]")?;
    rows.into_iter().find(|row| row.get_attribute("data-term").as_deref() == Some(id))
}

/// The elements of the interface that match a selector.
pub fn inside(session: Session, selector: &str) -> Option<Vec<HtmlElement>> {
    let host = session.map()?.root().closest("bianzhu-article").ok()??;
    let found = host.shadow_root()?.query_selector_all(selector).ok()?;
    Some((0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect())
}

/// A term that the article uses.
pub struct Used {
    id: String,
    /// Its first mention.
    first: usize,
    count: usize,
}

impl Study {
    /// The terms that the article uses, in the order in which they appear.
    fn used_terms(&self) -> Vec<Used> {
        let mut used: Vec<Used> = Vec::new();
        for entity in &self.recognition.entities {
            let defined = entity.facts.iter().filter(|fact| fact.relation == Relation::DefinedAs);
            let (Some(&first), count) = (entity.mentions.first(), entity.mentions.len()) else { continue };
            for fact in defined {
                match used.iter_mut().find(|used| used.id == fact.value) {
                    Some(used) => {
                        used.first = used.first.min(first);
                        used.count += count;
                    }
                    None => used.push(Used { id: fact.value.clone(), first, count }),
                }
            }
        }
        sort_by_key(&mut used, |used| used.first);
        used
    }
}

/// The open panel, if it is.
pub fn glossary_panel(session: Session) -> Option<El> {
    if !session.terms.panel.get() {
        return None;
    }
    // Pinyin and English are searched in the entries.
    session.ask_for_entries();
    let mounted = move |element: HtmlElement| {
        // On a phone a field with the focus would bring the keyboard up over the list.
        let field = (!session.narrow.now()).then(|| element.query_selector("input").ok().flatten()).flatten();
        open(session, &element, field.and_then(|field| field.dyn_into().ok()).as_ref());
    };
    let head = classed("div", "card-head")
        .child(el("h2").say(session, Lang::glossary))
        .child(close_button(session, move || close(session)));
    let panel = classed("div", "panel glossary")
        .attr("part", "panel")
        .attr("popover", "manual")
        .attr("role", "dialog")
        .attr("tabindex", "-1")
        .attr_say("aria-label", session, Lang::glossary)
        .mounted(mounted)
        .child(head)
        .child(search_field(session))
        .part(move || {
            let query = session.terms.query.get();
            if query.trim().is_empty() { used_section(session) } else { results(session, &query) }
        })
        .part(move || known_section(session))
        .child(own_section(session))
        .child(choices(session));
    Some(panel)
}

fn search_field(session: Session) -> El {
    let typed = move |event: web_sys::Event| {
        session.terms.query.set(dom::value_of(&event));
    };
    classed("div", "search").attr("role", "search").child(
        el("input")
            .attr("type", "search")
            .attr("value", session.terms.query.now())
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .attr_say("aria-label", session, Lang::search_glossary)
            .attr_say("placeholder", session, Lang::search_hint)
            .on("input", typed),
    )
}

/// What a search finds, in the whole glossary.
fn results(session: Session, query: &str) -> Option<El> {
    // Pinyin and English come with the entries.
    let told = session.terms.told.get();
    session.phase.track();
    let study = session.study()?;
    let found = study.glossary.search(query);
    let used = study.used_terms();
    let count = found.len();
    let sentence = move || {
        let lang = session.lang.get();
        if count == 0 {
            lang.nothing_found().to_owned()
        } else {
            [&count.to_string(), " ", lang.found()].concat()
        }
    };
    let rows = found.into_iter().take(MOST).map(|head| {
        let used = used.iter().find(|used| used.id == head.id);
        row(session, head, used.map(|used| (used.first, used.count)))
    });
    let failed = (told == Told::Failed).then(|| {
        let retry = button("retry", move || session.ask_for_entries()).say(session, Lang::retry);
        classed("div", "not-come").child(el("p").say(session, Lang::no_english)).child(retry)
    });
    let rows: Vec<El> = rows.collect();
    Some(
        el("section")
            .child(classed("p", "nothing").attr("role", "status").text_live(sentence))
            .children(failed)
            .child(classed("ul", "terms").children(rows)),
    )
}

/// The terms of this article.
fn used_section(session: Session) -> Option<El> {
    session.phase.track();
    let in_english = session.lang.get() == Lang::English;
    // Pinyin and English come with the entries.
    session.terms.told.track();
    let by_category = session.terms.by_category.get();
    let study = session.study()?;
    let used = study.used_terms();
    let heading = el("h3").say(session, Lang::terms_here);
    let section = classed("section", "used");
    if used.is_empty() {
        return Some(section.child(heading).child(classed("p", "nothing").say(session, Lang::no_terms)));
    }
    let orders = choice(
        session,
        Lang::order,
        &[Lang::by_place, Lang::by_category],
        |session| session.terms.by_category.get().into(),
        |session, choice| session.terms.by_category.set(choice == 1),
    );
    let rows = |category: Option<Category>| {
        let heads = used.iter().filter_map(|used| {
            let mut head = study.glossary.head(&used.id)?;
            if !in_english {
                head.english = "";
            }
            Some((head, used))
        });
        let heads = heads.filter(move |(head, _)| category.is_none_or(|category| head.category == category));
        let rows: Vec<El> =
            heads.map(|(head, used)| row(session, head, Some((used.first, used.count)))).collect();
        (!rows.is_empty()).then(|| classed("ul", "terms").children(rows))
    };
    let section = section.child(classed("div", "section-head").child(heading).child(orders));
    if !by_category {
        return Some(section.children(rows(None)));
    }
    let groups = Category::ALL.iter().filter_map(|&category| {
        let rows = rows(Some(category))?;
        let name = el("h4").text_live(move || session.lang.get().category(category).to_owned());
        Some(el("div").child(name).child(rows))
    });
    Some(section.children(groups))
}

/// A term, with how often the article uses it; it leads to the first place, or to a card of its own.
fn row(session: Session, head: Head<'_>, used: Option<(usize, usize)>) -> El {
    let id = head.id.to_owned();
    let (shown, known) = (id.clone(), id.clone());
    let open = move || match used {
        Some((first, _)) => {
            session.terms.panel.set(false);
            session.visit_term(first, &id);
        }
        None => {
            let row = row_of(session, &id).map(|row| document_rect(&row)).unwrap_or_default();
            let left = row.left - BESIDE;
            session.open_term(&id, Rect { left, right: left, top: row.top, bottom: row.top });
        }
    };
    let name = el("b").attr("lang", "zh-Hans").text(head.term);
    let pinyin = (!head.pinyin.is_empty())
        .then(|| classed("span", "pinyin").attr("lang", "zh-Latn").text(head.pinyin));
    let english =
        (!head.english.is_empty()).then(|| classed("span", "gloss").attr("lang", "en").text(head.english));
    let whose = match head.origin {
        Origin::BuiltIn => None,
        Origin::Reader => Some(classed("span", "flag").say(session, Lang::own_term)),
        Origin::Pack(name) => Some(classed("span", "flag").attr("lang", "zh-Hans").text(name.as_str())),
    };
    let times = match used {
        Some((_, count)) => classed("span", "count").text(["×", &count.to_string()].concat()),
        None => classed("span", "count").say(session, Lang::not_here),
    };
    let row = button("entry", open)
        .attr("data-term", shown)
        .attr_live("data-known", move || session.knows(&known).then(String::new))
        .child(el("span").child(name).children(pinyin).children(whose))
        .child(times)
        .children(english);
    el("li").child(row)
}

/// The terms that the reader knows, in this article or not.
fn known_section(session: Session) -> Option<El> {
    let known = session.terms.known.get();
    if known.is_empty() {
        return None;
    }
    let count = classed("span", "count").text(known.len().to_string());
    let rows = known.into_iter().map(|(id, name)| {
        let word = el("span").attr("lang", "zh-Hans").text(name.as_str());
        let forget = button("quiet", move || session.set_known(&id, &name, false)).say(session, Lang::unknow);
        el("li").child(word).child(forget)
    });
    let heading = el("h3").say(session, Lang::known_terms).child(count);
    Some(classed("section", "known").child(heading).child(classed("ul", "kept").children(rows)))
}

/// The terms that the reader wrote.
fn own_section(session: Session) -> El {
    classed("section", "own").child(el("h3").say(session, Lang::own_terms)).part(move || {
        let own = session.terms.own.get();
        if own.is_empty() {
            return Some(classed("p", "nothing").say(session, Lang::no_own_terms));
        }
        let rows = own.into_iter().map(|term| {
            let word = el("span").attr("lang", "zh-Hans").text(term.term.as_str());
            let removed = term.clone();
            let edit = move || {
                let term = term.clone();
                session.terms.panel.set(false);
                let anchor = session.study().and_then(|study| place_of(session, &study, &term.id));
                session.write_term(Some(Writing { term, anchor: anchor.unwrap_or_default() }));
            };
            el("li").child(word).child(button("quiet edit", edit).say(session, Lang::edit)).child(
                button("quiet delete", move || session.remove_own(removed.clone()))
                    .say(session, Lang::delete),
            )
        });
        Some(classed("ul", "kept").children(rows))
    })
}

/// Where the article uses a term first, or its beginning; brought into view.
fn place_of(session: Session, study: &Study, id: &str) -> Option<Rect> {
    let used = study.used_terms().into_iter().find(|used| used.id == id);
    let range = match used.and_then(|used| session.mention_range(used.first)) {
        Some(range) => range,
        None => session.map()?.range(&dom::document(), study.article.blocks().first()?.span)?,
    };
    dom::scroll_to_middle(&range);
    range_rect(&range)
}

/// How often terms are marked, and whether a resting pointer opens cards.
fn choices(session: Session) -> El {
    let marking = choice(
        session,
        Lang::mark_terms,
        &[Lang::mark_paragraph, Lang::mark_article, Lang::mark_all, Lang::mark_none],
        |session| {
            let marking = session.terms.marking.get();
            Marking::CHOICES.iter().position(|choice| *choice == marking).unwrap_or_default()
        },
        |session, choice| session.choose_marking(Marking::CHOICES.get(choice).copied().unwrap_or_default()),
    );
    let hover = choice(
        session,
        Lang::cards_open,
        &[Lang::hover_on, Lang::hover_off],
        |session| session.terms.hover_off.get().into(),
        |session, choice| session.choose_hover(choice == 0),
    );
    classed("section", "choices")
        .child(el("h3").say(session, Lang::mark_terms))
        .child(marking)
        .child(el("h3").say(session, Lang::cards_open))
        .child(hover)
}

/// Buttons of which one holds: which it is, and what choosing another does.
pub fn choice(
    session: Session,
    label: fn(Lang) -> &'static str,
    names: &[fn(Lang) -> &'static str],
    chosen: fn(Session) -> usize,
    choose: fn(Session, usize),
) -> El {
    let mut group = classed("div", "choice").attr("role", "group").attr_say("aria-label", session, label);
    for (at, &name) in names.iter().enumerate() {
        let button = button("quiet", move || choose(session, at));
        let button = button.attr_live("aria-pressed", move || Some((chosen(session) == at).to_string()));
        group = group.child(button.say(session, name));
    }
    group
}
