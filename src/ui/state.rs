//! What the page remembers: the choices of its user, and how far reading has come. Everything else is derived.
//!
//! [`State::after`] is pure, so it is tested natively, without a browser.

use std::rc::Rc;

use yew::Reducible;

use crate::choices::Choices;
use crate::inventory::Input;
use crate::role::Role;
use crate::time::Timestamp;
use crate::ui::inspection::{LoadId, Request};
use crate::ui::theme::Theme;
use crate::verifier::{Host, Purpose};

/// The whole state of the page.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// How far reading has come.
    pub(crate) intake: Intake,
    /// What the report is computed for.
    pub(crate) choices: Choices,
    /// The certificate whose details are shown.
    pub(crate) selection: Option<usize>,
    /// The verdict that is looked at.
    pub(crate) verdict: Option<VerdictSelection>,
    /// Number of the chain whose time line is shown.
    pub(crate) timeline_chain: usize,
    /// Indices of the clients whose reasons are shown.
    pub(crate) open_clients: Vec<usize>,
    /// Something is dragged over the window.
    pub(crate) dragging: bool,
    /// What is offered above the result, if anything.
    pub(crate) panel: Option<Panel>,
    /// Light, dark, or as the system has it.
    pub(crate) theme: Theme,
    /// What the user tried that did not work, newest last; empty once dismissed.
    pub(crate) refusals: Rc<[Refusal]>,
    /// Counts the arrivals, so that an answer to an earlier one is recognised.
    arrivals: u32,
}

/// A verdict that is looked at: what one verifier does with one chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct VerdictSelection {
    /// Number of the chain.
    pub(crate) chain: usize,
    /// Number of the verifier.
    pub(crate) engine: usize,
    /// Number of the step of its search that is followed in the graph; its path is without one.
    pub(crate) step: Option<usize>,
}

/// How far reading has come.
#[derive(Clone, Debug)]
pub(crate) enum Intake {
    /// Nothing was given yet.
    Empty,
    /// Inputs are being decoded and their signatures checked; what was there before stays on the page.
    Reading {
        /// What was there before.
        before: Option<LoadId>,
        /// What arrived and is being read now.
        arriving: Rc<[Input]>,
    },
    /// Everything is read.
    Ready(LoadId),
    /// Nothing of what was given could be read at all; `State::refusals` says why.
    Failed,
}

/// What stands above the result while it is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Panel {
    /// The link that shares the result.
    Share,
    /// Files to save.
    Export,
}

/// Something that was not even decoded, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The name of the file.
    pub(crate) name: String,
    /// What happened and what to do, one or two sentences.
    pub(crate) reason: String,
}

/// What can happen.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Files or text were read from the user's machine, some perhaps in vain.
    Arrived(Vec<Input>, Vec<Refusal>),
    /// An example replaces whatever was there and brings its date along.
    ExampleOpened(Vec<Input>, Timestamp),
    /// A link replaces whatever was there and brings its choices along; what was refused beside it.
    LinkOpened(Vec<Input>, Choices, Vec<Refusal>),
    /// Offer this, or no longer.
    PanelToggled(Panel),
    /// What was asked for under this name is read.
    Loaded(LoadId),
    /// Start over; the clock says this.
    Cleared(Timestamp),
    /// Judge everything at this instant.
    DateChosen(Timestamp),
    /// A source plays these roles; `None` leaves it to the facts again.
    RolesChosen(usize, Option<Vec<Role>>),
    /// This peer's pools lead the page.
    PeerChosen(String),
    /// Show this certificate, or none.
    Selected(Option<usize>),
    /// Ask the verifiers about this use; `None` leaves it to each chain.
    PurposeChosen(Option<Purpose>),
    /// Ask the verifiers about this name; `None` for any.
    HostChosen(Option<Host>),
    /// Look at this verdict, or at none.
    VerdictSelected(Option<VerdictSelection>),
    /// Show the time line of this chain.
    TimelineChosen(usize),
    /// Show the reasons for this client, or hide them.
    ClientFolded(usize),
    /// Something is dragged over the window, or no longer.
    Dragged(bool),
    /// Use this theme.
    ThemeChosen(Theme),
    /// The messages about what did not work were read.
    RefusalsDismissed,
}

