//! The outermost DER (ITU-T X.690) of a file or block: how long it is and what it looks like.

use super::RelatedKind;
use crate::der::{
    BIT_STRING, GENERALIZED_TIME, Header, INTEGER, NULL, OBJECT_IDENTIFIER, OCTET_STRING, Reader, SEQUENCE, UTC_TIME,
    constructed, encode,
};
use crate::oid::{self, ObjectIdentifier};

/// Elements of one SEQUENCE that are looked at; the longest shape told apart here has six.
const MAX_ELEMENTS: usize = 8;

/// The length octet of the indefinite form (X.690, 8.1.3.6).
const INDEFINITE: u8 = 0x80;

/// How a private key of OpenSSH begins (`PROTOCOL.key`).
const OPENSSH_KEY: &[u8] = b"openssh-key-v1\0";

/// The tag of a certificate's version and of a request's attributes.
const CONTEXT_0: u8 = constructed(0);

/// How far the outermost element reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// It is a SEQUENCE of this many bytes, header included, and they are all there.
    Whole(usize),
    /// It announces more bytes than there are.
    Cut {
        /// Bytes that are there.
        present: usize,
        /// Bytes that its length announces.
        announced: usize,
    },
    /// It is a SEQUENCE of the indefinite form, which is BER and not DER (X.690, 8.1.3.6 and 10.1).
    Ber,
    /// It is no SEQUENCE, or its length is not DER; the first byte.
    NotDer(u8),
    /// There are no bytes.
    Empty,
}

/// What some DER is, by its shape alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// RFC 5280 section 4.1.
    Certificate,
    /// RFC 2986 section 4.
    Request,
    /// RFC 5280 section 5.1.
    RevocationList,
    /// SubjectPublicKeyInfo or RSAPublicKey.
    PublicKey,
    /// A private key, with the label that it has in PEM.
    PrivateKey(&'static str),
    /// RFC 5652 section 3.
    Pkcs7,
    /// RFC 7292 section 4.
    Pkcs12,
    /// None of these.
    Other,
}

/// How far the element at the start reaches.
pub(super) fn extent(bytes: &[u8]) -> Extent {
    let Some(first) = bytes.first() else { return Extent::Empty };
    match Header::read(bytes) {
        Some(header) if header.tag == SEQUENCE && end(&header) <= bytes.len() => Extent::Whole(end(&header)),
        Some(header) if header.tag == SEQUENCE => Extent::Cut { present: bytes.len(), announced: end(&header) },
        _ if is_indefinite(bytes) => Extent::Ber,
        _ => Extent::NotDer(*first),
    }
}

/// Whether some bytes are a SEQUENCE of the indefinite form, with another SEQUENCE in it, as certificates have.
fn is_indefinite(bytes: &[u8]) -> bool {
    bytes.starts_with(&[SEQUENCE, INDEFINITE, SEQUENCE])
}

/// Whether some bytes, possibly the first of many, begin as DER of one of the kinds does.
pub(super) fn looks_like_der(bytes: &[u8]) -> bool {
    let Some(header) = Header::read(bytes).filter(|header| header.tag == SEQUENCE) else { return false };
    let content = bytes.get(header.octets..).unwrap_or_default();
    matches!(content.first(), Some(&(SEQUENCE | INTEGER | OBJECT_IDENTIFIER)))
        && content.get(1).is_some_and(|length| *length != 0 && (*length < b' ' || *length >= 0x7f || header.octets > 2))
}

/// What the first element is by its shape; it may be cut.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    if bytes.starts_with(OPENSSH_KEY) {
        return Kind::PrivateKey("OPENSSH PRIVATE KEY");
    }
    let content = content(bytes);
    let elements = elements(content);
    match elements.tags.as_slice() {
        [INTEGER, ..] => kind_with_version(content, &elements.tags),
        [OBJECT_IDENTIFIER, ..] if begins_below(content, PKCS7) => Kind::Pkcs7,
        [SEQUENCE, OCTET_STRING, ..] => Kind::PrivateKey("ENCRYPTED PRIVATE KEY"),
        [SEQUENCE] if ENCRYPTIONS.iter().any(|arc| begins_below(self::content(content), *arc)) => {
            Kind::PrivateKey("ENCRYPTED PRIVATE KEY")
        }
        [SEQUENCE, BIT_STRING, ..] => Kind::PublicKey,
        [SEQUENCE, ..] => kind_of_signed(content),
        _ => Kind::Other,
    }
}

