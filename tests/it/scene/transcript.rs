//! A drawing as text: every box, line and word with its coordinates, one a line, for the snapshots.

use std::fmt::Write as _;

use rootlens::scene::{Edge, Line, Node, Point, Rect, Row, Scene};

/// The whole drawing.
pub(super) fn transcript(scene: &Scene) -> String {
    let mut text = format!("{} x {}\n{}\n{}\n", scene.width, scene.height, scene.title, scene.description);
    scene.nodes.iter().for_each(|found| node(found, &mut text));
    scene.edges.iter().for_each(|found| edge(scene, found, &mut text));
    for item in &scene.legend {
        let _ = writeln!(text, "legend {:?}: {}", item, item.words());
    }
    for note in &scene.notes {
        let _ = writeln!(text, "note {note}");
    }
    for row in &scene.table {
        let _ = writeln!(
            text,
            "table {} in {:?}: {} | {} | {} | {} | {} | {}",
            row.certificate, row.node, row.name, row.validity, row.issued_by, row.evidence, row.role, row.pools
        );
    }
    text
}

fn node(node: &Node, text: &mut String) {
    let _ = writeln!(text, "box {} {:?} level {} {}", node.key, node.kind, node.level, area(node.area));
    let _ = writeln!(text, "  mark {:?} fate {:?} certificates {:?}", node.mark, node.fate, node.certificates);
    let next = node.neighbours;
    let _ = writeln!(text, "  keys {:?} {:?} {:?} {:?}", next.up, next.down, next.left, next.right);
    let _ = writeln!(text, "  above {:?} below {:?}", node.ancestors, node.descendants);
    let _ = writeln!(text, "  label {}", node.label);
    for title in &node.title {
        let _ = writeln!(text, "  title {}", line(title));
    }
    for tag in &node.tags {
        let _ = writeln!(text, "  tag {:?} {} {}", tag.tone, area(tag.area), line(&tag.line));
    }
    node.rows.iter().for_each(|found| row(found, text));
}

fn row(row: &Row, text: &mut String) {
    let _ = writeln!(text, "  row {:?} {} mark {:?} {}", row.certificate, area(row.area), row.mark, row.label);
    for words in &row.lines {
        let _ = writeln!(text, "    {}", line(words));
    }
}

fn edge(scene: &Scene, edge: &Edge, text: &mut String) {
    let ends = (&scene.nodes[edge.issuer].key, &scene.nodes[edge.subject].key);
    let upward = if edge.upward { " upward" } else { "" };
    let _ = writeln!(text, "line {} -> {} {:?}{upward} {:?}", ends.0, ends.1, edge.evidence, edge.certificates);
    let _ = writeln!(text, "  {}", edge.points.iter().map(|at| point(*at)).collect::<Vec<_>>().join(" "));
    let _ = writeln!(text, "  path {} arrow {}", edge.path, edge.arrow);
    if let Some(at) = edge.cross {
        let _ = writeln!(text, "  cross {}", point(at));
    }
    if let Some(label) = &edge.label {
        let _ = writeln!(text, "  words {}", line(label));
    }
    let _ = writeln!(text, "  {}", edge.description);
}

fn line(line: &Line) -> String {
    let icon = line.icon.map_or(String::new(), |icon| format!("{icon:?} "));
    format!("{} {:?} {} wide {icon}{:?}", point(line.at), line.style, line.width, line.words)
}

fn area(Rect { x, y, width, height }: Rect) -> String {
    format!("{x},{y} {width}x{height}")
}

fn point(Point { x, y }: Point) -> String {
    format!("{x},{y}")
}
