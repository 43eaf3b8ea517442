//! What the keys of a structured file say of the certificates that stand under them: which are trusted, which are a
//! chain, and whose.

use std::ops::Range;

use crate::time::Timestamp;

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
    /// The lines that say what is wrong with the chain, in order, each once.
    pub errors: Vec<String>,
}
