//! The legend: what occurs in the drawing, and nothing else.

use crate::scene::{Edge, Evidence, Fate, Kind, Mark, Node, Sample};

/// Everything a legend can hold, in its order.
const ALL: [Sample; 12] = [
    Sample::Mark(Mark::Fault),
    Sample::Mark(Mark::Trusted),
    Sample::Mark(Mark::CorrectOnly),
    Sample::Mark(Mark::NaiveOnly),
    Sample::Mark(Mark::Both),
    Sample::Rejected,
    Sample::Evidence(Evidence::Verified),
    Sample::Evidence(Evidence::Unchecked),
    Sample::Evidence(Evidence::Fails),
    Sample::Evidence(Evidence::Missing),
    Sample::Missing,
    Sample::Group,
];

impl Sample {
    /// What it means.
    pub fn words(self) -> &'static str {
        match self {
            Sample::Mark(Mark::Fault) => "at fault",
            Sample::Mark(Mark::Trusted) => "in the trust store",
            Sample::Mark(Mark::CorrectOnly) => "only in the correct pool",
            Sample::Mark(Mark::NaiveOnly) => "only in the naive pool",
            Sample::Mark(Mark::Both) => "in both pools",
            Sample::Rejected => "client rejected",
            Sample::Evidence(Evidence::Verified) => "issued, signature verified",
            Sample::Evidence(Evidence::Unchecked) => "name only, not checked",
            Sample::Evidence(Evidence::Fails) => "name matches, signature fails",
            Sample::Evidence(Evidence::Missing) => "issuer missing",
            Sample::Missing => "not among these files",
            Sample::Group => "several put together",
        }
    }
}

/// Lists what occurs.
pub(crate) fn legend(nodes: &[Node], edges: &[Edge]) -> Vec<Sample> {
    ALL.into_iter().filter(|sample| occurs(*sample, nodes, edges)).collect()
}

fn occurs(sample: Sample, nodes: &[Node], edges: &[Edge]) -> bool {
    match sample {
        Sample::Mark(mark) => {
            nodes.iter().any(|node| node.mark == Some(mark) || node.rows.iter().any(|row| row.mark == Some(mark)))
        }
        Sample::Evidence(evidence) => edges.iter().any(|edge| edge.evidence == evidence),
        Sample::Missing => nodes.iter().any(|node| node.kind == Kind::Missing),
        Sample::Rejected => nodes.iter().any(|node| node.fate.is_some_and(Fate::is_rejected)),
        Sample::Group => nodes.iter().any(|node| node.kind == Kind::Group),
    }
}
