//! `x509_crt_verify_chain` (`x509_crt.c`): one chain, without going back. At each step the trusted certificates are
//! looked through first, then those that stand behind the child in the list that the peer sent.

use super::messages::{BAD_KEY, BAD_MD, CandidateRejection, EXPIRED, FUTURE, Flag, Flags, NOT_TRUSTED};
use super::parse::{Parsed, comparable, names_equal};
use super::{Reading, member};
use crate::certificate::CertId;
use crate::signature::Status;
use crate::time::Timestamp;
use crate::verifier::budget::Trail;
use crate::verifier::reading::List;
use crate::verifier::{Attempt, CauseKind};

/// `MBEDTLS_X509_MAX_INTERMEDIATE_CA` (`x509_crt.h`): beside the leaf and the anchor.
const MAX_INTERMEDIATES: usize = 8;

/// keyCertSign, the first octet of keyUsage lowest (RFC 5280, 4.2.1.3).
const KEY_CERT_SIGN: u32 = 0x04;
/// encipherOnly and decipherOnly, which `mbedtls_x509_crt_check_key_usage` refuses where they are not asked for.
const ENCIPHER_OR_DECIPHER_ONLY: u32 = 0x8001;

/// A certificate that mbedTLS can read.
#[derive(Clone, Debug)]
pub(in crate::verifier) struct Member<'a> {
    pub(super) id: CertId,
    pub(super) parsed: Parsed<'a>,
}

/// A certificate of the chain and its flags.
pub(super) struct Link<'a> {
    pub(super) member: &'a Member<'a>,
    pub(super) flags: Flags,
}

/// One verification: its question, and the chain so far.
pub(super) struct Search<'a, 'g> {
    pub(super) reading: &'a Reading<'g>,
    pub(super) at: Timestamp,
    pub(super) trusted: &'a List,
    /// What the peer sent besides its leaf.
    pub(super) presented: &'a List,
    pub(super) chain: Vec<Link<'a>>,
    pub(super) trail: Trail,
    /// The first certificate whose signature was needed and is not known to the graph, and the flags that stood firm
    /// then.
    pub(super) not_checked: Option<(CertId, Flags)>,
}

/// The number of intermediates would exceed [`MAX_INTERMEDIATES`].
pub(super) struct TooLong;

/// A certificate that was found, with how it was.
#[derive(Clone, Copy)]
struct Found<'a> {
    member: &'a Member<'a>,
    /// It is one of the trusted.
    is_trusted: bool,
    signature_is_good: bool,
    /// Where in the list of the peer the certificates behind it begin.
    behind: usize,
}

