//! The bundle holds a certificate that is no CA.

use super::facts::{Kind, Rejection};
use super::{Finding, Findings, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::divergence::PeerPools;
use crate::signature::Status;

/// One finding per certificate.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    for id in facts::bundled(analysis, Kind::EndEntity) {
        let signed = signed_by(analysis, id);
        findings.add(match signed.is_empty() {
            true => trusted_leaf(analysis, id),
            false => issuer_without_ca(analysis, id, &signed),
        });
    }
}

fn signed_by(analysis: &Analysis<'_>, id: CertId) -> Vec<CertId> {
    let edges = analysis.graph.subjects_of(id).filter(|edge| edge.subject != id && edge.signature == Status::Valid);
    edges.map(|edge| edge.subject).collect()
}

/// It signed others, so it is meant as a CA and does not say so.
fn issuer_without_ca(analysis: &Analysis<'_>, id: CertId, signed: &[CertId]) -> Finding {
    let name = analysis.name(id);
    let rejected = facts::clients_refused(analysis, Rejection::UnknownAuthority, &[id]);
    let mut detail = Vec::new();
    detail.push(format!(
        "{name} signed {}, but it does not say CA:TRUE (basicConstraints), and Go {}.",
        words::names(analysis, signed),
        what_go_does(analysis, id)
    ));
    if !rejected.is_empty() {
        detail.push(format!("So {} rejected.", words::clients_are(analysis, &rejected)));
    }
    Finding {
        code: "leaf-in-bundle",
        severity: Severity::Warning.worse_if(&rejected),
        title: format!("{name} signs like a CA and does not say that it is one"),
        detail: detail.join(" "),
        certificates: facts::with(id, signed),
        fix: format!("Make the certificate of {name} anew with basicConstraints CA:TRUE and the same key."),
    }
}

/// `CheckSignatureFrom` asks version 3 certificates for basicConstraints (`docs/background/go-verify.md`, section 3,
/// step 4); isValid asks every intermediate.
fn what_go_does(analysis: &Analysis<'_>, id: CertId) -> &'static str {
    match analysis.graph.certificate(id).is_some_and(|it| it.version < 3) {
        true => "accepts such an old certificate (before version 3) only at the end of a path",
        false => "refuses every path through it",
    }
}

/// It is an end entity.
fn trusted_leaf(analysis: &Analysis<'_>, id: CertId) -> Finding {
    let peers = facts::peers(analysis, |peer| peer.naive().anchors.contains(&id));
    let lost = facts::lost_with(&peers);
    let name = analysis.name(id);
    let mut detail = Vec::new();
    detail.push(format!("{name} does not say CA:TRUE (basicConstraints), so it vouches for nobody."));
    follows(analysis, &peers, &lost, &mut detail);
    Finding {
        code: "leaf-in-bundle",
        severity: if peers.is_empty() { Severity::Info } else { Severity::Warning }.worse_if(&lost),
        title: format!("{name} is in the bundle and is no CA"),
        detail: detail.join(" "),
        certificates: vec![id],
        fix: format!("Take {name} out of the bundle and leave only CAs there."),
    }
}

/// Go ends every search at a leaf that the roots hold, before it looks at any issuer (`docs/background/go-verify.md`,
/// section 1, step 3).
fn follows(analysis: &Analysis<'_>, peers: &[&PeerPools], lost: &[usize], detail: &mut Vec<String>) {
    if peers.is_empty() {
        return detail.push(
            "Go and Java accept exactly this certificate because of it, OpenSSL, GnuTLS, mbedTLS and rustls do not."
                .to_owned(),
        );
    }
    detail.push(format!(
        "Go ends a path at a trusted leaf at once: when {} is sampled, the naive rule gets from the bundle that leaf \
         and no CA.",
        words::any_peer(peers)
    ));
    if !lost.is_empty() {
        detail.push(format!("{} rejected that the correct pool accepts.", words::clients_are(analysis, lost)));
    }
}
