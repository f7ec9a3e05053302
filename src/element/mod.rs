//! Floor 7: `<bianzhu-article>`. The class itself stands in `bianzhu.js`, so that the element is
//! there before WebAssembly is; [`Attached`] is what it hands its work to.

mod announced;
mod attached;
mod contract;
mod keeping;
mod packs;

pub use attached::Attached;

/// Makes the core ready for the elements that the loader attaches.
///
/// A release build traps at a panic, without words; `bianzhu.js` tells the reader. While developing, the
/// console has the message.
pub fn register() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
}
