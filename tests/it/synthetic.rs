//! Certificates made here, as many as wanted: for tests of limits and for `bench/growth`. The same arguments give the same
//! bytes.

use std::cell::RefCell;
use std::collections::BTreeMap;

use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use rootlens::certificate::pem;
use rootlens::der::{
    BIT_STRING, BOOLEAN, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET, UTC_TIME, UTF8_STRING, constructed,
    context,
};
use rootlens::digest::{sha1, sha256};
use rootlens::oid;

/// What a certificate is to say; everything else follows from it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spec {
    /// The common names.
    pub(crate) subject: String,
    pub(crate) issuer: String,
    /// Numbers of keys on P-256: of the subject and of whoever signs.
    pub(crate) key: u32,
    pub(crate) signer: u32,
    pub(crate) is_ca: bool,
    /// It has key identifiers.
    pub(crate) has_key_ids: bool,
    /// The signature is none; making one takes longer than everything else.
    pub(crate) is_unsigned: bool,
    /// Further extensions, each whole.
    pub(crate) extensions: Vec<Vec<u8>>,
}

impl Spec {
    /// A root, whose name and key have one number.
    pub(crate) fn root(name: &str, key: u32) -> Spec {
        Spec { is_ca: true, ..Spec::leaf(name, key, name, key) }
    }

    /// A CA that `issuer` issued.
    pub(crate) fn ca(name: &str, key: u32, issuer: &str, signer: u32) -> Spec {
        Spec { is_ca: true, ..Spec::leaf(name, key, issuer, signer) }
    }

    /// The certificate of a host that `issuer` issued.
    pub(crate) fn leaf(name: &str, key: u32, issuer: &str, signer: u32) -> Spec {
        let (subject, issuer) = (name.to_owned(), issuer.to_owned());
        Spec { subject, issuer, key, signer, has_key_ids: true, ..Spec::default() }
    }

    /// The certificate, DER.
    pub(crate) fn der(&self) -> Vec<u8> {
        let algorithm = sequence(&[object(oid::ECDSA_WITH_SHA256.as_bytes())]);
        let point = point(self.key);
        let serial = [&[1][..], &sha256(format!("{self:?}").as_bytes())[..7]].concat();
        let tbs = sequence(&[
            element(constructed(0), &[element(INTEGER, &[[2]])]),
            element(INTEGER, &[serial]),
            algorithm.clone(),
            name(&self.issuer),
            sequence(&[b"250101000000Z", b"350101000000Z"].map(|at| element(UTC_TIME, &[at.to_vec()]))),
            name(&self.subject),
            spki(&point),
            element(constructed(3), &[sequence(&self.all_extensions(&point))]),
        ]);
        let signature = match self.is_unsigned {
            true => sequence(&[element(INTEGER, &[[1]]), element(INTEGER, &[[1]])]),
            false => Signer::<Signature>::sign(&signing_key(self.signer), &tbs).to_der().as_bytes().to_vec(),
        };
        sequence(&[tbs, algorithm, element(BIT_STRING, &[[&[0][..], &signature].concat()])])
    }

    fn all_extensions(&self, point: &[u8]) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        if self.is_ca {
            let value = sequence(&[element(BOOLEAN, &[[0xff]])]);
            all.push(extension(oid::BASIC_CONSTRAINTS.as_bytes(), true, &value));
            all.push(extension(oid::KEY_USAGE.as_bytes(), true, &[BIT_STRING, 2, 1, 6]));
        } else {
            let usages = [oid::SERVER_AUTH, oid::CLIENT_AUTH].map(|usage| object(usage.as_bytes()));
            all.push(extension(oid::EXTENDED_KEY_USAGE.as_bytes(), false, &sequence(&usages)));
            let host = element(context(2), &[self.subject.as_bytes()]);
            all.push(extension(oid::SUBJECT_ALT_NAME.as_bytes(), false, &sequence(&[host])));
        }
        if self.has_key_ids {
            let own = element(OCTET_STRING, &[sha1(point)]);
            all.push(extension(oid::SUBJECT_KEY_ID.as_bytes(), false, &own));
            let of_issuer = element(context(0), &[sha1(&self::point(self.signer))]);
            all.push(extension(oid::AUTHORITY_KEY_ID.as_bytes(), false, &sequence(&[of_issuer])));
        }
        all.extend(self.extensions.iter().cloned());
        all
    }
}

