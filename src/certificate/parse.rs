//! From DER to the model. x509-parser reads the frame; extension values are read in `extension.rs`.

use std::ops::Range;

use x509_parser::certificate::X509CertificateParser;
use x509_parser::error::X509Error;
use x509_parser::nom::{Err as NomErr, Offset, Parser};
use x509_parser::prelude::X509Certificate;

use super::element::{Element, tag};
use super::{Algorithm, Certificate, Extension, Malformed, Name, PublicKey, extension, oid};
use crate::signature::{sha1, sha256};
use crate::time::Timestamp;

/// Reads one certificate that fills `der`.
pub(super) fn parse(der: &[u8]) -> Result<Certificate, Malformed> {
    // Extension values are read later and one by one, so that a broken one does not cost the certificate.
    let mut parser = X509CertificateParser::new().with_deep_parse_extensions(false);
    let (rest, parsed) = parser.parse(der).map_err(|error| malformed(in_words(&error)))?;
    if !rest.is_empty() {
        return Err(malformed(&format!("{} bytes follow the certificate", rest.len())));
    }
    model(der, &parsed).ok_or_else(|| malformed("its signature algorithm cannot be read"))
}

fn malformed(reason: &str) -> Malformed {
    Malformed { reason: reason.to_owned() }
}

/// What x509-parser could not read, as the end of a sentence.
fn in_words(error: &NomErr<X509Error>) -> &'static str {
    match error {
        NomErr::Incomplete(_) => "it is cut off",
        NomErr::Error(error) | NomErr::Failure(error) => match error {
            X509Error::InvalidVersion => "its version cannot be read",
            X509Error::InvalidSerial => "its serial number cannot be read",
            X509Error::InvalidAlgorithmIdentifier => "its signature algorithm cannot be read",
            X509Error::InvalidX509Name | X509Error::InvalidAttributes => "its subject or issuer cannot be read",
            X509Error::InvalidDate => "its validity period cannot be read",
            X509Error::InvalidSPKI => "its public key cannot be read",
            X509Error::InvalidExtensions => "its extensions cannot be read",
            X509Error::InvalidSignatureValue => "its signature cannot be read",
            X509Error::NomError(_) => "it is cut off or empty",
            _ => "it is not built like a certificate (RFC 5280, 4.1)",
        },
    }
}

/// `None` if the outer signatureAlgorithm cannot be read.
fn model(der: &[u8], parsed: &X509Certificate<'_>) -> Option<Certificate> {
    let tbs = position(der, parsed.tbs_certificate.as_ref());
    let (algorithm, _) = Element::read(der.get(tbs.end..)?).ok()?;
    let extensions: Vec<Extension> = parsed.extensions().iter().map(extension_of).collect();
    let interpreted = extension::interpret(&extensions);
    Some(Certificate {
        der: der.to_vec(),
        tbs,
        version: parsed.version().0.saturating_add(1),
        serial: parsed.raw_serial().to_vec(),
        issuer: Name::from_parsed(parsed.issuer()),
        subject: Name::from_parsed(parsed.subject()),
        not_before: Timestamp(parsed.validity().not_before.timestamp()),
        not_after: Timestamp(parsed.validity().not_after.timestamp()),
        key: PublicKey::from_parsed(parsed.public_key()),
        signature_algorithm: algorithm_of(&algorithm)?,
        signature: parsed.signature_value.data.to_vec(),
        extensions,
        basic_constraints: interpreted.basic_constraints,
        key_usage: interpreted.key_usage,
        extended_key_usage: interpreted.extended_key_usage,
        subject_alt_names: interpreted.subject_alt_names,
        name_constraints: interpreted.name_constraints,
        subject_key_id: interpreted.subject_key_id,
        authority_key_id: interpreted.authority_key_id,
        policies: interpreted.policies,
        authority_info_access: interpreted.authority_info_access,
        crl_urls: interpreted.crl_urls,
        unreadable_extensions: interpreted.unreadable,
        sha256: sha256(der),
        sha1: sha1(der),
    })
}

/// Where `part`, a slice of `whole`, stands in it.
fn position(whole: &[u8], part: &[u8]) -> Range<usize> {
    let start = whole.offset(part);
    start..start + part.len()
}

fn extension_of(parsed: &x509_parser::extensions::X509Extension<'_>) -> Extension {
    Extension { oid: parsed.oid.to_id_string(), critical: parsed.critical, value: parsed.value.to_vec() }
}

fn algorithm_of(element: &Element<'_>) -> Option<Algorithm> {
    let parts = element.sequence().ok()?;
    let oid = parts.first()?.oid().ok()?;
    let name = if oid == oid::RSASSA_PSS {
        format!("{}-RSAPSS", parts.get(1).and_then(pss_hash_name).unwrap_or("SHA1"))
    } else {
        oid::signature_algorithm_name(&oid).unwrap_or(&oid).to_owned()
    };
    Some(Algorithm { der: element.whole.to_vec(), oid, name })
}

/// The hash in RSASSA-PSS-params (RFC 4055, 3.1); SHA-1 stands where none is given.
fn pss_hash_name(parameters: &Element<'_>) -> Option<&'static str> {
    let hash = parameters.sequence().ok()?.into_iter().find(|part| part.is_context(0))?;
    let algorithm = Element::read_sequence(hash.contents).ok()?;
    oid::hash_name(&algorithm.first().filter(|first| first.tag == tag::OBJECT_IDENTIFIER)?.oid().ok()?)
}
