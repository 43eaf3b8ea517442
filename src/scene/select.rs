//! What is drawn: a box per CA, end entity and missing issuer, and the lines that tell something.

use crate::collection::{Gather as _, Map};

use super::facts::Facts;
use super::legend::is_rejected;
use super::{Evidence, Kind};
use crate::report::{KeyIds, Names, Signature};

/// Boxes and lines before anything has a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// In the order of the report: CAs and end entities, missing issuers, groups.
    pub(super) nodes: Vec<Box>,
    /// Sorted by issuer, subject, row.
    pub(super) edges: Vec<Link>,
    /// What was left out or put together.
    pub(super) notes: Vec<String>,
}

/// A box before it has a place.
#[derive(Clone, Debug)]
pub(super) struct Box {
    /// See [`super::Node::key`].
    pub(super) key: String,
    /// See [`super::Node::kind`].
    pub(super) kind: Kind,
    /// See [`super::Node::certificates`].
    pub(super) certificates: Vec<usize>,
    /// Index into the report's list of its kind (CAs or missing issuers); of a group, its number.
    pub(super) index: usize,
    /// Of a group: what it says of itself, title and row.
    pub(super) words: Option<(String, String)>,
}

/// A line before it has a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Index into [`Plan::nodes`].
    pub(super) issuer: usize,
    /// Index into [`Plan::nodes`].
    pub(super) subject: usize,
    /// The row of the subject that it leads to; none where it means the whole box.
    pub(super) row: Option<usize>,
    /// The certificates it stands for.
    pub(super) certificates: Vec<usize>,
    /// What is known of the signature.
    pub(super) evidence: Evidence,
    /// How the names compare.
    pub(super) names: Names,
    /// How the key ids compare.
    pub(super) key_ids: KeyIds,
}

/// Rows in a box; further certificates share the last one. Our own number: a box should stay a box.
pub(super) const MAX_ROWS: usize = 5;

/// Failing namesakes of an issuer whose signature verifies are drawn while they are no more than this: one or two explain,
/// a dozen hides the drawing. Our own number.
const MAX_NAMESAKE_LINES: usize = 4;

impl Box {
    /// The row that shows a certificate.
    pub(super) fn row_of(&self, certificate: usize) -> Option<usize> {
        let position = self.certificates.iter().position(|id| *id == certificate)?;
        Some(position.min(MAX_ROWS - 1))
    }
}

/// Chooses boxes and lines.
pub(super) fn select(facts: &Facts) -> Plan {
    let nodes = boxes(facts);
    let (candidates, left_out) = telling(facts, candidates(facts));
    let edges = merge(&nodes, candidates);
    let notes = if left_out == 0 { Vec::new() } else { vec![left_out_sentence(left_out)] };
    Plan { nodes, edges, notes }
}

fn boxes(facts: &Facts) -> Vec<Box> {
    let is_ca = |id: &usize| facts.certificate(*id).is_some_and(|found| found.is_ca);
    let cas = facts.report.cas.iter().enumerate().map(|(index, ca)| Box {
        key: format!("ca-{index}"),
        kind: if ca.certificates.iter().any(is_ca) { Kind::Authority } else { Kind::EndEntity },
        certificates: ca.certificates.clone(),
        index,
        words: None,
    });
    let missing = facts.report.ghosts.iter().enumerate().map(|(index, _)| Box {
        key: format!("missing-{index}"),
        kind: Kind::Missing,
        certificates: Vec::new(),
        index,
        words: None,
    });
    cas.chain(missing).gather()
}

/// One candidate per issuing CA and certificate, the best evidence of its several certificates, grouped by certificate.
/// A CA's signature on its own certificates (its self-signature, a renewal) is no line.
fn candidates(facts: &Facts) -> Map<usize, Vec<Link>> {
    let home = |id: usize| facts.certificate(id).map(|found| found.ca);
    let mut best: Map<(usize, usize), Link> = Map::new();
    for edge in &facts.report.edges {
        let (Some(issuer), Some(subject)) = (home(edge.issuer), home(edge.subject)) else { continue };
        let evidence = evidence(edge.signature);
        let (names, key_ids) = (edge.names, edge.key_ids);
        let link = Link { issuer, subject, row: None, certificates: vec![edge.subject], evidence, names, key_ids };
        let better = best.get(&(edge.subject, issuer)).is_none_or(|other| strength(&link) < strength(other));
        if issuer != subject && better {
            best.insert((edge.subject, issuer), link);
        }
    }
    let mut candidates: Map<usize, Vec<Link>> = Map::new();
    for ((certificate, _), link) in best {
        candidates.entry(certificate).or_default().push(link);
    }
    add_missing(facts, &mut candidates);
    candidates
}

