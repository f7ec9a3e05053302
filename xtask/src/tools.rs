//! The tools of the build, each at one exact version: from PATH, from the cache, or installed there.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha384};

use crate::run::{Outcome, command, on_path, root, run};

const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132.0.0";
const ESBUILD: &str = "0.28.2";
const AXE: &str = "4.14.1";
const GECKODRIVER: &str = "0.37.1";
const TARGET: &str = "wasm32-unknown-unknown";

/// PATH with every tool of the build before the rest; installs what is missing.
pub fn path() -> Outcome<OsString> {
    target()?;
    let bindgen = bindgen_version()?;
    let folders = [
        from_cargo("trunk", "trunk", TRUNK, &["--locked"])?,
        // Its own lock file lags behind the version; the dependencies resolve afresh.
        from_cargo("wasm-bindgen-cli", "wasm-bindgen", &bindgen, &[])?,
        // Its versions print without their zeros.
        from_npm("binaryen", "wasm-opt", BINARYEN, "132")?,
        from_npm("esbuild", "esbuild", ESBUILD, ESBUILD)?,
    ];
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.into_iter().flatten().chain(std::env::split_paths(&rest));
    std::env::join_paths(all).map_err(|error| format!("PATH cannot be extended: {error}."))
}

/// Makes a module small. `integrity` is what the loader checks the core's files against, as JSON.
pub fn minify(from: &Path, to: &Path, integrity: &str) -> Outcome {
    let mut esbuild = command("esbuild");
    esbuild.arg(from).args(["--minify", "--format=esm", "--log-level=warning", "--allow-overwrite"]);
    esbuild.arg(format!("--define:BIANZHU_INTEGRITY={integrity}"));
    esbuild.arg(format!("--outfile={}", to.display())).env("PATH", esbuild_path()?);
    run(esbuild)
}

/// PATH with esbuild before the rest.
fn esbuild_path() -> Outcome<OsString> {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let all =
        from_npm("esbuild", "esbuild", ESBUILD, ESBUILD)?.into_iter().chain(std::env::split_paths(&rest));
    std::env::join_paths(all).map_err(|error| format!("PATH cannot be extended: {error}."))
}

/// The wasm target, where rustup looks after the toolchain.
pub fn target() -> Outcome {
    let there = sysroot().is_some_and(|sysroot| sysroot.join("lib/rustlib").join(TARGET).is_dir());
    if there {
        return Ok(());
    }
    let mut rustup = command("rustup");
    rustup.args(["target", "add", TARGET]);
    run(rustup)
        .map_err(|_| format!("The target {TARGET} is missing; `rustup target add {TARGET}` installs it."))
}

/// Whether the source of the standard library is there, fetched where it was missing. Without it the page
/// is built all the same, and weighs more.
pub fn rust_source() -> bool {
    let there =
        sysroot().is_some_and(|sysroot| sysroot.join("lib/rustlib/src/rust/library/Cargo.lock").is_file());
    if there {
        return true;
    }
    let mut rustup = command("rustup");
    rustup.args(["component", "add", "rust-src"]);
    let fetched = run(rustup).is_ok();
    if !fetched {
        eprintln!(
            "The source of the standard library could not be fetched (`rustup component add rust-src`): \
             the page is built with the compiled one and will be larger."
        );
    }
    fetched
}

fn sysroot() -> Option<PathBuf> {
    let said = command("rustc").args(["--print", "sysroot"]).output().ok()?;
    Some(PathBuf::from(String::from_utf8_lossy(&said.stdout).trim()))
}

/// The folder to put before PATH for a tool from crates.io; `None` where PATH has it.
fn from_cargo(package: &str, program: &str, version: &str, options: &[&str]) -> Outcome<Option<PathBuf>> {
    if is_at(Path::new(program), version) {
        return Ok(None);
    }
    let home = cache(package, version)?;
    let folder = home.join("bin");
    if !is_at(&folder.join(program), version) {
        eprintln!("Installing {package} {version} into {}; this takes some minutes.", home.display());
        let mut cargo = command("cargo");
        cargo.arg("install").args(options).arg(format!("{package}@{version}")).arg("--root").arg(&home);
        run(cargo).map_err(|why| {
            format!(
                "{why}\n{package} {version} could not be installed: check the connection and run this again."
            )
        })?;
    }
    Ok(Some(folder))
}

/// As [`from_cargo`], for a tool from npm that says `printed` when asked for its version.
fn from_npm(package: &str, program: &str, version: &str, printed: &str) -> Outcome<Option<PathBuf>> {
    if is_at(Path::new(program), printed) {
        return Ok(None);
    }
    let home = cache(package, version)?;
    let folder = home.join("node_modules/.bin");
    if !is_at(&folder.join(program), printed) {
        if on_path("node").is_none() || on_path("npm").is_none() {
            return Err(format!(
                "{program} comes from npm: install Node.js 20 or later with npm, then run this again."
            ));
        }
        install_from_npm(package, version, &home)?;
    }
    Ok(Some(folder))
}

