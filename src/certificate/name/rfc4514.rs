//! The text of RFC 4514.

use super::{Attribute, Name};
use data_encoding::HEXLOWER;

/// Most specific first; attributes of one relative distinguished name joined by `+` (2.1, 2.2).
pub(super) fn text(name: &Name) -> String {
    let rdn_text = |rdn: &Vec<Attribute>| rdn.iter().map(attribute_text).collect::<Vec<_>>().join("+");
    name.rdns.iter().rev().map(rdn_text).collect::<Vec<_>>().join(",")
}

/// 2.3 and 2.4: `CN=text`; a type without a short name, or a value that is no string, gives `#` and the DER in hex.
fn attribute_text(attribute: &Attribute) -> String {
    let short_name = attribute.oid.attribute_name();
    match (short_name, attribute.text()) {
        (Some(name), Some(value)) => format!("{name}={}", escape(&value)),
        (name, _) => format!("{}=#{}", attribute.oid.name_or_dotted(name), HEXLOWER.encode(&attribute.value)),
    }
}

/// 2.4: special characters get a backslash. Control characters become hex pairs, which the clause allows for any
/// character and which keeps the text on one line.
fn escape(value: &str) -> String {
    let last = value.chars().count().saturating_sub(1);
    let mut escaped = String::with_capacity(value.len());
    for (index, character) in value.chars().enumerate() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => escaped.extend(['\\', character]),
            '#' if index == 0 => escaped.push_str("\\#"),
            ' ' if index == 0 || index == last => escaped.push_str("\\ "),
            _ if character.is_control() => escaped.push_str(&hex_pairs(character)),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Each octet of the UTF-8 form as `\0A`.
fn hex_pairs(character: char) -> String {
    character.to_string().bytes().map(|octet| format!("\\{octet:02X}")).collect()
}
