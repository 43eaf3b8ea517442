//! The corrected files of a fix, and the commands that write the same.
//!
//! A file keeps its name and its certificates, in the order that the fix gives them, as PEM. Of a Kubernetes object the
//! file is a patch that holds the corrected key alone, so that nothing secret is needed to make it.

use std::rc::Rc;

use data_encoding::BASE64;

use super::fix::{Fix, Step};
use super::words::Speech;
use crate::certificate::{CertId, pem};
use crate::inventory::{Object, Source};
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
pub(super) fn of(speech: &Speech<'_>, chain: &Chain, fix: &Fix) -> Vec<File> {
    let writer = Writer { speech };
    let mut files = Vec::new();
    if fix.steps.iter().any(|step| !step.is_about_the_store()) {
        files.push(writer.chain(chain, &fix.chain));
    }
    if fix.steps.iter().any(Step::is_about_the_store) {
        files.extend(writer.store(fix));
    }
    files
}

/// The name under which the corrected chain is saved: that of its file, if the file holds nothing else.
pub(super) fn name_of_chain(speech: &Speech<'_>, chain: &Chain) -> String {
    let source = speech.inventory.sources.get(chain.source).filter(|source| holds_only(source, chain));
    source.filter(|source| source.session.is_none()).map_or(NEW_CHAIN.to_owned(), |source| source.file.clone())
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
    fn chain(&self, chain: &Chain, corrected: &[CertId]) -> File {
        let source = self.speech.inventory.sources.get(chain.source);
        let Some(source) = source.filter(|source| holds_only(source, chain)) else {
            return self.plain(NEW_CHAIN, None, corrected);
        };
        match object_of(source) {
            Some(object) => self.patch(source, object, corrected),
            None => self.plain(&name_of_chain(self.speech, chain), Some(&source.file), corrected),
        }
    }

    /// The files of the trust store that change; a new one where nobody gave a file.
    fn store(&self, fix: &Fix) -> Vec<File> {
        let given: Vec<CertId> = fix
            .trusted
            .iter()
            .copied()
            .filter(|id| !self.speech.store.certificates.contains(id) || self.is_given(*id))
            .collect();
        let sources = self.trusted_sources();
        let Some(last) = sources.last() else { return vec![self.plain(NEW_STORE, None, &given)] };
        let all: Vec<CertId> = sources.iter().flat_map(|source| source.certificates()).collect();
        let mut new: Vec<CertId> = given.iter().copied().filter(|id| !all.contains(id)).collect();
        let mut files = Vec::new();
        for source in &sources {
            let before = source.certificates();
            let mut after: Vec<CertId> = before.iter().copied().filter(|id| given.contains(id)).collect();
            // What is new stands where something was taken away, else at the end of the last file.
            if after.len() < before.len() || Rc::ptr_eq(source, last) {
                after.append(&mut new);
            }
            if after != before {
                files.push(match object_of(source) {
                    Some(object) => self.patch(source, object, &after),
                    None => self.plain(&source.file, Some(&source.file), &after),
                });
            }
        }
        files
    }

    fn is_given(&self, id: CertId) -> bool {
        self.trusted_sources().iter().any(|source| source.certificates().contains(&id))
    }

    fn trusted_sources(&self) -> Vec<&Rc<Source>> {
        let is_trusted = |source: &&Rc<Source>| self.speech.store.files.contains(&source.name);
        self.speech.inventory.sources.iter().filter(is_trusted).collect()
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
    fn patch(&self, corrected: &Source, object: &Object, certificates: &[CertId]) -> File {
        let name = object.name.as_deref().unwrap_or("NAME");
        let namespace = object.namespace.as_deref().unwrap_or("default");
        let kind = &object.kind;
        let mut text =
            format!("apiVersion: v1\nkind: {kind}\nmetadata:\n  name: {name}\n  namespace: {namespace}\ndata:\n");
        let of_object = self.speech.inventory.sources.iter().filter(|source| source.input == corrected.input);
        for source in of_object.filter(|source| object_of(source) == Some(object)) {
            let certificates =
                if source.name == corrected.name { certificates.to_vec() } else { source.certificates() };
            let key = source.part.as_ref().map(|part| part.key.as_str()).unwrap_or_default();
            text.push_str(&entry(kind, key, &self.pem(&certificates)));
        }
        let file = format!("{name}-patch.yaml");
        let [name, namespace, patch] = [name, namespace, &file].map(quoted);
        let kind = kind.to_ascii_lowercase();
        let command = format!("kubectl patch {kind} {name} -n {namespace} --type merge --patch-file {patch}");
        File { name: file, text, replaces: Some(corrected.file.clone()), command }
    }

    fn pem(&self, certificates: &[CertId]) -> String {
        certificates.iter().filter_map(|id| self.speech.certificate(*id)).map(|it| pem::encode(&it.der)).collect()
    }
}

/// The Secret or ConfigMap in which a source stands. Other objects hold certificates deeper than a patch of `data` reaches.
fn object_of(source: &Source) -> Option<&Object> {
    let object = source.part.as_ref()?.object.as_ref()?;
    ["Secret", "ConfigMap"].contains(&object.kind.as_str()).then_some(object)
}

/// A key of `data`: base64 in a Secret, text in a ConfigMap.
fn entry(kind: &str, key: &str, pem: &str) -> String {
    match kind {
        "Secret" => format!("  {key}: {}\n", BASE64.encode(pem.as_bytes())),
        _ => format!("  {key}: |\n{}", pem.lines().map(|line| format!("    {line}\n")).collect::<String>()),
    }
}
