//! The test suites: each a command whose output says how many tests passed and failed.

use std::process::{Command, ExitCode, Stdio};

/// What a suite came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: usize,
    failed: usize,
}

/// Runs every suite, a line of result for each, and closes with the sum.
pub fn run_all() -> ExitCode {
    let mut sum = Tally::default();
    for (name, arguments) in
        [("native", ["test", "--package", "bianzhu"]), ("xtask", ["test", "--package", "xtask"])]
    {
        let tally = run(&arguments);
        println!("{name}: {} passed, {} failed", tally.passed, tally.failed);
        sum.passed += tally.passed;
        sum.failed += tally.failed;
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed == 0 && sum.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs cargo; its report of what failed is shown as it stands.
fn run(arguments: &[&str]) -> Tally {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(arguments).stderr(Stdio::inherit()).output();
    let output = match output {
        Ok(output) => output,
        Err(error) => {
            eprintln!("cargo could not be started: {error}. Install Rust from https://rustup.rs.");
            return Tally { passed: 0, failed: 1 };
        }
    };
    let report = String::from_utf8_lossy(&output.stdout);
    let mut tally = tally(&report);
    if !output.status.success() {
        println!("{report}");
        // A suite that did not even build has no line of its own.
        tally.failed = tally.failed.max(1);
    }
    tally
}

/// Adds up the `test result:` lines of libtest.
fn tally(report: &str) -> Tally {
    let count = |line: &str, what: &str| {
        let words: Vec<&str> = line.split([' ', ';']).filter(|word| !word.is_empty()).collect();
        let at = words.iter().position(|word| *word == what)?;
        words.get(at.checked_sub(1)?)?.parse().ok()
    };
    let lines = report.lines().filter(|line| line.starts_with("test result:"));
    lines.fold(Tally::default(), |sum, line| Tally {
        passed: sum.passed + count(line, "passed").unwrap_or(0),
        failed: sum.failed + count(line, "failed").unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_of_all_binaries_are_added_up() {
        let report = "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
            test result: FAILED. 1 passed; 2 failed; 0 ignored\n";
        assert_eq!(tally(report), Tally { passed: 4, failed: 2 });
    }
}
