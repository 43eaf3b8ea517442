//! Name constraints (RFC 5280, 4.2.1.10): `name_constraints.c` as Debian 12 has it (3.7.9-2+deb12u6), where names are
//! compared with regard to case, and permitted subtrees are dropped if there were only excluded ones before.

use super::names::{self, DIRECTORY, DNS, EMAIL, GeneralName, IP, OTHER_NAME, REGISTERED_ID, URI};
use super::read::Member;
use super::subject;
use crate::der::{Element, SEQUENCE, constructed};
use crate::oid::{COMMON_NAME, EMAIL_ADDRESS, MS_USER_PRINCIPAL_NAME, SERVER_AUTH};
use crate::verifier::budget::Budget;

/// `MAX_NC_CHECKS`: constraints times alternative names.
pub(super) const MAX_CHECKS: usize = 1 << 20;
/// `MAX_CN` (`str.h`): a longer name cannot be checked, which refuses the certificate.
const MAX_NAME_OCTETS: usize = 255;

/// The universal subtree of each size of address.
const EVERY_IPV4: &[u8] = &[0; 8];
const EVERY_IPV6: &[u8] = &[0; 32];

/// What binds the certificates below.
#[derive(Clone, Debug, Default)]
pub(super) struct Constraints<'a> {
    permitted: Vec<GeneralName<'a>>,
    excluded: Vec<GeneralName<'a>>,
}

/// An extension that cannot be read, or says what GnuTLS refuses.
pub(super) struct ParseError;

impl<'a> Constraints<'a> {
    /// `gnutls_x509_ext_import_name_constraints` with `GNUTLS_NAME_CONSTRAINTS_FLAG_APPEND`.
    pub(super) fn append(&mut self, extension: &'a [u8], comparisons: &Budget) -> Result<(), ParseError> {
        let new = Constraints::read(extension).ok_or(ParseError)?;
        // Nothing counts any more once nothing is left.
        let pairs = self.permitted.len().saturating_mul(new.permitted.len());
        if comparisons.spend(pairs).is_err() {
            return Ok(());
        }
        if self.permitted.is_empty() && self.excluded.is_empty() {
            *self = new;
            return Ok(());
        }
        self.intersect(new.permitted);
        self.excluded.extend(new.excluded);
        Ok(())
    }

