//! Validity: `x509_get_dates` (`x509_crt.c`) and `mbedtls_x509_get_time` (`x509.c`).

use super::asn1::{Code, Input, UNEXPECTED_TAG};
use crate::der::{GENERALIZED_TIME, SEQUENCE, UTC_TIME};
use crate::time::Timestamp;

/// `MBEDTLS_ERR_X509_INVALID_DATE`: notBefore or notAfter cannot be read.
const INVALID_DATE: Code = 0x2400;

/// The first and the last valid instant.
pub(super) fn validity(tbs: &mut Input<'_>) -> Result<(Timestamp, Timestamp), Code> {
    let mut times = Input(tbs.element(SEQUENCE).map_err(|why| INVALID_DATE + why)?);
    let from = time(&mut times)?;
    let to = time(&mut times)?;
    times.end().map_err(|why| INVALID_DATE + why)?;
    Ok((from, to))
}

fn time(times: &mut Input<'_>) -> Result<Timestamp, Code> {
    let year_digits = match times.peek() {
        Ok(UTC_TIME) => 2,
        Ok(GENERALIZED_TIME) => 4,
        Ok(_) => return Err(INVALID_DATE + UNEXPECTED_TAG),
        Err(why) => return Err(INVALID_DATE + why),
    };
    let (_, text) = times.any().map_err(|why| INVALID_DATE + why)?;
    instant(text, year_digits).ok_or(INVALID_DATE)
}

/// `x509_parse_time`: digits to the second, and perhaps `Z`; an offset is refused. Years of two digits below 50 belong
/// to this century (RFC 5280, 4.1.2.5.1).
fn instant(text: &[u8], year_digits: usize) -> Option<Timestamp> {
    let digits = text.strip_suffix(b"Z").unwrap_or(text);
    if digits.len() != year_digits + 10 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let (year, rest) = digits.split_at_checked(year_digits)?;
    let century = match number(year) {
        _ if year_digits == 4 => 0,
        ..50 => 2000,
        _ => 1900,
    };
    let mut fields = rest.chunks(2).map(number);
    let mut next = || fields.next();
    let (month, day, hour, minute, second) = (next()?, next()?, next()?, next()?, next()?);
    let instant = Timestamp::from_civil(century + number(year), month, day, hour, minute, second);
    instant.filter(|_| second < 60)
}

fn number(digits: &[u8]) -> i64 {
    digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit.saturating_sub(b'0')))
}

#[cfg(test)]
mod tests {
    use super::instant;

    #[test]
    fn reads_what_mbedtls_reads() {
        for (text, digits, expected) in [
            ("260601120000Z", 2, Some("2026-06-01T12:00:00Z")),
            ("260601120000", 2, Some("2026-06-01T12:00:00Z")),
            ("20500101000000Z", 4, Some("2050-01-01T00:00:00Z")),
            ("500101000000Z", 2, Some("1950-01-01T00:00:00Z")),
            ("2606011200Z", 2, None),
            ("260601120060Z", 2, None),
            ("260231120000Z", 2, None),
            ("260601120000+0000", 2, None),
            ("260601120000ZZ", 2, None),
        ] {
            let found = instant(text.as_bytes(), digits).map(|instant| instant.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
