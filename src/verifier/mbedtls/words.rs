//! What mbedTLS says: flags and their texts (`x509_crt_verify_strings` in `x509_crt.c`), and return codes.

use super::parse::Code;

/// `MBEDTLS_ERR_X509_CERT_VERIFY_FAILED`.
pub(super) const CERT_VERIFY_FAILED: Code = 0x2700;
/// `MBEDTLS_ERR_X509_FATAL_ERROR`.
pub(super) const FATAL_ERROR: Code = 0x3000;
/// What a program that checks the leaf's purpose itself returns in the recordings.
pub(super) const WRONG_USAGE: Code = 0x1;

/// Flags of a certificate or of a whole chain, with the numbers of `x509.h`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags(pub(super) u32);

/// `MBEDTLS_X509_BADCERT_EXPIRED`, and so on.
pub(super) const EXPIRED: Flags = Flags(0x01);
pub(super) const CN_MISMATCH: Flags = Flags(0x04);
pub(super) const NOT_TRUSTED: Flags = Flags(0x08);
pub(super) const FUTURE: Flags = Flags(0x0200);
pub(super) const EXT_KEY_USAGE: Flags = Flags(0x1000);
pub(super) const BAD_MD: Flags = Flags(0x4000);
pub(super) const BAD_KEY: Flags = Flags(0x0001_0000);

/// In the order in which they are printed.
const TEXTS: [(Flags, &str); 7] = [
    (EXPIRED, "The certificate validity has expired"),
    (CN_MISMATCH, "The certificate Common Name (CN) does not match with the expected CN"),
    (NOT_TRUSTED, "The certificate is not correctly signed by the trusted CA"),
    (FUTURE, "The certificate validity starts in the future"),
    (EXT_KEY_USAGE, "Usage does not match the extendedKeyUsage extension"),
    (BAD_MD, "The certificate is signed with an unacceptable hash."),
    (BAD_KEY, "The certificate is signed with an unacceptable key (eg bad curve, RSA too short)."),
];

impl Flags {
    /// Sets the flag where the condition holds.
    pub(super) fn set(&mut self, flag: Flags, condition: bool) {
        if condition {
            self.add(flag);
        }
    }

    pub(super) fn add(&mut self, flags: Flags) {
        self.0 |= flags.0;
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The texts, each closed by a semicolon (`mbedtls_x509_crt_verify_info` closes them with a line break).
    pub(super) fn texts(self) -> String {
        let texts: Vec<&str> = TEXTS.iter().filter(|(flag, _)| self.0 & flag.0 != 0).map(|(_, text)| *text).collect();
        texts.iter().map(|text| format!("{text};")).collect::<Vec<_>>().concat()
    }
}

/// The return code and the texts.
pub(super) fn result(code: Code, flags: Flags) -> String {
    format!("r=-0x{code:x} {}", flags.texts())
}

/// The code with which a certificate is refused.
pub(super) fn unreadable(code: Code) -> String {
    format!("parse -0x{code:x}")
}

/// Behind a verdict for which not every certificate given could be read.
pub(super) const SOME_UNPARSABLE: &str = " (some input unparsable)";

// The rest is ours: mbedTLS passes over such candidates in silence, or would know the answer.

/// basicConstraints do not say that the candidate is a CA.
pub(super) const NOT_A_CA: &str = "passed over: not a CA";
/// keyUsage is there without keyCertSign, or with encipherOnly or decipherOnly.
pub(super) const KEY_USAGE: &str = "passed over: its key usage does not allow signing certificates";
/// pathLenConstraint is exceeded.
pub(super) const PATH_LENGTH: &str = "passed over: its path length constraint is exceeded";
/// Of trusted candidates only: the signature is not theirs.
pub(super) const NOT_THE_SIGNER: &str = "passed over: its key did not make the signature";
/// A candidate is taken that was put aside because of its validity, since there is no better one.
pub(super) const PUT_ASIDE: &str = "put aside while a currently valid one is looked for: ";
/// The graph does not know whether the signature is valid.
pub(super) const SIGNATURE_NOT_CHECKED: &str = "the signature was not checked (budget spent, or an algorithm that this build lacks), so mbedTLS's answer is not known";
