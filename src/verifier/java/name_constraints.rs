//! `NameConstraintsExtension` and `GeneralSubtrees`: how constraints of several CAs are merged, and what they forbid.

use super::general_name::{GeneralName, Relation, UncheckedException, is_dns_name};
use super::messages::CheckError;
use super::parse::Parsed;
use crate::certificate;
use crate::certificate::Certificate;
use crate::der::{Reader, SEQUENCE, constructed, context};
use crate::oid;
use crate::verifier::budget::Budget;

/// The constraints of a CA, or of several merged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NameConstraints {
    /// `None` and an empty list are not the same to `merge`.
    permitted: Option<Vec<GeneralName>>,
    excluded: Option<Vec<GeneralName>>,
    /// A subtree has a minimum other than zero.
    has_minimum: bool,
    /// A subtree has a maximum.
    has_maximum: bool,
}

impl NameConstraints {
    /// `None` if it cannot be read.
    pub(super) fn read(value: &[u8]) -> Option<NameConstraints> {
        let mut fields = Reader::read_only(value, SEQUENCE)?;
        let mut constraints = NameConstraints::default();
        while !fields.is_empty() {
            let element = fields.read_any()?;
            let names = constraints.read_subtrees(element.contents)?;
            match element.tag {
                tag if tag == constructed(0) && constraints.permitted.is_none() => constraints.permitted = Some(names),
                tag if tag == constructed(1) && constraints.excluded.is_none() => constraints.excluded = Some(names),
                _ => return None,
            }
        }
        Some(constraints)
    }

    fn read_subtrees(&mut self, contents: &[u8]) -> Option<Vec<GeneralName>> {
        let mut subtrees = Reader(contents);
        let mut names = Vec::new();
        while !subtrees.is_empty() {
            let mut subtree = subtrees.read(SEQUENCE)?;
            let base = certificate::GeneralName::read(subtree.read_any()?.whole)?;
            names.push(GeneralName::of(&base, true)?);
            if subtree.next_is(context(0)) {
                self.has_minimum |= subtree.read_any()?.contents != [0];
            }
            if subtree.next_is(context(1)) {
                subtree.read_any()?;
                self.has_maximum = true;
            }
        }
        Some(names)
    }

    /// `merge`: excluded subtrees add up, permitted ones are cut with each other.
    pub(super) fn merge(&mut self, new: &NameConstraints, comparisons: &Budget) -> Result<(), CheckError> {
        // Every subtree is compared with every other one.
        let subtrees = self.subtrees() + new.subtrees();
        comparisons.spend(subtrees.saturating_mul(subtrees) / 2).map_err(|_| CheckError::LimitReached)?;
        self.has_minimum |= new.has_minimum;
        self.has_maximum |= new.has_maximum;
        if let Some(new) = &new.excluded {
            union(self.excluded.get_or_insert_default(), new)?;
        }
        match (&mut self.permitted, &new.permitted) {
            (Some(permitted), Some(new)) => {
                if let Some(disjoint) = intersect(permitted, new)? {
                    union(self.excluded.get_or_insert_default(), &disjoint)?;
                }
            }
            (None, new) => self.permitted = new.clone(),
            _ => {}
        }
        if let (Some(permitted), Some(excluded)) = (&mut self.permitted, &self.excluded) {
            reduce(permitted, excluded)?;
        }
        Ok(())
    }

