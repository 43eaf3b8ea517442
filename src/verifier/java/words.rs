//! How Java writes what it throws.

use std::fmt;

use super::checks::Failure;
use crate::time::Timestamp;

/// `java.util.Date.toString` in UTC: `Tue Jan 01 00:00:00 UTC 2030`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Date(pub(super) Timestamp);

const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SECONDS_PER_DAY: i64 = 86_400;

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // 1970-01-01 was a Thursday.
        let weekday = usize::try_from(self.0.0.div_euclid(SECONDS_PER_DAY).rem_euclid(7)).unwrap_or_default();
        let text = self.0.to_string();
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
        let month = part(5..7).parse::<usize>().unwrap_or_default();
        let (weekday, month) = (DAYS.get(weekday), MONTHS.get(month.wrapping_sub(1)));
        let (weekday, month) = (weekday.copied().unwrap_or_default(), month.copied().unwrap_or_default());
        write!(f, "{weekday} {month} {} {} UTC {}", part(8..10), part(11..19), part(0..4))
    }
}

/// The builder's one message.
pub(super) const NO_PATH: &str =
    "SunCertPathBuilderException: unable to find valid certification path to requested target";
/// No anchor has the name and the key identifier that the path asks for.
pub(super) const NO_ANCHOR: &str = "Path does not chain with any of the trust anchors";

/// Exception and causes, as the validator throws it: without a cause of its own, it is its own cause.
pub(super) fn validator(failure: &Failure) -> String {
    match failure {
        Failure::CertPath { message, cause } => {
            let own = format!("CertPathValidatorException: {message}");
            let cause = cause.as_ref().unwrap_or(&own);
            format!("{own} <- {cause}")
        }
        Failure::Bare(message) => format!("CertPathValidatorException: {message}"),
        Failure::Unchecked(words) => words.clone(),
        Failure::NotChecked => failure.message().to_owned(),
    }
}

/// A `ValidatorException` around an exception, whose `toString` names its package.
pub(super) fn wrapped(what: &str, package: &str, inner: &str) -> String {
    let first = inner.split(" <- ").next().unwrap_or_default();
    format!("ValidatorException: PKIX path {what} failed: {package}{first} <- {inner}")
}

/// Where the exceptions live.
pub(super) const CERT_PACKAGE: &str = "java.security.cert.";
/// Where the builder's exception lives.
pub(super) const BUILDER_PACKAGE: &str = "sun.security.provider.certpath.";
/// Where the exception about an anchor lives.
pub(super) const VALIDATOR_PACKAGE: &str = "sun.security.validator.";

#[cfg(test)]
mod tests {
    use super::Date;
    use crate::time::Timestamp;

    #[test]
    fn dates() {
        for (text, date) in [
            ("2030-01-01T00:00:00Z", "Tue Jan 01 00:00:00 UTC 2030"),
            ("2020-01-01T00:00:00Z", "Wed Jan 01 00:00:00 UTC 2020"),
            ("1969-12-31T23:59:59Z", "Wed Dec 31 23:59:59 UTC 1969"),
        ] {
            assert_eq!(Timestamp::parse(text).map(|at| Date(at).to_string()).as_deref(), Some(date));
        }
    }
}
