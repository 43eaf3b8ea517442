//! What is being done while somebody waits.

use crate::messages::Stage;

pub(crate) const WORKING: &str = "Reading certificates…";
pub(crate) const DONE: &str = "Done.";
pub(crate) const CANCEL: &str = "Cancel";

/// What is being done.
pub(crate) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Reading => "Reading files…",
        Stage::CheckingSignatures => "Checking signatures…",
        Stage::AskingVerifiers => "Asking the verifiers…",
    }
}

/// How much of it is done.
pub(crate) fn of(done: usize, total: usize) -> String {
    format!("{done} of {total}")
}
