//! What goes wrong between a proxy that passes a client's certificate on and the program that reads it.

use super::Family;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Message};
use super::speaker::{Side, Speaker};

pub(super) const FAMILY: Family = Family { speaker: Speaker::Backend, leads: &[], messages: &[MESSAGES] };

const BASE64: &str = "java.util.Base64; encoding/base64; encoding/pem; docs/background/errors.md, 6";

const MESSAGES: &[Message] = &[
    Message::refusal(
        &["invalid node identity", "invalid_node_identity"],
        &[Fault::HeaderEncoding],
        "docs/background/errors.md, 6",
    )
    .about(Side::Client)
    .at(Layer::Http)
    .or(Elsewhere::Authorization),
    Message::beside(
        &[
            "mtls_present=false",
            "mtls_present=\"false\"",
            "mtls_present\":false",
            "mtls_present\": false",
            "mtls_present: false",
            "mtls_present=0",
        ],
        Layer::Forwarding,
        Elsewhere::NotForwarded,
        "docs/background/errors.md, 6",
    )
    .about(Side::Client),
    Message::beside(
        &[
            "Ssl-Client-Verify: NONE",
            "ssl-client-verify: NONE",
            "X-SSL-Client-Verify: NONE",
            "x-ssl-client-verify: NONE",
            "SSL_CLIENT_VERIFY=NONE",
            "SSL_CLIENT_VERIFY: NONE",
        ],
        Layer::Forwarding,
        Elsewhere::NotForwarded,
        "ngx_event_openssl.c, ngx_ssl_get_client_verify; ssl_engine_vars.c, \
        ssl_var_lookup_ssl_cert_verify",
    )
    .about(Side::Client),
    Message::beside(
        &[
            "X-SSL-Client-Cert: (null)",
            "X-SSL-CERT: (null)",
            "SSL_CLIENT_CERT: (null)",
            "X-Client-Cert: (null)",
            "x-ssl-client-cert: (null)",
            "ssl-client-cert: (null)",
            "SSL_CLIENT_CERT=(null)",
        ],
        Layer::Forwarding,
        Elsewhere::NotForwarded,
        "mod_headers.c of Apache, a variable without a value",
    )
    .about(Side::Client),
    Message::beside(
        &[
            "no client certificate in request",
            "missing X-Forwarded-Tls-Client-Cert",
            "X-Forwarded-Tls-Client-Cert header is missing",
            "missing client certificate header",
            "x-forwarded-client-cert header is missing",
            "client certificate header not found",
        ],
        Layer::Forwarding,
        Elsewhere::NotForwarded,
        "docs/background/errors.md, 6",
    )
    .about(Side::Client),
    Message::refusal(
        &[
            "Input byte array has incorrect ending byte",
            "Illegal base64 character",
            "illegal base64 data at input byte {number}",
            "Incorrect padding",
            "Invalid base64-encoded string",
        ],
        &[Fault::HeaderEncoding],
        BASE64,
    )
    .at(Layer::Forwarding)
    .or(Elsewhere::ForwardedForm),
    Message::refusal(
        &[
            "Incomplete BER/DER data",
            "failed to decode PEM block from header",
            "failed to parse client certificate from header",
            "invalid URL escape",
            "asn1: structure error",
            "asn1: syntax error",
            "Unable to load PEM file",
        ],
        &[Fault::HeaderEncoding, Fault::UnloadableFile],
        BASE64,
    )
    .at(Layer::Forwarding)
    .or(Elsewhere::ForwardedForm),
    Message::beside(
        &[
            "invalid header field value",
            "net/http: invalid header field value",
            "Invalid header value",
            "ERR_INVALID_CHAR",
            "400 Request Header Or Cookie Too Large",
            "Request Header Fields Too Large",
        ],
        Layer::Forwarding,
        Elsewhere::ForwardedForm,
        "net/http/transport.go; h11; lib/_http_outgoing.js; ngx_http_request.c",
    ),
];
