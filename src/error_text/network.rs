//! Name resolution, addresses and ports: before TLS.

use super::Family;
use super::elsewhere::Elsewhere;
use super::message::{Layer, Message};
use super::speaker::Speaker;

pub(super) const FAMILY: Family = Family { speaker: Speaker::System, leads: &[], messages: &[MESSAGES] };

const ERRNO: &str = "strerror(3), errno(3)";

const MESSAGES: &[Message] = &[
    Message::beside(
        &["connection refused", "Connection refused", "actively refused it"],
        Layer::Network,
        Elsewhere::Refused,
        ERRNO,
    ),
    Message::beside(
        &[
            "connection reset by peer",
            "Connection reset by peer",
            "Connection reset",
            "forcibly closed by the remote host",
            "broken pipe",
            "Broken pipe",
        ],
        Layer::Network,
        Elsewhere::Reset,
        ERRNO,
    ),
    Message::beside(
        &[
            "Connection timed out",
            "connection timed out",
            "Operation timed out",
            "operation timed out",
            "Timeout was reached",
            "timed out waiting for",
        ],
        Layer::Network,
        Elsewhere::Timeout,
        ERRNO,
    ),
    Message::beside(
        &[
            "no route to host",
            "No route to host",
            "network is unreachable",
            "Network is unreachable",
            "Host is unreachable",
        ],
        Layer::Network,
        Elsewhere::Unreachable,
        ERRNO,
    ),
    Message::beside(
        &[
            "no such host",
            "Could not resolve host",
            "Name or service not known",
            "Temporary failure in name resolution",
            "nodename nor servname provided",
            "server misbehaving",
            "NXDOMAIN",
            "getaddrinfo failed",
            "No such host is known",
        ],
        Layer::Network,
        Elsewhere::NameResolution,
        "gai_strerror(3); net/dnsclient.go; lib/url.c of curl",
    ),
    Message::beside(
        &[
            "Empty reply from server",
            "before a server certificate was presented",
            "before the server certificate was presented",
            "unexpected EOF during handshake",
            "EOF during handshake",
            "Get \"{url}\": EOF",
            "Post \"{url}\": EOF",
            "read: EOF",
        ],
        Layer::Handshake,
        Elsewhere::ClosedEarly,
        "lib/strerror.c of curl; net/http/transport.go; docs/background/errors.md, 6",
    ),
    Message::beside(
        &["Proxy CONNECT aborted", "Received HTTP code {number} from proxy after CONNECT", "proxyconnect tcp"],
        Layer::Network,
        Elsewhere::Unreachable,
        "lib/http_proxy.c of curl; net/http/transport.go",
    ),
    Message::beside(
        &["Couldn't connect to server", "Failed to connect to {host} port {number}"],
        Layer::Network,
        Elsewhere::Refused,
        "lib/connect.c of curl",
    ),
];
