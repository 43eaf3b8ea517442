//! The drawing in words: names, labels for those who do not see it, and the table that says the same.

use crate::collection::{Gather as _, Map};

use super::facts::{Facts, Part};
use super::select::{Box, Link};
use super::text::printable;
use super::{Evidence, Fate, Kind, Mark, TableRow};
use crate::report::{Certificate, KeyIds, Names, Validity};

/// The name at the top of a box.
pub(super) fn name<'a>(node: &'a Box, facts: &Facts<'a>) -> &'a str {
    let name = match node.kind {
        Kind::Authority | Kind::EndEntity => facts.report.cas.get(node.index).map(|ca| ca.name.as_str()),
        Kind::Missing => facts.report.ghosts.get(node.index).map(|ghost| ghost.name.as_str()),
        Kind::Group => node.words.as_ref().map(|(title, _)| title.as_str()),
    };
    name.filter(|name| !name.trim().is_empty()).unwrap_or("(no name)")
}

/// The words of a mark.
pub(super) fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::NaiveOnly => "naive root only",
        Mark::CorrectOnly => "correct root only",
        Mark::Both => "root in both pools",
    }
}

/// The words of a fate, to stand after "client, ".
pub(super) fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Accepted => "accepted",
        Fate::Rejected => "rejected by both",
        Fate::LockedOutOfOldRouters => "old routers reject it",
        Fate::WronglyAccepted => "wrongly accepted",
        Fate::LockedOut => "locked out",
    }
}

/// The pools that hold a certificate of the box: a name with its key is trusted through any of them.
pub(super) fn mark_of(node: &Box, facts: &Facts) -> Option<Mark> {
    if node.kind == Kind::Group {
        return None;
    }
    let marks: Vec<Mark> = node.certificates.iter().filter_map(|id| facts.mark(*id)).gather();
    let first = *marks.first()?;
    Some(if marks.iter().all(|mark| *mark == first) { first } else { Mark::Both })
}

/// "same name, other key: 1 of 2". Only of CAs: that end entities share a name is common and misleads nobody.
pub(super) fn namesake(node: &Box, facts: &Facts) -> Option<String> {
    let ca = facts.report.cas.get(node.index).filter(|_| node.kind == Kind::Authority)?;
    if ca.namesakes.is_empty() {
        return None;
    }
    let before = ca.namesakes.iter().filter(|other| **other < node.index).count();
    Some(format!("same name, other key: {} of {}", before + 1, ca.namesakes.len() + 1))
}

/// What kind of CA certificate it is, in a word.
pub(super) fn standing(certificate: &Certificate) -> &'static str {
    match (certificate.self_issued, certificate.self_signed) {
        (false, _) => "intermediate",
        (true, Some(true)) => "self-signed",
        (true, Some(false)) => "self-issued, other key",
        (true, None) => "self-issued, not checked",
    }
}

/// "self-signed", "issued by X".
pub(super) fn issuance(certificate: &Certificate, facts: &Facts) -> String {
    if certificate.self_issued {
        return standing(certificate).to_owned();
    }
    format!("issued by {}", issuer_name(certificate, facts))
}

/// "valid to 2036-11-18".
pub(super) fn validity(certificate: &Certificate) -> String {
    match certificate.validity {
        Validity::Valid => format!("valid to {}", date(&certificate.not_after)),
        Validity::Expired => format!("expired {}", date(&certificate.not_after)),
        Validity::NotYetValid => format!("not valid before {}", date(&certificate.not_before)),
    }
}

/// A source's name without folders and extensions, which say nothing here.
pub(super) fn short_source(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut stem = file;
    while let Some((before, extension)) = stem.rsplit_once('.') {
        if before.is_empty() || !EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str()) {
            break;
        }
        stem = before;
    }
    stem
}

/// Extensions of certificate files.
const EXTENSIONS: [&str; 8] = ["pem", "crt", "cer", "der", "cert", "chain", "txt", "p7b"];

/// The words beside a line; none where it is as it should be.
pub(super) fn remark(link: &Link) -> Option<&'static str> {
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

/// A sentence or two that say the same as a box.
pub(super) fn node(node: &Box, facts: &Facts) -> String {
    let mut sentence = format!("{}, {}", printable(name(node, facts)), noun(node));
    let remarks = [mark_of(node, facts).map(|found| mark(found).to_owned()), namesake(node, facts)];
    for remark in remarks.into_iter().flatten() {
        sentence = format!("{sentence}, {remark}");
    }
    let certificates: Vec<String> = match node.kind {
        Kind::Authority | Kind::EndEntity => node
            .certificates
            .iter()
            .filter_map(|id| facts.certificate(*id))
            .map(|found| certificate(found, facts))
            .gather(),
        Kind::Missing => vec!["The issuer that certificates here name is not among these files.".to_owned()],
        Kind::Group => vec![node.words.as_ref().map(|(_, row)| format!("{row}.")).unwrap_or_default()],
    };
    format!("{sentence}. {}", certificates.join(" "))
}

fn noun(node: &Box) -> &'static str {
    match node.kind {
        Kind::Authority => "CA",
        Kind::EndEntity => "end entity",
        Kind::Missing => "missing issuer",
        Kind::Group => "put together",
    }
}

/// "Certificate 3, self-signed, valid to 2036-11-18, naive root only."
pub(super) fn certificate(certificate: &Certificate, facts: &Facts) -> String {
    let mut parts =
        vec![format!("Certificate {}", certificate.id + 1), issuance(certificate, facts), validity(certificate)];
    parts.extend(certificate.not_root_because.as_ref().map(|because| format!("not a root because {because}")));
    parts.extend(roles(certificate, facts));
    parts.extend(facts.mark(certificate.id).map(|found| mark(found).to_owned()));
    format!("{}.", printable(&parts.join(", ")))
}

