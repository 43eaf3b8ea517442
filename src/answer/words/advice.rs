//! What to do where the files at hand cannot mend a chain: what to get, from where, or which certificate to have issued
//! anew with which fields.

use super::clause::{purpose_name, root as root_name};
use super::{Speech, dated, list, side};
use crate::answer::cause::{Cause, Evidence};
use crate::answer::code::CauseCode;
use crate::answer::{Advice, ChainAnswer, files, lead};
use crate::certificate::{CertId, GeneralName};
use crate::disagreement::{Gap, Kind, Usage};
use crate::oid;
use crate::plural::count;
use crate::role::Chain;
use crate::shell::quoted;
use crate::verifier::Host;

/// What to do about a cause that no edit of the files mends; `None` where nothing has to be done.
pub(in crate::answer) fn advice(
    speech: &Speech<'_>,
    chain: &Chain,
    answer: &ChainAnswer,
    cause: &Cause,
) -> Option<Advice> {
    let first = cause.certificates.first().copied().unwrap_or(answer.leaf);
    let words = match cause.code {
        CauseCode::Trusted | CauseCode::NoChain | CauseCode::NotDecided => return None,
        CauseCode::MissingIntermediate => return Some(get_the_issuer(speech, chain, answer, first)),
        CauseCode::ChainNotShown if matches!(cause.evidence, Evidence::LeafOnly(..)) => give_the_issuer(speech, first),
        CauseCode::ChainNotShown => return Some(show_the_chain(answer)),
        CauseCode::NoTrustStore => "Add the file with the CAs that your program trusts.".to_owned(),
        CauseCode::WrongTrust => {
            let end = cause.certificates.get(1).copied().unwrap_or(answer.leaf);
            let issuer = root_name(speech, cause, end);
            format!(
                "Put the CA certificate of {issuer} into {}, in the place of {}.",
                speech.store(),
                speech.name(first)
            )
        }
        CauseCode::UntrustedRoot | CauseCode::PrivateRoot => trust_the_root(speech, cause, first),
        CauseCode::SelfSigned => format!(
            "Install this certificate in the trust store of whoever connects, or have {} issued by a CA that they trust.",
            speech.name(first)
        ),
        CauseCode::SameNameOtherKey | CauseCode::StaleTrust => get_todays_ca(speech, cause, first),
        CauseCode::StaleLeaf => {
            format!("Have {} issued anew by the {} that is trusted.", speech.leaf(answer), speech.issuer_name(first))
        }
        CauseCode::Expired => renew(speech, answer, first),
        CauseCode::NotYetValid => {
            format!(
                "Check the clock. If it is right, wait until {} or have a new certificate issued.",
                speech.begins(first)
            )
        }
        CauseCode::HostName => host_name(speech, answer),
        _ => reissue(speech, answer, cause, first)?,
    };
    Some(Advice { sentence: words, commands: Vec::new() })
}

/// Which certificate has to be made anew, by whom, with which fields.
fn reissue(speech: &Speech<'_>, answer: &ChainAnswer, cause: &Cause, first: CertId) -> Option<String> {
    let anew = || anew(speech, first);
    let words = match cause.code {
        CauseCode::NotACa => format!(
            "{} with basicConstraints CA:TRUE (critical) and keyUsage keyCertSign. With the same name and key, what it \
             issued stays as it is.",
            anew()
        ),
        CauseCode::CaAsEndEntity => format!("{} with CA:FALSE, or use this CA to issue one.", anew()),
        CauseCode::EndEntityTrusted => format!("Trust the CA that issued {} instead of it.", speech.name(first)),
        CauseCode::PathLength => {
            format!("{} without the path length limit, or issue {} directly from it.", anew(), speech.leaf(answer))
        }
        CauseCode::ChainTooLong => raise_the_limit(speech, answer),
        CauseCode::KeyUsage => format!("{} with keyUsage {}.", anew(), usages(speech, cause, first)),
        CauseCode::ExtendedKeyUsage => purposes(speech, answer, first),
        CauseCode::NameConstraints => names_outside(speech, answer, first),
        CauseCode::NameEncoding => {
            format!("{}, its issuer's name copied from the CA's certificate byte for byte.", anew())
        }
        CauseCode::KeyIdMismatch => format!("{} with the key identifier of the CA that signs it.", anew()),
        CauseCode::AuthoritySerialMismatch => {
            format!("{} with a key identifier that holds the key id alone (no issuer, no serial).", anew())
        }
        CauseCode::OldVersion => format!("{} in version 3.", anew()),
        CauseCode::KeyIdsAbsent => match (kind_of(cause), cause.certificates.get(1)) {
            (Some(Kind::KeyIdsAbsent(Gap::Issuer)), Some(&issuer)) => {
                format!("{} with subjectKeyIdentifier.", self::anew(speech, issuer))
            }
            _ => format!("{} with authorityKeyIdentifier.", anew()),
        },
        CauseCode::BasicConstraintsNotCritical => format!("{} with basicConstraints marked as critical.", anew()),
        CauseCode::CriticalExtension => format!("{} without that extension, or not marked as critical.", anew()),
        CauseCode::Extension => format!("{} without that extension.", anew()),
        CauseCode::WeakSignature => format!("{}, signed with SHA-256.", anew()),
        CauseCode::WeakKey => format!("{} with a new key: RSA of 2,048 bits or more, or ECDSA P-256.", anew()),
        CauseCode::UnsupportedAlgorithm => {
            format!("{} with an ECDSA P-256 or RSA key if the other programs have to accept it.", anew())
        }
        CauseCode::AlgorithmsDiffer | CauseCode::UnparsableCertificate => format!("{}: it breaks the format.", anew()),
        CauseCode::NegativeSerial | CauseCode::SerialNumber => {
            format!("{} with a positive serial number of at most 20 bytes.", anew())
        }
        CauseCode::BadSignature => {
            format!("Get {} again from whoever issued it: this copy was changed or damaged.", speech.name(first))
        }
        CauseCode::AnchorNotSelfSigned => format!(
            "Add its root, {}, to {}, or let the program end chains there (OpenSSL: -partial_chain, Node.js: \
             allowPartialTrustChain).",
            speech.issuer_name(first),
            speech.store()
        ),
        CauseCode::ExpiredDuplicate | CauseCode::AmbiguousStore => {
            format!("Take {} out of {}.", dated(speech, first), speech.store())
        }
        CauseCode::AmbiguousChain => {
            format!("Take {} out of what the {} sends.", dated(speech, first), side(answer.purpose))
        }
        CauseCode::WrongOrder | CauseCode::LeafNotFirst => {
            format!("Put {} first, then each issuer below what it issued.", speech.leaf(answer))
        }
        _ => return None,
    };
    Some(words)
}

