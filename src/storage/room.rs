//! [`Room`]: how much more the browser's storage for this site can take.

use super::{KeyValue, StorageError};

/// What browsers give a site, in UTF-16 code units of keys and values together: 5 Mi. No standard says it
/// and no interface tells it, so it is an estimate.
pub const CAPACITY: usize = 5 * 1024 * 1024;

/// How full a store is, in UTF-16 code units: what all keys take, the site's own among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Room(pub usize);

impl Room {
    /// Measures a store. It reads all of it: not for every keystroke.
    ///
    /// # Errors
    /// When it answers nothing at all.
    pub fn of(store: &dyn KeyValue) -> Result<Self, StorageError> {
        let mut room = Self::default();
        room.measure_on(store, &mut store.keys("")?, usize::MAX)?;
        Ok(room)
    }

    /// Measures so many of the keys that are left.
    ///
    /// # Errors
    /// When the store answers nothing at all.
    pub fn measure_on(
        &mut self,
        store: &dyn KeyValue,
        keys: &mut Vec<String>,
        most: usize,
    ) -> Result<(), StorageError> {
        for key in keys.drain(..most.min(keys.len())) {
            let value = store.get(&key)?.unwrap_or_default();
            self.0 += key.encode_utf16().count() + value.encode_utf16().count();
        }
        Ok(())
    }

    /// What is left, as far as one can tell.
    pub const fn left(self) -> usize {
        CAPACITY.saturating_sub(self.0)
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
        assert_eq!(room, Room(23));
        // The same, a key at a time.
        let (mut part, mut keys) = (Room::default(), store.keys("").expect("memory"));
        for left in [1, 0] {
            part.measure_on(&store, &mut keys, 1).expect("memory");
            assert_eq!(keys.len(), left);
        }
        assert_eq!(part, room);
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
