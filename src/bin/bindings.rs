//! The WebAssembly of the JavaScript package: passes between JavaScript and `rootlens::js`.

#![cfg_attr(not(target_arch = "wasm32"), allow(unused))]

fn main() {}

#[cfg(target_arch = "wasm32")]
mod exports {
    use js_sys::Array;
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    pub async fn inspect(files: Array, at: String, peer: Option<String>) -> Result<JsValue, JsValue> {
        rootlens::js::inspect(files, &at, peer).await
    }

    #[wasm_bindgen]
    pub async fn draw(
        files: Array,
        at: String,
        peer: Option<String>,
        narrow: bool,
        theme: String,
    ) -> Result<JsValue, JsValue> {
        rootlens::js::draw(files, &at, peer, narrow, &theme).await
    }
}
