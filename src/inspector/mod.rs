//! The inspector: the program that does whatever takes time, and tells the page what it found. It runs in a worker; where a
//! browser refuses one it runs in the page, which is why it works in pieces, between which its host draws and listens. Work
//! that a later request supersedes ends here without an event.

mod download;
mod host;
mod loaded;
mod pace;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use loaded::{Loaded, Read};
use pace::{Pace, Round, Rounds, Superseded, breathe};
use wasm_bindgen_futures::spawn_local;

use crate::choices::Choices;
use crate::graph::Draft;
use crate::inspect::{Inspection, inspect};
use crate::inventory::{Input, Passwords};
use crate::messages::{Download, Drawing, Event, GivenFile, Link, LoadId, OpenedLink, Progress, Request, Stage};
use crate::public_roots::PublicRoots;
use crate::report::{ChainDetails, Report};
use crate::scene::{self, View, Width};
use crate::share::{self, Content, Summary};
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
    /// What was reported last.
    reported: Rc<RefCell<Option<Reported>>>,
    /// The room for a drawing.
    width: Rc<Cell<Width>>,
    loads: Rounds,
    reports: Rounds,
    links: Rounds,
    timelines: Rounds,
}

/// What a password opened in what was loaded.
#[derive(Clone)]
struct Opened {
    of: LoadId,
    read: Rc<Read>,
}

