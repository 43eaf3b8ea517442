//! Small parts of sentences: names, lists, numbers.

use std::fmt;

use super::facts;
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::divergence::PeerPools;

/// Most items that a sentence lists; the rest is counted.
const LISTED: usize = 5;

/// Sentences one after the other.
#[derive(Default)]
pub(super) struct Text(String);

impl Text {
    /// Adds a sentence, after a space if it is not the first.
    pub(super) fn say(&mut self, sentence: fmt::Arguments<'_>) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(&fmt::format(sentence));
    }

    /// All of them.
    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// Names of certificates, `A, B and C`.
pub(super) fn names(analysis: &Analysis<'_>, ids: &[CertId]) -> String {
    all_of(&ids.iter().map(|&id| analysis.name(id).to_owned()).collect::<Vec<_>>())
}

/// Names of clients, `A, B and C`; `clients` are indices in the cast.
pub(super) fn clients(analysis: &Analysis<'_>, clients: &[usize]) -> String {
    let chains = clients.iter().filter_map(|&index| analysis.cast.clients.get(index));
    all_of(&chains.map(|chain| chain.name.clone()).collect::<Vec<_>>())
}

/// Names of clients and the verb, `A is`, `A and B are`; `clients` are indices in the cast.
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
    let listed = if items.len() > LISTED { LISTED - 1 } else { items.len() };
    let more = items.len() - listed;
    let mut text = String::new();
    for (at, item) in items.iter().take(listed).enumerate() {
        text += match at {
            0 => "",
            _ if at + 1 == listed && more == 0 => before_last,
            _ => ", ",
        };
        text += item;
    }
    if more > 0 { format!("{text}{before_last}{more} more") } else { text }
}

/// `1 client`, `2 clients`.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", form(number, "", "s"))
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

    #[test]
    fn sentences_are_parted_by_spaces() {
        let mut text = Text::default();
        text.say(format_args!("One."));
        text.say(format_args!("Two."));
        assert_eq!(text.finish(), "One. Two.");
    }
}
