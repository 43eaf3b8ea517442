//! Java: JSSE, the PKIX validators, keytool and key stores; Kafka, Elasticsearch, Jenkins and Tomcat pass it on.

use super::Family;
use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::java_tls;
use super::message::{Lead, Message};
use super::speaker::{Side, Speaker};

pub(super) const FAMILY: Family =
    Family { speaker: Speaker::Java, leads: &[LEADS], messages: &[MESSAGES, java_tls::MESSAGES] };

/// Exceptions name those that caused them.
const LEADS: &[Lead] = &[
    Lead::plain("javax.net.ssl.SSLHandshakeException: "),
    Lead::plain("javax.net.ssl.SSLException: "),
    Lead::plain("SSLHandshakeException: "),
    Lead::plain("sun.security.validator.ValidatorException: "),
    Lead::plain("ValidatorException: "),
    Lead::plain("VE: "),
    Lead::plain("PKIX path building failed: "),
    Lead::plain("PKIX path validation failed: "),
    Lead::plain("sun.security.provider.certpath.SunCertPathBuilderException: "),
    Lead::plain("SunCertPathBuilderException: "),
    Lead::plain("java.security.cert.CertPathValidatorException: "),
    Lead::plain("CertPathValidatorException: "),
    Lead::plain("java.security.cert.CertificateExpiredException: "),
    Lead::plain("java.security.cert.CertificateNotYetValidException: "),
    Lead::plain("java.security.cert.CertificateException: "),
    Lead::plain("CertificateException: "),
    Lead::plain("java.security.InvalidAlgorithmParameterException: "),
    Lead::plain("InvalidAlgorithmParameterException: "),
    Lead::plain("(certificate_unknown) "),
    Lead::plain("(certificate_expired) "),
];

