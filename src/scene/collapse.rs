//! What is put together where there is too much to draw.

use crate::collection::{self, Gather as _, Map, Set};

use super::facts::Facts;
use super::select::{Box, Link, Plan};
use super::{Evidence, Fate, Kind, MAX_NODES};
use crate::report::Severity;

/// CAs without any connection are drawn one by one while they are no more than this beside a connected graph. Our own
/// number: two rows of boxes.
const MAX_IDLE: usize = 8;

/// How many are drawn one by one where a bundle holds nothing but such CAs. Our own number: a screenful.
const IDLE_ALONE: usize = 24;

/// How many end entities of one issuer and one fate are drawn one by one in a crowded drawing.
const SIBLINGS: usize = 3;

/// Boxes to put together.
struct Bunch {
    members: Set<usize>,
    title: String,
    row: String,
    /// Whether lines to the members lead to the group.
    connected: bool,
}

/// Puts boxes together until at most [`MAX_NODES`] are left, the least telling first, and says so in the notes.
pub(super) fn collapse(mut plan: Plan, facts: &Facts) -> Plan {
    if let Some(bunch) = idle(&plan, facts) {
        plan.notes.push(format!("{}: {}. One box stands for them; the table lists them.", bunch.title, bunch.row));
        plan = put_together(plan, vec![bunch]);
    }
    if plan.nodes.len() > MAX_NODES {
        let bunches = siblings(&plan, facts);
        plan.notes.extend(siblings_note(&bunches));
        plan = put_together(plan, bunches);
    }
    if plan.nodes.len() > MAX_NODES {
        let bunch = least_telling(&plan, facts);
        let count = bunch.members.len();
        plan.notes.push(format!(
            "No more than {MAX_NODES} boxes are drawn: one stands for {count} CAs and end entities; the table lists them."
        ));
        plan = put_together(plan, vec![bunch]);
    }
    plan
}

fn siblings_note(bunches: &[Bunch]) -> Option<String> {
    let count: usize = bunches.iter().map(|bunch| bunch.members.len()).sum();
    let boxes = if bunches.len() == 1 { "One box stands".to_owned() } else { format!("{} boxes stand", bunches.len()) };
    (count > 0)
        .then(|| format!("{boxes} for {count} end entities, each for those of one issuer; the table lists them."))
}

/// CAs that nothing connects to anything: no line, no pool, no part, no finding.
fn idle(plan: &Plan, facts: &Facts) -> Option<Bunch> {
    let tiers = tiers(plan, facts);
    let idle: Vec<usize> = tiers.iter().enumerate().filter(|(_, tier)| **tier == Tier::Idle).map(|(at, _)| at).gather();
    let alone = idle.len() == plan.nodes.len();
    let crowded = plan.nodes.len() > MAX_NODES;
    if idle.len() <= MAX_IDLE || (alone && !crowded) {
        return None;
    }
    let shown = if alone { IDLE_ALONE } else { 0 };
    let members: Set<usize> = idle.into_iter().skip(shown).collect();
    let all_roots = members.iter().all(|at| plan.nodes.get(*at).is_some_and(|node| is_root(node, facts)));
    let noun = if all_roots { "roots" } else { "CAs" };
    let row = if alone { "issued nothing here" } else { "no chain here uses them" };
    Some(Bunch { title: format!("{} more {noun}", members.len()), row: row.to_owned(), members, connected: false })
}

fn is_root(node: &Box, facts: &Facts) -> bool {
    node.certificates.iter().all(|id| facts.certificate(*id).is_some_and(|found| found.self_issued))
}

/// How much a box tells; the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    /// In a pool, or the leaf of a chain, or above one.
    Played,
    /// A finding of severity error or warning names it.
    Found,
    /// It has a line.
    Connected,
    /// None of these.
    Idle,
}

fn tiers(plan: &Plan, facts: &Facts) -> Vec<Tier> {
    let connected: Set<usize> = plan.edges.iter().flat_map(|link| [link.issuer, link.subject]).collect();
    let telling = facts.report.findings.iter().filter(|finding| finding.severity != Severity::Info);
    let found: Set<usize> = telling.flat_map(|finding| finding.certificates.iter().copied()).collect();
    let played = played(plan, facts);
    let tier = |(at, node): (usize, &Box)| match node {
        _ if played.contains(&at) => Tier::Played,
        _ if node.certificates.iter().any(|id| found.contains(id)) => Tier::Found,
        _ if connected.contains(&at) || node.kind != Kind::Authority => Tier::Connected,
        _ => Tier::Idle,
    };
    plan.nodes.iter().enumerate().map(tier).gather()
}

