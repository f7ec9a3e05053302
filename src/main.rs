//! Registers `<bianzhu-article>`. Everything else lives in the library.

#[cfg(target_arch = "wasm32")]
fn main() {
    bianzhu::element::register();
}

/// Natively there is no page to register an element in; the examples are what runs there.
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Bianzhu runs in a web page: `cargo xtask serve` shows it, `cargo xtask test` tests it.");
}
