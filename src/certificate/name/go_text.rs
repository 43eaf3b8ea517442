//! A name as Go 1.27 writes it: `pkix.Name.String`, which `identity.IsRootCa` compares.
//!
//! Go first sorts the string values of nine attribute types into fields, so that the text has a fixed order, whatever
//! the order in the certificate: `CN` and `SERIALNUMBER` keep only their last value, the other seven are joined by `+`,
//! values of these types that are no strings are lost, and other types stand last.

use super::{Attribute, Name};
use crate::der::{NULL, UNIVERSAL_STRING, VISIBLE_STRING};
use crate::oid::{self, ObjectIdentifier};
use data_encoding::HEXLOWER;

/// The nine types in the order in which the text names them, which is the reverse of `Name.ToRDNSequence`.
/// The flag tells the two types that keep only their last value.
const FIELDS: [(ObjectIdentifier, &str, bool); 9] = [
    (oid::SERIAL_NUMBER, "SERIALNUMBER", true),
    (oid::COMMON_NAME, "CN", true),
    (oid::ORGANIZATIONAL_UNIT, "OU", false),
    (oid::ORGANIZATION, "O", false),
    (oid::POSTAL_CODE, "POSTALCODE", false),
    (oid::STREET_ADDRESS, "STREET", false),
    (oid::LOCALITY, "L", false),
    (oid::STATE_OR_PROVINCE, "ST", false),
    (oid::COUNTRY, "C", false),
];

pub(super) fn text(name: &Name) -> String {
    let fields = FIELDS.iter().filter_map(|(oid, label, keeps_last)| field_text(name, *oid, label, *keeps_last));
    let is_field = |attribute: &&Attribute| FIELDS.iter().any(|(oid, _, _)| attribute.oid == *oid);
    let others: Vec<&Attribute> = name.attributes().filter(|attribute| !is_field(attribute)).collect();
    fields.chain(others.into_iter().rev().map(other_text)).collect::<Vec<_>>().join(",")
}

/// `OU=one+OU=two`; `None` if there is no value.
fn field_text(name: &Name, oid: ObjectIdentifier, label: &str, keeps_last: bool) -> Option<String> {
    let values: Vec<String> = name.attributes().filter(|attribute| attribute.oid == oid).filter_map(go_value).collect();
    let skipped = if keeps_last { values.len().saturating_sub(1) } else { 0 };
    let kept: Vec<String> =
        values.into_iter().skip(skipped).filter(|value| !(keeps_last && value.is_empty())).collect();
    let labelled: Vec<String> = kept.iter().map(|value| format!("{label}={}", escape(value))).collect();
    (!labelled.is_empty()).then(|| labelled.join("+"))
}

/// `1.2.3=text`, or `1.2.3=#` and the DER in hex. Go has no value for NULL and writes `<nil>`, escaped.
fn other_text(attribute: &Attribute) -> String {
    let value = match go_value(attribute) {
        Some(value) => escape(&value),
        None if attribute.tag() == Some(NULL) => escape("<nil>"),
        None => format!("#{}", HEXLOWER.encode(&attribute.value)),
    };
    format!("{}={value}", attribute.oid)
}

/// The value, if its type is one that Go reads as a string; UniversalString and VisibleString are not.
fn go_value(attribute: &Attribute) -> Option<String> {
    let readable = !matches!(attribute.tag(), Some(UNIVERSAL_STRING | VISIBLE_STRING));
    attribute.text().filter(|_| readable)
}

/// Go counts in bytes here: a space is escaped if its byte is the first or the last.
fn escape(value: &str) -> String {
    let last = value.len().saturating_sub(1);
    let mut escaped = String::with_capacity(value.len());
    for (index, character) in value.char_indices() {
        let special = match character {
            ',' | '+' | '"' | '\\' | '<' | '>' | ';' => true,
            ' ' => index == 0 || index == last,
            '#' => index == 0,
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
