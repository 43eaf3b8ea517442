//! How the graph is looked at; nobody else needs to know.

use std::rc::Rc;

use yew::prelude::*;

use super::zoom::LIFE_SIZE;
use crate::scene::Width;

/// Width of the frame in pixels below which the drawing is laid out for a telephone.
const NARROW_BELOW: i32 = 560;

/// It stays while the table takes the place of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ViewState {
    pub(crate) as_table: bool,
    /// The frame's inner width in pixels, once it is known.
    pub(crate) frame_width: Option<i32>,
    /// Pixels of the screen for a pixel of the drawing.
    pub(crate) scale: f64,
    /// The key of the node that had the focus last.
    pub(crate) focused: String,
}

/// What can change about it.
pub(crate) enum ViewChange {
    /// Show the table, or the drawing.
    Table(bool),
    /// The frame has this inner width from now on.
    FrameWidth(i32),
    /// Zoom to this scale.
    Scale(f64),
    /// The node with this key has the focus.
    Focused(String),
}

impl Default for ViewState {
    fn default() -> ViewState {
        ViewState { as_table: false, frame_width: None, scale: LIFE_SIZE, focused: String::new() }
    }
}

impl Reducible for ViewState {
    type Action = ViewChange;

    fn reduce(self: Rc<ViewState>, change: ViewChange) -> Rc<ViewState> {
        let view = (*self).clone();
        Rc::new(match change {
            ViewChange::Table(as_table) => ViewState { as_table, ..view },
            ViewChange::FrameWidth(width) => ViewState { frame_width: Some(width), ..view },
            ViewChange::Scale(scale) => ViewState { scale, ..view },
            ViewChange::Focused(focused) => ViewState { focused, ..view },
        })
    }
}

impl ViewState {
    /// What the drawing is to be laid out for, once the frame is measured.
    pub(crate) fn width(&self) -> Option<Width> {
        self.frame_width.map(|width| if width < NARROW_BELOW { Width::Narrow(width) } else { Width::Wide })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_frame_gets_a_narrow_drawing() {
        let state = Rc::new(ViewState::default());
        assert_eq!(state.width(), None, "before the frame is measured");
        let narrow = state.reduce(ViewChange::FrameWidth(NARROW_BELOW - 1));
        assert_eq!(narrow.width(), Some(Width::Narrow(NARROW_BELOW - 1)));
        assert_eq!(narrow.reduce(ViewChange::FrameWidth(NARROW_BELOW)).width(), Some(Width::Wide));
    }

    #[test]
    fn the_zoom_stays_while_the_table_is_shown() {
        let zoomed = Rc::new(ViewState::default()).reduce(ViewChange::Scale(2.0));
        let table = zoomed.reduce(ViewChange::Table(true));
        assert!(table.as_table);
        let drawing = table.reduce(ViewChange::Table(false));
        assert_eq!((drawing.as_table, drawing.scale), (false, 2.0));
    }
}
