//! Formatting, clippy for both targets, and the documentation's links.

use crate::run::{Outcome, cargo, run};
use crate::tools;

/// Every check, the quickest first; stops at the first that fails.
pub fn all() -> Outcome {
    tools::target()?;
    run(cargo("fmt --all --check"))?;
    run(cargo("clippy --quiet --workspace --all-targets -- -D warnings"))?;
    // The page's own floors exist for its own target only.
    let mut page = cargo("clippy --quiet --target wasm32-unknown-unknown --lib --bins --test wasm");
    page.args(["--", "-D", "warnings"]);
    run(page)?;
    for target in ["", " --target wasm32-unknown-unknown"] {
        let mut doc = cargo(&format!("doc --quiet --no-deps --document-private-items --lib{target}"));
        // Private items are documented too, so that a link to one leads somewhere.
        doc.env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links");
        run(doc)?;
    }
    Ok(())
}
