//! What the built page weighs, against `size-budget.toml`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use crate::run::{Outcome, root};

/// What is fetched when the reader comes near.
const LATER: [&str; 2] = ["bianzhu-core_later.wasm", "bianzhu-glossary.txt"];

/// Pages that show how the element is embedded; no reader downloads them with an article.
const EXAMPLES: &str = "examples";

/// One file's bytes, as it is and as servers send it.
struct Weight {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the table of `dist`; fails past the budget.
pub fn check() -> Outcome {
    let dist = root().join("dist");
    let mut weights = Vec::new();
    weigh_folder(&dist, "", &mut weights)?;
    if weights.is_empty() {
        return Err(String::from("dist is empty; `cargo xtask build` fills it."));
    }
    weights.sort_by(|one, other| one.name.cmp(&other.name));
    let budget = std::fs::read_to_string(root().join("size-budget.toml"))
        .map_err(|error| format!("size-budget.toml cannot be read: {error}."))?;
    print!("{}", table(&weights));
    let sum = |is_meant: fn(&str) -> bool| -> usize {
        weights.iter().filter(|weight| is_meant(&weight.name)).map(|weight| weight.brotli).sum()
    };
    verdict("The page before a click", sum(|name| !LATER.contains(&name)), limit(&budget, "before_click")?)?;
    verdict("The whole", sum(|_| true), limit(&budget, "whole")?)
}

fn weigh_folder(folder: &Path, prefix: &str, weights: &mut Vec<Weight>) -> Outcome {
    let unread =
        |error| format!("{} cannot be read: {error}; `cargo xtask build` makes it.", folder.display());
    for entry in std::fs::read_dir(folder).map_err(unread)? {
        let path = entry.map_err(unread)?.path();
        let own = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}{own}");
        if name == EXAMPLES {
            continue;
        }
        if path.is_dir() {
            weigh_folder(&path, &format!("{name}/"), weights)?;
        } else {
            weights.push(weigh(name, &std::fs::read(&path).map_err(unread)?).map_err(unread)?);
        }
    }
    Ok(())
}

fn weigh(name: String, bytes: &[u8]) -> std::io::Result<Weight> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    let packed = xtask::run::brotli(bytes)?;
    Ok(Weight { name, raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: packed.len() })
}

fn table(weights: &[Weight]) -> String {
    let mut table = format!("{:>10} {:>10} {:>10}  file\n", "raw", "gzip -9", "brotli 11");
    let mut row = |raw: usize, gzip: usize, brotli: usize, name: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(table, "{raw:>10} {gzip:>10} {brotli:>10}  {name}");
    };
    let sum = |part: fn(&Weight) -> usize| weights.iter().map(part).sum();
    for weight in weights {
        row(weight.raw, weight.gzip, weight.brotli, &weight.name);
    }
    row(sum(|w| w.raw), sum(|w| w.gzip), sum(|w| w.brotli), "total");
    table
}

fn limit(budget: &str, name: &str) -> Outcome<usize> {
    budget
        .parse::<toml::Table>()
        .ok()
        .and_then(|table| usize::try_from(table.get(name)?.as_integer()?).ok())
        .ok_or_else(|| format!("size-budget.toml needs `{name}`, a number of bytes."))
}

fn verdict(what: &str, total: usize, limit: usize) -> Outcome {
    match total.checked_sub(limit) {
        None | Some(0) => Ok(()),
        Some(over) => Err(format!(
            "{what} weighs {total} bytes after brotli, {over} more than the {limit} that size-budget.toml allows."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_itself_is_still_within() {
        assert_eq!(verdict("it", 100, 100), Ok(()));
        assert!(verdict("it", 101, 100).is_err_and(|why| why.contains("1 more than the 100")));
    }

    #[test]
    fn a_budget_without_its_number_is_named() {
        assert_eq!(limit("whole = 153600", "whole"), Ok(153_600));
        assert!(limit("a = -1", "a").is_err() && limit("", "a").is_err());
    }

    #[test]
    fn the_table_ends_with_the_sum() {
        let weight = |name: &str| weigh(String::from(name), &[b'a'; 1000]).expect("weighed");
        let table = table(&[weight("a.js"), weight("b.js")]);
        let last = table.lines().last().unwrap_or_default();
        assert!(last.trim_start().starts_with("2000") && last.ends_with("total"), "{table}");
    }
}
