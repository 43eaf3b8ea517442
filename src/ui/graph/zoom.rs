//! How large the drawing is shown: plain numbers, tested natively.

/// At which the drawing's 11 px words can be read by everyone; where there is less room, the frame scrolls.
pub(crate) const LIFE_SIZE: f64 = 1.0;
const SMALLEST: f64 = 0.25;
const LARGEST: f64 = 3.0;
/// One press of a zoom button.
const STEP: f64 = 1.25;

/// The scale at which a drawing of this width fits the room, never above life size.
pub(crate) fn fitting(width: i32, room: Option<i32>) -> f64 {
    let Some(room) = room.filter(|_| 0 < width) else { return LIFE_SIZE };
    (f64::from(room) / f64::from(width)).clamp(SMALLEST, LIFE_SIZE)
}

pub(crate) fn closer(scale: f64) -> f64 {
    (scale * STEP).min(LARGEST)
}

pub(crate) fn farther(scale: f64) -> f64 {
    (scale / STEP).max(SMALLEST)
}

/// The scroll offset that keeps what is `at` pixels from the frame's edge in its place.
pub(crate) fn anchored(scroll: i32, at: i32, from: f64, to: f64) -> i32 {
    (f64::from(scroll + at) * to / from).round() as i32 - at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_made_to_fit_within_limits() {
        assert_eq!(fitting(400, Some(800)), LIFE_SIZE);
        assert_eq!(fitting(1000, Some(800)), 0.8);
        assert_eq!(fitting(4000, Some(800)), SMALLEST);
        assert_eq!((fitting(1000, None), fitting(0, Some(800))), (1.0, 1.0));
    }

    #[test]
    fn zooming_has_limits() {
        assert_eq!((closer(LARGEST), farther(SMALLEST)), (LARGEST, SMALLEST));
        assert_eq!(farther(closer(1.0)), 1.0);
    }

    #[test]
    fn the_point_under_the_pointer_stays() {
        assert_eq!(anchored(100, 50, 1.0, 2.0), 250);
        assert_eq!(anchored(0, 0, 1.0, 0.5), 0);
    }
}
