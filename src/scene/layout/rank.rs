//! Levels: issuers above what they issued, roots on top.

use crate::scene::plan::facts::Facts;
use crate::scene::plan::{Link, Plan};
use crate::scene::reach::reachable;
use crate::scene::{Evidence, Kind};

/// Ranks the boxes by their longest path from a root, and says which lines had to be turned: CAs that sign each other
/// cannot each stand above the other.
pub(super) fn rank(plan: &mut Plan, facts: &Facts) {
    turn_upward(plan, facts);
    let Plan { nodes, links, .. } = plan;
    // A path without a cycle has fewer lines than there are boxes, so as many rounds settle every level.
    for _ in 0..nodes.len() {
        let mut settled = true;
        for link in links.iter().filter(|link| !link.upward) {
            let below = nodes.get(link.issuer).map_or(0, |node| node.level + 1);
            if let Some(subject) = nodes.get_mut(link.subject).filter(|node| node.level < below) {
                subject.level = below;
                settled = false;
            }
        }
        if settled {
            break;
        }
    }
    lower_missing(plan);
}

/// A missing issuer stands right above the highest certificate that names it, not at the top among the roots.
fn lower_missing(plan: &mut Plan) {
    for at in 0..plan.nodes.len() {
        let subjects = plan.links.iter().filter(|link| link.issuer == at);
        let highest = subjects.filter_map(|link| plan.nodes.get(link.subject)).map(|node| node.level).min();
        let missing = plan.nodes.get_mut(at).filter(|node| node.kind == Kind::Missing);
        if let (Some(node), Some(highest)) = (missing, highest) {
            node.level = highest.saturating_sub(1);
        }
    }
}

/// Takes lines one by one, the strongest first, and turns those that would close a cycle.
fn turn_upward(plan: &mut Plan, facts: &Facts) {
    let mut order: Vec<usize> = (0..plan.links.len()).collect();
    order.sort_by_cached_key(|at| plan.links.get(*at).map(|link| precedence(link, plan, facts)));
    let mut downward: Vec<(usize, usize)> = Vec::new();
    for at in order {
        let Some(link) = plan.links.get_mut(at) else { continue };
        link.upward = reachable([link.subject], &downward).contains(&link.issuer);
        if !link.upward {
            downward.push((link.issuer, link.subject));
        }
    }
}

/// What decides between two lines of a cycle: the better evidence, then the issuer that signs itself; the rest only
/// makes the order complete.
fn precedence(link: &Link, plan: &Plan, facts: &Facts) -> (u8, bool, usize, usize) {
    let weakness = match link.evidence {
        Evidence::Verified => 0,
        Evidence::Unchecked => 1,
        Evidence::Missing => 2,
        Evidence::Fails => 3,
    };
    (weakness, !signs_itself(plan, facts, link.issuer), link.issuer, link.subject)
}

fn signs_itself(plan: &Plan, facts: &Facts, node: usize) -> bool {
    let certificates = plan.nodes.get(node).map(|node| node.certificates.as_slice()).unwrap_or_default();
    certificates.iter().any(|id| facts.certificate(*id).is_some_and(|found| found.self_signed == Some(true)))
}
