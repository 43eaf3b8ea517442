//! What the keys of a structured text say of the certificates that stand under them: which are trusted, which are a
//! chain, and whose.
//!
//! One file per form. Each looks at the text alone, for keys, and lays claim to the stretches under them; the first
//! claim to a stretch holds. Certificates are found without this, so that what no form claims is not lost.

mod claims;
mod env;
mod file_key;
mod header;
mod header_claim;
mod header_form;
mod header_placeholder;
mod json;
mod kafka;
mod keytool;
mod kubernetes;
pub(super) mod lines;
mod openvpn;
mod openziti;
mod plist;
mod s_client;
mod saml;
mod secret_key;
mod session;
mod step_ca;
mod tree;
mod vault;
mod xml;
mod yaml;

use std::ops::Range;

use super::layer::Layer;
use crate::time::Timestamp;

pub(super) use claims::Claims;
pub use header_claim::CertificateClaim;
pub use header_form::{Carried, Forwarded, HeaderForm};

/// What stands under a key that says what it is for, such as `ca.crt` of a Kubernetes Secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The key as the file's readers know it: `ca.crt`, `caBundle`, `<ca>`, `Certificate chain`, `issuing_ca`.
    pub key: String,
    /// Byte ranges of the input, in the order in which the certificates are to be read. Mostly one; a chain that stands
    /// under several keys (Vault's `certificate` and `ca_chain`) has one for each. No two parts overlap.
    pub stretches: Vec<Range<usize>>,
    /// What the certificates are for.
    pub meaning: Meaning,
    /// The Kubernetes object in which the key stands.
    pub object: Option<Object>,
    /// Where in that object the key stands, as a JSON pointer (RFC 6901): `/webhooks/0/clientConfig/caBundle`. `None`
    /// outside of an object, for a file of a Secret or ConfigMap, and for a value that is a list.
    pub pointer: Option<String>,
    /// It stands in what `kubectl apply` remembers of the object, beside what the cluster has now.
    pub is_remembered: bool,
    /// The connection in which the chain was presented.
    pub session: Option<Session>,
    /// A key of the same object that some programs read instead of this one: Traefik reads the `tls.ca` of a Secret, and
    /// its `ca.crt` only where there is none.
    pub shadowed_by: Option<String>,
    /// In which form a proxy forwards the chain, if the key is such a header.
    pub forwarded: Option<Forwarded>,
}

/// What certificates are for, as the key above them says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// What a verifier is given to trust.
    Trusted,
    /// The authority that came with the chain beside it (a Secret's `ca.crt` beside its `tls.crt`, Vault's
    /// `issuing_ca`): trusted if nothing else is.
    TrustedByDefault,
    /// A chain that a server presents.
    ServerChain,
    /// A chain that a client presents.
    ClientChain,
    /// A chain that a server or a client presents; its first certificate tells which.
    Chain,
}

/// The Kubernetes object in which a part stands, as its manifest has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Object {
    /// For example `Secret`.
    pub kind: String,
    /// `metadata.name`, if it was given.
    pub name: Option<String>,
    /// `metadata.namespace`, if it was given.
    pub namespace: Option<String>,
}

/// What the text of `openssl s_client` or `curl -v` says beside the certificates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// The name that was asked for: by `-servername`, else by the address that was connected to, without its port.
    pub host: Option<String>,
    /// When the connection was made.
    pub time: Option<Timestamp>,
    /// How many certificates the server sent, by the text's own list; without `-showcerts` it shows the first alone.
    pub sent: Option<usize>,
}

impl Part {
    /// A part in no object and no session.
    pub(super) fn new(key: &str, meaning: Meaning, stretches: Vec<Range<usize>>) -> Part {
        Part {
            key: key.to_owned(),
            stretches,
            meaning,
            object: None,
            pointer: None,
            is_remembered: false,
            session: None,
            shadowed_by: None,
            forwarded: None,
        }
    }
}

/// Lays claim to what stands under the keys of a text.
pub(super) fn read(layer: &Layer<'_>, claims: &mut Claims) {
    kubernetes::read(layer, layer.whole(), claims);
    read_lines(layer, claims);
}

/// The forms that are told line by line.
fn read_lines(layer: &Layer<'_>, claims: &mut Claims) {
    openvpn::read(layer, claims);
    kafka::read(layer, claims);
    s_client::read(layer, claims);
    vault::read_table(layer, claims);
    header::read(layer, claims);
    keytool::read(layer, claims);
    saml::read(layer, claims);
    plist::read(layer, claims);
    kubernetes::read_variables(layer, claims);
}
