//! `_gnutls_verify_crt_status` (`verify.c`): the list is cut where it meets a trusted key, its end is verified against
//! the trust list, and then each certificate against the next one. There is one path and no way back.

use super::algorithm::{Profile, features, is_off_curve};
use super::constraints::{Constraints, MAX_CHECKS};
use super::list::drop_self_issued_end;
use super::read::{Lookup, Member};
use super::status::{
    EXPIRED, INSECURE_ALGORITHM, INVALID, NOT_ACTIVATED, PURPOSE_MISMATCH, SIGNATURE_FAILURE,
    SIGNER_CONSTRAINTS_FAILURE, SIGNER_NOT_CA, SIGNER_NOT_FOUND, Status, UNKNOWN_CRIT_EXTENSIONS,
};
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::signature;
use crate::time::Timestamp;
use crate::verifier::budget::{Budget, Trail};
use crate::verifier::{Attempt, CauseKind};

/// `MAX_VERIFY_DEPTH` (`gnutls_int.h`): how long a path may be if no constraint says less.
const MAX_DEPTH: u32 = 4096;

/// What a verification needs to know, and what it leaves behind.
pub(super) struct Verification<'a> {
    pub(super) graph: &'a Graph,
    pub(super) at: Timestamp,
    /// How strong keys must be.
    pub(super) profile: Profile,
    /// The key purpose asked for.
    pub(super) purpose: Option<crate::oid::ObjectIdentifier>,
    pub(super) comparisons: Budget,
    pub(super) trail: Trail,
    /// Of the last call: leaf first, anchor last.
    pub(super) chain: Vec<CertId>,
    /// The first certificate whose signature was needed and is not known to the graph.
    pub(super) not_checked: Option<CertId>,
}

/// `verify_state_st`: what the certificates above demand of those below.
struct State<'a> {
    max_path: u32,
    constraints: Constraints<'a>,
    features: Vec<&'a [u8]>,
    /// `GNUTLS_VERIFY_DO_NOT_ALLOW_X509_V1_CA_CRT`: set for all but the end of the list.
    is_sent: bool,
}

/// One certificate, by its position in the list, and who may have issued it.
struct Step<'s, 'm, 'a> {
    list: &'s [&'m Member<'a>],
    at: usize,
    candidates: &'s [&'m Member<'a>],
}