impl Intake {
    /// The name of what there is to show, if anything.
    pub(crate) fn loaded(&self) -> Option<LoadId> {
        match self {
            Intake::Ready(loaded) => Some(*loaded),
            Intake::Reading { before, .. } => *before,
            Intake::Empty | Intake::Failed => None,
        }
    }

    pub(crate) fn is_reading(&self) -> bool {
        matches!(self, Intake::Reading { .. })
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<State>, action: Action) -> Rc<State> {
        self.after(action).map_or(self, Rc::new)
    }
}

impl State {
    /// A page on which nothing happened yet.
    pub(crate) fn new(now: Timestamp, theme: Theme) -> State {
        State::with(Choices::at(now), theme)
    }

    fn with(choices: Choices, theme: Theme) -> State {
        State {
            intake: Intake::Empty,
            choices,
            selection: None,
            verdict: None,
            timeline_chain: 0,
            open_clients: Vec::new(),
            dragging: false,
            panel: None,
            theme,
            refusals: Rc::default(),
            arrivals: 0,
        }
    }

    /// The name under which the waiting inputs are to be read, if any wait.
    pub(crate) fn pending(&self) -> Option<LoadId> {
        self.intake.is_reading().then_some(LoadId(self.arrivals))
    }

    /// Asks for the waiting inputs to be read, if any wait.
    pub(crate) fn load_request(&self) -> Option<Request> {
        let Intake::Reading { before, arriving } = &self.intake else { return None };
        Some(Request::Load { id: self.pending()?, base: *before, inputs: Rc::clone(arriving) })
    }

    /// What the report is computed from.
    pub(crate) fn report_inputs(&self) -> Option<(LoadId, Choices)> {
        Some((self.intake.loaded()?, self.choices.clone()))
    }

    /// What the time line is computed from: neither date nor peer change it.
    pub(crate) fn timeline_inputs(&self) -> Option<(LoadId, Choices, usize)> {
        let choices = Choices { at: Timestamp(0), peer: None, ..self.choices.clone() };
        Some((self.intake.loaded()?, choices, self.timeline_chain))
    }

    /// The state after `action`; `None` if nothing changes, so that nothing is drawn again.
    pub(crate) fn after(&self, action: Action) -> Option<State> {
        match action {
            Action::Arrived(inputs, refusals) => self.after_arrival(inputs, refusals),
            Action::ExampleOpened(inputs, at) => self.restarted(Choices::at(at)).after_arrival(inputs, Vec::new()),
            Action::LinkOpened(inputs, choices, refusals) => self.restarted(choices).after_arrival(inputs, refusals),
            Action::Loaded(id) => {
                (self.pending() == Some(id)).then(|| State { intake: Intake::Ready(id), ..self.clone() })
            }
            Action::Cleared(now) => Some(self.restarted(Choices::at(now))),
            Action::RefusalsDismissed => Some(State { refusals: Rc::default(), ..self.clone() }),
            Action::PanelToggled(panel) => {
                Some(State { panel: (self.panel != Some(panel)).then_some(panel), ..self.clone() })
            }
            Action::Selected(selection) => (selection != self.selection).then(|| State { selection, ..self.clone() }),
            Action::VerdictSelected(verdict) => self.after_verdict_selected(verdict),
            Action::TimelineChosen(timeline_chain) => {
                (timeline_chain != self.timeline_chain).then(|| State { timeline_chain, ..self.clone() })
            }
            Action::ClientFolded(client) => Some(self.after_client_folded(client)),
            Action::Dragged(dragging) => (dragging != self.dragging).then(|| State { dragging, ..self.clone() }),
            Action::ThemeChosen(theme) => (theme != self.theme).then(|| State { theme, ..self.clone() }),
            Action::PurposeChosen(purpose) => self.with_choices(|choices| choices.purpose = purpose),
            Action::HostChosen(host) => self.with_choices(|choices| choices.host = host),
            Action::DateChosen(at) => self.with_choices(|choices| choices.at = at),
            Action::PeerChosen(peer) => self.with_choices(|choices| choices.peer = Some(peer)),
            Action::RolesChosen(source, Some(roles)) => {
                self.with_choices(|choices| drop(choices.roles.insert(source, roles)))
            }
            Action::RolesChosen(source, None) => self.with_choices(|choices| drop(choices.roles.remove(&source))),
        }
    }

