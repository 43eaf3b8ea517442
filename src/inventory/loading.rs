//! What the loaders of real programs make of a source: which certificates each gets out of its bytes.
//!
//! Asked are files that a program may be given as they are: those whose names say that they hold certificates, and the
//! values of a Secret. A log, a session or a paste is given to no program.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use data_encoding::BASE64;

use super::{Input, JavaEntry, Placement};
use crate::certificate::CertId;
use crate::decode::{self, Part, Place};
use crate::lines;
use crate::loader::{self, Loaded, Loader, Reason};

/// Most bytes of a file that are put to the loaders. Our own number: the largest bundles of public roots have one million.
const MAX_BYTES: usize = 8 << 20;

/// Endings of files that programs read certificates from.
const EXTENSIONS: [&str; 7] = ["pem", "crt", "cer", "cert", "ca", "chain", "bundle"];

/// What every loader gets out of a source that not all of them read alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loading {
    /// How many certificates there are for who reads whatever can be read.
    pub there: usize,
    /// In the order of [`Loader::ALL`].
    pub by_loader: Vec<LoadedBy>,
}

impl Loading {
    /// The same with other numbers of the certificates.
    pub(super) fn renumbered(&self, number: &dyn Fn(CertId) -> Option<CertId>) -> Loading {
        let loaded = |loaded: &LoadedBy| LoadedBy {
            certificates: loaded.certificates.iter().filter_map(|id| number(*id)).collect(),
            ..loaded.clone()
        };
        Loading { by_loader: self.by_loader.iter().map(loaded).collect(), ..*self }
    }
}

impl Loading {
    /// Some loader gets too little because of the form of the file.
    pub fn is_of_a_faulty_form(&self) -> bool {
        self.by_loader.iter().any(|loaded| loaded.fault.as_ref().is_some_and(|fault| fault.is_of_the_form))
    }
}

/// What one loader gets out of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedBy {
    /// The loader.
    pub loader: Loader,
    /// The certificates that the program has afterwards, in its order.
    pub certificates: Vec<CertId>,
    /// What it does not take; `None` if it takes everything.
    pub fault: Option<LoadingFault>,
}

/// What a loader does not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadingFault {
    /// The 1-based line that decides, in the file or in the value of the key; `None` for a file without lines.
    pub line: Option<usize>,
    /// Why.
    pub reason: Reason,
    /// The program reports an error, and has nothing or goes no further.
    pub is_refusal: bool,
    /// The form of the file is at fault, and not that the program cannot read a certificate that others read, or has no use
    /// for another block: neither is a fault of the file.
    pub is_of_the_form: bool,
    /// The program's own words; empty where it says nothing.
    pub words: String,
}

/// What the loaders make of a file; `None` where they need not be asked, or all take everything.
pub(super) fn of_file(input: &Input, known: &BTreeMap<Vec<u8>, CertId>) -> Option<Loading> {
    let extension = input.name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let is_asked = extension.is_some_and(|it| EXTENSIONS.contains(&it.as_str())) && is_text(&input.bytes);
    is_asked.then(|| of_bytes(&input.bytes, known)).flatten()
}

/// The same of the value of a key, as whoever mounts the object gets it.
pub(super) fn of_part(part: &Part, input: &[u8], known: &BTreeMap<Vec<u8>, CertId>) -> Option<Loading> {
    let is_file = part.object.as_ref().is_some_and(|object| object.kind == "Secret");
    let [stretch] = part.stretches.as_slice() else { return None };
    let value = input.get(stretch.clone()).filter(|_| is_file)?;
    let encoded: Vec<u8> =
        value.iter().copied().filter(|byte| !byte.is_ascii_whitespace() && !b"\"'".contains(byte)).collect();
    let content = BASE64.decode(&encoded).map_or(Cow::Borrowed(value), Cow::Owned);
    is_text(&content).then(|| of_bytes(&content, known)).flatten()
}

/// The same of a keystore of PKCS#12 that Java finds empty, because no certificate in it bears the attribute by which Java
/// tells what is trusted (`sun.security.pkcs12.PKCS12KeyStore`, `ORACLE_TrustedKeyUsage_OID`).
pub(super) fn of_keystore(placements: &[Placement]) -> Option<Loading> {
    let java = |placement: &Placement| placement.entry.as_ref().map(|entry| entry.java);
    let is_empty = placements.iter().all(|placement| java(placement) == Some(JavaEntry::Nothing));
    if placements.is_empty() || !is_empty {
        return None;
    }
    let fault = LoadingFault {
        line: None,
        reason: Reason::NoTrustAttribute,
        is_refusal: false,
        is_of_the_form: true,
        words: String::new(),
    };
    let by_java = LoadedBy { loader: Loader::Java, certificates: Vec::new(), fault: Some(fault) };
    Some(Loading { there: placements.len(), by_loader: vec![by_java] })
}

