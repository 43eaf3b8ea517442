//! The graph as a drawing: a layered layout and its SVG, made from the report alone.
//!
//! ```text
//! report -> plan    facts -> select, collapse (what is drawn); content (words, sizes), describe, legend
//!        -> layout  rank (levels)
//!                   layered: items -> order -> ports -> place -> route      wide
//!                   outline                                                 narrow, or where levels would be too wide
//!                   navigate (where the arrow keys lead)
//!        -> scene
//!        -> render  picture -> svg, or the page
//! ```
//!
//! A [`Scene`] is pure geometry in whole pixels with every word in its place. Two renderers walk it: [`svg::document`]
//! for files, and the page, which hangs its handlers on the elements of [`picture`]. The same report gives the same
//! scene.

mod layout;
mod model;
mod plan;
mod reach;
mod render;
mod text;

pub use model::*;
pub use render::{picture, svg};
pub use text::{is_printable, printable};

use crate::report::Report;
use layout::Layout;
use plan::Plan;
use plan::describe;
use plan::facts::Facts;

/// Draws the report.
pub fn draw(report: &Report, view: &View) -> Scene {
    let facts = Facts::new(report, view.peer.as_deref());
    let mut plan = plan::plan(&facts);
    if plan.nodes.is_empty() {
        return Scene::default();
    }
    let layout = layout::layout(&mut plan, &facts, view.width);
    compose(plan, &facts, layout)
}

/// Puts plan and layout together, boxes in reading order: from top to bottom, from left to right.
fn compose(plan: Plan, facts: &Facts, layout: Layout) -> Scene {
    let mut placed: Vec<(usize, Node)> = layout.nodes.into_iter().enumerate().collect();
    placed.sort_by_key(|(_, node)| (node.area.y, node.area.x));
    let mut positions = vec![0; placed.len()];
    let mut nodes = Vec::new();
    for (planned, mut node) in placed {
        if let Some(position) = positions.get_mut(planned) {
            *position = nodes.len();
        }
        node.settle();
        nodes.push(node);
    }
    let edges = edges(&plan, layout.routes, &positions);
    layout::connect(&mut nodes, &edges, layout.shape);
    Scene {
        width: layout.width,
        height: layout.height,
        title: describe::title(&nodes),
        description: describe::marks(facts),
        legend: plan::legend(&nodes, &edges),
        notes: plan.notes,
        table: describe::table(facts, &nodes),
        nodes,
        edges,
    }
}

/// The lines of the plan along their routes; `positions` holds the place of each planned box among the nodes.
fn edges(plan: &Plan, routes: Vec<layout::Route>, positions: &[usize]) -> Vec<Edge> {
    let position = |planned: usize| positions.get(planned).copied().unwrap_or_default();
    let name = |planned: usize| plan.nodes.get(planned).map(|node| node.name.as_str()).unwrap_or_default();
    let edge = |(link, route): (&plan::Link, layout::Route)| Edge {
        issuer: position(link.issuer),
        subject: position(link.subject),
        certificates: link.certificates.clone(),
        evidence: link.evidence,
        upward: link.upward,
        path: layout::path(&route.points),
        arrow: layout::arrow(&route.points),
        cross: (link.evidence == Evidence::Fails).then_some(route.cross),
        label: plan::label(link).zip(route.label).map(|(line, at)| Line { at, ..line }),
        description: describe::edge(name(link.issuer), name(link.subject), link),
        points: route.points,
    };
    plan.links.iter().zip(routes).map(edge).collect()
}
