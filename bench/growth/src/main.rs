//! How the time that rootlens takes for an input grows with it, on this machine: from the bytes to the report and to what is
//! made of the report. Signatures are none, unless asked for: they cost the same each, and have a budget.
//!
//! ```text
//! growth-bench                     the table of docs/performance.md
//! growth-bench KIND COUNT [signed] one input, step by step
//! growth-bench FILE...             given files, step by step
//! ```

#[path = "../../../tests/it/synthetic.rs"]
#[allow(dead_code, reason = "tests use the rest")]
mod synthetic;

mod inputs;
mod steps;
mod table;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        [] => {
            table::print();
            Ok(())
        }
        [kind, count, rest @ ..] if inputs::is_kind(kind) => {
            count.parse().map_err(|why| format!("{count}: {why}")).map(|count| {
                let is_signed = rest.contains(&"signed");
                steps::print(&inputs::of(kind, count, is_signed), is_signed);
            })
        }
        files => inputs::read(files).map(|inputs| steps::print(&inputs, true)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}
