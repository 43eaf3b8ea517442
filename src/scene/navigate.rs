//! Where the arrow keys lead, and what belongs to a selected box.

use crate::collection::{Gather as _, Set};

use super::{Edge, Neighbours, Node, Width};

/// Fills in neighbours, ancestors and descendants.
pub(super) fn connect(nodes: &mut [Node], edges: &[Edge], width: Width) {
    let neighbours: Vec<Neighbours> = (0..nodes.len())
        .map(|at| match width {
            Width::Wide => across_levels(nodes, edges, at),
            Width::Narrow => along_outline(nodes, edges, at),
        })
        .gather();
    for (at, (node, neighbours)) in nodes.iter_mut().zip(neighbours).enumerate() {
        node.neighbours = neighbours;
        node.ancestors = closure(edges, at, |edge| (edge.subject, edge.issuer));
        node.descendants = closure(edges, at, |edge| (edge.issuer, edge.subject));
    }
}

/// Everything that can be reached along the lines, without the start.
fn closure(edges: &[Edge], start: usize, step: fn(&Edge) -> (usize, usize)) -> Vec<usize> {
    let mut reached = Set::new();
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        let next = edges.iter().map(step).filter(|(from, _)| *from == at).map(|(_, to)| to);
        open.extend(next.filter(|to| *to != start && reached.insert(*to)));
    }
    reached.into_iter().gather()
}

/// Up and down along a line where there is one, else to the nearest box; left and right in reading order, so that the
/// keys reach every box.
fn across_levels(nodes: &[Node], edges: &[Edge], at: usize) -> Neighbours {
    let Some(node) = nodes.get(at) else { return Neighbours::default() };
    let middle = |node: &Node| node.area.x + node.area.width / 2;
    let bottom = |node: &Node| node.area.y + node.area.height;
    let far = |other: usize| nodes.get(other).map(|other| (middle(other) - middle(node)).abs());
    let issuers = edges.iter().filter(|edge| edge.subject == at && !edge.upward).map(|edge| edge.issuer);
    let issued = edges.iter().filter(|edge| edge.issuer == at && !edge.upward).map(|edge| edge.subject);
    let others = || nodes.iter().enumerate().filter(|(other, _)| *other != at);
    let above = others().filter(|(_, other)| bottom(other) <= node.area.y);
    let below = others().filter(|(_, other)| other.area.y >= bottom(node));
    let nearest_above = above.max_by_key(|(other, node)| (bottom(node), far(*other).map(|far| -far)));
    let nearest_below = below.min_by_key(|(other, node)| (node.area.y, far(*other)));
    Neighbours {
        up: issuers.min_by_key(|other| far(*other)).or(nearest_above.map(|(other, _)| other)),
        down: issued.min_by_key(|other| far(*other)).or(nearest_below.map(|(other, _)| other)),
        left: at.checked_sub(1),
        right: Some(at + 1).filter(|next| *next < nodes.len()),
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
