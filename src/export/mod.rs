//! The report in the forms of other programs: Markdown for a forum, a Mermaid flowchart, a Graphviz graph.
//!
//! Each form has one file and one way of escaping: a certificate's author chooses its names, and whoever makes a file
//! chooses the file's, so neither may become markup. Where a graph is written, [`crate::scene`] has chosen its boxes
//! and lines, so that it says what the page shows.

mod commands;
mod dot;
mod graph;
mod json;
mod markdown;
mod mermaid;
mod text;

pub use dot::dot;
pub use json::{escaped_json, json};
pub use markdown::markdown;
pub use mermaid::mermaid;
