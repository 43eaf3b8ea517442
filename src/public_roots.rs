//! The roots of the public web: Mozilla's list, as the crate `webpki-root-certs` has it.
//!
//! Program, package and command line bring the list with them; the page has it in a file beside the program,
//! `www/public-roots.bin`, because most of its visitors bring a trust store of their own. The file is one line of text,
//!
//! ```text
//! rootlens public roots 1: webpki-root-certs 1.0.11 of 2026-10-23 (CDLA-Permissive-2.0)
//! ```
//!
//! that ends in a line feed, and behind it the DER of every root, one after the other: each says its own length. The
//! line names the version of this form, the crate's version, the day of that and the licence of the list.

use std::borrow::{Borrow, Cow};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

use crate::certificate::{CanonicalName, Certificate, Name};
use crate::der::{self, Element, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE};
use crate::oid;

/// The version of the crate `webpki-root-certs` that [`DATE`] is of. Its own sources name no date.
pub const VERSION: &str = "1.0.11";

/// The day on which [`VERSION`] was published, as the index of crates.io has it (`pubtime`). Mozilla's list is of that
/// day or a few days older: the crate's maintainers publish after each change of it.
pub const DATE: &str = "2026-10-23";

/// What stands in the first line of a file before the version, between version and date, and behind the date.
const HEADER: [&str; 3] = ["rootlens public roots 1: webpki-root-certs ", " of ", " (CDLA-Permissive-2.0)"];

/// Most roots that a file may hold. Our own number: several times what Mozilla's list has.
pub const MAX_ROOTS: usize = 1000;

/// Roots that browsers and systems trust for servers on the web, none of them parsed before it is asked for.
#[derive(Clone, Debug, Default)]
pub struct PublicRoots {
    /// The day of the list, `2026-10-23`; `None` where there is no list.
    pub date: Option<String>,
    /// The version of the crate `webpki-root-certs` that the list is of, `1.0.11`; `None` where there is no list.
    pub version: Option<String>,
    /// DER, in the order of the list.
    roots: Vec<Cow<'static, [u8]>>,
    index: OnceCell<Index>,
}

/// Why a file of public roots cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicRootsError {
    /// Its first line is another one.
    Header,
    /// What stands at this octet is no certificate, or is cut off.
    Root {
        /// Counted from the start of the file.
        at: usize,
    },
    /// It holds more than [`MAX_ROOTS`].
    TooMany,
}

impl fmt::Display for PublicRootsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PublicRootsError::Header => write!(out, "the file does not begin as a list of public roots does"),
            PublicRootsError::Root { at } => write!(out, "no certificate stands at octet {at}"),
            PublicRootsError::TooMany => write!(out, "the file holds more than {MAX_ROOTS} roots"),
        }
    }
}

impl std::error::Error for PublicRootsError {}

impl PublicRoots {
    /// No roots, which is another thing than none that count: nobody can say whether a chain leads to one.
    pub fn none() -> PublicRoots {
        PublicRoots::default()
    }

