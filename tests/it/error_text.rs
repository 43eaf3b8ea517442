//! The error lines of programs: whose words they are, what they allow, and what no certificate explains.

use std::fs;

use rootlens::decode;
use rootlens::error_text::Elsewhere::{
    Algorithms, Authorization, ClosedEarly, Configuration, FileAccess, ForwardedForm, NameResolution, NotForwarded,
    NotTls, Password, PeerFault, ProtocolVersion, Refused, Request, Reset, Route, ServerName, Timeout, Token,
    Transport, Unreachable, Upstream,
};
use rootlens::error_text::Fault::{
    self, AnchorNotSelfSigned, AuthoritySerialMismatch, BadSignature, CaAsEndEntity, CertificateWithheld, EmptyStore,
    EndEntityTrusted, Expired, ExpiredDuplicate, ExtendedKeyUsage, HeaderEncoding, HostName, IssuerAbsent,
    KeyIdMismatch, KeyIdsAbsent, KeyMismatch, KeyUsage, LeafNamedAsIssuer, LeafNotFirst, MissingIntermediate,
    NaivePool, NameConstraints, NameEncoding, NotACa, NotYetValid, PathLength, SameNameOtherKey, SelfSigned,
    UnloadableFile, UntrustedRoot,
};
use rootlens::error_text::Speaker::{
    self, Apache, Application, Backend, Chrome, Curl, DotNet, Envoy, Firefox, Git, GnuTls, Go, Haproxy, Http, Java,
    MbedTls, Nginx, Node, OpenSsl, OpenZiti, Php, Python, Ruby, Rustls, Schannel, System, Traefik,
};
use rootlens::error_text::{Elsewhere, ErrorLine, Layer, MAX_LINES, recognize};

use crate::recorded;

fn only(text: &str) -> ErrorLine {
    let mut lines = recognize(text);
    assert_eq!(lines.len(), 1, "{text}: {lines:#?}");
    lines.remove(0)
}

/// A text, whose words it is, the faults that it has to allow, the first one first, and one that it rules out.
type Row = (&'static str, Speaker, &'static [Fault], Option<Fault>);

