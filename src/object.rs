//! JSON objects for a page that counts bytes: `json!` compiles every member to code of its own.

use serde_json::{Map, Value};

/// An object of these members.
pub fn object(members: Vec<(&'static str, Value)>) -> Value {
    let mut object = Map::new();
    put(&mut object, members);
    Value::Object(object)
}

/// Puts members into an object, in the place of those of their names.
pub fn put(object: &mut Map<String, Value>, members: Vec<(&'static str, Value)>) {
    for (name, value) in members {
        object.insert(name.to_owned(), value);
    }
}

/// A text as a value.
pub fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// A list of texts.
pub fn texts(texts: &[String]) -> Value {
    Value::Array(texts.iter().map(|one| text(one)).collect())
}
