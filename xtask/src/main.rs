//! The project's own tool: `cargo xtask help`.
fn main() {}
