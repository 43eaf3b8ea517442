//! What is at fault, as a clause that stands behind a colon.

use super::{Speech, side};
use crate::answer::ChainAnswer;
use crate::answer::cause::{Cause, Evidence};
use crate::answer::code::CauseCode;
use crate::answer::generation::Generation;
use crate::certificate::CertId;
use crate::disagreement::{Fact, Flaw, Gap, Kind};
use crate::verifier::Purpose;

/// The cause of a chain that is not accepted by all.
pub(super) fn clause(speech: &Speech<'_>, answer: &ChainAnswer, cause: &Cause) -> String {
    let first = cause.certificates.first().copied().unwrap_or(answer.leaf);
    let it = speech.subject(answer, first);
    match cause.code {
        CauseCode::Trusted => "every program accepts it".to_owned(),
        CauseCode::NoChain => "no chain was given".to_owned(),
        CauseCode::NoTrustStore => "nothing is trusted".to_owned(),
        CauseCode::MissingIntermediate => missing(speech, answer, first),
        CauseCode::ChainNotShown if matches!(cause.evidence, Evidence::LeafOnly(..)) => format!(
            "the header that forwards it carries the client's own certificate only, and not its issuer, {}",
            speech.issuer_name(first)
        ),
        CauseCode::ChainNotShown => format!(
            "the {} sent more certificates than the text shows, and {} is not among them",
            side(answer.purpose),
            speech.issuer_name(first)
        ),
        CauseCode::WrongTrust => {
            let end = cause.certificates.get(1).copied().unwrap_or(answer.leaf);
            let issuer = root(speech, cause, end);
            format!("{} holds {}, which is no CA, instead of {issuer}", speech.store(), speech.name(first))
        }
        CauseCode::UntrustedRoot | CauseCode::PrivateRoot => {
            format!("it leads to {}, which is not in {}", root(speech, cause, first), speech.store())
        }
        CauseCode::SelfSigned => format!("it signed itself, and {} does not hold it", speech.store()),
        CauseCode::SameNameOtherKey | CauseCode::StaleTrust | CauseCode::StaleLeaf => namesake(speech, answer, cause),
        CauseCode::Expired => format!("{it} expired on {}", speech.ends(first)),
        CauseCode::NotYetValid => format!("{it} is not valid before {}", speech.begins(first)),
        CauseCode::ExpiredDuplicate | CauseCode::AmbiguousStore => duplicate(speech, cause, first),
        CauseCode::AmbiguousChain => {
            format!("more than one certificate fits in the place of {it}, and some programs try one that leads nowhere")
        }
        CauseCode::LeafNotFirst => {
            let meant = cause.certificates.get(1).map_or_else(|| "its certificate".to_owned(), |id| speech.name(*id));
            format!("its file begins with {}, a CA, instead of {meant}", speech.name(first))
        }
        CauseCode::UnloadableFile => "some programs cannot read its file".to_owned(),
        CauseCode::WrongOrder => "its certificates are not sent in issuing order".to_owned(),
        CauseCode::NotACa => format!("{it} issued a certificate but {}", not_a_ca(cause)),
        CauseCode::CaAsEndEntity => {
            format!(
                "it is a CA itself (CA:TRUE), which some programs refuse as a {}'s certificate",
                side(answer.purpose)
            )
        }
        CauseCode::EndEntityTrusted => {
            format!("{} holds it without the CA above it, which some programs want", speech.store())
        }
        CauseCode::PathLength => path_length(speech, answer, first),
        CauseCode::ChainTooLong => "the chain is longer than the program allows".to_owned(),
        CauseCode::KeyUsage => format!("{it} {}", key_usage(cause)),
        CauseCode::ExtendedKeyUsage => format!("{it} is not made for a {} (extended key usage)", side(answer.purpose)),
        CauseCode::NameConstraints => format!("{it} does not allow its names (name constraints)"),
        CauseCode::NameEncoding => format!("{it} writes its issuer's name in another way than the issuer does"),
        CauseCode::HostName => host_name(answer),
        CauseCode::KeyIdMismatch => format!("{it} names another key than the one that signed it (key identifier)"),
        CauseCode::AuthoritySerialMismatch => {
            format!("{it} names another certificate than its issuer's (issuer and serial in its key identifier)")
        }
        CauseCode::OldVersion => format!("{it} is a version 1 certificate, which not every program reads"),
        CauseCode::KeyIdsAbsent => no_key_id(speech, answer, cause, first),
        CauseCode::BasicConstraintsNotCritical => format!("{it} does not mark CA:TRUE as critical"),
        CauseCode::CriticalExtension => format!("{it} holds a critical extension that not every program knows"),
        CauseCode::Extension => format!("{it} holds an extension that programs read differently"),
        CauseCode::BadSignature => format!("the signature on {it} is wrong"),
        CauseCode::WeakSignature => format!("{it} is signed with an outdated algorithm (SHA-1 or older)"),
        CauseCode::WeakKey => format!("{it} has a key that is too short"),
        CauseCode::UnsupportedAlgorithm => format!("{it} uses an algorithm that not every program knows"),
        CauseCode::AlgorithmsDiffer => format!("{it} names two different signature algorithms"),
        CauseCode::NegativeSerial => format!("the serial number of {it} is negative"),
        CauseCode::SerialNumber => format!("the serial number of {it} is zero or too long"),
        CauseCode::UnparsableCertificate => format!("not every program can read {it}"),
        CauseCode::AnchorNotSelfSigned => {
            format!("{} holds {it}, an intermediate, but not its root, {}", speech.store(), speech.issuer_name(first))
        }
        CauseCode::NotDecided => format!("rootlens cannot check the signature on {it}"),
        CauseCode::Other | CauseCode::NaivePool => words(cause),
    }
}

