//! The project's own tool: `cargo xtask help`.

mod suite;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  test    runs every suite; the last line is `N passed, N failed`
  help    this text";

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("test") => suite::run_all(),
        None | Some("help" | "--help" | "-h") => {
            println!("{HELP}");
            ExitCode::SUCCESS
        }
        Some(other) => {
            eprintln!("There is no command `{other}`.\n\n{HELP}");
            ExitCode::FAILURE
        }
    }
}
