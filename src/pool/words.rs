//! What people are told of pools: which step admitted an anchor, why a certificate is no root CA, what a gate does.

use super::{Gate, NotRoot, RootPool, Rule, Step};
use crate::certificate::CertId;
use crate::graph::Graph;

impl RootPool {
    /// Why `step` put its anchor into the pool of the peer called `peer`, in one or two sentences.
    pub fn reason(&self, graph: &Graph, peer: &str, step: Step) -> String {
        match self.chain_of(step) {
            None => format!("{peer} presented it itself, and it is a self-signed CA."),
            Some((index, chain)) => {
                let which = match self.search.chains.len() {
                    1 => "the only chain".to_owned(),
                    all => format!("chain {} of {all}", index + 1),
                };
                let names: Vec<String> = chain.iter().map(|&id| short_name(graph, id)).collect();
                format!(
                    "Last certificate of {which} from {peer}: {}. {}",
                    names.join(" → "),
                    self.rule.who_ends_a_chain()
                )
            }
        }
    }

    /// The chain that a step took its anchor from, with its index; `None` if the peer presented the anchor.
    pub fn chain_of(&self, step: Step) -> Option<(usize, &[CertId])> {
        match step {
            Step::PresentedByPeer => None,
            Step::EndOfChain(index) => self.search.chains.get(index).map(|chain| (index, chain.as_slice())),
        }
    }
}

impl Rule {
    fn who_ends_a_chain(self) -> &'static str {
        match self {
            Rule::Correct => "Only self-signed CAs of the bundle may end a chain.",
            Rule::OpenzitiNaive | Rule::FirstChain | Rule::AllChains => {
                "The whole bundle is used as roots, so a chain ends at the first bundle certificate it meets."
            }
        }
    }
}

impl NotRoot {
    /// Why the certificate is no root CA, in a sentence.
    pub fn reason(&self) -> String {
        match self {
            NotRoot::NoCa => "It is not marked as a CA (basicConstraints cA is absent or FALSE).".to_owned(),
            NotRoot::OtherIssuer => "Its issuer and subject are not equal as text.".to_owned(),
            NotRoot::SelfSignature(words) => format!("Go refuses its self-signature: {words}."),
        }
    }
}

impl Gate {
    /// The releases of the OpenZiti router that have this gate.
    pub fn releases(self) -> &'static str {
        match self {
            Gate::Tls => "up to 2.0.3",
            Gate::V1 => "2.0.0-pre12",
            Gate::V2 => "2.0.0-pre13 to 2.0.3",
            Gate::V3 => "2.0.4",
        }
    }

    /// What the gate trusts and what it makes of the client's chain, in a sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Gate::Tls => {
                "The TLS listener trusts the controllers' own certificates and the root CAs that they publish; the \
                 router's whole bundle helps to reach them."
            }
            Gate::V1 => "The session check with the naive pool, the client's leaf alone.",
            Gate::V2 => "The session check with the naive pool and the client's intermediates.",
            Gate::V3 => {
                "The session check with the root CAs that controllers publish, in union with the naive pool; published \
                 intermediates help."
            }
        }
    }
}

fn short_name(graph: &Graph, id: CertId) -> String {
    graph.certificate(id).map(|certificate| certificate.short_name()).unwrap_or_default()
}
