//! Object identifiers: every one that rootlens knows, as a constant under the name that people use, and the type that
//! holds one as a certificate has it. The names that are shown stand in `names`.

#![allow(missing_docs, reason = "a constant says what its name says; the headings cite where it is defined")]

mod names;

use std::fmt;

pub use const_oid::ObjectIdentifier;
use const_oid::db::{fips204, rfc2985, rfc4519, rfc5280, rfc5639, rfc5912, rfc6960, rfc6962, rfc8410};
use data_encoding::HEXLOWER;

use crate::der;

/// An object identifier as a certificate holds it.
///
/// An [`ObjectIdentifier`] has at most 39 octets and components of at most 32 bits. A certificate is shown whatever it
/// says, so this type keeps the contents octets as they are, even those that are no object identifier. It compares with
/// the constants of this module.
///
/// ```
/// use rootlens::oid::{self, Oid};
///
/// let usage = Oid::from_contents(&[0x2b, 6, 1, 5, 5, 7, 3, 1]);
/// assert!(usage == oid::SERVER_AUTH);
/// assert_eq!(usage.to_string(), "1.3.6.1.5.5.7.3.1");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid(Vec<u8>);

impl Oid {
    /// From the contents octets of an OBJECT IDENTIFIER, which are not checked.
    pub fn from_contents(contents: &[u8]) -> Oid {
        Oid(contents.to_vec())
    }

    /// The contents octets.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// For `match`: the identifier as a constant of this module could be written.
    pub fn constant(&self) -> Option<ObjectIdentifier> {
        constant(&self.0)
    }

    /// It is one of these.
    pub fn is_one_of(&self, constants: &[ObjectIdentifier]) -> bool {
        constants.iter().any(|constant| self == constant)
    }

    /// It continues this one by at least one component.
    pub fn is_below(&self, arc: ObjectIdentifier) -> bool {
        self.0.strip_prefix(arc.as_bytes()).is_some_and(|rest| !rest.is_empty())
    }
}

impl From<ObjectIdentifier> for Oid {
    fn from(constant: ObjectIdentifier) -> Oid {
        Oid::from_contents(constant.as_bytes())
    }
}

impl PartialEq<ObjectIdentifier> for Oid {
    fn eq(&self, constant: &ObjectIdentifier) -> bool {
        self.0 == constant.as_bytes()
    }
}

/// Components joined by dots; of contents that are no object identifier, hex.
impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let components = der::components(&self.0).unwrap_or_default();
        let Some((&first, rest)) = components.split_first() else { return f.write_str(&HEXLOWER.encode(&self.0)) };
        let root = (first / 40).min(2);
        write!(f, "{root}.{}", first - root * 40)?;
        rest.iter().try_for_each(|component| write!(f, ".{component}"))
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Oid({self})")
    }
}

/// For `match`: contents octets as a constant of this module could be written; `None` where no constant could be equal.
pub fn constant(contents: &[u8]) -> Option<ObjectIdentifier> {
    ObjectIdentifier::from_bytes(contents).ok()
}

const fn oid(dotted: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(dotted)
}

