//! A certificate taken apart into its fields, so that one can be replaced: "the same certificate, but …".
//!
//! The signature's bits stay as they are and fit no longer; whoever rewrites says how the signature is to count.

use std::rc::Rc;

use crate::certificate::Certificate;
use crate::der::{
    BOOLEAN, Element, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, Reader, SEQUENCE, UTC_TIME,
    constructed, context, encode,
};
use crate::oid::{ObjectIdentifier, Oid};
use crate::time::Timestamp;

/// The bit of a tag that says "constructed" (X.690, 8.1.2.5).
const CONSTRUCTED: u8 = 0x20;

/// The fields of a Certificate (RFC 5280, 4.1), each with its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fields {
    /// Empty for version 1.
    version: Vec<u8>,
    pub(super) serial: Vec<u8>,
    /// Of the tbsCertificate.
    inner_algorithm: Vec<u8>,
    pub(super) issuer: Vec<u8>,
    validity: Vec<u8>,
    pub(super) subject: Vec<u8>,
    pub(super) key: Vec<u8>,
    /// issuerUniqueID and subjectUniqueID.
    unique_ids: Vec<u8>,
    /// Each Extension; `None` without the field.
    extensions: Option<Vec<Vec<u8>>>,
    outer_algorithm: Vec<u8>,
    /// And what else there may be behind it.
    pub(super) signature: Vec<u8>,
}

impl Fields {
    /// `None` where the certificate is not the DER that putting it together gives again.
    pub(super) fn of(certificate: &Certificate) -> Option<Fields> {
        read(&certificate.der).filter(|fields| fields.der() == certificate.der)
    }

    /// The fields of the same certificate written in DER; `None` where it is in DER as it is.
    pub(super) fn in_der(certificate: &Certificate) -> Option<Fields> {
        let der = distinguished(&certificate.der)?;
        read(&der).filter(|fields| fields.der() == der && der != certificate.der)
    }

    /// What the fields make, if it can be read.
    pub(super) fn certificate(&self) -> Option<Rc<Certificate>> {
        Certificate::parse(&self.der()).ok().map(Rc::new)
    }

    /// The certificate in DER.
    pub(super) fn der(&self) -> Vec<u8> {
        let extensions = self.extensions.as_ref().map(|list| encode(constructed(3), &sequence(&list.concat())));
        let tbs = sequence(
            &[
                self.version.as_slice(),
                &self.serial,
                &self.inner_algorithm,
                &self.issuer,
                &self.validity,
                &self.subject,
                &self.key,
                &self.unique_ids,
                extensions.as_deref().unwrap_or_default(),
            ]
            .concat(),
        );
        sequence(&[tbs.as_slice(), &self.outer_algorithm, &self.signature].concat())
    }

    /// The same without any extension.
    pub(super) fn without_extensions(self) -> Fields {
        Fields { extensions: None, ..self }
    }

    /// Version 3, which is encoded as 2.
    pub(super) fn set_version_3(&mut self) {
        self.version = encode(constructed(0), &encode(INTEGER, &[2]));
    }

    /// The algorithm in both of its places, which must agree (RFC 5280, 4.1.1.2).
    pub(super) fn set_algorithm(&mut self, algorithm: &[u8]) {
        self.inner_algorithm = algorithm.to_vec();
        self.outer_algorithm = algorithm.to_vec();
    }

    /// The algorithm inside becomes the one outside.
    pub(super) fn align_algorithms(&mut self) {
        self.inner_algorithm.clone_from(&self.outer_algorithm);
    }

    /// The two places of the algorithm agree.
    pub(super) fn algorithms_agree(&self) -> bool {
        self.inner_algorithm == self.outer_algorithm
    }

    /// The first valid instant.
    pub(super) fn set_not_before(&mut self, at: Timestamp) -> Option<()> {
        let [_, not_after] = times(&self.validity)?;
        self.validity = sequence(&[time(at)?, not_after].concat());
        Some(())
    }

    /// The last valid instant.
    pub(super) fn set_not_after(&mut self, at: Timestamp) -> Option<()> {
        let [not_before, _] = times(&self.validity)?;
        self.validity = sequence(&[not_before, time(at)?].concat());
        Some(())
    }

    /// The value of this extension, if it is there.
    pub(super) fn extension(&self, oid: ObjectIdentifier) -> Option<&[u8]> {
        self.place(oid).and_then(|at| self.parts_at(at)).map(|parts| parts.2)
    }

    /// Sets this extension; if there is one already, it keeps its place and its `critical`.
    pub(super) fn set_extension(&mut self, oid: ObjectIdentifier, critical: bool, value: &[u8]) {
        let was_critical = self.place(oid).and_then(|at| self.parts_at(at)).map(|parts| parts.1);
        self.put_extension(oid, was_critical.unwrap_or(critical), value);
    }

    /// Makes this extension critical, or not.
    pub(super) fn set_critical(&mut self, oid: ObjectIdentifier, critical: bool) -> Option<()> {
        let value = self.extension(oid)?.to_vec();
        self.put_extension(oid, critical, &value);
        Some(())
    }

