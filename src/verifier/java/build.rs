//! `SunCertPathBuilder` with its `ForwardBuilder`: depth first from the leaf, the first path that passes its final
//! verification wins.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::checks::{Caller, Checks, check_ca_key_usage, critical_are_resolved};
use super::general_name::{Relation, directory_relation};
use super::messages::{CheckError, Rejected, Rejection};
use super::name::X500Name;
use super::order::{self, TreeSet};
use super::{Listed, Member, Reading, attempt, member};
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::time::Timestamp;
use crate::verifier::budget::{Budget, MAX_CANDIDATES, Trail};
use crate::verifier::reading::Subject;

/// `PKIXBuilderParameters`: CA certificates, self-issued ones not counted, between leaf and anchor.
const MAX_PATH_LENGTH: usize = 5;

/// A path, leaf first, without its anchor, and the anchor.
pub(super) type Built<'a> = (Vec<Member<'a>>, Member<'a>);

/// A trust store in the order of the sets that the builder makes of it.
pub(in crate::verifier) struct HashOrder {
    /// `trustedCerts`, by subject.
    certificates: BTreeMap<Subject, Vec<CertId>>,
    /// `trustedSubjectDNs`, each by a certificate that bears it.
    names: Vec<CertId>,
}

impl HashOrder {
    /// `readable` is in the order of the set of anchors, which Java orders by address; ours is that of the trust store.
    fn of(reading: &Reading<'_>, readable: &[CertId]) -> HashOrder {
        let members: Vec<Member<'_>> = readable.iter().filter_map(|&id| member(reading, id).ok()).collect();
        let capacity = members.len();
        let hash = |member: Member<'_>| member.parsed.hash_code();
        let mut certificates: BTreeMap<Subject, Vec<CertId>> = BTreeMap::new();
        for member in order::hash_ordered(&members, |member| member.id, hash, capacity) {
            certificates.entry(member.parsed.subject.key().to_vec()).or_default().push(member.id);
        }
        let name_hash = |member: Member<'_>| member.parsed.subject.hash_code();
        let names = order::hash_ordered(&members, |member| member.parsed.subject.key(), name_hash, capacity);
        HashOrder { certificates, names: names.iter().map(|member| member.id).collect() }
    }
}

/// One search for a path from the leaf to an anchor.
pub(super) struct Builder<'a, 'g> {
    graph: &'a Graph,
    at: Timestamp,
    target: Member<'a>,
    trusted: Listed<'a, 'g>,
    /// What came with the leaf: with it, the one certificate store.
    presented: Listed<'a, 'g>,
    /// The selector for CAs is made once, and once it was used on the store it asks anchors for validity too.
    selector_has_date: bool,
    candidates: usize,
    comparisons: Budget,
    /// Of issuers with the names of anchors.
    order: Budget,
    /// Every candidate in order.
    pub(super) trail: Trail,
    /// Some candidate fell because the graph does not know whether a signature is valid.
    pub(super) signature_missing: bool,
}

/// `ForwardState`: how far a path has come from the leaf.
#[derive(Clone, Copy)]
struct State<'a> {
    /// The last certificate of the path; `None` before the leaf.
    last: Option<Member<'a>>,
    traversed_cas: usize,
    self_issued: bool,
}

impl<'a, 'g> Builder<'a, 'g> {
    /// A search that has considered nothing yet.
    pub(super) fn new(
        graph: &'a Graph,
        at: Timestamp,
        target: Member<'a>,
        trusted: Listed<'a, 'g>,
        presented: Listed<'a, 'g>,
    ) -> Builder<'a, 'g> {
        Builder {
            graph,
            at,
            target,
            trusted,
            presented,
            selector_has_date: false,
            candidates: 0,
            comparisons: Budget::of_comparisons(),
            order: Budget::of_anchors(),
            trail: Trail::default(),
            signature_missing: false,
        }
    }

