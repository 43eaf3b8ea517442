//! The trust list and the list that the peer sent (`verify-high.c`): how GnuTLS puts the latter in order before it
//! verifies anything.

use std::collections::BTreeSet;

use super::read::Member;
use super::{Reading, member};
use crate::certificate::{CertId, Name};
use crate::verifier::reading::{List, Subject};

/// `DEFAULT_SIZE` (`verify-high.c`): places of the trust list's hash table.
const PLACES: u64 = 127;
/// `DEFAULT_MAX_VERIFY_DEPTH` (`gnutls_int.h`): longer lists are not sorted.
const MOST_SORTED: usize = 16;

/// The trusted certificates.
pub(super) struct TrustList<'a, 'g> {
    pub(super) reading: &'a Reading<'g>,
    pub(super) list: &'a List,
}

impl<'a> TrustList<'a, '_> {
    /// Those at the place of a name, in order; among them may be some of other names.
    pub(super) fn at_place_of(&self, name: &Name) -> Vec<&'a Member<'a>> {
        let reading = self.reading;
        self.list.named(&place(&name.der)).filter_map(|(_, id)| member(reading, id)).collect()
    }

    /// `gnutls_x509_trust_list_get_issuer`: somebody there may have issued the certificate.
    fn knows_issuer_of(&self, member: &Member<'_>) -> bool {
        self.at_place_of(member.issuer()).iter().any(|issuer| member.is_issued_by(issuer))
    }
}

/// Where a name has its place in the hash table: a number in octets.
pub(super) fn place(name: &[u8]) -> Subject {
    (hash(name) % PLACES).to_be_bytes().to_vec()
}

/// `hash_pjw_bare` of gnulib, on 64 bits.
fn hash(name: &[u8]) -> u64 {
    name.iter().fold(0_u64, |hash, octet| u64::from(*octet).wrapping_add(hash.rotate_left(9)))
}

/// The first part of `gnutls_x509_trust_list_verify_crt2`: the list is sorted segment by segment, up to a certificate
/// whose issuer is trusted.
pub(super) fn sorted<'a>(mut list: Vec<&'a Member<'a>>, trusted: &TrustList<'a, '_>) -> Vec<&'a Member<'a>> {
    let mut start = 0;
    // Before `start`.
    let mut seen = BTreeSet::new();
    while start < list.len() {
        if list.len() - start > MOST_SORTED {
            start = unsorted(&mut list, start, &mut seen, trusted);
            continue;
        }
        let (before, rest) = list.split_at(start);
        let (segment, length) = sort_segment(rest);
        let duplicate = segment.iter().take(length).position(|member| before.iter().any(|seen| seen.id == member.id));
        list.truncate(start);
        list.extend(segment);
        if let Some(at) = duplicate {
            remove_duplicate(&mut list, start + at);
            continue;
        }
        start += length;
        if list.get(start - 1).is_some_and(|last| trusted.knows_issuer_of(last)) {
            list.truncate(start);
        }
    }
    shortened(list, trusted)
}

/// A segment of one, because what is left is too long to be sorted. Where the next one begins.
fn unsorted<'a>(
    list: &mut Vec<&'a Member<'a>>,
    start: usize,
    seen: &mut BTreeSet<CertId>,
    trusted: &TrustList<'a, '_>,
) -> usize {
    let Some(&member) = list.get(start) else { return start };
    if !seen.insert(member.id) {
        remove_duplicate(list, start);
        return start;
    }
    if trusted.knows_issuer_of(member) {
        list.truncate(start + 1);
    }
    start + 1
}

/// GnuTLS means to close the gap; it moves the next certificate only, and so loses the last one of the list.
fn remove_duplicate(list: &mut Vec<&Member<'_>>, at: usize) {
    if let Some(next) = list.get(at + 1).copied()
        && let Some(place) = list.get_mut(at)
    {
        *place = next;
    }
    list.pop();
}

/// `_gnutls_sort_clist` (`common.c`): the first certificate, its issuer, and so on, and how many that are; then the
/// others in the order they had. What issued itself is not asked for its issuer.
fn sort_segment<'m, 'a>(list: &[&'m Member<'a>]) -> (Vec<&'m Member<'a>>, usize) {
    let mut places = vec![0];
    while let Some(issuer) = places.last().and_then(|last| issuer_place(list, *last))
        && !places.contains(&issuer)
    {
        places.push(issuer);
    }
    let length = places.len();
    let others: Vec<usize> = (0..list.len()).filter(|place| !places.contains(place)).collect();
    places.extend(others);
    (places.iter().filter_map(|place| list.get(*place).copied()).collect(), length)
}

fn issuer_place(list: &[&Member<'_>], place: usize) -> Option<usize> {
    let member = list.get(place).filter(|member| !member.is_self_issued())?;
    let candidates = list.iter().enumerate().skip(1).filter(|(other, _)| *other != place);
    candidates.filter(|(_, issuer)| member.is_issued_by(issuer)).map(|(other, _)| other).next()
}

/// `shorten_clist`: without a self-issued end, and up to the first certificate that is itself trusted. It is looked for
/// at the place of its issuer's name, so only self-issued ones are found, and others by chance.
fn shortened<'a>(mut list: Vec<&'a Member<'a>>, trusted: &TrustList<'a, '_>) -> Vec<&'a Member<'a>> {
    drop_self_issued_end(&mut list);
    let is_trusted =
        |member: &Member<'_>| trusted.at_place_of(member.issuer()).iter().any(|other| other.id == member.id);
    let first = list.iter().enumerate().skip(1).filter(|(_, member)| is_trusted(member)).map(|(at, _)| at).next();
    if let Some(first) = first {
        list.truncate(first + 1);
    }
    list
}

/// A certificate is trusted only if it leads to somebody on the trust list.
pub(super) fn drop_self_issued_end(list: &mut Vec<&Member<'_>>) {
    if list.len() > 1 && list.last().is_some_and(|last| last.is_self_issued()) {
        list.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::{PLACES, hash};

    #[test]
    fn places_are_those_of_gnulib() {
        let place = |name: &[u8]| hash(name) % PLACES;
        assert_eq!(place(b""), 0);
        assert_eq!(place(b"a"), 97);
        assert_eq!(place(b"ab"), (97 * 512 + 98) % 127);
    }
}