/// Who should have sent what.
fn missing(speech: &Speech<'_>, answer: &ChainAnswer, subject: CertId) -> String {
    let (side, issuer) = (side(answer.purpose), speech.issuer_name(subject));
    match subject == answer.leaf {
        true => format!("the {side} does not send its intermediate certificate, {issuer}"),
        false => format!("the {side} does not send {issuer}, which issued {}", speech.name(subject)),
    }
}

/// The root that a chain leads to, or the name of it where it is not here.
pub(super) fn root(speech: &Speech<'_>, cause: &Cause, end: CertId) -> String {
    match &cause.evidence {
        Evidence::Elsewhere(issuers) => match issuers.first() {
            Some(issuer) => speech.name(*issuer),
            None => speech.issuer_name(end),
        },
        _ => speech.name(end),
    }
}

/// Two CAs of one name, with what their dates say.
fn namesake(speech: &Speech<'_>, answer: &ChainAnswer, cause: &Cause) -> String {
    let Evidence::Namesake { subject, trusted, real, generation } = cause.evidence else { return words(cause) };
    let (store, name) = (speech.store(), speech.name(trusted));
    let it = speech.subject(answer, subject);
    let is_itself = real == Some(answer.leaf);
    match (generation, real) {
        (Some(Generation::StoreIsOlder), Some(real)) if is_itself => format!(
            "{store} holds the certificate of {} that it replaced on {}",
            speech.begins(trusted),
            speech.begins(real)
        ),
        (Some(Generation::StoreIsOlder), Some(real)) => format!(
            "{store} holds the {name} of {}, and the newer one of {} issued it",
            speech.begins(trusted),
            speech.begins(real)
        ),
        (Some(Generation::StoreIsOlder), None) => format!(
            "{store} holds a {name} that ended on {}, before {it} was issued on {}",
            speech.ends(trusted),
            speech.begins(subject)
        ),
        (Some(Generation::ChainIsOlder), Some(real)) => format!(
            "the {name} of {} issued it, and {store} holds the newer one of {}",
            speech.begins(real),
            speech.begins(trusted)
        ),
        (Some(Generation::ChainIsOlder), None) => format!(
            "{it} was issued on {}, before the {name} in {store} existed (since {})",
            speech.begins(subject),
            speech.begins(trusted)
        ),
        (None, _) => format!("another {name} issued it: {store} holds one of that name with another key"),
    }
}

