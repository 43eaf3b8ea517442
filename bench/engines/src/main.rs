//! What the engines take for one chain, once the signatures are checked. One program for both sides: compiled for this
//! machine it measures itself and prints JSON, compiled to WebAssembly it hands its questions to `bench/bench.mjs`,
//! which measures them in Chromium.
//!
//! ```text
//! engines-bench QUESTION BATCHES ROUNDS
//! engines-bench growth
//! engines-bench growth SHAPE SIZE
//! ```

#[cfg(target_arch = "wasm32")]
mod exports;
#[cfg(not(target_arch = "wasm32"))]
mod growth;
#[cfg(not(target_arch = "wasm32"))]
mod measure;
mod question;
#[cfg(not(target_arch = "wasm32"))]
#[path = "../../../tests/it/unsigned_pki.rs"]
mod unsigned_pki;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let measured = match words.as_slice() {
        ["growth"] => Ok(growth::table()),
        ["growth", shape, size] => {
            size.parse().map_err(|_| "no number".to_owned()).and_then(|size| growth::by_engine(shape, size))
        }
        _ => measure::run(&arguments).map(|measured| measured.to_string()),
    };
    match measured {
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
