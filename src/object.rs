//! JSON objects for a page that counts bytes: `json!` compiles every member to code of its own, and a `Value` that
//! writes itself brings two formats and the standard library's errors along.

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

/// The value as JSON, without white space: as `Value` itself writes it.
pub fn to_json(value: &Value) -> String {
    let mut json = String::new();
    write(&mut json, value);
    json
}

fn write(json: &mut String, value: &Value) {
    match value {
        Value::Null => json.push_str("null"),
        Value::Bool(is_so) => json.push_str(if *is_so { "true" } else { "false" }),
        Value::Number(number) => json.push_str(&number.to_string()),
        Value::String(text) => write_text(json, text),
        Value::Array(values) => {
            let mut before = '[';
            for value in values {
                json.push(before);
                before = ',';
                write(json, value);
            }
            json.push_str(if before == '[' { "[]" } else { "]" });
        }
        Value::Object(members) => {
            let mut before = '{';
            for (name, value) in members {
                json.push(before);
                before = ',';
                write_text(json, name);
                json.push(':');
                write(json, value);
            }
            json.push_str(if before == '{' { "{}" } else { "}" });
        }
    }
}

fn write_text(json: &mut String, text: &str) {
    json.push('"');
    for letter in text.chars() {
        let code = letter as usize;
        let short = match letter {
            '"' | '\\' => letter,
            '\u{8}' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\u{c}' => 'f',
            '\r' => 'r',
            _ if code < 0x20 => {
                json.push_str(if code < 0x10 { "\\u000" } else { "\\u001" });
                json.push(char::from(b"0123456789abcdef"[code % 16]));
                continue;
            }
            _ => {
                json.push(letter);
                continue;
            }
        };
        json.push('\\');
        json.push(short);
    }
    json.push('"');
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
            "numbers": [0, -1, u64::MAX, i64::MIN, 1.5, -0.0, 1e300, 1e-7, 0.1],
        });
        assert_eq!(to_json(&value), value.to_string());
        assert_eq!(serde_json::from_str::<Value>(&to_json(&value)).ok(), Some(value));
    }
}
