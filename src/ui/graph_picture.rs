//! The scene's elements as virtual nodes, with focus, names and handlers on the boxes.

use yew::prelude::*;
use yew::virtual_dom::{VTag, VText};

use super::browser;
use super::certificate_link::named;
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
    /// A box got the focus; the key of the box.
    pub(crate) focused: Callback<String>,
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
    /// The value of `data-standing`, for the style sheet.
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
    let edge_standing = |edge: &Edge| match (standing(edge.issuer), standing(edge.subject)) {
        (Standing::Plain, _) => Standing::Plain,
        (Standing::Dimmed, _) | (_, Standing::Dimmed) => Standing::Dimmed,
        _ => Standing::Related,
    };
    let lines = |raised: bool| {
        let edges = scene.edges.iter().map(|edge| (edge, edge_standing(edge)));
        let edges = edges.filter(|(_, standing)| (*standing == Standing::Related) == raised);
        edges.map(|(edge, standing)| line(edge, standing)).collect::<Html>()
    };
    let nodes = scene.nodes.iter().enumerate();
    html! {
        <>
            { element(&picture::definitions(PREFIX)) }
            <g aria-hidden="true">{ lines(false) }{ lines(true) }</g>
            { for nodes.map(|(index, node)| group(scene, node, standing(index), index == tab_stop, handlers)) }
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

/// A line; what it says stands in the tooltip too.
fn line(edge: &Edge, standing: Standing) -> Html {
    html! {
        <g data-standing={standing.name()}>
            <title>{ &edge.description }</title>
            { element(&picture::edge(edge)) }
        </g>
    }
}

/// Its words are its name, and the sentence that says more describes it. One tab stop leads into the drawing; from
/// there the arrow keys move along the lines.
fn group(scene: &Scene, node: &Node, standing: Standing, tab_stop: bool, handlers: &Handlers) -> Html {
    let choose = choose(node, handlers);
    let keys = keys(scene, node, choose.clone());
    let focused = handlers.focused.reform({
        let key = node.key.clone();
        move |_: FocusEvent| key.clone()
    });
    html! {
        <g key={node.key.clone()} class="rl-issuers__node" id={dom_id(node)} role="button"
            tabindex={if tab_stop { "0" } else { "-1" }} aria-description={node.label.clone()}
            aria-pressed={(standing == Standing::Selected).to_string()} data-standing={standing.name()}
            onfocus={focused} onkeydown={keys} onclick={move |event: MouseEvent| choose.emit(named(&event))}>
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

fn keys(scene: &Scene, node: &Node, choose: Callback<Option<usize>>) -> Callback<KeyboardEvent> {
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
