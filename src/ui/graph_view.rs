//! The issuer graph: its frame, the switch to the table that says the same, legend and notes.

use std::rc::Rc;

use yew::prelude::*;

use super::graph_frame::{self, graph_frame};
use super::graph_table::graph_table;
use super::markup::{each, flag, markup, truth};
use super::shared::Shared;
use super::state::Action;
use crate::report::Report;
use crate::scene::{self, View, Width};

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

/// How the graph is looked at; nobody else needs to know.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Look {
    pub(crate) as_table: bool,
    /// The frame's width in pixels, once it is known.
    pub(crate) room: Option<i32>,
    /// The scale that the user chose, if any.
    pub(crate) scale: Option<f64>,
    /// The key of the box that had the focus last.
    pub(crate) focused: String,
}

/// What can change about it.
pub(crate) enum Change {
    Table(bool),
    Room(i32),
    Scale(Option<f64>),
    Focused(String),
}

impl Reducible for Look {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut look = (*self).clone();
        match change {
            Change::Table(as_table) => look.as_table = as_table,
            Change::Room(room) => look.room = Some(room),
            Change::Scale(scale) => look.scale = scale,
            Change::Focused(key) => look.focused = key,
        }
        if look == *self { self } else { Rc::new(look) }
    }
}

/// A component, so that what does not touch the graph does not draw it again.
#[component]
pub(crate) fn GraphView(props: &Props) -> Html {
    let look = use_reducer(Look::default);
    let dispatcher = look.dispatcher();
    let change = Callback::from(move |change| dispatcher.dispatch(change));
    let narrow = look.room.is_some_and(|room| room < NARROW_BELOW);
    let scene = Shared::from(use_memo((props.report.clone(), narrow), |(report, narrow)| {
        let width = if *narrow { Width::Narrow } else { Width::Wide };
        scene::draw(report, &View { peer: None, width })
    }));
    let frame = graph_frame::use_frame(&look, &scene, &change);
    let content = if look.as_table {
        graph_table(&props.report, &scene)
    } else {
        graph_frame(&scene, props.selection, &look, frame, &props.act, &change)
    };
    let as_table = look.as_table;
    markup!(
        "<section class='rl-section rl-issuers' data-testid='graph' aria-labelledby='rl-graph' data-wide={}>
            <header class='rl-section__header'>
                <h2 id='rl-graph'>Who issued whom</h2>
                <button type='button' class='rl-button rl-button--small' aria-pressed={} onclick={}>As table</button>
            </header>
            {}{}
        </section>",
        flag(WIDE_FROM < scene.width),
        truth(as_table),
        change.reform(move |_: Event| Change::Table(!as_table)),
        content,
        each(&scene.notes, |note| markup!("<p class='rl-hint'>{}</p>", note)),
    )
}