    fn put_extension(&mut self, oid: ObjectIdentifier, critical: bool, value: &[u8]) {
        let place = self.place(oid);
        let list = self.extensions.get_or_insert_default();
        let extension = extension_of(oid, critical, value);
        match place.and_then(|at| list.get_mut(at)) {
            Some(found) => *found = extension,
            None => list.push(extension),
        }
    }

    fn place(&self, oid: ObjectIdentifier) -> Option<usize> {
        let mut list = self.extensions.iter().flatten();
        list.position(|extension| parts(extension).is_some_and(|parts| parts.0 == oid.as_bytes()))
    }

    fn parts_at(&self, place: usize) -> Option<(&[u8], bool, &[u8])> {
        parts(self.extensions.as_ref()?.get(place)?)
    }

    /// Drops every extension with this identifier, and the field with the last of them: it must not be empty (RFC 5280,
    /// 4.1.2.9).
    pub(super) fn drop_extension(&mut self, oid: &Oid) {
        let list = self.extensions.iter().flatten();
        let left = list.filter(|extension| parts(extension).is_none_or(|parts| parts.0 != oid.as_bytes())).cloned();
        self.extensions = Some(left.collect::<Vec<_>>()).filter(|list| !list.is_empty());
    }
}

/// Encodes a SEQUENCE of these contents.
pub(super) fn sequence(contents: &[u8]) -> Vec<u8> {
    encode(SEQUENCE, contents)
}

fn read(der: &[u8]) -> Option<Fields> {
    let mut outer = Reader::read_only(der, SEQUENCE)?;
    let mut tbs = outer.read(SEQUENCE)?;
    let mut next = |tag: Option<u8>| match tag {
        Some(tag) if !tbs.next_is(tag) => Some(Vec::new()),
        _ => tbs.read_any().map(|element| element.whole.to_vec()),
    };
    let version = next(Some(constructed(0)))?;
    let (serial, inner_algorithm, issuer, validity) = (next(None)?, next(None)?, next(None)?, next(None)?);
    let (subject, key) = (next(None)?, next(None)?);
    let unique_ids = [next(Some(context(1)))?, next(Some(context(2)))?].concat();
    let extensions = match tbs.read_optional(constructed(3))? {
        Some(field) => Some(wholes(field.0)?),
        None => None,
    };
    let outer_algorithm = outer.read_any()?.whole.to_vec();
    Some(Fields {
        version,
        serial,
        inner_algorithm,
        issuer,
        validity,
        subject,
        key,
        unique_ids,
        extensions,
        outer_algorithm,
        signature: outer.0.to_vec(),
    })
}

/// The same element with lengths, integers and truth values as DER has them (X.690, 10 and 11); `None` if it is none.
fn distinguished(der: &[u8]) -> Option<Vec<u8>> {
    let (element, rest) = Element::read(der)?;
    let contents = match element.tag {
        tag if tag & CONSTRUCTED != 0 => {
            let mut inner = element.contents;
            let mut contents = Vec::new();
            while let Some((next, behind)) = Element::read(inner) {
                contents.extend(distinguished(next.whole)?);
                inner = behind;
            }
            inner.is_empty().then_some(contents)?
        }
        BOOLEAN if element.contents != [0] => vec![0xff],
        INTEGER => minimal(element.contents).to_vec(),
        _ => element.contents.to_vec(),
    };
    rest.is_empty().then(|| encode(element.tag, &contents))
}

/// The octets of an integer without those that say nothing (X.690, 8.3.2).
fn minimal(integer: &[u8]) -> &[u8] {
    match integer {
        [0, rest @ ..] if rest.first().is_some_and(|next| *next < 0x80) => minimal(rest),
        [0xff, rest @ ..] if rest.first().is_some_and(|next| 0x80 <= *next) => minimal(rest),
        _ => integer,
    }
}

/// An OBJECT IDENTIFIER.
pub(super) fn identifier(oid: ObjectIdentifier) -> Vec<u8> {
    encode(OBJECT_IDENTIFIER, oid.as_bytes())
}

/// The elements of a SEQUENCE, each with its header.
fn wholes(der: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut list = Reader::read_only(der, SEQUENCE)?;
    let mut elements = Vec::new();
    while !list.is_empty() {
        elements.push(list.read_any()?.whole.to_vec());
    }
    Some(elements)
}

/// Identifier, criticality and value of an Extension (RFC 5280, 4.1).
fn parts(extension: &[u8]) -> Option<(&[u8], bool, &[u8])> {
    let mut fields = Reader::read_only(extension, SEQUENCE)?;
    let oid = fields.read(OBJECT_IDENTIFIER)?.0;
    let critical = fields.read_optional(BOOLEAN)?.is_some_and(|octets| octets.0 != [0]);
    Some((oid, critical, fields.read(OCTET_STRING)?.0))
}

fn extension_of(oid: ObjectIdentifier, critical: bool, value: &[u8]) -> Vec<u8> {
    let flag = if critical { encode(BOOLEAN, &[0xff]) } else { Vec::new() };
    sequence(&[identifier(oid), flag, encode(OCTET_STRING, value)].concat())
}

