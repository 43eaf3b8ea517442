//! What Go's `ParseCertificate` reads in a certificate, and its words where it refuses one.
//!
//! A second parser beside the one that makes the model, on purpose: what Go accepts is part of its verdict, and it
//! draws the line elsewhere. Go tolerates data behind the last field it reads nearly everywhere,
//! and so does this parser.

mod algorithm;
mod error;
mod extension;
mod name;
mod public_key;
mod time;

pub(super) use algorithm::{Hash, SignatureAlgorithm};
pub(super) use error::ParseError;
pub(super) use name::ShortName;
pub(super) use public_key::{PublicKey, RsaKey};
pub(super) use time::Instant;

use std::collections::BTreeSet;

use super::release::Release;
use super::uri::Uri;
use crate::der::{BOOLEAN, OCTET_STRING, Reader, SEQUENCE, constructed, context};
use crate::oid::Oid;
use algorithm::parse_algorithm_identifier;

/// A certificate as Go sees it. Slices point into the certificate's DER.
#[derive(Clone, Debug)]
pub(super) struct Parsed<'a> {
    /// The issuer's Name, the whole element.
    pub(super) issuer: &'a [u8],
    /// The subject's Name, the whole element.
    pub(super) subject: &'a [u8],
    /// What Go calls the certificate by.
    pub(super) short_name: ShortName,
    /// Contents of the serial number's INTEGER.
    pub(super) serial: &'a [u8],
    /// One more than encoded: 1, 2 or 3.
    pub(super) version: i64,
    /// First valid instant.
    pub(super) not_before: Instant,
    /// Last valid instant.
    pub(super) not_after: Instant,
    /// SubjectPublicKeyInfo, the whole element.
    pub(super) spki: &'a [u8],
    /// `None` for a kind of key that Go does not know.
    pub(super) public_key: Option<PublicKey>,
    /// Algorithm of the signature.
    pub(super) signature_algorithm: SignatureAlgorithm,
    /// The octets of the signature.
    pub(super) signature: &'a [u8],
    /// The signature has whole octets. Go moves the bits of another one to the end, and verifies what comes of that.
    pub(super) has_whole_signature: bool,
    /// What the extensions say.
    pub(super) extensions: Extensions<'a>,
}

/// The extensions that Go reads (RFC 5280, 4.2); empty where absent.
#[derive(Clone, Debug, Default)]
pub(super) struct Extensions<'a> {
    /// Critical extensions that Go does not handle, or not wholly.
    pub(super) unhandled_critical: Vec<&'a [u8]>,
    /// What basicConstraints says; `None` if absent.
    pub(super) basic_constraints: Option<BasicConstraints>,
    /// keyUsage, digitalSignature lowest; 0 if absent.
    pub(super) key_usage: u16,
    /// extKeyUsage; empty if absent.
    pub(super) extended_key_usages: Vec<&'a [u8]>,
    /// Value of subjectAltName.
    pub(super) alternative_names: Option<&'a [u8]>,
    /// dNSNames of subjectAltName, in the order encoded.
    pub(super) dns_names: Vec<&'a str>,
    /// rfc822Names of subjectAltName, in the order encoded.
    pub(super) email_addresses: Vec<&'a str>,
    /// uniformResourceIdentifiers of subjectAltName, taken apart as `net/url` does.
    pub(super) uris: Vec<Uri>,
    /// iPAddresses of 4 or 16 octets.
    pub(super) ip_addresses: Vec<&'a [u8]>,
    /// nameConstraints is present, whatever it holds.
    pub(super) has_name_constraints: bool,
    /// permittedSubtrees of nameConstraints: where names must lie.
    pub(super) permitted: Subtrees<'a>,
    /// excludedSubtrees of nameConstraints: where names must not lie.
    pub(super) excluded: Subtrees<'a>,
    /// subjectKeyIdentifier; empty if absent.
    pub(super) subject_key_id: &'a [u8],
    /// keyIdentifier of authorityKeyIdentifier; empty if absent.
    pub(super) authority_key_id: &'a [u8],
    /// Identifiers of certificatePolicies (contents octets), in the order encoded.
    pub(super) policies: Vec<&'a [u8]>,
    /// policyMappings: which of the issuer's policies count as which of the subject's.
    pub(super) policy_mappings: Vec<PolicyMapping<'a>>,
    /// requireExplicitPolicy of policyConstraints.
    pub(super) require_explicit_policy: Option<u64>,
    /// inhibitPolicyMapping of policyConstraints.
    pub(super) inhibit_policy_mapping: Option<u64>,
    /// inhibitAnyPolicy: how many certificates further anyPolicy still counts.
    pub(super) inhibit_any_policy: Option<u64>,
}

