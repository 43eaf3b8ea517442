//! What Go reads in each extension, and which refusals it has for it (RFC 5280, 4.2).

use super::super::ip_address;
use super::super::mailbox::{Mailbox, is_valid_domain};
use super::super::release::Release;
use super::super::uri;
use super::error::{AlternativeNameError, ConstraintError};
use super::{BasicConstraints, Extensions, IpRange, ParseError, PolicyMapping, RawExtension, Subtrees};
use crate::der::{
    BOOLEAN, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, Reader, SEQUENCE, constructed, context, is_object_identifier,
};
use crate::oid;
use data_encoding::HEXLOWER;

/// Reads every extension in the order encoded.
pub(super) fn process_extensions<'a>(
    list: &[RawExtension<'a>],
    release: Release,
) -> Result<Extensions<'a>, ParseError> {
    let mut read = Extensions::default();
    for extension in list {
        let handled = process_extension(extension, &mut read, release)?;
        if extension.critical && !handled {
            read.unhandled_critical.push(extension.oid);
        }
    }
    Ok(read)
}

/// Whether Go handles the extension (an unhandled critical one makes every path fail).
fn process_extension<'a>(
    extension: &RawExtension<'a>,
    read: &mut Extensions<'a>,
    release: Release,
) -> Result<bool, ParseError> {
    let value = Reader(extension.value);
    // Marks that must not be were let pass by Go 1.19.
    let wrongly_critical = extension.critical && !release.is_old();
    match oid::constant(extension.oid) {
        Some(oid::AUTHORITY_INFO_ACCESS) => authority_info_access(value, wrongly_critical)?,
        Some(oid::SUBJECT_KEY_ID) => read.subject_key_id = subject_key_id(value, wrongly_critical)?,
        Some(oid::KEY_USAGE) => read.key_usage = key_usage(value)?,
        Some(oid::SUBJECT_ALT_NAME) => {
            read.alternative_names = Some(extension.value);
            return subject_alternative_names(value, read, release);
        }
        Some(oid::BASIC_CONSTRAINTS) => read.basic_constraints = Some(basic_constraints(value, release)?),
        Some(oid::NAME_CONSTRAINTS) => {
            read.has_name_constraints = true;
            return name_constraints(value, read, release);
        }
        Some(oid::CRL_DISTRIBUTION_POINTS) => crl_distribution_points(value)?,
        Some(oid::CERTIFICATE_POLICIES) => read.policies = certificate_policies(value, release)?,
        // Go 1.19 knows no more of policies.
        Some(oid::POLICY_MAPPINGS | oid::POLICY_CONSTRAINTS | oid::INHIBIT_ANY_POLICY) if release.is_old() => {
            return Ok(false);
        }
        Some(oid::POLICY_MAPPINGS) => read.policy_mappings = policy_mappings(value)?,
        Some(oid::AUTHORITY_KEY_ID) => read.authority_key_id = authority_key_id(value, wrongly_critical)?,
        Some(oid::POLICY_CONSTRAINTS) => policy_constraints(value, read)?,
        Some(oid::EXTENDED_KEY_USAGE) => read.extended_key_usages = extended_key_usages(value)?,
        Some(oid::INHIBIT_ANY_POLICY) => read.inhibit_any_policy = inhibit_any_policy(value)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// RFC 5280, 4.2.1.3 (keyUsage): the nine bits, digitalSignature lowest.
fn key_usage(mut value: Reader<'_>) -> Result<u16, ParseError> {
    let bits = value.read_bit_string().ok_or(ParseError::Invalid("key usage"))?;
    Ok((0..9).filter(|&index| bits.bit(index)).fold(0, |usage, index| usage | 1 << index))
}

/// RFC 5280, 4.2.1.9 (basicConstraints): cA and the path length. A negative length is refused, but by Go 1.19.
fn basic_constraints(mut value: Reader<'_>, release: Release) -> Result<BasicConstraints, ParseError> {
    // Go 1.19 says which of the three steps failed, and takes a negative number for none.
    let steps = match release.is_old() {
        true => ["basic constraints a", "basic constraints b", "basic constraints c"],
        false => ["basic constraints"; 3],
    };
    let [no_sequence, no_boolean, no_number] = steps.map(|step| move || ParseError::Invalid(step));
    let mut fields = value.read(SEQUENCE).ok_or_else(no_sequence)?;
    let ca = if fields.next_is(BOOLEAN) { fields.read_boolean().ok_or_else(no_boolean)? } else { false };
    let length = if fields.next_is(INTEGER) { Some(fields.read_i64().ok_or_else(no_number)?) } else { None };
    let path_length = length.filter(|length| 0 <= *length);
    if length.is_some() && path_length.is_none() && !release.is_old() {
        return Err(no_number());
    }
    Ok(BasicConstraints { ca, path_length })
}

/// RFC 5280, 4.2.1.6 (subjectAltName). Handled if it holds at least one name of a form that Go knows.
fn subject_alternative_names<'a>(
    mut value: Reader<'a>,
    read: &mut Extensions<'a>,
    release: Release,
) -> Result<bool, ParseError> {
    let mut names = value.read(SEQUENCE).ok_or(ParseError::Invalid("subject alternative names"))?;
    while !names.is_empty() {
        let name = names.read_any().ok_or(ParseError::Invalid("subject alternative name"))?;
        match name.tag ^ 0x80 {
            1 => read.email_addresses.push(ia5(name.contents).ok_or(AlternativeNameError::Malformed("rfc822Name"))?),
            2 => read.dns_names.push(ia5(name.contents).ok_or(AlternativeNameError::Malformed("dNSName"))?),
            6 => read.uris.push(alternative_uri(name.contents, release)?),
            7 => read.ip_addresses.push(alternative_ip(name.contents, release)?),
            _ => {}
        }
    }
    let empty = read.dns_names.is_empty()
        && read.email_addresses.is_empty()
        && read.ip_addresses.is_empty()
        && read.uris.is_empty();
    Ok(!empty)
}

fn alternative_uri(contents: &[u8], release: Release) -> Result<uri::Uri, AlternativeNameError> {
    let text = ia5(contents).ok_or(AlternativeNameError::Malformed("uniformResourceIdentifier"))?;
    let uri = uri::parse(text, release).map_err(|why| AlternativeNameError::Uri { uri: text.to_owned(), why })?;
    if !is_valid_domain(&uri.host, false, release) {
        return Err(AlternativeNameError::UriDomain(text.to_owned()));
    }
    Ok(uri)
}

fn alternative_ip(contents: &[u8], release: Release) -> Result<&[u8], AlternativeNameError> {
    match contents.len() {
        4 => Ok(contents),
        16 if release.is_old() || ip_address::as_four_octets(contents).is_none() => Ok(contents),
        16 => Err(AlternativeNameError::MappedAddress),
        length => Err(AlternativeNameError::AddressLength(length)),
    }
}

/// RFC 5280, 4.2.1.10 (nameConstraints). Handled if every subtree is of a form that Go knows.
fn name_constraints<'a>(
    mut value: Reader<'a>,
    read: &mut Extensions<'a>,
    release: Release,
) -> Result<bool, ParseError> {
    const MALFORMED: ParseError = ParseError::Invalid("NameConstraints extension");
    let mut fields = value.read(SEQUENCE).filter(|_| value.is_empty()).ok_or(MALFORMED)?;
    let permitted = fields.read_optional(constructed(0)).ok_or(MALFORMED)?;
    let excluded = fields.read_optional(constructed(1)).ok_or(MALFORMED)?;
    if !fields.is_empty() {
        return Err(MALFORMED);
    }
    let (permitted, excluded) = (permitted.unwrap_or(Reader(&[])), excluded.unwrap_or(Reader(&[])));
    if permitted.is_empty() && excluded.is_empty() {
        return Err(ConstraintError::Empty.into());
    }
    let permitted_handled = subtrees(permitted, &mut read.permitted, release)?;
    let excluded_handled = subtrees(excluded, &mut read.excluded, release)?;
    Ok(permitted_handled && excluded_handled)
}

