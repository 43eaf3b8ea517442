//! Where everything stands: levels from top to bottom, or an outline where there is less room.

mod items;
mod layered;
mod navigate;
mod order;
mod outline;
mod place;
mod ports;
mod rank;
mod route;

pub(crate) use navigate::connect;
pub(crate) use route::{Route, arrow, path};

use super::plan::Plan;
use super::plan::facts::Facts;
use super::{NARROWEST, Node, Width};

/// A wide drawing that would become wider than this is an outline instead: scrolling down is easier than sideways. Our
/// own number: a desk's width and a half.
const MAX_WIDTH: i32 = 1800;

/// Width of an outline on a desk: as wide as a column of text reads well.
const OUTLINE_WIDTH: i32 = 720;

/// Boxes and lines with their places.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) shape: Shape,
    /// In the order of the plan's boxes; what is written in them counts from their corner.
    pub(crate) nodes: Vec<Node>,
    /// In the order of the plan's links.
    pub(crate) routes: Vec<Route>,
}

/// How boxes stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Side by side in levels.
    Levels,
    /// One below the other, indented.
    Outline,
}

/// Ranks the boxes of the plan and gives everything its place.
pub(crate) fn layout(plan: &mut Plan, facts: &Facts, width: Width) -> Layout {
    rank::rank(plan, facts);
    match width {
        Width::Wide => {
            let layout = layered::layout(plan, facts);
            if layout.width > MAX_WIDTH { outline::layout(plan, facts, OUTLINE_WIDTH) } else { layout }
        }
        Width::Narrow(room) => outline::layout(plan, facts, room.max(NARROWEST)),
    }
}
