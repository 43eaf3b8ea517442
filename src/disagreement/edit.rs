//! What would be otherwise: for each kind of fact the change that undoes it.

use super::fact::{Fact, Kind, Usage};
use super::model::Model;
use super::rewrite::{Fields, identifier, sequence};
use crate::certificate::{CertId, Certificate, KeyKind, KeyUsage};
use crate::der::{
    BIT_STRING, BOOLEAN, INTEGER, NULL, OCTET_STRING, Reader, SEQUENCE, SET, UTF8_STRING, context, encode,
};
use crate::digest::sha1;
use crate::graph::{Edge, KeyIdMatch};
use crate::oid::{self, ObjectIdentifier, Oid};
use crate::signature::Status;
use crate::time::Timestamp;
use crate::verifier::Purpose;

/// Signatures by RSA keys (RFC 3279, 2.2.1; RFC 4055).
const RSA_SIGNATURES: [ObjectIdentifier; 9] = [
    oid::MD2_WITH_RSA,
    oid::MD5_WITH_RSA,
    oid::SHA1_WITH_RSA,
    oid::OIW_SHA1_WITH_RSA,
    oid::SHA224_WITH_RSA,
    oid::SHA256_WITH_RSA,
    oid::SHA384_WITH_RSA,
    oid::SHA512_WITH_RSA,
    oid::RSASSA_PSS,
];

/// Signatures by keys on elliptic curves (RFC 5758, 3.2).
const ECDSA_SIGNATURES: [ObjectIdentifier; 5] = [
    oid::ECDSA_WITH_SHA1,
    oid::ECDSA_WITH_SHA224,
    oid::ECDSA_WITH_SHA256,
    oid::ECDSA_WITH_SHA384,
    oid::ECDSA_WITH_SHA512,
];

/// Bits as `KeyUsage` counts them (RFC 5280, 4.2.1.3).
const DIGITAL_SIGNATURE: u16 = 1;
const KEY_ENCIPHERMENT: u16 = 1 << 2;
const KEY_CERT_SIGN: u16 = 1 << 5;
const CRL_SIGN: u16 = 1 << 6;

/// Octets of the serial number of a CA that is made up.
const MAX_SERIAL: usize = 16;

/// How far a validity is widened beyond the instant: a day, so that no program's way with bounds matters.
const MARGIN: i64 = 86_400;

/// Octets of the modulus that a weak RSA key gets: 2,048 bits.
const MODULUS_OCTETS: usize = 256;

/// The base point of P-256, uncompressed (FIPS 186-4, D.1.2.3): a point that lies on the curve.
const BASE_POINT: [u8; 65] = [
    0x04, 0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2, 0x77, 0x03,
    0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96, 0x4f, 0xe3, 0x42, 0xe2, 0xfe,
    0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16, 0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce,
    0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5,
];

