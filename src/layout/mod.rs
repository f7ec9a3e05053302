//! Floor 4: numbers, not elements: overlapping spans to flat segments, margin cards to positions that
//! do not overlap, a popover to its place.

mod cards;
mod markers;
mod popover;
mod segments;

pub use cards::{Card, place_cards};
pub use markers::place_markers;
pub use popover::{Placement, Rect, place_popover};
pub use segments::{Segment, flatten};
