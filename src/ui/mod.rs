//! The page: it stores the user's choices, derives everything else, and reads nothing but the report and the scene.
//!
//! `state` is the pure reducer, `effect` what follows from it, `markup` the way in which parts are written, `browser`, `arrival` and
//! `listener` the edge to the browser; every other file is one part of the page.

mod acceptance;
mod app;
mod arrival;
mod browser;
mod certificate_link;
mod certificate_panel;
mod client_matrix;
mod copy_button;
mod effect;
mod engine_panel;
mod export_panel;
mod fault;
mod findings;
mod gates;
mod graph_frame;
mod graph_picture;
mod graph_table;
mod graph_view;
mod header;
mod headline;
mod icon;
mod inflate;
mod landing;
mod listener;
mod loading;
mod markup;
mod pools;
mod share_panel;
mod shared;
mod sources;
mod state;
mod theme;
mod timeline;
mod words;
mod zoom;

/// The id of the element that the page is drawn into.
const MOUNT_POINT: &str = "rootlens";

/// Draws the page into its element; without that element there is nothing to do.
pub fn start() {
    fault::show_panics();
    let mount_point = browser::document().and_then(|document| document.get_element_by_id(MOUNT_POINT));
    if let Some(element) = mount_point {
        element.set_inner_html("");
        yew::Renderer::<app::App>::with_root(element).render();
    }
}