/// Every row of the table of error texts in `docs/background/errors.md`, section 4.
const TABLE: &[Row] = &[
    (
        "tls: failed to verify certificate: x509: certificate signed by unknown authority",
        Go,
        &[IssuerAbsent, MissingIntermediate, UnloadableFile, NameEncoding, UntrustedRoot],
        Some(SameNameOtherKey),
    ),
    (
        "tls: failed to verify client certificate: x509: certificate signed by unknown authority",
        Go,
        &[IssuerAbsent],
        Some(NotACa),
    ),
    (
        "tls: failed to verify client's certificate: x509: certificate signed by unknown authority",
        Go,
        &[IssuerAbsent],
        Some(NotACa),
    ),
    (
        "x509: certificate signed by unknown authority (possibly because of \"x509: ECDSA verification failure\" while trying to verify candidate authority certificate \"Node CA\")",
        Go,
        &[SameNameOtherKey, BadSignature],
        Some(IssuerAbsent),
    ),
    (
        "x509: certificate signed by unknown authority (possibly because of \"crypto/rsa: verification error\" while trying to verify candidate authority certificate \"Node CA\")",
        Go,
        &[SameNameOtherKey],
        Some(IssuerAbsent),
    ),
    (
        "x509: certificate signed by unknown authority (possibly because of \"x509: invalid signature: parent certificate cannot sign this kind of certificate\" while trying to verify candidate authority certificate \"Node CA\")",
        Go,
        &[NotACa],
        Some(SameNameOtherKey),
    ),
    (
        "x509: certificate has expired or is not yet valid: current time 2026-11-21T18:11:57Z is after 2026-11-19T17:51:36Z",
        Go,
        &[Expired],
        Some(NotYetValid),
    ),
    ("x509: certificate specifies an incompatible key usage", Go, &[ExtendedKeyUsage], None),
    ("x509: too many intermediates for path length constraint", Go, &[PathLength], None),
    (
        "x509: a root or intermediate certificate is not authorized to sign for this name: DNS name \"a\" is not permitted by any constraint",
        Go,
        &[NameConstraints],
        None,
    ),
    ("tls: client didn't provide a certificate", Go, &[CertificateWithheld], None),
    (
        "remote error: tls: unknown certificate authority",
        Go,
        &[SameNameOtherKey, NotACa, MissingIntermediate, IssuerAbsent],
        Some(CertificateWithheld),
    ),
    ("remote error: tls: bad certificate", Go, &[ExtendedKeyUsage, PathLength, NameConstraints], None),
    ("remote error: tls: expired certificate", Go, &[Expired], None),
    ("remote error: tls: certificate required", Go, &[CertificateWithheld], None),
    ("tls: private key does not match public key", Go, &[LeafNotFirst, KeyMismatch], None),
    ("tls: private key type does not match public key type", Go, &[LeafNotFirst, KeyMismatch], None),
    ("tls: failed to find any PEM data in certificate input", Go, &[UnloadableFile], None),
    (
        "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched",
        Go,
        &[KeyMismatch],
        None,
    ),
    (
        "error 20 at 0 depth lookup: unable to get local issuer certificate",
        OpenSsl,
        &[
            IssuerAbsent,
            MissingIntermediate,
            SameNameOtherKey,
            KeyIdMismatch,
            AuthoritySerialMismatch,
            UnloadableFile,
            EndEntityTrusted,
        ],
        None,
    ),
    ("verify error:num=21:unable to verify the first certificate", OpenSsl, &[IssuerAbsent, MissingIntermediate], None),
    ("client SSL certificate verify error: (20:unable to get local issuer certificate)", Nginx, &[IssuerAbsent], None),
    ("curl: (60) SSL certificate problem: unable to get local issuer certificate", Curl, &[IssuerAbsent], None),
    (
        "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1007)",
        Python,
        &[IssuerAbsent],
        None,
    ),
    (
        "TLS_error:|268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:TLS_error_end",
        Envoy,
        &[IssuerAbsent],
        None,
    ),
    (
        "verify cert failed: X509_verify_cert: certificate verification error at depth 0: unable to get local issuer certificate",
        Envoy,
        &[IssuerAbsent],
        None,
    ),
    (
        "error 2 at 1 depth lookup: unable to get issuer certificate",
        OpenSsl,
        &[AnchorNotSelfSigned, MissingIntermediate],
        None,
    ),
    (
        "error 7 at 0 depth lookup: certificate signature failure",
        OpenSsl,
        &[SameNameOtherKey, BadSignature],
        Some(IssuerAbsent),
    ),
    ("error 18 at 0 depth lookup: self-signed certificate", OpenSsl, &[SelfSigned, LeafNamedAsIssuer], None),
    ("error 18 at 0 depth lookup:self signed certificate", OpenSsl, &[SelfSigned], None),
    (
        "error 19 at 1 depth lookup: self-signed certificate in certificate chain",
        OpenSsl,
        &[UntrustedRoot],
        Some(MissingIntermediate),
    ),
    ("error 10 at 1 depth lookup: certificate has expired", OpenSsl, &[Expired, ExpiredDuplicate], None),
    (
        "error 9 at 0 depth lookup: certificate is not yet valid or the system clock is incorrect",
        OpenSsl,
        &[NotYetValid],
        None,
    ),
    ("error 79 at 1 depth lookup: invalid CA certificate", OpenSsl, &[NotACa], None),
    ("error 24 at 1 depth lookup:invalid CA certificate", OpenSsl, &[NotACa], None),
    ("error 32 at 1 depth lookup: key usage does not include certificate signing", OpenSsl, &[KeyUsage], None),
    (
        "error 26 at 0 depth lookup: unsuitable certificate purpose",
        OpenSsl,
        &[ExtendedKeyUsage, LeafNotFirst, CaAsEndEntity],
        None,
    ),
    ("error 25 at 2 depth lookup: path length constraint exceeded", OpenSsl, &[PathLength], None),
    ("error 47 at 0 depth lookup: permitted subtree violation", OpenSsl, &[NameConstraints], None),
    ("error 30 at 0 depth lookup: authority and subject key identifier mismatch", OpenSsl, &[KeyIdMismatch], None),
    ("error 85 at 0 depth lookup: Missing Authority Key Identifier", OpenSsl, &[KeyIdsAbsent], None),
    ("error 86 at 1 depth lookup: Missing Subject Key Identifier", OpenSsl, &[KeyIdsAbsent], None),
    ("error:05800074:x509 certificate routines::key values mismatch", OpenSsl, &[LeafNotFirst, KeyMismatch], None),
    ("code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH'", Node, &[LeafNotFirst, KeyMismatch], None),
    ("error:0A000418:SSL routines::tlsv1 alert unknown ca", OpenSsl, &[SameNameOtherKey, IssuerAbsent], None),
    ("ssl3_read_bytes: SSL alert number 48", OpenSsl, &[SameNameOtherKey], None),
    ("error:0A00041B:SSL routines::tlsv1 alert decrypt error", OpenSsl, &[SameNameOtherKey], None),
    ("Received fatal alert: decrypt_error", Java, &[SameNameOtherKey], None),
    ("error:0A00045C:SSL routines::tlsv13 alert certificate required", OpenSsl, &[CertificateWithheld], None),
    ("error:0A0000C7:SSL routines::peer did not return a certificate", OpenSsl, &[CertificateWithheld], None),
    ("error:0A000415:SSL routines::sslv3 alert certificate expired", OpenSsl, &[Expired], None),
    ("error:0A000413:SSL routines::sslv3 alert unsupported certificate", OpenSsl, &[ExtendedKeyUsage], None),
    ("UNABLE_TO_VERIFY_LEAF_SIGNATURE", Node, &[IssuerAbsent, MissingIntermediate], None),
    ("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", Node, &[IssuerAbsent], None),
    ("UNABLE_TO_GET_ISSUER_CERT", Node, &[AnchorNotSelfSigned], None),
    ("DEPTH_ZERO_SELF_SIGNED_CERT", Node, &[SelfSigned], None),
    ("SELF_SIGNED_CERT_IN_CHAIN", Node, &[UntrustedRoot], None),
    ("CERT_SIGNATURE_FAILURE", Node, &[SameNameOtherKey], None),
    ("authorizationError: INVALID_PURPOSE", Node, &[ExtendedKeyUsage, NotACa], None),
    ("CERT_HAS_EXPIRED", Node, &[Expired], None),
    ("authorizationError: UNSPECIFIED", Node, &[KeyUsage, NotACa, NameConstraints], None),
    (
        "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target",
        Java,
        &[IssuerAbsent, MissingIntermediate, UnloadableFile, SelfSigned],
        None,
    ),
    (
        "PKIX path validation failed: java.security.cert.CertPathValidatorException: Path does not chain with any of the trust anchors",
        Java,
        &[SameNameOtherKey, KeyIdMismatch],
        Some(IssuerAbsent),
    ),
    (
        "PKIX path validation failed: java.security.cert.CertPathValidatorException: signature check failed",
        Java,
        &[SameNameOtherKey],
        None,
    ),
    ("TrustAnchor with subject \"CN=Node CA, O=ACME\" is not a CA certificate", Java, &[NotACa], None),
    (
        "TrustAnchor with subject \"CN=Node CA\" does not have keyCertSign bit set in KeyUsage extension",
        Java,
        &[KeyUsage],
        None,
    ),
    ("basic constraints check failed: this is not a CA certificate", Java, &[NotACa], None),
    ("CA key usage check failed: keyCertSign bit is not set", Java, &[KeyUsage], None),
    ("java.security.cert.CertPathValidatorException: validity check failed", Java, &[Expired, NotYetValid], None),
    ("CertificateExpiredException: NotAfter: Thu Nov 19 17:51:36 UTC 2026", Java, &[Expired], None),
    ("Extended key usage does not permit use for TLS client authentication", Java, &[ExtendedKeyUsage], None),
    ("name constraints check failed", Java, &[NameConstraints], None),
    (
        "java.security.InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty",
        Java,
        &[EmptyStore, UnloadableFile],
        None,
    ),
    ("KeyUsage does not allow digital signatures", Java, &[LeafNotFirst, KeyUsage], None),
    (
        "Status: The certificate is NOT trusted. The certificate issuer is unknown.",
        GnuTls,
        &[IssuerAbsent, MissingIntermediate, SameNameOtherKey, NameEncoding],
        None,
    ),
    ("The certificate is NOT trusted. The signature in the certificate is invalid.", GnuTls, &[SameNameOtherKey], None),
    ("The certificate is NOT trusted. The certificate issuer is not a CA.", GnuTls, &[NotACa], None),
    (
        "The certificate is NOT trusted. The certificate chain violates the signer's constraints.",
        GnuTls,
        &[KeyUsage, PathLength, NameConstraints],
        None,
    ),
    (
        "The certificate is NOT trusted. The certificate chain does not match the intended purpose.",
        GnuTls,
        &[ExtendedKeyUsage],
        None,
    ),
    ("The certificate is NOT trusted. The certificate chain uses expired certificate.", GnuTls, &[Expired], None),
    (
        "The certificate is NOT trusted. The certificate chain uses not yet valid certificate.",
        GnuTls,
        &[NotYetValid],
        None,
    ),
    (
        "-0x2700 : X509 - Certificate verification failed, e.g. CRL, CA or signature check failed",
        MbedTls,
        &[IssuerAbsent, SameNameOtherKey],
        None,
    ),
    (
        "flags=0x8 The certificate is not correctly signed by the trusted CA",
        MbedTls,
        &[SameNameOtherKey, MissingIntermediate, IssuerAbsent, NotACa, PathLength],
        Some(Expired),
    ),
    ("flags=0x1 The certificate validity has expired", MbedTls, &[Expired], None),
    ("flags=0x200 The certificate validity starts in the future", MbedTls, &[NotYetValid], None),
    ("flags=0x1000 Usage does not match the extendedKeyUsage extension", MbedTls, &[ExtendedKeyUsage], None),
    (
        "invalid peer certificate: UnknownIssuer",
        Rustls,
        &[IssuerAbsent, MissingIntermediate, NameEncoding, SelfSigned],
        Some(SameNameOtherKey),
    ),
    ("invalid peer certificate: BadSignature", Rustls, &[SameNameOtherKey], None),
    ("invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))", Rustls, &[CaAsEndEntity, LeafNotFirst], None),
    ("invalid peer certificate: Other(OtherError(EndEntityUsedAsCa))", Rustls, &[NotACa], None),
    ("invalid peer certificate: Other(OtherError(NameConstraintViolation))", Rustls, &[NameConstraints], None),
    (
        "invalid peer certificate: certificate does not allow extended key usage for client authentication, allows server authentication",
        Rustls,
        &[ExtendedKeyUsage],
        None,
    ),
    (
        "invalid peer certificate: certificate expired: verification time 1795284718 (UNIX), but certificate is not valid after 1795110696 (174022 seconds ago)",
        Rustls,
        &[Expired],
        None,
    ),
    ("peer sent no certificates", Rustls, &[CertificateWithheld], None),
    ("no root trust anchors were provided", Rustls, &[EmptyStore], None),
    (
        "The remote certificate is invalid because of errors in the certificate chain: PartialChain",
        DotNet,
        &[IssuerAbsent, MissingIntermediate, SameNameOtherKey],
        None,
    ),
    (
        "The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot",
        DotNet,
        &[UntrustedRoot, SelfSigned],
        None,
    ),
    (
        "The remote certificate is invalid because of errors in the certificate chain: NotTimeValid",
        DotNet,
        &[Expired],
        None,
    ),
    ("secret prod/node-ca contains neither tls.ca nor ca.crt", Traefik, &[UnloadableFile], None),
    ("invalid certificate(s) content", Traefik, &[UnloadableFile], None),
    ("invalid clientAuthType: RequireAndVerifyClientCert, CAFiles is required", Traefik, &[EmptyStore], None),
    ("10.0.0.1:3 [1/Dec] https/1: SSL client CA chain cannot be verified", Haproxy, &[IssuerAbsent], None),
    ("10.0.0.1:3 [1/Dec] https/1: SSL client certificate not trusted", Haproxy, &[IssuerAbsent], None),
    (
        "java.lang.IllegalArgumentException: Input byte array has incorrect ending byte at 1024",
        Backend,
        &[HeaderEncoding],
        None,
    ),
    ("org.example: Incomplete BER/DER data", Backend, &[HeaderEncoding], None),
    // Programs that the table leaves to their library.
    (
        "* TLSv1.3 (IN), TLS alert, unknown CA (560):",
        OpenSsl,
        &[SameNameOtherKey, IssuerAbsent],
        Some(CertificateWithheld),
    ),
    ("* TLSv1.3 (OUT), TLS alert, unknown CA (560):", OpenSsl, &[IssuerAbsent], None),
    ("(5) eap_tls: ERROR: (TLS) recv TLS 1.2 Alert, fatal unknown_ca", OpenSsl, &[SameNameOtherKey], None),
    (
        "SSL_ERROR_SSL: error:1000007d:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED: self signed certificate in certificate chain",
        OpenSsl,
        &[UntrustedRoot],
        None,
    ),
    (
        "TLS server: In state wait_cert received CLIENT ALERT: Fatal - Unknown CA",
        Application,
        &[SameNameOtherKey],
        None,
    ),
    (
        "TLS client: In state certify at ssl_handshake.erl:1990 generated CLIENT ALERT: Fatal - Unknown CA",
        Application,
        &[IssuerAbsent],
        None,
    ),
    (
        "postfix/smtp: certificate verification failed for mx.example[192.0.2.1]:25: untrusted issuer /CN=x",
        OpenSsl,
        &[IssuerAbsent],
        None,
    ),
    (
        "fatal: unable to access 'https://g/': server certificate verification failed. CAfile: /etc/ssl/certs/ca-certificates.crt CRLfile: none",
        Git,
        &[IssuerAbsent],
        None,
    ),
    ("code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'", Node, &[CertificateWithheld], None),
    (
        "javax.net.ssl.SSLPeerUnverifiedException: Certificate for <a.example> doesn't match any of the subject alternative names: [b]",
        Java,
        &[HostName],
        None,
    ),
    (
        "AH02565: Certificate and private key a:443:0 from /etc/c.pem and /etc/k.pem do not match",
        Apache,
        &[KeyMismatch],
        None,
    ),
    (
        "SSL_connect returned=1 errno=0 peeraddr=10.0.0.1:443 state=error: certificate verify failed (self-signed certificate)",
        Ruby,
        &[SelfSigned],
        None,
    ),
    ("stream_socket_client(): Failed to enable crypto", Php, &[IssuerAbsent], None),
    ("SEC_ERROR_UNKNOWN_ISSUER", Firefox, &[IssuerAbsent, MissingIntermediate], None),
    ("net::ERR_CERT_AUTHORITY_INVALID", Chrome, &[UntrustedRoot, IssuerAbsent], Some(Expired)),
    ("net::ERR_CERT_COMMON_NAME_INVALID", Chrome, &[HostName], None),
    ("schannel: SEC_E_UNTRUSTED_ROOT (0x80090325)", Schannel, &[UntrustedRoot], None),
    (
        "ERROR: cannot verify a.example's certificate, issued by 'CN=x': Unable to locally verify the issuer's authority.",
        GnuTls,
        &[IssuerAbsent],
        None,
    ),
    ("invalid client certificate for api session", OpenZiti, &[NaivePool, IssuerAbsent], None),
    ("Error getting keypair for CA issuer: error decoding cert PEM block", Application, &[UnloadableFile], None),
];

