//! DER as OpenSSL's templates read it (`tasn_dec.c`): lengths may be longer than they must be, nothing may follow the
//! last field of a SEQUENCE, and the contents of the basic types are checked.
//!
//! Two liberties of OpenSSL are left out, because no certificate in use takes them: the indefinite form of length, and
//! strings in pieces.

use crate::der::{
    BIT_STRING, BMP_STRING, BOOLEAN, Element, INTEGER, NULL, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE,
    UNIVERSAL_STRING, UTF8_STRING, constructed, is_object_identifier,
};

/// OpenSSL cannot read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ParseError;

/// What was read.
pub(super) type Read<T> = Result<T, ParseError>;

/// Fields of a SEQUENCE, or members of a SEQUENCE OF, that are still to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

/// An AlgorithmIdentifier (`X509_ALGOR`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Algorithm<'a> {
    /// Contents of the object identifier.
    pub(super) oid: &'a [u8],
    /// The whole element.
    pub(super) parameters: Option<&'a [u8]>,
}

impl<'a> Fields<'a> {
    /// What is inside the SEQUENCE with which some bytes begin; what follows it does not count (`X509V3_EXT_d2i`).
    pub(super) fn at_start(bytes: &'a [u8]) -> Read<Fields<'a>> {
        Fields(bytes).read(SEQUENCE).map(Fields)
    }

    /// Takes the next element, whatever its tag.
    pub(super) fn next(&mut self) -> Read<Element<'a>> {
        let (element, rest) = Element::read(self.0).ok_or(ParseError)?;
        self.0 = rest;
        Ok(element)
    }

    /// The contents of an element with this tag.
    pub(super) fn read(&mut self, tag: u8) -> Read<&'a [u8]> {
        let element = self.next()?;
        if element.tag == tag { Ok(element.contents) } else { Err(ParseError) }
    }

    /// The contents of the next element, if it has this tag.
    pub(super) fn optional(&mut self, tag: u8) -> Read<Option<&'a [u8]>> {
        if self.0.first() == Some(&tag) { self.read(tag).map(Some) } else { Ok(None) }
    }

    /// Nothing is left.
    pub(super) fn end(self) -> Read<()> {
        if self.0.is_empty() { Ok(()) } else { Err(ParseError) }
    }

    /// Every element that is left, as `read` takes it.
    pub(super) fn all<T>(mut self, read: fn(&mut Fields<'a>) -> Read<T>) -> Read<Vec<T>> {
        let mut items = Vec::new();
        while !self.0.is_empty() {
            items.push(read(&mut self)?);
        }
        Ok(items)
    }

    /// What `read` makes of the one element inside an explicit tag, if that tag comes next.
    pub(super) fn explicit<T>(&mut self, number: u8, read: fn(&mut Fields<'a>) -> Read<T>) -> Read<Option<T>> {
        let Some(contents) = self.optional(constructed(number))? else { return Ok(None) };
        let mut inner = Fields(contents);
        let value = read(&mut inner)?;
        inner.end()?;
        Ok(Some(value))
    }

    /// Contents of an OBJECT IDENTIFIER (`ossl_c2i_ASN1_OBJECT`).
    pub(super) fn object(&mut self) -> Read<&'a [u8]> {
        self.read(OBJECT_IDENTIFIER).and_then(object)
    }

    /// Contents of an INTEGER.
    pub(super) fn integer(&mut self) -> Read<&'a [u8]> {
        self.read(INTEGER).and_then(integer)
    }

    /// Takes an AlgorithmIdentifier, with nothing behind its parameters.
    pub(super) fn algorithm(&mut self) -> Read<Algorithm<'a>> {
        let mut fields = Fields(self.read(SEQUENCE)?);
        let oid = fields.object()?;
        let parameters = if fields.0.is_empty() { None } else { Some(fields.any()?.whole) };
        fields.end()?;
        Ok(Algorithm { oid, parameters })
    }

    /// An element of any type; the contents of basic types are checked.
    pub(super) fn any(&mut self) -> Read<Element<'a>> {
        let element = self.next()?;
        check_contents(element.tag, element.contents)?;
        Ok(element)
    }
}

