//! Floor 4: one article's notes: commands, undo and redo.