#[test]
fn every_row_of_the_table_is_recognised() {
    for (text, speaker, faults, excluded) in TABLE {
        let lines = recognize(text);
        let line = lines.first().unwrap_or_else(|| panic!("not recognised: {text}"));
        assert_eq!(line.speaker, *speaker, "{text}");
        assert_eq!(line.message.faults.first(), faults.first(), "{text}");
        for fault in *faults {
            assert!(line.message.faults.contains(fault), "{text} does not allow {fault:?}");
        }
        assert!(excluded.is_none_or(|fault| line.message.excludes.contains(&fault)), "{text} rules out {excluded:?}");
        assert!(text.contains(line.words.split_whitespace().next().expect("a word")), "{text}: {}", line.words);
    }
    assert!(TABLE.len() > 100);
}

/// Lines that no certificate explains, each from another program or situation, and where to look instead.
const ELSEWHERE: &[(&str, Elsewhere)] = &[
    ("curl: (22) The requested URL returned error: 404", Route),
    ("node-agent: enroll: unexpected status code: 404 from https://api.gpu.example/v1/nodes", Route),
    ("10.0.0.7 - - [01/Dec/2026:08:00:01 +0000] \"POST /v1/nodes HTTP/2.0\" 404 19 \"-\" \"node-agent/1.4\"", Route),
    ("<html><head><title>502 Bad Gateway</title></head>", Upstream),
    ("10.0.0.7 - - [01/Dec/2026:08:00:01 +0000] \"GET / HTTP/1.1\" 503 107", Upstream),
    ("{\"level\":\"error\",\"status\":504,\"path\":\"/v1/nodes\"}", Upstream),
    ("upstream connect error or disconnect/reset before headers. reset reason: connection failure", Upstream),
    (
        "2026/12/01 08:00:01 [error] 31#31: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.7",
        Upstream,
    ),
    ("default backend - 404", Route),
    ("kubectl: error: You must be logged in to the server (401 Unauthorized)", Authorization),
    ("HTTP/1.1 403 Forbidden", Authorization),
    ("requests.exceptions.HTTPError: 400 Bad Request for url", Request),
    ("HTTP/2 500 Internal Server Error", PeerFault),
    ("node-agent: Post \"https://api.gpu.example/v1/nodes\": EOF", ClosedEarly),
    ("openssl: error:0A000126:SSL routines::unexpected eof while reading", ClosedEarly),
    ("http: TLS handshake error from 10.42.0.1:51944: EOF", ClosedEarly),
    ("javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake", ClosedEarly),
    ("Client network socket disconnected before secure TLS connection was established", ClosedEarly),
    ("wget: GnuTLS: Error in the pull function.", ClosedEarly),
    ("curl: (52) Empty reply from server", ClosedEarly),
    ("no peer certificate available", ClosedEarly),
    ("System.IO.IOException: Received an unexpected EOF or 0 bytes from the transport stream.", ClosedEarly),
    ("2026/12/01 [info] 31#31: *9 peer closed connection in SSL handshake while SSL handshaking", ClosedEarly),
    ("dial tcp 10.96.0.1:443: connect: connection refused", Refused),
    ("Error: connect ECONNREFUSED 127.0.0.1:8443", Refused),
    ("read tcp 10.0.0.7:51944->10.0.0.1:443: read: connection reset by peer", Reset),
    ("ConnectionResetError: [WinError 10054] An existing connection was forcibly closed by the remote host", Reset),
    ("Error: socket hang up", Reset),
    ("dial tcp 203.0.113.9:443: i/o timeout", Timeout),
    ("curl: (28) Failed to connect: Operation timed out", Timeout),
    ("net/http: TLS handshake timeout", Timeout),
    ("rpc error: code = DeadlineExceeded desc = context deadline exceeded", Timeout),
    ("dial tcp: lookup api.gpu.example on 10.96.0.10:53: no such host", NameResolution),
    ("curl: (6) Could not resolve host: api.gpu.example", NameResolution),
    ("Error: getaddrinfo ENOTFOUND api.gpu.example", NameResolution),
    ("dial tcp [2001:db8::1]:443: connect: network is unreachable", Unreachable),
    ("ssh: connect to host a port 22: No route to host", Unreachable),
    ("tls: first record does not look like a TLS handshake", NotTls),
    ("error:0A00010B:SSL routines::wrong version number", NotTls),
    ("http: server gave HTTP response to HTTPS client", NotTls),
    ("io.netty.handler.ssl.NotSslRecordException: not an SSL/TLS record: 485454502f312e31", NotTls),
    ("received corrupt message of type InvalidContentType", NotTls),
    ("System.Net.Http: Cannot determine the frame size or a corrupted frame was received.", NotTls),
    ("SSL_ERROR_RX_RECORD_TOO_LONG", NotTls),
    ("mbedtls_ssl_handshake returned -0x7200", NotTls),
    ("remote error: tls: protocol version not supported", ProtocolVersion),
    ("[SSL: UNSUPPORTED_PROTOCOL] (_ssl.c:1007)", ProtocolVersion),
    ("Received fatal alert: protocol_version", ProtocolVersion),
    ("error:0A000152:SSL routines::unsafe legacy renegotiation disabled", ProtocolVersion),
    ("tls: no cipher suite supported by both client and server", Algorithms),
    ("error:0A0000C1:SSL routines::no shared cipher", Algorithms),
    ("Received fatal alert: handshake_failure", Algorithms),
    ("net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH", Algorithms),
    ("remote error: tls: unrecognized name", ServerName),
    ("javax.net.ssl.SSLProtocolException: handshake alert: unrecognized_name", ServerName),
    ("level=debug msg=\"Serving default certificate for request: \\\"api.gpu.example\\\"\"", ServerName),
    ("remote error: tls: internal error", PeerFault),
    ("error:0A000119:SSL routines::decryption failed or bad record mac", Transport),
    ("msg=request mtls_present=false path=/v1/nodes/7", NotForwarded),
    ("ssl-client-verify: NONE", NotForwarded),
    ("X-SSL-Client-Cert: (null)", NotForwarded),
    ("net/http: invalid header field value for \"X-Forwarded-Tls-Client-Cert\"", ForwardedForm),
    ("400 Request Header Or Cookie Too Large", ForwardedForm),
    ("open /etc/ssl/node/ca.pem: no such file or directory", FileAccess),
    ("bind: cannot read key.pem: Permission denied", FileAccess),
    ("MountVolume.SetUp failed for volume \"tls\" : secret \"gpuaas-node-mtls-ca\" not found", FileAccess),
    ("error:1C800064:Provider routines::bad decrypt", Password),
    ("token is refused: token signature is invalid", Token),
    ("tls: either ServerName or InsecureSkipVerify must be specified in the tls.Config", Configuration),
];

