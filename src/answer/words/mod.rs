//! The answer in words: one sentence per chain, what else there is to say, and what to change.
//!
//! The deciding word comes first, names and dates are those of the files, and nothing is said that the verdicts do not
//! bear out.

mod advice;
mod clause;
mod fix;
mod loading;

use super::cause::{Cause, Evidence};
use super::code::CauseCode;
use super::{ChainAnswer, Verdict};
use crate::certificate::{CertId, Certificate};
use crate::graph::Graph;
use crate::inventory::Inventory;

use crate::plural::{MAX_LISTED, count, form, some_of, some_secrets};
use crate::store::StoreKind;
use crate::trust_store::TrustStore;
use crate::verifier::Purpose;

pub(super) use advice::advice;
pub(super) use fix::proven;
pub(super) use loading::{replace_by_the_corrected, unloadable, who_loads};

/// Most verifiers that a sentence names.
const MAX_NAMED: usize = 3;

/// What sentences are made of.
pub(super) struct Speech<'a> {
    pub(super) inventory: &'a Inventory,
    pub(super) graph: &'a Graph,
    pub(super) store: &'a TrustStore,
    /// What the one program that was asked is called.
    pub(super) program: Option<&'static str>,
}

impl Speech<'_> {
    /// What a sentence calls a certificate; where several share a name, the sentence gives their dates.
    pub(super) fn name(&self, id: CertId) -> String {
        self.certificate(id).map(Certificate::short_name).unwrap_or_default()
    }

    pub(super) fn certificate(&self, id: CertId) -> Option<&Certificate> {
        self.graph.certificate(id)
    }

    /// The name of the issuer that a certificate names.
    fn issuer_name(&self, id: CertId) -> String {
        let short = self.certificate(id).and_then(|it| it.issuer.short());
        short.unwrap_or_else(|| "an issuer without a name".to_owned())
    }

    /// The day on which a certificate's validity begins.
    fn begins(&self, id: CertId) -> String {
        self.certificate(id).map(|it| it.not_before.date()).unwrap_or_default()
    }

    /// The day on which a certificate's validity ends.
    fn ends(&self, id: CertId) -> String {
        self.certificate(id).map(|it| it.not_after.date()).unwrap_or_default()
    }

    /// The names of the sources that hold a certificate.
    pub(super) fn holders(&self, id: CertId) -> Vec<String> {
        let holding = self.inventory.sources.iter().filter(|source| source.certificates().contains(&id));
        holding.map(|source| source.name.clone()).collect()
    }

    /// What the trust store is called in a sentence.
    pub(super) fn store(&self) -> String {
        match self.store.kind {
            StoreKind::None => "the trust store".to_owned(),
            StoreKind::Public => "the public trust store".to_owned(),
            StoreKind::Both => format!("{} and the public trust store", list(&self.store.files)),
            StoreKind::Given => list(&self.store.files),
        }
    }

    /// What a chain's own certificate is called: its name, or its file's where that tells nothing.
    pub(super) fn leaf(&self, answer: &ChainAnswer) -> String {
        match self.name(answer.leaf).as_str() {
            "" | "(no name)" => answer.chain.clone(),
            name if answer.shares_its_name => format!("{name} ({})", answer.chain),
            name => name.to_owned(),
        }
    }

    /// A certificate as the sentence about a chain calls it: `it` for the chain's own.
    fn subject(&self, answer: &ChainAnswer, id: CertId) -> String {
        if id == answer.leaf { "it".to_owned() } else { self.name(id) }
    }
}

/// Who presents a chain.
pub(super) fn side(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Client => "client",
        Purpose::Server | Purpose::Any => "server",
    }
}

