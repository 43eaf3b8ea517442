//! Coded facts with severity, evidence and fix; one file per finding.
//!
//! A finding reads the [`Analysis`] and recomputes nothing. To add one: a file with a `find` function that adds what it
//! finds to the list, a `mod` line and a line in [`ALL`].

mod advice;
mod facts;
mod headline;
mod reason;
mod words;

mod bundle_without_root;
mod empty_pool;
mod expired_on_path;
mod intermediate_as_root;
mod leaf_in_bundle;
mod missing_issuer;
mod not_a_root_strictly;
mod pool_depends_on_peer;
mod private_key;
mod root_only_from_peer;
mod same_name_other_key;
mod unreadable_block;

use crate::analysis::Analysis;
use crate::certificate::CertId;

pub use headline::{Headline, headline};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Somebody is rejected, or trusted wrongly.
    Error,
    /// It works today and will not, or depends on luck.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// Worse if it costs somebody access.
    fn worse_if(self, rejected: &[usize]) -> Severity {
        if rejected.is_empty() { self } else { Severity::Error }
    }
}

/// A coded fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable, for example `intermediate-as-root`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What, in a few words.
    pub title: String,
    /// What exactly and what follows from it.
    pub detail: String,
    /// The certificates concerned.
    pub certificates: Vec<CertId>,
    /// What to do.
    pub fix: String,
}

/// What was found, errors first, then warnings, then information; equals in the order in which they were added.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, finding: Finding) {
        let at = self.0.partition_point(|other| other.severity <= finding.severity);
        self.0.insert(at, finding);
    }
}

/// Adds the facts of one kind.
type Find = fn(&Analysis<'_>, &mut Findings);

/// Every finding, in the order in which equals in severity are reported.
const ALL: &[Find] = &[
    intermediate_as_root::find,
    empty_pool::find,
    leaf_in_bundle::find,
    root_only_from_peer::find,
    pool_depends_on_peer::find,
    bundle_without_root::find,
    not_a_root_strictly::find,
    same_name_other_key::find,
    missing_issuer::find,
    expired_on_path::find,
    private_key::find,
    unreadable_block::find,
];

/// Every finding about this input: errors first, then warnings, then information.
pub fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let mut findings = Findings::default();
    for find in ALL {
        find(analysis, &mut findings);
    }
    findings.0
}
