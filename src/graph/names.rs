//! Names as numbers: each distinct name is folded once, and comparing two names is comparing numbers.

use std::collections::BTreeMap;

use super::edge::NameMatch;
use crate::certificate::{CanonicalName, CertId, Certificate, Name};

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
    pub(super) fn new(certificates: &[Certificate]) -> NameTable {
        let mut numbering = Numbering::default();
        let pairs: Vec<NamePair> = certificates
            .iter()
            .map(|certificate| NamePair {
                subject: numbering.number(&certificate.subject),
                issuer: numbering.number(&certificate.issuer),
            })
            .collect();
        let classes = classes(&numbering.distinct);
        NameTable { pairs, classes }
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

/// Hands out numbers in order of first appearance.
#[derive(Default)]
struct Numbering<'a> {
    by_der: BTreeMap<&'a [u8], NameNumbers>,
    by_canonical: BTreeMap<CanonicalName, usize>,
    by_go_text: BTreeMap<String, usize>,
    distinct: Vec<NameNumbers>,
}

impl<'a> Numbering<'a> {
    fn number(&mut self, name: &'a Name) -> NameNumbers {
        if let Some(known) = self.by_der.get(name.der.as_slice()) {
            return *known;
        }
        let (next_canonical, next_go_text) = (self.by_canonical.len(), self.by_go_text.len());
        let numbers = NameNumbers {
            der: self.distinct.len(),
            canonical: *self.by_canonical.entry(name.canonical()).or_insert(next_canonical),
            go_text: *self.by_go_text.entry(name.go_string()).or_insert(next_go_text),
        };
        self.by_der.insert(&name.der, numbers);
        self.distinct.push(numbers);
        numbers
    }
}

/// For each distinct name the smallest number among those it hangs together with by either comparison.
fn classes(distinct: &[NameNumbers]) -> Vec<usize> {
    let mut parents: Vec<usize> = (0..distinct.len()).collect();
    let (mut first_canonical, mut first_go_text) = (BTreeMap::new(), BTreeMap::new());
    for name in distinct {
        for earlier in [
            *first_canonical.entry(name.canonical).or_insert(name.der),
            *first_go_text.entry(name.go_text).or_insert(name.der),
        ] {
            let (one, other) = (representative(&parents, earlier), representative(&parents, name.der));
            if let Some(parent) = parents.get_mut(one.max(other)) {
                *parent = one.min(other);
            }
        }
    }
    (0..distinct.len()).map(|name| representative(&parents, name)).collect()
}

/// Follows parents to the end; a parent is never larger than its child, so this ends.
fn representative(parents: &[usize], mut name: usize) -> usize {
    while let Some(parent) = parents.get(name).filter(|parent| **parent < name) {
        name = *parent;
    }
    name
}
