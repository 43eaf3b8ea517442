//! Instants as values: seconds since 1970-01-01T00:00:00Z, read from and written as RFC 3339, and read from the two
//! forms that certificates use.
//!
//! The core never asks what time it is; every function that depends on time takes a [`Timestamp`].

use std::fmt;

use time::format_description::{StaticFormatDescription, well_known::Rfc3339};
use time::macros::format_description;
use time::{Date, Month, OffsetDateTime};

use crate::der::{GENERALIZED_TIME, UTC_TIME};

/// An instant in whole seconds since 1970-01-01T00:00:00Z; negative before that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

/// An instant as a certificate gives it (RFC 5280, 4.1.2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asn1Time {
    /// The instant itself, in UTC.
    pub at: Timestamp,
    /// Seconds east of UTC in which it is written.
    pub offset: i64,
    /// It is written as Go reads it: with seconds, which only a UTCTime may lack, without a fraction, and with `Z`
    /// where the offset is zero.
    pub is_strict: bool,
}

const SECONDS_PER_DAY: i64 = 86_400;

impl Timestamp {
    /// Reads an RFC 3339 date-time (`2026-11-21T18:00:00Z`, with offset or fraction) or a bare date,
    /// which stands for its first second in UTC. Fractions of a second are dropped.
    pub fn parse(text: &str) -> Option<Timestamp> {
        let text = text.trim();
        let parsed = match text.as_bytes().get(10) {
            None => OffsetDateTime::parse(&format!("{text}T00:00:00Z"), &Rfc3339),
            // The crate takes any separator.
            Some(b'T' | b't' | b' ') => OffsetDateTime::parse(text, &Rfc3339),
            Some(_) => return None,
        };
        parsed.ok().map(|instant| Timestamp(instant.unix_timestamp()))
    }

    /// From a civil date and time in UTC; `None` if a field is out of its range.
    pub fn from_civil(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> Option<Timestamp> {
        let octet = |field: i64| u8::try_from(field).ok();
        let month = Month::try_from(octet(month)?).ok()?;
        let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, octet(day)?).ok()?;
        let instant = date.with_hms(octet(hour)?, octet(minute)?, octet(second)?).ok()?;
        Some(Timestamp(instant.assume_utc().unix_timestamp()))
    }

    /// The date in UTC, `2026-11-21`.
    pub fn date(self) -> String {
        self.formatted(format_description!("[year]-[month]-[day]"))
    }

    /// The date and the time of day in UTC as people read them, `2026-11-21 18:00:00 UTC`.
    pub fn date_and_time(self) -> String {
        self.formatted(format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC"))
    }

    /// The time of day in UTC to the minute, `18:00 UTC`.
    pub fn time_of_day(self) -> String {
        self.formatted(format_description!("[hour]:[minute] UTC"))
    }

    /// The month, the day and the time of day in UTC, `11-21 18:00`, for where the year is clear.
    pub fn without_year(self) -> String {
        self.formatted(format_description!("[month]-[day] [hour]:[minute]"))
    }

    /// As a format description of the crate `time` says; what has no form in RFC 3339 is written as in [`Display`].
    ///
    /// [`Display`]: fmt::Display
    fn formatted(self, description: StaticFormatDescription) -> String {
        let formatted = || {
            let instant = OffsetDateTime::from_unix_timestamp(self.0).ok()?;
            let instant = (0..=9999).contains(&instant.year()).then_some(instant)?;
            instant.format(description).ok()
        };
        formatted().unwrap_or_else(|| self.to_string())
    }

    /// Whole days from `self` to `other`, towards zero; negative if `other` is earlier.
    pub fn days_until(self, other: Timestamp) -> i64 {
        (other.0 - self.0) / SECONDS_PER_DAY
    }
}

/// RFC 3339 in UTC, `2026-11-21T18:00:00Z`; outside of the years 0 to 9999, for which RFC 3339 has no form, `@` and the
/// number of seconds.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instant = OffsetDateTime::from_unix_timestamp(self.0).ok();
        match instant.and_then(|instant| instant.format(&Rfc3339).ok()) {
            Some(text) => f.write_str(&text),
            None => write!(f, "@{}", self.0),
        }
    }
}

