//! Who can read a source.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::ids;
use crate::inventory;

/// What one real program gets out of a source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadedBy {
    /// The loader, by a name that stays the same.
    pub loader: Cow<'static, str>,
    /// What people call it.
    pub title: Cow<'static, str>,
    /// The certificates that the program has afterwards, in its order.
    pub certificates: Vec<usize>,
    /// How many there are.
    pub of: usize,
    /// What it does not take; null if it takes everything.
    pub fault: Option<LoadingFault>,
}

/// What a loader does not take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadingFault {
    /// The line that decides, counted from 1; null in a file without lines.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub line: Option<usize>,
    /// Why, as a clause.
    pub reason: String,
    /// The program reports an error, and has nothing or goes no further.
    pub refuses: bool,
    /// The program's own words; empty where it says nothing.
    pub words: String,
}

pub(super) fn loaders(from: &inventory::Loading) -> Vec<LoadedBy> {
    let fault = |fault: &inventory::LoadingFault| LoadingFault {
        line: fault.line,
        reason: fault.reason.to_string(),
        refuses: fault.is_refusal,
        words: fault.words.clone(),
    };
    let loaded = |loaded: &inventory::LoadedBy| LoadedBy {
        loader: loaded.loader.name().into(),
        title: loaded.loader.title().into(),
        certificates: ids(&loaded.certificates),
        of: from.there,
        fault: loaded.fault.as_ref().map(fault),
    };
    from.by_loader.iter().map(loaded).collect()
}
