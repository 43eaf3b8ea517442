//! What is put together where there is too much to draw.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use super::describe;
use super::facts::{Facts, LeafRole};
use super::model::{Link, Plan, PlannedNode};
use crate::report::{Finding, Names, Severity};
use crate::scene::reach::reachable;
use crate::scene::{Evidence, Fate, Kind, MAX_NODES, Mark, NodeId};

/// CAs without any connection are drawn one by one while they are no more than this beside a connected graph. Our own
/// number: two rows of boxes.
const MAX_IDLE: usize = 8;

/// How many are drawn one by one where a bundle holds nothing but such CAs. Our own number: a screenful.
const IDLE_ALONE: usize = 24;

/// How many end entities of one issuer and one fate are drawn one by one in a crowded drawing.
const SIBLINGS: usize = 3;

/// Boxes to put together.
struct Bunch {
    members: Vec<usize>,
    title: String,
    /// What the box says below its title.
    row: &'static str,
    /// Whether lines to the members lead to the group.
    connected: bool,
}

/// Puts boxes together until at most [`MAX_NODES`] are left, the least telling first, and says so in the notes.
pub(super) fn collapse(plan: &mut Plan, facts: &Facts) {
    leave_out_idle_public_roots(plan, facts);
    if let Some(bunch) = idle(plan, facts) {
        plan.notes.push(format!("{}: {}. One box stands for them; the table lists them.", bunch.title, bunch.row));
        put_together(plan, vec![bunch]);
    }
    if plan.nodes.len() > MAX_NODES {
        let before = number_of_groups(plan);
        let bunches = siblings(plan, facts);
        put_together(plan, bunches);
        let rest = (plan.nodes.len() > MAX_NODES).then(|| put_least_telling_together(plan, facts));
        plan.notes.extend(siblings_note(plan, before, rest.is_some()));
        plan.notes.extend(rest.map(rest_note));
    }
}

/// Puts together what is beyond the limit, and gives how many CAs and end entities that are.
fn put_least_telling_together(plan: &mut Plan, facts: &Facts) -> usize {
    let (bunch, count) = least_telling(plan, facts);
    put_together(plan, vec![bunch]);
    count
}

fn rest_note(count: usize) -> String {
    format!(
        "No more than {MAX_NODES} boxes are drawn, those of the first chains: one stands for {count} CAs and end entities; the \
         table lists them."
    )
}

/// Public roots that rootlens brings and no chain leads to were never part of the input.
fn leave_out_idle_public_roots(plan: &mut Plan, facts: &Facts) {
    let is_idle = |node: &PlannedNode| {
        !node.certificates.is_empty() && node.certificates.iter().all(|id| facts.is_idle_public_root(*id))
    };
    let mut moved: BTreeMap<usize, usize> = BTreeMap::new();
    let mut kept: Vec<PlannedNode> = Vec::new();
    for (at, node) in mem::take(&mut plan.nodes).into_iter().enumerate() {
        if !is_idle(&node) {
            moved.insert(at, kept.len());
            kept.push(node);
        }
    }
    plan.nodes = kept;
    move_links(plan, &moved);
}

/// About the groups of end entities that are drawn: those behind the first `before`, but for the last one where that is the `rest`.
fn siblings_note(plan: &Plan, before: usize, rest: bool) -> Option<String> {
    let groups: Vec<&PlannedNode> = plan.nodes.iter().filter(|node| node.kind == Kind::Group).collect();
    let drawn = groups.get(before..groups.len() - usize::from(rest)).unwrap_or_default();
    let count: usize = drawn.iter().map(|group| group.certificates.len()).sum();
    let boxes = if drawn.len() == 1 { "One box stands".to_owned() } else { format!("{} boxes stand", drawn.len()) };
    (count > 0)
        .then(|| format!("{boxes} for {count} end entities, each for those of one issuer; the table lists them."))
}

/// CAs that nothing connects to anything: no line, no pool, no chain, no finding.
fn idle(plan: &Plan, facts: &Facts) -> Option<Bunch> {
    let tiers = tiers(plan, facts).into_iter().enumerate();
    let idle: Vec<usize> = tiers.filter(|(_, tier)| *tier == Tier::Idle).map(|(at, _)| at).collect();
    let alone = idle.len() == plan.nodes.len();
    let crowded = plan.nodes.len() > MAX_NODES;
    if idle.len() <= MAX_IDLE || (alone && !crowded) {
        return None;
    }
    let shown = if alone { IDLE_ALONE } else { 0 };
    let members: Vec<usize> = idle.into_iter().skip(shown).collect();
    let all_roots = members.iter().all(|at| plan.nodes.get(*at).is_some_and(|node| is_root(node, facts)));
    let noun = if all_roots { "roots" } else { "CAs" };
    let row = if alone { "issued nothing here" } else { "no chain here uses them" };
    Some(Bunch { title: format!("{} more {noun}", members.len()), row, members, connected: false })
}

