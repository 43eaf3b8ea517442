//! The bundle holds a certificate that is no CA.

use super::{Finding, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::divergence::PeerPools;

/// One finding per certificate.
pub(super) fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let bundle = analysis.cast.bundle.iter().copied();
    bundle.filter(|&id| !facts::is_ca(analysis.graph, id)).map(|id| finding(analysis, id)).collect()
}

fn finding(analysis: &Analysis<'_>, id: CertId) -> Finding {
    let peers: Vec<&PeerPools> =
        analysis.peers.iter().filter(|peer| facts::naive_anchors(peer).contains(&id)).collect();
    let lost = facts::lost_with(peers.iter().copied());
    let name = words::name(analysis, id);
    let severity = match (peers.is_empty(), lost.is_empty()) {
        (true, _) => Severity::Info,
        (false, true) => Severity::Warning,
        (false, false) => Severity::Error,
    };
    Finding {
        code: "leaf-in-bundle",
        severity,
        title: format!("{name} is in the bundle and is no CA"),
        detail: format!(
            "{name} does not say CA:TRUE (basicConstraints), so it vouches for nobody. {}",
            follows(analysis, &peers, &lost)
        ),
        certificates: vec![id],
        fix: format!("Take {name} out of the bundle and leave only CAs there."),
    }
}

/// Go ends every search at a leaf that the roots hold, before it looks at any issuer (`go-verify.md`, step 3).
fn follows(analysis: &Analysis<'_>, peers: &[&PeerPools], lost: &[usize]) -> String {
    if peers.is_empty() {
        return "Go and Java accept exactly this certificate because of it, OpenSSL, GnuTLS, mbedTLS and rustls do not."
            .to_owned();
    }
    let sampled = words::any_peer(peers.iter().map(|peer| &peer.peer));
    let whom = match lost.is_empty() {
        true => String::new(),
        false => format!(
            " {} {} rejected that the correct pool accepts.",
            words::clients(analysis, lost),
            words::form(lost.len(), "is", "are")
        ),
    };
    format!(
        "Go ends a path at a trusted leaf at once: when {sampled} is sampled, the naive rule gets from the bundle that \
         leaf and no CA.{whom}"
    )
}
