//! Who can read this file: how many certificates each real loader takes from exactly these bytes, which it loses without a
//! word, and where it refuses the file.
//!
//! One file per program. `rustls` and `x509_parser` call the crates that they are named after; the others are re-enacted
//! from the source of their programs, and whether a block is a certificate is asked of the engines' parsers. `reading` is
//! what a program did, by positions; here lines are counted, and what is there besides is compared with what
//! [`decode`] finds. Every loader takes time in proportion to the file.

mod base64;
mod fault;
mod frame;
mod gnutls;
mod go;
mod java;
mod label;
mod openssl;
mod pyca;
mod reading;
mod reason;
mod rustls;
mod search;
mod x509_parser;

use std::ops::Range;

pub use base64::BadBase64;
pub use label::Label;
pub use reason::Reason;

use crate::certificate::{Certificate, pem};
use crate::collection::distinct;
use crate::verifier::Engine;
use crate::{decode, lines};
use reading::{Reading, Refused, Skipped, Taken};

/// A function of a program that gets certificates out of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loader {
    /// Go 1.27: `x509.CertPool.AppendCertsFromPEM`, a trust store.
    GoAppend,
    /// Go 1.27: `tls.LoadX509KeyPair`, a server's or client's chain; the key is not looked at.
    GoKeyPair,
    /// OpenSSL 3.0: `-CAfile` and `SSL_CTX_load_verify_locations`, a trust store; Python's `ssl` as well.
    OpensslCaFile,
    /// OpenSSL 3.0: `SSL_CTX_use_certificate_chain_file`, a server's or client's chain.
    OpensslChain,
    /// OpenSSL 3.0: `OSSL_STORE`, which `openssl x509` and `-untrusted` read with.
    OpensslStore,
    /// Java 17: `CertificateFactory.generateCertificates` and `keytool -printcert`.
    Java,
    /// Java 17: `keytool -importcert` for a trusted certificate, `CertificateFactory.generateCertificate`.
    KeytoolImport,
    /// Python's `cryptography` 50: `load_pem_x509_certificates`.
    Pyca,
    /// GnuTLS 3.7: `gnutls_x509_crt_list_import2`, trust stores and `certtool`.
    Gnutls,
    /// rustls: `CertificateDer::pem_slice_iter` into a `RootCertStore`.
    Rustls,
    /// The Rust crate x509-parser: `Pem::iter_from_buffer`.
    X509Parser,
}

/// What a loader makes of a file. If it refuses the file, nothing is called lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// What the program has afterwards, in the order it has it. The two crates hand over one by one: where they refuse,
    /// these came before the error, and who collects them into a `Result` has none.
    pub certificates: Vec<Block>,
    /// What is left out without a word, in the order of the file.
    pub lost: Vec<Lost>,
    /// The error, if the program reports one.
    pub refused: Option<Refusal>,
}

/// A certificate that was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Octets of the file from BEGIN to END, or of the DER.
    pub bytes: Range<usize>,
    /// The 1-based line of its first octet.
    pub line: usize,
    /// The certificate, as the program has it.
    pub der: Vec<u8>,
}

/// A certificate, or a block that should hold one, that the program goes on without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Octets of the file.
    pub bytes: Range<usize>,
    /// The 1-based line that decides.
    pub line: usize,
    /// What the program does not take there.
    pub reason: Reason,
}

/// The error that a program reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The 1-based line that decides; the first where it is the file as a whole.
    pub line: usize,
    /// What the program does not take there.
    pub reason: Reason,
    /// The program's own words, without what they quote of the file; empty where it has none.
    pub words: String,
}

/// What all loaders make of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// How many certificates there are for who reads whatever can be read.
    pub there: usize,
    /// What each loader makes of it, in the order of [`Loader::ALL`].
    pub loaded: Vec<(Loader, Loaded)>,
}

/// Engines, and what their programs read a trust store and their own chain with.
const READ_BY: [(Engine, Loader, Loader); 9] = [
    (Engine::GO, Loader::GoAppend, Loader::GoKeyPair),
    (Engine::GO_1_19, Loader::GoAppend, Loader::GoKeyPair),
    (Engine::OPENSSL, Loader::OpensslCaFile, Loader::OpensslChain),
    (Engine::OPENSSL_PARTIAL, Loader::OpensslCaFile, Loader::OpensslChain),
    (Engine::OPENSSL_PARTIAL_STRICT, Loader::OpensslCaFile, Loader::OpensslChain),
    (Engine::WEBPKI, Loader::Rustls, Loader::Rustls),
    (Engine::GNUTLS, Loader::Gnutls, Loader::Gnutls),
    (Engine::JAVA_TRUST_MANAGER, Loader::Java, Loader::Java),
    (Engine::JAVA_CERT_PATH_BUILDER, Loader::Java, Loader::Java),
];

impl Loader {
    /// Every loader.
    pub const ALL: [Loader; 11] = [
        Loader::GoAppend,
        Loader::GoKeyPair,
        Loader::OpensslCaFile,
        Loader::OpensslChain,
        Loader::OpensslStore,
        Loader::Java,
        Loader::KeytoolImport,
        Loader::Pyca,
        Loader::Gnutls,
        Loader::Rustls,
        Loader::X509Parser,
    ];

