//! GnuTLS 3.7.9 as Debian 12 builds it: `gnutls_x509_trust_list_verify_crt2`, as an engine with profile MEDIUM.
//!
//! `read` reads certificates as GnuTLS does, `list` puts what the peer sent in order, `chain` verifies it,
//! `constraints`, `hostname` and `subject` judge names, `algorithm` how strong keys and signatures are, `status` holds
//! the flags and their sentences, `messages` what is said besides.

mod algorithm;
mod chain;
mod constraints;
mod hostname;
mod list;
mod messages;
mod names;
mod read;
mod status;
mod subject;

pub use algorithm::Profile;
pub use messages::Rejection;
pub use status::Status;

use super::algorithm::Algorithm;
use super::budget::{Budget, Trail};
use super::reading::List;
use super::{Attempt, CauseKind, Engine, Given, Purpose, Query, Readings, Unreadable, Verdict};
use crate::certificate::{CertId, Certificate};
use crate::graph::Graph;
use crate::oid::{CLIENT_AUTH, ObjectIdentifier, SERVER_AUTH};
use chain::Verification;
use list::TrustList;
use read::Member;
use status::{EXPIRED, INSECURE_ALGORITHM, PURPOSE_MISMATCH, SIGNER_NOT_FOUND, UNEXPECTED_OWNER};

/// The engine as the registry lists it.
pub(super) const ENGINE: Engine = Engine {
    name: "gnutls-3.7.9",
    title: "GnuTLS 3.7",
    aliases: &["gnutls"],
    seconds_early: 0,
    settings: None,
    algorithm: Algorithm::GnuTls,
};

/// `gnutls_x509_crt_import`: whether GnuTLS reads a certificate in DER.
pub fn is_readable(der: &[u8]) -> bool {
    Certificate::parse(der).is_ok_and(|certificate| read::read(CertId(0), &certificate).is_some())
}

/// The verdict, whose `detail` is what the rejection says, and the rejection.
pub type Answer = super::Answer<Rejection>;

/// `gnutls_x509_trust_list_verify_crt2`. Certificates that GnuTLS cannot read are left out, which the trail says.
pub fn verify(readings: &Readings<'_>, query: &Query<'_>, profile: Profile) -> Answer {
    let reading = &readings.gnutls;
    let Some(leaf) = member(reading, query.leaf) else { return unreadable_leaf(query.leaf) };
    let (trusted, presented) = (reading.list(query.trusted), reading.list(query.presented));
    let unreadable = [not_read(&trusted, Given::Trusted), not_read(&presented, Given::Presented)].concat();
    let trusted = TrustList { reading, list: &trusted };
    let mut list: Vec<&Member<'_>> = vec![leaf];
    list.extend(presented.readable.iter().filter_map(|&id| member(reading, id)));
    let purpose = match query.purpose {
        Purpose::Server => Some(SERVER_AUTH),
        Purpose::Client => Some(CLIENT_AUTH),
        Purpose::Any => None,
    };
    let mut verification = Verification {
        graph: readings.graph(),
        at: query.at,
        profile,
        purpose,
        comparisons: Budget::of_pairs(),
        trail: unreadable.iter().map(Unreadable::left_out).collect(),
        chain: Vec::new(),
        not_checked: None,
    };
    let mut status = verify_twice(&mut verification, &list::sorted(list, &trusted), &trusted);
    status.add(check_leaf(leaf, purpose, query, &mut verification.trail));
    conclude(verification, status, unreadable)
}

/// If the issuer is not known or something is too old or too weak, the end of the list is looked for on the trust list
/// itself.
fn verify_twice<'a>(
    verification: &mut Verification<'a>,
    list: &[&'a Member<'a>],
    trusted: &TrustList<'a, '_>,
) -> Status {
    let Some(last) = list.last() else { return Status::default() };
    let first = verification.verify(list, &trusted.at_place_of(last.issuer()));
    let may_differ = first.has(SIGNER_NOT_FOUND) || first.has(EXPIRED) || first.has(INSECURE_ALGORITHM);
    if !may_differ || last.issuer().der == last.subject().der {
        return first;
    }
    let second = verification.verify(list, &trusted.at_place_of(last.subject()));
    let keeps_first = !second.is_fine() && !first.has(SIGNER_NOT_FOUND);
    if keeps_first { first } else { second }
}

/// Purpose and name, which are asked of the leaf whatever came out before.
fn check_leaf(leaf: &Member<'_>, purpose: Option<ObjectIdentifier>, query: &Query<'_>, trail: &mut Trail) -> Status {
    let mut status = Status::default();
    if purpose.is_some_and(|purpose| !leaf.allows_purpose(purpose, true)) {
        status.mark(PURPOSE_MISMATCH, CauseKind::ExtendedKeyUsage, leaf.id);
    }
    if query.host.as_ref().is_some_and(|host| !hostname::matches(leaf, host)) {
        status.mark(UNEXPECTED_OWNER, CauseKind::HostName, leaf.id);
    }
    if !status.is_fine() {
        let rejection = Some(status.to_string());
        trail.push(Attempt { path: vec![leaf.id], candidate: None, from_trusted: false, rejection });
    }
    status
}

fn conclude(verification: Verification<'_>, status: Status, unreadable: Vec<Unreadable>) -> Answer {
    let Verification { mut trail, chain, not_checked, comparisons, .. } = verification;
    trail.add_cost(comparisons.spent());
    let rejection = if comparisons.is_spent() {
        Some(Rejection::LimitReached)
    } else if status.is_fine() {
        not_checked.map(Rejection::SignatureNotChecked)
    } else {
        Some(Rejection::NotTrusted(status))
    };
    Answer { verdict: verdict(rejection, chain, trail).without(unreadable), rejection }
}

/// The chain counts if nothing was wrong with it.
fn verdict(rejection: Option<Rejection>, chain: Vec<CertId>, trail: Trail) -> Verdict {
    match rejection {
        None => Verdict::accepted(vec![chain], trail),
        Some(rejection) => Verdict::rejected(rejection, rejection.cause(), trail),
    }
}

/// What GnuTLS reads in each certificate; `None` where it cannot read one. Lists are sorted by the places of the trust
/// list's hash table.
pub(super) type Reading<'g> = super::reading::Reading<'g, Option<Member<'g>>>;

/// A graph as GnuTLS reads it.
pub(super) fn reading(graph: &Graph) -> Reading<'_> {
    Reading::new(graph, read::read, |read| read.as_ref().map(|member| list::place(&member.subject().der)))
}

fn member<'a>(reading: &'a Reading<'_>, id: CertId) -> Option<&'a Member<'a>> {
    reading.get(id)?.as_ref()
}

/// The certificates of a list that GnuTLS cannot read.
fn not_read(list: &List, given: Given) -> Vec<Unreadable> {
    list.unreadable.iter().map(|id| unreadable(*id, given)).collect()
}

fn unreadable_leaf(leaf: CertId) -> Answer {
    let (rejection, unreadable) = (Rejection::UnreadableLeaf(leaf), unreadable(leaf, Given::Leaf));
    let verdict = verdict(Some(rejection), Vec::new(), vec![unreadable.left_out()].into()).without(vec![unreadable]);
    Answer { verdict, rejection: Some(rejection) }
}

fn unreadable(certificate: CertId, given: Given) -> Unreadable {
    Unreadable { certificate, given, detail: messages::UNREADABLE.to_owned() }
}
