//! Small parts of sentences: names, lists, numbers.

pub(super) use crate::plural::{count, form, some_secrets};

use super::facts;
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::divergence::PeerPools;

/// Most items that a sentence lists; the rest is counted.
const LISTED: usize = 5;

/// Names of certificates, `A, B and C`.
pub(super) fn names(analysis: &Analysis<'_>, ids: &[CertId]) -> String {
    all_of(&ids.iter().map(|&id| analysis.name(id).to_owned()).collect::<Vec<_>>())
}

/// Names of clients, `A, B and C`; `clients` are indices among the clients.
pub(super) fn clients(analysis: &Analysis<'_>, clients: &[usize]) -> String {
    let chains = clients.iter().filter_map(|&index| analysis.roles.clients.get(index));
    all_of(&chains.map(|chain| chain.name.clone()).collect::<Vec<_>>())
}

/// Names of clients and the verb, `A is`, `A and B are`; `clients` are indices among the clients.
pub(super) fn clients_are(analysis: &Analysis<'_>, clients: &[usize]) -> String {
    self::clients(analysis, clients) + form(clients.len(), " is", " are")
}

/// Names of peers any of which may be meant, `A, B or C`.
pub(super) fn any_peer(peers: &[&PeerPools]) -> String {
    any_of(&peers.iter().map(|peer| peer.peer.name.clone()).collect::<Vec<_>>())
}

/// Names of the sources that hold a certificate, `A, B and C`.
pub(super) fn all_holders(analysis: &Analysis<'_>, id: CertId) -> String {
    all_of(&facts::holders(analysis, id))
}

/// Names of the sources that hold a certificate, `A, B or C`.
pub(super) fn any_holder(analysis: &Analysis<'_>, id: CertId) -> String {
    any_of(&facts::holders(analysis, id))
}

/// `A, B and C`.
pub(super) fn all_of(items: &[String]) -> String {
    joined(items, " and ")
}

/// `A, B or C`.
pub(super) fn any_of(items: &[String]) -> String {
    joined(items, " or ")
}

fn joined(items: &[String], before_last: &str) -> String {
    let (listed, last) = match items {
        [] => return String::new(),
        [only] => return only.clone(),
        [listed @ .., last] if items.len() <= LISTED => (listed, last.clone()),
        _ => {
            let listed = items.get(..LISTED - 1).unwrap_or_default();
            (listed, format!("{} more", items.len() - listed.len()))
        }
    };
    format!("{}{before_last}{last}", listed.join(", "))
}

/// The first letter as a capital, for a sentence that begins with one of our own clauses.
pub(super) fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
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
    fn a_sentence_begins_with_a_capital_of_any_script() {
        assert_eq!(capitalised("line 1 and line 2"), "Line 1 and line 2");
        assert_eq!(capitalised("éa"), "Éa");
        assert_eq!(capitalised(""), "");
    }
}
