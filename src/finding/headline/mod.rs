//! The answer in one sentence.

use super::Severity;
use crate::analysis::Analysis;

/// The answer in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// How bad it is.
    pub severity: Severity,
    /// What happens and to whom.
    pub sentence: String,
    /// Why, and what else depends on it; may be empty.
    pub detail: String,
}

/// Says what happens and to whom.
pub fn headline(_analysis: &Analysis<'_>) -> Headline {
    Headline { severity: Severity::Info, sentence: String::new(), detail: String::new() }
}
