//! Web Locks, where the browser has them.

use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Runs an action while no other window of this site has the lock of this name, and tells it so. Where locks are
/// missing or refused (in a sandbox), it runs at once, and is told `false`.
pub fn with_lock(name: &str, action: impl FnOnce(bool) + 'static) {
    let action: Once = Rc::new(RefCell::new(Some(Box::new(action))));
    let locked = Rc::clone(&action);
    let callback = Closure::once_into_js(move || run(&locked, true));
    match request(name, &callback) {
        // A refusal comes later; what has run by then does not run again.
        Some(promise) => spawn_local(async move {
            if JsFuture::from(promise).await.is_err() {
                run(&action, false);
            }
        }),
        None => run(&action, false),
    }
}

/// What is done at most once.
type Once = Rc<RefCell<Option<Box<dyn FnOnce(bool)>>>>;

fn run(action: &Once, is_locked: bool) {
    let action = action.borrow_mut().take();
    if let Some(action) = action {
        action(is_locked);
    }
}

/// A lock that this window has until it is dropped, or the window is gone, however that comes.
pub struct Held(Function);

impl Held {
    /// Asks for a lock; `None` where locks are missing.
    pub fn new(name: &str) -> Option<Self> {
        let mut release = None;
        let held = Promise::new(&mut |resolve, _| release = Some(resolve));
        // Called with the lock, which is no function to call in turn, `then` answers a promise that is kept when
        // this one is.
        let then: Function = Reflect::get(&held, &"then".into()).ok()?.dyn_into().ok()?;
        let (asked, release) = (request(name, &then.bind0(&held))?, release?);
        // A refusal is heard, or it would be an error of the page's.
        let _ = then.call2(&asked, &JsValue::UNDEFINED, &release);
        Some(Self(release))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

fn request(name: &str, callback: &JsValue) -> Option<Promise> {
    let locks = Reflect::get(&super::window().navigator(), &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    request.call2(&locks, &name.into(), callback).ok()?.dyn_into().ok()
}
