//! Web Locks, where the browser has them.

use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Runs an action while no other window of this site runs one under the same name. Where locks are missing
/// or refused (in a sandbox), it runs all the same, at once.
pub fn with_lock(name: &str, action: impl FnOnce() + 'static) {
    let action: Once = Rc::new(RefCell::new(Some(Box::new(action))));
    let locked = Rc::clone(&action);
    let callback = Closure::once_into_js(move || run(&locked));
    match request(name, &callback) {
        // A refusal comes later; what has run by then does not run again.
        Some(promise) => spawn_local(async move {
            if JsFuture::from(promise).await.is_err() {
                run(&action);
            }
        }),
        None => run(&action),
    }
}

/// What is done at most once.
type Once = Rc<RefCell<Option<Box<dyn FnOnce()>>>>;

fn run(action: &Once) {
    let action = action.borrow_mut().take();
    if let Some(action) = action {
        action();
    }
}

fn request(name: &str, callback: &JsValue) -> Option<Promise> {
    let locks = Reflect::get(&super::window().navigator(), &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    request.call2(&locks, &name.into(), callback).ok()?.dyn_into().ok()
}
