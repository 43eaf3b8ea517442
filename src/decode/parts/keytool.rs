//! What `keytool -list -rfc` prints: the entries of a keystore with their aliases, each with its PEM (JDK,
//! `sun.security.tools.keytool.Main.doPrintEntry`). The words around are those of the user's language; the types are not.

use std::ops::Range;

use super::{Claims, Meaning, Part, lines};
use crate::decode::keystore::{JavaEntry, KeystoreEntry, TRUSTED};
use crate::decode::layer::Layer;

/// Types of entries, with what stands in one. Before Java 5 the second was called as the third is.
const TYPES: [(&str, JavaEntry); 3] =
    [(TRUSTED, JavaEntry::Trusted), ("PrivateKeyEntry", JavaEntry::Chain), ("keyEntry", JavaEntry::Chain)];

/// Lines from the one with the alias to the one with the type; the date of creation stands between.
const LINES_ABOVE_TYPE: usize = 2;

/// An entry: what stands in it, and where.
struct Entry {
    entry: KeystoreEntry,
    stretch: Range<usize>,
}

/// Claims the entries of a list.
pub(super) fn read(layer: &Layer<'_>, claims: &mut Claims) {
    let mut trusted = Vec::new();
    for Entry { entry, stretch } in entries(&layer.bytes) {
        if entry.java == JavaEntry::Trusted {
            trusted.push(stretch.clone());
        } else {
            let alias = entry.alias.clone().unwrap_or_default();
            claims.add(layer, Part::new(&alias, Meaning::Chain, vec![stretch.clone()]));
        }
        claims.entry(layer, stretch, entry);
    }
    claims.add(layer, Part::new(TRUSTED, Meaning::Trusted, trusted));
}

/// The entries of a text, each up to the alias of the next.
fn entries(bytes: &[u8]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut above: Vec<Range<usize>> = Vec::new();
    for line in lines::trimmed_lines(bytes, 0..bytes.len()) {
        let text = lines::slice(bytes, &line);
        let java = TYPES.iter().find(|(kind, _)| value(text) == Some(kind.as_bytes())).map(|(_, java)| *java);
        let alias = above.len().checked_sub(LINES_ABOVE_TYPE).and_then(|at| above.get(at));
        if let Some((java, alias_line)) = java.zip(alias.cloned()) {
            let alias = value(lines::slice(bytes, &alias_line)).map(|it| String::from_utf8_lossy(it).into_owned());
            entries.iter_mut().last().into_iter().for_each(|before| before.stretch.end = alias_line.start);
            entries.push(Entry { entry: KeystoreEntry { alias, java }, stretch: alias_line.start..bytes.len() });
        }
        above.push(line);
        if above.len() > LINES_ABOVE_TYPE {
            above.remove(0);
        }
    }
    entries
}

/// What stands behind the colon.
fn value(line: &[u8]) -> Option<&[u8]> {
    let colon = line.windows(2).position(|window| window == b": ")?;
    line.get(colon + 2..).map(<[u8]>::trim_ascii)
}
