//! The answer in one sentence.

mod compared;
mod incomplete;

use super::{Severity, chain_not_trusted};
use crate::analysis::Analysis;
use crate::answer::Answer;
use crate::lens::Lens;

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

/// The answer, or in the router's lens what happens and to whom; where a part is missing, what there is and what to add.
pub fn headline(analysis: &Analysis<'_>, lens: Lens, answer: &Answer) -> Headline {
    match analysis.focus() {
        _ if lens == Lens::Chains => Headline {
            severity: chain_not_trusted::severity(answer.verdict),
            sentence: answer.sentence.clone(),
            detail: answer.detail.clone(),
        },
        Some(focus) if !analysis.roles.bundle.is_empty() => compared::headline(analysis, focus),
        _ => incomplete::headline(analysis),
    }
}