/// How many intermediates the program has to allow, and where nginx is told so (`ngx_http_ssl_module`,
/// `ngx_http_proxy_module`).
fn raise_the_limit(speech: &Speech<'_>, answer: &ChainAnswer) -> String {
    let path = lead::shortest_path(speech.graph, answer.leaf, &speech.store.certificates);
    let Some(between) = path.and_then(|path| path.len().checked_sub(2)) else {
        return "Raise the program's limit on the length of chains.".to_owned();
    };
    let limit = format!("Let the program allow {}", count(between, "intermediate CA"));
    match speech.program {
        Some("nginx") => {
            format!("{limit}: ssl_verify_depth {between}, or proxy_ssl_verify_depth {between} towards an upstream.")
        }
        _ => format!("{limit}."),
    }
}

/// `Have Example Root issue Example CA anew`, or for what signed itself `Make Example Root anew`.
fn anew(speech: &Speech<'_>, id: CertId) -> String {
    match speech.graph.self_issued(id) {
        true => format!("Make {} anew", speech.name(id)),
        false => format!("Have {} issue {} anew", speech.issuer_name(id), speech.name(id)),
    }
}

/// How to see all that the server sends (`openssl-s_client(1)`).
fn show_the_chain(answer: &ChainAnswer) -> Advice {
    let host = answer.host.as_ref().map_or("HOST", Host::text);
    let (address, name) = (quoted(&format!("{host}:443")), quoted(host));
    Advice {
        sentence: "Print the whole chain with -showcerts, and drop that text here.".to_owned(),
        commands: vec![format!("openssl s_client -connect {address} -servername {name} -showcerts < /dev/null")],
    }
}

/// What a program behind the proxy needs beside the header.
fn give_the_issuer(speech: &Speech<'_>, subject: CertId) -> String {
    format!(
        "Trust the proxy, which saw the whole chain, or give the program behind it {} as an intermediate certificate of its \
         own.",
        speech.issuer_name(subject)
    )
}

/// The issuer is nowhere in the files: where its issuer publishes it, if the certificate says so (RFC 5280, 4.2.2.1).
fn get_the_issuer(speech: &Speech<'_>, chain: &Chain, answer: &ChainAnswer, subject: CertId) -> Advice {
    let (issuer, side) = (speech.issuer_name(subject), side(answer.purpose));
    let below = if subject == answer.leaf { "its own certificate".to_owned() } else { speech.name(subject) };
    let append = format!("Append {issuer} to the {side}'s certificate file, below {below}.");
    match ca_issuers(speech, subject) {
        Some(url) => Advice {
            sentence: format!("{append} Its CA publishes it at {url}."),
            commands: vec![download(&url, &files::name_of_chain(speech, chain))],
        },
        None => Advice { sentence: format!("{append} Whoever issued the certificate has it."), commands: Vec::new() },
    }
}

fn download(url: &str, file: &str) -> String {
    let (url, file) = (quoted(url), quoted(file));
    format!("curl -sSfo issuer.cer {url}\nopenssl x509 -in issuer.cer -outform PEM >> {file}")
}

