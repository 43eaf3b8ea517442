//! A certificate as OpenSSL holds it: the fields that `d2i_X509` reads, and what `ossl_x509v3_cache_extensions` makes
//! of its extensions.

use super::asn1::{Algorithm, Fields, ParseError, Read, bit_string, check_contents, integer, long};
use super::general_name::{self, GeneralName, NameConstraints};
use super::issued;
use super::key::Key;
use super::name::Name;
use super::signature_algorithm::SignatureAlgorithm;
use crate::certificate::CertId;
use crate::der::{
    BIT_STRING, BOOLEAN, GENERALIZED_TIME, INTEGER, OCTET_STRING, SEQUENCE, UTC_TIME, constructed, context,
};
use crate::oid::{self, ObjectIdentifier};
use crate::time::{Asn1Time, Timestamp};

/// A certificate as OpenSSL reads it (`X509`).
#[derive(Clone, Debug)]
pub(in crate::verifier) struct Certificate<'a> {
    pub(super) id: CertId,
    /// As encoded: 0 is version 1.
    pub(super) version: i64,
    /// Contents of the INTEGER.
    pub(super) serial: &'a [u8],
    pub(super) issuer: Name<'a>,
    pub(super) subject: Name<'a>,
    pub(super) not_before: Time,
    pub(super) not_after: Time,
    /// `None`: OpenSSL cannot decode it.
    pub(super) key: Option<Key>,
    /// The algorithm inside the signed part, and the one beside the signature.
    pub(super) inner_algorithm: Algorithm<'a>,
    pub(super) outer_algorithm: Algorithm<'a>,
    /// The signature has whole octets (`ASN1_STRING_FLAG_BITS_LEFT` and no bits left).
    pub(super) has_whole_signature: bool,
    /// There is at least one extension.
    pub(super) has_extensions: bool,
    pub(super) extensions: Extensions<'a>,
    /// `EXFLAG_SI`: issuer and subject are the same name.
    pub(super) is_self_issued: bool,
    /// `EXFLAG_SS`: self-issued, and the certificate's own key identifier and key fit. No signature is looked at.
    pub(super) has_self_signed_form: bool,
}

/// An instant; `None` in a form that `X509_cmp_time` does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) at: Timestamp,
    pub(super) is_strict: bool,
}

/// What is remembered of the extensions (`ex_flags` and its neighbours in `X509`).
#[derive(Clone, Debug, Default)]
pub(super) struct Extensions<'a> {
    /// `EXFLAG_INVALID`: an extension that OpenSSL looks at cannot be read, or stands there twice.
    pub(super) is_invalid: bool,
    /// `EXFLAG_BCONS`: basicConstraints is there and can be read.
    pub(super) has_basic_constraints: bool,
    /// `EXFLAG_CA`: cA of basicConstraints is true.
    pub(super) ca: bool,
    /// `ex_pathlen`: pathLenConstraint of basicConstraints; `None` for any number.
    pub(super) path_length: Option<i64>,
    /// First octet low, second octet high.
    pub(super) key_usage: Option<u16>,
    pub(super) extended_key_usage: Option<Usages>,
    /// nsCertType, which Netscape invented.
    pub(super) netscape_type: Option<u8>,
    /// proxyCertInfo (RFC 3820), with its length constraint.
    pub(super) proxy: Option<Option<i64>>,
    pub(super) subject_key_id: Option<&'a [u8]>,
    pub(super) authority_key_id: Option<AuthorityKeyId<'a>>,
    pub(super) alternative_names: Option<Vec<GeneralName<'a>>>,
    pub(super) name_constraints: Option<NameConstraints<'a>>,
    /// `EXFLAG_CRITICAL`: some extension is critical and not supported; those after it were not looked at.
    pub(super) has_unhandled_critical: bool,
    pub(super) basic_constraints_are_critical: bool,
    pub(super) alternative_names_are_critical: bool,
    /// RFC 3779, which this engine does not follow.
    pub(super) has_resources: bool,
}

