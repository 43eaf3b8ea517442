//! The issuer graph: its frame, the switch to the table that says the same, legend and notes.

use std::mem;

use yew::prelude::*;

use super::frame::GraphFrame;
use super::highlight::Trace;
use super::ids::{HEADING_ID, SWITCH_ID};
use super::table::GraphTable;
use super::view_state::{ViewChange, ViewState};
use crate::report::Report;
use crate::scene::Width;
use crate::ui::inspection::ShownDrawing;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::result as words;

/// Width of a drawing in pixels from which it gets the whole width of the page: what stands beside the pools leaves it
/// less room where it gets the smallest.
const WIDE_FROM: i32 = 660;

#[derive(Properties, PartialEq)]
pub(crate) struct GraphViewProps {
    pub(crate) report: Shared<Report>,
    /// The drawing of it.
    pub(crate) drawing: ShownDrawing,
    /// Hears how much room there is.
    pub(crate) on_width: Callback<Width>,
    /// The certificate whose details are shown.
    pub(crate) selection: Option<usize>,
    /// What a verifier did; a selection takes its place.
    pub(crate) trace: Option<Trace>,
    pub(crate) on_action: Callback<Action>,
}

#[component]
pub(crate) fn GraphView(props: &GraphViewProps) -> Html {
    let GraphViewProps { report, drawing, on_width, selection, trace, on_action } = props;
    let view = use_reducer_eq(ViewState::default);
    let ShownDrawing { width, scene } = drawing;
    use_effect_with((view.width(), *width, on_width.clone()), |(room, drawn_for, on_width)| {
        if let Some(room) = room.filter(|room| room != drawn_for) {
            on_width.emit(room);
        }
    });
    let fits = view.width().is_none_or(|room| mem::discriminant(&room) == mem::discriminant(width));
    let as_table = view.as_table;
    let onclick = {
        let view = view.dispatcher();
        move |_: MouseEvent| view.dispatch(ViewChange::Table(!as_table))
    };
    html! {
        <section class="rl-section rl-issuers" data-testid="graph" aria-labelledby={HEADING_ID}
            data-wide={(WIDE_FROM < scene.width).then_some("true")}>
            <header class="rl-section__header">
                <h2 id={HEADING_ID} tabindex="-1">{ words::GRAPH }</h2>
                <button type="button" id={SWITCH_ID} class="rl-button rl-button--small"
                    aria-pressed={as_table.to_string()} {onclick}>
                    { words::AS_TABLE }
                </button>
            </header>
            if as_table {
                <GraphTable {report} {scene} {on_action} />
            } else {
                <GraphFrame {scene} {fits} {view} {selection} trace={trace.clone()} {on_action} />
            }
            for note in &scene.notes {
                <p class="rl-hint">{ note }</p>
            }
        </section>
    }
}