/// notBefore and notAfter with their headers.
fn times(validity: &[u8]) -> Option<[Vec<u8>; 2]> {
    wholes(validity)?.try_into().ok()
}

/// UTCTime through the year 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5).
fn time(at: Timestamp) -> Option<Vec<u8>> {
    let text = at.to_string();
    let mut digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
    digits.push(b'Z');
    match ("1950".."2050").contains(&text.get(..4)?) {
        true => Some(encode(UTC_TIME, digits.get(2..)?)),
        false => Some(encode(GENERALIZED_TIME, &digits)),
    }
}

/// What differs between two certificates.
#[cfg(test)]
impl Fields {
    pub(super) fn differences(&self, other: &Fields) -> Vec<String> {
        let of = |it: &Fields| {
            let pairs = [
                ("version", &it.version),
                ("serial", &it.serial),
                ("inner algorithm", &it.inner_algorithm),
                ("issuer", &it.issuer),
                ("validity", &it.validity),
                ("subject", &it.subject),
                ("key", &it.key),
                ("unique ids", &it.unique_ids),
                ("outer algorithm", &it.outer_algorithm),
                ("signature", &it.signature),
            ];
            let mut all: Vec<(String, Vec<u8>)> = pairs.map(|(name, der)| (name.to_owned(), der.clone())).to_vec();
            for extension in it.extensions.iter().flatten() {
                let oid = Oid::from_contents(parts(extension).expect("an extension").0);
                all.push((oid.to_string(), extension.clone()));
            }
            all
        };
        let (ours, theirs) = (of(self), of(other));
        let both = ours.iter().filter(|it| !theirs.contains(it)).chain(theirs.iter().filter(|it| !ours.contains(it)));
        let mut names: Vec<String> = both.map(|(name, _)| name.clone()).collect();
        names.sort();
        names.dedup();
        names
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{Fields, time};
    use crate::certificate::Certificate;
    use crate::decode;
    use crate::oid::BASIC_CONSTRAINTS;
    use crate::time::Timestamp;
    use data_encoding::BASE64;

    fn files(folder: &Path) -> Vec<PathBuf> {
        let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
    }

    /// Every certificate of every fixture.
    fn certificates() -> Vec<Certificate> {
        let mut ders: Vec<Vec<u8>> = Vec::new();
        for path in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")) {
            let bytes = fs::read(&path).unwrap();
            match path.extension().is_some_and(|it| it == "json") {
                true => {
                    let file: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
                    let texts = file["certs"].as_array().into_iter().flatten().map(|it| it.as_str().unwrap());
                    ders.extend(texts.map(|text| BASE64.decode(text.as_bytes()).unwrap()));
                }
                false => ders.extend(decode::read(&bytes).items.into_iter().map(|item| item.der)),
            }
        }
        ders.iter().filter_map(|der| Certificate::parse(der).ok()).collect()
    }

    #[test]
    fn a_certificate_taken_apart_and_put_together_is_the_same() {
        let certificates = certificates();
        assert!(certificates.len() > 2500, "{} certificates", certificates.len());
        let changed = certificates.iter().filter(|it| Fields::of(it).is_none());
        let changed: Vec<String> = changed.map(Certificate::short_name).collect();
        assert_eq!(changed, [""; 0], "these are not the same");
        for certificate in &certificates {
            assert_eq!(Fields::of(certificate).unwrap().certificate().unwrap().der, certificate.der);
        }
    }

    #[test]
    fn what_was_critical_can_be_made_so_again() {
        let is_critical =
            |it: &Fields| it.place(BASIC_CONSTRAINTS).and_then(|at| it.parts_at(at)).is_some_and(|it| it.1);
        let mut all = certificates().into_iter().filter_map(|it| Fields::of(&it));
        let original = all.find(is_critical).unwrap();
        let mut changed = original.clone();
        changed.put_extension(BASIC_CONSTRAINTS, false, original.extension(BASIC_CONSTRAINTS).unwrap());
        assert_eq!(changed.differences(&original), ["2.5.29.19"]);
        changed.set_critical(BASIC_CONSTRAINTS, true).unwrap();
        assert_eq!(changed, original);
    }

    #[test]
    fn what_is_not_der_is_not_taken_apart() {
        let certificate = certificates().swap_remove(0);
        let [0x30, 0x82, high, low, contents @ ..] = certificate.der.as_slice() else { panic!("a long SEQUENCE") };
        let longer = [&[0x30, 0x83, 0, *high, *low], contents].concat();
        assert_eq!(Fields::of(&Certificate::parse(&longer).unwrap()), None);
    }

    #[test]
    fn a_year_decides_the_form_of_a_time() {
        for (text, tag, octets) in [
            ("2049-12-31T23:59:59Z", 0x17, &b"491231235959Z"[..]),
            ("2050-01-01T00:00:00Z", 0x18, b"20500101000000Z"),
            ("1949-01-01T00:00:00Z", 0x18, b"19490101000000Z"),
        ] {
            let element = time(Timestamp::parse(text).unwrap()).unwrap();
            assert_eq!((element[0], &element[2..]), (tag, octets), "{text}");
        }
    }
}
