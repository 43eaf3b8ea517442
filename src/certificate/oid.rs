//! Object identifiers that certificates use, and the names under which people know them.

pub(super) const SUBJECT_KEY_ID: &str = "2.5.29.14";
pub(super) const KEY_USAGE: &str = "2.5.29.15";
pub(super) const SUBJECT_ALT_NAME: &str = "2.5.29.17";
pub(super) const BASIC_CONSTRAINTS: &str = "2.5.29.19";
pub(super) const NAME_CONSTRAINTS: &str = "2.5.29.30";
pub(super) const CRL_DISTRIBUTION_POINTS: &str = "2.5.29.31";
pub(super) const CERTIFICATE_POLICIES: &str = "2.5.29.32";
pub(super) const AUTHORITY_KEY_ID: &str = "2.5.29.35";
pub(super) const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
pub(super) const AUTHORITY_INFO_ACCESS: &str = "1.3.6.1.5.5.7.1.1";

/// Purposes of keys (RFC 5280, 4.2.1.12).
pub(super) const ANY_EXTENDED_KEY_USAGE: &str = "2.5.29.37.0";
pub(super) const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
pub(super) const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";

pub(super) const RSA: &str = "1.2.840.113549.1.1.1";
pub(super) const RSASSA_PSS: &str = "1.2.840.113549.1.1.10";
pub(super) const EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";
pub(super) const ED25519: &str = "1.3.101.112";

pub(super) const COMMON_NAME: &str = "2.5.4.3";
pub(super) const ORGANIZATION: &str = "2.5.4.10";
pub(super) const ORGANIZATIONAL_UNIT: &str = "2.5.4.11";

/// Extensions by name, and whether a path validator that follows RFC 5280 processes them.
const EXTENSIONS: &[(&str, &str, bool)] = &[
    (SUBJECT_KEY_ID, "subjectKeyIdentifier", true),
    (KEY_USAGE, "keyUsage", true),
    ("2.5.29.16", "privateKeyUsagePeriod", false),
    (SUBJECT_ALT_NAME, "subjectAltName", true),
    ("2.5.29.18", "issuerAltName", false),
    (BASIC_CONSTRAINTS, "basicConstraints", true),
    (NAME_CONSTRAINTS, "nameConstraints", true),
    (CRL_DISTRIBUTION_POINTS, "cRLDistributionPoints", true),
    (CERTIFICATE_POLICIES, "certificatePolicies", true),
    ("2.5.29.33", "policyMappings", true),
    (AUTHORITY_KEY_ID, "authorityKeyIdentifier", true),
    ("2.5.29.36", "policyConstraints", true),
    (EXTENDED_KEY_USAGE, "extKeyUsage", true),
    ("2.5.29.46", "freshestCRL", false),
    ("2.5.29.54", "inhibitAnyPolicy", true),
    ("2.5.29.9", "subjectDirectoryAttributes", false),
    (AUTHORITY_INFO_ACCESS, "authorityInfoAccess", true),
    ("1.3.6.1.5.5.7.1.3", "qcStatements", false),
    ("1.3.6.1.5.5.7.1.11", "subjectInfoAccess", false),
    ("1.3.6.1.5.5.7.1.24", "tlsFeature", false),
    ("1.3.6.1.4.1.11129.2.4.2", "signedCertificateTimestampList", false),
    ("1.3.6.1.4.1.11129.2.4.3", "precertificatePoison", false),
    ("1.3.6.1.4.1.311.20.2", "enrollCerttypeExtension", false),
    ("1.3.6.1.4.1.311.21.1", "cAKeyCertIndexPair", false),
    ("1.3.6.1.4.1.311.21.7", "certificateTemplate", false),
    ("1.3.6.1.4.1.311.21.10", "applicationCertPolicies", false),
    ("2.16.840.1.113730.1.1", "nsCertType", false),
    ("2.16.840.1.113730.1.13", "nsComment", false),
];

