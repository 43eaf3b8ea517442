//! Why a link could not be opened.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a link could not be opened. Its [`Display`](fmt::Display) tells people what happened and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkError {
    /// The text holds nothing of the form `#v1.…`.
    NotALink,
    /// A newer version of this program made the link, in a form that this one does not know.
    NewerVersion,
    /// The link holds more than [`MAX_PACKED`](super::MAX_PACKED) bytes, which is more than this program ever writes.
    TooLarge,
    /// Characters of the link are missing or changed.
    Damaged,
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LinkError::NotALink => "This is no link to an analysis: what follows # should begin with “v1.”.",
            LinkError::NewerVersion => {
                "This link was made by a newer version of rootlens than this one. Update or reload rootlens and open \
                 the link again, or ask for the files."
            }
            LinkError::TooLarge => {
                "This link holds more than rootlens ever writes into one, so it was not opened. Ask for the files."
            }
            LinkError::Damaged => {
                "This link was damaged on its way: characters are missing or changed. Ask for it again, as a file or \
                 in a code block, where no program shortens it."
            }
        })
    }
}

impl Error for LinkError {}
