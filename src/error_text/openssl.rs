//! OpenSSL: the errors of `X509_verify_cert`, the alerts it receives, and what its loaders and handshake say.

use super::Family;
use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Lead, Message};
use super::speaker::{Side, Speaker};
use super::{openssl_programs, openssl_tls};

pub(super) const FAMILY: Family = Family {
    speaker: Speaker::OpenSsl,
    leads: &[LEADS, openssl_programs::LEADS],
    messages: &[MESSAGES, openssl_programs::MESSAGES, openssl_tls::MESSAGES],
};

/// What the commands of OpenSSL and the programs that are built on it write in front of an error's text. The speaker
/// of the commands is OpenSSL itself.
const LEADS: &[Lead] = &[
    // `apps/verify.c` (`cb`), `apps/lib/s_cb.c` (`verify_callback`), `apps/s_client.c` (`print_stuff`).
    Lead::plain("error {number} at {depth} depth lookup: "),
    Lead::plain("error {number} at {depth} depth lookup:"),
    Lead::plain("verify error:num={number}:"),
    Lead::plain("Verification error: {number} ("),
    Lead::plain("Verify return code: {number} ("),
    Lead::plain("Verification error: "),
    // `ngx_http_request.c`, `ngx_http_upstream.c`; the variable `$ssl_client_verify`.
    Lead::of("client SSL certificate verify error: ({number}:", Speaker::Nginx).about(Side::Client),
    Lead::of("upstream SSL certificate verify error: ({number}:", Speaker::Nginx).about(Side::Server),
    Lead::of("FAILED:", Speaker::Nginx).about(Side::Client),
    // `lib/vtls/openssl.c`, `ossl_connect_step2`; git and libgit2 pass it on.
    Lead::of("SSL certificate problem: ", Speaker::Curl).about(Side::Server),
    Lead::of("SSL certificate verify result: ", Speaker::Curl).about(Side::Server),
    Lead::of("curl: ({number}) OpenSSL/{version}: error:{code}:", Speaker::Curl).about(Side::Server),
    // `_ssl.c`, `fill_and_set_sslerror`.
    Lead::of("CERTIFICATE_VERIFY_FAILED] certificate verify failed: ", Speaker::Python),
    Lead::of("certificate verify failed: ", Speaker::Python),
    // BoringSSL, as gRPC has it.
    Lead::plain("CERTIFICATE_VERIFY_FAILED: "),
    // `ossl_ssl.c`, `ossl_start_ssl`.
    Lead::of("certificate verify failed (", Speaker::Ruby),
    // `ssl_engine_kernel.c`, `ssl_callback_SSLVerify`.
    Lead::of("Certificate Verification: Error ({number}): ", Speaker::Apache),
    // `verify.c` of stunnel.
    Lead::of("CERT: Pre-verification error: ", Speaker::Stunnel),
    Lead::of("CERT: Verification error: ", Speaker::Stunnel),
    // `default_validator.cc`, `DefaultCertValidator::verifyCertChainUsingTrustBundleStore`.
    Lead::of("X509_verify_cert: certificate verification error at depth {depth}: ", Speaker::Envoy),
    Lead::of("verify cert failed: ", Speaker::Envoy),
    // `ssl_sock.c` with `%[ssl_fc_err_str]`-like formats.
    Lead::of("SSL client certificate not trusted: ", Speaker::Haproxy).about(Side::Client),
    // PostgreSQL, OpenVPN, Postfix, OpenLDAP, MySQL.
    Lead::plain("VERIFY ERROR: depth={depth}, error="),
    // Programs that write OpenSSL's text behind a word of their own.
    Lead::plain("Error: "),
    Lead::plain("error: "),
    Lead::plain("reason: "),
    Lead::plain("SSL error: "),
    Lead::plain("SSL: "),
    Lead::plain("certificate verification failed for {host}: "),
    Lead::plain("SSL peer certificate validation failed: "),
    Lead::plain("peer certificate verification failed: "),
    Lead::plain("verification failed: "),
];

/// What leaves the issuer unfound.
pub(super) const ISSUER: &[Fault] = &[
    Fault::IssuerAbsent,
    Fault::MissingIntermediate,
    Fault::SameNameOtherKey,
    Fault::KeyIdMismatch,
    Fault::AuthoritySerialMismatch,
    Fault::UnloadableFile,
    Fault::EndEntityTrusted,
    Fault::ChainTooLong,
    Fault::EmptyStore,
    Fault::AmbiguousStore,
];

const SOURCE: &str = "crypto/x509/x509_txt.c, X509_verify_cert_error_string; ssl/statem/statem_lib.c, x509table";

/// Anything that makes a verifier refuse.
pub(super) const ANYTHING: &[Fault] = &[
    Fault::IssuerAbsent,
    Fault::MissingIntermediate,
    Fault::SelfSigned,
    Fault::UntrustedRoot,
    Fault::SameNameOtherKey,
    Fault::Expired,
    Fault::HostName,
    Fault::AnchorNotSelfSigned,
    Fault::NotACa,
    Fault::KeyUsage,
    Fault::ExtendedKeyUsage,
    Fault::NotYetValid,
    Fault::KeyIdMismatch,
    Fault::NameConstraints,
    Fault::PathLength,
    Fault::UnloadableFile,
];

