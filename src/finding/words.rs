//! Small parts of sentences: names, lists, numbers.

use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection::Gather as _;
use crate::divergence::PeerPools;
use crate::encoding::hex;

/// Most items that a sentence lists; the rest is counted.
const LISTED: usize = 5;

/// What people call a certificate: the telling part of its subject, with the start of its SHA-256 where another
/// certificate of the input has the same name.
pub(super) fn name(analysis: &Analysis<'_>, id: CertId) -> String {
    let Some(certificate) = analysis.graph.certificate(id) else {
        return String::new();
    };
    let name = certificate.short_name();
    let others = analysis.graph.certificates.iter().enumerate().filter(|(index, _)| *index != id.0);
    if others.map(|(_, other)| other.short_name()).any(|other| other == name) {
        let digest = hex(certificate.sha256.get(..4).unwrap_or_default());
        return format!("{name} (SHA-256 {digest}…)");
    }
    name
}

/// Names of certificates, `A, B and C`.
pub(super) fn names(analysis: &Analysis<'_>, ids: &[CertId]) -> String {
    // Names beyond those listed are only counted, and a name takes a look at every certificate.
    let listed = ids.iter().enumerate().map(|(at, &id)| if at < LISTED { name(analysis, id) } else { String::new() });
    all_of(&listed.gather())
}

/// Names of clients, `A, B and C`; `clients` are indices in the cast.
pub(super) fn clients(analysis: &Analysis<'_>, clients: &[usize]) -> String {
    let chains = clients.iter().filter_map(|&index| analysis.cast.clients.get(index));
    all_of(&chains.map(|chain| chain.name.clone()).gather())
}

/// Names of clients and the verb, `A is`, `A and B are`; `clients` are indices in the cast.
pub(super) fn clients_are(analysis: &Analysis<'_>, clients: &[usize]) -> String {
    self::clients(analysis, clients) + form(clients.len(), " is", " are")
}

/// Names of peers any of which may be meant, `A, B or C`.
pub(super) fn any_peer(peers: &[&PeerPools]) -> String {
    any_of(&peers.iter().map(|peer| peer.peer.name.clone()).gather())
}

/// `A, B and C`.
pub(super) fn all_of(items: &[String]) -> String {
    joined(items, "and")
}

/// `A, B or C`.
pub(super) fn any_of(items: &[String]) -> String {
    joined(items, "or")
}

fn joined(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first, .., last] if items.len() <= LISTED => {
            let middle = items.iter().skip(1).take(items.len() - 2).map(|item| format!(", {item}"));
            format!("{first}{} {word} {last}", middle.collect::<String>())
        }
        more => {
            let told = more.iter().take(LISTED - 1).map(String::as_str).gather().join(", ");
            format!("{told} {word} {} more", more.len() + 1 - LISTED)
        }
    }
}

/// `1 client`, `2 clients`.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// The form of a verb or noun for a number of things.
pub(super) fn form<'a>(number: usize, one: &'a str, many: &'a str) -> &'a str {
    if number == 1 { one } else { many }
}

/// The first letter as a capital, for a sentence that begins with one of our own clauses.
pub(super) fn capital(mut sentence: String) -> String {
    // ASCII only: the capitals of all scripts are a table of 12 kB in the WebAssembly.
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_well_at_every_length() {
        let items = |number: usize| (1..=number).map(|item| item.to_string()).collect::<Vec<String>>();
        let lists = ["", "1", "1 and 2", "1, 2 and 3", "1, 2, 3 and 4", "1, 2, 3, 4 and 5", "1, 2, 3, 4 and 2 more"];
        for (number, list) in lists.into_iter().enumerate() {
            assert_eq!(all_of(&items(number)), list);
        }
        assert_eq!(any_of(&items(2)), "1 or 2");
    }

    #[test]
    fn numbers_agree() {
        assert_eq!((count(1, "client").as_str(), count(2, "client").as_str()), ("1 client", "2 clients"));
    }
}
