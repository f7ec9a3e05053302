//! What is done once, later. What the web page calls back for is generic, and compiled for each: here it is one type.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

type Action = Box<dyn FnOnce()>;

/// Does something in the next frame, before it is painted. A window in the background has none.
pub fn in_next_frame(action: impl FnOnce() + 'static) {
    frame(Box::new(action));
}

#[inline(never)]
fn frame(action: Action) {
    let _ = super::window().request_animation_frame(Closure::once_into_js(action).unchecked_ref());
}

/// Does something when what runs now is done, before anything else.
pub fn soon(action: impl FnOnce() + 'static) {
    microtask(Box::new(action));
}

#[inline(never)]
fn microtask(action: Action) {
    leptos::prelude::queue_microtask(action);
}

/// Does something in `time` milliseconds, unless the answer is dropped before.
pub fn after(time: u32, action: impl FnOnce() + 'static) -> Timeout {
    timeout(time, Box::new(action))
}

#[inline(never)]
fn timeout(time: u32, action: Action) -> Timeout {
    Timeout::new(time, action)
}

/// Does something when the engine has time to spare.
pub fn when_idle(action: impl FnOnce() + 'static) {
    idle(Box::new(action));
}

#[inline(never)]
fn idle(action: Action) {
    let action = Closure::once_into_js(action).unchecked_into();
    // WebKit has no idle time.
    if super::window().request_idle_callback(&action).is_err() {
        let _ = super::window().set_timeout_with_callback_and_timeout_and_arguments_0(&action, 500);
    }
}
