//! What GnuTLS says: flags (`gnutls_certificate_status_t`) and their sentences
//! (`gnutls_certificate_verification_status_print` in `cert-cred.c`).

/// Some flags; `INVALID` stands without a sentence of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Status(u16);

pub(super) const INVALID: Status = Status(1);
pub(super) const SIGNER_NOT_FOUND: Status = Status(1 << 1);
pub(super) const SIGNER_NOT_CA: Status = Status(1 << 2);
pub(super) const INSECURE_ALGORITHM: Status = Status(1 << 3);
pub(super) const SIGNER_CONSTRAINTS_FAILURE: Status = Status(1 << 4);
pub(super) const PURPOSE_MISMATCH: Status = Status(1 << 5);
pub(super) const NOT_ACTIVATED: Status = Status(1 << 6);
pub(super) const EXPIRED: Status = Status(1 << 7);
pub(super) const SIGNATURE_FAILURE: Status = Status(1 << 8);
pub(super) const UNEXPECTED_OWNER: Status = Status(1 << 9);
pub(super) const UNKNOWN_CRIT_EXTENSIONS: Status = Status(1 << 10);

/// In the order in which they are printed.
const SENTENCES: [(Status, &str); 10] = [
    (SIGNER_NOT_FOUND, "The certificate issuer is unknown. "),
    (SIGNER_NOT_CA, "The certificate issuer is not a CA. "),
    (INSECURE_ALGORITHM, "The certificate chain uses insecure algorithm. "),
    (SIGNER_CONSTRAINTS_FAILURE, "The certificate chain violates the signer's constraints. "),
    (PURPOSE_MISMATCH, "The certificate chain does not match the intended purpose. "),
    (NOT_ACTIVATED, "The certificate chain uses not yet valid certificate. "),
    (EXPIRED, "The certificate chain uses expired certificate. "),
    (SIGNATURE_FAILURE, "The signature in the certificate is invalid. "),
    (UNEXPECTED_OWNER, "The name in the certificate does not match the expected. "),
    (UNKNOWN_CRIT_EXTENSIONS, "The certificate contains an unknown critical extension. "),
];

impl Status {
    /// Sets a flag, and with it `INVALID` (`MARK_INVALID` in `verify.c`).
    pub(super) fn mark(&mut self, flag: Status) {
        self.add(flag);
        self.add(INVALID);
    }

    pub(super) fn add(&mut self, other: Status) {
        self.0 |= other.0;
    }

    pub(super) fn has(self, flag: Status) -> bool {
        self.0 & flag.0 != 0
    }

    pub(super) fn is_fine(self) -> bool {
        self.0 == 0
    }

    /// Nothing where all is fine; otherwise every sentence ends with a space.
    pub(super) fn sentences(self) -> String {
        let mut text = String::new();
        if !self.is_fine() {
            text.push_str("The certificate is NOT trusted. ");
        }
        SENTENCES.iter().filter(|(flag, _)| self.has(*flag)).for_each(|(_, sentence)| text.push_str(sentence));
        text
    }
}

/// The leaf cannot be read.
pub(super) const LEAF_UNREADABLE: &str = "leaf parse";

// The rest is ours: GnuTLS leaves such certificates out in silence, or would know the answer.

/// A certificate beside the leaf cannot be read.
pub(super) const UNREADABLE: &str = "left out: GnuTLS cannot read it";
/// The graph does not know whether a signature is valid.
pub(super) const SIGNATURE_NOT_CHECKED: &str = "the signature was not checked (budget spent, or an algorithm that this build lacks), so GnuTLS's answer is not known";
