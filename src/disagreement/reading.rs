//! Certificates that a program cannot read, and the same ones in a form that it can.

use super::fact::{Fact, Kind};
use super::model::Model;
use super::rewrite::{Fields, sequence};
use super::{edit, key, key_ids};
use crate::certificate::{Attribute, CertId, Certificate, Name, Part};
use crate::der::{
    BIT_STRING, BOOLEAN, Element, INTEGER, OBJECT_IDENTIFIER, Reader, SEQUENCE, SET, UTF8_STRING, context, encode,
};
use crate::oid::{self, Oid};
use crate::verifier::{CauseKind, Engine, Verdict};

/// The parts that may be what a program stumbles over, and that no other kind of fact is about.
const PARTS: [Part; 7] = [
    Part::Frame,
    Part::SignatureAlgorithm,
    Part::Issuer,
    Part::Validity,
    Part::Subject,
    Part::PublicKey,
    Part::Signature,
];

/// Tags of GeneralName (RFC 5280, 4.2.1.6).
const EMAIL: u8 = context(1);
const DNS_NAME: u8 = context(2);
const URI: u8 = context(6);
const IP_ADDRESS: u8 = context(7);

/// A certificate that an engine cannot read.
struct Unread {
    engine: Engine,
    certificate: CertId,
}

/// For each of these certificates that an engine cannot read, what would have to be otherwise for it to be read, unless
/// one of the facts `known` says it.
pub(super) fn facts(model: &Model<'_>, certificates: &[CertId], known: &[Fact]) -> Vec<Fact> {
    let unread = unread(model);
    let mut found = Vec::new();
    for &id in certificates {
        let keeps = |fact: &&Fact| fact.takes_away().is_none() && fact.kind != Kind::LeafNotFirst;
        let is_explained = |it: &Unread| known.iter().filter(keeps).any(|fact| is_read_without(model, fact, &[it]));
        let unread: Vec<&Unread> = unread.iter().filter(|it| it.certificate == id && !is_explained(it)).collect();
        if unread.is_empty() {
            continue;
        }
        let helps = |fact: &Fact| is_read_without(model, fact, &unread);
        let mended: Vec<Fact> = candidates(model, id).into_iter().filter(helps).collect();
        let is_lost = mended.is_empty() && id != model.leaf;
        found.extend(mended);
        found.extend(is_lost.then(|| fact(None, id, None)));
    }
    found
}

fn unread(model: &Model<'_>) -> Vec<Unread> {
    let verdicts = model.verdicts(Engine::ALL);
    let verdicts = Engine::ALL.iter().zip(&verdicts);
    verdicts
        .flat_map(|(&engine, verdict)| refused(verdict).map(move |certificate| Unread { engine, certificate }))
        .collect()
}

/// The certificates that a verdict was given without, or that it failed over.
fn refused(verdict: &Verdict) -> impl Iterator<Item = CertId> {
    let blamed = verdict.cause.filter(|cause| cause.kind == CauseKind::Unparsable).and_then(|cause| cause.certificate);
    verdict.unreadable.iter().map(|it| it.certificate).chain(blamed)
}

/// One of the engines that cannot read the certificate can without the fact.
fn is_read_without(model: &Model<'_>, fact: &Fact, unread: &[&Unread]) -> bool {
    let Some(changed) = edit::without(model, fact) else { return false };
    let engines: Vec<Engine> = unread.iter().map(|it| it.engine).collect();
    let verdicts = changed.verdicts(&engines);
    verdicts.iter().zip(unread).any(|(verdict, it)| !refused(verdict).any(|id| id == it.certificate))
}

fn candidates(model: &Model<'_>, id: CertId) -> Vec<Fact> {
    let extensions = model.certificate(id).map(|it| it.extensions.as_slice()).unwrap_or_default();
    let by_extension = extensions.iter().map(|it| fact(Some(Part::Extensions), id, Some(it.oid.clone())));
    PARTS.iter().map(|part| fact(Some(*part), id, None)).chain(by_extension).collect()
}

fn fact(part: Option<Part>, id: CertId, extension: Option<Oid>) -> Fact {
    Fact { kind: Kind::UnparsableCertificate(part), certificates: vec![id], extension }
}

/// The same certificate, but this part is written as it should be; `None` where it is, as far as can be told.
pub(super) fn mend(model: &mut Model<'_>, id: CertId, part: Part, extension: Option<&Oid>) -> Option<()> {
    let certificate = model.certificate(id)?.clone();
    match part {
        Part::Frame => {
            let fields = Fields::in_der(&certificate)?;
            model.replace(id, &fields)
        }
        Part::SignatureAlgorithm => {
            let plain = key::plain_algorithm(&certificate.signature_algorithm.oid)?;
            model.edit(id, |fields| fields.set_algorithm(&plain))
        }
        Part::Issuer => rewrite_name(model, &certificate.issuer),
        Part::Subject => rewrite_name(model, &certificate.subject),
        Part::Validity => {
            let mut fields = model.fields(id)?;
            fields.set_not_before(certificate.not_before)?;
            fields.set_not_after(certificate.not_after)?;
            model.replace(id, &fields)
        }
        Part::PublicKey => key::make_readable(model, id),
        Part::Signature => {
            let bits = [&[0], certificate.signature.as_slice()].concat();
            model.edit(id, |fields| fields.signature = encode(BIT_STRING, &bits))
        }
        Part::Extensions => {
            let mut fields = model.fields(id)?;
            mend_extension(&mut fields, &certificate, extension?)?;
            model.replace(id, &fields)
        }
        Part::Version | Part::SerialNumber => None,
    }
}

