//! Starting other programs from the workspace's root.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What every step answers: nothing, or one sentence for the person at the terminal.
pub type Outcome<T = ()> = Result<T, String>;

/// The workspace's root, wherever the tool was called from.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// A command that starts in the workspace's root.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    // Trunk reads NO_COLOR as a boolean and stops at the customary `1`.
    command.current_dir(root()).env_remove("NO_COLOR");
    command
}

/// Bytes as servers send them: packed by brotli at its best.
///
/// # Errors
/// The encoder's.
pub fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let options = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &options)?;
    Ok(packed)
}

/// `cargo` with arguments separated by spaces.
pub fn cargo(arguments: &str) -> Command {
    let mut cargo = command("cargo");
    cargo.args(arguments.split(' '));
    cargo
}

/// Runs to the end, its output shown as it comes.
pub fn run(mut command: Command) -> Outcome {
    let shown = shown(&command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("`{shown}` failed; its own words are above.")),
        Err(error) => Err(format!("`{shown}` did not start: {error}.")),
    }
}

/// The command as one would type it.
pub fn shown(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Where `program` is on PATH.
pub fn on_path(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}
