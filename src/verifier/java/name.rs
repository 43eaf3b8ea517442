//! Names as `sun.security.x509.X500Name` compares, orders and prints them.

use crate::certificate::{Attribute, Name};
use crate::der::{self, PRINTABLE_STRING, UTF8_STRING};
use crate::oid::{self, ObjectIdentifier, Oid};
use data_encoding::HEXLOWER;

/// A name in Java's canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct X500Name {
    /// `RDN.toRFC2253String(true)` of each, in the order encoded.
    pub(super) rdns: Vec<String>,
    /// `getRFC2253CanonicalName`: two names are equal if these are.
    pub(super) canonical: String,
}

impl X500Name {
    /// NFKD, which Java applies last, is left out: it only matters to names beyond ASCII.
    pub(super) fn of(name: &Name) -> X500Name {
        let rdns: Vec<String> = name.rdns.iter().map(|rdn| canonical_rdn(rdn)).collect();
        let reversed: Vec<&str> = rdns.iter().rev().map(String::as_str).collect();
        let canonical = reversed.join(",");
        X500Name { rdns, canonical }
    }

    /// The same octets for names that are equal.
    pub(super) fn key(&self) -> &[u8] {
        self.canonical.as_bytes()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rdns.is_empty()
    }

    /// `String.hashCode` of the canonical form, by which hash sets order names.
    pub(super) fn hash_code(&self) -> i32 {
        self.canonical.encode_utf16().fold(0, |hash: i32, unit| hash.wrapping_mul(31).wrapping_add(i32::from(unit)))
    }

    /// `isWithinSubtree`: the name begins with every RDN of the other.
    pub(super) fn is_within(&self, other: &X500Name) -> bool {
        self.rdns.starts_with(&other.rdns)
    }

    /// How many leading RDNs both share: the depth of `commonAncestor`, zero where Java has null.
    pub(super) fn common_depth(&self, other: &X500Name) -> usize {
        self.rdns.iter().zip(&other.rdns).take_while(|(one, two)| one == two).count()
    }
}

/// Keywords of RFC 2253 (`AVAKeyword`); any other type is a dotted number, and its value hex.
const RFC_2253: &[(ObjectIdentifier, &str)] = &[
    (oid::COMMON_NAME, "cn"),
    (oid::COUNTRY, "c"),
    (oid::LOCALITY, "l"),
    (oid::STATE_OR_PROVINCE, "st"),
    (oid::ORGANIZATION, "o"),
    (oid::ORGANIZATIONAL_UNIT, "ou"),
    (oid::STREET_ADDRESS, "street"),
    (oid::DOMAIN_COMPONENT, "dc"),
    (oid::USER_ID, "uid"),
];

/// Further keywords of `X500Name.toString`.
const DEFAULT: &[(ObjectIdentifier, &str)] = &[
    (oid::TITLE, "T"),
    (oid::SUN_IP_ADDRESS, "IP"),
    (oid::DN_QUALIFIER, "DNQ"),
    (oid::SURNAME, "SURNAME"),
    (oid::GIVEN_NAME, "GIVENNAME"),
    (oid::INITIALS, "INITIALS"),
    (oid::GENERATION_QUALIFIER, "GENERATION"),
    (oid::EMAIL_ADDRESS, "EMAILADDRESS"),
    (oid::SERIAL_NUMBER, "SERIALNUMBER"),
];

fn keyword(oid: &Oid, table: &[(ObjectIdentifier, &'static str)]) -> Option<&'static str> {
    table.iter().find(|(known, _)| oid == known).map(|(_, keyword)| *keyword)
}

/// Attributes with a keyword come first (`AVAComparator`).
fn canonical_rdn(rdn: &[Attribute]) -> String {
    let mut attributes: Vec<(bool, String)> =
        rdn.iter().map(|attribute| (keyword(&attribute.oid, RFC_2253).is_none(), canonical(attribute))).collect();
    attributes.sort();
    let texts: Vec<String> = attributes.into_iter().map(|(_, text)| text).collect();
    texts.join("+")
}

/// `AVA.toRFC2253CanonicalString`. Only PrintableString and UTF8String are text here; others are compared by their DER.
fn canonical(attribute: &Attribute) -> String {
    let keyword = keyword(&attribute.oid, RFC_2253);
    let value = der::Element::read(&attribute.value).map(|(value, _)| value);
    match (keyword, value) {
        (Some(keyword), Some(value)) if matches!(value.tag, PRINTABLE_STRING | UTF8_STRING) => {
            format!("{keyword}={}", Name::lower_case(&folded(&String::from_utf8_lossy(value.contents))))
        }
        (keyword, _) => format!("{}=#{}", attribute.oid.name_or_dotted(keyword), HEXLOWER.encode(&attribute.value)),
    }
}

/// Special characters escaped, runs of spaces made one, the ends trimmed.
fn folded(text: &str) -> String {
    let mut folded = String::new();
    for (index, character) in text.chars().enumerate() {
        if character == ' ' && folded.ends_with(' ') {
            continue;
        }
        if ",+<>;\"\\".contains(character) || (index == 0 && character == '#') {
            folded.push('\\');
        }
        folded.push(character);
    }
    folded.trim_matches(|character| character <= ' ').to_owned()
}

/// `X500Name.toString`: most specific first, quotation marks around values that need them.
pub(super) fn display(name: &Name) -> String {
    let rdn = |rdn: &Vec<Attribute>| {
        let parts: Vec<String> = rdn.iter().map(display_attribute).collect();
        parts.join(" + ")
    };
    let parts: Vec<String> = name.rdns.iter().rev().map(rdn).collect();
    parts.join(", ")
}

fn display_attribute(attribute: &Attribute) -> String {
    let known = keyword(&attribute.oid, RFC_2253).map(str::to_ascii_uppercase);
    let known = known.or_else(|| keyword(&attribute.oid, DEFAULT).map(str::to_owned));
    let keyword = known.unwrap_or_else(|| format!("OID.{}", attribute.oid));
    match attribute.text() {
        Some(text) => format!("{keyword}={}", quoted(&text)),
        None => format!("{keyword}=#{}", HEXLOWER.encode(&attribute.value)),
    }
}

fn quoted(text: &str) -> String {
    let special = |character: char| ",+=\n<>#;\\\"".contains(character);
    let needs = text.contains(special) || text.starts_with(' ') || text.ends_with(' ') || text.contains("  ");
    if !needs || (text.len() > 1 && text.starts_with('"') && text.ends_with('"')) {
        return text.to_owned();
    }
    let mut escaped = String::new();
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::{folded, quoted};

    #[test]
    fn folds_as_java_does() {
        assert_eq!(folded("  A  b,c "), "A b\\,c");
        assert_eq!(folded("#x"), "\\#x");
    }

    #[test]
    fn quotes_what_needs_it() {
        for (text, shown) in [("Root A", "Root A"), ("a,b", "\"a,b\""), ("a\"b", "\"a\\\"b\""), ("a ", "\"a \"")] {
            assert_eq!(quoted(text), shown);
        }
    }
}
