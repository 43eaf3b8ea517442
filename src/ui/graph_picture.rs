//! The scene's elements as virtual nodes, with focus and names on the boxes and handlers around them.

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, VTag, VText};

use super::browser;
use super::certificate_link::named;
use super::graph_view::{Change, SWITCH_ID, Trace};
use super::markup::{attributes, list, markup, truth};
use super::shared::Shared;
use super::state::Action;
use crate::scene::picture::{self, Element};
use crate::scene::{Edge, Kind, Neighbours, Node, Scene};

/// What the ids of the drawing on this page begin with.
pub(crate) const PREFIX: &str = "rl";

/// One of the scene's elements and everything in it. Certificate text becomes text nodes, never markup.
pub(crate) fn element(from: &Element) -> Html {
    if from.tag.is_empty() {
        return Html::default();
    }
    let mut tag = VTag::new(from.tag);
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for (name, value) in &from.attributes {
        names.push(*name);
        values.push(Some(AttributeOrProperty::Attribute(AttrValue::Rc(value.as_str().into()))));
    }
    tag.attributes = attributes(names, values);
    for child in &from.children {
        tag.add_child(element(child));
    }
    if !from.text.is_empty() {
        tag.add_child(VText::new(from.text.clone()).into());
    }
    tag.into()
}

/// What is brought out in the drawing.
pub(crate) struct Shown<'a> {
    /// The certificate whose details are shown.
    pub(crate) selection: Option<usize>,
    /// What a verifier did; a selection takes its place.
    pub(crate) trace: Option<&'a Trace>,
}

/// How a box or line stands to what is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Plain,
    Selected,
    Related,
    /// On the path of a verifier.
    Path,
    /// Considered and not taken.
    Refused,
    Dimmed,
}

impl Standing {
    /// The value of `data-standing`, for the style sheet.
    fn name(self) -> Option<&'static str> {
        match self {
            Standing::Plain => None,
            Standing::Selected => Some("selected"),
            Standing::Related => Some("related"),
            Standing::Path => Some("path"),
            Standing::Refused => Some("refused"),
            Standing::Dimmed => Some("dimmed"),
        }
    }
}

/// Lines below, boxes above; lines that touch the selection last among the lines.
pub(crate) fn picture(scene: &Scene, shown: &Shown, tab_stop: usize) -> Html {
    let shown = Brought::out(scene, shown);
    let (mut lines, mut raised, mut boxes) = (Vec::new(), Vec::new(), Vec::new());
    for edge in &scene.edges {
        match shown.edge(scene, edge) {
            standing @ (Standing::Related | Standing::Path | Standing::Refused) => raised.push(line(edge, standing)),
            standing => lines.push(line(edge, standing)),
        }
    }
    for (index, node) in scene.nodes.iter().enumerate() {
        boxes.push(group(node, shown.node(scene, index), index == tab_stop));
    }
    let definitions = element(&picture::definitions(PREFIX));
    markup!("{}<g aria-hidden='true'>{}{}</g>{}", definitions, list(lines), list(raised), list(boxes))
}

/// The same in boxes.
enum Brought {
    Nothing,
    Selection(usize),
    /// Boxes of the path, leaf first, and the one that was considered next, if any; whether that, or else the path as it
    /// stands, was taken.
    Trace(Vec<usize>, Option<usize>, bool),
}

impl Brought {
    fn out(scene: &Scene, shown: &Shown) -> Brought {
        let node = |certificate: &usize| scene.nodes.iter().position(|node| node.certificates.contains(certificate));
        match (shown.selection.as_ref().and_then(node), shown.trace) {
            (Some(selected), _) => Brought::Selection(selected),
            (None, None) => Brought::Nothing,
            (None, Some(trace)) => Brought::Trace(
                trace.path.iter().filter_map(node).collect(),
                trace.candidate.as_ref().and_then(node),
                trace.taken,
            ),
        }
    }

    fn node(&self, scene: &Scene, index: usize) -> Standing {
        match self {
            Brought::Nothing => Standing::Plain,
            Brought::Selection(selected) => standing(scene, Some(*selected), index),
            Brought::Trace(path, None, taken) if path.contains(&index) => reached(*taken),
            Brought::Trace(path, ..) if path.contains(&index) => Standing::Path,
            Brought::Trace(_, Some(candidate), taken) if *candidate == index => reached(*taken),
            Brought::Trace(..) => Standing::Dimmed,
        }
    }

