//! What is written in a box, and how large that makes it.

use std::collections::BTreeSet;

use super::describe;
use super::facts::{Facts, LeafRole};
use super::model::{Link, MAX_ROWS, PlannedNode};
use crate::report::{Certificate, Lens, Role, Validity};
use crate::scene::text::{self, fold, line};
use crate::scene::{Fate, Icon, Kind, Line, Mark, Neighbours, Node, Point, Rect, Row, Style, Tag, Tone};

/// Space left and right of the words.
pub(crate) const PAD: i32 = 14;
/// Space above the first line and below the last.
const PAD_BLOCK: i32 = 13;
/// Height of a line of the name.
const NAME_LINE: i32 = 17;
/// Height of a line of a row.
const FACT_LINE: i32 = 16;
/// Space above a row; half of it belongs to the row before.
const ROW_GAP: i32 = 4;
/// Space around the hairline between two rows.
const RULE_GAP: i32 = 10;
/// Height of a tag.
const TAG_HEIGHT: i32 = 18;
/// Space below a tag.
const TAG_GAP: i32 = 6;
/// Space left and right of a tag's words.
const TAG_PAD: i32 = 8;

/// How far a tag on the upper edge of a box stands out of it.
const BADGE_RISE: i32 = TAG_HEIGHT / 2;

impl Node {
    /// The right end of the tag on the upper edge, if there is one; before the box has its place.
    pub(crate) fn badge_end(&self) -> Option<i32> {
        let badge = self.tags.iter().find(|tag| tag.area.y < 0)?;
        Some(badge.area.x + badge.area.width)
    }

    /// How far that tag stands out of the box.
    pub(crate) fn rise(&self) -> i32 {
        self.badge_end().map_or(0, |_| BADGE_RISE)
    }

    /// Moves everything that is written to where the box is; rows take its width.
    pub(crate) fn settle(&mut self) {
        let Rect { x, y, width, .. } = self.area;
        let move_line = |line: &mut Line| (line.at.x, line.at.y) = (line.at.x + x, line.at.y + y);
        self.title.iter_mut().for_each(move_line);
        for tag in &mut self.tags {
            (tag.area.x, tag.area.y) = (tag.area.x + x, tag.area.y + y);
            move_line(&mut tag.line);
        }
        for row in &mut self.rows {
            (row.area.x, row.area.y, row.area.width) = (x, row.area.y + y, width);
            row.lines.iter_mut().for_each(move_line);
        }
    }
}

/// Writes a box whose words may be `room` pixels wide. Coordinates count from its upper left corner; its area is the
/// smallest that holds the words.
pub(crate) fn write(planned: &PlannedNode, facts: &Facts, room: i32) -> Node {
    let mut node = Node {
        id: planned.id,
        key: planned.id.to_string(),
        kind: planned.kind,
        area: Rect::default(),
        mark: describe::mark_of(planned, facts),
        fate: facts.worst_fate(&planned.certificates).filter(|_| planned.kind != Kind::Group),
        tags: Vec::new(),
        title: fold(&planned.name, Style::Name, room),
        rows: Vec::new(),
        certificates: planned.certificates.clone(),
        label: describe::node(planned, facts),
        level: planned.level,
        neighbours: Neighbours::default(),
        ancestors: Vec::new(),
        descendants: Vec::new(),
    };
    arrange(&mut node, planned, facts, room);
    node
}

/// Puts the mark, the name, the namesake and the rows in their places, and makes the box large enough for them.
fn arrange(node: &mut Node, planned: &PlannedNode, facts: &Facts, room: i32) {
    // The mark stands on the upper edge, where it is seen first and takes no room from the words.
    if let Some(mark) = node.mark {
        node.tags.push(tag(tone(mark), describe::mark(mark), room, -TAG_HEIGHT / 2));
    }
    let mut y = PAD_BLOCK;
    for name in &mut node.title {
        name.at = Point { x: PAD, y: y + 12 };
        y += NAME_LINE;
    }
    // What tells a CA from its namesakes stands below its name.
    if let Some(words) = &planned.namesake {
        node.tags.push(tag(Tone::Plain, words, room, y + 3));
        y += TAG_HEIGHT + TAG_GAP;
    }
    node.rows = rows(planned, facts, room);
    for (at, row) in node.rows.iter_mut().enumerate() {
        y += if at == 0 { ROW_GAP } else { RULE_GAP };
        y = set_row(row, y);
    }
    node.area.height = y + PAD_BLOCK - 3;
    node.area.width = widest(node) + 2 * PAD;
}

fn tone(mark: Mark) -> Tone {
    match mark {
        Mark::Fault => Tone::Alarm,
        Mark::Trusted => Tone::Plain,
        Mark::NaiveOnly => Tone::Naive,
        Mark::CorrectOnly => Tone::Correct,
        Mark::Both => Tone::Both,
    }
}

/// The words beside a line.
pub(crate) fn label(link: &Link) -> Option<Line> {
    describe::remark(link).map(|words| line(words, None, Style::Label, i32::MAX))
}

fn widest(node: &Node) -> i32 {
    let tags = node.tags.iter().map(|tag| tag.area.x + tag.area.width - PAD);
    let lines = node.rows.iter().flat_map(|row| &row.lines).chain(&node.title).map(|line| line.width);
    tags.chain(lines).max().unwrap_or_default()
}

fn tag(tone: Tone, words: &str, room: i32, y: i32) -> Tag {
    let x = PAD - 2;
    let mut line = line(words, None, Style::Label, room + 2 - 2 * TAG_PAD);
    line.at = Point { x: x + TAG_PAD, y: y + 13 };
    Tag { tone, area: Rect { x, y, width: line.width + 2 * TAG_PAD, height: TAG_HEIGHT }, line }
}