/// Key purposes (RFC 5280, 4.2.1.12, and what vendors added).
const KEY_PURPOSES: &[(&str, &str)] = &[
    (ANY_EXTENDED_KEY_USAGE, "any"),
    (SERVER_AUTH, "serverAuth"),
    (CLIENT_AUTH, "clientAuth"),
    ("1.3.6.1.5.5.7.3.3", "codeSigning"),
    ("1.3.6.1.5.5.7.3.4", "emailProtection"),
    ("1.3.6.1.5.5.7.3.5", "ipsecEndSystem"),
    ("1.3.6.1.5.5.7.3.6", "ipsecTunnel"),
    ("1.3.6.1.5.5.7.3.7", "ipsecUser"),
    ("1.3.6.1.5.5.7.3.8", "timeStamping"),
    ("1.3.6.1.5.5.7.3.9", "OCSPSigning"),
    ("1.3.6.1.5.5.7.3.17", "ipsecIKE"),
    ("1.3.6.1.5.2.3.4", "pkinitClientAuth"),
    ("1.3.6.1.5.2.3.5", "pkinitKdc"),
    ("1.3.6.1.4.1.311.10.3.3", "msServerGatedCrypto"),
    ("1.3.6.1.4.1.311.20.2.2", "msSmartcardLogon"),
    ("2.16.840.1.113730.4.1", "nsServerGatedCrypto"),
];

/// Certificate policies (RFC 5280, 4.2.1.4; CA/Browser Forum baseline requirements, 7.1.6.1).
const POLICIES: &[(&str, &str)] = &[
    ("2.5.29.32.0", "anyPolicy"),
    ("2.23.140.1.1", "extended validated"),
    ("2.23.140.1.2.1", "domain validated"),
    ("2.23.140.1.2.2", "organization validated"),
    ("2.23.140.1.2.3", "individual validated"),
];

/// Access methods (RFC 5280, 4.2.2).
const ACCESS_METHODS: &[(&str, &str)] = &[
    ("1.3.6.1.5.5.7.48.1", "OCSP"),
    ("1.3.6.1.5.5.7.48.2", "CA Issuers"),
    ("1.3.6.1.5.5.7.48.3", "Time Stamping"),
    ("1.3.6.1.5.5.7.48.5", "CA Repository"),
];

/// Named curves (RFC 5480, 2.1.1.1) under their NIST names.
const CURVES: &[(&str, &str)] = &[
    ("1.3.132.0.33", "P-224"),
    ("1.2.840.10045.3.1.7", "P-256"),
    ("1.3.132.0.34", "P-384"),
    ("1.3.132.0.35", "P-521"),
];

