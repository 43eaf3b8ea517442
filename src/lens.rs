//! Which question the page and every output lead with.

use serde::{Deserialize, Serialize};

/// What is looked at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lens {
    /// Whether each chain is trusted by the verifiers.
    #[default]
    Chains,
    /// Which roots a program would trust that derives its own pool of roots from a chain, as OpenZiti's routers do
    /// (`docs/background/openziti.md`, section 1).
    Router,
}

impl Lens {
    /// Every lens, in the order in which they are offered.
    pub const ALL: [Lens; 2] = [Lens::Chains, Lens::Router];

    /// The lens in one word, as links, reports and the command line spell it.
    pub fn name(self) -> &'static str {
        match self {
            Lens::Chains => "chains",
            Lens::Router => "router",
        }
    }

    /// Finds a lens by its name.
    pub fn find(name: &str) -> Option<Lens> {
        Lens::ALL.into_iter().find(|lens| lens.name() == name)
    }
}
