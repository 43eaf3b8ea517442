//! Coded facts with severity, evidence and fix; one file per finding.
//!
//! A finding reads the [`Analysis`] and recomputes nothing. To add one: a file with a `find` function that adds what it
//! finds to the list, a `mod` line and a line in [`OF_FILES`] or [`OF_ROUTER`].

mod advice;
mod facts;
mod headline;
mod reason;
mod words;

mod budget_spent;
mod bundle_without_root;
mod chain_not_trusted;
mod empty_pool;
mod expired_on_path;
mod intermediate_as_root;
mod leaf_in_bundle;
mod missing_issuer;
mod not_a_root_strictly;
mod pool_depends_on_peer;
mod private_key;
mod revoked;
mod root_only_from_peer;
mod same_name_other_key;
mod unreadable_block;

use crate::analysis::Analysis;
use crate::answer::Answer;
use crate::certificate::CertId;
use crate::lens::Lens;

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

/// What was found, in the order in which it was added.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Extend<Finding> for Findings {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, findings: T) {
        findings.into_iter().for_each(|finding| self.add(finding));
    }
}

impl Findings {
    fn add(&mut self, finding: Finding) {
        self.0.push(finding);
    }
}

/// Adds the facts of one kind.
type Find = fn(&Analysis<'_>, &mut Findings);

/// What concerns every verifier, whichever question leads.
const OF_FILES: &[Find] = &[budget_spent::find, revoked::find, private_key::find, unreadable_block::find];

/// What concerns a program that derives its own root pool, in the order in which equals in severity are reported.
const OF_ROUTER: &[Find] = &[
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
    budget_spent::find_in_pools,
];

/// Every finding about this input in the light of the question that leads: errors first, then warnings, then information.
///
/// What is found of chains is what the answer says of them, so that no finding contradicts a verdict.
pub fn find(analysis: &Analysis<'_>, lens: Lens, answer: &Answer) -> Vec<Finding> {
    let mut findings = Findings::default();
    match lens {
        Lens::Chains => chain_not_trusted::find(answer, &mut findings),
        Lens::Router => OF_ROUTER.iter().for_each(|find| find(analysis, &mut findings)),
    }
    OF_FILES.iter().for_each(|find| find(analysis, &mut findings));
    findings.0.sort_by_key(|finding| finding.severity);
    findings.0
}
