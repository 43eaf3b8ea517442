//! Where lines leave and enter the boxes: below, on top, or at the side of a row.

use crate::collection::{self, Gather as _, Map, Set};

use super::content::{BADGE_RISE, Content};
use super::items::{Item, Pieces};
use super::rank::Ranks;
use super::select::{Link, Plan};
use super::{Rect, Style};
use super::{describe, text};

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

/// Ports of every line and net. Offsets count from the axis of the item.
#[derive(Clone, Debug, Default)]
pub(super) struct Ports {
    /// By line.
    entries: Vec<Option<Entry>>,
    /// By net.
    exits: Vec<Option<Exit>>,
}

impl Ports {
    /// Where a line ends.
    pub(super) fn entry(&self, link: usize) -> Option<Entry> {
        self.entries.get(link).copied().flatten()
    }

    /// Where a net starts.
    pub(super) fn exit(&self, net: usize) -> Option<Exit> {
        self.exits.get(net).copied().flatten()
    }

    pub(super) fn set_entry(&mut self, link: usize, entry: Entry) {
        if let Some(place) = self.entries.get_mut(link) {
            *place = Some(entry);
        }
    }

    pub(super) fn set_exit(&mut self, net: usize, exit: Exit) {
        if let Some(place) = self.exits.get_mut(net) {
            *place = Some(exit);
        }
    }
}

/// Where a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Of the vertical that comes down to it.
    pub(super) offset: i32,
    /// How it enters.
    pub(super) via: Via,
    /// On which line above the box its words stand, 0 being the lowest; none without words.
    pub(super) label_line: Option<i32>,
}

/// How a line enters a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// Straight from above.
    Top,
    /// From the side, at this height below the item's upper edge, to this offset.
    Side(i32, i32),
}

/// Where a net starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exit {
    /// Of the vertical that goes down from it.
    pub(super) offset: i32,
    /// For a line that leads up: height and offset of the point at the side of the row; it ends there.
    pub(super) side: Option<(i32, i32)>,
}

/// Gives every line its ports, and makes the items as wide as they need.
pub(super) fn assign(pieces: &mut Pieces, plan: &Plan, contents: &[Content], levels: &[Vec<usize>]) -> Ports {
    let mut ports = Ports { entries: vec![None; plan.edges.len()], exits: vec![None; pieces.nets.len()] };
    let position = positions(pieces, levels);
    for at in 0..pieces.items.len() {
        let mut arriving = arriving(pieces, at);
        collection::sort_by_key(&mut arriving, |(link, carrier)| (position.get(*carrier).copied(), *link));
        let Some(item) = pieces.items.get_mut(at) else { continue };
        let lines: Vec<usize> = arriving.into_iter().map(|(link, _)| link).gather();
        if item.column {
            for link in lines {
                if let Some(entry) = plan.edges.get(link).and_then(|line| trunk(item, line.subject)) {
                    ports.set_entry(link, entry);
                }
            }
        } else {
            enter_box(item, plan, contents, &lines, &mut ports);
        }
    }
    exits(pieces, plan, contents, &position, &mut ports);
    ports
}

/// The place of every item in its level.
fn positions(pieces: &Pieces, levels: &[Vec<usize>]) -> Vec<usize> {
    let mut positions = vec![0; pieces.items.len()];
    for level in levels {
        for (at, item) in level.iter().enumerate() {
            if let Some(position) = positions.get_mut(*item) {
                *position = at;
            }
        }
    }
    positions
}

/// Lines that end at an item, with the carrier above it.
fn arriving(pieces: &Pieces, at: usize) -> Vec<(usize, usize)> {
    let ends = pieces.nets.iter().flat_map(|net| net.ends.iter().map(move |end| (net, end)));
    let here = ends.filter(|(_, (_, end))| *end == at);
    here.filter_map(|(net, (link, _))| Some((*link, pieces.carrier_above(net, at)?))).gather()
}

fn trunk(item: &Item, subject: usize) -> Option<Entry> {
    let (_, area) = item.boxes.iter().find(|(node, _)| *node == subject)?;
    Some(Entry { offset: TRUNK - item.left, via: Via::Side(area.y + area.height / 2, area.x), label_line: None })
}

fn enter_box(item: &mut Item, plan: &Plan, contents: &[Content], lines: &[usize], ports: &mut Ports) {
    let Some((node, area)) = item.boxes.first().copied() else { return };
    let badge = contents.get(node).and_then(Content::badge_end).map(|end| area.x + end + BADGE_CLEAR);
    item.entries_from = badge.unwrap_or(area.x + PORT_GAP / 2 + 4);
    item.rise = if badge.is_some() { BADGE_RISE } else { 0 };
    let link = |at: &usize| plan.edges.get(*at);
    let leads_to_row = |at: &&usize| link(at).is_some_and(|link| link.row.is_some() && link.subject == node);
    let (mut rows, tops): (Vec<usize>, Vec<usize>) = lines.iter().partition(leads_to_row);
    let labelled = enter_top(item, plan, &tops, ports);
    collection::sort_by_key(&mut rows, |at| (link(at).and_then(|link| link.row), *at));
    let has_badge = contents.get(node).is_some_and(|content| content.badge_end().is_some());
    let mut label_line = i32::from(labelled || has_badge);
    for (lane, at) in rows.iter().enumerate() {
        let Some(link) = link(at) else { continue };
        let offset = area.x - LANE - LANE_GAP * lane as i32;
        let height = row_height(contents.get(node), link.row, area) + shift(&rows, lane, plan);
        let has_label = describe::remark(link).is_some();
        let entry = Entry { offset, via: Via::Side(height, area.x), label_line: has_label.then_some(label_line) };
        label_line += i32::from(has_label);
        ports.set_entry(*at, entry);
        item.left = item.left.max(6 - offset);
        item.right = item.right.max(offset + label_room(link));
    }
}

