//! Java's keystores JKS and JCEKS (JDK 17, `JavaKeyStore.engineLoad` and `JceKeyStore.engineLoad`). Their certificates
//! stand in the clear: the password protects the keys, and seals the file against changes.

use std::ops::Range;

use super::found::Found;
use super::keystore::{Entries, JavaEntry, KeystoreEntry};
use super::layer::Layer;
use super::{der, message};

/// The first octets of a file of JKS.
const JKS: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];
/// The first octets of a file of JCEKS.
const JCEKS: [u8; 4] = [0xce, 0xce, 0xce, 0xce];
/// The first octets of an object that Java writes (Java Object Serialization Specification, 6.4.2).
const JAVA_OBJECT: [u8; 4] = [0xac, 0xed, 0, 5];
/// Octets of the date of an entry.
const DATE: usize = 8;

/// Whether some bytes begin as such a keystore does.
pub(super) fn is_keystore(bytes: &[u8]) -> bool {
    bytes.starts_with(&JKS) || bytes.starts_with(&JCEKS)
}

/// Reads a keystore: what its entries hold, and a problem where it breaks off.
pub(super) fn read(layer: &Layer<'_>, found: &mut Found) {
    let name = if layer.bytes.starts_with(&JKS) { "JKS" } else { "JCEKS" };
    let mut reader = Reader { bytes: &layer.bytes, position: JKS.len(), has_types: false };
    let header = reader.number().zip(reader.number());
    let (version, announced) = header.unwrap_or((2, 1));
    reader.has_types = version == 2;
    let mut entries = Entries::default();
    let mut read = 0;
    while let Some(entry) = (read < announced).then(|| reader.entry(read + 1 == announced)).flatten() {
        entry.add(layer, found, &mut entries);
        read += 1;
    }
    if read < announced {
        let rest = reader.position..layer.bytes.len();
        found.problem(layer, rest.clone(), message::cut_keystore(name, reader.position, read, announced));
        found.salvage(layer, rest);
    } else if announced == 0 {
        found.problem(layer, layer.whole(), message::empty_keystore(name));
    }
    entries.claim(found);
}

/// An entry, by where its contents stand.
struct Entry {
    alias: String,
    content: Content,
}

enum Content {
    /// A private key, which is encrypted, and its chain.
    Key(Range<usize>, Vec<Range<usize>>),
    Trusted(Range<usize>),
    /// The key of a symmetric cipher, sealed in an object of Java; JCEKS alone has it.
    Object(Range<usize>),
}

impl Entry {
    fn add(self, layer: &Layer<'_>, found: &mut Found, entries: &mut Entries) {
        let entry = |java| KeystoreEntry { alias: Some(self.alias.clone()), java };
        let certificate = |found: &mut Found, range: &Range<usize>, java| {
            let der = layer.slice(range.clone());
            if der::is_whole_certificate(der) {
                found.certificate_of_entry(layer, range.clone(), der.to_vec(), entry(java));
            } else {
                found.problem(layer, range.clone(), message::STRAY_BINARY);
            }
        };
        match self.content {
            Content::Trusted(range) => {
                certificate(found, &range, JavaEntry::Trusted);
                entries.trusted(layer.stretch(range), JavaEntry::Trusted);
            }
            Content::Key(key, chain) => {
                chain.iter().for_each(|range| certificate(found, range, JavaEntry::Chain));
                let end = chain.last().map_or(key.end, |last| last.end);
                entries.chain(Some(self.alias), vec![layer.stretch(key.start..end)]);
                found.secret(layer, key, "ENCRYPTED PRIVATE KEY");
            }
            Content::Object(range) => found.secret(layer, range, "SECRET KEY"),
        }
    }
}

/// What is still unread. A method that returns `None` leaves the position where reading failed.
#[derive(Clone)]
struct Reader<'b> {
    bytes: &'b [u8],
    position: usize,
    /// A certificate stands behind the name of its type, which files of version 1 lack.
    has_types: bool,
}

impl Reader<'_> {
    /// The next entry; none where the file is cut or damaged.
    fn entry(&mut self, is_last: bool) -> Option<Entry> {
        let mut ahead = self.clone();
        let tag = ahead.number()?;
        let alias = ahead.text()?;
        ahead.take(DATE)?;
        let content = match tag {
            1 => Content::Key(ahead.block()?, ahead.chain()?),
            2 => Content::Trusted(ahead.certificate()?),
            3 => Content::Object(ahead.object(is_last)?),
            _ => return None,
        };
        self.position = ahead.position;
        Some(Entry { alias, content })
    }

    fn chain(&mut self) -> Option<Vec<Range<usize>>> {
        (0..self.number()?).map(|_| self.certificate()).collect()
    }

    fn certificate(&mut self) -> Option<Range<usize>> {
        if self.has_types {
            self.text()?;
        }
        self.block().filter(|certificate| !certificate.is_empty())
    }

    /// An object, which does not say how long it is: it reaches to the next entry that can be read.
    fn object(&mut self, is_last: bool) -> Option<Range<usize>> {
        let start = self.position;
        self.bytes.get(start..)?.starts_with(&JAVA_OBJECT).then_some(())?;
        self.position = if is_last {
            self.bytes.len()
        } else {
            (start..self.bytes.len()).find(|position| Reader { position: *position, ..*self }.begins_entry())?
        };
        Some(start..self.position)
    }

    /// Whether an entry can be read here, as far as a certificate or an object of its own proves it.
    fn begins_entry(mut self) -> bool {
        let Some(tag @ 1..=3) = self.number() else { return false };
        if self.text().is_none() || self.take(DATE).is_none() {
            return false;
        }
        if tag == 3 {
            return self.bytes.get(self.position..).is_some_and(|rest| rest.starts_with(&JAVA_OBJECT));
        }
        let before = (tag == 1).then(|| self.block().and(self.number()));
        let certificate = before.is_none_or(|before| before.is_some()).then(|| self.certificate()).flatten();
        certificate.and_then(|range| self.bytes.get(range)).is_some_and(der::is_whole_certificate)
    }

    /// An integer of four octets.
    fn number(&mut self) -> Option<u32> {
        let range = self.take(4)?;
        Some(u32::from_be_bytes(self.bytes.get(range)?.try_into().ok()?))
    }

    /// A string behind its length in two octets (`DataInputStream.readUTF`).
    fn text(&mut self) -> Option<String> {
        let length = self.take(2)?;
        let length = u16::from_be_bytes(self.bytes.get(length)?.try_into().ok()?);
        let range = self.take(length.into())?;
        Some(String::from_utf8_lossy(self.bytes.get(range)?).into_owned())
    }

    /// What stands behind its length in four octets.
    fn block(&mut self) -> Option<Range<usize>> {
        let length = usize::try_from(self.number()?).ok()?;
        self.take(length)
    }

    fn take(&mut self, octets: usize) -> Option<Range<usize>> {
        let end = self.position.checked_add(octets).filter(|end| *end <= self.bytes.len())?;
        Some(std::mem::replace(&mut self.position, end)..end)
    }
}
