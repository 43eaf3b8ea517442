//! The drawing in words: names, labels for those who do not see it, and the table that says the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::facts::{Facts, LeafRole};
use super::model::{Link, PlannedNode};
use crate::report::{Certificate, KeyIds, Lens, Names, Report, Validity};
use crate::scene::text::printable;
use crate::scene::{Evidence, Fate, Kind, Mark, Node, NodeId, TableRow};

/// The name at the top of a box.
pub(crate) fn name(name: &str) -> String {
    let shown = if name.trim().is_empty() { "(no name)" } else { name };
    shown.to_owned()
}

/// The words of a mark.
pub(crate) fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Fault => "at fault",
        Mark::Trusted => "trusted",
        Mark::NaiveOnly => "naive root only",
        Mark::CorrectOnly => "correct root only",
        Mark::Both => "root in both pools",
    }
}

/// The words of a fate, to stand behind what a certificate is the leaf of.
pub(crate) fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Trusted => "trusted",
        Fate::Unknown => "not judged",
        Fate::Depends => "accepted by some",
        Fate::NotTrusted => "not trusted",
        Fate::Accepted => "accepted",
        Fate::Rejected => "rejected by both",
        Fate::LockedOutOfOldRouters => "old routers reject it",
        Fate::WronglyAccepted => "wrongly accepted",
        Fate::LockedOut => "locked out",
    }
}

/// What a certificate is the leaf of, with what becomes of a client.
pub(crate) fn leaf_role(role: LeafRole, fate: Option<Fate>) -> String {
    match (role, fate) {
        (LeafRole::SampledPeer, _) => "sampled peer".to_owned(),
        (LeafRole::Peer, _) => "peer".to_owned(),
        (LeafRole::Server, None) => "server".to_owned(),
        (LeafRole::Server, Some(found)) => format!("server, {}", self::fate(found)),
        (LeafRole::Client, None) => "client".to_owned(),
        (LeafRole::Client, Some(found)) => format!("client, {}", self::fate(found)),
    }
}

/// The mark of a box: that of its certificates, the fault before all; of several pools both. A missing issuer is at
/// fault where a chain lacks it.
pub(crate) fn mark_of(node: &PlannedNode, facts: &Facts) -> Option<Mark> {
    if let NodeId::MissingIssuer(index) = node.id {
        return facts.is_missing_at_fault(index).then_some(Mark::Fault);
    }
    let mut common = None;
    for id in node.certificates.iter().filter(|_| node.kind != Kind::Group) {
        if let Some(mark) = facts.mark(*id) {
            common = Some(together(common, mark));
        }
    }
    common
}

fn together(common: Option<Mark>, mark: Mark) -> Mark {
    match common {
        Some(other) if other != mark && (other == Mark::Fault || mark == Mark::Fault) => Mark::Fault,
        Some(other) if other != mark => Mark::Both,
        _ => mark,
    }
}

/// "same name, other key: 1 of 2" of the CA with this index.
pub(crate) fn namesake(report: &Report, index: usize) -> Option<String> {
    let shared = report.shared_names.get(report.cas.get(index)?.shared_name?)?;
    let before = shared.cas.partition_point(|other| *other < index);
    Some(format!("same name, other key: {} of {}", before + 1, shared.cas.len()))
}

/// What kind of CA certificate it is, in a word.
pub(crate) fn standing(certificate: &Certificate) -> &'static str {
    match (certificate.self_issued, certificate.self_signed) {
        (false, _) => "intermediate",
        (true, Some(true)) => "self-signed",
        (true, Some(false)) => "self-issued, other key",
        (true, None) => "self-issued, not checked",
    }
}

/// "self-signed", "issued by X".
pub(crate) fn issuance(certificate: &Certificate, facts: &Facts) -> String {
    if certificate.self_issued {
        return standing(certificate).to_owned();
    }
    format!("issued by {}", issuer_name(certificate, facts))
}

/// "valid to 2036-11-18".
pub(crate) fn validity(certificate: &Certificate) -> String {
    match certificate.validity {
        Validity::Valid => format!("valid to {}", certificate.not_after.date()),
        Validity::Expired => format!("expired {}", certificate.not_after.date()),
        Validity::NotYetValid => format!("not valid before {}", certificate.not_before.date()),
    }
}

/// A source's name without folders and extensions, which say nothing here.
pub(crate) fn short_source(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut stem = file;
    while let Some((before, extension)) = stem.rsplit_once('.') {
        if before.is_empty() || !EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)) {
            break;
        }
        stem = before;
    }
    stem
}

