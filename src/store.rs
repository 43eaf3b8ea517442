//! Which trust store the chains are judged by.

use serde::{Deserialize, Serialize};

/// Where the trust anchors come from that every chain is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StoreKind {
    /// What the files hold that is to be trusted.
    Given,
    /// The public roots that rootlens brings ([`crate::public_roots`]).
    Public,
    /// The files' and the public ones.
    Both,
    /// Nothing is trusted, so no chain is judged.
    None,
}

impl StoreKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [StoreKind; 4] = [StoreKind::Given, StoreKind::Public, StoreKind::Both, StoreKind::None];

    /// `given`, `public`, `both` or `none`.
    pub fn name(self) -> &'static str {
        match self {
            StoreKind::Given => "given",
            StoreKind::Public => "public",
            StoreKind::Both => "both",
            StoreKind::None => "none",
        }
    }

    /// Finds a kind by its name.
    pub fn find(name: &str) -> Option<StoreKind> {
        StoreKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether the anchors of the files count.
    pub fn has_given(self) -> bool {
        matches!(self, StoreKind::Given | StoreKind::Both)
    }

    /// Whether the public roots count.
    pub fn has_public(self) -> bool {
        matches!(self, StoreKind::Public | StoreKind::Both)
    }
}

#[cfg(test)]
mod tests {
    use super::StoreKind;

    #[test]
    fn every_kind_is_found_by_its_name_alone() {
        for kind in StoreKind::ALL {
            assert_eq!(StoreKind::find(kind.name()), Some(kind));
        }
        assert_eq!(StoreKind::find("Public"), None);
    }

    #[test]
    fn both_is_what_given_and_public_are_together() {
        let parts = StoreKind::ALL.map(|kind| (kind.has_given(), kind.has_public()));
        assert_eq!(parts, [(true, false), (false, true), (true, true), (false, false)]);
    }
}
