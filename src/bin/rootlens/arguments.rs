//! The command line, read by clap: from words to a request.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use rootlens::lens::Lens;
use rootlens::store::StoreKind;
use rootlens::time::Timestamp;
use rootlens::verifier::{Host, Program, Purpose};

use crate::Failure;
use crate::engine_argument::{EngineChoice, EngineParser};
use crate::file_arguments::Files;

/// Says whether certificates are trusted, by which programs, why not, and what to change.
#[derive(Parser)]
#[command(name = "rootlens", version, arg_required_else_help = false, max_term_width = 100)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What is asked for.
#[derive(Subcommand)]
pub(crate) enum Command {
    Inspect(Inspect),
    Fix(Fix),
    Verify(Verify),
    Conformance(Conformance),
    Completions(Completions),
}

/// Say who trusts the chains, why not, and what to change.
///
/// Says which programs trust each chain, why the others do not, and what to change; then what each file is, every
/// verdict, and what else was found. With `--lens router` it compares the roots that a program derives for itself with
/// those that it should.
#[derive(Args)]
#[command(after_long_help = "\
A file may be given under two flags: one chain can be a server's and a client's. `-` is standard input.

Exit status: 0 done; 1 with --check, if not every program accepts every chain (with the router's lens: if a finding has
severity error); 2 usage, or input of which something could not be read: the answer is then about the rest.")]
pub(crate) struct Inspect {
    #[command(flatten)]
    pub(crate) asked: Asked,

    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// Exit with 1 if not every program accepts every chain
    #[arg(long)]
    pub(crate) check: bool,
}

/// Write the corrected files.
///
/// Prints what to change and who accepts the chains then, and writes the corrected files: the full chain in order, the
/// trust store, a patch of the Secret. Only a fix is written that was tried here.
#[derive(Args)]
#[command(after_long_help = "\
Without --out a single file goes to standard output, below a line that says what it is.

Exit status: 0 written, or nothing to mend; 1 no fix is known that the files prove; 2 usage or unreadable input. What a file
holds besides and could not be read is said on standard error.")]
pub(crate) struct Fix {
    #[command(flatten)]
    pub(crate) asked: Asked,

    /// The folder into which the files are written; a file that is there is never overwritten
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// Files, and what is asked about them.
#[derive(Args)]
pub(crate) struct Asked {
    #[command(flatten)]
    pub(crate) files: Files,

    #[command(flatten)]
    pub(crate) passwords: PasswordFile,

    #[command(flatten)]
    pub(crate) circumstances: Circumstances,

    /// What the programs are asked about each chain [default: by its role and extended key usage]
    #[arg(long, value_name = "WHAT", value_parser = purpose())]
    pub(crate) purpose: Option<Purpose>,

    /// The trust store that the chains are judged by: what the files hold, the public roots that rootlens brings, both,
    /// or none [default: what the files hold, else the public roots]
    #[arg(long, value_name = "WHICH", value_parser = store())]
    pub(crate) store: Option<StoreKind>,

    /// What to look at first: whether the chains are trusted, or which roots a router that makes its own pool would
    /// trust [default: by the files]
    #[arg(long, value_name = "WHAT", value_parser = lens())]
    pub(crate) lens: Option<Lens>,

    /// The one program whose verdict counts [default: every verifier's]
    #[arg(long, value_name = "NAME", value_parser = program())]
    pub(crate) program: Option<Program>,
}

/// The password of keystores. It is never an argument: those are seen by every process of the machine.
#[derive(Args)]
pub(crate) struct PasswordFile {
    /// A file whose first line is tried as the password of every keystore; `-` is standard input
    #[arg(long = "password-file", value_name = "FILE")]
    pub(crate) path: Option<PathBuf>,
}

/// Ask verifiers about one chain.
///
/// Says what a verifier would say of a chain.
#[derive(Args)]
#[command(after_long_help = "\
`-` is standard input.

Exit status: 0 done, whatever the verdict; 2 usage, or input of which something could not be read.")]
pub(crate) struct Verify {
    /// The trust store
    #[arg(long, value_name = "FILE")]
    pub(crate) trust: PathBuf,

    /// What was presented, leaf first
    #[arg(long, value_name = "FILE")]
    pub(crate) chain: PathBuf,

    /// Whose rules: all engines, one of them, or a product that uses one; then the answer says how that is known
    #[arg(long = "engine", value_name = "NAME", default_value = "all", value_parser = EngineParser)]
    pub(crate) engines: EngineChoice,

    #[command(flatten)]
    pub(crate) circumstances: Circumstances,

