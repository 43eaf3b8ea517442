//! The whole page: header, landing or result, and the sheet with a certificate's details.

use std::cell::Cell;
use std::rc::Rc;

use yew::prelude::*;

use super::acceptance::{acceptance, divided, strips};
use super::certificate_link::named;
use super::certificate_panel::certificate_panel;
use super::client_matrix::client_matrix;
use super::effect::{self, HEADING_ID, Reader, when};
use super::findings::findings;
use super::gates::gates;
use super::graph_view::{GraphView, Trace};
use super::header::header;
use super::headline::headline;
use super::landing::landing;
use super::listener::Listener;
use super::loading::Loaded;
use super::markup::{each, markup};
use super::pools::pools;
use super::share_panel::{Offer, share_panel};
use super::shared::Shared;
use super::sources::sources;
use super::state::{Action, Intake, Panel, Refusal, State};
use super::theme::Theme;
use super::timeline::timeline;
use super::words::landing as landing_words;
use super::{browser, export_panel, icon};
use crate::inspect;
use crate::report::{ChainDetails, Explanation, Report, Timeline};
use std::collections::BTreeMap;

/// All parts but the graph are functions, and the components structures: function components, and hooks most of all, add
/// kilobytes to the program.
pub(crate) struct App {
    state: State,
    /// For what is loaded and chosen; computed again only when one of them changes.
    report: Option<Shared<Report>>,
    /// The chains of the report, for what is found afterwards.
    chains: Option<Rc<ChainDetails>>,
    /// Of the chain that is watched; computed again only when what is loaded or chosen changes, but for the date.
    timeline: Option<Shared<Timeline>>,
    /// By chain, for the present report: what divides the verifiers, once it is found.
    divisions: BTreeMap<usize, Rc<Explanation>>,
    rounds: Rounds,
    /// The link, while it is offered.
    offer: Option<Offer>,
    act: Callback<Action>,
    /// It stands in a frame: no header, no intake.
    embedded: bool,
    reader: Reader,
    _listeners: Vec<Listener>,
}

/// Count what is looked for beside the page, so that what is found for an earlier report is recognised.
#[derive(Default)]
struct Rounds {
    divisions: Rc<Cell<u32>>,
    timeline: Rc<Cell<u32>>,
}

fn next_round(round: &Cell<u32>) {
    round.set(round.get().wrapping_add(1));
}

impl Component for App {
    type Message = Action;
    type Properties = ();

    fn create(context: &Context<App>) -> App {
        let act = context.link().callback(|action| action);
        let state = State::new(browser::now(), Theme::remembered());
        effect::open_fragment(&act);
        let _listeners = effect::follow_window(&act);
        let embedded = browser::embedded();
        App {
            state,
            report: None,
            chains: None,
            timeline: None,
            divisions: BTreeMap::new(),
            rounds: Rounds::default(),
            offer: None,
            embedded,
            reader: Reader::new(),
            _listeners,
            act,
        }
    }

    fn update(&mut self, _: &Context<App>, action: Action) -> bool {
        self.reader.hold();
        if let (Action::SaveAsked(what), Some(report), Some(loaded)) =
            (&action, &self.report, self.state.intake.loaded())
        {
            export_panel::save(what, report, loaded, &self.state.choices);
        }
        let action = match action {
            Action::Divided(round, chain, division) => return self.take_division(round, chain, division),
            Action::Foreseen(round, timeline) => return self.take_timeline(round, timeline),
            action => action,
        };
        let Some(next) = self.state.after(action) else { return false };
        if next.pending() != self.state.pending() {
            effect::read(&next, &self.act);
        }
        let is_new = next.basis() != self.state.basis();
        if is_new {
            let inspect = |loaded: &Shared<Loaded>| {
                let found = inspect::inspect(&loaded.inventory, &loaded.graph, &next.choices);
                (Shared::new(found.report), Rc::new(found.chains))
            };
            (self.report, self.chains) = next.intake.loaded().map(inspect).unzip();
            self.divide(&next);
        }
        if is_new || next.panel != self.state.panel {
            let loaded = next.intake.loaded().filter(|_| next.panel == Some(Panel::Share));
            self.offer = loaded.map(|loaded| Offer::of(loaded, &next.choices));
        }
        if next.outlook() != self.state.outlook() {
            self.foresee(&next);
        }
        self.state = next;
        true
    }

    fn view(&self, _: &Context<App>) -> Html {
        let App { state, report, timeline, divisions, offer, act, .. } = self;
        let drop = markup!(
            "<div class='rl-drop' aria-hidden='true'><p>{}{}</p></div>",
            icon::icon(icon::DROP),
            landing_words::DROP
        );
        markup!(
            "<div onclick={}>{}{}{}{}{}</div>",
            when(act, |event| {
                let selected = named(&event).map(|certificate| Action::Selected(Some(certificate)));
                selected.or_else(|| export_panel::asked(&event).map(Action::SaveAsked))
            }),
            (!self.embedded).then(|| header(state, report.as_deref(), act)),
            refusals(&state.refusals, act),
            status(&state.intake),
            match report {
                Some(report) =>
                    result(state, report, &Closer { timeline: timeline.as_deref(), divisions }, offer.as_ref(), act),
                None if self.embedded => nothing(),
                None => landing(state.intake.is_reading(), act),
            },
            state.dragging.then_some(drop),
        )
    }