impl Asn1Time {
    /// From the identifier octet and the contents of a UTCTime or GeneralizedTime.
    pub fn read(tag: u8, contents: &[u8]) -> Option<Asn1Time> {
        let text = std::str::from_utf8(contents).ok()?;
        match tag {
            UTC_TIME => Asn1Time::from_utc_time(text),
            GENERALIZED_TIME => Asn1Time::from_generalized_time(text),
            _ => None,
        }
    }

    /// `YYMMDDHHMM[SS]` and a zone; the years 50 to 99 belong to the last century (RFC 5280, 4.1.2.5.1).
    fn from_utc_time(text: &str) -> Option<Asn1Time> {
        let (digits, zone) = split_zone(text)?;
        let fields = fields(digits, "001122334455").or_else(|| fields(digits, "0011223344"))?;
        let century = if fields[0] < 50 { 2000 } else { 1900 };
        Asn1Time::new(century, fields, zone, true)
    }

    /// `YYYYMMDDHHMM[SS[.fraction]]` and a zone.
    fn from_generalized_time(text: &str) -> Option<Asn1Time> {
        let (digits, zone) = split_zone(text)?;
        let whole = digits.split_once('.').filter(|(_, fraction)| fraction.bytes().all(|byte| byte.is_ascii_digit()));
        let whole = whole.map_or(digits, |(whole, _)| whole);
        let with_seconds = fields(whole, "00001122334455");
        let is_strict = with_seconds.is_some() && whole == digits;
        Asn1Time::new(0, with_seconds.or_else(|| fields(whole, "000011223344"))?, zone, is_strict)
    }

    fn new(century: i64, fields: [i64; 6], zone: &str, is_strict: bool) -> Option<Asn1Time> {
        let [year, month, day, hour, minute, second] = fields;
        let local = Timestamp::from_civil(century + year, month, day, hour, minute, second)?;
        let offset = if zone == "Z" { 0 } else { offset(zone)? };
        let is_strict = is_strict && (offset == 0) == (zone == "Z");
        Some(Asn1Time { at: Timestamp(local.0 - offset), offset, is_strict })
    }
}

/// Splits `Z` or `+hhmm` off.
fn split_zone(text: &str) -> Option<(&str, &str)> {
    let octets = if text.ends_with('Z') { 1 } else { 5 };
    text.split_at_checked(text.len().checked_sub(octets)?)
}

/// `+0100` in seconds east of UTC.
fn offset(zone: &str) -> Option<i64> {
    let (sign, clock) = match zone.split_at_checked(1)? {
        ("+", clock) => (1, clock),
        ("-", clock) => (-1, clock),
        _ => return None,
    };
    let [.., hour, minute, _] = fields(clock, "3344")?;
    (hour <= 24 && minute < 60).then_some(sign * (hour * 3600 + minute * 60))
}

/// Year, month, day, hour, minute and second from a text of a fixed layout. A digit of the layout is the number of the
/// field that a digit of the text belongs to; everything else must be the same in both.
fn fields(text: &str, layout: &str) -> Option<[i64; 6]> {
    let mut fields = [0; 6];
    for (found, wanted) in text.bytes().zip(layout.bytes()) {
        if wanted.is_ascii_digit() && found.is_ascii_digit() {
            let field = fields.get_mut(usize::from(wanted - b'0'))?;
            *field = *field * 10 + i64::from(found - b'0');
        } else if found != wanted {
            return None;
        }
    }
    (text.len() == layout.len()).then_some(fields)
}

#[cfg(test)]
mod tests {
    use super::{Asn1Time, GENERALIZED_TIME, Timestamp, UTC_TIME};