/// Whether every subtree is of a form that Go knows; minimum and maximum are not looked at.
fn subtrees<'a>(mut list: Reader<'a>, into: &mut Subtrees<'a>, release: Release) -> Result<bool, ParseError> {
    const MALFORMED: ParseError = ParseError::Invalid("NameConstraints extension");
    let mut handled = true;
    while !list.is_empty() {
        let base = list.read(SEQUENCE).and_then(|mut subtree| subtree.read_any()).ok_or(MALFORMED)?;
        match base.tag ^ 0x80 {
            1 => into.emails.push(constraint_email(base.contents, release)?),
            2 => into.dns.push(constraint_dns(base.contents, release)?),
            6 => into.uris.push(constraint_uri(base.contents, release)?),
            7 => into.ips.push(constraint_ip(base.contents, release)?),
            _ => handled = false,
        }
    }
    Ok(handled)
}

fn constraint_text(contents: &[u8]) -> Result<&str, ConstraintError> {
    ia5(contents).ok_or_else(|| ConstraintError::NotAscii(contents.to_vec()))
}

fn unreadable(form: &'static str, text: &str) -> ConstraintError {
    ConstraintError::Unreadable { form, text: text.to_owned() }
}

fn constraint_dns(contents: &[u8], release: Release) -> Result<&str, ConstraintError> {
    let domain = constraint_text(contents)?;
    let valid = is_valid_domain(contents, true, release);
    if valid { Ok(domain) } else { Err(unreadable("dnsName", domain)) }
}

