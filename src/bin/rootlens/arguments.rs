//! From the command line to a request.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use lexopt::prelude::*;
use rootlens::role::Role;
use rootlens::time::Timestamp;
use rootlens::verifier::preset::{self, Preset};
use rootlens::verifier::{Engine, Host, Purpose};

use crate::Failure;

/// What is asked for.
pub(crate) enum Command {
    Help(Topic),
    Version,
    Inspect(Inspect),
    Verify(Verify),
    Conformance(Conformance),
}

/// What `--help` is about.
#[derive(Clone, Copy)]
pub(crate) enum Topic {
    Program,
    Inspect,
    Verify,
    Conformance,
}

/// `rootlens inspect`.
pub(crate) struct Inspect {
    pub(crate) files: Vec<File>,
    pub(crate) at: Timestamp,
    /// `None` leaves it to the facts.
    pub(crate) purpose: Option<Purpose>,
    pub(crate) host: Option<Host>,
    pub(crate) format: Format,
    pub(crate) check: bool,
}

/// One input; the same path under two flags is one input with two roles.
pub(crate) struct File {
    pub(crate) path: PathBuf,
    /// Empty: the facts decide.
    pub(crate) roles: Vec<Role>,
}

/// `rootlens verify`.
pub(crate) struct Verify {
    pub(crate) engines: Vec<Asked>,
    pub(crate) trust: PathBuf,
    pub(crate) chain: PathBuf,
    pub(crate) host: Option<Host>,
    pub(crate) purpose: Purpose,
    pub(crate) at: Timestamp,
    pub(crate) format: Format,
}

/// Whose verdict is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) engine: Engine,
    /// The product that was named, if it was not the engine.
    pub(crate) product: Option<Preset>,
}

/// `rootlens conformance`.
pub(crate) struct Conformance {
    pub(crate) files: Vec<PathBuf>,
    /// Print every verdict in place of the comparison.
    pub(crate) verdicts: bool,
}

/// How the answer is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Json,
    Svg,
    Markdown,
    Mermaid,
    Dot,
    Link,
}

/// Reads the whole command line.
pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Command, Failure> {
    match parser.next().map_err(usage)? {
        None => Err(Failure("no command given. See rootlens --help.".to_owned())),
        Some(Short('h') | Long("help")) => Ok(Command::Help(Topic::Program)),
        Some(Short('V') | Long("version")) => Ok(Command::Version),
        Some(Value(command)) if command == "inspect" => inspect(&mut parser),
        Some(Value(command)) if command == "verify" => verify(&mut parser),
        Some(Value(command)) if command == "conformance" => conformance(&mut parser),
        Some(Value(command)) if command == "help" => Ok(Command::Help(Topic::Program)),
        Some(Value(other)) => Err(Failure(format!(
            "there is no command {}. The commands are inspect, verify and conformance; see rootlens --help.",
            other.to_string_lossy()
        ))),
        Some(other) => Err(usage(other.unexpected())),
    }
}

fn inspect(parser: &mut lexopt::Parser) -> Result<Command, Failure> {
    let mut request =
        Inspect { files: Vec::new(), at: Timestamp(0), purpose: None, host: None, format: Format::Text, check: false };
    let mut at = None;
    while let Some(argument) = parser.next().map_err(usage)? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help(Topic::Inspect)),
            Long("bundle") => request.add(value(parser)?, Some(Role::Bundle)),
            Long("peer") => request.add(value(parser)?, Some(Role::Peer)),
            Long("client") => request.add(value(parser)?, Some(Role::Client)),
            Long("published") => request.add(value(parser)?, Some(Role::Published)),
            Long("at") => at = Some(instant(&text(parser)?)?),
            Long("host") => request.host = Some(Host::named(&text(parser)?)),
            Long("purpose") => request.purpose = Some(purpose_named(&text(parser)?)?),
            Long("format") => request.format = format(&text(parser)?, &Format::OF_INSPECT)?,
            Long("check") => request.check = true,
            Value(path) => request.add(path, None),
            other => return Err(usage(other.unexpected())),
        }
    }
    if request.files.is_empty() {
        return Err(Failure("no files given: rootlens inspect FILE... (- is standard input).".to_owned()));
    }
    request.at = at.map_or_else(now, Ok)?;
    Ok(Command::Inspect(request))
}

impl Inspect {
    fn add(&mut self, path: OsString, role: Option<Role>) {
        let path = PathBuf::from(path);
        let same = |file: &&mut File| file.path == path;
        match self.files.iter_mut().find(same) {
            Some(file) => file.roles.extend(role),
            None => self.files.push(File { path, roles: role.into_iter().collect() }),
        }
    }
}