/// `a`, `a and b`, `a, b and c`; of very many the first ones.
pub(super) fn list(names: &[String]) -> String {
    match names {
        [..] if names.len() > MAX_LISTED => some_of(names),
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A certificate by name and dates, which tell it from others of its name.
fn dated(speech: &Speech<'_>, id: CertId) -> String {
    format!("the {} of {} (ends {})", speech.name(id), speech.begins(id), speech.ends(id))
}

/// The answer about one chain in a sentence.
pub(super) fn sentence(speech: &Speech<'_>, answer: &ChainAnswer, cause: &Cause) -> String {
    let leaf = speech.leaf(answer);
    match (answer.verdict, speech.program) {
        (Verdict::Trusted, program) => trusted(speech, answer, cause, program),
        (Verdict::Unknown, _) => unknown(speech, answer, cause),
        (Verdict::NotTrusted, Some(program)) => {
            format!("{program} does not accept {leaf}: {}.", clause::clause(speech, answer, cause))
        }
        (Verdict::NotTrusted, None) => format!("{leaf} is not trusted: {}.", clause::clause(speech, answer, cause)),
        (Verdict::Depends, _) => {
            let (refuse, of) = (answer.rejecting.len(), answer.accepting.len() + answer.rejecting.len());
            let verb = form(refuse, "refuses", "refuse");
            format!("{refuse} of {of} programs {verb} {leaf}: {}.", clause::clause(speech, answer, cause))
        }
    }
}

/// Where a chain leads that everybody accepts.
fn trusted(speech: &Speech<'_>, answer: &ChainAnswer, cause: &Cause, program: Option<&str>) -> String {
    let subject = match program {
        Some(program) => format!("{program} accepts {}", speech.leaf(answer)),
        None => format!("{} is trusted", speech.leaf(answer)),
    };
    let Some(&anchor) = cause.certificates.first() else { return format!("{subject}.") };
    let name = speech.name(anchor);
    let is_public = speech.inventory.public.contains(&anchor);
    let holders: Vec<String> =
        speech.holders(anchor).into_iter().filter(|it| speech.store.files.contains(it)).collect();
    match (anchor == answer.leaf, holders.is_empty()) {
        (true, false) => format!("{subject}: {} holds this very certificate.", list(&holders)),
        (false, false) => format!("{subject}: it leads to {name}, which is in {}.", list(&holders)),
        _ if is_public => format!("{subject}: it leads to {name}, a root that browsers and systems bring along."),
        _ => format!("{subject}: it leads to {name}."),
    }
}

/// What is true of a chain about which nobody can say whether it is trusted.
fn unknown(speech: &Speech<'_>, answer: &ChainAnswer, cause: &Cause) -> String {
    let leaf = speech.leaf(answer);
    let first = cause.certificates.first().copied().unwrap_or(answer.leaf);
    match cause.code {
        CauseCode::PrivateRoot => {
            let root = match &cause.evidence {
                Evidence::Elsewhere(roots) => roots.first().map(|id| speech.name(*id)),
                _ => Some(speech.name(first)),
            };
            let root = root.unwrap_or_else(|| speech.issuer_name(first));
            format!(
                "{leaf} leads to {root}, which is no public root: it is trusted only where that root was installed."
            )
        }
        CauseCode::SelfSigned => {
            format!("{leaf} signed itself: it is trusted only where this very certificate was installed.")
        }
        CauseCode::NoTrustStore => format!("Nothing here says what your program trusts, so {leaf} cannot be judged."),
        CauseCode::MissingIntermediate => format!(
            "{leaf} cannot be judged: its issuer, {}, is neither in the files nor a public root.",
            speech.issuer_name(first)
        ),
        CauseCode::LeafNotFirst | CauseCode::ChainNotShown => {
            format!("{leaf} cannot be judged: {}.", clause::clause(speech, answer, cause))
        }
        CauseCode::NotDecided => {
            format!("{leaf} cannot be judged: rootlens cannot check the signature on {}.", speech.name(first))
        }
        _ => format!("{leaf} cannot be judged with the public roots: {}.", clause::clause(speech, answer, cause)),
    }
}

/// What else there is to say: the fact at length, who refuses, and who gives no answer.
pub(super) fn detail(speech: &Speech<'_>, answer: &ChainAnswer, cause: &Cause) -> String {
    let mut sentences: Vec<String> = Vec::new();
    match &cause.evidence {
        Evidence::Facts(facts) => {
            sentences.extend(facts.iter().map(|fact| fact.sentence(&|id| among(speech, &fact.certificates, id))));
        }
        // The fix says where it is.
        Evidence::Elsewhere(_) if answer.fix.as_ref().is_some_and(|fix| !fix.verified_by.is_empty()) => {}
        Evidence::Elsewhere(issuers) => sentences.extend(elsewhere(speech, issuers)),
        Evidence::LeafOnly(form, issuers) => {
            sentences.push(format!(
                "That is the form of the header ({form}), and no fault of the client: whether it sends its chain shows where \
                 TLS ends."
            ));
            sentences.extend(elsewhere(speech, issuers));
        }
        // The sentence quotes them already.
        Evidence::Words(..) if matches!(cause.code, CauseCode::Other | CauseCode::NaivePool) => {}
        Evidence::Words(title, words) => sentences.push(format!("{title} says \u{201c}{words}\u{201d}.")),
        Evidence::Plain | Evidence::Namesake { .. } => {}
    }
    if answer.verdict == Verdict::Depends {
        sentences.push(refusing(answer));
    }
    sentences.extend(undecided(answer));
    sentences.join(" ")
}

/// What a certificate is called among others: with its date where one of them shares its name.
fn among(speech: &Speech<'_>, others: &[CertId], id: CertId) -> String {
    let name = speech.name(id);
    let is_shared = others.iter().any(|other| *other != id && speech.name(*other) == name);
    if is_shared { format!("the {name} of {}", speech.begins(id)) } else { name }
}

fn elsewhere(speech: &Speech<'_>, issuers: &[CertId]) -> Option<String> {
    let issuer = *issuers.first()?;
    let holders = speech.holders(issuer);
    (!holders.is_empty()).then(|| format!("{} is in {}.", speech.name(issuer), list(&holders)))
}

/// `Refused by NSS 3.87.1 and Java 17.`
fn refusing(answer: &ChainAnswer) -> String {
    let all = answer.rejecting.len();
    let mut named: Vec<String> = answer.rejecting.iter().take(MAX_NAMED).map(|it| it.title().to_owned()).collect();
    if let more @ 1.. = all.saturating_sub(MAX_NAMED) {
        named.push(format!("{more} more"));
    }
    format!("Refused by {}.", list(&named))
}

fn undecided(answer: &ChainAnswer) -> Option<String> {
    let titles: Vec<String> = answer.undecided.iter().map(|it| it.title().to_owned()).collect();
    let all = titles.len();
    match all {
        0 => None,
        1..=MAX_NAMED => Some(format!("Not known: what {} would say.", list(&titles))),
        _ => Some(format!("Not known: what {} would say.", count(all, "program"))),
    }
}

/// What there is without a chain, and the one thing to add: a sentence and what else there is to say.
pub(super) fn without_a_chain(speech: &Speech<'_>) -> (String, String) {
    let sources = &speech.inventory.sources;
    let certificates = sources.iter().map(|source| source.placements.len()).sum::<usize>();
    let keys: usize = sources.iter().map(|source| source.secrets.len()).sum();
    let locked: Vec<String> =
        sources.iter().filter(|source| source.needs_password()).map(|source| source.name.clone()).collect();
    let trusted = speech.store.files.as_slice();
    match (certificates, keys, trusted) {
        (0, _, _) if !locked.is_empty() => (
            format!("{} {}.", list(&locked), form(locked.len(), "needs its password", "need their passwords")),
            format!("Until then nothing can be said of the certificates in {}.", form(locked.len(), "it", "them")),
        ),
        (0, 0, _) => (
            "There is no certificate in what you gave.".to_owned(),
            "Add the certificate file of the server or client in question.".to_owned(),
        ),
        (0, secrets, _) => {
            let keys = sources.iter().map(|source| source.private_keys()).sum();
            (
                format!(
                    "There {} {} here and no certificate.",
                    form(secrets, "is", "are"),
                    some_secrets(secrets, keys)
                ),
                form(
                    secrets,
                    "It was not read. Add the certificate file that belongs to it.",
                    "They were not read. Add the certificate files that belong to them.",
                )
                .to_owned(),
            )
        }
        (_, _, []) => (
            "There is no chain to judge in what you gave.".to_owned(),
            "Add the certificate file of the server or client in question, or say under \u{201c}Sources\u{201d} which file it is."
                .to_owned(),
        ),
        (_, _, files) => (
            format!("{} says what is trusted; there is no chain to judge.", list(files)),
            "Add what the server or client in question sends: its certificate file, or the output of openssl s_client -showcerts."
                .to_owned(),
        ),
    }
}
