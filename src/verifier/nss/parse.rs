//! Certificates as `CERT_DecodeDERCertificate` reads them: what NSS derives from the extensions once and for all.

use crate::certificate::{CertId, Certificate, KeyKind};
use crate::der::{BIT_STRING, BitString, Reader, SEQUENCE, constructed};
use crate::oid::{self, ObjectIdentifier};

// Bits of keyUsage (`certt.h`).
pub(super) const KU_DIGITAL_SIGNATURE: u8 = 0x80;
pub(super) const KU_KEY_ENCIPHERMENT: u8 = 0x20;
pub(super) const KU_KEY_AGREEMENT: u8 = 0x08;
pub(super) const KU_KEY_CERT_SIGN: u8 = 0x04;

// Bits of the certificate type (`certt.h`), the first eight as in the extension that Netscape invented.
pub(super) const SSL_CLIENT: u32 = 0x80;
pub(super) const SSL_SERVER: u32 = 0x40;
const EMAIL: u32 = 0x20;
const OBJECT_SIGNING: u32 = 0x10;
pub(super) const SSL_CA: u32 = 0x04;
const EMAIL_CA: u32 = 0x02;
const OBJECT_SIGNING_CA: u32 = 0x01;
const IPSEC: u32 = 0x100;
const IPSEC_CA: u32 = 0x200;
const STATUS_RESPONDER: u32 = 0x4000;
/// `NS_CERT_TYPE_CA`: the bits of every kind of CA.
pub(super) const ANY_CA: u32 = SSL_CA | EMAIL_CA | OBJECT_SIGNING_CA | STATUS_RESPONDER | IPSEC_CA;
/// What `CERT_IsCACert` takes for a CA.
const ISSUING_CA: u32 = SSL_CA | EMAIL_CA | OBJECT_SIGNING_CA;

/// Critical extensions that do not refuse a certificate (`SUPPORTED_CERT_EXTENSION` in `secoid.c`). Policies, their
/// constraints and CRL distribution points are not among them.
const SUPPORTED: &[ObjectIdentifier] = &[
    oid::SUBJECT_KEY_ID,
    oid::KEY_USAGE,
    oid::SUBJECT_ALT_NAME,
    oid::BASIC_CONSTRAINTS,
    oid::CRL_NUMBER,
    oid::CRL_REASON,
    oid::INVALIDITY_DATE,
    oid::NAME_CONSTRAINTS,
    oid::AUTHORITY_KEY_ID,
    oid::EXTENDED_KEY_USAGE,
    oid::AUTHORITY_INFO_ACCESS,
    oid::OCSP_NO_CHECK,
    oid::NETSCAPE_CERT_TYPE,
    oid::NETSCAPE_BASE_URL,
    oid::NETSCAPE_REVOCATION_URL,
    oid::NETSCAPE_CA_REVOCATION_URL,
    oid::NETSCAPE_RENEWAL_URL,
    oid::NETSCAPE_CA_POLICY_URL,
    oid::NETSCAPE_COMMENT,
    oid::NETSCAPE_LOST_PASSWORD_URL,
    oid::NETSCAPE_CERT_RENEWAL_TIME,
    oid::NETSCAPE_CERT_SCOPE_OF_USE,
];

/// A certificate in the store.
#[derive(Clone, Debug)]
pub(in crate::verifier) struct Cert<'g> {
    pub(super) id: CertId,
    pub(super) certificate: &'g Certificate,
    /// Flag `C` (of clients, `T`) in the trust string.
    pub(super) trusted: bool,
    /// `isRoot`: self-issued, and its authority key identifier does not say otherwise. Its signature is not looked at.
    pub(super) is_root: bool,
    /// `nsCertType`: the bits that [`cert_type`] computes.
    pub(super) cert_type: u32,
    authority: Option<AuthorityKeyId<'g>>,
}

/// `CERTAuthKeyID`: what authorityKeyIdentifier says; the key identifier and serial number are empty where absent.
#[derive(Clone, Debug)]
struct AuthorityKeyId<'g> {
    key_id: &'g [u8],
    /// authorityCertIssuer is there; its first directoryName, DER, if it has one.
    issuer: Option<Option<&'g [u8]>>,
    serial: &'g [u8],
}

/// Whether a certificate is the one that an authority key identifier means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IdMatch {
    Yes,
    Unknown,
    No,
}

