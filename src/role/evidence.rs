//! What a source shows of itself, before it is compared with the others.

use std::collections::{BTreeMap, BTreeSet};

use super::{Chain, LensEvidence, Role, chain, file_name};
use crate::certificate::{CertId, Certificate, GeneralName};
use crate::graph::Graph;
use crate::inventory::{Inventory, Source};
use crate::signature::Status;

/// What one source shows.
pub(super) struct Evidence<'a> {
    pub(super) source: &'a Source,
    /// Each once, in order.
    pub(super) certificates: Vec<CertId>,
    /// CAs, and whatever signed another certificate of the input.
    pub(super) authorities: Vec<CertId>,
    /// The authorities that are self-signed CAs.
    pub(super) roots: Vec<CertId>,
    /// Its end entities: the other certificates.
    pub(super) leaves: Vec<CertId>,
    pub(super) chains: Vec<SignedChain>,
    pub(super) shape: Shape,
}

/// A chain and which side it speaks for.
pub(super) struct SignedChain {
    pub(super) chain: Chain,
    pub(super) sign: Sign,
}

/// Which side a leaf speaks for, and what says so.
pub(super) struct Sign {
    pub(super) role: Role,
    /// Completes "LEAF is taken for a client: …".
    pub(super) because: String,
    /// A SPIFFE id with `/controller/`: what an OpenZiti router samples.
    pub(super) names_controller: bool,
    /// The certificate says so, not the file name.
    pub(super) certified: bool,
    /// A SPIFFE id with a path that OpenZiti writes.
    pub(super) is_openziti: bool,
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

/// What every source shows, in order.
pub(super) fn collect_evidence<'a>(inventory: &'a Inventory, graph: &Graph) -> Vec<Evidence<'a>> {
    let authorities = authorities(graph);
    let sources = inventory.sources.iter().enumerate();
    sources.map(|(index, source)| Evidence::of(graph, &authorities, index, source)).collect()
}

