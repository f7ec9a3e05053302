//! The W3C Web Annotation form of a note: how it is stored, exported, imported and told to the page.

use super::{Color, Extra, Note, NoteId, Revision, Target, TextQuote, Timestamp};
use crate::object::{self, Json, object};
use crate::text::{Offset, Span, percent_encoded};
use serde_json::{Map, Value};
use thiserror::Error;

/// The JSON-LD context of annotations.
pub const CONTEXT_IRI: &str = "http://www.w3.org/ns/anno.jsonld";
/// Before the colour in a target's `styleClass`.
const STYLE_PREFIX: &str = "bianzhu-";
/// What a note said before: TextualBodies with `modified`, and tags under [`TAGS`]. The standard leaves
/// other IRIs to whoever uses them.
const REVISIONS: &str = "urn:bianzhu:revisions";
/// The tags of a revision.
const TAGS: &str = "urn:bianzhu:tags";

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

/// The annotation of a note, as JSON, with one more member where one is given.
pub fn to_json(note: &Note, more: Option<(&'static str, String)>) -> String {
    let mut json = Json::default();
    write(note, more, &mut json);
    json.into_text()
}

fn write(note: &Note, more: Option<(&'static str, String)>, json: &mut Json) {
    let Note { comment, tags, target, extra, .. } = note;
    json.begin('{');
    json.members(&extra.annotation, None);
    json.member("id", &iri::from_key(note.id.as_str()));
    json.member("created", &note.created.to_iso());
    json.member("modified", &note.modified.to_iso());
    json.name("target");
    if !extra.targets.is_empty() {
        json.begin('[');
    }
    write_target(target, note.color, extra, json);
    if !extra.targets.is_empty() {
        write_values(&extra.targets, json);
        json.end(']');
    }
    let motivation = if comment.is_empty() { HIGHLIGHTING } else { COMMENTING };
    let usual = [("@context", CONTEXT_IRI), ("type", "Annotation"), ("motivation", motivation)];
    write_usual(&extra.annotation, &usual, json);
    if !extra.annotation.contains_key("stylesheet") {
        json.name("stylesheet");
        json.begin('{');
        json.member("type", "CssStylesheet");
        json.member("value", &style(note.color));
        json.end('}');
    }
    if !(comment.is_empty() && tags.is_empty() && extra.bodies.is_empty()) {
        json.name("body");
        json.begin('[');
        if !comment.is_empty() {
            json.begin('{');
            json.members(&extra.comment, None);
            let usual = [("type", TEXTUAL), ("purpose", COMMENTING), ("format", "text/markdown")];
            write_usual(&extra.comment, &usual, json);
            json.member("value", comment);
            json.end('}');
        }
        for tag in tags {
            if let Some(as_it_came) = extra.tags.iter().find(|body| body["value"] == **tag) {
                json.value(as_it_came);
                continue;
            }
            json.begin('{');
            for (name, value) in [("type", TEXTUAL), ("value", tag), ("purpose", "tagging")] {
                json.member(name, value);
            }
            json.end('}');
        }
        write_values(&extra.bodies, json);
        json.end(']');
    }
    if !note.revisions.is_empty() {
        json.name(REVISIONS);
        json.begin('[');
        for Revision { comment, tags, modified } in &note.revisions {
            json.begin('{');
            json.member("type", TEXTUAL);
            json.member("value", comment);
            json.name(TAGS);
            json.begin('[');
            for tag in tags {
                json.text(tag);
            }
            json.end(']');
            json.member("modified", &modified.to_iso());
            json.end('}');
        }
        json.end(']');
    }
    if let Some((name, value)) = more {
        json.member(name, &value);
    }
    json.end('}');
}

fn write_target(target: &Target, color: Color, extra: &Extra, json: &mut Json) {
    const CLASS: &str = "styleClass";
    json.begin('{');
    json.members(&extra.target, Some(CLASS));
    write_usual(&extra.target, &[("source", &iri::from_key(&target.source))], json);
    json.member("type", "SpecificResource");
    json.name(CLASS);
    let class = [STYLE_PREFIX, color.name()].concat();
    match list(extra.target.get(CLASS).cloned()) {
        none if none.is_empty() => json.text(&class),
        classes => {
            json.begin('[');
            write_values(&classes, json);
            json.text(&class);
            json.end(']');
        }
    }
    json.name("selector");
    json.begin('[');
    json.begin('{');
    json.members(&extra.quote, None);
    let TextQuote { exact, prefix, suffix } = &target.quote;
    let quote = [("type", "TextQuoteSelector"), ("exact", exact), ("prefix", prefix), ("suffix", suffix)];
    write_usual(&extra.quote, &quote, json);
    json.end('}');
    if let Some(span) = target.position {
        json.begin('{');
        json.members(&extra.position, None);
        json.member("type", "TextPositionSelector");
        for (name, at) in [("start", span.start()), ("end", span.end())] {
            json.name(name);
            json.written(&at.0.to_string());
        }
        json.end('}');
    }
    write_values(&extra.selectors, json);
    json.end(']');
    json.end('}');
}

fn write_values(values: &[Value], json: &mut Json) {
    for value in values {
        json.value(value);
    }
}

/// Writes members that are not there otherwise.
fn write_usual(extra: &Map<String, Value>, usual: &[(&'static str, &str)], json: &mut Json) {
    for (name, value) in usual {
        if !extra.contains_key(*name) {
            json.member(name, value);
        }
    }
}

const HIGHLIGHTING: &str = "highlighting";
const COMMENTING: &str = "commenting";
const TEXTUAL: &str = "TextualBody";

/// A body of words.
pub fn textual(value: Value, purpose: &str) -> Value {
    object(vec![("type", object::text(TEXTUAL)), ("value", value), ("purpose", object::text(purpose))])
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
pub fn from_annotation(value: Value) -> Result<Note, AnnotationError> {
    let Value::Object(mut rest) = value else { return Err(AnnotationError::NotAnAnnotation) };
    if !list(rest.get("type").cloned()).iter().any(|name| name == "Annotation") {
        return Err(AnnotationError::NotAnAnnotation);
    }
    // Written anew, where they say the usual.
    for (name, usual) in [
        ("type", "Annotation"),
        ("@context", CONTEXT_IRI),
        ("motivation", HIGHLIGHTING),
        ("motivation", COMMENTING),
    ] {
        if rest.get(name).is_some_and(|value| value == usual) {
            rest.remove(name);
        }
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
    for mut body in list(rest.remove("body")) {
        match textual_body(&body) {
            Some(("tagging", tag)) => {
                tags.push(tag.to_owned());
                if body.as_object().is_some_and(|body| body.len() > 3) {
                    extra.tags.push(body);
                }
            }
            Some(("commenting" | "describing" | "replying" | "", words)) if comment.is_none() => {
                comment = Some(words.to_owned());
                if let Some(body) = body.as_object_mut() {
                    body.remove("value");
                    let usual =
                        [("type", "TextualBody"), ("purpose", COMMENTING), ("format", "text/markdown")];
                    if usual.iter().any(|(name, usual)| body.get(*name).is_none_or(|value| value != usual))
                        || body.len() > 3
                    {
                        extra.comment = std::mem::take(body);
                    }
                }
            }
            _ => extra.bodies.push(body),
        }
    }
    let revisions = list(rest.remove(REVISIONS)).into_iter().filter_map(revision).collect();
    extra.annotation = rest;
    let created = created.or(modified).unwrap_or_default();
    Ok(Note {
        id: NoteId::new(iri::to_key(&id)),
        color: color.unwrap_or_default(),
        comment: comment.unwrap_or_default(),
        tags,
        created,
        modified: modified.unwrap_or(created),
        revisions,
        target,
        extra,
    })
}

fn revision(body: Value) -> Option<Revision> {
    let tags = body[TAGS].as_array().into_iter().flatten();
    Some(Revision {
        comment: body["value"].as_str()?.to_owned(),
        tags: tags.filter_map(|tag| tag.as_str().map(str::to_owned)).collect(),
        modified: body["modified"].as_str().and_then(Timestamp::parse_iso).unwrap_or_default(),
    })
}

/// Annotations as an AnnotationCollection with one page. `more`: what else is to be in it.
///
/// They are to stand in the collection's own `items` as well as in the page's: the model asks for pages, ActivityStreams
/// allows both, and readers of such files look in one place or the other. `twice`: they are written twice.
pub fn to_collection(key: &str, notes: &mut dyn Iterator<Item = &Note>, more: &Value, twice: bool) -> String {
    let (mut items, mut total) = (Json::default(), 0usize);
    items.begin('[');
    for note in notes {
        write(note, None, &mut items);
        total += 1;
    }
    items.end(']');
    let items = items.into_text();
    let id = ["urn:bianzhu:notes:", &percent_encoded(key)].concat();
    let mut json = Json::default();
    json.begin('{');
    json.member("@context", CONTEXT_IRI);
    json.member("id", &id);
    json.member("type", "AnnotationCollection");
    json.name("total");
    json.written(&total.to_string());
    json.name("items");
    json.written(&items);
    if let Value::Object(more) = more {
        json.members(more, None);
    }
    json.name("first");
    json.begin('{');
    json.member("id", &[&id, ":1"].concat());
    json.member("type", "AnnotationPage");
    json.member("partOf", &id);
    json.name("startIndex");
    json.written("0");
    if twice {
        json.name("items");
        json.written(&items);
    }
    json.end('}');
    json.end('}');
    json.into_text()
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
    let purpose = match &body["purpose"] {
        Value::Array(purposes) => purposes.first().and_then(Value::as_str),
        purpose => purpose.as_str(),
    };
    let purpose = purpose.unwrap_or_default();
    body["value"].as_str().filter(|_| is_textual && plain).map(|words| (purpose, words))
}

/// The target, and the colour where its `styleClass` is one of ours.
fn target(value: Option<Value>, extra: &mut Extra) -> Result<(Target, Option<Color>), AnnotationError> {
    let mut targets = list(value).into_iter();
    let Some(Value::Object(mut rest)) = targets.next() else { return Err(AnnotationError::NoQuote) };
    let source = match rest.remove("source") {
        Some(Value::Object(resource)) => {
            let id = resource.get("id").cloned().and_then(text);
            rest.insert("source".to_owned(), Value::Object(resource));
            id
        }
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
            Some("TextQuoteSelector") if quote.is_none() => {
                quote = text_quote(&selector);
                extra.quote = further(selector, &["exact", "prefix", "suffix"]);
            }
            Some("TextPositionSelector") if position.is_none() => match text_position(&selector) {
                None => extra.selectors.push(selector),
                found => {
                    position = found;
                    extra.position = further(selector, &["start", "end"]);
                }
            },
            _ => extra.selectors.push(selector),
        }
    }
    rest.remove("type");
    extra.target = rest;
    extra.targets = targets.collect();
    let (Some(source), Some(quote)) = (source, quote) else { return Err(AnnotationError::NoQuote) };
    let source = iri::to_key(&source);
    Ok((Target { source, quote, position }, color))
}

/// What an object has besides its type and the known names.
fn further(object: Value, known: &[&str]) -> Map<String, Value> {
    let Value::Object(mut rest) = object else { return Map::new() };
    rest.retain(|name, _| name != "type" && !known.contains(&name.as_str()));
    rest
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
    use serde_json::json;

    fn to_annotation(note: &Note) -> Value {
        serde_json::from_str(&to_json(note, None)).expect("JSON")
    }

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
            assert_eq!(from_annotation(to_annotation(&note)), Ok(note), "{key}");
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
        let note = from_annotation(annotation.clone()).expect("an annotation");
        annotation["target"]["styleClass"] = json!(["red", "bianzhu-yellow"]);
        assert_eq!(to_annotation(&note), annotation);
        assert_eq!(from_annotation(annotation.clone()), Ok(note));
    }

    #[test]
    fn an_annotation_of_another_tool_comes_out_as_it_went_in() {
        let annotation = json!({
            "@context": [CONTEXT_IRI, "https://a.example/context.jsonld"],
            "id": "https://a.example/anno/1",
            "type": ["Annotation", "a:Question"],
            "motivation": ["questioning", "assessing"],
            "created": "2026-01-02T03:04:05.006Z",
            "modified": "2026-01-02T03:04:05.007Z",
            "creator": { "id": "https://a.example/me", "type": "Person" },
            "a:unknown": [1, { "b": null }],
            "stylesheet": "https://a.example/red.css",
            "body": [
                { "type": "TextualBody", "value": "<b>谁</b>", "purpose": "describing", "format": "text/plain",
                  "language": "zh", "creator": "https://a.example/me" },
                { "type": "TextualBody", "value": "人物", "purpose": "tagging", "creator": "https://a.example/me" },
                { "type": "TextualBody", "value": "一般", "purpose": "tagging" },
                { "type": "TextualBody", "value": "第二句", "purpose": "commenting" },
                { "type": "SpecificResource", "purpose": "tagging", "source": "https://a.example/tags/1" },
                "https://a.example/v.mp4",
            ],
            "target": [
                { "type": "SpecificResource",
                  "source": { "id": "https://news.example/1", "type": "Text", "format": "text/html" },
                  "state": { "type": "TimeState", "sourceDate": "2026-01-02T03:04:05Z" },
                  "styleClass": ["red", "bianzhu-green"],
                  "selector": [
                    { "type": "TextQuoteSelector", "exact": "李俊明", "prefix": "", "suffix": "作",
                      "refinedBy": { "type": "FragmentSelector", "value": "x" } },
                    { "type": "TextPositionSelector", "start": 14, "end": 17, "a:unit": "code points" },
                    { "type": "TextQuoteSelector", "exact": "第二" },
                    { "type": "XPathSelector", "value": "/p[1]" },
                  ] },
                "https://news.example/2",
            ],
        });
        let note = from_annotation(annotation.clone()).expect("an annotation");
        assert_eq!(to_annotation(&note), annotation);
        assert_eq!((note.comment.as_str(), note.tags.len()), ("<b>谁</b>", 2));
    }

    #[test]
    fn earlier_texts_are_part_of_the_annotation() {
        let mut note = note("k", "后来", &["问"]);
        note.remember(Revision {
            comment: "先前".into(), tags: vec!["旧".into()], modified: Timestamp(5)
        });
        let annotation = to_annotation(&note);
        assert_eq!(annotation[REVISIONS][0]["value"], "先前");
        assert_eq!(from_annotation(annotation.clone()), Ok(note));
    }

    #[test]
    fn what_cannot_be_a_note_says_why() {
        let good = to_annotation(&note("https://news.example/1", "", &[]));
        let with = |name: &str, value: Value| {
            let mut bad = good.clone();
            bad[name] = value;
            from_annotation(bad).expect_err("refused")
        };
        assert_eq!(from_annotation(json!([])), Err(AnnotationError::NotAnAnnotation));
        assert_eq!(with("type", json!("Note")), AnnotationError::NotAnAnnotation);
        assert_eq!(with("id", json!("")), AnnotationError::NoId);
        assert_eq!(with("target", json!("https://news.example/1")), AnnotationError::NoQuote);
        assert_eq!(with("created", json!("yesterday")), AnnotationError::BadTime("created"));
    }

    proptest! {
        #[test]
        fn whatever_is_written_comes_back(comment in "\\PC{0,40}", tag in "\\PC{0,9}", key in "\\PC{0,20}") {
            let note = note(&key, &comment, &[&tag]);
            prop_assert_eq!(from_annotation(to_annotation(&note)), Ok(note));
        }
    }
}
