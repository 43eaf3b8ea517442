//! What is in a link, in numbers, for the sender to know what is passed on.

use serde::{Deserialize, Serialize};

use super::Content;
use crate::inventory::Told;

/// How much of what a link holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Distinct certificates.
    pub certificates: usize,
    /// Files, pastes and their parts.
    pub sources: usize,
    /// Error lines of programs.
    pub error_lines: usize,
    /// Requests, public keys and revocation lists.
    pub related: usize,
    /// Something is told of how the files are made up.
    pub tells_of_files: bool,
    /// Trusted certificates that were left out because no chain leads to them.
    pub left_out: usize,
}

impl Summary {
    /// What a link with this content holds.
    pub fn of(content: &Content) -> Summary {
        let told = || content.sources.iter().map(|source| &source.told);
        Summary {
            certificates: content.certificates.len(),
            sources: content.sources.len(),
            error_lines: told().map(|told| told.error_lines.len()).sum(),
            related: told().map(|told| told.related.len()).sum(),
            tells_of_files: told().any(tells_of_its_file),
            left_out: content.left_out,
        }
    }
}

/// Something is told beside error lines and what belongs to the certificates.
fn tells_of_its_file(told: &Told) -> bool {
    Told { error_lines: Vec::new(), related: Vec::new(), ..told.clone() } != Told::default()
}
