//! [`Room`]: how much more the browser's storage for this site can take.

use super::note_store::PREFIX;
use super::{KeyValue, StorageError};

/// What browsers give a site, in UTF-16 code units of keys and values together: 5 Mi. No standard says it
/// and no interface tells it, so it is an estimate.
pub const CAPACITY: usize = 5 * 1024 * 1024;

/// How full a store is, in UTF-16 code units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Room {
    /// What our keys take.
    pub ours: usize,
    /// What all keys take, the site's own among them.
    pub all: usize,
}

impl Room {
    /// Measures a store. It reads all of it: not for every keystroke.
    ///
    /// # Errors
    /// When it answers nothing at all.
    pub fn of(store: &dyn KeyValue) -> Result<Self, StorageError> {
        let mut room = Self::default();
        for key in store.keys("")? {
            let value = store.get(&key)?.unwrap_or_default();
            let units = key.encode_utf16().count() + value.encode_utf16().count();
            room.all += units;
            if key.starts_with(PREFIX) {
                room.ours += units;
            }
        }
        Ok(room)
    }

    /// What is left, as far as one can tell.
    pub const fn left(self) -> usize {
        CAPACITY.saturating_sub(self.all)
    }

    /// What is left, in percent, rounded down.
    pub const fn percent_left(self) -> usize {
        self.left() * 100 / CAPACITY
    }

    /// Whether less than a tenth is left.
    pub const fn is_scarce(self) -> bool {
        self.left() < CAPACITY / 10
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Memory;

    #[test]
    fn keys_and_values_are_counted_as_the_browser_counts_them() {
        let store = Memory::default();
        assert_eq!(Room::of(&store), Ok(Room::default()));
        store.set("bianzhu:1:k:a", "文𠮷").expect("memory");
        store.set("site", "abc").expect("memory");
        let room = Room::of(&store).expect("memory");
        assert_eq!(room, Room { ours: 16, all: 23 });
        assert_eq!((room.left(), room.percent_left(), room.is_scarce()), (CAPACITY - 23, 99, false));
    }

    #[test]
    fn a_host_that_fills_it_is_told_of() {
        let store = Memory::default();
        for (units, percent, is_scarce) in [
            (CAPACITY * 9 / 10 - 4, 10, false),
            (CAPACITY * 9 / 10, 9, true),
            (CAPACITY - 40, 0, true),
            (CAPACITY * 2, 0, true),
        ] {
            store.set("host", &"x".repeat(units)).expect("memory");
            let room = Room::of(&store).expect("memory");
            assert_eq!((room.percent_left(), room.is_scarce()), (percent, is_scarce), "{units}");
        }
    }
}
