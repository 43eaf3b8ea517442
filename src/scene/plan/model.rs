//! Boxes and lines before anything has a place: what choosing makes, and describing and layout read.

use crate::report::{KeyIds, Names};
use crate::scene::{Evidence, Kind, NodeId};

/// Boxes and lines before anything has a place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// In the order of the report: CAs and end entities, missing issuers, groups.
    pub(crate) nodes: Vec<PlannedNode>,
    /// Sorted by issuer, subject, row.
    pub(crate) links: Vec<Link>,
    /// What was left out or put together.
    pub(crate) notes: Vec<String>,
}

/// A box before it has a place.
#[derive(Clone, Debug)]
pub(crate) struct PlannedNode {
    /// See [`crate::scene::Node::id`].
    pub(crate) id: NodeId,
    /// See [`crate::scene::Node::kind`].
    pub(crate) kind: Kind,
    /// The name at its top, as it came.
    pub(crate) name: String,
    /// See [`crate::scene::Node::certificates`].
    pub(crate) certificates: Vec<usize>,
    /// "same name, other key: 1 of 2", if it has namesakes.
    pub(crate) namesake: Option<String>,
    /// What it says of itself where it has no rows of certificates: a missing issuer, a group.
    pub(crate) facts: Vec<String>,
    /// See [`crate::scene::Node::level`]; found when boxes are ranked.
    pub(crate) level: usize,
}

/// A line before it has a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// Index into [`Plan::nodes`].
    pub(crate) issuer: usize,
    /// Index into [`Plan::nodes`].
    pub(crate) subject: usize,
    /// The row of the subject that it leads to; none where it means the whole box.
    pub(crate) row: Option<usize>,
    /// The certificates it stands for.
    pub(crate) certificates: Vec<usize>,
    /// What is known of the signature.
    pub(crate) evidence: Evidence,
    /// How the names compare.
    pub(crate) names: Names,
    /// How the key ids compare.
    pub(crate) key_ids: KeyIds,
    /// See [`crate::scene::Edge::upward`]; found when boxes are ranked.
    pub(crate) upward: bool,
}

/// Rows in a box; further certificates share the last one. Our own number: a box should stay a box.
pub(crate) const MAX_ROWS: usize = 5;

impl PlannedNode {
    /// The row that shows a certificate.
    pub(super) fn row_of(&self, certificate: usize) -> Option<usize> {
        let position = self.certificates.iter().position(|id| *id == certificate)?;
        Some(position.min(MAX_ROWS - 1))
    }
}

impl Link {
    /// The end that stands higher, and the lower one: issuer and subject, unless the line leads up.
    pub(crate) fn ends(&self) -> (usize, usize) {
        if self.upward { (self.subject, self.issuer) } else { (self.issuer, self.subject) }
    }

    /// What lines have in common that can become one.
    pub(crate) fn key(&self) -> (usize, usize, Weakness, Option<usize>) {
        (self.issuer, self.subject, self.weakness(), self.row)
    }

    /// What speaks for the line: the signature before the names before the key ids.
    pub(super) fn weakness(&self) -> Weakness {
        let key_ids = match self.key_ids {
            KeyIds::Match => 0,
            KeyIds::Absent => 1,
            KeyIds::Mismatch => 2,
        };
        (self.evidence, self.names, key_ids)
    }
}

/// Signature, names and key ids, each the weaker the larger.
pub(crate) type Weakness = (Evidence, Names, u8);
