//! Coded facts with severity, evidence and fix; one file per finding.
//!
//! A finding reads the [`Analysis`] and recomputes nothing. To add one: a file with a `find` function, a `mod` line
//! and a line in [`ALL`].

mod headline;

use crate::analysis::Analysis;
use crate::certificate::CertId;

pub use headline::{Headline, headline};

/// How bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Somebody is rejected, or trusted wrongly.
    Error,
    /// It works today and will not, or depends on luck.
    Warning,
    /// Worth knowing.
    Info,
}

/// A coded fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable, for example `intermediate-as-root`.
    pub code: &'static str,
    /// How bad.
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

/// Looks for one kind of fact.
type Find = fn(&Analysis<'_>) -> Vec<Finding>;

/// Every finding, in the order in which equals in severity are reported.
const ALL: &[Find] = &[];

/// Every finding about this input: errors first, then warnings, then information.
pub fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = ALL.iter().flat_map(|find| find(analysis)).collect();
    findings.sort_by_key(|finding| finding.severity);
    findings
}
