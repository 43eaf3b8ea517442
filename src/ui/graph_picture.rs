//! The scene's elements as virtual nodes, with focus, names and handlers on the boxes.

use wasm_bindgen::JsCast;
use web_sys::Element as DomElement;
use yew::prelude::*;
use yew::virtual_dom::{VTag, VText};

use super::browser;
use crate::scene::picture::{self, Element};
use crate::scene::{Kind, Neighbours, Node, Scene};

/// What the ids of the drawing on this page begin with.
pub(crate) const PREFIX: &str = "rl";

/// One of the scene's elements and everything in it. Certificate text becomes text nodes, never markup.
pub(crate) fn element(from: &Element) -> Html {
    if from.tag.is_empty() {
        return Html::default();
    }
    let mut tag = VTag::new(from.tag);
    for (name, value) in &from.attributes {
        tag.add_attribute(name, value.clone());
    }
    for child in &from.children {
        tag.add_child(element(child));
    }
    if !from.text.is_empty() {
        tag.add_child(VText::new(from.text.clone()).into());
    }
    tag.into()
}

/// What the boxes report back.
#[derive(Clone, PartialEq)]
pub(crate) struct Handlers {
    /// A certificate was chosen.
    pub(crate) select: Callback<usize>,
    /// A box got the focus; the index of the box.
    pub(crate) focused: Callback<usize>,
    /// A box of several was chosen, whose certificates the table lists.
    pub(crate) show_table: Callback<bool>,
}

/// How a box or line stands to the selection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Plain,
    Selected,
    Related,
    Dimmed,
}

impl Standing {
    fn name(self) -> Option<&'static str> {
        match self {
            Standing::Plain => None,
            Standing::Selected => Some("selected"),
            Standing::Related => Some("related"),
            Standing::Dimmed => Some("dimmed"),
        }
    }
}

/// Lines below, boxes above; lines that touch the selection last among the lines.
pub(crate) fn picture(scene: &Scene, selection: Option<usize>, tab_stop: usize, handlers: &Handlers) -> Html {
    let selected =
        selection.and_then(|certificate| scene.nodes.iter().position(|node| node.certificates.contains(&certificate)));
    let standing = |index: usize| standing(scene, selected, index);
    let edge_standing = |edge: &crate::scene::Edge| match selected {
        None => Standing::Plain,
        Some(_) if standing(edge.issuer) == Standing::Dimmed || standing(edge.subject) == Standing::Dimmed => {
            Standing::Dimmed
        }
        Some(_) => Standing::Related,
    };
    let mut edges: Vec<&crate::scene::Edge> = scene.edges.iter().collect();
    edges.sort_by_key(|edge| edge_standing(edge) == Standing::Related);
    html! {
        <>
            { element(&picture::definitions(PREFIX)) }
            <g class="rl-edges" aria-hidden="true">
                for edge in edges {
                    <g data-standing={edge_standing(edge).name()}>{ element(&picture::edge(edge)) }</g>
                }
            </g>
            <g class="rl-nodes">
                for (index, node) in scene.nodes.iter().enumerate() {
                    { group(scene, index, node, standing(index), index == tab_stop, handlers) }
                }
            </g>
        </>
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

/// One tab stop leads into the drawing; from there the arrow keys move along the lines.
fn group(scene: &Scene, index: usize, node: &Node, standing: Standing, tab_stop: bool, handlers: &Handlers) -> Html {
    let choose = choose(node, handlers);
    let keys = scene_keys(scene, node, choose.clone());
    html! {
        <g key={node.key.clone()} id={dom_id(node)} class="rl-graph__node" role="button"
            tabindex={if tab_stop { "0" } else { "-1" }} aria-label={node.label.clone()}
            aria-pressed={(standing == Standing::Selected).to_string()} data-standing={standing.name()}
            onclick={move |event: MouseEvent| choose.emit(row_of(&event))} onkeydown={keys}
            onfocus={handlers.focused.reform(move |_: FocusEvent| index)}>
            { element(&picture::node(node, PREFIX)) }
        </g>
    }
}

/// Chooses the certificate of the row, else the first of the box.
fn choose(node: &Node, handlers: &Handlers) -> Callback<Option<usize>> {
    let first = node.certificates.first().copied();
    let (kind, handlers) = (node.kind, handlers.clone());
    Callback::from(move |row: Option<usize>| match (kind, row.or(first)) {
        (Kind::Group, _) => handlers.show_table.emit(true),
        (_, Some(certificate)) => handlers.select.emit(certificate),
        (_, None) => {}
    })
}

/// The certificate whose row was clicked.
fn row_of(event: &MouseEvent) -> Option<usize> {
    let target = event.target()?.dyn_into::<DomElement>().ok()?;
    target.closest("[data-cert]").ok()??.get_attribute("data-cert")?.parse().ok()
}

fn scene_keys(scene: &Scene, node: &Node, choose: Callback<Option<usize>>) -> Callback<KeyboardEvent> {
    let id = |index: Option<usize>| index.and_then(|index| scene.nodes.get(index)).map(dom_id);
    let Neighbours { up, down, left, right } = node.neighbours;
    let (up, down, left, right) = (id(up), id(down), id(left), id(right));
    let (first, last) = (scene.nodes.first().map(dom_id), scene.nodes.last().map(dom_id));
    Callback::from(move |event: KeyboardEvent| {
        let target = match event.key().as_str() {
            "ArrowUp" => &up,
            "ArrowDown" => &down,
            "ArrowLeft" => &left,
            "ArrowRight" => &right,
            "Home" => &first,
            "End" => &last,
            "Enter" | " " => {
                event.prevent_default();
                return choose.emit(None);
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(id) = target {
            browser::focus_id(id);
        }
    })
}

fn dom_id(node: &Node) -> String {
    ["rl-node-", &node.key].concat()
}
