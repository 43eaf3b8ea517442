//! What a link tells of an input whose bytes are not at hand: facts about it, each as it was found where the bytes were.
//!
//! None of it is to be believed more than the certificates beside it: whoever made the link wrote it. Texts are cut off,
//! lists end, and the words of programs count only if they are recognised again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Inventory, Loading, Placement, Source, SourcePart};
use crate::certificate::{CertId, Certificate, ParseError, pem};
use crate::decode::{KeystoreEntry, Object, Place, Problem, ProblemKind, Related, Repair, Session};
use crate::error_text::{self, ErrorLine, MAX_LINES};
use crate::loader::Reason;

/// Most characters of a text. Our own number: no key, alias or message of a program that we know of has as many.
const MAX_TEXT: usize = 1_000;

/// Most octets of a host name in text form (RFC 1035, 2.3.4).
const MAX_HOST: usize = 255;

/// Most blocks of one source that are told of beside its certificates, and most places and names of one part. Our own
/// number: more would make a link that nobody passes on.
const MAX_BLOCKS: usize = 50;

/// Most octets of a request's key, a public key or a revocation list. Our own number: a list of this length makes a link
/// of the 8,000 characters that most programs still take.
const MAX_RELATED: usize = 6_000;

/// What is told of a source beside its certificates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Which part of the input it is, if a key says what it is for.
    pub part: Option<SourcePart>,
    /// What the input says of a connection, without the time.
    pub session: Option<Session>,
    /// For each certificate in order how it stood in the input; empty where nothing is to be said of any.
    pub blocks: Vec<ToldBlock>,
    /// What could not be read, without the words.
    pub problems: Vec<ToldProblem>,
    /// Requests, public keys and revocation lists, unless they are very long.
    pub related: Vec<Related>,
    /// What the loaders get out of it, where its form keeps some from reading it. A [`CertId`] in it is a position among the source's certificates.
    pub loading: Option<Loading>,
    /// Messages of programs in it.
    pub error_lines: Vec<ToldLine>,
    /// How many of its certificates the link leaves out.
    pub left_out: usize,
}

/// How a certificate stood in the input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldBlock {
    /// What had to be mended to read it.
    pub repairs: Vec<Repair>,
    /// The entry of a keystore in which it stood.
    pub entry: Option<KeystoreEntry>,
}

/// A block that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldProblem {
    /// Where it stood in the input.
    pub place: Place,
    /// Why it could not be read.
    pub kind: ProblemKind,
}

/// A message of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldLine {
    /// The 1-based line on which it stood first.
    pub line: usize,
    /// How often it stood there.
    pub times: usize,
    /// The words that were recognised, and nothing else of the line.
    pub words: String,
}

/// A source of an input that is told of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldSource {
    /// What tells it from the other sources of its input, as `ca.crt` does.
    pub label: Option<String>,
    /// DER, in the order in which the certificates stood, repetitions included; one that is repeated is shared.
    pub certificates: Vec<Arc<[u8]>>,
    /// What else is told of it.
    pub told: Told,
}

impl Told {
    /// Everything about a source that may be told to others. The secrets in it are not counted; why a program cannot read the
    /// file may name the label of a block.
    pub fn of(source: &Source) -> Told {
        let block =
            |placement: &Placement| ToldBlock { repairs: placement.repairs.clone(), entry: placement.entry.clone() };
        let problem = |problem: &Problem| ToldProblem { place: problem.place.clone(), kind: problem.kind };
        let line = |line: &ErrorLine| ToldLine { line: line.line, times: line.times, words: line.words.clone() };
        let positions = positions(&source.placements);
        // A key beside the certificates is no fault of the form, and is not told of.
        let loading = source.loading.as_ref().filter(|loading| loading.is_of_a_faulty_form());
        let told = Told {
            part: source.part.clone(),
            session: source.session.clone().map(|session| Session { time: None, ..session }),
            blocks: source.placements.iter().map(block).collect(),
            problems: source.problems.iter().map(problem).collect(),
            related: source.related.clone(),
            loading: loading.map(|it| it.renumbered(&|id| positions.get(&id).copied())),
            error_lines: source.error_lines.iter().map(line).collect(),
            left_out: source.left_out,
        };
        told.bounded()
    }

    /// Within the limits of a link, whoever made it.
    #[must_use]
    pub fn bounded(mut self) -> Told {
        if self.blocks.iter().all(|block| *block == ToldBlock::default()) {
            self.blocks.clear();
        }
        self.blocks.iter_mut().filter_map(|block| block.entry.as_mut()).for_each(|entry| cut_option(&mut entry.alias));
        self.problems.truncate(MAX_BLOCKS);
        self.related.retain(|related| related.der.len() <= MAX_RELATED);
        self.related.truncate(MAX_BLOCKS);
        self.error_lines.truncate(MAX_LINES);
        self.error_lines.iter_mut().for_each(|line| cut(&mut line.words));
        if let Some(part) = &mut self.part {
            bound_part(part);
        }
        if let Some(session) = &mut self.session {
            session.host = session.host.take().filter(|host| is_host(host));
        }
        if let Some(loading) = &mut self.loading {
            bound_loading(loading);
        }
        self
    }
}

