//! Floor 4: numbers, not elements: overlapping spans to flat segments, margin cards to positions that
//! do not overlap, a popover to its place.

mod popover;

pub use popover::{Placement, Rect, place_popover};
pub struct Card{pub ideal_top:f64,pub height:f64} pub fn place_cards(_c:&[Card],_g:f64,_a:Option<usize>)->Vec<f64>{vec![]}
