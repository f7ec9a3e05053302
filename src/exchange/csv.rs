//! CSV, as a spreadsheet opens it.

use crate::notebook::Notebook;

/// The notes as CSV (RFC 4180), in text order. It begins with a byte order mark, by which Excel knows
/// that it is UTF-8; a value that a spreadsheet would take for a formula has an apostrophe before it.
pub fn to_csv(notebook: &Notebook) -> String {
    let mut csv = String::from("\u{feff}quote,comment,tags,color,created,modified,start,end,status,id\r\n");
    for placed in notebook.notes() {
        let note = &placed.note;
        let place = |offset: Option<u32>| offset.map(|offset| offset.to_string()).unwrap_or_default();
        let span = placed.anchoring.span();
        let row = [
            &note.target.quote.exact,
            &note.comment,
            &note.tags.join(" "),
            note.color.name(),
            &note.created.to_iso(),
            &note.modified.to_iso(),
            &place(span.map(|span| span.start().0)),
            &place(span.map(|span| span.end().0)),
            placed.anchoring.status(),
            note.id.as_str(),
        ]
        .map(field);
        csv.push_str(&row.join(","));
        csv.push_str("\r\n");
    }
    csv
}

fn field(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let mark = if formula { "'" } else { "" };
    ["\"", mark, &text.replace('"', "\"\""), "\""].concat()
}
