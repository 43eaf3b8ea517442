//! Deflate (RFC 1951) where there is no browser to do it.

use miniz_oxide::{deflate, inflate};

/// Deflated as small as the crate can.
pub fn deflated(bytes: &[u8]) -> Vec<u8> {
    deflate::compress_to_vec(bytes, deflate::CompressionLevel::UberCompression as u8)
}

/// Inflated, if it is whole and no longer than `limit` bytes.
pub fn inflated(bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    inflate::decompress_to_vec_with_limit(bytes, limit).ok()
}
