//! The part of time that the time line shows: plain numbers, tested natively.

use crate::time::Timestamp;

/// Seconds of a step of the slider.
pub(crate) const STEP: i64 = 3_600;

/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

/// The part of time that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeSpan {
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
    /// The as-of date, which may lie outside.
    pub(crate) at: Timestamp,
}

impl TimeSpan {
    /// The instants and some room around them: a root's decades would leave a leaf's year no width. It begins and ends
    /// at whole steps of the slider.
    pub(crate) fn around(instants: &[Timestamp], at: Timestamp) -> TimeSpan {
        let first = instants.iter().min().unwrap_or(&at).0;
        let last = instants.iter().max().unwrap_or(&at).0;
        let room = ((last - first) / 6).max(DAY);
        let whole = |seconds: i64| Timestamp(seconds - seconds.rem_euclid(STEP));
        TimeSpan { from: whole(first - room), until: whole(last + room), at }
    }

    /// Where an instant stands, in hundredths of a percent; what is outside stands at the edge.
    pub(crate) fn place(&self, instant: Timestamp) -> i64 {
        let inside = instant.clamp(self.from, self.until).0 - self.from.0;
        let whole = (self.until.0 - self.from.0).max(1);
        // An instant may be at the end of all time that a certificate can name.
        (i128::from(inside) * 10_000 / i128::from(whole)) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_around_the_instants() {
        let span = TimeSpan::around(&[Timestamp(60 * DAY), Timestamp(0)], Timestamp(90 * DAY));
        assert_eq!((span.from, span.until), (Timestamp(-10 * DAY), Timestamp(70 * DAY)));
        let alone = TimeSpan::around(&[], Timestamp(DAY + 1));
        assert_eq!((alone.from, alone.until), (Timestamp(0), Timestamp(2 * DAY)));
    }

    #[test]
    fn what_is_outside_stands_at_the_edge() {
        let span = TimeSpan::around(&[Timestamp(0), Timestamp(60 * DAY)], Timestamp(0));
        assert_eq!(span.place(Timestamp(i64::MIN)), 0);
        assert_eq!(span.place(Timestamp(30 * DAY)), 5_000);
        assert_eq!(span.place(Timestamp(i64::MAX)), 10_000);
    }
}