/// "sampled peer", "client, locked out"; empty for a CA that is the leaf of nothing.
fn roles(certificate: &Certificate, facts: &Facts) -> Vec<String> {
    let fate = facts.fate(certificate.id).map(fate);
    let words = |&part: &Part| match (part, fate) {
        (Part::SampledPeer, _) => "sampled peer".to_owned(),
        (Part::Peer, _) => "peer".to_owned(),
        (Part::Client, None) => "client".to_owned(),
        (Part::Client, Some(fate)) => format!("client, {fate}"),
    };
    facts.parts(certificate.id).iter().map(words).gather()
}

/// A sentence that says the same as a line.
pub(super) fn edge(issuer: &str, subject: &str, link: &Link) -> String {
    let (issuer, subject) = (printable(issuer), printable(subject));
    let which = if link.certificates.len() > 1 {
        format!(" ({} certificates)", link.certificates.len())
    } else {
        String::new()
    };
    let sentence = match link.evidence {
        Evidence::Verified => format!("{issuer} issued {subject}{which}: signature verified"),
        Evidence::Unchecked => format!("{issuer} may have issued {subject}{which}: the signature is not checked"),
        Evidence::Fails => format!("{issuer} has the issuer's name of {subject}{which}, but its key did not sign it"),
        Evidence::Missing => format!("{subject}{which} names {issuer} as its issuer, which is not among these files"),
    };
    match remark(link).filter(|_| link.evidence == Evidence::Verified) {
        Some(remark) => format!("{sentence}; {remark}."),
        None => format!("{sentence}."),
    }
}

/// One row per certificate of the report; `nodes` in the order of the scene.
pub(super) fn table<'a>(facts: &Facts, nodes: impl Iterator<Item = &'a Box>) -> Vec<TableRow> {
    let homes: Map<usize, usize> =
        nodes.enumerate().flat_map(|(at, node)| node.certificates.iter().map(move |id| (*id, at))).collect();
    let certificates = facts.report.certificates.iter();
    certificates.map(|certificate| table_row(certificate, facts, homes.get(&certificate.id).copied())).gather()
}

fn table_row(certificate: &Certificate, facts: &Facts, node: Option<usize>) -> TableRow {
    let mut role = roles(certificate, facts);
    if role.is_empty() {
        role.push(if certificate.is_ca { standing(certificate).to_owned() } else { "end entity".to_owned() });
    }
    TableRow {
        certificate: certificate.id,
        node,
        name: printable(&certificate.name),
        validity: validity(certificate),
        issued_by: printable(&issuers(certificate, facts)),
        evidence: evidence(certificate, facts),
        role: role.join("; "),
        pools: facts.mark(certificate.id).map_or("none", mark).to_owned(),
    }
}

fn issuers(certificate: &Certificate, facts: &Facts) -> String {
    if certificate.self_issued && certificate.self_signed != Some(false) {
        return "itself".to_owned();
    }
    match facts.missing_issuer(certificate.id) {
        Some(ghost) => format!("{}, not among these files", ghost.name),
        None => issuer_name(certificate, facts),
    }
}

/// The issuing CA, if one is known: the one whose key verifies the signature, else the missing one, else the first whose
/// name or key id speaks for it, else the name that the certificate gives.
fn issuer_name(certificate: &Certificate, facts: &Facts) -> String {
    use crate::report::Signature::{Unchecked, Unsupported, Valid};
    let edges = || facts.edges_to(certificate.id).filter(|edge| edge.issuer != edge.subject);
    let verified = edges().find(|edge| edge.signature == Valid);
    let plausible = || edges().find(|edge| matches!(edge.signature, Unchecked | Unsupported));
    match (verified, facts.missing_issuer(certificate.id)) {
        (Some(edge), _) => facts.name(edge.issuer).to_owned(),
        (None, Some(ghost)) => ghost.name.clone(),
        (None, None) => {
            plausible().map_or_else(|| certificate.issuer.clone(), |edge| facts.name(edge.issuer).to_owned())
        }
    }
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

/// "2036-11-18" of an instant.
fn date(instant: &str) -> &str {
    instant.get(..10).unwrap_or(instant)
}

/// Title and description of the whole drawing.
pub(super) fn scene(nodes: &[Box], facts: &Facts) -> (String, String) {
    let count = |kind: Kind| nodes.iter().filter(|node| node.kind == kind).count();
    let counted = [
        (count(Kind::Authority), "CA", "CAs"),
        (count(Kind::EndEntity), "end entity", "end entities"),
        (count(Kind::Missing), "missing issuer", "missing issuers"),
        (count(Kind::Group), "group", "groups"),
    ];
    let parts: Vec<String> = counted
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .gather();
    (format!("Issuer graph: {}", parts.join(", ")), pools(facts))
}

fn pools(facts: &Facts) -> String {
    let (Some(peer), Some(divergence)) = (facts.peer, facts.divergence()) else {
        return "No peer was sampled, so no pool is marked.".to_owned();
    };
    let names = |ids: &[usize]| ids.iter().map(|id| facts.name(*id)).gather().join(", ");
    let said = [
        ("only the naive pool has", &divergence.naive_only),
        ("only the correct pool has", &divergence.correct_only),
        ("both pools have", &divergence.both),
    ];
    let parts: Vec<String> =
        said.iter().filter(|(_, ids)| !ids.is_empty()).map(|(words, ids)| format!("{words} {}", names(ids))).gather();
    let parts = if parts.is_empty() { "both pools are empty".to_owned() } else { parts.join("; ") };
    printable(&format!("Marked are the pools of {}: {parts}.", short_source(peer)))
}
