//! The scene's elements as virtual nodes: lines below, boxes above, and what stands out among them.

use yew::prelude::*;
use yew::virtual_dom::{VTag, VText};

use super::highlight::{Highlight, Standing, Trace};
use super::node::GraphNode;
use super::view_state::ViewState;
use crate::scene::picture::{self, Element};
use crate::scene::{Edge, Scene};
use crate::ui::shared::Shared;
use crate::ui::state::Action;

/// What the ids of the drawing on this page begin with.
pub(crate) const PREFIX: &str = "rl";

#[derive(Properties, PartialEq)]
pub(crate) struct GraphPictureProps {
    pub(crate) scene: Shared<Scene>,
    pub(crate) selection: Option<usize>,
    pub(crate) trace: Option<Trace>,
    /// The key of the box that had the focus last.
    pub(crate) focused: String,
    pub(crate) view: UseReducerDispatcher<ViewState>,
    pub(crate) on_action: Callback<Action>,
}

/// Lines below, boxes above; lines that stand out last among the lines. One tab stop leads into the drawing; from there
/// the arrow keys move along the lines.
#[component]
pub(crate) fn GraphPicture(props: &GraphPictureProps) -> Html {
    let GraphPictureProps { scene, selection, trace, focused, view, on_action } = props;
    let highlight = Highlight::new(scene, *selection, trace.as_ref());
    let lines = scene.edges.iter().map(|edge| (edge, highlight.of_edge(scene, edge)));
    let (raised, plain): (Vec<_>, Vec<_>) = lines.partition(|(_, standing)| standing.is_raised());
    let tab_stop = scene.nodes.iter().position(|node| node.key == *focused).unwrap_or_default();
    html! {
        <>
            { element(&picture::definitions(PREFIX)) }
            <g aria-hidden="true">
                { for plain.into_iter().chain(raised).map(|(edge, standing)| line(edge, standing)) }
            </g>
            for (index, node) in scene.nodes.iter().enumerate() {
                <GraphNode key={node.key.clone()} {scene} {index} standing={highlight.of_node(scene, index)}
                    is_tab_stop={index == tab_stop} {view} {on_action} />
            }
        </>
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

/// One of the scene's elements and everything in it. Certificate text becomes text nodes, never markup.
pub(crate) fn element(from: &Element) -> Html {
    if from.tag.is_empty() {
        return Html::default();
    }
    let mut tag = VTag::new(from.tag);
    for (name, value) in &from.attributes {
        tag.add_attribute(name, value.clone());
    }
    tag.add_children(from.children.iter().map(element));
    if !from.text.is_empty() {
        tag.add_child(VText::new(from.text.clone()).into());
    }
    tag.into()
}