impl ToldLine {
    /// The message, if the words are those of one. Some end before a blank, and a line ends in one.
    fn recognized(&self) -> Option<ErrorLine> {
        let line = error_text::recognize(&format!("{}\n", self.words)).into_iter().next()?;
        Some(ErrorLine { line: self.line.max(1), times: self.times.max(1), ..line })
    }
}

impl ToldProblem {
    /// The words for it: what the block held is not at hand.
    fn into_problem(self, related: &[Related]) -> Problem {
        let same_place = related.iter().find(|related| related.place.bytes.start == self.place.bytes.start);
        let message = match (same_place, self.kind) {
            (Some(related), _) => related.kind.sentence(),
            (None, ProblemKind::Unreadable) => {
                "This could not be read, and the link does not hold it. Ask for the file."
            }
            (None, ProblemKind::PasswordNeeded) => {
                "This needs its password, and the link does not hold it. Ask for the file, or for the certificates in it."
            }
        };
        Problem { place: self.place, kind: self.kind, message: message.to_owned() }
    }
}

impl Inventory {
    /// The sources of an input that is told of, with what tells them apart.
    pub(super) fn read_told(&mut self, sources: &[ToldSource]) -> Vec<(Option<String>, Source)> {
        let mut read = BTreeMap::new();
        sources.iter().map(|source| (source.label.clone(), self.source_told(source, &mut read))).collect()
    }

    /// `read` has what became of each certificate of the input, which is read once however often it stands there.
    fn source_told<'s>(&mut self, source: &'s ToldSource, read: &mut BTreeMap<&'s [u8], ReadDer>) -> Source {
        let Told { part, session, blocks, problems, related, loading, error_lines, left_out } =
            source.told.clone().bounded();
        let mut problems: Vec<Problem> = problems.into_iter().map(|it| it.into_problem(&related)).collect();
        let (mut placements, mut ids) = (Vec::new(), Vec::new());
        let mut blocks = blocks.into_iter();
        let (mut line, mut start) = (1, 0);
        for (index, der) in source.certificates.iter().enumerate() {
            let ToldBlock { repairs, entry } = blocks.next().unwrap_or_default();
            let it = read.entry(der).or_insert_with(|| ReadDer::of(der, self));
            let place = Place { line, bytes: start..start + it.octets, ordinal: index + 1 };
            (line, start) = (line + it.lines, start + it.octets);
            match &it.certificate {
                Ok(certificate) => {
                    placements.push(Placement { certificate: *certificate, place, repairs, entry });
                    ids.push(Some(*certificate));
                }
                Err(why) => {
                    problems.push(super::no_certificate(place, why));
                    ids.push(None);
                }
            }
        }
        Source {
            part,
            session,
            placements,
            problems,
            related,
            loading: loading.map(|it| it.renumbered(&|position| ids.get(position.0).copied().flatten())),
            error_lines: error_lines.iter().filter_map(ToldLine::recognized).collect(),
            is_told: true,
            left_out,
            ..Source::default()
        }
    }
}

/// Where each certificate stands first among those of its source.
fn positions(placements: &[Placement]) -> BTreeMap<CertId, CertId> {
    let mut positions = BTreeMap::new();
    for (position, placement) in placements.iter().enumerate() {
        positions.entry(placement.certificate).or_insert(CertId(position));
    }
    positions
}

/// What became of a certificate of a link.
struct ReadDer {
    certificate: Result<CertId, ParseError>,
    /// Octets and lines of it in a file of PEM, where certificates would stand: a link does not say where they stood.
    octets: usize,
    lines: usize,
}

impl ReadDer {
    fn of(der: &[u8], inventory: &mut Inventory) -> ReadDer {
        let text = pem::encode(der);
        let certificate = Certificate::parse(der).map(|certificate| inventory.intern(certificate));
        ReadDer { certificate, octets: text.len(), lines: text.lines().count() }
    }
}

fn bound_part(part: &mut SourcePart) {
    let SourcePart { key, meaning: _, object, pointers, shadowed_by, forwarded } = part;
    cut(key);
    if let Some(Object { kind, name, namespace }) = object {
        cut(kind);
        cut_option(name);
        cut_option(namespace);
    }
    pointers.truncate(MAX_BLOCKS);
    pointers.iter_mut().for_each(cut);
    cut_option(shadowed_by);
    if let Some(names) = forwarded.as_mut().and_then(|forwarded| forwarded.claim.names.as_mut()) {
        names.truncate(MAX_BLOCKS);
        names.iter_mut().for_each(cut);
    }
}

/// Why a block is no certificate to a program stands in the words of the fault too.
fn bound_loading(loading: &mut Loading) {
    for fault in loading.by_loader.iter_mut().filter_map(|loaded| loaded.fault.as_mut()) {
        cut(&mut fault.words);
        if let Reason::NoCertificate(words) = &mut fault.reason {
            words.clear();
        }
    }
}

fn cut_option(text: &mut Option<String>) {
    text.iter_mut().for_each(cut);
}

/// On one line, and not too long: some of it stands in commands.
fn cut(text: &mut String) {
    text.retain(|character| !character.is_control());
    if let Some((end, _)) = text.char_indices().nth(MAX_TEXT) {
        text.truncate(end);
    }
}

/// A host as a command names it.
fn is_host(host: &str) -> bool {
    let belongs = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:".contains(&byte);
    !host.is_empty() && host.len() <= MAX_HOST && host.bytes().all(belongs)
}