fn is_root(node: &PlannedNode, facts: &Facts) -> bool {
    node.certificates.iter().all(|id| facts.certificate(*id).is_some_and(|found| found.self_issued))
}

/// How much a box tells; the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    /// In a pool, or the leaf of a chain, or above one.
    OnChain,
    /// A finding of severity error or warning names it.
    InFinding,
    /// It has a line.
    Connected,
    /// None of these.
    Idle,
}

/// In the order of the plan's boxes.
fn tiers(plan: &Plan, facts: &Facts) -> Vec<Tier> {
    // What is trusted and leads nowhere is what is folded.
    let tells = |mark: Mark| mark != Mark::Trusted;
    let has_role = |id: &usize| facts.mark(*id).is_some_and(tells) || facts.leaf_role(*id).is_some();
    let telling = |finding: &&Finding| finding.severity != Severity::Info;
    let told: BTreeSet<usize> =
        facts.report.findings.iter().filter(telling).flat_map(|it| it.certificates.iter().copied()).collect();
    let found = |id: &usize| told.contains(id);
    let upwards: Vec<(usize, usize)> = plan.links.iter().map(|link| (link.subject, link.issuer)).collect();
    let nodes = || plan.nodes.iter().enumerate();
    let starts = nodes().filter(|(_, node)| node.certificates.iter().any(has_role)).map(|(at, _)| at);
    let on_chain = reachable(starts, &upwards);
    let connected: BTreeSet<usize> = upwards.iter().flat_map(|(one, other)| [*one, *other]).collect();
    let tier = |(at, node): (usize, &PlannedNode)| match node {
        _ if on_chain.contains(&at) => Tier::OnChain,
        _ if node.certificates.iter().any(found) => Tier::InFinding,
        _ if node.kind != Kind::Authority || connected.contains(&at) => Tier::Connected,
        _ => Tier::Idle,
    };
    nodes().map(tier).collect()
}

/// The issuer and the evidence of each line to an end entity.
type Lines = Vec<(usize, Evidence)>;

/// End entities that tell the same.
struct Family {
    fate: Option<Fate>,
    members: Vec<usize>,
}

/// End entities with the same issuers, the same evidence for them and the same fate, all but the first few.
fn siblings(plan: &Plan, facts: &Facts) -> Vec<Bunch> {
    let mut families: Vec<Family> = Vec::new();
    let mut known: BTreeMap<(Lines, Option<Fate>), usize> = BTreeMap::new();
    let mut issuing: BTreeMap<usize, Lines> = BTreeMap::new();
    plan.links.iter().for_each(|link| issuing.entry(link.subject).or_default().push((link.issuer, link.evidence)));
    for (at, node) in plan.nodes.iter().enumerate() {
        let sampled = node.certificates.iter().any(|id| facts.leaf_role(*id) == Some(LeafRole::SampledPeer));
        if node.kind != Kind::EndEntity || sampled {
            continue;
        }
        let lines = issuing.remove(&at).unwrap_or_default();
        let fate = facts.worst_fate(&node.certificates);
        let family = *known.entry((lines, fate)).or_insert(families.len());
        match families.get_mut(family) {
            Some(family) => family.members.push(at),
            None => families.push(Family { fate, members: vec![at] }),
        }
    }
    let mut bunches = Vec::new();
    for Family { fate, members, .. } in families {
        if members.len() > SIBLINGS + 1 {
            let members: Vec<usize> = members.into_iter().skip(SIBLINGS).collect();
            let title = format!("{} more end entities", members.len());
            let row = fate.map_or("of the same issuer", describe::fate);
            bunches.push(Bunch { title, row, members, connected: true });
        }
    }
    bunches
}

