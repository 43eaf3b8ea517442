//! The two time forms, as strictly as Go reads them: what a parsed time is written back as must equal the input.

use std::fmt;

use super::error::TimeError;
use crate::der::{GENERALIZED_TIME, Reader, UTC_TIME};
use crate::time::{Asn1Time, Timestamp};

/// An instant, with the offset it was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant {
    /// The instant itself, in UTC.
    pub at: Timestamp,
    /// Seconds east of UTC; Go accepts times with an offset and shows them so.
    pub offset: i64,
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
pub(crate) fn read_time(reader: &mut Reader<'_>) -> Result<Instant, TimeError> {
    let refusal = match reader.0.first() {
        Some(&UTC_TIME) => TimeError::UtcTime,
        Some(&GENERALIZED_TIME) => TimeError::GeneralizedTime,
        _ => return Err(TimeError::UnsupportedFormat),
    };
    let time = reader.read_any().and_then(|element| Asn1Time::read(element.tag, element.contents));
    let time = time.filter(|time| time.is_strict).ok_or(refusal)?;
    Ok(Instant { at: time.at, offset: time.offset })
}

#[cfg(test)]
mod tests {
    use super::{Reader, TimeError, read_time};

    fn read(tag: u8, text: &str) -> Result<String, TimeError> {
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
            assert_eq!(read(0x17, text), Err(TimeError::UtcTime), "{text}");
        }
        assert_eq!(read(0x18, "20260601000000.5Z"), Err(TimeError::GeneralizedTime));
        assert_eq!(read(0x18, "202606010000Z"), Err(TimeError::GeneralizedTime));
        assert_eq!(read(0x04, "260601000000Z"), Err(TimeError::UnsupportedFormat));
    }
}
