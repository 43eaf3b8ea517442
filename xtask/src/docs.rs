//! `dist/docs/`, a page with figures that run once they are clicked, and `dist/rootlens-embed.js`, which makes them run.

use std::path::Path;

use crate::files::{entries, file_name, read, read_text, recreate, write};
use crate::process::{Outcome, command, root, step};
use crate::setup;
use crate::tools::Tool;

const SCRIPT: &str = "rootlens-embed.js";

/// An example that the page shows: a folder under `www/examples`, its files in the order in which the program takes them,
/// and the instant at which they are judged. A test holds them against `rootlens::example`, which this program does not
/// link: it would be compiled before the first command can start.
struct Figure {
    name: &'static str,
    at: &'static str,
    files: &'static [&'static str],
}

const FIGURES: [Figure; 3] = [
    Figure {
        name: "openziti-helm",
        at: "2026-11-21T18:00:00Z",
        files: &[
            "router1.cas.pem",
            "ctrl1.tls.crt",
            "ctrl2.tls.crt",
            "ctrl3.tls.crt",
            "client1.chain.pem",
            "client2.chain.pem",
            "client3.chain.pem",
        ],
    },
    Figure {
        name: "expired-cross-sign",
        at: "2026-06-15T12:00:00Z",
        files: &["roots.ca.pem", "api.server.chain.pem", "orders.client.chain.pem", "billing.client.pem"],
    },
    Figure {
        name: "regenerated-ca",
        at: "2026-03-02T09:00:00Z",
        files: &["ca.crt", "api.server.pem", "node-1.client.pem", "node-2.client.pem", "node-3.client.pem"],
    },
];

/// The example whose files the page hands over itself.
const BY_FILES: &str = "regenerated-ca";

/// Needs `destination/js`, whose program draws the figures.
pub fn assemble(destination: &Path) -> Outcome {
    let script = read_text(&root().join("www").join(SCRIPT))?;
    write(&destination.join(SCRIPT), without_comments(&script).as_bytes())?;
    let folder = destination.join("docs");
    recreate(&folder)?;
    recreate(&folder.join(BY_FILES))?;
    copy(entries(&root().join("www/docs"))?.iter().map(AsRef::as_ref), &folder)?;
    copy([root().join("www/tokens.css").as_path()].into_iter(), &folder)?;
    copy(entries(&root().join("www/examples").join(BY_FILES))?.iter().map(AsRef::as_ref), &folder.join(BY_FILES))?;
    let mut draw = command(setup::path(Tool::Node)?);
    draw.arg("xtask/node/figures.mjs").arg(destination).arg(as_json(&FIGURES));
    step("draw the figures of the documentation", &mut draw)
}

fn copy<'a>(files: impl Iterator<Item = &'a Path>, folder: &Path) -> Outcome {
    for file in files {
        write(&folder.join(file_name(file)), &read(file)?)?;
    }
    Ok(())
}

/// Names and instants hold nothing that JSON would escape.
fn as_json(figures: &[Figure]) -> String {
    let figure = |Figure { name, at, files }: &Figure| {
        format!(r#"{{"name":"{name}","at":"{at}","files":["{}"]}}"#, files.join("\",\""))
    };
    format!("[{}]", figures.iter().map(figure).collect::<Vec<_>>().join(","))
}

/// Without lines that are a comment, and without indentation: people load it into every page that has a figure.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use rootlens::example::find;

    use super::*;

    #[test]
    fn the_figures_are_the_examples_of_the_program() {
        for figure in FIGURES {
            let example = find(figure.name).expect(figure.name);
            assert_eq!((figure.at, figure.files), (example.at, example.files), "{}", figure.name);
        }
    }

    #[test]
    fn the_page_hands_over_all_files_of_an_example_at_its_instant() {
        let page = read_text(&root().join("www/docs/index.html")).expect("the page");
        let figure = FIGURES.iter().find(|figure| figure.name == BY_FILES).expect("the figure");
        let files: Vec<String> = figure.files.iter().map(|file| format!("{BY_FILES}/{file}")).collect();
        assert!(page.contains(&format!("src=\"{}\"", files.join(" "))), "{files:?}");
        assert!(page.contains(&format!("at=\"{}\"", figure.at)), "{}", figure.at);
    }

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(
            without_comments("// one\n{\n  // two\n\n  a(\"//x\"); // stays\n}\n"),
            "{\na(\"//x\"); // stays\n}\n"
        );
    }

    #[test]
    fn figures_are_written_as_json() {
        let figure = Figure { name: "a", at: "2026-01-01", files: &["b.pem", "c.pem"] };
        assert_eq!(as_json(&[figure]), r#"[{"name":"a","at":"2026-01-01","files":["b.pem","c.pem"]}]"#);
    }
}
