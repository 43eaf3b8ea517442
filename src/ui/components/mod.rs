//! The parts of the page, each a component with named properties.

pub(crate) mod copy_button;
pub(crate) mod file_button;
pub(crate) mod header;
pub(crate) mod landing;
pub(crate) mod paste_box;
pub(crate) mod refusals;
pub(crate) mod role_choice;
pub(crate) mod share_panel;
pub(crate) mod sources;
pub(crate) mod theme_switch;
