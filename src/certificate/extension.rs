//! Extensions (RFC 5280, 4.2): the ones that rootlens interprets, each read by one function.
//!
//! A value that cannot be read never costs the certificate: it is listed with the reason.

use super::element::{Element, Reason};
use super::{AuthorityKeyId, BasicConstraints, Certificate, Extension, GeneralName, KeyUsage, NameConstraints};
use crate::der::{BIT_STRING, BOOLEAN, OCTET_STRING};
use crate::oid::{self, Oid};

/// Reads every extension that rootlens knows into the certificate; the first of a kind counts.
pub(super) fn interpret(extensions: &[Extension], certificate: &mut Certificate) {
    for (index, extension) in extensions.iter().enumerate() {
        let repeated = extensions.iter().take(index).any(|earlier| earlier.oid == extension.oid);
        let result = if repeated {
            // RFC 5280, 4.2: a certificate must not include more than one instance of an extension.
            Err("the extension appears more than once".to_owned())
        } else {
            read(extension, certificate)
        };
        if let Err(reason) = result {
            certificate.unreadable_extensions.push((extension.oid.clone(), reason));
        }
    }
}

fn read(extension: &Extension, into: &mut Certificate) -> Result<(), Reason> {
    let value = extension.value.as_slice();
    match extension.oid.constant() {
        Some(oid::BASIC_CONSTRAINTS) => into.basic_constraints = Some(basic_constraints(value)?),
        Some(oid::KEY_USAGE) => into.key_usage = Some(key_usage(value)?),
        Some(oid::EXTENDED_KEY_USAGE) => into.extended_key_usage = Some(extended_key_usage(value)?),
        Some(oid::SUBJECT_ALT_NAME) => into.subject_alt_names = Some(general_names(Element::read_sequence(value)?)),
        Some(oid::NAME_CONSTRAINTS) => into.name_constraints = Some(name_constraints(value)?),
        Some(oid::SUBJECT_KEY_ID) => into.subject_key_id = Some(subject_key_id(value)?),
        Some(oid::AUTHORITY_KEY_ID) => into.authority_key_id = Some(authority_key_id(value)?),
        Some(oid::CERTIFICATE_POLICIES) => into.policies = Some(policies(value)?),
        Some(oid::AUTHORITY_INFO_ACCESS) => into.authority_info_access = authority_info_access(value)?,
        Some(oid::CRL_DISTRIBUTION_POINTS) => into.crl_urls = crl_urls(value)?,
        _ => {}
    }
    Ok(())
}

/// 4.2.1.9: `SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }`.
fn basic_constraints(value: &[u8]) -> Result<BasicConstraints, Reason> {
    let elements = Element::read_sequence(value)?;
    let (ca, rest) = match elements.split_first() {
        Some((first, rest)) if first.tag == BOOLEAN => (first.boolean()?, rest),
        _ => (false, elements.as_slice()),
    };
    match rest {
        [] => Ok(BasicConstraints { ca, path_len: None }),
        [path_len] => Ok(BasicConstraints { ca, path_len: Some(path_len.unsigned()?) }),
        _ => Err("more elements than cA and pathLenConstraint".to_owned()),
    }
}

/// 4.2.1.3: a BIT STRING; the first bit is digitalSignature.
fn key_usage(value: &[u8]) -> Result<KeyUsage, Reason> {
    let contents = Element::read_only(value)?.tagged(BIT_STRING)?;
    let (unused, octets) = contents.split_first().ok_or_else(|| "an empty BIT STRING".to_owned())?;
    if *unused > 7 || (octets.is_empty() && *unused > 0) {
        return Err(format!("a BIT STRING with {unused} unused bits"));
    }
    let bit_is_set = |bit: usize| octets.get(bit / 8).is_some_and(|octet| octet & (0x80 >> (bit % 8)) != 0);
    Ok(KeyUsage((0..16).filter(|bit| bit_is_set(*bit)).fold(0, |bits, bit| bits | (1 << bit))))
}

