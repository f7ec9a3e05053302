//! The release build made smaller where Trunk's own steps stop: exports that nobody calls go, imports and
//! exports get names of one or two letters (names of functions are the worst of a module to compress: each ends
//! in a hash), and functions that are alike come together.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::run::{Outcome, command, root, shown};
use crate::split::{self, Cut, Parts};

/// What wasm-bindgen calls the module that a core's imports come from.
const IMPORTS: &str = "./bianzhu-core_bg.js";
/// What wasm-bindgen's modules use of what came after the first version of WebAssembly.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What of the core comes later.
const LATER: &str = include_str!("later.txt");
/// The functions keep their names, by which they are told apart later.
const NAMES: &str = "--debuginfo";

/// Makes the core in `dist` smaller, and its JavaScript with it. `path` is where binaryen's programs are.
pub fn core(path: &OsStr) -> Outcome {
    let dist = root().join("dist");
    let (script, module) = (dist.join("bianzhu-core.js"), dist.join("bianzhu-core_bg.wasm"));
    let js = fs::read_to_string(&script).map_err(|error| cannot("read", &script, &error))?;

    let folder = root().join("target/shrink");
    fs::create_dir_all(&folder).map_err(|error| cannot("make", &folder, &error))?;
    let [graph, reached, named] =
        ["reached.json", "reached.wasm", "named.wasm"].map(|name| folder.join(name));
    let roots = roots(&called_exports(&js), &imports(&js)).to_string();
    fs::write(&graph, roots).map_err(|error| cannot("write", &graph, &error))?;
    let mut metadce = command("wasm-metadce");
    metadce
        .env("PATH", path)
        .arg(NAMES)
        .args(FEATURES)
        .arg(&module)
        .arg("-f")
        .arg(&graph)
        .arg("-o")
        .arg(&reached);
    said(metadce)?;

    let mut opt = command("wasm-opt");
    opt.env("PATH", path).arg(NAMES).args(FEATURES).arg(&reached).arg("-o").arg(&named).args([
        // What a compiler for registers left of loops and blocks is laid out anew, twice: 2 KB after brotli.
        "--flatten",
        "--rereloop",
        "-Oz",
        "--flatten",
        "--rereloop",
        "-Oz",
        "-Oz",
        // The stack lies lowest in memory: an address below 1024 is its overflow, never an object.
        "--low-memory-unused",
        "--zero-filled-memory",
        "--minify-imports-and-exports-and-modules",
        "--strip-producers",
        "--strip-target-features",
    ]);
    let names = Names::parse(&said(opt)?)?;
    let optimized = fs::read(&named).map_err(|error| cannot("read", &named, &error))?;
    let parts = split::in_two(&optimized, &Cut::parse(LATER))
        .map_err(|error| format!("{} cannot be cut in two: {error}.", module.display()))?;
    let later = dist.join("bianzhu-core_later.wasm");
    for (file, bytes) in [(&module, &parts.first), (&later, &parts.later)] {
        fs::write(file, bytes).map_err(|error| cannot("write", file, &error))?;
    }
    let js = with_later(&names.apply(&js)?, &parts)?;
    fs::write(&script, js).map_err(|error| cannot("write", &script, &error))
}

/// The glue with what brings the later part.
fn with_later(js: &str, parts: &Parts) -> Outcome<String> {
    const BEGINS: &str = "        __proto__: null,\n";
    let import = format!("{BEGINS}        \"{}\": need_later,\n", split::BRING);
    let with_import = js.replacen(BEGINS, &import, 1);
    if with_import == js {
        return Err(String::from("The core's JavaScript has no place for the later part's import."));
    }
    let later = include_str!("later.js").replace("STAMP", &parts.stamp).replace("TABLE", &parts.table);
    Ok(without_second_way(&with_import) + &later.replace("LENT", &parts.lent.to_string()))
}

/// The glue without the way to start the core that nobody takes, and without a warning of how it was once started.
fn without_second_way(js: &str) -> String {
    let lines = js.lines().filter(|line| !line.contains("console.warn('using deprecated parameters"));
    let js = &lines.flat_map(|line| [line, "\n"]).collect::<String>();
    let Some((before, rest)) = js.split_once("function initSync(") else { return js.to_owned() };
    let after = rest.split_once("\n}\n").map_or("", |(_, after)| after);
    [before, after].concat().replace("export { initSync, ", "export { ")
}

fn cannot(what: &str, file: &Path, error: &std::io::Error) -> String {
    format!("Cannot {what} {}: {error}.", file.display())
}

