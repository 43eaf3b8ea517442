//! The facts of a question that could be otherwise. Only what occurs is listed, and only of certificates that may stand
//! in a path.

use super::fact::{Fact, Flaw, Gap, Kind, Place, Reference, SerialFlaw};
use super::model::Model;
use super::rewrite::Fields;
use super::{edit, key, reading};
use crate::certificate::{CertId, Certificate, GeneralName, KeyKind, KeyUsage};
use crate::der::{Reader, SEQUENCE, constructed, context};
use crate::graph::{Edge, KeyIdMatch, NameMatch};
use crate::oid::{self, ObjectIdentifier, Oid};
use crate::signature::Status;
use crate::time::Timestamp;
use crate::verifier::Purpose;

/// Extensions that have kinds of their own, or that say whom a certificate is for (RFC 5280, 4.2.1).
const INTERPRETED: [ObjectIdentifier; 7] = [
    oid::SUBJECT_KEY_ID,
    oid::KEY_USAGE,
    oid::SUBJECT_ALT_NAME,
    oid::BASIC_CONSTRAINTS,
    oid::NAME_CONSTRAINTS,
    oid::AUTHORITY_KEY_ID,
    oid::EXTENDED_KEY_USAGE,
];

/// Signatures with a hash function that is broken: MD2, MD5 or SHA-1.
const WEAK_SIGNATURES: [ObjectIdentifier; 5] =
    [oid::MD2_WITH_RSA, oid::MD5_WITH_RSA, oid::SHA1_WITH_RSA, oid::OIW_SHA1_WITH_RSA, oid::ECDSA_WITH_SHA1];

/// Signatures that every engine knows.
const USUAL_SIGNATURES: [ObjectIdentifier; 6] = [
    oid::SHA256_WITH_RSA,
    oid::SHA384_WITH_RSA,
    oid::SHA512_WITH_RSA,
    oid::ECDSA_WITH_SHA256,
    oid::ECDSA_WITH_SHA384,
    oid::ECDSA_WITH_SHA512,
];

/// Fewest bits of an RSA key that NIST SP 800-131A still allows.
const MIN_RSA_BITS: usize = 2048;

/// Most bits of an RSA key that every engine reads: mbedTLS and *ring* stop at 8,192, GnuTLS' table at 15,360.
const MAX_RSA_BITS: usize = 8192;

/// Every fact about these certificates and about the question, in order of preference. The first certificate is the
/// leaf.
pub(super) fn list(model: &Model<'_>, reachable_issuers: &[CertId]) -> Vec<Fact> {
    let mut facts = visible(model, reachable_issuers);
    facts.extend(reading::facts(model, reachable_issuers, &facts));
    facts.sort_by_key(|fact| fact.kind.preference());
    facts
}

/// The facts that are seen without asking an engine.
pub(super) fn visible(model: &Model<'_>, reachable_issuers: &[CertId]) -> Vec<Fact> {
    let mut found = Found { model, facts: Vec::new() };
    for &id in reachable_issuers {
        if let Some(certificate) = model.certificate(id) {
            found.about(id, certificate);
        }
        for edge in model.before.issuers_of(id).iter().filter(|edge| reachable_issuers.contains(&edge.issuer)) {
            found.between(edge);
        }
        found.rivals(id, reachable_issuers);
    }
    found.about_kinds_of_key(reachable_issuers);
    found.about_question();
    found.facts
}

struct Found<'m> {
    model: &'m Model<'m>,
    facts: Vec<Fact>,
}

