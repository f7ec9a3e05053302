//! `cargo xtask screenshot`: pictures of the release build.

use crate::build::{self, Profile};
use crate::run::{Outcome, cargo, root, run};
use crate::tools;

/// Every state at every width, or with `readme` the one picture of the README.
pub fn take(readme: bool) -> Outcome {
    let chromedriver = tools::chromedriver()?;
    build::page(Profile::Release)?;
    let mut pictures = cargo("run --quiet -p browser-tests --bin screenshot --");
    pictures.args(readme.then_some("--readme"));
    pictures.env("BIANZHU_DIST", root().join("dist")).env("CHROMEDRIVER", chromedriver);
    run(pictures)
}
