//! The names under which people know object identifiers.

use super::{ObjectIdentifier, Oid};
use crate::oid;

/// Extensions by name, and whether a path validator that follows RFC 5280 processes them.
const EXTENSIONS: &[(ObjectIdentifier, &str, bool)] = &[
    (oid::SUBJECT_KEY_ID, "subjectKeyIdentifier", true),
    (oid::KEY_USAGE, "keyUsage", true),
    (oid::PRIVATE_KEY_USAGE_PERIOD, "privateKeyUsagePeriod", false),
    (oid::SUBJECT_ALT_NAME, "subjectAltName", true),
    (oid::ISSUER_ALT_NAME, "issuerAltName", false),
    (oid::BASIC_CONSTRAINTS, "basicConstraints", true),
    (oid::NAME_CONSTRAINTS, "nameConstraints", true),
    (oid::CRL_DISTRIBUTION_POINTS, "cRLDistributionPoints", true),
    (oid::CERTIFICATE_POLICIES, "certificatePolicies", true),
    (oid::POLICY_MAPPINGS, "policyMappings", true),
    (oid::AUTHORITY_KEY_ID, "authorityKeyIdentifier", true),
    (oid::POLICY_CONSTRAINTS, "policyConstraints", true),
    (oid::EXTENDED_KEY_USAGE, "extKeyUsage", true),
    (oid::FRESHEST_CRL, "freshestCRL", false),
    (oid::INHIBIT_ANY_POLICY, "inhibitAnyPolicy", true),
    (oid::SUBJECT_DIRECTORY_ATTRIBUTES, "subjectDirectoryAttributes", false),
    (oid::AUTHORITY_INFO_ACCESS, "authorityInfoAccess", true),
    (oid::QC_STATEMENTS, "qcStatements", false),
    (oid::SUBJECT_INFO_ACCESS, "subjectInfoAccess", false),
    (oid::TLS_FEATURE, "tlsFeature", false),
    (oid::SIGNED_CERTIFICATE_TIMESTAMPS, "signedCertificateTimestampList", false),
    (oid::PRECERTIFICATE_POISON, "precertificatePoison", false),
    (oid::MS_ENROLL_CERT_TYPE, "enrollCerttypeExtension", false),
    (oid::MS_CA_VERSION, "cAKeyCertIndexPair", false),
    (oid::MS_CERTIFICATE_TEMPLATE, "certificateTemplate", false),
    (oid::MS_APPLICATION_POLICIES, "applicationCertPolicies", false),
    (oid::NETSCAPE_CERT_TYPE, "nsCertType", false),
    (oid::NETSCAPE_COMMENT, "nsComment", false),
];

/// Key purposes (RFC 5280, 4.2.1.12, and what vendors added).
const KEY_PURPOSES: &[(ObjectIdentifier, &str)] = &[
    (oid::ANY_EXTENDED_KEY_USAGE, "any"),
    (oid::SERVER_AUTH, "serverAuth"),
    (oid::CLIENT_AUTH, "clientAuth"),
    (oid::CODE_SIGNING, "codeSigning"),
    (oid::EMAIL_PROTECTION, "emailProtection"),
    (oid::IPSEC_END_SYSTEM, "ipsecEndSystem"),
    (oid::IPSEC_TUNNEL, "ipsecTunnel"),
    (oid::IPSEC_USER, "ipsecUser"),
    (oid::TIME_STAMPING, "timeStamping"),
    (oid::OCSP_SIGNING, "OCSPSigning"),
    (oid::IPSEC_IKE, "ipsecIKE"),
    (oid::PKINIT_CLIENT_AUTH, "pkinitClientAuth"),
    (oid::PKINIT_KDC, "pkinitKdc"),
    (oid::MS_SERVER_GATED_CRYPTO, "msServerGatedCrypto"),
    (oid::MS_SMARTCARD_LOGON, "msSmartcardLogon"),
    (oid::NETSCAPE_SERVER_GATED_CRYPTO, "nsServerGatedCrypto"),
];

/// Certificate policies (RFC 5280, 4.2.1.4; CA/Browser Forum baseline requirements, 7.1.6.1).
const POLICIES: &[(ObjectIdentifier, &str)] = &[
    (oid::ANY_POLICY, "anyPolicy"),
    (oid::EXTENDED_VALIDATED, "extended validated"),
    (oid::DOMAIN_VALIDATED, "domain validated"),
    (oid::ORGANIZATION_VALIDATED, "organization validated"),
    (oid::INDIVIDUAL_VALIDATED, "individual validated"),
];

/// Access methods (RFC 5280, 4.2.2).
const ACCESS_METHODS: &[(ObjectIdentifier, &str)] = &[
    (oid::OCSP, "OCSP"),
    (oid::CA_ISSUERS, "CA Issuers"),
    (oid::ACCESS_TIME_STAMPING, "Time Stamping"),
    (oid::CA_REPOSITORY, "CA Repository"),
];

