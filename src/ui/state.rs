//! What the page remembers: the choices of its user, and how far reading has come. Everything else is derived.
//!
//! [`State::after`] is pure, so it is tested natively, without a browser.

use std::rc::Rc;

use yew::Reducible;

use crate::choices::Choices;
use crate::lens::Lens;
use crate::messages::{GivenFile, LoadId, OpenedLink, Request};
use crate::role::Role;
use crate::share::LinkError;
use crate::store::StoreKind;
use crate::time::Timestamp;
use crate::ui::theme::Theme;
use crate::ui::words;
use crate::verifier::{Host, Program, Purpose};

/// The whole state of the page.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// How far reading has come.
    pub(crate) intake: Intake,
    /// What the report is computed for.
    pub(crate) choices: Choices,
    /// What of the result is looked at.
    pub(crate) view: View,
    /// What came with the link that was opened, while its files are shown.
    pub(crate) received: Option<Rc<Received>>,
    /// Something is dragged over the window.
    pub(crate) dragging: bool,
    /// Light, dark, or as the system has it.
    pub(crate) theme: Theme,
    /// What the user tried that did not work, newest last; empty once dismissed.
    pub(crate) refusals: Rc<[Refusal]>,
    /// Counts the arrivals, so that an answer to an earlier one is recognised.
    arrivals: u32,
}

/// What of the result is looked at; the report does not depend on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct View {
    /// The name of the chain whose answer is shown; that of all chains without one.
    pub(crate) chain: Option<String>,
    /// The certificate whose details are shown.
    pub(crate) selection: Option<usize>,
    /// The verdict that is looked at.
    pub(crate) verdict: Option<VerdictSelection>,
    /// Number of the chain whose time line is shown.
    pub(crate) timeline_chain: usize,
    /// Indices of the clients whose reasons are shown.
    pub(crate) open_clients: Vec<usize>,
    /// What is offered above the result, if anything.
    pub(crate) panel: Option<Panel>,
    /// What the link that is offered is to say.
    pub(crate) note: String,
}

/// What came with a link beside files and choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Received {
    /// The instant for which the link was made.
    pub(crate) at: Timestamp,
    /// What the sender wrote: text that anyone may have written.
    pub(crate) note: Option<String>,
}

/// Whose answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Every verifier's.
    Any,
    /// That of one program.
    One(Program),
    /// That of a program that derives its own root pool.
    Router,
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
    /// Files are being decoded and their signatures checked; what was there before stays on the page.
    Reading {
        /// What was there before.
        before: Option<LoadId>,
        /// What arrived and is being read now.
        arriving: Rc<[GivenFile]>,
        /// A text with a link, which replaces what was there if it can be opened.
        link: Option<Rc<str>>,
        /// What happens to the sources that were there.
        change: Option<Change>,
    },
    /// Everything is read.
    Ready(LoadId),
    /// Nothing of what was given could be read at all; `State::refusals` says why.
    Failed,
}

/// What happens to sources that were there, besides that others arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// The source with this index goes.
    Removed(usize),
    /// A password opened one; by index, where each source is then, if it still is.
    Opened(Rc<[Option<usize>]>),
}

