//! The products, one constant each.

use super::handshake::Handshake;
use super::names::Names;
use super::settings::{Counts, DepthLimit, Settings, Side, Verifier};
use super::words::Words;
use super::{Confidence, Preset};
use crate::verifier::Engine;
use crate::verifier::gnutls::Profile;
use crate::verifier::openssl::{self, Callback};

/// Every product, by name.
pub const ALL: &[Preset] = &[
    APACHE,
    CADDY,
    CURL,
    DOCKER,
    ENVOY,
    GIT,
    HAPROXY,
    JAVA_TLS,
    KUBERNETES,
    MOSQUITTO,
    NGINX,
    NODE,
    NODE_PARTIAL,
    OPENSSL_S_CLIENT,
    OPENSSL_S_SERVER,
    PYTHON_3_12,
    PYTHON_3_13,
    STUNNEL,
    TRAEFIK,
];

/// OpenSSL as it is, which ends at the first error.
const PLAIN: openssl::Settings = openssl::Settings::DEFAULT;
/// OpenSSL with a callback that lets everything pass, so that the program decides by the last error.
const LAST_ERROR: openssl::Settings = openssl::Settings { callback: Callback::Continue, ..PLAIN };
/// The OpenSSL that comes with Node.js, whose security level is 1.
const NODES: openssl::Settings = openssl::Settings { security_level: 1, ..LAST_ERROR };

/// BoringSSL has no security levels (`SSL_CTX_set_security_level` is not among its functions).
const BORINGSSLS: openssl::Settings = openssl::Settings { security_level: 0, ..openssl::Settings::PARTIAL };

/// What another engine decides as it is.
const ENGINE: Settings = Settings {
    side: Side::Both,
    asks_usage: true,
    verifier: Verifier::AsItIs,
    depth: None,
    handshake: Handshake::Nothing,
    names: Names::ByVerifier,
    words: Words::Engine,
};

const fn with_openssl(side: Side, openssl: openssl::Settings, names: Names, words: Words) -> Settings {
    Settings { side, verifier: Verifier::OpenSsl(openssl), names, words, ..ENGINE }
}

/// Apache's `mod_ssl`, for clients and as a proxy.
pub const APACHE: Preset = Preset {
    name: "apache",
    title: "Apache",
    engine: Engine::OPENSSL,
    settings: Settings {
        depth: Some(DepthLimit {
            limit: 1,
            counts: Counts::AboveLeaf,
            for_clients: "SSLVerifyDepth",
            for_servers: "SSLProxyVerifyDepth",
        }),
        ..with_openssl(Side::Both, PLAIN, Names::Apache, Words::Apache)
    },
    note: "Apache with SSLVerifyClient require, or SSLProxyVerify require as a proxy. Its SSLVerifyDepth is 1 unless it \
           is set, and counts the root: a leaf below an intermediate is refused.",
    source: "Apache 2.4.71 was run; ssl_callback_SSLVerify in ssl_engine_kernel.c",
    confidence: Confidence::Measured,
};

/// Caddy.
pub const CADDY: Preset = Preset {
    name: "caddy",
    title: "Caddy",
    engine: Engine::GO,
    settings: ENGINE,
    note: "Caddy's pools are those of Go's crypto/x509; which release of Go depends on that of Caddy.",
    source: "Caddy is written in Go; it was not run",
    confidence: Confidence::Inferred,
};

/// curl.
pub const CURL: Preset = Preset {
    name: "curl",
    title: "curl",
    engine: Engine::OPENSSL_PARTIAL,
    settings: with_openssl(Side::Servers, openssl::Settings::PARTIAL, Names::Curl, Words::Curl),
    note: "curl 7.68.0 and later built with OpenSSL; without partial chains if a CRL file is given.",
    source: "curl 7.88.1 was run; curl commit 94f1f771, issue 4655",
    confidence: Confidence::Measured,
};

/// Docker.
pub const DOCKER: Preset = Preset {
    name: "docker",
    title: "Docker",
    engine: Engine::GO,
    settings: ENGINE,
    note: "Docker's daemon and its client verify registries and each other with Go's crypto/x509; which release of Go \
           depends on that of Docker.",
    source: "Docker is written in Go; it was not run",
    confidence: Confidence::Inferred,
};

