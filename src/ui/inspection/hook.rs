//! Asks the inspector for what the state calls for, and keeps its answers.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use crate::choices::Choices;
use crate::example;
use crate::inventory::Passwords;
use crate::messages::{Download, Drawing, Event, Link, LoadId, Progress, Request};
use crate::report::{Explanation, Report, Timeline};
use crate::scene::{Scene, Width};
use crate::time::Timestamp;
use crate::ui::browser;
use crate::ui::browser::arrival;
use crate::ui::browser::focus::FocusAnchor;
use crate::ui::download;
use crate::ui::inspection::channel::Channel;
use crate::ui::shared::Shared;
use crate::ui::state::{Action, State};

/// The example that is read in advance: certificates of both key types, a chain that some verifiers refuse, and a fix.
const PREPARED: &str = "expired-cross-sign";

/// What is known by now about what is loaded.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Inspection {
    /// The inspector runs, and has no public roots.
    pub(crate) lacks_public_roots: bool,
    /// How far the work has come that somebody waits for.
    pub(crate) progress: Option<Progress>,
    /// What the newest report is about, and what was chosen for it.
    pub(crate) inputs: Option<(LoadId, Choices)>,
    /// The newest report.
    pub(crate) report: Option<Shared<Report>>,
    /// The drawing of it.
    pub(crate) drawing: Option<ShownDrawing>,
    /// A link to it, once one was wanted.
    pub(crate) link: Option<Shared<Link>>,
    /// What a password would open.
    pub(crate) locked: Locked,
    /// What is found out after the report.
    pub(crate) on_demand: OnDemand,
}

/// A drawing, and the room it was made for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ShownDrawing {
    pub(crate) width: Width,
    pub(crate) scene: Shared<Scene>,
}

impl From<Drawing> for ShownDrawing {
    fn from(Drawing { width, scene }: Drawing) -> ShownDrawing {
        ShownDrawing { width, scene: Shared::new(scene) }
    }
}

/// Which sources of the report a password would open.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Locked {
    /// Their indices.
    pub(crate) sources: Rc<[usize]>,
    /// The source whose password was tried last, in vain.
    pub(crate) refused: Option<usize>,
    /// How many passwords were tried in vain since the newest report.
    pub(crate) refusals: u32,
}

/// A password that somebody gave for a source. It goes to the inspector and nowhere else: no state holds it.
pub(crate) struct Opening {
    /// The index of the source in the report.
    pub(crate) source: usize,
    /// What was given.
    pub(crate) passwords: Passwords,
}

/// What is found out after the report, for the chains that are looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OnDemand {
    /// The verdicts over time. An earlier one stays until the next is found, so that nothing jumps.
    pub(crate) timeline: Option<Shared<Timeline>>,
    /// By chain of the newest report: what divides the verifiers, once it is found.
    pub(crate) explanations: Rc<BTreeMap<usize, Rc<Explanation>>>,
}

impl Reducible for Inspection {
    type Action = Event;

    fn reduce(self: Rc<Inspection>, event: Event) -> Rc<Inspection> {
        let mut next = Inspection::clone(&self);
        match event {
            Event::Started { has_public_roots } => next.lacks_public_roots = !has_public_roots,
            Event::Progressed(progress) => next.progress = Some(progress),
            Event::Cancelled => next.progress = None,
            Event::Loaded { .. } | Event::Opened { .. } | Event::Made { .. } => return self,
            Event::StillLocked { source } => {
                next.locked.refused = Some(source);
                next.locked.refusals += 1;
            }
            Event::Inspected { loaded, choices, report, drawing, openable } => {
                next.progress = None;
                next.inputs = Some((loaded, *choices));
                next.locked = Locked { sources: openable.into(), ..Locked::default() };
                next.report = Some(Shared::from(report));
                next.drawing = Some(ShownDrawing::from(*drawing));
                next.link = None;
                next.on_demand.explanations = Rc::default();
            }
            Event::Explained { chain, explanation } => {
                Rc::make_mut(&mut next.on_demand.explanations).insert(chain, Rc::new(explanation));
            }
            Event::Drawn(drawing) => next.drawing = Some(ShownDrawing::from(*drawing)),
            Event::LinkMade(link) => next.link = Some(Shared::new(link)),
            Event::TimelineFound(timeline) => next.on_demand.timeline = Some(Shared::new(timeline)),
            Event::Forgotten => {
                let lacks_public_roots = self.lacks_public_roots;
                next = Inspection { lacks_public_roots, ..Inspection::default() };
            }
        }
        Rc::new(next)
    }
}

/// What the page asks the inspector for when somebody does something.
#[derive(Clone, PartialEq)]
pub(crate) struct Orders {
    /// To try a password.
    pub(crate) on_open: Callback<Opening>,
    /// To make a file, which is then saved.
    pub(crate) on_download: Callback<Download>,
    /// To draw for this much room.
    pub(crate) on_width: Callback<Width>,
    /// To stop what is being done; what is shown stays.
    pub(crate) on_cancel: Callback<()>,
}