// Extensions of certificates (RFC 5280, 4.2.1).
pub const ID_CE: ObjectIdentifier = rfc5280::ID_CE;
pub const SUBJECT_DIRECTORY_ATTRIBUTES: ObjectIdentifier = rfc5280::ID_CE_SUBJECT_DIRECTORY_ATTRIBUTES;
pub const SUBJECT_KEY_ID: ObjectIdentifier = rfc5280::ID_CE_SUBJECT_KEY_IDENTIFIER;
pub const KEY_USAGE: ObjectIdentifier = rfc5280::ID_CE_KEY_USAGE;
pub const PRIVATE_KEY_USAGE_PERIOD: ObjectIdentifier = rfc5280::ID_CE_PRIVATE_KEY_USAGE_PERIOD;
pub const SUBJECT_ALT_NAME: ObjectIdentifier = rfc5280::ID_CE_SUBJECT_ALT_NAME;
pub const ISSUER_ALT_NAME: ObjectIdentifier = rfc5280::ID_CE_ISSUER_ALT_NAME;
pub const BASIC_CONSTRAINTS: ObjectIdentifier = rfc5280::ID_CE_BASIC_CONSTRAINTS;
pub const NAME_CONSTRAINTS: ObjectIdentifier = rfc5280::ID_CE_NAME_CONSTRAINTS;
pub const CRL_DISTRIBUTION_POINTS: ObjectIdentifier = rfc5280::ID_CE_CRL_DISTRIBUTION_POINTS;
pub const CERTIFICATE_POLICIES: ObjectIdentifier = rfc5280::ID_CE_CERTIFICATE_POLICIES;
pub const POLICY_MAPPINGS: ObjectIdentifier = rfc5280::ID_CE_POLICY_MAPPINGS;
pub const AUTHORITY_KEY_ID: ObjectIdentifier = rfc5280::ID_CE_AUTHORITY_KEY_IDENTIFIER;
pub const POLICY_CONSTRAINTS: ObjectIdentifier = rfc5280::ID_CE_POLICY_CONSTRAINTS;
pub const EXTENDED_KEY_USAGE: ObjectIdentifier = rfc5280::ID_CE_EXT_KEY_USAGE;
pub const FRESHEST_CRL: ObjectIdentifier = rfc5280::ID_CE_FRESHEST_CRL;
pub const INHIBIT_ANY_POLICY: ObjectIdentifier = rfc5280::ID_CE_INHIBIT_ANY_POLICY;

// Extensions of revocation lists (RFC 5280, 5.2 and 5.3), which NSS lets stand in certificates too.
pub const CRL_NUMBER: ObjectIdentifier = rfc5280::ID_CE_CRL_NUMBER;
pub const CRL_REASON: ObjectIdentifier = rfc5280::ID_CE_CRL_REASONS;
pub const INVALIDITY_DATE: ObjectIdentifier = rfc5280::ID_CE_INVALIDITY_DATE;

// Private extensions of PKIX (RFC 5280, 4.2.2; RFC 3739, 3.2.6; RFC 3779; RFC 3820, 3.8; RFC 7633; RFC 6960,
// 4.2.2.2.1).
pub const AUTHORITY_INFO_ACCESS: ObjectIdentifier = rfc5280::ID_PE_AUTHORITY_INFO_ACCESS;
pub const QC_STATEMENTS: ObjectIdentifier = oid("1.3.6.1.5.5.7.1.3");
pub const IP_ADDRESS_BLOCKS: ObjectIdentifier = oid("1.3.6.1.5.5.7.1.7");
pub const AUTONOMOUS_SYSTEM_IDS: ObjectIdentifier = oid("1.3.6.1.5.5.7.1.8");
pub const SUBJECT_INFO_ACCESS: ObjectIdentifier = rfc5280::ID_PE_SUBJECT_INFO_ACCESS;
pub const PROXY_CERT_INFO: ObjectIdentifier = oid("1.3.6.1.5.5.7.1.14");
pub const TLS_FEATURE: ObjectIdentifier = oid("1.3.6.1.5.5.7.1.24");
pub const OCSP_NO_CHECK: ObjectIdentifier = rfc6960::ID_PKIX_OCSP_NOCHECK;

