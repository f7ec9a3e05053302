//! `cargo xtask screenshot`: pictures of the release build.

use crate::build::{self, Profile};
use crate::run::{Outcome, cargo, root, run};
use crate::tools;

/// Every state at every width, or with `docs` those of README and docs.
pub fn take(docs: bool) -> Outcome {
    let chromedriver = tools::chromedriver()?;
    build::page(Profile::Release)?;
    let mut pictures = cargo("run --quiet -p browser-tests --bin screenshot --");
    pictures.args(docs.then_some("--docs"));
    pictures.env("BIANZHU_DIST", root().join("dist")).env("CHROMEDRIVER", chromedriver);
    run(pictures)
}
