//! Floor 5: where notes are kept.