    fn rendered(&mut self, _: &Context<App>, _: bool) {
        self.reader.follow(&self.state, self.report.is_some());
    }
}

impl App {
    /// Looks for what divides the verifiers, where they are divided.
    fn divide(&mut self, next: &State) {
        next_round(&self.rounds.divisions);
        self.divisions = BTreeMap::new();
        if let (Some(loaded), Some(report), Some(details)) = (next.intake.loaded(), &self.report, &self.chains) {
            effect::divide(loaded.clone(), Rc::clone(details), divided(report), &self.rounds.divisions, &self.act);
        }
    }

    fn take_division(&mut self, round: u32, chain: usize, division: Rc<Explanation>) -> bool {
        let is_awaited = round == self.rounds.divisions.get();
        if is_awaited {
            self.divisions.insert(chain, division);
        }
        is_awaited
    }

    /// Looks ahead for the chain that is watched. What was there before stays until then, so that nothing jumps.
    fn foresee(&mut self, next: &State) {
        next_round(&self.rounds.timeline);
        match (next.intake.loaded(), &self.chains) {
            (Some(loaded), Some(details)) => {
                effect::foresee(loaded.clone(), Rc::clone(details), next.watched, &self.rounds.timeline, &self.act);
            }
            _ => self.timeline = None,
        }
    }

    fn take_timeline(&mut self, round: u32, timeline: Shared<Timeline>) -> bool {
        let is_awaited = round == self.rounds.timeline.get();
        if is_awaited {
            self.timeline = Some(timeline);
        }
        is_awaited
    }
}

/// A frame that waits for files.
fn nothing() -> Html {
    markup!("<main class='rl-boot' id='rl-main'><p>{}</p></main>", landing_words::NOTHING_YET)
}

/// What is found out after the report.
struct Closer<'a> {
    timeline: Option<&'a Timeline>,
    divisions: &'a BTreeMap<usize, Rc<Explanation>>,
}

/// The page once something is loaded, in order of prominence.
fn result(
    state: &State,
    report: &Shared<Report>,
    closer: &Closer<'_>,
    offer: Option<&Offer>,
    act: &Callback<Action>,
) -> Html {
    let selection = state.selection;
    let trace = trace(state, report);
    let graph = || html! { <GraphView {report} {selection} {trace} {act} /> };
    let some = !report.certificates.is_empty();
    markup!(
        "<main class='rl-result' id='rl-main'>{}{}{}{}{}{}{}{}{}{}{}</main>{}",
        offer.map(|offer| share_panel(offer, report, act)),
        (state.panel == Some(Panel::Export)).then(|| export_panel::export_panel(act)),
        headline(report, act),
        some.then(graph),
        some.then(|| pools(report)),
        some.then(|| client_matrix(report, &state.open_clients, act)),
        (some || !report.findings.is_empty()).then(|| findings(report)),
        some.then(|| acceptance(report, state.asked, closer.divisions, act)),
        some.then(|| timeline(report, closer.timeline, state.watched, act)),
        gates(report),
        sources(report, &|source| state.choices.roles.contains_key(&source), act),
        selection.and_then(|certificate| certificate_panel(report, certificate, act)),
    )
}

/// What the verifier that is looked at leaves to see in the graph: the step of its search that is followed, else its path,
/// else the step at which it gave up.
fn trace(state: &State, report: &Report) -> Option<Trace> {
    let asked = state.asked?;
    let verdict = strips(report).get(asked.chain)?.get(asked.engine)?;
    let attempt = match (asked.step, verdict.chains.first()) {
        (None, Some(path)) => return Some(Trace { path: path.clone(), candidate: None, taken: true }),
        (None, None) => verdict.trail.last()?,
        (Some(step), _) => verdict.trail.get(step)?,
    };
    Some(Trace { path: attempt.path.clone(), candidate: attempt.candidate, taken: attempt.rejection.is_none() })
}

/// Says aloud that reading goes on, and that it is done.
fn status(intake: &Intake) -> Html {
    let (class, words) = match intake {
        Intake::Reading { .. } => ("rl-status", landing_words::READING),
        Intake::Ready(_) => ("rl-status rl-offscreen", landing_words::DONE),
        Intake::Empty | Intake::Failed => ("rl-status rl-offscreen", ""),
    };
    markup!("<p class={} role='status'>{}</p>", class, words)
}

/// What could not be read at all, until it is dismissed.
fn refusals(refusals: &[Refusal], act: &Callback<Action>) -> Option<Html> {
    let item =
        |it: &Refusal| markup!("<li><strong>{}</strong>{}{}</li>", &it.name, landing_words::NOT_READ, &it.reason);
    (!refusals.is_empty()).then(|| {
        markup!(
            "<div class='rl-alert' role='alert'>
                {}<ul>{}</ul>
                <button type='button' class='rl-button' onclick={}>{}</button>
            </div>",
            icon::icon(icon::WARNING),
            each(refusals, item),
            // The button goes, so the reader begins at the heading.
            when(act, |_| {
                browser::focus_id(HEADING_ID);
                Some(Action::RefusalsDismissed)
            }),
            landing_words::DISMISS,
        )
    })
}