// Extensions of Certificate Transparency (RFC 6962, 3), Microsoft and Netscape.
pub const SIGNED_CERTIFICATE_TIMESTAMPS: ObjectIdentifier = rfc6962::CT_PRECERT_SCTS;
pub const PRECERTIFICATE_POISON: ObjectIdentifier = rfc6962::CT_PRECERT_POISON;
pub const MS_ENROLL_CERT_TYPE: ObjectIdentifier = oid("1.3.6.1.4.1.311.20.2");
pub const MS_CA_VERSION: ObjectIdentifier = oid("1.3.6.1.4.1.311.21.1");
pub const MS_CERTIFICATE_TEMPLATE: ObjectIdentifier = oid("1.3.6.1.4.1.311.21.7");
pub const MS_APPLICATION_POLICIES: ObjectIdentifier = oid("1.3.6.1.4.1.311.21.10");
pub const NETSCAPE_CERT_TYPE: ObjectIdentifier = oid("2.16.840.1.113730.1.1");
pub const NETSCAPE_BASE_URL: ObjectIdentifier = oid("2.16.840.1.113730.1.2");
pub const NETSCAPE_REVOCATION_URL: ObjectIdentifier = oid("2.16.840.1.113730.1.3");
pub const NETSCAPE_CA_REVOCATION_URL: ObjectIdentifier = oid("2.16.840.1.113730.1.4");
pub const NETSCAPE_RENEWAL_URL: ObjectIdentifier = oid("2.16.840.1.113730.1.7");
pub const NETSCAPE_CA_POLICY_URL: ObjectIdentifier = oid("2.16.840.1.113730.1.8");
pub const NETSCAPE_COMMENT: ObjectIdentifier = oid("2.16.840.1.113730.1.13");
pub const NETSCAPE_LOST_PASSWORD_URL: ObjectIdentifier = oid("2.16.840.1.113730.1.14");
pub const NETSCAPE_CERT_RENEWAL_TIME: ObjectIdentifier = oid("2.16.840.1.113730.1.15");
pub const NETSCAPE_CERT_SCOPE_OF_USE: ObjectIdentifier = oid("2.16.840.1.113730.1.17");

// Purposes of keys (RFC 5280, 4.2.1.12; RFC 4945, 5.1.3.12; RFC 4556, 3.2.4), and what vendors added.
pub const ANY_EXTENDED_KEY_USAGE: ObjectIdentifier = rfc5280::ANY_EXTENDED_KEY_USAGE;
pub const SERVER_AUTH: ObjectIdentifier = rfc5280::ID_KP_SERVER_AUTH;
pub const CLIENT_AUTH: ObjectIdentifier = rfc5280::ID_KP_CLIENT_AUTH;
pub const CODE_SIGNING: ObjectIdentifier = rfc5280::ID_KP_CODE_SIGNING;
pub const EMAIL_PROTECTION: ObjectIdentifier = rfc5280::ID_KP_EMAIL_PROTECTION;
pub const IPSEC_END_SYSTEM: ObjectIdentifier = oid("1.3.6.1.5.5.7.3.5");
pub const IPSEC_TUNNEL: ObjectIdentifier = oid("1.3.6.1.5.5.7.3.6");
pub const IPSEC_USER: ObjectIdentifier = oid("1.3.6.1.5.5.7.3.7");
pub const TIME_STAMPING: ObjectIdentifier = rfc5280::ID_KP_TIME_STAMPING;
pub const OCSP_SIGNING: ObjectIdentifier = rfc5280::ID_KP_OCSP_SIGNING;
pub const IPSEC_IKE: ObjectIdentifier = oid("1.3.6.1.5.5.7.3.17");
pub const IKE_END: ObjectIdentifier = oid("1.3.6.1.5.5.8.2.1");
pub const IKE_INTERMEDIATE: ObjectIdentifier = oid("1.3.6.1.5.5.8.2.2");
pub const PKINIT_CLIENT_AUTH: ObjectIdentifier = oid("1.3.6.1.5.2.3.4");
pub const PKINIT_KDC: ObjectIdentifier = oid("1.3.6.1.5.2.3.5");
pub const MS_SERVER_GATED_CRYPTO: ObjectIdentifier = oid("1.3.6.1.4.1.311.10.3.3");
pub const MS_SMARTCARD_LOGON: ObjectIdentifier = oid("1.3.6.1.4.1.311.20.2.2");
pub const NETSCAPE_SERVER_GATED_CRYPTO: ObjectIdentifier = oid("2.16.840.1.113730.4.1");
pub const VERISIGN_SERVER_GATED_CRYPTO: ObjectIdentifier = oid("2.16.840.1.113733.1.8.1");

// Certificate policies (RFC 5280, 4.2.1.4; CA/Browser Forum baseline requirements, 7.1.6.1).
pub const ANY_POLICY: ObjectIdentifier = rfc5280::ANY_POLICY;
pub const EXTENDED_VALIDATED: ObjectIdentifier = oid("2.23.140.1.1");
pub const DOMAIN_VALIDATED: ObjectIdentifier = oid("2.23.140.1.2.1");
pub const ORGANIZATION_VALIDATED: ObjectIdentifier = oid("2.23.140.1.2.2");
pub const INDIVIDUAL_VALIDATED: ObjectIdentifier = oid("2.23.140.1.2.3");

