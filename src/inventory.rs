//! What was given: the sources (files and pastes) and the distinct certificates in them.

use std::collections::BTreeMap;

use crate::certificate::{CertId, Certificate};
use crate::decode::{self, Place, Problem, Repair, Secret};

/// One file or paste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// File name, or a name for the paste.
    pub name: String,
    /// Contents.
    pub bytes: Vec<u8>,
}

/// All sources, and each distinct certificate once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// Distinct by SHA-256, in order of first appearance; [`CertId`] is the index.
    pub certificates: Vec<Certificate>,
    /// In the order given.
    pub sources: Vec<Source>,
}

/// What one input held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Unique among the sources: a second `ca.pem` is called `ca.pem (2)`.
    pub name: String,
    /// In the order in which they stand in the input, repetitions included.
    pub placements: Vec<Placement>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Private keys that were recognised and dropped.
    pub secrets: Vec<Secret>,
}

/// One appearance of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Which certificate.
    pub certificate: CertId,
    /// Where in the input.
    pub place: Place,
    /// What had to be mended to read it.
    pub repairs: Vec<Repair>,
}

impl Source {
    /// Its certificates in order, each once.
    pub fn certificates(&self) -> Vec<CertId> {
        let mut seen = Vec::new();
        for placement in &self.placements {
            if !seen.contains(&placement.certificate) {
                seen.push(placement.certificate);
            }
        }
        seen
    }
}

impl Inventory {
    /// Decodes every input; a block that holds no certificate becomes a problem of its source.
    pub fn from_inputs(inputs: &[Input]) -> Inventory {
        let mut inventory = Inventory::default();
        inventory.add(inputs);
        inventory
    }

    /// Decodes further inputs; sources and certificates that are already there keep their indices.
    pub fn add(&mut self, inputs: &[Input]) {
        let ids = self.certificates.iter().enumerate();
        let mut known: BTreeMap<[u8; 32], CertId> = ids.map(|(id, it)| (it.sha256, CertId(id))).collect();
        for input in inputs {
            let decoded = decode::decode(&input.bytes);
            let mut source = Source {
                name: self.unique_name(&input.name),
                placements: Vec::new(),
                problems: decoded.problems,
                secrets: decoded.secrets,
            };
            for item in decoded.items {
                match Certificate::parse(&item.der) {
                    Ok(certificate) => {
                        let id = *known.entry(certificate.sha256).or_insert_with(|| {
                            self.certificates.push(certificate);
                            CertId(self.certificates.len() - 1)
                        });
                        source.placements.push(Placement { certificate: id, place: item.place, repairs: item.repairs });
                    }
                    Err(malformed) => source.problems.push(Problem {
                        place: item.place,
                        message: format!("This block is no certificate: {malformed}. Ask for the file again."),
                    }),
                }
            }
            source.problems.sort_by_key(|problem| problem.place.bytes.start);
            self.sources.push(source);
        }
    }

    fn unique_name(&self, name: &str) -> String {
        let taken = |candidate: &str| self.sources.iter().any(|source| source.name == candidate);
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        std::iter::once(name.to_owned()).chain(numbered).find(|candidate| !taken(candidate)).unwrap_or_default()
    }
}