    #[test]
    fn reads_and_writes_rfc_3339() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-11-21T18:00:00Z", 1_795_284_000),
            ("2024-02-29T23:59:59Z", 1_709_251_199),
            ("1969-12-31T23:59:59Z", -1),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] {
            assert_eq!(Timestamp::parse(text), Some(Timestamp(seconds)), "{text}");
            assert_eq!(Timestamp(seconds).to_string(), text);
        }
    }

    #[test]
    fn accepts_offsets_fractions_and_bare_dates() {
        let noon = Timestamp::parse("2026-11-21T12:00:00Z");
        assert_eq!(Timestamp::parse("2026-11-21T13:00:00+01:00"), noon);
        assert_eq!(Timestamp::parse("2026-11-21T12:00:00.25+00:00"), noon);
        assert_eq!(Timestamp::parse("2026-11-21"), Timestamp::parse("2026-11-21T00:00:00Z"));
        assert_eq!(noon.map(Timestamp::date).as_deref(), Some("2026-11-21"));
    }

    #[test]
    fn writes_parts_for_people() {
        let evening = Timestamp(1_795_284_000);
        assert_eq!(evening.date(), "2026-11-21");
        assert_eq!(evening.date_and_time(), "2026-11-21 18:00:00 UTC");
        assert_eq!(evening.time_of_day(), "18:00 UTC");
        assert_eq!(evening.without_year(), "11-21 18:00");
        assert_eq!(Timestamp(-62_167_219_200).date(), "0000-01-01");
        assert_eq!(Timestamp(253_402_300_799).date(), "9999-12-31");
    }

    #[test]
    fn an_instant_without_a_form_in_rfc_3339_is_written_in_seconds() {
        for seconds in [253_402_300_800, -62_167_219_201, i64::MAX, i64::MIN] {
            assert_eq!(Timestamp(seconds).to_string(), format!("@{seconds}"));
            assert_eq!(Timestamp(seconds).date(), format!("@{seconds}"));
        }
    }

    #[test]
    fn reads_both_forms_of_certificates() {
        let read = |tag, text: &str| {
            let time = Asn1Time::read(tag, text.as_bytes());
            time.map(|time| (time.at.to_string(), time.offset, time.is_strict))
        };
        for (tag, text, at, offset, is_strict) in [
            (UTC_TIME, "500101000000Z", "1950-01-01T00:00:00Z", 0, true),
            (UTC_TIME, "491231235959Z", "2049-12-31T23:59:59Z", 0, true),
            (UTC_TIME, "2606010000Z", "2026-06-01T00:00:00Z", 0, true),
            (UTC_TIME, "2606010000-0230", "2026-06-01T02:30:00Z", -9_000, true),
            (UTC_TIME, "260601000000+0000", "2026-06-01T00:00:00Z", 0, false),
            (GENERALIZED_TIME, "20500101000000Z", "2050-01-01T00:00:00Z", 0, true),
            (GENERALIZED_TIME, "20500101013000+0130", "2050-01-01T00:00:00Z", 5_400, true),
            (GENERALIZED_TIME, "205001010000Z", "2050-01-01T00:00:00Z", 0, false),
            (GENERALIZED_TIME, "20500101000000.25Z", "2050-01-01T00:00:00Z", 0, false),
        ] {
            assert_eq!(read(tag, text), Some((at.to_owned(), offset, is_strict)), "{text}");
        }
        for text in ["", "Z", "260601000060Z", "260601000000", "261301000000Z", "26060100Z", "260601000000+0160"] {
            assert_eq!(read(UTC_TIME, text), None, "{text}");
            assert_eq!(read(GENERALIZED_TIME, &format!("20{text}")), None, "{text}");
        }
        assert_eq!(read(UTC_TIME, "260601000000.5Z"), None);
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-02-29",
            "2026-11-21T25:00:00Z",
            "2026-11-21T12:00:00",
            "2026-11-21x12:00:00Z",
            "tomorrow!!",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }
}