    /// What the program of an engine reads a trust store with; `None` where no loader of it is re-enacted.
    pub fn of_trust_store(engine: Engine) -> Option<Loader> {
        READ_BY.iter().find(|(reader, ..)| *reader == engine).map(|(_, store, _)| *store)
    }

    /// What the program of an engine reads its own chain with.
    pub fn of_chain(engine: Engine) -> Option<Loader> {
        READ_BY.iter().find(|(reader, ..)| *reader == engine).map(|(.., chain)| *chain)
    }

    /// As the recordings name it.
    pub fn name(self) -> &'static str {
        match self {
            Loader::GoAppend => "go-append",
            Loader::GoKeyPair => "go-key-pair",
            Loader::OpensslCaFile => "openssl-cafile",
            Loader::OpensslChain => "openssl-chain",
            Loader::OpensslStore => "openssl-store",
            Loader::Java => "java",
            Loader::KeytoolImport => "keytool-importcert",
            Loader::Pyca => "pyca",
            Loader::Gnutls => "gnutls",
            Loader::Rustls => "rustls",
            Loader::X509Parser => "x509-parser",
        }
    }

    /// As people know it.
    pub fn title(self) -> &'static str {
        match self {
            Loader::GoAppend => "Go trust store (AppendCertsFromPEM)",
            Loader::GoKeyPair => "Go certificate file (LoadX509KeyPair)",
            Loader::OpensslCaFile => "OpenSSL and Python trust store (-CAfile)",
            Loader::OpensslChain => "OpenSSL certificate file (use_certificate_chain_file)",
            Loader::OpensslStore => "openssl x509 and -untrusted (OSSL_STORE)",
            Loader::Java => "Java (generateCertificates)",
            Loader::KeytoolImport => "keytool -importcert",
            Loader::Pyca => "Python cryptography",
            Loader::Gnutls => "GnuTLS",
            Loader::Rustls => "rustls",
            Loader::X509Parser => "x509-parser",
        }
    }

    /// What a sentence calls the program.
    pub fn program(self) -> &'static str {
        match self {
            Loader::GoAppend | Loader::GoKeyPair => "Go",
            Loader::OpensslCaFile | Loader::OpensslChain | Loader::OpensslStore => "OpenSSL",
            Loader::Java => "Java",
            Loader::KeytoolImport => "keytool",
            Loader::Pyca => "Python's cryptography",
            Loader::Gnutls => "GnuTLS",
            Loader::Rustls => "rustls",
            Loader::X509Parser => "x509-parser",
        }
    }

    /// By its design, it takes the first certificate of a file and leaves the others.
    pub fn takes_first_only(self) -> bool {
        self == Loader::KeytoolImport
    }

    fn read(self, input: &[u8]) -> Reading {
        match self {
            Loader::GoAppend => go::append_certs_from_pem(input),
            Loader::GoKeyPair => go::x509_key_pair(input),
            Loader::OpensslCaFile => openssl::load_cert_crl_file(input),
            Loader::OpensslChain => openssl::use_certificate_chain_file(input),
            Loader::OpensslStore => openssl::load_store(input),
            Loader::Java => java::generate_certificates(input),
            Loader::KeytoolImport => java::generate_certificate(input),
            Loader::Pyca => pyca::load_pem_x509_certificates(input),
            Loader::Gnutls => gnutls::list_import(input),
            Loader::Rustls => rustls::pem_slice_iter(input),
            Loader::X509Parser => x509_parser::iter_from_buffer(input),
        }
    }
}

/// What one loader makes of a file.
pub fn load(loader: Loader, input: &[u8]) -> Loaded {
    Source::of(input).loaded(loader)
}

/// What every loader makes of a file.
///
/// ```
/// use rootlens::loader::{Loader, compare};
///
/// let comparison = compare(b"  -----BEGIN CERTIFICATE-----\n");
///
/// assert_eq!(comparison.there, 0);
/// assert_eq!(comparison.loaded.len(), Loader::ALL.len());
/// ```
pub fn compare(input: &[u8]) -> Comparison {
    let source = Source::of(input);
    let loaded = Loader::ALL.into_iter().map(|loader| (loader, source.loaded(loader))).collect();
    Comparison { there: source.there.len(), loaded }
}

/// The certificates of a file as a PEM file that every loader reads, each once, in their order: RFC 7468, 5.1, with lines of
/// 64 columns that end in LF. `None` if there is none that can be read. Private keys are left out.
pub fn mended(input: &[u8]) -> Option<String> {
    let items = decode::read(input).items;
    let found: Vec<&[u8]> = items.iter().map(|item| item.der.as_slice()).collect();
    let readable = distinct(&found).into_iter().filter(|der| Certificate::parse(der).is_ok());
    Some(readable.map(pem::encode).collect()).filter(|text: &String| !text.is_empty())
}

