//! Listeners and observers that go away when they are dropped.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AddEventListenerOptions, Element, Event, EventTarget, ResizeObserver};

/// A listener; dropping it removes it.
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(JsValue)>,
}

impl Listener {
    /// Calls `call` on every `name` event of `target`. It is not passive, so that `call` may prevent the default.
    pub(crate) fn new(target: &EventTarget, name: &'static str, call: impl Fn(Event) + 'static) -> Listener {
        let closure = closure(Box::new(move |event| call(event.unchecked_into())));
        let options = AddEventListenerOptions::new();
        options.set_passive(false);
        let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
            name,
            closure.as_ref().unchecked_ref(),
            &options,
        );
        Listener { target: target.clone(), name, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.name, self.closure.as_ref().unchecked_ref());
    }
}

/// An observer of an element's size; dropping it ends it.
pub(crate) struct SizeObserver {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut(JsValue)>,
}

impl SizeObserver {
    /// Calls `call` now and whenever the size of `element` changes.
    pub(crate) fn new(element: &Element, call: impl Fn() + 'static) -> Option<SizeObserver> {
        let closure = closure(Box::new(move |_| call()));
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(SizeObserver { observer, _closure: closure })
    }
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// One type of closure for all: each type adds its own passage between JavaScript and the program.
fn closure(call: Box<dyn FnMut(JsValue)>) -> Closure<dyn FnMut(JsValue)> {
    Closure::wrap(call)
}
