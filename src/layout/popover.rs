//! Where a card stands beside the words it explains.

/// A box in CSS px, y growing downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

/// Where to put a popover and how tall it may be, in CSS px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Placement {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Tallest it may be without leaving the viewport or covering the anchor.
    pub max_height: f64,
    /// Above the anchor rather than below it.
    pub above: bool,
}

/// What a popover keeps clear of the viewport's edges.
const EDGE: f64 = 8.0;

/// Places a popover of `width` × `height` beside `anchor` within `viewport`: below its line where
/// there is room, else above, else on the roomier side with its height cut. It begins where the
/// anchor begins and is pushed back inside the viewport; it never covers the anchor's lines.
pub fn place_popover(anchor: Rect, width: f64, height: f64, viewport: Rect, gap: f64) -> Placement {
    let room_below = viewport.bottom - anchor.bottom - gap - EDGE;
    let room_above = anchor.top - viewport.top - gap - EDGE;
    let above = room_below < height && room_above > room_below;
    let max_height = (if above { room_above } else { room_below }).max(0.0);
    let shown = height.min(max_height);
    let top = if above { anchor.top - gap - shown } else { anchor.bottom + gap };
    let left = anchor.left.min(viewport.right - EDGE - width).max(viewport.left + EDGE);
    Placement { left, top, max_height, above }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const VIEWPORT: Rect = Rect { left: 0.0, top: 0.0, right: 1000.0, bottom: 800.0 };

    fn word(left: f64, top: f64) -> Rect {
        Rect { left, top, right: left + 60.0, bottom: top + 20.0 }
    }

    #[test]
    fn it_stands_below_and_flips_above_at_the_bottom() {
        let below = place_popover(word(100.0, 100.0), 300.0, 200.0, VIEWPORT, 6.0);
        assert_eq!((below.left, below.top, below.above), (100.0, 126.0, false));
        let above = place_popover(word(100.0, 700.0), 300.0, 200.0, VIEWPORT, 6.0);
        assert_eq!((above.top, above.above), (494.0, true));
    }

    #[test]
    fn it_stays_inside_on_the_right() {
        assert_eq!(place_popover(word(950.0, 100.0), 300.0, 200.0, VIEWPORT, 6.0).left, 692.0);
    }

    proptest! {
        #[test]
        fn it_never_covers_the_anchor(left in 0.0..940.0f64, top in 0.0..780.0f64, height in 10.0..2000.0f64) {
            let anchor = word(left, top);
            let place = place_popover(anchor, 300.0, height, VIEWPORT, 6.0);
            let shown = height.min(place.max_height);
            prop_assert!(place.top >= anchor.bottom || place.top + shown <= anchor.top);
        }
    }
}