const MESSAGES: &[Message] = &[
    Message::refusal(
        &["unable to find valid certification path to requested target", "PKIX path building failed"],
        &[
            Fault::IssuerAbsent,
            Fault::MissingIntermediate,
            Fault::UnloadableFile,
            Fault::SelfSigned,
            Fault::UntrustedRoot,
            Fault::SameNameOtherKey,
            Fault::EmptyStore,
            Fault::NotACa,
        ],
        "sun/security/provider/certpath/SunCertPathBuilder.java, build",
    )
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &["Path does not chain with any of the trust anchors"],
        &[Fault::SameNameOtherKey, Fault::KeyIdMismatch, Fault::AuthoritySerialMismatch],
        "sun/security/provider/certpath/PKIXCertPathValidator.java, validate",
    )
    .excluding(&[Fault::IssuerAbsent, Fault::Expired])
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &["signature check failed", "Signature does not match."],
        &[Fault::SameNameOtherKey, Fault::BadSignature],
        "sun/security/provider/certpath/BasicChecker.java, verifySignature",
    )
    .excluding(&[Fault::IssuerAbsent])
    .sends(Alert::BadCertificate),
    Message::refusal(
        &["TrustAnchor with subject \"{name}\" is not a CA certificate"],
        &[Fault::NotACa],
        "sun/security/validator/PKIXValidator.java, verifyTrustAnchor",
    )
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &["TrustAnchor with subject \"{name}\" does not have keyCertSign bit set in KeyUsage extension"],
        &[Fault::KeyUsage],
        "sun/security/validator/PKIXValidator.java, verifyTrustAnchor",
    )
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &["basic constraints check failed: this is not a CA certificate"],
        &[Fault::NotACa],
        "sun/security/provider/certpath/ConstraintsChecker.java, checkBasicConstraints",
    )
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &["CA key usage check failed: keyCertSign bit is not set"],
        &[Fault::KeyUsage],
        "sun/security/provider/certpath/KeyChecker.java, verifyCAKeyUsage",
    )
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &["basic constraints check failed: pathLenConstraint violated"],
        &[Fault::PathLength],
        "sun/security/provider/certpath/ConstraintsChecker.java, checkBasicConstraints",
    )
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &["name constraints check failed"],
        &[Fault::NameConstraints],
        "sun/security/provider/certpath/ConstraintsChecker.java, verifyNameConstraints",
    )
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &["validity check failed"],
        &[Fault::Expired, Fault::NotYetValid],
        "sun/security/provider/certpath/BasicChecker.java, verifyValidity",
    )
    .excluding(&[Fault::IssuerAbsent])
    .sends(Alert::CertificateExpired),
    Message::refusal(
        &["NotAfter: {names} 2", "CertificateExpiredException: NotAfter"],
        &[Fault::Expired],
        "sun/security/x509/CertificateValidity.java, valid",
    )
    .sends(Alert::CertificateExpired),
    Message::refusal(
        &["NotBefore: {names} 2", "CertificateNotYetValidException: NotBefore"],
        &[Fault::NotYetValid],
        "sun/security/x509/CertificateValidity.java, valid",
    )
    .sends(Alert::BadCertificate),
    Message::refusal(
        &["Extended key usage does not permit use for TLS client authentication"],
        &[Fault::ExtendedKeyUsage],
        "sun/security/validator/EndEntityChecker.java, checkTLSClient",
    )
    .about(Side::Client)
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &["Extended key usage does not permit use for TLS server authentication"],
        &[Fault::ExtendedKeyUsage],
        "sun/security/validator/EndEntityChecker.java, checkTLSServer",
    )
    .about(Side::Server)
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &["KeyUsage does not allow digital signatures", "KeyUsage does not allow key encipherment"],
        &[Fault::LeafNotFirst, Fault::KeyUsage, Fault::CaAsEndEntity],
        "sun/security/validator/EndEntityChecker.java, checkTLSClient",
    )
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &[
            "Algorithm constraints check failed on signature algorithm",
            "Algorithm constraints check failed: {algorithm}",
        ],
        &[Fault::WeakSignature, Fault::WeakKey],
        "sun/security/provider/certpath/AlgorithmChecker.java, check",
    )
    .sends(Alert::UnsupportedCertificate),
    Message::refusal(
        &["Algorithm constraints check failed on keysize limits"],
        &[Fault::WeakKey],
        "sun/security/provider/certpath/AlgorithmChecker.java, check",
    )
    .sends(Alert::UnsupportedCertificate),
    Message::refusal(
        &["unrecognized critical extension(s)"],
        &[Fault::CriticalExtension],
        "sun/security/provider/certpath/PKIXMasterCertPathValidator.java, validate",
    )
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &["subject/issuer name chaining check failed"],
        &[Fault::WrongOrder, Fault::NameEncoding],
        "sun/security/provider/certpath/BasicChecker.java, verifyNameChaining",
    )
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &[
            "No subject alternative DNS name matching {host} found.",
            "No subject alternative names matching IP address {host} found",
            "No name matching {host} found",
            "No subject alternative names present",
        ],
        &[Fault::HostName],
        "sun/security/util/HostnameChecker.java, matchDNS",
    )
    .about(Side::Server)
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &["the trustAnchors parameter must be non-empty"],
        &[Fault::EmptyStore, Fault::UnloadableFile],
        "java/security/cert/PKIXParameters.java, setTrustAnchors",
    )
    .or(Elsewhere::FileAccess),
    Message::refusal(
        &[
            "null cert chain",
            "Empty client certificate chain",
            "Empty server certificate chain",
            "peer not authenticated",
        ],
        &[Fault::CertificateWithheld],
        "sun/security/ssl/CertificateMessage.java, onCertificate",
    )
    .about(Side::Client),
    Message::refusal(
        &["Certificate has been revoked", "Unable to determine revocation status"],
        &[Fault::Revoked],
        "sun/security/provider/certpath/RevocationChecker.java",
    )
    .or(Elsewhere::RevocationService),
    Message::refusal(
        &["Certificate for <{host}> doesn't match", "Hostname {host} not verified"],
        &[Fault::HostName],
        "Apache HttpClient, DefaultHostnameVerifier.java; OkHttp, RealConnection.kt",
    )
    .about(Side::Server),
    Message::refusal(
        &[
            "Certificates do not conform to algorithm constraints",
            "Certificates does not conform to algorithm constraints",
        ],
        &[Fault::WeakSignature, Fault::WeakKey],
        "sun/security/ssl/AbstractTrustManagerWrapper; X509TrustManagerImpl.java, checkAdditionalTrust",
    ),
    Message::vague(
        &["SslAuthenticationException: SSL handshake failed"],
        super::openssl::ANYTHING,
        "org.apache.kafka.common.network.SslTransportLayer",
    )
    .or(Elsewhere::PeerFault),
];
