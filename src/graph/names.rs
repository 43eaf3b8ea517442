//! Names as numbers: each distinct name is folded once, and comparing two names is comparing numbers.

use std::rc::Rc;

use crate::certificate::{CanonicalName, CertId, Certificate, Name};
use crate::collection;

/// How two names compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameMatch {
    /// Byte for byte.
    Identical,
    /// Only under RFC 5280, 7.1.
    Equivalent,
    /// Not equal; the edge exists because the key ids match.
    Different,
}

/// What a name is equal to. Two names are equivalent if `canonical` or `go_text` is equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NameNumbers {
    /// Equal if the DER is.
    pub(super) der: usize,
    /// Equal if the names are under RFC 5280, 7.1.
    pub(super) canonical: usize,
    /// Equal if Go writes the same text.
    pub(super) go_text: usize,
}

/// The two names of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NamePair {
    pub(super) subject: NameNumbers,
    pub(super) issuer: NameNumbers,
}

/// The names of all certificates.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct NameTable {
    pairs: Vec<NamePair>,
    /// By `NameNumbers::der`: a number that all names share which are equivalent directly or by way of others.
    classes: Vec<usize>,
}

impl NameTable {
    pub(super) fn new(certificates: &[Rc<Certificate>]) -> NameTable {
        let both = certificates.iter().flat_map(|certificate| [&certificate.subject, &certificate.issuer]);
        let names: Vec<&Name> = both.collect();
        let numbers = NameNumbers::of(&names);
        let pairs = numbers.chunks_exact(2).filter_map(|pair| match pair {
            [subject, issuer] => Some(NamePair { subject: *subject, issuer: *issuer }),
            _ => None,
        });
        NameTable::of(pairs.collect())
    }

    /// The table of the first `count` certificates: names are numbered in the order of their first appearance, so
    /// those of the others come behind.
    pub(super) fn first(&self, count: usize) -> NameTable {
        NameTable::of(self.pairs.iter().take(count).copied().collect())
    }

    fn of(pairs: Vec<NamePair>) -> NameTable {
        let names: Vec<NameNumbers> = pairs.iter().flat_map(|pair| [pair.subject, pair.issuer]).collect();
        NameTable { classes: classes(&names), pairs }
    }

    pub(super) fn pair(&self, id: CertId) -> Option<NamePair> {
        self.pairs.get(id.0).copied()
    }

    pub(super) fn compare(&self, one: NameNumbers, other: NameNumbers) -> NameMatch {
        if one.der == other.der {
            NameMatch::Identical
        } else if one.canonical == other.canonical || one.go_text == other.go_text {
            NameMatch::Equivalent
        } else {
            NameMatch::Different
        }
    }

    /// The class of a name: grouping by it does not depend on the order of the certificates.
    pub(super) fn class(&self, name: NameNumbers) -> usize {
        self.classes.get(name.der).copied().unwrap_or(name.der)
    }
}

impl NameNumbers {
    /// The numbers of each name; what a name is compared by is made once for those with the same DER.
    fn of(names: &[&Name]) -> Vec<NameNumbers> {
        let ders: Vec<&[u8]> = names.iter().map(|name| name.der.as_slice()).collect();
        let der_numbers = collection::dense_ids(&ders);
        let mut distinct: Vec<&Name> = Vec::new();
        for (name, der) in names.iter().zip(&der_numbers) {
            if *der == distinct.len() {
                distinct.push(name);
            }
        }
        let canonicals: Vec<CanonicalName> = distinct.iter().map(|name| name.canonical()).collect();
        let go_texts: Vec<String> = distinct.iter().map(|name| name.go_string()).collect();
        let (canonicals, go_texts) = (collection::dense_ids(&canonicals), collection::dense_ids(&go_texts));
        let number = |list: &[usize], der: usize| list.get(der).copied().unwrap_or_default();
        let numbers = |der| NameNumbers { der, canonical: number(&canonicals, der), go_text: number(&go_texts, der) };
        der_numbers.into_iter().map(numbers).collect()
    }
}

/// By `NameNumbers::der`: the smallest number among those it hangs together with by either comparison.
fn classes(names: &[NameNumbers]) -> Vec<usize> {
    let mut parents: Vec<usize> = (0..names.len()).collect();
    let (mut first_canonical, mut first_go_text) = (vec![None; names.len()], vec![None; names.len()]);
    for name in names {
        let earlier = [(&mut first_canonical, name.canonical), (&mut first_go_text, name.go_text)];
        for (firsts, number) in earlier {
            let first = firsts.get_mut(number).map_or(name.der, |first| *first.get_or_insert(name.der));
            let (one, other) = (representative(&parents, first), representative(&parents, name.der));
            if let Some(parent) = parents.get_mut(one.max(other)) {
                *parent = one.min(other);
            }
        }
    }
    (0..names.len()).map(|name| representative(&parents, name)).collect()
}

/// Follows parents to the end; a parent is never larger than its child, so this ends.
fn representative(parents: &[usize], mut name: usize) -> usize {
    while let Some(parent) = parents.get(name).filter(|parent| **parent < name) {
        name = *parent;
    }
    name
}
