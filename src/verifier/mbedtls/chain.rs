//! `x509_crt_verify_chain` (`x509_crt.c`): one chain, without going back. At each step the trusted certificates are
//! looked through first, then those that stand behind the child in the list that the peer sent.

use super::parse::{Parsed, names_equal};
use super::words::{self, BAD_KEY, BAD_MD, EXPIRED, FUTURE, Flags, NOT_TRUSTED};
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::signature::Status;
use crate::time::Timestamp;
use crate::verifier::Attempt;

/// `MBEDTLS_X509_MAX_INTERMEDIATE_CA` (`x509_crt.h`): beside the leaf and the anchor.
const MAX_INTERMEDIATES: usize = 8;

/// keyCertSign, the first octet of keyUsage lowest (RFC 5280, 4.2.1.3).
const KEY_CERT_SIGN: u32 = 0x04;
/// encipherOnly and decipherOnly, which `mbedtls_x509_crt_check_key_usage` refuses where they are not asked for.
const ENCIPHER_OR_DECIPHER_ONLY: u32 = 0x8001;

/// A certificate that mbedTLS can read.
#[derive(Clone, Debug)]
pub(super) struct Member<'a> {
    pub(super) id: CertId,
    pub(super) parsed: Parsed<'a>,
}

/// A certificate of the chain and its flags.
pub(super) struct Link<'m, 'a> {
    pub(super) member: &'m Member<'a>,
    pub(super) flags: Flags,
}

/// One question.
pub(super) struct Search<'m, 'a> {
    pub(super) graph: &'a Graph,
    pub(super) at: Timestamp,
    pub(super) trusted: &'m [Member<'a>],
    /// What the peer sent besides its leaf.
    pub(super) presented: &'m [Member<'a>],
    pub(super) chain: Vec<Link<'m, 'a>>,
    pub(super) trail: Vec<Attempt>,
    /// The flags that stood firm when a signature was needed that the graph does not know.
    pub(super) unknown: Option<Flags>,
}

/// The number of intermediates would exceed [`MAX_INTERMEDIATES`].
pub(super) struct TooLong;

/// A certificate that was found, with how it was.
#[derive(Clone, Copy)]
struct Found<'m, 'a> {
    member: &'m Member<'a>,
    /// It is one of the trusted.
    is_trusted: bool,
    signature_is_good: bool,
    /// Where in the list of the peer the certificates behind it begin.
    behind: usize,
}

