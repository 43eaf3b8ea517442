//! What is drawn and what it says, before anything has a place.

mod collapse;
pub(crate) mod content;
pub(crate) mod describe;
pub(crate) mod facts;
mod legend;
mod model;
mod select;

pub(crate) use content::label;
pub(crate) use legend::legend;
pub(crate) use model::{Link, Plan};

use facts::Facts;

/// Chooses boxes and lines, and puts boxes together where there are too many.
pub(crate) fn plan(facts: &Facts<'_>) -> Plan {
    let mut plan = select::select(facts);
    collapse::collapse(&mut plan, facts);
    plan
}
