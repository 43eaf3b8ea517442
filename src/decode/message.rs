//! The words for what could not be read: what, where, what next. Never a byte of a block, but one stray character.

use super::RelatedKind;
use super::der::Kind;
use super::marker::Label;

const COPY_AGAIN: &str = "Copy the whole block again from where it came from.";

/// The input has no bytes.
pub(super) const EMPTY_INPUT: &str = "The file is empty. Check the command or download that made it.";

/// The input has nothing but white space.
pub(super) const BLANK_INPUT: &str = "There is only white space. Check the command or download that made it.";

/// Nothing of use in a text.
pub(super) const NOTHING_IN_TEXT: &str =
    "No certificate was found in this text. Give a PEM block (-----BEGIN CERTIFICATE-----), its base64, or a DER file.";

/// Nothing of use in binary data.
pub(super) const NOTHING_IN_BINARY: &str =
    "This is binary data in which no certificate was found. Give a DER file (.cer, .der) or PEM text.";

/// What begins as a certificate in BER.
pub(super) const BER: &str = "This is written in BER: its length is indefinite (X.690, 8.1.3.6). A certificate must be in DER, and most \
     programs refuse it. Export the certificate again, as DER or PEM.";

/// Binary data beside certificates.
pub(super) const STRAY_BINARY: &str =
    "These bytes are no certificate, or a damaged one. Export the certificate again from where it came from.";

/// BEGIN and END with nothing between.
pub(super) fn empty_block(label: &str) -> String {
    format!("This {label} block is empty. {COPY_AGAIN}")
}

/// END without BEGIN.
pub(super) fn missing_begin(label: &str) -> String {
    format!("END {label} stands here without a BEGIN line and a readable body before it. {COPY_AGAIN}")
}

/// A character that is no base64.
pub(super) fn stray_character(label: &str, character: char, line: usize) -> String {
    let shown = match character {
        _ if character.is_control() => format!("the control character U+{:04X}", u32::from(character)),
        '\0'..='\u{7f}' => format!("the character \u{201c}{character}\u{201d}"),
        _ => format!("the character \u{201c}{character}\u{201d} (U+{:04X})", u32::from(character)),
    };
    format!("This {label} block holds {shown} in line {line}, which is no base64. {COPY_AGAIN}")
}

/// The DER announces more bytes than the block has.
pub(super) fn cut(label: &str, present: usize, announced: usize, missing_end: bool) -> String {
    let end = if missing_end { "has no END line and is" } else { "is" };
    format!("This {label} block {end} cut after {present} of {announced} bytes. {COPY_AGAIN}")
}

/// A block without END that holds nothing readable.
pub(super) fn missing_end(label: &str) -> String {
    format!("This {label} block has no END line and no readable body. {COPY_AGAIN}")
}

/// The body is base64 of BER.
pub(super) fn ber(label: &str) -> String {
    format!(
        "This {label} block is written in BER: its length is indefinite (X.690, 8.1.3.6). A certificate must be in DER, \
         and most programs refuse it. Export the certificate again, as DER or PEM."
    )
}

/// The body is base64, but not of DER.
pub(super) fn not_der(label: &str, first: u8) -> String {
    format!(
        "This {label} block is no certificate: its first byte is 0x{first:02X} where DER has 0x30 (SEQUENCE). {COPY_AGAIN}"
    )
}

/// A DER certificate without PEM lines that is cut.
pub(super) fn cut_der(present: usize, announced: usize) -> String {
    format!("This DER is cut after {present} of {announced} bytes. Copy or export the certificate again as a whole.")
}

/// A Java keystore that breaks off at a byte.
pub(super) fn cut_keystore(name: &str, position: usize, read: u32, announced: u32) -> String {
    format!(
        "This Java keystore ({name}) breaks off or is damaged at byte {position}: {read} of its {announced} entries were read. Copy it \
         again as a binary file; `keytool -list -keystore FILE` says whether Java can read it."
    )
}

/// A Java keystore without entries.
pub(super) fn empty_keystore(name: &str) -> String {
    format!(
        "This Java keystore ({name}) has no entries. Import what it should trust with `keytool -importcert -alias ALIAS -file CA.pem \
         -keystore FILE`."
    )
}

const EXPORT_PKCS7: &str = "Convert it with `openssl pkcs7 -print_certs -in FILE` (add `-inform DER` if it is binary).";
const EXPORT_PKCS12: &str = "Export its certificates with `openssl pkcs12 -nokeys -in FILE`.";