    /// `verify(X509Certificate)`: false if a name of the certificate is forbidden.
    pub(super) fn verify(&self, parsed: &Parsed<'_>, comparisons: &Budget) -> Result<bool, CheckError> {
        if self.has_minimum {
            return Err(CheckError::MinimumDistance);
        }
        if self.has_maximum {
            return Err(CheckError::MaximumDistance);
        }
        let subject = GeneralName::Directory(parsed.subject.clone());
        if !parsed.subject.is_empty() && !self.permits(&subject)? {
            return Ok(false);
        }
        for name in names_of(parsed) {
            comparisons.spend(self.subtrees()).map_err(|_| CheckError::LimitReached)?;
            if !self.permits(&name)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn subtrees(&self) -> usize {
        self.permitted.iter().chain(&self.excluded).map(Vec::len).sum()
    }

    /// `verify(GeneralNameInterface)`. A list that merging has emptied permits everything.
    fn permits(&self, name: &GeneralName) -> Result<bool, UncheckedException> {
        for excluded in self.excluded.iter().flatten() {
            if matches!(excluded.constrains(name)?, Relation::Match | Relation::Narrows) {
                return Ok(false);
            }
        }
        let mut same_type = false;
        for permitted in self.permitted.iter().flatten() {
            match permitted.constrains(name)? {
                Relation::Match | Relation::Narrows => return Ok(true),
                Relation::Widens | Relation::SameType => same_type = true,
                Relation::DifferentType => {}
            }
        }
        Ok(!same_type)
    }
}

/// Alternative names; without them the subject's mailboxes; and the common name where it looks like a host that the
/// alternative names do not give.
fn names_of(parsed: &Parsed<'_>) -> Vec<GeneralName> {
    let mut names = parsed.alternative_names.clone().unwrap_or_else(|| mailboxes(parsed.certificate));
    let Some(common_name) = parsed.common_name() else { return names };
    let address = common_name.parse::<std::net::IpAddr>().ok();
    let has_address = names.iter().any(|name| matches!(name, GeneralName::Ip(_)));
    let has_host = names.iter().any(|name| matches!(name, GeneralName::Dns(_)));
    match address {
        Some(_) if has_address => {}
        Some(std::net::IpAddr::V4(address)) => names.push(GeneralName::Ip(address.octets().to_vec())),
        Some(std::net::IpAddr::V6(address)) => names.push(GeneralName::Ip(address.octets().to_vec())),
        None if !has_host && is_dns_name(&common_name) => names.push(GeneralName::Dns(common_name)),
        None => {}
    }
    names
}

fn mailboxes(certificate: &Certificate) -> Vec<GeneralName> {
    let mailboxes = certificate.subject.attributes().filter(|attribute| attribute.oid == oid::EMAIL_ADDRESS);
    let texts = mailboxes.filter_map(|attribute| attribute.text());
    texts.filter_map(|text| GeneralName::of(&certificate::GeneralName::Email(text), false)).collect()
}

fn union(list: &mut Vec<GeneralName>, new: &[GeneralName]) -> Result<(), UncheckedException> {
    list.extend(new.iter().cloned());
    minimize(list)
}

/// `minimize`: drops what another name of the list covers.
fn minimize(list: &mut Vec<GeneralName>) -> Result<(), UncheckedException> {
    let mut at = 0;
    while let Some(current) = list.get(at).cloned() {
        let (mut covered, mut next) = (false, at + 1);
        while let Some(later) = list.get(next).filter(|_| !covered) {
            match current.constrains(later)? {
                Relation::DifferentType | Relation::SameType => next += 1,
                Relation::Match | Relation::Widens => covered = true,
                Relation::Narrows => drop(list.remove(next)),
            }
        }
        if covered {
            list.remove(at);
        } else {
            at += 1;
        }
    }
    Ok(())
}

/// `reduce`: drops permitted subtrees that are excluded.
fn reduce(permitted: &mut Vec<GeneralName>, excluded: &[GeneralName]) -> Result<(), UncheckedException> {
    for excluded in excluded {
        let mut at = 0;
        while let Some(name) = permitted.get(at) {
            match excluded.constrains(name)? {
                Relation::Match | Relation::Narrows => drop(permitted.remove(at)),
                _ => at += 1,
            }
        }
    }
    Ok(())
}

/// What the second list makes of one name of the first.
enum Fate {
    Stays,
    ReplacedBy(GeneralName),
    Disjoint,
}

/// `intersect`: cuts `this` with `other`; gives the types of which nothing is left, as names that exclude all of it.
fn intersect(
    this: &mut Vec<GeneralName>,
    other: &[GeneralName],
) -> Result<Option<Vec<GeneralName>>, UncheckedException> {
    if this.is_empty() {
        union(this, other)?;
        return Ok(None);
    }
    let mut other = other.to_vec();
    minimize(this)?;
    minimize(&mut other)?;
    let (mut replaced, mut disjoint): (Vec<GeneralName>, Option<Vec<GeneralName>>) = (Vec::new(), None);
    let mut at = 0;
    while let Some(name) = this.get(at).cloned() {
        match fate(&name, &other)? {
            Fate::Stays => {
                at += 1;
                continue;
            }
            Fate::ReplacedBy(narrower) => replaced.push(narrower),
            Fate::Disjoint if !meets(this, &other, &name)? => {
                let widest = widest(&name)?;
                let disjoint = disjoint.get_or_insert_default();
                if !disjoint.contains(&widest) {
                    disjoint.push(widest);
                }
            }
            Fate::Disjoint => {}
        }
        this.remove(at);
    }
    if !replaced.is_empty() {
        union(this, &replaced)?;
    }
    add_other_types(this, &other)?;
    Ok(disjoint)
}

fn fate(name: &GeneralName, other: &[GeneralName]) -> Result<Fate, UncheckedException> {
    let mut fate = Fate::Stays;
    for candidate in other {
        match name.constrains(candidate)? {
            Relation::Narrows => return Ok(Fate::ReplacedBy(candidate.clone())),
            Relation::Match | Relation::Widens => return Ok(Fate::Stays),
            Relation::SameType => fate = Fate::Disjoint,
            Relation::DifferentType => {}
        }
    }
    Ok(fate)
}

/// Whether any name of this type still meets one of the other list.
fn meets(this: &[GeneralName], other: &[GeneralName], name: &GeneralName) -> Result<bool, UncheckedException> {
    for one in this.iter().filter(|one| std::mem::discriminant(*one) == std::mem::discriminant(name)) {
        for two in other {
            if matches!(one.constrains(two)?, Relation::Match | Relation::Widens | Relation::Narrows) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Adds names of types that `this` does not have. Java adds none to a list that has become empty.
fn add_other_types(this: &mut Vec<GeneralName>, other: &[GeneralName]) -> Result<(), UncheckedException> {
    for candidate in other {
        let mut different = false;
        for name in &*this {
            different = name.constrains(candidate)? == Relation::DifferentType;
            if !different {
                break;
            }
        }
        if different {
            this.push(candidate.clone());
        }
    }
    Ok(())
}

/// `createWidestSubtree`, which throws for most types, because their constructors refuse an empty name.
fn widest(name: &GeneralName) -> Result<GeneralName, UncheckedException> {
    match name {
        GeneralName::Directory(_) => {
            Ok(GeneralName::Directory(super::name::X500Name { rdns: Vec::new(), canonical: String::new() }))
        }
        GeneralName::Dns(_) => Err(UncheckedException::WidestSubtree("DNSName must not be null or empty")),
        GeneralName::Email(_) => Err(UncheckedException::WidestSubtree("RFC822Name may not be null or empty")),
        GeneralName::Uri(_) => Err(UncheckedException::WidestSubtree("URI name must include scheme:")),
        GeneralName::Ip(_) | GeneralName::RegisteredId(_) | GeneralName::Opaque(_) => {
            Err(UncheckedException::NoWidestSubtree)
        }
    }
}
