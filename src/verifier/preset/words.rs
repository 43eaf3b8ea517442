//! The words in which products say why they refuse.

use super::names::LeafNames;
use super::settings::{Counts, DepthLimit};
use crate::certificate::{Certificate, GeneralName};
use crate::graph::Graph;
use crate::verifier::openssl::{Error, Reported};
use crate::verifier::{CauseKind, Host, Purpose, Query, Verdict};

/// Whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// The engine's.
    Engine,
    /// Of `error.log` at level `info`.
    Nginx,
    /// Of `fc_err_str` with `ssl_c_err` and `ssl_c_ca_err`, and of `bc_err_str`.
    Haproxy,
    /// Of the error log.
    Apache,
    /// Of its log.
    Stunnel,
    /// Of Mosquitto's log, which holds OpenSSL's error queue.
    Mosquitto,
    /// Of curl's error message.
    Curl,
    /// Of git's error message, with a libcurl that is built with GnuTLS.
    Git,
    /// Code and message of the error.
    Node,
    /// The message of `ssl.SSLCertVerificationError`.
    Python,
    /// What the commands `s_client` and `s_server` print.
    OpensslCommand,
    /// The exceptions, from the outermost to its cause.
    Java,
}

impl Words {
    /// What the product says of OpenSSL's last error.
    pub(super) fn of_openssl(self, error: Reported, query: &Query<'_>, limit: Option<DepthLimit>) -> String {
        let (number, text) = (error.error.number(), error.error.text());
        match self {
            Words::Engine | Words::Git | Words::Java => error.to_string(),
            Words::Nginx => format!("{} SSL certificate verify error: ({number}:{text})", peer(query.purpose)),
            Words::Haproxy => haproxy(error, query.purpose),
            Words::Apache => apache(error, limit),
            Words::Stunnel => format!("CERT: Pre-verification error: {text}"),
            Words::Mosquitto => "error:0A000086:SSL routines::certificate verify failed".to_owned(),
            // curl prints the first error of OpenSSL's queue, which holds one of its own here.
            Words::Curl if error.error == Error::CertSignatureFailure => {
                "OpenSSL/3.0.22: error:06880006:asn1 encoding routines::EVP lib".to_owned()
            }
            Words::Curl => format!("SSL certificate problem: {text}"),
            Words::Node => format!("{}: {text}", name_in_node(error.error)),
            Words::Python => format!("certificate verify failed: {}", python(error.error, query.host.as_ref())),
            Words::OpensslCommand => format!("verify error:num={number}:{text}"),
        }
    }

    /// What the product says of another engine's rejection.
    pub(super) fn of_verdict(self, verdict: &Verdict, graph: &Graph, query: &Query<'_>) -> String {
        let is_name = verdict.cause.is_some_and(|cause| cause.kind == CauseKind::HostName);
        let leaf = graph.certificate(query.leaf);
        match (self, query.host.as_ref(), leaf) {
            (Words::Git, Some(host), Some(leaf)) if is_name => self.of_mismatch(leaf, host),
            (Words::Git, ..) => "server certificate verification failed.".to_owned(),
            (Words::Java, ..) => java(verdict, query.purpose),
            _ => verdict.detail.clone(),
        }
    }

    /// What the product says of a leaf that is not valid for the host.
    pub(super) fn of_mismatch(self, leaf: &Certificate, host: &Host) -> String {
        let (names, host) = (LeafNames::of(leaf), host.text());
        match self {
            Words::Nginx => format!("upstream SSL certificate does not match \"{host}\""),
            Words::Haproxy => "Server presented an SSL certificate different from the configured one".to_owned(),
            Words::Apache => format!("SSL Proxy: Peer certificate does not match for hostname {host}"),
            Words::Stunnel => "CERT: Subject checks failed".to_owned(),
            Words::Mosquitto => "host name verification failed.".to_owned(),
            Words::Curl => curl_mismatch(&names, host),
            Words::Git => {
                let name = names.common.first().map_or("", String::as_str);
                format!("SSL: certificate subject name ({name}) does not match target host name '{host}'")
            }
            Words::Node => node_mismatch(leaf, &names, host),
            Words::Engine | Words::Python | Words::OpensslCommand | Words::Java => {
                format!("the certificate is not valid for {host}")
            }
        }
    }
}

/// The other side, as nginx calls it.
fn peer(purpose: Purpose) -> &'static str {
    if purpose == Purpose::Server { "upstream" } else { "client" }
}

/// `conn_err_code_str`: for a client's chain it tells leaf and CAs apart.
fn haproxy(error: Reported, purpose: Purpose) -> String {
    let number = error.error.number();
    match (purpose, error.depth) {
        (Purpose::Server, _) => "SSL handshake failure".to_owned(),
        (_, 0) => format!("SSL client certificate not trusted ({number}/0)"),
        _ => format!("SSL client CA chain cannot be verified (0/{number})"),
    }
}

/// `ssl_callback_SSLVerify`, which says of its own limit how far above the leaf a certificate stands.
fn apache(error: Reported, limit: Option<DepthLimit>) -> String {
    let said = match limit {
        Some(DepthLimit { limit, counts: Counts::AboveLeaf, .. }) if error.error == Error::CertChainTooLong => {
            let depth = error.depth;
            format!("Certificate Chain too long (chain has {depth} certificates, but maximum allowed are only {limit})")
        }
        _ => format!("Error ({}): {}", error.error.number(), error.error.text()),
    };
    format!("Certificate Verification: {said}")
}

