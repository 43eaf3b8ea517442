//! The issuer graph: its frame, the switch to the table that says the same, legend and notes.

use yew::prelude::*;

use super::graph_frame::{Frame, graph_frame};
use super::graph_picture::Shown;
use super::graph_table::graph_table;
use super::markup::{each, flag, markup, truth};
use super::shared::Shared;
use super::state::Action;
use super::words::result as words;
use super::zoom::LIFE_SIZE;
use crate::report::Report;
use crate::scene::{self, Scene, View, Width};

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
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) selection: Option<usize>,
    pub(crate) trace: Option<Trace>,
    pub(crate) act: Callback<Action>,
}

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
pub(crate) enum Change {
    Table(bool),
    Room(i32),
    Scale(f64),
    Focused(String),
}

impl Look {
    /// The look after `change`.
    fn after(&self, change: Change) -> Look {
        let mut look = self.clone();
        match change {
            Change::Table(as_table) => look.as_table = as_table,
            Change::Room(room) => look.room = Some(room),
            Change::Scale(scale) => look.scale = scale,
            Change::Focused(key) => look.focused = key,
        }
        look
    }

    fn width(&self) -> Width {
        self.room.filter(|room| *room < NARROW_BELOW).map_or(Width::Wide, Width::Narrow)
    }
}

/// A component, so that what does not touch the graph does not draw it again.
pub(crate) struct GraphView {
    look: Look,
    /// For the report, as wide as the frame is.
    scene: Shared<Scene>,
    change: Callback<Change>,
    frame: Frame,
}

fn draw(context: &Context<GraphView>, look: &Look) -> Shared<Scene> {
    Shared::new(scene::draw(&context.props().report, &View { peer: None, width: look.width() }))
}

impl Component for GraphView {
    type Message = Change;
    type Properties = Props;

    fn create(context: &Context<GraphView>) -> GraphView {
        let look = Look { as_table: false, room: None, scale: LIFE_SIZE, focused: String::new() };
        let change = context.link().callback(|change| change);
        GraphView { scene: draw(context, &look), look, frame: Frame::new(&change), change }
    }

    fn update(&mut self, context: &Context<GraphView>, change: Change) -> bool {
        let look = self.look.after(change);
        if look == self.look {
            return false;
        }
        let before = std::mem::replace(&mut self.look, look);
        if self.look.width() != before.width() {
            self.scene = draw(context, &self.look);
        }
        true
    }

    fn changed(&mut self, context: &Context<GraphView>, before: &Props) -> bool {
        if context.props().report != before.report {
            self.scene = draw(context, &self.look);
        }
        true
    }

    fn view(&self, context: &Context<GraphView>) -> Html {
        let GraphView { look, scene, change, frame } = self;
        let Props { report, selection, trace, act } = context.props();
        let as_table = look.as_table;
        let content = match as_table {
            true => graph_table(report, scene),
            false => {
                graph_frame(scene, &Shown { selection: *selection, trace: trace.as_ref() }, look, frame, act, change)
            }
        };
        markup!(
            "<section class='rl-section rl-issuers' data-testid='graph' aria-labelledby={} data-wide={}>
                <header class='rl-section__header'>
                    <h2 id={} tabindex='-1'>{}</h2>
                    <button type='button' id={} class='rl-button rl-button--small' aria-pressed={} onclick={}>{}</button>
                </header>
                {}{}
            </section>",
            HEADING_ID,
            flag(WIDE_FROM < scene.width),
            HEADING_ID,
            words::GRAPH,
            SWITCH_ID,
            truth(as_table),
            change.reform(move |_: Event| Change::Table(!as_table)),
            words::AS_TABLE,
            content,
            each(&scene.notes, |note| markup!("<p class='rl-hint'>{}</p>", note)),
        )
    }

    fn rendered(&mut self, _: &Context<GraphView>, _: bool) {
        self.frame.follow(&self.look);
    }
}
