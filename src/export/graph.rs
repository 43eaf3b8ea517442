//! The boxes and lines of the page's drawing as words, for programs that draw by themselves.

use super::text::filled;
use crate::report::{Report, Source};
use crate::scene::{self, Evidence, Fate, Kind, Mark, View};
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

/// A box.
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
    /// [`Node::id`].
    pub(super) issuer: String,
    /// [`Node::id`].
    pub(super) subject: String,
    pub(super) evidence: Evidence,
    /// Empty where nothing needs to be said.
    pub(super) words: String,
}

/// What the page draws.
pub(super) fn graph(report: &Report) -> Graph {
    let scene = scene::draw(report, &View::default());
    let id = |at: usize| scene.nodes.get(at).map(|node| node.key.replace('-', "_")).unwrap_or_default();
    let mut graph = Graph {
        title: scene.title.clone(),
        description: scene.description.clone(),
        nodes: Vec::new(),
        lines: Vec::new(),
        notes: scene.notes.clone(),
    };
    for (at, node) in scene.nodes.iter().enumerate() {
        graph.nodes.push(Node {
            id: id(at),
            kind: node.kind,
            mark: node.mark,
            rejected: matches!(node.fate, Some(Fate::Rejected | Fate::LockedOut)),
            words: words(report, &scene, node),
        });
    }
    for edge in &scene.edges {
        graph.lines.push(Line {
            issuer: id(edge.issuer),
            subject: id(edge.subject),
            evidence: edge.evidence,
            words: edge.label.as_ref().map_or_else(|| evidence(edge.evidence), |line| line.words.as_str()).to_owned(),
        });
    }
    graph
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
    for tag in node.tags.iter().filter(|tag| tag.tone == scene::Tone::Plain) {
        words.push(tag.line.words.clone());
    }
    if node.certificates.is_empty() || node.kind == Kind::Group {
        for row in &node.rows {
            row.lines.iter().for_each(|line| words.push(line.words.clone()));
        }
        return words;
    }
    for row in scene.table.iter().filter(|row| node.certificates.contains(&row.certificate)).take(MOST_ROWS) {
        if let [_] = node.certificates.as_slice() {
            words.extend([row.role.clone(), row.validity.clone()]);
        } else {
            let marked = several && row.pools != "none";
            let pools = if marked { [", ", &row.pools].concat() } else { String::new() };
            words.push([&row.role, ", ", &row.validity, &pools].concat());
        }
        if node.kind == Kind::EndEntity {
            words.extend(sources(report, row.certificate));
        }
    }
    if node.certificates.len() > MOST_ROWS {
        words.push(["and ", &count(node.certificates.len() - MOST_ROWS, "more certificate")].concat());
    }
    words
}

/// "in client2.chain.pem": many clients have the same name, and the table of clients calls them by their files.
fn sources(report: &Report, certificate: usize) -> Option<String> {
    let holds = |source: &&Source| source.certificates.contains(&certificate);
    let mut sources = report.sources.iter().filter(holds);
    let mut said = ["in ", &filled(&sources.next()?.name)].concat();
    let others = sources.count();
    if others > 0 {
        said.push_str(" and ");
        said.push_str(&count(others, "other file"));
    }
    Some(said)
}

/// The whole name; the drawing may have had no room for it.
fn name(report: &Report, node: &scene::Node) -> String {
    let index = |prefix: &str| node.key.strip_prefix(prefix).and_then(|index| index.parse::<usize>().ok());
    let ca = index("ca-").and_then(|index| report.cas.get(index)).map(|ca| ca.name.as_str());
    let ghost = || index("missing-").and_then(|index| report.ghosts.get(index)).map(|ghost| ghost.name.as_str());
    if let Some(name) = ca.or_else(ghost) {
        return filled(name);
    }
    let mut name = String::new();
    for line in &node.title {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(&line.words);
    }
    name
}

/// The words of the page's marks.
fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::NaiveOnly => "naive root only",
        Mark::CorrectOnly => "correct root only",
        Mark::Both => "root in both pools",
    }
}
