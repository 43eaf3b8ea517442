//! What a header says of a client's certificate without showing it: its digest, its serial number, its validity, its names.

use data_encoding::HEXLOWER_PERMISSIVE;

use super::header_form::HeaderForm;
use crate::time::Timestamp;

/// Digits of a serial number: twenty octets (RFC 5280, 4.1.2.2) have 49, and some CAs exceed them.
const MAX_DIGITS: usize = 80;
/// Names of one certificate that are kept. Our own number: headers are far shorter than that many names.
const MAX_NAMES: usize = 200;

/// What is said of a certificate; what is not said is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateClaim {
    /// SHA-256 of its DER.
    pub sha256: Option<[u8; 32]>,
    /// Its serial number, big endian and without leading zeros.
    pub serial: Option<Vec<u8>>,
    /// The first instant at which it is valid.
    pub not_before: Option<Timestamp>,
    /// The last instant at which it is valid.
    pub not_after: Option<Timestamp>,
    /// The names in its subjectAltName, without their kinds.
    pub names: Option<Vec<String>>,
}

impl CertificateClaim {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == CertificateClaim::default()
    }

    /// With what another header of the same request says.
    pub(super) fn and(self, other: CertificateClaim) -> CertificateClaim {
        CertificateClaim {
            sha256: self.sha256.or(other.sha256),
            serial: self.serial.or(other.serial),
            not_before: self.not_before.or(other.not_before),
            not_after: self.not_after.or(other.not_after),
            names: self.names.or(other.names),
        }
    }
}

/// What the value of a header says, without percent-encoding; nothing in most forms.
pub(super) fn read(form: HeaderForm, value: &[u8]) -> CertificateClaim {
    let text = String::from_utf8_lossy(value);
    let nothing = CertificateClaim::default();
    match form {
        HeaderForm::TraefikInfo | HeaderForm::TraefikInfoOld => info(&text),
        HeaderForm::Envoy => CertificateClaim { sha256: field(&text, "Hash=").and_then(digest), ..nothing },
        HeaderForm::CloudflareDigest => CertificateClaim { sha256: digest(&text), ..nothing },
        HeaderForm::AlbFields => alb(&text),
        _ => nothing,
    }
}

/// Traefik's fields. Names are not escaped, so they are searched for and not parsed; the first certificate is the client's own.
fn info(text: &str) -> CertificateClaim {
    let seconds = |key| field(text, key).and_then(|value| value.parse().ok()).map(Timestamp);
    let names = |value: &str| {
        let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.take(MAX_NAMES).map(str::to_owned).collect()
    };
    CertificateClaim {
        sha256: None,
        serial: field(text, "SerialNumber=").and_then(decimal),
        not_before: seconds("NB="),
        not_after: seconds("NA="),
        names: list(text, "SAN=").map(names),
    }
}

/// `X-Amzn-Mtls-Clientcert-Validity` has keys, and what is hexadecimal as a whole is the serial number.
fn alb(text: &str) -> CertificateClaim {
    let text = text.trim();
    let instant = |key| field(text, key).and_then(Timestamp::parse);
    let digits = text.len() + text.len() % 2;
    let is_serial = !text.is_empty() && text.len() <= MAX_DIGITS;
    let serial = is_serial.then(|| HEXLOWER_PERMISSIVE.decode(format!("{text:0>digits$}").as_bytes()).ok()).flatten();
    CertificateClaim {
        serial: serial.map(without_zeros),
        not_before: instant("NotBefore="),
        not_after: instant("NotAfter="),
        ..CertificateClaim::default()
    }
}

/// The value behind a key at the start or behind a separator, up to the next separator, without quotation marks.
fn field<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let value = behind(text, key)?;
    let (is_quoted, value) = value.strip_prefix('"').map_or((false, value), |inside| (true, inside));
    let end = value.find(|it| it == '"' || (!is_quoted && matches!(it, ',' | ';'))).unwrap_or(value.len());
    value.get(..end).map(str::trim)
}