/// A whole mailbox or a domain.
fn constraint_email(contents: &[u8], release: Release) -> Result<&str, ConstraintError> {
    let text = constraint_text(contents)?;
    let valid = match text.contains('@') {
        true => Mailbox::parse(text, release).is_some(),
        false => is_valid_domain(contents, true, release),
    };
    if valid { Ok(text) } else { Err(unreadable("rfc822Name", text)) }
}

fn constraint_uri(contents: &[u8], release: Release) -> Result<&str, ConstraintError> {
    let domain = constraint_text(contents)?;
    if ip_address::parse(domain).is_ok_and(|address| address.zone.is_empty()) {
        return Err(ConstraintError::UriAddress(domain.to_owned()));
    }
    let valid = is_valid_domain(contents, true, release);
    if valid { Ok(domain) } else { Err(unreadable("URI", domain)) }
}

fn constraint_ip(contents: &[u8], release: Release) -> Result<IpRange<'_>, ConstraintError> {
    if !matches!(contents.len(), 8 | 32) {
        return Err(ConstraintError::AddressLength(contents.len()));
    }
    let (address, mask) = contents.split_at_checked(contents.len() / 2).unwrap_or_default();
    if !is_prefix_mask(mask) {
        return Err(ConstraintError::AddressMask(HEXLOWER.encode(mask)));
    }
    if !release.is_old() && address.len() == 16 && ip_address::as_four_octets(address).is_some() {
        return Err(ConstraintError::MappedAddress);
    }
    Ok(IpRange { address, mask })
}

/// Whether the mask is ones, then zeros.
fn is_prefix_mask(mask: &[u8]) -> bool {
    let mut rest = mask.iter().skip_while(|&&octet| octet == 0xff);
    let partial = rest.next().copied().unwrap_or_default();
    partial.leading_ones() == partial.count_ones() && rest.all(|&octet| octet == 0)
}

/// RFC 5280, 4.2.1.13 (cRLDistributionPoints): Go reads the URLs of full names and refuses what it cannot walk through.
fn crl_distribution_points(mut value: Reader<'_>) -> Result<(), ParseError> {
    const MALFORMED: ParseError = ParseError::Invalid("CRL distribution point");
    let mut points = value.read(SEQUENCE).ok_or(ParseError::Invalid("CRL distribution points"))?;
    while !points.is_empty() {
        let mut point = points.read(SEQUENCE).ok_or(MALFORMED)?;
        let Some(mut name) = point.read_optional(constructed(0)).ok_or(MALFORMED)? else { continue };
        let mut full_name = name.read(constructed(0)).ok_or(MALFORMED)?;
        while full_name.next_is(context(6)) {
            full_name.read(context(6)).ok_or(MALFORMED)?;
        }
    }
    Ok(())
}

/// RFC 5280, 4.2.1.1 (authorityKeyIdentifier): the key identifier; the issuer and serial number are not read.
fn authority_key_id(mut value: Reader<'_>, wrongly_critical: bool) -> Result<&[u8], ParseError> {
    const MALFORMED: ParseError = ParseError::Invalid("authority key identifier");
    if wrongly_critical {
        return Err(ParseError::WronglyCritical("authority key identifier"));
    }
    let mut fields = value.read(SEQUENCE).ok_or(MALFORMED)?;
    let key_id = fields.read_optional(context(0)).ok_or(MALFORMED)?;
    Ok(key_id.map_or(&[], |key_id| key_id.0))
}

/// RFC 5280, 4.2.1.2 (subjectKeyIdentifier): the octets of the identifier.
fn subject_key_id(mut value: Reader<'_>, wrongly_critical: bool) -> Result<&[u8], ParseError> {
    if wrongly_critical {
        return Err(ParseError::WronglyCritical("subject key identifier"));
    }
    let key_id = value.read(OCTET_STRING).ok_or(ParseError::Invalid("subject key identifier"))?;
    Ok(key_id.0)
}

