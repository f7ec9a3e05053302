//! The page, built into `dist`.

use std::path::PathBuf;

use crate::run::{Outcome, command, run};
use crate::tools;

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
    // For the page's target alone: Trunk's hook runs this tool again, which must not be built anew for it.
    trunk.arg("--release").env_remove("RUSTFLAGS");
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", without_local_paths());
    run(trunk)?;
    // Trunk's own minifier cannot read the modules that wasm-bindgen writes.
    for file in ["dist/bianzhu-core.js", "dist/bianzhu.js"] {
        let mut esbuild = command("esbuild");
        esbuild.args([file, "--minify", "--log-level=warning", "--allow-overwrite"]);
        esbuild.arg(format!("--outfile={file}")).env("PATH", &path);
        run(esbuild)?;
    }
    Ok(())
}

/// Panic messages name source files: the folders of this machine are left out of what readers load.
fn without_local_paths() -> String {
    let own = std::env::var("RUSTFLAGS").unwrap_or_default();
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let sources = cargo_home.map(|home| home.join("registry/src"));
    let indexes = sources.and_then(|sources| std::fs::read_dir(sources).ok());
    let folders = indexes.into_iter().flatten().flatten().map(|index| index.path());
    let remaps = folders.map(|folder| format!("--remap-path-prefix={}/=", folder.display()));
    remaps.fold(own, |flags, remap| format!("{flags} {remap}")).trim().to_owned()
}