impl<'m, 'a> Search<'m, 'a> {
    /// Builds the chain, leaf first, with the flags of each certificate.
    pub(super) fn build(&mut self, leaf: &'m Member<'a>) -> Result<(), TooLong> {
        let mut child = Found { member: leaf, is_trusted: false, signature_is_good: false, behind: 0 };
        // Self-issued ones among the intermediates, which path lengths do not count (RFC 5280, 4.2.1.9).
        let mut self_issued = 0;
        loop {
            self.chain.push(Link { member: child.member, flags: self.validity(&child.member.parsed) });
            if child.is_trusted {
                return Ok(());
            }
            self.flag(BAD_MD, !child.member.parsed.signature.hash_is_allowed);
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
                self.flag(NOT_TRUSTED, true);
                return Ok(());
            };
            self_issued += usize::from(self.chain.len() != 1 && is_self_issued(&child.member.parsed));
            if !parent.is_trusted && self.chain.len() > MAX_INTERMEDIATES {
                return Err(TooLong);
            }
            self.flag(NOT_TRUSTED, !parent.signature_is_good);
            self.flag(BAD_KEY, !parent.member.parsed.key.is_acceptable());
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

    /// Sets a flag of the last certificate.
    fn flag(&mut self, flag: Flags, condition: bool) {
        if let Some(link) = self.chain.last_mut() {
            link.flags.set(flag, condition);
        }
    }

    fn validity(&self, certificate: &Parsed<'_>) -> Flags {
        let mut flags = Flags::default();
        flags.set(EXPIRED, self.at > certificate.valid_to);
        flags.set(FUTURE, certificate.valid_from > self.at);
        flags
    }

    /// `x509_crt_check_ee_locally_trusted`: a self-issued leaf that is itself in the trust store.
    fn is_locally_trusted(&self, leaf: &Member<'_>) -> bool {
        is_self_issued(&leaf.parsed) && self.trusted.iter().any(|member| member.id == leaf.id)
    }

    /// `x509_crt_find_parent`.
    fn find_parent(&mut self, child: Found<'m, 'a>, self_issued: usize) -> Option<Found<'m, 'a>> {
        let trusted = self.trusted.iter().map(|member| (member, 0, true));
        let behind = self.presented.iter().enumerate().skip(child.behind);
        let presented = behind.map(|(at, member)| (member, at + 1, false));
        let (trusted, presented): (Vec<_>, Vec<_>) = (trusted.collect(), presented.collect());
        let found = self.find_parent_in(child.member, &trusted, self_issued);
        found.or_else(|| self.find_parent_in(child.member, &presented, self_issued))
    }

    /// `x509_crt_find_parent_in`: the first suitable candidate that is valid now, else the first suitable one.
    fn find_parent_in(
        &mut self,
        child: &Member<'a>,
        candidates: &[(&'m Member<'a>, usize, bool)],
        self_issued: usize,
    ) -> Option<Found<'m, 'a>> {
        let mut fallback = None;
        for &(member, behind, is_trusted) in candidates {
            // What is not the issuer named is not even a candidate.
            if !names_equal(&child.parsed.issuer, &member.parsed.subject) {
                continue;
            }
            let signature_is_good = match self.judge(child, member, is_trusted, self_issued) {
                Ok(signature_is_good) => signature_is_good,
                Err(why) => {
                    self.note(member, is_trusted, Some(why.to_owned()));
                    continue;
                }
            };
            let found = Found { member, is_trusted, signature_is_good, behind };
            let validity = self.validity(&member.parsed);
            if validity.is_empty() {
                self.note(member, is_trusted, None);
                return Some(found);
            }
            self.note(member, is_trusted, Some(format!("{}{}", words::PUT_ASIDE, validity.texts())));
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
    ) -> Result<bool, &'static str> {
        check_ca(&candidate.parsed, is_trusted)?;
        // RFC 5280, 4.2.1.9, for anchors too.
        let intermediates = self.chain.len().saturating_sub(1 + self_issued);
        let allowed = candidate.parsed.extensions.path_length.and_then(|length| usize::try_from(length).ok());
        if allowed.is_some_and(|allowed| intermediates > allowed) {
            return Err(words::PATH_LENGTH);
        }
        let signature_is_good = self.check_signature(child, candidate);
        if is_trusted && !signature_is_good { Err(words::NOT_THE_SIGNER) } else { Ok(signature_is_good) }
    }

    /// `x509_crt_check_signature`, as far as the graph knows.
    fn check_signature(&mut self, child: &Member<'_>, candidate: &Member<'_>) -> bool {
        if !candidate.parsed.key.can_verify(child.parsed.signature.family) {
            return false;
        }
        match self.graph.edge(candidate.id, child.id).map_or(Status::Unchecked, |edge| edge.signature) {
            Status::Valid => true,
            Status::Invalid => false,
            Status::Unsupported | Status::Unchecked => {
                self.unknown = self.unknown.or(Some(self.flags()));
                false
            }
        }
    }

    fn note(&mut self, candidate: &Member<'_>, from_trusted: bool, rejection: Option<String>) {
        self.trail.push(Attempt { path: self.ids(), candidate: Some(candidate.id), from_trusted, rejection });
    }
}

/// Versions 1 and 2 cannot say that they are CAs, so a trusted one need not.
fn check_ca(candidate: &Parsed<'_>, is_trusted: bool) -> Result<(), &'static str> {
    if is_trusted && candidate.version < 3 {
        return Ok(());
    }
    if !candidate.extensions.ca {
        return Err(words::NOT_A_CA);
    }
    let may_sign = |usage: u32| usage & KEY_CERT_SIGN != 0 && usage & ENCIPHER_OR_DECIPHER_ONLY == 0;
    if candidate.extensions.key_usage.is_none_or(may_sign) { Ok(()) } else { Err(words::KEY_USAGE) }
}

fn is_self_issued(certificate: &Parsed<'_>) -> bool {
    names_equal(&certificate.issuer, &certificate.subject)
}