fn verify(parser: &mut lexopt::Parser) -> Result<Command, Failure> {
    let (mut trust, mut chain, mut at, mut host) = (None, None, None, None);
    let (mut engines, mut purpose, mut written) = (all_engines(), Purpose::Server, Format::Text);
    while let Some(argument) = parser.next().map_err(usage)? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help(Topic::Verify)),
            Long("engine") => engines = engines_named(&text(parser)?)?,
            Long("trust") => trust = Some(PathBuf::from(value(parser)?)),
            Long("chain") => chain = Some(PathBuf::from(value(parser)?)),
            Long("host") => host = Some(Host::named(&text(parser)?)),
            Long("purpose") => purpose = purpose_named(&text(parser)?)?,
            Long("at") => at = Some(instant(&text(parser)?)?),
            Long("format") => written = format(&text(parser)?, &[Format::Text, Format::Json])?,
            other => return Err(usage(other.unexpected())),
        }
    }
    let missing = |flag: &str| Failure(format!("--{flag} FILE is missing. See rootlens verify --help."));
    Ok(Command::Verify(Verify {
        engines,
        trust: trust.ok_or_else(|| missing("trust"))?,
        chain: chain.ok_or_else(|| missing("chain"))?,
        host,
        purpose,
        at: at.map_or_else(now, Ok)?,
        format: written,
    }))
}

fn value(parser: &mut lexopt::Parser) -> Result<OsString, Failure> {
    parser.value().map_err(usage)
}

fn text(parser: &mut lexopt::Parser) -> Result<String, Failure> {
    value(parser).map(|value| value.to_string_lossy().into_owned())
}

fn usage(error: lexopt::Error) -> Failure {
    Failure(format!("{error}. See rootlens --help."))
}

fn instant(text: &str) -> Result<Timestamp, Failure> {
    let wrong = || Failure(format!("--at {text} is no time. Write it as 2026-11-21T18:00:00Z or 2026-11-21."));
    Timestamp::parse(text).ok_or_else(wrong)
}

/// The one place where the program asks what time it is; the core never does.
#[allow(clippy::disallowed_methods, reason = "the shell around the core reads the clock for it")]
fn now() -> Result<Timestamp, Failure> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    let seconds = since.and_then(|since| i64::try_from(since.as_secs()).ok());
    seconds.map(Timestamp).ok_or_else(|| Failure("the clock stands before 1970: give the time with --at.".to_owned()))
}

fn format(name: &str, known: &[Format]) -> Result<Format, Failure> {
    let found = known.iter().find(|format| format.name() == name);
    found.copied().ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|format| format.name()).collect();
        Failure(format!("there is no --format {name} here. The formats are {}.", names.join(", ")))
    })
}

impl Format {
    /// What `rootlens inspect` writes.
    const OF_INSPECT: [Format; 7] =
        [Format::Text, Format::Json, Format::Markdown, Format::Svg, Format::Mermaid, Format::Dot, Format::Link];

    fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Svg => "svg",
            Format::Markdown => "markdown",
            Format::Mermaid => "mermaid",
            Format::Dot => "dot",
            Format::Link => "link",
        }
    }
}

fn conformance(parser: &mut lexopt::Parser) -> Result<Command, Failure> {
    let (mut files, mut verdicts) = (Vec::new(), false);
    while let Some(argument) = parser.next().map_err(usage)? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help(Topic::Conformance)),
            Long("verdicts") => verdicts = true,
            Value(path) => files.push(PathBuf::from(path)),
            other => return Err(usage(other.unexpected())),
        }
    }
    if files.is_empty() {
        return Err(Failure("no files given: rootlens conformance FILE... (- is standard input).".to_owned()));
    }
    Ok(Command::Conformance(Conformance { files, verdicts }))
}

fn all_engines() -> Vec<Asked> {
    Engine::ALL.iter().map(|&engine| Asked { engine, product: None }).collect()
}

/// An engine, a product that configures one, or all engines.
fn engines_named(name: &str) -> Result<Vec<Asked>, Failure> {
    if name == "all" {
        return Ok(all_engines());
    }
    if let Some(engine) = Engine::find(name) {
        return Ok(vec![Asked { engine, product: None }]);
    }
    let product = Preset::find(name).ok_or_else(|| unknown_engine(name))?;
    let missing = || Failure(format!("{name} is {}, which this build does not re-enact.", product.engine_name()));
    let engine = product.engine().ok_or_else(missing)?;
    Ok(vec![Asked { engine, product: Some(product) }])
}

fn unknown_engine(name: &str) -> Failure {
    let engines: Vec<&str> = Engine::ALL.iter().map(|engine| engine.name()).collect();
    let products: Vec<&str> = preset::ALL.iter().map(|product| product.name).collect();
    let (engines, products) = (engines.join(", "), products.join(", "));
    Failure(format!(
        "there is no --engine {name}. The engines are {engines}, and all. The products that use one are {products}."
    ))
}

fn purpose_named(name: &str) -> Result<Purpose, Failure> {
    let unknown = || Failure(format!("there is no --purpose {name}. The purposes are server, client and any."));
    Purpose::find(name).ok_or_else(unknown)
}