    fn read(extension: &'a [u8]) -> Option<Constraints<'a>> {
        let mut constraints = Constraints::default();
        for part in names::sequence(extension)? {
            match part.tag {
                tag if tag == constructed(0) => constraints.permitted = subtrees(part.contents)?,
                tag if tag == constructed(1) => constraints.excluded = subtrees(part.contents)?,
                _ => return None,
            }
        }
        Some(constraints)
    }

    /// `name_constraints_node_list_intersect`: by kind, what lies in both; where nothing does, every name is excluded.
    fn intersect(&mut self, new: Vec<GeneralName<'a>>) {
        if self.permitted.is_empty() || new.is_empty() {
            return;
        }
        let old = std::mem::take(&mut self.permitted);
        let of_kind = |list: &[GeneralName<'a>], kind| list.iter().copied().filter(|name| name.kind == kind).collect();
        for kind in [DNS, EMAIL, IP, DIRECTORY, URI, OTHER_NAME] {
            let (one, other): (Vec<_>, Vec<_>) = (of_kind(&old, kind), of_kind(&new, kind));
            if one.is_empty() || other.is_empty() || !matches!(kind, DNS | EMAIL | IP) {
                self.permitted.extend(one.iter().chain(&other));
                continue;
            }
            let common = common(&one, &other);
            if common.is_empty() {
                self.exclude_every_name(kind);
            }
            self.permitted.extend(common);
        }
    }

    fn exclude_every_name(&mut self, kind: u8) {
        let values: &[&'static [u8]] = if kind == IP { &[EVERY_IPV4, EVERY_IPV6] } else { &[&[]] };
        self.excluded.extend(values.iter().map(|value| GeneralName { kind, value }));
    }

    /// How many pairs of a name and a constraint that is.
    pub(super) fn pairs(&self, leaf: &Member<'_>) -> usize {
        (self.permitted.len() + self.excluded.len()).saturating_mul(leaf.names.len())
    }

    /// `gnutls_x509_name_constraints_check_crt` for every kind of name.
    pub(super) fn allow(&self, leaf: &Member<'_>) -> bool {
        [DNS, EMAIL, DIRECTORY, URI, IP].into_iter().all(|kind| self.allow_kind(leaf, kind))
    }

    fn allow_kind(&self, leaf: &Member<'_>, kind: u8) -> bool {
        if !self.permitted.iter().chain(&self.excluded).any(|name| name.kind == kind) {
            return true;
        }
        if self.pairs(leaf) > MAX_CHECKS {
            return false;
        }
        let is_excluded = || self.excluded.iter().any(|name| name.kind == kind);
        match kind {
            // GnuTLS cannot compare these; a directoryName that is excluded refuses every leaf.
            DIRECTORY => !is_excluded(),
            _ if leaf.names.iter().any(|name| name.value.len() > MAX_NAME_OCTETS) => false,
            URI => !(leaf.names.iter().any(|name| name.kind == URI) && is_excluded()),
            _ => self.allow_names(leaf, kind),
        }
    }

    fn allow_names(&self, leaf: &Member<'_>, kind: u8) -> bool {
        let names: Vec<&[u8]> = leaf.names.iter().filter(|name| name.kind == kind).map(|name| name.value).collect();
        if !names.is_empty() {
            return names.iter().all(|name| self.allow_name(kind, name));
        }
        let instead = match kind {
            DNS if leaf.allows_purpose(SERVER_AUTH, true) => subject::values(leaf.subject(), COMMON_NAME),
            EMAIL => subject::values(leaf.subject(), EMAIL_ADDRESS),
            _ => Vec::new(),
        };
        // More than one is refused, so that nobody has to choose.
        match instead.as_slice() {
            [] => true,
            [only] => self.allow_name(kind, only.as_bytes()),
            _ => false,
        }
    }

    /// `gnutls_x509_name_constraints_check`: the name lies in no excluded subtree and, if any of its kind is permitted,
    /// in one of these.
    fn allow_name(&self, kind: u8, name: &[u8]) -> bool {
        // Constraints for IPv4 do not bind IPv6 addresses, nor the reverse.
        let binds =
            |subtree: &&GeneralName<'_>| subtree.kind == kind && (kind != IP || subtree.value.len() == 2 * name.len());
        let covers = |subtree: &GeneralName<'_>| match kind {
            IP => address_lies_in(name, subtree.value),
            _ => includes(kind, subtree.value, name),
        };
        let excluded = |subtree: &GeneralName<'_>| (kind != IP && subtree.value.is_empty()) || covers(subtree);
        if self.excluded.iter().filter(binds).any(excluded) {
            return false;
        }
        let permitted: Vec<&GeneralName<'_>> =
            self.permitted.iter().filter(binds).filter(|subtree| !subtree.value.is_empty()).collect();
        permitted.is_empty() || permitted.into_iter().any(covers)
    }
}

/// `extract_name_constraints`: the bases of GeneralSubtrees; a directoryName without attributes ends the list.
fn subtrees(contents: &[u8]) -> Option<Vec<GeneralName<'_>>> {
    let mut subtrees = Vec::new();
    for subtree in names::elements(contents)? {
        let (base, _) = Element::read(subtree.contents).filter(|_| subtree.tag == SEQUENCE)?;
        let name = names::general_name(&base)?;
        if name.is_empty_directory() {
            break;
        }
        subtrees.push(name);
    }
    subtrees.iter().all(is_valid).then_some(subtrees)
}

/// `validate_name_constraints_node`: whether GnuTLS takes the base of a subtree. It refuses empty labels, masks with
/// gaps, every registeredID, and every otherName but Microsoft's user principal name.
fn is_valid(name: &GeneralName<'_>) -> bool {
    match name.kind {
        DNS | EMAIL => name.value != b"." && !name.value.windows(2).any(|pair| pair == b".."),
        IP => matches!(name.value.len(), 8 | 32) && is_prefix_mask(halves(name.value).1),
        OTHER_NAME => name.value == MS_USER_PRINCIPAL_NAME.as_bytes(),
        kind => kind != REGISTERED_ID,
    }
}

/// Ones, then zeros.
fn is_prefix_mask(mask: &[u8]) -> bool {
    let ones: u32 = mask.iter().map(|octet| octet.count_ones()).sum();
    let full = mask.iter().take_while(|octet| **octet == 0xff).count();
    let next = mask.get(full).map_or(0, |octet| octet.leading_ones());
    usize::try_from(ones - next).is_ok_and(|ones| ones == 8 * full)
}

fn halves(value: &[u8]) -> (&[u8], &[u8]) {
    value.split_at_checked(value.len() / 2).unwrap_or_default()
}

/// Subtrees of either list that lie in one of the other.
fn common<'a>(one: &[GeneralName<'a>], other: &[GeneralName<'a>]) -> Vec<GeneralName<'a>> {
    let lies_in = |list: &[GeneralName<'a>], name: &GeneralName<'a>| {
        list.iter().any(|outer| includes(name.kind, outer.value, name.value))
    };
    let from_one = one.iter().filter(|name| lies_in(other, name));
    let from_other = other.iter().filter(|name| lies_in(one, name));
    from_one.chain(from_other).copied().collect()
}

/// `compare_name_constraint_nodes` gives `NC_EQUAL`, or `NC_INCLUDES`.
fn includes(kind: u8, outer: &[u8], inner: &[u8]) -> bool {
    match kind {
        DNS => domain_includes(outer, inner),
        EMAIL => email_includes(outer, inner),
        _ => range_includes(outer, inner),
    }
}

/// `compare_dns_names`: by labels from the end; `.a` includes `x.a`, but not `a`.
fn domain_includes(outer: &[u8], inner: &[u8]) -> bool {
    let (outer, inner) = (without_trailing_dots(outer), without_trailing_dots(inner));
    match inner.strip_suffix(outer) {
        Some([]) => true,
        Some(rest) => outer.starts_with(b".") || (!outer.is_empty() && rest.ends_with(b".")),
        None => false,
    }
}

fn without_trailing_dots(name: &[u8]) -> &[u8] {
    let dots = name.iter().rev().take_while(|octet| **octet == b'.').count();
    name.get(..name.len() - dots).unwrap_or_default()
}

/// `compare_emails`: a mailbox, all of a host, or, with a leading dot, all of a domain's hosts.
fn email_includes(outer: &[u8], inner: &[u8]) -> bool {
    let ((outer_local, outer_host), (inner_local, inner_host)) = (split_mailbox(outer), split_mailbox(inner));
    let is_same_host = without_trailing_dots(outer_host) == without_trailing_dots(inner_host);
    match outer_local {
        Some(_) => is_same_host && outer_local == inner_local,
        None => is_same_host || (outer_host.starts_with(b".") && domain_includes(outer_host, inner_host)),
    }
}

/// What stands before the last `@`, if there is one, and what follows it.
fn split_mailbox(name: &[u8]) -> (Option<&[u8]>, &[u8]) {
    match name.iter().rposition(|octet| *octet == b'@') {
        Some(at) => (name.get(..at), name.get(at + 1..).unwrap_or_default()),
        None => (None, name),
    }
}

/// `compare_ip_ncs`: address and mask behind each other.
fn range_includes(outer: &[u8], inner: &[u8]) -> bool {
    let ((_, outer_mask), (inner_address, inner_mask)) = (halves(outer), halves(inner));
    outer.len() == inner.len() && outer_mask <= inner_mask && address_lies_in(inner_address, outer)
}

/// `ip_in_cidr`: whether the address and the network, which comes with its mask, agree in the bits of the mask.
fn address_lies_in(address: &[u8], range: &[u8]) -> bool {
    let (network, mask) = halves(range);
    address.len() == network.len()
        && address.iter().zip(network).zip(mask).all(|((one, other), mask)| one & mask == other & mask)
}

#[cfg(test)]
mod tests {
    use super::{DNS, EMAIL, IP, includes, is_prefix_mask};

    #[test]
    fn names_lie_in_subtrees() {
        for (kind, outer, inner, expected) in [
            (DNS, "a", "a", true),
            (DNS, "a", "x.a", true),
            (DNS, "a", "xa", false),
            (DNS, "a.", "x.a", true),
            (DNS, ".a", "x.a", true),
            (DNS, ".a", "a", false),
            (DNS, "a", ".a", true),
            (DNS, "A", "a", false),
            (DNS, "", "a", false),
            (EMAIL, "a", "u@a", true),
            (EMAIL, "a", "u@x.a", false),
            (EMAIL, ".a", "u@x.a", true),
            (EMAIL, ".a", "u@a", false),
            (EMAIL, "u@a", "u@a", true),
            (EMAIL, "u@a", "v@a", false),
            (EMAIL, "u@a", "a", false),
        ] {
            assert_eq!(includes(kind, outer.as_bytes(), inner.as_bytes()), expected, "{inner} in {outer}");
        }
    }

    #[test]
    fn ranges_lie_in_ranges() {
        let wide = [10, 0, 0, 0, 255, 0, 0, 0];
        let narrow = [10, 1, 0, 0, 255, 255, 0, 0];
        let other = [11, 0, 0, 0, 255, 0, 0, 0];
        assert!(includes(IP, &wide, &narrow) && includes(IP, &wide, &wide));
        assert!(!includes(IP, &narrow, &wide) && !includes(IP, &other, &narrow));
    }

    #[test]
    fn masks_are_ones_then_zeros() {
        assert!(is_prefix_mask(&[255, 128, 0, 0]) && is_prefix_mask(&[0; 4]) && is_prefix_mask(&[255; 4]));
        assert!(!is_prefix_mask(&[255, 0, 1, 0]) && !is_prefix_mask(&[1, 0, 0, 0]));
    }
}
