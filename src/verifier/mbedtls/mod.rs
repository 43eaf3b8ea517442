//! mbedTLS 2.28.3, `mbedtls_x509_crt_verify` with the default profile, as Debian builds it.
//!
//! `parse` reads certificates as mbedTLS does, `chain` builds the one chain there is, `hostname` compares names, `words`
//! holds flags and their texts. The library leaves the leaf's purpose to the program that calls it; this one asks
//! `mbedtls_x509_crt_check_extended_key_usage` once the chain is accepted.

mod chain;
mod hostname;
mod parse;
mod words;

use super::{Attempt, Engine, Host, Outcome, Purpose, Query, Verdict};
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::oid;
use chain::{Member, Search};
use parse::{Code, Parsed, parse};
use words::{BAD_KEY, CN_MISMATCH, EXT_KEY_USAGE, Flags};

/// The engine as the registry lists it.
pub(super) const ENGINE: Engine = Engine { name: "mbedtls-2.28.3", aliases: &["mbedtls"], seconds_early: 0, verify };

/// `mbedtls_x509_crt_verify`, then the leaf's purpose.
pub fn verify(graph: &Graph, query: &Query<'_>) -> Verdict {
    let leaf = match member(graph, query.leaf) {
        Ok(leaf) => leaf,
        Err(code) => return unreadable_leaf(query.leaf, code),
    };
    let mut trail = Vec::new();
    let presented = readable(graph, query.presented, false, &mut trail);
    let trusted = readable(graph, query.trusted, true, &mut trail);
    let suffix = if trail.is_empty() { "" } else { words::SOME_UNPARSABLE };
    let leaf_flags = check_leaf(&leaf.parsed, query.host.as_ref());
    let (trusted, presented) = (trusted.as_slice(), presented.as_slice());
    let mut search = Search { graph, at: query.at, trusted, presented, chain: Vec::new(), trail, unknown: None };
    let ending = search.build(&leaf);
    let (outcome, detail) = match (search.unknown, ending) {
        (Some(certain), _) => unknown(certain, leaf_flags),
        // The library gives up, and its flags mean nothing.
        (None, Err(chain::TooLong)) => (Outcome::Stopped, words::result(words::FATAL_ERROR, Flags::default())),
        (None, Ok(())) => judge(&mut search, leaf_flags, query.purpose),
    };
    conclude(search, outcome, detail, suffix)
}

/// The flags of the chain, and the leaf's purpose if there are none.
fn judge(search: &mut Search<'_, '_>, leaf_flags: Flags, purpose: Purpose) -> (Outcome, String) {
    let mut flags = search.flags();
    flags.add(leaf_flags);
    if !flags.is_empty() {
        return (Outcome::Rejected, words::result(words::CERT_VERIFY_FAILED, flags));
    }
    if search.chain.first().is_some_and(|leaf| !purpose_is_allowed(&leaf.member.parsed, purpose)) {
        return (Outcome::Rejected, words::result(words::WRONG_USAGE, EXT_KEY_USAGE));
    }
    (Outcome::Accepted, String::new())
}

/// Flags never go away, so what was certain before the unknown signature decides, if it does.
fn unknown(certain: Flags, leaf_flags: Flags) -> (Outcome, String) {
    let mut flags = certain;
    flags.add(leaf_flags);
    if flags.is_empty() {
        (Outcome::Stopped, words::SIGNATURE_NOT_CHECKED.to_owned())
    } else {
        (Outcome::Rejected, words::result(words::CERT_VERIFY_FAILED, flags))
    }
}

fn conclude(mut search: Search<'_, '_>, outcome: Outcome, detail: String, suffix: &str) -> Verdict {
    let path = search.ids();
    let accepted = outcome == Outcome::Accepted;
    let rejection = (!accepted).then(|| detail.clone());
    search.trail.push(Attempt { path: path.clone(), candidate: None, from_trusted: accepted, rejection });
    let detail = if accepted { detail } else { detail + suffix };
    Verdict {
        outcome,
        detail,
        cause: None,
        chains: if accepted { vec![path] } else { Vec::new() },
        trail: search.trail,
        unreadable: Vec::new(),
    }
}

fn member(graph: &Graph, id: CertId) -> Result<Member<'_>, Code> {
    let der = graph.certificate(id).map(|certificate| certificate.der.as_slice());
    Ok(Member { id, parsed: parse(der.unwrap_or_default())? })
}

/// The certificates of a list that mbedTLS can read; the others are on record with the code.
fn readable<'g>(graph: &'g Graph, ids: &[CertId], from_trusted: bool, trail: &mut Vec<Attempt>) -> Vec<Member<'g>> {
    let read = |id: &CertId| member(graph, *id).map_err(|code| trail.push(refused(*id, from_trusted, code))).ok();
    ids.iter().filter_map(read).collect()
}

fn refused(id: CertId, from_trusted: bool, code: Code) -> Attempt {
    Attempt { path: Vec::new(), candidate: Some(id), from_trusted, rejection: Some(words::unreadable(code)) }
}

fn unreadable_leaf(leaf: CertId, code: Code) -> Verdict {
    let detail = format!("leaf {}", words::unreadable(code));
    Verdict {
        outcome: Outcome::Rejected,
        detail,
        cause: None,
        chains: Vec::new(),
        trail: vec![refused(leaf, false, code)],
        unreadable: Vec::new(),
    }
}

/// What `x509_crt_verify_restartable_ca_cb` asks of the leaf before it builds a chain. An address is compared like a name.
fn check_leaf(leaf: &Parsed<'_>, host: Option<&Host>) -> Flags {
    let mut flags = Flags::default();
    if let Some(Host::Dns(host) | Host::Ip(host)) = host {
        flags.set(CN_MISMATCH, !hostname::matches(leaf, host.as_bytes()));
    }
    flags.set(BAD_KEY, !leaf.key.is_acceptable());
    flags
}

/// `mbedtls_x509_crt_check_extended_key_usage`.
fn purpose_is_allowed(leaf: &Parsed<'_>, purpose: Purpose) -> bool {
    let wanted = match purpose {
        Purpose::Server => oid::SERVER_AUTH,
        Purpose::Client => oid::CLIENT_AUTH,
        Purpose::Any => return true,
    };
    let allowed = [wanted, oid::ANY_EXTENDED_KEY_USAGE];
    let is_wanted = |usage: &&[u8]| allowed.iter().any(|allowed| allowed.as_bytes() == *usage);
    leaf.extensions.extended_key_usage.as_ref().is_none_or(|usages| usages.iter().any(is_wanted))
}