const MESSAGES: &[Message] = &[
    // One fault: whoever goes on after the first reports the second too (`crypto/x509/x509_vfy.c`, verify_chain).
    Message::refusal(
        &["unable to get local issuer certificate", "unable to verify the first certificate"],
        ISSUER,
        SOURCE,
    )
    .excluding(&[Fault::Expired])
    .sends(Alert::UnknownCa),
    Message::refusal(
        &["unable to get issuer certificate"],
        &[Fault::AnchorNotSelfSigned, Fault::MissingIntermediate, Fault::UntrustedRoot],
        SOURCE,
    )
    .sends(Alert::UnknownCa),
    Message::refusal(&["certificate signature failure"], &[Fault::SameNameOtherKey, Fault::BadSignature], SOURCE)
        .excluding(&[Fault::IssuerAbsent])
        .sends(Alert::DecryptError),
    Message::refusal(&["certificate has expired"], &[Fault::Expired, Fault::ExpiredDuplicate], SOURCE)
        .behind_a_lead()
        .excluding(&[Fault::IssuerAbsent])
        .sends(Alert::CertificateExpired),
    Message::refusal(
        &["certificate is not yet valid", "certificate is not yet valid or the system clock is incorrect"],
        &[Fault::NotYetValid],
        SOURCE,
    )
    .sends(Alert::BadCertificate),
    Message::refusal(
        &["self-signed certificate", "self signed certificate"],
        &[Fault::SelfSigned, Fault::LeafNamedAsIssuer],
        SOURCE,
    )
    .behind_a_lead()
    .sends(Alert::UnknownCa),
    Message::refusal(
        &["self-signed certificate in certificate chain", "self signed certificate in certificate chain"],
        &[Fault::UntrustedRoot, Fault::SameNameOtherKey, Fault::UnloadableFile, Fault::EmptyStore],
        SOURCE,
    )
    .excluding(&[Fault::MissingIntermediate])
    .sends(Alert::UnknownCa),
    Message::refusal(&["certificate chain too long"], &[Fault::ChainTooLong], SOURCE).sends(Alert::UnknownCa),
    Message::refusal(&["invalid CA certificate"], &[Fault::NotACa, Fault::KeyUsage], SOURCE).sends(Alert::UnknownCa),
    Message::refusal(&["invalid non-CA certificate (has CA markings)"], &[Fault::CaAsEndEntity], SOURCE),
    Message::refusal(&["path length constraint exceeded"], &[Fault::PathLength], SOURCE).sends(Alert::UnknownCa),
    Message::refusal(
        &["unsuitable certificate purpose", "unsupported certificate purpose"],
        &[Fault::ExtendedKeyUsage, Fault::LeafNotFirst, Fault::CaAsEndEntity, Fault::NotACa, Fault::KeyUsage],
        SOURCE,
    )
    .sends(Alert::UnsupportedCertificate),
    Message::refusal(&["key usage does not include certificate signing"], &[Fault::KeyUsage], SOURCE),
    Message::refusal(&["key usage does not include digital signature"], &[Fault::KeyUsage], SOURCE),
    Message::refusal(&["authority and subject key identifier mismatch"], &[Fault::KeyIdMismatch], SOURCE),
    Message::refusal(&["authority and issuer serial number mismatch"], &[Fault::AuthoritySerialMismatch], SOURCE),
    Message::refusal(&["unhandled critical extension"], &[Fault::CriticalExtension], SOURCE),
    Message::refusal(
        &[
            "permitted subtree violation",
            "excluded subtree violation",
            "name constraints minimum and maximum not supported",
            "unsupported name constraint type",
        ],
        &[Fault::NameConstraints],
        SOURCE,
    ),
    Message::refusal(
        &["Hostname mismatch, certificate is not valid for '{host}'", "hostname mismatch", "Hostname mismatch"],
        &[Fault::HostName],
        SOURCE,
    )
    .about(Side::Server)
    .sends(Alert::BadCertificate),
    Message::refusal(
        &["IP address mismatch, certificate is not valid for '{host}'", "IP address mismatch"],
        &[Fault::HostName],
        SOURCE,
    )
    .about(Side::Server)
    .sends(Alert::BadCertificate),
    Message::refusal(&["EE certificate key too weak"], &[Fault::WeakKey], SOURCE).sends(Alert::BadCertificate),
    Message::refusal(&["CA certificate key too weak"], &[Fault::WeakKey], SOURCE).sends(Alert::BadCertificate),
    Message::refusal(&["CA signature digest algorithm too weak"], &[Fault::WeakSignature], SOURCE)
        .sends(Alert::BadCertificate),
    Message::refusal(&["Missing Authority Key Identifier"], &[Fault::KeyIdsAbsent], SOURCE),
    Message::refusal(&["Missing Subject Key Identifier"], &[Fault::KeyIdsAbsent], SOURCE),
    Message::refusal(
        &["Basic Constraints of CA cert not marked critical"],
        &[Fault::BasicConstraintsNotCritical],
        SOURCE,
    ),
    Message::refusal(&["CA cert does not include key usage extension"], &[Fault::KeyUsage], SOURCE),
    Message::refusal(
        &[
            "Path length invalid for non-CA cert",
            "Path length given without key usage keyCertSign",
            "Key usage keyCertSign invalid for non-CA cert",
            "Issuer name empty",
            "Subject name empty",
            "Empty Subject Alternative Name extension",
            "Subject empty and Subject Alt Name extension not critical",
            "Using cert extension requires at least X509v3",
        ],
        &[Fault::StrictProfile, Fault::KeyUsage],
        SOURCE,
    ),
    Message::refusal(
        &[
            "unable to decode issuer public key",
            "format error in certificate's notBefore field",
            "format error in certificate's notAfter field",
            "issuer certificate doesn't have a public key",
        ],
        &[Fault::Unparsable],
        SOURCE,
    )
    .sends(Alert::BadCertificate),
    Message::refusal(&["certificate revoked"], &[Fault::Revoked], SOURCE)
        .behind_a_lead()
        .or(Elsewhere::RevocationService)
        .sends(Alert::CertificateRevoked),
    Message::refusal(&["unable to get certificate CRL", "CRL has expired"], &[Fault::Revoked], SOURCE)
        .or(Elsewhere::RevocationService)
        .sends(Alert::UnknownCa),
    Message::vague(
        &[
            "application verification failure",
            "certificate verify failed",
            "CERTIFICATE_VERIFY_FAILED",
            "CERTIFICATE_VERIFY_FAILED] certificate verify failed",
        ],
        ANYTHING,
        "ssl/ssl_err.c, SSL_R_CERTIFICATE_VERIFY_FAILED",
    ),
    Message::refusal(
        &["peer did not return a certificate", "PEER_DID_NOT_RETURN_A_CERTIFICATE"],
        &[Fault::CertificateWithheld],
        "ssl/ssl_err.c, SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE",
    )
    .about(Side::Client)
    .excluding(&[Fault::SameNameOtherKey])
    .sends(Alert::CertificateRequired),
    Message::loading(
        &["key values mismatch", "KEY_VALUES_MISMATCH", "key type mismatch", "KEY_TYPE_MISMATCH"],
        &[Fault::LeafNotFirst, Fault::KeyMismatch],
        "crypto/x509/x509_err.c, X509_R_KEY_VALUES_MISMATCH",
    ),
    Message::loading(
        &[
            "PEM routines::no start line",
            "PEM routines:PEM_read_bio:no start line",
            "PEM routines:get_name:no start line",
            "PEM routines::bad base64 decode",
            "PEM routines::bad end line",
            "NO_START_LINE",
            "asn1 encoding routines::wrong tag",
            "asn1 encoding routines::not enough data",
            "no certificate or crl found",
        ],
        &[Fault::UnloadableFile],
        "crypto/pem/pem_err.c; crypto/asn1/asn1_err.c",
    )
    .or(Elsewhere::FileAccess),
    Message::loading(
        &["ee key too small", "EE_KEY_TOO_SMALL", "ca key too small"],
        &[Fault::WeakKey],
        "ssl/ssl_err.c, SSL_R_EE_KEY_TOO_SMALL",
    ),
    // curl prints the first error of OpenSSL's queue, which a wrong signature puts there.
    Message::refusal(
        &["asn1 encoding routines::EVP lib", "asn1 encoding routines:ASN1_item_verify:EVP lib"],
        &[Fault::SameNameOtherKey, Fault::BadSignature],
        "crypto/asn1/a_verify.c, ASN1_item_verify_ctx",
    )
    .sends(Alert::DecryptError),
    Message::loading(
        &["ca md too weak", "CA_MD_TOO_WEAK"],
        &[Fault::WeakSignature],
        "ssl/ssl_err.c, SSL_R_CA_MD_TOO_WEAK",
    ),
];

#[cfg(test)]
mod tests {
    use crate::error_text::{Fault, Speaker, recognize};

    #[test]
    fn the_longest_words_count_and_the_program_is_told_by_what_stands_in_front() {
        for (text, speaker, first) in [
            (
                "verify error:num=19:self-signed certificate in certificate chain",
                Speaker::OpenSsl,
                Fault::UntrustedRoot,
            ),
            ("verify error:num=18:self-signed certificate", Speaker::OpenSsl, Fault::SelfSigned),
            ("client SSL certificate verify error: (10:certificate has expired) while", Speaker::Nginx, Fault::Expired),
            (
                "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1)",
                Speaker::Python,
                Fault::Expired,
            ),
            ("certificate verify failed (unable to get issuer certificate)", Speaker::Ruby, Fault::AnchorNotSelfSigned),
        ] {
            let lines = recognize(text);
            let [line] = lines.as_slice() else { panic!("{text}: {lines:?}") };
            assert_eq!((line.speaker, line.message.faults[0]), (speaker, first), "{text}");
        }
    }
}