/// Public key algorithms other than RSA, EC and Ed25519.
const KEY_ALGORITHMS: &[(&str, &str)] = &[
    ("1.2.840.10040.4.1", "DSA"),
    (RSASSA_PSS, "RSASSA-PSS"),
    ("1.2.840.10046.2.1", "DH"),
    ("1.3.101.110", "X25519"),
    ("1.3.101.111", "X448"),
    ("1.3.101.113", "Ed448"),
    ("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
    ("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
    ("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
];

/// Signature algorithms, written as Go writes them. RSASSA-PSS is named by its hash, see `parse.rs`.
const SIGNATURE_ALGORITHMS: &[(&str, &str)] = &[
    ("1.2.840.113549.1.1.2", "MD2-RSA"),
    ("1.2.840.113549.1.1.4", "MD5-RSA"),
    ("1.2.840.113549.1.1.5", "SHA1-RSA"),
    ("1.3.14.3.2.29", "SHA1-RSA"),
    ("1.2.840.113549.1.1.14", "SHA224-RSA"),
    ("1.2.840.113549.1.1.11", "SHA256-RSA"),
    ("1.2.840.113549.1.1.12", "SHA384-RSA"),
    ("1.2.840.113549.1.1.13", "SHA512-RSA"),
    ("1.2.840.10040.4.3", "DSA-SHA1"),
    ("2.16.840.1.101.3.4.3.2", "DSA-SHA256"),
    ("1.2.840.10045.4.1", "ECDSA-SHA1"),
    ("1.2.840.10045.4.3.1", "ECDSA-SHA224"),
    ("1.2.840.10045.4.3.2", "ECDSA-SHA256"),
    ("1.2.840.10045.4.3.3", "ECDSA-SHA384"),
    ("1.2.840.10045.4.3.4", "ECDSA-SHA512"),
    ("1.3.101.112", "Ed25519"),
    ("1.3.101.113", "Ed448"),
    ("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
    ("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
    ("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
];

/// Hash functions, written as Go writes them in the names of RSASSA-PSS.
const HASHES: &[(&str, &str)] = &[
    ("1.3.14.3.2.26", "SHA1"),
    ("2.16.840.1.101.3.4.2.4", "SHA224"),
    ("2.16.840.1.101.3.4.2.1", "SHA256"),
    ("2.16.840.1.101.3.4.2.2", "SHA384"),
    ("2.16.840.1.101.3.4.2.3", "SHA512"),
];

/// Attribute types with the short names that RFC 4514 (section 3), RFC 4519 and, for emailAddress, RFC 2985 give them.
const ATTRIBUTE_TYPES: &[(&str, &str)] = &[
    (COMMON_NAME, "CN"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    (ORGANIZATION, "O"),
    (ORGANIZATIONAL_UNIT, "OU"),
    ("2.5.4.6", "C"),
    ("2.5.4.9", "street"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("2.5.4.4", "SN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.12", "title"),
    ("2.5.4.13", "description"),
    ("2.5.4.15", "businessCategory"),
    ("2.5.4.17", "postalCode"),
    ("2.5.4.41", "name"),
    ("2.5.4.42", "GN"),
    ("2.5.4.43", "initials"),
    ("2.5.4.44", "generationQualifier"),
    ("2.5.4.46", "dnQualifier"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
];

/// `basicConstraints` for `2.5.29.19`.
pub(super) fn extension_name(oid: &str) -> Option<&'static str> {
    EXTENSIONS.iter().find(|(known, _, _)| *known == oid).map(|(_, name, _)| *name)
}

/// A path validator that follows RFC 5280 processes this extension, so it may be critical.
pub(super) fn is_processed_extension(oid: &str) -> bool {
    EXTENSIONS.iter().any(|(known, _, processed)| *known == oid && *processed)
}

/// `serverAuth` for `1.3.6.1.5.5.7.3.1`.
pub(super) fn key_purpose_name(oid: &str) -> Option<&'static str> {
    name_in(KEY_PURPOSES, oid)
}

/// `anyPolicy` for `2.5.29.32.0`.
pub(super) fn policy_name(oid: &str) -> Option<&'static str> {
    name_in(POLICIES, oid)
}

/// `OCSP` for `1.3.6.1.5.5.7.48.1`.
pub(super) fn access_method_name(oid: &str) -> Option<&'static str> {
    name_in(ACCESS_METHODS, oid)
}

/// `P-256` for `1.2.840.10045.3.1.7`.
pub(super) fn curve_name(oid: &str) -> Option<&'static str> {
    name_in(CURVES, oid)
}

/// `DSA` for `1.2.840.10040.4.1`.
pub(super) fn key_algorithm_name(oid: &str) -> Option<&'static str> {
    name_in(KEY_ALGORITHMS, oid)
}

/// `SHA256-RSA` for `1.2.840.113549.1.1.11`.
pub(super) fn signature_algorithm_name(oid: &str) -> Option<&'static str> {
    name_in(SIGNATURE_ALGORITHMS, oid)
}

/// `SHA256` for `2.16.840.1.101.3.4.2.1`.
pub(super) fn hash_name(oid: &str) -> Option<&'static str> {
    name_in(HASHES, oid)
}

/// `CN` for `2.5.4.3`.
pub(super) fn attribute_name(oid: &str) -> Option<&'static str> {
    name_in(ATTRIBUTE_TYPES, oid)
}

fn name_in(table: &[(&'static str, &'static str)], oid: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == oid).map(|(_, name)| *name)
}
