//! The WebCrypto back end: all checks at once, off the main thread.
//!
//! It gives the same answers as the pure-Rust back end, which also takes every check that WebCrypto does not know,
//! that it refuses, or on which browsers might disagree.

mod request;

use std::collections::BTreeMap;

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use super::{Check, Status, rustcrypto};
use request::{KeyRequest, Request};

/// Answers every check, in order; what WebCrypto refuses goes to the pure-Rust back end.
pub async fn verify_batch(checks: &[Check<'_>]) -> Vec<Status> {
    let answers = match subtle_crypto() {
        Some(subtle) => ask(&subtle, checks).await,
        None => Vec::new(),
    };
    let answer = |position: usize| answers.get(position).copied().flatten();
    let checks = checks.iter().enumerate();
    checks.map(|(position, check)| answer(position).unwrap_or_else(|| rustcrypto::verify(check))).collect()
}

/// `crypto.subtle` of the page or worker; browsers hide it on plain http, except on localhost.
fn subtle_crypto() -> Option<SubtleCrypto> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    subtle.is_object().then(|| subtle.unchecked_into())
}

/// One answer per check; `None` where WebCrypto has none.
async fn ask(subtle: &SubtleCrypto, checks: &[Check<'_>]) -> Vec<Option<Status>> {
    let requests: Vec<Option<Request<'_>>> = checks.iter().map(Request::new).collect();
    let keys = import_keys(subtle, &requests).await;
    let promises = requests.iter().map(|request| {
        let request = request.as_ref()?;
        verify(subtle, keys.get(&request.key)?, request)
    });
    let answers = settle(promises.collect()).await;
    let status = |answer: Option<JsValue>| match answer?.as_bool()? {
        true => Some(Status::Valid),
        false => Some(Status::Invalid),
    };
    answers.into_iter().map(status).collect()
}

/// Imports every distinct key once; keys that are refused are missing from the answer.
async fn import_keys<'a>(
    subtle: &SubtleCrypto,
    requests: &[Option<Request<'a>>],
) -> BTreeMap<KeyRequest<'a>, CryptoKey> {
    let mut distinct: Vec<KeyRequest<'a>> = requests.iter().flatten().map(|request| request.key).collect();
    distinct.sort();
    distinct.dedup();
    let promises = distinct.iter().map(|key| import(subtle, key)).collect();
    let imported = distinct.into_iter().zip(settle(promises).await);
    imported.filter_map(|(request, key)| Some((request, key?.unchecked_into()))).collect()
}

fn import(subtle: &SubtleCrypto, key: &KeyRequest<'_>) -> Option<Promise> {
    let algorithm = named(key.algorithm);
    set(&algorithm, "hash", key.hash);
    set(&algorithm, "namedCurve", key.curve);
    let usages = Array::of1(&"verify".into());
    subtle.import_key_with_object("spki", &Uint8Array::from(key.spki), &algorithm, false, &usages).ok()
}

fn verify(subtle: &SubtleCrypto, key: &CryptoKey, request: &Request<'_>) -> Option<Promise> {
    let algorithm = named(request.key.algorithm);
    set(&algorithm, "hash", request.usage.hash);
    // A salt length never exceeds 16 bits, so the number is exact.
    set(&algorithm, "saltLength", request.usage.salt_length.map(|length| length as f64));
    let signature = Uint8Array::from(request.signature.as_slice());
    let message = Uint8Array::from(request.message);
    subtle.verify_with_object_and_buffer_source_and_buffer_source(&algorithm, key, &signature, &message).ok()
}

/// `{ name }`
fn named(algorithm: &str) -> Object {
    let object = Object::new();
    set(&object, "name", Some(algorithm));
    object
}

/// Sets a member if there is a value. Setting a member of a plain object cannot fail.
fn set(object: &Object, member: &str, value: Option<impl Into<JsValue>>) {
    if let Some(value) = value {
        let _ = Reflect::set(object, &member.into(), &value.into());
    }
}

/// Waits for all promises; the value of each that was kept, `None` for those broken or never made.
async fn settle(promises: Vec<Option<Promise>>) -> Vec<Option<JsValue>> {
    let count = promises.len();
    let promises: Array = promises.into_iter().map(|promise| promise.map_or(JsValue::NULL, JsValue::from)).collect();
    // A promise of allSettled is never broken; were it, every answer would come from the pure-Rust back end.
    let outcomes: Array = match JsFuture::from(Promise::all_settled(&promises)).await {
        Ok(outcomes) => outcomes.unchecked_into(),
        Err(_) => return vec![None; count],
    };
    let value = |outcome: JsValue| {
        Reflect::get(&outcome, &"value".into()).ok().filter(|value| value.is_truthy() || value.as_bool().is_some())
    };
    outcomes.iter().map(value).collect()
}