// Access methods (RFC 5280, 4.2.2).
pub const OCSP: ObjectIdentifier = rfc5280::ID_AD_OCSP;
pub const CA_ISSUERS: ObjectIdentifier = rfc5280::ID_AD_CA_ISSUERS;
pub const ACCESS_TIME_STAMPING: ObjectIdentifier = rfc5280::ID_AD_TIME_STAMPING;
pub const CA_REPOSITORY: ObjectIdentifier = rfc5280::ID_AD_CA_REPOSITORY;

// Attribute types of names (RFC 4519; X.520; RFC 2985; RFC 1274; ETSI EN 319 412-1, 5.1.4; CA/Browser Forum EV
// guidelines, 7.1.4.2), the arc of X.520 first.
pub const ID_AT: ObjectIdentifier = rfc5280::ID_AT;
pub const COMMON_NAME: ObjectIdentifier = rfc4519::CN;
pub const SURNAME: ObjectIdentifier = rfc4519::SN;
pub const SERIAL_NUMBER: ObjectIdentifier = rfc4519::SERIAL_NUMBER;
pub const COUNTRY: ObjectIdentifier = rfc4519::C;
pub const LOCALITY: ObjectIdentifier = rfc4519::L;
pub const STATE_OR_PROVINCE: ObjectIdentifier = rfc4519::ST;
pub const STREET_ADDRESS: ObjectIdentifier = rfc4519::STREET;
pub const ORGANIZATION: ObjectIdentifier = rfc4519::O;
pub const ORGANIZATIONAL_UNIT: ObjectIdentifier = rfc4519::OU;
pub const TITLE: ObjectIdentifier = rfc4519::TITLE;
pub const DESCRIPTION: ObjectIdentifier = rfc4519::DESCRIPTION;
pub const BUSINESS_CATEGORY: ObjectIdentifier = rfc4519::BUSINESS_CATEGORY;
pub const POSTAL_CODE: ObjectIdentifier = rfc4519::POSTAL_CODE;
pub const NAME: ObjectIdentifier = rfc4519::NAME;
pub const GIVEN_NAME: ObjectIdentifier = rfc4519::GN;
pub const INITIALS: ObjectIdentifier = rfc4519::INITIALS;
pub const GENERATION_QUALIFIER: ObjectIdentifier = rfc4519::GENERATION_QUALIFIER;
pub const DN_QUALIFIER: ObjectIdentifier = rfc4519::DN_QUALIFIER;
pub const POST_OFFICE_BOX: ObjectIdentifier = oid("2.5.4.18");
pub const TELEPHONE_NUMBER: ObjectIdentifier = oid("2.5.4.20");
pub const X500_UNIQUE_IDENTIFIER: ObjectIdentifier = oid("2.5.4.45");
pub const HOUSE_IDENTIFIER: ObjectIdentifier = oid("2.5.4.51");
pub const DMD_NAME: ObjectIdentifier = oid("2.5.4.54");
pub const PSEUDONYM: ObjectIdentifier = oid("2.5.4.65");
pub const ROLE: ObjectIdentifier = oid("2.5.4.72");
pub const ORGANIZATION_IDENTIFIER: ObjectIdentifier = oid("2.5.4.97");
pub const USER_ID: ObjectIdentifier = rfc4519::UID;
pub const RFC_822_MAILBOX: ObjectIdentifier = oid("0.9.2342.19200300.100.1.3");
pub const DOMAIN_COMPONENT: ObjectIdentifier = rfc4519::DC;
pub const EMAIL_ADDRESS: ObjectIdentifier = rfc2985::PKCS_9_AT_EMAIL_ADDRESS;
pub const UNSTRUCTURED_NAME: ObjectIdentifier = oid("1.2.840.113549.1.9.2");
pub const UNSTRUCTURED_ADDRESS: ObjectIdentifier = oid("1.2.840.113549.1.9.8");
pub const JURISDICTION_LOCALITY: ObjectIdentifier = oid("1.3.6.1.4.1.311.60.2.1.1");
pub const JURISDICTION_STATE_OR_PROVINCE: ObjectIdentifier = oid("1.3.6.1.4.1.311.60.2.1.2");
pub const JURISDICTION_COUNTRY: ObjectIdentifier = oid("1.3.6.1.4.1.311.60.2.1.3");
pub const SUN_IP_ADDRESS: ObjectIdentifier = oid("1.3.6.1.4.1.42.2.11.2.1");

