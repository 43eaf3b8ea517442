//! The WebAssembly of the JavaScript package: passes between JavaScript and `rootlens::js`.

#![cfg_attr(not(target_arch = "wasm32"), allow(unused))]

fn main() {}

#[cfg(target_arch = "wasm32")]
mod exports {
    use js_sys::Array;
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    pub async fn inspect(files: Array, choices: JsValue) -> Result<JsValue, JsValue> {
        rootlens::js::inspect(files, choices).await
    }

    #[wasm_bindgen]
    pub async fn draw(files: Array, choices: JsValue, narrow: bool, theme: String) -> Result<JsValue, JsValue> {
        rootlens::js::draw(files, choices, narrow, &theme).await
    }
}