/// RFC 5280, 4.2.1.11 (policyConstraints). A negative number counts as absent.
fn policy_constraints<'a>(mut value: Reader<'a>, read: &mut Extensions<'a>) -> Result<(), ParseError> {
    const MALFORMED: ParseError = ParseError::Invalid("policy constraints extension");
    let mut fields = value.read(SEQUENCE).ok_or(MALFORMED)?;
    for (tag, into) in [(context(0), &mut read.require_explicit_policy), (context(1), &mut read.inhibit_policy_mapping)]
    {
        if fields.next_is(tag) {
            *into = u64::try_from(fields.read_i64_with_tag(tag).ok_or(MALFORMED)?).ok();
        }
    }
    Ok(())
}

/// RFC 5280, 4.2.1.14 (inhibitAnyPolicy). A negative number counts as absent.
fn inhibit_any_policy(mut value: Reader<'_>) -> Result<Option<u64>, ParseError> {
    let certificates = value.read_i64().ok_or(ParseError::Invalid("inhibit any policy extension"))?;
    Ok(u64::try_from(certificates).ok())
}

/// RFC 5280, 4.2.1.12 (extKeyUsage): the purposes in the order encoded. The list may be empty.
fn extended_key_usages(mut value: Reader<'_>) -> Result<Vec<&[u8]>, ParseError> {
    const MALFORMED: ParseError = ParseError::Invalid("extended key usages");
    let mut list = value.read(SEQUENCE).ok_or(MALFORMED)?;
    let mut usages = Vec::new();
    while !list.is_empty() {
        usages.push(list.read_object_identifier().ok_or(MALFORMED)?);
    }
    Ok(usages)
}

/// RFC 5280, 4.2.1.4 (certificatePolicies): the identifiers, which must differ but in Go 1.19; qualifiers are not read.
fn certificate_policies(mut value: Reader<'_>, release: Release) -> Result<Vec<&[u8]>, ParseError> {
    const MALFORMED: ParseError = ParseError::Invalid("certificate policies");
    let mut list = value.read(SEQUENCE).ok_or(MALFORMED)?;
    let mut policies = Vec::new();
    while !list.is_empty() {
        let policy = list.read(SEQUENCE).and_then(|mut policy| policy.read(OBJECT_IDENTIFIER)).ok_or(MALFORMED)?.0;
        if (policies.contains(&policy) && !release.is_old()) || !is_object_identifier(policy) {
            return Err(MALFORMED);
        }
        policies.push(policy);
    }
    Ok(policies)
}

/// RFC 5280, 4.2.1.5 (policyMappings): pairs of issuer's and subject's policy.
fn policy_mappings(mut value: Reader<'_>) -> Result<Vec<PolicyMapping<'_>>, ParseError> {
    const MALFORMED: ParseError = ParseError::Invalid("policy mappings extension");
    let mut list = value.read(SEQUENCE).ok_or(MALFORMED)?;
    let mut mappings = Vec::new();
    while !list.is_empty() {
        let mut mapping = list.read(SEQUENCE).ok_or(MALFORMED)?;
        let issuer = mapping.read(OBJECT_IDENTIFIER).ok_or(MALFORMED)?.0;
        let subject = mapping.read(OBJECT_IDENTIFIER).ok_or(MALFORMED)?.0;
        mappings.push((issuer, subject));
    }
    Ok(mappings)
}

/// RFC 5280, 4.2.2.1 (authorityInfoAccess): Go keeps two kinds of URL; here only the refusals matter.
fn authority_info_access(mut value: Reader<'_>, wrongly_critical: bool) -> Result<(), ParseError> {
    const MALFORMED: ParseError = ParseError::Invalid("authority info access");
    if wrongly_critical {
        return Err(ParseError::WronglyCritical("authority info access"));
    }
    let mut list = value.read(SEQUENCE).ok_or(MALFORMED)?;
    while !list.is_empty() {
        let mut description = list.read(SEQUENCE).ok_or(MALFORMED)?;
        description.read_object_identifier().ok_or(MALFORMED)?;
        description.read_optional(context(6)).ok_or(MALFORMED)?;
    }
    Ok(())
}

/// The contents of an IA5String, if they are ASCII.
fn ia5(contents: &[u8]) -> Option<&str> {
    std::str::from_utf8(contents).ok().filter(|text| text.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::is_prefix_mask;

    #[test]
    fn masks_are_ones_then_zeros() {
        for (mask, fine) in [
            ([0, 0, 0, 0], true),
            ([255, 255, 255, 255], true),
            ([255, 240, 0, 0], true),
            ([255, 0, 255, 0], false),
            ([255, 241, 0, 0], false),
            ([0, 128, 0, 0], false),
            ([254, 255, 0, 0], false),
            ([255, 254, 254, 0], false),
        ] {
            assert_eq!(is_prefix_mask(&mask), fine, "{mask:?}");
        }
    }
}
