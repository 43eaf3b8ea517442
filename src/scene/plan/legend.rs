//! The legend: what occurs in the drawing, and nothing else.

use crate::scene::{Edge, Evidence, Fate, Kind, LegendItem, Mark, Node, Sample};

/// Everything a legend can hold, in its order.
const ALL: [LegendItem; 12] = [
    LegendItem { sample: Sample::Mark(Mark::Fault), words: "at fault" },
    LegendItem { sample: Sample::Mark(Mark::Trusted), words: "in the trust store" },
    LegendItem { sample: Sample::Mark(Mark::CorrectOnly), words: "only in the correct pool" },
    LegendItem { sample: Sample::Mark(Mark::NaiveOnly), words: "only in the naive pool" },
    LegendItem { sample: Sample::Mark(Mark::Both), words: "in both pools" },
    LegendItem { sample: Sample::Rejected, words: "client rejected" },
    LegendItem { sample: Sample::Evidence(Evidence::Verified), words: "issued, signature verified" },
    LegendItem { sample: Sample::Evidence(Evidence::Unchecked), words: "name only, not checked" },
    LegendItem { sample: Sample::Evidence(Evidence::Fails), words: "name matches, signature fails" },
    LegendItem { sample: Sample::Evidence(Evidence::Missing), words: "issuer missing" },
    LegendItem { sample: Sample::Missing, words: "not among these files" },
    LegendItem { sample: Sample::Group, words: "several put together" },
];

/// Lists what occurs.
pub(crate) fn legend(nodes: &[Node], edges: &[Edge]) -> Vec<LegendItem> {
    ALL.into_iter().filter(|item| occurs(item.sample, nodes, edges)).collect()
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
