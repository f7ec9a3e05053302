//! Every suite, one line for each, and the sum as the last line.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::run::{Outcome, cargo, on_path, root, shown};
use crate::{build, lint, size, tools};

/// How many checks of a suite passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: usize,
    failed: usize,
}

/// A suite's work: how many checks passed and failed, or why it could not be run.
type Suite = fn() -> Outcome<Tally>;

/// The suites, the quickest first.
const SUITES: &[(&str, Suite)] = &[
    ("lint", lint),
    ("native", native),
    ("wasm", wasm),
    ("release build", release),
    ("browser (Chromium)", || browser("chromium", "CHROMEDRIVER", tools::chromedriver)),
    ("browser (Firefox)", || browser("firefox", "GECKODRIVER", tools::geckodriver)),
    ("browser (WebKit)", || browser("webkit", "WEBKITWEBDRIVER", tools::webkit_driver)),
    ("size", size),
];

/// Runs the suites in order; a failing one does not keep the next from running. `BIANZHU_ENGINES` says which
/// engines: `chromium,firefox`; without it, all.
pub fn all() -> Outcome {
    let mut sum = Tally::default();
    let mut lines = Vec::new();
    let engines = std::env::var("BIANZHU_ENGINES").unwrap_or_default();
    if let Some(word) = no_engine(&engines) {
        return Err(format!("BIANZHU_ENGINES names of chromium, firefox and webkit; `{word}` is none."));
    }
    for &(name, suite) in SUITES {
        if !is_asked_for(name, &engines) {
            lines.push(format!("{name}: not asked for"));
            continue;
        }
        let tally = suite().unwrap_or_else(|message| {
            eprintln!("{message}");
            Tally { passed: 0, failed: 1 }
        });
        lines.push(format!("{name}: {} passed, {} failed", tally.passed, tally.failed));
        sum.passed += tally.passed;
        sum.failed += tally.failed;
    }
    println!("\n{}", lines.join("\n"));
    println!("{} passed, {} failed", sum.passed, sum.failed);
    match sum.failed {
        0 => Ok(()),
        _ => Err(String::from("Not everything passed.")),
    }
}

/// The engine that a suite of the page's is for.
fn engine_of(suite: &str) -> Option<&str> {
    suite.strip_prefix("browser (")?.strip_suffix(')')
}

/// The engines that are asked for by name.
fn named(engines: &str) -> impl Iterator<Item = &str> {
    engines.split(',').map(str::trim).filter(|name| !name.is_empty())
}

/// Whether a suite is to be run when only some engines are wanted; every other suite is.
fn is_asked_for(suite: &str, engines: &str) -> bool {
    let is_wanted = |engine: &str| named(engines).any(|wanted| wanted.eq_ignore_ascii_case(engine));
    named(engines).next().is_none() || engine_of(suite).is_none_or(is_wanted)
}

/// A word among the names of engines that is none.
fn no_engine(engines: &str) -> Option<&str> {
    let all = || SUITES.iter().filter_map(|&(suite, _)| engine_of(suite));
    named(engines).find(|name| !all().any(|engine| engine.eq_ignore_ascii_case(name)))
}

/// A suite that is one check.
fn one(outcome: Outcome) -> Outcome<Tally> {
    outcome.map(|()| Tally { passed: 1, failed: 0 })
}

fn lint() -> Outcome<Tally> {
    one(lint::all())
}

fn release() -> Outcome<Tally> {
    // What the suites after this look at must be of this build or not be there.
    let dist = root().join("dist");
    if dist.exists() {
        std::fs::remove_dir_all(&dist).map_err(|error| format!("dist cannot be emptied: {error}."))?;
    }
    one(build::page(build::Profile::Release))
}

fn size() -> Outcome<Tally> {
    one(size::check())
}

fn wasm() -> Outcome<Tally> {
    let mut tests = cargo("test --target wasm32-unknown-unknown --test wasm --color never");
    tests
        .env("PATH", tools::path()?)
        .env("CHROMEDRIVER", tools::chromedriver()?)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    counted(tests)
}

/// The tests of the page in one engine, whose driver is told in a variable. Needs the release build before it.
fn browser(engine: &str, variable: &str, driver: fn() -> Outcome<PathBuf>) -> Outcome<Tally> {
    if !root().join("dist/index.html").is_file() {
        return Err(String::from("There is no release build for the browser tests to look at."));
    }
    let mut tests = if on_path("cargo-nextest").is_some() {
        cargo("nextest run -p browser-tests --no-fail-fast --color never")
    } else {
        let mut tests = cargo("test -p browser-tests --no-fail-fast --color never --");
        // A browser each: two at once are what a small machine bears.
        tests.arg("--test-threads=2");
        tests
    };
    tests.env("BIANZHU_DIST", root().join("dist")).env("BIANZHU_ENGINE", engine).env(variable, driver()?);
    counted(tests)
}

