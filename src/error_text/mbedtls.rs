//! mbedTLS: devices, OpenVPN and ESP-IDF built on it.

use super::Family;
use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Lead, Message};
use super::speaker::Speaker;

pub(super) const FAMILY: Family = Family { speaker: Speaker::MbedTls, leads: &[LEADS], messages: &[MESSAGES] };

const LEADS: &[Lead] = &[Lead::plain("flags=0x{flags} "), Lead::plain("VERIFY ERROR: depth={depth}, subject={name}: ")];

const SOURCE: &str = "library/x509_crt.c, x509_crt_verify_strings; library/ssl_tls.c, ssl_parse_certificate_verify";

const MESSAGES: &[Message] = &[
    Message::refusal(
        &["The certificate is not correctly signed by the trusted CA", "MBEDTLS_X509_BADCERT_NOT_TRUSTED"],
        &[
            Fault::SameNameOtherKey,
            Fault::MissingIntermediate,
            Fault::IssuerAbsent,
            Fault::NotACa,
            Fault::KeyUsage,
            Fault::SelfSigned,
            Fault::UntrustedRoot,
            Fault::PathLength,
            Fault::NameConstraints,
            Fault::EndEntityTrusted,
            Fault::NameEncoding,
            Fault::UnloadableFile,
            Fault::EmptyStore,
            Fault::CriticalExtension,
        ],
        SOURCE,
    )
    .excluding(&[Fault::Expired, Fault::ExtendedKeyUsage])
    .sends(Alert::UnknownCa),
    Message::refusal(
        &["The certificate validity has expired", "MBEDTLS_X509_BADCERT_EXPIRED"],
        &[Fault::Expired, Fault::ExpiredDuplicate],
        SOURCE,
    )
    .sends(Alert::CertificateExpired),
    Message::refusal(
        &["The certificate validity starts in the future", "MBEDTLS_X509_BADCERT_FUTURE"],
        &[Fault::NotYetValid],
        SOURCE,
    )
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &["Usage does not match the extendedKeyUsage extension", "MBEDTLS_X509_BADCERT_EXT_KEY_USAGE"],
        &[Fault::ExtendedKeyUsage],
        SOURCE,
    )
    .sends(Alert::UnsupportedCertificate),
    Message::refusal(
        &["Usage does not match the keyUsage extension", "MBEDTLS_X509_BADCERT_KEY_USAGE"],
        &[Fault::KeyUsage],
        SOURCE,
    )
    .sends(Alert::UnsupportedCertificate),
    Message::refusal(
        &["The certificate Common Name (CN) does not match with the expected CN", "MBEDTLS_X509_BADCERT_CN_MISMATCH"],
        &[Fault::HostName],
        SOURCE,
    )
    .sends(Alert::BadCertificate),
    Message::refusal(
        &["The certificate is signed with an unacceptable hash.", "MBEDTLS_X509_BADCERT_BAD_MD"],
        &[Fault::WeakSignature],
        SOURCE,
    )
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &[
            "The certificate is signed with an unacceptable key (eg bad curve, RSA too short).",
            "MBEDTLS_X509_BADCERT_BAD_KEY",
        ],
        &[Fault::WeakKey],
        SOURCE,
    )
    .sends(Alert::UnsupportedCertificate),
    Message::refusal(
        &["Certificate was missing", "MBEDTLS_X509_BADCERT_MISSING"],
        &[Fault::CertificateWithheld],
        SOURCE,
    ),
    Message::refusal(
        &["The certificate has been revoked (is on a CRL)", "MBEDTLS_X509_BADCERT_REVOKED"],
        &[Fault::Revoked],
        SOURCE,
    )
    .or(Elsewhere::RevocationService),
    Message::vague(
        &[
            "X509 - Certificate verification failed, e.g. CRL, CA or signature check failed",
            "MBEDTLS_ERR_X509_CERT_VERIFY_FAILED",
            "mbedtls_ssl_handshake returned -0x2700",
            "mbedtls_ssl_handshake returned -9984",
            "x509_verify_cert() returned -9984",
            "Failed to verify peer certificate!",
        ],
        super::openssl::ANYTHING,
        "include/mbedtls/x509.h, MBEDTLS_ERR_X509_CERT_VERIFY_FAILED",
    ),
    Message::refusal(
        &[
            "X509 - A fatal error occurred, e.g. the chain is too long or the vrfy callback failed",
            "MBEDTLS_ERR_X509_FATAL_ERROR",
        ],
        &[Fault::ChainTooLong],
        "include/mbedtls/x509.h, MBEDTLS_ERR_X509_FATAL_ERROR",
    ),
    Message::beside(
        &[
            "SSL - A fatal alert message was received from our peer",
            "MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE",
            "mbedtls_ssl_handshake returned -0x7780",
        ],
        Layer::Handshake,
        Elsewhere::PeerFault,
        "include/mbedtls/ssl.h, MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE",
    ),
    Message::refusal(
        &[
            "SSL - No client certification received from the client, but required by the \
        authentication mode",
            "MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE",
        ],
        &[Fault::CertificateWithheld],
        "include/mbedtls/ssl.h, MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE",
    ),
    Message::refusal(
        &[
            "X509 - The CRT/CRL/CSR format is invalid, e.g. different type expected",
            "PEM - No PEM header or footer found",
            "MBEDTLS_ERR_PEM_NO_HEADER_FOOTER_PRESENT",
            "mbedtls_x509_crt_parse returned -{code}",
        ],
        &[Fault::Unparsable, Fault::UnloadableFile],
        "include/mbedtls/pem.h, x509.h",
    )
    .at(Layer::Loading),
    Message::beside(
        &[
            "SSL - The connection indicated an EOF",
            "MBEDTLS_ERR_SSL_CONN_EOF",
            "NET - Connection was reset by peer",
            "mbedtls_ssl_handshake returned -0x7280",
        ],
        Layer::Handshake,
        Elsewhere::ClosedEarly,
        "include/mbedtls/ssl.h, MBEDTLS_ERR_SSL_CONN_EOF",
    ),
    Message::beside(
        &[
            "SSL - An invalid SSL record was received",
            "MBEDTLS_ERR_SSL_INVALID_RECORD",
            "mbedtls_ssl_handshake returned -0x7200",
        ],
        Layer::Handshake,
        Elsewhere::NotTls,
        "include/mbedtls/ssl.h, MBEDTLS_ERR_SSL_INVALID_RECORD",
    ),
];
