//! The issuer graph: its frame, the switch to the table that says the same, legend and notes.

use std::rc::Rc;

use yew::prelude::*;

use crate::report::Report;
use crate::scene::{self, View, Width};
use crate::ui::graph_frame::GraphFrame;
use crate::ui::graph_picture::Trace;
use crate::ui::graph_table::GraphTable;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::result as words;
use crate::ui::zoom::LIFE_SIZE;

/// The id of the switch between drawing and table.
pub(crate) const SWITCH_ID: &str = "rl-as-table";

/// The id of the heading, where readers are led who want to see something in the graph.
pub(crate) const HEADING_ID: &str = "rl-graph";

/// Width of the frame in pixels below which the drawing is laid out for a telephone.
const NARROW_BELOW: i32 = 560;

/// Width of a drawing in pixels from which it gets the whole width of the page: what stands beside the pools leaves it
/// less room where it gets the smallest.
const WIDE_FROM: i32 = 660;

#[derive(Properties, PartialEq)]
pub(crate) struct GraphViewProps {
    pub(crate) report: Shared<Report>,
    /// The certificate whose details are shown.
    pub(crate) selection: Option<usize>,
    /// What a verifier did; a selection takes its place.
    pub(crate) trace: Option<Trace>,
    pub(crate) on_action: Callback<Action>,
}

/// How the graph is looked at; nobody else needs to know.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Look {
    pub(crate) as_table: bool,
    /// The frame's width in pixels, once it is known.
    pub(crate) room: Option<i32>,
    /// Pixels of the screen for a pixel of the drawing.
    pub(crate) scale: f64,
    /// The key of the box that had the focus last.
    pub(crate) focused: String,
}

/// What can change about it.
pub(crate) enum LookChange {
    Table(bool),
    Room(i32),
    Scale(f64),
    Focused(String),
}

impl Default for Look {
    fn default() -> Look {
        Look { as_table: false, room: None, scale: LIFE_SIZE, focused: String::new() }
    }
}

impl Reducible for Look {
    type Action = LookChange;

    fn reduce(self: Rc<Look>, change: LookChange) -> Rc<Look> {
        let look = (*self).clone();
        Rc::new(match change {
            LookChange::Table(as_table) => Look { as_table, ..look },
            LookChange::Room(room) => Look { room: Some(room), ..look },
            LookChange::Scale(scale) => Look { scale, ..look },
            LookChange::Focused(focused) => Look { focused, ..look },
        })
    }
}

impl Look {
    fn width(&self) -> Width {
        self.room.filter(|room| *room < NARROW_BELOW).map_or(Width::Wide, Width::Narrow)
    }
}

#[component]
pub(crate) fn GraphView(props: &GraphViewProps) -> Html {
    let GraphViewProps { report, selection, trace, on_action } = props;
    let look = use_reducer_eq(Look::default);
    let scene = use_memo((report.clone(), look.width()), |(report, width)| {
        scene::draw(report, &View { peer: None, width: *width })
    });
    let scene = Shared::from(scene);
    let as_table = look.as_table;
    let onclick = {
        let look = look.dispatcher();
        move |_: MouseEvent| look.dispatch(LookChange::Table(!as_table))
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
                <GraphTable {report} scene={scene.clone()} {on_action} />
            } else {
                <GraphFrame scene={scene.clone()} {look} {selection} trace={trace.clone()} {on_action} />
            }
            for note in &scene.notes {
                <p class="rl-hint">{ note }</p>
            }
        </section>
    }
}
