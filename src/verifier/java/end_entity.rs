//! `EndEntityChecker`: what a leaf must be allowed to do, after its path was found.

use std::error::Error;
use std::fmt;

use super::parse::{Parsed, value};
use crate::der::{BIT_STRING, BitString, Reader};
use crate::oid::{self, ObjectIdentifier};
use crate::verifier::{CauseKind, Purpose};

/// Server gated cryptography, of Microsoft and of Netscape.
const GATED: [ObjectIdentifier; 2] = [oid::MS_SERVER_GATED_CRYPTO, oid::NETSCAPE_SERVER_GATED_CRYPTO];
/// digitalSignature (RFC 5280, 4.2.1.3).
const DIGITAL_SIGNATURE: u32 = 0;

/// What a leaf may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EndEntityError {
    /// keyUsage allows no digital signatures.
    KeyUsage,
    /// extKeyUsage allows no TLS server.
    Server,
    /// extKeyUsage allows no TLS client.
    Client,
    /// Netscape's extension allows no TLS server.
    NetscapeServer,
    /// Netscape's extension allows no TLS client.
    NetscapeClient,
}

impl EndEntityError {
    /// What is wrong, across all verifiers.
    pub(super) fn kind(self) -> CauseKind {
        match self {
            EndEntityError::KeyUsage => CauseKind::KeyUsage,
            EndEntityError::Server | EndEntityError::Client => CauseKind::ExtendedKeyUsage,
            EndEntityError::NetscapeServer | EndEntityError::NetscapeClient => CauseKind::Other,
        }
    }
}

impl fmt::Display for EndEntityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EndEntityError::KeyUsage => "KeyUsage does not allow digital signatures",
            EndEntityError::Server => "Extended key usage does not permit use for TLS server authentication",
            EndEntityError::Client => "Extended key usage does not permit use for TLS client authentication",
            EndEntityError::NetscapeServer => "Netscape cert type does not permit use for SSL server",
            EndEntityError::NetscapeClient => "Netscape cert type does not permit use for SSL client",
        })
    }
}

impl Error for EndEntityError {}

/// `checkTLSServer` for a key exchange that signs, and `checkTLSClient`.
pub(super) fn check(parsed: &Parsed<'_>, purpose: Purpose) -> Result<(), EndEntityError> {
    if purpose == Purpose::Any {
        return Ok(());
    }
    if parsed.key_usage(DIGITAL_SIGNATURE) == Some(false) {
        return Err(EndEntityError::KeyUsage);
    }
    if purpose == Purpose::Server {
        if !allows(parsed, oid::SERVER_AUTH) && !GATED.iter().any(|usage| allows(parsed, *usage)) {
            return Err(EndEntityError::Server);
        }
        return netscape(parsed, 1, EndEntityError::NetscapeServer);
    }
    if !allows(parsed, oid::CLIENT_AUTH) {
        return Err(EndEntityError::Client);
    }
    netscape(parsed, 0, EndEntityError::NetscapeClient)
}

/// What an application that calls the builder asks of the leaf itself, because the builder does not.
pub(super) fn usage_allows(parsed: &Parsed<'_>, purpose: Purpose) -> bool {
    match purpose {
        Purpose::Server => allows(parsed, oid::SERVER_AUTH),
        Purpose::Client => allows(parsed, oid::CLIENT_AUTH),
        Purpose::Any => true,
    }
}

/// `checkEKU`: the certificate has no extKeyUsage, or one that lists this usage or anyExtendedKeyUsage.
fn allows(parsed: &Parsed<'_>, usage: ObjectIdentifier) -> bool {
    let usages = parsed.certificate.extended_key_usage.as_ref();
    usages.is_none_or(|usages| usages.iter().any(|known| known.is_one_of(&[usage, oid::ANY_EXTENDED_KEY_USAGE])))
}

fn netscape(parsed: &Parsed<'_>, bit: usize, error: EndEntityError) -> Result<(), EndEntityError> {
    let Some(value) = value(parsed.certificate, oid::NETSCAPE_CERT_TYPE) else { return Ok(()) };
    let bits = Reader(value).read(BIT_STRING).and_then(|contents| BitString::of(contents.0));
    if bits.is_some_and(|bits| bits.bit(bit)) { Ok(()) } else { Err(error) }
}
