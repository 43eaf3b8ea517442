//! Distinguished names as text (`dn.c`, and `_gnutls_x509_dn_to_string` in `common.c`).

use crate::certificate::{Attribute, Name};
use crate::der::{BMP_STRING, IA5_STRING, PRINTABLE_STRING, T61_STRING, UNIVERSAL_STRING, UTF8_STRING};
use crate::oid::{self, ObjectIdentifier};

/// Attributes whose values are DirectoryStrings (`_oid2str`), most of them of X.520.
const DIRECTORY_STRINGS: [ObjectIdentifier; 17] = [
    oid::COMMON_NAME,
    oid::SURNAME,
    oid::LOCALITY,
    oid::STATE_OR_PROVINCE,
    oid::STREET_ADDRESS,
    oid::ORGANIZATION,
    oid::ORGANIZATIONAL_UNIT,
    oid::TITLE,
    oid::DESCRIPTION,
    oid::BUSINESS_CATEGORY,
    oid::POSTAL_CODE,
    oid::NAME,
    oid::GIVEN_NAME,
    oid::INITIALS,
    oid::GENERATION_QUALIFIER,
    oid::PSEUDONYM,
    oid::USER_ID,
];

/// `_gnutls_x509_compare_raw_dn`: byte for byte, or as text, where the type of a string does not count but case does.
pub(super) fn names_equal(one: &Name, other: &Name) -> bool {
    one.der == other.der || (one.rdns.len() == other.rdns.len() && one.rdns.iter().zip(&other.rdns).all(sets_equal))
}

fn sets_equal((one, other): (&Vec<Attribute>, &Vec<Attribute>)) -> bool {
    let are_equal = |(one, other): (&Attribute, &Attribute)| {
        one.oid == other.oid && (one.value == other.value || (text(one).is_some() && text(one) == text(other)))
    };
    one.len() == other.len() && one.iter().zip(other).all(are_equal)
}

/// The values of an attribute; one that is no text is shown in hex, which is the name of nobody.
pub(super) fn values(name: &Name, oid: ObjectIdentifier) -> Vec<String> {
    let attributes = name.attributes().filter(|attribute| attribute.oid == oid);
    attributes.map(|attribute| text(attribute).unwrap_or_else(|| "#".to_owned())).collect()
}

/// The value of an attribute that GnuTLS knows, if it is a string of the right type.
fn text(attribute: &Attribute) -> Option<String> {
    let is_directory_string = attribute.oid.is_one_of(&DIRECTORY_STRINGS);
    let tag = *attribute.value.first()?;
    let fits = match tag {
        UTF8_STRING | PRINTABLE_STRING | T61_STRING | BMP_STRING | UNIVERSAL_STRING => is_directory_string,
        IA5_STRING => attribute.oid == oid::EMAIL_ADDRESS,
        _ => false,
    };
    attribute.text().filter(|_| fits)
}
