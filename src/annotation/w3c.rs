//! The W3C Web Annotation form of a note: how it is stored, exported, imported and told to the page.

use super::{Color, Extra, Note, NoteId, Target, TextQuote, Timestamp};
use crate::text::{Offset, Span, percent_encoded};
use serde_json::{Map, Value, json};
use thiserror::Error;

/// The JSON-LD context of annotations.
pub const CONTEXT_IRI: &str = "http://www.w3.org/ns/anno.jsonld";
/// Before the colour in a target's `styleClass`.
const STYLE_PREFIX: &str = "bianzhu-";

/// Why a JSON value cannot be read as a note.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AnnotationError {
    /// It is no JSON object, or not of type `Annotation`.
    #[error("it is not an Annotation")]
    NotAnAnnotation,
    /// It has no `id`.
    #[error("it has no id")]
    NoId,
    /// Its target has no source, or no TextQuoteSelector with words in it.
    #[error("its target quotes no text: a TextQuoteSelector with `exact` and a `source` are needed")]
    NoQuote,
    /// `created` or `modified` is there and is no date-time.
    #[error("`{0}` is not a date-time like 2026-01-02T03:04:05Z")]
    BadTime(&'static str),
}

/// The annotation of a note.
pub fn to_annotation(note: &Note) -> Value {
    let Note { comment, tags, target, extra, .. } = note;
    let textual =
        |value: &str, purpose: &str| json!({ "type": "TextualBody", "value": value, "purpose": purpose });
    let mut bodies = Vec::new();
    if !comment.is_empty() {
        let mut body = textual(comment, "commenting");
        body["format"] = json!("text/markdown");
        bodies.push(body);
    }
    bodies.extend(tags.iter().map(|tag| textual(tag, "tagging")));
    bodies.extend(extra.bodies.iter().cloned());

    let TextQuote { exact, prefix, suffix } = &target.quote;
    let mut selectors =
        vec![json!({ "type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix })];
    selectors.extend(
        target.position.map(
            |span| json!({ "type": "TextPositionSelector", "start": span.start().0, "end": span.end().0 }),
        ),
    );
    selectors.extend(extra.selectors.iter().cloned());
    let mut on = extra.target.clone();
    on.insert("type".to_owned(), json!("SpecificResource"));
    on.insert("source".to_owned(), json!(iri::from_key(&target.source)));
    let mut classes = list(on.remove("styleClass"));
    classes.push(json!([STYLE_PREFIX, note.color.name()].concat()));
    on.insert("styleClass".to_owned(), unlisted(classes));
    on.insert("selector".to_owned(), Value::Array(selectors));

    let mut annotation = extra.annotation.clone();
    for (name, value) in [
        ("@context", json!(CONTEXT_IRI)),
        ("id", json!(iri::from_key(note.id.as_str()))),
        ("type", json!("Annotation")),
        ("motivation", json!(if comment.is_empty() { "highlighting" } else { "commenting" })),
        ("created", json!(note.created.to_iso())),
        ("modified", json!(note.modified.to_iso())),
        ("target", Value::Object(on)),
    ] {
        annotation.insert(name.to_owned(), value);
    }
    if !annotation.contains_key("stylesheet") {
        let sheet = json!({ "type": "CssStylesheet", "value": style(note.color) });
        annotation.insert("stylesheet".to_owned(), sheet);
    }
    if !bodies.is_empty() {
        annotation.insert("body".to_owned(), Value::Array(bodies));
    }
    Value::Object(annotation)
}

/// The rule for a colour's `styleClass`: without a style sheet, the model says, a class means nothing.
fn style(color: Color) -> String {
    let background = match color {
        Color::Yellow => "#ffe89a",
        Color::Green => "#c9ecc4",
        Color::Blue => "#c8e2ff",
        Color::Pink => "#ffd3df",
    };
    [".", STYLE_PREFIX, color.name(), " { background-color: ", background, " }"].concat()
}

/// The note of an annotation. What a note has no field for goes to [`Extra`].
///
/// # Errors
/// [`AnnotationError`] when it is no annotation of quoted text.
pub fn from_annotation(value: &Value) -> Result<Note, AnnotationError> {
    let mut rest = value.as_object().cloned().ok_or(AnnotationError::NotAnAnnotation)?;
    if !list(rest.remove("type")).iter().any(|name| name == "Annotation") {
        return Err(AnnotationError::NotAnAnnotation);
    }
    for written_anew in ["@context", "motivation"] {
        rest.remove(written_anew);
    }
    let id = rest.remove("id").and_then(text).filter(|id| !id.is_empty()).ok_or(AnnotationError::NoId)?;
    let created = time(&mut rest, "created")?;
    let modified = time(&mut rest, "modified")?;
    let mut extra = Extra::default();
    let (target, color) = target(rest.remove("target"), &mut extra)?;
    if color.is_some() && !extra.target.contains_key("styleClass") {
        rest.remove("stylesheet");
    }
    let (mut comment, mut tags) = (rest.remove("bodyValue").and_then(text), Vec::new());
    for body in list(rest.remove("body")) {
        match textual_body(&body) {
            Some(("tagging", tag)) => tags.push(tag.to_owned()),
            Some(("commenting" | "describing" | "replying" | "", words)) if comment.is_none() => {
                comment = Some(words.to_owned());
            }
            _ => extra.bodies.push(body),
        }
    }
    extra.annotation = rest;
    let created = created.or(modified).unwrap_or_default();
    Ok(Note {
        id: NoteId::new(iri::to_key(&id)),
        color: color.unwrap_or_default(),
        comment: comment.unwrap_or_default(),
        tags,
        created,
        modified: modified.unwrap_or(created),
        target,
        extra,
    })
}

/// Annotations as an AnnotationCollection with one page that holds them all.
///
/// They stand in the collection's own `items` as well: the model asks for pages, ActivityStreams allows
/// both, and readers of such files look in one place or the other.
pub fn to_collection<'a>(key: &str, notes: impl IntoIterator<Item = &'a Note>) -> Value {
    let items: Vec<Value> = notes.into_iter().map(to_annotation).collect();
    let id = ["urn:bianzhu:notes:", &percent_encoded(key)].concat();
    let page = [&id, ":1"].concat();
    json!({
        "@context": CONTEXT_IRI,
        "id": id,
        "type": "AnnotationCollection",
        "total": items.len(),
        "items": items,
        "first": { "id": page, "type": "AnnotationPage", "partOf": id, "startIndex": 0, "items": items },
    })
}

/// The words of a TextualBody with its purpose; empty where it has none.
fn textual_body(body: &Value) -> Option<(&str, &str)> {
    if let Some(words) = body.as_str() {
        return (!iri::is_iri(words)).then_some(("", words));
    }
    let is_textual = body["type"] == "TextualBody";
    let plain = match body["format"].as_str() {
        None => true,
        Some(format) => format == "text/plain" || format == "text/markdown",
    };
    let purpose = body["purpose"].as_str().unwrap_or_default();
    let words = body["value"].as_str().filter(|_| is_textual && plain)?;
    // What a note cannot say again, it keeps as it came.
    let known = |name: &String| matches!(name.as_str(), "type" | "value" | "purpose" | "format");
    body.as_object()?.keys().all(known).then_some((purpose, words))
}

/// The target, and the colour where its `styleClass` is one of ours.
fn target(value: Option<Value>, extra: &mut Extra) -> Result<(Target, Option<Color>), AnnotationError> {
    let mut targets = list(value).into_iter();
    let Some(Value::Object(mut rest)) = targets.next() else { return Err(AnnotationError::NoQuote) };
    let source = match rest.remove("source") {
        Some(Value::Object(resource)) => resource.get("id").cloned().and_then(text),
        other => other.and_then(text),
    };
    let mut classes = list(rest.remove("styleClass"));
    let ours = |class: &Value| Color::parse(class.as_str()?.strip_prefix(STYLE_PREFIX)?);
    let color = classes.iter().find_map(ours);
    classes.retain(|class| ours(class).is_none());
    if !classes.is_empty() {
        rest.insert("styleClass".to_owned(), unlisted(classes));
    }
    let (mut quote, mut position) = (None, None);
    for selector in list(rest.remove("selector")) {
        match selector["type"].as_str() {
            Some("TextQuoteSelector") if quote.is_none() => quote = text_quote(&selector),
            Some("TextPositionSelector") if position.is_none() => position = text_position(&selector),
            _ => extra.selectors.push(selector),
        }
    }
    rest.remove("type");
    extra.target = rest;
    let (Some(source), Some(quote)) = (source, quote) else { return Err(AnnotationError::NoQuote) };
    let source = iri::to_key(&source);
    Ok((Target { source, quote, position }, color))
}

fn text_quote(selector: &Value) -> Option<TextQuote> {
    let field = |name: &str| selector[name].as_str().unwrap_or_default().to_owned();
    let exact = field("exact");
    (!exact.is_empty()).then(|| TextQuote { exact, prefix: field("prefix"), suffix: field("suffix") })
}

fn text_position(selector: &Value) -> Option<Span> {
    let offset = |name: &str| Some(Offset(u32::try_from(selector[name].as_u64()?).ok()?));
    let (start, end) = (offset("start")?, offset("end")?);
    (start <= end).then(|| Span::new(start, end))
}

fn time(from: &mut Map<String, Value>, name: &'static str) -> Result<Option<Timestamp>, AnnotationError> {
    let Some(value) = from.remove(name) else { return Ok(None) };
    let time = value.as_str().and_then(Timestamp::parse_iso);
    time.map(Some).ok_or(AnnotationError::BadTime(name))
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// JSON-LD writes a list of one without its brackets.
fn list(value: Option<Value>) -> Vec<Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(values)) => values,
        Some(one) => vec![one],
    }
}

