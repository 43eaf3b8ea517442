//! What happens when one of the page's programs panics: a notice that stands outside of Yew's element, because whatever
//! would be drawn after a panic cannot be trusted. Its words and its button are in `index.html`, and `www/fault.js` shows
//! it; from a worker `www/start-inspector.js` passes it on.
//!
//! The notice says where in the program the panic happened and nothing else. The panic's own message may quote a
//! certificate, so it goes to the console of the browser and not into a text that people are asked to send.

use std::panic::{Location, PanicHookInfo};

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Shows the notice with this text to report.
    #[wasm_bindgen(js_name = rootlensFault)]
    fn show(text: &str);
}

/// Writes a panic to the console and shows its place on the page.
pub fn hook(info: &PanicHookInfo<'_>) {
    console_error_panic_hook::hook(info);
    show(&place(info.location()));
}

/// Shows a fault that is no panic. `what` holds nothing of what was given.
pub fn report(what: &str) {
    show(&format!("{PROGRAM}, {what}"));
}

/// `rootlens 0.1.0`.
const PROGRAM: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// `rootlens 0.1.0, src/ui/app.rs:12:5`.
fn place(location: Option<&Location>) -> String {
    location.map_or_else(|| PROGRAM.to_owned(), |location| format!("{PROGRAM}, {location}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_to_report_is_the_version_and_the_place() {
        let here = Location::caller();
        let text = place(Some(here));
        assert_eq!(
            text,
            format!("rootlens {}, {}:{}:{}", env!("CARGO_PKG_VERSION"), here.file(), here.line(), here.column())
        );
        assert!(text.contains("fault.rs:"));
        assert!(place(None).starts_with("rootlens "));
    }
}
