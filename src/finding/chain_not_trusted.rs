//! A chain that not every verifier accepts: the answer about it as a finding.

use super::{Finding, Findings, Severity};
use crate::answer::{Answer, ChainAnswer, Verdict};
use crate::plural::count;

/// One finding per cause and certificates at fault, worst first; nothing for a chain that is trusted.
pub(super) fn find(answer: &Answer, findings: &mut Findings) {
    let mut groups: Vec<Vec<&ChainAnswer>> = Vec::new();
    for chain in answer.chains.iter().filter(|chain| chain.verdict != Verdict::Trusted) {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| is_alike(first, chain))) {
            Some(group) => group.push(chain),
            None => groups.push(vec![chain]),
        }
    }
    for group in groups {
        findings.extend(finding(&group));
    }
}

fn is_alike(one: &ChainAnswer, other: &ChainAnswer) -> bool {
    (one.code, one.verdict, &one.certificates) == (other.code, other.verdict, &other.certificates)
}

fn finding(chains: &[&ChainAnswer]) -> Option<Finding> {
    let first = chains.first()?;
    let mut detail = first.detail.clone();
    if let more @ 1.. = chains.len() - 1 {
        detail = format!("{detail} The same holds for {}.", count(more, "further chain")).trim_start().to_owned();
    }
    Some(Finding {
        code: first.code.code(),
        severity: severity(first.verdict),
        title: first.sentence.clone(),
        detail,
        certificates: first.certificates.clone(),
        fix: first.fix.as_ref().map(|fix| fix.sentence.clone()).unwrap_or_default(),
    })
}

/// How bad a verdict is.
pub(super) fn severity(verdict: Verdict) -> Severity {
    match verdict {
        Verdict::NotTrusted => Severity::Error,
        Verdict::Depends => Severity::Warning,
        Verdict::Unknown | Verdict::Trusted => Severity::Info,
    }
}
