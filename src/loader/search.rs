//! Searching octets for octets, which the standard library does for text alone, and the marks that are searched for.

/// With what a BEGIN line begins (RFC 7468, 2).
pub(super) const BEGIN: &[u8] = b"-----BEGIN ";
/// With what an END line begins.
pub(super) const END: &[u8] = b"-----END ";
/// With what both end.
pub(super) const DASHES: &[u8] = b"-----";

/// The first place at or after `from` where `needle` stands.
pub(super) fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(needle.len()).position(|window| window == needle).map(|at| from + at)
}

/// The last place between two positions where all of `needle` stands.
pub(super) fn find_last(bytes: &[u8], needle: &[u8], from: usize, to: usize) -> Option<usize> {
    let stretch = bytes.get(from..to)?;
    stretch.windows(needle.len()).rposition(|window| window == needle).map(|at| from + at)
}

/// Whether `part` stands at a position.
pub(super) fn stands_at(bytes: &[u8], position: usize, part: &[u8]) -> bool {
    bytes.get(position..).is_some_and(|rest| rest.starts_with(part))
}

/// Octets without those that a program passes over.
pub(super) fn without(text: &[u8], passed_over: &[u8]) -> Vec<u8> {
    text.iter().copied().filter(|octet| !passed_over.contains(octet)).collect()
}

#[cfg(test)]
mod tests {
    use super::{find, find_last, stands_at};

    #[test]
    fn what_is_found_lies_wholly_in_the_stretch() {
        assert_eq!(find(b"abcabc", b"bc", 2), Some(4));
        assert_eq!(find(b"abcabc", b"bc", 5), None);
        assert_eq!(find(b"abcabc", b"bc", 9), None);
        assert_eq!(find_last(b"abcabc", b"bc", 0, 5), Some(1));
        assert_eq!(find_last(b"abcabc", b"bc", 2, 5), None);
        assert!(stands_at(b"abc", 1, b"bc") && !stands_at(b"abc", 2, b"bc"));
    }
}
