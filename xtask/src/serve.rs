//! `cargo xtask serve`: builds the page, serves it on this machine and builds it again after every change.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::page::{self, Profile};
use crate::process::{Failure, Outcome, root};
use crate::{setup, usage};

const DEFAULT_PORT: u16 = 8080;

/// How often the sources are looked at; two looks that agree mean that an editor has finished writing.
const WATCH_INTERVAL: Duration = Duration::from_millis(400);

/// What the page is made of.
const SOURCES: [&str; 5] = ["src", "www", "index.html", "Cargo.toml", "Cargo.lock"];

#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    profile: Profile,
    /// `None`: the usual one, or the next that is free.
    port: Option<u16>,
}

impl Options {
    pub fn parse(words: &[String]) -> Outcome<Self> {
        let mut options = Self { profile: Profile::Debug, port: None };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--release" => options.profile = Profile::Release,
                "--port" => {
                    let port = words.next().and_then(|port| port.parse().ok());
                    options.port = Some(port.ok_or_else(|| usage("--port wants a number up to 65535"))?);
                }
                unknown => return Err(usage(&format!("serve takes no `{unknown}`"))),
            }
        }
        Ok(options)
    }
}

pub fn run(options: &Options) -> Outcome {
    setup::tools(&setup::PAGE)?;
    // The port first: who has to choose another one should not wait for the build.
    let listener = listen(options.port)?;
    let address = listener.local_addr().map_err(|error| Failure::new(error.to_string()))?;
    let folder = root().join("target/serve");
    let mut seen = state_of_sources();
    page::build(options.profile, &folder)?;
    println!("\nrootlens is served at http://{address}/ (Ctrl-C stops; a change to the sources builds it again)");
    let served = folder.clone();
    thread::spawn(move || accept(&listener, &served));
    loop {
        seen = wait_for_change(&seen);
        match page::build(options.profile, &folder) {
            Ok(()) => println!("\nbuilt again: reload http://{address}/"),
            Err(failure) => eprintln!("\n{failure}\nthe page stays as it was; waiting for the next change"),
        }
    }
}

fn listen(port: Option<u16>) -> Outcome<TcpListener> {
    let candidates = port.map_or(DEFAULT_PORT..=DEFAULT_PORT + 20, |port| port..=port);
    let free = candidates.clone().find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok());
    free.ok_or_else(|| {
        let taken = candidates.start();
        Failure::new(format!("port {taken} is taken: choose another one with `cargo xtask serve --port N`"))
    })
}

fn accept(listener: &TcpListener, folder: &Path) {
    for stream in listener.incoming().flatten() {
        let folder = folder.to_path_buf();
        // A browser that goes away in the middle of an answer is no concern of the server.
        thread::spawn(move || answer(stream, &folder).ok());
    }
}

fn answer(mut stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    let mut request = String::new();
    BufReader::new(&stream).read_line(&mut request)?;
    let Some((content, kind)) =
        file_for(&request, folder).and_then(|path| Some((std::fs::read(&path).ok()?, media_type(&path))))
    else {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    };
    let length = content.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&content)
}

/// The file that a request line asks for; nothing for another method or for a way out of the folder.
fn file_for(request: &str, folder: &Path) -> Option<PathBuf> {
    let target = request.strip_prefix("GET /")?.split([' ', '?']).next()?;
    let name = Path::new(if target.is_empty() { "index.html" } else { target });
    let inside = name.components().all(|component| matches!(component, Component::Normal(_)));
    inside.then(|| folder.join(name))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("txt") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

type State = BTreeMap<PathBuf, SystemTime>;

fn wait_for_change(seen: &State) -> State {
    let mut last = state_of_sources();
    loop {
        thread::sleep(WATCH_INTERVAL);
        let now = state_of_sources();
        if now != *seen && now == last {
            return now;
        }
        last = now;
    }
}

fn state_of_sources() -> State {
    let mut state = State::new();
    for source in SOURCES {
        collect(&root().join(source), &mut state);
    }
    state
}

fn collect(path: &Path, state: &mut State) {
    if let Ok(entries) = std::fs::read_dir(path) {
        entries.flatten().for_each(|entry| collect(&entry.path(), state));
    } else if let Ok(modified) = path.metadata().and_then(|metadata| metadata.modified()) {
        state.insert(path.to_path_buf(), modified);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_folder_are_served() {
        let folder = Path::new("served");
        assert_eq!(file_for("GET / HTTP/1.1", folder), Some(folder.join("index.html")));
        assert_eq!(file_for("GET /app.js?v=1 HTTP/1.1", folder), Some(folder.join("app.js")));
        assert_eq!(file_for("GET /../Cargo.toml HTTP/1.1", folder), None);
        assert_eq!(file_for("GET //etc/passwd HTTP/1.1", folder), None);
        assert_eq!(file_for("POST / HTTP/1.1", folder), None);
    }

    #[test]
    fn options_are_read_and_mistakes_are_named() {
        let parse = |text: &str| Options::parse(&text.split_whitespace().map(str::to_string).collect::<Vec<_>>());
        assert_eq!(parse("").expect("none"), Options { profile: Profile::Debug, port: None });
        assert_eq!(
            parse("--release --port 9000").expect("both"),
            Options { profile: Profile::Release, port: Some(9000) }
        );
        assert!(parse("--port many").is_err());
        assert!(parse("--open").is_err());
    }
}