impl<'a> Search<'a, '_> {
    /// Builds the chain, leaf first, with the flags of each certificate.
    pub(super) fn build(&mut self, leaf: &'a Member<'a>) -> Result<(), TooLong> {
        let mut child = Found { member: leaf, is_trusted: false, signature_is_good: false, behind: 0 };
        // Self-issued ones among the intermediates, which path lengths do not count (RFC 5280, 4.2.1.9).
        let mut self_issued = 0;
        loop {
            self.chain.push(Link { member: child.member, flags: self.validity(child.member) });
            if child.is_trusted {
                return Ok(());
            }
            if !child.member.parsed.signature.hash_is_allowed {
                self.mark(BAD_MD, CauseKind::WeakAlgorithm, child.member);
            }
            if self.chain.len() == 1 && self.is_locally_trusted(leaf) {
                self.trail.push(Attempt {
                    path: Vec::new(),
                    candidate: Some(leaf.id),
                    from_trusted: true,
                    rejection: None,
                });
                return Ok(());
            }
            let Some(parent) = self.find_parent(child, self_issued) else {
                self.mark(NOT_TRUSTED, CauseKind::UnknownIssuer, child.member);
                return Ok(());
            };
            self_issued += usize::from(self.chain.len() != 1 && is_self_issued(&child.member.parsed));
            if !parent.is_trusted && self.chain.len() > MAX_INTERMEDIATES {
                return Err(TooLong);
            }
            if !parent.signature_is_good {
                self.mark(NOT_TRUSTED, CauseKind::Signature, child.member);
            }
            if !parent.member.parsed.key.is_acceptable() {
                self.mark(BAD_KEY, CauseKind::WeakKey, parent.member);
            }
            child = parent;
        }
    }

    /// The flags of all certificates together.
    pub(super) fn flags(&self) -> Flags {
        let mut flags = Flags::default();
        self.chain.iter().for_each(|link| flags.add(link.flags));
        flags
    }

    /// The chain so far.
    pub(super) fn ids(&self) -> Vec<CertId> {
        self.chain.iter().map(|link| link.member.id).collect()
    }

    /// Sets a flag of the last certificate of the chain, for what is wrong with it or with its parent.
    fn mark(&mut self, flag: Flag, kind: CauseKind, about: &Member<'_>) {
        if let Some(link) = self.chain.last_mut() {
            link.flags.mark(flag, kind, about.id);
        }
    }

    fn validity(&self, member: &Member<'_>) -> Flags {
        let mut flags = Flags::default();
        if self.at > member.parsed.valid_to {
            flags.mark(EXPIRED, CauseKind::Expired, member.id);
        }
        if member.parsed.valid_from > self.at {
            flags.mark(FUTURE, CauseKind::NotYetValid, member.id);
        }
        flags
    }

    /// `x509_crt_check_ee_locally_trusted`: a self-issued leaf that is itself in the trust store.
    fn is_locally_trusted(&self, leaf: &Member<'_>) -> bool {
        is_self_issued(&leaf.parsed) && self.trusted.contains(leaf.id)
    }

    /// `x509_crt_find_parent`: an issuer in the trust store, else one among the certificates that the peer sent after
    /// the child.
    fn find_parent(&mut self, child: Found<'a>, self_issued: usize) -> Option<Found<'a>> {
        // What is not the issuer named is not even a candidate.
        let issuer = comparable(&child.member.parsed.issuer);
        let trusted = self.trusted.named(&issuer).map(|(_, id)| (id, 0, true));
        let behind = self.presented.named(&issuer).filter(|(place, _)| *place >= child.behind);
        let found = self.find_parent_in(child.member, trusted, self_issued);
        found.or_else(|| {
            self.find_parent_in(child.member, behind.map(|(place, id)| (id, place + 1, false)), self_issued)
        })
    }

    /// `x509_crt_find_parent_in`: the first suitable candidate that is valid now, else the first suitable one.
    fn find_parent_in(
        &mut self,
        child: &Member<'a>,
        candidates: impl Iterator<Item = (CertId, usize, bool)>,
        self_issued: usize,
    ) -> Option<Found<'a>> {
        let mut fallback = None;
        for (id, behind, is_trusted) in candidates {
            let Ok(member) = member(self.reading, id) else { continue };
            let signature_is_good = match self.judge(child, member, is_trusted, self_issued) {
                Ok(signature_is_good) => signature_is_good,
                Err(rejection) => {
                    self.note(member, is_trusted, Some(rejection));
                    continue;
                }
            };
            let found = Found { member, is_trusted, signature_is_good, behind };
            let validity = self.validity(member);
            if validity.is_empty() {
                self.note(member, is_trusted, None);
                return Some(found);
            }
            self.note(member, is_trusted, Some(CandidateRejection::PutAside(validity)));
            fallback.get_or_insert(found);
        }
        if let Some(found) = fallback {
            self.note(found.member, found.is_trusted, None);
        }
        fallback
    }

    /// `x509_crt_check_parent` and what follows it: `Ok` says whether the signature is good, which only a trusted
    /// candidate must have made.
    fn judge(
        &mut self,
        child: &Member<'_>,
        candidate: &Member<'_>,
        is_trusted: bool,
        self_issued: usize,
    ) -> Result<bool, CandidateRejection> {
        check_ca(&candidate.parsed, is_trusted)?;
        // RFC 5280, 4.2.1.9, for anchors too.
        let intermediates = self.chain.len().saturating_sub(1 + self_issued);
        let allowed = candidate.parsed.extensions.path_length.and_then(|length| usize::try_from(length).ok());
        if allowed.is_some_and(|allowed| intermediates > allowed) {
            return Err(CandidateRejection::PathLength);
        }
        let signature_is_good = self.check_signature(child, candidate);
        if is_trusted && !signature_is_good { Err(CandidateRejection::NotTheSigner) } else { Ok(signature_is_good) }
    }

    /// `x509_crt_check_signature`, as far as the graph knows.
    fn check_signature(&mut self, child: &Member<'_>, candidate: &Member<'_>) -> bool {
        if !candidate.parsed.key.can_verify(child.parsed.signature.family) {
            return false;
        }
        match self.reading.graph().edge(candidate.id, child.id).map_or(Status::Unchecked, |edge| edge.signature) {
            Status::Valid => true,
            Status::Invalid => false,
            Status::Unsupported | Status::Unchecked => {
                let certain = self.flags();
                self.not_checked.get_or_insert((child.id, certain));
                false
            }
        }
    }

    fn note(&mut self, candidate: &Member<'_>, from_trusted: bool, rejection: Option<CandidateRejection>) {
        let rejection = rejection.map(|rejection| rejection.to_string());
        self.trail.push(Attempt { path: self.ids(), candidate: Some(candidate.id), from_trusted, rejection });
    }
}

/// Versions 1 and 2 cannot say that they are CAs, so a trusted one need not.
fn check_ca(candidate: &Parsed<'_>, is_trusted: bool) -> Result<(), CandidateRejection> {
    if is_trusted && candidate.version < 3 {
        return Ok(());
    }
    if !candidate.extensions.ca {
        return Err(CandidateRejection::NotCa);
    }
    let may_sign = |usage: u32| usage & KEY_CERT_SIGN != 0 && usage & ENCIPHER_OR_DECIPHER_ONLY == 0;
    if candidate.extensions.key_usage.is_none_or(may_sign) { Ok(()) } else { Err(CandidateRejection::KeyUsage) }
}

fn is_self_issued(certificate: &Parsed<'_>) -> bool {
    names_equal(&certificate.issuer, &certificate.subject)
}
