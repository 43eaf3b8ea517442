//! How the cost of all engines grows with the number of certificates: `engines-bench growth`.

use std::time::Instant;

use rootlens::acceptance::MAX_CHAINS;
use rootlens::verifier::{Engine, Readings};

use crate::unsigned_pki::{self, Pki};

/// Numbers of certificates.
const SIZES: [usize; 3] = [100, 1_000, 10_000];

/// Makes so many certificates, and questions about them.
type Shape = fn(usize) -> Pki;

/// What grows.
const SHAPES: [(&str, Shape); 7] = [
    ("roots", unsigned_pki::roots),
    ("chains", unsigned_pki::chains),
    ("mixed bundle", unsigned_pki::mixed),
    ("ring", unsigned_pki::ring),
    ("clique", unsigned_pki::clique),
    ("one name", unsigned_pki::namesakes),
    ("names and constraints", unsigned_pki::names),
];

/// A table in Markdown: ms of one question to all engines about each chain, up to the most chains that are asked about,
/// and the exponent with which the last step grows.
pub fn table() -> String {
    let headings = SIZES.map(|size| format!(" {size} |")).concat();
    let mut lines = vec![format!("| shape |{headings} exponent |"), "|---|---|---|---|---|".to_owned()];
    for (name, shape) in SHAPES {
        let times = SIZES.map(|size| milliseconds(&shape(size)));
        let cells = times.map(|time| format!(" {time:.1} ms |")).concat();
        let [.., before, last] = times;
        lines.push(format!("| {name} |{cells} {:.2} |", (last / before).log10()));
    }
    lines.join("\n")
}

/// The best of three. Reading is part of it, building the graph is not.
fn milliseconds(pki: &Pki) -> f64 {
    (0..3).map(|_| once(pki)).fold(f64::INFINITY, f64::min)
}

#[allow(clippy::disallowed_methods, reason = "the core has no clock, but this program measures it")]
fn once(pki: &Pki) -> f64 {
    let start = Instant::now();
    let readings = Readings::of(&pki.graph);
    for chain in 0..pki.chains.len().min(MAX_CHAINS) {
        for engine in Engine::ALL {
            std::hint::black_box(engine.ask(&readings, &pki.query(chain)));
        }
    }
    start.elapsed().as_secs_f64() * 1000.0
}

/// The same, engine by engine, for one shape and size: where the time goes.
#[allow(clippy::disallowed_methods, reason = "the core has no clock, but this program measures it")]
pub fn by_engine(shape: &str, size: usize) -> Result<String, String> {
    let (_, shape) = SHAPES.iter().find(|(name, _)| *name == shape).ok_or("there is no such shape")?;
    let pki = shape(size);
    let mut lines = vec![format!("{} certificates, {} octets", pki.graph.certificates.len(), pki.octets)];
    let readings = Readings::of(&pki.graph);
    for engine in Engine::ALL {
        let start = Instant::now();
        let mut outcomes = Vec::new();
        for chain in 0..pki.chains.len().min(MAX_CHAINS) {
            outcomes.push(engine.ask(&readings, &pki.query(chain)));
        }
        let time = start.elapsed().as_secs_f64() * 1000.0;
        let first = outcomes.first().map(|it| format!("{:?} {} ({} steps)", it.outcome, it.detail, it.trail.len()));
        lines.push(format!("{}: {time:.1} ms, {}", engine.name(), first.unwrap_or_default()));
    }
    Ok(lines.join("\n"))
}
