//! What packs of terms and packs of entities share: untrusted JSON, a list of rows, and the problems that are
//! told to whoever wrote it.

use serde_json::Value;

/// Most bytes of a pack.
const BYTES: usize = 2 * 1024 * 1024;

/// Why something of a pack is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackProblem {
    /// The row, from 1; 0 for the pack as a whole.
    pub row: usize,
    /// What is wrong, for the person who wrote the pack.
    pub reason: String,
}

/// The rows of a pack: an array, or an object with them in `list`.
pub(super) fn rows(json: &str, list: &str) -> Result<Vec<Value>, String> {
    if json.len() > BYTES {
        return Err(format!("the pack is larger than {} MB", BYTES / 1024 / 1024));
    }
    let mut pack: Value =
        serde_json::from_str(json).map_err(|error| format!("the pack is not JSON: {error}"))?;
    let rows = pack.get_mut(list).map(Value::take);
    match rows.unwrap_or(pack) {
        Value::Array(rows) => Ok(rows),
        _ => Err(format!("the pack has no list of {list}: [ … ] or {{\"{list}\": [ … ]}}")),
    }
}
