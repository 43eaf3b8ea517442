//! What a drawing consists of: pure geometry in whole pixels, with every word in its place.

use std::fmt;

use serde::{Deserialize, Serialize};

#[cfg(doc)]
use super::picture;
#[cfg(doc)]
use crate::report::Report;

/// What the reader chose.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct View {
    /// The peer whose pools are marked, a name from `pools[].peer`; [`Report::focus`] if absent.
    pub peer: Option<String>,
    /// How much room there is.
    pub width: Width,
}

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Width {
    /// A desk: levels from top to bottom, as wide as it takes (usually under 1,200 px).
    #[default]
    Wide,
    /// A telephone: an indented tree as wide as the room in pixels, but never narrower than [`NARROWEST`].
    Narrow(i32),
}

/// Width of the narrowest drawing in pixels: what the page leaves of the 320 that WCAG 2.2, 1.4.10 asks for, so that
/// the words keep their size there.
pub const NARROWEST: i32 = 256;

/// Most boxes in one drawing; our own number: what a reader takes in. Beyond it boxes are put together, and the notes
/// say so.
pub const MAX_NODES: usize = 60;

/// The drawing. Coordinates are pixels, y downwards, all inside `0 0 width height`.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scene {
    /// Zero for an empty report.
    pub width: i32,
    /// Zero for an empty report.
    pub height: i32,
    /// The accessible name: "Issuer graph: 1 root, 3 intermediates, 6 end entities".
    pub title: String,
    /// The accessible description: whose pools are marked and where they differ.
    pub description: String,
    /// Boxes in reading order: from top to bottom, from left to right.
    pub nodes: Vec<Node>,
    /// Lines; they are painted below the boxes.
    pub edges: Vec<Edge>,
    /// What occurs in the drawing, and nothing else.
    pub legend: Vec<Sample>,
    /// What was left out or put together, in sentences.
    pub notes: Vec<String>,
    /// The same as text: one row per certificate, those put together included.
    pub table: Vec<TableRow>,
}

/// A rectangle of the drawing, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rect {
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// From its left to its right edge.
    pub width: i32,
    /// From its upper to its lower edge.
    pub height: i32,
}

/// A point of the drawing, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

/// Which part of the report a box shows. As text it is `ca-3`, `missing-0` or `more-0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NodeId {
    /// A CA or an end entity, an index into [`Report::cas`].
    Ca(usize),
    /// An issuer that is not among the files, an index into [`Report::ghosts`].
    MissingIssuer(usize),
    /// Boxes put together, numbered in the drawing.
    Group(usize),
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NodeId::Ca(index) => write!(f, "ca-{index}"),
            NodeId::MissingIssuer(index) => write!(f, "missing-{index}"),
            NodeId::Group(number) => write!(f, "more-{number}"),
        }
    }
}

/// A box of the drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Which part of the report it shows.
    pub id: NodeId,
    /// The id as text, for the DOM and links within the drawing; stable for the same report.
    pub key: String,
    /// What the box stands for.
    pub kind: Kind,
    /// Where it is.
    pub area: Rect,
    /// The pools of the focus peer that hold one of its certificates.
    pub mark: Option<Mark>,
    /// What becomes of it as a client of the focus peer.
    pub fate: Option<Fate>,
    /// Small labels: the mark on the upper edge, half outside the box; others inside.
    pub tags: Vec<Tag>,
    /// The name: one line or two; never more.
    pub title: Vec<Line>,
    /// One per certificate; what a missing issuer or a group says of itself has one row too.
    pub rows: Vec<Row>,
    /// Certificates of the box, indices into [`Report::certificates`]; empty for a missing issuer.
    pub certificates: Vec<usize>,
    /// A sentence or two that say the same as the box (for `aria-label`).
    pub label: String,
    /// The level, 0 at the top.
    pub level: usize,
    /// Where the arrow keys lead.
    pub neighbours: Neighbours,
    /// Boxes above it along the lines (indices into [`Scene::nodes`], sorted): kept when it is selected, others dimmed.
    pub ancestors: Vec<usize>,
    /// Boxes below it along the lines.
    pub descendants: Vec<usize>,
}

/// What a box stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Kind {
    /// A CA: a name with a key.
    #[default]
    Authority,
    /// A name with a key that may not issue.
    EndEntity,
    /// An issuer that is named but absent.
    Missing,
    /// Several CAs or end entities put together.
    Group,
}

/// What a certificate is to the question that leads: at fault or trusted, or in the router's lens in which pools of the
/// focus peer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Mark {
    /// It is why a chain is not accepted by all.
    Fault,
    /// The trust store holds it.
    Trusted,
    /// Only the naive pool.
    NaiveOnly,
    /// Only the correct pool.
    CorrectOnly,
    /// Both pools.
    Both,
}

/// What becomes of a chain, or in the router's lens of a client of the focus peer; the most telling last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fate {
    /// Every verifier accepts it.
    Trusted,
    /// Nobody can say.
    Unknown,
    /// Some verifiers accept it.
    Depends,
    /// No verifier accepts it.
    NotTrusted,
    /// Both pools accept it.
    Accepted,
    /// Both reject it.
    Rejected,
    /// Both accept it, but routers that verify the leaf alone reject it.
    LockedOutOfOldRouters,
    /// Naive accepts, correct rejects.
    WronglyAccepted,
    /// Correct accepts, naive rejects.
    LockedOut,
}

