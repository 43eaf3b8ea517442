//! The stages of a connection: each one hides what comes after it.

use super::ExplainedLine;
use crate::error_text::{Elsewhere, ErrorLine, Fault, Layer, Side};
use crate::verifier::Purpose;

/// A stage, in the order in which a request passes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// A program loads its certificates and keys.
    Loading,
    /// The request finds a server and a route.
    Routing,
    /// The connection is made, and TLS begins.
    Connection,
    /// The client verifies the server's certificate.
    ServerCertificate,
    /// The server verifies the client's certificate.
    ClientCertificate,
    /// The proxy passes the client's certificate on.
    Forwarding,
    /// The program behind it reads that and the request.
    Parsing,
    /// The program decides whom it lets in.
    Identity,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Stage; 8] = [
        Stage::Loading,
        Stage::Routing,
        Stage::Connection,
        Stage::ServerCertificate,
        Stage::ClientCertificate,
        Stage::Forwarding,
        Stage::Parsing,
        Stage::Identity,
    ];

    /// The stage of a line; `purpose` is what the chain was judged as that explains it.
    pub(super) fn of(line: &ErrorLine, purpose: Option<Purpose>) -> Stage {
        let message = line.message;
        let is = |fault: Fault| message.faults.contains(&fault);
        match (message.layer, message.elsewhere) {
            (Layer::Loading, _) => Stage::Loading,
            (_, Some(Elsewhere::Route | Elsewhere::Upstream | Elsewhere::NameResolution)) => Stage::Routing,
            (Layer::Network, _) => Stage::Connection,
            (Layer::Http, Some(Elsewhere::Request | Elsewhere::PeerFault)) => Stage::Parsing,
            (Layer::Http, _) => Stage::Identity,
            (Layer::Forwarding, Some(Elsewhere::NotForwarded)) => Stage::Forwarding,
            (Layer::Forwarding, _) => Stage::Parsing,
            (Layer::Handshake, _) => Stage::Connection,
            (Layer::Verification | Layer::Alert, _) if is(Fault::CertificateWithheld) && message.faults.len() == 1 => {
                Stage::ClientCertificate
            }
            (Layer::Verification | Layer::Alert, _) => match (line.side, purpose) {
                (Some(Side::Client), _) | (None, Some(Purpose::Client)) => Stage::ClientCertificate,
                _ => Stage::ServerCertificate,
            },
        }
    }

    /// The stage that comes to light once this one is passed.
    pub fn next(self) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| *stage > self)
    }

    /// What a line of this stage shows.
    pub fn shows(self) -> &'static str {
        match self {
            Stage::Loading => "A program could not load its own certificates or key.",
            Stage::Routing => "The request reached no server that has a route for it.",
            Stage::Connection => "A connection was tried, and ended before a certificate was judged.",
            Stage::ServerCertificate => "The handshake began, and the client refused the server's certificate.",
            Stage::ClientCertificate => {
                "The client took the server's certificate, and the server refused the client's."
            }
            Stage::Forwarding => {
                "The handshake was done, and no client certificate reached the program behind the proxy."
            }
            Stage::Parsing => "Something reached the program, and it could not read it.",
            Stage::Identity => "The program read the request, and did not let the caller in.",
        }
    }

    /// What nobody can know as long as this stage fails.
    pub fn hides(self) -> &'static str {
        match self {
            Stage::Loading => "Nothing was asked over the network yet.",
            Stage::Routing => "Whether the right server's TLS works cannot be seen before a request reaches it.",
            Stage::Connection => "No certificate had been judged yet, so none can explain this.",
            Stage::ServerCertificate => "Whether the server would accept the client's certificate was not tried yet.",
            Stage::ClientCertificate => "Whether the proxy passes the certificate on was not tried yet.",
            Stage::Forwarding => "Whether the program can read the proxy's form of a certificate was not tried yet.",
            Stage::Parsing => "Whether the identity in the certificate is one that is let in was not tried yet.",
            Stage::Identity => "Nothing comes after this.",
        }
    }
}

/// A line in its place among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Index in the lines.
    pub line: usize,
    /// Its stage.
    pub stage: Stage,
    /// The stage that a later line showed once this one was passed.
    pub behind: Option<Stage>,
}

/// Lines in their order: which fault each showed, what stood behind it, and what may come next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sequence {
    /// One per line that shows another stage than the one before it.
    pub steps: Vec<Step>,
    /// What comes to light once the last one is mended; `None` after the last stage, and without lines.
    pub next: Option<Stage>,
}

/// Puts lines, which stand in order of time, into the order of the stages.
pub fn sequence(lines: &[ExplainedLine]) -> Sequence {
    let mut steps: Vec<Step> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let stage = line.stage;
        match steps.last_mut() {
            Some(last) if last.stage == stage => continue,
            Some(last) => last.behind = Some(stage),
            None => {}
        }
        steps.push(Step { line: index, stage, behind: None });
    }
    let next = steps.last().and_then(|step| step.stage.next());
    Sequence { steps, next }
}
