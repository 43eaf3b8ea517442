//! What a product's TLS asks of a chain besides the verification.

use super::settings::refused;
use crate::graph::Graph;
use crate::verifier::{Attempt, Cause, CauseKind, Purpose, Query, Verdict};

/// What the handshake asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handshake {
    /// Nothing that matters here.
    Nothing,
    /// GnuTLS: a server's key must be allowed to sign, as TLS 1.3 has it do (`_gnutls_check_key_usage_for_sig`).
    SigningServer,
    /// Java: a message of so many certificates at most (`jdk.tls.maxCertificateChainLength`).
    ShortMessage(usize),
}

/// digitalSignature (RFC 5280, 4.2.1.3).
const DIGITAL_SIGNATURE: u16 = 1;

impl Handshake {
    /// A message that is refused before anything is verified.
    pub(super) fn refuse_message(self, query: &Query<'_>) -> Option<Verdict> {
        let Handshake::ShortMessage(limit) = self else { return None };
        let sent = query.presented.len() + 1;
        if sent <= limit {
            return None;
        }
        let detail = format!(
            "SSLProtocolException: The certificate chain length ({sent}) exceeds the maximum allowed length ({limit})"
        );
        let path = [query.leaf].iter().chain(query.presented).copied().collect();
        let judged = Attempt { path, candidate: None, from_trusted: false, rejection: Some(detail.clone()) };
        Some(Verdict::rejected(detail, Cause::of(CauseKind::ChainTooLong), vec![judged]))
    }

    /// What is asked of the leaf once its chain is accepted.
    pub(super) fn check_leaf(self, accepted: Verdict, graph: &Graph, query: &Query<'_>) -> Verdict {
        let usage = graph.certificate(query.leaf).and_then(|leaf| leaf.key_usage);
        let may_sign = usage.is_none_or(|usage| usage.0 & DIGITAL_SIGNATURE != 0);
        if self != Handshake::SigningServer || query.purpose != Purpose::Server || may_sign {
            return accepted;
        }
        let detail = "gnutls_handshake() failed: Key usage violation in certificate has been detected.";
        refused(accepted, detail.to_owned(), Cause::about(CauseKind::KeyUsage, query.leaf))
    }
}