/// 4.2.1.12: `SEQUENCE SIZE (1..MAX) OF KeyPurposeId`.
fn extended_key_usage(value: &[u8]) -> Result<Vec<Oid>, Reason> {
    Element::read_sequence(value)?.iter().map(Element::oid).collect::<Result<Vec<_>, _>>()
}

fn general_names(elements: Vec<Element<'_>>) -> Vec<GeneralName> {
    elements.iter().map(GeneralName::from_element).collect()
}

/// 4.2.1.10: `SEQUENCE { permittedSubtrees [0] OPTIONAL, excludedSubtrees [1] OPTIONAL }`.
fn name_constraints(value: &[u8]) -> Result<NameConstraints, Reason> {
    let mut constraints = NameConstraints::default();
    for element in Element::read_sequence(value)? {
        let subtrees = general_subtrees(&element)?;
        match element {
            _ if element.is_context(0) => constraints.permitted.extend(subtrees),
            _ if element.is_context(1) => constraints.excluded.extend(subtrees),
            other => return Err(format!("an unknown element with tag {}", other.number())),
        }
    }
    Ok(constraints)
}

/// The bases of some GeneralSubtrees; minimum and maximum have no use in this profile (4.2.1.10).
fn general_subtrees(element: &Element<'_>) -> Result<Vec<GeneralName>, Reason> {
    let subtrees = Element::read_all(element.contents)?;
    let base = |subtree: &Element<'_>| {
        let parts = subtree.sequence()?;
        parts.first().map(GeneralName::from_element).ok_or_else(|| "an empty subtree".to_owned())
    };
    subtrees.iter().map(base).collect::<Result<Vec<_>, _>>()
}

/// 4.2.1.2: an OCTET STRING.
fn subject_key_id(value: &[u8]) -> Result<Vec<u8>, Reason> {
    Ok(Element::read_only(value)?.tagged(OCTET_STRING)?.to_vec())
}

/// 4.2.1.1: `SEQUENCE { keyIdentifier [0], authorityCertIssuer [1], authorityCertSerialNumber [2] }`, all optional.
fn authority_key_id(value: &[u8]) -> Result<AuthorityKeyId, Reason> {
    let elements = Element::read_sequence(value)?;
    let contents =
        |number| elements.iter().find(|element| element.is_context(number)).map(|element| element.contents.to_vec());
    Ok(AuthorityKeyId { key_id: contents(0), serial: contents(2) })
}

/// 4.2.1.4: `SEQUENCE OF SEQUENCE { policyIdentifier, policyQualifiers OPTIONAL }`.
fn policies(value: &[u8]) -> Result<Vec<Oid>, Reason> {
    let identifier = |information: &Element<'_>| {
        let parts = information.sequence()?;
        parts.first().ok_or_else(|| "an empty PolicyInformation".to_owned())?.oid()
    };
    Element::read_sequence(value)?.iter().map(identifier).collect::<Result<Vec<_>, _>>()
}

/// 4.2.2.1: `SEQUENCE OF SEQUENCE { accessMethod, accessLocation }`.
fn authority_info_access(value: &[u8]) -> Result<Vec<(Oid, GeneralName)>, Reason> {
    let description = |element: &Element<'_>| match element.sequence()?.as_slice() {
        [method, location] => Ok((method.oid()?, GeneralName::from_element(location))),
        parts => Err(format!("an AccessDescription with {} elements instead of 2", parts.len())),
    };
    Element::read_sequence(value)?.iter().map(description).collect::<Result<Vec<_>, _>>()
}

/// 4.2.1.13: the URLs among the full names of the distribution points.
fn crl_urls(value: &[u8]) -> Result<Vec<String>, Reason> {
    let mut urls = Vec::new();
    for point in Element::read_sequence(value)? {
        let point_name = point.sequence()?.into_iter().find(|part| part.is_context(0));
        let alternatives = Element::read_all(point_name.map(|name| name.contents).unwrap_or_default())?;
        let full_name = alternatives.into_iter().find(|alternative| alternative.is_context(0));
        for name in Element::read_all(full_name.map(|name| name.contents).unwrap_or_default())? {
            if let GeneralName::Uri(url) = GeneralName::from_element(&name) {
                urls.push(url);
            }
        }
    }
    Ok(urls)
}
