//! Revocation lists (RFC 5280, 5): who issued one, how it is signed, and which certificates it names.

use std::collections::BTreeMap;

use x509_parser::asn1_rs::FromDer;
use x509_parser::extensions::{ParsedExtension, X509Extension};
use x509_parser::revocation_list::CertificateRevocationList;

use super::Name;
use crate::der::{Reader, SEQUENCE};
use crate::time::Timestamp;

/// A revocation list of one CA about its own certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationList<'a> {
    /// The CA that issued the list and the certificates in it.
    pub issuer: Name,
    /// When the list was made (thisUpdate).
    pub this_update: Timestamp,
    /// By the contents octets of the serial number: since when a certificate counts no more.
    pub revoked: BTreeMap<Vec<u8>, Timestamp>,
    /// The bytes that are signed: tbsCertList, DER.
    pub tbs_der: &'a [u8],
    /// The outer signatureAlgorithm, DER.
    pub signature_algorithm: &'a [u8],
    /// The signature's bits.
    pub signature: Vec<u8>,
}

impl<'a> RevocationList<'a> {
    /// The issuer alone, without a look at the entries.
    pub fn issuer_of(der: &[u8]) -> Option<Name> {
        let mut fields = Reader::read_only(der, SEQUENCE)?.read(SEQUENCE)?;
        // The version is an INTEGER without a tag of its own, and optional (RFC 5280, 5.1.2.1).
        if !fields.next_is(SEQUENCE) {
            fields.read_any()?;
        }
        fields.read_any()?;
        Name::parse(fields.read_any()?.whole)
    }

    /// Reads a list; `None` if it cannot be read, or says by a critical extension that it is another kind of list: one of
    /// changes, or one about certificates of other CAs (RFC 5280, 5.2.4 and 5.2.5).
    pub fn parse(der: &'a [u8]) -> Option<RevocationList<'a>> {
        let (rest, list) = CertificateRevocationList::from_der(der).ok()?;
        let is_understood = list.extensions().iter().all(is_understood);
        let mut fields = Reader::read_only(der, SEQUENCE).filter(|_| rest.is_empty() && is_understood)?;
        let (tbs, algorithm) = (fields.read_any()?, fields.read_any()?);
        let entries = list.tbs_cert_list.revoked_certificates.iter();
        let revoked = entries.map(|entry| (entry.raw_serial().to_vec(), Timestamp(entry.revocation_date.timestamp())));
        Some(RevocationList {
            issuer: Name::parse(list.issuer().as_raw())?,
            this_update: Timestamp(list.last_update().timestamp()),
            revoked: revoked.collect(),
            tbs_der: tbs.whole,
            signature_algorithm: algorithm.whole,
            signature: list.signature_value.data.to_vec(),
        })
    }
}

/// A list with a critical extension that is not understood says nothing about any certificate (RFC 5280, 5.2).
fn is_understood(extension: &X509Extension<'_>) -> bool {
    match extension.parsed_extension() {
        ParsedExtension::IssuingDistributionPoint(point) => !point.indirect_crl,
        _ => !extension.critical,
    }
}