    /// What the leaf is to be used for
    #[arg(long, value_name = "WHAT", default_value = "server", value_parser = purpose())]
    pub(crate) purpose: Purpose,

    /// How the answer is written
    #[arg(long, value_enum, default_value_t = VerdictFormat::Text)]
    pub(crate) format: VerdictFormat,
}

/// Compare the engines with recorded verdicts of real programs.
///
/// Asks the engines the questions of files in the conformance format (JSON: certificates, cases, and what real programs
/// answered) and prints how far each engine agrees with its program: verdicts, chains where they are on record, and the
/// words of rejections; then each case where they part. It says which programs a file has verdicts of that are not
/// re-enacted here.
#[derive(Args)]
#[command(after_long_help = "\
`-` is standard input.

Exit status: 0 done, whatever the agreement; 2 usage or unreadable input.")]
pub(crate) struct Conformance {
    /// Files in the conformance format
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// Print instead what every engine says to every case, a line each: case, engine, outcome, chains, and the words as
    /// the recorders spell them
    #[arg(long)]
    pub(crate) verdicts: bool,
}

/// Print a script that completes this command line in a shell.
#[derive(Args)]
pub(crate) struct Completions {
    /// The shell that is to read it
    pub(crate) shell: Shell,
}

/// What everything is judged by.
#[derive(Args)]
pub(crate) struct Circumstances {
    /// Judge at this time, RFC 3339 (2026-11-21T18:00:00Z) or a date [default: now]
    #[arg(long, value_name = "TIME", value_parser = instant)]
    at: Option<Timestamp>,

    /// The host name or IP address that each leaf must be valid for
    #[arg(long, value_name = "NAME", value_parser = host)]
    pub(crate) host: Option<Host>,
}

/// How `rootlens inspect` writes its answer.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// The report for programs (docs/report.schema.json)
    Json,
    /// For a forum, with a graph and the commands that show the same
    Markdown,
    /// The graph of who issued whom, as a picture
    Svg,
    /// The same as a Mermaid flowchart
    Mermaid,
    /// The same for Graphviz
    Dot,
    /// What stands behind the address of a page; it holds the files
    Link,
}

/// How `rootlens verify` writes its answer.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum VerdictFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

impl Circumstances {
    /// The instant that was given, else the present one.
    pub(crate) fn at(&self) -> Result<Timestamp, Failure> {
        self.at.map_or_else(now, Ok)
    }
}

/// The one place where the program asks what time it is; the core never does.
#[allow(clippy::disallowed_methods, reason = "the shell around the core reads the clock for it")]
fn now() -> Result<Timestamp, Failure> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    let seconds = since.and_then(|since| i64::try_from(since.as_secs()).ok());
    seconds.map(Timestamp).ok_or_else(|| Failure("the clock stands before 1970: give the time with --at.".to_owned()))
}

fn instant(text: &str) -> Result<Timestamp, &'static str> {
    Timestamp::parse(text).ok_or("It is no time. Write it as 2026-11-21T18:00:00Z or 2026-11-21.")
}

fn host(text: &str) -> Result<Host, std::convert::Infallible> {
    Ok(Host::named(text))
}

fn purpose() -> impl TypedValueParser<Value = Purpose> {
    let known = PossibleValuesParser::new(Purpose::ALL.map(Purpose::name));
    known.try_map(|name| Purpose::find(&name).ok_or("It is no purpose."))
}

fn store() -> impl TypedValueParser<Value = StoreKind> {
    let known = PossibleValuesParser::new(StoreKind::ALL.map(StoreKind::name));
    known.try_map(|name| StoreKind::find(&name).ok_or("It is no trust store."))
}

fn lens() -> impl TypedValueParser<Value = Lens> {
    let known = PossibleValuesParser::new(Lens::ALL.map(Lens::name));
    known.try_map(|name| Lens::find(&name).ok_or("It is no lens."))
}

/// Products and verifiers by their names; a verifier by its aliases as well.
fn program() -> impl TypedValueParser<Value = Program> {
    let value = |program: &Program| {
        let aliases = program.engine().map(|engine| engine.aliases()).unwrap_or_default();
        PossibleValue::new(program.name()).help(program.title()).aliases(aliases.iter().copied())
    };
    let known = PossibleValuesParser::new(Program::ALL.iter().map(value).collect::<Vec<PossibleValue>>());
    known.try_map(|name| Program::find(&name).ok_or("It is no program."))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::CommandLine;

    #[test]
    fn the_command_line_is_consistent() {
        CommandLine::command().debug_assert();
    }
}