#[test]
fn what_no_certificate_explains_says_where_to_look() {
    for (text, elsewhere) in ELSEWHERE {
        let line = only(text);
        assert_eq!((line.message.elsewhere, line.message.faults.is_empty()), (Some(*elsewhere), true), "{text}");
        assert!(!elsewhere.to_string().is_empty());
    }
    assert!(ELSEWHERE.len() >= 40);
}

/// What is no error is not taken for one: the files of healthy set-ups, and sentences about certificates.
#[test]
fn what_is_no_error_is_not_recognised() {
    let mut read = 0;
    for folder in recorded::folders("incidents").iter().filter(|name| name.starts_with("FA")) {
        for file in recorded::files(&format!("incidents/{folder}"), "") {
            let bytes = fs::read(recorded::path(&format!("incidents/{folder}/{file}"))).expect("a file");
            assert_eq!(decode::read(&bytes).error_lines, [], "{folder}/{file}");
            read += 1;
        }
    }
    assert!(read > 5);
    for text in [
        "Verify return code: 0 (ok)",
        "No client certificate CA names sent",
        "ssl-client-verify: SUCCESS",
        "HTTP/1.1 200 OK",
        "GET /status=4040 HTTP/1.1\" 200 404",
        "This CA is a self-signed certificate.",
        "Renew it before the certificate has expired.",
        "Is the certificate revoked?",
        "enum: STATUS_UNSPECIFIED",
        "X509v3 Basic Constraints: critical",
    ] {
        let lines: Vec<String> = recognize(text).into_iter().map(|line| line.words).collect();
        assert!(lines.is_empty(), "{text}: {lines:?}");
    }
}

