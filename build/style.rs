//! `style/`, without comments and indentation, to one sheet for shadow roots and one for the document.

use std::path::Path;
use std::{env, fs};

/// The sheets of a shadow root, in order: a sheet for each component that needs one.
const SHADOW: &[&str] = &[
    "theme", "app", "status", "floating", "card", "toolbar", "margin", "panel", "glossary", "notebook",
    "library", "help", "print",
];
/// The sheets of the document: the article's own text.
const DOCUMENT: &[&str] = &["theme", "article", "painted"];
/// Where highlights are inherited, which no query tells: known by a property that Chromium alone has, and one that
/// came to it with them.
const INHERITS: &str = "(app-region:none) and (font-variant-emoji:text)";

/// Writes `shadow.css` and `document.css` to the build's output folder.
pub fn compile() {
    println!("cargo::rerun-if-changed=style");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    for (name, sheets) in [("shadow.css", SHADOW), ("document.css", DOCUMENT)] {
        let mut css: String = sheets.iter().map(|sheet| apart(&squeeze(&read(sheet)))).collect();
        if let Some((_, rules)) = css.split_once("bianzhu-article{&") {
            // For an engine that has to be told of each element; once more the same is nothing after brotli.
            let rules = rules.to_owned();
            css.extend(["@supports not (", INHERITS, "){bianzhu-article *{&", &rules, "}"]);
        }
        fs::write(Path::new(&out).join(name), css).expect("the output folder can be written to");
    }
}

fn read(sheet: &str) -> String {
    let path = format!("style/{sheet}.css");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Keeps a sheet and the page it comes into apart. Our own properties are inherited by the page's article: their
/// names are nobody else's. And a `rem` is the page's: it stands for the size that the reader has chosen instead,
/// which the element sets as `--bz-rem`.
fn apart(css: &str) -> String {
    let mut out = String::new();
    let mut rest = css;
    while let Some(start) = rest.find("--") {
        let (before, name) = rest.split_at(start + 2);
        out.push_str(before);
        if !name.starts_with("bianzhu-") {
            out.push_str("bz-");
        }
        rest = name;
    }
    let named = out + rest;
    let (mut out, mut rest) = (String::new(), named.as_str());
    while let Some(end) = rest.find("rem") {
        let number = rest[..end].trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
        let (before, number) = rest[..end].split_at(number.len());
        out.push_str(before);
        match number {
            "" => out.push_str("rem"),
            "-" => out.push_str("-rem"),
            number => out.extend(["calc(", number, "*var(--bz-rem))"]),
        }
        rest = &rest[end + 3..];
    }
    out + rest
}

/// Takes out comments, indentation and line breaks; strings of our sheets hold neither.
fn squeeze(css: &str) -> String {
    let mut bare = String::new();
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        bare.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    bare.push_str(rest);
    let joined =
        bare.lines().map(str::trim).filter(|line| !line.is_empty()).fold(String::new(), |mut css, line| {
            // Values may break over lines; a blank keeps their words apart.
            if !css.is_empty() && !css.ends_with(['{', '}', ';', ',']) {
                css.push(' ');
            }
            css.push_str(line);
            css
        });
    let dense = [(": ", ":"), (", ", ","), (" {", "{"), (";}", "}")];
    dense.iter().fold(joined, |css, (loose, dense)| css.replace(loose, dense))
}
