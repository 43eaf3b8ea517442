//! Deflate (RFC 1951) behind a dictionary, as zlib's `deflateSetDictionary` has it.

use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::dictionary::dictionary;

/// The best compression; the crate counts from 0 to 10.
const BEST: i32 = 10;

/// A window of 2^15 bytes, without the frame of zlib.
const RAW: i32 = -15;

/// How zlib calls the strategy that suits any data.
const DEFAULT_STRATEGY: i32 = 0;

/// Deflates as small as the crate can.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(BEST, RAW, DEFAULT_STRATEGY));
    // Synchronised, so that what follows begins with a whole byte, as if the reader had seen the dictionary before.
    compress_to_output(&mut compressor, &dictionary(), TDEFLFlush::Sync, |_| true);
    let mut packed = Vec::new();
    compress_to_output(&mut compressor, bytes, TDEFLFlush::Finish, |piece| {
        packed.extend_from_slice(piece);
        true
    });
    packed
}

/// Inflates what is whole, has nothing behind it and becomes no longer than `limit` bytes; never writes more than that.
pub(super) fn inflate(packed: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut bytes = dictionary();
    let start = bytes.len();
    bytes.resize(start.saturating_add(limit), 0);
    let mut state = DecompressorOxide::new();
    let (status, read, written) =
        decompress(&mut state, packed, &mut bytes, start, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF);
    bytes.truncate(start + written);
    (status == TINFLStatus::Done && read == packed.len()).then(|| bytes.split_off(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_deflated_is_inflated() {
        for bytes in [&b""[..], b"kubernetes", &[0x30; 1000]] {
            assert_eq!(inflate(&deflate(bytes), bytes.len()).as_deref(), Some(bytes));
        }
    }

    #[test]
    fn what_is_cut_continued_or_too_long_is_refused() {
        let packed = deflate(b"kubernetes and more");
        assert_eq!(inflate(&packed[..packed.len() - 1], 100), None);
        assert_eq!(inflate(&[&packed[..], b"more"].concat(), 100), None);
        assert_eq!(inflate(&packed, 18), None);
    }
}
