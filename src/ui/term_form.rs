//! The form in which a reader writes a term of their own. What is typed is kept as it is typed.

use super::element::{El, button, classed, el};
use super::floating::{Behavior, floating};
use super::session::{Session, Toast, Undo};
use super::strings::Lang;
use super::terms::{Writing, Written};
use crate::dom;
use crate::lexicon::glossary::{Term, own_row, own_term};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};

/// The form, while a term is being written.
pub fn term_form(session: Session) -> Option<El> {
    let Writing { term, anchor } = session.terms.writing.get()?;
    session.terms.written.set(Written::Untried);
    let draft = Rc::new(Draft { session, id: term.id.clone(), form: RefCell::default() });
    let (kept, typed, confirmed, done) =
        (Rc::clone(&draft), Rc::clone(&draft), Rc::clone(&draft), Rc::clone(&draft));
    let mounted = move |element: HtmlElement| {
        let definition = element.query_selector("textarea").ok().flatten();
        *kept.form.borrow_mut() = Some(element);
        // The box around it is shown and placed in the same turn; the focus comes after.
        dom::in_next_frame(move || {
            if let Some(definition) = definition.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
                dom::focus(&definition);
            }
        });
    };
    let on_key = move |event: web_sys::Event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| !key.is_composing()) else { return };
        let confirm = key.key() == "Enter" && (key.ctrl_key() || key.meta_key());
        if confirm || key.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            confirmed.finish();
        }
    };
    let is_new = session.terms.own.peek(|own| own.iter().all(|other| other.id != term.id));
    let id = term.id.clone();
    let delete = move || {
        session.write_term(None);
        let own = session.terms.own.peek(|own| own.iter().find(|other| other.id == id).cloned());
        if let Some(term) = own {
            session.remove_own(term);
        }
    };
    let foot = classed("div", "note-foot")
        .child(
            classed("span", "save-state").attr("role", "status").text_live(move || state(session).to_owned()),
        )
        .child(button("quiet delete", delete).say(session, if is_new { Lang::discard } else { Lang::delete }))
        .child(button("primary done", move || done.finish()).say(session, Lang::done));
    let field = |name: &'static str, label: fn(Lang) -> &'static str, input: El| {
        el("label").child(el("span").say(session, label)).child(input.attr("name", name))
    };
    let text =
        |value: String| el("input").attr("type", "text").attr("autocomplete", "off").attr("value", value);
    let form = classed("div", "fields")
        .on("keydown", on_key)
        .on("input", move |_| typed.keep())
        .mounted(mounted)
        .child(el("h2").say(session, Lang::own_term))
        .child(field("term", Lang::term_label, text(term.term).attr("lang", "zh-Hans")))
        .child(field(
            "definition",
            Lang::definition_label,
            el("textarea").attr("rows", "3").text(term.definition),
        ))
        .child(field("english", Lang::english_label, text(term.english)))
        .child(foot);
    let form_box = floating(session, "term-form", Behavior::Sheet, anchor);
    Some(form_box.attr_say("aria-label", session, Lang::own_term).child(form))
}

fn state(session: Session) -> &'static str {
    let lang = session.lang.get();
    match session.terms.written.get() {
        Written::Untried => "",
        Written::Kept => lang.saved(),
        Written::Unkept => lang.unsaved(),
        Written::NoTerm => lang.needs_term(),
        Written::NoMeaning => lang.needs_meaning(),
    }
}

struct Draft {
    session: Session,
    id: String,
    form: RefCell<Option<HtmlElement>>,
}

impl Draft {
    /// What stands in the form now.
    fn read(&self) -> Option<Term> {
        let form = self.form.borrow().clone()?;
        let field = |name: &str| form.query_selector(name).ok().flatten();
        let input =
            |name: &str| Some(field(name)?.dyn_into::<HtmlInputElement>().ok()?.value().trim().to_owned());
        let definition = field("textarea")?.dyn_into::<HtmlTextAreaElement>().ok()?.value().trim().to_owned();
        let (term, english) = (input("[name=term]")?, input("[name=english]")?);
        Some(Term { id: self.id.clone(), term, definition, english, ..Term::default() })
    }

    /// Keeps what stands in the form, if it can stand in the glossary.
    fn keep(&self) {
        let Some(read) = self.read() else { return };
        let written = match own_term(&own_row(&read)) {
            Some(term) if self.session.keep_own(&term).is_ok() => Written::Kept,
            Some(_) => Written::Unkept,
            None if read.definition.is_empty() && read.english.is_empty() => Written::NoMeaning,
            None => Written::NoTerm,
        };
        self.session.terms.written.set(written);
    }

    /// Closes the form, unless what stands in it can be neither kept nor dropped.
    fn finish(&self) {
        let session = self.session;
        self.keep();
        let written = session.terms.written.now();
        let is_new = session.terms.own.peek(|own| own.iter().all(|other| other.id != self.id));
        let is_empty = self.read().is_none_or(|read| read.definition.is_empty() && read.english.is_empty());
        match written {
            Written::NoMeaning if is_new && is_empty => session.write_term(None),
            Written::NoMeaning | Written::NoTerm => {}
            Written::Untried | Written::Kept | Written::Unkept => {
                session.write_term(None);
                session.lay_again();
                let lang = session.lang.now();
                let text = if written == Written::Kept { lang.saved_term() } else { lang.unsaved_term() };
                session.toast.set(Some(Toast { text, undo: Undo::Nothing }));
            }
        }
    }
}
