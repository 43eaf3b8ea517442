//! The corrected files of a fix, and the commands that write the same.
//!
//! A file keeps its name and its certificates, in the order that the fix gives them, as PEM. Of a Kubernetes object the
//! file is a patch that holds the corrected key alone, so that nothing secret is needed to make it.

use data_encoding::BASE64;

use super::fix::{Fix, Step};
use super::words::Speech;
use crate::certificate::{CertId, pem};
use crate::inventory::{Object, Source};
use crate::role::Chain;
use crate::shell::quoted;

/// Most certificates that a command writes out. Our own number: a larger file is downloaded.
const MOST_WRITTEN_OUT: usize = 4;

/// A corrected file, with the command that puts it in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name of the file that it replaces, or of a new one.
    pub name: String,
    /// Its whole text.
    pub text: String,
    /// The command that writes or applies it.
    pub command: String,
}

/// What the fix of a chain makes of the files.
pub(super) fn of(speech: &Speech<'_>, chain: &Chain, fix: &Fix) -> Vec<File> {
    let mut files = Vec::new();
    if fix.steps.iter().any(|step| !step.is_about_the_store()) {
        files.push(of_chain(speech, chain, &fix.chain));
    }
    if fix.steps.iter().any(Step::is_about_the_store) {
        files.extend(of_store(speech, fix));
    }
    files
}

/// The name under which the corrected chain is saved: that of its file, if the file holds nothing else.
pub(super) fn name_of_chain(speech: &Speech<'_>, chain: &Chain) -> String {
    let source = speech.inventory.sources.get(chain.source);
    let is_whole = |source: &&std::rc::Rc<Source>| {
        let all = source.certificates();
        all.len() == 1 + chain.presented.len() && source.session.is_none() && source.part.is_none()
    };
    match source.filter(is_whole) {
        Some(source) => source.name.clone(),
        None => "fullchain.pem".to_owned(),
    }
}

fn of_chain(speech: &Speech<'_>, chain: &Chain, corrected: &[CertId]) -> File {
    let object = speech.inventory.sources.get(chain.source).and_then(|source| object_of(source));
    match object {
        Some((key, object)) => patch(speech, object, key, corrected),
        None => plain(speech, &name_of_chain(speech, chain), corrected),
    }
}

/// The files of the trust store that change; a new one where the store was no file.
fn of_store(speech: &Speech<'_>, fix: &Fix) -> Vec<File> {
    let in_store = |source: &&std::rc::Rc<Source>| speech.store.files.contains(&source.name);
    let sources: Vec<&std::rc::Rc<Source>> = speech.inventory.sources.iter().filter(in_store).collect();
    let before = |source: &Source| source.certificates();
    let mut placed: Vec<CertId> = Vec::new();
    let mut files = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        let is_last = at + 1 == sources.len();
        let own = before(source);
        let others: Vec<CertId> = sources
            .iter()
            .filter(|other| !std::rc::Rc::ptr_eq(other, source))
            .flat_map(|other| before(other))
            .collect();
        let is_new = |id: &CertId| !own.contains(id) && !others.contains(id);
        // What is new goes where what it replaces stood, else to the last file.
        let loses = own.iter().any(|id| !fix.trusted.contains(id));
        let takes_new = loses || is_last;
        let after: Vec<CertId> = fix
            .trusted
            .iter()
            .copied()
            .filter(|id| !placed.contains(id) && (own.contains(id) || takes_new && is_new(id)))
            .collect();
        placed.extend(after.iter().copied().filter(|id| !own.contains(id)));
        if after != own {
            files.push(match object_of(source) {
                Some((key, object)) => patch(speech, object, key, &after),
                None => plain(speech, &source.name, &after),
            });
        }
    }
    if sources.is_empty() {
        files.push(plain(
            speech,
            "ca.pem",
            &fix.trusted.iter().copied().filter(|id| !speech.inventory.public.contains(id)).collect::<Vec<_>>(),
        ));
    }
    files
}

fn object_of(source: &Source) -> Option<(&str, &Object)> {
    let part = source.part.as_ref()?;
    Some((part.key.as_str(), part.object.as_ref()?))
}

fn plain(speech: &Speech<'_>, name: &str, certificates: &[CertId]) -> File {
    let text = pem_of(speech, certificates);
    let command = match certificates.len() {
        0..=MOST_WRITTEN_OUT => format!("cat > {} <<'END'\n{text}END", quoted(name)),
        _ => format!("# Save the corrected file as {}", quoted(name)),
    };
    File { name: name.to_owned(), text, command }
}

/// A merge patch (RFC 7396) of a Secret or ConfigMap, which `kubectl patch` takes.
fn patch(speech: &Speech<'_>, object: &Object, key: &str, certificates: &[CertId]) -> File {
    let pem = pem_of(speech, certificates);
    let name = object.name.as_deref().unwrap_or("NAME");
    let namespace = object.namespace.as_deref().unwrap_or("default");
    let head =
        format!("apiVersion: v1\nkind: {}\nmetadata:\n  name: {name}\n  namespace: {namespace}\ndata:\n", object.kind);
    let value = match object.kind.as_str() {
        "Secret" => format!("  {key}: {}\n", BASE64.encode(pem.as_bytes())),
        _ => format!("  {key}: |\n{}", pem.lines().map(|line| format!("    {line}\n")).collect::<String>()),
    };
    let file = format!("{name}-patch.yaml");
    let command = format!(
        "kubectl patch {} {} -n {} --type merge --patch-file {}",
        object.kind.to_ascii_lowercase(),
        quoted(name),
        quoted(namespace),
        quoted(&file)
    );
    File { name: file, text: head + &value, command }
}

fn pem_of(speech: &Speech<'_>, certificates: &[CertId]) -> String {
    certificates.iter().filter_map(|id| speech.certificate(*id)).map(|it| pem::encode(&it.der)).collect()
}