/// PKCS#7 that is cut or damaged.
pub(super) fn damaged_pkcs7() -> String {
    format!("This PKCS#7 bundle is cut or damaged. Copy it again as a whole. {EXPORT_PKCS7}")
}

/// PKCS#7 of a type that holds no certificates in the clear.
pub(super) const PKCS7_WITHOUT_CERTIFICATES: &str =
    "This PKCS#7 is an encrypted message, not a bundle of certificates. Export the certificates themselves.";

/// PKCS#7 that is sound and holds none.
pub(super) const EMPTY_PKCS7: &str =
    "This PKCS#7 bundle holds no certificate. Export it again with the certificates included.";

/// PKCS#12 that is cut or damaged.
pub(super) fn damaged_pkcs12() -> String {
    format!("This PKCS#12 keystore is cut or damaged. Copy it again as a binary file. {EXPORT_PKCS12}")
}

/// PKCS#12 that is sound and holds nothing.
pub(super) const EMPTY_PKCS12: &str = "This PKCS#12 keystore is empty. Export it again with the certificates included.";

/// PKCS#12 whose password is none of those tried.
pub(super) const PASSWORD_NEEDED: &str = "This PKCS#12 keystore needs its password, which is neither empty nor `changeit`. Export its certificates with \
     `openssl pkcs12 -nokeys -in FILE`, which asks for it.";

/// PKCS#12 that is encrypted for a key pair.
pub(super) const PKCS12_FOR_A_KEY: &str = "This PKCS#12 keystore is encrypted with a public key instead of a password. Export its certificates where the key is.";

/// PKCS#12 with an algorithm that is not known here.
pub(super) fn unknown_encryption(algorithm: &str) -> String {
    format!(
        "This PKCS#12 keystore is encrypted with an algorithm that rootlens can't read ({algorithm}). {EXPORT_PKCS12} OpenSSL 3 needs `-legacy` for old ones."
    )
}

/// PKCS#12 that makes each attempt too expensive.
pub(super) fn too_many_rounds(rounds: u32) -> String {
    format!(
        "This PKCS#12 keystore asks for {rounds} rounds to try a password, which takes too long here. {EXPORT_PKCS12}"
    )
}

/// URL encoding or base64 beyond the limit.
pub(super) fn too_many_layers(encoding: &str, limit: u8) -> String {
    format!("This text is wrapped in {encoding} more than {limit} times. Undo some of it and try again.")
}

/// What a PEM block is that is no certificate; none where there is nothing to say.
pub(super) fn other_label(label: Label) -> Option<String> {
    match label {
        Label::Certificate | Label::X509Certificate | Label::TrustedCertificate => None,
        Label::PrivateKey | Label::Parameters | Label::Unknown => None,
        Label::Request => other_kind(Kind::Request),
        Label::RevocationList => other_kind(Kind::RevocationList),
        Label::Pkcs7 => other_kind(Kind::Pkcs7),
        Label::PublicKey => other_kind(Kind::PublicKey),
    }
}

/// A PEM block of a label that is none of the known ones. The label is not repeated: it may be the start of a key file.
pub(super) const UNKNOWN_LABEL: &str =
    "This block has an unknown label and holds no certificate. Give the certificate itself.";

/// What some DER is that is no certificate; none for certificates, keys and the unknown.
pub(super) fn other_kind(kind: Kind) -> Option<String> {
    let related = match kind {
        Kind::Request => RelatedKind::Request,
        Kind::RevocationList => RelatedKind::RevocationList,
        Kind::PublicKey => RelatedKind::PublicKey,
        Kind::Pkcs7 => return Some(damaged_pkcs7()),
        Kind::Pkcs12 => return Some(damaged_pkcs12()),
        Kind::Certificate | Kind::PrivateKey(_) | Kind::Other => return None,
    };
    Some(related.sentence().to_owned())
}

impl RelatedKind {
    /// Why it is no certificate, and what it is good for.
    pub fn sentence(self) -> &'static str {
        match self {
            RelatedKind::Request => {
                "This is a certificate request, not a certificate. Give the certificate that the CA issued for it."
            }
            RelatedKind::RevocationList => {
                "This is a revocation list (CRL), not a certificate. What it revokes among the certificates is a finding."
            }
            RelatedKind::PublicKey => {
                "This is a bare public key, not a certificate. Give the certificate that holds it."
            }
        }
    }
}
