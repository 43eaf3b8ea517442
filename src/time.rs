//! Instants as values: seconds since 1970-01-01T00:00:00Z, read from and written as RFC 3339.
//!
//! The core never asks what time it is; every function that depends on time takes a [`Timestamp`].

use std::fmt;

/// An instant in whole seconds since 1970-01-01T00:00:00Z; negative before that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

const SECONDS_PER_DAY: i64 = 86_400;

impl Timestamp {
    /// Reads an RFC 3339 date-time (`2026-11-21T18:00:00Z`, with offset or fraction) or a bare date,
    /// which stands for its first second in UTC. Fractions of a second are dropped.
    pub fn parse(text: &str) -> Option<Timestamp> {
        let text = text.trim();
        let (date, rest) = text.split_at_checked(10)?;
        let days = parse_date(date)?;
        let seconds = if rest.is_empty() { 0 } else { parse_time(rest)? };
        Some(Timestamp(days * SECONDS_PER_DAY + seconds))
    }

    /// From a civil date and time in UTC; `None` if a field is out of its range.
    pub fn from_civil(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> Option<Timestamp> {
        let in_range = (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day)
            && (0..24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..=60).contains(&second);
        in_range.then(|| {
            let days = days_from_civil(year, month, day);
            Timestamp(days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second)
        })
    }

    /// The date in UTC, `2026-11-21`.
    pub fn date(self) -> String {
        let (year, month, day) = civil_from_days(self.0.div_euclid(SECONDS_PER_DAY));
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Whole days from `self` to `other`, towards zero; negative if `other` is earlier.
    pub fn days_until(self, other: Timestamp) -> i64 {
        (other.0 - self.0) / SECONDS_PER_DAY
    }
}

/// RFC 3339 in UTC, `2026-11-21T18:00:00Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second_of_day = self.0.rem_euclid(SECONDS_PER_DAY);
        let (hour, minute, second) = (second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}Z", self.date())
    }
}

fn parse_date(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = digits(parts.next()?, 2)?;
    let day = digits(parts.next()?, 2)?;
    let valid = parts.next().is_none() && Timestamp::from_civil(year, month, day, 0, 0, 0).is_some();
    valid.then(|| days_from_civil(year, month, day))
}

/// The part after the date: `T18:00:00`, an optional fraction, and `Z` or an offset.
fn parse_time(text: &str) -> Option<i64> {
    let rest = text.strip_prefix(['T', 't', ' '])?;
    let (clock, rest) = rest.split_at_checked(8)?;
    let mut parts = clock.split(':');
    let hour = digits(parts.next()?, 2)?;
    let minute = digits(parts.next()?, 2)?;
    let second = digits(parts.next()?, 2)?;
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    Some(hour * 3600 + minute * 60 + second - parse_offset(rest)?)
}

/// `Z` or `+01:00`, in seconds east of UTC.
fn parse_offset(text: &str) -> Option<i64> {
    if text == "Z" || text == "z" {
        return Some(0);
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hour, minute) = rest.split_once(':')?;
    Some(sign * (digits(hour, 2)? * 3600 + digits(minute, 2)? * 60))
}

fn digits(text: &str, length: usize) -> Option<i64> {
    let all = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar; years begin in March so that the leap day is last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

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
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in
            ["", "2026", "2026-13-01", "2026-02-29", "2026-11-21T25:00:00Z", "2026-11-21T12:00:00", "tomorrow!!"]
        {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }
}