/// Boxes with a mark or part, and everything above them.
fn played(plan: &Plan, facts: &Facts) -> Set<usize> {
    let plays = |id: &usize| facts.mark(*id).is_some() || !facts.parts(*id).is_empty();
    let mut played: Set<usize> = plan
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.certificates.iter().any(plays))
        .map(|(at, _)| at)
        .collect();
    loop {
        let above: Vec<usize> =
            plan.edges.iter().filter(|link| played.contains(&link.subject)).map(|link| link.issuer).gather();
        let before = played.len();
        played.extend(above);
        if played.len() == before {
            return played;
        }
    }
}

/// Issuers with the evidence for them, and the fate.
type Family = (Vec<(usize, Evidence)>, Option<Fate>);

/// End entities with the same issuers and the same fate, all but the first few.
fn siblings(plan: &Plan, facts: &Facts) -> Vec<Bunch> {
    let mut families: Map<Family, Vec<usize>> = Map::new();
    for (at, node) in plan.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::EndEntity) {
        let sampled = node.certificates.iter().any(|id| facts.parts(*id).contains(&super::facts::Part::SampledPeer));
        let issuers = plan.edges.iter().filter(|link| link.subject == at).map(|link| (link.issuer, link.evidence));
        let fate = node.certificates.iter().filter_map(|id| facts.fate(*id)).max();
        if !sampled {
            families.entry((issuers.gather(), fate)).or_default().push(at);
        }
    }
    let large = families.into_iter().filter(|(_, family)| family.len() > SIBLINGS + 1);
    large.map(|((_, fate), family)| sibling_bunch(fate, family.into_iter().skip(SIBLINGS).collect())).gather()
}

fn sibling_bunch(fate: Option<Fate>, members: Set<usize>) -> Bunch {
    let row = fate.map_or("of the same issuer", super::describe::fate).to_owned();
    Bunch { title: format!("{} more end entities", members.len()), row, members, connected: true }
}

/// Everything beyond the limit by tier, then by order of appearance.
fn least_telling(plan: &Plan, facts: &Facts) -> Bunch {
    let mut order: Vec<(Tier, usize)> = tiers(plan, facts).into_iter().zip(0..).gather();
    collection::sort(&mut order);
    let is_group = |at: usize| plan.nodes.get(at).is_some_and(|node| node.kind == Kind::Group);
    let members: Set<usize> =
        order.into_iter().map(|(_, at)| at).filter(|at| !is_group(*at)).skip(room(plan)).collect();
    Bunch {
        title: format!("{} more", members.len()),
        row: "CAs and end entities".to_owned(),
        members,
        connected: false,
    }
}

/// Single boxes that may stay beside the groups there are and the one to come.
fn room(plan: &Plan) -> usize {
    let groups = plan.nodes.iter().filter(|node| node.kind == Kind::Group).count();
    MAX_NODES.saturating_sub(groups + 1)
}

/// Replaces the members of each bunch by one box.
fn put_together(plan: Plan, bunches: Vec<Bunch>) -> Plan {
    let mut together = Plan { notes: plan.notes.clone(), ..Plan::default() };
    let mut moved: Map<usize, Option<usize>> = Map::new();
    for (at, node) in plan.nodes.iter().enumerate() {
        if !bunches.iter().any(|bunch| bunch.members.contains(&at)) {
            moved.insert(at, Some(together.nodes.len()));
            together.nodes.push(node.clone());
        }
    }
    for bunch in bunches {
        let at = bunch.connected.then_some(together.nodes.len());
        moved.extend(bunch.members.iter().map(|member| (*member, at)));
        let group = group(&plan, &together, bunch);
        together.nodes.push(group);
    }
    together.edges = redirect(&plan.edges, &moved);
    together
}

fn group(plan: &Plan, together: &Plan, bunch: Bunch) -> Box {
    let index = together.nodes.iter().filter(|node| node.kind == Kind::Group).count();
    let members = plan.nodes.iter().enumerate().filter(|(at, _)| bunch.members.contains(at));
    Box {
        key: format!("more-{index}"),
        kind: Kind::Group,
        certificates: members.flat_map(|(_, node)| node.certificates.iter().copied()).gather(),
        index,
        words: Some((bunch.title, bunch.row)),
    }
}

/// Lines follow their boxes; those that led to several members become one, those that lose an end go.
fn redirect(edges: &[Link], moved: &Map<usize, Option<usize>>) -> Vec<Link> {
    let place = |at: usize| moved.get(&at).copied().flatten();
    let mut redirected: Vec<Link> = Vec::new();
    for link in edges {
        let (Some(issuer), Some(subject)) = (place(link.issuer), place(link.subject)) else { continue };
        let kind = |link: &Link| (link.row, link.evidence, link.names, link.key_ids);
        let same = |other: &&mut Link| (other.issuer, other.subject) == (issuer, subject) && kind(other) == kind(link);
        match redirected.iter_mut().find(same) {
            Some(other) => other.certificates.extend(&link.certificates),
            None if issuer == subject => {}
            None => redirected.push(Link { issuer, subject, ..link.clone() }),
        }
    }
    redirected
}
