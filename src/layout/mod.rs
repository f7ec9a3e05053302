//! Floor 4: overlapping spans to flat segments; margin cards to positions.