fn native() -> Outcome<Tally> {
    if on_path("cargo-nextest").is_some() {
        counted(cargo("nextest run --workspace --exclude browser-tests --no-fail-fast --color never"))
    } else {
        counted(cargo("test --workspace --exclude browser-tests --no-fail-fast --color never"))
    }
}

/// Runs a test command, shows what it says, and counts from its summary lines.
fn counted(mut command: Command) -> Outcome<Tally> {
    let name = shown(&command);
    let failed_to = |what: &str, error| format!("`{name}` could not be {what}: {error}.");
    // nextest reports on stderr, libtest on stdout: both go the same way.
    let (reader, writer) = std::io::pipe().map_err(|error| failed_to("read", error))?;
    let second = writer.try_clone().map_err(|error| failed_to("read", error))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(writer)
        .stderr(second)
        .spawn()
        .map_err(|error| failed_to("started", error))?;
    // The command holds the pipe's writing ends; while it lives, reading never ends.
    drop(command);
    let mut tally = Tally::default();
    let mut lines = BufReader::new(reader);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).map_err(|error| failed_to("read", error))? > 0 {
        let text = String::from_utf8_lossy(&line);
        print!("{text}");
        if let Some(more) = summary(&text) {
            tally.passed += more.passed;
            tally.failed += more.failed;
        }
        line.clear();
    }
    let status = child.wait().map_err(|error| failed_to("run", error))?;
    // A suite that does not compile has no summary, and is not a pass.
    if !status.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    // Nor is one that ran nothing, or whose summary cannot be read any more.
    if tally == Tally::default() {
        return Err(format!("`{name}` names no test that passed or failed: its output is above."));
    }
    Ok(tally)
}

/// The counts in a summary line of nextest or libtest; `None` for any other line.
fn summary(line: &str) -> Option<Tally> {
    // nextest shows what a failed test printed, its own `test result:` among it, set in.
    let rest = line.trim_start().strip_prefix("Summary [").or_else(|| line.strip_prefix("test result: "))?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    let count = |name: &str| -> usize {
        words
            .windows(2)
            .filter(|pair| pair[1].trim_end_matches([',', ';']) == name)
            .filter_map(|pair| pair[0].parse::<usize>().ok())
            .sum()
    };
    Some(Tally { passed: count("passed"), failed: count("failed") + timed_out(&words) })
}

/// nextest's `2 timed out`.
fn timed_out(words: &[&str]) -> usize {
    words
        .windows(3)
        .filter(|three| three[1] == "timed" && three[2].starts_with("out"))
        .filter_map(|three| three[0].parse::<usize>().ok())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: usize, failed: usize) -> Option<Tally> {
        Some(Tally { passed, failed })
    }

    #[test]
    fn counts_come_from_nextest() {
        let green = "     Summary [   0.532s] 63 tests run: 63 passed, 0 skipped";
        assert_eq!(summary(green), tally(63, 0));
        let red = "     Summary [   0.5s] 63 tests run: 60 passed (1 slow), 2 failed, 1 timed out, 0 skipped";
        assert_eq!(summary(red), tally(60, 3));
    }

    #[test]
    fn counts_come_from_libtest() {
        let line = "test result: FAILED. 4 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(summary(line), tally(4, 1));
    }

    #[test]
    fn engines_are_chosen_and_the_other_suites_always_run() {
        let run = |engines: &str| -> Vec<&str> {
            SUITES.iter().map(|&(name, _)| name).filter(|name| is_asked_for(name, engines)).collect()
        };
        assert_eq!(run("").len(), SUITES.len());
        let two = run("chromium, WebKit");
        assert!(two.contains(&"browser (WebKit)") && two.contains(&"lint"));
        assert!(!two.contains(&"browser (Firefox)"));
        assert_eq!((no_engine("chromium,webkit"), no_engine("chromium,trident")), (None, Some("trident")));
    }

    #[test]
    fn a_test_that_talks_of_passing_is_not_counted() {
        assert_eq!(summary("        PASS [0.1s] it says 3 passed"), None);
        assert_eq!(summary("    test result: FAILED. 0 passed; 1 failed; 0 ignored"), None);
    }
}