    /// As at first but for the theme, and with these choices.
    fn restarted(&self, choices: Choices) -> State {
        State { arrivals: self.arrivals, ..State::with(choices, self.theme) }
    }

    /// The time line shows the chain that is looked at, and stays there.
    fn after_verdict_selected(&self, verdict: Option<VerdictSelection>) -> Option<State> {
        let timeline_chain = verdict.map_or(self.timeline_chain, |verdict| verdict.chain);
        (verdict != self.verdict).then(|| State { verdict, timeline_chain, ..self.clone() })
    }

    fn after_client_folded(&self, client: usize) -> State {
        let mut open_clients = self.open_clients.clone();
        match open_clients.iter().position(|open| *open == client) {
            Some(position) => drop(open_clients.swap_remove(position)),
            None => open_clients.push(client),
        }
        State { open_clients, ..self.clone() }
    }

    /// New inputs join those that still wait; nothing that is already shown goes away.
    fn after_arrival(&self, inputs: Vec<Input>, refusals: Vec<Refusal>) -> Option<State> {
        let mut next = self.clone();
        next.refusals = self.refusals.iter().cloned().chain(refusals).collect();
        if inputs.is_empty() {
            if matches!(self.intake, Intake::Empty) && !next.refusals.is_empty() {
                next.intake = Intake::Failed;
            }
            return (next.refusals.len() != self.refusals.len()).then_some(next);
        }
        let (before, waiting): (_, &[Input]) = match &self.intake {
            Intake::Reading { before, arriving } => (*before, arriving),
            other => (other.loaded(), &[]),
        };
        let arriving = waiting.iter().cloned().chain(inputs).collect();
        next.intake = Intake::Reading { before, arriving };
        next.arrivals = self.arrivals.wrapping_add(1);
        Some(next)
    }

