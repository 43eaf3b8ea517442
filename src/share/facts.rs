//! What is told of a source beside its certificates, as bytes: each kind of fact in octets of its own, so that a program
//! passes over the kinds that it does not know.

use super::SharedSource;
use super::bytes::{Reader, push_choice, push_list, push_number, push_octets, push_option, unzigzag, zigzag};
use super::numbers::{self, JAVA, MEANINGS, PROBLEMS, RELATED, REPAIRS};
use crate::certificate::CertId;
use crate::inventory::{
    CertificateClaim, Forwarded, HeaderForm, KeystoreEntry, LoadedBy, Loading, LoadingFault, Object, Place, Related,
    Session, SourcePart, ToldBlock, ToldLine, ToldProblem,
};
use crate::loader::Loader;
use crate::time::Timestamp;

const FILE: u64 = 1;
const PART: u64 = 2;
const SESSION: u64 = 3;
const BLOCKS: u64 = 4;
const PROBLEMS_OF_SOURCE: u64 = 5;
const RELATED_OF_SOURCE: u64 = 6;
const LOADING: u64 = 7;
const ERROR_LINES: u64 = 8;
const LEFT_OUT: u64 = 9;

/// The bits of what a loader does not take.
const IS_REFUSAL: u64 = 1;
const IS_OF_THE_FORM: u64 = 2;

/// The facts of a source by their kinds; none where its certificates, name and roles say everything.
pub(super) fn of(source: &SharedSource) -> Vec<(u64, Vec<u8>)> {
    let told = &source.told;
    let mut facts = Vec::new();
    let mut add = |kind: u64, is_there: bool, push: &dyn Fn(&mut Vec<u8>)| {
        if is_there {
            let mut octets = Vec::new();
            push(&mut octets);
            facts.push((kind, octets));
        }
    };
    add(FILE, source.file.is_some(), &|bytes| push_text(bytes, source.file.as_deref().unwrap_or_default()));
    add(PART, told.part.is_some(), &|bytes| told.part.iter().for_each(|part| push_part(bytes, part)));
    // A host alone makes a session.
    let is_session = told.session.as_ref().is_some_and(|it| it.host.is_none() || it.sent.is_some());
    let sent = told.session.as_ref().and_then(|session| session.sent);
    add(SESSION, is_session, &|bytes| push_option(bytes, sent, push_size));
    add(BLOCKS, !told.blocks.is_empty(), &|bytes| push_list(bytes, &told.blocks, push_block));
    add(PROBLEMS_OF_SOURCE, !told.problems.is_empty(), &|bytes| push_list(bytes, &told.problems, push_problem));
    add(RELATED_OF_SOURCE, !told.related.is_empty(), &|bytes| push_list(bytes, &told.related, push_related));
    add(LOADING, told.loading.is_some(), &|bytes| told.loading.iter().for_each(|it| push_loading(bytes, it)));
    add(ERROR_LINES, !told.error_lines.is_empty(), &|bytes| push_list(bytes, &told.error_lines, push_line));
    add(LEFT_OUT, told.left_out > 0, &|bytes| push_size(bytes, told.left_out));
    facts
}

/// Adds a fact of a kind to a source; `None` if it ends too early.
pub(super) fn read(kind: u64, reader: &mut Reader<'_>, source: &mut SharedSource) -> Option<()> {
    let told = &mut source.told;
    match kind {
        FILE => source.file = Some(reader.name()?),
        PART => told.part = part(reader)?,
        SESSION => told.session = Some(Session { sent: reader.option(Reader::size)?, ..Session::default() }),
        BLOCKS => told.blocks = reader.list(block)?,
        PROBLEMS_OF_SOURCE => told.problems = known(reader.list(problem)?),
        RELATED_OF_SOURCE => told.related = known(reader.list(related)?),
        LOADING => told.loading = Some(loading(reader)?),
        ERROR_LINES => told.error_lines = reader.list(line)?,
        LEFT_OUT => told.left_out = reader.size()?,
        _ => {}
    }
    Some(())
}