fn add_missing(facts: &Facts, candidates: &mut Map<usize, Vec<Link>>) {
    for (index, ghost) in facts.report.ghosts.iter().enumerate() {
        for certificate in &ghost.certificates {
            let Some(subject) = facts.certificate(*certificate).map(|found| found.ca) else { continue };
            candidates.entry(*certificate).or_default().push(Link {
                issuer: facts.report.cas.len() + index,
                subject,
                row: None,
                certificates: vec![*certificate],
                evidence: Evidence::Missing,
                names: Names::Identical,
                key_ids: KeyIds::Absent,
            });
        }
    }
}

fn evidence(signature: Signature) -> Evidence {
    match signature {
        Signature::Valid => Evidence::Verified,
        Signature::Unsupported | Signature::Unchecked => Evidence::Unchecked,
        Signature::Invalid => Evidence::Fails,
    }
}

/// Smaller is stronger.
fn strength(link: &Link) -> (Evidence, u8, u8) {
    let names = match link.names {
        Names::Identical => 0,
        Names::Equivalent => 1,
        Names::Different => 2,
    };
    let key_ids = match link.key_ids {
        KeyIds::Match => 0,
        KeyIds::Absent => 1,
        KeyIds::Mismatch => 2,
    };
    (link.evidence, names, key_ids)
}

/// The candidates worth a line, and how many failing namesakes were left out.
///
/// A verified signature settles the question, so unchecked candidates beside it say nothing. A failing one says
/// something where nothing better is known, and where it is why a client is rejected: the pools trust a CA of its
/// issuer's name, but not its issuer.
fn telling(facts: &Facts, candidates: Map<usize, Vec<Link>>) -> (Vec<Link>, usize) {
    let (mut kept, mut namesakes, mut left_out) = (Vec::new(), Vec::new(), 0);
    for (certificate, links) in candidates {
        let found = facts.certificate(certificate);
        let itself = found.filter(|found| found.self_issued).map(|found| found.self_signed);
        let signs_itself = itself == Some(Some(true));
        let may_sign_itself = itself == Some(None);
        let settled = signs_itself || links.iter().any(|link| link.evidence == Evidence::Verified);
        let plausible = may_sign_itself || links.iter().any(|link| link.evidence == Evidence::Unchecked);
        let blamed = settled && is_mistaken(facts, certificate, &links);
        for link in links {
            match link.evidence {
                Evidence::Verified | Evidence::Missing => kept.push(link),
                Evidence::Unchecked if !settled && !may_sign_itself => kept.push(link),
                Evidence::Fails if link.names == Names::Different || signs_itself => {}
                Evidence::Fails if !settled && !plausible => kept.push(link),
                Evidence::Fails if blamed && is_trusted(facts, link.issuer) => namesakes.push(link),
                Evidence::Fails => left_out += 1,
                Evidence::Unchecked => {}
            }
        }
    }
    if namesakes.len() <= MAX_NAMESAKE_LINES {
        kept.append(&mut namesakes);
    }
    (kept, left_out + namesakes.len())
}

/// A rejected client none of whose true issuers is in a pool.
fn is_mistaken(facts: &Facts, certificate: usize, links: &[Link]) -> bool {
    let rejected = facts.fate(certificate).is_some_and(is_rejected);
    rejected && !links.iter().any(|link| link.evidence == Evidence::Verified && is_trusted(facts, link.issuer))
}

/// Whether a pool of the peer holds one of the CA's certificates.
fn is_trusted(facts: &Facts, ca: usize) -> bool {
    let certificates = facts.report.cas.get(ca).map(|ca| ca.certificates.as_slice()).unwrap_or_default();
    certificates.iter().any(|id| facts.mark(*id).is_some())
}

fn left_out_sentence(count: usize) -> String {
    let lines = if count == 1 { "1 line is".to_owned() } else { format!("{count} lines are") };
    format!(
        "{lines} left out: to certificates whose issuer is drawn, from other CAs of its name, whose keys did not sign them."
    )
}

/// Candidates of the same pair with the same evidence become one line, where they stand for every certificate of the box;
/// otherwise one line per row.
fn merge(nodes: &[Box], candidates: Vec<Link>) -> Vec<Link> {
    let mut groups: Map<_, Vec<Link>> = Map::new();
    for link in candidates {
        groups.entry((link.issuer, link.subject, strength(&link))).or_default().push(link);
    }
    let mut merged = Vec::new();
    for links in groups.into_values() {
        let Some(first) = links.first() else { continue };
        let Some(subject) = nodes.get(first.subject) else { continue };
        let whole = links.len() == subject.certificates.len();
        let mut rows: Map<Option<usize>, Link> = Map::new();
        for link in &links {
            let row = link.certificates.first().and_then(|id| subject.row_of(*id)).filter(|_| !whole);
            let line = rows.entry(row).or_insert_with(|| Link { row, certificates: Vec::new(), ..link.clone() });
            line.certificates.extend(&link.certificates);
        }
        merged.extend(rows.into_values());
    }
    merged
}
