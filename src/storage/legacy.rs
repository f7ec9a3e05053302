//! What earlier versions kept, read for good.
//!
//! Schema 0, of the trial versions: `bianzhu:0:<article key>:<note id>`, both percent-encoded; the value an
//! object of `quote`, `prefix`, `suffix`, `start` and `end` (code points), `color`, `comment`, `tags`,
//! `created` and `modified` (ms since 1970), all but the quote optional.

use super::note_store::PREFIX;
use crate::annotation::{Color, Extra, Note, NoteId, Target, TextQuote, Timestamp};
use crate::text::{Offset, Span, percent_decoded, percent_encoded};
use serde_json::Value;

/// The key of a note of schema 0.
pub(super) fn key(article_key: &str, id: &NoteId) -> String {
    [PREFIX, "0:", &percent_encoded(article_key), ":", &percent_encoded(id.as_str())].concat()
}

/// The note of a value of schema 0.
pub(super) fn read(article_key: &str, key: &str, value: &str) -> Result<Note, String> {
    let value: Value = serde_json::from_str(value).map_err(|error| error.to_string())?;
    let id = key.rsplit(':').next().and_then(percent_decoded).map(NoteId::new);
    // Its new key is made of its name: it must be the one that it has.
    let id = id.filter(|id| self::key(article_key, id) == key).ok_or("it has no name")?;
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let exact = text("quote");
    if exact.is_empty() {
        return Err("it quotes no text".to_owned());
    }
    let offset = |name: &str| Some(Offset(u32::try_from(value[name].as_u64()?).ok()?));
    let position = offset("start").zip(offset("end")).filter(|(start, end)| start <= end);
    let created = Timestamp(value["created"].as_i64().unwrap_or_default());
    Ok(Note {
        id,
        color: Color::parse(&text("color")).unwrap_or_default(),
        comment: text("comment"),
        tags: value["tags"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|tag| tag.as_str().map(str::to_owned))
            .collect(),
        created,
        modified: value["modified"].as_i64().map_or(created, Timestamp).max(created),
        revisions: Vec::new(),
        target: Target {
            source: article_key.to_owned(),
            quote: TextQuote { exact, prefix: text("prefix"), suffix: text("suffix") },
            position: position.map(|(start, end)| Span::new(start, end)),
        },
        extra: Extra::default(),
    })
}
