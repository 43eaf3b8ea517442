//! `rootlens fix`: the corrected files, written.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rootlens::inventory::UniqueNames;
use rootlens::report::{ChainAnswer, Fix, FixFile, Report};

use crate::arguments;
use crate::inspect::{self, Inspected};
use crate::text;
use crate::{Answer, Failure};

/// No fix is known that the files prove.
const NOT_PROVEN: u8 = 1;

/// Reads the files, prints what to change, and writes what is corrected.
pub(crate) fn run(request: &arguments::Fix) -> Result<Answer, Failure> {
    let Inspected { report, warnings, .. } = inspect::inspect(&request.asked, "fix")?.something()?;
    let proven: Vec<(&ChainAnswer, &Fix)> = proven(&report).collect();
    let files = files(proven.iter().map(|(_, fix)| *fix));
    let output = match (&request.out, files.as_slice()) {
        (_, []) => return Ok(Answer { warnings, ..nothing_to_write(&report) }),
        (Some(folder), files) => {
            let paths = write(folder, files)?;
            let written: String = paths.iter().map(|path| format!("Wrote {}.\n", path.display())).collect();
            text::fixes(&proven) + &written
        }
        (None, [only]) => commented(&format!("{}{}", text::fixes(&proven), only.name)) + &only.text,
        (None, _) => {
            return Err(Failure(format!("{} are to be written: name a folder with --out DIR.", names(&files))));
        }
    };
    Ok(Answer { output: text::printable(&output), warnings, status: 0 })
}

/// Lines above a file that is PEM or YAML; either ignores them.
fn commented(text: &str) -> String {
    text.lines().map(|line| format!("# {line}\n")).collect()
}

fn names(files: &[FixFile]) -> String {
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    format!("{} files ({})", names.len(), names.join(", "))
}

/// The fixes that some program accepts, tried on these files.
fn proven(report: &Report) -> impl Iterator<Item = (&ChainAnswer, &Fix)> {
    let fixes = report.answer.chains.iter().filter_map(|chain| Some((chain, chain.fix.as_ref()?)));
    fixes.filter(|(_, fix)| !fix.verified_by.is_empty() && !fix.files.is_empty())
}

/// Their files, equal ones once, under names that are unique and hold no folder.
fn files<'f>(fixes: impl Iterator<Item = &'f Fix>) -> Vec<FixFile> {
    let mut distinct: Vec<&FixFile> = Vec::new();
    for file in fixes.flat_map(|fix| &fix.files) {
        if !distinct.contains(&file) {
            distinct.push(file);
        }
    }
    let mut taken = UniqueNames::default();
    let unique = |file: &FixFile| {
        let name = Path::new(&file.name).file_name().map_or("corrected.pem".into(), |name| name.to_string_lossy());
        FixFile { name: taken.give(&name), ..file.clone() }
    };
    distinct.into_iter().map(unique).collect()
}

fn nothing_to_write(report: &Report) -> Answer {
    let is_wanting = report.answer.chains.iter().any(|chain| chain.accepts < chain.of);
    let mut lines = vec![report.answer.sentence.clone()];
    if is_wanting {
        lines.extend(report.answer.fix.as_ref().map(|fix| fix.sentence.clone()));
        lines.push(
            "No corrected file is written: nothing in these files makes a program accept that rejects now.".to_owned(),
        );
    } else {
        lines.push("Nothing to mend.".to_owned());
    }
    let output = text::printable(&(lines.join("\n") + "\n"));
    Answer { output, warnings: Vec::new(), status: if is_wanting { NOT_PROVEN } else { 0 } }
}

/// Writes every file or, where one is there already, none.
fn write(folder: &Path, files: &[FixFile]) -> Result<Vec<PathBuf>, Failure> {
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(&file.name)).collect();
    if let Some(there) = paths.iter().find(|path| path.exists()) {
        let there = there.display();
        return Err(Failure(format!(
            "{there} is there already and was not overwritten: name another folder with --out."
        )));
    }
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    for (path, file) in paths.iter().zip(files) {
        let opened = OpenOptions::new().write(true).create_new(true).open(path);
        let written = opened.and_then(|mut opened| opened.write_all(file.text.as_bytes()));
        written.map_err(|error| unwritable(path, &error))?;
    }
    Ok(paths)
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure(format!("cannot write {}: {error}.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(name: &str, text: &str) -> Fix {
        let file = FixFile { name: name.to_owned(), text: text.to_owned(), replaces: None };
        Fix { sentence: String::new(), commands: Vec::new(), files: vec![file], verified_by: Vec::new() }
    }

    #[test]
    fn files_have_names_of_their_own_and_stay_in_their_folder() {
        let fixes = [fix("a.pem", "1"), fix("a.pem", "1"), fix("a.pem", "2"), fix("../b.pem", "3"), fix("..", "4")];
        let files = files(fixes.iter());
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a.pem", "a.pem (2)", "b.pem", "corrected.pem"]);
    }
}
