//! What programs say in words of their own that are built on OpenSSL: nginx, curl, git, Apache, stunnel, Ruby, PHP.

use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Lead, Message};
use super::openssl::ANYTHING;
use super::speaker::{Side, Speaker};

pub(super) const LEADS: &[Lead] = &[
    Lead::of("curl: ({number}) ", Speaker::Curl),
    Lead::of("fatal: unable to access '{word}': ", Speaker::Git),
    Lead::of("[SSL: ", Speaker::Python),
    Lead::plain("SSL: "),
    Lead::of("Certificate Verification: ", Speaker::Apache),
    Lead::of("SSL Proxy: ", Speaker::Apache),
    Lead::of("CERT: ", Speaker::Stunnel),
    Lead::of("client ", Speaker::Nginx).about(Side::Client),
    Lead::of("upstream ", Speaker::Nginx).about(Side::Server),
    Lead::of("PHP Warning: ", Speaker::Php),
];

pub(super) const MESSAGES: &[Message] = &[
    Message::refusal(
        &[
            "no alternative certificate subject name matches target host name '{host}'",
            "certificate subject name '{names}' does not match target host name '{host}'",
            "certificate subject name ({names}) does not match target host name '{host}'",
            "unable to obtain common name from peer certificate",
        ],
        &[Fault::HostName],
        "lib/vtls/openssl.c, ossl_verifyhost",
    )
    .of(Speaker::Curl)
    .about(Side::Server),
    Message::refusal(
        &["SSL certificate does not match \"{host}\""],
        &[Fault::HostName],
        "ngx_event_openssl.c, ngx_ssl_check_host; ngx_http_upstream.c",
    )
    .of(Speaker::Nginx)
    .about(Side::Server),
    Message::refusal(
        &["Peer certificate does not match for hostname {host}"],
        &[Fault::HostName],
        "ssl_engine_io.c, ssl_io_filter_handshake",
    )
    .of(Speaker::Apache)
    .about(Side::Server),
    Message::refusal(&["Subject checks failed"], &[Fault::HostName], "verify.c of stunnel, cert_check_subject")
        .of(Speaker::Stunnel)
        .about(Side::Server),
    Message::refusal(
        &["Certificate Chain too long"],
        &[Fault::ChainTooLong],
        "ssl_engine_kernel.c, ssl_callback_SSLVerify",
    )
    .of(Speaker::Apache),
    Message::refusal(
        &[
            "400 No required SSL certificate was sent",
            "No required SSL certificate was sent",
            "client sent no required SSL certificate",
        ],
        &[Fault::CertificateWithheld],
        "ngx_http_special_response.c, ngx_http_error_496_page; ngx_http_request.c",
    )
    .of(Speaker::Nginx)
    .about(Side::Client)
    .excluding(&[Fault::SameNameOtherKey])
    .sends(Alert::CertificateRequired),
    Message::vague(
        &["400 The SSL certificate error", "The SSL certificate error"],
        ANYTHING,
        "ngx_http_special_response.c, ngx_http_error_495_page",
    )
    .of(Speaker::Nginx)
    .about(Side::Client),
    Message::vague(
        &[
            "server certificate verification failed. CAfile: {word} CRLfile: {word}",
            "server certificate verification failed",
        ],
        ANYTHING,
        "lib/vtls/gtls.c, Curl_gtls_verifyserver",
    )
    .of(Speaker::Git)
    .about(Side::Server),
    Message::vague(
        &["SSL peer certificate or SSH remote key was not OK"],
        ANYTHING,
        "lib/strerror.c of curl, CURLE_PEER_FAILED_VERIFICATION",
    )
    .of(Speaker::Curl)
    .about(Side::Server),
    Message::vague(
        &["stream_socket_client(): Failed to enable crypto", "Failed to enable crypto"],
        ANYTHING,
        "ext/openssl/xp_ssl.c of PHP",
    )
    .of(Speaker::Php)
    .or(Elsewhere::ProtocolVersion),
    Message::refusal(
        &["Peer certificate CN=`{names}' did not match expected CN=`{host}'"],
        &[Fault::HostName],
        "ext/openssl/xp_ssl.c of PHP, php_openssl_apply_peer_verification_policy",
    )
    .of(Speaker::Php)
    .about(Side::Server),
    Message::refusal(
        &["hostname \"{host}\" does not match the server certificate", "hostname '{host}' doesn't match"],
        &[Fault::HostName],
        "lib/openssl/ssl.rb, post_connection_check; ssl.match_hostname of Python",
    )
    .about(Side::Server),
    Message::loading(
        &[
            "error setting certificate verify locations",
            "error adding trust anchors from file: {word}",
            "SSL_CTX_load_verify_locations(\"{word}\") failed",
            "cannot load certificate \"{word}\": PEM_read_bio_X509_AUX() failed",
            "cannot load certificate \"{word}\"",
            "unable to load client cert",
        ],
        &[Fault::UnloadableFile],
        "lib/vtls/openssl.c; ngx_event_openssl.c, ngx_ssl_certificate",
    )
    .or(Elsewhere::FileAccess),
    Message::loading(
        &[
            "SSL_CTX_use_PrivateKey(\"{word}\") failed",
            "unable to set private key file",
            "Unable to configure RSA server private key",
            "Unable to configure server private key",
        ],
        &[Fault::KeyMismatch, Fault::LeafNotFirst],
        "ngx_event_openssl.c, ngx_ssl_certificate; lib/vtls/openssl.c",
    ),
    Message::beside(
        &[
            "400 The plain HTTP request was sent to HTTPS port",
            "The plain HTTP request was sent to HTTPS port",
            "Reason: You're speaking plain HTTP to an SSL-enabled server port",
        ],
        Layer::Handshake,
        Elsewhere::NotTls,
        "ngx_http_special_response.c, ngx_http_error_497_page",
    )
    .of(Speaker::Nginx),
    Message::beside(&["421 Misdirected Request"], Layer::Http, Elsewhere::ServerName, "mod_ssl; RFC 9110, 15.5.20"),
    Message::beside(
        &["peer closed connection in SSL handshake", "Connection closed prematurely while SSL handshaking"],
        Layer::Handshake,
        Elsewhere::ClosedEarly,
        "ngx_event_openssl.c, ngx_ssl_handshake",
    )
    .of(Speaker::Nginx),
    Message::beside(
        &[
            "connect() failed (111: Connection refused) while connecting to upstream",
            "no live upstreams while connecting to upstream",
            "upstream prematurely closed connection while reading response header from upstream",
        ],
        Layer::Network,
        Elsewhere::Upstream,
        "ngx_http_upstream.c",
    ),
    Message::beside(
        &["upstream timed out ({number}: Connection timed out)"],
        Layer::Network,
        Elsewhere::Upstream,
        "ngx_http_upstream.c",
    ),
    Message::refusal(
        &["server certificate does NOT include an ID which matches the server name"],
        &[Fault::HostName],
        "ssl_util_ssl.c, modssl_X509_match_name; ssl_engine_init.c",
    )
    .of(Speaker::Apache)
    .about(Side::Server),
    Message::loading(
        &["Certificate and private key {names} do not match"],
        &[Fault::KeyMismatch, Fault::LeafNotFirst],
        "ssl_engine_init.c, ssl_init_server_certs",
    )
    .of(Speaker::Apache),
    Message::vague(
        &[
            "certificate verification failed for {host}: untrusted issuer",
            "TLS: peer cert untrusted or revoked",
            "broker certificate could not be verified",
        ],
        ANYTHING,
        "tls_verify.c of Postfix; tls_o.c of OpenLDAP; rdkafka_ssl.c",
    )
    .about(Side::Server),
    Message::refusal(
        &[
            "TLS: hostname does not match CN in peer certificate",
            "The server certificate does not match the host name",
            "The server certificate does not match the remote host name",
        ],
        &[Fault::HostName],
        "tls2.c of OpenLDAP; ssl_manager.cpp of MongoDB",
    )
    .about(Side::Server),
    Message::loading(
        &[
            "could not load server certificate file",
            "could not load root certificate file",
            "could not load client certificate",
        ],
        &[Fault::UnloadableFile],
        "be-secure-openssl.c of PostgreSQL",
    )
    .or(Elsewhere::FileAccess),
    Message::beside(
        &["Could not find a suitable TLS CA certificate bundle, invalid path"],
        Layer::Loading,
        Elsewhere::FileAccess,
        "requests/adapters.py, cert_verify",
    )
    .of(Speaker::Python),
    Message::beside(
        &["TLS Error: TLS handshake failed", "TLS Error: TLS key negotiation failed to occur within"],
        Layer::Handshake,
        Elsewhere::PeerFault,
        "ssl.c of OpenVPN",
    ),
];
