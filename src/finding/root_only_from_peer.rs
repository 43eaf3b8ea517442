//! The naive pool trusts a root that only the peer presented: the bundle was not asked.

use super::{Finding, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection::Gather as _;
use crate::divergence::PeerPools;
use crate::pool::{Rule, Step};

/// One finding per root.
pub(super) fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let roots = facts::distinct(&mut analysis.peers.iter().flat_map(|peer| only_from(analysis, peer)));
    roots.into_iter().map(|root| finding(analysis, root)).gather()
}

/// Anchors of the naive pool that this peer presented and the bundle does not hold.
pub(super) fn only_from(analysis: &Analysis<'_>, peer: &PeerPools) -> Vec<CertId> {
    let anchors = peer.pool(Rule::OpenzitiNaive).map(|pool| pool.anchors.as_slice()).unwrap_or_default();
    let presented = anchors.iter().filter(|anchor| anchor.admitted_by == Step::PresentedByPeer);
    presented.map(|anchor| anchor.certificate).filter(|id| !analysis.cast.bundle.contains(id)).gather()
}

fn finding(analysis: &Analysis<'_>, root: CertId) -> Finding {
    let peers: Vec<&PeerPools> =
        analysis.peers.iter().filter(|peer| only_from(analysis, peer).contains(&root)).gather();
    let gained = facts::clients_of(&peers, |divergence| &divergence.gained);
    let name = words::name(analysis, root);
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
        severity: if gained.is_empty() { Severity::Warning } else { Severity::Error },
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
