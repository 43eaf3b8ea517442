//! What was given: the sources (files, pastes and what they are made of) and the distinct certificates in them.

mod known;
mod loading;
mod related;
mod reopened;
mod split;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::certificate::{CertId, Certificate, ParseError};
use crate::collection;
use crate::decode::{self, Decoded, Problem, Secret};
use crate::error_text::ErrorLine;
use known::Known;
pub use known::UniqueNames;
pub use loading::{LoadedBy, Loading, LoadingFault};
use split::Held;
pub use told::{Told, ToldBlock, ToldLine, ToldProblem, ToldSource};

pub use crate::decode::{
    Carried, CertificateClaim, Forwarded, HeaderForm, JavaEntry, KeystoreEntry, Meaning, Object, Passwords, Place,
    ProblemKind, Related, RelatedKind, Repair, Session,
};
use crate::public_roots::PublicRoots;
use crate::shell;

/// One file or paste.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// File name, or a name for the paste.
    pub name: String,
    /// The contents of the file, or the text that was pasted.
    pub bytes: Vec<u8>,
    /// What a link tells of its sources, in the place of its bytes; empty where these are at hand.
    pub told: Vec<ToldSource>,
}

/// All sources, and each distinct certificate once; a copy shares both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// Distinct by SHA-256, in order of first appearance; [`CertId`] is the index. Public roots that no source holds
    /// stand behind all others.
    pub certificates: Vec<Rc<Certificate>>,
    /// In the order given.
    pub sources: Vec<Rc<Source>>,
    /// The public roots that may stand above these certificates or are one of them, in the order of their list.
    pub public: Vec<CertId>,
    /// The day of the list that these are of, `2026-10-23`; `None` where no list was at hand.
    pub public_date: Option<String>,
    given: usize,
    known: Known,
}

/// What one input held, or one part of it where its keys say what each part is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Unique among the sources: a second `ca.pem` is called `ca.pem (2)`, and a part of a file that has several
    /// `secret.yaml: ca.crt`.
    pub name: String,
    /// Index of the input, in the order given; sources of one input follow one another.
    pub input: usize,
    /// The name of the input, unique among the inputs: `secret.yaml` where the source is `secret.yaml: ca.crt`.
    pub file: String,
    /// Which part of the input it is, if a key says what it is for.
    pub part: Option<SourcePart>,
    /// What the input says of the connection from which these certificates came.
    pub session: Option<Session>,
    /// In the order in which they stand in the input, repetitions included.
    pub placements: Vec<Placement>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Private keys, tokens and passwords that were recognised and dropped.
    pub secrets: Vec<Secret>,
    /// Requests, public keys and revocation lists.
    pub related: Vec<Related>,
    /// Commands that print the public key of the first private key in the file, and that of its first certificate; empty
    /// where `openssl` reads no private key in it.
    pub key_commands: Vec<String>,
    /// What the loaders of real programs get out of it, where not all read it alike.
    pub loading: Option<Loading>,
    /// Messages of programs in the input; of several sources of one input the first one has them.
    pub error_lines: Vec<ErrorLine>,
    /// A link told of it, and the bytes of its input are not at hand.
    pub is_told: bool,
    /// How many of its certificates the link left out, so that its file cannot be written anew.
    pub left_out: usize,
}

/// A part of an input that stands under a key which says what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePart {
    /// The key, for example `ca.crt`.
    pub key: String,
    /// What the certificates are for.
    pub meaning: Meaning,
    /// The Kubernetes object in which the key stands.
    pub object: Option<Object>,
    /// Where in the object the key stands, once for each place that holds these certificates; JSON pointers (RFC 6901).
    pub pointers: Vec<String>,
    /// A key of the same object that some programs read instead of this one.
    pub shadowed_by: Option<String>,
    /// In which form a proxy forwards the chain, if the key is such a header.
    pub forwarded: Option<Forwarded>,
}

/// One appearance of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Which certificate appears here.
    pub certificate: CertId,
    /// Where in the input.
    pub place: Place,
    /// What had to be mended to read it.
    pub repairs: Vec<Repair>,
    /// The entry of a keystore in which it stands.
    pub entry: Option<KeystoreEntry>,
}

