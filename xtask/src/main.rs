//! The project's own tool: `cargo xtask help`.

mod assets;
mod bench;
mod build;
mod lint;
mod screenshot;
mod serve;
mod shrink;
mod size;
mod split;
mod test;

use std::process::ExitCode;

use build::Profile;
use xtask::{run, tools};

const HELP: &str = "\
cargo xtask <command>

  serve [--port N]  builds the page and shows it on http://127.0.0.1:8080/
  build [--debug]   builds the page into dist
  assets            writes the glossary's entries into dist; Trunk calls it
  package           a package for npm and a folder with hashes, in target/package
  test              runs every suite; the last line is `N passed, N failed`. Of the engines, only those
                    that BIANZHU_ENGINES names, where it does: chromium,firefox,webkit
  size              what dist weighs, against size-budget.toml
  bench card        how soon a card opens, in Chromium on a slow processor
  bench embed       what the element costs a page, beside its peers
  bench notes [--only find|CHARACTERS]  many notes on long articles, and found again in an edited one, beside peers
  lint              formatting, clippy for both targets, documentation
  bench recognition [FILE]  its speed beside jieba-rs, in the same run
  screenshot        pictures of every state into target/screenshots; with --docs, those of README and docs
  help              this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        ["serve"] => serve::page(8080),
        ["serve", "--port", port] => match port.parse() {
            Ok(port) => serve::page(port),
            Err(_) => Err(format!("`{port}` is no port; a port is a number from 1 to 65535.")),
        },
        ["build"] => build::page(Profile::Release),
        ["build", "--debug"] => build::page(Profile::Debug),
        ["assets"] => assets::write(),
        ["package"] => build::package(),
        ["size"] => size::check(),
        ["bench", "card"] => bench::card(),
        ["bench", "embed"] => bench::embed(),
        ["bench", "notes"] => bench::notes(""),
        ["bench", "notes", "--only", part] => bench::notes(part),
        ["lint"] => lint::all(),
        ["screenshot"] => screenshot::take(false),
        ["screenshot", "--docs"] => screenshot::take(true),
        ["bench", "recognition", text @ ..] => bench::recognition(text),
        ["test"] => test::all(),
        _ => Err(format!("I do not know `{}`.\n\n{HELP}", words.join(" "))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
