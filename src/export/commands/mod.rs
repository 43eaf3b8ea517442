//! Commands that show the same with the programs people have.

mod chains;
mod router;

pub(super) use chains::{MOST_CHAINS, openssl as openssl_by_chain};
pub(super) use router::{GO, files, focus, go, openssl as openssl_by_pool};

use super::text::filled;
use crate::shell::quoted;

/// The name of a file as one word of a shell.
fn file_name(name: &str) -> String {
    quoted(&filled(name))
}