    /// `buildForward`: the first path from the leaf to an anchor that passes its final verification.
    pub(super) fn build(&mut self) -> Result<Built<'a>, Rejected> {
        let state = State { last: None, traversed_cas: 0, self_issued: false };
        self.search(state, &mut Vec::new())?.ok_or(Rejected::of(Rejection::NoPath))
    }

    /// `depthFirstSearchForward`: extends the path by each issuer that fits and goes back where one leads nowhere.
    fn search(&mut self, state: State<'a>, path: &mut Vec<Member<'a>>) -> Result<Option<Built<'a>>, Rejected> {
        let matching = self.matching(state);
        if self.order.is_spent() {
            return Err(Rejected::of(Rejection::LimitReached));
        }
        for candidate in matching {
            if path.iter().any(|member| repeated(*member, candidate)) {
                continue;
            }
            self.candidates += 1;
            if self.candidates > MAX_CANDIDATES {
                return Err(Rejected::of(Rejection::LimitReached));
            }
            let is_anchor = self.trusted.contains(candidate);
            if let Err(why) = self.verify_candidate(candidate, state, is_anchor) {
                self.trail.push(attempt(path, Some(candidate), is_anchor, Some(why.message())));
            } else if is_anchor {
                let verdict = self.verify_path(path, candidate);
                let rejection = verdict.as_ref().err().map(|(why, _)| why.message());
                self.trail.push(attempt(path, Some(candidate), true, rejection));
                match verdict {
                    Ok(()) => return Ok(Some((path.clone(), candidate))),
                    Err((CheckError::Unchecked(why), member)) => {
                        return Err(Rejected::about(Rejection::Unchecked(why), member.id));
                    }
                    Err((CheckError::LimitReached, _)) => return Err(Rejected::of(Rejection::TooManyComparisons)),
                    Err((why, _)) => self.signature_missing |= why == CheckError::SignatureNotChecked,
                }
            } else if state.self_issued && candidate.parsed.is_self_issued() {
                // Java leaves the other candidates unseen as well.
                self.trail.push(attempt(path, Some(candidate), false, Some(SUCCESSIVE.to_owned())));
                return Ok(None);
            } else {
                self.trail.push(attempt(path, Some(candidate), false, None));
                path.push(candidate);
                let found = self.search(state.updated(candidate), path)?;
                path.pop();
                if found.is_some() {
                    return Ok(found);
                }
            }
        }
        Ok(None)
    }

    /// `getMatchingCerts`: what may come next in the path, best first. That is the leaf itself at the start, else the
    /// anchors and CA certificates whose subject is the issuer of the last certificate.
    fn matching(&mut self, state: State<'a>) -> Vec<Member<'a>> {
        let (trusted, order) = (self.trusted, self.hash_order());
        let wanted = state.last.and_then(|last| last.parsed.authority_key_id.as_deref());
        let names = Names { trusted, order: &order.names, budget: &self.order };
        let compare = |one: Member<'a>, two: Member<'a>| compare(names, wanted, one, two);
        let mut matching = TreeSet::new();
        let Some(last) = state.last else {
            if self.target_matches() {
                matching.add(self.target, compare);
            }
            return matching.in_order();
        };
        let selected = |member: &Member<'a>, check_date: bool| {
            let valid = !check_date || member.parsed.is_valid_at(self.at);
            member.parsed.subject == last.parsed.issuer && valid && version_one_is_valid(*member, last)
        };
        let named = order.certificates.get(last.parsed.issuer.key()).into_iter().flatten();
        let anchors = named.filter_map(|&id| member(trusted.reading, id).ok());
        for anchor in anchors.filter(|anchor| selected(anchor, self.selector_has_date)) {
            matching.add(anchor, compare);
        }
        let is_ca = |member: &Member<'a>| {
            let least = u32::try_from(state.traversed_cas).unwrap_or(u32::MAX);
            member.parsed.path_length.is_some_and(|length| length >= least)
        };
        if MAX_PATH_LENGTH > state.traversed_cas {
            let store = [self.target].into_iter().chain(self.presented.named(&last.parsed.issuer));
            let found: Vec<Member<'a>> = store.filter(|member| selected(member, true) && is_ca(member)).collect();
            let hash = |member: Member<'_>| member.parsed.hash_code();
            for member in order::hash_ordered(&found, |member| member.id, hash, order::DEFAULT_CAPACITY) {
                matching.add(member, compare);
            }
        }
        self.selector_has_date = true;
        matching.in_order()
    }

    /// Of the names that were compared; the steps are in the trail.
    pub(super) fn cost(&self) -> usize {
        self.comparisons.spent() + self.order.spent()
    }

    fn hash_order(&self) -> &'a HashOrder {
        let Listed { reading, list } = self.trusted;
        list.further.get_or_init(|| HashOrder::of(reading, &list.readable))
    }

    /// The leaf, if it is valid now, or if it is an anchor.
    fn target_matches(&self) -> bool {
        self.target.parsed.is_valid_at(self.at) || self.trusted.contains(self.target)
    }

    /// `ForwardBuilder.verifyCert`: of an anchor nothing is asked.
    fn verify_candidate(&self, candidate: Member<'a>, state: State<'a>, is_anchor: bool) -> Result<(), CheckError> {
        if is_anchor {
            return Ok(());
        }
        if !critical_are_resolved(candidate.parsed) {
            return Err(CheckError::CandidateHasCriticalExtension);
        }
        if state.last.is_none() {
            return Ok(());
        }
        if candidate.parsed.path_length.is_none() {
            return Err(CheckError::CandidateIsNoCa);
        }
        check_ca_key_usage(candidate.parsed)
    }

    /// The final verification, from the anchor down.
    fn verify_path(&self, path: &[Member<'a>], anchor: Member<'a>) -> Result<(), (CheckError, Member<'a>)> {
        Checks::new(self.graph, self.at, Caller::Builder, anchor, path.len(), &self.comparisons).check_path(path)
    }
}

