//! The page: it stores the user's choices, derives everything else, and reads nothing but the report and the scene.
//!
//! `state` is the pure reducer of what the user does, `inspection` the seam behind which everything that takes time is
//! done, `browser` the edge to the browser, `components` and `graph` the parts of the page, `words` what they say, and
//! `app` puts them together.

mod app;
mod browser;
mod components;
mod download;
mod graph;
mod icon;
mod inspection;
mod link;
mod shared;
mod state;
mod theme;
mod words;

/// The id of the element that the page is drawn into.
const MOUNT_POINT: &str = "rootlens";

/// Draws the page into its element; without that element there is nothing to do.
pub fn start() {
    // Yew sets a hook of its own when it starts to draw, unless it is told of another.
    yew::set_custom_panic_hook(Box::new(crate::fault::hook));
    let mount_point = browser::document().and_then(|document| document.get_element_by_id(MOUNT_POINT));
    if let Some(element) = mount_point {
        element.set_inner_html("");
        yew::Renderer::<app::App>::with_root(element).render();
    }
}
