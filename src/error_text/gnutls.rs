//! GnuTLS, and wget and git where they are built with it.

use super::Family;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Lead, Message};
use super::speaker::Speaker;

pub(super) const FAMILY: Family = Family { speaker: Speaker::GnuTls, leads: &[LEADS], messages: &[MESSAGES] };

const LEADS: &[Lead] = &[
    Lead::plain("Status: "),
    Lead::plain("Not verified. "),
    Lead::plain("The certificate is NOT trusted. "),
    // `src/gnutls.c` of wget, `gnutls_check_certificate`.
    Lead::plain("ERROR: cannot verify {host}'s certificate, issued by {name}: "),
];

const SOURCE: &str = "lib/cert-cred.c, gnutls_certificate_verification_status_print";

const MESSAGES: &[Message] = &[
    Message::refusal(
        &["The certificate issuer is unknown.", "hasn't got a known issuer", "doesn't have a known issuer"],
        &[
            Fault::IssuerAbsent,
            Fault::MissingIntermediate,
            Fault::SameNameOtherKey,
            Fault::NameEncoding,
            Fault::SelfSigned,
            Fault::UntrustedRoot,
            Fault::KeyIdMismatch,
            Fault::EndEntityTrusted,
            Fault::UnloadableFile,
            Fault::EmptyStore,
        ],
        SOURCE,
    ),
    Message::refusal(
        &["The signature in the certificate is invalid."],
        &[Fault::SameNameOtherKey, Fault::BadSignature],
        SOURCE,
    )
    .excluding(&[Fault::IssuerAbsent]),
    Message::refusal(&["The certificate issuer is not a CA."], &[Fault::NotACa, Fault::SelfSigned], SOURCE),
    Message::refusal(
        &["The certificate chain violates the signer's constraints."],
        &[Fault::KeyUsage, Fault::PathLength, Fault::NameConstraints, Fault::NotACa, Fault::SelfSigned],
        SOURCE,
    ),
    Message::refusal(
        &["The certificate chain does not match the intended purpose."],
        &[Fault::ExtendedKeyUsage],
        SOURCE,
    ),
    Message::refusal(
        &["The certificate chain uses expired certificate.", "Issued certificate has expired."],
        &[Fault::Expired, Fault::ExpiredDuplicate],
        SOURCE,
    ),
    Message::refusal(
        &["The certificate chain uses not yet valid certificate.", "Issued certificate not yet valid."],
        &[Fault::NotYetValid],
        SOURCE,
    ),
    Message::refusal(
        &["The certificate chain uses insecure algorithm."],
        &[Fault::WeakSignature, Fault::WeakKey],
        SOURCE,
    ),
    Message::refusal(&["The name in the certificate does not match the expected."], &[Fault::HostName], SOURCE),
    Message::refusal(&["The certificate contains an unknown critical extension."], &[Fault::CriticalExtension], SOURCE),
    Message::refusal(&["The certificate chain is revoked."], &[Fault::Revoked], SOURCE)
        .or(Elsewhere::RevocationService),
    // wget has the words of its own.
    Message::refusal(
        &["Unable to locally verify the issuer's authority."],
        &[Fault::IssuerAbsent, Fault::MissingIntermediate, Fault::SameNameOtherKey, Fault::UntrustedRoot],
        "src/openssl.c of wget, ssl_check_certificate",
    ),
    Message::refusal(
        &["Self-signed certificate encountered."],
        &[Fault::UntrustedRoot, Fault::SelfSigned],
        "src/openssl.c of wget, ssl_check_certificate",
    ),
    Message::refusal(
        &[
            "no certificate subject alternative name matches requested host name '{host}'",
            "certificate common name '{names}' doesn't match requested host name '{host}'",
            "The certificate's owner does not match hostname '{host}'",
        ],
        &[Fault::HostName],
        "src/openssl.c, src/gnutls.c of wget",
    ),
    Message::vague(
        &[
            "Error in the certificate verification.",
            "GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR",
            "gnutls_handshake() failed: Error in the certificate verification",
            "The certificate of '{host}' is not trusted.",
        ],
        super::openssl::ANYTHING,
        "lib/errors.c, GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR",
    ),
    Message::refusal(
        &["No certificate was found.", "GNUTLS_E_NO_CERTIFICATE_FOUND"],
        &[Fault::CertificateWithheld],
        "lib/errors.c, GNUTLS_E_NO_CERTIFICATE_FOUND",
    ),
    Message::loading(
        &["Base64 unexpected header error.", "ASN1 parser: Error in TAG.", "Base64 decoding error."],
        &[Fault::UnloadableFile],
        "lib/errors.c, GNUTLS_E_BASE64_UNEXPECTED_HEADER_ERROR",
    ),
    Message::loading(
        &["The provided X.509 certificate list is not sorted"],
        &[Fault::WrongOrder, Fault::LeafNotFirst],
        "lib/errors.c, GNUTLS_E_CERTIFICATE_LIST_UNSORTED",
    ),
    Message::loading(
        &["There is a certificate-key mismatch", "The certificate and the given key do not match."],
        &[Fault::KeyMismatch, Fault::LeafNotFirst],
        "lib/errors.c, GNUTLS_E_CERTIFICATE_KEY_MISMATCH",
    ),
    Message::beside(
        &[
            "The TLS connection was non-properly terminated.",
            "GnuTLS: Error in the pull function.",
            "Error in the pull function.",
        ],
        Layer::Handshake,
        Elsewhere::ClosedEarly,
        "lib/errors.c, GNUTLS_E_PREMATURE_TERMINATION",
    ),
    Message::beside(
        &["An unexpected TLS packet was received.", "gnutls_handshake() failed: An unexpected TLS packet was received"],
        Layer::Handshake,
        Elsewhere::NotTls,
        "lib/errors.c, GNUTLS_E_UNEXPECTED_PACKET",
    ),
    Message::beside(
        &["A packet with illegal or unsupported version was received."],
        Layer::Handshake,
        Elsewhere::ProtocolVersion,
        "lib/errors.c, GNUTLS_E_UNSUPPORTED_VERSION_PACKET",
    ),
    Message::beside(
        &["No supported cipher suites have been found.", "No or insufficient priorities were set."],
        Layer::Handshake,
        Elsewhere::Algorithms,
        "lib/errors.c, GNUTLS_E_NO_CIPHER_SUITES",
    ),
    Message::beside(
        &["The server name sent was not recognized"],
        Layer::Handshake,
        Elsewhere::ServerName,
        "lib/errors.c, GNUTLS_E_UNRECOGNIZED_NAME",
    ),
];
