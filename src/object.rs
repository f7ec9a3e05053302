//! JSON objects for a page that counts bytes: `json!` compiles every member to code of its own.

use serde_json::{Map, Value};

/// An object of these members.
pub fn object(members: Vec<(&'static str, Value)>) -> Value {
    let mut object = Map::new();
    for (name, value) in members {
        object.insert(name.to_owned(), value);
    }
    Value::Object(object)
}

/// A text as a value.
pub fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// JSON as it is written. Of thousands of objects, building values first takes five times as long.
pub struct Json(String);

impl Default for Json {
    fn default() -> Self {
        // As long as most annotations are.
        Self(String::with_capacity(1 << 10))
    }
}

impl Json {
    /// Begins an object with `{`, or a list with `[`.
    pub fn begin(&mut self, bracket: char) {
        self.part();
        self.0.push(bracket);
    }

    /// Ends what was begun, with `}` or `]`.
    pub fn end(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    /// The name of a member; its value is to follow.
    pub fn name(&mut self, name: &'static str) {
        self.quoted(name);
        self.0.push(':');
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        if text.bytes().any(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
            self.written(&self::text(text).to_string());
        } else {
            self.quoted(text);
        }
    }

    /// A text in which nothing has to be escaped.
    fn quoted(&mut self, text: &str) {
        self.part();
        for part in ["\"", text, "\""] {
            self.0.push_str(part);
        }
    }

    /// A member that is a text.
    pub fn member(&mut self, name: &'static str, value: &str) {
        self.name(name);
        self.text(value);
    }

    /// Some members of an object, which is begun and ended elsewhere, but for the one of this name.
    pub fn members(&mut self, members: &Map<String, Value>, but: &str) {
        for (name, value) in members {
            if name != but {
                self.text(name);
                self.0.push(':');
                self.written(&value.to_string());
            }
        }
    }

    /// What is JSON already.
    pub fn written(&mut self, json: &str) {
        self.part();
        self.0.push_str(json);
    }

    /// All of it.
    pub fn into_text(self) -> String {
        self.0
    }

    /// What comes next is apart from what came before.
    fn part(&mut self) {
        // A text ends with a quotation mark, whatever is in it.
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(',');
        }
    }
}
