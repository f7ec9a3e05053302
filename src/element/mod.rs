//! Floor 7: `<bianzhu-article>`. The class itself stands in `bianzhu.js`, so that the element is
//! there before WebAssembly is; [`Attached`] is what it hands its work to.

mod attached;
mod contract;
mod crash;

pub use attached::Attached;

/// Makes the core ready for the elements that the loader attaches.
pub fn register() {
    crash::watch();
}
