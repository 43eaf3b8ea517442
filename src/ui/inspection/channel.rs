//! The way to the inspector and back, which `www/start-inspector.js` makes.

use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use yew::Callback;

use crate::fault;
use crate::messages::{self, Event, Request};

#[wasm_bindgen]
extern "C" {
    /// Sends a request.
    #[wasm_bindgen(js_name = rootlensAsk)]
    fn ask(request: Vec<u8>);

    /// Has every event that comes handed over, those that came already first.
    #[wasm_bindgen(js_name = rootlensHear)]
    fn hear(listener: &Closure<dyn Fn(Vec<u8>)>);
}

/// The page's end of the channel.
pub(crate) struct Channel {
    /// JavaScript calls it for as long as this lives, which is as long as the page.
    _listener: Closure<dyn Fn(Vec<u8>)>,
}

impl Channel {
    /// Listens from now on.
    pub(crate) fn open(on_event: Callback<Event>) -> Channel {
        let listener = Closure::new(move |event: Vec<u8>| match messages::read(&event) {
            Ok(event) => on_event.emit(event),
            Err(error) => fault::report(&error.to_string()),
        });
        hear(&listener);
        Channel { _listener: listener }
    }

    /// Sends a request; its answer comes as an event.
    pub(crate) fn request(&self, request: &Request) {
        match messages::write(request) {
            Ok(request) => ask(request),
            Err(error) => fault::report(&error.to_string()),
        }
    }
}
