//! Where the issuers of a chain lead: to something trusted, or to the place where the way ends.

use std::collections::BTreeSet;

use crate::certificate::CertId;
use crate::collection;
use crate::graph::{Edge, Graph};
use crate::signature::Status;
use crate::verifier::Query;

/// Most certificates of one path. Our own number: Go's limit on intermediates, the largest of the engines, is 100.
const MAX_DEPTH: usize = 100;

/// Where the certificates that a verifier has at hand lead from the leaf, by names and signatures alone (RFC 5280,
/// 6.1.3 (a)(1) and (4)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// To a trusted certificate.
    Trusted(CertId),
    /// To a certificate that signed itself and is not trusted; it may be the leaf.
    SelfSigned(CertId),
    /// To a certificate whose issuer is trusted or sent by name, but the key of that one did not sign it.
    OtherKey {
        /// The certificate where the way ends; self-signed if it bears the trusted name itself.
        subject: CertId,
        /// The certificate of that name that is trusted.
        namesake: CertId,
    },
    /// To a certificate whose issuer was neither sent nor trusted.
    Missing {
        /// The certificate where the way ends.
        subject: CertId,
    },
}

impl Lead {
    /// Follows the issuers from the leaf, longest way first where none leads to something trusted.
    pub(super) fn of(graph: &Graph, query: &Query<'_>) -> Lead {
        if query.trusted.contains(&query.leaf) {
            return Lead::Trusted(query.leaf);
        }
        let mut walk = Walk {
            graph,
            trusted: query.trusted.iter().copied().collect(),
            presented: query.presented.iter().copied().collect(),
            seen: BTreeSet::from([query.leaf]),
            end: (0, query.leaf),
        };
        match walk.anchor_above(query.leaf, 1) {
            Some(anchor) => Lead::Trusted(anchor),
            None => Lead::dead_end(graph, query, walk.end.1),
        }
    }

    fn dead_end(graph: &Graph, query: &Query<'_>, subject: CertId) -> Lead {
        if let Some(namesake) = trusted_namesake_of_issuer(graph, query, subject) {
            return Lead::OtherKey { subject, namesake };
        }
        match graph.self_issued(subject) && graph.self_signed(subject) != Some(false) {
            true => Lead::SelfSigned(subject),
            false => Lead::Missing { subject },
        }
    }
}

/// A trusted certificate that bears the name of the issuer of `subject` and did not sign it.
fn trusted_namesake_of_issuer(graph: &Graph, query: &Query<'_>, subject: CertId) -> Option<CertId> {
    let is_namesake = |edge: &&Edge| edge.names_agree() && edge.issuer != subject && edge.signature == Status::Invalid;
    let mut namesakes = graph.issuers_of(subject).iter().filter(is_namesake).map(|edge| edge.issuer);
    namesakes.find(|issuer| query.trusted.contains(issuer))
}

/// The other certificates of the input that signed `subject`, whoever holds them.
pub(super) fn issuers(graph: &Graph, subject: CertId) -> Vec<CertId> {
    let signed = |edge: &&Edge| edge.issuer != subject && edge.names_agree() && edge.signature == Status::Valid;
    graph.issuers_of(subject).iter().filter(signed).map(|edge| edge.issuer).collect()
}

/// The shortest way from `leaf` to one of `anchors` through all that is here: the leaf, what stands between, the anchor.
pub(super) fn shortest_path(graph: &Graph, leaf: CertId, anchors: &[CertId]) -> Option<Vec<CertId>> {
    let anchors: BTreeSet<CertId> = anchors.iter().copied().collect();
    let mut paths = vec![vec![leaf]];
    let mut seen = BTreeSet::from([leaf]);
    for _ in 0..MAX_DEPTH {
        let mut longer: Vec<Vec<CertId>> = Vec::new();
        for path in &paths {
            let Some(&last) = path.last() else { continue };
            for issuer in issuers(graph, last) {
                let path = || path.iter().copied().chain([issuer]).collect();
                if anchors.contains(&issuer) {
                    return Some(path());
                }
                if seen.insert(issuer) {
                    longer.push(path());
                }
            }
        }
        paths = longer;
    }
    None
}

/// A search of the certificates that were sent and that are trusted, each visited once.
struct Walk<'a> {
    graph: &'a Graph,
    trusted: BTreeSet<CertId>,
    presented: BTreeSet<CertId>,
    seen: BTreeSet<CertId>,
    /// The farthest certificate without an issuer, and how far it is.
    end: (usize, CertId),
}

impl Walk<'_> {
    fn anchor_above(&mut self, subject: CertId, depth: usize) -> Option<CertId> {
        let mut is_end = true;
        for issuer in self.issuers(subject) {
            if self.trusted.contains(&issuer) {
                return Some(issuer);
            }
            is_end = false;
            if depth < MAX_DEPTH
                && self.seen.insert(issuer)
                && let Some(anchor) = self.anchor_above(issuer, depth + 1)
            {
                return Some(anchor);
            }
        }
        if is_end && depth > self.end.0 {
            self.end = (depth, subject);
        }
        None
    }

    /// The issuers that a verifier may use: sent or trusted, with a signature that was not refuted.
    fn issuers(&self, subject: CertId) -> Vec<CertId> {
        let may_be = |edge: &&Edge| edge.names_agree() && edge.issuer != subject && edge.signature != Status::Invalid;
        let here = |id: &CertId| self.trusted.contains(id) || self.presented.contains(id);
        let issuers = self.graph.issuers_of(subject).iter().filter(may_be).map(|edge| edge.issuer).filter(here);
        collection::distinct(&issuers.collect::<Vec<_>>())
    }
}
