//! `cargo xtask bench`: speed and size beside a peer, in the same Chromium (`bench/bench.mjs` does the work).

use crate::process::{Outcome, command, step};
use crate::tools::Tool;
use crate::{dist, setup};

pub fn run() -> Outcome {
    setup::tools(&setup::END_TO_END)?;
    dist::run()?;
    let mut bench = command(setup::path(Tool::Node)?);
    bench.arg("bench/bench.mjs").env("CHROMIUM", setup::path(Tool::Chromium)?);
    step("measure", &mut bench)
}
