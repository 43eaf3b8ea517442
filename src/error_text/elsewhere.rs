//! Where to look for a fault that no certificate explains.

use std::fmt;

/// A place outside of the certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Elsewhere {
    /// The server has nothing under this host and path.
    Route,
    /// A proxy got no answer from the server behind it.
    Upstream,
    /// The server knows the request and does not let the caller in.
    Authorization,
    /// The request itself is refused.
    Request,
    /// The other side closed the connection before a certificate was seen.
    ClosedEarly,
    /// The other side broke the connection off.
    Reset,
    /// Nothing listens there.
    Refused,
    /// No answer in time.
    Timeout,
    /// No way to the address.
    Unreachable,
    /// The name has no address.
    NameResolution,
    /// One side speaks TLS, the other does not.
    NotTls,
    /// No version of TLS that both sides speak.
    ProtocolVersion,
    /// No cipher suite, group or signature scheme that both sides take.
    Algorithms,
    /// The server has nothing for the name in the handshake (SNI).
    ServerName,
    /// The server gave up for a reason of its own.
    PeerFault,
    /// Bytes were lost or changed on the way.
    Transport,
    /// The proxy passes no client certificate on.
    NotForwarded,
    /// What was passed on cannot be read.
    ForwardedForm,
    /// The file is not there, or may not be read.
    FileAccess,
    /// The key or key store is protected by a password.
    Password,
    /// Nobody could be asked whether the certificate was revoked.
    RevocationService,
    /// The program sets up TLS wrongly, before it connects.
    Configuration,
    /// A token or session, and no certificate.
    Token,
}

/// What to do, in a sentence.
impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Elsewhere::Route => {
                "Check the host name, the path and the proxy's routes: the server that answered has \
        nothing there."
            }
            Elsewhere::Upstream => {
                "Check the server behind the proxy: whether it runs, on which port, and whether that \
        port expects TLS."
            }
            Elsewhere::Authorization => {
                "Check whom the server lets in: the account, token or the identity that it reads from \
        the certificate."
            }
            Elsewhere::Request => "Check the request: the server received it and refuses its form.",
            Elsewhere::ClosedEarly => {
                "Check what listens at that address: it closed the connection before it presented a \
        certificate. A proxy without a route for the name, a plain TCP port or a load \
        balancer's probe does that."
            }
            Elsewhere::Reset => {
                "Check firewalls, proxies and the other side's log: it broke the connection off without \
        an alert."
            }
            Elsewhere::Refused => "Check that the server runs and listens on this address and port.",
            Elsewhere::Timeout => {
                "Check the way to the server: nothing answered in time, as behind a firewall that drops \
        packets."
            }
            Elsewhere::Unreachable => "Check routes and interfaces: there is no way to this address.",
            Elsewhere::NameResolution => "Check DNS: the name has no address here.",
            Elsewhere::NotTls => {
                "Check the port and the scheme: one side speaks TLS, the other plain text, HTTP for example."
            }
            Elsewhere::ProtocolVersion => "Allow a version of TLS on both sides: they have none in common.",
            Elsewhere::Algorithms => {
                "Allow cipher suites, groups and signature schemes that both sides know; a server \
        without a certificate of a fitting key type looks the same."
            }
            Elsewhere::ServerName => {
                "Check the name in the handshake (SNI): the server has no certificate or route for it."
            }
            Elsewhere::PeerFault => "Read the other side's log: it gave up and keeps the reason to itself.",
            Elsewhere::Transport => {
                "Look for what changes bytes on the way: a proxy that inspects TLS, a wrong port, a \
        faulty network."
            }
            Elsewhere::NotForwarded => {
                "Check the proxy's route: it has to ask clients for a certificate and pass it on, and \
        whatever stands in between must not strip the header."
            }
            Elsewhere::ForwardedForm => {
                "Compare the form that the proxy sends with the one that the program expects: PEM \
        escaped for URLs, bare base64 or a list."
            }
            Elsewhere::FileAccess => {
                "Check the path, the mount and the permissions: the program cannot read that file."
            }
            Elsewhere::Password => "Give the program the password of its key or key store.",
            Elsewhere::RevocationService => {
                "Check the way to the CRL and OCSP addresses in the certificate, or whether the \
        certificate was revoked; rootlens asks nobody."
            }
            Elsewhere::Configuration => "Check the program's TLS settings: it stops before a certificate is compared.",
            Elsewhere::Token => "Check the token or session: it is refused, whatever the certificate.",
        })
    }
}