/// The key with this number.
fn signing_key(number: u32) -> SigningKey {
    let secret = sha256(&number.to_be_bytes());
    SigningKey::from_slice(&secret).expect("a number below the order of the curve")
}

/// Its public half (SEC 1, 2.3.3). It takes longer than everything else, so each is made once.
fn point(number: u32) -> Vec<u8> {
    thread_local!(static POINTS: RefCell<BTreeMap<u32, Vec<u8>>> = RefCell::default());
    let made = || signing_key(number).verifying_key().to_sec1_point(false).as_bytes().to_vec();
    POINTS.with_borrow_mut(|points| points.entry(number).or_insert_with(made).clone())
}

fn spki(point: &[u8]) -> Vec<u8> {
    let algorithm = [oid::EC_PUBLIC_KEY, oid::SECP256R1].map(|oid| object(oid.as_bytes()));
    sequence(&[sequence(&algorithm), element(BIT_STRING, &[[&[0][..], point].concat()])])
}

fn name(common_name: &str) -> Vec<u8> {
    let attribute = sequence(&[object(oid::COMMON_NAME.as_bytes()), element(UTF8_STRING, &[common_name.as_bytes()])]);
    sequence(&[element(SET, &[attribute])])
}

/// An extension (RFC 5280, 4.2) with this value.
pub(crate) fn extension(oid: &[u8], is_critical: bool, value: &[u8]) -> Vec<u8> {
    let mut parts = vec![object(oid)];
    if is_critical {
        parts.push(element(BOOLEAN, &[[0xff]]));
    }
    parts.push(element(OCTET_STRING, &[value]));
    sequence(&parts)
}

fn object(oid: &[u8]) -> Vec<u8> {
    element(OBJECT_IDENTIFIER, &[oid])
}

fn sequence<T: AsRef<[u8]>>(parts: &[T]) -> Vec<u8> {
    element(SEQUENCE, parts)
}

/// An element with the contents that these parts are together.
pub(crate) fn element<T: AsRef<[u8]>>(tag: u8, parts: &[T]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.as_ref().len()).sum();
    let mut der = vec![tag];
    if length < 0x80 {
        der.push(length as u8);
    } else {
        let octets = length.to_be_bytes();
        let octets = &octets[octets.iter().take_while(|octet| **octet == 0).count()..];
        der.push(0x80 | octets.len() as u8);
        der.extend_from_slice(octets);
    }
    parts.iter().for_each(|part| der.extend_from_slice(part.as_ref()));
    der
}

/// A file of these certificates.
pub(crate) fn bundle(specs: impl IntoIterator<Item = Spec>) -> String {
    specs.into_iter().map(|spec| pem::encode(&spec.der())).collect()
}

/// Roots of names of their own.
pub(crate) fn roots(count: u32) -> Vec<Spec> {
    (0..count).map(|number| Spec::root(&format!("Root {number}"), number)).collect()
}

/// Five roots, a CA for each twenty certificates, and leaves.
pub(crate) fn mixed(count: u32) -> Vec<Spec> {
    let cas = count / 20;
    let root = |number: u32| format!("Root {number}");
    let ca = |number: u32| format!("CA {number}");
    let mut all = roots(5);
    all.extend((0..cas).map(|number| Spec::ca(&ca(number), 10 + number, &root(number % 5), number % 5)));
    let leaves = count - 5 - cas;
    all.extend((0..leaves).map(|number| {
        let issuer = number % cas;
        Spec::leaf(&format!("host-{number}.example"), 1_000_000 + number, &ca(issuer), 10 + issuer)
    }));
    all
}

/// CAs of one name, each with a key of its own, that one root issued; and one leaf of the last.
pub(crate) fn namesakes(count: u32) -> Vec<Spec> {
    let mut all = vec![Spec::root("Root", 0)];
    all.extend((1..count - 1).map(|number| Spec::ca("The CA", number, "Root", 0)));
    all.push(Spec::leaf("host.example", count, "The CA", count - 2));
    all
}
