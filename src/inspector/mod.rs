//! The inspector: the program that does whatever takes time, and tells the page what it found. It runs in a worker; where a
//! browser refuses one it runs in the page, which is why it works in pieces, between which its host draws and listens. Work
//! that a later request supersedes ends here without an event.

mod host;
mod loaded;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use loaded::{Loaded, Read};
use wasm_bindgen_futures::spawn_local;

use crate::choices::Choices;
use crate::graph::Draft;
use crate::inspect::{Inspection, inspect};
use crate::inventory::{Input, Passwords};
use crate::messages::{Event, LoadId, Request};
use crate::public_roots::PublicRoots;
use crate::report::ChainDetails;
use crate::share::Content;
use crate::signature::{Check, Status};
use crate::verifier::{Engine, Readings};

/// The name of the performance measure around decoding, parsing, graph and signatures.
const MEASURE: &str = "rootlens:inspect";

/// Milliseconds for which a report has to stand before anyone looks for what divides the verifiers: while the date
/// slides, there is a new one many times a second.
const SETTLED_AFTER: u32 = 150;

/// Answers the page's requests from here on.
pub fn start() {
    host::serve();
}

/// Answers requests; a clone is the same inspector.
#[derive(Clone)]
struct Inspector {
    public_roots: Rc<PublicRoots>,
    on_event: Rc<dyn Fn(Event)>,
    loaded: Rc<RefCell<BTreeMap<LoadId, Rc<Loaded>>>>,
    /// What a password opened, and what it is to stand for.
    opened: Rc<RefCell<Option<Opened>>>,
    /// The chains of the newest report.
    chains: Rc<RefCell<Option<Chains>>>,
    loads: Rounds,
    reports: Rounds,
    timelines: Rounds,
}

/// What a password opened in what was loaded.
#[derive(Clone)]
struct Opened {
    of: LoadId,
    read: Rc<Read>,
}

/// Chains to look at more closely, and what they are made of.
#[derive(Clone)]
struct Chains {
    loaded: Rc<Loaded>,
    details: Rc<ChainDetails>,
}

impl Inspector {
    /// An inspector that has read nothing yet, and the public roots that may stand above what it reads.
    fn new(public_roots: PublicRoots, on_event: impl Fn(Event) + 'static) -> Inspector {
        Inspector {
            public_roots: Rc::new(public_roots),
            on_event: Rc::new(on_event),
            loaded: Rc::default(),
            opened: Rc::default(),
            chains: Rc::default(),
            loads: Rounds::default(),
            reports: Rounds::default(),
            timelines: Rounds::default(),
        }
    }

    /// Begins to answer a request; the first event may come before this returns.
    fn request(&self, request: Request) {
        match request {
            Request::Load { id, base, removed, inputs } => self.load(id, base, removed, inputs),
            Request::Open { loaded, source, passwords } => self.open(loaded, source, passwords),
            Request::Inspect { loaded, choices } => self.inspect(loaded, choices),
            Request::FindTimeline { chain } => self.find_timeline(chain),
            Request::Forget => self.forget(),
            Request::Prepare { inputs, choices } => self.prepare(inputs, choices),
        }
    }

    fn get(&self, id: LoadId) -> Option<Rc<Loaded>> {
        self.loaded.borrow().get(&id).cloned()
    }

    fn load(&self, id: LoadId, base: Option<LoadId>, removed: Option<usize>, inputs: Rc<[Input]>) {
        self.loaded.borrow_mut().retain(|loaded, _| Some(*loaded) == base);
        let (this, round) = (self.clone(), self.loads.begin());
        spawn_local(async move {
            let before = base.and_then(|base| this.before(base));
            let loaded = load(before, removed, &inputs, &this.public_roots).await;
            if round.is_superseded() {
                return;
            }
            this.loaded.borrow_mut().insert(id, Rc::new(loaded));
            this.opened.replace(None);
            (this.on_event)(Event::Loaded { id });
        });
    }

    /// What there is of this name, with what a password opened since.
    fn before(&self, id: LoadId) -> Option<Rc<Read>> {
        let opened = self.opened.borrow().clone().filter(|opened| opened.of == id);
        opened.map(|opened| opened.read).or_else(|| Some(Rc::new(self.get(id)?.read.clone())))
    }

    /// Deriving a key of a password takes up to seconds, so that the browser draws first.
    fn open(&self, id: LoadId, source: usize, passwords: Passwords) {
        let this = self.clone();
        spawn_local(async move {
            breathe().await;
            let Some(loaded) = this.get(id) else { return };
            let Some(read) = loaded.read.opened(source, &passwords) else {
                return (this.on_event)(Event::StillLocked { source });
            };
            let positions = loaded.read.inventory.positions_in(&read.inventory).into();
            this.opened.replace(Some(Opened { of: id, read: Rc::new(read) }));
            (this.on_event)(Event::Opened { loaded: id, positions });
        });
    }

    /// While a date slides, requests come faster than they are answered: those that wait by now supersede this one.
    fn inspect(&self, id: LoadId, choices: Box<Choices>) {
        let (this, round) = (self.clone(), self.reports.begin());
        spawn_local(async move {
            breathe().await;
            if !round.is_superseded() {
                this.report(id, choices, round);
            }
        });
    }