/// Everything beyond the limit, groups included: by tier, then by the first chain that needs it, then by order of appearance. With how
/// many CAs and end entities it holds.
fn least_telling(plan: &Plan, facts: &Facts) -> (Bunch, usize) {
    let chains = first_chains(plan, facts);
    let mut order: Vec<(Tier, usize, usize)> = Vec::new();
    for (at, tier) in tiers(plan, facts).into_iter().enumerate() {
        order.push((tier, chains.get(&at).copied().unwrap_or(usize::MAX), at));
    }
    order.sort();
    // Beside the group to come.
    let members: Vec<usize> = order.into_iter().skip(MAX_NODES - 1).map(|(_, _, at)| at).collect();
    let size = |at: &usize| {
        plan.nodes.get(*at).map_or(0, |node| match node.kind {
            Kind::Group => node.certificates.len(),
            _ => 1,
        })
    };
    let count = members.iter().map(size).sum();
    (Bunch { title: format!("{count} more"), row: "CAs and end entities", members, connected: false }, count)
}

/// By box: the number of the first chain that it is on. A chain begins at an end entity and goes up.
fn first_chains(plan: &Plan, facts: &Facts) -> BTreeMap<usize, usize> {
    let mut issuers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    // Where only the key fits, hardly any program looks.
    for link in plan.links.iter().filter(|link| link.names != Names::Different) {
        issuers.entry(link.subject).or_default().push(link.issuer);
    }
    let mut first = BTreeMap::new();
    let is_leaf = |node: &PlannedNode| node.certificates.iter().any(|id| facts.leaf_role(*id).is_some());
    let leaves = plan.nodes.iter().enumerate().filter(|(_, node)| is_leaf(node));
    for (chain, (leaf, _)) in leaves.enumerate() {
        let mut above = vec![leaf];
        while let Some(at) = above.pop() {
            // What an earlier chain is on has its issuers numbered.
            if let Entry::Vacant(entry) = first.entry(at) {
                entry.insert(chain);
                above.extend(issuers.get(&at).into_iter().flatten());
            }
        }
    }
    first
}

/// Replaces the members of each bunch by one box, which comes last.
fn put_together(plan: &mut Plan, bunches: Vec<Bunch>) {
    let numbered = number_of_groups(plan);
    let first = plan.nodes.len() - bunches.iter().map(|bunch| bunch.members.len()).sum::<usize>();
    let mut groups: Vec<PlannedNode> =
        bunches.iter().enumerate().map(|(at, bunch)| group(bunch, numbered + at)).collect();
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    for (place, bunch) in bunches.iter().enumerate() {
        bunch.members.iter().for_each(|at| _ = places.entry(*at).or_insert(place));
    }
    let mut kept: Vec<PlannedNode> = Vec::new();
    // Where each box went; those whose lines go with them are not in it.
    let mut moved: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, node) in mem::take(&mut plan.nodes).into_iter().enumerate() {
        let place = places.get(&at).copied();
        match place.and_then(|place| Some((place, bunches.get(place)?, groups.get_mut(place)?))) {
            Some((place, bunch, group)) => {
                group.certificates.extend_from_slice(&node.certificates);
                if bunch.connected {
                    moved.insert(at, first + place);
                }
            }
            None => {
                moved.insert(at, kept.len());
                kept.push(node);
            }
        }
    }
    kept.append(&mut groups);
    plan.nodes = kept;
    move_links(plan, &moved);
}

/// Lines follow their boxes; those that led to several members become one, those that lose an end go.
fn move_links(plan: &mut Plan, moved: &BTreeMap<usize, usize>) {
    let mut known = BTreeMap::new();
    for link in mem::take(&mut plan.links) {
        let (Some(issuer), Some(subject)) = (moved.get(&link.issuer), moved.get(&link.subject)) else { continue };
        let link = Link { issuer: *issuer, subject: *subject, ..link };
        let position = known.get(&link.key()).and_then(|position: &usize| plan.links.get_mut(*position));
        match position {
            Some(other) => other.certificates.extend_from_slice(&link.certificates),
            None if issuer == subject => {}
            None => {
                known.insert(link.key(), plan.links.len());
                plan.links.push(link);
            }
        }
    }
}

fn number_of_groups(plan: &Plan) -> usize {
    plan.nodes.iter().filter(|node| node.kind == Kind::Group).count()
}

fn group(bunch: &Bunch, number: usize) -> PlannedNode {
    PlannedNode {
        id: NodeId::Group(number),
        kind: Kind::Group,
        name: bunch.title.clone(),
        certificates: Vec::new(),
        namesake: None,
        facts: vec![bunch.row.to_owned()],
        level: 0,
    }
}