/// Contents of two object identifiers: the issuer's policy and the subject's.
pub(super) type PolicyMapping<'a> = (&'a [u8], &'a [u8]);

/// What basicConstraints says (RFC 5280, 4.2.1.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BasicConstraints {
    /// cA: the subject may issue certificates.
    pub(super) ca: bool,
    /// pathLenConstraint: how many intermediates may follow; `None` for any number.
    pub(super) path_length: Option<i64>,
}

/// Subtrees of nameConstraints, by form.
#[derive(Clone, Debug, Default)]
pub(super) struct Subtrees<'a> {
    /// dNSName: a domain with or without a leading dot.
    pub(super) dns: Vec<&'a str>,
    /// rfc822Name: a mailbox, or a domain with or without a leading dot.
    pub(super) emails: Vec<&'a str>,
    /// uniformResourceIdentifier: a domain with or without a leading dot.
    pub(super) uris: Vec<&'a str>,
    /// iPAddress: ranges of addresses.
    pub(super) ips: Vec<IpRange<'a>>,
}

/// An address and a mask of the same length, 4 or 16 octets.
#[derive(Clone, Copy, Debug)]
pub(super) struct IpRange<'a> {
    /// As encoded: bits outside of the mask may be set.
    pub(super) address: &'a [u8],
    /// Ones, then zeros.
    pub(super) mask: &'a [u8],
}

/// One extension, uninterpreted.
#[derive(Clone, Copy, Debug)]
struct RawExtension<'a> {
    oid: &'a [u8],
    critical: bool,
    value: &'a [u8],
}

/// Reads a certificate as the release does.
pub(super) fn parse_certificate(der: &[u8], release: Release) -> Result<Parsed<'_>, ParseError> {
    let whole = Reader(der).read_element(SEQUENCE).ok_or(ParseError::Malformed("certificate"))?;
    let mut outer = Reader(whole.contents);
    let signed = outer.read(SEQUENCE).ok_or(ParseError::Malformed("tbs certificate"))?;
    let mut parsed = parse_signed_part(signed, &mut outer, release)?;
    let signature = outer.read_bit_string().ok_or(ParseError::Malformed("signature"))?;
    (parsed.signature, parsed.has_whole_signature) = (signature.octets, signature.padding == 0);
    if der.len() != whole.whole.len() {
        return Err(ParseError::TrailingData);
    }
    Ok(parsed)
}

/// Reads tbsCertificate and, on the way, the signatureAlgorithm that follows it in `outer`.
fn parse_signed_part<'a>(
    mut fields: Reader<'a>,
    outer: &mut Reader<'a>,
    release: Release,
) -> Result<Parsed<'a>, ParseError> {
    let version = parse_version(&mut fields)?;
    let serial = fields.read_integer().ok_or(ParseError::Malformed("serial number"))?;
    // Since 1.23.
    if !release.is_old() && serial.first().is_some_and(|octet| octet & 0x80 != 0) {
        return Err(ParseError::NegativeSerialNumber);
    }
    let signature_algorithm = parse_signature_algorithm(&mut fields, outer)?;
    let issuer = fields.read_element(SEQUENCE).ok_or(ParseError::Malformed("issuer"))?.whole;
    name::parse_name(issuer, release)?;
    let mut validity = fields.read(SEQUENCE).ok_or(ParseError::Malformed("validity"))?;
    let not_before = time::read_time(&mut validity)?;
    let not_after = time::read_time(&mut validity)?;
    let subject = fields.read_element(SEQUENCE).ok_or(ParseError::Malformed("issuer"))?.whole;
    let short_name = name::parse_name(subject, release)?;
    let spki = fields.read_element(SEQUENCE).ok_or(ParseError::Malformed("spki"))?.whole;
    let public_key = public_key::parse_public_key(spki, release)?;
    let raw_extensions = if version > 1 { parse_tail(fields, version, release)? } else { Vec::new() };
    let extensions = extension::process_extensions(&raw_extensions, release)?;
    Ok(Parsed {
        issuer,
        subject,
        short_name,
        serial,
        version,
        not_before,
        not_after,
        spki,
        public_key,
        signature_algorithm,
        signature: &[],
        has_whole_signature: false,
        extensions,
    })
}

