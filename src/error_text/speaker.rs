//! Whose words a message is.

/// A program or library that speaks of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // Each is named after its program, and `title` says what it is called.
pub enum Speaker {
    Go,
    OpenSsl,
    Nginx,
    Apache,
    Curl,
    Python,
    Ruby,
    Php,
    Git,
    Stunnel,
    Mosquitto,
    Node,
    Java,
    GnuTls,
    MbedTls,
    Rustls,
    DotNet,
    Schannel,
    Firefox,
    Chrome,
    Traefik,
    Haproxy,
    Envoy,
    OpenZiti,
    /// A program that reads a forwarded certificate.
    Backend,
    /// Whoever answers or speaks HTTP.
    Http,
    /// The operating system and its name resolution.
    System,
    /// Some TLS library, in words that several have.
    TlsLibrary,
    /// Some program that loads or manages certificates.
    Application,
}

/// Whose certificate a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The server's, which the client refused.
    Server,
    /// The client's, which the server refused.
    Client,
}

impl Side {
    /// The other one.
    pub fn other(self) -> Side {
        match self {
            Side::Server => Side::Client,
            Side::Client => Side::Server,
        }
    }
}

impl Speaker {
    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Speaker::Go => "Go",
            Speaker::OpenSsl => "OpenSSL",
            Speaker::Nginx => "nginx",
            Speaker::Apache => "Apache",
            Speaker::Curl => "curl",
            Speaker::Python => "Python",
            Speaker::Ruby => "Ruby",
            Speaker::Php => "PHP",
            Speaker::Git => "git",
            Speaker::Stunnel => "stunnel",
            Speaker::Mosquitto => "Mosquitto",
            Speaker::Node => "Node.js",
            Speaker::Java => "Java",
            Speaker::GnuTls => "GnuTLS",
            Speaker::MbedTls => "mbedTLS",
            Speaker::Rustls => "rustls",
            Speaker::DotNet => ".NET",
            Speaker::Schannel => "Windows Schannel",
            Speaker::Firefox => "Firefox",
            Speaker::Chrome => "Chrome",
            Speaker::Traefik => "Traefik",
            Speaker::Haproxy => "HAProxy",
            Speaker::Envoy => "Envoy",
            Speaker::OpenZiti => "OpenZiti",
            Speaker::Backend => "the program behind the proxy",
            Speaker::Http => "an HTTP server or proxy",
            Speaker::System => "the operating system",
            Speaker::TlsLibrary => "a TLS library",
            Speaker::Application => "the program",
        }
    }
}