// Types of otherName (RFC 4108, 5; RFC 8398, 3; Microsoft).
pub const HARDWARE_MODULE_NAME: ObjectIdentifier = oid("1.3.6.1.5.5.7.8.4");
pub const SMTP_UTF8_MAILBOX: ObjectIdentifier = oid("1.3.6.1.5.5.7.8.9");
pub const MS_USER_PRINCIPAL_NAME: ObjectIdentifier = oid("1.3.6.1.4.1.311.20.2.3");

// Keys (RFC 3279, 2.3; RFC 5480, 2.1; RFC 8410; X.509, annex H; SEC 1, C.4).
pub const RSA_ENCRYPTION: ObjectIdentifier = rfc5912::RSA_ENCRYPTION;
pub const X500_RSA: ObjectIdentifier = oid("2.5.8.1.1");
pub const DSA: ObjectIdentifier = rfc5912::ID_DSA;
pub const DH: ObjectIdentifier = rfc5912::DHPUBLICNUMBER;
pub const EC_PUBLIC_KEY: ObjectIdentifier = rfc5912::ID_EC_PUBLIC_KEY;
pub const EC_DH: ObjectIdentifier = rfc5912::ID_EC_DH;
pub const X25519: ObjectIdentifier = rfc8410::ID_X_25519;
pub const X448: ObjectIdentifier = rfc8410::ID_X_448;
pub const ED25519: ObjectIdentifier = rfc8410::ID_ED_25519;
pub const ED448: ObjectIdentifier = rfc8410::ID_ED_448;

// Curves (RFC 5480, 2.1.1.1; SEC 2; RFC 5639; RFC 8998, 3.2.1); the arcs of X9.62, SEC and Brainpool first.
pub const X962_PRIME_CURVES: ObjectIdentifier = oid("1.2.840.10045.3.1");
pub const X962_BINARY_CURVES: ObjectIdentifier = oid("1.2.840.10045.3.0");
pub const CERTICOM_CURVES: ObjectIdentifier = oid("1.3.132.0");
pub const BRAINPOOL_CURVES: ObjectIdentifier = rfc5639::VERSION_ONE;
pub const SECP192R1: ObjectIdentifier = oid("1.2.840.10045.3.1.1");
pub const SECP224R1: ObjectIdentifier = rfc5912::SECP_224_R_1;
pub const SECP256R1: ObjectIdentifier = rfc5912::SECP_256_R_1;
pub const SECP384R1: ObjectIdentifier = rfc5912::SECP_384_R_1;
pub const SECP521R1: ObjectIdentifier = rfc5912::SECP_521_R_1;
pub const SECP112R1: ObjectIdentifier = oid("1.3.132.0.6");
pub const SECP112R2: ObjectIdentifier = oid("1.3.132.0.7");
pub const SECP128R1: ObjectIdentifier = oid("1.3.132.0.28");
pub const SECP128R2: ObjectIdentifier = oid("1.3.132.0.29");
pub const SECP160K1: ObjectIdentifier = oid("1.3.132.0.9");
pub const SECP160R1: ObjectIdentifier = oid("1.3.132.0.8");
pub const SECP160R2: ObjectIdentifier = oid("1.3.132.0.30");
pub const SECP192K1: ObjectIdentifier = oid("1.3.132.0.31");
pub const SECP224K1: ObjectIdentifier = oid("1.3.132.0.32");
pub const SECP256K1: ObjectIdentifier = oid("1.3.132.0.10");
pub const SM2: ObjectIdentifier = oid("1.2.156.10197.1.301");
pub const BRAINPOOL_P256R1: ObjectIdentifier = rfc5639::BRAINPOOL_P_256_R_1;
pub const BRAINPOOL_P384R1: ObjectIdentifier = rfc5639::BRAINPOOL_P_384_R_1;
pub const BRAINPOOL_P512R1: ObjectIdentifier = rfc5639::BRAINPOOL_P_512_R_1;

