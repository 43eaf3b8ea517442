//! What a source shows of itself, before it is compared with the others.

use crate::collection::{Gather as _, Set};

use super::{Chain, Role, chain, file_name};
use crate::certificate::{CertId, Certificate, GeneralName};
use crate::graph::Graph;
use crate::inventory::{Inventory, Source};
use crate::signature::Status;

/// id-kp-serverAuth and id-kp-clientAuth (RFC 5280, 4.2.1.12).
const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";

/// What one source shows.
pub(super) struct Evidence {
    pub(super) name: String,
    /// Each once, in order.
    pub(super) certificates: Vec<CertId>,
    /// CAs, and whatever signed another certificate of the input.
    pub(super) authorities: Vec<CertId>,
    /// The authorities that are self-signed CAs.
    pub(super) roots: Vec<CertId>,
    pub(super) chains: Vec<SignedChain>,
    pub(super) shape: Shape,
    pub(super) secrets: usize,
    pub(super) problems: usize,
}

/// A chain and which side it speaks for.
pub(super) struct SignedChain {
    pub(super) chain: Chain,
    /// What people call the leaf.
    pub(super) leaf: String,
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
pub(super) fn gather(inventory: &Inventory, graph: &Graph) -> Vec<Evidence> {
    let authorities = authorities(graph);
    let of = |(index, source)| Evidence::of(graph, &authorities, index, source);
    inventory.sources.iter().enumerate().map(of).gather()
}

impl Evidence {
    fn of(graph: &Graph, known: &Set<CertId>, index: usize, source: &Source) -> Evidence {
        let certificates = source.certificates();
        let authorities: Vec<CertId> = certificates.iter().copied().filter(|id| known.contains(id)).gather();
        let roots = authorities.iter().copied().filter(|&id| is_self_signed(graph, id)).gather();
        let chains = chain::split(graph, index, source, &authorities);
        let leaf = |chain: &Chain| graph.certificate(chain.leaf).map(Certificate::short_name).unwrap_or_default();
        let signed = |chain: Chain| SignedChain { leaf: leaf(&chain), sign: sign(graph, &chain, &source.name), chain };
        Evidence {
            name: source.name.clone(),
            shape: shape(graph, &certificates, &authorities, &roots),
            chains: chains.into_iter().map(signed).gather(),
            certificates,
            authorities,
            roots,
            secrets: source.secrets.len(),
            problems: source.problems.len(),
        }
    }

    /// Its end entities.
    pub(super) fn leaves(&self) -> impl Iterator<Item = CertId> {
        self.certificates.iter().copied().filter(|id| !self.authorities.contains(id))
    }

    pub(super) fn begins_with_leaf(&self) -> bool {
        self.certificates.first().is_some_and(|first| !self.authorities.contains(first))
    }
}

/// CAs by their own words (RFC 5280, 4.2.1.9), or by what they did: version 1 roots say nothing.
fn authorities(graph: &Graph) -> Set<CertId> {
    let signed = graph.edges.iter().filter(|edge| edge.issuer != edge.subject && edge.signature == Status::Valid);
    let cas = (0..graph.certificates.len()).map(CertId);
    let cas = cas.filter(|&id| graph.certificate(id).is_some_and(Certificate::is_ca));
    signed.map(|edge| edge.issuer).chain(cas).collect()
}

/// Self-signed, or self-issued with a signature that could not be checked.
fn is_self_signed(graph: &Graph, id: CertId) -> bool {
    graph.self_issued(id) && graph.self_signed(id) != Some(false)
}

fn shape(graph: &Graph, certificates: &[CertId], authorities: &[CertId], roots: &[CertId]) -> Shape {
    if certificates.is_empty() {
        return Shape::Empty;
    }
    if certificates.len() == authorities.len() {
        return Shape::Authorities;
    }
    let leaves: Vec<CertId> = certificates.iter().copied().filter(|id| !authorities.contains(id)).gather();
    let all: Set<CertId> = certificates.iter().copied().collect();
    let on_a_path: Set<CertId> = leaves.iter().flat_map(|&leaf| chain::ancestors(graph, leaf, &all)).collect();
    let none_astray = authorities.iter().all(|id| on_a_path.contains(id));
    let leaf_first = certificates.first().is_some_and(|first| leaves.contains(first));
    let leaf_last = leaves.len() == 1 && chain::is_linear(graph, certificates.iter().rev().copied());
    if (leaf_first && none_astray) || leaf_last {
        Shape::Chains
    } else if !roots.is_empty() && authorities.len() > leaves.len() {
        Shape::AuthoritiesPrevail
    } else {
        Shape::Jumble
    }
}

/// Which side a chain speaks for: its leaf's SPIFFE id, else its extended key usage, else server names, else the file
/// name.
fn sign(graph: &Graph, chain: &Chain, source: &str) -> Sign {
    let sign = |certified: bool| {
        move |(role, because): (Role, String)| Sign { role, because, names_controller: false, certified }
    };
    let by_certificate = graph.certificate(chain.leaf).and_then(|leaf| {
        let by_extension = || by_extended_key_usage(leaf).or_else(|| by_server_name(leaf)).map(sign(true));
        by_spiffe_id(leaf).or_else(by_extension)
    });
    let unknown = || (Role::Client, "nothing in it tells a client from a server".to_owned());
    by_certificate.unwrap_or_else(|| sign(false)(by_file_name(source).unwrap_or_else(unknown)))
}

/// The paths that OpenZiti writes (`openziti.md`, sections 4.2 and 4.3).
fn by_spiffe_id(leaf: &Certificate) -> Option<Sign> {
    let ids = leaf.subject_alt_names.iter().flatten().filter_map(|name| match name {
        GeneralName::Uri(uri) if uri.starts_with("spiffe://") => Some(uri),
        _ => None,
    });
    let found = |role, what: &str, id: &str, marker: &str| Sign {
        role,
        because: format!("its SPIFFE id names {what} ({})", path_from(id, marker)),
        names_controller: role == Role::Peer,
        certified: true,
    };
    ids.into_iter().find_map(|id| {
        let has = |part: &str| id.contains(part);
        match () {
            () if has("/controller/") => Some(found(Role::Peer, "a controller", id, "/controller/")),
            () if has("/identity/") && has("/apiSession/") => {
                Some(found(Role::Client, "an API session", id, "/identity/"))
            }
            () if has("/identity/") => Some(found(Role::Client, "an identity", id, "/identity/")),
            () if has("/router/") => Some(found(Role::Client, "a router", id, "/router/")),
            () => None,
        }
    })
}

/// Most characters of a SPIFFE path that a reason quotes.
const PATH_QUOTED: usize = 48;

/// The path of a SPIFFE id from `marker` on, without the end of a long one.
fn path_from(id: &str, marker: &str) -> String {
    let path = id.find(marker).and_then(|start| id.get(start..)).unwrap_or(id);
    let end = if path.chars().count() > PATH_QUOTED { "…" } else { "" };
    path.chars().take(PATH_QUOTED).chain(end.chars()).collect()
}

fn by_extended_key_usage(leaf: &Certificate) -> Option<(Role, String)> {
    let usages = leaf.extended_key_usage.as_ref()?;
    let lists = |usage: &str| usages.iter().any(|it| it == usage);
    match (lists(SERVER_AUTH), lists(CLIENT_AUTH)) {
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
