//! The curves that Java 17 knows by name (`CurveDB`), as it writes them; it computes on three of them.

use crate::oid::{self, ObjectIdentifier, Oid};

/// Curves below an arc: the last component of the identifier, and the name.
type Names = &'static [(u8, &'static str)];

const CURVES: [(ObjectIdentifier, Names); 4] = [
    (oid::X962_PRIME_CURVES, PRIME),
    (oid::X962_BINARY_CURVES, BINARY),
    (oid::CERTICOM_CURVES, SEC),
    (oid::BRAINPOOL_CURVES, BRAINPOOL),
];

const PRIME: Names = &[
    (1, "secp192r1 [NIST P-192,X9.62 prime192v1]"),
    (2, "X9.62 prime192v2"),
    (3, "X9.62 prime192v3"),
    (4, "X9.62 prime239v1"),
    (5, "X9.62 prime239v2"),
    (6, "X9.62 prime239v3"),
    (7, "secp256r1 [NIST P-256,X9.62 prime256v1]"),
];

const BINARY: Names = &[
    (5, "X9.62 c2tnb191v1"),
    (6, "X9.62 c2tnb191v2"),
    (7, "X9.62 c2tnb191v3"),
    (11, "X9.62 c2tnb239v1"),
    (12, "X9.62 c2tnb239v2"),
    (13, "X9.62 c2tnb239v3"),
    (18, "X9.62 c2tnb359v1"),
    (20, "X9.62 c2tnb431r1"),
];

const SEC: Names = &[
    (1, "sect163k1 [NIST K-163]"),
    (2, "sect163r1"),
    (3, "sect239k1"),
    (4, "sect113r1"),
    (5, "sect113r2"),
    (6, "secp112r1"),
    (7, "secp112r2"),
    (8, "secp160r1"),
    (9, "secp160k1"),
    (10, "secp256k1"),
    (15, "sect163r2 [NIST B-163]"),
    (16, "sect283k1 [NIST K-283]"),
    (17, "sect283r1 [NIST B-283]"),
    (22, "sect131r1"),
    (23, "sect131r2"),
    (24, "sect193r1"),
    (25, "sect193r2"),
    (26, "sect233k1 [NIST K-233]"),
    (27, "sect233r1 [NIST B-233]"),
    (28, "secp128r1"),
    (29, "secp128r2"),
    (30, "secp160r2"),
    (31, "secp192k1"),
    (32, "secp224k1"),
    (33, "secp224r1 [NIST P-224]"),
    (34, "secp384r1 [NIST P-384]"),
    (35, "secp521r1 [NIST P-521]"),
    (36, "sect409k1 [NIST K-409]"),
    (37, "sect409r1 [NIST B-409]"),
    (38, "sect571k1 [NIST K-571]"),
    (39, "sect571r1 [NIST B-571]"),
];

const BRAINPOOL: Names = &[
    (1, "brainpoolP160r1"),
    (3, "brainpoolP192r1"),
    (5, "brainpoolP224r1"),
    (7, "brainpoolP256r1"),
    (9, "brainpoolP320r1"),
    (11, "brainpoolP384r1"),
    (13, "brainpoolP512r1"),
];

/// Java's name of a curve; `None` for one that it does not know, whose key it cannot read.
pub(super) fn name(curve: &Oid) -> Option<&'static str> {
    CURVES.iter().find_map(|(arc, names)| {
        let &[last] = curve.as_bytes().strip_prefix(arc.as_bytes())? else { return None };
        names.iter().find(|(number, _)| *number == last).map(|(_, name)| *name)
    })
}
