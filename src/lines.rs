//! The lines of a text: CR, LF and CRLF each end one.

/// Positions of the bytes that end a line; of CRLF it is the second.
pub fn ends(bytes: &[u8]) -> impl Iterator<Item = usize> {
    bytes.iter().enumerate().filter_map(|(position, byte)| {
        let ends_line = match byte {
            b'\n' => true,
            b'\r' => bytes.get(position + 1) != Some(&b'\n'),
            _ => false,
        };
        ends_line.then_some(position)
    })
}

/// The 1-based line of a position, by where the lines start, the first at 0.
pub fn line_of(starts: &[usize], position: usize) -> usize {
    starts.partition_point(|start| *start <= position).max(1)
}

#[cfg(test)]
mod tests {
    use super::{ends, line_of};

    #[test]
    fn cr_lf_and_both_end_a_line() {
        assert_eq!(ends(b"a\nb\r\nc\rd").collect::<Vec<_>>(), [1, 4, 6]);
        assert_eq!([0, 1, 2, 5, 9].map(|position| line_of(&[0, 2, 5], position)), [1, 1, 2, 3, 3]);
    }
}