/// Has the inspector read what waits, report on what is loaded, and look closer at the chain that is looked at, each
/// whenever its inputs change; and gives what it can be asked for besides. `anchor` is held before anything new is drawn.
#[hook]
pub(crate) fn use_inspection(
    state: &State,
    on_action: &Callback<Action>,
    anchor: &Rc<FocusAnchor>,
) -> (UseReducerHandle<Inspection>, Orders) {
    let inspection = use_reducer(Inspection::default);
    let channel = {
        let (on_action, anchor, dispatcher) = (on_action.clone(), Rc::clone(anchor), inspection.dispatcher());
        use_memo((), move |()| {
            Channel::open(Callback::from(move |event| match event {
                Event::Loaded { id, link } => on_action.emit(Action::Loaded(id, link)),
                Event::Opened { loaded, positions } => on_action.emit(Action::Opened(loaded, positions)),
                Event::Made { name, text } => download::save(&name, &text),
                event => {
                    anchor.hold();
                    dispatcher.dispatch(event);
                }
            }))
        })
    };
    use_request(&channel, (), |()| prepare());
    use_request(&channel, state.pending(), {
        let request = state.load_request();
        |_| request
    });
    use_request(&channel, state.report_inputs(), |inputs| {
        Some(match inputs {
            Some((loaded, choices)) => Request::Inspect { loaded, choices: Box::new(choices) },
            None => Request::Forget,
        })
    });
    use_request(&channel, state.timeline_inputs(), |inputs| {
        inputs.map(|(_, _, chain)| Request::FindTimeline { chain })
    });
    use_request(&channel, (inspection.inputs.clone(), state.link_note()), |(_, note)| {
        note.map(|note| Request::MakeLink { note })
    });
    let orders = use_orders(&channel, state.intake.loaded(), inspection.inputs.clone(), on_action);
    (inspection, orders)
}

/// `loaded` is what there is to show; `shown` is what the report on the page is about.
#[hook]
fn use_orders(
    channel: &Rc<Channel>,
    loaded: Option<LoadId>,
    shown: Option<(LoadId, Choices)>,
    on_action: &Callback<Action>,
) -> Orders {
    let on_open = {
        let channel = Rc::clone(channel);
        use_callback(loaded, move |opening: Opening, loaded| {
            if let Some(loaded) = *loaded {
                let Opening { source, passwords } = opening;
                channel.request(&Request::Open { loaded, source, passwords });
            }
        })
    };
    let on_download = {
        let channel = Rc::clone(channel);
        use_callback((), move |file, ()| channel.request(&Request::Make { file, address: browser::address() }))
    };
    let on_width = {
        let channel = Rc::clone(channel);
        use_callback((), move |width, ()| channel.request(&Request::Draw { width }))
    };
    let on_cancel = {
        let (channel, on_action) = (Rc::clone(channel), on_action.clone());
        use_callback(shown, move |(), shown| {
            channel.request(&Request::Cancel);
            on_action.emit(Action::Cancelled(shown.clone(), browser::now()));
        })
    };
    Orders { on_open, on_download, on_width, on_cancel }
}

/// Has an example read before somebody drops anything, unless files come at once: from the page around a frame, or by what the
/// address holds or names. Those would only wait for it.
fn prepare() -> Option<Request> {
    let is_empty = !browser::embedded() && browser::fragment().is_empty();
    let example = example::find(PREPARED).filter(|_| is_empty)?;
    let choices = Box::new(Choices::at(Timestamp::parse(example.at)?));
    Some(Request::Prepare { files: arrival::files_of(example).into(), choices })
}

/// Sends the request that follows from `inputs`, if any, whenever they change.
#[hook]
fn use_request<T: Clone + PartialEq + 'static>(
    channel: &Rc<Channel>,
    inputs: T,
    request: impl FnOnce(T) -> Option<Request> + 'static,
) {
    let channel = Rc::clone(channel);
    use_effect_with(inputs, move |inputs| {
        if let Some(request) = request(inputs.clone()) {
            channel.request(&request);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Graph;
    use crate::inspect::inspect;
    use crate::inventory::Inventory;

    fn inspected(at: i64) -> Event {
        let (inventory, choices) = (Inventory::default(), Choices::at(Timestamp(at)));
        let graph = Graph::build(inventory.certificates.clone());
        let report = Rc::new(inspect(&inventory, &graph, &choices).report);
        let drawing = Box::new(Drawing { width: Width::Wide, scene: Scene::default() });
        Event::Inspected { loaded: LoadId(1), report, drawing, choices: Box::new(choices), openable: vec![1] }
    }

    fn explained(chain: usize) -> Event {
        let explanation = Explanation { facts: Vec::new(), then_accepts: None, alternatives: Vec::new() };
        Event::Explained { chain, explanation }
    }

    fn timeline() -> Event {
        Event::TimelineFound(Timeline { certificates: Vec::new(), histories: Vec::new() })
    }

    fn after(events: Vec<Event>) -> Rc<Inspection> {
        events.into_iter().fold(Rc::default(), Inspection::reduce)
    }

    #[test]
    fn explanations_belong_to_the_report_they_follow() {
        let explained_twice = after(vec![inspected(0), explained(2), explained(0)]);
        assert_eq!(explained_twice.on_demand.explanations.keys().collect::<Vec<_>>(), [&0, &2]);
        let next = after(vec![inspected(0), explained(2), inspected(1)]);
        assert!(next.on_demand.explanations.is_empty());
        assert_eq!(next.report.as_ref().map(|report| report.at), Some(Timestamp(1)));
    }

    #[test]
    fn that_a_password_was_wrong_is_said_until_the_next_report() {
        let refused = |events| after(events).locked.refused;
        assert_eq!(refused(vec![inspected(0), Event::StillLocked { source: 1 }]), Some(1));
        assert_eq!(refused(vec![inspected(0), Event::StillLocked { source: 1 }, inspected(1)]), None);
    }

    #[test]
    fn a_timeline_stays_until_the_next_one_or_until_all_is_forgotten() {
        assert!(after(vec![inspected(0), timeline(), inspected(1)]).on_demand.timeline.is_some());
        assert_eq!(*after(vec![inspected(0), timeline(), Event::Forgotten]), Inspection::default());
    }
}