/// Runs to the end and answers what was said.
fn said(mut command: std::process::Command) -> Outcome<String> {
    let name = shown(&command);
    let output = command.output().map_err(|error| format!("`{name}` did not start: {error}."))?;
    if !output.status.success() {
        return Err(format!("`{name}` failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The exports that the glue calls.
fn called_exports(js: &str) -> BTreeSet<&str> {
    let calls = js.split("wasm.").skip(1);
    calls.map(|rest| &rest[..word(rest)]).filter(|name| !name.is_empty()).collect()
}

/// The names under which the glue hands its functions over, in the order of the file.
fn imports(js: &str) -> Vec<&str> {
    js.lines().filter_map(import).collect()
}

/// The name in the line that begins such a function.
fn import(line: &str) -> Option<&str> {
    line.strip_prefix("        ")?
        .split_once(": function(")
        .map(|(name, _)| name)
        .filter(|name| word(name) == name.len())
}

/// How many bytes of a text are a name's.
fn word(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(text.len())
}

/// What wasm-metadce asks for: which exports are called from outside.
fn roots(exports: &BTreeSet<&str>, imports: &[&str]) -> Value {
    let exported = |name: &&str| json!({ "name": format!("export {name}"), "export": name });
    let imported = |name: &&str| json!({ "name": format!("import {name}"), "import": [IMPORTS, name] });
    let reaches: Vec<String> = exports.iter().map(|name| format!("export {name}")).collect();
    let outside = json!({ "name": "outside", "root": true, "reaches": reaches });
    std::iter::once(outside).chain(exports.iter().map(exported)).chain(imports.iter().map(imported)).collect()
}

/// The short names of imports, exports and the module that the imports come from.
#[derive(Debug, Default)]
struct Names {
    module: String,
    imports: BTreeMap<String, String>,
    exports: BTreeMap<String, String>,
}

impl Names {
    /// Reads what wasm-opt says: `{"imports": [[module, name, short]], "exports": [[name, short]]}`.
    fn parse(said: &str) -> Outcome<Self> {
        let unreadable = || String::from("wasm-opt's list of short names cannot be read.");
        let list: Value = serde_json::from_str(said).map_err(|_| unreadable())?;
        let pairs = |name: &str, at: usize| -> Option<BTreeMap<String, String>> {
            let pair = |row: &Value| Some((row[at].as_str()?.to_owned(), row[at + 1].as_str()?.to_owned()));
            list[name].as_array()?.iter().map(pair).collect()
        };
        let (imports, exports) = pairs("imports", 1).zip(pairs("exports", 0)).ok_or_else(unreadable)?;
        // All imports come from one module, and wasm-opt gives it the first of its names.
        Ok(Self { module: String::from("a"), imports, exports })
    }

    /// The glue with the short names; what the core does not import any more goes.
    fn apply(&self, js: &str) -> Outcome<String> {
        let (mut out, mut skips) = (String::new(), false);
        let mut found = 0;
        for line in js.lines() {
            if let Some(name) = import(line) {
                let short = self.imports.get(name);
                skips = short.is_none();
                if let Some(short) = short {
                    found += 1;
                    out.push_str(&line.replacen(name, short, 1));
                    out.push('\n');
                }
            } else if !skips {
                out.push_str(&self.with_short_exports(line)?);
                out.push('\n');
            }
            skips &= line != "        },";
        }
        if found != self.imports.len() || !out.contains(IMPORTS) {
            return Err(String::from("The core's JavaScript does not have the shape that short names need."));
        }
        Ok(out.replace(IMPORTS, &self.module))
    }

    fn with_short_exports(&self, line: &str) -> Outcome<String> {
        let mut parts = line.split("wasm.");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_at(word(part));
            let unknown = || format!("The core's JavaScript calls {name}, which the core does not export.");
            out.push_str("wasm.");
            out.push_str(if name.is_empty() { "" } else { self.exports.get(name).ok_or_else(unknown)? });
            out.push_str(rest);
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
export class Attached {
    free() {
        wasm.__wbg_attached_free(1);
    }
}
if (Symbol.dispose) Attached.prototype[Symbol.dispose] = Attached.prototype.free;

function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_item_5b70: function(arg0) {
            return arg0.item();
        },
        __wbg_gone_1234: function(arg0) {
            return () => { arg0.gone(); };
        },
    };
    return {
        \"./bianzhu-core_bg.js\": import0,
    };
}
";

    #[test]
    fn the_exports_that_are_called_are_found() {
        assert_eq!(called_exports(GLUE).into_iter().collect::<Vec<_>>(), ["__wbg_attached_free"]);
    }

    #[test]
    fn names_become_short_and_what_is_not_imported_goes() {
        let said = r#"{"imports": [["./bianzhu-core_bg.js", "__wbg_item_5b70", "$"]],
                       "exports": [["__wbg_attached_free", "b"]]}"#;
        let js = Names::parse(said).and_then(|names| names.apply(GLUE)).expect("names");
        assert!(js.contains("        $: function(arg0) {\n            return arg0.item();"), "{js}");
        assert!(js.contains("wasm.b(1)") && js.contains("\"a\": import0"), "{js}");
        assert!(!js.contains("gone"), "{js}");
    }

    #[test]
    fn the_second_way_to_start_goes() {
        let js = "a\nfunction initSync(module) {\n    if (wasm) {\n    }\n}\n\nb\nexport { initSync, init as default };\n";
        assert_eq!(without_second_way(js), "a\n\nb\nexport { init as default };\n");
        assert_eq!(without_second_way("a\n"), "a\n");
    }

    #[test]
    fn glue_of_another_shape_is_refused() {
        let said = r#"{"imports": [["m", "__wbg_other", "$"]], "exports": [["__wbg_attached_free", "b"]]}"#;
        let names = Names::parse(said).expect("names");
        assert!(names.apply(GLUE).is_err());
        assert!(Names::parse("no").is_err());
    }
}
