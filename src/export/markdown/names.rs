//! The names in a report that have several words, so that each stands in one code span wherever a sentence holds it.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::{Certificate, Report};
use crate::scene::printable;

/// What ends a word without belonging to it.
const AFTER: [char; 9] = [')', '"', '\u{201d}', '.', ',', ';', ':', '?', '!'];

/// What sentences of ours hold that is no prose.
const QUOTED: [&str; 2] = ["-----BEGIN CERTIFICATE-----", "openssl s_client -showcerts"];

/// Most octets of a name that gets a code span of its own; the words of longer ones get one each. Our own number: no name that
/// people read is longer, and each place of a text is compared with no more than this.
const MAX_NAME: usize = 1_000;

/// Distinguished names, other names and programs' own words, by their first words.
#[derive(Default)]
pub(super) struct Names(BTreeMap<String, Alike>);

/// Names that begin with the same word.
#[derive(Default)]
struct Alike {
    names: BTreeSet<String>,
    /// Octets of the longest.
    longest: usize,
}

impl Names {
    /// Everything in a report that somebody else chose and that has a space in it.
    pub(super) fn of(report: &Report) -> Names {
        let mut names: Vec<String> = report.certificates.iter().flat_map(of_certificate).collect();
        names.extend(report.distinct_names());
        names.extend(report.ghosts.iter().flat_map(|ghost| [ghost.name.clone(), ghost.subject.clone()]));
        names.extend(report.sources.iter().map(|source| source.name.clone()));
        names.extend(report.answer.chains.iter().map(|chain| chain.chain.clone()));
        names.extend(report.engines.iter().map(|verdict| verdict.detail.trim().to_owned()));
        names.extend(QUOTED.map(str::to_owned));
        Names::among(names)
    }

    /// Those of several words, each once.
    fn among(names: Vec<String>) -> Names {
        let mut alike: BTreeMap<String, Alike> = BTreeMap::new();
        for name in names.iter().filter(|name| name.len() <= MAX_NAME).map(|name| printable(name)) {
            if let Some((first, _)) = name.split_once(' ').filter(|_| name.trim() == name) {
                let alike = alike.entry(first.to_owned()).or_default();
                alike.longest = alike.longest.max(name.len());
                alike.names.insert(name);
            }
        }
        Names(alike)
    }

    /// The longest name with which a text begins and behind which a word ends.
    pub(super) fn at_start_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        let is_whole = |rest: &str| {
            let rest = rest.strip_prefix("'s").unwrap_or(rest).trim_start_matches(AFTER);
            rest.is_empty() || rest.starts_with(' ')
        };
        let (first, _) = text.split_once(' ')?;
        let Alike { names, longest } = self.0.get(first)?;
        let ends = (first.len()..=text.len().min(*longest)).rev();
        let mut parts = ends.filter_map(|end| text.split_at_checked(end));
        parts.find(|(name, rest)| is_whole(rest) && names.contains(*name)).map(|(name, _)| name)
    }
}

fn of_certificate(certificate: &Certificate) -> Vec<String> {
    let mut names = certificate.subject_alt_names.clone();
    names.extend([&certificate.name, &certificate.subject, &certificate.issuer].map(Clone::clone));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_that_ends_with_a_word_is_found() {
        let names = Names::among(["Test CA", "CN=Test CA,O=A B", "one", "Test CA 2"].map(String::from).to_vec());
        assert_eq!(names.at_start_of("CN=Test CA,O=A B, and"), Some("CN=Test CA,O=A B"));
        assert_eq!(names.at_start_of("Test CA 2."), Some("Test CA 2"));
        assert_eq!(names.at_start_of("Test CA)."), Some("Test CA"));
        assert_eq!(names.at_start_of("Test CA's key"), Some("Test CA"));
        assert_eq!(names.at_start_of("Test CAs"), None);
        assert_eq!(names.at_start_of("one"), None);
    }
}
