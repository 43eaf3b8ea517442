//! Which release of Go is re-enacted. Where two releases decide or speak differently, the code asks for the release;
//! what it does then is what the source of both has. Changes in between are dated where they are known, so that a third
//! release finds its place.

/// A release, older ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Release {
    /// Go 1.19.8, which servers still run.
    Go1_19,
    /// Go 1.27.3, the newest that is re-enacted.
    Go1_27,
}

impl Release {
    /// Before whatever the later releases changed.
    pub(super) fn is_old(self) -> bool {
        self < Release::Go1_27
    }
}