/// Every text of a name becomes a UTF8String (RFC 5280, 4.1.2.4), wherever the name stands.
fn rewrite_name(model: &mut Model<'_>, name: &Name) -> Option<()> {
    let rewritten = in_utf8(name);
    for id in (0..model.certificates.len()).map(CertId) {
        let certificate = model.certificate(id)?;
        let (is_issuer, is_subject) = (certificate.issuer.der == name.der, certificate.subject.der == name.der);
        if is_issuer || is_subject {
            model.edit(id, |fields| {
                if is_issuer {
                    fields.issuer.clone_from(&rewritten);
                }
                if is_subject {
                    fields.subject.clone_from(&rewritten);
                }
            })?;
        }
    }
    Some(())
}

fn in_utf8(name: &Name) -> Vec<u8> {
    let attribute = |it: &Attribute| {
        let value = it.text().map_or_else(|| it.value.clone(), |text| encode(UTF8_STRING, text.as_bytes()));
        sequence(&[encode(OBJECT_IDENTIFIER, it.oid.as_bytes()), value].concat())
    };
    let rdn = |rdn: &Vec<_>| encode(SET, &rdn.iter().map(attribute).collect::<Vec<_>>().concat());
    sequence(&name.rdns.iter().map(rdn).collect::<Vec<_>>().concat())
}

/// What an extension was read as, written as it should be. Where nothing is left that can be, the extension goes.
fn mend_extension(fields: &mut Fields, certificate: &Certificate, extension: &Oid) -> Option<()> {
    let oid = extension.constant().filter(|oid| *extension == *oid);
    match oid {
        Some(oid::BASIC_CONSTRAINTS) => {
            let constraints = certificate.basic_constraints?;
            let is_ca = if constraints.ca { encode(BOOLEAN, &[0xff]) } else { Vec::new() };
            let limit = constraints.path_len.map(|limit| encode(INTEGER, &integer(limit))).unwrap_or_default();
            fields.set_extension(oid::BASIC_CONSTRAINTS, true, &sequence(&[is_ca, limit].concat()));
        }
        Some(oid::KEY_USAGE) => edit::add_usage(fields, certificate.key_usage?.0),
        Some(oid::EXTENDED_KEY_USAGE) => {
            let purposes = certificate.extended_key_usage.iter().flatten();
            let purposes: Vec<u8> = purposes.flat_map(|it| encode(OBJECT_IDENTIFIER, it.as_bytes())).collect();
            fields.set_extension(oid::EXTENDED_KEY_USAGE, false, &sequence(&purposes));
        }
        Some(oid::AUTHORITY_KEY_ID) if certificate.issuer_key_id().is_some() => {
            let value = key_ids::authority_key_id(certificate.issuer_key_id()?);
            fields.set_extension(oid::AUTHORITY_KEY_ID, false, &value);
        }
        Some(oid::SUBJECT_ALT_NAME) if must_be_critical(certificate) => {
            fields.set_critical(oid::SUBJECT_ALT_NAME, true)?;
        }
        Some(oid::SUBJECT_ALT_NAME) => keep_readable_names(fields)?,
        _ => fields.drop_extension(extension),
    }
    Some(())
}

/// The contents of an INTEGER that is not negative, as short as they can be (X.690, 8.3.2).
fn integer(number: u32) -> Vec<u8> {
    let octets = [&[0], number.to_be_bytes().as_slice()].concat();
    let is_needless = |pair: &[u8]| matches!(pair, [0, 0..=0x7f]);
    let zeros = octets.windows(2).take_while(|pair| is_needless(pair)).count();
    octets.get(zeros..).unwrap_or_default().to_vec()
}

/// RFC 5280, 4.2.1.6: without a subject it is the alternative names that must be understood.
fn must_be_critical(certificate: &Certificate) -> bool {
    let is_critical = certificate.extensions.iter().any(|it| it.oid == oid::SUBJECT_ALT_NAME && it.critical);
    certificate.subject.is_empty() && !is_critical
}

/// Of the names of subjectAltName those that are written as RFC 5280 (4.2.1.6) wants them; where all are, those by which
/// hosts are known.
fn keep_readable_names(fields: &mut Fields) -> Option<()> {
    let mut names = Reader::read_only(fields.extension(oid::SUBJECT_ALT_NAME)?, SEQUENCE)?;
    let mut all = Vec::new();
    while let Some(name) = names.read_any() {
        all.push(name);
    }
    let mut kept: Vec<&Element<'_>> = all.iter().filter(|name| is_readable_name(name)).collect();
    if kept.len() == all.len() {
        kept.retain(|name| matches!(name.tag, DNS_NAME | IP_ADDRESS));
    }
    let value = sequence(&kept.iter().flat_map(|name| name.whole).copied().collect::<Vec<u8>>());
    match kept.is_empty() {
        true => fields.drop_extension(&oid::SUBJECT_ALT_NAME.into()),
        false => fields.set_extension(oid::SUBJECT_ALT_NAME, false, &value),
    }
    Some(())
}

fn is_readable_name(name: &Element<'_>) -> bool {
    let is_of_host = |octet: &u8| octet.is_ascii_alphanumeric() || b"-_.*".contains(octet);
    match name.tag {
        DNS_NAME => !name.contents.is_empty() && name.contents.iter().all(is_of_host),
        EMAIL | URI => !name.contents.is_empty() && name.contents.iter().all(u8::is_ascii_graphic),
        IP_ADDRESS => matches!(name.contents.len(), 4 | 16),
        _ => true,
    }
}
