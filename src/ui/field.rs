//! [`Field`]: a value of the session that the interface follows.

use super::session::{State, Store};
use leptos::prelude::*;
use std::cell::RefCell;

/// A value of the session. It works like a Leptos signal; but all fields share one store and differ
/// in a function pointer only, where every type of signal would be code of its own.
pub struct Field<T: 'static> {
    state: Store,
    value: fn(&State) -> &RefCell<T>,
    changed: Trigger,
}

impl<T> Clone for Field<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Field<T> {}

impl<T> Field<T> {
    pub(super) fn new(state: Store, value: fn(&State) -> &RefCell<T>) -> Self {
        Self { state, value, changed: Trigger::new() }
    }

    /// Reads without following.
    pub fn peek<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&(self.value)(self.state.get()).borrow())
    }

    /// Reads, and has the caller run again when the value changes.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.changed.track();
        self.peek(read)
    }

    /// Has the caller run again when the value changes.
    pub fn track(&self) {
        self.changed.track();
    }

    /// Changes the value in place.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        change(&mut (self.value)(self.state.get()).borrow_mut());
        self.changed.notify();
    }
}

impl<T: Clone> Field<T> {
    /// The value, followed.
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    /// The value, not followed.
    pub fn now(&self) -> T {
        self.peek(T::clone)
    }
}

impl<T: PartialEq> Field<T> {
    /// Replaces the value; nobody is told of a value that is the same.
    pub fn set(&self, value: T) {
        if self.peek(|now| *now != value) {
            self.update(|now| *now = value);
        }
    }
}
