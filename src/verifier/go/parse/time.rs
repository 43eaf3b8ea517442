//! The two time forms, as strictly as Go reads them: what a parsed time is written back as must equal the input.

use std::fmt;

use super::super::der::Reader;
use crate::time::Timestamp;

const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// An instant, with the offset it was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instant {
    /// The instant.
    pub(crate) at: Timestamp,
    /// Seconds east of UTC; Go accepts times with an offset and shows them so.
    pub(crate) offset: i64,
}

/// RFC 3339 in the offset the certificate gives.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = Timestamp(self.at.0 + self.offset).to_string();
        if self.offset == 0 {
            return f.write_str(&local);
        }
        let minutes = self.offset.abs() / 60;
        let sign = if self.offset < 0 { '-' } else { '+' };
        write!(f, "{}{sign}{:02}:{:02}", local.trim_end_matches('Z'), minutes / 60, minutes % 60)
    }
}

/// Reads a UTCTime or GeneralizedTime.
pub(crate) fn read_time(reader: &mut Reader<'_>) -> Result<Instant, &'static str> {
    if reader.next_is(UTC_TIME) {
        let contents = reader.read(UTC_TIME).map(|contents| contents.0);
        contents.and_then(utc_time).ok_or("x509: malformed UTCTime")
    } else if reader.next_is(GENERALIZED_TIME) {
        let contents = reader.read(GENERALIZED_TIME).map(|contents| contents.0);
        contents.and_then(generalized_time).ok_or("x509: malformed GeneralizedTime")
    } else {
        Err("x509: unsupported time format")
    }
}

/// `YYMMDDHHMM[SS]` and a zone; years 50 to 99 belong to the last century (RFC 5280, 4.1.2.5.1).
fn utc_time(contents: &[u8]) -> Option<Instant> {
    let (digits, offset) = split_zone(contents)?;
    let (year, rest) = digits.split_at_checked(2)?;
    let year = number(year)?;
    let year = if year < 50 { 2000 + year } else { 1900 + year };
    match rest.len() {
        8 => instant(year, &[rest, b"00"].concat(), offset),
        10 => instant(year, rest, offset),
        _ => None,
    }
}

/// `YYYYMMDDHHMMSS` and a zone.
fn generalized_time(contents: &[u8]) -> Option<Instant> {
    let (digits, offset) = split_zone(contents)?;
    let (year, rest) = digits.split_at_checked(4)?;
    instant(number(year)?, rest, offset)
}

/// `MMDDHHMMSS` of a year.
fn instant(year: i64, rest: &[u8], offset: i64) -> Option<Instant> {
    if rest.len() != 10 {
        return None;
    }
    let mut fields = rest.chunks(2).map(number);
    let mut next = || fields.next().flatten();
    let (month, day, hour, minute, second) = (next()?, next()?, next()?, next()?, next()?);
    let local = (second < 60).then(|| Timestamp::from_civil(year, month, day, hour, minute, second)).flatten()?;
    Some(Instant { at: Timestamp(local.0 - offset), offset })
}

/// Splits off `Z` or `+hhmm`. An offset of zero must be written `Z`.
fn split_zone(contents: &[u8]) -> Option<(&[u8], i64)> {
    if let Some(digits) = contents.strip_suffix(b"Z") {
        return Some((digits, 0));
    }
    let (digits, zone) = contents.split_at_checked(contents.len().checked_sub(5)?)?;
    let (sign, clock) = zone.split_first()?;
    let (hours, minutes) = clock.split_at_checked(2)?;
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let seconds = hours * 3600 + minutes * 60;
    let sign = match sign {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    (hours <= 24 && minutes < 60 && seconds > 0).then_some((digits, sign * seconds))
}

fn number(digits: &[u8]) -> Option<i64> {
    let all = digits.iter().all(u8::is_ascii_digit);
    all.then(|| digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::super::super::der::Reader;
    use super::read_time;

    fn read(tag: u8, text: &str) -> Result<String, &'static str> {
        let der = [&[tag, u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
        read_time(&mut Reader(&der)).map(|instant| instant.to_string())
    }

    #[test]
    fn reads_what_go_reads() {
        for (tag, text, written) in [
            (0x17, "260601000000Z", "2026-06-01T00:00:00Z"),
            (0x17, "500101000000Z", "1950-01-01T00:00:00Z"),
            (0x17, "491231235959Z", "2049-12-31T23:59:59Z"),
            (0x17, "2606010000Z", "2026-06-01T00:00:00Z"),
            (0x17, "260601000000+0130", "2026-06-01T00:00:00+01:30"),
            (0x18, "20260601000000-0500", "2026-06-01T00:00:00-05:00"),
            (0x18, "99991231235959Z", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(read(tag, text).as_deref(), Ok(written), "{text}");
        }
    }

    #[test]
    fn refuses_what_go_refuses() {
        for text in
            ["260601000060Z", "260601000000+0000", "260601000000", "261301000000Z", "2606010000.5Z", "26060100Z"]
        {
            assert_eq!(read(0x17, text), Err("x509: malformed UTCTime"), "{text}");
        }
        assert_eq!(read(0x18, "20260601000000.5Z"), Err("x509: malformed GeneralizedTime"));
        assert_eq!(read(0x18, "202606010000Z"), Err("x509: malformed GeneralizedTime"));
        assert_eq!(read(0x04, "260601000000Z"), Err("x509: unsupported time format"));
    }
}
