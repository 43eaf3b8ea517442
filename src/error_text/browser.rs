//! Browsers: Firefox with NSS, Chrome.

use super::Family;
use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Message};
use super::openssl::ANYTHING;
use super::speaker::{Side, Speaker};

pub(super) const FIREFOX: Family = Family { speaker: Speaker::Firefox, leads: &[], messages: &[NSS] };
pub(super) const CHROME: Family = Family { speaker: Speaker::Chrome, leads: &[], messages: &[NET_ERRORS] };

const SOURCE: &str = "lib/util/secerr.h; lib/ssl/sslerr.h; lib/ssl/ssl3con.c, ssl3_SendAlertForCertError";
const MOZILLA_PKIX: &str = "lib/mozpkix/include/pkix/pkixnss.h, MOZILLA_PKIX_ERROR_…";

const NSS: &[Message] = &[
    Message::refusal(
        &["SEC_ERROR_UNKNOWN_ISSUER", "Peer's Certificate issuer is not recognized."],
        &[
            Fault::IssuerAbsent,
            Fault::MissingIntermediate,
            Fault::UntrustedRoot,
            Fault::SameNameOtherKey,
            Fault::SelfSigned,
            Fault::NameEncoding,
            Fault::ChainTooLong,
            Fault::EmptyStore,
        ],
        SOURCE,
    )
    .sends(Alert::UnknownCa),
    Message::refusal(
        &["SEC_ERROR_UNTRUSTED_ISSUER", "Peer's certificate issuer has been marked as not trusted by the user."],
        &[Fault::UntrustedRoot, Fault::IssuerAbsent, Fault::SameNameOtherKey],
        SOURCE,
    )
    .sends(Alert::UnknownCa),
    Message::refusal(&["SEC_ERROR_UNTRUSTED_CERT"], &[Fault::SelfSigned], SOURCE).sends(Alert::AccessDenied),
    Message::refusal(&["SEC_ERROR_BAD_SIGNATURE"], &[Fault::SameNameOtherKey, Fault::BadSignature], SOURCE)
        .excluding(&[Fault::IssuerAbsent])
        .sends(Alert::BadCertificate),
    Message::refusal(
        &["SEC_ERROR_EXPIRED_CERTIFICATE", "Peer's Certificate has expired."],
        &[Fault::Expired, Fault::NotYetValid],
        SOURCE,
    )
    .sends(Alert::CertificateExpired),
    Message::refusal(
        &["SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE"],
        &[Fault::Expired, Fault::NotYetValid, Fault::ExpiredDuplicate],
        SOURCE,
    )
    .sends(Alert::UnknownCa),
    Message::refusal(&["SEC_ERROR_INADEQUATE_KEY_USAGE"], &[Fault::KeyUsage], SOURCE).sends(Alert::CertificateUnknown),
    Message::refusal(&["SEC_ERROR_INADEQUATE_CERT_TYPE"], &[Fault::ExtendedKeyUsage], SOURCE)
        .sends(Alert::CertificateUnknown),
    Message::refusal(&["SEC_ERROR_CA_CERT_INVALID"], &[Fault::NotACa, Fault::KeyUsage], SOURCE)
        .sends(Alert::BadCertificate),
    Message::refusal(&["SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID"], &[Fault::PathLength], SOURCE)
        .sends(Alert::BadCertificate),
    Message::refusal(&["SEC_ERROR_CERT_NOT_IN_NAME_SPACE"], &[Fault::NameConstraints], SOURCE)
        .sends(Alert::BadCertificate),
    Message::refusal(&["SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED"], &[Fault::WeakSignature, Fault::WeakKey], SOURCE)
        .sends(Alert::BadCertificate),
    Message::refusal(&["SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION"], &[Fault::CriticalExtension], SOURCE)
        .sends(Alert::BadCertificate),
    Message::refusal(
        &["SEC_ERROR_BAD_DER", "SEC_ERROR_REUSED_ISSUER_AND_SERIAL", "SEC_ERROR_EXTENSION_VALUE_INVALID"],
        &[Fault::Unparsable],
        SOURCE,
    )
    .sends(Alert::BadCertificate),
    Message::refusal(
        &["SEC_ERROR_REVOKED_CERTIFICATE", "SEC_ERROR_OCSP_SERVER_ERROR", "SEC_ERROR_OCSP_OLD_RESPONSE"],
        &[Fault::Revoked],
        SOURCE,
    )
    .or(Elsewhere::RevocationService)
    .sends(Alert::CertificateRevoked),
    Message::refusal(
        &["SSL_ERROR_BAD_CERT_DOMAIN", "requested domain name does not match the server's certificate"],
        &[Fault::HostName],
        SOURCE,
    )
    .about(Side::Server),
    Message::refusal(
        &["MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT"],
        &[Fault::SelfSigned, Fault::UntrustedRoot],
        MOZILLA_PKIX,
    ),
    Message::refusal(
        &["MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY"],
        &[Fault::CaAsEndEntity, Fault::LeafNotFirst],
        MOZILLA_PKIX,
    ),
    Message::refusal(&["MOZILLA_PKIX_ERROR_V1_CERT_USED_AS_CA"], &[Fault::NotACa], MOZILLA_PKIX),
    Message::refusal(
        &["MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE", "MOZILLA_PKIX_ERROR_NOT_YET_VALID_ISSUER_CERTIFICATE"],
        &[Fault::NotYetValid],
        MOZILLA_PKIX,
    ),
    Message::refusal(&["MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE"], &[Fault::WeakKey], MOZILLA_PKIX),
    Message::refusal(&["MOZILLA_PKIX_ERROR_MITM_DETECTED"], &[Fault::UntrustedRoot, Fault::IssuerAbsent], MOZILLA_PKIX),
    Message::received(&["SSL_ERROR_UNKNOWN_CA_ALERT"], Alert::UnknownCa, SOURCE),
    Message::received(&["SSL_ERROR_BAD_CERT_ALERT"], Alert::BadCertificate, SOURCE),
    Message::received(&["SSL_ERROR_EXPIRED_CERT_ALERT"], Alert::CertificateExpired, SOURCE),
    Message::received(&["SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT"], Alert::CertificateRequired, SOURCE)
        .about(Side::Client),
    Message::refusal(&["SSL_ERROR_NO_CERTIFICATE"], &[Fault::CertificateWithheld], SOURCE).about(Side::Client),
    Message::beside(&["SSL_ERROR_RX_RECORD_TOO_LONG"], Layer::Handshake, Elsewhere::NotTls, SOURCE),
    Message::beside(
        &["SSL_ERROR_UNSUPPORTED_VERSION", "SSL_ERROR_PROTOCOL_VERSION_ALERT"],
        Layer::Handshake,
        Elsewhere::ProtocolVersion,
        SOURCE,
    ),
    Message::beside(
        &["SSL_ERROR_NO_CYPHER_OVERLAP", "SSL_ERROR_HANDSHAKE_FAILURE_ALERT"],
        Layer::Handshake,
        Elsewhere::Algorithms,
        SOURCE,
    ),
    Message::beside(&["SSL_ERROR_UNRECOGNIZED_NAME_ALERT"], Layer::Handshake, Elsewhere::ServerName, SOURCE),
    Message::beside(&["SSL_ERROR_INTERNAL_ERROR_ALERT"], Layer::Handshake, Elsewhere::PeerFault, SOURCE),
    Message::beside(
        &["PR_END_OF_FILE_ERROR", "PR_CONNECT_RESET_ERROR"],
        Layer::Handshake,
        Elsewhere::ClosedEarly,
        "nsprpub/pr/include/prerr.h",
    ),
];

