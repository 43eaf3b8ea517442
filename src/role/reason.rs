//! Why a source has its roles, in words.

use super::Role;
use super::decision::Decision;
use super::evidence::{Evidence, SignedChain};
use crate::graph::Graph;
use crate::plural::count;

/// Most chains of one source that a reason speaks of one by one.
const CHAINS_TOLD: usize = 3;

/// One to three sentences.
pub(super) fn reason(
    graph: &Graph,
    source: &Evidence<'_>,
    decision: Decision<'_>,
    roles: &[Role],
    only_chain: bool,
) -> String {
    match decision {
        Decision::Chosen(_) => "Chosen by you.".to_owned(),
        Decision::Nothing => nothing(source),
        Decision::Authorities => {
            format!("{}, nothing else: what a verifier is given to trust.", authorities(source))
        }
        Decision::AuthoritiesPrevail => format!(
            "{}, more than a chain needs: what a verifier is given to trust, with {} that is no CA among it.",
            authorities(source),
            count(source.leaves.len(), "certificate")
        ),
        Decision::LeafShownBy(by) => format!(
            "It could pass for a chain with its root, but {by} presents the same leaf and no other file could be the \
             bundle."
        ),
        Decision::Named(word) => format!(
            "Nothing in it says so, but no other file is a bundle and its name holds the word \u{201c}{word}\u{201d}. \
             Change the role if that is wrong."
        ),
        Decision::LoneIntermediate(beside) => format!(
            "A single intermediate CA, while {beside} is clearly a bundle. If the verifier was given this file too, \
             make it a bundle."
        ),
        Decision::Mixed => format!(
            "{} and end entities in one file, and no other file is a bundle: its CAs stand for the bundle. {}",
            authorities(source),
            chains(graph, source, roles, only_chain)
        ),
        Decision::Chains => chains(graph, source, roles, only_chain),
    }
}

fn nothing(source: &Evidence<'_>) -> String {
    let what = match (source.source.secrets.len(), source.source.problems.len()) {
        (0, 0) => "No certificate was found in it.",
        (0, _) => "Nothing in it could be read as a certificate.",
        (1, _) => "It holds no certificate, only a private key, which was not read.",
        (_, _) => "It holds no certificate, only private keys, which were not read.",
    };
    what.to_owned()
}

/// `4 CAs, 1 of them a root`.
fn authorities(source: &Evidence<'_>) -> String {
    match (source.authorities.len(), source.roots.len()) {
        (1, 1) => "1 root CA".to_owned(),
        (1, 0) => "1 intermediate CA".to_owned(),
        (all, roots) if all == roots => format!("{all} root CAs"),
        (all, 0) => format!("{all} intermediate CAs, no root"),
        (all, roots) => format!("{} and {}", count(roots, "root CA"), count(all - roots, "intermediate")),
    }
}

fn chains(graph: &Graph, source: &Evidence<'_>, roles: &[Role], only_chain: bool) -> String {
    let mut sentences: Vec<String> = source.chains.iter().take(CHAINS_TOLD).map(|it| chain(graph, it)).collect();
    if let more @ 1.. = source.chains.len().saturating_sub(CHAINS_TOLD) {
        sentences.push(format!("{} more in the same way.", count(more, "chain")));
    }
    if only_chain {
        sentences.push("As the only chain it stands for the peer and for the client.".to_owned());
    }
    if roles == [Role::Other] {
        sentences.push("Controllers here carry a SPIFFE id and it does not, so no router samples it.".to_owned());
    }
    sentences.join(" ")
}

fn chain(graph: &Graph, SignedChain { chain, sign }: &SignedChain) -> String {
    let leaf = graph.certificate(chain.leaf).map(|it| it.short_name()).unwrap_or_default();
    let side = if sign.role == Role::Peer { "server" } else { "client" };
    format!("{leaf} is taken for a {side}: {}.", sign.because)
}
