//! A drawing as a file that stands alone: colours resolved, title, legend and notes inside.

use super::Scene;

/// The colours of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// Light, and dark where the reader's system is dark.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Writes the drawing as an SVG document.
pub fn document(_scene: &Scene, _theme: Theme) -> String {
    String::new()
}