    fn report(&self, id: LoadId, choices: Box<Choices>, round: Round) {
        let Some(loaded) = self.get(id) else { return };
        let inventory = &loaded.read.inventory;
        let Inspection { report, chains } = inspect(inventory, &loaded.graph, &choices);
        let content = Content::for_answer(inventory, &choices, &report);
        let openable = loaded.read.openable();
        let disputed = report.disputed_chains().collect();
        let chains = Chains { loaded, details: Rc::new(chains) };
        self.chains.replace(Some(chains.clone()));
        (self.on_event)(Event::Inspected {
            loaded: id,
            choices,
            report: Box::new(report),
            content: Box::new(content),
            openable,
        });
        spawn_local(explain(chains, disputed, round, Rc::clone(&self.on_event)));
    }

    fn find_timeline(&self, chain: usize) {
        let (this, round) = (self.clone(), self.timelines.begin());
        spawn_local(async move {
            // The report that was asked for before comes first.
            breathe().await;
            let chains = this.chains.borrow().clone();
            if let Some(chains) = chains {
                find_timeline(chains, chain, round, this.on_event).await;
            }
        });
    }

    /// In pieces, between which what somebody waits for comes first.
    fn prepare(&self, inputs: Rc<[Input]>, choices: Box<Choices>) {
        let public_roots = Rc::clone(&self.public_roots);
        spawn_local(async move {
            let Loaded { read, graph } = load(None, None, &inputs, &public_roots).await;
            breathe().await;
            let _ = inspect(&read.inventory, &graph, &choices);
        });
    }

    /// What is being loaded may be wanted nevertheless: it is what replaces the forgotten.
    fn forget(&self) {
        self.loaded.borrow_mut().clear();
        self.opened.replace(None);
        self.chains.replace(None);
        self.reports.begin();
        self.timelines.begin();
        (self.on_event)(Event::Forgotten);
    }
}

/// Reads `inputs` in addition to what was there `before`, without the source that is `removed`, and adds the public roots
/// that may stand above them.
async fn load(
    before: Option<Rc<Read>>,
    removed: Option<usize>,
    inputs: &[Input],
    public_roots: &PublicRoots,
) -> Loaded {
    breathe().await;
    host::mark(MEASURE);
    let mut read = match (before, removed) {
        (None, _) => Read::default(),
        (Some(before), None) => Read::clone(&before),
        (Some(before), Some(source)) => before.without(source),
    };
    read.add(inputs);
    read.inventory.add_public_roots(public_roots);
    breathe().await;
    let draft = Draft::new(read.inventory.certificates.clone());
    let statuses = verify(&draft.checks()).await;
    let graph = draft.finish(&statuses);
    host::measure(MEASURE);
    Loaded { read, graph }
}

#[cfg(target_arch = "wasm32")]
async fn verify(checks: &[Check<'_>]) -> Vec<Status> {
    crate::signature::verify_batch_in_browser(checks).await
}

/// Outside a browser (native tests of the page's state) there is no WebCrypto.
#[cfg(not(target_arch = "wasm32"))]
async fn verify(checks: &[Check<'_>]) -> Vec<Status> {
    crate::signature::verify_batch(checks)
}

/// Finds out, chain by chain, what divides the verifiers.
async fn explain(chains: Chains, disputed: Vec<usize>, round: Round, on_event: Rc<dyn Fn(Event)>) {
    let Chains { loaded, details } = chains;
    for chain in disputed {
        TimeoutFuture::new(SETTLED_AFTER).await;
        if round.is_superseded() {
            return;
        }
        if let Some(explanation) = details.explanation(&Readings::of(&loaded.graph), Engine::ALL, chain) {
            on_event(Event::Explained { chain, explanation });
        }
    }
}

/// Finds out what every verifier says of a chain over time. Verifier by verifier, because each of
/// them reads a system's whole bundle, and is asked at every instant.
async fn find_timeline(chains: Chains, chain: usize, round: Round, on_event: Rc<dyn Fn(Event)>) {
    let Chains { loaded, details } = chains;
    let Some(mut timeline) = details.timeline(&loaded.graph, chain) else { return };
    let readings = Readings::of(&loaded.graph);
    for engine in Engine::ALL {
        breathe().await;
        if round.is_superseded() {
            return;
        }
        timeline.histories.extend(details.history(&readings, *engine, chain));
    }
    on_event(Event::TimelineFound(timeline));
}

/// Lets the browser draw and answer before the next piece of work.
async fn breathe() {
    TimeoutFuture::new(0).await;
}

/// Counts how often a kind of work was begun.
#[derive(Clone, Default)]
struct Rounds(Rc<Cell<u32>>);

impl Rounds {
    /// Begins anew, which supersedes every earlier round.
    fn begin(&self) -> Round {
        let number = self.0.get().wrapping_add(1);
        self.0.set(number);
        Round { number, newest: Rc::clone(&self.0) }
    }
}

/// Work that is of use only while it is the newest of its kind.
struct Round {
    number: u32,
    newest: Rc<Cell<u32>>,
}

impl Round {
    fn is_superseded(&self) -> bool {
        self.newest.get() != self.number
    }
}