/// Whether the bytes are one certificate from the first to the last: three elements that fill the outer one.
pub(super) fn is_whole_certificate(bytes: &[u8]) -> bool {
    let elements = elements(content(bytes));
    extent(bytes) == Extent::Whole(bytes.len())
        && elements.fill_exactly
        && elements.tags == [SEQUENCE, SEQUENCE, BIT_STRING]
        && kind(bytes) == Kind::Certificate
}

/// The certificates that the bytes are from the first to the last, at least one; `None` for anything else.
pub(super) fn whole_certificates(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut certificates = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let Extent::Whole(length) = extent(rest) else { return None };
        let (first, tail) = rest.split_at_checked(length).filter(|(first, _)| is_whole_certificate(first))?;
        certificates.push(first.to_vec());
        rest = tail;
    }
    (!certificates.is_empty()).then_some(certificates)
}

/// Issuer and subject of a certificate, as they are encoded (RFC 5280, 4.1).
pub(super) fn names(certificate: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut fields = Reader(content(content(certificate)));
    fields.read_optional(CONTEXT_0)?;
    let [_serial, _algorithm, issuer, _validity, subject] =
        [fields.read_any()?, fields.read_any()?, fields.read_any()?, fields.read_any()?, fields.read_any()?];
    Some((issuer.whole, subject.whole))
}

/// What is no certificate and has to do with one, with the DER that is kept of it. Of a request that is the key alone: it
/// may hold a password as well (RFC 2985, 5.4.1).
pub(super) fn related(bytes: &[u8]) -> Option<(RelatedKind, Vec<u8>)> {
    let Extent::Whole(length) = extent(bytes) else { return None };
    let whole = bytes.get(..length)?;
    match kind(whole) {
        Kind::Request => {
            // The version and the name stand before the key (RFC 2986, 4.1).
            let mut fields = Reader(content(content(whole)));
            let [_version, _subject, key] = [fields.read_any()?, fields.read_any()?, fields.read_any()?];
            Some((RelatedKind::Request, key.whole.to_vec()))
        }
        Kind::RevocationList => Some((RelatedKind::RevocationList, whole.to_vec())),
        Kind::PublicKey if content(whole).first() == Some(&SEQUENCE) => Some((RelatedKind::PublicKey, whole.to_vec())),
        Kind::PublicKey => Some((RelatedKind::PublicKey, rsa_key(whole))),
        _ => None,
    }
}

/// SubjectPublicKeyInfo of an RSAPublicKey (RFC 3279, 2.3.1).
fn rsa_key(key: &[u8]) -> Vec<u8> {
    let algorithm = [encode(OBJECT_IDENTIFIER, oid::RSA_ENCRYPTION.as_bytes()), encode(NULL, &[])].concat();
    let bits = encode(BIT_STRING, &[&[0], key].concat());
    encode(SEQUENCE, &[encode(SEQUENCE, &algorithm), bits].concat())
}

/// The next position from which a whole certificate can be read.
pub(super) fn next_certificate(bytes: &[u8], from: usize) -> Option<usize> {
    let tail = bytes.get(from..)?;
    let starts = tail.iter().enumerate().filter(|(_, byte)| **byte == SEQUENCE);
    starts.map(|(offset, _)| from + offset).find(|start| {
        let candidate = bytes.get(*start..).unwrap_or_default();
        matches!(extent(candidate), Extent::Whole(length)
            if candidate.get(..length).is_some_and(is_whole_certificate))
    })
}