/// Envoy.
pub const ENVOY: Preset = Preset {
    name: "envoy",
    title: "Envoy",
    engine: Engine::OPENSSL_PARTIAL,
    settings: with_openssl(Side::Both, BORINGSSLS, Names::ByVerifier, Words::Engine),
    note: "Envoy since 2022 with trusted_ca. It is built with BoringSSL, which is no engine here and differs: it \
           takes the first candidate even if that is expired, climbs on above a trusted intermediate, minds \
           fewer extensions of an anchor, and has no security levels, so that it takes RSA keys of 1024 bits.",
    source: "envoy pull request 22350, issues 19326 and 47453; default_validator.cc",
    confidence: Confidence::Inferred,
};

/// git, as Debian builds it.
pub const GIT: Preset = Preset {
    name: "git",
    title: "git (Debian)",
    engine: Engine::GNUTLS,
    settings: Settings {
        side: Side::Servers,
        asks_usage: false,
        verifier: Verifier::GnuTls(Profile::Low),
        handshake: Handshake::SigningServer,
        words: Words::Git,
        ..ENGINE
    },
    note: "git with http.sslCAInfo and a libcurl that is built with GnuTLS, as on Debian and Ubuntu; elsewhere git \
           verifies as curl does. It asks for no extended key usage and takes RSA keys of 1024 bits.",
    source: "git 2.47.3 was run with libcurl 7.88.1 and GnuTLS 3.7.9",
    confidence: Confidence::Measured,
};

/// HAProxy.
pub const HAPROXY: Preset = Preset {
    name: "haproxy",
    title: "HAProxy",
    engine: Engine::OPENSSL,
    settings: with_openssl(Side::Both, PLAIN, Names::Haproxy, Words::Haproxy),
    note: "HAProxy with verify required, and verifyhost or sni for servers. Of the flags of a verification it sets \
           those for CRLs only.",
    source: "HAProxy 2.6.12 was run; ssl_sock.c",
    confidence: Confidence::Measured,
};

/// Java's TLS.
pub const JAVA_TLS: Preset = Preset {
    name: "java-tls",
    title: "Java 17 (HTTPS)",
    engine: Engine::JAVA_TRUST_MANAGER,
    settings: Settings { handshake: Handshake::ShortMessage(10), words: Words::Java, ..ENGINE },
    note: "Java's SSLSocket with the trust manager PKIX and the endpoint identification HTTPS. It takes ten \
           certificates in a message.",
    source: "OpenJDK 17.0.15 was run",
    confidence: Confidence::Measured,
};

/// Kubernetes.
pub const KUBERNETES: Preset = Preset {
    name: "kubernetes",
    title: "Kubernetes",
    engine: Engine::GO,
    settings: ENGINE,
    note: "The API server (clients, webhooks, aggregated APIs), kubelet and kubectl verify with Go's crypto/x509; which \
           release of Go depends on that of Kubernetes.",
    source: "Kubernetes is written in Go; it was not run",
    confidence: Confidence::Inferred,
};

/// Mosquitto's broker.
pub const MOSQUITTO: Preset = Preset {
    name: "mosquitto",
    title: "Mosquitto",
    engine: Engine::OPENSSL,
    settings: with_openssl(Side::Clients, PLAIN, Names::NotChecked, Words::Mosquitto),
    note: "Mosquitto's broker with cafile and require_certificate.",
    source: "Mosquitto 2.0.11 was run",
    confidence: Confidence::Measured,
};

/// nginx, for clients and towards upstream servers.
pub const NGINX: Preset = Preset {
    name: "nginx",
    title: "nginx",
    engine: Engine::OPENSSL,
    settings: Settings {
        depth: Some(DepthLimit {
            limit: 1,
            counts: Counts::Intermediates,
            for_clients: "ssl_verify_depth",
            for_servers: "proxy_ssl_verify_depth",
        }),
        ..with_openssl(Side::Both, LAST_ERROR, Names::CheckHostAlone, Words::Nginx)
    },
    note: "nginx with ssl_verify_client on, or proxy_ssl_verify on towards an upstream server. Its verify depth is 1 \
           unless it is set: with two intermediates the chain is refused, in words that do not say so. It does not set \
           the flag for partial chains.",
    source: "nginx 1.22.1 was run; pull request 1594, closed",
    confidence: Confidence::Measured,
};

