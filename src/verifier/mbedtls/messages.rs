//! What mbedTLS says: return codes, flags and their texts (`x509_crt_verify_strings` in `x509_crt.c`); in our own words
//! where mbedTLS has none.

use std::fmt;

use super::parse::Code;
use crate::certificate::CertId;
use crate::verifier::{Cause, CauseKind};

/// Flags of a certificate or of a whole chain, with the numbers of `x509.h`, and why the leading one is set: the one
/// whose text is printed first, and if several certificates have it that of the one nearest to the leaf.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    bits: u32,
    /// The position of the leading flag in [`TEXTS`].
    leading: Option<(usize, Cause)>,
}

/// `MBEDTLS_X509_BADCERT_EXPIRED`, and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flag(u32);

pub(super) const EXPIRED: Flag = Flag(0x01);
pub(super) const CN_MISMATCH: Flag = Flag(0x04);
pub(super) const NOT_TRUSTED: Flag = Flag(0x08);
pub(super) const FUTURE: Flag = Flag(0x0200);
pub(super) const EXT_KEY_USAGE: Flag = Flag(0x1000);
pub(super) const BAD_MD: Flag = Flag(0x4000);
pub(super) const BAD_KEY: Flag = Flag(0x0001_0000);

/// In the order in which they are printed.
const TEXTS: [(Flag, &str); 7] = [
    (EXPIRED, "The certificate validity has expired"),
    (CN_MISMATCH, "The certificate Common Name (CN) does not match with the expected CN"),
    (NOT_TRUSTED, "The certificate is not correctly signed by the trusted CA"),
    (FUTURE, "The certificate validity starts in the future"),
    (EXT_KEY_USAGE, "Usage does not match the extendedKeyUsage extension"),
    (BAD_MD, "The certificate is signed with an unacceptable hash."),
    (BAD_KEY, "The certificate is signed with an unacceptable key (eg bad curve, RSA too short)."),
];

impl Flags {
    /// Sets a flag for what is wrong with a certificate.
    pub(super) fn mark(&mut self, flag: Flag, kind: CauseKind, certificate: CertId) {
        let place = TEXTS.iter().position(|(other, _)| *other == flag).unwrap_or(TEXTS.len());
        self.add(Flags { bits: flag.0, leading: Some((place, Cause::about(kind, certificate))) });
    }

    pub(super) fn add(&mut self, other: Flags) {
        self.bits |= other.bits;
        // Of equals the first.
        self.leading = [self.leading, other.leading].into_iter().flatten().min_by_key(|(place, _)| *place);
    }

    pub(super) fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Why the leading flag is set.
    pub(super) fn cause(self) -> Option<Cause> {
        self.leading.map(|(_, cause)| cause)
    }

    /// The texts, in the order in which they are printed (`mbedtls_x509_crt_verify_info`, a line each).
    pub fn texts(self) -> impl Iterator<Item = &'static str> {
        TEXTS.iter().filter(move |(flag, _)| self.bits & flag.0 != 0).map(|(_, text)| *text)
    }
}

impl fmt::Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.texts().collect::<Vec<_>>().join("; "))
    }
}

/// Why a certificate is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// `mbedtls_x509_crt_parse` cannot read the certificate in question.
    UnreadableLeaf {
        /// The certificate in question.
        leaf: CertId,
        /// What the function returns, without its sign.
        code: Code,
    },
    /// `MBEDTLS_ERR_X509_CERT_VERIFY_FAILED`, with these flags.
    VerifyFailed(Flags),
    /// The chain is accepted, but its leaf is not for the purpose (`mbedtls_x509_crt_check_extended_key_usage`).
    WrongUsage(Flags),
    /// `MBEDTLS_ERR_X509_FATAL_ERROR`: the library gives up, and its flags mean nothing.
    ChainTooLong,
    /// The graph does not know whether the signature on this certificate is valid, so there is no answer.
    SignatureNotChecked(CertId),
}

