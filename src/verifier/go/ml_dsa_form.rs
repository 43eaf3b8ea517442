//! What Go's `crypto/internal/fips140/mldsa` says of a signature before it computes: its length, and the list of hints at
//! its end (`hintDecode`; FIPS 204, algorithm 21).

use std::fmt;

use super::parse::PublicKey;

/// What is wrong with the form of an ML-DSA signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MlDsaFault {
    /// It has another length than its parameter set's.
    Length,
    /// The list of hints is none.
    Encoding,
}

impl fmt::Display for MlDsaFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MlDsaFault::Length => "mldsa: invalid signature length",
            MlDsaFault::Encoding => "mldsa: invalid signature encoding",
        })
    }
}

/// Octets of a signature, hints that it may have, and lists of them (FIPS 204, tables 1 and 2).
struct Form {
    octets: usize,
    most_hints: usize,
    lists: usize,
}

/// The fault that Go finds in a signature for this key, if it is an ML-DSA key.
pub(super) fn fault(key: &PublicKey, signature: &[u8]) -> Option<MlDsaFault> {
    let form = match key {
        PublicKey::MlDsa(44) => Form { octets: 2420, most_hints: 80, lists: 4 },
        PublicKey::MlDsa(65) => Form { octets: 3309, most_hints: 55, lists: 6 },
        PublicKey::MlDsa(87) => Form { octets: 4627, most_hints: 75, lists: 8 },
        _ => return None,
    };
    if signature.len() != form.octets {
        return Some(MlDsaFault::Length);
    }
    let hints = signature.get(form.octets - form.most_hints - form.lists..)?;
    let (indices, limits) = hints.split_at_checked(form.most_hints)?;
    (!are_hints(indices, limits)).then_some(MlDsaFault::Encoding)
}

/// Each list ends at its limit and rises; behind the last one stand zeros.
fn are_hints(indices: &[u8], limits: &[u8]) -> bool {
    let mut start = 0;
    for limit in limits {
        let Some(list) = indices.get(start..usize::from(*limit)) else { return false };
        if !list.is_sorted_by(|one, next| one < next) {
            return false;
        }
        start = usize::from(*limit);
    }
    indices.get(start..).is_some_and(|rest| rest.iter().all(|octet| *octet == 0))
}

#[cfg(test)]
mod tests {
    use super::are_hints;

    #[test]
    fn hints_rise_within_their_limits() {
        for (indices, limits, fine) in [
            (&[1, 5, 2, 0][..], &[2, 3][..], true),
            (&[0, 0, 0, 0], &[0, 0], true),
            (&[5, 1, 2, 0], &[2, 3], false),
            (&[5, 5, 2, 0], &[2, 3], false),
            (&[1, 5, 2, 9], &[2, 3], false),
            (&[1, 5, 2, 0], &[3, 2], false),
            (&[1, 5, 2, 0], &[2, 5], false),
        ] {
            assert_eq!(are_hints(indices, limits), fine, "{indices:?} {limits:?}");
        }
    }
}