/// Node.js.
pub const NODE: Preset = Preset {
    name: "node",
    title: "Node.js",
    engine: Engine::OPENSSL,
    settings: with_openssl(Side::Both, NODES, Names::Node, Words::Node),
    note: "Node.js without allowPartialTrustChain. It brings its own OpenSSL at security level 1, which takes RSA \
           keys of 1024 bits.",
    source: "Node.js 20.20.2 was run",
    confidence: Confidence::Measured,
};

/// Node.js that takes an intermediate for an anchor.
pub const NODE_PARTIAL: Preset = Preset {
    name: "node-partial",
    title: "Node.js with allowPartialTrustChain",
    engine: Engine::OPENSSL_PARTIAL,
    settings: with_openssl(Side::Both, openssl::Settings { partial_chain: true, ..NODES }, Names::Node, Words::Node),
    note: "Node.js with allowPartialTrustChain (since 22.9.0 and 20.18.0). It brings its own OpenSSL at security \
           level 1, which takes RSA keys of 1024 bits.",
    source: "Node.js 20.20.2 was run; nodejs commit c2bf0134",
    confidence: Confidence::Measured,
};

/// The command `openssl s_client`.
pub const OPENSSL_S_CLIENT: Preset = Preset {
    name: "openssl-s_client",
    title: "openssl s_client",
    engine: Engine::OPENSSL,
    settings: with_openssl(Side::Servers, PLAIN, Names::NotChecked, Words::OpensslCommand),
    note: "openssl s_client with -verify_return_error; without that it connects whatever is wrong. It looks at the host \
           name with -verify_hostname only.",
    source: "OpenSSL 3.0.22 was run",
    confidence: Confidence::Measured,
};

/// The command `openssl s_server`.
pub const OPENSSL_S_SERVER: Preset = Preset {
    name: "openssl-s_server",
    title: "openssl s_server",
    engine: Engine::OPENSSL,
    settings: with_openssl(Side::Clients, PLAIN, Names::NotChecked, Words::OpensslCommand),
    note: "openssl s_server with -Verify and -verify_return_error.",
    source: "OpenSSL 3.0.22 was run",
    confidence: Confidence::Measured,
};

/// Python before its stricter defaults.
pub const PYTHON_3_12: Preset = Preset {
    name: "python-3.12",
    title: "Python up to 3.12",
    engine: Engine::OPENSSL,
    settings: with_openssl(Side::Both, PLAIN, Names::ByVerifier, Words::Python),
    note: "Python's ssl.create_default_context up to 3.12.",
    source: "Python 3.11.2 was run with OpenSSL 3.0.22",
    confidence: Confidence::Measured,
};

/// Python with its stricter defaults.
pub const PYTHON_3_13: Preset = Preset {
    name: "python-3.13",
    title: "Python 3.13 and later",
    engine: Engine::OPENSSL_PARTIAL_STRICT,
    settings: with_openssl(Side::Both, openssl::Settings::PARTIAL_STRICT, Names::ByVerifier, Words::Python),
    note: "Python's ssl.create_default_context since 3.13.",
    source: "Python 3.13.0 was run with OpenSSL 3.0.22; cpython issues 107361 and 112389",
    confidence: Confidence::Measured,
};

/// stunnel.
pub const STUNNEL: Preset = Preset {
    name: "stunnel",
    title: "stunnel",
    engine: Engine::OPENSSL,
    settings: with_openssl(Side::Both, PLAIN, Names::CheckHost, Words::Stunnel),
    note: "stunnel with verifyChain, and checkHost or checkIP for servers.",
    source: "stunnel 5.68 was run",
    confidence: Confidence::Measured,
};

/// Traefik.
pub const TRAEFIK: Preset = Preset {
    name: "traefik",
    title: "Traefik",
    engine: Engine::GO,
    settings: ENGINE,
    note: "Traefik's pools are those of Go's crypto/x509; which release of Go depends on that of Traefik.",
    source: "Traefik is written in Go; it was not run",
    confidence: Confidence::Inferred,
};