    /// The roots of the crate `webpki-root-certs`.
    #[cfg(feature = "public-roots")]
    pub fn bundled() -> PublicRoots {
        let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|root| Cow::Borrowed(root.as_ref()));
        PublicRoots {
            date: Some(DATE.to_owned()),
            version: Some(VERSION.to_owned()),
            roots: roots.collect(),
            index: OnceCell::new(),
        }
    }

    /// Reads a file of the form that [`crate::public_roots`] describes. The certificates in it are only counted.
    pub fn read(file: &[u8]) -> Result<PublicRoots, PublicRootsError> {
        let end = file.iter().position(|octet| *octet == b'\n').ok_or(PublicRootsError::Header)?;
        let (header, rest) = file.split_at_checked(end).ok_or(PublicRootsError::Header)?;
        let (version, date) = read_header(header).ok_or(PublicRootsError::Header)?;
        let mut rest = rest.get(1..).unwrap_or_default();
        let mut roots = Vec::new();
        while !rest.is_empty() {
            let at = file.len() - rest.len();
            let (root, behind) = Element::read(rest).ok_or(PublicRootsError::Root { at })?;
            Fields::read(root.whole).ok_or(PublicRootsError::Root { at })?;
            if roots.len() == MAX_ROOTS {
                return Err(PublicRootsError::TooMany);
            }
            roots.push(Cow::Owned(root.whole.to_vec()));
            rest = behind;
        }
        Ok(PublicRoots { date: Some(date), version: Some(version), roots, index: OnceCell::new() })
    }

    /// The file that [`PublicRoots::read`] reads; empty without a list.
    pub fn write(&self) -> Vec<u8> {
        let (Some(version), Some(date)) = (&self.version, &self.date) else { return Vec::new() };
        let [before, between, behind] = HEADER;
        let mut file = format!("{before}{version}{between}{date}{behind}\n").into_bytes();
        for root in &self.roots {
            file.extend_from_slice(root);
        }
        file
    }

    /// How many roots the list has.
    pub fn len(&self) -> usize {
        self.roots.len()
    }

    /// The list has no roots, or there is no list.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// The DER of every root, in the order of the list.
    pub fn ders(&self) -> impl Iterator<Item = &[u8]> {
        self.roots.iter().map(Cow::as_ref)
    }

    /// The roots that may stand above one of these certificates, or are one of them, in the order of the list.
    ///
    /// A root counts if its subject is a certificate's issuer (compared as the graph compares names:
    /// [`Name::equivalent`]), if its subjectKeyIdentifier is what a certificate's authorityKeyIdentifier names, or if
    /// its key is a certificate's own: then it is that certificate, or the certificate is a cross-certificate of it.
    ///
    /// No other root has a part in any verdict on these certificates: every engine looks up the candidates for the
    /// issuer of a certificate by name or key id, and the signatures that they read are those of the graph, which
    /// makes an edge only where names are equivalent or key ids match. A root names itself as its issuer, so none
    /// stands above a root that counts.
    pub fn relevant_to(&self, certificates: &[Rc<Certificate>]) -> Vec<Certificate> {
        let index = self.index.get_or_init(|| Index::new(&self.roots));
        let mut found = BTreeSet::new();
        let mut names = BTreeSet::new();
        for certificate in certificates {
            if names.insert(&certificate.issuer.der) {
                found.extend(index.named(&certificate.issuer));
            }
            found.extend(certificate.issuer_key_id().into_iter().flat_map(|id| at(&index.by_key_id, id)));
            found.extend(at(&index.by_key, certificate.key.spki.as_slice()));
        }
        let roots = found.into_iter().filter_map(|position| self.roots.get(position));
        roots.filter_map(|root| Certificate::parse(root).ok()).collect()
    }
}

/// Version and date of a first line.
fn read_header(line: &[u8]) -> Option<(String, String)> {
    let [before, between, behind] = HEADER;
    let line = std::str::from_utf8(line).ok()?;
    let (version, date) = line.strip_prefix(before)?.strip_suffix(behind)?.split_once(between)?;
    Some((version.to_owned(), date.to_owned()))
}

/// The positions of roots by what a certificate may know of them.
#[derive(Clone, Debug, Default)]
struct Index {
    by_canonical: BTreeMap<CanonicalName, Vec<usize>>,
    by_go_text: BTreeMap<String, Vec<usize>>,
    by_key_id: BTreeMap<Vec<u8>, Vec<usize>>,
    /// By SubjectPublicKeyInfo.
    by_key: BTreeMap<Vec<u8>, Vec<usize>>,
}

impl Index {
    fn new(roots: &[Cow<'static, [u8]>]) -> Index {
        let mut index = Index::default();
        for (position, root) in roots.iter().enumerate() {
            let Some(fields) = Fields::read(root) else { continue };
            if let Some(name) = Name::parse(fields.subject).filter(|name| !name.is_empty()) {
                index.by_canonical.entry(name.canonical()).or_default().push(position);
                index.by_go_text.entry(name.go_string()).or_default().push(position);
            }
            if let Some(key_id) = fields.subject_key_id {
                index.by_key_id.entry(key_id.to_vec()).or_default().push(position);
            }
            index.by_key.entry(fields.key.to_vec()).or_default().push(position);
        }
        index
    }

    /// Those that whoever names its issuer so may mean.
    fn named(&self, name: &Name) -> impl Iterator<Item = usize> {
        let (canonical, go_text) = (at(&self.by_canonical, &name.canonical()), at(&self.by_go_text, &name.go_string()));
        canonical.iter().chain(go_text).copied()
    }
}

/// The positions under a key, of which most have none or one.
fn at<'a, K: Borrow<Q> + Ord, Q: Ord + ?Sized>(map: &'a BTreeMap<K, Vec<usize>>, key: &Q) -> &'a [usize] {
    map.get(key).map(Vec::as_slice).unwrap_or_default()
}

/// What is looked up in a root, each as DER (RFC 5280, 4.1).
struct Fields<'a> {
    subject: &'a [u8],
    /// The SubjectPublicKeyInfo.
    key: &'a [u8],
    /// The contents of subjectKeyIdentifier.
    subject_key_id: Option<&'a [u8]>,
}

