//! The list of keys, and the switch that leaves single keys to the page (WCAG 2.1.4).

use super::element::{El, button, classed, el};
use super::floating::{close_button, close_panel, open};
use super::session::Session;
use super::strings::Lang;

/// What a key does: the keys as they are written on a keyboard, and a sentence.
type Key = (&'static [&'static str], fn(Lang) -> &'static str);

const KEYS: [Key; 16] = [
    (&["n"], Lang::keys_next),
    (&["p"], Lang::keys_previous),
    (&["Enter"], Lang::keys_open),
    (&["Esc"], Lang::keys_close),
    (&["e"], Lang::keys_panel),
    (&["j"], Lang::keys_next_note),
    (&["k"], Lang::keys_previous_note),
    (&["h"], Lang::keys_highlight),
    (&["1", "2", "3", "4"], Lang::keys_colors),
    (&["c"], Lang::keys_comment),
    (&["m"], Lang::keys_notebook),
    (&["g"], Lang::keys_glossary),
    (&["Ctrl", "Z"], Lang::keys_undo),
    (&["Ctrl", "Shift", "Z"], Lang::keys_redo),
    (&["Ctrl", "Enter"], Lang::keys_done),
    (&["?"], Lang::keys_help),
];

/// Closes the list; the focus goes back to where it was.
pub fn close(session: Session) {
    close_panel(session, session.help, ".open-panel");
}

/// The list, while it is open.
pub fn help(session: Session) -> Option<El> {
    if !session.help.get() {
        return None;
    }
    let head = classed("div", "card-head")
        .child(el("h2").say(session, Lang::keys))
        .child(close_button(session, move || close(session)));
    let rows = KEYS.into_iter().flat_map(|(keys, sentence)| {
        let keys = el("dt").children(keys.iter().map(|key| el("kbd").text(*key)));
        [keys, el("dd").say(session, sentence)]
    });
    let is_off = move || session.shortcuts_off.get();
    let state = el("span").text_live(move || {
        let lang = session.lang.get();
        (if is_off() { lang.shortcuts_off() } else { lang.shortcuts_on() }).to_owned()
    });
    let switch =
        button("quiet toggle-shortcuts", move || session.choose_shortcuts(is_off())).text_live(move || {
            let lang = session.lang.get();
            (if is_off() { lang.turn_on() } else { lang.turn_off() }).to_owned()
        });
    let foot = classed("p", "help-foot").child(state).child(switch);
    Some(
        classed("div", "help")
            .attr("part", "panel")
            .attr("popover", "manual")
            .attr("role", "dialog")
            .attr("tabindex", "-1")
            .attr_say("aria-label", session, Lang::keys)
            .mounted(move |panel| open(session, &panel, None))
            .child(head)
            .child(el("dl").children(rows))
            .child(foot),
    )
}
