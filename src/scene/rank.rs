//! Levels: issuers above what they issued, roots on top.

use crate::collection::{self, Gather as _, Set};

use super::select::{Link, Plan};
use super::{Evidence, Kind};
use crate::scene::facts::Facts;

/// Levels of the boxes and the lines that had to be turned.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranks {
    /// The level of each box, 0 on top.
    pub(super) levels: Vec<usize>,
    /// Indices of lines that lead up: CAs that sign each other cannot each stand above the other.
    pub(super) upward: Set<usize>,
}

/// Ranks the boxes by their longest path from a root.
pub(super) fn rank(plan: &Plan, facts: &Facts) -> Ranks {
    let (downward, upward) = break_cycles(plan, facts);
    let mut levels = vec![0_usize; plan.nodes.len()];
    // A path without a cycle has fewer lines than there are boxes, so as many rounds settle every level.
    for _ in 0..plan.nodes.len() {
        let before = levels.clone();
        for link in &downward {
            let below = levels.get(link.issuer).map_or(0, |level| level + 1);
            if let Some(level) = levels.get_mut(link.subject) {
                *level = below.max(*level);
            }
        }
        if before == levels {
            break;
        }
    }
    lower_missing(plan, &mut levels);
    Ranks { levels, upward }
}

/// A missing issuer stands right above the highest certificate that names it, not at the top among the roots.
fn lower_missing(plan: &Plan, levels: &mut [usize]) {
    for (at, _) in plan.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Missing) {
        let subjects = plan.edges.iter().filter(|link| link.issuer == at);
        let highest = subjects.filter_map(|link| levels.get(link.subject).copied()).min();
        if let (Some(level), Some(highest)) = (levels.get_mut(at), highest) {
            *level = highest.saturating_sub(1);
        }
    }
}

/// Takes lines one by one, the strongest first, and turns those that would close a cycle.
fn break_cycles<'a>(plan: &'a Plan, facts: &Facts) -> (Vec<&'a Link>, Set<usize>) {
    let mut order: Vec<(usize, &Link)> = plan.edges.iter().enumerate().gather();
    collection::sort_by_key(&mut order, |(at, link)| {
        (weakness(link), !signs_itself(plan, facts, link.issuer), link.issuer, link.subject, *at)
    });
    let (mut downward, mut upward) = (Vec::new(), Set::new());
    for (at, link) in order {
        if reaches(&downward, link.subject, link.issuer) {
            upward.insert(at);
        } else {
            downward.push(link);
        }
    }
    (downward, upward)
}

fn weakness(link: &Link) -> u8 {
    match link.evidence {
        Evidence::Verified => 0,
        Evidence::Unchecked => 1,
        Evidence::Missing => 2,
        Evidence::Fails => 3,
    }
}

fn signs_itself(plan: &Plan, facts: &Facts, node: usize) -> bool {
    let certificates = plan.nodes.get(node).map(|node| node.certificates.as_slice()).unwrap_or_default();
    certificates.iter().any(|id| facts.certificate(*id).is_some_and(|found| found.self_signed == Some(true)))
}

/// Whether a path of lines leads from one box to another.
fn reaches(links: &[&Link], from: usize, to: usize) -> bool {
    let mut reached = Set::from([from]);
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        let next = links.iter().filter(|link| link.issuer == at).map(|link| link.subject);
        open.extend(next.filter(|subject| reached.insert(*subject)));
    }
    false
}
