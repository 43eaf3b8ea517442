//! .NET (`SslStream`, `X509Chain`) and Windows Schannel.

use super::Family;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Lead, Message};
use super::openssl::ANYTHING;
use super::speaker::{Side, Speaker};

pub(super) const FAMILY: Family = Family { speaker: Speaker::DotNet, leads: &[LEADS], messages: &[MESSAGES] };
pub(super) const SCHANNEL: Family = Family { speaker: Speaker::Schannel, leads: &[], messages: &[WINDOWS] };

const LEADS: &[Lead] = &[Lead::plain("The remote certificate is invalid because of errors in the certificate chain: ")];

const SOURCE: &str = "System.Net.Security, SslStream.VerifyRemoteCertificate, net_ssl_io_cert_chain_validation";
const ISSUER: &[Fault] =
    &[Fault::IssuerAbsent, Fault::MissingIntermediate, Fault::SameNameOtherKey, Fault::UnloadableFile];

const MESSAGES: &[Message] = &[
    Message::refusal(&["PartialChain"], ISSUER, SOURCE).excluding(&[Fault::SelfSigned]),
    Message::refusal(&["UntrustedRoot"], &[Fault::UntrustedRoot, Fault::SelfSigned, Fault::SameNameOtherKey], SOURCE)
        .excluding(&[Fault::MissingIntermediate]),
    Message::refusal(&["NotTimeValid"], &[Fault::Expired, Fault::NotYetValid], SOURCE),
    Message::refusal(&["NotSignatureValid"], &[Fault::SameNameOtherKey, Fault::BadSignature], SOURCE),
    Message::refusal(&["NotValidForUsage"], &[Fault::ExtendedKeyUsage, Fault::KeyUsage], SOURCE),
    Message::refusal(&["InvalidBasicConstraints"], &[Fault::NotACa, Fault::PathLength, Fault::CaAsEndEntity], SOURCE),
    Message::refusal(
        &["InvalidNameConstraints", "HasNotPermittedNameConstraint", "HasExcludedNameConstraint"],
        &[Fault::NameConstraints],
        SOURCE,
    ),
    Message::refusal(&["HasWeakSignature"], &[Fault::WeakSignature], SOURCE),
    Message::refusal(&["HasNotSupportedCriticalExtension"], &[Fault::CriticalExtension], SOURCE),
    Message::refusal(&["RevocationStatusUnknown", "OfflineRevocation"], &[Fault::Revoked], SOURCE)
        .or(Elsewhere::RevocationService),
    Message::refusal(&["RemoteCertificateNameMismatch"], &[Fault::HostName], "System.Net.Security, SslPolicyErrors")
        .about(Side::Server),
    Message::refusal(
        &["RemoteCertificateNotAvailable", "The remote certificate was not provided"],
        &[Fault::CertificateWithheld],
        "System.Net.Security, SslPolicyErrors",
    ),
    Message::vague(
        &["RemoteCertificateChainErrors", "The remote certificate is invalid according to the validation procedure"],
        ANYTHING,
        "System.Net.Security, net_ssl_io_cert_validation",
    ),
    Message::vague(
        &["The SSL connection could not be established, see inner exception"],
        ANYTHING,
        "System.Net.Http, net_http_ssl_connection_failed",
    )
    .or(Elsewhere::Algorithms),
    Message::vague(
        &["Could not establish trust relationship for the SSL/TLS secure channel"],
        ANYTHING,
        "System.Net.WebException, TrustFailure",
    ),
    Message::beside(
        &["Cannot determine the frame size or a corrupted frame was received"],
        Layer::Handshake,
        Elsewhere::NotTls,
        "System.Net.Security, net_frame_read_size",
    ),
    Message::beside(
        &[
            "Received an unexpected EOF or 0 bytes from the transport stream",
            "Authentication failed because the remote party has closed the transport stream",
        ],
        Layer::Handshake,
        Elsewhere::ClosedEarly,
        "System.Net.Security, net_auth_eof",
    ),
    Message::beside(
        &[
            "The credentials supplied to the package were not recognized",
            "The server mode SSL must use a certificate with the associated private key",
        ],
        Layer::Loading,
        Elsewhere::FileAccess,
        "System.Net.Security, net_ssl_io_no_server_cert",
    ),
    Message::vague(
        &["The remote certificate was rejected by the provided RemoteCertificateValidationCallback"],
        ANYTHING,
        "System.Net.Security, net_ssl_io_cert_custom_validation",
    ),
];