impl<'a> Fields<'a> {
    /// Walks over a certificate without reading what is not looked up.
    fn read(certificate: &'a [u8]) -> Option<Fields<'a>> {
        let (tbs, _) = Element::read(contents(certificate, SEQUENCE)?)?;
        let mut rest = contents(tbs.whole, SEQUENCE)?;
        if rest.first() == Some(&der::constructed(0)) {
            next(&mut rest)?;
        }
        // serialNumber, signature, issuer, validity.
        for _ in 0..4 {
            next(&mut rest)?;
        }
        let subject = next(&mut rest)?.whole;
        let key = next(&mut rest)?.whole;
        Some(Fields { subject, key, subject_key_id: subject_key_id(rest) })
    }
}

/// The subjectKeyIdentifier (RFC 5280, 4.2.1.2) in what follows the key of a tbsCertificate.
fn subject_key_id(mut rest: &[u8]) -> Option<&[u8]> {
    let extensions = loop {
        let field = next(&mut rest)?;
        if field.tag == der::constructed(3) {
            break field.contents;
        }
    };
    let mut extensions = contents(extensions, SEQUENCE)?;
    while let Some(extension) = next(&mut extensions) {
        let mut fields = extension.contents;
        let id = next(&mut fields).filter(|id| id.tag == OBJECT_IDENTIFIER)?;
        if id.contents == oid::SUBJECT_KEY_ID.as_bytes() {
            let value = std::iter::from_fn(|| next(&mut fields)).find(|field| field.tag == OCTET_STRING)?;
            return contents(value.contents, OCTET_STRING);
        }
    }
    None
}

/// The contents of the element at the start of some DER, if it has this tag.
fn contents(der: &[u8], tag: u8) -> Option<&[u8]> {
    Element::read(der).filter(|(element, _)| element.tag == tag).map(|(element, _)| element.contents)
}

/// Takes an element off the front.
fn next<'a>(rest: &mut &'a [u8]) -> Option<Element<'a>> {
    let (element, behind) = Element::read(rest)?;
    *rest = behind;
    Some(element)
}

#[cfg(test)]
mod tests {
    use super::{Fields, PublicRoots, PublicRootsError};
    use crate::certificate::Certificate;
    use crate::decode;

    const HEADER: &str = "rootlens public roots 1: webpki-root-certs 1.2.3 of 2026-01-02 (CDLA-Permissive-2.0)\n";

    fn root() -> Vec<u8> {
        let file = include_bytes!("../tests/data/openziti-ha/distinct/edge-root.crt");
        decode::read(file).items.remove(0).der
    }

    fn file(header: &str, roots: &[&[u8]]) -> Vec<u8> {
        [header.as_bytes(), &roots.concat()].concat()
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let root = root();
        let bytes = file(HEADER, &[&root, &root]);
        let roots = PublicRoots::read(&bytes).expect("a file");
        assert_eq!((roots.version.as_deref(), roots.date.as_deref()), (Some("1.2.3"), Some("2026-01-02")));
        assert_eq!(roots.ders().collect::<Vec<_>>(), [&root, &root]);
        assert_eq!(roots.write(), bytes);
    }

    #[test]
    fn no_roots_are_no_list() {
        let none = PublicRoots::none();
        assert!(none.is_empty() && none.date.is_none() && none.write().is_empty());
        let empty = PublicRoots::read(HEADER.as_bytes()).expect("a list without roots");
        assert!(empty.is_empty() && empty.date.is_some());
    }

    #[test]
    fn what_is_no_list_is_refused_with_its_place() {
        let root = root();
        let start = HEADER.len();
        let other = HEADER.replace("roots 1:", "roots 2:");
        for (bytes, why) in [
            (Vec::new(), PublicRootsError::Header),
            (file("<!doctype html>\n", &[]), PublicRootsError::Header),
            (file(HEADER.trim_end(), &[&root]), PublicRootsError::Header),
            (file(&other, &[&root]), PublicRootsError::Header),
            (file(HEADER, &[b"<html>"]), PublicRootsError::Root { at: start }),
            (file(HEADER, &[&[0x30, 3, 2, 1, 0]]), PublicRootsError::Root { at: start }),
            (file(HEADER, &[&root, &root[..root.len() - 1]]), PublicRootsError::Root { at: start + root.len() }),
            (file(HEADER, &vec![root.as_slice(); super::MAX_ROOTS + 1]), PublicRootsError::TooMany),
        ] {
            assert_eq!(PublicRoots::read(&bytes).err(), Some(why), "{why}");
        }
    }

    #[test]
    fn the_walk_finds_what_the_parser_finds() {
        let files: [&[u8]; 3] = [
            include_bytes!("../tests/data/openziti-ha/distinct/edge-root.crt"),
            include_bytes!("../tests/data/openziti-ha/distinct/signer1.crt"),
            include_bytes!("../tests/data/signatures/ed25519.pem"),
        ];
        for item in files.iter().flat_map(|file| decode::read(file).items) {
            let parsed = Certificate::parse(&item.der).expect("a certificate");
            let walked = Fields::read(&item.der).expect("fields");
            assert_eq!(walked.subject, parsed.subject.der);
            assert_eq!(walked.key, parsed.key.spki);
            assert_eq!(walked.subject_key_id, parsed.subject_key_id.as_deref());
        }
    }
}
