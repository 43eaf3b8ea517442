//! Hands a file to the browser, which saves it.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// From `www/save.js`; a page without it does not save.
    #[wasm_bindgen(catch, js_name = rootlensSave)]
    fn save_file(name: &str, text: &str) -> Result<(), JsValue>;
}

/// Saves a file that the inspector made.
pub(crate) fn save(name: &str, text: &str) {
    // A page without `save.js` has no way to save, and has nothing to tell either.
    let _ = save_file(name, text);
}
