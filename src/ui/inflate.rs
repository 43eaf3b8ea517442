//! Inflating with what the browser brings: the program need not hold it.

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ReadableStream, ReadableStreamDefaultReader, WritableStream};

use crate::share::deflate::preset;

/// Inflated, if it is whole and no longer than `limit` bytes; `None` also in a browser that cannot inflate.
pub(crate) async fn inflated(packed: &[u8], limit: usize) -> Option<Vec<u8>> {
    let inflater: Function = member(&js_sys::global(), "DecompressionStream")?.dyn_into().ok()?;
    let stream = Reflect::construct(&inflater, &Array::of1(&"deflate-raw".into())).ok()?;
    let writable: WritableStream = member(&stream, "writable")?.unchecked_into();
    let readable: ReadableStream = member(&stream, "readable")?.unchecked_into();
    let writer = writable.get_writer().ok()?;
    let preset = preset();
    for chunk in [preset.bytes.as_slice(), packed] {
        ignored(writer.write_with_chunk(&Uint8Array::from(chunk)));
    }
    ignored(writer.close());
    let reader: ReadableStreamDefaultReader = readable.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    while let Some(chunk) = next(&reader).await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > preset.length.saturating_add(limit) {
            ignored(reader.cancel());
            return None;
        }
    }
    bytes.get(preset.length..).map(<[u8]>::to_vec)
}

/// The next chunk, `Some(None)` at the end, `None` if the stream is damaged.
async fn next(reader: &ReadableStreamDefaultReader) -> Option<Option<Vec<u8>>> {
    let chunk = JsFuture::from(reader.read()).await.ok()?;
    Some(member(&chunk, "value")?.dyn_into::<Uint8Array>().ok().map(|value| value.to_vec()))
}

/// web-sys counts the stream that inflates among what may still change.
fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()
}

/// Whether it was taken shows in what can be read; a refusal that nobody awaits would stand in the console.
fn ignored(promise: js_sys::Promise) {
    spawn_local(async move {
        let _ = JsFuture::from(promise).await;
    });
}
