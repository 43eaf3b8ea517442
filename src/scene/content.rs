//! What is written in a box, and how large that makes it.

use crate::collection::{Gather as _, Set};

use super::describe;
use super::facts::{Facts, Part};
use super::select::{Box, MAX_ROWS};
use super::text::{self, fold, line};
use super::{Fate, Icon, Kind, Line, Mark, Point, Rect, Row, Style, Tag, Tone};
use crate::report::{Certificate, Role, Validity};

/// Space left and right of the words.
pub(super) const PAD: i32 = 14;
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

/// What is written in a box; coordinates count from its upper left corner.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    pub(super) tags: Vec<Tag>,
    pub(super) title: Vec<Line>,
    pub(super) rows: Vec<Row>,
    /// The narrowest box that holds it.
    pub(super) width: i32,
    pub(super) height: i32,
}

/// How far a tag on the upper edge of a box stands out of it.
pub(super) const BADGE_RISE: i32 = TAG_HEIGHT / 2;

impl Content {
    /// The right end of the tag on the upper edge, if there is one.
    pub(super) fn badge_end(&self) -> Option<i32> {
        let badge = self.tags.iter().find(|tag| tag.area.y < 0)?;
        Some(badge.area.x + badge.area.width)
    }

    /// Moves everything to where the box is; rows take its width.
    pub(super) fn moved_to(mut self, area: Rect) -> Content {
        for tag in &mut self.tags {
            (tag.area.x, tag.area.y) = (tag.area.x + area.x, tag.area.y + area.y);
        }
        for row in &mut self.rows {
            row.area = Rect { x: area.x, y: row.area.y + area.y, width: area.width, ..row.area };
        }
        let tag_lines = self.tags.iter_mut().map(|tag| &mut tag.line);
        let row_lines = self.rows.iter_mut().flat_map(|row| &mut row.lines);
        for line in tag_lines.chain(row_lines).chain(&mut self.title) {
            line.at = Point { x: line.at.x + area.x, y: line.at.y + area.y };
        }
        self
    }
}

/// Writes a box whose words may be `room` pixels wide.
pub(super) fn write(node: &Box, facts: &Facts, room: i32) -> Content {
    let mut content = Content::default();
    let mut y = PAD_BLOCK;
    content.tags.extend(badge(node, facts, room));
    content.title = fold(describe::name(node, facts), Style::Name, room);
    for name in &mut content.title {
        name.at = Point { x: PAD, y: y + 12 };
        y += NAME_LINE;
    }
    y = set_namesake(&mut content, node, facts, room, y);
    let rows = rows(node, facts, room);
    for (at, mut row) in rows.into_iter().enumerate() {
        y += if at == 0 { ROW_GAP } else { RULE_GAP };
        y = set_row(&mut row, y);
        content.rows.push(row);
    }
    content.height = y + PAD_BLOCK - 3;
    content.width = widest(&content) + 2 * PAD;
    content
}

fn widest(content: &Content) -> i32 {
    let lines = content.title.iter().chain(content.rows.iter().flat_map(|row| &row.lines)).map(|line| line.width);
    let tags = content.tags.iter().map(|tag| tag.area.x + tag.area.width - PAD);
    lines.chain(tags).max().unwrap_or_default()
}

/// The mark, on the upper edge, where it is seen first and takes no room from the words.
fn badge(node: &Box, facts: &Facts, room: i32) -> Option<Tag> {
    let mark = describe::mark_of(node, facts)?;
    let tone = match mark {
        Mark::NaiveOnly => Tone::Naive,
        Mark::CorrectOnly => Tone::Correct,
        Mark::Both => Tone::Both,
    };
    Some(tag(tone, describe::mark(mark), room, Point { x: PAD - 2, y: -TAG_HEIGHT / 2 }))
}

/// What tells a CA from its namesakes stands below its name.
fn set_namesake(content: &mut Content, node: &Box, facts: &Facts, room: i32, top: i32) -> i32 {
    let Some(words) = describe::namesake(node, facts) else { return top };
    content.tags.push(tag(Tone::Plain, &words, room, Point { x: PAD - 2, y: top + 3 }));
    top + TAG_HEIGHT + TAG_GAP
}

fn tag(tone: Tone, words: &str, room: i32, at: Point) -> Tag {
    let mut line = line(words, None, Style::Label, room + 2 - 2 * TAG_PAD);
    line.at = Point { x: at.x + TAG_PAD, y: at.y + 13 };
    Tag { tone, area: Rect { x: at.x, y: at.y, width: line.width + 2 * TAG_PAD, height: TAG_HEIGHT }, line }
}

fn set_row(row: &mut Row, top: i32) -> i32 {
    let mut y = top;
    for line in &mut row.lines {
        line.at = Point { x: PAD, y: y + 11 };
        y += FACT_LINE;
    }
    row.area = Rect { x: 0, y: top - ROW_GAP / 2, width: 0, height: y - top + ROW_GAP };
    y
}

/// Icon, words and style of a line to be.
type Words = (Option<Icon>, String, Style);

fn rows(node: &Box, facts: &Facts, room: i32) -> Vec<Row> {
    match node.kind {
        Kind::Missing => vec![row(None, missing(node, facts), room)],
        Kind::Group => {
            let words = node.words.as_ref().map(|(_, row)| row.clone()).unwrap_or_default();
            vec![row(None, vec![fact(words)], room)]
        }
        Kind::Authority | Kind::EndEntity => certificate_rows(node, facts, room),
    }
}

