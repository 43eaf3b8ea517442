//! Putting text on the clipboard, in both ways that browsers know.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

use super::{document, window};

/// Puts `text` on the clipboard; `false` if the browser refuses in both ways.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    let navigator = window.navigator();
    // Outside a secure context `navigator.clipboard` is undefined, whatever its type says.
    let clipboard = Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    if clipboard.is_ok_and(|value| !value.is_undefined())
        && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
    {
        return true;
    }
    copy_by_selection(text).unwrap_or(false)
}

/// The way before `navigator.clipboard`: select the text in an element and ask the document to copy.
fn copy_by_selection(text: &str) -> Option<bool> {
    let document = document()?;
    let area = document.create_element("textarea").ok()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    area.set_value(text);
    area.set_class_name("rl-offscreen");
    document.body()?.append_child(&area).ok()?;
    area.select();
    let copied = document.dyn_into::<HtmlDocument>().ok().and_then(|html| html.exec_command("copy").ok());
    area.remove();
    copied
}
