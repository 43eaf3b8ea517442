//! The pure-Rust back end.

use super::{Check, Status};

/// Answers every check, in order.
pub fn verify_batch(checks: &[Check<'_>]) -> Vec<Status> {
    checks.iter().map(|_| Status::Unsupported).collect()
}