const ERRORS: &str = "net/base/net_error_list.h";

const NET_ERRORS: &[Message] = &[
    Message::refusal(
        &["ERR_CERT_AUTHORITY_INVALID"],
        &[
            Fault::UntrustedRoot,
            Fault::IssuerAbsent,
            Fault::MissingIntermediate,
            Fault::SelfSigned,
            Fault::SameNameOtherKey,
        ],
        ERRORS,
    )
    .excluding(&[Fault::Expired]),
    Message::refusal(&["ERR_CERT_COMMON_NAME_INVALID"], &[Fault::HostName], ERRORS).about(Side::Server),
    Message::refusal(&["ERR_CERT_DATE_INVALID"], &[Fault::Expired, Fault::NotYetValid], ERRORS),
    Message::refusal(&["ERR_CERT_WEAK_SIGNATURE_ALGORITHM"], &[Fault::WeakSignature], ERRORS),
    Message::refusal(&["ERR_CERT_WEAK_KEY"], &[Fault::WeakKey], ERRORS),
    Message::refusal(&["ERR_CERT_NAME_CONSTRAINT_VIOLATION"], &[Fault::NameConstraints], ERRORS),
    Message::refusal(&["ERR_CERT_REVOKED", "ERR_CERT_UNABLE_TO_CHECK_REVOCATION"], &[Fault::Revoked], ERRORS)
        .or(Elsewhere::RevocationService),
    Message::vague(&["ERR_CERT_INVALID"], ANYTHING, ERRORS),
    Message::refusal(&["ERR_SSL_KEY_USAGE_INCOMPATIBLE"], &[Fault::KeyUsage], ERRORS),
    Message::received(&["ERR_BAD_SSL_CLIENT_AUTH_CERT"], Alert::BadCertificate, ERRORS).about(Side::Client),
    Message::refusal(&["ERR_SSL_CLIENT_AUTH_CERT_NEEDED"], &[Fault::CertificateWithheld], ERRORS).about(Side::Client),
    Message::beside(&["ERR_SSL_PROTOCOL_ERROR"], Layer::Handshake, Elsewhere::NotTls, ERRORS),
    Message::beside(&["ERR_SSL_VERSION_OR_CIPHER_MISMATCH"], Layer::Handshake, Elsewhere::Algorithms, ERRORS),
    Message::beside(&["ERR_SSL_UNRECOGNIZED_NAME_ALERT"], Layer::Handshake, Elsewhere::ServerName, ERRORS),
    Message::beside(&["ERR_CONNECTION_REFUSED"], Layer::Network, Elsewhere::Refused, ERRORS),
    Message::beside(
        &["ERR_CONNECTION_RESET", "ERR_CONNECTION_CLOSED", "ERR_EMPTY_RESPONSE"],
        Layer::Network,
        Elsewhere::Reset,
        ERRORS,
    ),
    Message::beside(&["ERR_CONNECTION_TIMED_OUT", "ERR_TIMED_OUT"], Layer::Network, Elsewhere::Timeout, ERRORS),
    Message::beside(&["ERR_NAME_NOT_RESOLVED"], Layer::Network, Elsewhere::NameResolution, ERRORS),
    Message::beside(
        &["ERR_ADDRESS_UNREACHABLE", "ERR_INTERNET_DISCONNECTED"],
        Layer::Network,
        Elsewhere::Unreachable,
        ERRORS,
    ),
];
