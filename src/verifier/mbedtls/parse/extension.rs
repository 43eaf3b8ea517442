//! Extensions: `x509_get_crt_ext` (`x509_crt.c`). A critical one that mbedTLS does not know refuses the certificate
//! (RFC 5280, 4.2); so does a known one that it cannot read, critical or not.

use super::asn1::{Code, INVALID_LENGTH, Input, LENGTH_MISMATCH, OUT_OF_DATA, UNEXPECTED_TAG};
use crate::der::{BIT_STRING, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, constructed};
use crate::oid::{self, ObjectIdentifier};

/// `MBEDTLS_ERR_X509_INVALID_EXTENSIONS`: an extension cannot be read, stands there twice, or is critical and
/// not known.
const INVALID_EXTENSIONS: Code = 0x2500;
/// `MBEDTLS_ERR_X509_FEATURE_UNAVAILABLE`: critical certificatePolicies with another policy than anyPolicy.
const FEATURE_UNAVAILABLE: Code = 0x2080;

/// The extensions that mbedTLS reads (`oid_x509_ext` in `oid.c`).
const KNOWN: [ObjectIdentifier; 6] = [
    oid::KEY_USAGE,
    oid::SUBJECT_ALT_NAME,
    oid::BASIC_CONSTRAINTS,
    oid::CERTIFICATE_POLICIES,
    oid::EXTENDED_KEY_USAGE,
    oid::NETSCAPE_CERT_TYPE,
];

/// Class and number of an identifier octet, without the bit that says "constructed" (X.690, 8.1.2).
const CLASS_AND_NUMBER: u8 = 0xdf;

/// What the extensions say, as far as mbedTLS cares.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extensions<'a> {
    /// cA of basicConstraints.
    pub(crate) ca: bool,
    /// pathLenConstraint, which binds even where cA is FALSE.
    pub(crate) path_length: Option<u32>,
    /// The first octet of keyUsage lowest.
    pub(crate) key_usage: Option<u32>,
    /// Contents of the object identifiers of extKeyUsage.
    pub(crate) extended_key_usage: Option<Vec<&'a [u8]>>,
    /// dNSNames of subjectAltName, which may be none.
    pub(crate) dns_names: Option<Vec<&'a [u8]>>,
}

/// Reads `extensions [3]`, if anything is left.
pub(super) fn parse<'a>(tbs: &mut Input<'a>) -> Result<Extensions<'a>, Code> {
    let mut extensions = Extensions::default();
    if tbs.is_empty() {
        return Ok(extensions);
    }
    let list = list(tbs).map_err(|why| INVALID_EXTENSIONS + why)?;
    let mut seen: Vec<ObjectIdentifier> = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let extension = Extension::read(&mut rest).map_err(|why| INVALID_EXTENSIONS + why)?;
        if let Some(known) = oid::constant(extension.oid).filter(|oid| KNOWN.contains(oid)) {
            // RFC 5280, 4.2: no extension appears twice.
            if seen.contains(&known) {
                return Err(INVALID_EXTENSIONS);
            }
            seen.push(known);
            extension.interpret(known, &mut extensions)?;
        } else if extension.critical {
            return Err(INVALID_EXTENSIONS + UNEXPECTED_TAG);
        }
    }
    Ok(extensions)
}

/// `mbedtls_x509_get_ext`: the list inside of the explicit tag.
fn list<'a>(tbs: &mut Input<'a>) -> Result<Input<'a>, Code> {
    let mut inside = Input(tbs.element(constructed(3))?);
    whole_sequence(&mut inside)?;
    Ok(inside)
}

/// Takes the header of a SEQUENCE that reaches to the end.
fn whole_sequence(input: &mut Input<'_>) -> Result<(), Code> {
    let length = input.tag(SEQUENCE)?;
    if length == input.0.len() { Ok(()) } else { Err(LENGTH_MISMATCH) }
}

struct Extension<'a> {
    oid: &'a [u8],
    critical: bool,
    value: Input<'a>,
}