// Signatures (RFC 3279, 2.2; RFC 4055; RFC 5758; RFC 9688; RFC 9881; RFC 9909); the arcs of PKCS #1, X9.62 and NIST first.
pub const PKCS_1: ObjectIdentifier = rfc5912::PKCS_1;
pub const X962_SIGNATURES: ObjectIdentifier = oid("1.2.840.10045.4");
pub const NIST_SIGNATURES: ObjectIdentifier = fips204::SIG_ALGS;
pub const MD2_WITH_RSA: ObjectIdentifier = rfc5912::MD_2_WITH_RSA_ENCRYPTION;
pub const MD4_WITH_RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.3");
pub const MD5_WITH_RSA: ObjectIdentifier = rfc5912::MD_5_WITH_RSA_ENCRYPTION;
pub const SHA1_WITH_RSA: ObjectIdentifier = rfc5912::SHA_1_WITH_RSA_ENCRYPTION;
pub const SHA224_WITH_RSA: ObjectIdentifier = rfc5912::SHA_224_WITH_RSA_ENCRYPTION;
pub const SHA256_WITH_RSA: ObjectIdentifier = rfc5912::SHA_256_WITH_RSA_ENCRYPTION;
pub const SHA384_WITH_RSA: ObjectIdentifier = rfc5912::SHA_384_WITH_RSA_ENCRYPTION;
pub const SHA512_WITH_RSA: ObjectIdentifier = rfc5912::SHA_512_WITH_RSA_ENCRYPTION;
pub const SHA3_224_WITH_RSA: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.13");
pub const SHA3_256_WITH_RSA: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.14");
pub const SHA3_384_WITH_RSA: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.15");
pub const SHA3_512_WITH_RSA: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.16");
pub const RSASSA_PSS: ObjectIdentifier = rfc5912::ID_RSASSA_PSS;
pub const MGF1: ObjectIdentifier = rfc5912::ID_MGF_1;
pub const DSA_WITH_SHA1: ObjectIdentifier = rfc5912::DSA_WITH_SHA_1;
pub const DSA_WITH_SHA224: ObjectIdentifier = rfc5912::DSA_WITH_SHA_224;
pub const DSA_WITH_SHA256: ObjectIdentifier = rfc5912::DSA_WITH_SHA_256;
pub const DSA_WITH_SHA384: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.3");
pub const DSA_WITH_SHA512: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.4");
pub const ECDSA_WITH_SHA1: ObjectIdentifier = oid("1.2.840.10045.4.1");
pub const ECDSA_WITH_RECOMMENDED: ObjectIdentifier = oid("1.2.840.10045.4.2");
pub const ECDSA_WITH_SPECIFIED: ObjectIdentifier = oid("1.2.840.10045.4.3");
pub const ECDSA_WITH_SHA224: ObjectIdentifier = rfc5912::ECDSA_WITH_SHA_224;
pub const ECDSA_WITH_SHA256: ObjectIdentifier = rfc5912::ECDSA_WITH_SHA_256;
pub const ECDSA_WITH_SHA384: ObjectIdentifier = rfc5912::ECDSA_WITH_SHA_384;
pub const ECDSA_WITH_SHA512: ObjectIdentifier = rfc5912::ECDSA_WITH_SHA_512;
pub const SM2_WITH_SM3: ObjectIdentifier = oid("1.2.156.10197.1.501");
pub const ML_DSA_44: ObjectIdentifier = fips204::ID_ML_DSA_44;
pub const ML_DSA_65: ObjectIdentifier = fips204::ID_ML_DSA_65;
pub const ML_DSA_87: ObjectIdentifier = fips204::ID_ML_DSA_87;
pub const SLH_DSA_SHA2_128S: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.20");
pub const SLH_DSA_SHA2_128F: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.21");
pub const SLH_DSA_SHA2_192S: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.22");
pub const SLH_DSA_SHA2_192F: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.23");
pub const SLH_DSA_SHA2_256S: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.24");
pub const SLH_DSA_SHA2_256F: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.25");
pub const SLH_DSA_SHAKE_128S: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.26");
pub const SLH_DSA_SHAKE_128F: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.27");
pub const SLH_DSA_SHAKE_192S: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.28");
pub const SLH_DSA_SHAKE_192F: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.29");
pub const SLH_DSA_SHAKE_256S: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.30");
pub const SLH_DSA_SHAKE_256F: ObjectIdentifier = oid("2.16.840.1.101.3.4.3.31");