/// The same of a value that may hold commas: up to its quotation mark, else up to a semicolon.
fn list<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let value = behind(text, key)?;
    let end = |value: &str, mark| value.find(mark).unwrap_or(value.len());
    match value.strip_prefix('"') {
        Some(inside) => inside.get(..end(inside, '"')),
        None => value.get(..end(value, ';')),
    }
}

fn behind<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let is_key = |at: &usize| *at == 0 || text.as_bytes().get(at - 1).is_some_and(|before| b",; \"".contains(before));
    let is_named = |at: &usize| text.get(*at..at + key.len()).is_some_and(|found| found.eq_ignore_ascii_case(key));
    let at = text.char_indices().map(|(at, _)| at).find(|at| is_key(at) && is_named(at))?;
    text.get(at + key.len()..)
}

fn digest(text: &str) -> Option<[u8; 32]> {
    HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok()?.try_into().ok()
}

/// A decimal number as octets.
fn decimal(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() || text.len() > MAX_DIGITS {
        return None;
    }
    let mut octets = vec![0_u8; MAX_DIGITS / 2];
    for digit in text.chars() {
        let mut carry = digit.to_digit(10)?;
        for octet in octets.iter_mut().rev() {
            let product = u32::from(*octet) * 10 + carry;
            let [low, ..] = product.to_le_bytes();
            *octet = low;
            carry = product >> 8;
        }
    }
    Some(without_zeros(octets))
}

fn without_zeros(octets: Vec<u8>) -> Vec<u8> {
    octets.into_iter().skip_while(|octet| *octet == 0).collect()
}

#[cfg(test)]
mod tests {
    use super::{CertificateClaim, decimal, read};
    use crate::decode::parts::header_form::HeaderForm;
    use crate::time::Timestamp;

    #[test]
    fn serial_numbers_are_octets() {
        for (text, octets) in [
            ("0", &[] as &[u8]),
            ("255", &[255]),
            ("256", &[1, 0]),
            ("18446744073709551616", &[1, 0, 0, 0, 0, 0, 0, 0, 0]),
        ] {
            assert_eq!(decimal(text).as_deref(), Some(octets), "{text}");
        }
        assert_eq!((decimal(""), decimal("12a"), decimal("-1")), (None, None, None));
    }

    #[test]
    fn both_forms_of_traefik_say_the_same() {
        let said = CertificateClaim {
            not_before: Some(Timestamp(1)),
            not_after: Some(Timestamp(2)),
            names: Some(vec!["a.example".to_owned(), "192.0.2.1".to_owned()]),
            ..CertificateClaim::default()
        };
        let old = b"Subject=\"CN=a\",NB=1,NA=2,SAN=a.example,192.0.2.1;Subject=\"CN=b\",NB=3,NA=4,SAN=b";
        assert_eq!(read(HeaderForm::TraefikInfoOld, old), said);
        let new =
            b"Subject=\"CN=a\";SerialNumber=\"258\";NB=\"1\";NA=\"2\";SAN=\"a.example,192.0.2.1\",Subject=\"CN=b\"";
        assert_eq!(read(HeaderForm::TraefikInfo, new), CertificateClaim { serial: Some(vec![1, 2]), ..said });
    }

    #[test]
    fn fields_of_a_load_balancer_are_told_apart() {
        let serial = read(HeaderForm::AlbFields, b"03A5B1");
        assert_eq!(serial, CertificateClaim { serial: Some(vec![3, 0xa5, 0xb1]), ..CertificateClaim::default() });
        let validity = read(HeaderForm::AlbFields, b"NotBefore=1970-01-01T00:00:01Z;NotAfter=1970-01-01T00:00:02Z");
        assert_eq!((validity.not_before, validity.not_after), (Some(Timestamp(1)), Some(Timestamp(2))));
        assert!(read(HeaderForm::AlbFields, b"CN=client,O=Example").is_empty());
    }
}
