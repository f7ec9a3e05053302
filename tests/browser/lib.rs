//! Page object and servers for the browser tests.
