//! Java: the alerts that it receives, key stores that it cannot load, and how its handshakes and connections fail
//! otherwise.

use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Message};
use super::speaker::Side;

pub(super) const MESSAGES: &[Message] = &[
    Message::received(&["Received fatal alert: unknown_ca"], Alert::UnknownCa, "sun/security/ssl/Alert.java"),
    Message::received(&["Received fatal alert: decrypt_error"], Alert::DecryptError, "sun/security/ssl/Alert.java"),
    Message::received(&["Received fatal alert: bad_certificate"], Alert::BadCertificate, "sun/security/ssl/Alert.java"),
    Message::received(
        &["Received fatal alert: certificate_unknown"],
        Alert::CertificateUnknown,
        "sun/security/ssl/Alert.java",
    ),
    Message::received(
        &["Received fatal alert: certificate_expired"],
        Alert::CertificateExpired,
        "sun/security/ssl/Alert.java",
    ),
    Message::received(
        &["Received fatal alert: unsupported_certificate"],
        Alert::UnsupportedCertificate,
        "sun/security/ssl/Alert.java",
    ),
    Message::received(
        &["Received fatal alert: certificate_required"],
        Alert::CertificateRequired,
        "sun/security/ssl/Alert.java",
    )
    .about(Side::Client),
    Message::loading(
        &[
            "Keystore was tampered with, or password was incorrect",
            "keystore password was incorrect",
            "Invalid keystore format",
            "java.io.IOException: toDerInputStream rejects tag type",
            "DerInputStream.getLength(): lengthTag={number}, too big.",
            "Short read of DER length",
            "Unrecognized keystore format",
        ],
        &[Fault::UnloadableFile],
        "sun/security/provider/JavaKeyStore.java, engineLoad; sun/security/pkcs12/PKCS12KeyStore.java",
    )
    .or(Elsewhere::Password),
    Message::loading(
        &["Could not parse certificate", "signed fields invalid", "Input not an X.509 certificate"],
        &[Fault::UnloadableFile, Fault::Unparsable],
        "sun/security/provider/X509Factory.java",
    ),
    Message::loading(
        &[
            "Certificate chain in reply does not verify",
            "Public keys in reply and keystore don't match",
            "Failed to establish chain from reply",
        ],
        &[Fault::KeyMismatch, Fault::MissingIntermediate],
        "sun/security/tools/keytool/Main.java",
    ),
    Message::beside(
        &[
            "Received fatal alert: handshake_failure",
            "no cipher suites in common",
            "No appropriate protocol (protocol is disabled or cipher suites are inappropriate)",
        ],
        Layer::Handshake,
        Elsewhere::Algorithms,
        "sun/security/ssl/HandshakeContext.java",
    ),
    Message::beside(
        &[
            "Received fatal alert: protocol_version",
            "Client requested protocol {version} is not enabled or not supported",
            "The server selected protocol version",
        ],
        Layer::Handshake,
        Elsewhere::ProtocolVersion,
        "sun/security/ssl/Alert.java; ServerHello.java",
    ),
    Message::beside(
        &["Received fatal alert: unrecognized_name", "handshake alert: unrecognized_name"],
        Layer::Handshake,
        Elsewhere::ServerName,
        "sun/security/ssl/Alert.java",
    ),
    Message::beside(
        &["Received fatal alert: internal_error"],
        Layer::Handshake,
        Elsewhere::PeerFault,
        "sun/security/ssl/Alert.java",
    ),
    Message::beside(
        &[
            "Remote host terminated the handshake",
            "Remote host closed connection during handshake",
            "SSL peer shut down incorrectly",
        ],
        Layer::Handshake,
        Elsewhere::ClosedEarly,
        "sun/security/ssl/SSLSocketImpl.java, handleEOF",
    ),
    Message::beside(
        &[
            "Unrecognized SSL message, plaintext connection?",
            "Unsupported or unrecognized SSL message",
            "not an SSL/TLS record",
        ],
        Layer::Handshake,
        Elsewhere::NotTls,
        "sun/security/ssl/SSLSocketInputRecord.java; io.netty.handler.ssl.NotSslRecordException",
    ),
    Message::beside(
        &["java.net.UnknownHostException"],
        Layer::Network,
        Elsewhere::NameResolution,
        "java/net/InetAddress.java",
    ),
    Message::beside(
        &["java.net.SocketTimeoutException", "connect timed out"],
        Layer::Network,
        Elsewhere::Timeout,
        "java/net/Socket.java",
    ),
    Message::beside(
        &["UnrecoverableKeyException: Cannot recover key"],
        Layer::Loading,
        Elsewhere::Password,
        "sun/security/provider/KeyProtector.java, recover",
    ),
];
