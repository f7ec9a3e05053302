//! The page in a real browser, as a reader uses it.

mod driver;
mod keys;
mod page;

pub use driver::{Driver, Engine, View};
pub use keys::{press, press_control, press_key};
pub use page::{Page, Seen};
pub use thirtyfour;
pub use xtask::server::{Reply, Site};

use std::path::PathBuf;

/// What a test answers: any error ends it with its own words.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The workspace's root.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.join("../..").canonicalize().unwrap_or(here)
}

/// The release build: `BIANZHU_DIST`, or `dist` in the workspace's root.
pub fn dist() -> PathBuf {
    std::env::var_os("BIANZHU_DIST").map_or_else(|| root().join("dist"), PathBuf::from)
}

/// The build as a site.
pub fn site() -> Site {
    Site::new(dist())
}

/// The front page with the article of another address.
///
/// # Errors
/// When there is no build.
pub fn front(src: &str) -> Outcome<Reply> {
    let page = std::fs::read_to_string(dist().join("index.html"))?;
    Ok(Reply::html(page.replace("articles/xinzhou-reform.json", src)))
}

/// The script of axe-core; says so where there is none.
///
/// # Errors
/// When it cannot be read.
pub fn axe() -> Outcome<Option<String>> {
    let Some(script) = xtask::tools::axe()? else {
        eprintln!("SKIPPED: axe-core comes from npm, which is not on PATH.");
        return Ok(None);
    };
    Ok(Some(std::fs::read_to_string(script)?))
}
