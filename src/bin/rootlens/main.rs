//! The command line: a thin shell around the core that reads files, asks the clock and prints.
//!
//! Exit status: 0 = done, 1 = not every program accepts every chain (`inspect --check`) or no fix is proven (`fix`),
//! 2 = usage, or input of which something could not be read.

#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unreachable)]

mod arguments;
mod conformance;
mod engine_argument;
mod file_arguments;
mod files;
mod fix;
mod inspect;
mod text;
mod verify;

use std::io::{self, Write};
use std::process::ExitCode;

use arguments::{Command, CommandLine};
use clap::{CommandFactory as _, Parser as _};
use clap_complete::Shell;

/// Usage error, or input that could not be read.
const FAILED: u8 = 2;

/// What a command has to say.
struct Answer {
    /// For standard output.
    output: String,
    /// For standard error: what could be read only in part.
    warnings: Vec<String>,
    /// The exit status of the program.
    status: u8,
}

/// Why a command could not do its work: what, where, what next.
struct Failure(String);

fn main() -> ExitCode {
    let answer = match CommandLine::try_parse() {
        Ok(command_line) => run(command_line.command),
        Err(error) => usage(&error),
    };
    match answer {
        Ok(answer) => print(&answer),
        Err(Failure(message)) => {
            complain(&message);
            ExitCode::from(FAILED)
        }
    }
}

fn run(command: Command) -> Result<Answer, Failure> {
    match command {
        Command::Inspect(request) => inspect::run(&request),
        Command::Fix(request) => fix::run(&request),
        Command::Verify(request) => verify::run(&request),
        Command::Conformance(request) => conformance::run(&request),
        Command::Completions(request) => Ok(completions(request.shell)),
    }
}

/// What clap says instead of a request: the help and the version are answers, everything else is a failure.
fn usage(error: &clap::Error) -> Result<Answer, Failure> {
    let words = error.render().to_string();
    match error.use_stderr() {
        true => Err(Failure(words.strip_prefix("error: ").unwrap_or(&words).trim_end().to_owned())),
        false => Ok(plain(words)),
    }
}

fn completions(shell: Shell) -> Answer {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut CommandLine::command(), "rootlens", &mut script);
    plain(String::from_utf8_lossy(&script).into_owned())
}

fn plain(output: String) -> Answer {
    Answer { output, warnings: Vec::new(), status: 0 }
}

/// A reader that went away (`rootlens … | head`) is no failure.
fn print(answer: &Answer) -> ExitCode {
    for warning in &answer.warnings {
        complain(warning);
    }
    match io::stdout().lock().write_all(answer.output.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&format!("cannot write the result: {error}"));
            ExitCode::from(FAILED)
        }
        _ => ExitCode::from(answer.status),
    }
}

/// Nothing can be done about a standard error that is closed.
fn complain(message: &str) {
    let _ = writeln!(io::stderr().lock(), "rootlens: {}", text::printable(message));
}