impl Comparison {
    /// Every loader has every certificate that is there; of one that takes the first only, no more is asked.
    pub fn all_agree(&self) -> bool {
        self.loaded.iter().all(|(loader, loaded)| {
            let asked = if loader.takes_first_only() { self.there.min(1) } else { self.there };
            loaded.refused.is_none() && loaded.certificates.len() == asked
        })
    }
}

impl Loaded {
    /// The line that decides first, and why; `None` where everything was loaded.
    pub fn first_fault(&self) -> Option<(usize, &Reason)> {
        let refused = self.refused.as_ref().map(|refusal| (refusal.line, &refusal.reason));
        refused.or_else(|| self.lost.first().map(|lost| (lost.line, &lost.reason)))
    }
}

/// A file, where its lines start, and where certificates stand in it.
struct Source<'a> {
    input: &'a [u8],
    line_starts: Vec<usize>,
    there: Vec<Range<usize>>,
}

impl<'a> Source<'a> {
    fn of(input: &'a [u8]) -> Source<'a> {
        let line_starts = std::iter::once(0).chain(lines::ends(input).map(|end| end + 1)).collect();
        let there = decode::read(input).items.into_iter().map(|item| item.place.bytes).collect();
        Source { input, line_starts, there }
    }

    fn loaded(&self, loader: Loader) -> Loaded {
        let reading = loader.read(self.input);
        let lost = self.lost(&reading);
        let refused = reading.refused.map(|refused| self.refusal(refused, &lost));
        let block = |taken: Taken| Block { line: self.line(taken.bytes.start), bytes: taken.bytes, der: taken.der };
        let lost = if refused.is_some() { Vec::new() } else { lost };
        Loaded { certificates: reading.taken.into_iter().map(block).collect(), lost, refused }
    }

    /// A program that finds nothing does not say why; what it did not see does.
    fn refusal(&self, refused: Refused, lost: &[Lost]) -> Refusal {
        let is_vague = matches!(refused.reason, Reason::NothingFound | Reason::EndWithoutBegin);
        let (line, reason) = match lost.first().filter(|_| is_vague) {
            Some(lost) => (lost.line, lost.reason.clone()),
            None => (self.line(refused.at), refused.reason),
        };
        Refusal { line, reason, words: refused.words }
    }

    fn line(&self, position: usize) -> usize {
        lines::line_of(&self.line_starts, position)
    }

    /// What is there and was not taken, and what the program passed over besides.
    fn lost(&self, reading: &Reading) -> Vec<Lost> {
        let taken = Stretches::of(reading.taken.iter().map(|taken| taken.bytes.clone()));
        let mut skipped: Vec<&Skipped> = reading.skipped.iter().collect();
        skipped.sort_by_key(|skipped| skipped.bytes.start);
        let missing = self.there.iter().filter(|bytes| !taken.touch(bytes));
        let mut lost: Vec<Lost> = missing.map(|bytes| self.why_lost(bytes, &skipped)).collect();
        let there = Stretches::of(self.there.iter().cloned());
        let is_certificate =
            |one: &Skipped| !matches!(one.reason, Reason::Label(label) if !label.is_about_certificates());
        let besides =
            skipped.iter().filter(|one| is_certificate(one) && !there.touch(&one.bytes) && !taken.touch(&one.bytes));
        lost.extend(besides.map(|one| self.lost_as(one.bytes.clone(), one)));
        lost.sort_by_key(|lost| lost.bytes.start);
        lost
    }

    /// Why the program goes on without a certificate that stands somewhere: the last block it passed over that begins
    /// before the end of it.
    fn why_lost(&self, bytes: &Range<usize>, skipped: &[&Skipped]) -> Lost {
        let before = skipped.partition_point(|one| one.bytes.start < bytes.end);
        let reached = skipped.get(..before).and_then(|before| before.last()).filter(|one| one.bytes.end > bytes.start);
        match reached {
            Some(one) => self.lost_as(bytes.clone(), one),
            None => {
                let reason = fault::of_begin(self.input, bytes.start);
                Lost { line: self.line(bytes.start), reason, bytes: bytes.clone() }
            }
        }
    }

    fn lost_as(&self, bytes: Range<usize>, skipped: &Skipped) -> Lost {
        Lost { bytes, line: self.line(skipped.at), reason: skipped.reason.clone() }
    }
}

/// Stretches of a file in their order, to ask whether one touches another.
struct Stretches(Vec<Range<usize>>);

impl Stretches {
    fn of(stretches: impl Iterator<Item = Range<usize>>) -> Stretches {
        let mut sorted: Vec<Range<usize>> = stretches.collect();
        sorted.sort_by_key(|stretch| stretch.start);
        Stretches(sorted)
    }

    /// They share more than the hyphens between END and BEGIN of two blocks that are run together.
    fn touch(&self, other: &Range<usize>) -> bool {
        const DASHES: usize = 5;
        let before = self.0.partition_point(|stretch| stretch.start < other.end);
        self.0.get(..before).and_then(|before| before.last()).is_some_and(|last| last.end > other.start + DASHES)
    }
}