impl<'g> Cert<'g> {
    pub(super) fn new(id: CertId, certificate: &'g Certificate, trusted: bool) -> Cert<'g> {
        let authority = authority(certificate);
        let is_root = is_root(certificate, authority.as_ref());
        let cert_type = cert_type(certificate, is_root);
        Cert { id, certificate, trusted, is_root, cert_type, authority }
    }

    /// `nss3certificate_getIdentifier` and `nss3certificate_matchIdentifier`: `Unknown` if there is nothing to go by.
    pub(super) fn matches_authority_of(&self, child: &Cert<'_>) -> Option<IdMatch> {
        let wanted = child.authority.as_ref()?;
        let mut found = IdMatch::Unknown;
        if let Some(given) = self.certificate.subject_key_id.as_deref().filter(|_| !wanted.key_id.is_empty()) {
            if given != wanted.key_id {
                return Some(IdMatch::No);
            }
            found = IdMatch::Yes;
        }
        if let Some(issuer) = wanted.issuer {
            let same =
                issuer == Some(self.certificate.issuer.der.as_slice()) && self.certificate.serial == wanted.serial;
            found = if same { IdMatch::Yes } else { IdMatch::Unknown };
        }
        Some(found)
    }

    /// `CERT_IsCACert`, with the trust flags that override (`cert_ComputeTrustOverrides`).
    pub(super) fn is_ca(&self) -> bool {
        self.type_as_ca() & ISSUING_CA != 0
    }

    fn type_as_ca(&self) -> u32 {
        let overrides = if self.trusted { SSL_CA } else { 0 };
        self.cert_type | ca_bits(self.certificate, self.is_root) | overrides
    }

    /// `nss3certificate_matchUsage` for a CA of TLS.
    pub(super) fn matches_ca_usage(&self) -> bool {
        self.allows(KU_KEY_CERT_SIGN) && self.type_as_ca() & SSL_CA != 0
    }

    /// Any of these bits of keyUsage; without the extension, all.
    pub(super) fn allows(&self, bits: u8) -> bool {
        self.certificate.key_usage.is_none_or(|usage| {
            // Bit 0 is the highest bit of the first octet.
            let octet = u8::try_from(usage.0 & 0xff).unwrap_or_default().reverse_bits();
            octet & bits != 0
        })
    }

    /// A key on which TLS servers exchange keys, and the bits of keyUsage for it (`CERT_CheckKeyUsage`).
    pub(super) fn allows_key_exchange(&self) -> bool {
        match &self.certificate.key.kind {
            KeyKind::Rsa { .. } => self.allows(KU_KEY_ENCIPHERMENT),
            KeyKind::Ec { .. } => self.allows(KU_DIGITAL_SIGNATURE | KU_KEY_AGREEMENT),
            KeyKind::Other { algorithm } => match algorithm.constant() {
                Some(oid::RSA_ENCRYPTION) => self.allows(KU_KEY_ENCIPHERMENT),
                Some(oid::EC_PUBLIC_KEY) => self.allows(KU_DIGITAL_SIGNATURE | KU_KEY_AGREEMENT),
                Some(oid::RSASSA_PSS | oid::DSA) => self.allows(KU_DIGITAL_SIGNATURE),
                Some(oid::DH) => self.allows(KU_KEY_AGREEMENT),
                _ => false,
            },
            // NSS 3.87 has no Ed25519.
            KeyKind::Ed25519 => false,
        }
    }

    /// `cert_HasUnknownCriticalExten`: some critical extension is none of [`SUPPORTED`].
    pub(super) fn has_unknown_critical_extension(&self) -> bool {
        let mut critical = self.certificate.extensions.iter().filter(|extension| extension.critical);
        critical.any(|extension| !extension.oid.is_one_of(SUPPORTED))
    }

    /// The algorithm inside the signed part is the one outside (`SECOID_CompareAlgorithmID`).
    pub(super) fn algorithms_agree(&self) -> bool {
        let inner = Reader::read_only(self.certificate.tbs_der(), SEQUENCE).and_then(|mut fields| {
            fields.read_optional(constructed(0))?;
            fields.read_any()?;
            fields.read_element(SEQUENCE)
        });
        inner.is_none_or(|inner| inner.whole == self.certificate.signature_algorithm.der)
    }
}

fn authority(certificate: &Certificate) -> Option<AuthorityKeyId<'_>> {
    let read = certificate.authority_key_id.as_ref()?;
    let value = certificate.extensions.iter().find(|extension| extension.oid == oid::AUTHORITY_KEY_ID)?;
    Some(AuthorityKeyId {
        key_id: read.key_id.as_deref().unwrap_or_default(),
        issuer: authority_issuer(&value.value),
        serial: read.serial.as_deref().unwrap_or_default(),
    })
}

