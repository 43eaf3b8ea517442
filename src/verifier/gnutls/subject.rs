//! Distinguished names as text (`dn.c`, and `_gnutls_x509_dn_to_string` in `common.c`).

use crate::certificate::{Attribute, Name};
use crate::der::{BMP_STRING, IA5_STRING, PRINTABLE_STRING, T61_STRING, UNIVERSAL_STRING, UTF8_STRING};

/// id-at-commonName, and emailAddress of PKCS #9.
pub(super) const COMMON_NAME: &str = "2.5.4.3";
pub(super) const EMAIL_ADDRESS: &str = "1.2.840.113549.1.9.1";

/// Attributes of X.520 whose values are DirectoryStrings (`_oid2str`): what follows `2.5.4.`.
const DIRECTORY_STRINGS: [&str; 16] =
    ["3", "4", "7", "8", "9", "10", "11", "12", "13", "15", "17", "41", "42", "43", "44", "65"];
/// The user id of RFC 4519, one more.
const USER_ID: &str = "0.9.2342.19200300.100.1.1";

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
pub(super) fn values(name: &Name, oid: &str) -> Vec<String> {
    let attributes = name.attributes().filter(|attribute| attribute.oid == oid);
    attributes.map(|attribute| text(attribute).unwrap_or_else(|| "#".to_owned())).collect()
}

/// The value of an attribute that GnuTLS knows, if it is a string of the right type.
fn text(attribute: &Attribute) -> Option<String> {
    let is_directory_string = attribute.oid == USER_ID
        || attribute.oid.strip_prefix("2.5.4.").is_some_and(|number| DIRECTORY_STRINGS.contains(&number));
    let tag = *attribute.value.first()?;
    let fits = match tag {
        UTF8_STRING | PRINTABLE_STRING | T61_STRING | BMP_STRING | UNIVERSAL_STRING => is_directory_string,
        IA5_STRING => attribute.oid == EMAIL_ADDRESS,
        _ => false,
    };
    attribute.text().filter(|_| fits)
}
