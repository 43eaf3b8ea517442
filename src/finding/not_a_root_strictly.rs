//! A self-signed CA of the bundle that the strict sense of root refuses.

use crate::collection::{Gather as _, Set};

use super::facts::Refusal;
use super::{Finding, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::pool::NotRoot;

/// One finding per certificate that a chain leads to, and one for all others: a bundle of public roots has many.
pub(super) fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let reached: Set<CertId> = facts::chains(analysis).flat_map(|chain| facts::reach(analysis, chain)).collect();
    let refused = facts::bundle_roots_refused(analysis);
    let (on_a_path, aside): (Vec<CertId>, Vec<CertId>) = refused.into_iter().partition(|id| reached.contains(id));
    let because = |id: CertId| Some((id, facts::refused_root(analysis.graph, id)?));
    let single = on_a_path.into_iter().filter_map(because).map(|(id, because)| finding(analysis, id, &because));
    single.chain(unreached(analysis, &aside)).gather()
}

/// Worth knowing, as no chain here leads to them.
fn unreached(analysis: &Analysis<'_>, aside: &[CertId]) -> Option<Finding> {
    let because = facts::refused_root(analysis.graph, *aside.first()?)?;
    let name = words::names(analysis, aside);
    let first = words::name(analysis, *aside.first()?);
    Some(Finding {
        code: "not-a-root-strictly",
        severity: Severity::Info,
        title: format!(
            "{} of the bundle {} for OpenZiti",
            words::count(aside.len(), "self-signed CA"),
            words::form(aside.len(), "is no root", "are no roots")
        ),
        detail: format!(
            "{name}: the check in question (identity.IsRootCa) asks for CA:TRUE, equal names and a self-signature that \
             Go accepts. {}{} The correct rule follows OpenZiti here. No chain here leads to {}.",
            if aside.len() == 1 { String::new() } else { format!("For example {first}: ") },
            why(&first, &because),
            words::form(aside.len(), "it", "them")
        ),
        certificates: aside.to_vec(),
        fix: "Nothing for the chains here. In an OpenZiti bundle use roots that are signed with SHA-256 or better and \
              whose keyUsage holds keyCertSign."
            .to_owned(),
    })
}

fn finding(analysis: &Analysis<'_>, id: CertId, because: &NotRoot) -> Finding {
    let name = words::name(analysis, id);
    let rejected = facts::clients_refused(analysis, Refusal::UnknownAuthority, &[id]);
    let whom = match rejected.is_empty() {
        true => "Nobody here is rejected for that.".to_owned(),
        false => format!(
            "{} {} to it and {} rejected.",
            words::clients(analysis, &rejected),
            words::form(rejected.len(), "leads", "lead"),
            words::form(rejected.len(), "is", "are")
        ),
    };
    Finding {
        code: "not-a-root-strictly",
        severity: if rejected.is_empty() { Severity::Warning } else { Severity::Error },
        title: format!("{name} is self-signed, and OpenZiti does not take it for a root"),
        detail: format!(
            "{} The check in question (identity.IsRootCa) asks for CA:TRUE, equal names and a self-signature that Go \
             accepts. {} The correct rule follows OpenZiti here, so {name} is no root in it. {whom}",
            why(&name, because),
            others(analysis, id)
        ),
        certificates: vec![id],
        fix: format!(
            "Replace {name} by a root with keyUsage keyCertSign (or none) that is signed with SHA-256 or better, and \
             issue what is below it anew."
        ),
    }
}

/// What others make of it (`errors.md`, section 3.4): without keyCertSign only rustls takes a root.
fn others(analysis: &Analysis<'_>, id: CertId) -> &'static str {
    let usage = analysis.graph.certificate(id).and_then(|it| it.key_usage);
    match usage.is_some_and(|usage| !usage.key_cert_sign()) {
        true => "Its keyUsage lacks keyCertSign: OpenSSL, Java and most others refuse it too, rustls takes it.",
        false => "Verifiers that do not look at a root's own signature would take it.",
    }
}

/// The step that refused, as a sentence.
pub(super) fn why(name: &str, because: &NotRoot) -> String {
    match because {
        NotRoot::NoCa => format!("{name} does not say CA:TRUE."),
        NotRoot::OtherIssuer => format!("Issuer and subject of {name} are equal only if case and spacing are ignored."),
        NotRoot::SelfSignature(words) => format!("Go refuses its self-signature: {words}."),
    }
}
