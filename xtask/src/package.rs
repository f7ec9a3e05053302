//! What a site takes over: a package for npm, and a folder for any server with the hashes of its files.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha384};

use crate::run::{Outcome, root};
use crate::tools;

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The class of the element, which fetches the rest.
const LOADER: &str = "bianzhu.js";
/// What the loader fetches from beside itself.
const CORE: [&str; 4] =
    ["bianzhu-core.js", "bianzhu-core_bg.wasm", "bianzhu-core_later.wasm", "bianzhu-glossary.txt"];
const TYPES: [&str; 2] = ["bianzhu.d.ts", "react.d.ts"];
const LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

/// Where the two are.
#[derive(Clone, Debug)]
pub struct Package {
    /// The folder for `npm publish` or `npm install FOLDER`.
    pub npm: PathBuf,
    /// The folder for a server; its name has the version.
    pub folder: PathBuf,
}

/// Makes both in `out` of a release build in `dist`.
///
/// # Errors
/// When a file is missing or cannot be written.
pub fn assemble(dist: &Path, out: &Path) -> Outcome<Package> {
    let package =
        Package { npm: out.join("npm"), folder: out.join("static").join(format!("bianzhu-{VERSION}")) };
    for folder in [&package.npm, &package.folder] {
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(|error| cannot("be emptied", folder, &error))?;
        }
        fs::create_dir_all(folder).map_err(|error| cannot("be made", folder, &error))?;
        for file in CORE {
            copy(&dist.join(file), &folder.join(file))?;
        }
        for file in LICENCES {
            copy(&root().join(file), &folder.join(file))?;
        }
    }
    let element = root().join("src/element");
    for file in TYPES {
        copy(&element.join(file), &package.npm.join(file))?;
    }
    copy(&root().join("docs/npm.md"), &package.npm.join("README.md"))?;
    let source = element.join(LOADER);
    tools::minify(&source, &package.npm.join(LOADER), "{}")?;
    write(&package.npm.join("package.json"), &pretty(&manifest()))?;

    let mut hashes = Vec::new();
    for file in CORE {
        hashes.push(hash(&package.folder.join(file))?);
    }
    let checked = json!({ "core": hashes[0], "wasm": hashes[1], "later": hashes[2] }).to_string();
    tools::minify(&source, &package.folder.join(LOADER), &checked)?;
    let loader = hash(&package.folder.join(LOADER))?;
    let mut all = json!({ LOADER: loader });
    for (file, hash) in CORE.iter().zip(hashes) {
        all[*file] = hash.into();
    }
    write(&package.folder.join("integrity.json"), &pretty(&json!({ "version": VERSION, "files": all })))?;
    write(&package.folder.join("snippet.html"), &snippet(&loader))?;
    Ok(package)
}

/// What a page takes over, with the hash of the loader.
fn snippet(loader: &str) -> String {
    format!(
        "<!-- Put the folder on any server and write its address for “https://cdn.example”. -->\n\
         <script type=\"module\" src=\"https://cdn.example/bianzhu-{VERSION}/{LOADER}\"\n  \
         integrity=\"{loader}\" crossorigin=\"anonymous\"></script>\n\
         <bianzhu-article src=\"/articles/reform.txt\">\n  \
         <p>What the page shows before the article, and where it cannot be shown.</p>\n\
         </bianzhu-article>\n"
    )
}

fn manifest() -> Value {
    let files: Vec<&str> = [LOADER].into_iter().chain(CORE).chain(TYPES).chain(LICENCES).collect();
    json!({
        "name": "bianzhu",
        "version": VERSION,
        "description": "<bianzhu-article>: a Chinese policy article as a study text, with entities, a glossary and side notes",
        "keywords": ["annotation", "chinese", "custom-element", "glossary", "named-entity", "notes", "web-component", "webassembly"],
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "main": "./bianzhu.js",
        "types": "./bianzhu.d.ts",
        "exports": {
            ".": { "types": "./bianzhu.d.ts", "default": "./bianzhu.js" },
            "./react": { "types": "./react.d.ts" },
            "./bianzhu-core.js": "./bianzhu-core.js",
            "./bianzhu-core_bg.wasm": "./bianzhu-core_bg.wasm",
            "./bianzhu-core_later.wasm": "./bianzhu-core_later.wasm",
            "./bianzhu-glossary.txt": "./bianzhu-glossary.txt",
            "./package.json": "./package.json"
        },
        "files": files,
        // Importing it defines the element.
        "sideEffects": ["./bianzhu.js"]
    })
}

/// As `integrity` takes it.
fn hash(file: &Path) -> Outcome<String> {
    let bytes = fs::read(file).map_err(|error| cannot("be read", file, &error))?;
    let digest = base64::engine::general_purpose::STANDARD.encode(Sha384::digest(bytes));
    Ok(format!("sha384-{digest}"))
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to).map(drop).map_err(|error| cannot("be copied", from, &error))
}

fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).map_err(|error| cannot("be written", file, &error))
}

fn cannot(what: &str, file: &Path, error: &std::io::Error) -> String {
    format!("{} cannot {what}: {error}.", file.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_what_browsers_compare() {
        let file = std::env::temp_dir().join(format!("bianzhu-hash-{}", std::process::id()));
        fs::write(&file, "alert('Hello, world.');").expect("written");
        let hash = hash(&file);
        fs::remove_file(&file).expect("removed");
        // The example of the specification of Subresource Integrity.
        let known = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
        assert_eq!(hash.as_deref(), Ok(known));
    }

    #[test]
    fn every_file_of_the_package_is_named_once() {
        let manifest = manifest();
        let files: Vec<&str> =
            manifest["files"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (_, export) in manifest["exports"].as_object().expect("exports") {
            let target = export.as_str().or_else(|| export["types"].as_str()).expect("a file");
            let file = target.trim_start_matches("./");
            assert!(file == "package.json" || files.contains(&file), "{file}");
        }
    }
}