impl<'a> Extension<'a> {
    fn read(list: &mut Input<'a>) -> Result<Extension<'a>, Code> {
        let mut inside = Input(list.element(SEQUENCE)?);
        let oid = inside.element(OBJECT_IDENTIFIER)?;
        let critical = match inside.boolean() {
            Err(UNEXPECTED_TAG) => false,
            critical => critical?,
        };
        let value = Input(inside.element(OCTET_STRING)?);
        inside.end()?;
        Ok(Extension { oid, critical, value })
    }

    fn interpret(&self, known: ObjectIdentifier, into: &mut Extensions<'a>) -> Result<(), Code> {
        let refuse = |why| INVALID_EXTENSIONS + why;
        match known {
            oid::BASIC_CONSTRAINTS => (into.ca, into.path_length) = basic_constraints(self.value).map_err(refuse)?,
            oid::KEY_USAGE => into.key_usage = Some(key_usage(self.value).map_err(refuse)?),
            oid::EXTENDED_KEY_USAGE => into.extended_key_usage = Some(key_purposes(self.value).map_err(refuse)?),
            oid::SUBJECT_ALT_NAME => into.dns_names = Some(dns_names(self.value).map_err(refuse)?),
            oid::NETSCAPE_CERT_TYPE => ns_cert_type(self.value).map_err(refuse)?,
            _ => {
                let understood = policies(self.value).map_err(refuse)?;
                if self.critical && !understood {
                    return Err(FEATURE_UNAVAILABLE);
                }
            }
        }
        Ok(())
    }
}

/// `x509_get_basic_constraints` (RFC 5280, 4.2.1.9): cA may be an INTEGER, and what the SEQUENCE's length says does not
/// matter.
fn basic_constraints(mut value: Input<'_>) -> Result<(bool, Option<u32>), Code> {
    value.tag(SEQUENCE)?;
    if value.is_empty() {
        return Ok((false, None));
    }
    let ca = match value.boolean() {
        Err(UNEXPECTED_TAG) => value.integer()? != 0,
        ca => ca?,
    };
    if value.is_empty() {
        return Ok((ca, None));
    }
    let length = value.integer()?;
    value.end()?;
    if length == i32::MAX {
        return Err(INVALID_LENGTH);
    }
    Ok((ca, u32::try_from(length).ok()))
}

/// `mbedtls_asn1_get_bitstring`: the octets of a BIT STRING that fills the value; its unused bits stay as they are.
fn bit_string(mut value: Input<'_>) -> Result<&[u8], Code> {
    let (unused, octets) = value.element(BIT_STRING)?.split_first().ok_or(OUT_OF_DATA)?;
    if *unused > 7 {
        return Err(INVALID_LENGTH);
    }
    value.end()?;
    Ok(octets)
}

/// `x509_get_key_usage` (RFC 5280, 4.2.1.3): as many octets as a C `unsigned` has.
fn key_usage(value: Input<'_>) -> Result<u32, Code> {
    let octets = bit_string(value)?;
    if octets.is_empty() {
        return Err(INVALID_LENGTH);
    }
    Ok(octets.iter().take(4).rev().fold(0, |bits, octet| bits << 8 | u32::from(*octet)))
}

fn ns_cert_type(value: Input<'_>) -> Result<(), Code> {
    if bit_string(value)?.len() == 1 { Ok(()) } else { Err(INVALID_LENGTH) }
}

/// `x509_get_ext_key_usage` (RFC 5280, 4.2.1.12): one purpose at least.
fn key_purposes(mut value: Input<'_>) -> Result<Vec<&[u8]>, Code> {
    whole_sequence(&mut value)?;
    let mut purposes = Vec::new();
    while !value.is_empty() {
        purposes.push(value.element(OBJECT_IDENTIFIER)?);
    }
    if purposes.is_empty() { Err(INVALID_LENGTH) } else { Ok(purposes) }
}

/// `x509_get_subject_alt_name` (RFC 5280, 4.2.1.6): every tag must be context-specific, of any form.
fn dns_names(mut value: Input<'_>) -> Result<Vec<&[u8]>, Code> {
    whole_sequence(&mut value)?;
    let mut names = Vec::new();
    while !value.is_empty() {
        let tag = value.peek()?;
        let (_, contents) = value.any()?;
        match tag & CLASS_AND_NUMBER {
            0x82 => names.push(contents),
            0x80 => other_name(Input(contents))?,
            0x81 | 0x83..=0x9f => {}
            _ => return Err(UNEXPECTED_TAG),
        }
    }
    Ok(names)
}

/// `x509_get_other_name`: a name of a type that it does not know is passed over.
fn other_name(mut name: Input<'_>) -> Result<(), Code> {
    if name.element(OBJECT_IDENTIFIER)? != oid::HARDWARE_MODULE_NAME.as_bytes() {
        return Ok(());
    }
    let mut inside = Input(name.element(constructed(0))?);
    name.end()?;
    whole_sequence(&mut inside)?;
    inside.element(OBJECT_IDENTIFIER)?;
    inside.element(OCTET_STRING)?;
    inside.end()
}

/// `x509_get_certificate_policies` (RFC 5280, 4.2.1.4): whether every policy is anyPolicy.
fn policies(mut value: Input<'_>) -> Result<bool, Code> {
    whole_sequence(&mut value)?;
    if value.is_empty() {
        return Err(LENGTH_MISMATCH);
    }
    let mut understood = true;
    while !value.is_empty() {
        let mut policy = Input(value.element(SEQUENCE)?);
        understood &= policy.element(OBJECT_IDENTIFIER)? == oid::ANY_POLICY.as_bytes();
        if !policy.is_empty() {
            policy.element(SEQUENCE)?;
        }
        policy.end()?;
    }
    Ok(understood)
}