/// The question without the fact; `None` where it cannot be undone.
pub(super) fn without<'a>(model: &Model<'a>, fact: &Fact) -> Option<Model<'a>> {
    let mut changed = model.clone();
    let &first = fact.certificates.first()?;
    let second = fact.certificates.get(1).copied().unwrap_or(first);
    match fact.kind {
        Kind::DeadEndFirst(_) => changed.remove(first),
        Kind::LeafNotFirst => begin_with(&mut changed, second),
        Kind::NamesFolded => {
            let name = model.certificate(second)?.subject.der.clone();
            edit(&mut changed, first, |fields| fields.issuer = name)?;
        }
        Kind::KeyIdMismatch if is_odd_one(model, first, second) => rename_key(&mut changed, first, second)?,
        Kind::KeyIdsAbsent(_) if first == second => give_key_ids(&mut changed, first)?,
        Kind::KeyIdMismatch | Kind::KeyIdsAbsent(_) => join_key_ids(&mut changed, first, second)?,
        Kind::AuthoritySerialMismatch(_) => name_by_key(&mut changed, first, second)?,
        Kind::OldVersion => {
            edit(&mut changed, first, Fields::set_version_3)?;
            edit(&mut changed, first, describe_ca)?;
            give_key_ids(&mut changed, first)?;
        }
        Kind::LeafOldVersion => {
            edit(&mut changed, first, Fields::set_version_3)?;
            give_key_ids(&mut changed, first)?;
        }
        Kind::SignatureWrong => changed.vouched.push((second, first)),
        Kind::WeakKey | Kind::UnusualKey => {
            for id in &fact.certificates {
                replace_key(&mut changed, *id)?;
            }
        }
        Kind::WeakSignature => {
            for id in &fact.certificates {
                change(&mut changed, *id, fact)?;
            }
        }
        Kind::PresentedOrder => changed.presented = issuing_order(model),
        Kind::LeafTrusted if has_authority(model, first) => changed.trusted.retain(|id| *id != first),
        Kind::LeafTrusted => trust_an_authority(&mut changed, first)?,
        Kind::LeafIsCa if model.trusted.contains(&first) && !has_authority(model, first) => {
            change(&mut changed, first, fact)?;
            trust_an_authority(&mut changed, first)?;
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

/// The AlgorithmIdentifier, with SHA-256, of the type of key that an algorithm is for.
pub(super) fn usual_algorithm(algorithm: &Oid) -> Option<Vec<u8>> {
    match () {
        () if algorithm.is_one_of(&ECDSA_SIGNATURES) => Some(ecdsa_with_sha256()),
        () if algorithm.is_one_of(&RSA_SIGNATURES) => Some(rsa_with_sha256()),
        () => None,
    }
}

/// RFC 5758, 3.2: without parameters.
fn ecdsa_with_sha256() -> Vec<u8> {
    sequence(&identifier(oid::ECDSA_WITH_SHA256))
}

/// RFC 4055, 5: the parameters are NULL.
fn rsa_with_sha256() -> Vec<u8> {
    sequence(&[identifier(oid::SHA256_WITH_RSA), encode(NULL, &[])].concat())
}

/// What an end entity's key does in TLS: it signs, and before TLS 1.3 an RSA key may be asked to decrypt a secret (RFC
/// 5246, 7.4.2).
pub(super) fn usages_of_leaf(kind: &KeyKind) -> &'static [Usage] {
    match kind {
        KeyKind::Rsa { .. } => &[Usage::DigitalSignature, Usage::KeyEncipherment],
        _ => &[Usage::DigitalSignature],
    }
}

/// The bit of a usage as `KeyUsage` counts them.
pub(super) fn bit_of(usage: Usage) -> u16 {
    match usage {
        Usage::DigitalSignature => DIGITAL_SIGNATURE,
        Usage::KeyEncipherment => KEY_ENCIPHERMENT,
    }
}

/// What was sent, each certificate followed by its issuer, beginning with the leaf's; then the rest.
pub(super) fn issuing_order(model: &Model<'_>) -> Vec<CertId> {
    let mut rest = model.presented.clone();
    let mut ordered = Vec::new();
    let mut last = model.leaf;
    while let Some(at) = rest.iter().position(|id| is_issuer(model, *id, last)) {
        last = rest.remove(at);
        ordered.push(last);
    }
    ordered.extend(rest);
    ordered
}

fn is_issuer(model: &Model<'_>, issuer: CertId, subject: CertId) -> bool {
    let edge = model.before.edge(issuer, subject).filter(|_| issuer != subject);
    edge.is_some_and(|edge| edge.names_agree() && edge.signature != Status::Invalid)
}

/// Behind a leaf that is a CA, the first certificate that is none.
pub(super) fn end_entity_behind(model: &Model<'_>) -> Option<CertId> {
    let is_ca = |id: CertId| model.certificate(id).is_none_or(|it| it.is_ca());
    let mut others = model.presented.iter().copied().filter(|id| *id != model.leaf);
    others.find(|id| is_ca(model.leaf) && !is_ca(*id))
}

fn begin_with(model: &mut Model<'_>, leaf: CertId) {
    model.presented.retain(|id| *id != leaf);
    model.presented.insert(0, model.leaf);
    model.leaf = leaf;
}

fn edit(model: &mut Model<'_>, id: CertId, change: impl FnOnce(&mut Fields)) -> Option<()> {
    let mut fields = model.fields(id)?;
    change(&mut fields);
    model.replace(id, &fields)
}

/// The facts that one certificate alone undoes.
fn change(model: &mut Model<'_>, id: CertId, fact: &Fact) -> Option<()> {
    let mut fields = model.fields(id)?;
    let certificate = model.certificate(id)?;
    match fact.kind {
        Kind::AnchorNotSelfSigned => {
            fields.issuer = certificate.subject.der.clone();
            own_key_id(&mut fields, certificate.subject_key_id.as_deref());
            if let Some(algorithm) = algorithm_for(&certificate.key.kind, &certificate.signature_algorithm.oid) {
                fields.set_algorithm(&algorithm);
            }
            model.self_signed.push(id);
        }
        Kind::Expired(_) => fields.set_not_after(Timestamp(model.at.0 + MARGIN))?,
        Kind::NotYetValid(_) => fields.set_not_before(Timestamp(model.at.0 - MARGIN))?,
        Kind::NotACa | Kind::BasicConstraintsAbsent | Kind::PathLength => set_ca(&mut fields),
        Kind::BasicConstraintsNotCritical => fields.set_critical(oid::BASIC_CONSTRAINTS)?,
        Kind::NoCertSign => add_usage(&mut fields, certificate.key_usage?.0 | KEY_CERT_SIGN),
        Kind::KeyUsageAbsent => add_usage(&mut fields, KEY_CERT_SIGN | CRL_SIGN),
        Kind::LeafKeyUsage(usage) => add_usage(&mut fields, certificate.key_usage?.0 | bit_of(usage)),
        Kind::NameConstraints => fields.drop_extension(&oid::NAME_CONSTRAINTS.into()),
        Kind::CaPurposes => fields.drop_extension(&oid::EXTENDED_KEY_USAGE.into()),
        Kind::LeafIsCa => {
            fields.set_extension(oid::BASIC_CONSTRAINTS, true, &sequence(&[]));
            if certificate.key_usage.is_some_and(KeyUsage::key_cert_sign) {
                add_usage(&mut fields, usages_of_leaf(&certificate.key.kind).iter().map(|it| bit_of(*it)).sum());
            }
        }
        Kind::LeafPurposes => add_purposes(&mut fields)?,
        Kind::LeafNamedAsIssuer => fields.subject = renamed(&fields.subject)?,
        Kind::WeakSignature | Kind::UnusualSignature => {
            fields.set_algorithm(&usual_algorithm(&certificate.signature_algorithm.oid)?);
        }
        Kind::AlgorithmsDiffer => fields.align_algorithms(),
        Kind::CriticalExtension | Kind::OtherExtension => fields.drop_extension(fact.extension.as_ref()?),
        Kind::SerialNumber => fields.serial = encode(INTEGER, &[1]),
        _ => return None,
    }
    model.replace(id, &fields)
}

/// The algorithm of a signature by a key of this kind, where the one that is named is not for such keys.
fn algorithm_for(kind: &KeyKind, named: &Oid) -> Option<Vec<u8>> {
    match kind {
        KeyKind::Rsa { .. } if !named.is_one_of(&RSA_SIGNATURES) => Some(rsa_with_sha256()),
        KeyKind::Ec { .. } if !named.is_one_of(&ECDSA_SIGNATURES) => Some(ecdsa_with_sha256()),
        KeyKind::Ed25519 => Some(sequence(&identifier(oid::ED25519))),
        _ => None,
    }
}

/// A root names its own key, or none (RFC 5280, 4.2.1.1).
fn own_key_id(fields: &mut Fields, subject_key_id: Option<&[u8]>) {
    match subject_key_id.filter(|_| fields.extension(oid::AUTHORITY_KEY_ID).is_some()) {
        Some(key_id) => fields.set_extension(oid::AUTHORITY_KEY_ID, false, &authority_key_id(key_id)),
        None => fields.drop_extension(&oid::AUTHORITY_KEY_ID.into()),
    }
}

/// `SEQUENCE { keyIdentifier [0] }`.
fn authority_key_id(key_id: &[u8]) -> Vec<u8> {
    sequence(&encode(context(0), key_id))
}

/// CA:TRUE without a limit (RFC 5280, 4.2.1.9).
fn set_ca(fields: &mut Fields) {
    fields.set_extension(oid::BASIC_CONSTRAINTS, true, &sequence(&encode(BOOLEAN, &[0xff])));
}

/// What RFC 5280 (4.2.1.3 and 4.2.1.9) asks a CA to say of itself.
fn describe_ca(fields: &mut Fields) {
    set_ca(fields);
    add_usage(fields, KEY_CERT_SIGN | CRL_SIGN);
}

/// A BIT STRING without trailing zeros, first bit highest (RFC 5280, 4.2.1.3; X.690, 11.2.2).
fn add_usage(fields: &mut Fields, usage: u16) {
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
fn renamed(name: &[u8]) -> Option<Vec<u8>> {
    let unit = [identifier(oid::ORGANIZATIONAL_UNIT), encode(UTF8_STRING, b"renamed")].concat();
    let rdn = encode(SET, &sequence(&unit));
    Some(sequence(&[Reader::read_only(name, SEQUENCE)?.0, &rdn].concat()))
}

/// Subject and issuer give the same key identifier. One of version 1 or 2 has no place for it (RFC 5280, 4.1.2.9).
fn join_key_ids(model: &mut Model<'_>, subject: CertId, issuer: CertId) -> Option<()> {
    let key_id = key_id_of(model, subject, issuer)?;
    let (child, parent) = (model.certificate(subject)?, model.certificate(issuer)?);
    let is_named = child.version != 3 || child.issuer_key_id() == Some(&key_id);
    let is_given = parent.version != 3 || parent.subject_key_id.is_some();
    if !is_named {
        edit(model, subject, |fields| name_key(fields, &key_id))?;
    }
    if !is_given {
        let value = encode(OCTET_STRING, &key_id);
        edit(model, issuer, |fields| fields.set_extension(oid::SUBJECT_KEY_ID, false, &value))?;
    }
    Some(())
}

/// The issuer's own key identifier, else the one that the subject gives, else one that another subject gives, else the
/// hash of the key (RFC 5280, 4.2.1.2, method 1).
fn key_id_of(model: &Model<'_>, subject: CertId, issuer: CertId) -> Option<Vec<u8>> {
    let parent = model.certificate(issuer)?;
    let named = |id: CertId| model.certificate(id).and_then(Certificate::issuer_key_id).map(<[u8]>::to_vec);
    let is_subject = |edge: &&Edge| edge.names_agree() && edge.signature != Status::Invalid;
    let by_others = || model.before.subjects_of(issuer).filter(is_subject).find_map(|edge| named(edge.subject));
    let own = parent.subject_key_id.clone().or_else(|| named(subject)).or_else(by_others);
    Some(own.unwrap_or_else(|| sha1(parent.key.value()).to_vec()))
}

/// The authority key identifier gives this key identifier, beside what else it says.
fn name_key(fields: &mut Fields, key_id: &[u8]) {
    let rest = fields.extension(oid::AUTHORITY_KEY_ID).and_then(behind_key_id).unwrap_or_default();
    let value = sequence(&[encode(context(0), key_id), rest].concat());
    fields.set_extension(oid::AUTHORITY_KEY_ID, false, &value);
}

/// authorityCertIssuer and authorityCertSerialNumber (RFC 5280, 4.2.1.1), if they are there.
fn behind_key_id(authority: &[u8]) -> Option<Vec<u8>> {
    let mut fields = Reader::read_only(authority, SEQUENCE)?;
    fields.read_optional(context(0))?;
    Some(fields.0.to_vec())
}

/// The authority key identifier gives the issuer's key and no longer a certificate; where neither side gives that key
/// an identifier, nothing is left of it.
fn name_by_key(model: &mut Model<'_>, subject: CertId, issuer: CertId) -> Option<()> {
    let given = model.certificate(subject)?.issuer_key_id();
    let key_id = given.or(model.certificate(issuer)?.subject_key_id.as_deref()).map(<[u8]>::to_vec);
    edit(model, subject, |fields| match key_id {
        Some(key_id) => fields.set_extension(oid::AUTHORITY_KEY_ID, false, &authority_key_id(&key_id)),
        None => fields.drop_extension(&oid::AUTHORITY_KEY_ID.into()),
    })
}

/// The certificate gives its own key identifier and its issuer's, and those that it issued name it.
fn give_key_ids(model: &mut Model<'_>, id: CertId) -> Option<()> {
    let edges = model.before.edges.iter();
    let is_gap = |edge: &&Edge| {
        let is_between = edge.issuer != edge.subject && (edge.issuer == id || edge.subject == id);
        is_between && edge.names_agree() && edge.key_ids == KeyIdMatch::Absent && edge.signature != Status::Invalid
    };
    let gaps: Vec<Edge> = edges.filter(is_gap).copied().collect();
    for edge in gaps {
        join_key_ids(model, edge.subject, edge.issuer)?;
    }
    Some(())
}

/// A CA that is given issued the certificate, so that its own place in the trust store is not needed.
fn has_authority(model: &Model<'_>, id: CertId) -> bool {
    let is_given = |id: CertId| model.trusted.contains(&id) || model.presented.contains(&id);
    let issued = |edge: &&Edge| edge.issuer != id && edge.names_agree() && edge.signature != Status::Invalid;
    let mut issuers = model.before.issuers_of(id).iter().filter(issued).map(|edge| edge.issuer);
    issuers.any(|issuer| is_given(issuer) && model.certificate(issuer).is_some_and(Certificate::is_ca))
}

/// In the place of the certificate a CA is trusted that issued it: one that has its key and its dates, and a name of its
/// own.
fn trust_an_authority(model: &mut Model<'_>, id: CertId) -> Option<()> {
    let name = renamed(&model.certificate(id)?.issuer.der)?;
    let key_id = sha1(&name).to_vec();
    let mut authority = model.fields(id)?.without_extensions();
    authority.serial = encode(INTEGER, &[&[1], key_id.as_slice()].concat().get(..MAX_SERIAL)?);
    (authority.issuer, authority.subject) = (name.clone(), name.clone());
    authority.set_version_3();
    describe_ca(&mut authority);
    authority.set_extension(oid::SUBJECT_KEY_ID, false, &encode(OCTET_STRING, &key_id));
    let authority = model.add(&authority)?;
    let has_place = model.certificate(id)?.version == 3;
    edit(model, id, |fields| {
        fields.issuer = name;
        if has_place {
            fields.set_extension(oid::AUTHORITY_KEY_ID, false, &authority_key_id(&key_id));
        }
    })?;
    model.self_signed.push(authority);
    model.vouched.push((authority, id));
    model.trusted.iter_mut().filter(|trusted| **trusted == id).for_each(|trusted| *trusted = authority);
    Some(())
}

/// Whether all others that bear the issuer's name as theirs, itself included, call its key what `subject` calls it, so
/// that what the issuer says of its key is what is wrong.
fn is_odd_one(model: &Model<'_>, subject: CertId, issuer: CertId) -> bool {
    let named = |id: CertId| model.certificate(id).and_then(Certificate::issuer_key_id);
    let edges = model.before.subjects_of(issuer);
    let others = edges.filter(|edge| edge.names_agree() && edge.subject != subject).map(|edge| named(edge.subject));
    let others: Vec<Option<&[u8]>> = others.collect();
    !others.is_empty() && others.iter().all(|other| *other == named(subject))
}

/// The issuer calls its key what `subject` calls it.
fn rename_key(model: &mut Model<'_>, subject: CertId, issuer: CertId) -> Option<()> {
    let value = encode(OCTET_STRING, model.certificate(subject)?.issuer_key_id()?);
    edit(model, issuer, |fields| fields.set_extension(oid::SUBJECT_KEY_ID, false, &value))
}

/// Every certificate with the same key gets another, and what that key signed an algorithm that fits it.
fn replace_key(model: &mut Model<'_>, id: CertId) -> Option<()> {
    let old = model.certificate(id)?.key.clone();
    let (key, algorithm) = match old.kind {
        KeyKind::Rsa { .. } => (longer_rsa_key(old.value())?, None),
        _ => (p256_key(), Some(ecdsa_with_sha256())),
    };
    let bearers: Vec<CertId> = ids(model).filter(|id| has_key(model, *id, &old.spki)).collect();
    let signed = |subject: &CertId| {
        let edges = model.before.issuers_of(*subject).iter();
        edges.clone().any(|edge| bearers.contains(&edge.issuer) && edge.signature != Status::Invalid)
    };
    let signs_itself = |id: &CertId| model.self_signed.contains(id) && bearers.contains(id);
    let signed: Vec<CertId> = ids(model).filter(|id| signs_itself(id) || signed(id)).collect();
    for id in &bearers {
        edit(model, *id, |fields| fields.key.clone_from(&key))?;
    }
    if let Some(algorithm) = algorithm {
        for id in signed {
            edit(model, id, |fields| fields.set_algorithm(&algorithm))?;
        }
        vouch_for_unchecked(model, &bearers);
    }
    Some(())
}

/// What could not be checked for the algorithm that it had counts as good now that it has another: nothing says that it
/// is not.
fn vouch_for_unchecked(model: &mut Model<'_>, issuers: &[CertId]) {
    let is_unchecked = |edge: &&Edge| matches!(edge.signature, Status::Unsupported | Status::Unchecked);
    let edges = model.before.edges.iter().filter(|edge| edge.names_agree() && issuers.contains(&edge.issuer));
    model.vouched.extend(edges.filter(is_unchecked).map(|edge| (edge.issuer, edge.subject)));
}

fn ids(model: &Model<'_>) -> impl Iterator<Item = CertId> + use<> {
    (0..model.certificates.len()).map(CertId)
}

fn has_key(model: &Model<'_>, id: CertId, spki: &[u8]) -> bool {
    model.certificate(id).is_some_and(|certificate| certificate.key.spki == spki)
}

/// `SubjectPublicKeyInfo` with the base point of P-256 (RFC 5480, 2).
fn p256_key() -> Vec<u8> {
    let oids = [oid::EC_PUBLIC_KEY, oid::SECP256R1].map(identifier);
    let point = [&[0], BASE_POINT.as_slice()].concat();
    sequence(&[sequence(&oids.concat()), encode(BIT_STRING, &point)].concat())
}

/// The same RSA key with a modulus of 2,048 bits: the old one over and over, with the highest and the lowest bit set,
/// as every modulus of that size has them. Nobody computes with it.
fn longer_rsa_key(old: &[u8]) -> Option<Vec<u8>> {
    let mut numbers = Reader::read_only(old, SEQUENCE)?;
    let (modulus, exponent) = (numbers.read_unsigned()?, numbers.read_any()?.whole);
    let mut octets = vec![0];
    octets.extend(modulus.iter().cycle().take(MODULUS_OCTETS));
    *octets.get_mut(1)? |= 0x80;
    *octets.last_mut()? |= 1;
    let key = sequence(&[encode(INTEGER, &octets), exponent.to_vec()].concat());
    let algorithm = sequence(&[identifier(oid::RSA_ENCRYPTION), encode(NULL, &[])].concat());
    Some(sequence(&[algorithm, encode(BIT_STRING, &[&[0], key.as_slice()].concat())].concat()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::{Fields, Kind, without};
    use crate::certificate::{CertId, Certificate};
    use crate::disagreement::list::list;
    use crate::disagreement::model::Model;
    use crate::disagreement::{Flaw, Gap, Place, Reference, Usage};
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
        Kind::LeafOldVersion,
        Kind::LeafNamedAsIssuer,
        Kind::WeakKey,
        Kind::UnusualKey,
        Kind::WeakSignature,
        Kind::UnusualSignature,
        Kind::AlgorithmsDiffer,
        Kind::CriticalExtension,
        Kind::OtherExtension,
        Kind::SerialNumber,
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
            Kind::NoCertSign | Kind::KeyUsageAbsent | Kind::LeafKeyUsage(_) => &["2.5.29.15"],
            Kind::NameConstraints => &["2.5.29.30"],
            Kind::CaPurposes | Kind::LeafPurposes => &["2.5.29.37"],
            Kind::LeafIsCa => &["issuer", "2.5.29.19", "2.5.29.15", "2.5.29.35"],
            Kind::LeafTrusted => &["issuer", "2.5.29.35"],
            Kind::LeafNamedAsIssuer => &["subject"],
            Kind::WeakKey => &["key"],
            Kind::UnusualKey => &["key", "inner algorithm", "outer algorithm"],
            Kind::WeakSignature | Kind::UnusualSignature => ALGORITHMS,
            Kind::AlgorithmsDiffer => &["inner algorithm"],
            Kind::SerialNumber => &["serial"],
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
        // The first is found in a scenario (`tests/it/disagreement.rs`), the second nowhere; its edit is tested in
        // `rewrite`.
        assert_eq!(missing, ["leaf-not-first", "basic-constraints-not-critical"], "{kinds:?}");
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
            for fact in list(&model, &timeline::reachable_issuers(&graph, &query)) {
                let changed = without(&model, &fact).unwrap();
                let graph = changed.graph().unwrap_or(graph.clone());
                let query = Query {
                    trusted: &changed.trusted,
                    presented: &changed.presented,
                    leaf: changed.leaf,
                    purpose: changed.purpose,
                    ..query.clone()
                };
                let left = list(&Model::of(&graph, &query), &timeline::reachable_issuers(&graph, &query));
                assert!(!left.contains(&fact), "{fact:?}");
            }
        }
    }
}
