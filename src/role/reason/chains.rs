//! The reasons in the chains' lens, in words that need no product.

use super::{CHAINS_TOLD, authorities, chosen, nothing};
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::plural::count;
use crate::role::decision::Decision;
use crate::role::evidence::{Evidence, SignedChain};
use crate::role::side::Because;
use crate::role::{Role, Side};

/// Why `source` has its roles.
pub(in crate::role) fn reason(graph: &Graph, source: &Evidence<'_>, decision: Decision<'_>, is_sent: bool) -> String {
    let key = source.source.part.as_ref().map(|part| part.key.as_str()).unwrap_or_default();
    match decision {
        Decision::Chosen(roles) if roles.contains(&Role::Chain) => {
            format!("{} {}", chosen(is_sent), chains(graph, source))
        }
        Decision::Chosen(_) => chosen(is_sent).to_owned(),
        Decision::Nothing => nothing(source),
        Decision::Chains => chains(graph, source),
        Decision::CameWithChain(trusted) => {
            format!("Not used: it came with the chain beside it, and {trusted} is what is trusted.")
        }
        Decision::LoneIntermediate(trusted) => format!(
            "Not used: it holds {}, and {trusted} is what is trusted. Change this if a verifier was given both.",
            authorities(source)
        ),
        Decision::NamedIntermediates(word) => format!(
            "Not used: it holds {}, and its name says \u{201c}{word}\u{201d}. Change this if a verifier was given it.",
            authorities(source)
        ),
        Decision::KeyOfTrust => format!("Trusted: it stands under \u{201c}{key}\u{201d}."),
        Decision::TrustedByDefault => {
            format!("Trusted: it stands under \u{201c}{key}\u{201d}, and nothing else is trusted.")
        }
        trusted => format!("Trusted: {}", why_trusted(graph, source, trusted)),
    }
}

/// Completes "Trusted: …".
fn why_trusted(graph: &Graph, source: &Evidence<'_>, decision: Decision<'_>) -> String {
    match decision {
        Decision::AuthoritiesPrevail => format!(
            "it holds {}, more than a chain needs, and {}.",
            authorities(source),
            count(source.leaves.len(), "other certificate")
        ),
        Decision::LeafShownBy(by) => {
            format!("{by} presents the same leaf, and nothing else is trusted. Change this if it is a chain.")
        }
        Decision::Named(word) => format!(
            "its name holds the word \u{201c}{word}\u{201d}, and nothing else is trusted. Change this if it is a chain."
        ),
        Decision::SelfSignedIssuer(subject) => format!("it issued the certificate of {}.", name(graph, subject)),
        Decision::SelfSignedNamed(word) => {
            format!("it is self-signed, and its name holds the word \u{201c}{word}\u{201d}.")
        }
        Decision::SelfSignedNamesake(by) => {
            format!("it is self-signed, and {by} presents another certificate for the same name.")
        }
        Decision::SelfSignedAlone => "it is self-signed, and nothing else is trusted.".to_owned(),
        Decision::SelfSignedOnly => {
            format!("it holds {} and nothing else.", count(source.certificates.len(), "self-signed certificate"))
        }
        _ => format!("it holds {} and nothing else.", authorities(source)),
    }
}

fn chains(graph: &Graph, source: &Evidence<'_>) -> String {
    if let [only] = source.chains.as_slice() {
        return one_chain(graph, only);
    }
    let mut sentences = vec![format!("It holds {}.", count(source.chains.len(), "chain"))];
    sentences.extend(source.chains.iter().take(CHAINS_TOLD).map(|chain| {
        let (leaf, side) = (name(graph, chain.about), side(chain.sign.side));
        format!("{leaf} is a {side}: {}.", because(&chain.sign.because, chain.sign.side))
    }));
    if let more @ 1.. = source.chains.len().saturating_sub(CHAINS_TOLD) {
        sentences.push(format!("{} more in the same way.", count(more, "chain")));
    }
    sentences.join(" ")
}

fn one_chain(graph: &Graph, SignedChain { chain, about, sign }: &SignedChain) -> String {
    let tells = match sign.because {
        Because::Nothing => format!("Taken for a {}'s chain: {}.", side(sign.side), because(&sign.because, sign.side)),
        _ => format!("A {}'s chain: {}.", side(sign.side), because(&sign.because, sign.side)),
    };
    if chain.leaf == *about {
        return tells;
    }
    format!("{tells} The certificate of {}, a CA, stands first in it.", name(graph, chain.leaf))
}

/// Completes "A client's chain: …".
fn because(because: &Because, side: Side) -> String {
    match because {
        Because::SpiffeId { path, .. } => format!("its SPIFFE id holds {path}"),
        Because::Key(key) => format!("it stands under \u{201c}{key}\u{201d}"),
        Because::ExtendedKeyUsage => format!("its certificate is for {}s only", self::side(side)),
        Because::Dns(host) | Because::Ip(host) | Because::CommonName(host) => format!("its certificate is for {host}"),
        Because::FileName(word) => format!("the file's name says \u{201c}{word}\u{201d}"),
        Because::Nothing => "nothing in it says whose it is".to_owned(),
    }
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Server => "server",
        Side::Client => "client",
    }
}

fn name(graph: &Graph, id: CertId) -> String {
    graph.certificate(id).map(|it| it.short_name()).unwrap_or_default()
}
