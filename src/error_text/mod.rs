//! Error lines, pasted or inside a log: whose words they are, where in a connection they arise, and which faults of
//! certificates they allow.
//!
//! ```text
//! text -> positions where a word begins -> leads (who speaks, about whose certificate) -> messages (what is allowed)
//! ```
//!
//! The messages are values in tables, one file per family of programs; each names where the real program has it.
//! Nothing of a text is kept but the words of the messages that were recognised: what else stands in a line may be a
//! secret, and what may be one where the words vary is left out too (`secret`). What the given files say to a message is not decided here.

mod alert;
mod application;
mod browser;
mod dotnet;
mod elsewhere;
mod fault;
mod forwarding;
mod gnutls;
mod go;
mod go_tls;
mod http;
mod java;
mod java_tls;
mod mbedtls;
mod message;
mod network;
mod node;
mod openssl;
mod openssl_programs;
mod openssl_tls;
mod openziti;
mod pattern;
mod proxy;
mod rustls;
mod search;
mod secret;
mod speaker;

pub use alert::Alert;
pub use elsewhere::Elsewhere;
pub use fault::Fault;
pub use message::{Layer, Message};
pub use pattern::Details;
pub use search::recognize;
pub use speaker::{Side, Speaker};

/// Most different messages that are taken from one text. Our own number: a log repeats a few, and a screen shows no
/// more.
pub const MAX_LINES: usize = 50;

/// A message that was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorLine {
    /// 1-based line on which it stands first.
    pub line: usize,
    /// How often the text says it, be it with other leads or at other times.
    pub times: usize,
    /// The words that were recognised there, from the first lead to the end of the message, and nothing else of the
    /// line; `…` where something was left out that may be a secret.
    pub words: String,
    /// Whose words they are.
    pub speaker: Speaker,
    /// Whose certificate they are about, where they tell.
    pub side: Option<Side>,
    /// What they mean.
    pub message: &'static Message,
    /// What stands where the words vary.
    pub details: Details,
}

impl ErrorLine {
    /// Whether certificates may explain it.
    pub fn is_about_certificates(&self) -> bool {
        !self.message.faults.is_empty()
    }
}

/// What a program, and the programs that are built on it, say.
struct Family {
    speaker: Speaker,
    leads: &'static [&'static [message::Lead]],
    messages: &'static [&'static [Message]],
}

/// Every family. Where two know the same words, the first one counts.
const FAMILIES: &[Family] = &[
    go::FAMILY,
    openssl::FAMILY,
    node::FAMILY,
    java::FAMILY,
    gnutls::FAMILY,
    mbedtls::FAMILY,
    rustls::FAMILY,
    dotnet::FAMILY,
    dotnet::SCHANNEL,
    browser::FIREFOX,
    browser::CHROME,
    proxy::TRAEFIK,
    proxy::HAPROXY,
    proxy::ENVOY,
    openziti::FAMILY,
    forwarding::FAMILY,
    http::FAMILY,
    network::FAMILY,
    application::FAMILY,
];