/// A list of one without its brackets.
fn unlisted(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.remove(0) } else { Value::Array(values) }
}

/// A site may call its articles anything; an annotation names them by IRIs.
mod iri {
    use crate::text::{percent_decoded, percent_encoded};

    const KEY: &str = "urn:bianzhu:key:";

    /// The IRI of a key: itself where it is one.
    pub(super) fn from_key(key: &str) -> String {
        if is_iri(key) && !key.starts_with(KEY) {
            key.to_owned()
        } else {
            [KEY, &percent_encoded(key)].concat()
        }
    }

    /// The key of an IRI.
    pub(super) fn to_key(iri: &str) -> String {
        match iri.strip_prefix(KEY).map(percent_decoded) {
            Some(Some(key)) => key,
            _ => iri.to_owned(),
        }
    }

    /// An absolute IRI, as far as it matters: a scheme, and nothing that would end it.
    pub(super) fn is_iri(text: &str) -> bool {
        let Some((scheme, rest)) = text.split_once(':') else { return false };
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            && !rest.is_empty()
            && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::IndexedText;
    use proptest::prelude::*;

    fn note(key: &str, comment: &str, tags: &[&str]) -> Note {
        let text = IndexedText::from("省人大常委会副主任、市委书记李俊明作动员讲话");
        let mut note = Note::new(
            "urn:uuid:1".to_owned(),
            &text,
            Span::new(14usize, 17usize),
            key,
            Timestamp(86_400_001),
        );
        note.comment = comment.to_owned();
        note.tags = tags.iter().map(|&tag| tag.to_owned()).collect();
        note.color = Color::Pink;
        note
    }

    #[test]
    fn a_note_is_an_annotation_and_back() {
        for key in ["https://news.example/1", "忻州 1", "urn:bianzhu:key:x", "a:b c", ""] {
            let note = note(key, "谁在讲话？", &["人物", "忻州"]);
            assert_eq!(from_annotation(&to_annotation(&note)), Ok(note), "{key}");
        }
    }

    #[test]
    fn the_annotation_says_what_the_model_asks() {
        let annotation = to_annotation(&note("https://news.example/1", "", &[]));
        assert_eq!(annotation["motivation"], "highlighting");
        assert_eq!(annotation["body"], Value::Null);
        assert_eq!(annotation["target"]["styleClass"], "bianzhu-pink");
        assert_eq!(annotation["target"]["selector"][1]["start"], 14);
        assert_eq!(annotation["target"]["selector"][0]["exact"], "李俊明");
    }

    #[test]
    fn what_is_not_ours_is_kept() {
        let mut annotation = to_annotation(&note("https://news.example/1", "一", &[]));
        annotation["creator"] = json!({ "id": "https://a.example/me", "type": "Person" });
        annotation["body"]
            .as_array_mut()
            .expect("bodies")
            .push(json!({ "id": "https://a.example/v.mp4", "type": "Video" }));
        annotation["target"]["styleClass"] = json!("red");
        annotation["stylesheet"] = json!("https://a.example/red.css");
        annotation["target"]["scope"] = json!("https://a.example/page");
        let selector = json!({ "type": "XPathSelector", "value": "/p[1]" });
        annotation["target"]["selector"].as_array_mut().expect("selectors").push(selector);
        let note = from_annotation(&annotation).expect("an annotation");
        annotation["target"]["styleClass"] = json!(["red", "bianzhu-yellow"]);
        assert_eq!(to_annotation(&note), annotation);
        assert_eq!(from_annotation(&annotation), Ok(note));
    }

    #[test]
    fn what_cannot_be_a_note_says_why() {
        let good = to_annotation(&note("https://news.example/1", "", &[]));
        let with = |name: &str, value: Value| {
            let mut bad = good.clone();
            bad[name] = value;
            from_annotation(&bad).expect_err("refused")
        };
        assert_eq!(from_annotation(&json!([])), Err(AnnotationError::NotAnAnnotation));
        assert_eq!(with("type", json!("Note")), AnnotationError::NotAnAnnotation);
        assert_eq!(with("id", json!("")), AnnotationError::NoId);
        assert_eq!(with("target", json!("https://news.example/1")), AnnotationError::NoQuote);
        assert_eq!(with("created", json!("yesterday")), AnnotationError::BadTime("created"));
    }

    proptest! {
        #[test]
        fn whatever_is_written_comes_back(comment in "\\PC{0,40}", tag in "\\PC{0,9}", key in "\\PC{0,20}") {
            let note = note(&key, &comment, &[&tag]);
            let json = to_annotation(&note).to_string();
            let read: Value = serde_json::from_str(&json).expect("JSON");
            prop_assert_eq!(from_annotation(&read), Ok(note));
        }
    }
}
