//! Formatting and clippy.

use crate::run::{Outcome, cargo, run};

/// Every check, the quickest first; stops at the first that fails.
pub fn all() -> Outcome {
    run(cargo("fmt --all --check"))?;
    run(cargo("clippy --quiet --workspace --all-targets -- -D warnings"))
}
