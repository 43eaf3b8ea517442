//! The developer commands of rootlens: `cargo xtask <command>`.
//!
//! Every command first sets up the tools it needs and says what it installs, why and for how long.

#![allow(clippy::disallowed_methods, reason = "the core has no clock, but its commands time their steps")]

mod bench;
mod digest;
mod dist;
mod docs;
mod examples;
mod files;
mod one_file;
mod package;
mod page;
mod process;
mod reproduce;
mod serve;
mod setup;
mod sums;
mod test;
mod tools;

use std::process::ExitCode;

use process::{Failure, Outcome};

const USAGE: &str = "\
cargo xtask <command>

  serve [--release] [--port N]   build the page and serve it on this machine, again after every change
  test [--only PART]...          every test; PART is native, browser or e2e
  dist [--check]                 the hosted build, as small as it gets, in dist/; --check builds it in a second
                                 folder too and compares
  bench                          speed and size beside @peculiar/x509, in Chromium; the engines there and on
                                 this machine
  setup                          only install what the commands above need
  examples                       pack the examples for Trunk, which runs this itself

Missing tools are installed into .tools/ and node_modules/ (Chromium: with apt-get, when run as root).";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome {
    let (command, options) =
        arguments.split_first().map_or(("help", arguments), |(first, rest)| (first.as_str(), rest));
    match command {
        "serve" => serve::run(&serve::Options::parse(options)?),
        "test" => test::run(&test::parts(options)?),
        "dist" if options == ["--check"] => reproduce::run(),
        "dist" => without_options(options).and_then(|()| dist::run()).map(drop),
        "bench" => without_options(options).and_then(|()| bench::run()),
        "examples" => without_options(options).and_then(|()| examples::for_trunk()),
        "setup" => without_options(options).and_then(|()| setup::everything()),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        unknown => Err(usage(&format!("there is no command `{unknown}`"))),
    }
}

fn without_options(options: &[String]) -> Outcome {
    match options.first() {
        None => Ok(()),
        Some(option) => Err(usage(&format!("this command takes no `{option}`"))),
    }
}

/// A wrong command line, with the right ones below it.
fn usage(mistake: &str) -> Failure {
    Failure::new(format!("{mistake}\n\n{USAGE}"))
}