/// authorityCertIssuer `[1]` (RFC 5280, 4.2.1.1), and in it the first directoryName `[4]`.
fn authority_issuer(value: &[u8]) -> Option<Option<&[u8]>> {
    let mut fields = Reader::read_only(value, SEQUENCE)?;
    while !fields.is_empty() {
        let field = fields.read_any()?;
        if field.tag == constructed(1) {
            let mut names = Reader(field.contents);
            let mut directory = None;
            while let Some(name) = names.read_any().filter(|_| directory.is_none()) {
                directory = (name.tag == constructed(4)).then_some(name.contents);
            }
            return Some(directory);
        }
    }
    None
}

/// `cert_IsRootCert`: self-issued, and whatever its authority key identifier says is true of the certificate itself.
fn is_root(certificate: &Certificate, authority: Option<&AuthorityKeyId<'_>>) -> bool {
    if certificate.issuer.der != certificate.subject.der {
        return false;
    }
    authority.is_none_or(|authority| {
        let key_id = authority.key_id.is_empty() || certificate.subject_key_id.as_deref() == Some(authority.key_id);
        let issuer = authority.issuer.flatten().is_none_or(|issuer| issuer == certificate.issuer.der);
        let serial = authority.serial.is_empty() || authority.serial == certificate.serial;
        key_id && issuer && serial
    })
}

/// basicConstraints, or a root from before there were extensions.
fn ca_bits(certificate: &Certificate, is_root: bool) -> u32 {
    let is_ca = certificate.is_ca() || (is_root && certificate.version < 3);
    if is_ca { SSL_CA | EMAIL_CA } else { 0 }
}

/// `cert_ComputeCertType`: what the certificate may be used for. nsCertType and extKeyUsage decide or, where there is
/// neither, basicConstraints.
fn cert_type(certificate: &Certificate, is_root: bool) -> u32 {
    let netscape = certificate.extensions.iter().find(|extension| extension.oid == oid::NETSCAPE_CERT_TYPE);
    let netscape = netscape.and_then(|extension| Reader(&extension.value).read(BIT_STRING));
    let netscape = netscape.and_then(|contents| BitString::of(contents.0)).map(|bits| bits.octets);
    let mut bits = if netscape.is_some() || certificate.extended_key_usage.is_some() {
        let declared = u32::from(netscape.and_then(|octets| octets.first().copied()).unwrap_or_default());
        let email = if declared & SSL_CA != 0 { EMAIL_CA } else { 0 };
        declared | email | usage_bits(certificate)
    } else {
        let ca = ca_bits(certificate, is_root);
        let responder = if ca != 0 { STATUS_RESPONDER } else { 0 };
        ca | responder | SSL_CLIENT | SSL_SERVER | EMAIL
    };
    if bits & (SSL_CLIENT | SSL_SERVER | EMAIL) != 0 {
        bits |= IPSEC;
    }
    if bits & (SSL_CA | EMAIL_CA) != 0 {
        bits |= IPSEC_CA;
    }
    bits
}

/// Extended key usages: what they allow an end entity, and what a CA.
const USAGES: &[(ObjectIdentifier, u32, u32)] = &[
    (oid::EMAIL_PROTECTION, EMAIL, EMAIL_CA),
    (oid::SERVER_AUTH, SSL_SERVER, SSL_CA),
    (oid::NETSCAPE_SERVER_GATED_CRYPTO, SSL_SERVER, SSL_CA),
    (oid::CLIENT_AUTH, SSL_CLIENT, SSL_CA),
    (oid::IPSEC_IKE, IPSEC, IPSEC_CA),
    (oid::IKE_END, IPSEC, IPSEC_CA),
    (oid::IKE_INTERMEDIATE, IPSEC, IPSEC_CA),
    (oid::IPSEC_END_SYSTEM, IPSEC, IPSEC_CA),
    (oid::IPSEC_TUNNEL, IPSEC, IPSEC_CA),
    (oid::IPSEC_USER, IPSEC, IPSEC_CA),
    // anyExtendedKeyUsage counts for IPsec alone.
    (oid::ANY_EXTENDED_KEY_USAGE, IPSEC, IPSEC_CA),
    (oid::CODE_SIGNING, OBJECT_SIGNING, OBJECT_SIGNING_CA),
    (oid::OCSP_SIGNING, STATUS_RESPONDER, STATUS_RESPONDER),
];

fn usage_bits(certificate: &Certificate) -> u32 {
    let is_ca = certificate.is_ca();
    let usages = certificate.extended_key_usage.iter().flatten();
    usages.fold(0, |bits, usage| match USAGES.iter().find(|(known, ..)| usage == known) {
        Some((_, _, ca)) if is_ca => bits | ca,
        Some((_, end_entity, _)) => bits | end_entity,
        None => bits,
    })
}