fn install_from_npm(package: &str, version: &str, home: &Path) -> Outcome {
    eprintln!("Installing {package} {version} into {}; this takes a minute.", home.display());
    let mut npm = command("npm");
    npm.args(["install", "--no-fund", "--no-audit", "--prefix"])
        .arg(home)
        .arg(format!("{package}@{version}"));
    run(npm).map_err(|why| {
        format!("{why}\n{package} {version} could not be installed: check the connection and run this again.")
    })
}

/// Packages of npm at exact versions, installed together.
#[derive(Clone, Copy, Debug)]
pub struct NpmSet {
    /// What the folder in the cache is called.
    pub name: &'static str,
    /// Names and versions.
    pub packages: &'static [(&'static str, &'static str)],
    /// Versions for what these depend on.
    pub overrides: &'static [(&'static str, &'static str)],
}

/// What the element is tested beside.
pub const FRAMEWORKS: NpmSet = NpmSet {
    name: "frameworks",
    packages: &[("react", "19.3.1"), ("react-dom", "19.3.1"), ("vue", "3.5.45")],
    overrides: &[],
};

/// What checks the types.
pub const TYPES: NpmSet = NpmSet {
    name: "types",
    packages: &[("typescript", "7.0.2"), ("@types/react", "19.3.0")],
    overrides: &[],
};

/// What a page with the element is measured beside.
pub const PEERS: NpmSet = NpmSet {
    name: "peers",
    packages: &[("@recogito/text-annotator", "4.1.1"), ("hypothesis", "1.1766.0")],
    // The version that it was made with; later ones have moved what it imports.
    overrides: &[("@annotorious/core", "3.8.2")],
};

/// What many notes are measured beside.
pub const NOTES: NpmSet = NpmSet {
    name: "notes",
    packages: &[("@recogito/text-annotator", "4.1.1"), ("approx-string-match", "2.0.0")],
    overrides: PEERS.overrides,
};

