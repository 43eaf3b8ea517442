//! The bytes inside a link, field by field; what is told of the sources beside their certificates stands in [`facts`].

use std::cell::Cell;

use super::bytes::{MAX_ITEMS, Reader, push_choice, push_list, push_number, push_octets, unzigzag, zigzag};
use super::content::{bounded_note, session_of_host};
use super::facts;
use super::key_id::{self, Reference};
use super::{Content, LinkError, SharedSource};
use crate::lens::Lens;
use crate::role::Role;
use crate::store::StoreKind;
use crate::time::Timestamp;
use crate::verifier::{Host, Program, Purpose};

/// The first byte: whole certificates. Others are left for forms that say less, such as a redacted one.
const WHOLE: u8 = 0;

/// Most bytes of certificates in all sources together, each counted as often as it stands there: a link names a certificate
/// again in one byte, and whoever writes its file writes it again. Our own number: fifty of the largest bundles of public roots,
/// and several times what a link of [`MAX_PACKED`](super::MAX_PACKED) holds that names none twice.
pub(super) const MAX_PLACED: usize = 8 << 20;

/// Most sources: each counts as this many of the [`MAX_ITEMS`] items, because it takes as much memory. Our own number: twice
/// the 5,000 files of a large directory.
pub(super) const MAX_SOURCES: usize = 10_000;
const ITEMS_OF_A_SOURCE: usize = MAX_ITEMS / MAX_SOURCES;

/// The bits of a source's roles.
const ROLES: [(u64, Role); 6] =
    [(1, Role::Bundle), (2, Role::Peer), (4, Role::Client), (8, Role::Other), (16, Role::Published), (32, Role::Chain)];

/// Writes one field, or several that came together.
type Write = fn(&mut Vec<u8>, &Content);

impl Content {
    /// The bytes that are deflated into a link.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![WHOLE];
        push_number(&mut bytes, zigzag(self.at.0));
        push_octets(&mut bytes, self.peer.as_deref().unwrap_or_default().as_bytes());
        push_number(&mut bytes, self.certificates.len() as u64);
        for (references, rest) in key_id::taken_out(&self.certificates) {
            push_certificate(&mut bytes, &references, &rest);
        }
        push_number(&mut bytes, self.sources.len() as u64);
        for source in &self.sources {
            push_source(&mut bytes, source);
        }
        let fields: [(bool, Write); 4] = [
            (self.has_question(), push_question),
            (self.has_view(), push_view),
            (self.has_hosts(), push_hosts),
            (self.has_facts(), push_facts),
        ];
        // What nobody asks for is left out, unless something follows.
        let count = fields.iter().rposition(|(is_wanted, _)| *is_wanted).map_or(0, |last| last + 1);
        fields.iter().take(count).for_each(|(_, push)| push(&mut bytes, self));
        bytes
    }

    /// Reads what was inflated. What follows the content is left for later versions and ignored.
    ///
    /// # Errors
    ///
    /// [`LinkError::Damaged`] where the bytes end too early or name what is not there, [`LinkError::NewerVersion`] for a
    /// kind of a later version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Content, LinkError> {
        let (kind, rest) = bytes.split_first().ok_or(LinkError::Damaged)?;
        if *kind != WHOLE {
            return Err(LinkError::NewerVersion);
        }
        let items = Cell::new(MAX_ITEMS);
        let content = content(&mut Reader::new(rest, &items));
        let content = content.ok_or(if Reader::is_spent(&items) { LinkError::TooLarge } else { LinkError::Damaged })?;
        if placed(&content) > MAX_PLACED { Err(LinkError::TooLarge) } else { Ok(content) }
    }

    /// Something was chosen that the engines are asked. Links that are older than that choice end before it.
    fn has_question(&self) -> bool {
        self.purpose.is_some() || self.host.is_some()
    }

    /// Something was chosen or said that came later than the question to the engines.
    fn has_view(&self) -> bool {
        let chosen = self.store.is_some() || self.lens.is_some() || self.program.is_some();
        chosen || self.note.is_some() || self.left_out > 0
    }

    /// A source is the text of a connection.
    fn has_hosts(&self) -> bool {
        self.sources.iter().any(|source| source.host().is_some())
    }

    /// There is more to tell of a source than its certificates.
    fn has_facts(&self) -> bool {
        self.sources.iter().any(|source| !facts::of(source).is_empty())
    }
}

