//! Running other programs: a line before, a line after, and what to repeat when one fails.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::workspace::root;

/// The cargo that started us, so that a chosen toolchain stays chosen.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A program that runs in the folder of the workspace.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// Runs one step and lets its output through.
pub fn step(title: &str, command: &mut Command) -> Result<()> {
    let start = announce(title, command);
    let status = command.status().with_context(|| not_started(command))?;
    conclude(title, command, status, start.elapsed())
}

/// Runs one step, lets its output through and hands every line to `read` as well.
pub fn step_reading(title: &str, command: &mut Command, mut read: impl FnMut(&str)) -> Result<()> {
    let start = announce(title, command);
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| not_started(command))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            read(&line);
        }
    }
    let status = child.wait().with_context(|| not_started(command))?;
    conclude(title, command, status, start.elapsed())
}

/// The standard output of a program that ran well, or nothing.
pub fn capture(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_string())
}

pub fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

fn announce(title: &str, command: &Command) -> Instant {
    println!("\n== {title}\n   $ {}", shown(command));
    // The child writes to the same place; our line has to stand before its first.
    let _ = std::io::stdout().flush();
    Instant::now()
}

fn conclude(title: &str, command: &Command, status: ExitStatus, took: Duration) -> Result<()> {
    let took = seconds(took);
    if status.success() {
        println!("   {title}: done in {took}");
        return Ok(());
    }
    bail!("{title} failed after {took} ({status})\nrepeat it with: {}", shown(command))
}

fn not_started(command: &Command) -> String {
    format!("{} could not be started", shown(command))
}

/// The command as one would type it in the folder of the workspace, with the variables that were set for it.
fn shown(command: &Command) -> String {
    // PATH is long and only says where the tools of this run stand.
    let variables = command.get_envs().filter(|(name, _)| *name != "PATH");
    let assignments =
        variables.filter_map(|(name, value)| Some(format!("{}={}", name.to_string_lossy(), quoted(value?))));
    let program = Path::new(command.get_program());
    let program = if program == cargo().get_program() { Path::new("cargo") } else { relative(program) };
    let arguments = command.get_args().map(|argument| relative(Path::new(argument)).as_os_str());
    let words = std::iter::once(program.as_os_str()).chain(arguments).map(quoted);
    assignments.chain(words).collect::<Vec<_>>().join(" ")
}

pub fn relative(path: &Path) -> &Path {
    path.strip_prefix(root()).unwrap_or(path)
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    if word.is_empty() || word.contains(|letter: char| " \"'$*&|;<>()".contains(letter)) {
        return format!("'{}'", word.replace('\'', r"'\''"));
    }
    word.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_shown_as_one_would_type_it() {
        let mut step = cargo();
        step.args(["test", "two words"]).arg(root().join("tests/it")).env("LEVEL", "a b").env("PATH", "/elsewhere");
        assert_eq!(shown(&step), "LEVEL='a b' cargo test 'two words' tests/it");
    }

    #[test]
    fn a_failing_step_names_the_command_to_repeat() {
        let failure = step("a lost cause", command("sh").args(["-c", "exit 3"])).expect_err("sh exits with 3");
        assert!(failure.to_string().contains("repeat it with: sh -c 'exit 3'"), "{failure}");
    }

    #[test]
    fn every_line_of_a_step_is_read() {
        let mut lines = Vec::new();
        step_reading("two lines", command("printf").arg("one\ntwo\n"), |line| lines.push(line.to_string()))
            .expect("printf");
        assert_eq!(lines, ["one", "two"]);
    }
}