/// What speaks for the router's lens: ids that OpenZiti writes, else a role that only its controllers' files have.
pub(super) fn lens_evidence(sources: &[Evidence<'_>], chosen: &BTreeMap<usize, Vec<Role>>) -> Option<LensEvidence> {
    let by_id = sources.iter().position(|source| source.chains.iter().any(|chain| chain.sign.is_openziti));
    let published = || chosen.iter().find(|(_, roles)| roles.contains(&Role::Published)).map(|(index, _)| *index);
    by_id.map(LensEvidence::SpiffeId).or_else(|| published().map(LensEvidence::Published))
}

impl<'a> Evidence<'a> {
    fn of(graph: &Graph, known: &BTreeSet<CertId>, index: usize, source: &'a Source) -> Evidence<'a> {
        let certificates = source.certificates();
        let authorities = certificates.iter().copied().filter(|&id| known.contains(&id)).collect::<Vec<_>>();
        let leaves = certificates.iter().copied().filter(|&id| !known.contains(&id)).collect::<Vec<_>>();
        let roots = authorities.iter().copied().filter(|&id| is_self_signed(graph, id)).collect::<Vec<_>>();
        let signed = |chain: Chain| SignedChain { sign: sign(graph, &chain, &source.name), chain };
        let chains = chain::split(graph, index, source, &certificates, &leaves).into_iter().map(signed).collect();
        let shape = shape(graph, &certificates, &authorities, &leaves, !roots.is_empty());
        Evidence { source, certificates, authorities, roots, leaves, chains, shape }
    }

    pub(super) fn name(&self) -> &'a str {
        &self.source.name
    }

    pub(super) fn is_named_bundle(&self) -> bool {
        file_name::suggests_bundle(self.name()).is_some()
    }

    pub(super) fn begins_with_leaf(&self) -> bool {
        self.certificates.first().is_some_and(|first| self.leaves.contains(first))
    }
}

/// CAs by their own words (RFC 5280, 4.2.1.9), or by what they did: version 1 roots say nothing.
fn authorities(graph: &Graph) -> BTreeSet<CertId> {
    let mut authorities = BTreeSet::new();
    for edge in &graph.edges {
        if edge.issuer != edge.subject && edge.signature == Status::Valid {
            authorities.insert(edge.issuer);
        }
    }
    for (index, certificate) in graph.certificates.iter().enumerate() {
        if certificate.is_ca() {
            authorities.insert(CertId(index));
        }
    }
    authorities
}

/// Self-signed, or self-issued with a signature that could not be checked.
fn is_self_signed(graph: &Graph, id: CertId) -> bool {
    graph.self_issued(id) && graph.self_signed(id) != Some(false)
}

fn shape(graph: &Graph, certificates: &[CertId], authorities: &[CertId], leaves: &[CertId], with_root: bool) -> Shape {
    if certificates.is_empty() {
        return Shape::Empty;
    }
    if leaves.is_empty() {
        return Shape::Authorities;
    }
    let mut on_a_path = BTreeSet::new();
    for &leaf in leaves {
        on_a_path.extend(chain::ancestors(graph, leaf, certificates));
    }
    let none_astray = authorities.iter().all(|id| on_a_path.contains(id));
    let leaf_first = certificates.first().is_some_and(|first| leaves.contains(first));
    let leaf_last = leaves.len() == 1 && chain::is_linear_backwards(graph, certificates);
    if (leaf_first && none_astray) || leaf_last {
        Shape::Chains
    } else if with_root && authorities.len() > leaves.len() {
        Shape::AuthoritiesPrevail
    } else {
        Shape::Jumble
    }
}

/// Which side a chain speaks for: its leaf's SPIFFE id, else its extended key usage, else server names, else the file
/// name.
fn sign(graph: &Graph, chain: &Chain, source: &str) -> Sign {
    let leaf = graph.certificate(chain.leaf);
    if let Some(sign) = leaf.and_then(by_spiffe_id) {
        return sign;
    }
    let by_extension = leaf.and_then(|leaf| by_extended_key_usage(leaf).or_else(|| by_server_name(leaf)));
    let certified = by_extension.is_some();
    let unknown = || (Role::Client, "nothing in it tells a client from a server".to_owned());
    let (role, because) = by_extension.or_else(|| by_file_name(source)).unwrap_or_else(unknown);
    Sign { role, because, names_controller: false, certified, is_openziti: false }
}

/// The paths that OpenZiti writes (`docs/background/openziti.md`, section 3.1): two parts of each, whom it names, and
/// which side that is.
const SPIFFE_PATHS: [(&str, &str, &str, Role); 4] = [
    ("/controller/", "", "a controller", Role::Peer),
    ("/identity/", "/apiSession/", "an API session", Role::Client),
    ("/identity/", "", "an identity", Role::Client),
    ("/router/", "", "a router", Role::Client),
];

fn by_spiffe_id(leaf: &Certificate) -> Option<Sign> {
    for name in leaf.subject_alt_names.iter().flatten() {
        let GeneralName::Uri(uri) = name else { continue };
        for (marker, further, what, role) in SPIFFE_PATHS {
            if uri.starts_with("spiffe://") && uri.contains(marker) && uri.contains(further) {
                return Some(Sign {
                    role,
                    because: format!("its SPIFFE id names {what} ({})", path_from(uri, marker)),
                    names_controller: role == Role::Peer,
                    certified: true,
                    is_openziti: true,
                });
            }
        }
    }
    None
}

/// Most characters of a SPIFFE path that a reason quotes.
const PATH_QUOTED: usize = 48;

/// The path of a SPIFFE id from `marker` on, without the end of a long one.
fn path_from(id: &str, marker: &str) -> String {
    let path = id.find(marker).and_then(|start| id.get(start..)).unwrap_or(id);
    match path.char_indices().nth(PATH_QUOTED).and_then(|(end, _)| path.get(..end)) {
        Some(start) => format!("{start}…"),
        None => path.to_owned(),
    }
}

fn by_extended_key_usage(leaf: &Certificate) -> Option<(Role, String)> {
    match leaf.tls_sides()? {
        (true, false) => Some((Role::Peer, "its extended key usage is serverAuth only".to_owned())),
        (false, true) => Some((Role::Client, "its extended key usage is clientAuth only".to_owned())),
        _ => None,
    }
}

fn by_server_name(leaf: &Certificate) -> Option<(Role, String)> {
    let because = leaf.subject_alt_names.iter().flatten().find_map(|name| match name {
        GeneralName::Dns(dns) => Some(format!("it is made out to the host {dns}, as servers are")),
        GeneralName::Ip(_) => Some("it is made out to an IP address, as servers are".to_owned()),
        _ => None,
    });
    because.map(|because| (Role::Peer, because))
}

fn by_file_name(source: &str) -> Option<(Role, String)> {
    let (role, word) = file_name::suggests_side(source)?;
    Some((role, format!("nothing in it tells, but the file name says \u{201c}{word}\u{201d}")))
}
