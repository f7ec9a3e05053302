//! What the project's own tool and the browser tests share.

pub mod package;
pub mod run;
pub mod server;
pub mod tools;
