//! Reading input files, and what to say about those that hold less than they should.

use std::io::Read;
use std::path::Path;
use std::rc::Rc;

use rootlens::decode::Problem;
use rootlens::inventory::{Input, Inventory, Passwords, Source};

use crate::Failure;
use crate::arguments::PasswordFile;

/// Stands for standard input on the command line.
pub(crate) const STANDARD_INPUT: &str = "-";

/// The bytes of a file, or of standard input, under the file's name without its folders.
pub(crate) fn read(path: &Path) -> Result<Input, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure(format!("cannot read {}: {error}. Check the path and its permissions.", path.display()))
    };
    if path == Path::new(STANDARD_INPUT) {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable)?;
        return Ok(Input { name: "standard input".to_owned(), bytes, ..Input::default() });
    }
    if path.is_dir() {
        return Err(Failure(format!("{} is a folder. Name the files in it.", path.display())));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Input { name, bytes, ..Input::default() })
}

/// The first line of a file, which is its password: so does OpenSSL read one (openssl-passphrase-options(1), `file:`).
pub(crate) fn passwords(file: &PasswordFile) -> Result<Passwords, Failure> {
    let Some(path) = &file.path else { return Ok(Passwords::default()) };
    let text = String::from_utf8(read(path)?.bytes)
        .map_err(|_| Failure(format!("{} holds no password: it is no text in UTF-8.", path.display())))?;
    Ok(Passwords::given(text.lines().next().map(str::to_owned)))
}

/// Which keystores the password of a file does not open; nothing without one.
pub(crate) fn still_locked(file: &PasswordFile, inventory: &Inventory) -> Vec<String> {
    let Some(path) = &file.path else { return Vec::new() };
    let locked = inventory.sources.iter().filter(|source| source.needs_password());
    locked.map(|source| format!("the password in {} does not open {}.", path.display(), source.name)).collect()
}

/// What of the sources could not be read, one line each: the verdict may be one about less than was meant.
pub(crate) fn unread(inventory: &Inventory) -> Vec<String> {
    let lines = |source: &Rc<Source>| {
        let unread = source.problems.iter().filter(|problem| !is_related(source, problem));
        unread.map(|problem| line(source, problem)).collect::<Vec<String>>()
    };
    inventory.sources.iter().flat_map(lines).collect()
}

/// A request, a revocation list or a public key was read: the problem says only that it is no certificate.
fn is_related(source: &Source, problem: &Problem) -> bool {
    source.related.iter().any(|related| related.place.bytes == problem.place.bytes)
}

fn line(source: &Source, problem: &Problem) -> String {
    format!("{}, line {}: {}", source.name, problem.place.line, problem.message)
}

/// What of a source could not be read, and what was dropped, one line each.
pub(crate) fn warnings(source: &Source) -> Vec<String> {
    let mut lines: Vec<String> = source.problems.iter().map(|problem| line(source, problem)).collect();
    if !source.secrets.is_empty() {
        let number = source.secrets.len();
        let noun = rootlens::plural::secret_noun(number, source.private_keys());
        lines.push(format!("{} holds {number} {noun}(s), dropped unread.", source.name));
    }
    lines
}