/// Extensions of certificate files.
const EXTENSIONS: [&str; 8] = ["pem", "crt", "cer", "der", "cert", "chain", "txt", "p7b"];

/// The words beside a line; none where it is as it should be.
pub(crate) fn remark(link: &Link) -> Option<&'static str> {
    match (link.evidence, link.names, link.key_ids) {
        (Evidence::Fails, ..) => Some("signature fails"),
        (Evidence::Unchecked, Names::Different, _) => Some("key id only, not checked"),
        (Evidence::Unchecked, ..) => Some("name only, not checked"),
        (Evidence::Verified, Names::Different, _) => Some("names differ"),
        (Evidence::Verified, _, KeyIds::Mismatch) => Some("key ids differ"),
        (Evidence::Verified, Names::Equivalent, _) => Some("names written differently"),
        (Evidence::Verified | Evidence::Missing, ..) => None,
    }
}

/// Most certificates of a box of which its description speaks one by one. Our own number: nobody listens to more.
const MAX_TOLD: usize = 20;

/// A sentence or two that say the same as a box.
pub(crate) fn node(node: &PlannedNode, facts: &Facts) -> String {
    let kind = match node.kind {
        Kind::Authority => "CA",
        Kind::EndEntity => "end entity",
        Kind::Missing => "missing issuer",
        Kind::Group => "put together",
    };
    let mut first = vec![printable(&node.name), kind.to_owned()];
    first.extend(mark_of(node, facts).map(|found| mark(found).to_owned()));
    first.extend(node.namesake.clone());
    let mut said = format!("{}.", first.join(", "));
    match node.kind {
        Kind::Authority | Kind::EndEntity => {
            for found in node.certificates.iter().take(MAX_TOLD).filter_map(|id| facts.certificate(*id)) {
                said.push(' ');
                said.push_str(&certificate(found, facts));
            }
            if let more @ 1.. = node.certificates.len().saturating_sub(MAX_TOLD) {
                let _ = write!(said, " And {more} more certificates.");
            }
        }
        Kind::Missing => said.push_str(" The issuer that certificates here name is not among these files."),
        Kind::Group => {
            let _ = write!(said, " {}.", node.facts.join(" "));
        }
    }
    said
}

/// "Certificate 3, self-signed, valid to 2036-11-18, naive root only."
pub(crate) fn certificate(certificate: &Certificate, facts: &Facts) -> String {
    let mut said =
        vec![format!("Certificate {}", certificate.id + 1), issuance(certificate, facts), validity(certificate)];
    let is_router = facts.report.answer.lens == Lens::Router;
    let refused = certificate.not_root_because.as_ref().filter(|_| is_router);
    said.extend(refused.map(|because| format!("not a root because {because}")));
    said.extend(leaf_roles(certificate, facts));
    said.extend(facts.mark(certificate.id).map(|found| mark(found).to_owned()));
    printable(&format!("{}.", said.join(", ")))
}

/// "sampled peer", "client, locked out"; empty for a CA that is the leaf of nothing.
fn leaf_roles(certificate: &Certificate, facts: &Facts) -> Vec<String> {
    let fate = facts.fate(certificate.id);
    facts.leaf_roles(certificate.id).map(|role| leaf_role(role, fate)).collect()
}

/// A sentence that says the same as a line.
pub(crate) fn edge(issuer: &str, subject: &str, link: &Link) -> String {
    let (issuer, mut subject) = (printable(issuer), printable(subject));
    if link.certificates.len() > 1 {
        let _ = write!(subject, " ({} certificates)", link.certificates.len());
    }
    match link.evidence {
        Evidence::Verified => match remark(link) {
            Some(remark) => format!("{issuer} issued {subject}: signature verified; {remark}."),
            None => format!("{issuer} issued {subject}: signature verified."),
        },
        Evidence::Unchecked => format!("{issuer} may have issued {subject}: the signature is not checked."),
        Evidence::Fails => format!("{issuer} has the issuer's name of {subject}, but its key did not sign it."),
        Evidence::Missing => format!("{subject} names {issuer} as its issuer, which is not among these files."),
    }
}

/// One row per certificate of the report.
pub(crate) fn table(facts: &Facts, nodes: &[Node]) -> Vec<TableRow> {
    let mut homes = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        node.certificates.iter().for_each(|id| _ = homes.entry(*id).or_insert(at));
    }
    let row = |certificate: &Certificate| table_row(certificate, facts, homes.get(&certificate.id).copied());
    facts.report.certificates.iter().map(row).collect()
}