/// Java says so in its debug output only.
const SUCCESSIVE: &str = "Successive certs are self-issued";

impl<'a> State<'a> {
    /// `updateState`: the state once this certificate has joined the path. A self-issued CA certificate does not count.
    fn updated(self, certificate: Member<'a>) -> State<'a> {
        let self_issued = certificate.parsed.is_self_issued();
        let counts = !self_issued && self.last.is_some() && certificate.parsed.path_length.is_some();
        let traversed_cas = self.traversed_cas + usize::from(counts);
        State { last: Some(certificate), traversed_cas, self_issued }
    }
}

/// A certificate of version 1 or 2 must have been valid at both ends of what it signed (`AdaptableX509CertSelector`).
fn version_one_is_valid(candidate: Member<'_>, child: Member<'_>) -> bool {
    let child = child.parsed.certificate;
    candidate.parsed.certificate.version > 2
        || (candidate.parsed.is_valid_at(child.not_before) && candidate.parsed.is_valid_at(child.not_after))
}

/// `repeated` (RFC 4158, 5.2): the same name, key and alternative names.
fn repeated(one: Member<'_>, two: Member<'_>) -> bool {
    let names = |member: Member<'_>| {
        super::parse::value(member.parsed.certificate, crate::oid::SUBJECT_ALT_NAME).map(<[u8]>::to_vec)
    };
    one.id == two.id
        || (one.parsed.subject == two.parsed.subject
            && one.parsed.certificate.key.spki == two.parsed.certificate.key.spki
            && names(one) == names(two))
}

/// The names of the anchors, by which candidates are ordered.
#[derive(Clone, Copy)]
struct Names<'a, 'g> {
    trusted: Listed<'a, 'g>,
    /// Each by a certificate that bears it.
    order: &'a [CertId],
    budget: &'a Budget,
}

