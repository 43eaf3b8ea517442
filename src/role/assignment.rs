//! From decisions to what they make of all sources together: the trust store, the chains, and whose they are.

use std::collections::{BTreeMap, BTreeSet};

use super::decision::Decision;
use super::evidence::{Evidence, SignedChain};
use super::{Chosen, DistinctChain, Role, RoleAssignment, Side, SourceRoles, reason};
use crate::certificate::CertId;
use crate::graph::Graph;

/// A chain once, and the sides that it is to stand for.
pub(super) struct SidedChain {
    pub(super) chain: DistinctChain,
    /// One, or both where both were chosen.
    sides: BTreeSet<Side>,
}

/// Every source with what it is taken for.
#[derive(Clone, Copy)]
pub(super) struct Decided<'d, 'a> {
    pub(super) graph: &'d Graph,
    pub(super) sources: &'d [Evidence<'a>],
    /// One for each source.
    pub(super) decisions: &'d [Decision<'a>],
    pub(super) chosen: Chosen<'d>,
}

impl<'d, 'a> Decided<'d, 'a> {
    fn each(self) -> impl Iterator<Item = (&'d Evidence<'a>, Decision<'a>)> {
        self.sources.iter().zip(self.decisions.iter().copied())
    }

    /// Every chain of the sources that hold chains, each with its side once.
    pub(super) fn distinct_chains(self) -> Vec<SidedChain> {
        let mut distinct: Vec<SidedChain> = Vec::new();
        let mut positions: BTreeMap<(Side, CertId, &[CertId]), usize> = BTreeMap::new();
        for (source, decision) in self.each() {
            for SignedChain { chain, sign, .. } in &source.chains {
                let sides = sides(decision, sign.side);
                let Some(&first) = sides.first() else { continue };
                let side = if sides.len() == 1 { first } else { sign.side };
                let position = *positions.entry((side, chain.leaf, &chain.presented)).or_insert(distinct.len());
                if let Some(known) = distinct.get_mut(position) {
                    known.chain.sources.push(chain.source);
                    known.sides.extend(sides);
                } else {
                    let session = source.source.session.as_ref().filter(|_| side == Side::Server);
                    let host = session.and_then(|session| session.host.clone());
                    let chain = DistinctChain { chain: chain.clone(), side, sources: vec![chain.source], host };
                    distinct.push(SidedChain { chain, sides });
                }
            }
        }
        distinct
    }

    /// In the chains' lens: each source has the role of its chains' sides. The only chain beside a trust store stands
    /// for both sides of a pool, whichever its own is.
    pub(super) fn of_chains(self, chains: &[SidedChain]) -> RoleAssignment {
        let mut assignment = RoleAssignment::default();
        let mut placed = Placed::default();
        for (index, (source, decision)) in self.each().enumerate() {
            let mut roles = assignment.add_certificates(source, decision, &mut placed);
            roles.extend(source.chains.iter().flat_map(|it| sides(decision, it.sign.side)).map(role_of));
            let reason = reason::in_chains(self.graph, source, decision, self.chosen.is_sent(index));
            assignment.by_source.push(SourceRoles { roles: listed(roles), reason });
        }
        let only_chain = !assignment.bundle.is_empty() && chains.len() == 1;
        for SidedChain { chain, sides } in chains {
            let stands_for = |side| only_chain || sides.contains(&side);
            if stands_for(Side::Server) {
                assignment.peers.push(chain.chain.clone());
            }
            if stands_for(Side::Client) {
                assignment.clients.push(chain.chain.clone());
            }
        }
        assignment
    }

