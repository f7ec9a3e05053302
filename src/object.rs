//! JSON for a page that counts bytes: `json!` compiles every member to code of its own, and a `Value` that writes itself
//! brings two formats and the standard library's errors along.

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
        self.part();
        self.0.push('"');
        let mut written = 0;
        for (at, byte) in text.bytes().enumerate() {
            let short = match byte {
                ..0x20 => b"uuuuuuuubtnufruuuuuuuuuuuuuuuuuu"[usize::from(byte)],
                b'"' | b'\\' => byte,
                // Most of a text: it is copied as a whole.
                _ => continue,
            };
            self.0.push_str(&text[written..at]);
            written = at + 1;
            self.0.push('\\');
            self.0.push(short.into());
            if short == b'u' {
                self.0.push_str(if byte < 0x10 { "000" } else { "001" });
                self.0.push(char::from(b"0123456789abcdef"[usize::from(byte % 16)]));
            }
        }
        self.0.push_str(&text[written..]);
        self.0.push('"');
    }

    /// A text in which nothing has to be escaped.
    fn quoted(&mut self, text: &str) {
        self.part();
        for part in ["\"", text, "\""] {
            self.0.push_str(part);
        }
    }

    /// A value, without white space: as `Value` itself writes it.
    pub fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.written("null"),
            Value::Bool(is_so) => self.written(if *is_so { "true" } else { "false" }),
            Value::Number(number) => self.written(&number.to_string()),
            Value::String(text) => self.text(text),
            Value::Array(values) => {
                self.begin('[');
                values.iter().for_each(|value| self.value(value));
                self.end(']');
            }
            Value::Object(members) => {
                self.begin('{');
                self.members(members, None);
                self.end('}');
            }
        }
    }

    /// A member that is a text.
    pub fn member(&mut self, name: &'static str, value: &str) {
        self.name(name);
        self.text(value);
    }

    /// Some members of an object, which is begun and ended elsewhere, but for the one of this name.
    pub fn members(&mut self, members: &Map<String, Value>, but: Option<&str>) {
        for (name, value) in members {
            if Some(name.as_str()) != but {
                self.text(name);
                self.0.push(':');
                self.value(value);
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

/// The value as JSON, without white space.
pub fn to_json(value: &Value) -> String {
    let mut json = Json::default();
    json.value(value);
    json.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_is_written_as_the_value_itself_writes_it() {
        let controls: String = (0..0x24).filter_map(char::from_u32).collect();
        let value = json!({
            "empty": [{}, [], "", null], "text": ["改革\"\\/", controls, "😀\u{2028}\u{7f}"], "\"": true, "no": false,
            "numbers": [0, -1, u64::MAX, i64::MIN, 1.5, -0.0, 1e300, 1e-7, 0.1], "after": [[1], [2, [3]], {"a": {"b": []}}],
        });
        assert_eq!(to_json(&value), value.to_string());
        assert_eq!(serde_json::from_str::<Value>(&to_json(&value)).ok(), Some(value));
    }
}