impl Found<'_> {
    fn note(&mut self, occurs: bool, kind: Kind, certificates: &[CertId]) {
        let fact = Fact { kind, certificates: certificates.to_vec(), extension: None };
        if occurs && !self.facts.contains(&fact) {
            self.facts.push(fact);
        }
    }

    fn about(&mut self, id: CertId, certificate: &Certificate) {
        self.about_any(id, certificate);
        self.about_extensions(id, certificate);
        match id == self.model.leaf {
            true => self.about_leaf(id, certificate),
            false => self.about_issuer(id, certificate),
        }
    }

    fn about_any(&mut self, id: CertId, certificate: &Certificate) {
        let (at, place) = (self.model.at, self.place(id));
        // Programs differ in whether the bounds are inside, so an instant on a bound counts as outside here.
        self.note(certificate.not_after <= at, Kind::Expired(place), &[id]);
        self.note(at <= certificate.not_before, Kind::NotYetValid(place), &[id]);
        let is_unusual = is_unusual_key(&certificate.key.kind);
        self.note(is_weak_key(&certificate.key.kind), Kind::WeakKey, &[id]);
        self.note(is_unusual, Kind::UnusualKey, &[id]);
        self.about_algorithm(id, certificate);
        if let Some(flaw) = serial_flaw(&certificate.serial) {
            self.note(true, Kind::SerialNumber(flaw), &[id]);
        }
    }

    fn about_algorithm(&mut self, id: CertId, certificate: &Certificate) {
        let algorithm = &certificate.signature_algorithm;
        let is_weak = algorithm.oid.is_one_of(&WEAK_SIGNATURES)
            || algorithm.pss_hash.as_ref().is_some_and(|hash| *hash == oid::SHA1);
        let is_usual = algorithm.oid.is_one_of(&USUAL_SIGNATURES);
        let can_be_changed = key::usual_algorithm(&algorithm.oid).is_some();
        self.note(is_weak && can_be_changed, Kind::WeakSignature, &[id]);
        self.note(!is_weak && !is_usual && can_be_changed, Kind::UnusualSignature, &[id]);
        let differ = Fields::of(certificate).is_some_and(|fields| !fields.algorithms_agree());
        self.note(differ, Kind::AlgorithmsDiffer, &[id]);
    }

    fn about_extensions(&mut self, id: CertId, certificate: &Certificate) {
        for extension in &certificate.extensions {
            let is_unreadable = certificate.unreadable_extensions.iter().any(|(oid, _)| *oid == extension.oid);
            let is_misused = edit::is_wrongly_critical(certificate, &extension.oid);
            if extension.oid.is_one_of(&INTERPRETED) && !is_unreadable && !is_misused {
                continue;
            }
            let kind = if extension.critical { Kind::CriticalExtension } else { Kind::OtherExtension };
            let fact = Fact { kind, certificates: vec![id], extension: Some(extension.oid.clone()) };
            if !self.facts.contains(&fact) {
                self.facts.push(fact);
            }
        }
    }

    fn about_leaf(&mut self, id: CertId, leaf: &Certificate) {
        let wanted = edit::purpose_oid(self.model.purpose);
        let lacks = |purposes: &Vec<Oid>| wanted.is_some_and(|wanted| !purposes.iter().any(|it| *it == wanted));
        self.note(leaf.extended_key_usage.as_ref().is_some_and(lacks), Kind::LeafPurposes, &[id]);
        self.note(leaf.is_ca(), Kind::LeafIsCa, &[id]);
        for usage in leaf.key_usage.iter().flat_map(|usage| edit::missing_usages(*usage, &leaf.key.kind)) {
            self.note(true, Kind::LeafKeyUsage(usage), &[id]);
        }
        let may_sign = leaf.key_usage.is_some_and(KeyUsage::key_cert_sign);
        self.note(may_sign && !leaf.is_ca(), Kind::LeafCertSign, &[id]);
        self.note(leaf.version != 3, Kind::LeafOldVersion, &[id]);
        let names_itself = self.model.before.self_signed(id) == Some(false) && self.model.before.self_issued(id);
        self.note(names_itself, Kind::LeafNamedAsIssuer, &[id]);
        self.note(self.model.trusted.contains(&id) && !leaf.is_ca(), Kind::LeafTrusted, &[id]);
    }

    fn about_issuer(&mut self, id: CertId, issuer: &Certificate) {
        let graph = self.model.before;
        let is_anchor = self.model.trusted.contains(&id);
        self.note(is_anchor && graph.self_signed(id) == Some(false), Kind::AnchorNotSelfSigned, &[id]);
        let constraints = issuer.basic_constraints;
        self.note(constraints.is_some_and(|it| !it.ca), Kind::NotACa, &[id]);
        self.note(constraints.is_none() && issuer.version == 3, Kind::BasicConstraintsAbsent, &[id]);
        self.note(issuer.version != 3, Kind::OldVersion, &[id]);
        self.note(issuer.key_usage.is_some_and(|usage| !usage.key_cert_sign()), Kind::NoCertSign, &[id]);
        self.note(issuer.key_usage.is_none() && issuer.version == 3, Kind::KeyUsageAbsent, &[id]);
        let is_critical = |oid| issuer.extensions.iter().any(|it| it.oid == oid && it.critical);
        self.note(issuer.is_ca() && !is_critical(oid::BASIC_CONSTRAINTS), Kind::BasicConstraintsNotCritical, &[id]);
        self.note(constraints.is_some_and(|it| it.path_len.is_some()), Kind::PathLength, &[id]);
        self.note(issuer.name_constraints.is_some(), Kind::NameConstraints, &[id]);
        self.note(issuer.extended_key_usage.is_some(), Kind::CaPurposes, &[id]);
    }

    /// What a subject and its issuer say of each other. Where another key signed the subject, none of it counts: that
    /// is no issuer, at most a rival of one.
    fn between(&mut self, edge: &Edge) {
        let pair = match edge.issuer == edge.subject {
            true => vec![edge.subject],
            false => vec![edge.subject, edge.issuer],
        };
        self.note(edge.names == NameMatch::Equivalent, Kind::NamesFolded, &pair);
        if !edge.names_agree() {
            return;
        }
        if edge.signature == Status::Invalid {
            return self.between_strangers(edge, &pair);
        }
        self.note(edge.key_ids == KeyIdMatch::Mismatch, Kind::KeyIdMismatch, &pair);
        match self.names_another(edge) {
            Some(reference) => self.note(true, Kind::AuthoritySerialMismatch(reference), &pair),
            None if edge.issuer != edge.subject => self.about_key_ids(edge, &pair),
            None => {}
        }
    }

    fn about_key_ids(&mut self, edge: &Edge, pair: &[CertId]) {
        if let Some(gap) = self.gap(edge) {
            self.note(true, Kind::KeyIdsAbsent(gap), pair);
        }
        // Whoever gives neither number is the reason for both gaps, above and below.
        let gives_none = |it: &Certificate| it.subject_key_id.is_none() && it.issuer_key_id().is_none();
        let is_silent = self.model.certificate(edge.subject).is_some_and(|it| it.version == 3 && gives_none(it));
        self.note(is_silent && edge.subject != self.model.leaf, Kind::KeyIdsAbsent(Gap::Both), &[edge.subject]);
    }

    /// Which of the two gives no key identifier though it has a place for one.
    fn gap(&self, edge: &Edge) -> Option<Gap> {
        let (subject, issuer) = (self.model.certificate(edge.subject)?, self.model.certificate(edge.issuer)?);
        let by_subject = subject.version == 3 && subject.issuer_key_id().is_none();
        let by_issuer = issuer.version == 3 && issuer.subject_key_id.is_none();
        match (by_subject, by_issuer) {
            (true, true) => Some(Gap::Both),
            (true, false) => Some(Gap::Subject),
            (false, true) => Some(Gap::Issuer),
            (false, false) => None,
        }
    }

    /// A signature that no key made, rather than another key. A root may say the wrong thing of itself even so.
    fn between_strangers(&mut self, edge: &Edge, pair: &[CertId]) {
        let is_root = edge.issuer == edge.subject && edge.subject != self.model.leaf;
        let is_mismatch = edge.key_ids == KeyIdMatch::Mismatch;
        self.note(is_root && is_mismatch, Kind::KeyIdMismatch, pair);
        let others = self.model.before.issuers_of(edge.subject);
        let is_orphan = others.iter().all(|other| other.signature == Status::Invalid);
        self.note(is_orphan && !is_mismatch && !is_root, Kind::SignatureWrong, pair);
    }

    /// Several keys of one kind, or signatures of one, are one fact about what programs know.
    fn about_kinds_of_key(&mut self, reachable_issuers: &[CertId]) {
        for kind in [Kind::UnusualKey, Kind::WeakKey, Kind::WeakSignature] {
            let those = self.facts.iter().filter(|fact| fact.kind == kind);
            let those = those.flat_map(|fact| fact.certificates.clone()).collect::<Vec<_>>();
            let members: Vec<CertId> =
                reachable_issuers.iter().copied().filter(|&id| those.contains(&id)).collect::<Vec<_>>();
            self.note(members.len() > 1, kind, &members);
        }
    }

    /// What of authorityCertIssuer and authorityCertSerialNumber is not that of the issuer (RFC 5280, 4.2.1.1).
    fn names_another(&self, edge: &Edge) -> Option<Reference> {
        let (subject, issuer) = (self.model.certificate(edge.subject)?, self.model.certificate(edge.issuer)?);
        let fields = Fields::of(subject)?;
        let mut authority = Reader::read_only(fields.extension(oid::AUTHORITY_KEY_ID)?, SEQUENCE)?;
        authority.read_optional(context(0))?;
        let names = authority.read_optional(constructed(1))?;
        let other_name = names.is_some_and(|mut names| {
            let name = names.read_any().and_then(|name| GeneralName::read(name.whole));
            !matches!(name, Some(GeneralName::Directory(name)) if name.canonical() == issuer.issuer.canonical())
        });
        let other_serial = authority.read_optional(context(2))?.is_some_and(|serial| serial.0 != issuer.serial);
        match (other_name, other_serial) {
            (true, true) => Some(Reference::Both),
            (true, false) => Some(Reference::Issuer),
            (false, true) => Some(Reference::Serial),
            (false, false) => None,
        }
    }

    /// Certificates that may stand in the place of one another above `subject`: each could be the one that leads
    /// nowhere. A trusted leaf that bears its own name as its issuer's stands in that place as well.
    fn rivals(&mut self, subject: CertId, reachable_issuers: &[CertId]) {
        let stands_for_itself = subject == self.model.leaf && self.model.trusted.contains(&subject);
        let is_candidate = |edge: &&Edge| {
            let counts = edge.issuer != subject || stands_for_itself && edge.signature != Status::Invalid;
            edge.names_agree() && counts && reachable_issuers.contains(&edge.issuer)
        };
        let edges = self.model.before.issuers_of(subject).iter();
        let candidates: Vec<Edge> = edges.filter(is_candidate).copied().collect();
        for candidate in candidates.iter().filter(|it| it.issuer != subject && it.issuer != self.model.leaf) {
            let others = candidates.iter().filter(|other| other.issuer != candidate.issuer);
            if let Some(other) = others.max_by_key(|other| self.goodness(other)) {
                self.note_dead_end(candidate, other);
            }
        }
    }

    fn note_dead_end(&mut self, candidate: &Edge, other: &Edge) {
        let is_known = |fact: &Fact| {
            matches!(fact.kind, Kind::DeadEndFirst(_)) && fact.certificates.first() == Some(&candidate.issuer)
        };
        let is_new = !self.facts.iter().any(is_known);
        let flaw = self.flaw(candidate, other).unwrap_or(Flaw::Other);
        self.note(is_new, Kind::DeadEndFirst(flaw), &[candidate.issuer, other.issuer]);
    }

    /// How likely a candidate is the good one: its key signed, it is valid, it is the newest.
    fn goodness(&self, edge: &Edge) -> (bool, bool, Option<Timestamp>) {
        let certificate = self.model.certificate(edge.issuer);
        let is_valid = |it: &Certificate| it.not_before <= self.model.at && self.model.at <= it.not_after;
        (edge.signature != Status::Invalid, certificate.is_some_and(is_valid), certificate.map(|it| it.not_before))
    }

    /// What is wrong with a candidate that another one has right.
    fn flaw(&self, candidate: &Edge, other: &Edge) -> Option<Flaw> {
        let certificate = self.model.certificate(candidate.issuer)?;
        let other = self.model.certificate(other.issuer)?;
        match () {
            () if certificate.not_after <= self.model.at => Some(Flaw::Expired),
            () if self.model.at <= certificate.not_before => Some(Flaw::NotYetValid),
            () if candidate.signature == Status::Invalid => Some(Flaw::OtherKey),
            () if certificate.key.spki == other.key.spki && certificate.not_before < other.not_before => {
                Some(Flaw::Older)
            }
            () => None,
        }
    }

    fn about_question(&mut self) {
        let model = self.model;
        if let Some(other) = edit::end_entity_behind(model) {
            self.note(true, Kind::LeafNotFirst, &[model.leaf, other]);
        }
        let ordered = model.before.issuing_order(model.leaf, &model.presented);
        let mut pairs = model.presented.iter().zip(&ordered);
        if let Some((first, _)) = pairs.find(|(is, should)| is != should) {
            self.note(true, Kind::PresentedOrder, &[*first]);
        }
        self.note(model.host.is_some(), Kind::HostName, &[model.leaf]);
        self.note(model.purpose != Purpose::Any, Kind::Purpose, &[model.leaf]);
    }

    fn place(&self, id: CertId) -> Place {
        match () {
            () if id == self.model.leaf => Place::Leaf,
            () if self.model.trusted.contains(&id) => Place::Anchor,
            () => Place::Intermediate,
        }
    }
}

fn is_weak_key(kind: &KeyKind) -> bool {
    matches!(kind, KeyKind::Rsa { bits } if *bits < MIN_RSA_BITS)
}

fn is_unusual_key(kind: &KeyKind) -> bool {
    match kind {
        KeyKind::Rsa { bits } => MAX_RSA_BITS < *bits,
        KeyKind::Ec { curve } => !curve.is_one_of(&[oid::SECP256R1, oid::SECP384R1]),
        KeyKind::Ed25519 | KeyKind::Other { .. } => true,
    }
}

fn serial_flaw(serial: &[u8]) -> Option<SerialFlaw> {
    match serial {
        [0] => Some(SerialFlaw::Zero),
        [] | [0, 0..=0x7f, ..] | [0xff, 0x80..=0xff, ..] => Some(SerialFlaw::Encoding),
        [0x80..=0xff, ..] => Some(SerialFlaw::Negative),
        _ if edit::MAX_SERIAL_OCTETS < serial.len() => Some(SerialFlaw::Long),
        _ => None,
    }
}
