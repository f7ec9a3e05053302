//! `cargo xtask bench`: figures of the release build.

use crate::build::{self, Profile};
use crate::run::{Outcome, cargo, root, run};
use crate::tools;

/// How soon a card is there after the pointer's rest.
pub fn card() -> Outcome {
    let chromedriver = tools::chromedriver()?;
    build::page(Profile::Release)?;
    let mut bench = cargo("run --quiet -p browser-tests --bin bench");
    bench.env("BIANZHU_DIST", root().join("dist")).env("CHROMEDRIVER", chromedriver);
    run(bench)
}
