//! Floor 4: import and export.
