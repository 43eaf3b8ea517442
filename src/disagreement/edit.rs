//! What would be otherwise: for each kind of fact the change that undoes it.

use super::fact::{Fact, Kind, Usage};
use super::model::Model;
use super::rewrite::{Fields, identifier, sequence};
use super::{authority, key, key_ids, reading};
use crate::certificate::{CertId, Certificate, KeyKind, KeyUsage};
use crate::der::{BIT_STRING, BOOLEAN, INTEGER, Reader, SEQUENCE, SET, UTF8_STRING, encode};
use crate::oid::{self, ObjectIdentifier, Oid};
use crate::time::Timestamp;
use crate::verifier::Purpose;

/// Bits as `KeyUsage` counts them (RFC 5280, 4.2.1.3).
const DIGITAL_SIGNATURE: u16 = 1;
const KEY_ENCIPHERMENT: u16 = 1 << 2;
const KEY_CERT_SIGN: u16 = 1 << 5;
const CRL_SIGN: u16 = 1 << 6;

/// Most octets of a serial number (RFC 5280, 4.1.2.2).
pub(super) const MAX_SERIAL_OCTETS: usize = 20;

/// How far a validity is widened beyond the instant: a day, so that no program's way with bounds matters.
const MARGIN: i64 = 86_400;

/// The question without the fact; `None` where it cannot be undone.
pub(super) fn without<'a>(model: &Model<'a>, fact: &Fact) -> Option<Model<'a>> {
    let mut changed = model.clone();
    let &first = fact.certificates.first()?;
    let second = fact.certificates.get(1).copied().unwrap_or(first);
    match fact.kind {
        Kind::DeadEndFirst(_) | Kind::UnparsableCertificate(None) => changed.remove(first),
        Kind::LeafNotFirst => begin_with(&mut changed, second),
        Kind::NamesFolded => {
            let name = model.certificate(second)?.subject.der.clone();
            changed.edit(first, |fields| fields.issuer = name)?;
        }
        Kind::KeyIdsAbsent(_) if first == second => key_ids::give(&mut changed, first)?,
        Kind::KeyIdMismatch if key_ids::is_odd_one(model, first, second) => {
            key_ids::rename(&mut changed, first, second)?;
        }
        Kind::KeyIdMismatch | Kind::KeyIdsAbsent(_) => key_ids::join(&mut changed, first, second)?,
        Kind::AuthoritySerialMismatch(_) => key_ids::name_by_key(&mut changed, first, second)?,
        Kind::OldVersion | Kind::LeafOldVersion => {
            changed.edit(first, |fields| renew(fields, fact.kind))?;
            key_ids::give(&mut changed, first)?;
        }
        Kind::SignatureWrong => changed.vouched.push((second, first)),
        Kind::WeakKey | Kind::UnusualKey => {
            fact.certificates.iter().try_for_each(|id| key::replace(&mut changed, *id))?;
        }
        Kind::WeakSignature => fact.certificates.iter().try_for_each(|id| change(&mut changed, *id, fact))?,
        Kind::UnparsableCertificate(Some(part)) => {
            reading::mend(&mut changed, first, part, fact.extension.as_ref())?;
        }
        Kind::PresentedOrder => changed.presented = model.before.issuing_order(model.leaf, &model.presented),
        Kind::LeafTrusted => authority::take_the_place_of(&mut changed, first)?,
        Kind::LeafIsCa => {
            change(&mut changed, first, fact)?;
            authority::take_the_place_of(&mut changed, first)?;
        }
        Kind::HostName => changed.host = None,
        Kind::Purpose => changed.purpose = Purpose::Any,
        _ => change(&mut changed, first, fact)?,
    }
    Some(changed)
}

/// The identifier of a purpose; any purpose has none.
pub(super) fn purpose_oid(purpose: Purpose) -> Option<ObjectIdentifier> {
    match purpose {
        Purpose::Server => Some(oid::SERVER_AUTH),
        Purpose::Client => Some(oid::CLIENT_AUTH),
        Purpose::Any => None,
    }
}

