//! The naive pool trusts a root that only the peer presented: the bundle was not asked.

use super::{Finding, Findings, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection;
use crate::divergence::PeerPools;
use crate::pool::Step;

/// One finding per root.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    let mut roots = Vec::new();
    for peer in &analysis.peers {
        roots.extend_from_slice(&only_from(analysis, peer));
    }
    for root in collection::distinct(&roots) {
        findings.add(finding(analysis, root));
    }
}

/// Anchors of the naive pool that this peer presented and the bundle does not hold.
pub(super) fn only_from(analysis: &Analysis<'_>, peer: &PeerPools) -> Vec<CertId> {
    let mut found = Vec::new();
    for (&anchor, step) in peer.naive().anchors.iter().zip(&peer.naive().steps) {
        if *step == Step::PresentedByPeer && !analysis.roles.bundle.contains(&anchor) {
            found.push(anchor);
        }
    }
    found
}

fn finding(analysis: &Analysis<'_>, root: CertId) -> Finding {
    let peers = facts::peers(analysis, |peer| only_from(analysis, peer).contains(&root));
    let gained = facts::clients_of(&peers, |divergence| &divergence.gained);
    let name = analysis.name(root);
    let peer_names = words::any_peer(&peers);
    let follows = match gained.is_empty() {
        true => "No client here gets in by that alone.".to_owned(),
        false => format!(
            "{} accepted, and the correct pool rejects {}.",
            words::clients_are(analysis, &gained),
            words::form(gained.len(), "it", "them")
        ),
    };
    Finding {
        code: "root-only-from-peer",
        severity: Severity::Warning.worse_if(&gained),
        title: format!("{name} is trusted on the peer's own word"),
        detail: format!(
            "{peer_names} presents the root {name} itself; the naive rule trusts it without a look into the bundle, \
             which does not hold it. So whoever answers as a controller decides which clients get in. {follows}"
        ),
        certificates: vec![root],
        fix: format!(
            "If {name} is a root you trust, compare its fingerprint with its owner and add it to the bundle. If not, \
             find out why {peer_names} presents it."
        ),
    }
}
