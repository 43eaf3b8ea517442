//! The issuer graph: drawn as SVG in a frame that zooms, or told as a table.

mod frame;
mod highlight;
mod ids;
mod node;
mod picture;
mod table;
mod view;
mod view_state;
mod zoom;

pub(crate) use highlight::Trace;
pub(crate) use ids::HEADING_ID;
pub(crate) use view::GraphView;