impl Change {
    /// Where a source is afterwards.
    fn position(&self, source: usize) -> Option<usize> {
        match self {
            Change::Removed(removed) => (source != *removed).then(|| source - usize::from(*removed < source)),
            Change::Opened(positions) => positions.get(source).copied().flatten(),
        }
    }
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
    Arrived(Vec<GivenFile>, Vec<Refusal>),
    /// An example replaces whatever was there and brings its date along.
    ExampleOpened(Vec<GivenFile>, Timestamp),
    /// A text with a link. Once it is read it replaces whatever was there and brings its choices along, with what the sender
    /// wrote; what was refused beside it.
    LinkArrived(Rc<str>, Vec<Refusal>),
    /// The source with this index goes.
    SourceRemoved(usize),
    /// A password opened a source of what is loaded under this name; by index, where each of its sources is then.
    Opened(LoadId, Rc<[Option<usize>]>),
    /// Offer this, or no longer.
    PanelToggled(Panel),
    /// What is offered is to say this.
    NoteWritten(String),
    /// What was asked for under this name is read, and the link that was among it, if it can be.
    Loaded(LoadId, Option<Result<OpenedLink, LinkError>>),
    /// What is being read or inspected is wanted no more: back to what the report on the page is about, if there is one, else
    /// to the beginning; the clock says this.
    Cancelled(Option<(LoadId, Choices)>, Timestamp),
    /// Start over; the clock says this.
    Cleared(Timestamp),
    /// Judge everything at this instant.
    DateChosen(Timestamp),
    /// A source plays these roles; `None` leaves it to the facts again.
    RolesChosen(usize, Option<Vec<Role>>),
    /// This peer's pools lead the page.
    PeerChosen(String),
    /// Ask these programs.
    ProgramChosen(Asked),
    /// Judge by this trust store; `None` leaves it to the files.
    StoreChosen(Option<StoreKind>),
    /// Show the answer for the chain of this name; `None` for that of all.
    ChainChosen(Option<String>),
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
            view: View::default(),
            received: None,
            dragging: false,
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
        let Intake::Reading { before, arriving, link, change } = &self.intake else { return None };
        let removed = match change {
            Some(Change::Removed(source)) => Some(*source),
            Some(Change::Opened(_)) | None => None,
        };
        let (files, link) = (Rc::clone(arriving), link.clone());
        Some(Request::Load { id: self.pending()?, base: *before, removed, files, link })
    }

    /// What the link that is offered is to say; `None` while none is.
    pub(crate) fn link_note(&self) -> Option<String> {
        (self.view.panel == Some(Panel::Share)).then(|| self.view.note.clone())
    }

    /// What the report is computed from.
    pub(crate) fn report_inputs(&self) -> Option<(LoadId, Choices)> {
        Some((self.intake.loaded()?, self.choices.clone()))
    }

    /// What the time line is computed from: neither date nor peer change it.
    pub(crate) fn timeline_inputs(&self) -> Option<(LoadId, Choices, usize)> {
        let choices = Choices { at: Timestamp(0), peer: None, ..self.choices.clone() };
        Some((self.intake.loaded()?, choices, self.view.timeline_chain))
    }

    /// The state after `action`; `None` if nothing changes, so that nothing is drawn again.
    pub(crate) fn after(&self, action: Action) -> Option<State> {
        match action {
            Action::Arrived(files, refusals) => self.after_arrival(files, None, refusals),
            Action::ExampleOpened(files, at) => self.restarted(Choices::at(at)).after_arrival(files, None, Vec::new()),
            Action::LinkArrived(link, refusals) => self.after_arrival(Vec::new(), Some(link), refusals),
            Action::SourceRemoved(source) => self.after_change(Change::Removed(source)),
            Action::Opened(loaded, positions) => {
                let is_shown = self.intake.loaded() == Some(loaded);
                is_shown.then(|| self.after_change(Change::Opened(positions))).flatten()
            }
            Action::Loaded(id, link) => self.after_loaded(id, link),
            Action::Cleared(now) => Some(self.restarted(Choices::at(now))),
            Action::Cancelled(shown, now) => Some(self.after_cancel(shown, now)),
            Action::RefusalsDismissed => Some(State { refusals: Rc::default(), ..self.clone() }),
            Action::Dragged(dragging) => (dragging != self.dragging).then(|| State { dragging, ..self.clone() }),
            Action::ThemeChosen(theme) => (theme != self.theme).then(|| State { theme, ..self.clone() }),
            Action::PanelToggled(_)
            | Action::NoteWritten(_)
            | Action::ChainChosen(_)
            | Action::Selected(_)
            | Action::VerdictSelected(_)
            | Action::TimelineChosen(_)
            | Action::ClientFolded(_) => self.with_view(|view| view.follow(action)),
            Action::PurposeChosen(purpose) => self.with_choices(|choices| choices.purpose = purpose),
            Action::HostChosen(host) => self.with_choices(|choices| choices.host = host),
            Action::DateChosen(at) => self.with_choices(|choices| choices.at = at),
            Action::PeerChosen(peer) => self.with_choices(|choices| choices.peer = Some(peer)),
            Action::StoreChosen(store) => self.with_choices(|choices| choices.store = store),
            Action::ProgramChosen(asked) => self.with_choices(|choices| asked.choose(choices)),
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

    fn after_cancel(&self, shown: Option<(LoadId, Choices)>, now: Timestamp) -> State {
        match shown {
            Some((loaded, choices)) => State { intake: Intake::Ready(loaded), choices, ..self.clone() },
            None => self.restarted(Choices::at(now)),
        }
    }

    /// What was asked for last is read. Where a source went or was opened, others moved, and so did their certificates.
    fn after_loaded(&self, id: LoadId, link: Option<Result<OpenedLink, LinkError>>) -> Option<State> {
        let Intake::Reading { change, .. } = &self.intake else { return None };
        if self.pending() != Some(id) {
            return None;
        }
        let mut next = match link {
            None => State { intake: Intake::Ready(id), ..self.clone() },
            Some(Ok(opened)) => return Some(self.after_opened_link(id, opened)),
            Some(Err(error)) => self.after_refused_link(id, error),
        };
        if let Some(change) = change {
            next.choices = next.choices.with_sources_at(|source| change.position(source));
            next.view = View { panel: self.view.panel, ..View::default() };
        }
        Some(next)
    }

    /// The link replaces what was there, with its sender's choices.
    fn after_opened_link(&self, id: LoadId, OpenedLink { choices, note }: OpenedLink) -> State {
        let received = Some(Rc::new(Received { at: choices.at, note }));
        let refusals = Rc::clone(&self.refusals);
        State { intake: Intake::Ready(id), received, refusals, ..self.restarted(*choices) }
    }

    /// What was there stays, with the files that arrived besides; the link is all that is refused.
    fn after_refused_link(&self, id: LoadId, error: LinkError) -> State {
        let refusal = Refusal { name: words::share::LINK.to_owned(), reason: error.to_string() };
        let intake = match &self.intake {
            Intake::Reading { before: None, arriving, .. } if arriving.is_empty() => Intake::Failed,
            _ => Intake::Ready(id),
        };
        let refusals = self.refusals.iter().cloned().chain([refusal]).collect();
        State { intake, refusals, ..self.clone() }
    }

    /// What is shown stays until it is read again with the change; while something is being read, nothing changes.
    fn after_change(&self, change: Change) -> Option<State> {
        let Intake::Ready(loaded) = &self.intake else { return None };
        let (before, change) = (Some(*loaded), Some(change));
        let intake = Intake::Reading { before, arriving: Rc::default(), link: None, change };
        Some(State { intake, arrivals: self.arrivals.wrapping_add(1), ..self.clone() })
    }

    /// New files join those that still wait, and those that a link brings; nothing that is already shown goes away before
    /// what arrived is read. Of two links the later one counts.
    fn after_arrival(&self, files: Vec<GivenFile>, link: Option<Rc<str>>, refusals: Vec<Refusal>) -> Option<State> {
        let mut next = self.clone();
        next.refusals = self.refusals.iter().cloned().chain(refusals).collect();
        if files.is_empty() && link.is_none() {
            if matches!(self.intake, Intake::Empty) && !next.refusals.is_empty() {
                next.intake = Intake::Failed;
            }
            return (next.refusals.len() != self.refusals.len()).then_some(next);
        }
        let (before, waiting, earlier_link, change): (_, &[GivenFile], _, _) = match &self.intake {
            Intake::Reading { before, arriving, link, change } => (*before, arriving, link.clone(), change.clone()),
            other => (other.loaded(), &[], None, None),
        };
        let arriving = waiting.iter().cloned().chain(files).collect();
        next.intake = Intake::Reading { before, arriving, link: link.or(earlier_link), change };
        next.arrivals = self.arrivals.wrapping_add(1);
        Some(next)
    }

    fn with_choices(&self, change: impl FnOnce(&mut Choices)) -> Option<State> {
        let mut choices = self.choices.clone();
        change(&mut choices);
        (choices != self.choices).then(|| State { choices, ..self.clone() })
    }

    fn with_view(&self, change: impl FnOnce(&mut View)) -> Option<State> {
        let mut view = self.view.clone();
        change(&mut view);
        (view != self.view).then(|| State { view, ..self.clone() })
    }
}

impl View {
    /// What only changes what is looked at; other actions change nothing here.
    fn follow(&mut self, action: Action) {
        match action {
            Action::PanelToggled(panel) => {
                self.panel = (self.panel != Some(panel)).then_some(panel);
                self.note.clear();
            }
            Action::NoteWritten(note) => self.note = note,
            Action::ChainChosen(chain) => self.chain = chain,
            Action::Selected(selection) => self.selection = selection,
            Action::TimelineChosen(chain) => self.timeline_chain = chain,
            // The time line shows the chain that is looked at, and stays there.
            Action::VerdictSelected(verdict) => {
                self.timeline_chain = verdict.map_or(self.timeline_chain, |verdict| verdict.chain);
                self.verdict = verdict;
            }
            Action::ClientFolded(client) => match self.open_clients.iter().position(|open| *open == client) {
                Some(position) => drop(self.open_clients.swap_remove(position)),
                None => self.open_clients.push(client),
            },
            _ => {}
        }
    }
}

impl Asked {
    fn choose(self, choices: &mut Choices) {
        (choices.lens, choices.program) = match self {
            Asked::Any => (Some(Lens::Chains), None),
            Asked::One(program) => (Some(Lens::Chains), Some(program)),
            Asked::Router => (Some(Lens::Router), None),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_284_000);
    const LATER: Timestamp = Timestamp(1_800_000_000);

    fn file(name: &str) -> GivenFile {
        GivenFile { name: name.to_owned(), bytes: vec![1, 2, 3] }
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
        let reading = run(&fresh(), vec![Action::Arrived(vec![file("a.pem")], vec![])]);
        let id = reading.pending().expect("reading after an arrival");
        run(&reading, vec![Action::Loaded(id, None)])
    }

    fn arriving(state: &State) -> Vec<String> {
        match &state.intake {
            Intake::Reading { arriving, .. } => arriving.iter().map(|file| file.name.clone()).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn an_arrival_is_read_and_then_ready() {
        let reading = run(&fresh(), vec![Action::Arrived(vec![file("a.pem")], vec![])]);
        assert!(reading.intake.is_reading());
        assert_eq!(arriving(&reading), ["a.pem"]);
        assert!(matches!(ready().intake, Intake::Ready(_)));
        assert_eq!(ready().pending(), None);
    }

    #[test]
    fn files_that_arrive_while_others_are_read_wait_together() {
        let first = run(&fresh(), vec![Action::Arrived(vec![file("a.pem")], vec![])]);
        let both = run(&first, vec![Action::Arrived(vec![file("b.pem")], vec![])]);
        assert_eq!(arriving(&both), ["a.pem", "b.pem"]);
        let stale = Action::Loaded(first.pending().expect("reading after an arrival"), None);
        assert!(both.after(stale).is_none(), "the answer to the first arrival alone comes too late");
    }

    #[test]
    fn what_is_shown_stays_while_more_is_read() {
        let more = run(&ready(), vec![Action::Arrived(vec![file("b.pem")], vec![])]);
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
        let example = run(&before, vec![Action::ExampleOpened(vec![file("example.pem")], LATER)]);
        assert_eq!(arriving(&example), ["example.pem"]);
        assert!(example.intake.loaded().is_none());
        assert_eq!(example.choices, Choices::at(LATER));
        assert_eq!(example.view, View::default());
        assert_eq!(example.received, None);
    }

    #[test]
    fn starting_over_forgets_everything_but_the_theme() {
        let busy = run(&fresh(), vec![Action::Arrived(vec![file("a.pem")], vec![])]);
        let id = busy.pending().expect("reading after an arrival");
        let cleared = run(&busy, vec![Action::ThemeChosen(Theme::Dark), Action::Cleared(LATER)]);
        assert!(matches!(cleared.intake, Intake::Empty));
        assert_eq!((cleared.theme, cleared.choices.at), (Theme::Dark, LATER));
        assert!(cleared.after(Action::Loaded(id, None)).is_none());
    }

    #[test]
    fn what_is_cancelled_leaves_what_was_shown_or_nothing() {
        let first = run(&fresh(), vec![Action::Arrived(vec![file("a.pem")], vec![])]);
        let id = first.pending().expect("reading after an arrival");
        let nothing = run(&first, vec![Action::Cancelled(None, LATER)]);
        assert!(matches!(nothing.intake, Intake::Empty));
        assert!(nothing.after(Action::Loaded(id, None)).is_none(), "it comes too late");
        let shown = (ready().intake.loaded().expect("something is loaded"), ready().choices);
        let more = run(&ready(), vec![Action::Arrived(vec![file("b.pem")], vec![]), Action::DateChosen(LATER)]);
        let back = run(&more, vec![Action::Cancelled(Some(shown.clone()), LATER)]);
        assert_eq!(back.report_inputs(), Some(shown));
        assert_eq!(back.pending(), None);
    }

    #[test]
    fn reasons_open_and_close_and_a_drag_counts_once() {
        let opened = run(&ready(), vec![Action::ClientFolded(2), Action::ClientFolded(0)]);
        assert_eq!(opened.view.open_clients, [2, 0]);
        assert_eq!(run(&opened, vec![Action::ClientFolded(2)]).view.open_clients, [0]);
        assert!(run(&opened, vec![Action::Cleared(LATER)]).view.open_clients.is_empty());
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

    #[test]
    fn a_source_that_goes_takes_its_choices_along_once_the_rest_is_read() {
        let roles = |state: &State| state.choices.roles.keys().copied().collect::<Vec<_>>();
        let chosen = run(
            &ready(),
            vec![
                Action::RolesChosen(0, Some(vec![Role::Bundle])),
                Action::RolesChosen(2, Some(vec![Role::Client])),
                Action::Selected(Some(3)),
                Action::ChainChosen(Some("b.pem".to_owned())),
                Action::PanelToggled(Panel::Share),
            ],
        );
        let reading = run(&chosen, vec![Action::SourceRemoved(0)]);
        assert_eq!((roles(&reading), reading.view.selection), (vec![0, 2], Some(3)), "what is shown stays as it is");
        assert!(reading.after(Action::SourceRemoved(1)).is_none(), "one after the other");
        let Some(Request::Load { id, base, removed, files, .. }) = reading.load_request() else { panic!("a request") };
        assert_eq!((base, removed, files.len()), (chosen.intake.loaded(), Some(0), 0));
        let read = run(&reading, vec![Action::Loaded(id, None)]);
        assert_eq!(roles(&read), [1]);
        assert_eq!(read.view, View { panel: Some(Panel::Share), ..View::default() });
        assert!(fresh().after(Action::SourceRemoved(0)).is_none());
    }

    #[test]
    fn files_that_arrive_while_a_source_goes_are_read_with_it() {
        let both = run(&ready(), vec![Action::SourceRemoved(0), Action::Arrived(vec![file("b.pem")], vec![])]);
        assert_eq!(arriving(&both), ["b.pem"]);
        assert!(matches!(both.intake, Intake::Reading { change: Some(Change::Removed(0)), before: Some(_), .. }));
    }

    #[test]
    fn what_a_password_opened_is_read_and_choices_follow_their_sources() {
        let loaded = ready().intake.loaded().expect("something is loaded");
        let chosen = run(
            &ready(),
            vec![
                Action::RolesChosen(0, Some(vec![Role::Bundle])),
                Action::RolesChosen(1, Some(vec![Role::Client])),
                Action::Selected(Some(3)),
            ],
        );
        let opened = Action::Opened(loaded, Rc::from([None, Some(2)]));
        let reading = run(&chosen, vec![opened.clone()]);
        let Some(Request::Load { id, base, removed, files, .. }) = reading.load_request() else { panic!("a request") };
        assert_eq!((base, removed, files.len()), (Some(loaded), None, 0));
        assert_eq!(reading.view.selection, Some(3), "what is shown stays as it is");
        let read = run(&reading, vec![Action::Loaded(id, None)]);
        assert_eq!(read.choices.roles, [(2, vec![Role::Client])].into());
        assert_eq!(read.view, View::default());
        assert!(read.after(opened).is_none(), "it was about what is no longer shown");
    }

    #[test]
    fn the_program_that_is_asked_decides_what_leads() {
        let lens = |asked: Asked| {
            let choices = run(&ready(), vec![Action::ProgramChosen(asked)]).choices;
            (choices.lens, choices.program)
        };
        let curl = Program::find("curl").expect("curl");
        assert_eq!(lens(Asked::Any), (Some(Lens::Chains), None));
        assert_eq!(lens(Asked::One(curl)), (Some(Lens::Chains), Some(curl)));
        assert_eq!(lens(Asked::Router), (Some(Lens::Router), None));
    }

    /// After a link arrived and came to this.
    fn with_link(state: &State, link: Result<OpenedLink, LinkError>) -> State {
        let reading = run(state, vec![Action::LinkArrived("v1.AAAAAAAAAAAA".into(), vec![])]);
        let id = reading.pending().expect("reading after an arrival");
        run(&reading, vec![Action::Loaded(id, Some(link))])
    }

    #[test]
    fn a_link_that_cannot_be_opened_is_refused_alone() {
        let alone = with_link(&fresh(), Err(LinkError::Damaged));
        assert!(matches!(alone.intake, Intake::Failed));
        assert_eq!(alone.refusals.len(), 1);
        let chosen = run(&ready(), vec![Action::RolesChosen(0, Some(vec![Role::Other]))]);
        let beside = with_link(&chosen, Err(LinkError::Damaged));
        assert!(matches!(beside.intake, Intake::Ready(_)));
        assert_eq!((beside.choices, beside.received), (chosen.choices, None));
    }

    #[test]
    fn files_that_arrive_while_a_link_is_read_are_read_with_it() {
        let both =
            vec![Action::LinkArrived("v1.AAAAAAAAAAAA".into(), vec![]), Action::Arrived(vec![file("b.pem")], vec![])];
        let Some(Request::Load { files, link, .. }) = run(&fresh(), both).load_request() else { panic!("a request") };
        assert_eq!((files.len(), link.as_deref()), (1, Some("v1.AAAAAAAAAAAA")));
    }

    #[test]
    fn a_link_is_made_while_one_is_offered_and_says_what_was_written() {
        assert_eq!(ready().link_note(), None);
        let written = run(&ready(), vec![Action::PanelToggled(Panel::Share), Action::NoteWritten("Look.".to_owned())]);
        assert_eq!(written.link_note().as_deref(), Some("Look."));
        let exported = run(&written, vec![Action::PanelToggled(Panel::Export)]);
        assert_eq!(exported.link_note(), None);
    }

    #[test]
    fn a_link_brings_its_date_and_its_note_until_something_else_is_opened() {
        let link = Ok(OpenedLink { choices: Box::new(Choices::at(LATER)), note: Some("Look at this.".to_owned()) });
        let opened = run(&with_link(&ready(), link), vec![Action::DateChosen(NOW)]);
        let received = opened.received.as_deref().expect("what the link brought");
        assert_eq!((received.at, received.note.as_deref()), (LATER, Some("Look at this.")));
        assert_eq!(run(&opened, vec![Action::ExampleOpened(vec![file("e.pem")], NOW)]).received, None);
    }
}
