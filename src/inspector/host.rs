//! The edge to what runs the inspector: a worker, or the page where the browser refuses one. `www/start-inspector.js` makes
//! what is called here, in the one as in the other.

use js_sys::{Function, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use web_sys::Performance;

use super::Inspector;
use crate::fault;
use crate::messages::{self, Event};
use crate::public_roots::PublicRoots;

#[wasm_bindgen]
extern "C" {
    /// Sends an event to the page.
    #[wasm_bindgen(js_name = rootlensReply)]
    fn reply(event: Vec<u8>);
}

/// The name under which the page's requests are handed in.
const REQUEST: &str = "rootlensRequest";

/// The name under which the file of public roots was left for the program.
const PUBLIC_ROOTS: &str = "rootlensPublicRoots";

/// Answers requests from here on.
pub(super) fn serve() {
    std::panic::set_hook(Box::new(fault::hook));
    let public_roots = public_roots();
    let started = Event::Started { has_public_roots: !public_roots.is_empty() };
    let inspector = Inspector::new(public_roots, send);
    let listener = Closure::<dyn Fn(Vec<u8>)>::new(move |request: Vec<u8>| match messages::read(&request) {
        Ok(request) => inspector.request(request),
        Err(error) => fault::report(&error.to_string()),
    });
    // Nothing refuses a new property of the global object.
    let _ = Reflect::set(&js_sys::global(), &REQUEST.into(), &listener.into_js_value().unchecked_into::<Function>());
    send(started);
}

fn send(event: Event) {
    match messages::write(&event) {
        Ok(event) => reply(event),
        Err(error) => fault::report(&error.to_string()),
    }
}

/// The roots that came with the page; none if their file did not arrive or is no list.
fn public_roots() -> PublicRoots {
    let file = Reflect::get(&js_sys::global(), &PUBLIC_ROOTS.into()).ok();
    let file = file.and_then(|file| file.dyn_into::<Uint8Array>().ok()).map(|file| file.to_vec());
    file.and_then(|file| PublicRoots::read(&file).ok()).unwrap_or_default()
}

/// Sets a performance mark.
pub(super) fn mark(name: &str) {
    if let Some(performance) = performance() {
        let _ = performance.mark(name);
    }
}

/// Measures from the mark of the same name until now.
pub(super) fn measure(name: &str) {
    if let Some(performance) = performance() {
        let _ = performance.measure_with_start_mark(name, name);
    }
}

/// Milliseconds by a clock that only goes forward; it stands still where the host has none.
pub(super) fn milliseconds() -> f64 {
    performance().map_or(0.0, |performance| performance.now())
}

/// Of the worker or of the page: both have it under this name.
fn performance() -> Option<Performance> {
    Reflect::get(&js_sys::global(), &"performance".into()).ok()?.dyn_into().ok()
}