    /// In the router's lens: controllers are peers, everybody else who connects is a client.
    pub(super) fn of_a_router(self) -> RoleAssignment {
        let overview = Overview::new(self);
        let mut assignment = RoleAssignment::default();
        let mut placed = Placed::default();
        for (index, (source, decision)) in self.each().enumerate() {
            let mut roles = assignment.add_certificates(source, decision, &mut placed);
            for chain in &source.chains {
                let chains = [(Role::Peer, &mut assignment.peers), (Role::Client, &mut assignment.clients)];
                for (role, chains) in chains {
                    if overview.has_role(chain, decision, role) {
                        roles.insert(role);
                        chains.push(chain.chain.clone());
                    }
                }
            }
            let roles = listed(roles);
            let sent = self.chosen.is_sent(index);
            let reason = reason::in_router(self.graph, source, decision, sent, &roles, overview.only_chain);
            assignment.by_source.push(SourceRoles { roles, reason });
        }
        assignment
    }
}

/// Sorted, and never none.
fn listed(roles: BTreeSet<Role>) -> Vec<Role> {
    if roles.is_empty() { vec![Role::Other] } else { roles.into_iter().collect() }
}

impl RoleAssignment {
    /// Adds what a source contributes to the trust store and to what is published; its roles for that.
    fn add_certificates(
        &mut self,
        source: &Evidence<'_>,
        decision: Decision<'_>,
        placed: &mut Placed,
    ) -> BTreeSet<Role> {
        let mut roles = BTreeSet::new();
        if decision.is_trusted() {
            roles.insert(Role::Bundle);
        }
        let trusted = decision.trusted(source).iter().copied();
        self.bundle.extend(trusted.filter(|id| placed.bundle.insert(*id)));
        if decision.is_published() {
            roles.insert(Role::Published);
            let published = source.certificates.iter().copied();
            self.published.extend(published.filter(|id| placed.published.insert(*id)));
        }
        roles
    }
}

/// What is in the bundle and what is published, so far.
#[derive(Default)]
struct Placed {
    bundle: BTreeSet<CertId>,
    published: BTreeSet<CertId>,
}

/// What has to be known of all sources before one of them gets its roles in the router's lens.
struct Overview {
    /// There is a bundle and exactly one chain, so that chain stands for the peer and for the client.
    only_chain: bool,
    /// A SPIFFE id names a controller, so servers without one are not what a router samples.
    controllers_are_named: bool,
}

impl Overview {
    fn new(decided: Decided<'_, '_>) -> Overview {
        let with_chains = decided.each().filter(|(_, decision)| decision.holds_chains());
        let chains: Vec<&SignedChain> = with_chains.flat_map(|(source, _)| &source.chains).collect();
        Overview {
            only_chain: decided.decisions.iter().any(|it| it.is_trusted()) && chains.len() == 1,
            controllers_are_named: chains.iter().any(|chain| chain.sign.names_controller()),
        }
    }

    /// Whether one chain of a source is a peer's, or a client's.
    fn has_role(&self, chain: &SignedChain, decision: Decision<'_>, role: Role) -> bool {
        match decision {
            Decision::Chosen(_) => sides(decision, chain.sign.side).into_iter().any(|side| role_of(side) == role),
            Decision::Chains | Decision::Mixed if self.only_chain => true,
            Decision::Chains | Decision::Mixed => {
                let unsampled = self.controllers_are_named && !chain.sign.names_controller();
                role_of(chain.sign.side) == role && !(role == Role::Peer && unsampled)
            }
            _ => false,
        }
    }
}

/// The sides that a chain of a source stands for, where its certificate tells `told`; none if the source holds no
/// chains.
fn sides(decision: Decision<'_>, told: Side) -> BTreeSet<Side> {
    let Decision::Chosen(roles) = decision else {
        return decision.holds_chains().then_some(told).into_iter().collect();
    };
    let side = |role: &Role| match role {
        Role::Peer => Some(Side::Server),
        Role::Client => Some(Side::Client),
        Role::Chain => Some(told),
        Role::Bundle | Role::Published | Role::Other => None,
    };
    roles.iter().filter_map(side).collect()
}

fn role_of(side: Side) -> Role {
    match side {
        Side::Server => Role::Peer,
        Side::Client => Role::Client,
    }
}
