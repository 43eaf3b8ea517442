//! The developer commands of rootlens: `cargo xtask <command>`.
//!
//! Trunk builds and serves the page. What is here is what Trunk does not do: set-up, the tests, the page of one file,
//! the JavaScript package, the documentation page, digests, and the proof that a build can be repeated.
//!
//! Every command first sets up the tools it needs and says what it installs, why and for how long.

#![allow(clippy::disallowed_methods, reason = "the core has no clock, but its commands time their steps")]

mod bench;
mod dist;
mod docs;
mod files;
mod licences;
mod one_file;
mod package;
mod process;
mod program;
mod reproduce;
mod setup;
mod sums;
mod test;
mod tools;
mod trunk;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::tools::Tool;

/// The developer commands of rootlens. Missing tools are installed into .tools/ and node_modules/ (Chromium: with
/// apt-get, when run as root).
#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page and serve it on this machine, again after every change
    Serve {
        /// Build it as it is hosted, which takes minutes
        #[arg(long)]
        release: bool,
        /// Where to listen; 8080 if not given
        #[arg(long)]
        port: Option<u16>,
    },
    /// Run every check and every test, or those of some parts
    Test {
        /// Run this part alone; may be given several times
        #[arg(long)]
        only: Vec<test::Part>,
    },
    /// Make the hosted build in dist/
    Dist {
        /// Build it in a second folder too, from nothing, and compare every byte
        #[arg(long)]
        check: bool,
    },
    /// Measure speed and size beside @peculiar/x509 in Chromium, and the engines there and on this machine
    Bench {
        /// A dist/ folder of an earlier version, which is measured in the same run
        #[arg(long, value_name = "DIST")]
        against: Option<PathBuf>,
    },
    /// Hold the licences, versions and sources of the crates against deny.toml
    Licences,
    /// Only install what the other commands need
    Setup,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Serve { release, port } => trunk::serve(release, port),
        Command::Test { only } => test::run(&only),
        Command::Dist { check: true } => reproduce::run(),
        Command::Dist { check: false } => dist::run().map(drop),
        Command::Bench { against } => bench::run(against.as_deref()),
        Command::Licences => setup::tools(&[Tool::CargoDeny]).and_then(|()| licences::run()),
        Command::Setup => setup::everything(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn parts_of_the_test_are_chosen_by_name() {
        let parsed =
            Arguments::try_parse_from(["xtask", "test", "--only", "browser", "--only=e2e"]).expect("two parts");
        let Command::Test { only } = parsed.command else { panic!("another command") };
        assert_eq!(only, [test::Part::Browser, test::Part::EndToEnd]);
        assert!(Arguments::try_parse_from(["xtask", "test", "--only", "nothing"]).is_err());
    }
}
