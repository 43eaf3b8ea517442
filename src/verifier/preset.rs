//! Products that bring no verifier of their own but configure one: which engine stands behind them, and how we know.
//!
//! What a product does can change with a version or an option, and what it is built with can differ by distributor. So
//! each row says what it is known of and how well.

use super::{Engine, Query, Verdict};
use crate::graph::Graph;

/// A product, and the engine that stands for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// What people type.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The engine behind it.
    engine: Engine,
    /// Which versions or options this is about, and where the product is known to part from the engine.
    pub note: &'static str,
    /// Where this is known from.
    pub source: &'static str,
    /// How well this is known.
    pub confidence: Confidence,
}

/// How something is known, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// The product was run.
    Measured,
    /// Its source was read.
    Source,
    /// Its documentation says so.
    Documentation,
    /// It follows from what it is made of.
    Inferred,
}

/// Every product, by name.
pub const ALL: &[Preset] = &[CURL, ENVOY, HAPROXY, NGINX, NODE, NODE_PARTIAL, PYTHON_3_12, PYTHON_3_13, TRAEFIK];

/// curl.
pub const CURL: Preset = Preset {
    name: "curl",
    title: "curl",
    engine: Engine::OPENSSL_PARTIAL,
    note: "curl 7.68.0 and later built with OpenSSL; without partial chains if a CRL file is given.",
    source: "curl 7.88.1 was run; curl commit 94f1f771, issue 4655",
    confidence: Confidence::Measured,
};

/// Envoy.
pub const ENVOY: Preset = Preset {
    name: "envoy",
    title: "Envoy",
    engine: Engine::OPENSSL_PARTIAL,
    note: "Envoy since 2022 with trusted_ca. It is built with BoringSSL, which is no engine here and differs: it \
           takes the first candidate even if that is expired, climbs on above a trusted intermediate, and minds \
           fewer extensions of an anchor.",
    source: "envoy pull request 22350, issues 19326 and 47453; default_validator.cc",
    confidence: Confidence::Inferred,
};

/// HAProxy.
pub const HAPROXY: Preset = Preset {
    name: "haproxy",
    title: "HAProxy",
    engine: Engine::OPENSSL,
    note: "HAProxy as of 2026-08: of the flags of a verification it sets those for CRLs only.",
    source: "HAProxy's source, read and not run",
    confidence: Confidence::Source,
};

/// nginx.
pub const NGINX: Preset = Preset {
    name: "nginx",
    title: "nginx",
    engine: Engine::OPENSSL,
    note: "nginx as of 2026-04: it does not set the flag for partial chains.",
    source: "nginx's source, read and not run; pull request 1594, closed",
    confidence: Confidence::Source,
};

/// Node.js.
pub const NODE: Preset = Preset {
    name: "node",
    title: "Node.js",
    engine: Engine::OPENSSL,
    note: "Node.js without allowPartialTrustChain. It brings its own OpenSSL at security level 1, which takes RSA \
           keys of 1024 bits.",
    source: "Node.js 20.20.2 was run",
    confidence: Confidence::Measured,
};

/// Node.js with allowPartialTrustChain.
pub const NODE_PARTIAL: Preset = Preset {
    name: "node-partial",
    title: "Node.js with allowPartialTrustChain",
    engine: Engine::OPENSSL_PARTIAL,
    note: "Node.js with allowPartialTrustChain (since 22.9.0 and 20.18.0). It brings its own OpenSSL at security \
           level 1, which takes RSA keys of 1024 bits.",
    source: "Node.js 20.20.2 was run; nodejs commit c2bf0134",
    confidence: Confidence::Measured,
};

/// Python up to 3.12.
pub const PYTHON_3_12: Preset = Preset {
    name: "python-3.12",
    title: "Python up to 3.12",
    engine: Engine::OPENSSL,
    note: "Python's ssl module up to 3.12.",
    source: "Python 3.11 was run with OpenSSL 3.0.22",
    confidence: Confidence::Measured,
};

/// Python 3.13 and later.
pub const PYTHON_3_13: Preset = Preset {
    name: "python-3.13",
    title: "Python 3.13 and later",
    engine: Engine::OPENSSL_PARTIAL_STRICT,
    note: "Python's ssl.create_default_context since 3.13.",
    source: "Its two flags were set in Python with OpenSSL 3.0.22; cpython issues 107361 and 112389",
    confidence: Confidence::Measured,
};

/// Traefik.
pub const TRAEFIK: Preset = Preset {
    name: "traefik",
    title: "Traefik",
    engine: Engine::GO,
    note: "Traefik's pools are those of Go's crypto/x509; which release of Go depends on that of Traefik.",
    source: "Traefik is written in Go; it was not run",
    confidence: Confidence::Inferred,
};

impl Preset {
    /// Finds a product by its name.
    pub fn find(name: &str) -> Option<Preset> {
        ALL.iter().copied().find(|preset| preset.name == name)
    }

    /// The engine that stands behind it.
    pub fn engine(self) -> Engine {
        self.engine
    }

    /// The name of the engine that stands behind it.
    pub fn engine_name(self) -> &'static str {
        self.engine.name()
    }

    /// Whether the product would accept the leaf, and why not.
    pub fn verify(self, graph: &Graph, query: &Query<'_>) -> Verdict {
        self.engine.verify(graph, query)
    }
}

impl Confidence {
    /// In words that end a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Confidence::Measured => "measured",
            Confidence::Source => "read in its source",
            Confidence::Documentation => "read in its documentation",
            Confidence::Inferred => "inferred",
        }
    }
}
