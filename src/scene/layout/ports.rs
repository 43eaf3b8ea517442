//! Where lines leave and enter the boxes: below, on top, or at the side of a row.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{Entry, Item, Piece};
use crate::scene::Node;
use crate::scene::plan::{Link, Plan, describe, label};

/// Space between two ports of a box.
const PORT_GAP: i32 = 20;
/// Space between a line and its words, and after the words.
pub(super) const LABEL_GAP: i32 = 9;
/// Space between the side of a box and the first line that runs down beside it.
const LANE: i32 = 13;
/// Space between two such lines.
const LANE_GAP: i32 = 9;
/// Space between two lines that enter the same row.
const ROW_STEP: i32 = 7;
/// Space between the tag on the upper edge of a box and the first line that enters there.
const BADGE_CLEAR: i32 = 10;
/// Space between the left end of a column and its trunk.
const TRUNK: i32 = 5;

/// Gives every line and net its ports, and makes the items as wide as they need.
pub(super) fn assign(piece: &mut Piece, plan: &Plan, nodes: &[Node]) {
    for at in 0..piece.items.len() {
        let lines = arriving(piece, at);
        let Some(item) = piece.items.get_mut(at) else { continue };
        if item.column {
            enter_column(item, plan, &lines, &mut piece.entries);
        } else {
            enter_box(item, plan, nodes, &lines, &mut piece.entries);
        }
        leave(piece, at);
        leave_upward(piece, plan, nodes, at);
    }
}

/// Lines that end at an item, from left to right.
fn arriving(piece: &Piece, at: usize) -> Vec<usize> {
    let mut lines: Vec<(usize, usize)> = Vec::new();
    for net in &piece.nets {
        let position = piece.carrier_above(net, at).map_or(0, |carrier| piece.position(carrier));
        for (link, end) in &net.ends {
            if *end == at {
                lines.push((position, *link));
            }
        }
    }
    lines.sort();
    lines.into_iter().map(|(_, link)| link).collect()
}

/// From the trunk at its left to the side of each box.
fn enter_column(item: &Item, plan: &Plan, lines: &[usize], entries: &mut BTreeMap<usize, Entry>) {
    for at in lines {
        let subject = plan.links.get(*at).map(|link| link.subject);
        let found = item.boxes.iter().find(|(node, _)| Some(*node) == subject);
        if let Some((_, area)) = found {
            let side = Some((area.y + area.height / 2, area.x));
            entries.insert(*at, Entry { offset: TRUNK - item.left, side, label_line: None });
        }
    }
}

/// Side by side on top, with room for their words between them; those that lead to a row from its left.
fn enter_box(item: &mut Item, plan: &Plan, nodes: &[Node], lines: &[usize], entries: &mut BTreeMap<usize, Entry>) {
    let Some((at, area)) = item.boxes.first().copied() else { return };
    let Some(node) = nodes.get(at) else { return };
    let badge = node.badge_end();
    item.entries_from = area.x + badge.map_or(PORT_GAP / 2 + 4, |end| end + BADGE_CLEAR);
    item.rise = node.rise();
    let (mut rows, mut tops) = (Vec::new(), Vec::new());
    for line in lines {
        let Some(link) = plan.links.get(*line) else { continue };
        match link.row {
            Some(row) if link.subject == at => rows.push((row, *line)),
            _ => tops.push((link, *line)),
        }
    }
    enter_top(item, &tops, entries);
    rows.sort();
    enter_rows(item, plan, node, &rows, entries);
}

/// Around the middle.
fn enter_top(item: &mut Item, lines: &[(&Link, usize)], entries: &mut BTreeMap<usize, Entry>) {
    let (mut next, mut last) = (0, 0);
    for (link, _) in lines {
        last = next;
        next += top_room(link);
    }
    let mut offset = -last / 2;
    for (link, line) in lines {
        let mut entry = Entry { offset, ..Entry::default() };
        if describe::remark(link).is_some() {
            entry.label_line = Some(0);
            item.label_lines = 1;
        }
        entries.insert(*line, entry);
        item.left = item.left.max(PORT_GAP / 2 - offset);
        item.right = item.right.max(offset + label_room(link));
        offset += top_room(link);
    }
}

