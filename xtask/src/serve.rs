//! `cargo xtask serve`: builds the page and shows it.

use std::io::ErrorKind;
use std::net::TcpListener;

use crate::build::{self, Profile};
use crate::run::{Outcome, root};
use xtask::server::{self, Site};

/// Takes the port first: a busy one should not cost a build.
pub fn page(port: u16) -> Outcome {
    let listener = TcpListener::bind(("127.0.0.1", port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => format!(
            "Port {port} is taken by another program; choose another with `cargo xtask serve --port N`."
        ),
        _ => format!("Port {port} cannot be opened: {error}; choose another with `--port N`."),
    })?;
    build::page(Profile::Release)?;
    let port = listener.local_addr().map_or(port, |address| address.port());
    println!("The page is at http://127.0.0.1:{port}/ (Ctrl+C ends it)");
    println!("A page for each feature: http://127.0.0.1:{port}/examples/index.html");
    server::serve(&listener, Site::new(root().join("dist")));
    Ok(())
}
