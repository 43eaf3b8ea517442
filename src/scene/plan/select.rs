//! What is drawn: a box per CA, end entity and missing issuer, and the lines that tell something.

use std::collections::BTreeMap;

use super::describe;
use super::facts::Facts;
use super::model::{Link, Plan, PlannedNode};
use crate::report::{KeyIds, Names, Signature};
use crate::scene::{Evidence, Fate, Kind, NodeId};

/// Failing namesakes of an issuer whose signature verifies are drawn while they are no more than this: one or two
/// explain, a dozen hides the drawing. Our own number.
const MAX_NAMESAKE_LINES: usize = 4;

/// Chooses boxes and lines.
pub(super) fn select(facts: &Facts<'_>) -> Plan {
    let mut plan = Plan { nodes: boxes(facts), ..Plan::default() };
    let left_out = draw_telling(&mut plan, facts);
    if left_out > 0 {
        plan.notes.push(left_out_sentence(left_out));
    }
    plan
}

fn boxes(facts: &Facts<'_>) -> Vec<PlannedNode> {
    let mut boxes = Vec::new();
    for (index, ca) in facts.report.cas.iter().enumerate() {
        let is_ca = ca.certificates.iter().any(|id| facts.certificate(*id).is_some_and(|found| found.is_ca));
        boxes.push(PlannedNode {
            id: NodeId::Ca(index),
            kind: if is_ca { Kind::Authority } else { Kind::EndEntity },
            name: describe::name(&ca.name),
            certificates: ca.certificates.clone(),
            namesake: describe::namesake(facts.report, index).filter(|_| is_ca),
            facts: Vec::new(),
            level: 0,
        });
    }
    for (index, issuer) in facts.report.ghosts.iter().enumerate() {
        let mut said = vec!["not among these files".to_owned()];
        said.extend(issuer.key_id.as_ref().map(|key_id| format!("key id {key_id}")));
        boxes.push(PlannedNode {
            id: NodeId::MissingIssuer(index),
            kind: Kind::Missing,
            name: describe::name(&issuer.name),
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
fn candidates(facts: &Facts<'_>) -> Vec<Vec<Link>> {
    let home = |id: usize| facts.certificate(id).map(|found| found.ca);
    let mut candidates: Vec<Vec<Link>> = vec![Vec::new(); facts.report.certificates.len()];
    // Where the link from a CA stands among those of a certificate.
    let mut positions = BTreeMap::new();
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
        match positions.get(&(edge.subject, issuer)).and_then(|position: &usize| links.get_mut(*position)) {
            Some(other) if link.weakness() < other.weakness() => *other = link,
            None if issuer != subject => {
                positions.insert((edge.subject, issuer), links.len());
                links.push(link);
            }
            _ => {}
        }
    }
    for (index, issuer) in facts.report.ghosts.iter().enumerate() {
        for certificate in &issuer.certificates {
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
fn draw_telling(plan: &mut Plan, facts: &Facts<'_>) -> usize {
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
fn is_mistaken(facts: &Facts<'_>, certificate: usize, links: &[Link]) -> bool {
    let is_rejected = |fate: Fate| fate.is_rejected() || fate == Fate::NotTrusted;
    let rejected = facts.fate(certificate).is_some_and(is_rejected);
    rejected && !links.iter().any(|link| link.evidence == Evidence::Verified && is_trusted(facts, link.issuer))
}

/// Whether a pool of the peer holds one of the CA's certificates.
fn is_trusted(facts: &Facts<'_>, ca: usize) -> bool {
    let certificates = facts.report.cas.get(ca).map(|ca| ca.certificates.as_slice()).unwrap_or_default();
    certificates.iter().any(|id| facts.mark(*id).is_some())
}

fn left_out_sentence(count: usize) -> String {
    let lines = if count == 1 { "1 line is".to_owned() } else { format!("{count} lines are") };
    format!(
        "{lines} left out: to certificates whose issuer is drawn, from other CAs of its name, whose keys did not sign them."
    )
}

/// Candidates of the same pair with the same evidence become one line, where they stand for every certificate of the
/// box; otherwise one line per row.
fn merge(plan: &mut Plan, mut candidates: Vec<Link>) {
    candidates.sort_by_key(Link::key);
    for same in candidates.chunk_by_mut(|one, other| one.key() == other.key()) {
        let subject = same.first().and_then(|link| plan.nodes.get(link.subject));
        let Some(subject) = subject.filter(|subject| subject.certificates.len() != same.len()) else { continue };
        for link in same {
            link.row = link.certificates.first().and_then(|id| subject.row_of(*id));
        }
    }
    candidates.sort_by_key(Link::key);
    for same in candidates.chunk_by(|one, other| one.key() == other.key()) {
        let Some(first) = same.first() else { continue };
        let certificates = same.iter().flat_map(|link| link.certificates.iter().copied()).collect();
        plan.links.push(Link { certificates, ..first.clone() });
    }
}