/// The usages that a leaf's key usage leaves out. What an end entity's key does in TLS: it signs, and before TLS 1.3 an
/// RSA key may be asked to decrypt a secret (RFC 5246, 7.4.2).
pub(super) fn missing_usages(usage: KeyUsage, kind: &KeyKind) -> Vec<Usage> {
    let wanted: &[Usage] = match kind {
        KeyKind::Rsa { .. } => &[Usage::DigitalSignature, Usage::KeyEncipherment, Usage::Both],
        _ => &[Usage::DigitalSignature],
    };
    wanted.iter().copied().filter(|wanted| usage.0 & bits_of(*wanted) == 0).collect()
}

/// The bits of a usage as `KeyUsage` counts them.
fn bits_of(usage: Usage) -> u16 {
    match usage {
        Usage::DigitalSignature => DIGITAL_SIGNATURE,
        Usage::KeyEncipherment => KEY_ENCIPHERMENT,
        Usage::Both => DIGITAL_SIGNATURE | KEY_ENCIPHERMENT,
    }
}

/// Nothing is wrong with the extension but that it is critical, as a key identifier must not be (RFC 5280, 4.2.1.1 and
/// 4.2.1.2).
pub(super) fn is_wrongly_critical(certificate: &Certificate, extension: &Oid) -> bool {
    let is_key_id = extension.is_one_of(&[oid::AUTHORITY_KEY_ID, oid::SUBJECT_KEY_ID]);
    let is_critical = certificate.extensions.iter().any(|it| it.oid == *extension && it.critical);
    is_key_id && is_critical && !certificate.unreadable_extensions.iter().any(|(oid, _)| oid == extension)
}

/// Behind a leaf that is a CA, the first end entity: no CA, and issued by another.
pub(super) fn end_entity_behind(model: &Model<'_>) -> Option<CertId> {
    let is_ca = |id: CertId| model.certificate(id).is_none_or(|it| it.is_ca());
    let mut others = model.presented.iter().copied().filter(|id| *id != model.leaf);
    others.find(|id| is_ca(model.leaf) && !is_ca(*id) && !model.before.self_issued(*id))
}

fn begin_with(model: &mut Model<'_>, leaf: CertId) {
    model.presented.retain(|id| *id != leaf);
    model.presented.insert(0, model.leaf);
    model.leaf = leaf;
}