/// Puts a row at this height; the height below it.
fn set_row(row: &mut Row, top: i32) -> i32 {
    let mut y = top;
    for line in &mut row.lines {
        line.at = Point { x: PAD, y: y + 11 };
        y += FACT_LINE;
    }
    row.area = Rect { x: 0, y: top - ROW_GAP / 2, width: 0, height: y - top + ROW_GAP };
    y
}

impl Row {
    fn new(certificate: Option<usize>) -> Row {
        Row { certificate, area: Rect::default(), mark: None, lines: Vec::new(), label: String::new() }
    }

    fn fact(&mut self, words: &str, room: i32) {
        self.lines.push(line(words, None, Style::Fact, room));
    }
}

fn rows(planned: &PlannedNode, facts: &Facts, room: i32) -> Vec<Row> {
    if !planned.facts.is_empty() {
        let mut row = Row::new(None);
        planned.facts.iter().for_each(|words| row.fact(words, room));
        return vec![row];
    }
    let all = planned.certificates.len();
    let several = all > 1;
    let shown = if all > MAX_ROWS { MAX_ROWS - 1 } else { all };
    let mut rows = Vec::new();
    for certificate in planned.certificates.iter().take(shown).filter_map(|id| facts.certificate(*id)) {
        let mut row = Row::new(Some(certificate.id));
        row.label = describe::certificate(certificate, facts);
        row.mark = facts.mark(certificate.id).filter(|_| several);
        match planned.kind {
            Kind::EndEntity => end_entity(&mut row, certificate, facts, room),
            _ => authority(&mut row, certificate, facts, several, room),
        }
        rows.push(row);
    }
    if shown < all {
        let mut row = Row::new(None);
        row.fact(&format!("and {} more certificates", all - shown), room);
        rows.push(row);
    }
    rows
}

fn authority(row: &mut Row, certificate: &Certificate, facts: &Facts, several: bool, room: i32) {
    if let Some(mark) = row.mark {
        row.lines.push(line(describe::mark(mark), None, Style::Label, room));
    }
    let kind =
        if several { describe::issuance(certificate, facts) } else { describe::standing(certificate).to_owned() };
    let together = format!("{kind} · {}", describe::validity(certificate));
    if certificate.validity == Validity::Valid && text::width(&together, Style::Fact) <= room {
        row.fact(&together, room);
    } else {
        row.fact(&kind, room);
        row.lines.push(validity(certificate, room));
    }
    if let Some(words) = provenance(certificate, facts) {
        row.fact(&words, room);
    }
}

fn end_entity(row: &mut Row, certificate: &Certificate, facts: &Facts, room: i32) {
    let fate = facts.fate(certificate.id);
    for role in facts.leaf_roles(certificate.id) {
        let (icon, style) = match (role, fate) {
            (LeafRole::SampledPeer, _) => (None, Style::Strong),
            (LeafRole::Peer, _) | (_, None | Some(Fate::Unknown)) => (None, Style::Fact),
            (_, Some(Fate::Accepted | Fate::Trusted)) => (Some(Icon::Tick), Style::Fact),
            (_, Some(Fate::Rejected | Fate::LockedOut | Fate::NotTrusted)) => (Some(Icon::Cross), Style::Label),
            (_, Some(_)) => (Some(Icon::Warning), Style::Label),
        };
        row.lines.push(line(&describe::leaf_role(role, fate), icon, style, room));
    }
    if row.lines.is_empty() {
        row.fact("end entity", room);
    }
    if let Some(words) = origin(certificate, facts) {
        row.fact(&words, room);
    }
    row.lines.push(validity(certificate, room));
}

fn validity(certificate: &Certificate, room: i32) -> Line {
    let (icon, style) = match certificate.validity {
        Validity::Valid => (None, Style::Fact),
        Validity::Expired => (Some(Icon::Warning), Style::Strong),
        Validity::NotYetValid => (Some(Icon::Clock), Style::Strong),
    };
    line(&describe::validity(certificate), icon, style, room)
}

/// "from client2": the file tells end entities apart whose names do not; nothing where it has the certificate's name.
fn origin(certificate: &Certificate, facts: &Facts) -> Option<String> {
    let names = facts.sources(certificate.id).map(|source| describe::short_source(&source.name));
    let names: BTreeSet<&str> = names.filter(|name| *name != certificate.name).collect();
    from(&Vec::from_iter(names))
}

/// "in the bundle", "only from client2": where a CA certificate comes from decides what a naive verifier makes of it; for
/// every other program it is no more than the name of a file.
fn provenance(certificate: &Certificate, facts: &Facts) -> Option<String> {
    if facts.report.answer.lens == Lens::Chains {
        return origin(certificate, facts);
    }
    if facts.sources(certificate.id).any(|source| source.roles.contains(&Role::Bundle)) {
        return Some("in the bundle".to_owned());
    }
    let senders: Vec<&str> = facts.sources(certificate.id).map(|source| describe::short_source(&source.name)).collect();
    Some(match senders.len() {
        0..=2 => format!("only {}", from(&senders)?),
        _ => format!("not in the bundle, {}", from(&senders)?),
    })
}

/// "from client1, client2", "from 3 files"; nothing for none.
fn from(names: &[&str]) -> Option<String> {
    match names {
        [] => None,
        [one] => Some(format!("from {one}")),
        [one, other] => Some(format!("from {one}, {other}")),
        many => Some(format!("from {} files", many.len())),
    }
}