/// Where it stands, how often, and what of it is kept.
#[test]
fn the_words_are_kept_and_nothing_else_of_the_line() {
    let log = "starting\n\
        {\"ts\":1,\"authorization\":\"Bearer s3cr3t\",\"error\":\"tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of \\\"x509: ECDSA verification failure\\\" while trying to verify candidate authority certificate \\\"Node CA\\\")\",\"token\":\"t0k3n\"}\n\
        {\"ts\":2,\"authorization\":\"Bearer s3cr3t\",\"error\":\"tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of \\\"x509: ECDSA verification failure\\\" while trying to verify candidate authority certificate \\\"Node CA\\\")\"}\n";
    let decoded = decode::read(log.as_bytes());
    let [line] = decoded.error_lines.as_slice() else { panic!("{:#?}", decoded.error_lines) };
    assert_eq!((line.line, line.times, line.details.name.as_deref()), (2, 2, Some("Node CA")));
    assert!(line.words.starts_with("tls: failed to verify") && line.words.ends_with("\"Node CA\")"), "{}", line.words);
    assert!(!format!("{line:?}").contains("s3cr3t") && !format!("{line:?}").contains("t0k3n"));
}

/// A link carries the words, and whoever opens it reads them as the line was read.
#[test]
fn the_words_alone_are_read_as_the_line_was() {
    let wrapped = |text: &str| {
        let escaped = text.replace('"', "\\\"");
        [
            text.to_owned(),
            format!("08:15 {{\"error\":\"{escaped}\"}}"),
            format!("a\n\n  {}\n", text.replacen(' ', "\n    ", 1)),
        ]
    };
    let texts = TABLE.iter().map(|(text, ..)| *text).chain(ELSEWHERE.iter().map(|(text, _)| *text));
    let mut lines = texts.flat_map(wrapped).flat_map(|text| recognize(&text)).collect::<Vec<_>>();
    for folder in recorded::folders("incidents") {
        let files = recorded::files(&format!("incidents/{folder}"), "");
        let read = |file: &String| fs::read(recorded::path(&format!("incidents/{folder}/{file}"))).expect("a file");
        lines.extend(files.iter().flat_map(|file| recognize(&String::from_utf8_lossy(&read(file)))));
    }
    assert!(lines.len() > 500, "{}", lines.len());
    for line in lines {
        let again = recognize(&format!("{}\n", line.words));
        assert_eq!(again, [ErrorLine { line: 1, times: 1, ..line }]);
    }
}

