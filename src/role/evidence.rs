//! What a source shows of itself, before it is compared with the others.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::authority::{authorities, is_ca_as_end_entity, is_self_signed};
use super::side::{self, Sign};
use super::{Chain, Chosen, LensEvidence, Role, chain, file_name};
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::inventory::{Inventory, Meaning, Source};
use crate::lens::Lens;

/// What one source shows.
pub(super) struct Evidence<'a> {
    pub(super) source: &'a Source,
    /// Each once, in order.
    pub(super) certificates: Vec<CertId>,
    /// CAs, and whatever issued another certificate of the input.
    pub(super) authorities: Vec<CertId>,
    /// The authorities that are self-signed CAs.
    pub(super) roots: Vec<CertId>,
    /// Its end entities: the other certificates.
    pub(super) leaves: Vec<CertId>,
    pub(super) chains: Vec<SignedChain>,
    pub(super) shape: Shape,
    /// The authorities that stand above none of its end entities.
    pub(super) astray: usize,
}

/// A chain and which side it speaks for.
pub(super) struct SignedChain {
    pub(super) chain: Chain,
    /// The end entity that the chain is about: its leaf, or where a CA stands first, the only end entity behind it.
    pub(super) about: CertId,
    pub(super) sign: Sign,
}

/// How the certificates of a source stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// No certificate.
    Empty,
    /// Authorities only.
    Authorities,
    /// Authorities, a root among them, outnumber the end entities, and some of them have nothing to do with these.
    AuthoritiesPrevail,
    /// End entities, each with its own authorities or none.
    Chains,
    /// End entities and authorities in no order that a program would present.
    Jumble,
}

/// What is known of all sources before any of them is looked at.
struct Collection<'g> {
    graph: &'g Graph,
    lens: Lens,
    authorities: BTreeSet<CertId>,
}

/// What every source shows, in order.
pub(super) fn collect_evidence<'a>(
    inventory: &'a Inventory,
    graph: &Graph,
    lens: Lens,
    chosen: &BTreeMap<usize, Vec<Role>>,
) -> Vec<Evidence<'a>> {
    let collection = Collection { graph, lens, authorities: authorities(graph) };
    let sources = inventory.sources.iter().enumerate();
    sources.map(|(index, source)| collection.evidence(index, source, chosen.contains_key(&index))).collect()
}

/// The keys of an identity file of OpenZiti, as parts are called after them.
const IDENTITY_KEYS: [&str; 3] = ["id.cert", "id.server_cert", "id.ca"];

/// What speaks for the router's lens: an id that OpenZiti writes, one of its files, else a role that only its
/// controllers' files have.
pub(super) fn lens_evidence(inventory: &Inventory, graph: &Graph, chosen: Chosen<'_>) -> Option<LensEvidence> {
    let is_openziti = |id: &CertId| graph.certificate(*id).and_then(side::by_spiffe_id).is_some();
    let by_id = inventory.sources.iter().position(|source| source.certificates().iter().any(is_openziti));
    let is_identity =
        |source: &Rc<Source>| source.part.as_ref().is_some_and(|part| IDENTITY_KEYS.contains(&part.key.as_str()));
    let by_file = || inventory.sources.iter().position(is_identity);
    let is_published = |(_, roles): &(&usize, &Vec<Role>)| roles.contains(&Role::Published);
    let published = || chosen.roles.iter().find(is_published).map(|(index, _)| *index);
    by_id
        .map(LensEvidence::SpiffeId)
        .or_else(|| by_file().map(LensEvidence::IdentityFile))
        .or_else(|| published().map(LensEvidence::Published))
}

impl<'a> Evidence<'a> {
    pub(super) fn name(&self) -> &'a str {
        &self.source.name
    }

    pub(super) fn is_named_trusted(&self) -> bool {
        file_name::suggests_trust(self.name()).is_some()
    }

    pub(super) fn begins_with_leaf(&self) -> bool {
        self.certificates.first().is_some_and(|first| self.leaves.contains(first))
    }

    /// What the key above its certificates says of them.
    pub(super) fn meaning(&self) -> Option<Meaning> {
        self.source.part.as_ref().map(|part| part.meaning)
    }
}

impl Collection<'_> {
    fn evidence<'a>(&self, index: usize, source: &'a Source, is_chosen: bool) -> Evidence<'a> {
        let certificates = source.certificates();
        let (authorities, leaves): (Vec<CertId>, Vec<CertId>) =
            certificates.iter().partition(|id| self.is_authority(**id, &certificates, source));
        let roots: Vec<CertId> = authorities.iter().copied().filter(|&id| is_self_signed(self.graph, id)).collect();
        let begins_with_leaf = certificates.first() == leaves.first();
        let is_part = source.part.as_ref().is_some_and(|part| is_chain(part.meaning));
        let is_one_chain = is_part || (is_chosen && !begins_with_leaf);
        let held = chain::Held { source: index, name: &source.name, certificates: &certificates, leaves: &leaves };
        let chains = chain::split(self.graph, self.lens, &held, is_one_chain);
        let on_a_path = on_a_path(self.graph, &certificates, &leaves);
        let astray = authorities.iter().filter(|id| !on_a_path.contains(id)).count();
        let shape = match () {
            () if certificates.is_empty() => Shape::Empty,
            () if leaves.is_empty() => Shape::Authorities,
            () if self.is_in_order(&certificates, &leaves, astray) => Shape::Chains,
            () if !roots.is_empty() && authorities.len() > leaves.len() => Shape::AuthoritiesPrevail,
            () => Shape::Jumble,
        };
        let chains = chains.into_iter().map(|chain| self.signed(chain, source, &leaves)).collect();
        Evidence { source, certificates, authorities, roots, leaves, chains, shape, astray }
    }

    /// A CA that serves as an end entity is none where it stands before nothing but authorities.
    fn is_authority(&self, id: CertId, certificates: &[CertId], source: &Source) -> bool {
        let (Some((first, rest)), Lens::Chains) = (certificates.split_first(), self.lens) else {
            return self.authorities.contains(&id);
        };
        let may_serve = *first == id && rest.iter().all(|other| self.authorities.contains(other));
        self.authorities.contains(&id) && !(may_serve && is_ca_as_end_entity(self.graph, id, &source.name))
    }

    /// The end entity first and all authorities above one, or the other way round.
    fn is_in_order(&self, certificates: &[CertId], leaves: &[CertId], astray: usize) -> bool {
        let leaf_first = certificates.first().is_some_and(|first| leaves.contains(first));
        let leaf_last = || leaves.len() == 1 && chain::is_linear_backwards(self.graph, certificates);
        (leaf_first && astray == 0) || leaf_last()
    }

    /// A chain with its side. Where a CA stands first, the only end entity behind it tells.
    fn signed(&self, chain: Chain, source: &Source, leaves: &[CertId]) -> SignedChain {
        let about = match leaves {
            [only] if !leaves.contains(&chain.leaf) => *only,
            _ => chain.leaf,
        };
        SignedChain { about, sign: side::sign(self.lens, self.graph.certificate(about), source), chain }
    }
}

fn is_chain(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::ServerChain | Meaning::ClientChain | Meaning::Chain)
}

/// The certificates that stand above an end entity.
fn on_a_path(graph: &Graph, certificates: &[CertId], leaves: &[CertId]) -> BTreeSet<CertId> {
    chain::ancestors_of_any(graph, leaves, &certificates.iter().copied().collect())
}
