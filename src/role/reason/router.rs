//! The reasons in the router's lens, in the words of its pools.

use super::{CHAINS_TOLD, authorities, chosen, nothing};
use crate::graph::Graph;
use crate::plural::count;
use crate::role::decision::Decision;
use crate::role::evidence::{Evidence, SignedChain};
use crate::role::side::Because;
use crate::role::{Role, Side};

/// Why `source` has these roles.
pub(in crate::role) fn reason(
    graph: &Graph,
    source: &Evidence<'_>,
    decision: Decision<'_>,
    is_sent: bool,
    roles: &[Role],
    only_chain: bool,
) -> String {
    match decision {
        Decision::Chosen(_) => chosen(is_sent).to_owned(),
        Decision::Nothing => nothing(source),
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
        Decision::CameWithChain(beside) => {
            format!("It came with the chain beside it, while {beside} is clearly a bundle.")
        }
        Decision::KeyOfTrust => format!("{}: its key says that a verifier is given it to trust.", authorities(source)),
        Decision::TrustedByDefault => {
            format!("{} that came with the chain beside it, and no other file is a bundle.", authorities(source))
        }
        Decision::Mixed => format!(
            "{} and end entities in one file, and no other file is a bundle: its CAs stand for the bundle. {}",
            authorities(source),
            chains(graph, source, roles, only_chain)
        ),
        Decision::Chains => chains(graph, source, roles, only_chain),
        _ => format!("{}, nothing else: what a verifier is given to trust.", authorities(source)),
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

fn chain(graph: &Graph, SignedChain { chain, sign, .. }: &SignedChain) -> String {
    let leaf = graph.certificate(chain.leaf).map(|it| it.short_name()).unwrap_or_default();
    let side = if sign.side == Side::Server { "server" } else { "client" };
    format!("{leaf} is taken for a {side}: {}.", because(&sign.because, side))
}

/// Completes "LEAF is taken for a client: …".
fn because(because: &Because, side: &str) -> String {
    match because {
        Because::SpiffeId { what, path } => format!("its SPIFFE id names {what} ({path})"),
        Because::Key(key) => format!("it stands under \u{201c}{key}\u{201d}"),
        Because::ExtendedKeyUsage => format!("its extended key usage is {side}Auth only"),
        Because::Dns(host) | Because::CommonName(host) => format!("it is made out to the host {host}, as servers are"),
        Because::Ip(_) => "it is made out to an IP address, as servers are".to_owned(),
        Because::FileName(word) => format!("nothing in it tells, but the file name says \u{201c}{word}\u{201d}"),
        Because::Nothing => "nothing in it tells a client from a server".to_owned(),
    }
}
