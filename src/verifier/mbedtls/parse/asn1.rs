//! DER as `asn1parse.c` reads it: lengths may be longer than they must be, and a header may promise more than its
//! enclosing element is later found to hold.

/// A return code without its sign; a refusal is the sum of one of `x509.h` or `pk.h` and one of these.
pub type Code = u16;

/// `MBEDTLS_ERR_ASN1_OUT_OF_DATA`: the input ends inside of an element.
pub(super) const OUT_OF_DATA: Code = 0x60;
/// `MBEDTLS_ERR_ASN1_UNEXPECTED_TAG`: the next element is of another type.
pub(super) const UNEXPECTED_TAG: Code = 0x62;
/// `MBEDTLS_ERR_ASN1_INVALID_LENGTH`: a length is encoded in a form that mbedTLS does not read, or does not suit the
/// type.
pub(super) const INVALID_LENGTH: Code = 0x64;
/// `MBEDTLS_ERR_ASN1_LENGTH_MISMATCH`: an element holds more than it should.
pub(super) const LENGTH_MISMATCH: Code = 0x66;
/// `MBEDTLS_ERR_ASN1_INVALID_DATA`: the type is right, but mbedTLS does not take what it holds.
pub(super) const INVALID_DATA: Code = 0x68;

/// What is still unread up to some end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Input<'a>(pub(super) &'a [u8]);

impl<'a> Input<'a> {
    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Fails where something is left.
    pub(super) fn end(self) -> Result<(), Code> {
        if self.is_empty() { Ok(()) } else { Err(LENGTH_MISMATCH) }
    }

    /// The octet that comes next.
    pub(super) fn peek(self) -> Result<u8, Code> {
        self.0.first().copied().ok_or(OUT_OF_DATA)
    }

    /// `mbedtls_asn1_get_len`: takes a length of up to four octets, and sees that as much follows.
    pub(super) fn length(&mut self) -> Result<usize, Code> {
        let (&first, rest) = self.0.split_first().ok_or(OUT_OF_DATA)?;
        let octets = if first < 0x80 { 0 } else { usize::from(first & 0x7f) };
        // No octets would be the indefinite form.
        if first >= 0x80 && !(1..=4).contains(&octets) {
            return Err(INVALID_LENGTH);
        }
        let (length, rest) = rest.split_at_checked(octets).ok_or(OUT_OF_DATA)?;
        let long = length.iter().fold(0_u32, |length, octet| length << 8 | u32::from(*octet));
        let length = usize::try_from(if first < 0x80 { u32::from(first) } else { long }).map_err(|_| OUT_OF_DATA)?;
        self.0 = rest;
        if length > rest.len() { Err(OUT_OF_DATA) } else { Ok(length) }
    }

    /// `mbedtls_asn1_get_tag`: takes a header, gives the length.
    pub(super) fn tag(&mut self, tag: u8) -> Result<usize, Code> {
        if self.peek()? != tag {
            return Err(UNEXPECTED_TAG);
        }
        self.skip(1);
        self.length()
    }

    /// The next octets, of which there must be so many.
    pub(super) fn take(&mut self, octets: usize) -> Result<&'a [u8], Code> {
        let (taken, rest) = self.0.split_at_checked(octets).ok_or(OUT_OF_DATA)?;
        self.0 = rest;
        Ok(taken)
    }

    /// The contents of an element with this tag.
    pub(super) fn element(&mut self, tag: u8) -> Result<&'a [u8], Code> {
        let length = self.tag(tag)?;
        self.take(length)
    }

    /// Any element: its tag and its contents.
    pub(super) fn any(&mut self) -> Result<(u8, &'a [u8]), Code> {
        let tag = self.peek()?;
        Ok((tag, self.element(tag)?))
    }

    /// `mbedtls_asn1_get_bool`: any octet but zero is true.
    pub(super) fn boolean(&mut self) -> Result<bool, Code> {
        match self.element(crate::der::BOOLEAN)? {
            [octet] => Ok(*octet != 0),
            _ => Err(INVALID_LENGTH),
        }
    }

    /// `mbedtls_asn1_get_int`: not negative, and fits a C `int`.
    pub(super) fn integer(&mut self) -> Result<i32, Code> {
        let octets = self.element(crate::der::INTEGER)?;
        if octets.first().is_none_or(|first| first & 0x80 != 0) {
            return Err(INVALID_LENGTH);
        }
        let value =
            octets.iter().try_fold(0_i32, |value, octet| value.checked_mul(256)?.checked_add(i32::from(*octet)));
        value.ok_or(INVALID_LENGTH)
    }

    /// `mbedtls_asn1_get_bitstring_null`: takes the header of a BIT STRING without unused bits, gives the length.
    pub(super) fn bit_string_header(&mut self) -> Result<usize, Code> {
        let length = self.tag(crate::der::BIT_STRING)?;
        if length == 0 || self.peek()? != 0 {
            return Err(INVALID_DATA);
        }
        self.skip(1);
        Ok(length - 1)
    }

    fn skip(&mut self, octets: usize) {
        self.0 = self.0.get(octets..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::{INVALID_DATA, INVALID_LENGTH, Input, OUT_OF_DATA, UNEXPECTED_TAG};

    #[test]
    fn lengths_need_not_be_minimal() {
        assert_eq!(Input(&[4, 0x82, 0, 1, 7]).element(4), Ok(&[7][..]));
        assert_eq!(Input(&[4, 0x85, 0, 0, 0, 0, 1, 7]).element(4), Err(INVALID_LENGTH));
        assert_eq!(Input(&[4, 0x80, 0, 0]).element(4), Err(INVALID_LENGTH));
        assert_eq!(Input(&[4, 0x82, 0]).element(4), Err(OUT_OF_DATA));
        assert_eq!(Input(&[4, 2, 0]).element(4), Err(OUT_OF_DATA));
        assert_eq!(Input(&[4, 0]).element(5), Err(UNEXPECTED_TAG));
    }

    #[test]
    fn integers_fit_an_int_and_are_not_negative() {
        for (contents, value) in [
            (&[0x00][..], Ok(0)),
            (&[0, 0, 0, 0, 0, 5], Ok(5)),
            (&[0x7f, 0xff, 0xff, 0xff], Ok(i32::MAX)),
            (&[0x80], Err(INVALID_LENGTH)),
            (&[0, 0x80, 0, 0, 0], Err(INVALID_LENGTH)),
            (&[], Err(INVALID_LENGTH)),
        ] {
            let der = [&[2, contents.len() as u8], contents].concat();
            assert_eq!(Input(&der).integer(), value, "{contents:?}");
        }
    }

    #[test]
    fn bit_strings_have_no_unused_bits() {
        assert_eq!(Input(&[3, 2, 0, 9]).bit_string_header(), Ok(1));
        assert_eq!(Input(&[3, 2, 1, 8]).bit_string_header(), Err(INVALID_DATA));
        assert_eq!(Input(&[3, 0]).bit_string_header(), Err(INVALID_DATA));
    }
}
