//! What travels in a header that forwards a client's certificate.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::decode::{Carried, HeaderForm};
use crate::forwarding;
use crate::inventory;

/// The form in which a proxy forwards the certificates of a source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Forwarded {
    /// The proxy and its versions.
    pub form: String,
    /// How many times the value was percent-encoded.
    pub rounds: u8,
    /// How much of the client's chain the form carries.
    pub chain: ForwardedChain,
    /// What the proxy sends, and what a parser must expect.
    pub sentence: Cow<'static, str>,
    /// What stands out in this header: encodings too many or too few, and whether what it says of a certificate fits.
    pub notes: Vec<String>,
    /// A line of code or configuration for each back end; empty where the header shows no certificate.
    pub back_ends: Vec<BackEnd>,
}

/// How much of a client's chain a form carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ForwardedChain {
    /// The client's own certificate, even where the client sent more.
    LeafOnly,
    /// All that the client sent.
    Whole,
    /// No certificate; what is said of it.
    None,
}

/// How one back end reads the client's own certificate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BackEnd {
    /// What people call it.
    pub name: Cow<'static, str>,
    /// One line of code or configuration.
    pub code: String,
    /// The address of its documentation.
    pub source: Cow<'static, str>,
}

pub(super) fn forwarded(inventory: &inventory::Inventory, source: &inventory::Source) -> Option<Forwarded> {
    let part = source.part.as_ref()?;
    let from = part.forwarded.as_ref()?;
    let back_end = |it: forwarding::BackEnd| BackEnd { name: it.name.into(), code: it.code, source: it.source.into() };
    Some(Forwarded {
        form: from.form.to_string(),
        rounds: from.rounds,
        chain: chain(from.form),
        sentence: forwarding::sentence(from.form).into(),
        notes: forwarding::notes(inventory, source),
        back_ends: forwarding::back_ends(from.form, &part.key).into_iter().map(back_end).collect(),
    })
}

fn chain(form: HeaderForm) -> ForwardedChain {
    match form.carries() {
        Carried::LeafOnly => ForwardedChain::LeafOnly,
        Carried::Whole => ForwardedChain::Whole,
        Carried::Nothing => ForwardedChain::None,
    }
}
