//! Products that bring no verifier of their own but configure one: which engine stands behind them, and how we know.
//!
//! What a product does can change with a version or an option, and what it is built with can differ by distributor. So
//! each row says what it is known of and how well.

use super::Engine;

/// A product, and the engine that stands for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// What people type.
    pub name: &'static str,
    /// The name of the engine behind it.
    engine: &'static str,
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
pub const ALL: &[Preset] = &[
    Preset {
        name: "curl",
        engine: OPENSSL_PARTIAL,
        note: "curl 7.68.0 and later built with OpenSSL; without partial chains if a CRL file is given.",
        source: "curl 7.88.1 was run; curl commit 94f1f771, issue 4655",
        confidence: Confidence::Measured,
    },
    Preset {
        name: "envoy",
        engine: OPENSSL_PARTIAL,
        note: "Envoy since 2022 with trusted_ca. It is built with BoringSSL, which is no engine here and differs: it \
               takes the first candidate even if that is expired, climbs on above a trusted intermediate, and minds \
               fewer extensions of an anchor.",
        source: "envoy pull request 22350, issues 19326 and 47453; default_validator.cc",
        confidence: Confidence::Inferred,
    },
    Preset {
        name: "haproxy",
        engine: OPENSSL,
        note: "HAProxy as of 2026-08: of the flags of a verification it sets those for CRLs only.",
        source: "HAProxy's source, read and not run",
        confidence: Confidence::Source,
    },
    Preset {
        name: "nginx",
        engine: OPENSSL,
        note: "nginx as of 2026-04: it does not set the flag for partial chains.",
        source: "nginx's source, read and not run; pull request 1594, closed",
        confidence: Confidence::Source,
    },
    Preset {
        name: "node",
        engine: OPENSSL,
        note: "Node.js without allowPartialTrustChain. It brings its own OpenSSL at security level 1, which takes RSA \
               keys of 1024 bits.",
        source: "Node.js 20.20.2 was run",
        confidence: Confidence::Measured,
    },
    Preset {
        name: "node-partial",
        engine: OPENSSL_PARTIAL,
        note: "Node.js with allowPartialTrustChain (since 22.9.0 and 20.18.0). It brings its own OpenSSL at security \
               level 1, which takes RSA keys of 1024 bits.",
        source: "Node.js 20.20.2 was run; nodejs commit c2bf0134",
        confidence: Confidence::Measured,
    },
    Preset {
        name: "python-3.12",
        engine: OPENSSL,
        note: "Python's ssl module up to 3.12.",
        source: "Python 3.11 was run with OpenSSL 3.0.22",
        confidence: Confidence::Measured,
    },
    Preset {
        name: "python-3.13",
        engine: OPENSSL_PARTIAL_STRICT,
        note: "Python's ssl.create_default_context since 3.13.",
        source: "Its two flags were set in Python with OpenSSL 3.0.22; cpython issues 107361 and 112389",
        confidence: Confidence::Measured,
    },
    Preset {
        name: "traefik",
        engine: "go-1.27.3",
        note: "Traefik's pools are those of Go's crypto/x509; which release of Go depends on that of Traefik.",
        source: "Traefik is written in Go; it was not run",
        confidence: Confidence::Inferred,
    },
];

const OPENSSL: &str = "openssl-3.0.22";
const OPENSSL_PARTIAL: &str = "openssl-3.0.22-partial";
const OPENSSL_PARTIAL_STRICT: &str = "openssl-3.0.22-partial-strict";

impl Preset {
    /// Finds a product by its name.
    pub fn find(name: &str) -> Option<Preset> {
        ALL.iter().copied().find(|preset| preset.name == name)
    }

    /// The name of the engine that stands behind it.
    pub fn engine_name(self) -> &'static str {
        self.engine
    }

    /// The engine that stands behind it; `None` if it is not among [`Engine::ALL`].
    pub fn engine(self) -> Option<Engine> {
        Engine::find(self.engine)
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
