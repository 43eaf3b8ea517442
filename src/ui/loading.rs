//! From inputs to the finished graph, in steps between which the browser can draw and answer.

use super::browser;
use crate::graph::{Draft, Graph};
use crate::inventory::{Input, Inventory};
use crate::signature::{Check, Status};

/// The name of the performance measure around decoding, parsing, graph and signatures.
const MEASURE: &str = "rootlens:inspect";

/// What the report is computed from. It holds certificates and positions; the inputs themselves, which may hold
/// private keys, are dropped.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    /// What was given.
    pub(crate) inventory: Inventory,
    /// Who may have issued whom.
    pub(crate) graph: Graph,
}

/// Reads `inputs` in addition to what was there `before`.
pub(crate) async fn load(before: Option<&Loaded>, inputs: &[Input]) -> Loaded {
    browser::breathe().await;
    browser::mark(MEASURE);
    let mut inventory = before.map(|loaded| loaded.inventory.clone()).unwrap_or_default();
    inventory.add(inputs);
    browser::breathe().await;
    let draft = Draft::new(inventory.certificates.clone());
    let statuses = verify(&draft.checks()).await;
    let graph = draft.finish(&statuses);
    browser::measure(MEASURE);
    Loaded { inventory, graph }
}

#[cfg(target_arch = "wasm32")]
async fn verify(checks: &[Check<'_>]) -> Vec<Status> {
    crate::signature::verify_batch_in_browser(checks).await
}

/// Outside a browser (native tests of the page's state) there is no WebCrypto.
#[cfg(not(target_arch = "wasm32"))]
async fn verify(checks: &[Check<'_>]) -> Vec<Status> {
    crate::signature::verify_batch(checks)
}