/// The `node_modules` of a set; `None` where there is no npm to fetch it.
pub fn npm_set(set: NpmSet) -> Outcome<Option<PathBuf>> {
    let table = |pairs: &[(&str, &str)]| -> serde_json::Map<String, serde_json::Value> {
        pairs.iter().map(|&(name, version)| (name.to_owned(), version.into())).collect()
    };
    let wanted = serde_json::json!({
        "private": true, "dependencies": table(set.packages), "overrides": table(set.overrides),
    });
    let wanted = wanted.to_string();
    // Named by what is in it. Tests that run together may install it together: each does so apart, and one is kept.
    let digest = Sha384::digest(&wanted).iter().take(6).map(|byte| format!("{byte:02x}")).collect::<String>();
    let home = cache(set.name, &digest)?;
    if home.is_dir() {
        return Ok(Some(home.join("node_modules")));
    }
    if on_path("npm").is_none() {
        return Ok(None);
    }
    eprintln!("Installing the {} of the tests into {}.", set.name, home.display());
    let apart = home.with_extension(std::process::id().to_string());
    let cannot = |error| format!("{} cannot be written: {error}.", apart.display());
    std::fs::create_dir_all(&apart).map_err(cannot)?;
    std::fs::write(apart.join("package.json"), &wanted).map_err(cannot)?;
    let mut npm = command("npm");
    npm.args(["install", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix"]).arg(&apart);
    run(npm)?;
    if std::fs::rename(&apart, &home).is_err() {
        std::fs::remove_dir_all(&apart).map_err(cannot)?;
    }
    Ok(Some(home.join("node_modules")))
}

/// Bundles a script of the tests, which may import what is in `modules`.
pub fn bundle(from: &Path, to: &Path, modules: &[&Path]) -> Outcome {
    let mut esbuild = command("esbuild");
    esbuild.arg(from).args([
        "--bundle",
        "--minify",
        "--format=esm",
        "--log-level=warning",
        "--jsx=automatic",
    ]);
    esbuild.arg("--define:process.env.NODE_ENV=\"production\"");
    esbuild.arg(format!("--outfile={}", to.display())).env("PATH", esbuild_path()?);
    let modules = std::env::join_paths(modules).map_err(|error| error.to_string())?;
    esbuild.env("NODE_PATH", modules);
    run(esbuild)
}

/// The script of axe-core, which finds what keeps people out; `None` where there is no npm to fetch it.
pub fn axe() -> Outcome<Option<PathBuf>> {
    let home = cache("axe-core", AXE)?;
    let script = home.join("node_modules/axe-core/axe.min.js");
    if !script.is_file() {
        if on_path("npm").is_none() {
            return Ok(None);
        }
        install_from_npm("axe-core", AXE, &home)?;
    }
    Ok(Some(script))
}

/// Debian's packages of the browsers the tests drive, and of the letters they show.
const CHROMIUM: &[&str] = &["chromium", "chromium-driver", FONTS];
const FIREFOX: &[&str] = &["firefox-esr", FONTS];
const WEBKIT: &[&str] = &["webkit2gtk-driver", "xvfb", FONTS];
const FONTS: &str = "fonts-noto-cjk";

/// Installs a browser where apt can be asked, and says what else installs it.
fn from_apt(packages: &[&str], is_there: impl Fn() -> bool) -> Outcome<String> {
    if !is_there() && on_path("apt-get").is_some() && is_root() {
        eprintln!("Installing {} by apt-get; this takes some minutes.", packages.join(", "));
        let apt = |words: &[&str]| {
            let mut apt = command("apt-get");
            apt.args(words).env("DEBIAN_FRONTEND", "noninteractive");
            run(apt)
        };
        apt(&["update", "--quiet"])?;
        apt(&[&["install", "--yes", "--quiet", "--no-install-recommends"], packages].concat())?;
    }
    Ok(format!(
        "on Debian, `apt-get install {}` installs it, or cargo xtask test does as root; then run this again.",
        packages.join(" ")
    ))
}

/// Where ChromeDriver is, with a Chromium of its version beside it on PATH.
pub fn chromedriver() -> Outcome<PathBuf> {
    let advice = from_apt(CHROMIUM, || browser_versions().is_some())?;
    let (browser, driver) = browser_versions()
        .ok_or_else(|| format!("The browser tests need Chromium and ChromeDriver: {advice}"))?;
    if browser != driver {
        return Err(format!(
            "Chromium is of version {browser} and ChromeDriver of {driver}; they must be equal: {advice}"
        ));
    }
    on_path("chromedriver").ok_or_else(|| format!("ChromeDriver is not on PATH: {advice}"))
}

/// Where geckodriver is, with a Firefox beside it on PATH.
pub fn geckodriver() -> Outcome<PathBuf> {
    let is_there = || on_path("firefox").is_some() || on_path("firefox-esr").is_some();
    let advice = from_apt(FIREFOX, is_there)?;
    if !is_there() {
        return Err(format!("The tests in Firefox need it: {advice}"));
    }
    // Quick to build rather than to run: it only hands messages on.
    let options = ["--locked", "--profile", "dev", "--config", "profile.dev.debug=0"];
    let folder = from_cargo("geckodriver", "geckodriver", GECKODRIVER, &options)?;
    let found = folder.map(|folder| folder.join("geckodriver")).or_else(|| on_path("geckodriver"));
    found.ok_or_else(|| String::from("geckodriver is not on PATH."))
}

/// Where WebKitWebDriver is, with Xvfb on PATH: its browser needs a screen.
pub fn webkit_driver() -> Outcome<PathBuf> {
    let is_there = || on_path("WebKitWebDriver").is_some() && on_path("Xvfb").is_some();
    let advice = from_apt(WEBKIT, is_there)?;
    on_path("WebKitWebDriver")
        .filter(|_| is_there())
        .ok_or_else(|| format!("The tests in WebKit need WebKitGTK's driver and Xvfb: {advice}"))
}

/// The major versions of Chromium and ChromeDriver, where both run.
fn browser_versions() -> Option<(String, String)> {
    let browser = ["chromium", "chromium-browser", "google-chrome"];
    let version = |program: &str| {
        let said = command(program).arg("--version").output().ok()?;
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        Some(version_in(&said)?.split('.').next()?.to_owned())
    };
    Some((browser.into_iter().find_map(version)?, version("chromedriver")?))
}

fn is_root() -> bool {
    let id = command("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Whether the program runs and is of this version.
fn is_at(program: &Path, version: &str) -> bool {
    let said = command(&program.to_string_lossy()).arg("--version").output();
    said.is_ok_and(|output| version_in(&String::from_utf8_lossy(&output.stdout)) == Some(version))
}

/// The version in what `--version` prints: its first word that begins with a digit.
fn version_in(said: &str) -> Option<&str> {
    said.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

/// Where a tool of this version is kept between runs.
fn cache(tool: &str, version: &str) -> Outcome<PathBuf> {
    let base = match std::env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => std::env::home_dir()
            .ok_or("There is no home folder to keep tools in; set XDG_CACHE_HOME to a folder.")?
            .join(".cache"),
    };
    Ok(base.join("bianzhu").join(format!("{tool}-{version}")))
}

/// The page's wasm-bindgen and the tool must be of one version.
fn bindgen_version() -> Outcome<String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock cannot be read: {error}."))?;
    locked(&lock, "wasm-bindgen")
        .map(String::from)
        .ok_or_else(|| String::from("Cargo.lock does not name wasm-bindgen."))
}

/// The version a lock file holds a package at.
fn locked<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_tools_say() {
        assert_eq!(version_in("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(version_in("wasm-bindgen 0.2.130 (abc)"), Some("0.2.130"));
        assert_eq!(version_in("wasm-opt version 132 (version_132)"), Some("132"));
        assert_eq!(version_in("command not found"), None);
    }

    #[test]
    fn the_lock_file_says_the_version_of_exactly_this_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked(lock, "leptos"), None);
    }
}