/// Where the words vary, nothing is kept that may be a token, a key or a password.
#[test]
fn what_may_be_a_secret_in_a_line_is_left_out() {
    let key = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9f3kPz0hGkWl2NvC";
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJlLXRoYXQtaXMtbm9uZQ";
    for (text, secrets) in [
        (
            "fatal: unable to access 'https://nobody:made-up-word@git.example/x.git/': SSL certificate problem: self-signed certificate".to_owned(),
            vec!["made-up-word", "nobody"],
        ),
        (format!("Get \"https://a.example/x?token={token}\": EOF"), vec![token, "c2lnbmF0dXJl"]),
        (format!("Authorization: Bearer {token} x509: certificate signed by unknown authority {key}"), vec![token, key]),
        (format!("x509: certificate is valid for {key}, not a.example"), vec![key, "MIGHAgEA"]),
        (
            format!("x509: certificate signed by unknown authority (possibly because of \"crypto/rsa: verification error\" while trying to verify candidate authority certificate \"{token}\")"),
            vec![token, "c2lnbmF0dXJl"],
        ),
        (format!("cannot load certificate \"data:{key}\""), vec![key, "MIGHAgEA"]),
        (format!("nginx: [emerg] cannot load certificate \"https://u:made-up@h/{key}\": PEM_read_bio_X509_AUX() failed"), vec!["made-up", key]),
    ] {
        let lines = recognize(&text);
        assert!(!lines.is_empty(), "{text}");
        let kept = format!("{lines:?}");
        secrets.iter().for_each(|secret| assert!(!kept.contains(secret), "{secret} in {kept}"));
    }
}

