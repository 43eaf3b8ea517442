//! The identity file that OpenZiti's programs write when they enroll: JSON with the addresses of the controllers and,
//! under `id`, a client's certificate and the CAs that it trusts (`openziti/identity`, `Config`).

use super::tree::Node;
use super::{Meaning, Part};

/// The keys of the addresses, of one controller or of several.
const CONTROLLERS: [&str; 2] = ["ztAPI", "ztAPIs"];

/// The fields of `id` that hold certificates, as parts are called after them.
const FIELDS: [(&str, &str, Meaning); 3] = [
    ("cert", "id.cert", Meaning::ClientChain),
    ("server_cert", "id.server_cert", Meaning::ServerChain),
    ("ca", "id.ca", Meaning::Trusted),
];

/// The parts of a mapping that is such a file.
pub(super) fn identity(node: &Node, bytes: &[u8]) -> Option<Vec<Part>> {
    CONTROLLERS.iter().find_map(|key| node.get(key))?;
    let id = node.get("id")?;
    let part = |(field, key, meaning)| {
        let value = id.get(field).filter(|value| value.holds_something(bytes))?;
        Some(Part::new(key, meaning, value.scalars()))
    };
    let parts: Vec<Part> = FIELDS.into_iter().filter_map(part).collect();
    (!parts.is_empty()).then_some(parts)
}