/// Two lines to the same row enter one below the other.
fn shift(rows: &[usize], lane: usize, plan: &Plan) -> i32 {
    let row = |at: &usize| plan.edges.get(*at).and_then(|link| link.row);
    let own = rows.get(lane).and_then(row);
    rows.iter().take(lane).filter(|at| row(at) == own).count() as i32 * ROW_STEP
}

/// The middle of a row, relative to the upper edge of its item.
fn row_height(content: Option<&Content>, row: Option<usize>, area: Rect) -> i32 {
    let rows = content.map(|content| content.rows.as_slice()).unwrap_or_default();
    let found = row.and_then(|row| rows.get(row.min(rows.len().saturating_sub(1))));
    found.map_or(area.height / 2, |row| row.area.y + row.area.height / 2)
}

/// Side by side on top, with room for their words between them. Says whether any has words.
fn enter_top(item: &mut Item, plan: &Plan, lines: &[usize], ports: &mut Ports) -> bool {
    let links: Vec<(usize, &Link)> = lines.iter().filter_map(|at| Some((*at, plan.edges.get(*at)?))).gather();
    let mut offsets = Vec::new();
    let mut next = 0;
    for (_, link) in &links {
        offsets.push(next);
        next += PORT_GAP.max(label_room(link));
    }
    let middle = offsets.last().map_or(0, |last| last / 2);
    for ((at, link), offset) in links.iter().zip(offsets) {
        let offset = offset - middle;
        let has_label = describe::remark(link).is_some();
        ports.set_entry(*at, Entry { offset, via: Via::Top, label_line: has_label.then_some(0) });
        item.right = item.right.max(offset + label_room(link));
        item.left = item.left.max(PORT_GAP / 2 - offset);
    }
    links.iter().any(|(_, link)| describe::remark(link).is_some())
}

/// Room that the words beside a line take, to its right.
fn label_room(link: &Link) -> i32 {
    label(link).map_or(0, |label| label.width + 2 * LABEL_GAP)
}

/// The words beside a line.
pub(super) fn label(link: &Link) -> Option<super::Line> {
    describe::remark(link).map(|words| text::line(words, None, Style::Label, i32::MAX))
}

/// The width that a box needs for its ports, beside the tag on its upper edge.
pub(super) fn least_width(plan: &Plan, ranks: &Ranks, node: usize, content: &Content) -> i32 {
    // A line that leads up is drawn like one that leads down from its subject to the top of its issuer.
    let enters = |(at, link): &(usize, &Link)| match ranks.upward.contains(at) {
        true => link.issuer == node,
        false => link.subject == node && link.row.is_none(),
    };
    let top = plan.edges.iter().enumerate().filter(enters);
    let rooms: Vec<i32> = top.map(|(_, link)| PORT_GAP.max(label_room(link))).gather();
    let bottom = plan.edges.iter().filter(|link| link.issuer == node).map(|link| link.evidence);
    let nets = bottom.collect::<Set<_>>().len() as i32;
    let span: i32 = rooms.iter().sum::<i32>() - rooms.iter().min().copied().unwrap_or_default();
    let badge = content.badge_end().filter(|_| !rooms.is_empty()).map_or(0, |end| end + BADGE_CLEAR - PORT_GAP / 2);
    (span + PORT_GAP + 2 * badge).max((nets + 1) * PORT_GAP)
}

/// Nets of a box leave it side by side, in the order of what they lead to.
fn exits(pieces: &mut Pieces, plan: &Plan, contents: &[Content], position: &[usize], ports: &mut Ports) {
    let mut leaving = vec![Vec::new(); pieces.items.len()];
    let mut rows: Map<(usize, Option<usize>), i32> = Map::new();
    for (at, net) in pieces.nets.iter().enumerate() {
        let Some(source) = net.carriers.first() else { continue };
        if net.upward {
            let side = net.ends.first().and_then(|(link, _)| plan.edges.get(*link));
            let Some((item, link)) = pieces.items.get_mut(*source).zip(side) else { continue };
            let before = rows.entry((link.subject, link.row)).or_default();
            if let Some(exit) = beside_row(item, link, contents, *before * ROW_STEP) {
                ports.set_exit(at, exit);
            }
            *before += 1;
        } else {
            let places = net.ends.iter().filter_map(|(_, end)| position.get(*end));
            let mean = places.sum::<usize>() * 100 / net.ends.len().max(1);
            if let Some(leaving) = leaving.get_mut(*source) {
                leaving.push((mean, at));
            }
        }
    }
    for mut nets in leaving {
        collection::sort(&mut nets);
        let first = -(PORT_GAP * (nets.len() as i32 - 1)) / 2;
        for (step, (_, net)) in nets.into_iter().enumerate() {
            ports.set_exit(net, Exit { offset: first + PORT_GAP * step as i32, side: None });
        }
    }
}

fn beside_row(item: &mut Item, link: &Link, contents: &[Content], lower: i32) -> Option<Exit> {
    let (node, area) = item.boxes.first().copied()?;
    let height = row_height(contents.get(node), link.row, area) + lower;
    let offset = item.right + LANE;
    item.right = offset + LANE_GAP;
    Some(Exit { offset, side: Some((height, area.x + area.width)) })
}