fn push_certificate(bytes: &mut Vec<u8>, references: &[Reference], rest: &[u8]) {
    push_number(bytes, references.len() as u64);
    let mut end = 0;
    for Reference { position, source } in references {
        push_number(bytes, (position - end) as u64);
        push_number(bytes, *source as u64);
        end = *position;
    }
    push_octets(bytes, rest);
}

fn push_source(bytes: &mut Vec<u8>, source: &SharedSource) {
    push_octets(bytes, source.name.as_bytes());
    let chosen = ROLES.iter().filter(|(_, role)| source.roles.contains(role));
    push_number(bytes, chosen.map(|(bit, _)| bit).sum());
    push_number(bytes, source.certificates.len() as u64);
    for position in &source.certificates {
        push_number(bytes, *position as u64);
    }
}

/// What the engines are asked.
fn push_question(bytes: &mut Vec<u8>, content: &Content) {
    push_choice(bytes, &Purpose::ALL, content.purpose);
    push_octets(bytes, content.host.as_ref().map(Host::text).unwrap_or_default().as_bytes());
}

/// By what and by whom the chains are judged, and what the sender says.
fn push_view(bytes: &mut Vec<u8>, content: &Content) {
    push_choice(bytes, &StoreKind::ALL, content.store);
    push_choice(bytes, &Lens::ALL, content.lens);
    push_octets(bytes, content.program.map(Program::name).unwrap_or_default().as_bytes());
    push_octets(bytes, content.note.as_deref().unwrap_or_default().as_bytes());
    push_number(bytes, content.left_out as u64);
}

/// One for each source, empty where it is not the text of a connection.
fn push_hosts(bytes: &mut Vec<u8>, content: &Content) {
    push_number(bytes, content.sources.len() as u64);
    for source in &content.sources {
        push_octets(bytes, source.host().unwrap_or_default().as_bytes());
    }
}

/// For each source of which there is more to tell its position and the facts, each with its kind and in octets of its own.
fn push_facts(bytes: &mut Vec<u8>, content: &Content) {
    let told = content.sources.iter().map(facts::of).enumerate();
    let told: Vec<_> = told.filter(|(_, facts)| !facts.is_empty()).collect();
    push_list(bytes, &told, |bytes, (position, facts)| {
        push_number(bytes, *position as u64);
        push_list(bytes, facts, |bytes, (kind, octets)| {
            push_number(bytes, *kind);
            push_octets(bytes, octets);
        });
    });
}

fn content(reader: &mut Reader<'_>) -> Option<Content> {
    let at = Timestamp(unzigzag(reader.number()?));
    let peer = Some(reader.name()?).filter(|name| !name.is_empty());
    let certificates = key_id::put_back(reader.list(certificate)?)?;
    let mut sources = reader.list(|reader| source(reader, certificates.len()))?;
    let (purpose, host) = if reader.rest.is_empty() { (None, None) } else { question(reader)? };
    let view = if reader.rest.is_empty() { View::default() } else { view(reader)? };
    let View { store, lens, program, note, left_out } = view;
    let hosts = if reader.rest.is_empty() { Vec::new() } else { reader.list(Reader::text)? };
    if !reader.rest.is_empty() {
        reader.list(|reader| facts_of_source(reader, &mut sources))?;
    }
    for (source, host) in sources.iter_mut().zip(hosts).filter(|(_, host)| !host.is_empty()) {
        source.told.session = session_of_host(source.told.session.take(), host);
        source.told = std::mem::take(&mut source.told).bounded();
    }
    Some(Content { at, peer, purpose, host, certificates, sources, store, lens, program, note, left_out })
}

fn question(reader: &mut Reader<'_>) -> Option<(Option<Purpose>, Option<Host>)> {
    let purpose = reader.choice(&Purpose::ALL)?;
    let host = reader.text()?;
    Some((purpose, (!host.is_empty()).then(|| Host::named(&host))))
}

/// Fields of a [`Content`] that older links do not have.
#[derive(Default)]
struct View {
    store: Option<StoreKind>,
    lens: Option<Lens>,
    program: Option<Program>,
    note: Option<String>,
    left_out: usize,
}