impl Rejection {
    /// What was wrong, and with which certificate; of several flags, that of the one whose text is printed first.
    pub fn cause(self) -> Cause {
        match self {
            Rejection::UnreadableLeaf { leaf, .. } => Cause::about(CauseKind::Unparsable, leaf),
            // Whoever sets a flag says why.
            Rejection::VerifyFailed(flags) | Rejection::WrongUsage(flags) => {
                flags.cause().unwrap_or(Cause::of(CauseKind::Other))
            }
            Rejection::ChainTooLong => Cause::of(CauseKind::ChainTooLong),
            Rejection::SignatureNotChecked(subject) => Cause::about(CauseKind::Stopped, subject),
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejection::UnreadableLeaf { code, .. } => CandidateRejection::Unreadable(*code).fmt(f),
            Rejection::VerifyFailed(flags) | Rejection::WrongUsage(flags) => flags.fmt(f),
            // `mbedtls_strerror`.
            Rejection::ChainTooLong => {
                f.write_str("X509 - A fatal error occurred, e.g. the chain is too long or the vrfy callback failed")
            }
            Rejection::SignatureNotChecked(_) => f.write_str(
                "the signature was not checked (budget spent, or an algorithm that this build lacks), so mbedTLS's answer is \
                 not known",
            ),
        }
    }
}

impl std::error::Error for Rejection {}

/// Why a candidate is not taken, or not yet, where mbedTLS passes over it in silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CandidateRejection {
    /// `mbedtls_x509_crt_parse` returns this code, here without its sign.
    Unreadable(Code),
    /// basicConstraints do not say that it is a CA.
    NotCa,
    /// keyUsage is there without keyCertSign, or with encipherOnly or decipherOnly.
    KeyUsage,
    /// pathLenConstraint is exceeded.
    PathLength,
    /// Of trusted candidates only: the signature is not theirs.
    NotTheSigner,
    /// Its validity has these flags, so that a better one is looked for; without one it is taken.
    PutAside(Flags),
}

impl fmt::Display for CandidateRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CandidateRejection::Unreadable(code) => write!(f, "mbedtls_x509_crt_parse returned -0x{code:x}"),
            CandidateRejection::NotCa => f.write_str("passed over: not a CA"),
            CandidateRejection::KeyUsage => {
                f.write_str("passed over: its key usage does not allow signing certificates")
            }
            CandidateRejection::PathLength => f.write_str("passed over: its path length constraint is exceeded"),
            CandidateRejection::NotTheSigner => f.write_str("passed over: its key did not make the signature"),
            CandidateRejection::PutAside(flags) => {
                write!(f, "put aside while a currently valid one is looked for: {flags}")
            }
        }
    }
}

impl std::error::Error for CandidateRejection {}

#[cfg(test)]
mod tests {
    use super::{BAD_KEY, Cause, CauseKind, CertId, EXPIRED, Flags, NOT_TRUSTED};

    #[test]
    fn the_text_printed_first_leads() {
        let (leaf, root) = (CertId(0), CertId(1));
        let mut flags = Flags::default();
        assert_eq!((flags.to_string(), flags.cause()), (String::new(), None));
        flags.mark(BAD_KEY, CauseKind::WeakKey, leaf);
        flags.mark(NOT_TRUSTED, CauseKind::UnknownIssuer, leaf);
        flags.mark(NOT_TRUSTED, CauseKind::Signature, root);
        assert_eq!(flags.cause(), Some(Cause::about(CauseKind::UnknownIssuer, leaf)));
        flags.mark(EXPIRED, CauseKind::Expired, root);
        assert_eq!(flags.cause(), Some(Cause::about(CauseKind::Expired, root)));
        assert_eq!(
            flags.to_string(),
            "The certificate validity has expired; The certificate is not correctly signed by the trusted CA; The \
             certificate is signed with an unacceptable key (eg bad curve, RSA too short)."
        );
    }
}