    /// A path leads from issuer to issuer; the candidate stands above its end.
    fn edge(&self, scene: &Scene, edge: &Edge) -> Standing {
        let leads = |subject: usize, issuer: usize| edge.subject == subject && edge.issuer == issuer;
        match self {
            Brought::Nothing => Standing::Plain,
            Brought::Selection(selected) => edge_standing(scene, Some(*selected), edge),
            Brought::Trace(path, candidate, taken) => {
                let joined = path.iter().zip(path.iter().skip(1)).any(|(subject, issuer)| leads(*subject, *issuer));
                match (candidate, path.last()) {
                    (None, _) if joined => reached(*taken),
                    _ if joined => Standing::Path,
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

fn edge_standing(scene: &Scene, selected: Option<usize>, edge: &Edge) -> Standing {
    match (standing(scene, selected, edge.issuer), standing(scene, selected, edge.subject)) {
        (Standing::Plain, _) => Standing::Plain,
        (Standing::Dimmed, _) | (_, Standing::Dimmed) => Standing::Dimmed,
        _ => Standing::Related,
    }
}

fn standing(scene: &Scene, selected: Option<usize>, index: usize) -> Standing {
    let Some((at, node)) = selected.and_then(|at| Some((at, scene.nodes.get(at)?))) else { return Standing::Plain };
    if at == index {
        Standing::Selected
    } else if node.ancestors.contains(&index) || node.descendants.contains(&index) {
        Standing::Related
    } else {
        Standing::Dimmed
    }
}

/// A line; what it says stands in the tooltip too.
fn line(edge: &Edge, standing: Standing) -> Html {
    let drawn = element(&picture::edge(edge));
    markup!("<g data-standing={}><title>{}</title>{}</g>", standing.name(), &edge.description, drawn)
}

/// Its words are its name, and the sentence that says more describes it. One tab stop leads into the drawing; from
/// there the arrow keys move along the lines.
fn group(node: &Node, standing: Standing, tab_stop: bool) -> Html {
    markup!(
        "<g key={} class='rl-issuers__node' id={} role='button' tabindex={} aria-description={} aria-pressed={}
            data-standing={}>{}</g>",
        &node.key,
        dom_id(node),
        if tab_stop { "0" } else { "-1" },
        &node.label,
        truth(standing == Standing::Selected),
        standing.name(),
        element(&picture::node(node, PREFIX)),
    )
}

/// What the boxes do, handled once around them all.
pub(crate) struct Handlers {
    pub(crate) click: Callback<Event>,
    pub(crate) key: Callback<Event>,
    pub(crate) focus: Callback<Event>,
}

impl Handlers {
    pub(crate) fn new(scene: &Shared<Scene>, act: &Callback<Action>, change: &Callback<Change>) -> Handlers {
        let (act, changed, focused) = (act.clone(), change.clone(), change.clone());
        let choose = Callback::from(move |(kind, certificate): (Kind, Option<usize>)| match (kind, certificate) {
            // The table lists what is put together.
            (Kind::Group, _) => {
                browser::focus_id(SWITCH_ID);
                changed.emit(Change::Table(true));
            }
            (_, Some(certificate)) => act.emit(Action::Selected(Some(certificate))),
            (_, None) => {}
        });
        let (on_click, on_key, on_focus, chosen) = (scene.clone(), scene.clone(), scene.clone(), choose.clone());
        Handlers {
            click: Callback::from(move |event: Event| {
                if let Some(node) = node_of(&on_click, &event) {
                    chosen.emit((node.kind, named(&event).or(node.certificates.first().copied())));
                }
            }),
            key: Callback::from(move |event: Event| {
                let Some(node) = node_of(&on_key, &event) else { return };
                let key = event.unchecked_ref::<KeyboardEvent>().key();
                match step(&on_key, node, &key) {
                    Some(target) => target.into_iter().for_each(|node| browser::focus_id(&dom_id(node))),
                    None if key == "Enter" || key == " " => {
                        choose.emit((node.kind, node.certificates.first().copied()));
                    }
                    None => return,
                }
                event.prevent_default();
            }),
            focus: Callback::from(move |event: Event| {
                if let Some(node) = node_of(&on_focus, &event) {
                    focused.emit(Change::Focused(node.key.clone()));
                }
            }),
        }
    }
}

/// The box in which an event happened.
fn node_of<'a>(scene: &'a Scene, event: &Event) -> Option<&'a Node> {
    let group = browser::target::<web_sys::Element>(event)?.closest(".rl-issuers__node").ok()??;
    let id = group.id();
    scene.nodes.iter().find(|node| dom_id(node) == id)
}

/// Where a key leads, if it leads anywhere in general; the box, if there is one in that direction.
fn step<'a>(scene: &'a Scene, node: &Node, key: &str) -> Option<Option<&'a Node>> {
    let Neighbours { up, down, left, right } = node.neighbours;
    let index = match key {
        "ArrowUp" => up,
        "ArrowDown" => down,
        "ArrowLeft" => left,
        "ArrowRight" => right,
        "Home" => Some(0),
        "End" => scene.nodes.len().checked_sub(1),
        _ => return None,
    };
    Some(index.and_then(|index| scene.nodes.get(index)))
}

fn dom_id(node: &Node) -> String {
    ["rl-node-", &node.key].concat()
}
