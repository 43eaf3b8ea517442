//! The ids of the graph's elements that the focus is led to.

/// The switch between drawing and table.
pub(crate) const SWITCH_ID: &str = "rl-as-table";

/// The heading, where readers are led who want to see something in the graph.
pub(crate) const HEADING_ID: &str = "rl-graph";
