//! What the engines take for one chain, once the signatures are checked. One program for both sides: compiled for this
//! machine it measures itself and prints JSON, compiled to WebAssembly it hands its questions to `bench/bench.mjs`,
//! which measures them in Chromium.
//!
//! ```text
//! engines-bench QUESTION BATCHES ROUNDS
//! ```

#[cfg(target_arch = "wasm32")]
mod exports;
#[cfg(not(target_arch = "wasm32"))]
mod measure;
mod question;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match measure::run(&arguments) {
        Ok(measured) => {
            println!("{measured}");
            std::process::ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("error: {failure}");
            std::process::ExitCode::FAILURE
        }
    }
}
