//! The corrected files of a fix, and the commands that write the same.
//!
//! A file keeps its name and its certificates, in the order that the fix gives them, as PEM. Of a Kubernetes object the
//! file is a patch that holds the corrected key alone, so that nothing secret is needed to make it. What stands in a text
//! of another kind (a kubeconfig, a session) is corrected in a new file, never in the place of that text.

use std::rc::Rc;

use data_encoding::BASE64;

use super::fix::{Fix, Step};
use super::words::Speech;
use crate::certificate::{CertId, pem};
use crate::inventory::{Meaning, Object, Source, SourcePart};
use crate::role::Chain;
use crate::shell::quoted;

/// Most certificates that a command writes out. Our own number: a larger file is downloaded.
const MOST_WRITTEN_OUT: usize = 4;

/// What a corrected chain is called that has no file of its own.
const NEW_CHAIN: &str = "fullchain.pem";

/// What a trust store is called that nobody gave.
const NEW_STORE: &str = "ca.pem";

/// A corrected file, with the command that puts it in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name of the file that it replaces, or of a new one.
    pub name: String,
    /// Its whole text.
    pub text: String,
    /// The name of the file in whose place it stands; `None` for a new one.
    pub replaces: Option<String>,
    /// The command that writes or applies it.
    pub command: String,
}

/// What the fix of a chain makes of the files.
#[derive(Default)]
pub(super) struct Corrected {
    /// The corrected files.
    pub(super) files: Vec<File>,
    /// The names of those that can be written only from their originals: a link leaves out a part of them.
    pub(super) from_originals: Vec<String>,
}

impl Corrected {
    fn add(&mut self, source: &Source, file: Option<File>) {
        match file {
            Some(file) => self.files.push(file),
            None => self.from_originals.push(source.file.clone()),
        }
    }
}

/// What the fix of a chain makes of the files.
pub(super) fn of(speech: &Speech<'_>, chain: &Chain, fix: &Fix) -> Corrected {
    let writer = Writer { speech };
    let mut corrected = Corrected::default();
    if fix.steps.iter().any(|step| !step.is_about_the_store()) {
        writer.chain(chain, &fix.chain, &mut corrected);
    }
    if fix.steps.iter().any(Step::is_about_the_store) {
        writer.store(fix, &mut corrected);
    }
    corrected
}

/// The certificates of a source in a file that every program reads.
pub(super) fn mended(speech: &Speech<'_>, source: usize) -> Option<File> {
    let source = speech.inventory.sources.get(source)?;
    let is_trusted = source.part.as_ref().is_some_and(|part| part.meaning == Meaning::Trusted);
    let new = if is_trusted { NEW_STORE } else { NEW_CHAIN };
    Writer { speech }.corrected(source, new, &source.certificates())
}

/// The name under which the corrected chain is saved: that of its file, if the file holds nothing else.
pub(super) fn name_of_chain(speech: &Speech<'_>, chain: &Chain) -> String {
    let source = speech.inventory.sources.get(chain.source).filter(|source| holds_only(source, chain));
    source.filter(|source| is_file_of_certificates(source)).map_or(NEW_CHAIN.to_owned(), |source| source.file.clone())
}

/// Whether the input is a file of certificates, which may be written anew.
fn is_file_of_certificates(source: &Source) -> bool {
    source.part.is_none() && source.session.is_none()
}

/// Whether a source holds this chain and no other certificate.
fn holds_only(source: &Source, chain: &Chain) -> bool {
    source.certificates().len() == 1 + chain.presented.len()
}

struct Writer<'a> {
    speech: &'a Speech<'a>,
}

