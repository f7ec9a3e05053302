//! [`Shared`]: one store under several elements of a page. A browser tells other windows of what was written, and
//! not the page itself.

use super::{KeyValue, StorageError};
use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};

/// What is told the key that another wrote.
type Follower = OnceCell<Box<dyn Fn(&str)>>;

thread_local! {
    static FOLLOWERS: RefCell<Vec<Weak<Follower>>> = const { RefCell::new(Vec::new()) };
}

/// A store, as one of those who share it sees it.
pub struct Shared<S> {
    store: S,
    own: Rc<Follower>,
}

impl<S: KeyValue> Shared<S> {
    /// Begins to share a store.
    pub fn new(store: S) -> Self {
        let own = Rc::new(Follower::new());
        FOLLOWERS.with_borrow_mut(|all| {
            all.retain(|other| other.strong_count() > 0);
            all.push(Rc::downgrade(&own));
        });
        Self { store, own }
    }

    /// Has something done with each key that another writes or removes, in the midst of that: it is only to take
    /// note. Asked for once.
    pub fn follow(&self, told: impl Fn(&str) + 'static) {
        let _ = self.own.set(Box::new(told));
    }

    fn tell<T>(&self, key: &str, done: Result<T, StorageError>) -> Result<T, StorageError> {
        if done.is_ok() {
            let others: Vec<Rc<Follower>> =
                FOLLOWERS.with_borrow(|all| all.iter().filter_map(Weak::upgrade).collect());
            for other in others.iter().filter(|other| !Rc::ptr_eq(other, &self.own)) {
                if let Some(told) = other.get() {
                    told(key);
                }
            }
        }
        done
    }
}

impl<S: KeyValue> KeyValue for Shared<S> {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.store.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.tell(key, self.store.set(key, value))
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.tell(key, self.store.remove(key))
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        self.store.keys(prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Memory;

    #[test]
    fn the_others_are_told_and_nobody_else() {
        let told = Rc::new(RefCell::new(Vec::new()));
        let hear = |name: &'static str| {
            let told = Rc::clone(&told);
            move |key: &str| told.borrow_mut().push([name, key].concat())
        };
        let (one, two) = (Shared::new(Memory::default()), Shared::new(Memory::default()));
        one.follow(hear("1"));
        two.follow(hear("2"));
        one.set("a", "").expect("kept");
        two.remove("b").expect("removed");
        drop(two);
        one.set("c", "").expect("kept");
        assert_eq!(*told.borrow(), ["2a", "1b"]);
    }
}
