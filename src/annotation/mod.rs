//! Floor 3: a note as saved, its selectors, and anchoring.