/// Without what only a later version knows.
fn known<T>(items: Vec<Option<T>>) -> Vec<T> {
    items.into_iter().flatten().collect()
}

fn push_text(bytes: &mut Vec<u8>, text: &str) {
    push_octets(bytes, text.as_bytes());
}

fn push_size(bytes: &mut Vec<u8>, size: usize) {
    push_number(bytes, size as u64);
}

fn push_instant(bytes: &mut Vec<u8>, at: Timestamp) {
    push_number(bytes, zigzag(at.0));
}

fn instant(reader: &mut Reader<'_>) -> Option<Timestamp> {
    reader.number().map(|at| Timestamp(unzigzag(at)))
}

fn push_part(bytes: &mut Vec<u8>, part: &SourcePart) {
    push_text(bytes, &part.key);
    push_choice(bytes, &MEANINGS, Some(part.meaning));
    push_option(bytes, part.object.as_ref(), |bytes, object| {
        push_text(bytes, &object.kind);
        push_option(bytes, object.name.as_deref(), push_text);
        push_option(bytes, object.namespace.as_deref(), push_text);
    });
    push_list(bytes, &part.pointers, |bytes, pointer| push_text(bytes, pointer));
    push_option(bytes, part.shadowed_by.as_deref(), push_text);
    push_option(bytes, part.forwarded.as_ref(), push_forwarded);
}

/// A part whose meaning only a later version knows is none.
fn part(reader: &mut Reader<'_>) -> Option<Option<SourcePart>> {
    let (key, meaning) = (reader.text()?, reader.choice(&MEANINGS)?);
    let object = reader.option(|reader| {
        let kind = reader.text()?;
        Some(Object { kind, name: reader.option(Reader::text)?, namespace: reader.option(Reader::text)? })
    })?;
    let pointers = reader.list(Reader::text)?;
    let shadowed_by = reader.option(Reader::text)?;
    let forwarded = reader.option(forwarded)?.flatten();
    Some(meaning.map(|meaning| SourcePart { key, meaning, object, pointers, shadowed_by, forwarded }))
}

fn push_forwarded(bytes: &mut Vec<u8>, forwarded: &Forwarded) {
    push_choice(bytes, &HeaderForm::ALL, Some(forwarded.form));
    push_number(bytes, u64::from(forwarded.rounds));
    let CertificateClaim { sha256, serial, not_before, not_after, names } = &forwarded.claim;
    push_option(bytes, sha256.as_ref(), |bytes, digest| push_octets(bytes, digest));
    push_option(bytes, serial.as_ref(), |bytes, serial| push_octets(bytes, serial));
    push_option(bytes, *not_before, push_instant);
    push_option(bytes, *not_after, push_instant);
    push_option(bytes, names.as_ref(), |bytes, names| push_list(bytes, names, |bytes, name| push_text(bytes, name)));
}

fn forwarded(reader: &mut Reader<'_>) -> Option<Option<Forwarded>> {
    let form = reader.choice(&HeaderForm::ALL)?;
    let rounds = u8::try_from(reader.number()?).ok()?;
    let claim = CertificateClaim {
        sha256: reader.option(|reader| reader.octets()?.try_into().ok())?,
        serial: reader.option(|reader| reader.octets().map(<[u8]>::to_vec))?,
        not_before: reader.option(instant)?,
        not_after: reader.option(instant)?,
        names: reader.option(|reader| reader.list(Reader::text))?,
    };
    Some(form.map(|form| Forwarded { form, rounds, claim }))
}

fn push_block(bytes: &mut Vec<u8>, block: &ToldBlock) {
    push_list(bytes, &block.repairs, |bytes, repair| push_choice(bytes, &REPAIRS, Some(*repair)));
    push_option(bytes, block.entry.as_ref(), |bytes, entry| {
        push_option(bytes, entry.alias.as_deref(), push_text);
        push_choice(bytes, &JAVA, Some(entry.java));
    });
}