/// The key purposes that matter here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Usages {
    pub(super) server: bool,
    pub(super) client: bool,
}

/// What authorityKeyIdentifier says (`AUTHORITY_KEYID`).
#[derive(Clone, Debug)]
pub(super) struct AuthorityKeyId<'a> {
    pub(super) key_id: Option<&'a [u8]>,
    pub(super) issuer: Option<Vec<GeneralName<'a>>>,
    pub(super) serial: Option<&'a [u8]>,
}

/// `X509_EXTENSION`: one extension, with its value as encoded.
#[derive(Clone, Copy, Debug)]
struct Extension<'a> {
    oid: &'a [u8],
    is_critical: bool,
    value: &'a [u8],
}

/// `X509_supported_extension`: those that may be critical.
const SUPPORTED: [ObjectIdentifier; 15] = [
    oid::NETSCAPE_CERT_TYPE,
    oid::KEY_USAGE,
    oid::SUBJECT_ALT_NAME,
    oid::BASIC_CONSTRAINTS,
    oid::CERTIFICATE_POLICIES,
    oid::CRL_DISTRIBUTION_POINTS,
    oid::EXTENDED_KEY_USAGE,
    oid::IP_ADDRESS_BLOCKS,
    oid::AUTONOMOUS_SYSTEM_IDS,
    oid::OCSP_NO_CHECK,
    oid::POLICY_CONSTRAINTS,
    oid::PROXY_CERT_INFO,
    oid::NAME_CONSTRAINTS,
    oid::POLICY_MAPPINGS,
    oid::INHIBIT_ANY_POLICY,
];

/// ipAddrBlocks and autonomousSysIds (RFC 3779).
fn is_resource(extension: &[u8]) -> bool {
    matches!(oid::constant(extension), Some(oid::IP_ADDRESS_BLOCKS | oid::AUTONOMOUS_SYSTEM_IDS))
}

impl<'a> Certificate<'a> {
    /// `d2i_X509` and `ossl_x509v3_cache_extensions`.
    pub(super) fn read(id: CertId, der: &'a [u8]) -> Read<Certificate<'a>> {
        let mut outer = Fields(Fields(der).read(SEQUENCE)?);
        let mut fields = Fields(outer.read(SEQUENCE)?);
        let outer_algorithm = outer.algorithm()?;
        let signature = outer.read(BIT_STRING)?;
        bit_string(signature)?;
        outer.end()?;

        let version = fields.explicit(0, |fields| fields.integer().map(long))?.unwrap_or(0);
        let serial = fields.integer()?;
        let inner_algorithm = fields.algorithm()?;
        let issuer = Name::read(&mut fields)?;
        let (not_before, not_after) = validity(fields.read(SEQUENCE)?)?;
        let subject = Name::read(&mut fields)?;
        let key = Key::read(&mut fields)?;
        for unique_id in [context(1), context(2)] {
            fields.optional(unique_id)?.map(bit_string).transpose()?;
        }
        let list = fields.explicit(3, |fields| Fields(fields.read(SEQUENCE)?).all(extension))?.unwrap_or_default();
        fields.end()?;

        let is_self_issued = issuer.canonical == subject.canonical;
        let mut certificate = Certificate {
            id,
            version,
            serial,
            issuer,
            subject,
            not_before,
            not_after,
            key,
            inner_algorithm,
            outer_algorithm,
            has_whole_signature: signature.first() == Some(&0),
            has_extensions: !list.is_empty(),
            extensions: Extensions::read(&list),
            is_self_issued,
            has_self_signed_form: false,
        };
        certificate.has_self_signed_form = is_self_issued && issued::key_fits(&certificate, &certificate).is_ok();
        Ok(certificate)
    }

    /// `X509_self_signed`, which looks at no signature; `None` where OpenSSL reports an error instead.
    pub(super) fn is_self_signed(&self) -> Option<bool> {
        (self.key.is_some() && !self.extensions.is_invalid).then_some(self.has_self_signed_form)
    }

    /// What OpenSSL knows of the algorithm beside the signature.
    pub(super) fn signature_algorithm(&self) -> Option<SignatureAlgorithm> {
        SignatureAlgorithm::of(self.outer_algorithm)
    }
}

/// `X509_VAL`: notBefore and notAfter, with nothing behind them.
fn validity(contents: &[u8]) -> Read<(Time, Time)> {
    let mut fields = Fields(contents);
    let times = (time(&mut fields)?, time(&mut fields)?);
    fields.end()?;
    Ok(times)
}

/// `ASN1_TIME`, and whether `X509_cmp_time` takes it: `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`. Any contents can be read.
fn time(fields: &mut Fields<'_>) -> Read<Time> {
    let element = fields.next()?;
    let at = Asn1Time::read(element.tag, element.contents).map(|time| time.at);
    let digits = match element.tag {
        UTC_TIME => 12,
        GENERALIZED_TIME => 14,
        _ => return Err(ParseError),
    };
    let is_strict = match element.contents.split_last() {
        Some((zone, rest)) => *zone == b'Z' && rest.len() == digits && rest.iter().all(u8::is_ascii_digit),
        None => false,
    };
    Ok(Time { at: at.unwrap_or(Timestamp(0)), is_strict: is_strict && at.is_some() })
}

fn extension<'a>(fields: &mut Fields<'a>) -> Read<Extension<'a>> {
    let mut fields = Fields(fields.read(SEQUENCE)?);
    let oid = fields.object()?;
    let critical = fields.optional(BOOLEAN)?;
    critical.map(|critical| check_contents(BOOLEAN, critical)).transpose()?;
    let value = fields.read(OCTET_STRING)?;
    fields.end()?;
    Ok(Extension { oid, is_critical: critical.is_some_and(|critical| critical != [0]), value })
}

