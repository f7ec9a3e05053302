//! A panic that happens all the same: the article and the stored notes stay as they are, and the
//! reader and the page are told.

use super::contract;
use crate::ui::Lang;
use std::cell::RefCell;
use web_sys::HtmlElement;

thread_local! {
    static HOSTS: RefCell<Vec<(HtmlElement, Lang)>> = const { RefCell::new(Vec::new()) };
}

/// Tells every attached element of a panic.
pub fn watch() {
    std::panic::set_hook(Box::new(|info| {
        let message = info.to_string();
        let hosts = HOSTS.with(|hosts| hosts.try_borrow().map(|hosts| hosts.clone()).unwrap_or_default());
        for (host, lang) in hosts {
            tell(&host, lang);
            contract::dispatch_error(&host, "crashed", &message);
        }
    }));
}

/// Puts an element among those that are told.
pub fn add(host: &HtmlElement, lang: Lang) {
    HOSTS.with(|hosts| hosts.borrow_mut().push((host.clone(), lang)));
}

/// Takes it out again.
pub fn remove(host: &HtmlElement) {
    HOSTS.with(|hosts| hosts.borrow_mut().retain(|(other, _)| other != host));
}

/// A sentence by plain DOM calls: nothing of the interface can be relied on any more.
fn tell(host: &HtmlElement, lang: Lang) {
    let Some(shadow) = host.shadow_root() else { return };
    if let Ok(notice) = crate::dom::document().create_element("p") {
        let _ = notice.set_attribute("part", "status");
        let _ = notice.set_attribute("role", "alert");
        let _ = notice.set_attribute("class", "failed");
        notice.set_text_content(Some(lang.crashed()));
        let _ = shadow.insert_before(&notice, shadow.first_child().as_ref());
    }
}
