//! Products that bring no verifier of their own but configure one: which engine stands behind them, what they set in it
//! and check besides, and how we know.
//!
//! What a product does can change with a version or an option, and what it is built with can differ by distributor. So
//! each says what it is known of and how well. Those that were run are held against their handshakes
//! (`tests/data/conformance/products.json`).

mod handshake;
mod names;
mod products;
mod settings;
mod words;

pub use handshake::Handshake;
pub use names::Names;
pub use products::{
    ALL, APACHE, CADDY, CURL, DOCKER, ENVOY, GIT, HAPROXY, JAVA_TLS, KUBERNETES, MOSQUITTO, NGINX, NODE, NODE_PARTIAL,
    OPENSSL_S_CLIENT, OPENSSL_S_SERVER, PYTHON_3_12, PYTHON_3_13, STUNNEL, TRAEFIK,
};
pub use settings::{Counts, DepthLimit, Settings, Side, Verifier};
pub use words::Words;

use super::{Engine, Query, Verdict};
use crate::graph::Graph;

/// A product, the engine that stands for it, and what it makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// What people type.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The engine behind it.
    engine: Engine,
    /// What it sets and checks.
    settings: Settings,
    /// Which versions or options this is about, and where the product is known to part from what is told here.
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

impl Preset {
    /// Finds a product by its name.
    pub fn find(name: &str) -> Option<Preset> {
        ALL.iter().copied().find(|preset| preset.name == name)
    }

    /// The engine that stands behind it, without the product's settings.
    pub fn engine(self) -> Engine {
        self.engine
    }

    /// The name of the engine that stands behind it.
    pub fn engine_name(self) -> &'static str {
        self.engine.name()
    }

    /// What the product sets in the engine, and checks besides.
    pub fn settings(self) -> Settings {
        self.settings
    }

    /// The same product, told to take longer or shorter chains; unchanged if it has no directive for that.
    pub fn with_depth(self, limit: usize) -> Preset {
        let depth = self.settings.depth.map(|depth| DepthLimit { limit, ..depth });
        Preset { settings: Settings { depth, ..self.settings }, ..self }
    }

    /// The product as an engine of its own name, for whoever asks engines: the engine behind it with the settings of the
    /// product. It is not among [`Engine::ALL`].
    pub fn as_engine(self) -> Engine {
        Engine { name: self.name, title: self.title, aliases: &[], settings: Some(self.settings), ..self.engine }
    }

    /// Whether the product would accept the leaf, and why not.
    ///
    /// The product's side decides which purpose is asked for where it verifies one side only, and whether a host is
    /// looked at. What it accepts is that with which it accepts in a handshake; what its verdict says besides is in the
    /// product's words.
    pub fn verify(self, graph: &Graph, query: &Query<'_>) -> Verdict {
        self.as_engine().verify(graph, query)
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