/// The facts that one certificate alone undoes.
fn change(model: &mut Model<'_>, id: CertId, fact: &Fact) -> Option<()> {
    let mut fields = model.fields(id)?;
    let certificate = model.certificate(id)?;
    match fact.kind {
        Kind::AnchorNotSelfSigned => {
            fields.issuer = certificate.subject.der.clone();
            key_ids::name_itself(&mut fields, certificate.subject_key_id.as_deref());
            if let Some(algorithm) = key::algorithm_for(&certificate.key.kind, &certificate.signature_algorithm.oid) {
                fields.set_algorithm(&algorithm);
            }
            model.self_signed.push(id);
        }
        Kind::Expired(_) => fields.set_not_after(Timestamp(model.at.0 + MARGIN))?,
        Kind::NotYetValid(_) => fields.set_not_before(Timestamp(model.at.0 - MARGIN))?,
        Kind::NotACa | Kind::BasicConstraintsAbsent | Kind::PathLength => set_ca(&mut fields),
        Kind::BasicConstraintsNotCritical => fields.set_critical(oid::BASIC_CONSTRAINTS, true)?,
        Kind::NoCertSign => add_usage(&mut fields, certificate.key_usage?.0 | KEY_CERT_SIGN),
        Kind::KeyUsageAbsent => add_usage(&mut fields, KEY_CERT_SIGN | CRL_SIGN),
        Kind::LeafKeyUsage(usage) => add_usage(&mut fields, certificate.key_usage?.0 | bits_of(usage)),
        Kind::LeafCertSign => match certificate.key_usage?.0 & !(KEY_CERT_SIGN | CRL_SIGN) {
            0 => add_usage(&mut fields, DIGITAL_SIGNATURE),
            usage => add_usage(&mut fields, usage),
        },
        Kind::NameConstraints => fields.drop_extension(&oid::NAME_CONSTRAINTS.into()),
        Kind::CaPurposes => fields.drop_extension(&oid::EXTENDED_KEY_USAGE.into()),
        Kind::LeafIsCa => {
            fields.set_extension(oid::BASIC_CONSTRAINTS, true, &sequence(&[]));
            if certificate.key_usage.is_some_and(KeyUsage::key_cert_sign) {
                add_usage(&mut fields, DIGITAL_SIGNATURE | KEY_ENCIPHERMENT);
            }
        }
        Kind::LeafPurposes => add_purposes(&mut fields)?,
        Kind::LeafNamedAsIssuer => fields.subject = renamed(&fields.subject)?,
        Kind::WeakSignature | Kind::UnusualSignature => {
            fields.set_algorithm(&key::usual_algorithm(&certificate.signature_algorithm.oid)?);
        }
        Kind::AlgorithmsDiffer => fields.align_algorithms(),
        Kind::CriticalExtension if is_wrongly_critical(certificate, fact.extension.as_ref()?) => {
            fields.set_critical(fact.extension.as_ref()?.constant()?, false)?;
        }
        Kind::CriticalExtension | Kind::OtherExtension => fields.drop_extension(fact.extension.as_ref()?),
        Kind::SerialNumber(_) => fields.serial = encode(INTEGER, &readable_serial(&certificate.serial)),
        _ => return None,
    }
    model.replace(id, &fields)
}

/// CA:TRUE without a limit (RFC 5280, 4.2.1.9).
fn set_ca(fields: &mut Fields) {
    fields.set_extension(oid::BASIC_CONSTRAINTS, true, &sequence(&encode(BOOLEAN, &[0xff])));
}

/// Version 3, in which a CA says what RFC 5280 (4.2.1.3 and 4.2.1.9) asks it to say.
fn renew(fields: &mut Fields, kind: Kind) {
    fields.set_version_3();
    if kind == Kind::OldVersion {
        describe_ca(fields);
    }
}

/// A positive number of few octets that keeps as much of the old one as it can, so that two stay two (RFC 5280,
/// 4.1.2.2).
fn readable_serial(serial: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = serial.iter().copied().skip_while(|octet| *octet == 0).collect();
    let kept = digits.get(digits.len().saturating_sub(MAX_SERIAL_OCTETS - 1)..).unwrap_or_default();
    match kept {
        [] => vec![1],
        [first, ..] if *first < 0x80 && kept.len() == digits.len() => kept.to_vec(),
        _ => [&[1], kept].concat(),
    }
}

/// CA:TRUE, and the key signs certificates.
pub(super) fn describe_ca(fields: &mut Fields) {
    set_ca(fields);
    add_usage(fields, KEY_CERT_SIGN | CRL_SIGN);
}

/// A BIT STRING without trailing zeros, first bit highest (RFC 5280, 4.2.1.3; X.690, 11.2.2).
pub(super) fn add_usage(fields: &mut Fields, usage: u16) {
    let bits = usage.reverse_bits();
    let [high, low] = bits.to_be_bytes();
    let octets = if low == 0 { vec![high] } else { vec![high, low] };
    let padding = u8::try_from(bits.trailing_zeros() % 8).unwrap_or_default();
    let value = encode(BIT_STRING, &[&[padding], octets.as_slice()].concat());
    fields.set_extension(oid::KEY_USAGE, true, &value);
}

/// The purposes of TLS besides those that are there.
fn add_purposes(fields: &mut Fields) -> Option<()> {
    let there = Reader::read_only(fields.extension(oid::EXTENDED_KEY_USAGE)?, SEQUENCE)?.0.to_vec();
    let added = [oid::SERVER_AUTH, oid::CLIENT_AUTH].map(identifier);
    let missing = added.into_iter().filter(|oid| !there.windows(oid.len()).any(|window| window == oid.as_slice()));
    let value = sequence(&[there.clone(), missing.collect::<Vec<_>>().concat()].concat());
    fields.set_extension(oid::EXTENDED_KEY_USAGE, false, &value);
    Some(())
}