impl Writer<'_> {
    /// The corrected chain, in the place of its file if that holds nothing else.
    fn chain(&self, chain: &Chain, certificates: &[CertId], corrected: &mut Corrected) {
        let source = self.speech.inventory.sources.get(chain.source);
        match source.filter(|source| holds_only(source, chain)) {
            Some(source) => corrected.add(source, self.corrected(source, NEW_CHAIN, certificates)),
            None => corrected.files.push(self.plain(NEW_CHAIN, None, certificates)),
        }
    }

    /// The files of the trust store that change; a new one where nobody gave a file.
    fn store(&self, fix: &Fix, corrected: &mut Corrected) {
        let given: Vec<CertId> = fix
            .trusted
            .iter()
            .copied()
            .filter(|id| !self.speech.store.certificates.contains(id) || self.is_given(*id))
            .collect();
        let sources = self.trusted_sources();
        let Some(last) = sources.last() else { return corrected.files.push(self.plain(NEW_STORE, None, &given)) };
        let all: Vec<CertId> = sources.iter().flat_map(|source| source.certificates()).collect();
        let mut new: Vec<CertId> = given.iter().copied().filter(|id| !all.contains(id)).collect();
        for source in &sources {
            let before = source.certificates();
            let mut after: Vec<CertId> = before.iter().copied().filter(|id| given.contains(id)).collect();
            // What is new stands where something was taken away, else at the end of the last file.
            if after.len() < before.len() || Rc::ptr_eq(source, last) {
                after.append(&mut new);
            }
            if after != before {
                corrected.add(source, self.corrected(source, NEW_STORE, &after));
            }
        }
    }

    fn is_given(&self, id: CertId) -> bool {
        self.trusted_sources().iter().any(|source| source.certificates().contains(&id))
    }

    fn trusted_sources(&self) -> Vec<&Rc<Source>> {
        let is_trusted = |source: &&Rc<Source>| self.speech.store.files.contains(&source.name);
        self.speech.inventory.sources.iter().filter(is_trusted).collect()
    }

    /// The file that corrects a source; `new` is its name where it cannot take the place of the source's own. `None` where
    /// not all of the source is at hand.
    fn corrected(&self, source: &Source, new: &str, certificates: &[CertId]) -> Option<File> {
        if source.left_out > 0 {
            return None;
        }
        let Some(part) = &source.part else {
            let name = if is_file_of_certificates(source) { &source.file } else { new };
            return Some(self.plain(name, Some(&source.file), certificates));
        };
        Some(match &part.object {
            Some(object) if HOLD_FILES.contains(&object.kind.as_str()) => {
                self.merge_patch(source, object, certificates)
            }
            Some(object) if !part.pointers.is_empty() => self.json_patch(source, part, object, certificates),
            _ => self.beside(source, part, new, certificates),
        })
    }

    /// A file of its own for what stands under a key of another text.
    fn beside(&self, source: &Source, part: &SourcePart, name: &str, certificates: &[CertId]) -> File {
        let is_alone = self.speech.inventory.sources.iter().filter(|it| it.input == source.input).count() == 1;
        let file = self.plain(name, Some(source.file.as_str()).filter(|_| is_alone), certificates);
        if source.session.is_some() {
            return file;
        }
        if let Some(entry) = source.placements.first().and_then(|placement| placement.entry.as_ref()) {
            let alias = quoted(entry.alias.as_deref().unwrap_or("ca"));
            let import =
                format!("keytool -importcert -noprompt -alias {alias} -file {} -keystore truststore.p12", quoted(name));
            return File { command: format!("{}\n{import}", file.command), ..file };
        }
        let place =
            format!("# Put what {} holds in the place of {} in {}.", quoted(name), part.key, quoted(&source.file));
        File { command: format!("{}\n{place}", file.command), ..file }
    }

    fn plain(&self, name: &str, replaces: Option<&str>, certificates: &[CertId]) -> File {
        let text = self.pem(certificates);
        let command = match certificates.len() {
            0..=MOST_WRITTEN_OUT => format!("cat > {} <<'END'\n{text}END", quoted(name)),
            _ => format!("# Save the corrected file as {}.", quoted(name)),
        };
        File { name: name.to_owned(), text, replaces: replaces.map(str::to_owned), command }
    }

    /// A merge patch (RFC 7396) of a Secret or ConfigMap, which `kubectl patch` takes: its keys with certificates, of
    /// which one is corrected.
    fn merge_patch(&self, corrected: &Source, object: &Object, certificates: &[CertId]) -> File {
        let name = object.name.as_deref().unwrap_or(NO_NAME);
        let namespace = object.namespace.as_deref().unwrap_or("default");
        let kind = &object.kind;
        let mut text =
            format!("apiVersion: v1\nkind: {kind}\nmetadata:\n  name: {name}\n  namespace: {namespace}\ndata:\n");
        for (source, part) in self.parts_of(corrected, object) {
            let certificates =
                if source.name == corrected.name { certificates.to_vec() } else { source.certificates() };
            text.push_str(&entry(kind, &part.key, &self.pem(&certificates)));
        }
        patch(corrected, object, "merge", text)
    }

    /// The sources of one object, the corrected one among them; a merge patch leaves the keys that it does not name.
    fn parts_of(&self, corrected: &Source, object: &Object) -> Vec<(&Source, &SourcePart)> {
        let of_input = self.speech.inventory.sources.iter().filter(|source| source.input == corrected.input);
        let parts = of_input.filter_map(|source| Some((&**source, source.part.as_ref()?)));
        parts.filter(|(source, part)| part.object.as_ref() == Some(object) && source.left_out == 0).collect()
    }

    /// A JSON patch (RFC 6902), written as YAML, of the field of any other object: the only patch that `kubectl` takes for
    /// every kind and that reaches into a list.
    fn json_patch(&self, source: &Source, part: &SourcePart, object: &Object, certificates: &[CertId]) -> File {
        let value = field(&part.key, &self.pem(certificates));
        let operation =
            |pointer: &String| format!("- op: replace\n  path: '{}'\n  value: {value}\n", pointer.replace('\'', "''"));
        patch(source, object, "json", part.pointers.iter().map(operation).collect())
    }

    fn pem(&self, certificates: &[CertId]) -> String {
        certificates.iter().filter_map(|id| self.speech.certificate(*id)).map(|it| pem::encode(&it.der)).collect()
    }
}