impl<'a> Verification<'a> {
    /// Verifies a list, leaf first, against trusted certificates.
    pub(super) fn verify<'m>(&mut self, list: &[&'m Member<'a>], trusted: &[&'m Member<'a>]) -> Status {
        let mut list = list.to_vec();
        drop_self_issued_end(&mut list);
        let known = list.iter().enumerate().find_map(|(at, member)| Some((at, same_key(member, at, trusted)?)));
        if let Some((at, anchor)) = known {
            let status = self.check_anchor(anchor);
            list.truncate(at);
            self.note(&list, Some(anchor), true, status);
            self.chain = ids(&list);
            self.chain.push(anchor.id);
            if !status.is_fine() || list.is_empty() {
                return status;
            }
        }
        self.verify_list(&list, trusted)
    }

    fn verify_list<'m>(&mut self, list: &[&'m Member<'a>], trusted: &[&'m Member<'a>]) -> Status {
        let mut state =
            State { max_path: MAX_DEPTH, constraints: Constraints::default(), features: Vec::new(), is_sent: false };
        let last = list.len().saturating_sub(1);
        let mut status = self.verify_step(&Step { list, at: last, candidates: trusted }, &mut state);
        state.is_sent = true;
        for at in (0..last).rev() {
            let Some(issuer) = list.get(at + 1).filter(|_| status.is_fine()) else { break };
            status = match self.purpose {
                Some(purpose) if !issuer.allows_purpose(purpose, false) => {
                    self.refuse_purpose(list.get(..=at).unwrap_or_default(), issuer)
                }
                _ => self.verify_step(&Step { list, at, candidates: &[issuer] }, &mut state),
            };
        }
        status
    }

    fn refuse_purpose(&mut self, path: &[&Member<'_>], issuer: &Member<'_>) -> Status {
        let mut status = Status::default();
        status.mark(PURPOSE_MISMATCH, CauseKind::ExtendedKeyUsage, issuer.id);
        self.note(path, Some(issuer), false, status);
        status
    }

    /// `check_ca_sanity`: whether an anchor is valid now and its key is strong enough.
    fn check_anchor(&self, anchor: &Member<'_>) -> Status {
        let mut status = self.check_time(anchor);
        // The strength of its own signature does not matter, and an unknown algorithm passes altogether.
        if anchor.signature.is_some() && !anchor.key.is_some_and(|key| key.is_strong(self.profile)) {
            status.mark(INSECURE_ALGORITHM, CauseKind::WeakKey, anchor.id);
        }
        status
    }

    /// `check_time_status` (RFC 5280, 6.1.3 (a) (2)). Years before 1970 count as its beginning.
    fn check_time(&self, member: &Member<'_>) -> Status {
        let mut status = Status::default();
        if self.at.0 < member.certificate.not_before.0.max(0) {
            status.mark(NOT_ACTIVATED, CauseKind::NotYetValid, member.id);
        } else if self.at.0 > member.certificate.not_after.0.max(0) {
            status.mark(EXPIRED, CauseKind::Expired, member.id);
        }
        status
    }

    /// `verify_crt`: checks one certificate of the list against its issuer, and keeps what the issuer demands of those
    /// below.
    fn verify_step<'m>(&mut self, step: &Step<'_, 'm, 'a>, state: &mut State<'a>) -> Status {
        let mut status = Status::default();
        let Some(member) = step.list.get(step.at) else { return status };
        let path = step.list.get(..=step.at).unwrap_or_default();
        if state.max_path == 0 {
            status.mark(SIGNER_CONSTRAINTS_FAILURE, CauseKind::PathLength, member.id);
            self.note(path, None, false, status);
            return status;
        }
        state.max_path -= 1;
        let issuer = self.find_issuer(member, step.candidates);
        if member.signature.is_none() {
            status.mark(INVALID, CauseKind::WeakAlgorithm, member.id);
        }
        match issuer {
            None => status.mark(SIGNER_NOT_FOUND, CauseKind::UnknownIssuer, member.id),
            Some(issuer) => {
                status.add(check_demands(member, issuer, state, step.at == 0, &self.comparisons));
                status.add(check_ca(member, issuer, state));
                status.add(self.check_signature(member, issuer));
            }
        }
        status.add(check_critical_extensions(member, issuer, step.at == 0));
        status.add(check_strength(member, issuer, self.profile));
        status.add(issuer.map(|issuer| self.check_time(issuer)).unwrap_or_default());
        status.add(self.check_time(member));
        self.note(path, issuer, !state.is_sent, status);
        if !state.is_sent {
            self.chain = ids(step.list);
            self.chain.extend(issuer.map(|issuer| issuer.id));
        }
        status
    }

    /// `find_issuer`: the last candidate that is valid now, else the first.
    fn find_issuer<'m>(&self, member: &Member<'_>, candidates: &[&'m Member<'a>]) -> Option<&'m Member<'a>> {
        let mut issuers = candidates.iter().copied().filter(|candidate| member.is_issued_by(candidate));
        let first = issuers.next()?;
        let is_valid = |issuer: &&Member<'_>| {
            self.at.0 < issuer.certificate.not_after.0.max(0) && self.at.0 >= issuer.certificate.not_before.0.max(0)
        };
        Some(issuers.rfind(is_valid).unwrap_or(first))
    }

    /// `_gnutls_x509_verify_data`, as far as the graph knows.
    fn check_signature(&mut self, member: &Member<'_>, issuer: &Member<'_>) -> Status {
        let mut status = Status::default();
        let Some(signature) = member.signature else {
            status.mark(INVALID, CauseKind::WeakAlgorithm, member.id);
            return status;
        };
        // `_gnutls_x509_get_signature` wants whole octets.
        if member.certificate.unused_signature_bits != 0 {
            status.mark(INVALID, CauseKind::Signature, member.id);
            return status;
        }
        let Some(key) = issuer.key else {
            status.mark(INVALID, CauseKind::WeakKey, issuer.id);
            return status;
        };
        if !signature.goes_with(key) {
            status.mark(SIGNER_CONSTRAINTS_FAILURE, CauseKind::Signature, member.id);
            return status;
        }
        let known = self.graph.edge(issuer.id, member.id).map(|edge| edge.signature);
        match known.unwrap_or(signature::Status::Unchecked) {
            signature::Status::Valid if signature.salt_is_usual => {}
            signature::Status::Valid | signature::Status::Invalid => {
                status.mark(SIGNATURE_FAILURE, CauseKind::Signature, member.id);
            }
            _ if is_off_curve(issuer.certificate) => {
                status.mark(SIGNATURE_FAILURE, CauseKind::Signature, member.id);
            }
            signature::Status::Unsupported | signature::Status::Unchecked => {
                self.not_checked.get_or_insert(member.id);
            }
        }
        status
    }

    fn note(&mut self, path: &[&Member<'_>], candidate: Option<&Member<'_>>, from_trusted: bool, status: Status) {
        let rejection = (!status.is_fine()).then(|| status.to_string());
        let candidate = candidate.map(|candidate| candidate.id);
        self.trail.push(Attempt { path: ids(path), candidate, from_trusted, rejection });
    }
}