/// Named curves (RFC 5480, 2.1.1.1) under their NIST names.
const CURVES: &[(ObjectIdentifier, &str)] = &[
    (oid::SECP192R1, "P-192"),
    (oid::SECP224R1, "P-224"),
    (oid::SECP256R1, "P-256"),
    (oid::SECP384R1, "P-384"),
    (oid::SECP521R1, "P-521"),
    (oid::SECP256K1, "secp256k1"),
    (oid::BRAINPOOL_P256R1, "brainpoolP256r1"),
    (oid::BRAINPOOL_P384R1, "brainpoolP384r1"),
    (oid::BRAINPOOL_P512R1, "brainpoolP512r1"),
    (oid::SM2, "SM2"),
];

/// Public key algorithms other than RSA, EC and Ed25519.
const KEY_ALGORITHMS: &[(ObjectIdentifier, &str)] = &[
    (oid::DSA, "DSA"),
    (oid::RSASSA_PSS, "RSASSA-PSS"),
    (oid::DH, "DH"),
    (oid::X25519, "X25519"),
    (oid::X448, "X448"),
];

/// Algorithms whose one identifier names key and signature (RFC 8410, 3; RFC 9881, 2; RFC 9909, 3).
const KEY_AND_SIGNATURE_ALGORITHMS: &[(ObjectIdentifier, &str)] = &[
    (oid::ED448, "Ed448"),
    (oid::ML_DSA_44, "ML-DSA-44"),
    (oid::ML_DSA_65, "ML-DSA-65"),
    (oid::ML_DSA_87, "ML-DSA-87"),
    (oid::SLH_DSA_SHA2_128S, "SLH-DSA-SHA2-128s"),
    (oid::SLH_DSA_SHA2_128F, "SLH-DSA-SHA2-128f"),
    (oid::SLH_DSA_SHA2_192S, "SLH-DSA-SHA2-192s"),
    (oid::SLH_DSA_SHA2_192F, "SLH-DSA-SHA2-192f"),
    (oid::SLH_DSA_SHA2_256S, "SLH-DSA-SHA2-256s"),
    (oid::SLH_DSA_SHA2_256F, "SLH-DSA-SHA2-256f"),
    (oid::SLH_DSA_SHAKE_128S, "SLH-DSA-SHAKE-128s"),
    (oid::SLH_DSA_SHAKE_128F, "SLH-DSA-SHAKE-128f"),
    (oid::SLH_DSA_SHAKE_192S, "SLH-DSA-SHAKE-192s"),
    (oid::SLH_DSA_SHAKE_192F, "SLH-DSA-SHAKE-192f"),
    (oid::SLH_DSA_SHAKE_256S, "SLH-DSA-SHAKE-256s"),
    (oid::SLH_DSA_SHAKE_256F, "SLH-DSA-SHAKE-256f"),
];

/// Signature algorithms, written as Go writes them. RSASSA-PSS is named by its hash, see `parse.rs`.
const SIGNATURE_ALGORITHMS: &[(ObjectIdentifier, &str)] = &[
    (oid::MD2_WITH_RSA, "MD2-RSA"),
    (oid::MD5_WITH_RSA, "MD5-RSA"),
    (oid::SHA1_WITH_RSA, "SHA1-RSA"),
    (oid::OIW_SHA1_WITH_RSA, "SHA1-RSA"),
    (oid::SHA224_WITH_RSA, "SHA224-RSA"),
    (oid::SHA256_WITH_RSA, "SHA256-RSA"),
    (oid::SHA384_WITH_RSA, "SHA384-RSA"),
    (oid::SHA512_WITH_RSA, "SHA512-RSA"),
    (oid::DSA_WITH_SHA1, "DSA-SHA1"),
    (oid::DSA_WITH_SHA224, "DSA-SHA224"),
    (oid::DSA_WITH_SHA256, "DSA-SHA256"),
    (oid::DSA_WITH_SHA384, "DSA-SHA384"),
    (oid::DSA_WITH_SHA512, "DSA-SHA512"),
    (oid::SM2_WITH_SM3, "SM2-SM3"),
    (oid::ECDSA_WITH_SHA1, "ECDSA-SHA1"),
    (oid::ECDSA_WITH_SHA224, "ECDSA-SHA224"),
    (oid::ECDSA_WITH_SHA256, "ECDSA-SHA256"),
    (oid::ECDSA_WITH_SHA384, "ECDSA-SHA384"),
    (oid::ECDSA_WITH_SHA512, "ECDSA-SHA512"),
    (oid::ED25519, "Ed25519"),
];

/// Hash functions, written as Go writes them in the names of RSASSA-PSS.
const HASHES: &[(ObjectIdentifier, &str)] = &[
    (oid::SHA1, "SHA1"),
    (oid::SHA224, "SHA224"),
    (oid::SHA256, "SHA256"),
    (oid::SHA384, "SHA384"),
    (oid::SHA512, "SHA512"),
];

