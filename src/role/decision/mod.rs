//! What each source is taken for, seen together with the others.

mod chains;
mod router;

use std::collections::BTreeMap;

use super::Role;
use super::evidence::Evidence;
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::lens::Lens;

/// What a source is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision<'a> {
    /// What somebody chose.
    Chosen(&'a [Role]),
    /// It holds no certificate.
    Nothing,
    /// Trusted: the key above it says so.
    KeyOfTrust,
    /// Trusted: it came with a chain, and nothing else is trusted.
    TrustedByDefault,
    /// Trusted: it holds nothing but CAs.
    Authorities,
    /// Trusted: CAs with a root prevail over end entities.
    AuthoritiesPrevail,
    /// Trusted: it would pass for a chain with its root, but the source of this name presents the same leaf and nothing
    /// else could be what is trusted.
    LeafShownBy(&'a str),
    /// Trusted: only its name says so, by this word.
    Named(&'static str),
    /// Trusted: self-signed, and it issued this certificate.
    SelfSignedIssuer(CertId),
    /// Trusted: self-signed, and its name says so by this word.
    SelfSignedNamed(&'static str),
    /// Trusted: self-signed, and the source of this name presents another certificate of the same name.
    SelfSignedNamesake(&'a str),
    /// Trusted: several self-signed certificates, which no program presents.
    SelfSignedOnly,
    /// Trusted: self-signed, and nothing else is trusted.
    SelfSignedAlone,
    /// Not used: it came with a chain, and the source of this name is what is trusted.
    CameWithChain(&'a str),
    /// Not used: no root beside the clear trust store of this name. More likely a CA's own certificate, or what a chain
    /// needs, than part of what the verifier was given; taking it in would change verdicts and pools.
    LoneIntermediate(&'a str),
    /// Not used: intermediates whose file is named after the chain that needs them, by this word.
    NamedIntermediates(&'static str),
    /// One or more chains.
    Chains,
    /// Everything in one source: its CAs are trusted, its end entities begin chains.
    Mixed,
}

impl<'a> Decision<'a> {
    /// It is (also) what a verifier trusts.
    pub(super) fn is_trusted(self) -> bool {
        match self {
            Decision::Chosen(roles) => roles.contains(&Role::Bundle),
            Decision::Nothing | Decision::Chains => false,
            Decision::CameWithChain(_) | Decision::LoneIntermediate(_) | Decision::NamedIntermediates(_) => false,
            _ => true,
        }
    }

    /// Somebody says that controllers publish it.
    pub(super) fn is_published(self) -> bool {
        matches!(self, Decision::Chosen(roles) if roles.contains(&Role::Published))
    }

    /// Its chains are peers or clients.
    pub(super) fn holds_chains(self) -> bool {
        match self {
            Decision::Chosen(roles) => [Role::Peer, Role::Client, Role::Chain].iter().any(|role| roles.contains(role)),
            decision => matches!(decision, Decision::Chains | Decision::Mixed),
        }
    }

    /// What `source` contributes to the trust store. End entities of a mixed source are chains, not trusted by
    /// themselves.
    pub(super) fn trusted<'e>(self, source: &'e Evidence<'a>) -> &'e [CertId] {
        match self {
            Decision::Mixed => &source.authorities,
            decision if decision.is_trusted() => &source.certificates,
            _ => &[],
        }
    }
}

/// Decides for every source.
pub(super) fn decide<'a>(
    graph: &Graph,
    lens: Lens,
    sources: &[Evidence<'a>],
    chosen: &'a BTreeMap<usize, Vec<Role>>,
) -> Vec<Decision<'a>> {
    match lens {
        Lens::Chains => chains::decide(graph, sources, chosen),
        Lens::Router => router::decide(sources, chosen),
    }
}
