//! What the project's own tool and the browser tests share.

pub mod run;
pub mod server;
pub mod tools;