/// `fill_and_set_sslerror` in `_ssl.c`.
fn python(error: Error, host: Option<&Host>) -> String {
    let host = host.map_or("", Host::text);
    match error {
        Error::HostnameMismatch => format!("Hostname mismatch, certificate is not valid for '{host}'."),
        Error::IpAddressMismatch => format!("IP address mismatch, certificate is not valid for '{host}'."),
        other => other.text().to_owned(),
    }
}

/// The message of the outermost exception is that of its cause, unless a certificate cannot be read.
fn java(verdict: &Verdict, purpose: Purpose) -> String {
    let causes = &verdict.detail;
    if verdict.cause.is_some_and(|cause| cause.kind == CauseKind::Unparsable) {
        let peer = if purpose == Purpose::Client { "client" } else { "server" };
        return format!(
            "SSLHandshakeException: Failed to parse {peer} certificates <- CertificateParsingException: {causes}"
        );
    }
    let outermost = causes.split(" <- ").next().unwrap_or_default();
    let message = outermost.split_once(": ").map_or(outermost, |(_, message)| message);
    format!("SSLHandshakeException: {message} <- {causes}")
}

/// `ossl_verifyhost`.
fn curl_mismatch(names: &LeafNames<'_>, host: &str) -> String {
    match names.common.last() {
        _ if !names.dns.is_empty() || !names.addresses.is_empty() => {
            format!("SSL: no alternative certificate subject name matches target host name '{host}'")
        }
        Some(name) => format!("SSL: certificate subject name '{name}' does not match target host name '{host}'"),
        None => "SSL: unable to obtain common name from peer certificate".to_owned(),
    }
}

/// `checkServerIdentity`.
fn node_mismatch(leaf: &Certificate, names: &LeafNames<'_>, host: &str) -> String {
    let reason = if host.parse::<std::net::IpAddr>().is_ok() {
        let addresses: Vec<String> = names.addresses.iter().filter_map(|octets| address(octets)).collect();
        format!("IP: {host} is not in the cert's list: {}", addresses.join(", ")).trim_end().to_owned()
    } else if !names.dns.is_empty() {
        let all: Vec<String> = leaf.subject_alt_names.iter().flatten().filter_map(alternative_name).collect();
        format!("Host: {host}. is not in the cert's altnames: {}", all.join(", "))
    } else if names.common.is_empty() {
        "Cert does not contain a DNS name".to_owned()
    } else {
        format!("Host: {host}. is not cert's CN: {}", names.common.join(","))
    };
    format!("ERR_TLS_CERT_ALTNAME_INVALID: Hostname/IP does not match certificate's altnames: {reason}")
}

/// As Node prints `subjectaltname`.
fn alternative_name(name: &GeneralName) -> Option<String> {
    match name {
        GeneralName::Dns(name) => Some(format!("DNS:{name}")),
        GeneralName::Ip(octets) => address(octets).map(|it| format!("IP Address:{it}")),
        GeneralName::Email(address) => Some(format!("email:{address}")),
        GeneralName::Uri(uri) => Some(format!("URI:{uri}")),
        _ => None,
    }
}

fn address(octets: &[u8]) -> Option<String> {
    let v4 = <[u8; 4]>::try_from(octets).ok().map(|it| std::net::Ipv4Addr::from(it).to_string());
    v4.or_else(|| <[u8; 16]>::try_from(octets).ok().map(|it| std::net::Ipv6Addr::from(it).to_string()))
}

/// `X509ErrorCode` in `crypto_common.cc`: the errors of old have names, the others have none.
fn name_in_node(error: Error) -> &'static str {
    match error {
        Error::UnableToGetIssuerCert => "UNABLE_TO_GET_ISSUER_CERT",
        Error::UnableToDecodeIssuerPublicKey => "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
        Error::CertSignatureFailure => "CERT_SIGNATURE_FAILURE",
        Error::CertNotYetValid => "CERT_NOT_YET_VALID",
        Error::CertHasExpired => "CERT_HAS_EXPIRED",
        Error::ErrorInCertNotBeforeField => "ERROR_IN_CERT_NOT_BEFORE_FIELD",
        Error::ErrorInCertNotAfterField => "ERROR_IN_CERT_NOT_AFTER_FIELD",
        Error::DepthZeroSelfSignedCert => "DEPTH_ZERO_SELF_SIGNED_CERT",
        Error::SelfSignedCertInChain => "SELF_SIGNED_CERT_IN_CHAIN",
        Error::UnableToGetIssuerCertLocally => "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        Error::UnableToVerifyLeafSignature => "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        Error::CertChainTooLong => "CERT_CHAIN_TOO_LONG",
        Error::InvalidCa => "INVALID_CA",
        Error::PathLengthExceeded => "PATH_LENGTH_EXCEEDED",
        Error::InvalidPurpose => "INVALID_PURPOSE",
        Error::HostnameMismatch => "HOSTNAME_MISMATCH",
        _ => "UNSPECIFIED",
    }
}
