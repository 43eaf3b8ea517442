//! The table of `docs/performance.md`: times for 100, 1,000 and 10,000 certificates, and the exponent with which they grow.

use std::time::Duration;

use crate::inputs;
use crate::steps::{self, Times};

const COUNTS: [u32; 3] = [100, 1_000, 10_000];

/// What is printed of each input: kinds of which the engines' part is small beside the rest.
const KINDS: [&str; 3] = ["roots", "chains", "mixed"];

/// Steps that are parts of another one, and those that wait for the engines.
const LEFT_OUT: [&str; 2] = ["(decode)", "(error texts)"];

pub fn print() {
    println!("| input | step | 100 | 1,000 | 10,000 | exponent |");
    println!("|---|---|---|---|---|---|");
    for kind in KINDS {
        let measured = COUNTS.map(|count| steps::measure(&inputs::of(kind, count, false), false));
        rows(kind, &measured);
    }
    println!("\n| text of 1 MB | ms |\n|---|---|");
    for kind in inputs::texts() {
        let times = steps::measure(&inputs::of(kind, 1_000_000, false), true);
        let total: Duration = times.iter().filter(|(step, _)| !step.starts_with('(')).map(|(_, time)| *time).sum();
        println!("| {kind} | {:.0} |", milliseconds(total));
    }
}

fn rows(kind: &str, measured: &[Times; 3]) {
    let [small, medium, large] = measured;
    for (((step, small), (_, medium)), (_, large)) in small.iter().zip(medium).zip(large) {
        if !LEFT_OUT.contains(step) {
            let exponent = (large.as_secs_f64() / small.as_secs_f64()).log10() / 2.0;
            let [small, medium, large] = [small, medium, large].map(|time| milliseconds(*time));
            println!("| {kind} | {step} | {small:.2} ms | {medium:.1} ms | {large:.0} ms | {exponent:.2} |");
        }
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
