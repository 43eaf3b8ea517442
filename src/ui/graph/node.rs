//! A box of the drawing as a button: it opens the details of its certificates, and keys lead from it to its neighbours.

use yew::prelude::*;

use super::highlight::Standing;
use super::ids::SWITCH_ID;
use super::picture::{PREFIX, element};
use super::view_state::{ViewChange, ViewState};
use crate::scene::picture::{self, Element};
use crate::scene::{Kind, Neighbours, Node, Scene};
use crate::ui::browser;
use crate::ui::shared::Shared;
use crate::ui::state::Action;

#[derive(Properties, PartialEq)]
pub(crate) struct GraphNodeProps {
    pub(crate) scene: Shared<Scene>,
    /// Index into [`Scene::nodes`].
    pub(crate) index: usize,
    pub(crate) standing: Standing,
    pub(crate) is_tab_stop: bool,
    pub(crate) view: UseReducerDispatcher<ViewState>,
    pub(crate) on_action: Callback<Action>,
}

/// Its words are its name, and the sentence that says more describes it.
#[component]
pub(crate) fn GraphNode(props: &GraphNodeProps) -> Html {
    let GraphNodeProps { scene, index, standing, is_tab_stop, view, on_action } = props;
    let Some(node) = scene.nodes.get(*index) else { return Html::default() };
    let on_choose = choose(node, view, on_action);
    let first = node.certificates.first().copied();
    let onkeydown = move_or_choose(scene, *index, &on_choose);
    let onfocusin = {
        let (key, view) = (node.key.clone(), view.clone());
        move |_: FocusEvent| view.dispatch(ViewChange::Focused(key.clone()))
    };
    html! {
        <g class="rl-issuers__node" id={dom_id(node)} role="button" tabindex={if *is_tab_stop { "0" } else { "-1" }}
            aria-description={node.label.clone()} aria-pressed={(*standing == Standing::Selected).to_string()}
            data-standing={standing.name()} {onkeydown} {onfocusin}
            onclick={on_choose.reform(move |_: MouseEvent| first)}>
            { drawn_box(node, &on_choose) }
        </g>
    }
}

/// Chooses one of the box's certificates. A group has none of its own: the table lists what is put together in it.
fn choose(
    node: &Node,
    view: &UseReducerDispatcher<ViewState>,
    on_action: &Callback<Action>,
) -> Callback<Option<usize>> {
    let (kind, view, on_action) = (node.kind, view.clone(), on_action.clone());
    Callback::from(move |certificate: Option<usize>| match (kind, certificate) {
        (Kind::Group, _) => {
            browser::focus_id(SWITCH_ID);
            view.dispatch(ViewChange::Table(true));
        }
        (_, Some(certificate)) => on_action.emit(Action::Selected(Some(certificate))),
        (_, None) => {}
    })
}

/// The drawing of the box, in which a click on a row chooses the certificate of that row. The rows are the last of its
/// elements.
fn drawn_box(node: &Node, on_choose: &Callback<Option<usize>>) -> Html {
    let drawing = picture::node(node, PREFIX);
    let before_rows = drawing.children.len().saturating_sub(node.rows.len());
    let (frame, rows) = drawing.children.split_at_checked(before_rows).unwrap_or_default();
    let certificates = node.rows.iter().map(|row| row.certificate);
    html! {
        <g class={attribute(&drawing, "class")} data-node={attribute(&drawing, "data-node")}
            data-divergence={attribute(&drawing, "data-divergence")}>
            { for frame.iter().map(element) }
            { for rows.iter().zip(certificates).map(|(row, certificate)| drawn_row(row, certificate, on_choose)) }
        </g>
    }
}

fn drawn_row(row: &Element, certificate: Option<usize>, on_choose: &Callback<Option<usize>>) -> Html {
    let onclick = certificate.map(|certificate| {
        on_choose.reform(move |event: MouseEvent| {
            // The box around it would choose its first certificate.
            event.stop_propagation();
            Some(certificate)
        })
    });
    html! {
        <g class={attribute(row, "class")} data-cert={certificate.map(|certificate| certificate.to_string())} {onclick}>
            { for row.children.iter().map(element) }
        </g>
    }
}

fn attribute(element: &Element, name: &str) -> Option<String> {
    element.attributes.iter().find(|(it, _)| *it == name).map(|(_, value)| value.clone())
}

/// Arrow keys, Home and End move the focus; Enter and the space bar choose the first certificate.
fn move_or_choose(scene: &Shared<Scene>, index: usize, on_choose: &Callback<Option<usize>>) -> Callback<KeyboardEvent> {
    let (scene, on_choose) = (scene.clone(), on_choose.clone());
    Callback::from(move |event: KeyboardEvent| {
        let Some(node) = scene.nodes.get(index) else { return };
        let key = event.key();
        if key == "Enter" || key == " " {
            on_choose.emit(node.certificates.first().copied());
        } else if let Some(target) = destination(&scene, node, &key) {
            if let Some(node) = target.and_then(|index| scene.nodes.get(index)) {
                browser::focus_id(&dom_id(node));
            }
        } else {
            return;
        }
        event.prevent_default();
    })
}

/// Where a key leads, if it leads anywhere in general; the index of the box, if there is one in that direction.
fn destination(scene: &Scene, node: &Node, key: &str) -> Option<Option<usize>> {
    let Neighbours { up, down, left, right } = node.neighbours;
    Some(match key {
        "ArrowUp" => up,
        "ArrowDown" => down,
        "ArrowLeft" => left,
        "ArrowRight" => right,
        "Home" => Some(0),
        "End" => scene.nodes.len().checked_sub(1),
        _ => return None,
    })
}

fn dom_id(node: &Node) -> String {
    format!("rl-node-{}", node.key)
}