    fn with_choices(&self, change: impl FnOnce(&mut Choices)) -> Option<State> {
        let mut choices = self.choices.clone();
        change(&mut choices);
        (choices != self.choices).then(|| State { choices, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_284_000);
    const LATER: Timestamp = Timestamp(1_800_000_000);

    fn input(name: &str) -> Input {
        Input { name: name.to_owned(), bytes: vec![1, 2, 3] }
    }

    fn refusal() -> Refusal {
        Refusal { name: "huge.pem".to_owned(), reason: "It is too large.".to_owned() }
    }

    fn run(state: &State, actions: Vec<Action>) -> State {
        actions.into_iter().fold(state.clone(), |state, action| state.after(action).unwrap_or(state))
    }

    fn fresh() -> State {
        State::new(NOW, Theme::System)
    }

    fn ready() -> State {
        let reading = run(&fresh(), vec![Action::Arrived(vec![input("a.pem")], vec![])]);
        let id = reading.pending().expect("reading after an arrival");
        run(&reading, vec![Action::Loaded(id)])
    }

    fn arriving(state: &State) -> Vec<String> {
        match &state.intake {
            Intake::Reading { arriving, .. } => arriving.iter().map(|input| input.name.clone()).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn an_arrival_is_read_and_then_ready() {
        let reading = run(&fresh(), vec![Action::Arrived(vec![input("a.pem")], vec![])]);
        assert!(reading.intake.is_reading());
        assert_eq!(arriving(&reading), ["a.pem"]);
        assert!(matches!(ready().intake, Intake::Ready(_)));
        assert_eq!(ready().pending(), None);
    }

    #[test]
    fn files_that_arrive_while_others_are_read_wait_together() {
        let first = run(&fresh(), vec![Action::Arrived(vec![input("a.pem")], vec![])]);
        let both = run(&first, vec![Action::Arrived(vec![input("b.pem")], vec![])]);
        assert_eq!(arriving(&both), ["a.pem", "b.pem"]);
        let stale = Action::Loaded(first.pending().expect("reading after an arrival"));
        assert!(both.after(stale).is_none(), "the answer to the first arrival alone comes too late");
    }

    #[test]
    fn what_is_shown_stays_while_more_is_read() {
        let more = run(&ready(), vec![Action::Arrived(vec![input("b.pem")], vec![])]);
        assert!(more.intake.is_reading());
        assert!(more.intake.loaded().is_some());
    }

    #[test]
    fn a_file_that_cannot_be_read_fails_alone_but_not_what_is_shown() {
        let alone = run(&fresh(), vec![Action::Arrived(vec![], vec![refusal()])]);
        assert!(matches!(alone.intake, Intake::Failed));
        let beside = run(&ready(), vec![Action::Arrived(vec![], vec![refusal()])]);
        assert!(matches!(beside.intake, Intake::Ready(_)));
        assert_eq!(beside.refusals.len(), 1);
        assert!(run(&beside, vec![Action::RefusalsDismissed]).refusals.is_empty());
        assert!(ready().after(Action::Arrived(vec![], vec![])).is_none());
    }

    #[test]
    fn an_example_replaces_everything_and_sets_its_date() {
        let before = run(&ready(), vec![Action::Selected(Some(1)), Action::RolesChosen(0, Some(vec![Role::Other]))]);
        let example = run(&before, vec![Action::ExampleOpened(vec![input("example.pem")], LATER)]);
        assert_eq!(arriving(&example), ["example.pem"]);
        assert!(example.intake.loaded().is_none());
        assert_eq!(example.choices, Choices::at(LATER));
        assert_eq!(example.selection, None);
    }

    #[test]
    fn starting_over_forgets_everything_but_the_theme() {
        let busy = run(&fresh(), vec![Action::Arrived(vec![input("a.pem")], vec![])]);
        let id = busy.pending().expect("reading after an arrival");
        let cleared = run(&busy, vec![Action::ThemeChosen(Theme::Dark), Action::Cleared(LATER)]);
        assert!(matches!(cleared.intake, Intake::Empty));
        assert_eq!((cleared.theme, cleared.choices.at), (Theme::Dark, LATER));
        assert!(cleared.after(Action::Loaded(id)).is_none());
    }

    #[test]
    fn reasons_open_and_close_and_a_drag_counts_once() {
        let opened = run(&ready(), vec![Action::ClientFolded(2), Action::ClientFolded(0)]);
        assert_eq!(opened.open_clients, [2, 0]);
        assert_eq!(run(&opened, vec![Action::ClientFolded(2)]).open_clients, [0]);
        assert!(run(&opened, vec![Action::Cleared(LATER)]).open_clients.is_empty());
        let dragging = run(&opened, vec![Action::Dragged(true)]);
        assert!(dragging.dragging && dragging.after(Action::Dragged(true)).is_none());
    }

    #[test]
    fn choices_are_stored_and_a_choice_made_twice_changes_nothing() {
        let chosen = run(
            &ready(),
            vec![
                Action::DateChosen(LATER),
                Action::PeerChosen("ctrl2".to_owned()),
                Action::RolesChosen(0, Some(vec![Role::Client])),
            ],
        );
        assert_eq!(chosen.choices.at, LATER);
        assert_eq!(chosen.choices.peer.as_deref(), Some("ctrl2"));
        assert_eq!(chosen.choices.roles.get(&0), Some(&vec![Role::Client]));
        assert!(chosen.after(Action::DateChosen(LATER)).is_none());
        assert!(chosen.after(Action::PeerChosen("ctrl2".to_owned())).is_none());
        assert!(run(&chosen, vec![Action::RolesChosen(0, None)]).choices.roles.is_empty());
    }
}
