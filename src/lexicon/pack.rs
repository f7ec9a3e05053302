//! What packs of terms and packs of entities share: untrusted JSON, a list of rows, and the problems that are
//! told to whoever wrote it.

use serde_json::Value;

/// Most bytes of a pack.
pub const PACK_BYTES: usize = 2 * 1024 * 1024;
/// Longest name of a pack, in characters.
const NAME: usize = 40;
/// Longest report of a pack's problems, in bytes; the last row may go over.
const REPORT: usize = 1_500;

/// Why something of a pack is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackProblem {
    /// The row, from 1; 0 for the pack as a whole.
    pub row: usize,
    /// What is wrong, for the person who wrote the pack.
    pub reason: String,
}

/// The rows of a pack: an array, or an object with them in `list`. And what cards call the pack: what it calls
/// itself, or `name`.
pub(super) fn rows(json: &str, list: &str, name: &str) -> Result<(Vec<Value>, String), PackProblem> {
    let whole = |reason: String| PackProblem { row: 0, reason };
    if json.len() > PACK_BYTES {
        return Err(whole(format!("the pack is larger than {} MB", PACK_BYTES / 1024 / 1024)));
    }
    let mut pack: Value =
        serde_json::from_str(json).map_err(|error| whole(format!("the pack is not JSON: {error}")))?;
    let own_name = pack.get("name").and_then(Value::as_str).map(str::trim);
    let own_name = own_name.filter(|name| !name.is_empty() && name.chars().count() <= NAME);
    let name = own_name.unwrap_or(name).to_owned();
    let rows = pack.get_mut(list).map(Value::take);
    match rows.unwrap_or(pack) {
        Value::Array(rows) => Ok((rows, name)),
        _ => Err(whole(format!("the pack has no list of {list}: [ … ] or {{\"{list}\": [ … ]}}"))),
    }
}

/// One sentence on all problems of a pack, for whoever embeds it; `None` where there is none. `what` is what
/// the pack is.
pub fn report(what: &str, url: &str, problems: &[PackProblem]) -> Option<String> {
    if problems.is_empty() {
        return None;
    }
    let mut report = ["the ", what, " ", url, ": "].concat();
    for (at, PackProblem { row, reason }) in problems.iter().enumerate() {
        if at > 0 {
            report.push_str("; ");
        }
        if report.len() > REPORT {
            report.push_str(&["and ", &(problems.len() - at).to_string(), " more"].concat());
            break;
        }
        if *row > 0 {
            report.push_str(&["row ", &row.to_string(), ": "].concat());
        }
        // A reason may quote what the pack holds.
        report.extend(reason.chars().take(200));
    }
    Some(report)
}