/// 1, 2 or 3 (RFC 5280, 4.1.2.1). The number wraps as Go's does, so an absurd one is taken for version 1.
fn parse_version(fields: &mut Reader<'_>) -> Result<i64, ParseError> {
    const MALFORMED: ParseError = ParseError::Malformed("version");
    let encoded = match fields.read_optional(constructed(0)).ok_or(MALFORMED)? {
        None => 0,
        Some(mut explicit) => explicit.read_i64().filter(|_| explicit.is_empty()).ok_or(MALFORMED)?,
    };
    let version = if encoded < 0 { return Err(MALFORMED) } else { encoded.wrapping_add(1) };
    if version > 3 { Err(ParseError::Invalid("version")) } else { Ok(version) }
}

/// The inner AlgorithmIdentifier, which must equal the outer one (RFC 5280, 4.1.1.2).
fn parse_signature_algorithm<'a>(
    fields: &mut Reader<'a>,
    outer: &mut Reader<'a>,
) -> Result<SignatureAlgorithm, ParseError> {
    let inner = fields.read(SEQUENCE).ok_or(ParseError::Malformed("signature algorithm identifier"))?;
    let outer = outer.read(SEQUENCE).ok_or(ParseError::Malformed("algorithm identifier"))?;
    if inner.0 != outer.0 {
        return Err(ParseError::AlgorithmsDiffer);
    }
    parse_algorithm_identifier(inner).map(|algorithm| algorithm.signature_algorithm())
}

/// The unique identifiers (versions 2 and 3) and the extensions (version 3).
fn parse_tail(mut fields: Reader<'_>, version: i64, release: Release) -> Result<Vec<RawExtension<'_>>, ParseError> {
    fields.read_optional(context(1)).ok_or(ParseError::Malformed("issuerUniqueID"))?;
    fields.read_optional(context(2)).ok_or(ParseError::Malformed("subjectUniqueID"))?;
    if version != 3 {
        return Ok(Vec::new());
    }
    const MALFORMED: ParseError = ParseError::Malformed("extensions");
    let Some(mut explicit) = fields.read_optional(constructed(3)).ok_or(MALFORMED)? else {
        return Ok(Vec::new());
    };
    let mut list = explicit.read(SEQUENCE).ok_or(MALFORMED)?;
    let mut extensions: Vec<RawExtension<'_>> = Vec::new();
    let mut seen = BTreeSet::new();
    while !list.is_empty() {
        let extension = parse_extension(list.read(SEQUENCE).ok_or(ParseError::Malformed("extension"))?)?;
        if !seen.insert(extension.oid) {
            let oid = (!release.is_old()).then(|| Oid::from_contents(extension.oid).to_string());
            return Err(ParseError::DuplicateExtension(oid));
        }
        extensions.push(extension);
    }
    Ok(extensions)
}

fn parse_extension(mut fields: Reader<'_>) -> Result<RawExtension<'_>, ParseError> {
    let oid = fields.read_object_identifier().ok_or(ParseError::Malformed("extension OID field"))?;
    let critical = if fields.next_is(BOOLEAN) {
        fields.read_boolean().ok_or(ParseError::Malformed("extension critical field"))?
    } else {
        false
    };
    let value = fields.read(OCTET_STRING).ok_or(ParseError::Malformed("extension value field"))?.0;
    Ok(RawExtension { oid, critical, value })
}