/// A program that only a later version knows leaves the question to all of them.
fn view(reader: &mut Reader<'_>) -> Option<View> {
    Some(View {
        store: reader.choice(&StoreKind::ALL)?,
        lens: reader.choice(&Lens::ALL)?,
        program: Program::find(&reader.text()?),
        note: bounded_note(&reader.text()?),
        left_out: reader.size()?,
    })
}

/// The references to key identifiers, each by its distance from the one before, and the rest of the certificate.
fn certificate<'b>(reader: &mut Reader<'b>) -> Option<(Vec<Reference>, &'b [u8])> {
    let mut end = 0_usize;
    let references = reader.list(|reader| {
        end = end.checked_add(reader.size()?)?;
        Some(Reference { position: end, source: reader.size()? })
    })?;
    Some((references, reader.octets()?))
}

fn source(reader: &mut Reader<'_>, certificates: usize) -> Option<SharedSource> {
    reader.spend(ITEMS_OF_A_SOURCE - 1)?;
    let name = reader.name()?;
    let bits = reader.number()?;
    let roles = ROLES.iter().filter(|(bit, _)| bits & bit != 0).map(|(_, role)| *role).collect();
    let certificates = reader.list(|reader| reader.size().filter(|at| *at < certificates))?;
    Some(SharedSource { name, roles, certificates, ..SharedSource::default() })
}

/// The position of a source, and what is told of it. A kind of fact that only a later version knows is passed over.
fn facts_of_source(reader: &mut Reader<'_>, sources: &mut [SharedSource]) -> Option<()> {
    let source = sources.get_mut(reader.size()?)?;
    reader.list(|reader| {
        let kind = reader.number()?;
        facts::read(kind, &mut reader.part()?, source)
    })?;
    source.told = std::mem::take(&mut source.told).bounded();
    Some(())
}