impl Source {
    /// Its certificates in order, each once.
    pub fn certificates(&self) -> Vec<CertId> {
        collection::distinct(&self.placements.iter().map(|placement| placement.certificate).collect::<Vec<_>>())
    }

    /// Whether Java reads no entry of it although certificates stand in it: a PKCS#12 store without Java's mark of trust.
    pub fn is_empty_for_java(&self) -> bool {
        let is_nothing =
            |placement: &Placement| placement.entry.as_ref().is_some_and(|it| it.java == JavaEntry::Nothing);
        !self.placements.is_empty() && self.placements.iter().all(is_nothing)
    }

    /// How many of its secrets are private keys.
    pub fn private_keys(&self) -> usize {
        self.secrets.iter().filter(|secret| secret.is_private_key()).count()
    }

    /// The same with other numbers of its certificates.
    fn renumbered(&self, number: &dyn Fn(CertId) -> Option<CertId>) -> Source {
        let placement = |placement: &Placement| {
            number(placement.certificate).map(|certificate| Placement { certificate, ..placement.clone() })
        };
        Source {
            placements: self.placements.iter().filter_map(placement).collect(),
            loading: self.loading.as_ref().map(|loading| loading.renumbered(number)),
            ..self.clone()
        }
    }

    /// Whether something in it stays closed without its password.
    pub fn needs_password(&self) -> bool {
        self.problems.iter().any(|problem| problem.kind == ProblemKind::PasswordNeeded)
    }
}

impl Inventory {
    /// Decodes every input; a block that holds no certificate becomes a problem of its source.
    pub fn from_inputs(inputs: &[Input]) -> Inventory {
        Inventory::from_inputs_with(inputs, &Passwords::default())
    }

    /// As [`Inventory::from_inputs`], with passwords to try on keystores. None is kept.
    pub fn from_inputs_with(inputs: &[Input], passwords: &Passwords) -> Inventory {
        let mut inventory = Inventory::default();
        inventory.add_with(inputs, passwords);
        inventory
    }

    /// Decodes further inputs; sources and their certificates keep their indices. Other public roots may stand above
    /// what is new, so those that are there are forgotten: [`Inventory::add_public_roots`] comes afterwards.
    pub fn add(&mut self, inputs: &[Input]) {
        self.add_with(inputs, &Passwords::default());
    }

    /// As [`Inventory::add`], with passwords that somebody gave for keystores.
    pub fn add_with(&mut self, inputs: &[Input], passwords: &Passwords) {
        self.forget_public_roots();
        for input in inputs {
            let index = self.next_input();
            self.known.catch_up(&self.sources, &self.certificates);
            let file = self.known.give_file(&input.name);
            let read = self.read(input, passwords);
            self.add_sources(index, &file, read);
        }
        self.given = self.certificates.len();
    }

    /// The index that the next input gets.
    pub fn next_input(&self) -> usize {
        self.sources.last().map_or(0, |last| last.input + 1)
    }

    /// Adds what was read of an input, under names that tell it from what is there.
    fn add_sources(&mut self, input: usize, file: &str, read: Vec<(Option<String>, Source)>) {
        self.known.catch_up(&self.sources, &self.certificates);
        for (part, source) in read {
            let name = part.map_or_else(|| file.to_owned(), |part| format!("{file}: {part}"));
            let name = self.known.give_name(&name);
            self.sources.push(Rc::new(Source { name, input, file: file.to_owned(), ..source }));
        }
    }

    /// Adds the public roots that count for the certificates of the sources, and takes those of an earlier list away.
    pub fn add_public_roots(&mut self, roots: &PublicRoots) {
        self.forget_public_roots();
        for root in roots.relevant_to(&self.certificates) {
            let root = self.intern(root);
            self.public.push(root);
        }
        self.public_date.clone_from(&roots.date);
    }

    /// How many certificates the sources hold, which are the first; public roots follow.
    pub fn given(&self) -> usize {
        self.given
    }

    fn forget_public_roots(&mut self) {
        self.known.truncate(&self.certificates, self.given);
        self.certificates.truncate(self.given);
        self.public.clear();
        self.public_date = None;
    }

