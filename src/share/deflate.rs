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

const DEFAULT_STRATEGY: i32 = 0;

/// Deflated as small as the crate can.
pub fn deflated(bytes: &[u8]) -> Vec<u8> {
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
