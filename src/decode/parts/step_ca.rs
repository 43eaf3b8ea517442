//! What step-ca answers when it signs: the certificate, its issuer, and both again as a chain (smallstep/certificates,
//! `api.SignResponse`).

use super::tree::Node;
use super::{Meaning, Part};

/// The fields, in the order in which the chain is read.
const FIELDS: [&str; 3] = ["crt", "certChain", "ca"];

/// The chain of a mapping that is such an answer.
pub(super) fn signed(node: &Node, bytes: &[u8]) -> Option<Part> {
    let field = |name| node.get(name).filter(|value| value.holds_something(bytes));
    field("crt").and(field("certChain"))?;
    let stretches = FIELDS.into_iter().filter_map(field).flat_map(Node::scalars).collect();
    Some(Part::new("certChain", Meaning::Chain, stretches))
}
