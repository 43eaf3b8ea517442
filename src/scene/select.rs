//! What is drawn: a box per CA, end entity and missing issuer, and the lines that tell something.

use super::describe;
use super::facts::Facts;
use super::legend::is_rejected;
use super::lists::{Key, defaults, groups};
use super::route::Route;
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
    /// The name at its top, as it came.
    pub(super) name: String,
    /// See [`super::Node::certificates`].
    pub(super) certificates: Vec<usize>,
    /// "same name, other key: 1 of 2", if it has namesakes.
    pub(super) namesake: Option<String>,
    /// What it says of itself where it has no rows of certificates: a missing issuer, a group.
    pub(super) facts: Vec<String>,
    /// See [`super::Node::level`]; found by [`super::rank`].
    pub(super) level: usize,
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
    /// See [`super::Edge::upward`]; found by [`super::rank`].
    pub(super) upward: bool,
    /// Where it is drawn; from [`super::layered`] or [`super::outline`].
    pub(super) route: Route,
}

/// Rows in a box; further certificates share the last one. Our own number: a box should stay a box.
pub(super) const MAX_ROWS: usize = 5;

/// Failing namesakes of an issuer whose signature verifies are drawn while they are no more than this: one or two explain,
/// a dozen hides the drawing. Our own number.
const MAX_NAMESAKE_LINES: usize = 4;

impl Box {
    /// The row that shows a certificate.
    fn row_of(&self, certificate: usize) -> Option<usize> {
        let position = self.certificates.iter().position(|id| *id == certificate)?;
        Some(position.min(MAX_ROWS - 1))
    }
}

impl Link {
    /// The end that stands higher, and the lower one: issuer and subject, unless the line leads up.
    pub(super) fn ends(&self) -> (usize, usize) {
        if self.upward { (self.subject, self.issuer) } else { (self.issuer, self.subject) }
    }

    /// What lines have in common that can become one.
    pub(super) fn key(&self) -> Key {
        [self.issuer, self.subject, self.strength(), self.row.map_or(0, |row| row + 1)]
    }

    /// What speaks for the line as one number: the signature before the names before the key ids; smaller is stronger.
    fn strength(&self) -> usize {
        let names = match self.names {
            Names::Identical => 0,
            Names::Equivalent => 3,
            Names::Different => 6,
        };
        let key_ids = match self.key_ids {
            KeyIds::Match => 0,
            KeyIds::Absent => 1,
            KeyIds::Mismatch => 2,
        };
        9 * self.evidence as usize + names + key_ids
    }
}

/// Chooses boxes and lines.
pub(super) fn select(facts: &Facts) -> Plan {
    let mut plan = Plan { nodes: boxes(facts), ..Plan::default() };
    let left_out = draw_telling(&mut plan, facts);
    if left_out > 0 {
        plan.notes.push(left_out_sentence(left_out));
    }
    plan
}

fn boxes(facts: &Facts) -> Vec<Box> {
    let mut boxes = Vec::new();
    for (index, ca) in facts.report.cas.iter().enumerate() {
        let is_ca = ca.certificates.iter().any(|id| facts.certificate(*id).is_some_and(|found| found.is_ca));
        boxes.push(Box {
            key: format!("ca-{index}"),
            kind: if is_ca { Kind::Authority } else { Kind::EndEntity },
            name: describe::name(&ca.name),
            certificates: ca.certificates.clone(),
            namesake: describe::namesake(index, ca).filter(|_| is_ca),
            facts: Vec::new(),
            level: 0,
        });
    }
    for (index, ghost) in facts.report.ghosts.iter().enumerate() {
        let mut said = vec!["not among these files".to_owned()];
        said.extend(ghost.key_id.as_ref().map(|key_id| format!("key id {key_id}")));
        boxes.push(Box {
            key: format!("missing-{index}"),
            kind: Kind::Missing,
            name: describe::name(&ghost.name),
            certificates: Vec::new(),
            namesake: None,
            facts: said,
            level: 0,
        });
    }
    boxes
}

/// By certificate one candidate per issuing CA, the best evidence of its several certificates. A CA's signature on its
/// own certificates (its self-signature, a renewal) is no line.
fn candidates(facts: &Facts) -> Vec<Vec<Link>> {
    let home = |id: usize| facts.certificate(id).map(|found| found.ca);
    let mut candidates: Vec<Vec<Link>> = defaults(facts.report.certificates.len());
    for edge in &facts.report.edges {
        let (Some(issuer), Some(subject), Some(links)) =
            (home(edge.issuer), home(edge.subject), candidates.get_mut(edge.subject))
        else {
            continue;
        };
        let link = Link {
            evidence: evidence(edge.signature),
            names: edge.names,
            key_ids: edge.key_ids,
            ..missing(issuer, subject, edge.subject)
        };
        match links.iter_mut().find(|other| other.issuer == issuer) {
            Some(other) if link.strength() < other.strength() => *other = link,
            None if issuer != subject => links.push(link),
            _ => {}
        }
    }
    for (index, ghost) in facts.report.ghosts.iter().enumerate() {
        for certificate in &ghost.certificates {
            if let (Some(subject), Some(links)) = (home(*certificate), candidates.get_mut(*certificate)) {
                links.push(missing(facts.report.cas.len() + index, subject, *certificate));
            }
        }
    }
    candidates
}

/// A line from an issuer of which nothing is known but that a certificate names it.
fn missing(issuer: usize, subject: usize, certificate: usize) -> Link {
    Link {
        issuer,
        subject,
        row: None,
        certificates: vec![certificate],
        evidence: Evidence::Missing,
        names: Names::Identical,
        key_ids: KeyIds::Absent,
        upward: false,
        route: Route::default(),
    }
}

fn evidence(signature: Signature) -> Evidence {
    match signature {
        Signature::Valid => Evidence::Verified,
        Signature::Unsupported | Signature::Unchecked => Evidence::Unchecked,
        Signature::Invalid => Evidence::Fails,
    }
}

/// Draws the candidates worth a line; how many failing namesakes were left out.
///
/// A verified signature settles the question, so unchecked candidates beside it say nothing. A failing one says
/// something where nothing better is known, and where it is why a client is rejected: the pools trust a CA of its
/// issuer's name, but not its issuer.
fn draw_telling(plan: &mut Plan, facts: &Facts) -> usize {
    let (mut kept, mut namesakes, mut left_out) = (Vec::new(), Vec::new(), 0);
    for (certificate, links) in candidates(facts).into_iter().enumerate() {
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
    merge(plan, kept);
    left_out + namesakes.len()
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
fn merge(plan: &mut Plan, mut candidates: Vec<Link>) {
    for pair in groups(keys(&candidates)) {
        for at in &pair {
            let Some(link) = candidates.get_mut(*at) else { continue };
            let Some(subject) = plan.nodes.get(link.subject) else { continue };
            if pair.len() != subject.certificates.len() {
                link.row = link.certificates.first().and_then(|id| subject.row_of(*id));
            }
        }
    }
    for same in groups(keys(&candidates)) {
        let mut links = same.iter().filter_map(|at| candidates.get(*at));
        let Some(mut line) = links.next().cloned() else { continue };
        links.for_each(|link| line.certificates.extend_from_slice(&link.certificates));
        plan.edges.push(line);
    }
}

fn keys(links: &[Link]) -> Vec<(Key, usize)> {
    links.iter().enumerate().map(|(at, link)| (link.key(), at)).collect()
}
