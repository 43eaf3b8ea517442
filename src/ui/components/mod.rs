//! The parts of the page, each a component with named properties.

pub(crate) mod acceptance;
pub(crate) mod certificate_link;
pub(crate) mod certificate_panel;
mod chain_strip;
pub(crate) mod client_matrix;
pub(crate) mod copy_button;
pub(crate) mod disclosure;
mod engine_panel;
pub(crate) mod export_panel;
pub(crate) mod file_button;
pub(crate) mod findings;
pub(crate) mod gates;
pub(crate) mod header;
pub(crate) mod headline;
pub(crate) mod landing;
pub(crate) mod paste_box;
pub(crate) mod pools;
pub(crate) mod refusals;
pub(crate) mod role_choice;
pub(crate) mod save_button;
pub(crate) mod severity_badge;
pub(crate) mod share_panel;
pub(crate) mod sources;
pub(crate) mod theme_switch;
mod time_span;
pub(crate) mod timeline;
mod timeline_chart;
