//! The page, built into `dist`.

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
    trunk.arg("--release");
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
