//! The WebAssembly side: what `bench/bench.mjs` measures with the clock of the browser.

use rootlens::verifier::Engine;
use wasm_bindgen::prelude::*;

use crate::question::{self, SUBJECTS};

/// A question, read and with its signatures checked.
#[wasm_bindgen]
pub struct Question(question::Question);

#[wasm_bindgen]
impl Question {
    /// One of [`questions`], by number.
    #[wasm_bindgen(constructor)]
    pub fn new(number: usize) -> Result<Question, JsValue> {
        let subject = SUBJECTS.get(number).ok_or("there is no such question")?;
        Ok(Question(question::Question::new(*subject)?))
    }

    /// Asks one of [`engines`], by number, or all; how many accept.
    pub fn ask(&self, engine: Option<usize>) -> usize {
        let one = |number| Engine::ALL.get(number).map_or(&[][..], std::slice::from_ref);
        self.0.accepted_by(engine.map_or(Engine::ALL, one))
    }
}

/// The names of the questions.
#[wasm_bindgen]
pub fn questions() -> Vec<String> {
    SUBJECTS.iter().map(|subject| format!("{}, {}", subject.example, subject.client)).collect()
}

/// The names of the engines.
#[wasm_bindgen]
pub fn engines() -> Vec<String> {
    Engine::ALL.iter().map(|engine| engine.name().to_owned()).collect()
}
