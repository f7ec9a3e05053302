//! In the making.
/// Registers the element.
pub fn register() {}