/// Several trusted certificates of one name, and what is wrong with the one that some programs take.
fn duplicate(speech: &Speech<'_>, cause: &Cause, dead_end: CertId) -> String {
    let (store, name) = (speech.store(), speech.name(dead_end));
    let flaw = match first_kind(cause) {
        Some(Kind::DeadEndFirst(flaw)) => flaw,
        _ => Flaw::Other,
    };
    let that = match flaw {
        Flaw::Expired => format!("the one that expired on {}", speech.ends(dead_end)),
        Flaw::NotYetValid => format!("the one that is not valid before {}", speech.begins(dead_end)),
        Flaw::OtherKey => format!("the one of {}, whose key is another", speech.begins(dead_end)),
        Flaw::Older => format!("the older one of {}", speech.begins(dead_end)),
        Flaw::Other => format!("the one of {}, which leads nowhere", speech.begins(dead_end)),
    };
    let another = cause.certificates.get(1).is_some_and(|other| speech.store.certificates.contains(other));
    match another {
        true => format!("{store} holds {name} more than once, and some programs take {that}"),
        false => format!("some programs take the {name} in {store}, {that}, and not the one that is sent"),
    }
}

/// Who gives no key identifier.
fn no_key_id(speech: &Speech<'_>, answer: &ChainAnswer, cause: &Cause, subject: CertId) -> String {
    let it = speech.subject(answer, subject);
    let issuer = cause.certificates.get(1).map(|id| speech.name(*id));
    match (first_kind(cause), issuer) {
        (Some(Kind::KeyIdsAbsent(Gap::Issuer)), Some(issuer)) => {
            format!("{issuer} does not say which key it has (no subject key identifier)")
        }
        _ => format!("{it} does not say which key signed it (no authority key identifier)"),
    }
}

fn first_kind(cause: &Cause) -> Option<Kind> {
    match &cause.evidence {
        Evidence::Facts(facts) => facts.first().map(|fact: &Fact| fact.kind),
        _ => None,
    }
}

fn not_a_ca(cause: &Cause) -> &'static str {
    match first_kind(cause) {
        Some(Kind::OldVersion) => "is a version 1 certificate, which cannot say that it is a CA",
        Some(Kind::NotACa) => "says that it is no CA (CA:FALSE)",
        _ => "does not say that it is a CA",
    }
}

fn key_usage(cause: &Cause) -> &'static str {
    match first_kind(cause) {
        Some(Kind::NoCertSign) => "may not sign certificates (no keyCertSign in its key usage)",
        Some(Kind::KeyUsageAbsent) => "does not say what its key is for (no key usage)",
        _ => "may not be used for this connection (key usage)",
    }
}

fn path_length(speech: &Speech<'_>, answer: &ChainAnswer, ca: CertId) -> String {
    let it = speech.subject(answer, ca);
    let limit = speech.certificate(ca).and_then(|it| it.basic_constraints).and_then(|it| it.path_len);
    match limit {
        Some(0) => format!("{it} allows no further CA below it (path length 0), and there is one"),
        Some(limit) => format!("{it} allows at most {limit} further CAs below it, and there are more"),
        None => "there are more CAs in it than allowed".to_owned(),
    }
}

fn host_name(answer: &ChainAnswer) -> String {
    match &answer.host {
        Some(host) => format!("it is not made out to {}", host.text()),
        None => "it is not made out to the host".to_owned(),
    }
}

/// A verifier's own words.
fn words(cause: &Cause) -> String {
    match &cause.evidence {
        Evidence::Words(title, words) => format!("{title} says \u{201c}{words}\u{201d}"),
        _ => "the programs that refuse it have a reason of their own".to_owned(),
    }
}

/// What a leaf has to be made for.
pub(super) fn purpose_name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Client => "clientAuth",
        Purpose::Server | Purpose::Any => "serverAuth",
    }
}
