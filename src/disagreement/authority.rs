//! A CA above a leaf that is trusted by itself.

use super::model::Model;
use super::rewrite::Fields;
use super::{edit, key, key_ids};
use crate::certificate::{CertId, Certificate};
use crate::der::{INTEGER, OCTET_STRING, encode};
use crate::digest::sha1;
use crate::oid;
use crate::signature::Status;

/// Octets of the serial number of a CA that is made up.
const SERIAL_OCTETS: usize = 16;

/// The leaf is no longer trusted by itself, but by a CA that issued it: by one that is given, else by one that is made up
/// and trusted in its place. Nothing, where the leaf is not trusted.
pub(super) fn take_the_place_of(model: &mut Model<'_>, leaf: CertId) -> Option<()> {
    if has_authority(model, leaf) {
        model.trusted.retain(|id| *id != leaf);
    }
    if !model.trusted.contains(&leaf) {
        return Some(());
    }
    let name = edit::renamed(&model.certificate(leaf)?.issuer.der)?;
    let key_id = sha1(&name).to_vec();
    let authority = authority_of(model, leaf, &name, &key_id)?;
    let authority = model.add(&authority)?;
    let has_place = model.certificate(leaf)?.version == 3;
    model.edit(leaf, |fields| {
        fields.issuer = name;
        if has_place {
            fields.set_extension(oid::AUTHORITY_KEY_ID, false, &key_ids::authority_key_id(&key_id));
        }
    })?;
    model.self_signed.push(authority);
    model.vouched.push((authority, leaf));
    model.trusted.iter_mut().filter(|trusted| **trusted == leaf).for_each(|trusted| *trusted = authority);
    Some(())
}

/// A CA that is given issued the leaf, so that its own place in the trust store is not needed.
fn has_authority(model: &Model<'_>, leaf: CertId) -> bool {
    let is_given = |id: CertId| model.trusted.contains(&id) || model.presented.contains(&id);
    let edges = model.before.issuers_of(leaf).iter();
    let issued = edges.filter(|edge| edge.issuer != leaf && edge.names_agree() && edge.signature != Status::Invalid);
    let mut issuers = issued.map(|edge| edge.issuer);
    issuers.any(|issuer| is_given(issuer) && model.certificate(issuer).is_some_and(Certificate::is_ca))
}

/// A root that has the leaf's dates and makes signatures like the leaf's.
fn authority_of(model: &Model<'_>, leaf: CertId, name: &[u8], key_id: &[u8]) -> Option<Fields> {
    let mut fields = model.fields(leaf)?.without_extensions();
    fields.serial = encode(INTEGER, [&[1], key_id].concat().get(..SERIAL_OCTETS)?);
    fields.issuer = name.to_vec();
    fields.subject = name.to_vec();
    fields.key = key::key_for(model.certificate(leaf)?)?;
    fields.set_version_3();
    edit::describe_ca(&mut fields);
    fields.set_extension(oid::SUBJECT_KEY_ID, false, &encode(OCTET_STRING, key_id));
    Some(fields)
}