fn row(certificate: Option<usize>, words: Vec<Words>, room: i32) -> Row {
    let lines: Vec<Line> = words.into_iter().map(|(icon, words, style)| line(&words, icon, style, room)).gather();
    Row { certificate, area: Rect::default(), mark: None, lines, label: String::new() }
}

fn fact(words: impl Into<String>) -> Words {
    (None, words.into(), Style::Fact)
}

fn missing(node: &Box, facts: &Facts) -> Vec<Words> {
    let key_id = facts.report.ghosts.get(node.index).and_then(|ghost| ghost.key_id.as_deref());
    let absent = fact("not among these files");
    std::iter::once(absent).chain(key_id.map(|key_id| fact(format!("key id {key_id}")))).gather()
}

fn certificate_rows(node: &Box, facts: &Facts, room: i32) -> Vec<Row> {
    let all = node.certificates.len();
    let shown = if all > MAX_ROWS { MAX_ROWS - 1 } else { all };
    let found = node.certificates.iter().take(shown).filter_map(|id| facts.certificate(*id));
    let several = all > 1;
    let mut rows: Vec<Row> = found
        .map(|certificate| {
            let words = match node.kind {
                Kind::EndEntity => end_entity(certificate, facts),
                _ => authority(certificate, facts, several, room),
            };
            let mark = facts.mark(certificate.id).filter(|_| several);
            Row { mark, label: describe::certificate(certificate, facts), ..row(Some(certificate.id), words, room) }
        })
        .gather();
    if shown < all {
        rows.push(row(None, vec![fact(format!("and {} more certificates", all - shown))], room));
    }
    rows
}

fn authority(certificate: &Certificate, facts: &Facts, several: bool, room: i32) -> Vec<Words> {
    let kind =
        if several { describe::issuance(certificate, facts) } else { describe::standing(certificate).to_owned() };
    let provenance = provenance(certificate, facts);
    let mark = facts.mark(certificate.id).filter(|_| several);
    let mut words: Vec<Words> =
        mark.map(|mark| (None, describe::mark(mark).to_owned(), Style::Label)).into_iter().gather();
    let together = format!("{kind} · {}", describe::validity(certificate));
    if certificate.validity == Validity::Valid && text::width(&together, Style::Fact) <= room {
        words.push(fact(together));
    } else {
        words.extend([fact(kind), validity(certificate)]);
    }
    words.extend(provenance.map(fact));
    words
}

fn end_entity(certificate: &Certificate, facts: &Facts) -> Vec<Words> {
    let mut words: Vec<Words> = Vec::new();
    for &part in facts.parts(certificate.id) {
        words.push(match (part, facts.fate(certificate.id)) {
            (Part::SampledPeer, _) => (None, "sampled peer".to_owned(), Style::Strong),
            (Part::Peer, _) => fact("peer"),
            (Part::Client, None) => fact("client"),
            (Part::Client, Some(fate)) => {
                let style = if fate == Fate::Accepted { Style::Fact } else { Style::Label };
                (Some(fate_icon(fate)), format!("client, {}", describe::fate(fate)), style)
            }
        });
    }
    if words.is_empty() {
        words.push(fact("end entity"));
    }
    words.extend(origin(certificate, facts).map(fact));
    words.push(validity(certificate));
    words
}

/// "from client2": the file tells end entities apart whose names do not; nothing where it has the certificate's name.
fn origin(certificate: &Certificate, facts: &Facts) -> Option<String> {
    let names = facts.sources(certificate.id).map(|source| describe::short_source(&source.name));
    let names: Set<&str> = names.filter(|name| *name != certificate.name).collect();
    let count = names.len();
    let mut names = names.into_iter();
    match (names.next()?, names.next()) {
        (one, None) => Some(format!("from {one}")),
        (one, Some(other)) if count == 2 => Some(format!("from {one}, {other}")),
        _ => Some(format!("from {count} files")),
    }
}

fn fate_icon(fate: Fate) -> Icon {
    match fate {
        Fate::Accepted => Icon::Tick,
        Fate::Rejected | Fate::LockedOut => Icon::Cross,
        Fate::LockedOutOfOldRouters | Fate::WronglyAccepted => Icon::Warning,
    }
}

fn validity(certificate: &Certificate) -> Words {
    let words = describe::validity(certificate);
    match certificate.validity {
        Validity::Valid => (None, words, Style::Fact),
        Validity::Expired => (Some(Icon::Warning), words, Style::Strong),
        Validity::NotYetValid => (Some(Icon::Clock), words, Style::Strong),
    }
}

/// "in the bundle", "sent by client2": where a CA certificate comes from decides what a naive verifier makes of it.
fn provenance(certificate: &Certificate, facts: &Facts) -> Option<String> {
    let in_bundle = facts.sources(certificate.id).any(|source| source.roles.contains(&Role::Bundle));
    let sends = |roles: &[Role]| !roles.contains(&Role::Bundle);
    let senders: Vec<&str> =
        facts.sources(certificate.id).filter(|source| sends(&source.roles)).map(|source| source.name.as_str()).gather();
    match (in_bundle, senders.as_slice()) {
        (true, _) => Some("in the bundle".to_owned()),
        (false, []) => None,
        (false, [one]) => Some(format!("only from {}", describe::short_source(one))),
        (false, [one, other]) => {
            Some(format!("only from {}, {}", describe::short_source(one), describe::short_source(other)))
        }
        (false, many) => Some(format!("not in the bundle, from {} files", many.len())),
    }
}