impl<'a> Extensions<'a> {
    fn read(list: &[Extension<'a>]) -> Extensions<'a> {
        let mut read = Extensions::default();
        read.read_constraints(list);
        read.read_usages(list);
        read.subject_key_id = read.take(list, oid::SUBJECT_KEY_ID, |value| Fields(value).read(OCTET_STRING));
        read.authority_key_id = read.take(list, oid::AUTHORITY_KEY_ID, authority_key_id);
        read.alternative_names = read.take(list, oid::SUBJECT_ALT_NAME, general_name::alternative_names);
        read.name_constraints = read.take(list, oid::NAME_CONSTRAINTS, general_name::name_constraints);
        read.take(list, oid::CRL_DISTRIBUTION_POINTS, general_name::check_distribution_points);
        read.read_critical(list);
        read
    }

    /// basicConstraints and proxyCertInfo.
    fn read_constraints(&mut self, list: &[Extension<'a>]) {
        if let Some((ca, length)) = self.take(list, oid::BASIC_CONSTRAINTS, basic_constraints) {
            (self.has_basic_constraints, self.ca) = (true, ca);
            self.is_invalid |= length.is_some_and(|length| length.first().is_some_and(|first| first & 0x80 != 0));
            self.path_length = length.map(long).filter(|length| *length >= 0);
        }
        self.proxy = self.take(list, oid::PROXY_CERT_INFO, proxy_cert_info);
        let has = |oid: ObjectIdentifier| list.iter().any(|extension| extension.oid == oid.as_bytes());
        self.is_invalid |= self.proxy.is_some() && (self.ca || has(oid::SUBJECT_ALT_NAME) || has(oid::ISSUER_ALT_NAME));
    }

    fn read_usages(&mut self, list: &[Extension<'a>]) {
        self.key_usage = self.take(list, oid::KEY_USAGE, |value| {
            let bits = bit_string(Fields(value).read(BIT_STRING)?)?;
            let octet = |at: usize| bits.get(at).copied().unwrap_or_default();
            Ok(u16::from_le_bytes([octet(0), octet(1)]))
        });
        // RFC 5280, 4.2.1.3: at least one bit is set.
        self.is_invalid |= self.key_usage == Some(0);
        self.extended_key_usage = self.take(list, oid::EXTENDED_KEY_USAGE, usages);
        self.netscape_type = self.take(list, oid::NETSCAPE_CERT_TYPE, |value| {
            let bits = bit_string(Fields(value).read(BIT_STRING)?)?;
            Ok(bits.first().copied().unwrap_or_default())
        });
    }

    /// The last loop of `ossl_x509v3_cache_extensions`, which ends at the first critical extension that is not
    /// supported.
    fn read_critical(&mut self, list: &[Extension<'a>]) {
        self.has_resources = list.iter().any(|extension| is_resource(extension.oid));
        for extension in list.iter().filter(|extension| extension.is_critical) {
            match oid::constant(extension.oid) {
                Some(oid::BASIC_CONSTRAINTS) => self.basic_constraints_are_critical = true,
                Some(oid::SUBJECT_ALT_NAME) => self.alternative_names_are_critical = true,
                Some(known) if SUPPORTED.contains(&known) => {}
                _ => {
                    self.has_unhandled_critical = true;
                    return;
                }
            }
        }
    }

    /// `X509_get_ext_d2i`: the one extension with this identifier.
    fn take<T>(&mut self, list: &[Extension<'a>], oid: ObjectIdentifier, read: fn(&'a [u8]) -> Read<T>) -> Option<T> {
        let found: Vec<&Extension<'a>> = list.iter().filter(|extension| extension.oid == oid.as_bytes()).collect();
        let value = match found.as_slice() {
            [] => return None,
            [extension] => read(extension.value).ok(),
            _ => None,
        };
        self.is_invalid |= value.is_none();
        value
    }
}

/// RFC 5280, 4.2.1.9: cA, and the contents of pathLenConstraint.
fn basic_constraints(value: &[u8]) -> Read<(bool, Option<&[u8]>)> {
    let mut fields = Fields::at_start(value)?;
    let ca = fields.optional(BOOLEAN)?;
    ca.map(|ca| check_contents(BOOLEAN, ca)).transpose()?;
    let length = fields.optional(INTEGER)?.map(integer).transpose()?;
    fields.end()?;
    Ok((ca.is_some_and(|ca| ca != [0]), length))
}

/// RFC 3820, 3.8: the length constraint.
fn proxy_cert_info(value: &[u8]) -> Read<Option<i64>> {
    let mut fields = Fields::at_start(value)?;
    let length = fields.optional(INTEGER)?.map(integer).transpose()?;
    let mut policy = Fields(fields.read(SEQUENCE)?);
    policy.object()?;
    policy.optional(OCTET_STRING)?;
    policy.end()?;
    fields.end()?;
    Ok(length.map(long).filter(|length| *length != -1))
}

/// RFC 5280, 4.2.1.12 (extKeyUsage): whether it lists servers and clients of TLS.
fn usages(value: &[u8]) -> Read<Usages> {
    let mut usages = Usages::default();
    for purpose in Fields(Fields::at_start(value)?.0).all(|fields| fields.object())? {
        match oid::constant(purpose) {
            Some(oid::SERVER_AUTH) => usages.server = true,
            Some(oid::CLIENT_AUTH) => usages.client = true,
            // Server Gated Cryptography allows servers (`check_purpose_ssl_server`).
            Some(oid::MS_SERVER_GATED_CRYPTO | oid::NETSCAPE_SERVER_GATED_CRYPTO) => usages.server = true,
            // anyExtendedKeyUsage is known and allows nothing.
            _ => {}
        }
    }
    Ok(usages)
}

/// RFC 5280, 4.2.1.1 (authorityKeyIdentifier): all three fields, each optional.
fn authority_key_id(value: &[u8]) -> Read<AuthorityKeyId<'_>> {
    let mut fields = Fields::at_start(value)?;
    let key_id = fields.optional(context(0))?;
    let issuer = fields.optional(constructed(1))?.map(GeneralName::read_all).transpose()?;
    let serial = fields.optional(context(2))?.map(integer).transpose()?;
    fields.end()?;
    Ok(AuthorityKeyId { key_id, issuer, serial })
}
