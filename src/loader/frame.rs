//! The shape of a certificate in strict DER (RFC 5280, 4.1): every field has its own tag and class, and nothing is left over.
//! Our model looks at less; Java, pyca and GnuTLS look at all of it before anything else.

use crate::der::{
    BIT_STRING, BOOLEAN, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, Reader, SEQUENCE, SET, constructed, context,
    is_object_identifier,
};

/// Whether some octets are a certificate as far as tags and lengths go.
pub(super) fn is_certificate(der: &[u8]) -> bool {
    certificate(der).is_some()
}

fn certificate(der: &[u8]) -> Option<()> {
    let mut outer = Reader::read_only(der, SEQUENCE)?;
    let signed = outer.read(SEQUENCE)?;
    algorithm(&mut outer)?;
    outer.read(BIT_STRING)?;
    end(outer)?;
    signed_part(signed)
}

fn signed_part(mut fields: Reader<'_>) -> Option<()> {
    if let Some(mut version) = fields.read_optional(constructed(0))? {
        version.read(INTEGER)?;
        end(version)?;
    }
    fields.read(INTEGER)?;
    algorithm(&mut fields)?;
    name(fields.read(SEQUENCE)?)?;
    let mut validity = fields.read(SEQUENCE)?;
    validity.read_any()?;
    validity.read_any()?;
    end(validity)?;
    name(fields.read(SEQUENCE)?)?;
    let mut key = fields.read(SEQUENCE)?;
    algorithm(&mut key)?;
    key.read(BIT_STRING)?;
    end(key)?;
    fields.read_optional(context(1))?;
    fields.read_optional(context(2))?;
    if let Some(mut explicit) = fields.read_optional(constructed(3))? {
        all(explicit.read(SEQUENCE)?, extension)?;
        end(explicit)?;
    }
    end(fields)
}

fn algorithm(fields: &mut Reader<'_>) -> Option<()> {
    let mut parts = fields.read(SEQUENCE)?;
    parts.read(OBJECT_IDENTIFIER).filter(|oid| is_object_identifier(oid.0))?;
    if !parts.is_empty() {
        parts.read_any()?;
    }
    end(parts)
}

/// RDNSequence: a SEQUENCE of SETs of attributes.
fn name(sets: Reader<'_>) -> Option<()> {
    all(sets, |sets| {
        all(sets.read(SET)?, |attributes| {
            let mut attribute = attributes.read(SEQUENCE)?;
            attribute.read(OBJECT_IDENTIFIER).filter(|oid| is_object_identifier(oid.0))?;
            attribute.read_any()?;
            end(attribute)
        })
    })
}

fn extension(list: &mut Reader<'_>) -> Option<()> {
    let mut parts = list.read(SEQUENCE)?;
    parts.read(OBJECT_IDENTIFIER).filter(|oid| is_object_identifier(oid.0))?;
    parts.read_optional(BOOLEAN)?;
    parts.read(OCTET_STRING)?;
    end(parts)
}

fn all<'a>(mut list: Reader<'a>, read: impl Fn(&mut Reader<'a>) -> Option<()>) -> Option<()> {
    while !list.is_empty() {
        read(&mut list)?;
    }
    Some(())
}

fn end(rest: Reader<'_>) -> Option<()> {
    rest.is_empty().then_some(())
}
