//! Key identifiers (RFC 5280, 4.2.1.1 and 4.2.1.2) as they would be.

use super::model::Model;
use super::rewrite::{Fields, sequence};
use crate::certificate::{CertId, Certificate};
use crate::der::{OCTET_STRING, Reader, SEQUENCE, context, encode};
use crate::digest::sha1;
use crate::graph::{Edge, KeyIdMatch};
use crate::oid;
use crate::signature::Status;

/// Subject and issuer give the same key identifier. One of version 1 or 2 has no place for it (RFC 5280, 4.1.2.9).
pub(super) fn join(model: &mut Model<'_>, subject: CertId, issuer: CertId) -> Option<()> {
    let key_id = key_id_of(model, subject, issuer)?;
    let (child, parent) = (model.certificate(subject)?, model.certificate(issuer)?);
    let is_named = child.version != 3 || child.issuer_key_id() == Some(&key_id);
    let is_given = parent.version != 3 || parent.subject_key_id.is_some();
    if !is_named {
        model.edit(subject, |fields| name_key(fields, &key_id))?;
    }
    if !is_given {
        let value = encode(OCTET_STRING, &key_id);
        model.edit(issuer, |fields| fields.set_extension(oid::SUBJECT_KEY_ID, false, &value))?;
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
pub(super) fn name_by_key(model: &mut Model<'_>, subject: CertId, issuer: CertId) -> Option<()> {
    let given = model.certificate(subject)?.issuer_key_id();
    let key_id = given.or(model.certificate(issuer)?.subject_key_id.as_deref()).map(<[u8]>::to_vec);
    model.edit(subject, |fields| match key_id {
        Some(key_id) => fields.set_extension(oid::AUTHORITY_KEY_ID, false, &authority_key_id(&key_id)),
        None => fields.drop_extension(&oid::AUTHORITY_KEY_ID.into()),
    })
}

/// The certificate gives its own key identifier and its issuer's, and those that it issued name it.
pub(super) fn give(model: &mut Model<'_>, id: CertId) -> Option<()> {
    let edges = model.before.edges.iter();
    let is_gap = |edge: &&Edge| {
        let is_between = edge.issuer != edge.subject && (edge.issuer == id || edge.subject == id);
        is_between && edge.names_agree() && edge.key_ids == KeyIdMatch::Absent && edge.signature != Status::Invalid
    };
    let gaps: Vec<Edge> = edges.filter(is_gap).copied().collect();
    for edge in gaps {
        join(model, edge.subject, edge.issuer)?;
    }
    Some(())
}

/// Whether all others that bear the issuer's name as theirs, itself included, call its key what `subject` calls it, so
/// that what the issuer says of its key is what is wrong.
pub(super) fn is_odd_one(model: &Model<'_>, subject: CertId, issuer: CertId) -> bool {
    let named = |id: CertId| model.certificate(id).and_then(Certificate::issuer_key_id);
    let edges = model.before.subjects_of(issuer);
    let others = edges.filter(|edge| edge.names_agree() && edge.subject != subject).map(|edge| named(edge.subject));
    let others: Vec<Option<&[u8]>> = others.collect();
    !others.is_empty() && others.iter().all(|other| *other == named(subject))
}

/// The issuer calls its key what `subject` calls it.
pub(super) fn rename(model: &mut Model<'_>, subject: CertId, issuer: CertId) -> Option<()> {
    let value = encode(OCTET_STRING, model.certificate(subject)?.issuer_key_id()?);
    model.edit(issuer, |fields| fields.set_extension(oid::SUBJECT_KEY_ID, false, &value))
}

/// A root names its own key, or none (RFC 5280, 4.2.1.1).
pub(super) fn name_itself(fields: &mut Fields, subject_key_id: Option<&[u8]>) {
    match subject_key_id.filter(|_| fields.extension(oid::AUTHORITY_KEY_ID).is_some()) {
        Some(key_id) => fields.set_extension(oid::AUTHORITY_KEY_ID, false, &authority_key_id(key_id)),
        None => fields.drop_extension(&oid::AUTHORITY_KEY_ID.into()),
    }
}

/// `SEQUENCE { keyIdentifier [0] }`.
pub(super) fn authority_key_id(key_id: &[u8]) -> Vec<u8> {
    sequence(&encode(context(0), key_id))
}