    /// Without one source, and without the certificates that stand in no other; those that stay are numbered anew, in
    /// the same order. The public roots go too: [`Inventory::add_public_roots`] brings back those that still count.
    #[must_use]
    pub fn without(&self, source: usize) -> Inventory {
        let kept = || self.sources.iter().enumerate().filter(|(index, _)| *index != source).map(|(_, source)| source);
        let placed: BTreeSet<CertId> = kept().flat_map(|source| source.certificates()).collect();
        self.restricted(placed.into_iter().collect(), kept())
    }

    /// These sources with these certificates, which hold all of theirs, numbered in this order.
    fn restricted<'s>(&self, order: Vec<CertId>, sources: impl Iterator<Item = &'s Rc<Source>>) -> Inventory {
        let numbers: BTreeMap<CertId, CertId> =
            order.iter().enumerate().map(|(number, id)| (*id, CertId(number))).collect();
        let number = |id: CertId| numbers.get(&id).copied();
        Inventory {
            certificates: order.iter().filter_map(|id| self.certificates.get(id.0).cloned()).collect(),
            sources: sources.map(|source| Rc::new(source.renumbered(&number))).collect(),
            given: order.len(),
            ..Inventory::default()
        }
    }

    /// The sources of an input, with what tells them apart.
    fn read(&mut self, input: &Input, passwords: &Passwords) -> Vec<(Option<String>, Source)> {
        if !input.told.is_empty() {
            return self.read_told(&input.told);
        }
        let Decoded { items, mut problems, secrets, related, parts, session, error_lines } =
            decode::read_with(&input.bytes, passwords);
        let mut placements = Vec::new();
        let mut known = BTreeMap::new();
        for item in items {
            match Certificate::parse(&item.der) {
                Ok(certificate) => {
                    let certificate = self.intern(certificate);
                    known.insert(item.der, certificate);
                    let (place, repairs, entry) = (item.place, item.repairs, item.entry);
                    placements.push(Placement { certificate, place, repairs, entry });
                }
                Err(why) => problems.push(no_certificate(item.place, &why)),
            }
        }
        // Both kinds stand in the order of the input already; those of one place stay as they are.
        problems.sort_by_key(|problem| problem.place.bytes.start);
        name_file(&mut problems, input);
        let loadings = parts.iter().map(|part| loading::of_part(part, &input.bytes, &known)).collect();
        let held = Held { placements, problems, secrets, related, loadings };
        let mut sources = split::split(held, parts, session);
        match sources.as_mut_slice() {
            [(_, only)] if only.part.is_none() && only.session.is_none() && !only.placements.is_empty() => {
                only.loading = loading::of_file(input, &known);
            }
            [(_, only)] if only.part.is_some() => {
                only.loading = only.loading.take().or_else(|| loading::of_keystore(&only.placements));
            }
            _ => {}
        }
        if let [(_, only)] = sources.as_mut_slice() {
            only.key_commands = related::key_commands(input, only);
        }
        if let Some((_, first)) = sources.first_mut() {
            first.error_lines = error_lines;
        }
        sources
    }

    fn intern(&mut self, certificate: Certificate) -> CertId {
        self.known.catch_up(&self.sources, &self.certificates);
        if let Some(known) = self.known.certificate(&certificate.sha256) {
            return known;
        }
        let id = self.known.add_certificate(certificate.sha256);
        self.certificates.push(Rc::new(certificate));
        id
    }
}

fn no_certificate(place: Place, why: &ParseError) -> Problem {
    let message = format!("This block is no certificate: {why}. Ask for the file again.");
    Problem { place, kind: ProblemKind::Unreadable, message }
}

/// Puts the name of the file into the commands of problems that are about all of it, as they are in a binary file. A name
/// with blanks may be no file's.
fn name_file(problems: &mut [Problem], input: &Input) {
    let Some(name) = name_of_file(input).filter(|_| !problems.is_empty()) else { return };
    let is_binary = std::str::from_utf8(&input.bytes).is_err();
    for problem in problems {
        let is_about_all = is_binary || problem.place.bytes == (0..input.bytes.len());
        if is_about_all && problem.message.contains('`') {
            problem.message = problem.message.replace("FILE", &name);
        }
    }
}

/// The name of the file as a command takes it. A name with blanks may be no file's.
fn name_of_file(input: &Input) -> Option<String> {
    (!input.name.contains(char::is_whitespace)).then(|| shell::quoted(&input.name))
}

