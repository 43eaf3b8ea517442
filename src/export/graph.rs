//! The boxes and lines of the page's drawing as words, for programs that draw by themselves.

use super::text::filled;
use crate::report::{Report, Source};
use crate::scene::{self, Evidence, Fate, Kind, Mark, NodeId, View};
use crate::wording::count;

/// Certificates named in a box; further ones are counted. Our own number, as in the drawing.
const MOST_ROWS: usize = 5;

/// What to draw.
pub(super) struct Graph {
    /// "Issuer graph: 2 CAs, 6 end entities".
    pub(super) title: String,
    /// Whose pools are marked and what they hold.
    pub(super) description: String,
    pub(super) nodes: Vec<Node>,
    pub(super) lines: Vec<Line>,
    /// What was left out or put together, in sentences.
    pub(super) notes: Vec<String>,
}

/// A box of the drawing, in words.
pub(super) struct Node {
    /// `ca_3`, `missing_0`: letters, digits and `_` only, and no word that a language reserves.
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) mark: Option<Mark>,
    pub(super) rejected: bool,
    /// The name first, then what is known, one fact a line.
    pub(super) words: Vec<String>,
}

/// A line from an issuer to what it issued.
pub(super) struct Line {
    /// The [`Node::id`] of the issuer.
    pub(super) issuer: String,
    /// The [`Node::id`] of what it issued.
    pub(super) subject: String,
    pub(super) evidence: Evidence,
    /// Empty where nothing needs to be said.
    pub(super) words: String,
}

/// What the page draws.
pub(super) fn graph(report: &Report) -> Graph {
    let scene = scene::draw(report, &View::default());
    let id = |at: usize| scene.nodes.get(at).map(|node| node.key.replace('-', "_")).unwrap_or_default();
    let node = |(at, node): (usize, &scene::Node)| Node {
        id: id(at),
        kind: node.kind,
        mark: node.mark,
        rejected: node.fate.is_some_and(Fate::is_rejected),
        words: words(report, &scene, node),
    };
    let line = |edge: &scene::Edge| Line {
        issuer: id(edge.issuer),
        subject: id(edge.subject),
        evidence: edge.evidence,
        words: edge.label.as_ref().map_or_else(|| evidence(edge.evidence), |line| line.words.as_str()).to_owned(),
    };
    Graph {
        nodes: scene.nodes.iter().enumerate().map(node).collect(),
        lines: scene.edges.iter().map(line).collect(),
        title: scene.title.clone(),
        description: scene.description.clone(),
        notes: scene.notes.clone(),
    }
}

/// What a line says where the drawing writes nothing beside it.
fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Verified => "",
        Evidence::Unchecked => "name only, not checked",
        Evidence::Fails => "signature fails",
        Evidence::Missing => "named as issuer",
    }
}

fn words(report: &Report, scene: &scene::Scene, node: &scene::Node) -> Vec<String> {
    let mut words = vec![name(report, node)];
    // The mark of a box with several certificates stands beside those that have it.
    let several = node.rows.iter().any(|row| row.mark.is_some());
    if let Some(mark) = node.mark.filter(|_| !several) {
        words.push(self::mark(mark).to_owned());
    }
    let remarks = node.tags.iter().filter(|tag| tag.tone == scene::Tone::Plain);
    words.extend(remarks.map(|tag| tag.line.words.clone()));
    if node.certificates.is_empty() || node.kind == Kind::Group {
        words.extend(node.rows.iter().flat_map(|row| &row.lines).map(|line| line.words.clone()));
        return words;
    }
    for row in scene.table.iter().filter(|row| node.certificates.contains(&row.certificate)).take(MOST_ROWS) {
        match node.certificates.as_slice() {
            [_] => words.extend([row.role.clone(), row.validity.clone()]),
            _ if several && row.mark.is_some() => words.push(format!("{}, {}, {}", row.role, row.validity, row.pools)),
            _ => words.push(format!("{}, {}", row.role, row.validity)),
        }
        if node.kind == Kind::EndEntity {
            words.extend(sources(report, row.certificate));
        }
    }
    if node.certificates.len() > MOST_ROWS {
        words.push(format!("and {}", count(node.certificates.len() - MOST_ROWS, "more certificate")));
    }
    // The mark and the part may be called the same.
    words.dedup();
    words
}

/// "in client2.chain.pem": many clients have the same name, and the table of clients calls them by their files.
fn sources(report: &Report, certificate: usize) -> Option<String> {
    let holds = |source: &&Source| source.certificates.contains(&certificate);
    let mut sources = report.sources.iter().filter(holds);
    let first = filled(&sources.next()?.name);
    Some(match sources.count() {
        0 => format!("in {first}"),
        others => format!("in {first} and {}", count(others, "other file")),
    })
}

/// The whole name; the drawing may have had no room for it.
fn name(report: &Report, node: &scene::Node) -> String {
    let whole = match node.id {
        NodeId::Ca(index) => report.cas.get(index).map(|ca| ca.name.as_str()),
        NodeId::MissingIssuer(index) => report.ghosts.get(index).map(|issuer| issuer.name.as_str()),
        NodeId::Group(_) => None,
    };
    match whole {
        Some(name) => filled(name),
        None => node.title.iter().map(|line| line.words.as_str()).collect::<Vec<_>>().join(" "),
    }
}

/// The words of the page's marks.
fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Fault => "at fault",
        Mark::Trusted => "trusted",
        Mark::NaiveOnly => "naive root only",
        Mark::CorrectOnly => "correct root only",
        Mark::Both => "root in both pools",
    }
}
