//! The page, built into `dist`.

use std::path::{Path, PathBuf};

use crate::run::{Outcome, cargo, command, root, run};
use crate::{shrink, tools};

/// Which profile to build with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Small, as a site embeds it.
    Release,
    /// Quick to build, with names in its stack traces.
    Debug,
}

/// Builds with Trunk, which finds its helpers on the PATH it is given and downloads nothing.
pub fn page(profile: Profile) -> Outcome {
    let path = tools::path()?;
    let mut trunk = command("trunk");
    trunk.args(["build", "--offline", "--dist", "dist"]).env("PATH", &path);
    if profile == Profile::Debug {
        return run(trunk);
    }
    let is_small = tools::rust_source();
    // For the page's target alone: Trunk's hook runs this tool again, which must not be built anew for it.
    trunk.arg("--release").env_remove("RUSTFLAGS");
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", release_flags(is_small));
    if is_small {
        // Trunk builds offline, and what the standard library is made of is not yet here on a new machine.
        let mut fetch = cargo("fetch --locked --quiet --target wasm32-unknown-unknown");
        fetch.envs(SMALL_STANDARD_LIBRARY);
        run(fetch)?;
        trunk.envs(SMALL_STANDARD_LIBRARY);
    }
    run(trunk)?;
    shrink::core(&path)?;
    // Trunk's own minifier cannot read the modules that wasm-bindgen writes.
    for file in ["dist/bianzhu-core.js", "dist/bianzhu.js"] {
        tools::minify(Path::new(file), Path::new(file), "{}")?;
    }
    Ok(())
}

/// Builds the page and makes of it what a site takes over.
pub fn package() -> Outcome {
    page(Profile::Release)?;
    let made = xtask::package::assemble(&root().join("dist"), &root().join("target/package"))?;
    println!("For npm: {}\nFor a server: {}", made.npm.display(), made.folder.display());
    Ok(())
}

/// The standard library compiled along with the page, for size and without what a panic prints: 14 KB less
/// after brotli. The flags are nightly's, which the bootstrap variable allows; the toolchain is pinned, so
/// they mean the same everywhere.
const SMALL_STANDARD_LIBRARY: [(&str, &str); 3] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];
/// A panic is a trap at once, which `bianzhu.js` tells the reader of.
const WITHOUT_PANIC_MESSAGES: &str =
    "-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none";

/// Code that names source files does so without the folders of this machine.
fn release_flags(is_small: bool) -> String {
    let mut own = std::env::var("RUSTFLAGS").unwrap_or_default();
    if is_small {
        own = [&own, WITHOUT_PANIC_MESSAGES].join(" ");
    }
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let sources = cargo_home.map(|home| home.join("registry/src"));
    let indexes = sources.and_then(|sources| std::fs::read_dir(sources).ok());
    let folders = indexes.into_iter().flatten().flatten().map(|index| index.path());
    let remaps = folders.map(|folder| format!("--remap-path-prefix={}/=", folder.display()));
    remaps.fold(own, |flags, remap| format!("{flags} {remap}")).trim().to_owned()
}