/// The address of the issuer's certificate that a certificate gives.
fn ca_issuers(speech: &Speech<'_>, subject: CertId) -> Option<String> {
    let certificate = speech.certificate(subject)?;
    certificate.authority_info_access.iter().find_map(|(method, location)| match location {
        GeneralName::Uri(url) if *method == oid::CA_ISSUERS && is_web_address(url) => Some(url.clone()),
        _ => None,
    })
}

/// Whoever made the certificate chose the address, so only what a browser would open is passed on.
fn is_web_address(url: &str) -> bool {
    let is_web = url.starts_with("http://") || url.starts_with("https://");
    is_web && url.chars().all(|character| character.is_ascii_graphic())
}

fn trust_the_root(speech: &Speech<'_>, cause: &Cause, end: CertId) -> String {
    let root = root_name(speech, cause, end);
    match cause.code {
        CauseCode::PrivateRoot => {
            format!("Add the file with the CAs that your program trusts; it has to hold {root}.")
        }
        _ => format!("Add {root} to {}, if it is the CA that you expect.", speech.store()),
    }
}

fn get_todays_ca(speech: &Speech<'_>, cause: &Cause, first: CertId) -> String {
    let name = match cause.evidence {
        Evidence::Namesake { trusted, .. } => speech.name(trusted),
        _ => speech.name(first),
    };
    format!("Put the {name} that issued the chain into {}, in the place of the one that is there.", speech.store())
}

fn renew(speech: &Speech<'_>, answer: &ChainAnswer, expired: CertId) -> String {
    let certificate = speech.certificate(expired);
    match certificate.is_some_and(|it| it.is_ca()) && expired != answer.leaf {
        true => format!(
            "Get the renewed {} (same name, same key, later dates) and put it in the place of this one; without one, have \
             {} issued anew.",
            speech.name(expired),
            speech.leaf(answer)
        ),
        false => format!("Have {} issued anew: it ended on {}.", speech.name(expired), speech.ends(expired)),
    }
}

fn host_name(speech: &Speech<'_>, answer: &ChainAnswer) -> String {
    let wanted = match &answer.host {
        Some(Host::Ip(address)) => format!("IP:{address}"),
        Some(Host::Dns(name)) => format!("DNS:{name}"),
        None => return format!("Have {} issued anew with the name of the host.", speech.leaf(answer)),
    };
    let names = speech.certificate(answer.leaf).and_then(|it| it.subject_alt_names.as_ref());
    let names: Vec<String> = names.into_iter().flatten().map(GeneralName::to_string).take(3).collect();
    let instead = match names.as_slice() {
        [] => "It has no subject alternative name at all".to_owned(),
        names => format!("It is for {}", list(names)),
    };
    format!(
        "{instead}: have it issued anew with the subject alternative name {wanted}, or connect by a name that it has."
    )
}

fn kind_of(cause: &Cause) -> Option<Kind> {
    match &cause.evidence {
        Evidence::Facts(facts) => facts.first().map(|fact| fact.kind),
        _ => None,
    }
}

fn usages(speech: &Speech<'_>, cause: &Cause, first: CertId) -> &'static str {
    let is_ca = speech.certificate(first).is_some_and(|it| it.is_ca());
    match kind_of(cause) {
        Some(Kind::NoCertSign | Kind::KeyUsageAbsent) => "keyCertSign",
        _ if is_ca => "keyCertSign",
        Some(Kind::LeafKeyUsage(Usage::KeyEncipherment)) => "digitalSignature and keyEncipherment",
        Some(Kind::LeafKeyUsage(Usage::DigitalSignature)) => "digitalSignature",
        _ => "digitalSignature (and keyEncipherment for RSA keys)",
    }
}

fn purposes(speech: &Speech<'_>, answer: &ChainAnswer, first: CertId) -> String {
    let purpose = purpose_name(answer.purpose);
    match first == answer.leaf {
        true => format!("{} with {purpose} in its extendedKeyUsage.", anew(speech, first)),
        false => format!("{} without extendedKeyUsage, or with {purpose} in it.", anew(speech, first)),
    }
}

fn names_outside(speech: &Speech<'_>, answer: &ChainAnswer, ca: CertId) -> String {
    let constraints = speech.certificate(ca).and_then(|it| it.name_constraints.as_ref());
    let text = |names: &[GeneralName]| list(&names.iter().take(3).map(GeneralName::to_string).collect::<Vec<_>>());
    let limits = constraints.map(|it| match (it.permitted.is_empty(), it.excluded.is_empty()) {
        (false, _) => format!(" ({} permits {})", speech.name(ca), text(&it.permitted)),
        (true, false) => format!(" ({} excludes {})", speech.name(ca), text(&it.excluded)),
        (true, true) => String::new(),
    });
    format!(
        "Have {} issued anew with names that are allowed{}, or have {} issued anew with other name constraints.",
        speech.leaf(answer),
        limits.unwrap_or_default(),
        speech.name(ca)
    )
}