/// How many bytes the certificates have, counted wherever they stand.
fn placed(content: &Content) -> usize {
    let positions = content.sources.iter().flat_map(|source| &source.certificates);
    let lengths = positions.filter_map(|position| content.certificates.get(*position)).map(Vec::len);
    lengths.fold(0, usize::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::facts::tests::told;
    use super::*;
    use crate::inventory::{Session, Told};

    fn source(name: &str, roles: &[Role], certificates: &[usize], host: Option<&str>) -> SharedSource {
        let session = host.and_then(|host| session_of_host(None, host.to_owned()));
        SharedSource {
            name: name.to_owned(),
            roles: roles.to_vec(),
            certificates: certificates.to_vec(),
            told: Told { session, ..Told::default() },
            ..SharedSource::default()
        }
    }

    fn content() -> Content {
        Content {
            at: Timestamp(-1),
            peer: Some("ctrl1.pem".to_owned()),
            purpose: Some(Purpose::Any),
            host: Some(Host::Ip("192.0.2.1".to_owned())),
            certificates: vec![vec![0x30; 300], vec![]],
            sources: vec![
                SharedSource {
                    file: Some("cas".to_owned()),
                    told: told(),
                    ..source("cas.pem", &[Role::Bundle], &[1, 0, 1], None)
                },
                source("ё", &[], &[], Some("example.com")),
            ],
            store: Some(StoreKind::Both),
            lens: Some(Lens::Chains),
            program: Program::find("nginx"),
            note: Some("Why does this fail?".to_owned()),
            left_out: 130,
        }
    }

    /// As a link says it that is older than the facts.
    fn without_facts() -> Content {
        let mut content = content();
        let cas = content.sources.first_mut().expect("a source");
        (cas.file, cas.told) = (None, Told::default());
        content
    }

    fn without_hosts() -> Content {
        let mut content = without_facts();
        content.sources.iter_mut().for_each(|source| source.told.session = None);
        content
    }

    /// As a link says it that is older than the last fields.
    fn without_view() -> Content {
        Content { store: None, lens: None, program: None, note: None, left_out: 0, ..without_hosts() }
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        assert_eq!(Content::from_bytes(&content().to_bytes()), Ok(content()));
        for at in [0, 1, -1, i64::MAX, i64::MIN] {
            assert_eq!(unzigzag(zigzag(at)), at);
        }
    }

    #[test]
    fn the_bytes_are_those_of_the_description() {
        let small = Content {
            at: Timestamp(100),
            peer: None,
            purpose: None,
            host: None,
            certificates: vec![vec![0x30, 0]],
            sources: vec![source("a", &[Role::Client], &[0], None)],
            ..without_view()
        };
        let bytes = [0, 200, 1, 0, 1, 0, 2, 0x30, 0, 1, 1, b'a', 4, 1, 0];
        assert_eq!(small.to_bytes(), bytes);
        let asked = Content { purpose: Some(Purpose::Server), host: Some(Host::Dns("b".to_owned())), ..small };
        assert_eq!(asked.to_bytes(), [&bytes[..], &[2, 1, b'b']].concat());
        let viewed = Content {
            purpose: None,
            host: None,
            store: Some(StoreKind::Public),
            program: Program::find("curl"),
            note: Some("n".to_owned()),
            left_out: 200,
            ..asked
        };
        let view = [2, 0, 4, b'c', b'u', b'r', b'l', 1, b'n', 200, 1];
        assert_eq!(viewed.to_bytes(), [&bytes[..], &[0, 0], &view].concat());
        let connected = Content { sources: vec![source("a", &[Role::Client], &[0], Some("h"))], ..viewed };
        assert_eq!(connected.to_bytes(), [&bytes[..], &[0, 0], &view, &[1, 1, b'h']].concat());
    }

    #[test]
    fn what_only_a_later_version_knows_is_left_to_the_facts() {
        let bytes = [0, 0, 0, 0, 0, 0, 0, 99, 99, 3, b'n', b'e', b'w', 0, 0];
        let opened = Content::from_bytes(&bytes).expect("a link");
        assert_eq!((opened.store, opened.lens, opened.program), (None, None, None));
    }

    /// A source, a kind of fact, and the fact; then the bytes of a part whose meaning a later version may know.
    #[test]
    fn facts_that_only_a_later_version_knows_are_passed_over() {
        let plain = Content { sources: vec![source("a", &[], &[], None)], certificates: Vec::new(), ..without_hosts() };
        let mut bytes = plain.to_bytes();
        bytes.extend([0, 1, 0, 3, 99, 2, 0xff, 0xff, 2, 7, 1, b'k', 99, 0, 0, 0, 0, 9, 1, 5]);
        let opened = Content::from_bytes(&bytes).expect("a link");
        assert_eq!(opened.sources[0].told, Told { left_out: 5, ..Told::default() });
        let elsewhere = [plain.to_bytes(), vec![0, 1, 1, 0]].concat();
        assert_eq!(Content::from_bytes(&elsewhere), Err(LinkError::Damaged));
    }

    #[test]
    fn what_is_told_is_bounded_whoever_wrote_it() {
        let mut huge = content();
        let told = &mut huge.sources[0].told;
        told.related[0].der = vec![0x30; 1 << 17];
        told.error_lines = vec![told.error_lines[0].clone(); 10_000];
        told.part.as_mut().expect("a part").key = "\u{451}".repeat(100_000);
        told.session = Some(Session { host: Some("$(a)".to_owned()), ..Session::default() });
        let opened = Content::from_bytes(&huge.to_bytes()).expect("a link");
        let told = &opened.sources[0].told;
        assert_eq!((told.related.len(), told.error_lines.len()), (0, crate::error_text::MAX_LINES));
        assert_eq!(told.part.as_ref().map(|part| part.key.chars().count()), Some(1_000));
        assert_eq!(opened.sources[0].host(), None);
        assert_eq!(*told, told.clone().bounded());
    }

    #[test]
    fn a_name_stays_on_one_line() {
        let mut sly = content();
        sly.sources[1].name = "a.pem\n$(b)\u{7f}".to_owned();
        sly.sources[0].told.part.as_mut().expect("a part").key = "a\r\nb".to_owned();
        let opened = Content::from_bytes(&sly.to_bytes()).expect("a link");
        assert_eq!(opened.sources[1].name, "a.pem$(b)");
        assert_eq!(opened.sources[0].told.part.as_ref().map(|part| part.key.as_str()), Some("ab"));
    }

    /// A certificate that is named in one byte wherever it stands.
    #[test]
    fn certificates_that_are_repeated_without_end_are_refused() {
        let again = source("a", &[], &[0; 10_000], None);
        let bomb = Content { certificates: vec![vec![0x30; 10_000]], sources: vec![again], ..without_hosts() };
        assert_eq!(Content::from_bytes(&bomb.to_bytes()), Err(LinkError::TooLarge));
    }

    /// Empty sources take three bytes, and empty strings of a fact one.
    #[test]
    fn small_things_without_end_are_refused() {
        let empty = Content { certificates: Vec::new(), ..without_hosts() };
        let of_sources = |count| Content { sources: vec![SharedSource::default(); count], ..empty.clone() };
        assert_eq!(Content::from_bytes(&of_sources(9_000).to_bytes()).map(|it| it.sources.len()), Ok(9_000));
        assert_eq!(Content::from_bytes(&of_sources(MAX_SOURCES + 1).to_bytes()), Err(LinkError::TooLarge));
        let mut bytes = Content { sources: vec![source("a", &[], &[], None)], ..empty }.to_bytes();
        let mut lines = Vec::new();
        push_number(&mut lines, MAX_ITEMS as u64);
        lines.resize(lines.len() + 3 * MAX_ITEMS, 0);
        // No host; of the first source one fact, its error lines.
        bytes.extend([0, 1, 0, 1, 8]);
        push_octets(&mut bytes, &lines);
        assert_eq!(Content::from_bytes(&bytes), Err(LinkError::TooLarge));
    }

    #[test]
    fn what_is_written_stays_within_the_limits_of_reading() {
        let many = source("a", &[], &[0; 10_000], None);
        let sources = vec![many, source("b", &[], &[0], None)];
        let mut content = Content { certificates: vec![vec![0x30; 1 << 20]], sources, ..without_hosts() };
        content.keep_within_limits();
        assert_eq!(content.sources[0].certificates.len(), MAX_PLACED >> 20);
        assert_eq!((content.sources[0].told.left_out, content.sources[1].told.left_out), (10_000 - 8, 1));
        assert_eq!(Content::from_bytes(&content.to_bytes()), Ok(content));
        let sources = vec![SharedSource::default(); MAX_SOURCES + 10];
        let mut content = Content { certificates: Vec::new(), sources, ..without_hosts() };
        content.keep_within_limits();
        assert_eq!(Content::from_bytes(&content.to_bytes()), Ok(content));
    }

    #[test]
    fn a_note_is_cut_off_whoever_wrote_it() {
        let long = Content { note: Some("ё".repeat(super::super::MAX_NOTE + 1)), ..content() };
        let opened = Content::from_bytes(&long.to_bytes()).expect("a link");
        assert_eq!(opened.note.map(|note| note.chars().count()), Some(super::super::MAX_NOTE));
        assert_eq!(content().with_note("  ").note, None);
    }

    #[test]
    fn a_later_version_may_append() {
        let mut bytes = content().to_bytes();
        bytes.extend_from_slice(b"more");
        assert_eq!(Content::from_bytes(&bytes), Ok(content()));
    }

    #[test]
    fn every_end_that_comes_too_early_is_damage() {
        let bytes = content().to_bytes();
        // Older links end before the question to the engines, or behind it, one without a connection before its hosts, and
        // one that tells nothing beside certificates before the facts.
        let older =
            [Content { purpose: None, host: None, ..without_view() }, without_view(), without_hosts(), without_facts()];
        for length in 0..bytes.len() {
            let ends = older.iter().find(|older| older.to_bytes().len() == length);
            let wanted = ends.cloned().ok_or(LinkError::Damaged);
            assert_eq!(Content::from_bytes(&bytes[..length]), wanted, "{length} of {}", bytes.len());
        }
    }

    #[test]
    fn other_kinds_are_unknown_and_positions_are_checked() {
        assert_eq!(Content::from_bytes(&[1, 0]), Err(LinkError::NewerVersion));
        assert_eq!(Content::from_bytes(&[0, 0, 0, 1, 0, 1, 0x30, 1, 1, b'a', 0, 1, 1]), Err(LinkError::Damaged));
        let huge = [0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        assert_eq!(Content::from_bytes(&huge), Err(LinkError::Damaged));
    }
}
