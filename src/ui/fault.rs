//! What the page shows when the program panics: a notice that stands outside of Yew's element, because whatever Yew
//! would draw after a panic cannot be trusted. Its words and its button are in `index.html` and `www/fault.js`.
//!
//! The notice says where in the program the panic happened and nothing else. The panic's own message may quote a
//! certificate, so it goes to the console of the browser and not into a text that people are asked to send.

use std::panic::{Location, PanicHookInfo};

use super::browser;

/// The notice, which is hidden until a panic.
const NOTICE_ID: &str = "fault";

/// The element of the notice that takes the text to report.
const PLACE_ID: &str = "fault-place";

/// From here on a panic is written to the console and shown on the page. Yew, which sets a hook of its own when it
/// starts to draw, has to be told.
pub(crate) fn show_panics() {
    yew::set_custom_panic_hook(Box::new(|info: &PanicHookInfo| {
        console_error_panic_hook::hook(info);
        let _ = show(info.location());
    }));
}

/// Shows the notice, gives it the focus and makes what Yew had drawn inert. A panic leaves the program in an unknown
/// state, so others may follow; the first one is the one to report.
fn show(location: Option<&Location>) -> Option<()> {
    let document = browser::document()?;
    let notice = document.get_element_by_id(NOTICE_ID)?;
    if !notice.has_attribute("hidden") {
        return None;
    }
    document.get_element_by_id(PLACE_ID)?.set_text_content(Some(&place(location)));
    document.get_element_by_id(super::MOUNT_POINT)?.set_attribute("inert", "").ok()?;
    notice.remove_attribute("hidden").ok()?;
    browser::focus(&notice);
    Some(())
}

/// `rootlens 0.1.0, src/ui/app.rs:12:5`.
fn place(location: Option<&Location>) -> String {
    let program = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
    location.map_or_else(|| program.to_owned(), |location| format!("{program}, {location}"))
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