/// `d2i_X509_CERT_AUX` (`x_x509a.c`): the trust settings of a TRUSTED CERTIFICATE; what follows them does not count.
pub(super) fn check_trust_settings(octets: &[u8]) -> Read<()> {
    let objects = |contents| Fields(contents).all(|fields| fields.object()).map(drop);
    let mut fields = Fields::at_start(octets)?;
    fields.optional(SEQUENCE)?.map(objects).transpose()?;
    fields.optional(constructed(0))?.map(objects).transpose()?;
    fields.optional(UTF8_STRING)?;
    fields.optional(OCTET_STRING)?;
    fields.optional(constructed(1))?.map(|others| Fields(others).all(|fields| fields.algorithm())).transpose()?;
    fields.end()
}

/// `asn1_ex_c2i`: what contents of a universal type must be like.
pub(super) fn check_contents(tag: u8, contents: &[u8]) -> Read<()> {
    let fine = match tag {
        NULL => contents.is_empty(),
        BOOLEAN => contents.len() == 1,
        INTEGER => integer(contents).is_ok(),
        BIT_STRING => bit_string(contents).is_ok(),
        OBJECT_IDENTIFIER => object(contents).is_ok(),
        BMP_STRING => contents.len().is_multiple_of(2),
        UNIVERSAL_STRING => contents.len().is_multiple_of(4),
        _ => true,
    };
    if fine { Ok(()) } else { Err(ParseError) }
}

/// `c2i_ibuf`: at least one octet, and no more than it takes.
pub(super) fn integer(contents: &[u8]) -> Read<&[u8]> {
    match contents {
        [] => Err(ParseError),
        [0, second, ..] if second & 0x80 == 0 => Err(ParseError),
        [0xff, second, ..] if second & 0x80 != 0 => Err(ParseError),
        _ => Ok(contents),
    }
}

/// `ASN1_INTEGER_get`: -1 for what does not fit.
pub(super) fn long(contents: &[u8]) -> i64 {
    let start = if contents.first().is_some_and(|first| first & 0x80 != 0) { -1 } else { 0 };
    if contents.len() > 8 {
        return -1;
    }
    contents.iter().fold(start, |value, octet| value << 8 | i64::from(*octet))
}

/// `ossl_c2i_ASN1_OBJECT`: the contents of an OBJECT IDENTIFIER, if they are well-formed.
pub(super) fn object(contents: &[u8]) -> Read<&[u8]> {
    if is_object_identifier(contents) { Ok(contents) } else { Err(ParseError) }
}

/// `ossl_c2i_ASN1_BIT_STRING`: the octets, with zeros in the place of unused bits.
pub(super) fn bit_string(contents: &[u8]) -> Read<Vec<u8>> {
    let (unused, octets) = contents.split_first().ok_or(ParseError)?;
    if *unused > 7 {
        return Err(ParseError);
    }
    let mut octets = octets.to_vec();
    if let Some(last) = octets.last_mut() {
        *last &= 0xff << unused;
    }
    Ok(octets)
}

#[cfg(test)]
mod tests {
    use super::{Fields, bit_string, integer, long};

    #[test]
    fn integers_are_as_short_as_they_can_be() {
        for (contents, value) in [
            (&[0][..], Some(0)),
            (&[0, 0x80], Some(128)),
            (&[0x80], Some(-128)),
            (&[0, 1], None),
            (&[0xff, 0x80], None),
        ] {
            assert_eq!(integer(contents).ok().map(long), value, "{contents:02x?}");
        }
        assert_eq!(long(&[1; 9]), -1);
    }

    #[test]
    fn unused_bits_are_cleared() {
        assert_eq!(bit_string(&[4, 0xff]), Ok(vec![0xf0]));
        assert_eq!(bit_string(&[7]), Ok(vec![]));
        assert!(bit_string(&[8, 0]).is_err() && bit_string(&[]).is_err());
    }

    #[test]
    fn nothing_follows_the_last_field() {
        let mut fields = Fields(&[0x30, 3, 6, 1, 0x2a, 5, 0]);
        assert!(fields.algorithm().is_ok());
        assert!(fields.end().is_err());
        assert!(Fields(&[0x30, 5, 6, 1, 0x2a, 5, 0]).algorithm().is_ok());
        assert!(Fields(&[0x30, 7, 6, 1, 0x2a, 5, 0, 5, 0]).algorithm().is_err());
        assert!(Fields(&[0x30, 6, 6, 1, 0x2a, 5, 1, 0]).algorithm().is_err(), "NULL has no contents");
    }
}
