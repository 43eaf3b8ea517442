//! The issuer graph: its frame, the switch to the table that says the same, legend and notes.

use yew::prelude::*;

use super::graph_frame::GraphFrame;
use super::graph_table::graph_table;
use super::shared::Shared;
use super::state::Action;
use crate::report::Report;
use crate::scene::{self, Scene, View, Width};

/// Width of the frame in pixels below which the drawing is laid out for a telephone.
const NARROW_BELOW: i32 = 560;

/// Width of a drawing in pixels from which it gets the whole width of the page.
const WIDE_FROM: i32 = 940;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) selection: Option<usize>,
    pub(crate) act: Callback<Action>,
}

#[component]
pub(crate) fn GraphView(props: &Props) -> Html {
    let as_table = use_state_eq(|| false);
    let room = use_state_eq(|| None::<i32>);
    let narrow = room.is_some_and(|room| room < NARROW_BELOW);
    let scene = Shared::from(use_memo((props.report.clone(), narrow), |(report, narrow)| {
        let width = if *narrow { Width::Narrow } else { Width::Wide };
        scene::draw(report, &View { peer: None, width })
    }));
    let toggle = use_callback((as_table.setter(), *as_table), |_: MouseEvent, (setter, now)| setter.set(!now));
    html! {
        <section class="rl-section rl-issuers" data-testid="graph" aria-labelledby="rl-graph"
            data-wide={(WIDE_FROM < scene.width).then_some("true")}>
            <header class="rl-section__header">
                <h2 id="rl-graph">{ "Who issued whom" }</h2>
                <button type="button" class="rl-button rl-button--small" aria-pressed={as_table.to_string()}
                    onclick={toggle}>{ "As table" }</button>
            </header>
            if *as_table {
                { graph_table(&props.report, &scene) }
            } else {
                <GraphFrame act={props.act.clone()} scene={scene.clone()} selection={props.selection} room={*room}
                    measured={room.setter().to_callback().reform(Some)} show_table={as_table.setter().to_callback()} />
            }
            { notes(&scene) }
        </section>
    }
}

fn notes(scene: &Scene) -> Html {
    html! { for note in scene.notes.iter() { <p class="rl-hint">{ note }</p> } }
}
