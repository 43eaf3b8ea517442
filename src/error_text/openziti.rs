//! OpenZiti: routers, controllers, tunnelers and SDKs, which are written in Go or C.

use super::Family;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Message};
use super::speaker::{Side, Speaker};

pub(super) const FAMILY: Family = Family { speaker: Speaker::OpenZiti, leads: &[], messages: &[MESSAGES] };

const MESSAGES: &[Message] = &[
    Message::vague(
        &["invalid client certificate for api session"],
        &[
            Fault::NaivePool,
            Fault::IssuerAbsent,
            Fault::SameNameOtherKey,
            Fault::AnchorNotSelfSigned,
            Fault::MissingIntermediate,
            Fault::UntrustedRoot,
        ],
        "router/xgress_edge/connections.go, validateApiSession; docs/background/openziti.md",
    )
    .about(Side::Client)
    .or(Elsewhere::Authorization),
    Message::vague(
        &["no certs presented matched the CA for this node"],
        &[Fault::IssuerAbsent, Fault::SameNameOtherKey, Fault::MissingIntermediate],
        "controller/raft/mesh/mesh.go; openziti/ziti, issue 2819",
    ),
    Message::loading(
        &[
            "could not load certificates",
            "unable to load identity",
            "failed to load client certificate",
            "failed to parse certificate from identity",
        ],
        &[Fault::UnloadableFile],
        "openziti/identity, identity.go, LoadIdentity",
    )
    .or(Elsewhere::FileAccess),
    Message::beside(
        &["INVALID_AUTH", "UNAUTHORIZED: The request could not be completed", "The session is not authorized"],
        Layer::Http,
        Elsewhere::Authorization,
        "openziti/edge-api, errors",
    ),
    Message::beside(
        &["token signature is invalid", "token has invalid claims: token is expired", "enrollment token is expired"],
        Layer::Http,
        Elsewhere::Token,
        "golang-jwt; openziti/sdk-golang, enroll.go",
    ),
    Message::beside(
        &[
            "no routers available",
            "NO_EDGE_ROUTERS_AVAILABLE",
            "service {name} has no terminators",
            "no terminators for service",
        ],
        Layer::Http,
        Elsewhere::Upstream,
        "controller/network; openziti/sdk-golang",
    ),
];