/// Attribute types with the short names that RFC 4514 (section 3), RFC 4519 and, for emailAddress, RFC 2985 give them; those
/// behind it are written as OpenSSL writes them.
const ATTRIBUTE_TYPES: &[(ObjectIdentifier, &str)] = &[
    (oid::COMMON_NAME, "CN"),
    (oid::LOCALITY, "L"),
    (oid::STATE_OR_PROVINCE, "ST"),
    (oid::ORGANIZATION, "O"),
    (oid::ORGANIZATIONAL_UNIT, "OU"),
    (oid::COUNTRY, "C"),
    (oid::STREET_ADDRESS, "street"),
    (oid::DOMAIN_COMPONENT, "DC"),
    (oid::USER_ID, "UID"),
    (oid::SURNAME, "SN"),
    (oid::SERIAL_NUMBER, "serialNumber"),
    (oid::TITLE, "title"),
    (oid::DESCRIPTION, "description"),
    (oid::BUSINESS_CATEGORY, "businessCategory"),
    (oid::POSTAL_CODE, "postalCode"),
    (oid::NAME, "name"),
    (oid::GIVEN_NAME, "GN"),
    (oid::INITIALS, "initials"),
    (oid::GENERATION_QUALIFIER, "generationQualifier"),
    (oid::DN_QUALIFIER, "dnQualifier"),
    (oid::EMAIL_ADDRESS, "emailAddress"),
    (oid::POST_OFFICE_BOX, "postOfficeBox"),
    (oid::TELEPHONE_NUMBER, "telephoneNumber"),
    (oid::X500_UNIQUE_IDENTIFIER, "x500UniqueIdentifier"),
    (oid::HOUSE_IDENTIFIER, "houseIdentifier"),
    (oid::DMD_NAME, "dmdName"),
    (oid::PSEUDONYM, "pseudonym"),
    (oid::ROLE, "role"),
    (oid::ORGANIZATION_IDENTIFIER, "organizationIdentifier"),
    (oid::RFC_822_MAILBOX, "mail"),
    (oid::UNSTRUCTURED_NAME, "unstructuredName"),
    (oid::UNSTRUCTURED_ADDRESS, "unstructuredAddress"),
    (oid::JURISDICTION_LOCALITY, "jurisdictionL"),
    (oid::JURISDICTION_STATE_OR_PROVINCE, "jurisdictionST"),
    (oid::JURISDICTION_COUNTRY, "jurisdictionC"),
];

impl Oid {
    /// `basicConstraints` for `2.5.29.19`.
    pub fn extension_name(&self) -> Option<&'static str> {
        EXTENSIONS.iter().find(|(known, _, _)| self == known).map(|(_, name, _)| *name)
    }

    /// A path validator that follows RFC 5280 processes this extension, so it may be critical.
    pub fn is_processed_extension(&self) -> bool {
        EXTENSIONS.iter().any(|(known, _, is_processed)| self == known && *is_processed)
    }

    /// `serverAuth` for `1.3.6.1.5.5.7.3.1`.
    pub fn key_purpose_name(&self) -> Option<&'static str> {
        self.name_in(KEY_PURPOSES)
    }

    /// `anyPolicy` for `2.5.29.32.0`.
    pub fn policy_name(&self) -> Option<&'static str> {
        self.name_in(POLICIES)
    }

    /// `OCSP` for `1.3.6.1.5.5.7.48.1`.
    pub fn access_method_name(&self) -> Option<&'static str> {
        self.name_in(ACCESS_METHODS)
    }

    /// `P-256` for `1.2.840.10045.3.1.7`.
    pub fn curve_name(&self) -> Option<&'static str> {
        self.name_in(CURVES)
    }

    /// `DSA` for `1.2.840.10040.4.1`.
    pub fn key_algorithm_name(&self) -> Option<&'static str> {
        self.name_in(KEY_ALGORITHMS).or_else(|| self.name_in(KEY_AND_SIGNATURE_ALGORITHMS))
    }

    /// `SHA256-RSA` for `1.2.840.113549.1.1.11`.
    pub fn signature_algorithm_name(&self) -> Option<&'static str> {
        self.name_in(SIGNATURE_ALGORITHMS).or_else(|| self.name_in(KEY_AND_SIGNATURE_ALGORITHMS))
    }

    /// `SHA256` for `2.16.840.1.101.3.4.2.1`.
    pub fn hash_name(&self) -> Option<&'static str> {
        self.name_in(HASHES)
    }

    /// `CN` for `2.5.4.3`.
    pub fn attribute_name(&self) -> Option<&'static str> {
        self.name_in(ATTRIBUTE_TYPES)
    }

    /// The name, if there is one, else the dotted form.
    pub fn name_or_dotted(&self, name: Option<&str>) -> String {
        name.map_or_else(|| self.to_string(), str::to_owned)
    }

    fn name_in(&self, table: &[(ObjectIdentifier, &'static str)]) -> Option<&'static str> {
        table.iter().find(|(known, _)| self == known).map(|(_, name)| *name)
    }
}
