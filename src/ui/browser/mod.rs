//! The edge to the browser: every call that may fail is made here and fails quietly or as a value, never with a panic.

pub(crate) mod arrival;
pub(crate) mod clipboard;
pub(crate) mod events;
pub(crate) mod focus;
pub(crate) mod size_observer;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, Storage, Window};

use crate::time::Timestamp;

/// The window of the page.
pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

/// The document that the window shows.
pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

/// The page stands in a frame of another page; `www/embedded.js` marks its root, before the program starts.
pub(crate) fn embedded() -> bool {
    let root = document().and_then(|document| document.document_element());
    root.is_some_and(|root| root.has_attribute("data-embedded"))
}

/// What is remembered from visit to visit; a browser refuses it to some frames. gloo-storage would panic there.
pub(crate) fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// The page reads the clock; the core never does.
pub(crate) fn now() -> Timestamp {
    const MILLISECONDS_PER_SECOND: f64 = 1000.0;
    Timestamp((js_sys::Date::now() / MILLISECONDS_PER_SECOND) as i64)
}

/// What stands after `#`; a link that a mail program mangled to `%23` counts too.
pub(crate) fn fragment() -> String {
    let Some(location) = window().map(|window| window.location()) else { return String::new() };
    let hash = location.hash().unwrap_or_default();
    if let Some(fragment) = hash.strip_prefix('#') {
        return fragment.to_owned();
    }
    let path = location.href().unwrap_or_default();
    path.split_once("%23").map(|(_, fragment)| fragment.to_owned()).unwrap_or_default()
}

/// The address of this page without its fragment.
pub(crate) fn address() -> String {
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let address = href.split('#').next().unwrap_or_default();
    address.split("%23").next().unwrap_or_default().to_owned()
}

/// Shows another address of this page, without a new entry in the history and without an event.
pub(crate) fn set_address(address: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Takes the fragment out of the address without a new entry in the history and without an event.
pub(crate) fn clear_fragment() {
    set_address(&address());
}

/// The element that has the focus.
pub(crate) fn focused() -> Option<Element> {
    document()?.active_element()
}

/// Focuses an element of HTML or SVG; both have the method, under no common type of web-sys.
pub(crate) fn focus(element: &Element) {
    let _ = element.unchecked_ref::<HtmlElement>().focus();
}

/// Scrolls to where the page begins.
pub(crate) fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Scrolls down by so many pixels.
pub(crate) fn scroll_by(pixels: f64) {
    if let Some(window) = window().filter(|_| pixels != 0.0) {
        window.scroll_by_with_x_and_y(0.0, pixels);
    }
}

/// Focuses the element with this id, if it is there.
pub(crate) fn focus_id(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        focus(&element);
    }
}