#[test]
fn a_text_in_utf_16_and_one_that_was_wrapped_are_read_too() {
    let text = "one\r\ncurl: (60) SSL certificate problem: unable to get\r\n   local issuer certificate\r\n";
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [text.as_bytes().to_vec(), utf16] {
        let lines = decode::read(&bytes).error_lines;
        assert_eq!(lines.iter().map(|line| (line.line, line.speaker)).collect::<Vec<_>>(), [(2, Curl)]);
    }
    assert_eq!(decode::read(&[0x30, 0x82, 0x01, 0x00]).error_lines, []);
}

#[test]
fn details_are_told_apart() {
    let line = only("error 20 at 3 depth lookup: unable to get local issuer certificate");
    assert_eq!(line.details.depth, Some(3));
    let line = only("x509: certificate is valid for a.example, b.example, not c.example");
    assert_eq!(line.details.host.as_deref(), Some("c.example"));
    let line = only("SSL: no alternative certificate subject name matches target host name 'a.example'");
    assert_eq!((line.speaker, line.details.host.as_deref()), (Curl, Some("a.example")));
    let line = only(
        "x509: certificate has expired or is not yet valid: current time 2026-11-21T18:11:57+01:00 is after 2026-11-19T17:51:36Z",
    );
    assert!(line.details.at.is_some() && line.details.bound.is_some());
    assert_eq!(line.message.layer, Layer::Verification);
    for (text, speaker) in [
        (
            "fatal: unable to access 'https://git.example/x.git/': server certificate verification failed. CAfile: none CRLfile: none",
            Git,
        ),
        ("fatal: unable to access 'https://git.example/x.git/': SSL certificate problem: self-signed certificate", Git),
        (
            "PHP Warning: stream_socket_client(): Peer certificate CN=`a.example' did not match expected CN=`b.example'",
            Php,
        ),
        ("HTTP 404", Http),
        ("write: broken pipe", System),
    ] {
        assert_eq!(recognize(text).first().map(|line| line.speaker), Some(speaker), "{text}");
    }
}

