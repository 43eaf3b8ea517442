//! A program by its name: a verifier as it is, or a product with its settings.

use super::preset::{self, Preset};
use super::{Engine, Query, Readings, Verdict};
use crate::graph::Graph;

/// Whose verdict is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// A verifier as a program that sets nothing uses it.
    Engine(Engine),
    /// A product, with the settings that it gives its verifier.
    Product(&'static Preset),
}

impl Program {
    /// Every program, in the order in which they are offered: what people look for most comes first.
    pub const ALL: &'static [Program] = &[
        Program::Product(&preset::CURL),
        Program::Product(&preset::NGINX),
        Program::Product(&preset::APACHE),
        Program::Product(&preset::HAPROXY),
        Program::Product(&preset::ENVOY),
        Program::Product(&preset::TRAEFIK),
        Program::Product(&preset::CADDY),
        Program::Product(&preset::KUBERNETES),
        Program::Product(&preset::DOCKER),
        Program::Product(&preset::PYTHON_3_13),
        Program::Product(&preset::PYTHON_3_12),
        Program::Product(&preset::NODE),
        Program::Product(&preset::NODE_PARTIAL),
        Program::Product(&preset::JAVA_TLS),
        Program::Product(&preset::GIT),
        Program::Product(&preset::MOSQUITTO),
        Program::Product(&preset::STUNNEL),
        Program::Product(&preset::OPENSSL_S_CLIENT),
        Program::Product(&preset::OPENSSL_S_SERVER),
        Program::Engine(Engine::JAVA_TRUST_MANAGER),
        Program::Engine(Engine::JAVA_CERT_PATH_BUILDER),
        Program::Engine(Engine::GO),
        Program::Engine(Engine::GO_1_19),
        Program::Engine(Engine::WEBPKI),
        Program::Engine(Engine::OPENSSL),
        Program::Engine(Engine::OPENSSL_PARTIAL),
        Program::Engine(Engine::OPENSSL_PARTIAL_STRICT),
        Program::Engine(Engine::GNUTLS),
        Program::Engine(Engine::MBEDTLS),
        Program::Engine(Engine::NSS),
    ];

    /// Finds a program by the name of a product, or by the name or an alias of an engine.
    pub fn find(name: &str) -> Option<Program> {
        let product = preset::ALL.iter().find(|preset| preset.name == name).map(Program::Product);
        product.or_else(|| Engine::find(name).map(Program::Engine))
    }

    /// What people type and links hold: lower case, without spaces, unique.
    pub fn name(self) -> &'static str {
        match self {
            Program::Engine(engine) => engine.name(),
            Program::Product(preset) => preset.name,
        }
    }

    /// What people call it, for example `nginx` or `Go 1.27`.
    pub fn title(self) -> &'static str {
        match self {
            Program::Engine(engine) => engine.title(),
            Program::Product(preset) => preset.title,
        }
    }

    /// The verifier, where the program is one as it is.
    pub fn engine(self) -> Option<Engine> {
        match self {
            Program::Engine(engine) => Some(engine),
            Program::Product(_) => None,
        }
    }

    /// The verifier that stands behind it.
    pub fn verifier(self) -> Engine {
        match self {
            Program::Engine(engine) => engine,
            Program::Product(preset) => preset.engine(),
        }
    }

    /// Whether the program would accept the leaf, and why not.
    pub fn verify(self, graph: &Graph, query: &Query<'_>) -> Verdict {
        self.ask(&Readings::of(graph), query)
    }

    /// The same, of a graph that is asked more than once.
    pub fn ask(self, readings: &Readings<'_>, query: &Query<'_>) -> Verdict {
        match self {
            Program::Engine(engine) => engine.ask(readings, query),
            Program::Product(preset) => preset.as_engine().ask(readings, query),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Engine, Program, preset};

    #[test]
    fn every_program_is_listed_once_and_found_by_its_name() {
        for program in Program::ALL {
            assert_eq!(Program::find(program.name()), Some(*program));
        }
        let titles: BTreeSet<&str> = Program::ALL.iter().map(|program| program.title()).collect();
        assert_eq!(titles.len(), Program::ALL.len(), "two programs share a title");
        assert_eq!(Program::ALL.len(), preset::ALL.len() + Engine::ALL.len(), "a program is not offered");
    }
}