#[cfg(test)]
mod tests {
    use super::{Input, Inventory};
    use crate::certificate::CertId;
    use crate::decode;
    use crate::public_roots::PublicRoots;

    const ROOT: &str = include_str!("../tests/data/openziti-ha/distinct/edge-root.crt");
    const SIGNER: &str = include_str!("../tests/data/openziti-ha/distinct/signer1.crt");

    fn input(name: &str, text: &str) -> Input {
        Input { name: name.to_owned(), bytes: text.as_bytes().to_vec(), ..Input::default() }
    }

    #[test]
    fn a_certificate_has_one_id_wherever_it_stands() {
        let both = format!("{SIGNER}{ROOT}{SIGNER}");
        let mut inventory = Inventory::from_inputs(&[input("a.pem", ROOT), input("b.pem", &both)]);
        assert_eq!(inventory.certificates.len(), 2);
        let second = &inventory.sources[1];
        let placed: Vec<CertId> = second.placements.iter().map(|placement| placement.certificate).collect();
        assert_eq!(placed, [CertId(1), CertId(0), CertId(1)]);
        assert_eq!(second.certificates(), [CertId(1), CertId(0)]);
        inventory.add(&[input("c.pem", SIGNER)]);
        assert_eq!((inventory.certificates.len(), inventory.sources[2].certificates()), (2, vec![CertId(1)]));
    }

    /// A list whose only root is the one of the network.
    fn public_roots() -> PublicRoots {
        let header = b"rootlens public roots 1: webpki-root-certs 1.2.3 of 2026-01-02 (CDLA-Permissive-2.0)\n";
        let root = decode::read(ROOT.as_bytes()).items.remove(0).der;
        PublicRoots::read(&[header.as_slice(), &root].concat()).expect("a list")
    }

    #[test]
    fn public_roots_stand_behind_what_the_sources_hold() {
        let mut inventory = Inventory::from_inputs(&[input("a.pem", SIGNER)]);
        for _ in 0..2 {
            inventory.add_public_roots(&public_roots());
            assert_eq!((inventory.given(), inventory.certificates.len()), (1, 2));
            assert_eq!(
                (inventory.public.as_slice(), inventory.public_date.as_deref()),
                (&[CertId(1)][..], Some("2026-01-02"))
            );
        }
        inventory.add(&[input("b.pem", SIGNER)]);
        assert_eq!((inventory.given(), inventory.certificates.len()), (1, 1));
        assert_eq!((inventory.public.as_slice(), inventory.public_date.as_deref()), (&[][..], None));
    }

    #[test]
    fn a_public_root_that_a_source_holds_is_the_source_s() {
        let mut inventory = Inventory::from_inputs(&[input("a.pem", ROOT), input("b.pem", SIGNER)]);
        inventory.add_public_roots(&public_roots());
        assert_eq!((inventory.given(), inventory.certificates.len()), (2, 2));
        assert_eq!(inventory.public, [CertId(0)]);
        inventory.add_public_roots(&PublicRoots::none());
        assert_eq!((inventory.given(), inventory.public.as_slice(), inventory.public_date), (2, &[][..], None));
    }

    #[test]
    fn sources_of_one_name_are_numbered() {
        let inputs = [input("ca.pem", ROOT), input("ca.pem", SIGNER), input("ca.pem", "")];
        let inventory = Inventory::from_inputs(&inputs);
        let names: Vec<&str> = inventory.sources.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(names, ["ca.pem", "ca.pem (2)", "ca.pem (3)"]);
    }

    #[test]
    fn a_block_that_is_no_certificate_is_a_problem_of_its_source() {
        let text = format!("{SIGNER}-----BEGIN CERTIFICATE-----\nMAMBAf8=\n-----END CERTIFICATE-----\n{ROOT}");
        let inventory = Inventory::from_inputs(&[input("ca.pem", &text)]);
        assert_eq!(inventory.certificates.len(), 2);
        let problems = &inventory.sources[0].problems;
        let [problem] = problems.as_slice() else { panic!("one problem: {problems:?}") };
        assert!(problem.message.starts_with("This block is no certificate: "), "{}", problem.message);
        assert_eq!(problem.place.line, SIGNER.lines().count() + 1);
    }
}