impl Fate {
    /// The naive pool rejects it, which is what happens in the field; its box is hatched.
    pub fn is_rejected(self) -> bool {
        matches!(self, Fate::Rejected | Fate::LockedOut)
    }
}

/// A small label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// What it is about, for its colour.
    pub tone: Tone,
    /// The pill that the words stand in.
    pub area: Rect,
    /// The words in it.
    pub line: Line,
}

/// What a tag is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tone {
    /// At fault.
    Alarm,
    /// Only the naive pool has it, or the naive pool did it.
    Naive,
    /// Only the correct pool has it.
    Correct,
    /// Both agree.
    Both,
    /// Another remark.
    Plain,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Left end of the baseline; of the icon, if there is one.
    pub at: Point,
    /// An icon before the words, a square of [`ICON_SIZE`] standing on the baseline.
    pub icon: Option<Icon>,
    /// The words; printable characters only.
    pub words: String,
    /// Size and weight.
    pub style: Style,
    /// A careful estimate of its width with the icon: real fonts stay below it.
    pub width: i32,
}

/// Edge of the square in which an icon is drawn.
pub const ICON_SIZE: i32 = 11;

/// Size and weight of a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Style {
    /// A name, 13 px and bold.
    Name,
    /// A fact, 11.5 px and soft.
    Fact,
    /// A fact to notice, 11.5 px in ink and bold.
    Strong,
    /// The words of a tag or on a line, 11 px and bold.
    Label,
}

/// A pictogram; always with words beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Icon {
    /// A tick: accepted.
    Tick,
    /// A cross: rejected, or a signature that fails.
    Cross,
    /// An exclamation mark in a triangle: expired, or wrongly accepted.
    Warning,
    /// A clock: not yet valid.
    Clock,
}

/// A certificate in its box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Index into [`Report::certificates`]; none in a missing issuer or a group.
    pub certificate: Option<usize>,
    /// Where it is, for the pointer.
    pub area: Rect,
    /// The pools that hold this very certificate, said where its box has several rows.
    pub mark: Option<Mark>,
    /// What is written.
    pub lines: Vec<Line>,
    /// A sentence that says the same.
    pub label: String,
}

/// A line from an issuer to what it issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// Index into [`Scene::nodes`].
    pub issuer: usize,
    /// Index into [`Scene::nodes`].
    pub subject: usize,
    /// The certificates it stands for: one, or several renewals; empty where it leads to a group.
    pub certificates: Vec<usize>,
    /// What is known of the signature.
    pub evidence: Evidence,
    /// The two CAs sign each other and this is the signature that goes up the page.
    pub upward: bool,
    /// SVG path data.
    pub path: String,
    /// SVG path data of the arrow head, to fill.
    pub arrow: String,
    /// Corner points of the path, first at the issuer, last at the subject.
    pub points: Vec<Point>,
    /// Where a small cross strikes it out.
    pub cross: Option<Point>,
    /// The words beside it; their [`Line::at`] is where the page writes them.
    pub label: Option<Line>,
    /// A sentence that says the same.
    pub description: String,
}

/// What is known of the signature on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Evidence {
    /// The issuer's key verifies it.
    Verified,
    /// Only the name or key id speaks for it: algorithm unsupported, or not checked.
    Unchecked,
    /// The name matches, the signature fails.
    Fails,
    /// The issuer is not among the files.
    Missing,
}

/// Where the arrow keys lead: indices into [`Scene::nodes`]. In an outline up and down go through the list, left leads
/// to an issuer and right to the first thing issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Neighbours {
    /// To an issuer, or to the nearest box above.
    pub up: Option<usize>,
    /// To something it issued, or to the nearest box below.
    pub down: Option<usize>,
    /// To the box before it in reading order, in a level the one at its left.
    pub left: Option<usize>,
    /// To the box after it in reading order.
    pub right: Option<usize>,
}

/// A line of the legend: what to show, which [`picture::sample`] draws; [`Sample::words`] says what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sample {
    /// The outline of a marked box.
    Mark(Mark),
    /// A line with this evidence.
    Evidence(Evidence),
    /// The dotted box of a missing issuer.
    Missing,
    /// The hatching of a rejected client.
    Rejected,
    /// Boxes put together.
    Group,
}

/// A certificate as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// Index into [`Report::certificates`].
    pub certificate: usize,
    /// Its box, an index into [`Scene::nodes`].
    pub node: Option<usize>,
    /// The name of the certificate.
    pub name: String,
    /// "valid to 2036-11-18".
    pub validity: String,
    /// Names of its issuers; "itself"; "A, not among these files".
    pub issued_by: String,
    /// "signature verified".
    pub evidence: String,
    /// "root", "intermediate", "sampled peer", "client, locked out".
    pub role: String,
    /// The pools of the focus peer that hold it.
    pub mark: Option<Mark>,
    /// The same in words: "naive root only", or "none".
    pub pools: String,
}