/// Odd texts: no panic, and a time that grows with the text, or this would not end.
#[test]
fn odd_texts_cost_no_more_than_their_length() {
    let mut seed = 1_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) as u8
    };
    for (text, ..) in TABLE {
        for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
            recognize(&text[..cut]);
            recognize(&text[cut..]);
        }
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..20 {
            let place = usize::from(next()) * bytes.len() / 256;
            bytes[place] = next();
            recognize(&String::from_utf8_lossy(&bytes));
        }
    }
    for piece in [
        "error 1 at ",
        "VE: ",
        "javax.net.ssl.SSLHandshakeException: ",
        "x509: certificate is valid for ",
        "ERROR: cannot verify a's certificate, issued by ",
        "http: TLS handshake error from a: ",
        "certificate verify failed: ",
        "\\\\\\\\\\\\\\\"",
        "a ",
        "\u{e4}\u{1f512} ",
        "\r\n",
    ] {
        let lines = recognize(&piece.repeat(400_000 / piece.len()));
        assert_eq!(!lines.is_empty(), piece.starts_with("certificate verify failed"), "{piece}");
    }
    let many: String =
        (0..10_000).map(|depth| format!("error 20 at {depth} depth lookup: certificate has expired\n")).collect();
    assert_eq!(recognize(&many).len(), MAX_LINES);
}
