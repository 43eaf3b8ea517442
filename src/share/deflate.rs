//! Deflate (RFC 1951) behind a dictionary, as zlib's `deflateSetDictionary` has it.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::compress;
use super::dictionary::dictionary;

/// Deflated for a reader who knows the dictionary.
pub fn deflated(bytes: &[u8]) -> Vec<u8> {
    compress::deflate(&dictionary(), bytes)
}

/// What makes any inflater know the dictionary: a block that holds it as it is, to be inflated before the content.
pub struct Preset {
    /// The block, which is not the last.
    pub bytes: Vec<u8>,
    /// How many of the inflated bytes come from it.
    pub length: usize,
}

/// The block before the content (RFC 1951, 3.2.4).
pub fn preset() -> Preset {
    let dictionary = dictionary();
    let length = dictionary.len() as u16;
    let mut bytes = vec![0];
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&(!length).to_le_bytes());
    bytes.extend_from_slice(&dictionary);
    Preset { bytes, length: dictionary.len() }
}

/// Inflated, if it is whole and no longer than `limit` bytes.
pub fn inflated(packed: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut bytes = dictionary();
    let start = bytes.len();
    bytes.resize(start.saturating_add(limit), 0);
    let mut state = DecompressorOxide::new();
    let (status, _, written) =
        decompress(&mut state, packed, &mut bytes, start, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF);
    bytes.truncate(start + written);
    (status == TINFLStatus::Done).then(|| bytes.split_off(start))
}