/// An arc, and how many octets an identifier below it has.
type Arc = (ObjectIdentifier, u8);

/// Content types of PKCS#7 (RFC 2315, 14).
const PKCS7: Arc = (oid::PKCS_7, 9);

/// Encryption of private keys: PKCS#5 (RFC 8018, appendix A) and PKCS#12 (RFC 7292, appendix C).
const ENCRYPTIONS: [Arc; 2] = [(oid::PKCS_5, 9), (oid::PKCS_12, 10)];

/// Whether the bytes, which may be cut, begin with an OBJECT IDENTIFIER below the arc.
fn begins_below(content: &[u8], (arc, octets): Arc) -> bool {
    let identifier = content.strip_prefix(&[OBJECT_IDENTIFIER, octets]);
    identifier.is_some_and(|contents| contents.starts_with(arc.as_bytes()))
}

/// Private keys begin with a version: PKCS#8 (RFC 5958), SEC 1 (RFC 5915) and PKCS#1 (RFC 8017 appendix A.1.2).
///
/// Two and more large integers are an RSA public key or Diffie-Hellman parameters. A key that is cut short right
/// after its version still counts as one.
fn kind_with_version(content: &[u8], tags: &[u8]) -> Kind {
    let version = match content {
        [INTEGER, 1, version, ..] => *version,
        _ => return Kind::PublicKey,
    };
    match (version, tags) {
        (3, [_, SEQUENCE, ..]) => Kind::Pkcs12,
        // Elliptic curve parameters that are written out: two sequences follow (X9.62, ECParameters).
        (1, [_, SEQUENCE, SEQUENCE, ..]) => Kind::Other,
        (0 | 1, [_, OCTET_STRING, ..]) => Kind::PrivateKey("EC PRIVATE KEY"),
        (0 | 1, [_, INTEGER, ..]) => Kind::PrivateKey("RSA PRIVATE KEY"),
        (0 | 1, [_] | [_, SEQUENCE, ..]) => Kind::PrivateKey("PRIVATE KEY"),
        _ => Kind::Other,
    }
}

/// Certificates, requests and revocation lists are all a SEQUENCE, an algorithm and a signature; the first tells.
fn kind_of_signed(content: &[u8]) -> Kind {
    let signed = self::content(content);
    match elements(signed).tags.as_slice() {
        [CONTEXT_0, ..] => Kind::Certificate,
        [INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, ..] => Kind::Certificate,
        [INTEGER, SEQUENCE, SEQUENCE, UTC_TIME | GENERALIZED_TIME, ..] => Kind::RevocationList,
        [SEQUENCE, SEQUENCE, UTC_TIME | GENERALIZED_TIME, ..] => Kind::RevocationList,
        [INTEGER, SEQUENCE, SEQUENCE, CONTEXT_0, ..] => Kind::Request,
        _ => Kind::Other,
    }
}

/// Where the element ends that a header announces.
fn end(header: &Header) -> usize {
    header.octets.saturating_add(header.length)
}

/// The content of the first element, as far as it is there; of the indefinite form all that follows.
fn content(bytes: &[u8]) -> &[u8] {
    if let [SEQUENCE, INDEFINITE, contents @ ..] = bytes {
        return contents;
    }
    let Some(header) = Header::read(bytes) else { return &[] };
    bytes.get(header.octets..end(&header).min(bytes.len())).unwrap_or_default()
}

struct Elements {
    tags: Vec<u8>,
    /// The last of them ends where the bytes end.
    fill_exactly: bool,
}

/// The tags of the elements in a row, the last of which may be cut.
fn elements(bytes: &[u8]) -> Elements {
    let mut tags = Vec::new();
    let mut rest = bytes;
    while let Some(header) = Header::read(rest).filter(|_| tags.len() < MAX_ELEMENTS) {
        tags.push(header.tag);
        match rest.get(end(&header)..) {
            Some(tail) => rest = tail,
            None => return Elements { tags, fill_exactly: false },
        }
    }
    Elements { tags, fill_exactly: rest.is_empty() }
}