fn table_row(certificate: &Certificate, facts: &Facts, node: Option<usize>) -> TableRow {
    let roles = leaf_roles(certificate, facts);
    let role = match roles.as_slice() {
        [] if certificate.is_ca => standing(certificate).to_owned(),
        [] => "end entity".to_owned(),
        roles => roles.join("; "),
    };
    let mark = facts.mark(certificate.id);
    TableRow {
        certificate: certificate.id,
        node,
        name: printable(&certificate.name),
        validity: validity(certificate),
        issued_by: printable(&issuers(certificate, facts)),
        evidence: evidence(certificate, facts),
        role,
        mark,
        pools: mark.map_or("none", self::mark).to_owned(),
    }
}

fn issuers(certificate: &Certificate, facts: &Facts) -> String {
    if certificate.self_issued && certificate.self_signed != Some(false) {
        return "itself".to_owned();
    }
    match facts.missing_issuer(certificate.id) {
        Some(missing) => format!("{}, not among these files", missing.name),
        None => issuer_name(certificate, facts),
    }
}

/// The issuing CA, if one is known: the one whose key verifies the signature, else the missing one, else the first
/// whose name or key id speaks for it, else the name that the certificate gives.
fn issuer_name(certificate: &Certificate, facts: &Facts) -> String {
    use crate::report::Signature::{self, Unchecked, Unsupported, Valid};
    let issuer = |signatures: &[Signature]| {
        let mut edges = facts.edges_to(certificate.id).filter(|edge| edge.issuer != edge.subject);
        edges.find(|edge| signatures.contains(&edge.signature)).map(|edge| facts.name(edge.issuer))
    };
    let missing = facts.missing_issuer(certificate.id).map(|missing| missing.name.as_str());
    let known = issuer(&[Valid]).or(missing).or_else(|| issuer(&[Unchecked, Unsupported]));
    known.unwrap_or(&certificate.issuer).to_owned()
}

/// What speaks for the issuer, and how many namesakes it is not.
fn evidence(certificate: &Certificate, facts: &Facts) -> String {
    use crate::report::Signature::{Invalid, Unchecked, Unsupported, Valid};
    let all = || facts.edges_to(certificate.id);
    let has = |signature| all().any(|edge| edge.signature == signature);
    let fails = all().filter(|edge| edge.signature == Invalid && edge.names != Names::Different).count();
    let said = match () {
        () if has(Valid) || certificate.self_signed == Some(true) => "signature verified",
        () if has(Unsupported) => "name only, algorithm not supported",
        () if has(Unchecked) => "name only, not checked",
        () if fails > 0 => return format!("signature fails with {}", namesakes(fails)),
        () => return "issuer missing".to_owned(),
    };
    if fails == 0 { said.to_owned() } else { format!("{said}; fails with {}", namesakes(fails)) }
}

fn namesakes(count: usize) -> String {
    if count == 1 { "1 CA of the issuer's name".to_owned() } else { format!("{count} CAs of the issuer's name") }
}

/// The title of the whole drawing, "Issuer graph: 2 CAs, 1 end entity"; nothing without boxes.
pub(crate) fn title(nodes: &[Node]) -> String {
    let kinds = [
        (Kind::Authority, "CA", "CAs"),
        (Kind::EndEntity, "end entity", "end entities"),
        (Kind::Missing, "missing issuer", "missing issuers"),
        (Kind::Group, "group", "groups"),
    ];
    let count = |(kind, one, many)| match nodes.iter().filter(|node| node.kind == kind).count() {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let counts: Vec<String> = kinds.into_iter().filter_map(count).collect();
    if counts.is_empty() { String::new() } else { format!("Issuer graph: {}", counts.join(", ")) }
}

/// The description of the whole drawing: the answer, or whose pools are marked, and what they hold.
pub(crate) fn marks(facts: &Facts) -> String {
    if facts.report.answer.lens == Lens::Chains {
        return printable(&facts.report.answer.sentence);
    }
    let (Some(peer), Some(divergence)) = (facts.peer, facts.divergence()) else {
        return "No peer was sampled, so no pool is marked.".to_owned();
    };
    let holdings = [
        ("only the naive pool has", &divergence.naive_only),
        ("only the correct pool has", &divergence.correct_only),
        ("both pools have", &divergence.both),
    ];
    let holding = |(words, ids): &(&str, &Vec<usize>)| {
        let names: Vec<&str> = ids.iter().map(|id| facts.name(*id)).collect();
        format!("{words} {}", names.join(", "))
    };
    let said: Vec<String> = holdings.iter().filter(|(_, ids)| !ids.is_empty()).map(holding).collect();
    let said = if said.is_empty() { "both pools are empty".to_owned() } else { said.join("; ") };
    printable(&format!("Marked are the pools of {}: {said}.", short_source(peer)))
}