/// Down the left side, the uppermost row nearest.
fn enter_rows(
    item: &mut Item,
    plan: &Plan,
    node: &Node,
    rows: &[(usize, usize)],
    entries: &mut BTreeMap<usize, Entry>,
) {
    let Some((_, area)) = item.boxes.first().copied() else { return };
    let mut label_line = item.label_lines.max(i32::from(node.badge_end().is_some()));
    let (mut offset, mut before, mut lower) = (area.x - LANE, None, 0);
    for (row, line) in rows {
        let Some(link) = plan.links.get(*line) else { continue };
        // Two lines to the same row enter one below the other.
        lower = if before == Some(row) { lower + ROW_STEP } else { 0 };
        before = Some(row);
        let side = Some((row_height(node, link.row, area.height / 2) + lower, area.x));
        let mut entry = Entry { offset, side, label_line: None };
        if describe::remark(link).is_some() {
            entry.label_line = Some(label_line);
            label_line += 1;
            item.label_lines = label_line;
        }
        entries.insert(*line, entry);
        item.left = item.left.max(6 - offset);
        item.right = item.right.max(offset + label_room(link));
        offset -= LANE_GAP;
    }
}

/// The middle of a row, relative to the upper edge of its box; `otherwise` for a line that means the whole box.
pub(super) fn row_height(node: &Node, row: Option<usize>, otherwise: i32) -> i32 {
    let found = row.and_then(|row| node.rows.get(row.min(node.rows.len().saturating_sub(1))));
    found.map_or(otherwise, |row| row.area.y + row.area.height / 2)
}

/// Room that a line takes on top of a box.
fn top_room(link: &Link) -> i32 {
    PORT_GAP.max(label_room(link))
}

/// Room that the words beside a line take, to its right.
fn label_room(link: &Link) -> i32 {
    label(link).map_or(0, |label| label.width + 2 * LABEL_GAP)
}

/// The width that a box needs for its ports, beside the tag on its upper edge.
pub(super) fn least_width(plan: &Plan, at: usize, node: &Node) -> i32 {
    // A line that leads up is drawn like one that leads down from its subject to the top of its issuer.
    let entering = plan.links.iter().filter(|link| link.ends().1 == at && (link.upward || link.row.is_none()));
    let rooms: Vec<i32> = entering.map(top_room).collect();
    let least = rooms.iter().min().copied();
    let badge = node.badge_end().filter(|_| least.is_some()).map_or(0, |end| end + BADGE_CLEAR - PORT_GAP / 2);
    let top = rooms.iter().sum::<i32>() - least.unwrap_or_default() + PORT_GAP + 2 * badge;
    let leaving = plan.links.iter().filter(|link| link.issuer == at).map(|link| link.evidence);
    let kinds = leaving.collect::<BTreeSet<_>>().len() as i32;
    top.max((kinds + 1) * PORT_GAP)
}

/// Nets of an item leave it side by side, in the order of what they lead to.
fn leave(piece: &mut Piece, source: usize) {
    let mut leaving: Vec<(usize, usize)> = Vec::new();
    for (at, net) in piece.nets.iter().enumerate() {
        if net.carriers.first() == Some(&source) && !net.upward {
            let places: usize = net.ends.iter().map(|(_, end)| piece.position(*end)).sum();
            leaving.push((places * 100 / net.ends.len().max(1), at));
        }
    }
    leaving.sort();
    let mut offset = -(PORT_GAP * (leaving.len() as i32 - 1)) / 2;
    for (_, at) in leaving {
        if let Some(net) = piece.nets.get_mut(at) {
            net.exit = offset;
        }
        offset += PORT_GAP;
    }
}

/// Nets that lead up begin at the right side of a row.
fn leave_upward(piece: &mut Piece, plan: &Plan, nodes: &[Node], source: usize) {
    let Some(item) = piece.items.get_mut(source) else { return };
    let Some((node, area)) = item.boxes.first().copied() else { return };
    let mut taken = Vec::new();
    for net in &mut piece.nets {
        let link = net.ends.first().and_then(|(link, _)| plan.links.get(*link));
        if let (Some(link), Some(node)) = (link, nodes.get(node))
            && net.upward
            && net.carriers.first() == Some(&source)
        {
            let lower = ROW_STEP * taken.iter().filter(|row| **row == link.row).count() as i32;
            taken.push(link.row);
            net.exit = item.right + LANE;
            net.side = Some((row_height(node, link.row, area.height / 2) + lower, area.x + area.width));
            item.right = net.exit + LANE_GAP;
        }
    }
}
