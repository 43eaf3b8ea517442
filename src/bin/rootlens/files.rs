//! Reading input files, and what to say about those that hold less than they should.

use std::io::Read;
use std::path::Path;

use rootlens::inventory::{Input, Source};

use crate::Failure;

/// Stands for standard input on the command line.
const STANDARD_INPUT: &str = "-";

/// The bytes of a file, or of standard input, under the file's name without its folders.
pub(crate) fn read(path: &Path) -> Result<Input, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure(format!("cannot read {}: {error}. Check the path and its permissions.", path.display()))
    };
    if path == Path::new(STANDARD_INPUT) {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable)?;
        return Ok(Input { name: "standard input".to_owned(), bytes });
    }
    if path.is_dir() {
        return Err(Failure(format!("{} is a folder. Name the files in it.", path.display())));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Input { name, bytes })
}

/// What of a source could not be read, one line each.
pub(crate) fn warnings(source: &Source) -> Vec<String> {
    let problem = |problem: &rootlens::decode::Problem| {
        format!("{}, line {}: {}", source.name, problem.place.line, problem.message)
    };
    let mut lines: Vec<String> = source.problems.iter().map(problem).collect();
    if !source.secrets.is_empty() {
        let number = source.secrets.len();
        let noun = rootlens::plural::secret_noun(number, source.private_keys());
        lines.push(format!("{} holds {number} {noun}(s), dropped unread.", source.name));
    }
    lines
}