/// `PKIXCertComparator.compare`. It answers "less" where it knows nothing, whichever way it is asked.
fn compare(names: Names<'_, '_>, wanted: Option<&[u8]>, one: Member<'_>, two: Member<'_>) -> Ordering {
    if one.id == two.id {
        return Ordering::Equal;
    }
    let has_key_id = |member: Member<'_>| wanted.is_some() && member.parsed.subject_key_id == wanted;
    if has_key_id(one) {
        return Ordering::Less;
    }
    if has_key_id(two) {
        return Ordering::Greater;
    }
    let (first, second) = (&one.parsed.issuer, &two.parsed.issuer);
    match (names.trusted.has_name(first), names.trusted.has_name(second)) {
        (true, _) => Ordering::Less,
        (false, true) => Ordering::Greater,
        _ => compare_issuers(names, first, second).unwrap_or_else(|| compare_distances(one, two)),
    }
}

/// The three passes over the trusted names; `None` if none of them decides.
fn compare_issuers(names: Names<'_, '_>, first: &X500Name, second: &X500Name) -> Option<Ordering> {
    // Whoever asked looks whether anything was left.
    names.budget.spend(names.order.len()).ok()?;
    let below = |name: &X500Name| {
        let (one, two) = (distance(name, first).filter(|it| *it > 0), distance(name, second).filter(|it| *it > 0));
        by_presence(one, two, |one, two| one <= two)
    };
    let above = |name: &X500Name| {
        let (one, two) = (distance(name, first).filter(|it| *it < 0), distance(name, second).filter(|it| *it < 0));
        by_presence(one, two, |one, two| one >= two)
    };
    let beside = |name: &X500Name| {
        let (one, two) = (hops(name, first), hops(name, second));
        if one == two { None } else { by_presence(one, two, |one, two| one < two) }
    };
    let reading = names.trusted.reading;
    let names = || names.order.iter().filter_map(|&id| Some(&member(reading, id).ok()?.parsed.subject));
    names().find_map(below).or_else(|| names().find_map(above)).or_else(|| names().find_map(beside))
}

/// The one that has a number comes first; if both have, `first_wins` decides; if neither, nothing is decided.
fn by_presence(one: Option<i64>, two: Option<i64>, first_wins: fn(i64, i64) -> bool) -> Option<Ordering> {
    match (one, two) {
        (None, None) => None,
        (Some(one), Some(two)) if !first_wins(one, two) => Some(Ordering::Greater),
        (Some(_), _) => Some(Ordering::Less),
        (None, Some(_)) => Some(Ordering::Greater),
    }
}

fn depth(name: &X500Name) -> i64 {
    i64::try_from(name.rdns.len()).unwrap_or(i64::MAX)
}

/// `Builder.distance`; `None` is "incomparable".
fn distance(base: &X500Name, test: &X500Name) -> Option<i64> {
    match directory_relation(base, test) {
        Relation::Match => Some(0),
        Relation::Narrows | Relation::Widens => Some(depth(test) - depth(base)),
        Relation::DifferentType | Relation::SameType => None,
    }
}

/// `Builder.hops`, if there is a common ancestor.
fn hops(base: &X500Name, test: &X500Name) -> Option<i64> {
    let common = i64::try_from(base.common_depth(test)).ok().filter(|common| *common > 0)?;
    match directory_relation(base, test) {
        Relation::SameType => Some(depth(base) + depth(test) - 2 * common),
        _ => distance(base, test),
    }
}

/// How far each subject is from its own issuer; equal distances count as "less".
fn compare_distances(one: Member<'_>, two: Member<'_>) -> Ordering {
    let incomparable = i64::from(i32::MAX);
    let of = |member: Member<'_>| distance(&member.parsed.subject, &member.parsed.issuer).unwrap_or(incomparable);
    if of(two) < of(one) { Ordering::Greater } else { Ordering::Less }
}