fn of_bytes(bytes: &[u8], known: &BTreeMap<Vec<u8>, CertId>) -> Option<Loading> {
    if MAX_BYTES < bytes.len() || is_plain(bytes) {
        return None;
    }
    let comparison = loader::compare(bytes);
    if comparison.all_agree() {
        return None;
    }
    let blocks = Blocks::of(bytes);
    let by = |(loader, loaded): (Loader, Loaded)| LoadedBy {
        loader,
        certificates: loaded.certificates.iter().filter_map(|block| known.get(&block.der).copied()).collect(),
        fault: fault(loaded, &blocks),
    };
    Some(Loading { there: comparison.there, by_loader: comparison.loaded.into_iter().map(by).collect() })
}

/// The lines of what is there and undamaged.
struct Blocks(Vec<RangeInclusive<usize>>);

impl Blocks {
    fn of(bytes: &[u8]) -> Blocks {
        let decoded = decode::read(bytes);
        let places = decoded.items.iter().map(|item| &item.place).chain(decoded.secrets.iter().map(|it| &it.place));
        let lines = |place: &Place| {
            let block = bytes.get(place.bytes.clone()).unwrap_or_default();
            place.line..=place.line + lines::ends(block).count()
        };
        Blocks(places.map(lines).collect())
    }

    fn hold(&self, line: usize) -> bool {
        self.0.iter().any(|lines| lines.contains(&line))
    }
}

fn fault(loaded: Loaded, blocks: &Blocks) -> Option<LoadingFault> {
    let (line, reason, is_refusal, words) = match (loaded.refused, loaded.lost.into_iter().next()) {
        (Some(refusal), _) => (refusal.line, refusal.reason, true, refusal.words),
        (None, Some(lost)) => (lost.line, lost.reason, false, String::new()),
        (None, None) => return None,
    };
    let is_of_the_form = match &reason {
        Reason::NoCertificate(_) => !blocks.hold(line),
        Reason::Key | Reason::FirstOnly => false,
        Reason::Label(label) | Reason::BadBlock(label) => label.is_about_certificates(),
        _ => true,
    };
    Some(LoadingFault { line: Some(line), reason, is_refusal, is_of_the_form, words })
}

/// Not DER and no keystore, which are read by other means.
fn is_text(bytes: &[u8]) -> bool {
    let has_block = || bytes.windows(BEGIN.len()).any(|window| window == BEGIN);
    bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || std::str::from_utf8(bytes).is_ok()
        || has_block()
}

const BEGIN: &[u8] = b"-----BEGIN";

/// A file as RFC 7468, 3 (stricttextualmsg) wants it, with lines of at most 64 or 76 columns (RFC 2045, 6.8) that end in LF or
/// CRLF, and printable ASCII between the blocks: every loader reads its form.
fn is_plain(bytes: &[u8]) -> bool {
    let mut is_inside = false;
    let mut is_last_line = false;
    for line in bytes.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match (line, is_inside) {
            (b"-----BEGIN CERTIFICATE-----", false) => (is_inside, is_last_line) = (true, false),
            (b"-----END CERTIFICATE-----", true) => is_inside = false,
            (_, true) if is_last_line || !is_base64(line) => return false,
            (_, true) => is_last_line = line.len() < 64 || line.ends_with(b"="),
            (_, false) if !is_plain_text(line) => return false,
            (_, false) => {}
        }
    }
    !is_inside
}

fn is_base64(line: &[u8]) -> bool {
    let digits = line.strip_suffix(b"==").or(line.strip_suffix(b"=")).unwrap_or(line);
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    !line.is_empty() && line.len() <= 76 && line.len().is_multiple_of(4) && digits.iter().all(is_digit)
}

fn is_plain_text(line: &[u8]) -> bool {
    let is_printable = |byte: &u8| byte.is_ascii_graphic() || matches!(byte, b' ' | b'\t');
    line.iter().all(is_printable) && !line.starts_with(b"-") && !line.windows(5).any(|window| window == b"-----")
}

#[cfg(test)]
mod tests {
    use super::is_plain;
    use crate::loader::compare;

    const TWO: &str = include_str!("../../tests/data/pem-variants/00-normal");

    #[test]
    fn what_is_plain_is_read_by_every_loader() {
        for text in
            [TWO.to_owned(), TWO.replace('\n', "\r\n"), format!("# roots\n\n{TWO}# end"), TWO.trim_end().to_owned()]
        {
            assert!(is_plain(text.as_bytes()));
            assert!(compare(text.as_bytes()).all_agree());
        }
        let glued = TWO.replace("-----\n-----BEGIN", "----------BEGIN");
        let indented = TWO.replace('\n', "\n ");
        let marked = format!("\u{feff}{TWO}");
        for text in [glued, indented, marked, TWO.replace("-----END CERTIFICATE-----\n", ""), format!("{TWO}-- \n")] {
            assert!(!is_plain(text.as_bytes()), "{text}");
        }
    }
}