const WINDOWS: &[Message] = &[
    Message::refusal(
        &[
            "SEC_E_UNTRUSTED_ROOT",
            "0x80090325",
            "The certificate chain was issued by an authority that is not trusted",
            "CERT_E_UNTRUSTEDROOT",
            "0x800b0109",
            "0x800B0109",
        ],
        &[
            Fault::UntrustedRoot,
            Fault::SelfSigned,
            Fault::IssuerAbsent,
            Fault::SameNameOtherKey,
            Fault::MissingIntermediate,
        ],
        "winerror.h, SEC_E_UNTRUSTED_ROOT",
    ),
    Message::refusal(
        &[
            "CERT_E_CHAINING",
            "0x800b010a",
            "0x800B010A",
            "A certificate chain could not be built to a trusted root authority",
        ],
        ISSUER,
        "winerror.h, CERT_E_CHAINING",
    ),
    Message::refusal(
        &[
            "SEC_E_CERT_EXPIRED",
            "0x80090328",
            "CERT_E_EXPIRED",
            "0x800b0101",
            "0x800B0101",
            "The received certificate has expired",
        ],
        &[Fault::Expired, Fault::NotYetValid],
        "winerror.h, SEC_E_CERT_EXPIRED",
    ),
    Message::refusal(
        &[
            "SEC_E_WRONG_PRINCIPAL",
            "0x80090322",
            "The target principal name is incorrect",
            "CERT_E_CN_NO_MATCH",
            "0x800b010f",
            "0x800B010F",
        ],
        &[Fault::HostName],
        "winerror.h, SEC_E_WRONG_PRINCIPAL",
    ),
    Message::refusal(
        &["CERT_E_WRONG_USAGE", "0x800b0110", "0x800B0110"],
        &[Fault::ExtendedKeyUsage],
        "winerror.h, CERT_E_WRONG_USAGE",
    ),
    Message::refusal(
        &["TRUST_E_CERT_SIGNATURE", "0x80096004"],
        &[Fault::SameNameOtherKey, Fault::BadSignature],
        "winerror.h, TRUST_E_CERT_SIGNATURE",
    ),
    Message::refusal(
        &["TRUST_E_BASIC_CONSTRAINTS", "0x80096019"],
        &[Fault::NotACa, Fault::PathLength],
        "winerror.h, TRUST_E_BASIC_CONSTRAINTS",
    ),
    Message::refusal(
        &["CRYPT_E_NO_REVOCATION_CHECK", "0x80092012", "CRYPT_E_REVOCATION_OFFLINE", "0x80092013"],
        &[Fault::Revoked],
        "winerror.h, CRYPT_E_NO_REVOCATION_CHECK",
    )
    .or(Elsewhere::RevocationService),
    Message::vague(&["SEC_E_CERT_UNKNOWN", "0x80090327"], ANYTHING, "winerror.h, SEC_E_CERT_UNKNOWN"),
    Message::beside(
        &[
            "SEC_E_ALGORITHM_MISMATCH",
            "0x80090331",
            "The client and server cannot communicate, because they do not possess a common algorithm",
        ],
        Layer::Handshake,
        Elsewhere::Algorithms,
        "winerror.h, SEC_E_ALGORITHM_MISMATCH",
    ),
    Message::beside(
        &["SEC_E_ILLEGAL_MESSAGE", "0x80090326", "SEC_E_INVALID_TOKEN", "0x80090308"],
        Layer::Handshake,
        Elsewhere::NotTls,
        "winerror.h, SEC_E_ILLEGAL_MESSAGE",
    ),
];
