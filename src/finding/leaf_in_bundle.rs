//! The bundle holds a certificate that is no CA.

use super::facts::Refusal;
use super::{Finding, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection::Gather as _;
use crate::divergence::PeerPools;
use crate::signature::Status;

/// One finding per certificate.
pub(super) fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let bundle = analysis.cast.bundle.iter().copied();
    bundle.filter(|&id| !facts::is_ca(analysis.graph, id)).map(|id| finding(analysis, id)).gather()
}

fn finding(analysis: &Analysis<'_>, id: CertId) -> Finding {
    let signed = signed_by(analysis, id);
    if signed.is_empty() { trusted_leaf(analysis, id) } else { issuer_without_ca(analysis, id, &signed) }
}

fn signed_by(analysis: &Analysis<'_>, id: CertId) -> Vec<CertId> {
    let edges = analysis.graph.subjects_of(id).filter(|edge| edge.subject != id && edge.signature == Status::Valid);
    edges.map(|edge| edge.subject).gather()
}

/// It signed others, so it is meant as a CA and does not say so.
fn issuer_without_ca(analysis: &Analysis<'_>, id: CertId, signed: &[CertId]) -> Finding {
    let name = words::name(analysis, id);
    let rejected = facts::clients_refused(analysis, Refusal::UnknownAuthority, &[id]);
    let whom = match rejected.is_empty() {
        true => String::new(),
        false => format!(" So {} rejected.", words::clients_are(analysis, &rejected)),
    };
    Finding {
        code: "leaf-in-bundle",
        severity: if rejected.is_empty() { Severity::Warning } else { Severity::Error },
        title: format!("{name} signs like a CA and does not say that it is one"),
        detail: format!(
            "{name} signed {}, but it does not say CA:TRUE (basicConstraints), and Go {}.{whom}",
            words::names(analysis, signed),
            what_go_does(analysis, id)
        ),
        certificates: facts::distinct(&mut std::iter::once(id).chain(signed.iter().copied())),
        fix: format!("Make the certificate of {name} anew with basicConstraints CA:TRUE and the same key."),
    }
}

/// `CheckSignatureFrom` asks version 3 certificates for basicConstraints (`go-verify.md`, build, step 4); isValid asks
/// every intermediate.
fn what_go_does(analysis: &Analysis<'_>, id: CertId) -> &'static str {
    match analysis.graph.certificate(id).is_some_and(|it| it.version < 3) {
        true => "accepts such an old certificate (before version 3) only at the end of a path",
        false => "refuses every path through it",
    }
}

/// It is an end entity.
fn trusted_leaf(analysis: &Analysis<'_>, id: CertId) -> Finding {
    let peers: Vec<&PeerPools> = analysis.peers.iter().filter(|peer| facts::naive_anchors(peer).contains(&id)).gather();
    let lost = facts::lost_with(&peers);
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
    let sampled = words::any_peer(peers);
    let whom = match lost.is_empty() {
        true => String::new(),
        false => format!(" {} rejected that the correct pool accepts.", words::clients_are(analysis, lost)),
    };
    format!(
        "Go ends a path at a trusted leaf at once: when {sampled} is sampled, the naive rule gets from the bundle that \
         leaf and no CA.{whom}"
    )
}