// Signatures as the Open Systems Implementors' Workshop and Teletrust numbered them, which old certificates carry.
pub const OIW_MD5_WITH_RSA: ObjectIdentifier = oid("1.3.14.3.2.3");
pub const OIW_DSA_WITH_SHA: ObjectIdentifier = oid("1.3.14.3.2.13");
pub const OIW_SHA_WITH_RSA: ObjectIdentifier = oid("1.3.14.3.2.15");
pub const OIW_MD5_WITH_RSA_SIGNATURE: ObjectIdentifier = oid("1.3.14.3.2.25");
pub const OIW_DSA_WITH_SHA1: ObjectIdentifier = oid("1.3.14.3.2.27");
pub const OIW_SHA1_WITH_RSA: ObjectIdentifier = oid("1.3.14.3.2.29");
pub const TELETRUST_RIPEMD160_WITH_RSA: ObjectIdentifier = oid("1.3.36.3.3.1.2");

// Arcs of PKCS #5, PKCS #7 and PKCS #12 (RFC 8018, appendix A; RFC 2315, 14; RFC 7292, appendix D).
pub const PKCS_5: ObjectIdentifier = oid("1.2.840.113549.1.5");
pub const PKCS_7: ObjectIdentifier = oid("1.2.840.113549.1.7");
pub const PKCS_12: ObjectIdentifier = oid("1.2.840.113549.1.12");

// Contents of PKCS #7 (RFC 5652, 4, 5.1 and 8.1).
pub const PKCS7_DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.1");
pub const PKCS7_SIGNED_DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.2");
pub const PKCS7_ENCRYPTED_DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.6");

// Encryption by password (RFC 8018, appendix A; NIST), bags and attributes of PKCS #12 (RFC 7292, appendix C, 4.2 and
// 4.2.3; RFC 2985, 5.5), and the attribute that
// Java gives to what is trusted (JDK, PKCS12KeyStore.java).
pub const PBES2: ObjectIdentifier = oid("1.2.840.113549.1.5.13");
pub const PBKDF2: ObjectIdentifier = oid("1.2.840.113549.1.5.12");
pub const HMAC_WITH_SHA1: ObjectIdentifier = oid("1.2.840.113549.2.7");
pub const HMAC_WITH_SHA256: ObjectIdentifier = oid("1.2.840.113549.2.9");
pub const HMAC_WITH_SHA384: ObjectIdentifier = oid("1.2.840.113549.2.10");
pub const HMAC_WITH_SHA512: ObjectIdentifier = oid("1.2.840.113549.2.11");
pub const AES_128_CBC: ObjectIdentifier = oid("2.16.840.1.101.3.4.1.2");
pub const AES_256_CBC: ObjectIdentifier = oid("2.16.840.1.101.3.4.1.42");
pub const DES_EDE3_CBC: ObjectIdentifier = oid("1.2.840.113549.3.7");
pub const PBE_SHA1_3DES: ObjectIdentifier = oid("1.2.840.113549.1.12.1.3");
pub const PBE_SHA1_2DES: ObjectIdentifier = oid("1.2.840.113549.1.12.1.4");
pub const PBE_SHA1_RC2_128: ObjectIdentifier = oid("1.2.840.113549.1.12.1.5");
pub const PBE_SHA1_RC2_40: ObjectIdentifier = oid("1.2.840.113549.1.12.1.6");
pub const KEY_BAG: ObjectIdentifier = oid("1.2.840.113549.1.12.10.1.1");
pub const SHROUDED_KEY_BAG: ObjectIdentifier = oid("1.2.840.113549.1.12.10.1.2");
pub const CERTIFICATE_BAG: ObjectIdentifier = oid("1.2.840.113549.1.12.10.1.3");
pub const CRL_BAG: ObjectIdentifier = oid("1.2.840.113549.1.12.10.1.4");
pub const SECRET_BAG: ObjectIdentifier = oid("1.2.840.113549.1.12.10.1.5");
pub const SAFE_CONTENTS_BAG: ObjectIdentifier = oid("1.2.840.113549.1.12.10.1.6");
pub const FRIENDLY_NAME: ObjectIdentifier = oid("1.2.840.113549.1.9.20");
pub const LOCAL_KEY_ID: ObjectIdentifier = oid("1.2.840.113549.1.9.21");
pub const X509_CERTIFICATE: ObjectIdentifier = oid("1.2.840.113549.1.9.22.1");
pub const JAVA_TRUSTED_KEY_USAGE: ObjectIdentifier = oid("2.16.840.1.113894.746875.1.1");

