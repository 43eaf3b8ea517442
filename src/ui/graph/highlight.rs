//! What stands out in the drawing: the kin of a selected certificate, or what a verifier did.

use crate::scene::{Edge, Scene};

/// What a verifier did, to be followed in the drawing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Trace {
    /// Certificates, leaf first.
    pub(crate) path: Vec<usize>,
    /// The certificate that was considered next.
    pub(crate) candidate: Option<usize>,
    /// It was taken.
    pub(crate) taken: bool,
}

/// How a box or line stands to what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing stands out.
    Plain,
    /// The box of the selected certificate.
    Selected,
    /// Issuers and issued of the selected certificate, and the lines between them.
    Related,
    /// On the path of a verifier.
    Path,
    /// Considered and not taken.
    Refused,
    /// Other boxes or lines stand out.
    Dimmed,
}

impl Standing {
    /// The value of `data-standing`, for the style sheet.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Standing::Plain => None,
            Standing::Selected => Some("selected"),
            Standing::Related => Some("related"),
            Standing::Path => Some("path"),
            Standing::Refused => Some("refused"),
            Standing::Dimmed => Some("dimmed"),
        }
    }

    /// Drawn above other lines.
    pub(crate) fn is_raised(self) -> bool {
        matches!(self, Standing::Related | Standing::Path | Standing::Refused)
    }
}

/// What stands out, in boxes of one scene.
pub(crate) enum Highlight {
    Nothing,
    Selection(usize),
    Trace {
        /// The path so far, leaf first.
        path: Vec<usize>,
        /// What was considered next, if anything.
        candidate: Option<usize>,
        /// Whether the candidate, or else the path as it stands, was taken.
        taken: bool,
    },
}

impl Highlight {
    /// A selected certificate, else what a verifier did.
    pub(crate) fn new(scene: &Scene, selection: Option<usize>, trace: Option<&Trace>) -> Highlight {
        let node_of = |certificate: usize| scene.nodes.iter().position(|node| node.certificates.contains(&certificate));
        match (selection.and_then(node_of), trace) {
            (Some(selected), _) => Highlight::Selection(selected),
            (None, Some(trace)) => Highlight::Trace {
                path: trace.path.iter().copied().filter_map(node_of).collect(),
                candidate: trace.candidate.and_then(node_of),
                taken: trace.taken,
            },
            (None, None) => Highlight::Nothing,
        }
    }

    /// How the box with this index stands to it.
    pub(crate) fn of_node(&self, scene: &Scene, index: usize) -> Standing {
        match self {
            Highlight::Nothing => Standing::Plain,
            Highlight::Selection(selected) => beside_selection(scene, *selected, index),
            Highlight::Trace { path, candidate: None, taken } if path.contains(&index) => reached(*taken),
            Highlight::Trace { path, .. } if path.contains(&index) => Standing::Path,
            Highlight::Trace { candidate, taken, .. } if *candidate == Some(index) => reached(*taken),
            Highlight::Trace { .. } => Standing::Dimmed,
        }
    }

    /// How a line stands to it. A path leads from issuer to issuer; the candidate stands above its end.
    pub(crate) fn of_edge(&self, scene: &Scene, edge: &Edge) -> Standing {
        match self {
            Highlight::Nothing => Standing::Plain,
            Highlight::Selection(selected) => {
                let is_dimmed = |index: usize| beside_selection(scene, *selected, index) == Standing::Dimmed;
                if is_dimmed(edge.issuer) || is_dimmed(edge.subject) { Standing::Dimmed } else { Standing::Related }
            }
            Highlight::Trace { path, candidate, taken } => {
                let leads = |subject: usize, issuer: usize| edge.subject == subject && edge.issuer == issuer;
                let is_on_path = path.iter().zip(path.iter().skip(1)).any(|(subject, issuer)| leads(*subject, *issuer));
                match (candidate, path.last()) {
                    (None, _) if is_on_path => reached(*taken),
                    _ if is_on_path => Standing::Path,
                    (Some(candidate), Some(end)) if leads(*end, *candidate) => reached(*taken),
                    _ => Standing::Dimmed,
                }
            }
        }
    }
}

fn reached(taken: bool) -> Standing {
    if taken { Standing::Path } else { Standing::Refused }
}

fn beside_selection(scene: &Scene, selected: usize, index: usize) -> Standing {
    let Some(node) = scene.nodes.get(selected) else { return Standing::Plain };
    if selected == index {
        Standing::Selected
    } else if node.ancestors.contains(&index) || node.descendants.contains(&index) {
        Standing::Related
    } else {
        Standing::Dimmed
    }
}