/// The trusted certificate that stands for one of the list: for the leaf itself, for others one of the same name and
/// key.
fn same_key<'m, 'a>(member: &Member<'_>, at: usize, trusted: &[&'m Member<'a>]) -> Option<&'m Member<'a>> {
    let is_same = |anchor: &&&Member<'_>| if at == 0 { anchor.id == member.id } else { anchor.has_same_key(member) };
    trusted.iter().find(is_same).copied()
}

/// The issuer's name constraints, which bind the leaf only, and its TLS features (RFC 7633), which bind everyone below.
fn check_demands<'a>(
    member: &Member<'a>,
    issuer: &Member<'a>,
    state: &mut State<'a>,
    is_leaf: bool,
    comparisons: &Budget,
) -> Status {
    let mut status = Status::default();
    let appended = issuer.name_constraints().map(|extension| state.constraints.append(extension, comparisons));
    let is_malformed = appended.is_some_and(|appended| appended.is_err());
    if is_malformed {
        status.mark(SIGNER_CONSTRAINTS_FAILURE, CauseKind::NameConstraints, issuer.id);
    } else if is_leaf
        && comparisons.spend(state.constraints.pairs(member).min(MAX_CHECKS)).is_ok()
        && !state.constraints.allow(member)
    {
        status.mark(SIGNER_CONSTRAINTS_FAILURE, CauseKind::NameConstraints, member.id);
    }
    match issuer.tls_features().map(features) {
        Some(None) => status.mark(SIGNER_CONSTRAINTS_FAILURE, CauseKind::Other, issuer.id),
        more => {
            state.features.extend(more.flatten().unwrap_or_default());
            let own = member.tls_features().and_then(features).unwrap_or_default();
            if comparisons.spend(state.features.len().saturating_mul(own.len())).is_err() {
                return status;
            }
            if !state.features.iter().all(|feature| own.contains(feature)) {
                status.mark(SIGNER_CONSTRAINTS_FAILURE, CauseKind::Other, member.id);
            }
        }
    }
    status
}

/// `check_if_ca`, and keyUsage. An anchor of version 1 is a CA, and so is one without basicConstraints that issued
/// itself; path lengths of anchors bind, and self-issued certificates count (RFC 5280, 4.2.1.9 and 4.2.1.3).
fn check_ca(member: &Member<'_>, issuer: &Member<'_>, state: &mut State<'_>) -> Status {
    let mut status = Status::default();
    if issuer.certificate.version == 1 && !state.is_sent {
        return status;
    }
    // The signatures of both are compared first, and none can be read that has not whole octets.
    let are_whole = [member, issuer].iter().all(|it| it.certificate.unused_signature_bits == 0);
    let is_ca = match issuer.basic_constraints() {
        _ if !are_whole => false,
        _ if issuer.id == member.id => true,
        Lookup::Found((true, path_length)) => {
            state.max_path = path_length.map_or(state.max_path, |length| length.min(state.max_path));
            true
        }
        Lookup::Absent => !state.is_sent && issuer.is_self_issued(),
        Lookup::Found((false, _)) | Lookup::Unreadable => false,
    };
    if !is_ca {
        status.mark(SIGNER_NOT_CA, CauseKind::NotCa, issuer.id);
    }
    match issuer.may_sign() {
        Lookup::Unreadable => status.mark(INVALID, CauseKind::Unparsable, issuer.id),
        Lookup::Found(false) => status.mark(SIGNER_CONSTRAINTS_FAILURE, CauseKind::KeyUsage, issuer.id),
        Lookup::Absent | Lookup::Found(true) => {}
    }
    status
}

/// RFC 5280, 4.2, for the anchor too.
fn check_critical_extensions(member: &Member<'_>, issuer: Option<&Member<'_>>, is_leaf: bool) -> Status {
    let mut status = Status::default();
    let asked = issuer.into_iter().chain(is_leaf.then_some(member));
    for member in asked.filter(|member| member.has_unknown_critical_extension()) {
        status.mark(UNKNOWN_CRIT_EXTENSIONS, CauseKind::Other, member.id);
    }
    status
}

/// `is_level_acceptable`: the signature, its key, and the key of the certificate itself.
fn check_strength(member: &Member<'_>, issuer: Option<&Member<'_>>, profile: Profile) -> Status {
    let mut status = Status::default();
    let Some(signature) = member.signature else { return status };
    if !signature.is_strong() {
        status.mark(INSECURE_ALGORITHM, CauseKind::WeakAlgorithm, member.id);
    }
    for holder in [Some(member), issuer].into_iter().flatten() {
        if !holder.key.is_some_and(|key| key.is_strong(profile)) {
            status.mark(INSECURE_ALGORITHM, CauseKind::WeakKey, holder.id);
        }
    }
    status
}

/// Which certificates a list holds.
pub(super) fn ids(list: &[&Member<'_>]) -> Vec<CertId> {
    list.iter().map(|member| member.id).collect()
}
