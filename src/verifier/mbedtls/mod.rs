//! mbedTLS 2.28.3, `mbedtls_x509_crt_verify` with the default profile, as Debian builds it.
//!
//! `parse` reads certificates as mbedTLS does, `chain` builds the one chain there is, `hostname` compares names,
//! `messages` holds flags and their texts. The library leaves the leaf's purpose to the program that calls it; this one
//! asks `mbedtls_x509_crt_check_extended_key_usage` once the chain is accepted.

mod chain;
mod hostname;
mod messages;
mod parse;

pub use messages::{Flags, Rejection};
pub use parse::Code;

use super::algorithm::Algorithm;
use super::budget::Trail;
use super::reading::List;
use super::{Attempt, CauseKind, Engine, Given, Host, Purpose, Query, Readings, Unreadable, Verdict};
use crate::certificate::{CertId, Certificate};
use crate::graph::Graph;
use crate::oid;
use chain::{Member, Search};
use messages::{BAD_KEY, CN_MISMATCH, CandidateRejection, EXT_KEY_USAGE};
use parse::{Parsed, comparable, parse};

/// The engine as the registry lists it.
pub(super) const ENGINE: Engine = Engine {
    name: "mbedtls-2.28.3",
    title: "mbedTLS 2.28",
    aliases: &["mbedtls"],
    seconds_early: 0,
    settings: None,
    algorithm: Algorithm::MbedTls,
};

/// The verdict, whose `detail` is what the rejection says, and the rejection.
pub type Answer = super::Answer<Rejection>;

/// `mbedtls_x509_crt_verify`, then the leaf's purpose.
pub fn verify(readings: &Readings<'_>, query: &Query<'_>) -> Answer {
    let reading = &readings.mbedtls;
    let leaf = match member(reading, query.leaf) {
        Ok(leaf) => leaf,
        Err(code) => return unreadable_leaf(query.leaf, code),
    };
    let (trusted, presented) = (reading.list(query.trusted), reading.list(query.presented));
    let lists = [(&trusted, Given::Trusted), (&presented, Given::Presented)];
    let unreadable = lists.map(|(list, given)| not_read_of(reading, list, given)).concat();
    let trail = unreadable.iter().map(Unreadable::left_out).collect();
    let leaf_flags = check_leaf(leaf, query.host.as_ref());
    let mut search = Search {
        reading,
        at: query.at,
        trusted: &trusted,
        presented: &presented,
        chain: Vec::new(),
        trail,
        not_checked: None,
    };
    let ended = search.build(leaf);
    let rejection = match (search.not_checked, ended) {
        (Some((subject, certain)), _) => Some(unknown(subject, certain, leaf_flags)),
        (None, Err(chain::TooLong)) => Some(Rejection::ChainTooLong),
        (None, Ok(())) => judge(&search, leaf_flags, query.purpose),
    };
    conclude(search, rejection, unreadable)
}

/// The flags of the chain, and the leaf's purpose if there are none.
fn judge(search: &Search<'_, '_>, leaf_flags: Flags, purpose: Purpose) -> Option<Rejection> {
    let mut flags = leaf_flags;
    flags.add(search.flags());
    if !flags.is_empty() {
        return Some(Rejection::VerifyFailed(flags));
    }
    let leaf = search.chain.first().map(|link| link.member)?;
    if purpose_is_allowed(&leaf.parsed, purpose) {
        return None;
    }
    flags.mark(EXT_KEY_USAGE, CauseKind::ExtendedKeyUsage, leaf.id);
    Some(Rejection::WrongUsage(flags))
}

/// Flags never go away, so what was certain before the unknown signature decides, if it does.
fn unknown(subject: CertId, certain: Flags, leaf_flags: Flags) -> Rejection {
    let mut flags = leaf_flags;
    flags.add(certain);
    if flags.is_empty() { Rejection::SignatureNotChecked(subject) } else { Rejection::VerifyFailed(flags) }
}

fn conclude(mut search: Search<'_, '_>, rejection: Option<Rejection>, unreadable: Vec<Unreadable>) -> Answer {
    let path = search.ids();
    let words = rejection.map(|rejection| rejection.to_string());
    let from_trusted = rejection.is_none();
    search.trail.push(Attempt { path: path.clone(), candidate: None, from_trusted, rejection: words });
    Answer { verdict: verdict(rejection, path, search.trail).without(unreadable), rejection }
}

/// The chain counts if nothing was wrong with it.
fn verdict(rejection: Option<Rejection>, chain: Vec<CertId>, trail: Trail) -> Verdict {
    match rejection {
        None => Verdict::accepted(vec![chain], trail),
        Some(rejection) => Verdict::rejected(rejection, rejection.cause(), trail),
    }
}

/// What mbedTLS reads in each certificate, or the code with which it refuses one.
pub(super) type Reading<'g> = super::reading::Reading<'g, Result<Member<'g>, Code>>;

/// A graph as mbedTLS reads it.
pub(super) fn reading(graph: &Graph) -> Reading<'_> {
    Reading::new(graph, read, |read| read.as_ref().ok().map(|member| comparable(&member.parsed.subject)))
}

fn read(id: CertId, certificate: &Certificate) -> Result<Member<'_>, Code> {
    Ok(Member { id, parsed: parse(&certificate.der)? })
}

/// What is not in the graph is read as no octets at all.
fn member<'a>(reading: &'a Reading<'_>, id: CertId) -> Result<&'a Member<'a>, Code> {
    match reading.get(id) {
        Some(read) => read.as_ref().map_err(|code| *code),
        None => Err(parse(&[]).err().unwrap_or_default()),
    }
}

/// The certificates of a list that mbedTLS cannot read.
fn not_read_of(reading: &Reading<'_>, list: &List, given: Given) -> Vec<Unreadable> {
    let code = |id: CertId| member(reading, id).err();
    list.unreadable.iter().filter_map(|&id| Some(not_read(id, given, code(id)?))).collect()
}

fn unreadable_leaf(leaf: CertId, code: Code) -> Answer {
    let (rejection, unreadable) = (Rejection::UnreadableLeaf { leaf, code }, not_read(leaf, Given::Leaf, code));
    let verdict = verdict(Some(rejection), Vec::new(), vec![unreadable.left_out()].into()).without(vec![unreadable]);
    Answer { verdict, rejection: Some(rejection) }
}

fn not_read(certificate: CertId, given: Given, code: Code) -> Unreadable {
    Unreadable { certificate, given, detail: CandidateRejection::Unreadable(code).to_string() }
}

/// What `x509_crt_verify_restartable_ca_cb` asks of the leaf before it builds a chain. An address is compared like a
/// name.
fn check_leaf(leaf: &Member<'_>, host: Option<&Host>) -> Flags {
    let mut flags = Flags::default();
    if let Some(Host::Dns(host) | Host::Ip(host)) = host
        && !hostname::matches(&leaf.parsed, host.as_bytes())
    {
        flags.mark(CN_MISMATCH, CauseKind::HostName, leaf.id);
    }
    if !leaf.parsed.key.is_acceptable() {
        flags.mark(BAD_KEY, CauseKind::WeakKey, leaf.id);
    }
    flags
}

/// `mbedtls_x509_crt_check_extended_key_usage`: the leaf has no extKeyUsage, or one that lists the purpose or
/// anyExtendedKeyUsage.
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