/// The name with one more organisational unit, below all others.
pub(super) fn renamed(name: &[u8]) -> Option<Vec<u8>> {
    let unit = [identifier(oid::ORGANIZATIONAL_UNIT), encode(UTF8_STRING, b"renamed")].concat();
    let rdn = encode(SET, &sequence(&unit));
    Some(sequence(&[Reader::read_only(name, SEQUENCE)?.0, &rdn].concat()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::{Fields, Kind, without};
    use crate::certificate::{CertId, Certificate, Part};
    use crate::disagreement::list::{list, visible};
    use crate::disagreement::model::Model;
    use crate::disagreement::{Flaw, Gap, Place, Reference, SerialFlaw, Usage};
    use crate::graph::{Draft, Graph};
    use crate::signature::Status;
    use crate::time::Timestamp;
    use crate::timeline;
    use crate::verifier::{Host, Purpose, Query};
    use data_encoding::BASE64;

    const CORPUS: &str = include_str!("../../tests/data/conformance/corpus.json");
    const PROBES: &str = include_str!("../../tests/data/conformance/probes.json");
    const ODD: &str = include_str!("../../tests/data/conformance/go-extra.json");

    /// Every kind, each place once.
    const ALL: &[Kind] = &[
        Kind::DeadEndFirst(Flaw::Other),
        Kind::LeafNotFirst,
        Kind::AnchorNotSelfSigned,
        Kind::Expired(Place::Anchor),
        Kind::Expired(Place::Intermediate),
        Kind::Expired(Place::Leaf),
        Kind::NotYetValid(Place::Anchor),
        Kind::NotYetValid(Place::Intermediate),
        Kind::NotYetValid(Place::Leaf),
        Kind::NamesFolded,
        Kind::KeyIdMismatch,
        Kind::AuthoritySerialMismatch(Reference::Serial),
        Kind::KeyIdsAbsent(Gap::Both),
        Kind::SignatureWrong,
        Kind::NotACa,
        Kind::BasicConstraintsAbsent,
        Kind::OldVersion,
        Kind::NoCertSign,
        Kind::KeyUsageAbsent,
        Kind::BasicConstraintsNotCritical,
        Kind::PathLength,
        Kind::NameConstraints,
        Kind::CaPurposes,
        Kind::LeafPurposes,
        Kind::LeafIsCa,
        Kind::LeafKeyUsage(Usage::DigitalSignature),
        Kind::LeafCertSign,
        Kind::LeafOldVersion,
        Kind::LeafNamedAsIssuer,
        Kind::WeakKey,
        Kind::UnusualKey,
        Kind::WeakSignature,
        Kind::UnusualSignature,
        Kind::AlgorithmsDiffer,
        Kind::CriticalExtension,
        Kind::OtherExtension,
        Kind::SerialNumber(SerialFlaw::Negative),
        Kind::UnparsableCertificate(None),
        Kind::PresentedOrder,
        Kind::LeafTrusted,
        Kind::HostName,
        Kind::Purpose,
    ];

    /// What an edit may change in a certificate.
    fn may_change(kind: Kind) -> &'static [&'static str] {
        const KEY_IDS: &[&str] = &["2.5.29.14", "2.5.29.35"];
        const ALGORITHMS: &[&str] = &["inner algorithm", "outer algorithm"];
        match kind {
            Kind::AnchorNotSelfSigned => &["issuer", "2.5.29.35", "inner algorithm", "outer algorithm"],
            Kind::Expired(_) | Kind::NotYetValid(_) => &["validity"],
            Kind::NamesFolded => &["issuer"],
            Kind::KeyIdMismatch | Kind::KeyIdsAbsent(_) => KEY_IDS,
            Kind::AuthoritySerialMismatch(_) => &["2.5.29.35"],
            Kind::NotACa | Kind::BasicConstraintsAbsent | Kind::BasicConstraintsNotCritical | Kind::PathLength => {
                &["2.5.29.19"]
            }
            Kind::OldVersion => &["version", "2.5.29.14", "2.5.29.15", "2.5.29.19", "2.5.29.35"],
            Kind::LeafOldVersion => &["version", "2.5.29.14", "2.5.29.35"],
            Kind::NoCertSign | Kind::KeyUsageAbsent | Kind::LeafKeyUsage(_) | Kind::LeafCertSign => &["2.5.29.15"],
            Kind::NameConstraints => &["2.5.29.30"],
            Kind::CaPurposes | Kind::LeafPurposes => &["2.5.29.37"],
            Kind::LeafIsCa => &["issuer", "2.5.29.19", "2.5.29.15", "2.5.29.35"],
            Kind::LeafTrusted => &["issuer", "2.5.29.35"],
            Kind::LeafNamedAsIssuer => &["subject"],
            Kind::WeakKey => &["key"],
            Kind::UnusualKey => &["key", "inner algorithm", "outer algorithm"],
            Kind::WeakSignature | Kind::UnusualSignature => ALGORITHMS,
            Kind::AlgorithmsDiffer => &["inner algorithm"],
            Kind::SerialNumber(_) => &["serial"],
            Kind::UnparsableCertificate(Some(part)) => what_is_mended(part),
            _ => &[],
        }
    }

    /// What makes a part readable. The name is one in every certificate that bears it.
    fn what_is_mended(part: Part) -> &'static [&'static str] {
        match part {
            Part::SignatureAlgorithm => &["inner algorithm", "outer algorithm"],
            Part::Issuer | Part::Subject => &["issuer", "subject"],
            Part::Validity => &["validity"],
            Part::PublicKey => &["key", "inner algorithm", "outer algorithm"],
            Part::Signature => &["signature"],
            _ => &[],
        }
    }

    /// Every fact of every so manieth case, undone, changes what it is about and nothing else; each kind by how often
    /// it occurred. What the signatures are is given, because checking them would take a minute.
    fn check(text: &str, step: usize, signatures: Status) -> BTreeMap<&'static str, usize> {
        let file: Value = serde_json::from_str(text).unwrap();
        let ders: Vec<Vec<u8>> = file["certs"].as_array().unwrap().iter().map(decoded).collect();
        let mut kinds = BTreeMap::new();
        for case in file["cases"].as_array().unwrap().iter().step_by(step) {
            let ids = |name: &str| -> Vec<usize> {
                case[name].as_array().unwrap().iter().map(|at| usize::try_from(at.as_u64().unwrap()).unwrap()).collect()
            };
            let (trusted, presented) = (ids("trusted"), ids("presented"));
            let leaf = usize::try_from(case["leaf"].as_u64().unwrap()).unwrap();
            let mut all: Vec<usize> = trusted.iter().chain(&presented).copied().chain([leaf]).collect();
            all.sort_unstable();
            all.dedup();
            let place = |at: &usize| CertId(all.binary_search(at).unwrap());
            let time = case.get("time").unwrap_or(&file["time"]).as_str().unwrap();
            let query = Query {
                trusted: &trusted.iter().map(place).collect::<Vec<_>>(),
                presented: &presented.iter().map(place).collect::<Vec<_>>(),
                leaf: place(&leaf),
                at: Timestamp::parse(time).unwrap(),
                purpose: Purpose::Server,
                host: Some(Host::Dns("example.com".to_owned())),
            };
            let parsed: Result<Vec<Certificate>, _> = all.iter().map(|at| Certificate::parse(&ders[*at])).collect();
            let Ok(certificates) = parsed.map(|list| list.into_iter().map(Into::into).collect()) else { continue };
            let graph = Draft::new(certificates).finish_as(&|_, _| signatures);
            check_case(&graph, &query, &mut kinds);
        }
        kinds
    }

    fn decoded(text: &Value) -> Vec<u8> {
        BASE64.decode(text.as_str().unwrap().as_bytes()).unwrap()
    }

    fn check_case(graph: &Graph, query: &Query<'_>, kinds: &mut BTreeMap<&'static str, usize>) {
        let model = Model::of(graph, query);
        for fact in list(&model, &timeline::reachable_issuers(graph, query)) {
            *kinds.entry(fact.kind.code()).or_default() += 1;
            let changed = without(&model, &fact).unwrap_or_else(|| panic!("{fact:?} can be undone"));
            let mut edited = 0;
            for (before, after) in model.certificates.iter().zip(&changed.certificates) {
                let differences = Fields::of(after).unwrap().differences(&Fields::of(before).unwrap());
                let own = fact.extension.as_ref().map(ToString::to_string);
                let meant = |it: &String| may_change(fact.kind).contains(&it.as_str()) || Some(it) == own.as_ref();
                assert!(differences.iter().all(meant), "{fact:?}: {differences:?}");
                edited += usize::from(!differences.is_empty());
            }
            let lists =
                |it: &Model<'_>| (it.trusted.clone(), it.presented.clone(), it.leaf, it.host.clone(), it.purpose);
            let is_asked_otherwise = lists(&changed) != lists(&model);
            let signatures = |it: &Model<'_>| (it.vouched.clone(), it.self_signed.clone());
            let has_new_signature = signatures(&changed) != signatures(&model);
            assert!(edited > 0 || is_asked_otherwise || has_new_signature, "{fact:?} changes something");
            let may_change_both = matches!(fact.kind, Kind::LeafIsCa | Kind::LeafTrusted);
            assert!(edited == 0 || !is_asked_otherwise || may_change_both, "{fact:?} changes one thing");
        }
    }

    #[test]
    fn an_edit_changes_what_it_is_about_and_nothing_else() {
        let mut kinds = check(CORPUS, 4, Status::Valid);
        kinds.extend(check(ODD, 1, Status::Valid));
        kinds.extend(check(PROBES, 1, Status::Valid));
        kinds.extend(check(PROBES, 1, Status::Invalid));
        let missing: Vec<&str> = ALL.iter().map(|kind| kind.code()).filter(|code| !kinds.contains_key(code)).collect();
        // The first and the last are found in `tests/it/disagreement.rs`, the second nowhere; its edit is tested in
        // `rewrite`.
        assert_eq!(missing, ["leaf-not-first", "basic-constraints-not-critical", "leaf-cert-sign"], "{kinds:?}");
    }

    /// Else undoing it would not have been enough.
    #[test]
    fn what_was_undone_is_gone() {
        let file: Value = serde_json::from_str(PROBES).unwrap();
        let parse = |der: Value| Certificate::parse(&decoded(&der)).unwrap();
        let certificates: Vec<Certificate> = file["certs"].as_array().unwrap().iter().cloned().map(parse).collect();
        let all: Vec<CertId> = (0..certificates.len()).map(CertId).collect();
        let graph = Graph::build(certificates);
        for leaf in &all {
            let query = Query {
                trusted: &all,
                presented: &[],
                leaf: *leaf,
                at: Timestamp::parse("2026-11-21T18:00:00Z").unwrap(),
                purpose: Purpose::Client,
                host: None,
            };
            let model = Model::of(&graph, &query);
            for fact in visible(&model, &timeline::reachable_issuers(&graph, &query)) {
                let changed = without(&model, &fact).unwrap();
                let graph = changed.graph().unwrap_or(graph.clone());
                let query = Query {
                    trusted: &changed.trusted,
                    presented: &changed.presented,
                    leaf: changed.leaf,
                    purpose: changed.purpose,
                    ..query.clone()
                };
                let left = visible(&Model::of(&graph, &query), &timeline::reachable_issuers(&graph, &query));
                assert!(!left.contains(&fact), "{fact:?}");
            }
        }
    }
}