/// The newest report, what it is made of, and its chains to look at more closely.
#[derive(Clone)]
struct Reported {
    loaded: Rc<Loaded>,
    choices: Rc<Choices>,
    report: Rc<Report>,
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
            reported: Rc::default(),
            width: Rc::default(),
            loads: Rounds::default(),
            reports: Rounds::default(),
            links: Rounds::default(),
            timelines: Rounds::default(),
        }
    }

    /// Begins to answer a request; the first event may come before this returns.
    fn request(&self, request: Request) {
        match request {
            Request::Load { id, base, removed, files, link } => self.load(id, base, removed, files, link),
            Request::Open { loaded, source, passwords } => self.open(loaded, source, passwords),
            Request::Inspect { loaded, choices } => self.inspect(loaded, choices),
            Request::FindTimeline { chain } => self.find_timeline(chain),
            Request::MakeLink { note } => self.make_link(note),
            Request::Draw { width } => self.draw(width),
            Request::Make { file, address } => self.make(file, &address),
            Request::Cancel => self.cancel(),
            Request::Forget => self.forget(),
            Request::Prepare { files, choices } => self.prepare(&files, choices),
        }
    }

    fn get(&self, id: LoadId) -> Option<Rc<Loaded>> {
        self.loaded.borrow().get(&id).cloned()
    }

    fn load(
        &self,
        id: LoadId,
        base: Option<LoadId>,
        removed: Option<usize>,
        files: Rc<[GivenFile]>,
        link: Option<Rc<str>>,
    ) {
        self.loaded.borrow_mut().retain(|loaded, _| Some(*loaded) == base);
        let (this, pace) = (self.clone(), Pace::new(self.loads.begin(), Some(Rc::clone(&self.on_event))));
        spawn_local(async move {
            breathe().await;
            let link = link.map(|text| share::unpack(&text));
            let mut inputs = inputs_of(&files);
            // A link that cannot be opened leaves what was there.
            let before = match &link {
                Some(Ok(content)) => {
                    inputs.splice(..0, content.inputs());
                    None
                }
                Some(Err(_)) | None => base.and_then(|base| this.before(base)),
            };
            let Ok(loaded) = load(before, removed, &inputs, &this.public_roots, &pace).await else { return };
            this.loaded.borrow_mut().insert(id, Rc::new(loaded));
            this.opened.replace(None);
            (this.on_event)(Event::Loaded { id, link: link.map(|link| link.map(OpenedLink::from)) });
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
        self.tell_of_asking(&loaded);
        let inventory = &loaded.read.inventory;
        let Inspection { report, chains } = inspect(inventory, &loaded.graph, &choices);
        let openable = loaded.read.openable();
        let disputed = report.disputed_chains().collect();
        let (report, details) = (Rc::new(report), Rc::new(chains));
        let reported =
            Reported { loaded, choices: Rc::new(Choices::clone(&choices)), report: Rc::clone(&report), details };
        self.reported.replace(Some(reported.clone()));
        let drawing = Box::new(drawing(&report, self.width.get()));
        (self.on_event)(Event::Inspected { loaded: id, choices, report, drawing, openable });
        spawn_local(explain(reported, disputed, round, Rc::clone(&self.on_event)));
    }

    /// Of what was just read: another choice about what is shown is answered without a word.
    fn tell_of_asking(&self, loaded: &Rc<Loaded>) {
        let is_shown = |reported: &Reported| Rc::ptr_eq(&reported.loaded, loaded);
        if !self.reported.borrow().as_ref().is_some_and(is_shown) {
            (self.on_event)(Event::Progressed(Progress { stage: Stage::AskingVerifiers, done: 0, total: 0 }));
        }
    }

    fn draw(&self, width: Width) {
        self.width.set(width);
        if let Some(reported) = &*self.reported.borrow() {
            (self.on_event)(Event::Drawn(Box::new(drawing(&reported.report, width))));
        }
    }

    fn make(&self, file: Download, address: &str) {
        let reported = self.reported.borrow();
        let made = reported.as_ref().and_then(|reported| download::make(file, reported, address));
        if let Some((name, text)) = made {
            (self.on_event)(Event::Made { name, text });
        }
    }

    /// While somebody writes a note, only the newest link is made.
    fn make_link(&self, note: String) {
        let (this, round) = (self.clone(), self.links.begin());
        spawn_local(async move {
            breathe().await;
            let reported = this.reported.borrow().clone().filter(|_| !round.is_superseded());
            if let Some(reported) = reported {
                (this.on_event)(Event::LinkMade(reported.link(note)));
            }
        });
    }

    fn find_timeline(&self, chain: usize) {
        let (this, round) = (self.clone(), self.timelines.begin());
        spawn_local(async move {
            // The report that was asked for before comes first.
            breathe().await;
            let reported = this.reported.borrow().clone();
            if let Some(reported) = reported {
                find_timeline(reported, chain, round, this.on_event).await;
            }
        });
    }

    /// In pieces, between which what somebody waits for comes first.
    fn prepare(&self, files: &[GivenFile], choices: Box<Choices>) {
        let (inputs, public_roots) = (inputs_of(files), Rc::clone(&self.public_roots));
        let pace = Pace::new(self.loads.begin(), None);
        spawn_local(async move {
            breathe().await;
            let loaded = load(None, None, &inputs, &public_roots, &pace).await;
            let (Ok(Loaded { read, graph }), Ok(())) = (loaded, pace.pause_at_once().await) else { return };
            let _ = inspect(&read.inventory, &graph, &choices);
        });
    }

    /// Work ends at its next pause.
    fn cancel(&self) {
        self.loads.begin();
        self.reports.begin();
        (self.on_event)(Event::Cancelled);
    }

    /// What is being loaded may be wanted nevertheless: it is what replaces the forgotten.
    fn forget(&self) {
        self.loaded.borrow_mut().clear();
        self.opened.replace(None);
        self.reported.replace(None);
        self.reports.begin();
        self.links.begin();
        self.timelines.begin();
        (self.on_event)(Event::Forgotten);
    }
}

impl Reported {
    fn link(&self, note: String) -> Link {
        let content = Content::for_answer(&self.loaded.read.inventory, &self.choices, &self.report).with_note(&note);
        Link { summary: Summary::of(&content), fragment: share::pack(&content), note }
    }
}

impl From<Content> for OpenedLink {
    fn from(content: Content) -> OpenedLink {
        OpenedLink { choices: Box::new(content.choices()), note: content.note }
    }
}

fn drawing(report: &Report, width: Width) -> Drawing {
    Drawing { width, scene: scene::draw(report, &View { peer: None, width }) }
}

fn inputs_of(files: &[GivenFile]) -> Vec<Input> {
    let input = |file: &GivenFile| Input { name: file.name.clone(), bytes: file.bytes.clone(), ..Input::default() };
    files.iter().map(input).collect()
}

/// Reads `inputs` in addition to what was there `before`, without the source that is `removed`, and adds the public roots
/// that may stand above them.
async fn load(
    before: Option<Rc<Read>>,
    removed: Option<usize>,
    inputs: &[Input],
    public_roots: &PublicRoots,
    pace: &Pace,
) -> Result<Loaded, Superseded> {
    host::mark(MEASURE);
    let mut read = match (before, removed) {
        (None, _) => Read::default(),
        (Some(before), None) => Read::clone(&before),
        (Some(before), Some(source)) => before.without(source),
    };
    for (done, input) in inputs.iter().enumerate() {
        read.add(std::slice::from_ref(input));
        pace.pause(Progress { stage: Stage::Reading, done: done + 1, total: inputs.len() }).await?;
    }
    read.inventory.add_public_roots(public_roots);
    let draft = Draft::new(read.inventory.certificates.clone());
    let statuses = statuses(&draft.checks(), pace).await?;
    let graph = draft.finish(&statuses);
    host::measure(MEASURE);
    Ok(Loaded { read, graph })
}

/// Signature checks that are made at a time: a browser makes several at once, and this many take it some tens of
/// milliseconds.
const CHECKS_AT_A_TIME: usize = 500;

/// The status of each check.
async fn statuses(checks: &[Check<'_>], pace: &Pace) -> Result<Vec<Status>, Superseded> {
    let mut statuses = Vec::new();
    for some in checks.chunks(CHECKS_AT_A_TIME) {
        statuses.extend(verify(some).await);
        pace.pause(Progress { stage: Stage::CheckingSignatures, done: statuses.len(), total: checks.len() }).await?;
    }
    Ok(statuses)
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
async fn explain(reported: Reported, disputed: Vec<usize>, round: Round, on_event: Rc<dyn Fn(Event)>) {
    let Reported { loaded, details, .. } = reported;
    let readings = Readings::of(&loaded.graph);
    for chain in disputed {
        TimeoutFuture::new(SETTLED_AFTER).await;
        if round.is_superseded() {
            return;
        }
        if let Some(explanation) = details.explanation(&readings, Engine::ALL, chain) {
            on_event(Event::Explained { chain, explanation });
        }
    }
}

/// Finds out what every verifier says of a chain over time. Verifier by verifier, because each of them reads a system's whole
/// bundle, and is asked at every instant.
async fn find_timeline(reported: Reported, chain: usize, round: Round, on_event: Rc<dyn Fn(Event)>) {
    let Reported { loaded, details, .. } = reported;
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