/// What stands for the name of an object that gives none.
const NO_NAME: &str = "NAME";

/// Objects whose keys under `data` are files.
const HOLD_FILES: [&str; 2] = ["Secret", "ConfigMap"];

/// A patch of an object, with the command that applies it.
fn patch(source: &Source, object: &Object, form: &str, text: String) -> File {
    let name = object.name.as_deref().unwrap_or(NO_NAME);
    let file = format!("{name}-patch.yaml");
    let is_of_namespace = object.namespace.is_some() || HOLD_FILES.contains(&object.kind.as_str());
    let namespace = object.namespace.as_deref().unwrap_or("default");
    let kind = object.kind.to_ascii_lowercase();
    let [kind, quoted_name, namespace, quoted_file] = [&kind, name, namespace, &file].map(quoted);
    let namespace = if is_of_namespace { format!(" -n {namespace}") } else { String::new() };
    let command = format!("kubectl patch {kind} {quoted_name}{namespace} --type {form} --patch-file {quoted_file}");
    File { name: file, text, replaces: Some(source.file.clone()), command }
}

/// A key of `data`: base64 in a Secret, text in a ConfigMap.
fn entry(kind: &str, key: &str, pem: &str) -> String {
    match kind {
        "Secret" => format!("  {key}: {}\n", BASE64.encode(pem.as_bytes())),
        _ => format!("  {key}: |\n{}", indented(pem)),
    }
}

/// The value of a field: a `caBundle` is base64 of PEM (`admissionregistration.k8s.io`), trust-manager's fields are text.
fn field(key: &str, pem: &str) -> String {
    match key {
        "caBundle" => BASE64.encode(pem.as_bytes()),
        _ => format!("|\n{}", indented(pem).trim_end()),
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}