// Hash functions (RFC 3279, 2.1; RFC 5754, 2; FIPS 202), NIST's arc first.
pub const NIST_HASHES: ObjectIdentifier = oid("2.16.840.1.101.3.4.2");
pub const MD2: ObjectIdentifier = rfc5912::ID_MD_2;
pub const MD4: ObjectIdentifier = oid("1.2.840.113549.2.4");
pub const MD5: ObjectIdentifier = rfc5912::ID_MD_5;
pub const SHA1: ObjectIdentifier = rfc5912::ID_SHA_1;
pub const SHA256: ObjectIdentifier = rfc5912::ID_SHA_256;
pub const SHA384: ObjectIdentifier = rfc5912::ID_SHA_384;
pub const SHA512: ObjectIdentifier = rfc5912::ID_SHA_512;
pub const SHA224: ObjectIdentifier = rfc5912::ID_SHA_224;
pub const SHA512_224: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.5");
pub const SHA512_256: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.6");
pub const SHA3_224: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.7");
pub const SHA3_256: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.8");
pub const SHA3_384: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.9");
pub const SHA3_512: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.10");
pub const RIPEMD160: ObjectIdentifier = oid("1.3.36.3.2.1");

#[cfg(test)]
mod tests {
    use super::{ID_CE, KEY_USAGE, Oid, PKCS_1, RSA_ENCRYPTION, constant};

    #[test]
    fn contents_are_written_with_dots_or_in_hex() {
        for (contents, text) in [
            (&[0x55, 0x1d, 0x13][..], "2.5.29.19"),
            (&[0x2a, 0x86, 0x48], "1.2.840"),
            (&[0x88, 0x37], "2.999"),
            (&[0x2a, 0x8f, 0xff, 0xff, 0xff, 0x7f], "1.2.4294967295"),
            (&[0x2a, 0x86], "2a86"),
            (&[0x2a, 0x80, 0x01], "2a8001"),
            (&[], ""),
        ] {
            assert_eq!(Oid::from_contents(contents).to_string(), text);
        }
    }

    #[test]
    fn only_what_is_written_alike_is_equal() {
        assert_eq!(constant(KEY_USAGE.as_bytes()), Some(KEY_USAGE));
        let key_usage = Oid::from(KEY_USAGE);
        assert!(key_usage == KEY_USAGE && key_usage != ID_CE);
        assert!(Oid::from_contents(&[0x55, 0x80, 0x1d, 0x0f]) != KEY_USAGE);
        assert!((0..=u8::MAX).all(|octet| constant(&[octet]).is_none_or(|read| read.as_bytes() == [octet])));
        assert_eq!(constant(&[]), None);
    }

    #[test]
    fn an_arc_is_not_below_itself() {
        assert!(Oid::from(RSA_ENCRYPTION).is_below(PKCS_1) && !Oid::from(PKCS_1).is_below(PKCS_1));
        assert!(!Oid::from(KEY_USAGE).is_below(PKCS_1));
    }
}
