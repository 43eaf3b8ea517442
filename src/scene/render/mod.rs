//! The scene as SVG: elements for the page, documents for files.

pub mod picture;
pub mod svg;
