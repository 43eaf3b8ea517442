//! Faults that no verifier sees: files that cannot be loaded, keys, headers, certificates that were never sent.

use super::facts::faults_of;
use super::{Addition, Finding, JudgedFault, Judgement};
use crate::answer::{Answer, Situation};
use crate::certificate::Certificate;
use crate::decode::Repair;
use crate::error_text::{ErrorLine, Fault};
use crate::inventory::{Loading, Source};
use crate::verifier::Purpose;

/// Whether a fault is out of a verifier's sight.
pub(super) fn is_beyond_a_verifier(fault: Fault) -> bool {
    matches!(fault, Fault::KeyMismatch | Fault::CertificateWithheld | Fault::HeaderEncoding | Fault::Revoked)
}

/// What is left of a fault where a verifier's words come from another one, or it does not say them.
pub(super) fn beside_a_verifier(situation: &Situation<'_, '_>, fault: Fault) -> Judgement {
    match fault {
        Fault::UnloadableFile if trusted(situation).any(is_damaged) => Judgement::Undecidable(Addition::DeployedFile),
        Fault::KeyMismatch => Judgement::Undecidable(Addition::PublicKey),
        Fault::CertificateWithheld => Judgement::Undecidable(Addition::ClientSetup),
        Fault::HeaderEncoding => Judgement::Undecidable(Addition::ReceivedHeader),
        Fault::Revoked => Judgement::Undecidable(Addition::RevocationList),
        _ => Judgement::Refuted,
    }
}

/// Judges a line that is about files rather than about a verifier's decision.
pub(super) fn judge(situation: &Situation<'_, '_>, answer: &Answer, line: &ErrorLine) -> (Finding, Vec<JudgedFault>) {
    let faults = line.message.faults.iter();
    let mut judged: Vec<JudgedFault> =
        faults.map(|&fault| JudgedFault { fault, judgement: of_fault(situation, answer, fault) }).collect();
    judged.sort_by_key(|it| it.judgement != Judgement::Confirmed);
    let is_header = judged.first().is_some_and(|it| it.fault == Fault::HeaderEncoding);
    if let Some(header) = header(situation).filter(|_| is_header) {
        return (header, judged);
    }
    let finding = match judged.iter().find(|it| it.judgement != Judgement::Refuted).map(|it| it.judgement) {
        Some(Judgement::Confirmed) => Finding::Shown,
        Some(Judgement::Undecidable(addition)) => Finding::Open(addition),
        _ => Finding::Open(Addition::DeployedFile),
    };
    (finding, judged)
}

fn of_fault(situation: &Situation<'_, '_>, answer: &Answer, fault: Fault) -> Judgement {
    let is_cause = answer.chains.iter().any(|chain| faults_of(situation.graph, chain).contains(&fault));
    match fault {
        _ if is_cause => Judgement::Confirmed,
        Fault::UnloadableFile if situation.inventory.sources.iter().any(|source| is_damaged(source)) => {
            Judgement::Confirmed
        }
        Fault::HeaderEncoding if header(situation).is_some() => Judgement::Confirmed,
        Fault::UnloadableFile => Judgement::Undecidable(Addition::DeployedFile),
        Fault::LeafNotFirst | Fault::WrongOrder if answer.chains.is_empty() => Judgement::Undecidable(Addition::Chain),
        Fault::EmptyStore if trusted(situation).next().is_none() => Judgement::Undecidable(Addition::TrustStore),
        Fault::CertificateWithheld if is_withheld(situation) => Judgement::Confirmed,
        other => beside_a_verifier(situation, other),
    }
}

/// The first header that forwards a certificate: the words say that it was not read, and its form says who does not read it.
fn header(situation: &Situation<'_, '_>) -> Option<Finding> {
    situation.inventory.sources.iter().find_map(|source| {
        let forwarded = source.part.as_ref()?.forwarded.as_ref()?;
        Some(Finding::ForwardedForm { source: source.name.clone(), form: forwarded.form })
    })
}

/// Some program gets too little out of a file, something in a file of certificates could not be read, or only after repairs
/// that programs do not make. A log is no such file.
fn is_damaged(source: &Source) -> bool {
    let is_log = source.placements.is_empty() && !source.error_lines.is_empty();
    if source.loading.as_ref().is_some_and(Loading::is_of_a_faulty_form) {
        return true;
    }
    let mut repairs = source.placements.iter().flat_map(|placement| &placement.repairs);
    !is_log && (!source.problems.is_empty() || repairs.any(|repair| !is_of_its_form(repair)))
}

/// What a certificate looks like within a Secret, a header, YAML or JSON, from which it is taken before it is loaded.
fn is_of_its_form(repair: &Repair) -> bool {
    matches!(
        repair,
        Repair::Base64Layer { .. }
            | Repair::UrlEncoding { .. }
            | Repair::Indentation
            | Repair::EscapedNewlines
            | Repair::EscapedCharacters
            | Repair::Quotes
    )
}

fn trusted<'a>(situation: &'a Situation<'_, '_>) -> impl Iterator<Item = &'a Source> {
    let sources = situation.inventory.sources.iter().map(|source| source.as_ref());
    sources.filter(|source| situation.store.files.contains(&source.name))
}

/// Whether the CA names that a server lists, those of what it trusts, contain no issuer of any client's chain.
/// Clients then send no certificate (RFC 8446, 4.2.4; `crypto/tls/common.go`,
/// `CertificateRequestInfo.SupportsCertificate`).
fn is_withheld(situation: &Situation<'_, '_>) -> bool {
    let certificate = |id| situation.graph.certificate(id);
    let mut listed = situation.store.given().iter().filter_map(|id| certificate(*id)).peekable();
    let clients = situation.acceptance.questions.iter().filter(|it| it.purpose == Purpose::Client);
    let mut chains = clients.map(|it| it.chain.certificates()).peekable();
    if listed.peek().is_none() || chains.peek().is_none() {
        return false;
    }
    let listed: Vec<&Certificate> = listed.collect();
    let is_listed = |it: &Certificate| listed.iter().any(|ca| ca.subject == it.issuer);
    chains.all(|chain| !chain.into_iter().filter_map(certificate).any(is_listed))
}
