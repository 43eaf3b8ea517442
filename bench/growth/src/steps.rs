//! The steps from an input to the report and to what is made of it, each with its time.

use std::hint::black_box;
use std::time::{Duration, Instant};

use rootlens::certificate::CertId;
use rootlens::choices::Choices;
use rootlens::graph::Draft;
use rootlens::inspect::inspect;
use rootlens::inventory::{Input, Inventory};
use rootlens::public_roots::PublicRoots;
use rootlens::report::Report;
use rootlens::scene::{self, svg};
use rootlens::share::{self, Content};
use rootlens::signature::Status;
use rootlens::time::Timestamp;
use rootlens::verifier::Readings;
use rootlens::{acceptance, analysis, decode, error_text, export, role, signature};

/// What the steps took, by their names.
pub type Times = Vec<(&'static str, Duration)>;

/// The instant at which everything is judged, 2026-11-21: inside the validity of what is made here.
const AT: Timestamp = Timestamp(1_795_284_000);

/// Prints each step of an input.
pub fn print(inputs: &[Input], is_signed: bool) {
    let bytes: usize = inputs.iter().map(|input| input.bytes.len()).sum();
    println!("{} inputs, {bytes} bytes", inputs.len());
    let (_, sizes) = run(Clock { is_live: true, ..Clock::default() }, inputs, is_signed);
    for (what, size) in sizes {
        println!("{size:>12} bytes {what}");
    }
}

/// Takes an input through every step; signatures that are none count as what the key identifiers say of them.
pub fn measure(inputs: &[Input], is_signed: bool) -> Times {
    run(Clock::default(), inputs, is_signed).0
}

/// The times, and the sizes of what was made.
fn run(mut clock: Clock, inputs: &[Input], is_signed: bool) -> (Times, Vec<(&'static str, usize)>) {
    // Parts of reading by themselves; the whole follows.
    clock.time("(decode)", || inputs.iter().map(|input| decode::read(&input.bytes).items.len()).sum::<usize>());
    clock.time("(error texts)", || {
        let texts = inputs.iter().map(|input| String::from_utf8_lossy(&input.bytes));
        texts.map(|text| error_text::recognize(&text).len()).sum::<usize>()
    });
    let mut inventory = clock.time("inventory", || Inventory::from_inputs(inputs));
    let public = PublicRoots::bundled();
    clock.time("public roots", || inventory.add_public_roots(&public));
    let draft = clock.time("draft", || Draft::new(inventory.certificates.clone()));
    let checks = clock.time("choose checks", || draft.checks());
    let graph = if is_signed {
        let statuses = clock.time("signatures", || signature::verify_batch(&checks));
        drop(checks);
        clock.time("graph", || draft.finish(&statuses))
    } else {
        drop(checks);
        let status = |issuer: CertId, subject: CertId| match key_ids_fit(&inventory, issuer, subject) {
            true => Status::Valid,
            false => Status::Invalid,
        };
        clock.time("graph", || draft.finish_as(&status))
    };
    let choices = Choices::at(AT);
    let roles = clock.time("(roles)", || role::assign(&inventory, &graph, choices.of_roles()));
    let readings = Readings::of(&graph);
    clock.time("(analysis)", || analysis::analyse(&inventory, &readings, &choices).peers.len());
    clock.time("(engines)", || acceptance::ask(&readings, &roles.bundle, &roles, &choices).chains_left_out);
    let report = clock.time("report", || inspect(&inventory, &graph, &choices).report);
    let sizes = exports(&mut clock, &report);
    let content = clock.time("link content", || Content::for_answer(&inventory, &choices, &report));
    let link = clock.time("link", || share::pack(&content));
    if link.len() < 1_000_000 {
        let opened = clock.time("link opened", || share::unpack(&link));
        black_box(opened.is_ok());
    }
    (clock.times, [sizes, vec![("link", link.len())]].concat())
}

fn key_ids_fit(inventory: &Inventory, issuer: CertId, subject: CertId) -> bool {
    let [issuer, subject] = [issuer, subject].map(|id| inventory.certificates.get(id.0));
    let named = subject.and_then(|subject| subject.issuer_key_id());
    named.is_some() && named == issuer.and_then(|issuer| issuer.subject_key_id.as_deref())
}

fn exports(clock: &mut Clock, report: &Report) -> Vec<(&'static str, usize)> {
    let json = clock.time("json", || export::json(report).len());
    let markdown = clock.time("markdown", || export::markdown(report, None).len());
    let mermaid = clock.time("mermaid", || export::mermaid(report).len());
    let dot = clock.time("dot", || export::dot(report).len());
    let scene = clock.time("drawing", || scene::draw(report, &scene::View::default()));
    let svg = clock.time("svg", || svg::document(&scene, svg::Theme::System).len());
    vec![("json", json), ("markdown", markdown), ("mermaid", mermaid), ("dot", dot), ("svg", svg)]
}

#[derive(Default)]
struct Clock {
    times: Times,
    /// Each step is printed once it is done: some inputs take longer than anybody waits.
    is_live: bool,
}

impl Clock {
    #[allow(clippy::disallowed_methods, reason = "the core has no clock, but this program measures it")]
    fn time<T>(&mut self, step: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = black_box(work());
        let took = start.elapsed();
        if self.is_live {
            println!("{:>12.3} ms  {step}", took.as_secs_f64() * 1000.0);
        }
        self.times.push((step, took));
        result
    }
}
