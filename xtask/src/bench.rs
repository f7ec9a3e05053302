//! `cargo xtask bench`: figures that others can repeat.

use crate::build::{self, Profile};
use crate::run::{Outcome, cargo, root, run};
use crate::tools;

/// How soon a card is there after the pointer's rest.
pub fn card() -> Outcome {
    in_browser("card")
}

/// What the element costs a page, beside what its peers do.
pub fn embed() -> Outcome {
    in_browser("embed")
}

/// Many notes on long articles, and the notes of an edited one, beside peers. `part`: `find` for the latter
/// alone, or the most characters of the former's articles.
pub fn notes(part: &str) -> Outcome {
    in_browser(["notes ", part].concat().trim())
}

fn in_browser(what: &str) -> Outcome {
    let chromedriver = tools::chromedriver()?;
    build::page(Profile::Release)?;
    let mut bench = cargo(&format!("run --quiet -p browser-tests --bin bench -- {what}"));
    bench.env("BIANZHU_DIST", root().join("dist")).env("CHROMEDRIVER", chromedriver);
    run(bench)
}

/// How fast texts are read: natively beside jieba-rs, and in Chromium.
pub fn recognition(text: &[&str]) -> Outcome {
    // A workspace of its own: what it compares with is built for nothing else.
    let mut native = cargo("run --release --quiet --manifest-path benches/recognition/Cargo.toml --");
    native.args(text);
    run(native)?;
    let mut page = cargo("test --release --target wasm32-unknown-unknown --test recognition_speed");
    page.args(["--", "--nocapture"])
        .env("PATH", tools::path()?)
        .env("CHROMEDRIVER", tools::chromedriver()?)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    run(page)
}
