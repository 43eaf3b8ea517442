//! Where the arrow keys lead, and what belongs to a selected box.

use super::Shape;
use crate::scene::reach::reachable;
use crate::scene::{Edge, Neighbours, Node};

/// Fills in neighbours, ancestors and descendants.
pub(crate) fn connect(nodes: &mut [Node], edges: &[Edge], shape: Shape) {
    let upwards: Vec<(usize, usize)> = edges.iter().map(|edge| (edge.subject, edge.issuer)).collect();
    let downwards: Vec<(usize, usize)> = edges.iter().map(|edge| (edge.issuer, edge.subject)).collect();
    for at in 0..nodes.len() {
        let neighbours = match shape {
            Shape::Levels => across_levels(nodes, edges, at),
            Shape::Outline => along_outline(nodes, edges, at),
        };
        if let Some(node) = nodes.get_mut(at) {
            node.neighbours = neighbours;
            node.ancestors = others(at, &upwards);
            node.descendants = others(at, &downwards);
        }
    }
}

/// Everything that can be reached from a box, without itself.
fn others(at: usize, steps: &[(usize, usize)]) -> Vec<usize> {
    let mut reached = reachable([at], steps);
    reached.remove(&at);
    reached.into_iter().collect()
}

/// Up and down along a line where there is one, else to the nearest box, of several the left one; left and right in
/// reading order, so that the keys reach every box.
fn across_levels(nodes: &[Node], edges: &[Edge], at: usize) -> Neighbours {
    let Some(node) = nodes.get(at) else { return Neighbours::default() };
    let middle = |node: &Node| node.area.x + node.area.width / 2;
    let bottom = |node: &Node| node.area.y + node.area.height;
    let (mut up, mut down) = (Nearest::default(), Nearest::default());
    for (other, found) in nodes.iter().enumerate() {
        let aside = (middle(found) - middle(node)).abs();
        let issues = |issuer: usize, subject: usize| {
            edges.iter().any(|edge| (edge.issuer, edge.subject, edge.upward) == (issuer, subject, false))
        };
        if issues(other, at) {
            up.offer(other, (i32::MIN, aside));
        } else if bottom(found) <= node.area.y {
            up.offer(other, (-bottom(found), aside));
        }
        if issues(at, other) {
            down.offer(other, (i32::MIN, aside));
        } else if found.area.y >= bottom(node) {
            down.offer(other, (found.area.y, aside));
        }
    }
    Neighbours {
        up: up.node,
        down: down.node,
        left: at.checked_sub(1),
        right: Some(at + 1).filter(|next| *next < nodes.len()),
    }
}

/// The box with the least distance so far, down the page and across; the first of several.
#[derive(Default)]
struct Nearest {
    node: Option<usize>,
    distance: (i32, i32),
}

impl Nearest {
    fn offer(&mut self, node: usize, distance: (i32, i32)) {
        if self.node.is_none() || distance < self.distance {
            *self = Nearest { node: Some(node), distance };
        }
    }
}

/// Up and down through the outline, left to an issuer, right to the first thing issued.
fn along_outline(nodes: &[Node], edges: &[Edge], at: usize) -> Neighbours {
    Neighbours {
        up: at.checked_sub(1),
        down: Some(at + 1).filter(|next| *next < nodes.len()),
        left: edges.iter().filter(|edge| edge.subject == at).map(|edge| edge.issuer).max(),
        right: edges.iter().filter(|edge| edge.issuer == at).map(|edge| edge.subject).min(),
    }
}