fn block(reader: &mut Reader<'_>) -> Option<ToldBlock> {
    let repairs = known(reader.list(|reader| reader.choice(&REPAIRS))?);
    let entry = reader.option(|reader| Some((reader.option(Reader::text)?, reader.choice(&JAVA)?)))?;
    let entry = entry.and_then(|(alias, java)| java.map(|java| KeystoreEntry { alias, java }));
    Some(ToldBlock { repairs, entry })
}

fn push_place(bytes: &mut Vec<u8>, place: &Place) {
    for number in [place.line, place.bytes.start, place.bytes.len(), place.ordinal] {
        push_size(bytes, number);
    }
}

fn place(reader: &mut Reader<'_>) -> Option<Place> {
    let (line, start, length) = (reader.size()?, reader.size()?, reader.size()?);
    Some(Place { line, bytes: start..start.checked_add(length)?, ordinal: reader.size()? })
}

fn push_problem(bytes: &mut Vec<u8>, problem: &ToldProblem) {
    push_place(bytes, &problem.place);
    push_choice(bytes, &PROBLEMS, Some(problem.kind));
}

fn problem(reader: &mut Reader<'_>) -> Option<Option<ToldProblem>> {
    let place = place(reader)?;
    Some(reader.choice(&PROBLEMS)?.map(|kind| ToldProblem { place, kind }))
}

fn push_related(bytes: &mut Vec<u8>, related: &Related) {
    push_place(bytes, &related.place);
    push_choice(bytes, &RELATED, Some(related.kind));
    push_octets(bytes, &related.der);
}

fn related(reader: &mut Reader<'_>) -> Option<Option<Related>> {
    let (place, kind) = (place(reader)?, reader.choice(&RELATED)?);
    let der = reader.octets()?.to_vec();
    Some(kind.map(|kind| Related { place, kind, der }))
}

fn push_loading(bytes: &mut Vec<u8>, loading: &Loading) {
    push_size(bytes, loading.there);
    push_list(bytes, &loading.by_loader, |bytes, loaded| {
        push_choice(bytes, &Loader::ALL, Some(loaded.loader));
        push_list(bytes, &loaded.certificates, |bytes, position| push_size(bytes, position.0));
        push_option(bytes, loaded.fault.as_ref(), push_fault);
    });
}

fn loading(reader: &mut Reader<'_>) -> Option<Loading> {
    let there = reader.size()?;
    let by_loader = reader.list(|reader| {
        let loader = reader.choice(&Loader::ALL)?;
        let certificates = reader.list(|reader| reader.size().map(CertId))?;
        let fault = reader.option(fault)?;
        // Half of what is told of a loader would say something else.
        let fault = fault.map_or(Some(None), |fault| fault.map(Some));
        Some(loader.zip(fault).map(|(loader, fault)| LoadedBy { loader, certificates, fault }))
    })?;
    Some(Loading { there, by_loader: known(by_loader) })
}

fn push_fault(bytes: &mut Vec<u8>, fault: &LoadingFault) {
    push_option(bytes, fault.line, push_size);
    let (number, more) = numbers::of_reason(&fault.reason);
    push_number(bytes, number);
    push_number(bytes, more);
    let bits = [(fault.is_refusal, IS_REFUSAL), (fault.is_of_the_form, IS_OF_THE_FORM)];
    push_number(bytes, bits.iter().filter(|(is_set, _)| *is_set).map(|(_, bit)| bit).sum());
    push_text(bytes, &fault.words);
}

