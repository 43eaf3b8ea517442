//! The answer in one sentence.

mod compared;
mod incomplete;

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

/// Says what happens and to whom; where a part is missing, what there is and what to add.
pub fn headline(analysis: &Analysis<'_>) -> Headline {
    match analysis.focus() {
        Some(focus) if !analysis.roles.bundle.is_empty() => compared::headline(analysis, focus),
        _ => incomplete::headline(analysis),
    }
}
