//! GnuTLS 3.7.9 as Debian 12 builds it: `gnutls_x509_trust_list_verify_crt2` with profile MEDIUM.
//!
//! `read` reads certificates as GnuTLS does, `list` puts what the peer sent in order, `chain` verifies it, `constraints`,
//! `hostname` and `subject` judge names, `algorithm` how strong keys and signatures are, `status` holds the flags and their
//! sentences.

mod algorithm;
mod chain;
mod constraints;
mod hostname;
mod list;
mod names;
mod read;
mod status;
mod subject;

use super::{Attempt, Engine, Outcome, Purpose, Query, Verdict};
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::oid::{CLIENT_AUTH, ObjectIdentifier, SERVER_AUTH};
use chain::Verification;
use list::TrustList;
use read::Member;
use status::{EXPIRED, INSECURE_ALGORITHM, PURPOSE_MISMATCH, SIGNER_NOT_FOUND, Status, UNEXPECTED_OWNER};

/// The engine as the registry lists it.
pub(super) const ENGINE: Engine = Engine { name: "gnutls-3.7.9", aliases: &["gnutls"], seconds_early: 0, verify };

/// `gnutls_x509_trust_list_verify_crt2`.
pub fn verify(graph: &Graph, query: &Query<'_>) -> Verdict {
    let Some(leaf) = member(graph, query.leaf) else { return unreadable_leaf(query.leaf) };
    let mut trail = Vec::new();
    let presented = readable(graph, query.presented, false, &mut trail);
    let trusted = readable(graph, query.trusted, true, &mut trail);
    let trusted = TrustList(&trusted);
    let mut list: Vec<&Member<'_>> = vec![&leaf];
    list.extend(&presented);
    let purpose = match query.purpose {
        Purpose::Server => Some(SERVER_AUTH),
        Purpose::Client => Some(CLIENT_AUTH),
        Purpose::Any => None,
    };
    let mut verification =
        Verification { graph, at: query.at, purpose, trail, chain: Vec::new(), signature_missing: false };
    let mut status = verify_twice(&mut verification, &list::sorted(list, &trusted), &trusted);
    status.add(check_leaf(&leaf, purpose, query, &mut verification.trail));
    conclude(verification, status)
}

/// If the issuer is not known or something is too old or too weak, the end of the list is looked for on the trust list
/// itself.
fn verify_twice<'m, 'a>(
    verification: &mut Verification<'a>,
    list: &[&'m Member<'a>],
    trusted: &TrustList<'m, 'a>,
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
fn check_leaf(
    leaf: &Member<'_>,
    purpose: Option<ObjectIdentifier>,
    query: &Query<'_>,
    trail: &mut Vec<Attempt>,
) -> Status {
    let mut status = Status::default();
    if purpose.is_some_and(|purpose| !leaf.allows_purpose(purpose, true)) {
        status.mark(PURPOSE_MISMATCH);
    }
    if query.host.as_ref().is_some_and(|host| !hostname::matches(leaf, host)) {
        status.mark(UNEXPECTED_OWNER);
    }
    if !status.is_fine() {
        let rejection = Some(status.sentences());
        trail.push(Attempt { path: vec![leaf.id], candidate: None, from_trusted: false, rejection });
    }
    status
}

fn conclude(verification: Verification<'_>, status: Status) -> Verdict {
    let Verification { trail, chain, signature_missing, .. } = verification;
    if !status.is_fine() {
        return Verdict {
            outcome: Outcome::Rejected,
            detail: status.sentences(),
            cause: None,
            chains: Vec::new(),
            trail,
            unreadable: Vec::new(),
        };
    }
    if signature_missing {
        let detail = status::SIGNATURE_NOT_CHECKED.to_owned();
        return Verdict {
            outcome: Outcome::Stopped,
            detail,
            cause: None,
            chains: Vec::new(),
            trail,
            unreadable: Vec::new(),
        };
    }
    Verdict {
        outcome: Outcome::Accepted,
        detail: String::new(),
        cause: None,
        chains: vec![chain],
        trail,
        unreadable: Vec::new(),
    }
}

fn member(graph: &Graph, id: CertId) -> Option<Member<'_>> {
    graph.certificate(id).and_then(|certificate| read::read(id, certificate))
}

/// The certificates of a list that GnuTLS can read; the others are on record.
fn readable<'g>(graph: &'g Graph, ids: &[CertId], from_trusted: bool, trail: &mut Vec<Attempt>) -> Vec<Member<'g>> {
    let mut members = Vec::new();
    for &id in ids {
        match member(graph, id) {
            Some(member) => members.push(member),
            None => trail.push(refused(id, from_trusted, status::UNREADABLE)),
        }
    }
    members
}

fn refused(id: CertId, from_trusted: bool, why: &str) -> Attempt {
    Attempt { path: Vec::new(), candidate: Some(id), from_trusted, rejection: Some(why.to_owned()) }
}

fn unreadable_leaf(leaf: CertId) -> Verdict {
    let trail = vec![refused(leaf, false, status::LEAF_UNREADABLE)];
    Verdict {
        outcome: Outcome::Rejected,
        detail: status::LEAF_UNREADABLE.to_owned(),
        cause: None,
        chains: Vec::new(),
        trail,
        unreadable: Vec::new(),
    }
}