fn fault(reader: &mut Reader<'_>) -> Option<Option<LoadingFault>> {
    let line = reader.option(Reader::size)?;
    let reason = numbers::reason(reader.number()?, reader.number()?);
    let bits = reader.number()?;
    let words = reader.text()?;
    let (is_refusal, is_of_the_form) = (bits & IS_REFUSAL != 0, bits & IS_OF_THE_FORM != 0);
    Some(reason.map(|reason| LoadingFault { line, reason, is_refusal, is_of_the_form, words }))
}

fn push_line(bytes: &mut Vec<u8>, line: &ToldLine) {
    push_size(bytes, line.line);
    push_size(bytes, line.times);
    push_text(bytes, &line.words);
}

fn line(reader: &mut Reader<'_>) -> Option<ToldLine> {
    Some(ToldLine { line: reader.size()?, times: reader.size()?, words: reader.text()? })
}

#[cfg(test)]
pub(super) mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::inventory::{JavaEntry, Meaning, ProblemKind, RelatedKind, Repair, Told};
    use crate::loader::{BadBase64, Reason};
    use crate::share::bytes::MAX_ITEMS;

    /// One of everything.
    pub(in crate::share) fn told() -> Told {
        let place = Place { line: 3, bytes: 40..900, ordinal: 2 };
        let names = Some(vec!["a.example".to_owned()]);
        let (sha256, serial, not_after) = (Some([7; 32]), Some(vec![1, 2]), Some(Timestamp(-5)));
        let claim = CertificateClaim { sha256, serial, not_before: None, not_after, names };
        let part = SourcePart {
            key: "ca.crt".to_owned(),
            meaning: Meaning::TrustedByDefault,
            object: Some(Object { kind: "Secret".to_owned(), name: Some("ca".to_owned()), namespace: None }),
            pointers: vec!["/a/0".to_owned()],
            shadowed_by: Some("tls.ca".to_owned()),
            forwarded: Some(Forwarded { form: HeaderForm::Envoy, rounds: 2, claim }),
        };
        let entry = KeystoreEntry { alias: Some("my root".to_owned()), java: JavaEntry::Nothing };
        let block = ToldBlock { repairs: vec![Repair::Utf16, Repair::TrailingBytes], entry: Some(entry) };
        let reason = Reason::Base64(BadBase64::Octet(b'!'));
        let words = "asn1: syntax error".to_owned();
        let fault = LoadingFault { line: Some(4), reason, is_refusal: true, is_of_the_form: true, words };
        let loaded = |loader, fault| LoadedBy { loader, certificates: vec![CertId(0), CertId(1)], fault };
        let by_loader = vec![loaded(Loader::GoAppend, Some(fault)), loaded(Loader::X509Parser, None)];
        Told {
            part: Some(part),
            session: Some(Session { sent: Some(3), ..Session::default() }),
            blocks: vec![ToldBlock::default(), block],
            problems: vec![ToldProblem { place: place.clone(), kind: ProblemKind::PasswordNeeded }],
            related: vec![Related { place, kind: RelatedKind::RevocationList, der: vec![0x30, 0] }],
            loading: Some(Loading { there: 2, by_loader }),
            error_lines: vec![ToldLine { line: 9, times: 2, words: "EOF".to_owned() }],
            left_out: 130,
        }
    }

    #[test]
    fn every_fact_is_read_as_it_was_written() {
        let source = SharedSource { file: Some("a.yaml".to_owned()), told: told(), ..SharedSource::default() };
        let mut read = SharedSource::default();
        let facts = of(&source);
        assert_eq!(facts.len(), 9);
        for (kind, octets) in &facts {
            let items = Cell::new(MAX_ITEMS);
            super::read(*kind, &mut Reader::new(octets, &items), &mut read).expect("a fact");
            // Each of them ends where it says.
            for end in 0..octets.len() {
                assert_eq!(
                    super::read(*kind, &mut Reader::new(&octets[..end], &items), &mut SharedSource::default()),
                    None,
                    "{kind}"
                );
            }
        }
        assert_eq!(read, source);
        assert_eq!(of(&SharedSource::default()), []);
    }
}
