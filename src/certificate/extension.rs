//! Extensions (RFC 5280, 4.2): from what x509-parser reads in each to the fields of the model.
//!
//! A value that cannot be read never costs the certificate: it is listed with the reason.

use std::collections::BTreeSet;

use x509_parser::asn1_rs::{Any, Error, FromDer};
use x509_parser::extensions::{self as read, DistributionPointName, ParsedExtension, X509Extension};

use super::{AuthorityKeyId, BasicConstraints, Certificate, ExtensionError, GeneralName, ReadError, tolerant};
use crate::oid::{self, ObjectIdentifier, Oid};

/// The extensions that the model has a field for; the values of others are not judged.
const INTERPRETED: [ObjectIdentifier; 10] = [
    oid::SUBJECT_KEY_ID,
    oid::KEY_USAGE,
    oid::SUBJECT_ALT_NAME,
    oid::BASIC_CONSTRAINTS,
    oid::NAME_CONSTRAINTS,
    oid::CRL_DISTRIBUTION_POINTS,
    oid::CERTIFICATE_POLICIES,
    oid::AUTHORITY_KEY_ID,
    oid::EXTENDED_KEY_USAGE,
    oid::AUTHORITY_INFO_ACCESS,
];

/// Fills the fields of the certificate; the first extension of a kind counts.
pub(super) fn interpret(extensions: &[X509Extension<'_>], certificate: &mut Certificate) {
    let mut seen = BTreeSet::new();
    for extension in extensions {
        let is_repeated = !seen.insert(extension.oid.as_bytes());
        let oid = Oid::from_contents(extension.oid.as_bytes());
        let result = if is_repeated {
            // RFC 5280, 4.2: a certificate must not include more than one instance of an extension.
            Err(ExtensionError::Repeated)
        } else if oid.is_one_of(&INTERPRETED) {
            fill(&oid, extension, certificate)
        } else {
            Ok(())
        };
        if let Err(reason) = result {
            certificate.unreadable_extensions.push((oid, reason));
        }
    }
}

fn fill(oid: &Oid, extension: &X509Extension<'_>, into: &mut Certificate) -> Result<(), ExtensionError> {
    let (rest, _) = Any::from_der(extension.value).map_err(ReadError::of::<Error>)?;
    if !rest.is_empty() {
        return Err(ExtensionError::TrailingData { octets: rest.len() });
    }
    match extension.parsed_extension() {
        _ if *oid == oid::KEY_USAGE => into.key_usage = Some(tolerant::key_usage(extension.value)?),
        _ if *oid == oid::EXTENDED_KEY_USAGE => {
            into.extended_key_usage = Some(tolerant::extended_key_usage(extension.value)?);
        }
        _ if *oid == oid::NAME_CONSTRAINTS => {
            into.name_constraints = Some(tolerant::name_constraints(extension.value)?);
        }
        ParsedExtension::BasicConstraints(it) => {
            tolerant::check_basic_constraints(extension.value)?;
            into.basic_constraints = Some(BasicConstraints { ca: it.ca, path_len: it.path_len_constraint });
        }
        ParsedExtension::SubjectAlternativeName(names) => {
            into.subject_alt_names = Some(names.general_names.iter().map(GeneralName::from).collect());
        }
        ParsedExtension::SubjectKeyIdentifier(id) => into.subject_key_id = Some(id.0.to_vec()),
        ParsedExtension::AuthorityKeyIdentifier(it) => into.authority_key_id = Some(authority_key_id(it)),
        ParsedExtension::CertificatePolicies(list) => {
            into.policies = Some(list.iter().map(|it| Oid::from_contents(it.policy_id.as_bytes())).collect());
        }
        ParsedExtension::AuthorityInfoAccess(it) => into.authority_info_access = it.iter().map(access).collect(),
        ParsedExtension::CRLDistributionPoints(points) => into.crl_urls = urls(points),
        ParsedExtension::ParseError { error } => return Err(ReadError::of(error.clone()).into()),
        _ => {}
    }
    Ok(())
}

/// RFC 5280, 4.2.1.1 (authorityKeyIdentifier): the identifier of the issuer's key and its certificate's serial number.
fn authority_key_id(read: &read::AuthorityKeyIdentifier<'_>) -> AuthorityKeyId {
    AuthorityKeyId {
        key_id: read.key_identifier.as_ref().map(|id| id.0.to_vec()),
        serial: read.authority_cert_serial.map(<[u8]>::to_vec),
    }
}

/// RFC 5280, 4.2.2.1 (authorityInfoAccess): the method, and where it is to be used.
fn access(description: &read::AccessDescription<'_>) -> (Oid, GeneralName) {
    let method = Oid::from_contents(description.access_method.as_bytes());
    (method, GeneralName::from(&description.access_location))
}

/// RFC 5280, 4.2.1.13 (cRLDistributionPoints): the URLs among the full names of the distribution points.
fn urls(points: &read::CRLDistributionPoints<'_>) -> Vec<String> {
    let full_names = points.iter().filter_map(|point| match &point.distribution_point {
        Some(DistributionPointName::FullName(names)) => Some(names),
        _ => None,
    });
    let urls = full_names.flatten().filter_map(|name| match name {
        read::GeneralName::URI(url) => Some((*url).to_owned()),
        _ => None,
    });
    urls.collect()
}
